/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Views: what there are, and making them. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-view.h"

static char *label;
static char *icon;
static char *layout_name;
static char *filter_text;
static char *sort_text;
static char *columns_text;
static char *group_name;
static char *before_name;
static gboolean to_end;
static gboolean favorite;
static gboolean not_favorite;

static const GOptionEntry view_entries[] = {
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, N_ ("What people read"), N_ ("LABEL") },
  { "icon", 0, 0, G_OPTION_ARG_STRING, &icon, N_ ("Name of a symbolic icon"), N_ ("ICON") },
  { "layout", 0, 0, G_OPTION_ARG_STRING, &layout_name, N_ ("How it looks"),
    "table|board|calendar" },
  { "filter", 0, 0, G_OPTION_ARG_STRING, &filter_text, N_ ("Only records that match"),
    N_ ("EXPR") },
  { "sort", 0, 0, G_OPTION_ARG_STRING, &sort_text, N_ ("Order, - for descending"),
    N_ ("FIELD,-FIELD") },
  { "columns", 0, 0, G_OPTION_ARG_STRING, &columns_text, N_ ("Fields to show"), N_ ("A,B") },
  { "group", 0, 0, G_OPTION_ARG_STRING, &group_name, N_ ("Fields whose values are headings"),
    N_ ("FIELD,DATE:week") },
  { "favorite", 0, 0, G_OPTION_ARG_NONE, &favorite, N_ ("Stands at the top"), NULL },
  { "not-favorite", 0, 0, G_OPTION_ARG_NONE, &not_favorite, N_ ("Does not"), NULL },
  { "before", 0, 0, G_OPTION_ARG_STRING, &before_name, N_ ("Moves it before this one"),
    N_ ("VIEW") },
  { "last", 0, 0, G_OPTION_ARG_NONE, &to_end, N_ ("Moves it to the end"), NULL },
  G_OPTION_ENTRY_NULL,
};

static const char *const layouts[] = { "table", "board", "calendar" };

static void
add_string (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static gboolean
add_view (JsonBuilder *builder, const CrmRecordType *type, const CrmView *view, GError **error)
{
  g_autoptr (CrmViewQuery) query = crm_view_query_parse (view->query, error);
  GPtrArray *columns;
  GPtrArray *sorts;

  if (query == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  add_string (builder, "type", type->name);
  add_string (builder, "name", view->name);
  add_string (builder, "label", view->label);
  add_string (builder, "icon", view->icon);
  add_string (builder, "layout", layouts[view->layout]);
  add_flag (builder, "favorite", view->favorite);
  add_flag (builder, "standard", view->standard);

  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  columns = crm_view_query_get_columns (query);
  for (guint i = 0; i < columns->len; i++)
    json_builder_add_string_value (builder,
                                   ((CrmViewColumn *) g_ptr_array_index (columns, i))->field);
  json_builder_end_array (builder);

  add_string (builder, "filter", crm_view_query_get_filter (query));
  json_builder_set_member_name (builder, "sort");
  json_builder_begin_array (builder);
  sorts = crm_view_query_get_sorts (query);
  for (guint i = 0; i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);
      g_autofree char *text = g_strconcat (sort->descending ? "-" : "", sort->field, NULL);

      json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
  add_string (builder, "group", crm_view_query_get_group (query));
  json_builder_end_object (builder);
  return TRUE;
}

static void
print_line (CrmCli *cli, const CrmRecordType *type, const CrmView *view)
{
  const char *cells[] = { type->name, view->name, view->label, layouts[view->layout] };
  g_autoptr (GString) row = g_string_new (NULL);

  if (cli->format == CRM_FORMAT_CSV)
    crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
  else
    g_string_printf (row, "%-12s %-24s %-32s %s\n", cells[0], cells[1], cells[2], cells[3]);
  fputs (row->str, stdout);
}

static int
list_views (CrmCli *cli, GError **error)
{
  static const char *const titles[] = { "type", "name", "label", "layout" };
  const CrmCatalogue *catalogue = crm_store_get_catalogue (cli->store);
  const CrmRecordType *only = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (cli->n_words > 1)
    {
      only = crm_cli_get_type (cli, 1, error);
      if (only == NULL)
        return 2;
    }

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      for (guint j = 0; (only == NULL || only == type) && j < type->n_views; j++)
        {
          if (cli->format != CRM_FORMAT_JSON)
            print_line (cli, type, type->views[j]);
          else if (!add_view (builder, type, type->views[j], error))
            return 1;
        }
    }
  json_builder_end_array (builder);
  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
  return 0;
}

/* What is to be done with the view of the third word */
typedef struct
{
  CrmCli *cli;
  const CrmRecordType *type;
  const CrmView *view;
  const CrmView *before;
  CrmViewChange change;
} ViewAct;

static gboolean
add_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  ViewAct *act = data;

  return crm_view_add (transaction, act->type, &act->change, &act->view, error) &&
         (act->before == NULL || crm_view_move (transaction, act->view, act->before, error));
}

static gboolean
set_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  ViewAct *act = data;

  return crm_view_set (transaction, act->view, &act->change, error) &&
         ((act->before == NULL && !to_end) ||
          crm_view_move (transaction, act->view, act->before, error));
}

static gboolean
remove_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  ViewAct *act = data;

  return crm_view_remove (transaction, act->view, error);
}

static gboolean
reset_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  ViewAct *act = data;

  return crm_view_reset (transaction, act->view, error);
}

/* What the options say of the question, on top of what it was. (transfer full), %NULL where they say nothing */
static gboolean
read_query (const CrmView *view, CrmViewQuery **query, GError **error)
{
  g_auto (GStrv) columns = columns_text != NULL ? g_strsplit (columns_text, ",", -1) : NULL;
  g_auto (GStrv) sorts = sort_text != NULL ? g_strsplit (sort_text, ",", -1) : NULL;

  *query = NULL;
  if (filter_text == NULL && sorts == NULL && columns == NULL && group_name == NULL)
    return TRUE;

  *query = view != NULL ? crm_view_query_parse (view->query, error) : crm_view_query_new ();
  if (*query == NULL)
    return FALSE;

  if (filter_text != NULL)
    crm_view_query_set_filter (*query, filter_text);
  if (group_name != NULL)
    crm_view_query_set_group (*query, group_name);
  if (columns != NULL)
    crm_view_query_clear_columns (*query);
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (*g_strstrip (columns[i]) != '\0')
      crm_view_query_add_column (*query, columns[i], 0);
  if (sorts != NULL)
    crm_view_query_clear_sorts (*query);
  for (guint i = 0; sorts != NULL && sorts[i] != NULL; i++)
    {
      const char *field = g_strstrip (sorts[i]);

      if (*field != '\0')
        crm_view_query_add_sort (*query, *field == '-' ? field + 1 : field, *field == '-');
    }

  return TRUE;
}

static gboolean
read_layout (int *layout, GError **error)
{
  *layout = -1;
  for (guint i = 0; layout_name != NULL && i < G_N_ELEMENTS (layouts); i++)
    if (g_str_equal (layouts[i], layout_name))
      *layout = (int) i;
  if (layout_name == NULL || *layout >= 0)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("There is no layout “%s”. Use table, board or calendar."), layout_name);
  return FALSE;
}

static gboolean
read_act (CrmCli *cli, ViewAct *act, gboolean adds, GError **error)
{
  const char *name = cli->words[2];

  act->type = crm_cli_get_type (cli, 1, error);
  if (act->type == NULL)
    return FALSE;
  if (!adds)
    act->view = crm_record_type_require_view (act->type, name, error);
  if (before_name != NULL)
    act->before = crm_record_type_require_view (act->type, before_name, error);
  if ((!adds && act->view == NULL) || (before_name != NULL && act->before == NULL))
    return FALSE;

  /* With a label of its own the name is one for scripts */
  act->change.name = adds && label != NULL ? name : NULL;
  act->change.label = adds && label == NULL ? name : label;
  act->change.icon = icon;
  if (favorite || not_favorite)
    act->change.favorite = favorite ? CRM_SCHEMA_YES : CRM_SCHEMA_NO;
  return read_layout (&act->change.layout, error) &&
         read_query (act->view, &act->change.query, error);
}

static int
write_view (CrmCli *cli, ViewAct *act, CrmWriteFunc func, GError **error)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const CrmView *view;

  if (!crm_store_write (cli->store, CRM_ACT_VIEW, CRM_SOURCE_COMMAND_LINE, func, act,
                        cli->cancellable, &result, error))
    return 1;

  view = crm_catalogue_get_view (crm_store_get_catalogue (cli->store), act->view->id);
  if (view == NULL)
    {
      crm_cli_print_act (cli, result.act_id, result.records, NULL);
      return 0;
    }
  if (cli->format != CRM_FORMAT_JSON)
    {
      print_line (cli, act->type, view);
      return 0;
    }
  if (!add_view (builder, act->type, view, error))
    return 1;
  crm_cli_print_json (json_builder_get_root (builder));
  return 0;
}

static int
run_view (CrmCli *cli, GError **error)
{
  static const struct
  {
    const char *verb;
    CrmWriteFunc func;
  } verbs[] = {
    { "add", add_func },
    { "set", set_func },
    { "remove", remove_func },
    { "reset", reset_func },
  };
  const char *verb = cli->words[0];
  gboolean lists = g_str_equal (verb, "list");
  CrmWriteFunc func = NULL;
  ViewAct act = { .cli = cli };
  int status;

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].verb, verb))
      func = verbs[i].func;
  if (lists ? cli->n_words > 2 : func == NULL || cli->n_words != 3)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Use it so: crm view list [TYPE] | add|set|remove|reset TYPE NAME"));
      return 2;
    }
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (lists)
    return list_views (cli, error);
  if (!read_act (cli, &act, func == add_func, error))
    return 2;

  status = write_view (cli, &act, func, error);
  g_clear_pointer (&act.change.query, crm_view_query_free);
  return status;
}

const CrmCliCommand crm_cli_view_commands[] = {
  { "view", "list [TYPE] | add|set|remove|reset TYPE NAME", N_ ("Shows and makes views"),
    view_entries, 1, 3, run_view },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
