/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that read records. */

#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-query.h"
#include "crm-search.h"
#include "crm-view.h"

static char *view_name;
static char *filter_text;
static char *sort_text;
static char *columns_text;
static char *type_name;
static char *to_name;
static char *output_path;
static gint64 limit = -1;

static const GOptionEntry list_entries[] = {
  { "view", 0, 0, G_OPTION_ARG_STRING, &view_name,
    N_ ("A view: its columns, filter and order, where no option says otherwise"), N_ ("NAME") },
  { "filter", 0, 0, G_OPTION_ARG_STRING, &filter_text, N_ ("Only records that match"),
    N_ ("EXPR") },
  { "sort", 0, 0, G_OPTION_ARG_STRING, &sort_text, N_ ("Order, - for descending"),
    N_ ("FIELD,-FIELD") },
  { "columns", 0, 0, G_OPTION_ARG_STRING, &columns_text, N_ ("Fields to show"), N_ ("A,B") },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("At most so many"), N_ ("N") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry export_entries[] = {
  { "view", 0, 0, G_OPTION_ARG_STRING, &view_name,
    N_ ("A view: its columns, filter and order, where no option says otherwise"), N_ ("NAME") },
  { "filter", 0, 0, G_OPTION_ARG_STRING, &filter_text, N_ ("Only records that match"),
    N_ ("EXPR") },
  { "sort", 0, 0, G_OPTION_ARG_STRING, &sort_text, N_ ("Order, - for descending"),
    N_ ("FIELD,-FIELD") },
  { "columns", 0, 0, G_OPTION_ARG_STRING, &columns_text, N_ ("Fields to write"), N_ ("A,B") },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("At most so many"), N_ ("N") },
  { "to", 0, 0, G_OPTION_ARG_STRING, &to_name, N_ ("csv or json"), N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_path, N_ ("The file to write"), N_ ("FILE") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry count_entries[] = {
  { "filter", 0, 0, G_OPTION_ARG_STRING, &filter_text, N_ ("Only records that match"),
    N_ ("EXPR") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry search_entries[] = {
  { "type", 0, 0, G_OPTION_ARG_STRING, &type_name, N_ ("Only this type"), N_ ("TYPE") },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("At most so many"), N_ ("N") },
  G_OPTION_ENTRY_NULL,
};

/* What a view says, without its order where another one is asked for. What it names and is not there any more is
 * told. */
static CrmQuery *
make_view_query (CrmCli *cli, const CrmRecordType *type, GPtrArray **columns, GError **error)
{
  const CrmView *view = crm_record_type_require_view (type, view_name, error);
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (CrmQuery) unordered = NULL;
  g_autoptr (GPtrArray) skipped = NULL;

  if (view == NULL)
    return NULL;
  query = crm_view_make_query (cli->store, view, columns, &skipped, error);
  if (query == NULL)
    return NULL;

  for (guint i = 0; i < skipped->len; i++)
    g_printerr (_ ("crm: The view “%s” names what was removed: %s\n"), view->name,
                (const char *) g_ptr_array_index (skipped, i));
  if (sort_text == NULL)
    return g_steal_pointer (&query);

  unordered = crm_query_new (type);
  crm_query_set_filter (unordered, (CrmFilter *) crm_query_get_filter (query));
  return g_steal_pointer (&unordered);
}

/* @columns: (out) (optional): those of the view, (transfer full); %NULL without a view */
static CrmQuery *
make_query (CrmCli *cli, const CrmRecordType *type, GPtrArray **columns, GError **error)
{
  g_autoptr (CrmQuery) query = NULL;

  if (!crm_cli_check_limit (limit, error))
    return NULL;
  query = view_name != NULL ? make_view_query (cli, type, columns, error) : crm_query_new (type);
  if (query == NULL)
    return NULL;
  if (filter_text != NULL)
    {
      g_autoptr (CrmFilter) filter = crm_filter_parse (cli->store, type, filter_text, error);

      if (filter == NULL)
        return NULL;
      crm_query_set_filter (query, filter);
    }
  if (sort_text != NULL && !crm_query_parse_sort (query, sort_text, error))
    return NULL;
  crm_query_set_limit (query, limit);
  return g_steal_pointer (&query);
}

/* A terminal has no room for all */
static GArray *
choose_table_columns (const CrmRecordType *type)
{
  g_autoptr (GArray) all = crm_columns_new_for_type (type, FALSE);
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (CrmColumn));
  CrmColumn first = { type->label_field, type->label_field->name, FALSE, NULL };

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

/* What is asked for, else what the view shows, else what is usual for @format */
static GArray *
choose_columns (CrmCli *cli,
                const CrmRecordType *type,
                GPtrArray *view_columns,
                CrmFormat format,
                GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (cli->store);
  g_autoptr (GArray) columns = NULL;

  if (columns_text != NULL)
    return crm_columns_parse (catalogue, type, columns_text, error);
  if (view_columns == NULL || view_columns->len == 0)
    return format == CRM_FORMAT_TABLE ? choose_table_columns (type)
                                      : crm_columns_new_for_type (type, format == CRM_FORMAT_JSON);

  columns = crm_columns_parse (catalogue, type, "", error);
  for (guint i = 0; i < view_columns->len; i++)
    {
      const char *name = g_ptr_array_index (view_columns, i);
      g_autoptr (GError) local_error = NULL;

      /* A window may show what cannot be one cell */
      if (!g_str_equal (name, "id") &&
          !crm_columns_add (columns, catalogue, type, name, &local_error))
        g_printerr (_ ("crm: The column “%s” is left out: %s\n"), name, local_error->message);
    }

  return g_steal_pointer (&columns);
}

/* To @path, or to standard output where it is %NULL or "-" */
static int
write_records (CrmCli *cli, CrmFormat format, gboolean labels, const char *path, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) view_columns = NULL;
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GFile) file = NULL;

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  query = type != NULL ? make_query (cli, type, &view_columns, error) : NULL;
  columns = query != NULL ? choose_columns (cli, type, view_columns, format, error) : NULL;
  if (columns == NULL)
    return 2;

  if (path != NULL && !g_str_equal (path, "-"))
    {
      file = g_file_new_for_commandline_arg (path);
      return crm_records_write_file (cli->store, query, columns, format, labels, file,
                                     cli->cancellable, error)
                 ? 0
                 : 1;
    }
  stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  return crm_records_write (cli->store, query, columns, format, labels, stream, cli->cancellable,
                            error)
             ? 0
             : 1;
}

static int
run_list (CrmCli *cli, GError **error)
{
  return write_records (cli, cli->format, FALSE, NULL, error);
}

static int
run_export (CrmCli *cli, GError **error)
{
  CrmFormat format = CRM_FORMAT_CSV;

  if (to_name != NULL && g_str_equal (to_name, "json"))
    format = CRM_FORMAT_JSON;
  else if (to_name != NULL && !g_str_equal (to_name, "csv"))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” cannot be written. Use csv or json."), to_name);
      return 2;
    }
  return write_records (cli, format, TRUE, output_path, error);
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
  query = type != NULL ? make_query (cli, type, NULL, error) : NULL;
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

  if (!crm_cli_check_limit (limit, error) || !crm_cli_check_text (text, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (type_name != NULL)
    {
      type = crm_catalogue_require_type (crm_store_get_catalogue (cli->store), type_name, error);
      if (type == NULL)
        return 2;
    }
  hits = crm_search (cli->store, text, type, limit >= 0 ? (guint) limit : 50, cli->cancellable,
                     error);
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
  { "export", "TYPE", N_ ("Writes records to a file"), export_entries, 1, 1, run_export },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
