/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How files are read: the options that overrule what is found out, and `crm read`, which shows it. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crm-cli-private.h"
#include "crm-csv-writer.h"
#include "crm-error.h"
#include "crm-problem.h"

/* How much is written at once */
#define BLOCK (256 * 1024)

/* What the delimiter of a dialect may have */
#define MAX_DELIMITER 7

static char *encoding;
static char *delimiter;
static char *quote;
static char *escape;
static char *header;
static char *footer;
static char *part;
static char *target;

const GOptionEntry crm_cli_file_entries[] = {
  { "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding, N_ ("How the file's letters are written"),
    N_ ("NAME") },
  { "delimiter", 0, 0, G_OPTION_ARG_STRING, &delimiter, N_ ("What separates cells"), N_ ("CHAR") },
  { "quote", 0, 0, G_OPTION_ARG_STRING, &quote, N_ ("What surrounds cells"), "CHAR|none" },
  { "escape", 0, 0, G_OPTION_ARG_STRING, &escape, N_ ("What stands before a quote inside"),
    "CHAR|none" },
  { "header", 0, 0, G_OPTION_ARG_STRING, &header, N_ ("Line of the titles, or the first and last"),
    "N|N-M|none" },
  { "footer", 0, 0, G_OPTION_ARG_STRING, &footer,
    N_ ("How many rows at the end are totals or notes, and no rows of the table"), "auto|none|N" },
  { "part", 0, 0, G_OPTION_ARG_STRING, &part,
    N_ ("Which of several tables or sheets; with all, a text is one table"), N_ ("NAME") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry read_entries[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &target, N_ ("Prints the rows as clean CSV"), "csv" },
  G_OPTION_ENTRY_NULL,
};

/* Characters by name, for those that a shell makes hard to type */
static const char *
find_character (const char *name)
{
  static const struct
  {
    const char *name;
    const char *text;
  } names[] = {
    { "tab", "\t" },      { "\\t", "\t" },  { "space", " " },      { "comma", "," },
    { "semicolon", ";" }, { "pipe", "|" },  { "colon", ":" },      { "\\x1f", "\x1f" },
    { "\\x01", "\x01" },  { "\\\\", "\\" }, { "backslash", "\\" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i].name))
      return names[i].text;

  return name;
}

static gboolean
read_delimiter (CrmCsvDialect *dialect, GError **error)
{
  if (delimiter == NULL)
    return TRUE;
  dialect->delimiter = g_intern_string (find_character (delimiter));
  if (*dialect->delimiter != '\0' && strlen (dialect->delimiter) <= MAX_DELIMITER &&
      strpbrk (dialect->delimiter, "\r\n") == NULL)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("--delimiter takes a character or a few, not “%s”."), delimiter);
  return FALSE;
}

static gboolean
read_character (const char *option, const char *text, const char **character, GError **error)
{
  if (text == NULL)
    return TRUE;
  text = g_str_equal (text, "none") ? "" : find_character (text);
  if (strlen (text) <= 1)
    {
      *character = g_intern_string (text);
      return TRUE;
    }

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("--%s takes one character or “none”, not “%s”."), option, text);
  return FALSE;
}

/* "3", or "3-4" where titles are in several lines */
static gboolean
read_header (CrmCsvDialect *dialect, GError **error)
{
  g_auto (GStrv) lines = NULL;
  guint64 rows = 1;

  if (header == NULL)
    return TRUE;
  if (g_str_equal (header, "none"))
    {
      dialect->header_line = 0;
      return TRUE;
    }

  lines = g_strsplit (header, "-", 2);
  if (lines[0] != NULL &&
      g_ascii_string_to_signed (lines[0], 10, 1, G_MAXINT64, &dialect->header_line, NULL) &&
      (lines[1] == NULL ||
       g_ascii_string_to_unsigned (lines[1], 10, (guint64) dialect->header_line,
                                   (guint64) dialect->header_line + 9, &rows, NULL)))
    {
      dialect->header_rows = lines[1] != NULL ? (guint) (rows - (guint64) dialect->header_line + 1)
                                              : 1;
      return TRUE;
    }

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("--header takes a line, two as in “3-4”, or “none”, not “%s”."), header);
  return FALSE;
}

static gboolean
read_footer (CrmCsvDialect *dialect, GError **error)
{
  guint64 n_rows;

  if (footer == NULL || g_str_equal (footer, "auto"))
    return TRUE;
  if (g_str_equal (footer, "none"))
    {
      dialect->keeps_footer = TRUE;
      return TRUE;
    }
  if (g_ascii_string_to_unsigned (footer, 10, 1, CRM_CSV_MAX_FOOTER_ROWS, &n_rows, NULL))
    {
      dialect->footer_rows = (guint) n_rows;
      return TRUE;
    }

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("--footer takes auto, none or a number of rows, not “%s”."), footer);
  return FALSE;
}

gboolean
crm_cli_read_file_options (CrmTableOptions *options, GError **error)
{
  CrmCsvDialect *dialect = &options->dialect;

  *options = (CrmTableOptions) CRM_TABLE_OPTIONS_UNKNOWN;
  if (g_strcmp0 (part, "all") == 0)
    dialect->is_single = TRUE;
  else
    options->part = part;
  dialect->encoding = encoding;

  return read_delimiter (dialect, error) &&
         read_character ("quote", quote, &dialect->quote, error) &&
         read_character ("escape", escape, &dialect->escape, error) &&
         read_header (dialect, error) && read_footer (dialect, error);
}

/* Empty text is nothing */
static void
add_character (JsonBuilder *builder, const char *name, const char *text)
{
  crm_cli_add_text (builder, name, text != NULL && *text != '\0' ? text : NULL);
}

static void
add_problems (JsonBuilder *builder, GPtrArray *problems)
{
  guint i;

  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (i = 0; i < problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (problems, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "row");
      json_builder_add_int_value (builder, problem->row);
      crm_cli_add_text (builder, "column", problem->column);
      crm_cli_add_text (builder, "value", problem->value);
      crm_cli_add_text (builder, "message", problem->message);
      crm_cli_add_text (builder, "severity",
                        problem->severity == CRM_SEVERITY_WARNING ? "warning" : "rejected");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Where there is something to choose with --part */
static void
add_parts (JsonBuilder *builder, CrmTable *table, char **parts)
{
  guint i;

  if (parts[0] == NULL)
    return;
  crm_cli_add_text (builder, "part",
                    crm_table_get_part (table) != NULL ? crm_table_get_part (table) : parts[0]);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (i = 0; parts[i] != NULL; i++)
    json_builder_add_string_value (builder, parts[i]);
  json_builder_end_array (builder);
}

static void
print_json (CrmTable *table, CrmCsvReader *reader, gint64 n_rows, char **parts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const CrmCsvDialect *dialect = crm_table_get_dialect (table);
  guint n_columns;
  const char *const *columns = crm_table_get_columns (table, &n_columns);
  guint i;

  json_builder_begin_object (builder);
  crm_cli_add_text (builder, "encoding", dialect->encoding);
  crm_cli_add_text (builder, "delimiter", dialect->delimiter);
  add_character (builder, "quote", dialect->quote);
  add_character (builder, "escape", dialect->escape);
  json_builder_set_member_name (builder, "header_row");
  if (dialect->header_line > 0)
    json_builder_add_int_value (builder, dialect->header_line);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (i = 0; i < n_columns; i++)
    json_builder_add_string_value (builder, columns[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, n_rows);
  add_parts (builder, table, parts);
  if (crm_csv_reader_get_n_footer_rows (reader) > 0)
    {
      json_builder_set_member_name (builder, "footer_rows");
      json_builder_add_int_value (builder, crm_csv_reader_get_n_footer_rows (reader));
    }
  add_problems (builder, crm_csv_reader_get_problems (reader));
  json_builder_end_object (builder);
  crm_cli_print_json (json_builder_get_root (builder));
}

static gboolean
write_block (GString *block, gsize least, GError **error)
{
  if (block->len < least)
    return TRUE;
  if (fwrite (block->str, 1, block->len, stdout) != block->len)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_FAILED,
                           _ ("The rows cannot be written; is there space on the disk?"));
      return FALSE;
    }
  g_string_truncate (block, 0);

  return TRUE;
}

/* Cells end where the next one begins; as text they need an end of their own. */
static void
append_cells (GString *block, GString *texts, const CrmCsvCell *cells, guint n_cells)
{
  g_autofree const char **ends = g_new (const char *, MAX (n_cells, 1));
  gsize offset = 0;
  guint i;

  g_string_truncate (texts, 0);
  for (i = 0; i < n_cells; i++)
    {
      g_string_append_len (texts, cells[i].text, (gssize) cells[i].size);
      g_string_append_c (texts, '\0');
    }
  for (i = 0; i < n_cells; i++)
    {
      ends[i] = texts->str + offset;
      offset += cells[i].size + 1;
    }
  crm_csv_append_row (block, ends, n_cells);
}

static gboolean
read_rows (CrmTable *table, CrmCsvReader *reader, gboolean prints, gint64 *n_rows, GError **error)
{
  g_autoptr (GString) block = g_string_sized_new (BLOCK);
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;

  if (prints && crm_table_get_dialect (table)->header_line > 0)
    {
      const char *const *columns = crm_table_get_columns (table, &n_cells);

      crm_csv_append_row (block, columns, n_cells);
    }

  for (*n_rows = 0; crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error);
       (*n_rows)++)
    {
      if (crm_csv_reader_row_is_damaged (reader))
        g_ptr_array_add (crm_csv_reader_get_problems (reader),
                         crm_problem_new (line, NULL, NULL, CRM_SEVERITY_WARNING,
                                          _ ("Some letters of this row are damaged.")));
      if (!prints)
        continue;
      append_cells (block, texts, cells, n_cells);
      if (!write_block (block, BLOCK, error))
        return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return write_block (block, 1, error);
}

static void
print_problems (CrmCli *cli, GPtrArray *problems)
{
  guint i;

  for (i = 0; i < problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (problems, i);

      g_printerr ("%s:%" PRId64 ": %s\n", cli->words[0], problem->row, problem->message);
    }
}

static int
run_read (CrmCli *cli, GError **error)
{
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_auto (GStrv) parts = NULL;
  CrmTableOptions options;
  gboolean prints = g_strcmp0 (target, "csv") == 0 ||
                    (target == NULL && cli->format == CRM_FORMAT_CSV);
  gint64 n_rows;

  if (target != NULL && !prints)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("--to takes csv, not “%s”."), target);
      return 2;
    }
  if (!crm_cli_read_file_options (&options, error))
    return 2;
  table = crm_table_open (cli->words[0], &options, cli->cancellable, error);
  if (table == NULL)
    return g_error_matches (*error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME) ? 2 : 1;
  reader = crm_table_read (table, error);
  if (reader == NULL || !read_rows (table, reader, prints, &n_rows, error))
    return 1;
  parts = crm_table_list_parts (table, reader, cli->cancellable, error);
  if (parts == NULL)
    return 1;

  if (prints)
    print_problems (cli, crm_csv_reader_get_problems (reader));
  else
    print_json (table, reader, n_rows, parts);

  return 0;
}

const CrmCliCommand crm_cli_read_commands[] = {
  { "read", "FILE", N_ ("Shows how a file is read, or its rows as clean CSV"), read_entries, 1, 1,
    run_read, crm_cli_file_entries },
  { NULL, NULL, NULL, NULL, 0, 0, NULL, NULL },
};
