/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-trash-cells.h"
#include "crm-trash-page-private.h"

/* Not one of CrmTrashOrder */
#define NO_ORDER -1

typedef struct
{
  CrmTrashColumn column;
  const char *title;
  int order; /* CrmTrashOrder, or NO_ORDER where it can't be sorted by */
  int width;
  gboolean expand;
} Column;

static const Column columns[] = {
  { CRM_TRASH_COLUMN_NAME, N_ ("Name"), CRM_TRASH_BY_NAME, 200, TRUE },
  { CRM_TRASH_COLUMN_TYPE, N_ ("Type"), NO_ORDER, 100, FALSE },
  { CRM_TRASH_COLUMN_DELETED, N_ ("Deleted"), CRM_TRASH_BY_TIME, 130, FALSE },
  { CRM_TRASH_COLUMN_BY, N_ ("By"), CRM_TRASH_BY_MEMBER, 120, FALSE },
  { CRM_TRASH_COLUMN_WHY, N_ ("Why"), NO_ORDER, 130, FALSE },
  { CRM_TRASH_COLUMN_LINKED, N_ ("Was Linked To"), NO_ORDER, 180, TRUE },
};

/* Which column is sorted by; see crm-list-page-columns.c */
typedef struct
{
  CrmTrashPage *page;
  int order;
} Probe;

static int
note_probe (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Probe *probe = user_data;

  probe->page->probed = probe->order;

  return -1;
}

static void
sorter_changed_cb (CrmTrashPage *self, GtkSorterChange change, GtkSorter *sorter)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  if (self->session == NULL)
    return;

  self->probed = NO_ORDER;
  order = gtk_sorter_compare (sorter, a, b);
  if (self->probed == NO_ORDER)
    return;

  self->query.order = (CrmTrashOrder) self->probed;
  self->query.descending = order == GTK_ORDERING_LARGER;
  _crm_trash_page_run_query (self);
}

static GtkColumnViewColumn *
append_column (CrmTrashPage *self, const Column *column)
{
  CrmStore *store = crm_session_get_store (self->session);
  g_autoptr (GtkColumnViewColumn) made = NULL;

  made = gtk_column_view_column_new (_ (column->title),
                                     crm_trash_cell_factory_new (store, column->column));
  if (column->order != NO_ORDER)
    {
      g_autoptr (GtkSorter) sorter = NULL;
      Probe *probe = g_new0 (Probe, 1);

      probe->page = self;
      probe->order = column->order;
      sorter = GTK_SORTER (gtk_custom_sorter_new (note_probe, probe, g_free));
      gtk_column_view_column_set_sorter (made, sorter);
    }
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_fixed_width (made, column->width);
  gtk_column_view_column_set_expand (made, column->expand);
  gtk_column_view_append_column (self->table, made);

  /* The view holds it */
  return made;
}

void
_crm_trash_page_make_columns (CrmTrashPage *self)
{
  g_autoptr (GtkListItemFactory) compact = NULL;

  self->query.order = CRM_TRASH_BY_TIME;
  self->query.descending = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkColumnViewColumn *column = append_column (self, &columns[i]);

      if (columns[i].order == CRM_TRASH_BY_TIME)
        gtk_column_view_sort_by_column (self->table, column, GTK_SORT_DESCENDING);
    }
  compact = crm_trash_compact_factory_new (crm_session_get_store (self->session));
  gtk_list_view_set_factory (self->compact, compact);

  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
}
