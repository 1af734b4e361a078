/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-shape-private.h"

#include <string.h>

#include "crm-csv-mend-private.h"

/* How well a cell stands for a table, see crm_csv_cell_rate() */
#define RATE_EMPTY 0.9
#define RATE_SENTENCE 0.6 /* a comma with a space behind */
#define RATE_PIECES 0.3 /* a comma without */
#define RATE_SEPARATORS 0.15 /* what hardly stands in text */
#define RATE_MARKED 0.5 /* in quotes that are not the file's */
#define RATE_SOUP 0.4 /* digits that make no number, date or time */

static void
add_row (CrmCsvShape *self, const CrmCsvSplit *split, gint64 line, gboolean after_blank)
{
  CrmCsvRow row = { .line = line,
                    .first_cell = self->cells->len,
                    .n_cells = split->n_cells,
                    .after_blank = after_blank };
  guint i;

  for (i = 0; i < split->n_cells; i++)
    if (split->cells[i].size > 0)
      row.n_filled++;

  g_array_append_vals (self->cells, split->cells, split->n_cells);
  g_array_append_val (self->rows, row);
}

void
crm_csv_shape_measure (CrmCsvShape *self, guint from, guint to)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint best = 0;
  guint i;

  g_assert (to <= self->rows->len);

  self->n_columns = 0;
  for (i = from; i < to; i++)
    {
      guint n_cells = crm_csv_shape_get_row (self, i)->n_cells;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (n_cells))) + 1;

      g_hash_table_insert (counts, GUINT_TO_POINTER (n_cells), GUINT_TO_POINTER (n));
      if (n > best || (n == best && n_cells > self->n_columns))
        {
          best = n;
          self->n_columns = n_cells;
        }
    }

  self->consistency = to > from ? (double) best / (to - from) : 0;
}

void
crm_csv_shape_init (CrmCsvShape *self,
                    char *text,
                    gsize size,
                    gboolean complete,
                    gint64 line,
                    guint max_rows,
                    guint n_columns,
                    const CrmCsvDialect *dialect)
{
  g_auto (CrmCsvSplit) split = { 0 };
  char *p = text;
  char *end = text + size;
  gboolean after_blank = FALSE;

  memset (self, 0, sizeof *self);
  self->rows = g_array_new (FALSE, FALSE, sizeof (CrmCsvRow));
  self->cells = g_array_new (FALSE, FALSE, sizeof (CrmCsvRawCell));
  crm_csv_split_init (&split, dialect);

  while (p < end && self->rows->len < max_rows)
    {
      char *next = end;
      CrmCsvSplitStatus status = crm_csv_split_row (&split, p, end, complete, G_MAXSIZE, &next);

      if (crm_csv_mend_is_needed (&split, status, n_columns) &&
          crm_csv_mend_row (&split, p, end, complete, n_columns, &next))
        status = CRM_CSV_SPLIT_ROW;
      if (status == CRM_CSV_SPLIT_UNCLOSED)
        {
          self->n_strays++;
          status = crm_csv_split_row (&split, p, end, complete, split.unclosed, &next);
        }
      if (status != CRM_CSV_SPLIT_ROW)
        break;

      if (split.stray)
        self->n_strays++;
      else if (split.n_quoted > 0)
        self->n_quoted++;
      if (crm_csv_split_is_blank (&split))
        after_blank = TRUE;
      else
        {
          if (split.is_numbered)
            {
              after_blank = split.number > line;
              line = split.number;
            }
          add_row (self, &split, line, after_blank);
          after_blank = FALSE;
        }
      line += 1 + (split.is_numbered ? 0 : split.n_lines);
      p = next;
    }

  crm_csv_shape_measure (self, 0, self->rows->len);
}

void
crm_csv_shape_clear (CrmCsvShape *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->cells, g_array_unref);
}

const CrmCsvRawCell *
crm_csv_shape_get_cell (const CrmCsvShape *self, const CrmCsvRow *row, guint column)
{
  static const CrmCsvRawCell nothing = { .text = (char *) "" };

  if (column >= row->n_cells)
    return &nothing;

  return &g_array_index (self->cells, CrmCsvRawCell, row->first_cell + column);
}

static gboolean
has_prefix (const CrmCsvRawCell *cell, const char *prefix)
{
  gsize size = strlen (prefix);

  return cell->size > size && g_ascii_strncasecmp (cell->text, prefix, size) == 0;
}

static gboolean
is_address (const CrmCsvRawCell *cell)
{
  const char *at = memchr (cell->text, '@', cell->size);

  if (at != NULL && at > cell->text && memchr (cell->text, ' ', cell->size) == NULL &&
      memchr (at, '.', cell->size - (gsize) (at - cell->text)) != NULL)
    return TRUE;

  return has_prefix (cell, "http://") || has_prefix (cell, "https://") || has_prefix (cell, "www.");
}

gboolean
crm_csv_cell_is_data (const CrmCsvRawCell *cell)
{
  guint n_digits = 0;
  guint n_separators = 0;
  gsize i;

  if (is_address (cell))
    return TRUE;

  for (i = 0; i < cell->size; i++)
    {
      char c = cell->text[i];

      if (g_ascii_isdigit (c))
        n_digits++;
      else if (c != 0 && strchr ("-/.:,", c) != NULL)
        n_separators++;
      else if (c == 0 || strchr (" +()'%", c) == NULL)
        return crm_csv_cell_is_number (cell);
    }

  return n_digits >= 5 || (n_digits > 0 && n_separators > 0);
}

/* Passes over digits, and over groups of them */
static const char *
pass_digits (const char *p, const char *end, const char *signs, guint *n_groups, guint *n_digits)
{
  *n_groups = 0;
  *n_digits = 0;
  while (p < end && g_ascii_isdigit (*p))
    {
      (*n_groups)++;
      while (p < end && g_ascii_isdigit (*p))
        {
          (*n_digits)++;
          p++;
        }
      if (p + 1 < end && *p != 0 && strchr (signs, *p) != NULL && g_ascii_isdigit (p[1]))
        p++;
    }

  return p;
}

/* A sign or a word of money, and spaces around it */
static const char *
pass_currency (const char *p, const char *end)
{
  static const char *const words[] = {
    "$",   "€",   "£",   "¥",   "₩",   "₹",   "₽", "₴",   "₺",   "₫",   "฿",   "R$",  "Kč",
    "Ft",  "zł",  "Rp",  "kr",  "Fr",  "lei", "円",  "元",  "원",  "руб", "EUR", "USD", "GBP",
    "CZK", "PLN", "CHF", "HUF", "KRW", "JPY", "CNY", "IDR", "INR", "SEK", "NOK", "DKK", "RON",
    "BGN", "RUB", "UAH", "TRY", "CAD", "AUD", "NZD", "SGD", "HKD", "BRL", "MXN", "ZAR",
  };
  guint i;

  while (p < end && *p == ' ')
    p++;
  for (i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize size = strlen (words[i]);

      if ((gsize) (end - p) >= size && memcmp (p, words[i], size) == 0)
        {
          p += size;
          break;
        }
    }
  while (p < end && (*p == ' ' || (i < G_N_ELEMENTS (words) && *p == '.')))
    p++;

  return p;
}

gboolean
crm_csv_cell_is_number (const CrmCsvRawCell *cell)
{
  const char *p = cell->text;
  const char *end = p + cell->size;
  guint n_groups;
  guint n_digits;

  if (p < end && *p != 0 && strchr ("+-(", *p) != NULL)
    p++;
  p = pass_currency (p, end);
  if (p < end && *p == '-')
    p++;
  p = pass_digits (p, end, "., '", &n_groups, &n_digits);
  if (n_digits == 0)
    return FALSE;
  if (p < end && *p == '%')
    p++;
  p = pass_currency (p, end);
  if (p < end && *p != 0 && strchr ("%-)", *p) != NULL)
    p++;

  return p == end;
}

/* A date, a time, both, a phone number, or a number */
static gboolean
is_whole (const CrmCsvRawCell *cell)
{
  const char *p = cell->text;
  const char *end = p + cell->size;
  guint n_groups;
  guint n_digits;

  if (*p == '+' || *p == '(' || *p == '0')
    {
      /* A phone number is anything with digits enough. */
      guint n = 0;

      for (; p < end; p++)
        n += g_ascii_isdigit (*p) ? 1 : 0;
      if (n >= 6)
        return TRUE;
      p = cell->text;
    }
  if (crm_csv_cell_is_number (cell))
    return TRUE;

  p = pass_digits (p, end, "-/.", &n_groups, &n_digits);
  if (p < end && *p == '.')
    p++;
  if (n_groups == 3 && p == end)
    return TRUE;
  if (n_groups == 3 && (*p == ' ' || *p == 'T'))
    p++;
  else
    p = cell->text;

  p = pass_digits (p, end, ":.", &n_groups, &n_digits);
  if (n_groups < 2)
    return FALSE;
  if (p < end && (*p == '+' || *p == '-'))
    p = pass_digits (p + 1, end, ":", &n_groups, &n_digits);
  else if (p < end && *p == 'Z')
    p++;

  return p == end;
}

double
crm_csv_cell_rate (const CrmCsvRawCell *cell, char quote)
{
  const char *p = cell->text;
  const char *end = p + cell->size;
  gboolean has_letters = FALSE;
  double rate = 1;

  if (cell->quoted)
    return 1;
  if (cell->size == 0)
    return RATE_EMPTY;
  if (memchr (p, quote != 0 ? quote : '"', cell->size) != NULL)
    return 0;
  if (is_address (cell))
    return memchr (p, ',', cell->size) == NULL && memchr (p, ';', cell->size) == NULL ? 1
                                                                                      : RATE_PIECES;
  if (cell->size >= 2 && *p == end[-1] && (*p == '\'' || *p == '"'))
    return RATE_MARKED;

  for (; p < end; p++)
    {
      if (*p == ';' || *p == '|' || *p == '\t' || *p == '^' || *p == '~' || *p == '\x1f')
        return RATE_SEPARATORS;
      if (g_ascii_isalpha (*p) || (guchar) *p >= 0x80)
        has_letters = TRUE;
    }
  if (is_whole (cell))
    return 1;
  if (!has_letters)
    return RATE_SOUP;

  for (p = cell->text; p < end; p++)
    if (*p == ',' || *p == ':')
      rate = MIN (rate, p + 1 == end || p[1] == ' ' ? RATE_SENTENCE : RATE_PIECES);

  return rate;
}
