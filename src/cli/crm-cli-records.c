/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that read records. */

#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "crm-cli-private.h"
#include "crm-search.h"

static CrmCliSelection selection = CRM_CLI_SELECTION_INIT;
static char *type_name;

static const GOptionEntry list_entries[] = {
  CRM_CLI_SELECTION_ENTRIES (selection, N_ ("Fields to show")),
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry count_entries[] = {
  { "filter", 0, 0, G_OPTION_ARG_STRING, &selection.filter, N_ ("Only records that match"),
    N_ ("EXPR") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry search_entries[] = {
  { "type", 0, 0, G_OPTION_ARG_STRING, &type_name, N_ ("Only this type"), N_ ("TYPE") },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &selection.limit, N_ ("At most so many"), N_ ("N") },
  G_OPTION_ENTRY_NULL,
};

/* A terminal has no room for all */
static GArray *
choose_table_columns (const CrmRecordType *type)
{
  g_autoptr (GArray) all = crm_columns_new_for_type (type, FALSE);
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (CrmColumn));
  CrmColumn first = { .field = type->label_field, .name = type->label_field->name };

  g_array_append_val (columns, first);
  for (guint i = 0; i < all->len && columns->len < 6; i++)
    {
      CrmColumn column = g_array_index (all, CrmColumn, i);
      const CrmField *field = column.field;
      gboolean useful = field->kind != CRM_KIND_LONGTEXT &&
                        (field->kind != CRM_KIND_TEXT || !type->standard) &&
                        (field->flags & CRM_FIELD_SYSTEM) == 0;

      if (useful && field != type->label_field)
        g_array_append_val (columns, column);
    }
  return columns;
}

static int
run_list (CrmCli *cli, GError **error)
{
  const CrmExportOptions options = { .format = cli->format, .api_names = TRUE, .own_ids = TRUE };
  const CrmRecordType *type;
  g_autoptr (CrmExport) export = NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GOutputStream) stream = NULL;

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  query = type != NULL ? crm_cli_make_query (cli, type, &selection, &columns, error) : NULL;
  if (query == NULL)
    return 2;
  if (columns == NULL)
    columns = cli->format == CRM_FORMAT_TABLE
                  ? choose_table_columns (type)
                  : crm_columns_new_for_type (type, cli->format == CRM_FORMAT_JSON);

  export = crm_export_new (cli->store, &options);
  crm_export_add (export, query, g_steal_pointer (&columns));
  stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  return crm_export_write_stream (export, stream, cli->cancellable, error) ? 0 : 1;
}

static int
run_count (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (CrmQuery) query = NULL;
  gint64 count = 0;

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  query = type != NULL ? crm_cli_make_query (cli, type, &selection, NULL, error) : NULL;
  if (query == NULL || !crm_query_count (query, cli->store, &count, cli->cancellable, error))
    return 2;
  g_print ("%" G_GINT64_FORMAT "\n", count);
  return 0;
}

static int
run_show (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (CrmRecord) record = NULL;
  gint64 id;

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  if (type == NULL || !crm_cli_get_id (cli, 1, &id, error))
    return 1;
  record = crm_store_get_record (cli->store, id, TRUE, cli->cancellable, error);
  if (record == NULL)
    return 1;
  if (crm_record_get_record_type (record)->id != type->id ||
      crm_record_get_state (record) == CRM_STATE_UNDONE)
    {
      crm_record_set_not_found (error, type, id);
      return 1;
    }
  crm_cli_print_record (cli, record);
  return 0;
}

static void
print_hits (CrmCli *cli, GPtrArray *hits)
{
  static const char *const titles[] = { "type", "id", "label", "field", "snippet" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  if (cli->format != CRM_FORMAT_JSON)
    {
      for (guint i = 0; i < hits->len; i++)
        {
          const CrmSearchHit *hit = g_ptr_array_index (hits, i);
          g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, hit->id);
          const char *cells[] = { hit->type->name, id, hit->label, hit->field_name, hit->snippet };
          g_autoptr (GString) row = g_string_new (NULL);

          if (cli->format == CRM_FORMAT_CSV)
            crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
          else
            g_string_printf (row, "%-12s %s  %s  (%s: %s)\n", cells[0], cells[1], cells[2],
                             cells[3], cells[4]);
          fputs (row->str, stdout);
        }
      return;
    }

  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    {
      const CrmSearchHit *hit = g_ptr_array_index (hits, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "type");
      json_builder_add_string_value (builder, hit->type->name);
      crm_cli_add_id (builder, "id", hit->id);
      json_builder_set_member_name (builder, "label");
      json_builder_add_string_value (builder, hit->label);
      json_builder_set_member_name (builder, "field");
      json_builder_add_string_value (builder, hit->field_name);
      json_builder_set_member_name (builder, "snippet");
      json_builder_add_string_value (builder, hit->snippet);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  crm_cli_print_json (json_builder_get_root (builder));
}

static int
run_search (CrmCli *cli, GError **error)
{
  const CrmRecordType *type = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *text = g_strjoinv (" ", cli->words);

  if (!crm_cli_check_limit (selection.limit, error) || !crm_cli_check_text (text, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (type_name != NULL)
    {
      type = crm_catalogue_require_type (crm_store_get_catalogue (cli->store), type_name, error);
      if (type == NULL)
        return 2;
    }
  hits = crm_search (cli->store, text, type, selection.limit >= 0 ? (guint) selection.limit : 50,
                     cli->cancellable, error);
  if (hits == NULL)
    return 1;
  print_hits (cli, hits);
  return 0;
}

const CrmCliCommand crm_cli_record_commands[] = {
  { "list", "TYPE", N_ ("Prints records"), list_entries, 1, 1, run_list },
  { "count", "TYPE", N_ ("Counts records"), count_entries, 1, 1, run_count },
  { "show", "TYPE ID", N_ ("Prints one record"), NULL, 2, 2, run_show },
  { "search", "TEXT", N_ ("Finds records by any of their text"), search_entries, 1, G_MAXUINT,
    run_search },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
