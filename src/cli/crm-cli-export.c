/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Export. */

#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "crm-cli-private.h"
#include "crm-error.h"

static CrmCliSelection selection = CRM_CLI_SELECTION_INIT;
static gboolean all;
static char *to_name;
static char *output_path;
static char *delimiter;
static char *quoting;
static char *titles;
static gboolean localized;
static gboolean byte_order_mark;

static const GOptionEntry export_entries[] = {
  CRM_CLI_SELECTION_ENTRIES (selection, N_ ("Fields to write")),
  { "all", 0, 0, G_OPTION_ARG_NONE, &all,
    N_ ("Everything in the workspace, to a file or, as CSV, to a new folder"), NULL },
  { "to", 0, 0, G_OPTION_ARG_STRING, &to_name, N_ ("csv, xlsx, json, jsonl, vcf or ics"),
    N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_path, N_ ("The file to write"), N_ ("FILE") },
  { "delimiter", 0, 0, G_OPTION_ARG_STRING, &delimiter,
    N_ ("What separates the cells of CSV: a comma, ; or tab"), N_ ("CHAR") },
  { "quote", 0, 0, G_OPTION_ARG_STRING, &quoting, N_ ("Which cells of CSV have quotes"),
    "minimal|all" },
  { "titles", 0, 0, G_OPTION_ARG_STRING, &titles, N_ ("What the columns are called"),
    "labels|names" },
  { "localized", 0, 0, G_OPTION_ARG_NONE, &localized,
    N_ ("Numbers and dates in CSV as this country writes them"), NULL },
  { "bom", 0, 0, G_OPTION_ARG_NONE, &byte_order_mark,
    N_ ("A byte-order mark in front of CSV, for older spreadsheets"), NULL },
  G_OPTION_ENTRY_NULL,
};

static gboolean
is_standard_output (void)
{
  return output_path == NULL || g_str_equal (output_path, "-");
}

/* What is asked for, else what the file is called, else CSV */
static gboolean
read_format (const CrmCli *cli, CrmFormat *format, GError **error)
{
  const char *point = output_path != NULL ? strrchr (output_path, '.') : NULL;

  *format = cli->format_name != NULL && cli->format == CRM_FORMAT_JSON ? CRM_FORMAT_JSON
                                                                       : CRM_FORMAT_CSV;
  if (to_name == NULL)
    {
      if (point != NULL)
        crm_format_from_name (point + 1, format);
      return TRUE;
    }
  if (crm_format_from_name (to_name, format))
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("“%s” cannot be written. Use csv, xlsx, json, jsonl, vcf or ics."), to_name);
  return FALSE;
}

static gboolean
read_delimiter (char *character, GError **error)
{
  if (delimiter == NULL)
    return TRUE;

  *character = g_str_equal (delimiter, "tab") || g_str_equal (delimiter, "\\t") ? '\t'
                                                                                : delimiter[0];
  if ((*character == '\t' || strlen (delimiter) == 1) && *character != '\0' &&
      strchr (",;\t|", *character) != NULL)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("--delimiter takes a comma, ; | or tab, not “%s”."), delimiter);
  return FALSE;
}

/* One of two words; %NULL is the first */
static gboolean
read_switch (const char *option,
             const char *text,
             const char *off,
             const char *on,
             gboolean *value,
             GError **error)
{
  *value = text != NULL && g_str_equal (text, on);
  if (text == NULL || *value || g_str_equal (text, off))
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("--%s takes %s or %s, not “%s”."), option, off,
               on, text);
  return FALSE;
}

static gboolean
read_options (const CrmCli *cli, CrmExportOptions *options, GError **error)
{
  options->localized = localized;
  options->byte_order_mark = byte_order_mark;

  return read_format (cli, &options->format, error) &&
         read_delimiter (&options->delimiter, error) &&
         read_switch ("quote", quoting, "minimal", "all", &options->quote_all, error) &&
         read_switch ("titles", titles, "labels", "names", &options->api_names, error);
}

/* What goes together and what does not */
static gboolean
check_usage (const CrmCli *cli, const CrmExportOptions *options, GError **error)
{
  const char *message = NULL;

  if (all == (cli->n_words > 0))
    message = _ ("Use it so: crm export TYPE, or crm export --all -o FILE");
  else if (all && (selection.view != NULL || selection.filter != NULL || selection.sort != NULL ||
                   selection.columns != NULL || selection.limit != -1))
    message = _ ("--all writes everything. Leave out --view, --filter, --sort, --columns and"
                 " --limit.");
  else if (selection.columns != NULL && !crm_format_get_info (options->format)->has_columns)
    message = _ ("Cards and calendars have fields of their own. Leave out --columns.");
  else if (options->format == CRM_FORMAT_XLSX && is_standard_output () && isatty (STDOUT_FILENO))
    message = _ ("A spreadsheet is nothing for a terminal. Name a file with -o.");
  if (message == NULL)
    return TRUE;

  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
add_records (CrmCli *cli, CrmExport *export, CrmFormat format, GError **error)
{
  const CrmRecordType *type = crm_cli_get_type (cli, 0, error);
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GArray) columns = NULL;

  if (type == NULL)
    return FALSE;
  if (!crm_format_can_write (format, type))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("%s cannot be written as “%s”. Use csv, xlsx or json."), type->label_many,
                   crm_format_get_info (format)->name);
      return FALSE;
    }
  query = crm_cli_make_query (cli, type, &selection, &columns, error);
  if (query == NULL)
    return FALSE;

  /* A view shows names, and a file for other programs has the ids besides; who names columns gets those */
  if (!crm_format_get_info (format)->has_columns)
    g_clear_pointer (&columns, g_array_unref);
  else if (columns != NULL && selection.columns == NULL &&
           (format == CRM_FORMAT_CSV || format == CRM_FORMAT_XLSX))
    crm_columns_add_parts (columns);
  crm_export_add (export, query, g_steal_pointer (&columns));
  return TRUE;
}

static int
run_export (CrmCli *cli, GError **error)
{
  CrmExportOptions options = { 0 };
  g_autoptr (CrmExport) export = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GOutputStream) stream = NULL;

  if (!read_options (cli, &options, error) || !check_usage (cli, &options, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;

  export = crm_export_new (cli->store, &options);
  if (all)
    crm_export_add_everything (export);
  else if (!add_records (cli, export, options.format, error))
    return 2;

  if (!is_standard_output ())
    {
      file = g_file_new_for_commandline_arg (output_path);
      return crm_export_write (export, file, NULL, NULL, cli->cancellable, error) ? 0 : 1;
    }
  if (crm_export_needs_folder (export))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("This makes several files. Name a new folder with -o."));
      return 2;
    }
  stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  return crm_export_write_stream (export, stream, cli->cancellable, error) ? 0 : 1;
}

const CrmCliCommand crm_cli_export_commands[] = {
  { "export", "TYPE | --all", N_ ("Writes records to a file"), export_entries, 0, 1, run_export },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
