/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-table-columns.h"
#include "crm-view.h"

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
  GtkOrdering order;

  /* A view that goes away takes its columns off one by one */
  if (self->session == NULL)
    return;

  self->probed_field = NULL;
  order = gtk_sorter_compare (sorter, a, b);
  if (self->probed_field == self->sort_field &&
      (order == GTK_ORDERING_LARGER) == self->sort_descending)
    return;

  self->sort_field = self->probed_field;
  self->sort_descending = order == GTK_ORDERING_LARGER;
  _crm_list_page_run_query (self);
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

  return column;
}

/* The view's own, in its order, and what it is sorted by first; else those of the type */
static GPtrArray *
choose_fields (CrmListPage *self)
{
  const CrmView *view = _crm_list_page_get_saved_view (self);
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (CrmQuery) query = NULL;
  const CrmSort *sorts;
  GPtrArray *fields;
  guint n_sorts;

  self->sort_field = crm_table_columns_get_sort (self->type, &self->sort_descending);
  if (view != NULL)
    query = crm_view_make_query (crm_session_get_store (self->session), view, &paths, NULL, NULL);
  if (query == NULL)
    return crm_table_columns_get (self->type);

  sorts = crm_query_get_sorts (query, &n_sorts);
  if (n_sorts > 0)
    {
      self->sort_field = sorts[0].field;
      self->sort_descending = sorts[0].descending;
    }
  fields = g_ptr_array_new ();
  for (guint i = 0; i < paths->len; i++)
    {
      const CrmField *field = crm_record_type_find_field (self->type, g_ptr_array_index (paths, i));

      if (field != NULL)
        g_ptr_array_add (fields, (gpointer) field);
    }
  if (fields->len == 0)
    {
      g_ptr_array_unref (fields);
      return crm_table_columns_get (self->type);
    }

  return fields;
}

void
_crm_list_page_make_columns (CrmListPage *self)
{
  g_autoptr (GPtrArray) fields = choose_fields (self);
  g_autoptr (GPtrArray) compact = crm_table_columns_get_compact (self->type);
  g_autoptr (GtkListItemFactory) factory = crm_compact_factory_new (
      crm_session_get_store (self->session), self->type);
  g_autoptr (GtkColumnViewColumn) sorted = NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);
      g_autoptr (GtkColumnViewColumn) column = make_column (self, field);

      gtk_column_view_append_column (self->table, column);
      if (field == self->sort_field)
        sorted = g_object_ref (column);
    }
  gtk_list_view_set_factory (self->compact, factory);

  if (sorted != NULL)
    gtk_column_view_sort_by_column (self->table, sorted,
                                    self->sort_descending ? GTK_SORT_DESCENDING
                                                          : GTK_SORT_ASCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < compact->len; i++)
    if (!g_ptr_array_find (fields, g_ptr_array_index (compact, i), NULL))
      g_ptr_array_add (fields, g_ptr_array_index (compact, i));
  crm_record_list_set_fields (self->list, (const CrmField *const *) fields->pdata,
                              (int) fields->len);
}
