/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-table-columns.h"

/*
 * Which column is sorted by, before there was a GtkColumnViewSorter: each column's sorter notes its field
 * when it is asked. The view's sorter asks the first column's first, and turns the answer round where the
 * order is descending. The sorters sort nothing: SQL does.
 */
typedef struct
{
  CrmListPage *page;
  const CrmField *field;
} Probe;

static int
note_probe (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Probe *probe = user_data;

  probe->page->probed_field = probe->field;

  return -1;
}

static void
sorter_changed_cb (CrmListPage *self, GtkSorterChange change, GtkSorter *sorter)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (CrmViewQuery) query = NULL;
  GtkOrdering order;

  /* A view that goes away takes its columns off one by one */
  if (self->state == NULL || self->sorting)
    return;

  self->probed_field = NULL;
  order = gtk_sorter_compare (sorter, a, b);
  query = crm_view_query_copy (crm_view_state_get_query (self->state));
  crm_view_query_clear_sorts (query);
  if (self->probed_field != NULL)
    crm_view_query_add_sort (query, self->probed_field->name, order == GTK_ORDERING_LARGER);
  crm_view_state_edit (self->state, g_steal_pointer (&query), CRM_VIEW_PART_SORT);
}

/* A cell shows the first of several, so its title names one */
static const char *
get_title (const CrmField *field)
{
  if ((field->flags & CRM_FIELD_STANDARD) != 0)
    switch (field->kind)
      {
      case CRM_KIND_EMAILS:
        return _ ("E-mail");
      case CRM_KIND_PHONES:
        return _ ("Phone");
      case CRM_KIND_DOMAINS:
        return _ ("Domain");
      default:
        break;
      }

  return field->label;
}

static GQuark
field_quark (void)
{
  return g_quark_from_static_string ("crm-column-field");
}

static GtkColumnViewColumn *
make_column (CrmListPage *self, const CrmField *field)
{
  CrmStore *store = crm_session_get_store (self->session);
  gboolean naming = field == self->type->label_field;
  GtkColumnViewColumn *column = gtk_column_view_column_new (
      get_title (field), crm_cell_factory_new (store, field, naming));
  g_autoptr (GtkSorter) sorter = NULL;
  Probe *probe = g_new0 (Probe, 1);

  probe->page = self;
  probe->field = field;
  sorter = GTK_SORTER (gtk_custom_sorter_new (note_probe, probe, g_free));
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (column, crm_table_columns_get_width (field));
  gtk_column_view_column_set_expand (column, naming);
  g_object_set_qdata (G_OBJECT (column), field_quark (), (gpointer) field);

  return column;
}

static const CrmField *
get_column_field (CrmListPage *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (self->table), position);

  return g_object_get_qdata (G_OBJECT (column), field_quark ());
}

/* Those of the state that are there, in its order */
static GPtrArray *
list_columns (CrmListPage *self)
{
  GPtrArray *columns = crm_view_query_get_columns (crm_view_state_get_query (self->state));
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (crm_record_type_find_field (self->type, column->field) != NULL)
        g_ptr_array_add (shown, column);
    }

  return shown;
}

static gboolean
columns_are (CrmListPage *self, GPtrArray *columns)
{
  GListModel *present = gtk_column_view_get_columns (self->table);

  if (g_list_model_get_n_items (present) != columns->len)
    return FALSE;
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (!g_str_equal (get_column_field (self, i)->name, column->field))
        return FALSE;
    }

  return TRUE;
}

static void
make_columns (CrmListPage *self, GPtrArray *columns)
{
  GListModel *present = gtk_column_view_get_columns (self->table);

  while (g_list_model_get_n_items (present) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (present, 0);

      gtk_column_view_remove_column (self->table, column);
    }
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *shown = g_ptr_array_index (columns, i);
      g_autoptr (GtkColumnViewColumn) column = make_column (
          self, crm_record_type_find_field (self->type, shown->field));

      if (shown->width > 0)
        gtk_column_view_column_set_fixed_width (column, shown->width);
      gtk_column_view_append_column (self->table, column);
    }
}

/* The rows read what some column shows, or the lines of where there is no room for columns */
static void
read_columns (CrmListPage *self, GPtrArray *columns)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  g_autoptr (GPtrArray) fields = crm_table_columns_get_compact (self->type);
  g_autoptr (GArray) read = crm_columns_new ();

  for (guint i = 0; i < fields->len; i++)
    crm_columns_add_field (read, g_ptr_array_index (fields, i));
  for (guint i = 0; i < columns->len; i++)
    crm_columns_add (read, catalogue, self->type,
                     ((const CrmViewColumn *) g_ptr_array_index (columns, i))->field, NULL);
  crm_record_list_set_columns (self->list, read);
}

static void
show_sort (CrmListPage *self)
{
  GPtrArray *sorts = crm_view_query_get_sorts (crm_view_state_get_query (self->state));
  GListModel *present = gtk_column_view_get_columns (self->table);
  const CrmViewSort *first = sorts->len > 0 ? g_ptr_array_index (sorts, 0) : NULL;
  g_autoptr (GtkColumnViewColumn) sorted = NULL;

  for (guint i = 0; first != NULL && i < g_list_model_get_n_items (present); i++)
    if (g_str_equal (get_column_field (self, i)->name, first->field))
      sorted = g_list_model_get_item (present, i);

  self->sorting = TRUE;
  gtk_column_view_sort_by_column (self->table, sorted,
                                  first != NULL && first->descending ? GTK_SORT_DESCENDING
                                                                     : GTK_SORT_ASCENDING);
  self->sorting = FALSE;
}

void
_crm_list_page_update_columns (CrmListPage *self)
{
  g_autoptr (GPtrArray) columns = list_columns (self);

  if (!columns_are (self, columns))
    {
      make_columns (self, columns);
      read_columns (self, columns);
    }
  show_sort (self);
}

void
_crm_list_page_set_up_table (CrmListPage *self)
{
  g_autoptr (GtkListItemFactory) factory = crm_compact_factory_new (
      crm_session_get_store (self->session), self->type);

  gtk_list_view_set_factory (self->compact, factory);
  _crm_list_page_update_columns (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
}
