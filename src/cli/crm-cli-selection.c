/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which records a command is about, and what is shown of them. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-cli-private.h"
#include "crm-view.h"

/* What a view says, without its order where another one is asked for. What it names and is not there any more is
 * told. */
static CrmQuery *
make_view_query (CrmCli *cli,
                 const CrmRecordType *type,
                 const CrmCliSelection *selection,
                 GPtrArray **columns,
                 GError **error)
{
  const CrmView *view = crm_record_type_require_view (type, selection->view, error);
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
  if (selection->sort == NULL)
    return g_steal_pointer (&query);

  unordered = crm_query_new (type);
  crm_query_set_filter (unordered, (CrmFilter *) crm_query_get_filter (query));
  return g_steal_pointer (&unordered);
}

/* What is asked for, else what the view shows; %NULL without @error where nobody says */
static GArray *
choose_columns (CrmCli *cli,
                const CrmRecordType *type,
                const CrmCliSelection *selection,
                GPtrArray *view_columns,
                GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (cli->store);
  g_autoptr (GArray) columns = NULL;

  if (selection->columns != NULL)
    return crm_columns_parse (catalogue, type, selection->columns, error);
  if (view_columns == NULL || view_columns->len == 0)
    return NULL;

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

CrmQuery *
crm_cli_make_query (CrmCli *cli,
                    const CrmRecordType *type,
                    const CrmCliSelection *selection,
                    GArray **columns,
                    GError **error)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) view_columns = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!crm_cli_check_limit (selection->limit, error))
    return NULL;
  query = selection->view != NULL ? make_view_query (cli, type, selection, &view_columns, error)
                                  : crm_query_new (type);
  if (query == NULL)
    return NULL;
  if (selection->filter != NULL)
    {
      g_autoptr (CrmFilter) filter = crm_filter_parse (cli->store, type, selection->filter, error);

      if (filter == NULL)
        return NULL;
      crm_query_set_filter (query, filter);
    }
  if (selection->sort != NULL &&
      !crm_query_parse_sort (query, crm_store_get_catalogue (cli->store), selection->sort, error))
    return NULL;
  crm_query_set_limit (query, selection->limit);

  if (columns != NULL)
    *columns = choose_columns (cli, type, selection, view_columns, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&query);
}
