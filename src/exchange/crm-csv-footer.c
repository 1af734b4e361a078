/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What programs and people write below a table: totals, a count of the rows, who made it and when. */

#include "config.h"

#include <string.h>

#include "crm-csv-detect-private.h"

/* Titles of a row of totals, folded */
static const char *const totals[] = {
  "total",         "totals",        "grand total", "subtotal",    "sum",
  "sums",          "overall",       "celkem",      "součet",      "celkom",
  "spolu",         "summe",         "gesamt",      "gesamtsumme", "insgesamt",
  "razem",         "suma",          "összesen",    "totale",      "totaal",
  "total general", "total général", "somme",       "jumlah",      "total keseluruhan",
  "итого",         "всего",         "summa",       "i alt",       "yhteensä",
  "toplam",        "合計",          "小計",        "总计",        "合计",
  "小计",          "합계",          "총계",        "총합계",      "소계",
};

/* What a line below a table begins with, folded */
static const char *const beginnings[] = {
  "exported",  "export ",      "generated",  "created by", "created on",   "printed",
  "report ",   "source:",      "end of",     "page ",      "count:",       "rows:",
  "records:",  "as of ",       "number of ", "©",          "(c) ",         "exportováno",
  "vytvořeno", "vygenerováno", "vytištěno",  "počet ",     "zdroj:",       "strana ",
  "konec ",    "exportiert",   "erstellt",   "gedruckt",   "stand:",       "stand ",
  "anzahl",    "quelle:",      "seite ",     "ende ",      "diekspor",     "dicetak",
  "dibuat",    "sumber:",      "halaman ",   "출처",       "생성",         "작성",
  "내보",      "인쇄",         "총 ",        "note:",      "notes:",       "note ",
  "notes ",    "n.b.",         "n. b.",      "poznámk",    "pozn.",        "hinweis",
  "anmerkung", "catatan",      "비고",       "참고",       "uwaga",        "uwagi",
  "remarque",  "nota:",        "disclaimer", "this list ", "this report ",
};

/* What is counted: "12 rows" */
static const char *const counted[] = {
  "row",           "rows",    "record", "records",   "entry",      "entries",
  "result",        "results", "line",   "lines",     "contacts",   "items",
  "rows affected", "řádek",   "řádky",  "řádků",     "záznam",     "záznamy",
  "záznamů",       "zeile",   "zeilen", "datensatz", "datensätze", "einträge",
  "baris",         "행",      "건",     "개",        "명",
};

static gboolean
is_one_of (const char *text, const char *const *words, guint n_words)
{
  guint i;

  for (i = 0; i < n_words; i++)
    if (g_str_equal (text, words[i]))
      return TRUE;

  return FALSE;
}

static char *
fold (const char *text, gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) size);
  char *folded = g_utf8_casefold (valid, -1);

  g_strstrip (folded);

  return folded;
}

gboolean
crm_csv_cell_is_total (const char *text, gsize size)
{
  g_autofree char *word = NULL;
  gsize length;

  if (size == 0 || size > 40)
    return FALSE;
  word = fold (text, size);
  length = strlen (word);
  if (length > 0 && word[length - 1] == ':')
    word[length - 1] = '\0';
  g_strstrip (word);

  return is_one_of (word, totals, G_N_ELEMENTS (totals));
}

/* "12 rows", "(12 rows)" */
static gboolean
is_count (const char *text)
{
  g_autofree char *rest = NULL;
  gsize length;

  if (*text == '(')
    text++;
  if (!g_ascii_isdigit (*text))
    return FALSE;
  while (g_ascii_isdigit (*text) || (*text != '\0' && strchr (" .,", *text) != NULL))
    text++;
  rest = g_strdup (text);
  length = strlen (rest);
  while (length > 0 && strchr (").", rest[length - 1]) != NULL)
    rest[--length] = '\0';

  return is_one_of (rest, counted, G_N_ELEMENTS (counted));
}

/* "Total: 12345", "Total 12 people" */
static gboolean
is_total_line (const char *text)
{
  gsize length = strcspn (text, ":0123456789");
  gsize digits = length + strcspn (text + length, "0123456789");

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;

  return text[digits] != '\0' && crm_csv_cell_is_total (text, length);
}

gboolean
crm_csv_cell_is_remark (const CrmCsvRawCell *cell)
{
  g_autofree char *text = fold (cell->text, cell->size);
  guint i;

  if (is_count (text) || is_total_line (text))
    return TRUE;
  /* "* preliminary", "-- end --" */
  if ((g_str_has_prefix (text, "*") || g_str_has_prefix (text, "--")) && strlen (text) > 2)
    return TRUE;
  for (i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (text, beginnings[i]))
      return TRUE;

  return FALSE;
}

static gboolean
has_letter (const CrmCsvRawCell *cell)
{
  gsize i;

  for (i = 0; i < cell->size; i++)
    if (g_ascii_isalpha (cell->text[i]) || (guchar) cell->text[i] >= 0x80)
      return TRUE;

  return FALSE;
}

/* "Total", and nothing but numbers beside it */
static gboolean
is_total_row (const CrmCsvShape *shape, const CrmCsvRow *row)
{
  const CrmCsvRawCell *first = NULL;
  guint n_numbers = 0;
  guint i;

  for (i = 0; i < row->n_cells; i++)
    {
      const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, i);

      if (cell->size == 0)
        continue;
      if (first == NULL)
        first = cell;
      else if (!crm_csv_cell_is_number (cell))
        return FALSE;
      else
        n_numbers++;
    }

  return first != NULL && n_numbers > 0 && crm_csv_cell_is_total (first->text, first->size);
}

gboolean
crm_csv_detect_is_footer (const CrmCsvShape *shape, guint n_columns)
{
  gboolean apart = FALSE;
  guint i;

  if (shape->rows->len == 0 || n_columns < 2)
    return FALSE;

  for (i = 0; i < shape->rows->len; i++)
    {
      const CrmCsvRow *row = crm_csv_shape_get_row (shape, i);
      const CrmCsvRawCell *first = crm_csv_shape_get_cell (shape, row, 0);

      if (is_total_row (shape, row))
        {
          /* A company may be called so, but no notes follow it. */
          apart = apart || i + 1 < shape->rows->len;
          continue;
        }
      if (row->n_filled == 1 && first->size > 0 && crm_csv_cell_is_remark (first))
        {
          apart = TRUE;
          continue;
        }
      /* Below a blank line, or another line of this kind, any short note is one. */
      apart = apart || row->after_blank;
      if (!apart || n_columns < 3 || row->n_filled > 2 || row->n_cells > n_columns ||
          (row->n_cells == n_columns && row->n_filled > 1) || !has_letter (first))
        return FALSE;
    }

  return TRUE;
}
