/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "csv-damage.h"

#include <string.h>

/* Tables of the kinds that people keep, made by rules so that no two rows are the same */

#define MAX_COLUMNS 8

typedef struct
{
  const char *titles[MAX_COLUMNS + 1];
  const char *upper[MAX_COLUMNS + 1]; /* above them where titles are in two lines */
  const char *encoding; /* besides Unicode */
  void (*make) (guint row, char **cells);
} Content;

#define PICK(list, n) ((list)[(n) % G_N_ELEMENTS (list)])

static void
make_person (guint row, char **cells)
{
  static const char *const first[] = { "Olivia", "Noah", "Emma", "Liam", "Ava", "Lucas", "Mia" };
  static const char *const last[] = { "O'Neill", "Berg", "Smith-Jones", "van Dyck", "Rossi" };
  static const char *const cities[] = { "Berlin", "New York", "Paris", "London" };

  cells[0] = g_strdup (PICK (first, row));
  cells[1] = g_strdup (PICK (last, row / 2));
  cells[2] = g_strdup_printf ("person%u@mail%u.example", row, row % 7);
  cells[3] = g_strdup_printf ("+49 30 %06u", 123456 + row * 977);
  cells[4] = g_strdup (PICK (cities, row / 3));
}

static void
make_address (guint row, char **cells)
{
  static const char *const streets[] = { "Main Street", "Baker St.", "5th Avenue", "Park Lane" };
  static const char *const names[] = { "Acme, Inc.", "Smith & Sons, Ltd.", "Bolt", "Nut; Bolt" };

  cells[0] = g_strdup_printf ("%s %u", PICK (names, row), row);
  cells[1] = g_strdup_printf ("%u %s, Suite %u", 10 + row * 3, PICK (streets, row / 2), row % 9);
  cells[2] = g_strdup_printf ("%05u", 10000 + row * 37);
  cells[3] = g_strdup (row % 5 == 0 ? "" : "Springfield");
  cells[4] = g_strdup_printf ("https://www.example.com/%u", row);
}

/* Amounts with a decimal comma, and dates */
static void
make_deal (guint row, char **cells)
{
  static const char *const stages[] = { "Won", "Lost", "Proposal", "Negotiation" };

  cells[0] = g_strdup_printf ("Order %u", 1000 + row);
  cells[1] = g_strdup_printf ("%u,%02u", 1000 + row * 731, row * 7 % 100);
  cells[2] = g_strdup_printf ("%02u.%02u.2024", 1 + row % 28, 1 + row % 12);
  cells[3] = g_strdup (PICK (stages, row / 2));
  cells[4] = g_strdup_printf ("%u:%02u", 8 + row % 10, row % 60);
  cells[5] = g_strdup_printf ("%u", row % 11 * 10);
}

/* Long texts with everything in them */
static void
make_note (guint row, char **cells)
{
  static const char *const texts[] = {
    "Called twice; no answer.",
    "She said \"yes\", then \"no\".",
    "First line\nSecond line, with a comma\n\nFourth line",
    "Size 5\" | 7' and more",
    "Plain",
    "a, b; c\td",
  };

  cells[0] = g_strdup_printf ("2024-%02u-%02u", 1 + row % 12, 1 + row % 28);
  cells[1] = g_strdup_printf ("Subject %u", row);
  cells[2] = g_strdup_printf ("%s (%u)", PICK (texts, row), row);
  cells[3] = g_strdup_printf ("user%u@x.example", row % 5);
}

static void
make_korean (guint row, char **cells)
{
  static const char *const names[] = { "김철수", "이영희", "박지성", "최민준", "정수빈" };
  static const char *const cities[] = { "서울특별시 강남구", "부산광역시", "대전광역시 유성구" };

  cells[0] = g_strdup (PICK (names, row));
  cells[1] = g_strdup_printf ("주식회사 한빛%u", row);
  cells[2] = g_strdup_printf ("%s 테헤란로 %u", PICK (cities, row / 2), 100 + row);
  cells[3] = g_strdup_printf ("010-%04u-%04u", 1000 + row * 13, 2000 + row * 7);
  cells[4] = g_strdup_printf ("%u,%03u", 1 + row, row * 9 % 1000);
}

static void
make_czech (guint row, char **cells)
{
  static const char *const names[] = { "Jiří Dvořák", "Zdeňka Šťastná", "Petr Novák",
                                       "Věra Čermáková" };
  static const char *const cities[] = { "Plzeň", "Ústí nad Labem", "České Budějovice", "Brno" };

  cells[0] = g_strdup (PICK (names, row));
  cells[1] = g_strdup (PICK (cities, row / 2));
  cells[2] = g_strdup_printf ("%u. %u. 2023", 1 + row % 28, 1 + row % 12);
  cells[3] = g_strdup_printf ("%u %03u,%02u", 1 + row, row * 37 % 1000, row * 7 % 100);
  cells[4] = g_strdup_printf ("Poznámka %u: žluťoučký kůň, úpěl", row);
  cells[5] = g_strdup_printf ("osoba%u@firma.cz", row);
}

static const Content contents[CSV_N_CONTENTS] = {
  { { "First Name", "Last Name", "E-mail", "Phone", "City" },
    { "Person", "", "Contact", "", "Address" },
    "WINDOWS-1252",
    make_person },
  { { "Company", "Street", "Postcode", "City", "Website" },
    { "Company", "Address", "", "", "Web" },
    "WINDOWS-1252",
    make_address },
  { { "Deal", "Amount", "Close Date", "Stage", "Time", "Probability" },
    { "Deal", "Value", "", "", "", "" },
    "ISO-8859-2",
    make_deal },
  { { "Date", "Subject", "Text", "Author" },
    { "When", "What", "", "Who" },
    "WINDOWS-1252",
    make_note },
  { { "이름", "회사명", "주소", "전화", "금액" },
    { "사람", "", "연락처", "", "거래" },
    "CP949",
    make_korean },
  { { "Jméno", "Město", "Datum", "Částka", "Poznámka", "E-mail" },
    { "Osoba", "", "Obchod", "", "", "Spojení" },
    "WINDOWS-1250",
    make_czech },
};

const char *const *const *
csv_content_get_rows (guint content, guint *n_columns)
{
  static char **rows[CSV_N_CONTENTS][CSV_N_ROWS];
  guint i;

  g_assert (content < CSV_N_CONTENTS);
  for (*n_columns = 0; contents[content].titles[*n_columns] != NULL;)
    (*n_columns)++;
  for (i = 0; i < CSV_N_ROWS && rows[content][i] == NULL; i++)
    {
      rows[content][i] = g_new0 (char *, MAX_COLUMNS + 1);
      contents[content].make (i, rows[content][i]);
    }

  return (const char *const *const *) rows[content];
}

void
csv_recipe_init (CsvRecipe *self, guint content)
{
  *self = (CsvRecipe){ .content = content,
                       .delimiter = ",",
                       .quote = "\"",
                       .escape = "\"",
                       .line_end = "\n",
                       .ends = TRUE,
                       .encoding = "UTF-8" };
}

char *
csv_recipe_describe (const CsvRecipe *self)
{
  g_autofree char *end = g_strescape (self->line_end, NULL);
  g_autofree char *delimiter = g_strescape (self->delimiter, NULL);

  return g_strdup_printf ("content %u, delimiter %s, quote %s%s, escape %s, line end %s%s%s%s, "
                          "%s%s, header %d, footer %d, damage %d in row %u, column %u",
                          self->content, delimiter, self->quote, self->quotes_all ? " (all)" : "",
                          self->escape, end, self->ends ? "" : " (not the last)",
                          self->blank_lines ? ", blank lines" : "", self->spaces ? ", spaces" : "",
                          self->encoding, self->mark ? " (mark)" : "", self->header, self->footer,
                          self->damage, self->row, self->column);
}

static gboolean
needs_quotes (const CsvRecipe *self, const char *text)
{
  return strstr (text, self->delimiter) != NULL || strpbrk (text, "\r\n") != NULL ||
         (*self->quote != '\0' && strstr (text, self->quote) != NULL) ||
         (*self->delimiter == ' ' && *text == '\0');
}

gboolean
csv_recipe_is_possible (const CsvRecipe *self)
{
  guint n_columns;
  const char *const *const *rows = csv_content_get_rows (self->content, &n_columns);
  guint i, j;
  gboolean is_unicode = g_str_has_prefix (self->encoding, "UTF");

  if (!is_unicode && !g_str_equal (self->encoding, contents[self->content].encoding))
    return FALSE;
  if (self->mark && !is_unicode)
    return FALSE;
  /* What is found out of words without a space between them is words. */
  if (self->header == CSV_HEADER_SEP && strlen (self->delimiter) > 1)
    return FALSE;
  if (self->damage == CSV_DAMAGE_ZEROS && !g_str_equal (self->encoding, "UTF-8"))
    return FALSE;
  if (*self->quote != '\0')
    return TRUE;
  if (self->damage == CSV_DAMAGE_UNCLOSED)
    return FALSE;
  for (i = 0; i < CSV_N_ROWS; i++)
    for (j = 0; j < n_columns; j++)
      if (needs_quotes (self, rows[i][j]) || strchr (rows[i][j], '"') != NULL)
        return FALSE;

  return TRUE;
}

static void
append_end (const CsvRecipe *self, GString *out, guint row)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };

  g_string_append (out, *self->line_end != '\0' ? self->line_end : PICK (ends, row));
}

static void
append_cell (const CsvRecipe *self, GString *out, const char *text, CsvDamageKind damage)
{
  gboolean quoted = *self->quote != '\0' && (self->quotes_all || needs_quotes (self, text) ||
                                             damage == CSV_DAMAGE_UNCLOSED);
  gsize half = strlen (text) / 2;
  const char *p;

  if (damage == CSV_DAMAGE_QUOTE_BEFORE)
    g_string_append (out, "\"");
  if (quoted)
    g_string_append (out, self->quote);
  while (half > 0 && ((guchar) text[half] & 0xc0) == 0x80)
    half--;
  for (p = text; *p != '\0'; p++)
    {
      if (damage == CSV_DAMAGE_QUOTE_INSIDE && (gsize) (p - text) == half)
        g_string_append (out, "\"");
      if (damage == CSV_DAMAGE_ZEROS && (gsize) (p - text) == half)
        g_string_append_c (out, '\0');
      if (quoted && (*p == *self->quote || (*self->escape == '\\' && *p == '\\')))
        g_string_append (out, self->escape);
      g_string_append_c (out, *p);
    }
  if (quoted && damage != CSV_DAMAGE_UNCLOSED)
    g_string_append (out, self->quote);
  if (damage == CSV_DAMAGE_QUOTE_BEHIND)
    g_string_append (out, "\"");
}

static void
append_row (const CsvRecipe *self,
            GString *out,
            const char *const *cells,
            guint n_cells,
            CsvDamageKind damage)
{
  guint column = self->column % n_cells;
  CsvRecipe other = *self;
  guint i;

  if (damage == CSV_DAMAGE_OTHER_DELIMITER)
    other.delimiter = g_str_equal (self->delimiter, ";") ? "\t" : ";";
  if (damage == CSV_DAMAGE_SHORT)
    n_cells = MAX (column, 1);

  for (i = 0; i < n_cells; i++)
    {
      append_cell (&other, out, cells[i], i == column ? damage : CSV_DAMAGE_NONE);
      if (i + 1 == n_cells)
        break;
      if (damage != CSV_DAMAGE_MISSING_DELIMITER || i != MIN (column, n_cells - 2))
        g_string_append (out, other.delimiter);
      if (self->spaces)
        g_string_append_c (out, ' ');
      if (damage == CSV_DAMAGE_EXTRA_DELIMITER && i == column)
        g_string_append (out, other.delimiter);
    }
}

/* Lines above the table */
static void
append_header (const CsvRecipe *self, GString *out, guint n_columns)
{
  const Content *content = &contents[self->content];
  guint i;

  switch (self->header)
    {
    case CSV_HEADER_NOTES:
      g_string_append (out, "Report of 2024");
      append_end (self, out, 0);
      append_end (self, out, 0);
      break;
    case CSV_HEADER_PADDED_NOTES:
      g_string_append (out, "Report of 2024");
      for (i = 1; i < n_columns; i++)
        g_string_append (out, self->delimiter);
      append_end (self, out, 0);
      break;
    case CSV_HEADER_SEP:
      g_string_append_printf (out, "sep=%s", self->delimiter);
      append_end (self, out, 0);
      break;
    case CSV_HEADER_TWICE:
      append_row (self, out, content->upper, n_columns, CSV_DAMAGE_NONE);
      append_end (self, out, 1);
      break;
    case CSV_HEADER_NONE:
      return;
    case CSV_HEADER_PLAIN:
      break;
    }
  append_row (self, out, content->titles, n_columns, CSV_DAMAGE_NONE);
  append_end (self, out, 1);
}

static void
append_footer (const CsvRecipe *self, GString *out, guint n_columns)
{
  const char *total[MAX_COLUMNS] = { "Total", "12345" };
  guint i;

  switch (self->footer)
    {
    case CSV_FOOTER_TOTAL:
      for (i = 2; i < n_columns; i++)
        total[i] = "";
      append_row (self, out, total, n_columns, CSV_DAMAGE_NONE);
      append_end (self, out, 1);
      break;
    case CSV_FOOTER_REMARK:
      append_end (self, out, 0);
      g_string_append (out, "Exported by Anna on Monday");
      append_end (self, out, 1);
      break;
    case CSV_FOOTER_COUNT:
      g_string_append (out, "(40 rows)");
      append_end (self, out, 1);
      break;
    case CSV_FOOTER_NONE:
      break;
    }
}

GBytes *
csv_recipe_write (const CsvRecipe *self)
{
  g_autoptr (GString) out = g_string_new (self->mark ? "\xef\xbb\xbf" : "");
  g_autoptr (GError) error = NULL;
  guint n_columns;
  const char *const *const *rows = csv_content_get_rows (self->content, &n_columns);
  char *encoded;
  gsize size;
  guint i;

  append_header (self, out, n_columns);
  for (i = 0; i < CSV_N_ROWS; i++)
    {
      append_row (self, out, rows[i], n_columns,
                  i == self->row % CSV_N_ROWS ? self->damage : CSV_DAMAGE_NONE);
      if (i + 1 < CSV_N_ROWS || self->ends || self->footer != CSV_FOOTER_NONE)
        append_end (self, out, i);
      if (self->blank_lines && i % 7 == 3 && i + 1 < CSV_N_ROWS)
        append_end (self, out, 0);
    }
  append_footer (self, out, n_columns);

  if (g_str_equal (self->encoding, "UTF-8"))
    return g_bytes_new (out->str, out->len);
  encoded = g_convert (out->str, (gssize) out->len, self->encoding, "UTF-8", NULL, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (encoded, size);
}

void
csv_recipe_tell (const CsvRecipe *self, CrmCsvDialect *dialect)
{
  *dialect = (CrmCsvDialect) CRM_CSV_DIALECT_UNKNOWN;
  dialect->encoding = self->encoding;
  dialect->delimiter = self->delimiter;
  dialect->quote = self->quote;
  dialect->escape = g_str_equal (self->escape, "\"") ? self->quote : self->escape;
  dialect->header_rows = self->header == CSV_HEADER_TWICE ? 2 : 1;
  switch (self->header)
    {
    case CSV_HEADER_NONE:
      dialect->header_line = 0;
      dialect->header_rows = 0;
      break;
    case CSV_HEADER_NOTES:
      dialect->header_line = 3;
      break;
    case CSV_HEADER_PADDED_NOTES:
    case CSV_HEADER_SEP:
      dialect->header_line = 2;
      break;
    case CSV_HEADER_PLAIN:
    case CSV_HEADER_TWICE:
      dialect->header_line = 1;
      break;
    }
}
