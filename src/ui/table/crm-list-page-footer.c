/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Below the rows: how many there are, and what can be said of each column over all of them, or over those that are
 * selected. */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-number.h"
#include "crm-table-columns.h"

/* What comes in quick succession, an import or a selection that grows, is summed up once */
#define DELAY 120 /* milliseconds */

/* Which totals there are */

static JsonObject *
get_option (CrmViewQuery *query)
{
  JsonNode *node = crm_view_query_get_option (query, "totals");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* @name: of what is to be told. (transfer full) (nullable) (element-type CrmColumn): the column, where that can be told
 * of it */
static GArray *
parse_total (CrmListPage *self, const char *path, const char *name, CrmTotalFunc *func)
{
  g_autoptr (GArray) columns = NULL;

  if (!crm_total_from_name (name, func))
    return NULL;

  columns = crm_columns_parse (crm_store_get_catalogue (crm_session_get_store (self->session)),
                               self->type, path, NULL);
  if (columns == NULL || columns->len != 1 ||
      !crm_column_can_total (&g_array_index (columns, CrmColumn, 0), *func))
    return NULL;

  return g_steal_pointer (&columns);
}

/* Likewise what the view tells of the column @path */
static GArray *
find_total (CrmListPage *self, const char *path, CrmTotalFunc *func)
{
  JsonObject *option = get_option (crm_view_state_get_query (self->state));
  JsonNode *node = option != NULL ? json_object_get_member (option, path) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return parse_total (self, path, json_node_get_string (node), func);
}

gboolean
_crm_list_page_get_total (CrmListPage *self, const char *path, CrmTotalFunc *func)
{
  g_autoptr (GArray) columns = find_total (self, path, func);

  return columns != NULL;
}

/* @name: "" for nothing */
static gboolean
can_show (CrmListPage *self, const char *path, const char *name)
{
  CrmTotalFunc func;
  g_autoptr (GArray) columns = *name != '\0' ? parse_total (self, path, name, &func) : NULL;

  return *name == '\0' || columns != NULL;
}

void
_crm_list_page_set_total (CrmListPage *self, const char *path, const char *name)
{
  g_autoptr (JsonObject) option = NULL;
  CrmViewQuery *query;
  JsonObject *former;

  if (!can_show (self, path, name))
    return;

  option = json_object_new ();
  query = crm_view_query_copy (crm_view_state_get_query (self->state));
  former = get_option (query);
  if (former != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (former);

      for (const GList *link = members; link != NULL; link = link->next)
        json_object_set_member (option, link->data,
                                json_node_copy (json_object_get_member (former, link->data)));
    }
  if (*name != '\0')
    json_object_set_string_member (option, path, name);
  else
    json_object_remove_member (option, path);

  crm_view_query_set_option (query, "totals",
                             json_object_get_size (option) > 0
                                 ? json_node_init_object (json_node_alloc (), option)
                                 : NULL);
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_OPTIONS);
}

/* @parameter: the column, "" for that of the active cell, and the name of what is to be told of it */
static void
set_total_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path;
  const char *name;

  g_variant_get (parameter, "(&s&s)", &path, &name);
  if (*path == '\0')
    path = _crm_list_page_get_active_path (self);
  if (path != NULL)
    _crm_list_page_set_total (self, path, name);
}

/* The totals of the columns that are shown, whose paths are added to @paths; (element-type CrmTotal) (transfer full) */
static GArray *
list_totals (CrmListPage *self, GPtrArray *paths)
{
  GPtrArray *shown = crm_view_query_get_columns (crm_view_state_get_query (self->state));
  GArray *totals = crm_totals_new ();

  for (guint i = 0; i < shown->len; i++)
    {
      const char *path = ((const CrmViewColumn *) g_ptr_array_index (shown, i))->field;
      CrmTotalFunc func;
      g_autoptr (GArray) columns = find_total (self, path, &func);

      if (columns == NULL)
        continue;
      crm_totals_add (totals, &g_array_index (columns, CrmColumn, 0), func);
      g_ptr_array_add (paths, (gpointer) g_intern_string (path));
    }

  return totals;
}

/* What is seen */

/* "1,240,000 CZK"; (nullable): not known yet */
static const char *
find_value (CrmListPage *self, const char *path, CrmTotalFunc func)
{
  for (guint i = 0; self->totals != NULL && i < self->totals->len; i++)
    {
      const CrmTotal *total = &g_array_index (self->totals, CrmTotal, i);
      const char *value = g_ptr_array_index (self->total_values, i);

      if (total->func == func && g_str_equal (g_ptr_array_index (self->total_paths, i), path))
        return *value != '\0' ? value : "–";
    }

  return NULL;
}

static void
show_total (CrmListPage *self, guint index)
{
  const char *path = _crm_list_page_get_column_path (self, index);
  const CrmColumn *column = _crm_list_page_get_crm_column (self, path);
  g_autofree char *title = _crm_list_page_make_title (self, path);
  g_autofree char *name = NULL;
  const char *word = "";
  const char *value = NULL;
  CrmTotalFunc func;

  if (_crm_list_page_get_total (self, path, &func))
    {
      value = find_value (self, path, func);
      word = crm_total_get_label (func, column->field);
      name = value != NULL ? g_strdup_printf ("%s: %s %s", title, word, value)
                           : g_strdup_printf ("%s: %s", title, word);
    }
  else
    {
      /* Translators: a column below which no sum or the like is shown */
      name = g_strdup_printf (_ ("%s: No Total"), title);
    }
  crm_totals_bar_set_text (self->totals_bar, index, value != NULL ? word : "",
                           value != NULL ? value : "", name);
}

static void
show_totals (CrmListPage *self)
{
  guint n = MIN (_crm_list_page_get_n_columns (self), self->n_total_cells);

  for (guint i = 0; i < n; i++)
    show_total (self, i);
  _crm_list_page_update_footer (self);
}

static void
make_cells (CrmListPage *self)
{
  crm_totals_bar_clear (self->totals_bar);
  self->n_total_cells = _crm_list_page_get_n_columns (self);
  for (guint i = 0; i < self->n_total_cells; i++)
    {
      const CrmColumn *column = _crm_list_page_get_crm_column (
          self, _crm_list_page_get_column_path (self, i));
      g_autoptr (GMenuModel) menu = _crm_list_page_make_totals_menu (self, column);

      crm_totals_bar_add (self->totals_bar, menu, crm_table_columns_is_numeric (column->field));
    }
}

/* "Row 12,345 of 1,000,000", "120 of 1,000,000 · Row 5", with "3 selected" and the like behind it */
static char *
make_count_text (CrmListPage *self)
{
  guint n = crm_record_list_get_n_records (self->list);
  CrmRow *row = _crm_list_page_get_active_row (self);
  guint number = row != NULL ? crm_record_list_get_number (self->list, crm_row_get_id (row)) : 0;
  g_autofree char *shown = crm_number_format (n, 0, 0);
  g_autofree char *which = number > 0 ? crm_number_format (number, 0, 0) : NULL;
  g_autofree char *total = NULL;
  g_autofree char *count = NULL;
  g_autofree char *place = NULL;

  /* How many there are is not known before all are there */
  if (crm_record_list_get_loading (self->list) && self->total < 0)
    return g_strdup (_ ("Counting…"));

  if (self->total < 0 ||
      (crm_view_state_get_search (self->state) == NULL && !crm_view_state_is_part (self->state)))
    /* Translators: which one of how many rows of a table */
    return which != NULL ? g_strdup_printf (_ ("Row %s of %s"), which, shown)
                         : g_steal_pointer (&shown);

  total = crm_number_format (self->total, 0, 0);
  /* Translators: how many are shown, of how many there are */
  count = g_strdup_printf (_ ("%s of %s"), shown, total);
  if (which == NULL)
    return g_steal_pointer (&count);

  /* Translators: the number of a row of a table */
  place = g_strdup_printf (_ ("Row %s"), which);
  return g_strdup_printf ("%s · %s", count, place);
}

void
_crm_list_page_update_footer (CrmListPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_selected = crm_selection_get_n_selected (self->selection);
  gboolean narrow = crm_width_bin_get_narrow (self->width_bin);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GArray) totals = list_totals (self, paths);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *count = make_count_text (self);
  gboolean table = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0;

  g_string_append (text, count);
  if (n_selected > 0)
    {
      g_autofree char *number = crm_number_format (n_selected, 0, 0);

      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%s selected"), number);
    }
  /* There are no columns to write them under */
  for (guint i = 0; narrow && i < totals->len; i++)
    {
      const CrmTotal *total = &g_array_index (totals, CrmTotal, i);
      const char *path = g_ptr_array_index (paths, i);
      const char *value = find_value (self, path, total->func);
      g_autofree char *title = _crm_list_page_make_title (self, path);

      if (value != NULL)
        g_string_append_printf (text, " · %s: %s %s", title,
                                crm_total_get_label (total->func, total->field), value);
    }

  gtk_label_set_label (self->footer, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->footer), narrow ? text->str : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->footer), n_items > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->totals_bar), table && totals->len > 0);
}

/* Summing up */

typedef struct
{
  CrmQuery *query;
  GArray *totals;
} Job;

typedef struct
{
  CrmListPage *page;
  GArray *totals;
  GPtrArray *paths;
  guint generation;
} Call;

static void
job_free (Job *job)
{
  crm_query_unref (job->query);
  g_array_unref (job->totals);
  g_free (job);
}

static gpointer
run_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return crm_query_run_totals (job->query, store, (const CrmTotal *) (gpointer) job->totals->data,
                               job->totals->len, cancellable, error);
}

static void
forget_values (CrmListPage *self)
{
  g_clear_pointer (&self->totals, g_array_unref);
  g_clear_pointer (&self->total_paths, g_ptr_array_unref);
  g_clear_pointer (&self->total_values, g_ptr_array_unref);
}

static void
summed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmListPage) self = call->page;
  g_autoptr (GArray) totals = call->totals;
  g_autoptr (GPtrArray) paths = call->paths;
  g_autoptr (GPtrArray) values = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (self->session == NULL || call->generation != self->totals_generation || values == NULL)
    return;

  forget_values (self);
  self->totals = g_steal_pointer (&totals);
  self->total_paths = g_steal_pointer (&paths);
  self->total_values = g_steal_pointer (&values);
  show_totals (self);
}

static void
cancel (CrmListPage *self)
{
  self->totals_generation++;
  if (self->totals_cancellable != NULL)
    g_cancellable_cancel (self->totals_cancellable);
  g_clear_object (&self->totals_cancellable);
}

/* All of the list, or what is selected of it where that is some of several */
static CrmQuery *
make_query (CrmListPage *self)
{
  guint n_selected = crm_selection_get_n_selected (self->selection);
  CrmQuery *query = crm_view_state_make_query (self->state, NULL, NULL);

  if (query != NULL && n_selected > 1 && n_selected < crm_record_list_get_n_records (self->list))
    {
      g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

      crm_query_set_ids (query, ids);
    }

  return query;
}

static gboolean
sum_up_cb (gpointer user_data)
{
  CrmListPage *self = user_data;
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GArray) totals = list_totals (self, paths);
  g_autoptr (CrmQuery) query = NULL;
  Job *job;
  Call *call;

  self->totals_source = 0;
  cancel (self);
  if (totals->len == 0 || self->session == NULL)
    return G_SOURCE_REMOVE;

  query = make_query (self);
  if (query == NULL)
    return G_SOURCE_REMOVE;

  self->totals_cancellable = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->query = g_steal_pointer (&query);
  job->totals = g_array_ref (totals);
  call = g_new0 (Call, 1);
  call->page = g_object_ref (self);
  call->totals = g_array_ref (totals);
  call->paths = g_ptr_array_ref (paths);
  call->generation = self->totals_generation;
  crm_store_run_async (crm_session_get_store (self->session), run_in_worker, job,
                       (GDestroyNotify) job_free, (GDestroyNotify) g_ptr_array_unref,
                       self->totals_cancellable, summed_cb, call);

  return G_SOURCE_REMOVE;
}

void
_crm_list_page_sum_up (CrmListPage *self)
{
  if (self->totals_source == 0)
    self->totals_source = g_timeout_add (DELAY, sum_up_cb, self);
}

void
_crm_list_page_update_totals (CrmListPage *self)
{
  make_cells (self);
  show_totals (self);
  _crm_list_page_sum_up (self);
}

void
_crm_list_page_stop_totals (CrmListPage *self)
{
  g_clear_handle_id (&self->totals_source, g_source_remove);
  cancel (self);
  forget_values (self);
}

/* Set-up */

/* Whether what is told depends on records of the type: those of the list, or related ones */
static gboolean
depends_on (CrmListPage *self, gint64 type_id)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));

  if (type_id == self->type->id)
    return TRUE;

  for (guint i = 0; self->totals != NULL && i < self->totals->len; i++)
    {
      const CrmTotal *total = &g_array_index (self->totals, CrmTotal, i);

      if (total->hops != NULL &&
          crm_column_depends_on (&(CrmColumn){ .field = total->field, .hops = total->hops },
                                 catalogue, type_id))
        return TRUE;
    }

  return FALSE;
}

/* Which records there are, the list tells when it has asked again */
static void
store_changed_cb (CrmListPage *self, const CrmNews *news)
{
  for (guint i = 0; i < news->types->len; i++)
    if (depends_on (self, g_array_index (news->types, gint64, i)))
      _crm_list_page_sum_up (self);
}

static void
root_changed_cb (CrmListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL || self->session == NULL)
    return;

  g_signal_handlers_disconnect_by_func (root, _crm_list_page_update_footer, self);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (_crm_list_page_update_footer),
                           self, G_CONNECT_SWAPPED);
}

void
_crm_list_page_set_up_footer (CrmListPage *self)
{
  crm_totals_bar_set_view (self->totals_bar, self->table);
  g_signal_connect_object (crm_session_get_store (self->session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_changed_cb), NULL);
  _crm_list_page_update_totals (self);
}

void
_crm_list_page_class_install_footer_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "records.set-total", "(ss)", set_total_action);
}
