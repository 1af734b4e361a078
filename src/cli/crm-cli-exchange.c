/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Import. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-import-mapping.h"

static char **maps;
static char **fixed;
static char *match_fields;
static char *mode_name;
static gboolean match_exact;
static char **existing_ways;
static char **separators;
static char *trashed_way;
static char *missing_way;
static char *options_way;
static char **excluded_lines;
static char **edited_cells;
static char *rejects_path;
static gboolean dry_run;
static CrmCliMapping mapping;

static const GOptionEntry import_entries[] = {
  { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &maps, N_ ("Where a column goes"), "COLUMN=FIELD" },
  { "match", 0, 0, G_OPTION_ARG_STRING, &match_fields, N_ ("Fields that tell a record"),
    N_ ("FIELD,FIELD") },
  { "mode", 0, 0, G_OPTION_ARG_STRING, &mode_name, N_ ("Create, update, or both"),
    "create|update|upsert" },
  { "exact", 0, 0, G_OPTION_ARG_NONE, &match_exact,
    N_ ("Match only what is written alike to the letter"), NULL },
  { "existing", 0, 0, G_OPTION_ARG_STRING_ARRAY, &existing_ways,
    N_ ("What a filled cell does to a value that is there, of one column or of all"),
    "[COLUMN=]replace|fill|append|overwrite" },
  { "separator", 0, 0, G_OPTION_ARG_STRING_ARRAY, &separators,
    N_ ("What stands between several values in a cell, of one column or of all"),
    "[COLUMN=]semicolon|comma|bar|line" },
  { "trashed", 0, 0, G_OPTION_ARG_STRING, &trashed_way,
    N_ ("What becomes of a row whose record is in the trash"), "new|restore|skip" },
  { "missing", 0, 0, G_OPTION_ARG_STRING, &missing_way,
    N_ ("What becomes of a related record that is missing"), "create|leave|refuse" },
  { "options", 0, 0, G_OPTION_ARG_STRING, &options_way,
    N_ ("What becomes of an option that is missing"), "create|leave|refuse" },
  { "exclude", 0, 0, G_OPTION_ARG_STRING_ARRAY, &excluded_lines,
    N_ ("Lines of rows that are left out"), N_ ("LINE,LINE") },
  { "cell", 0, 0, G_OPTION_ARG_STRING_ARRAY, &edited_cells, N_ ("What a cell says instead"),
    N_ ("LINE:COLUMN=VALUE") },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fixed, N_ ("The same value for every row"),
    "FIELD=VALUE" },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Tell what would happen, change nothing"),
    NULL },
  { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &rejects_path, N_ ("Where refused rows are written"),
    N_ ("FILE") },
  CRM_CLI_MAPPING_ENTRIES (mapping),
  G_OPTION_ENTRY_NULL,
};

static gboolean
read_mode (CrmImportPlan *plan, GError **error)
{
  if (mode_name == NULL)
    return TRUE;

  if (g_str_equal (mode_name, "upsert"))
    crm_import_plan_set_mode (plan, CRM_IMPORT_UPSERT);
  else if (g_str_equal (mode_name, "create"))
    crm_import_plan_set_mode (plan, CRM_IMPORT_CREATE);
  else if (g_str_equal (mode_name, "update"))
    crm_import_plan_set_mode (plan, CRM_IMPORT_UPDATE);
  else
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("There is no mode “%s”. Use create, update or upsert."), mode_name);
      return FALSE;
    }
  return TRUE;
}

/* The place of @text among @names, or -1 with @error */
static int
read_way (const char *option, const char *text, const char *const *names, GError **error)
{
  g_autofree char *known = NULL;

  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (text, names[i]))
      return i;

  known = g_strjoinv (", ", (char **) names);
  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("--%s takes one of %s, not “%s”."), option,
               known, text);
  return -1;
}

static gboolean
find_column (CrmImportPlan *plan, const char *title, guint *column, GError **error)
{
  for (guint i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    if (g_str_equal (crm_import_plan_get_column_title (plan, i), title))
      {
        *column = i;
        return TRUE;
      }

  g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
               _ ("The file has no column “%s”; look at its first row."), title);
  return FALSE;
}

/* "Column=word" or "word". @column: (out): %G_MAXUINT for all. The place of the word among @names, or -1 with
 * @error */
static int
read_column_way (CrmImportPlan *plan,
                 const char *option,
                 const char *text,
                 const char *const *names,
                 guint *column,
                 GError **error)
{
  const char *equals = strrchr (text, '=');
  int way = read_way (option, equals != NULL ? equals + 1 : text, names, error);
  g_autofree char *title = NULL;

  *column = G_MAXUINT;
  if (way < 0 || equals == NULL)
    return way;
  title = g_strndup (text, (gsize) (equals - text));

  return find_column (plan, title, column, error) ? way : -1;
}

static gboolean
read_existing (CrmImportPlan *plan, const char *text, GError **error)
{
  static const char *const names[] = { "replace", "fill", "append", "overwrite", NULL };
  guint column;
  int way = read_column_way (plan, "existing", text, names, &column, error);
  CrmImportExisting existing = CRM_IMPORT_REPLACE + (CrmImportExisting) MAX (way, 0);

  if (way < 0)
    return FALSE;
  if (column == G_MAXUINT)
    crm_import_plan_set_existing (plan, existing);
  else
    crm_import_plan_set_column_existing (plan, column, existing);
  return TRUE;
}

static gboolean
read_separator (CrmImportPlan *plan, const char *text, GError **error)
{
  static const char *const names[] = { "semicolon", "comma", "bar", "line", NULL };
  static const char signs[] = ";,|\n";
  guint column;
  int way = read_column_way (plan, "separator", text, names, &column, error);

  if (way < 0)
    return FALSE;
  for (guint i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    if (i == column || (column == G_MAXUINT && crm_import_plan_may_separate (plan, i)))
      crm_import_plan_set_separator (plan, i, signs[way]);
  return TRUE;
}

static gboolean
read_line (const char *option, const char *text, gint64 *line, GError **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, line, NULL))
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("--%s takes the number of a line of the file, not “%s”."), option, text);
  return FALSE;
}

static gboolean
read_excluded (CrmImportPlan *plan, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, ",", -1);
  gint64 line;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!read_line ("exclude", g_strstrip (lines[i]), &line, error))
        return FALSE;
      crm_import_plan_set_excluded (plan, line, TRUE);
    }
  return TRUE;
}

static gboolean
read_cell (CrmImportPlan *plan, const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  const char *equals = colon != NULL ? strchr (colon, '=') : NULL;
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  gint64 line;
  guint column;

  if (equals == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” changes no cell; write it like \"12:Column=value\"."), text);
      return FALSE;
    }

  number = g_strndup (text, (gsize) (colon - text));
  title = g_strndup (colon + 1, (gsize) (equals - colon - 1));
  if (!read_line ("cell", number, &line, error) || !find_column (plan, title, &column, error))
    return FALSE;
  crm_import_plan_set_cell (plan, line, column, equals + 1);
  return TRUE;
}

static gboolean
read_policies (CrmImportPlan *plan, GError **error)
{
  static const char *const trashed[] = { "new", "restore", "skip", NULL };
  static const char *const missing[] = { "create", "leave", "refuse", NULL };
  int way = 0;

  if (match_exact)
    crm_import_plan_set_match_exact (plan, TRUE);
  for (guint i = 0; existing_ways != NULL && existing_ways[i] != NULL; i++)
    if (!read_existing (plan, existing_ways[i], error))
      return FALSE;
  for (guint i = 0; separators != NULL && separators[i] != NULL; i++)
    if (!read_separator (plan, separators[i], error))
      return FALSE;
  for (guint i = 0; excluded_lines != NULL && excluded_lines[i] != NULL; i++)
    if (!read_excluded (plan, excluded_lines[i], error))
      return FALSE;
  for (guint i = 0; edited_cells != NULL && edited_cells[i] != NULL; i++)
    if (!read_cell (plan, edited_cells[i], error))
      return FALSE;

  if (trashed_way != NULL && (way = read_way ("trashed", trashed_way, trashed, error)) >= 0)
    crm_import_plan_set_trashed (plan, (CrmImportTrashed) way);
  if (way >= 0 && missing_way != NULL &&
      (way = read_way ("missing", missing_way, missing, error)) >= 0)
    crm_import_plan_set_missing (plan, (CrmImportMissing) way);
  if (way >= 0 && options_way != NULL &&
      (way = read_way ("options", options_way, missing, error)) >= 0)
    crm_import_plan_set_missing_options (plan, (CrmImportMissing) way);
  return way >= 0;
}

static gboolean
configure (CrmImportPlan *plan, GError **error)
{
  if (!crm_cli_mapping_use (&mapping, plan, error))
    return FALSE;
  for (guint i = 0; maps != NULL && maps[i] != NULL; i++)
    if (!crm_import_plan_map (plan, maps[i], error))
      return FALSE;
  for (guint i = 0; fixed != NULL && fixed[i] != NULL; i++)
    if (!crm_import_plan_set_fixed (plan, fixed[i], error))
      return FALSE;
  if (match_fields != NULL && !crm_import_plan_set_match (plan, match_fields, error))
    return FALSE;
  if (rejects_path != NULL)
    crm_import_plan_set_rejects_path (plan, rejects_path);
  return read_mode (plan, error) && read_policies (plan, error);
}

static void
print_report (CrmCli *cli, CrmImportReport *report)
{
  g_autofree char *rows = NULL;
  g_autofree char *created = NULL;
  g_autofree char *updated = NULL;
  g_autofree char *unchanged = NULL;
  g_autofree char *rejected = NULL;

  if (cli->format == CRM_FORMAT_JSON)
    {
      crm_cli_print_json (crm_import_report_to_json (report));
      return;
    }

  for (guint i = 0; i < report->problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (report->problems, i);

      g_printerr ("%s:%" G_GINT64_FORMAT ": %s%s%s\n", cli->words[1], problem->row,
                  problem->column != NULL ? problem->column : "",
                  problem->column != NULL ? ": " : "", problem->message);
    }
  rows = g_strdup_printf ("%" G_GINT64_FORMAT, report->rows);
  created = g_strdup_printf ("%" G_GINT64_FORMAT, report->created);
  updated = g_strdup_printf ("%" G_GINT64_FORMAT, report->updated);
  unchanged = g_strdup_printf ("%" G_GINT64_FORMAT, report->unchanged);
  rejected = g_strdup_printf ("%" G_GINT64_FORMAT, report->rejected);
  g_print (_ ("%s rows: %s created, %s updated, %s unchanged, %s refused\n"), rows, created,
           updated, unchanged, rejected);
}

static int
run_import (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (CrmTable) table = NULL;
  CrmTableOptions options;

  if (!crm_cli_read_file_options (&options, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_CREATE, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  if (type == NULL)
    return 2;
  options.type = type;
  table = crm_table_open (cli->words[1], &options, cli->cancellable, error);
  cli->is_unused = table == NULL;
  if (table == NULL)
    return g_error_matches (*error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME) ? 2 : 1;
  plan = crm_import_plan_new (cli->store, type, table, error);
  if (plan == NULL || !configure (plan, error) || !crm_cli_mapping_set (&mapping, plan, error))
    return 1;
  if (mapping.show)
    {
      crm_cli_mapping_print (cli, plan);
      return 0;
    }
  report = crm_import_plan_run (plan, dry_run, CRM_SOURCE_IMPORT, NULL, NULL, cli->cancellable,
                                error);
  if (report == NULL)
    return 1;

  print_report (cli, report);
  if (!dry_run && report->act_id != 0 && !crm_cli_mapping_keep (&mapping, plan, error))
    return 1;
  if (report->created + report->updated + report->unchanged > 0)
    return 0;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               report->rows == 0
                   ? _ ("“%s” has no rows below its titles. Choose a file that has some.")
                   : _ ("No row of “%s” was taken. Correct what is told above and try again."),
               cli->words[1]);
  return 1;
}

const CrmCliCommand crm_cli_exchange_commands[] = {
  { "import", "TYPE FILE", N_ ("Takes records from a CSV file"), import_entries, 2, 2, run_import,
    crm_cli_file_entries },
  { NULL, NULL, NULL, NULL, 0, 0, NULL, NULL },
};
