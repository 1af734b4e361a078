/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Import. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-import.h"

static char **maps;
static char **fixed;
static char *match_fields;
static char *mode_name;
static char *rejects_path;
static gboolean dry_run;
static char *encoding;
static char *delimiter;
static char *quote;
static char *escape;
static char *header;

static const GOptionEntry import_entries[] = {
  { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &maps, N_ ("Where a column goes"), "COLUMN=FIELD" },
  { "match", 0, 0, G_OPTION_ARG_STRING, &match_fields, N_ ("Fields that tell a record"),
    N_ ("FIELD,FIELD") },
  { "mode", 0, 0, G_OPTION_ARG_STRING, &mode_name, N_ ("Create, update, or both"),
    "create|update|upsert" },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fixed, N_ ("The same value for every row"),
    "FIELD=VALUE" },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Tell what would happen, change nothing"),
    NULL },
  { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &rejects_path, N_ ("Where refused rows are written"),
    N_ ("FILE") },
  { "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding, N_ ("How the file's letters are written"),
    N_ ("NAME") },
  { "delimiter", 0, 0, G_OPTION_ARG_STRING, &delimiter, N_ ("What separates cells"), N_ ("CHAR") },
  { "quote", 0, 0, G_OPTION_ARG_STRING, &quote, N_ ("What surrounds cells"), N_ ("CHAR") },
  { "escape", 0, 0, G_OPTION_ARG_STRING, &escape, N_ ("What stands before a quote inside"),
    N_ ("CHAR") },
  { "header", 0, 0, G_OPTION_ARG_STRING, &header, N_ ("Line of the titles"), "N|none" },
  G_OPTION_ENTRY_NULL,
};

static gboolean
read_character (const char *option, const char *text, char *character, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "\\t") || g_str_equal (text, "tab"))
    *character = '\t';
  else if (strlen (text) == 1)
    *character = text[0];
  else
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("--%s takes one character, not “%s”."),
                   option, text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_dialect (CrmCsvDialect *dialect, GError **error)
{
  *dialect = (CrmCsvDialect){ .header_line = -1 };
  dialect->encoding = encoding;
  if (!read_character ("delimiter", delimiter, &dialect->delimiter, error) ||
      !read_character ("quote", quote, &dialect->quote, error) ||
      !read_character ("escape", escape, &dialect->escape, error))
    return FALSE;
  if (header == NULL)
    return TRUE;
  if (g_str_equal (header, "none"))
    dialect->header_line = 0;
  else if (!g_ascii_string_to_signed (header, 10, 1, G_MAXINT64, &dialect->header_line, NULL))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("--header takes a line or “none”, not “%s”."), header);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_mode (CrmImportPlan *plan, GError **error)
{
  if (mode_name == NULL || g_str_equal (mode_name, "upsert"))
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

static gboolean
configure (CrmImportPlan *plan, GError **error)
{
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
  return read_mode (plan, error);
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
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;

  if (!read_dialect (&options.dialect, error))
    return 2;
  /* Before a workspace is made for it */
  table = crm_table_open (cli->words[1], &options, cli->cancellable, error);
  if (table == NULL)
    return g_error_matches (*error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME) ? 2 : 1;
  if (!crm_cli_open (cli, CRM_STORE_CREATE, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  if (type == NULL)
    return 2;
  plan = crm_import_plan_new (cli->store, type, table, error);
  if (plan == NULL || !configure (plan, error))
    return 1;
  report = crm_import_plan_run (plan, dry_run, CRM_SOURCE_IMPORT, NULL, NULL, cli->cancellable,
                                error);
  if (report == NULL)
    return 1;

  print_report (cli, report);
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
  { "import", "TYPE FILE", N_ ("Takes records from a CSV file"), import_entries, 2, 2, run_import },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
