/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-row-drag.h"

typedef struct
{
  GtkListBox *list; /* has the controllers, and with them this */
  CrmRowDragFits fits;
  CrmRowDragMoved moved;
  gpointer data;
  GtkListBoxRow *dragged; /* weak */
  GtkListBoxRow *marked; /* weak: the place of a drop is above or below it */
} RowDrag;

static void
mark (RowDrag *self, GtkListBoxRow *row, const char *css_class)
{
  if (self->marked != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->marked), "crm-drop-before");
      gtk_widget_remove_css_class (GTK_WIDGET (self->marked), "crm-drop-after");
    }
  g_set_weak_pointer (&self->marked, row);
  if (row != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), css_class);
}

static GtkListBoxRow *
find_next (GtkListBoxRow *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  while (next != NULL && (!GTK_IS_LIST_BOX_ROW (next) || !gtk_widget_get_visible (next)))
    next = gtk_widget_get_next_sibling (next);

  return next != NULL ? GTK_LIST_BOX_ROW (next) : NULL;
}

/* @target: (out): the row at @y. Returns: whether what is dragged fits there, before @before */
static gboolean
find_place (RowDrag *self, double y, GtkListBoxRow **target, GtkListBoxRow **before)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);
  double row_y;

  if (row == NULL || self->dragged == NULL)
    return FALSE;

  gtk_widget_translate_coordinates (GTK_WIDGET (self->list), GTK_WIDGET (row), 0, y, NULL, &row_y);
  *target = row;
  *before = row_y * 2 < gtk_widget_get_height (GTK_WIDGET (row)) ? row : find_next (row);

  return self->fits (self->dragged, *before, self->data);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  RowDrag *self = user_data;
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  if (row == NULL || !self->fits (row, row, self->data))
    return NULL;

  g_set_weak_pointer (&self->dragged, row);

  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  RowDrag *self = user_data;
  g_autoptr (GdkPaintable) paintable = NULL;

  if (self->dragged == NULL)
    return;

  /* A row has no ground of its own, which at the pointer it needs */
  gtk_widget_add_css_class (GTK_WIDGET (self->dragged), "crm-dragged");
  paintable = gtk_widget_paintable_new (GTK_WIDGET (self->dragged));
  gtk_drag_source_set_icon (source, paintable, 24, 12);
}

static void
end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer user_data)
{
  RowDrag *self = user_data;

  mark (self, NULL, NULL);
  if (self->dragged != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->dragged), "crm-dragged");
  g_clear_weak_pointer (&self->dragged);
}

static GdkDragAction
motion_cb (GtkDropTarget *drop_target, double x, double y, gpointer user_data)
{
  RowDrag *self = user_data;
  GtkListBoxRow *target;
  GtkListBoxRow *before;

  if (!find_place (self, y, &target, &before))
    {
      mark (self, NULL, NULL);
      return 0;
    }

  mark (self, target, target == before ? "crm-drop-before" : "crm-drop-after");
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *drop_target, gpointer user_data)
{
  mark (user_data, NULL, NULL);
}

static gboolean
drop_cb (GtkDropTarget *drop_target, const GValue *value, double x, double y, gpointer user_data)
{
  RowDrag *self = user_data;
  GtkListBoxRow *row = self->dragged;
  GtkListBoxRow *target;
  GtkListBoxRow *before;

  mark (self, NULL, NULL);
  /* A row of another list has nothing to do here */
  if (row == NULL || g_value_get_object (value) != row || !find_place (self, y, &target, &before))
    return FALSE;

  if (before != row && before != find_next (row))
    self->moved (row, before, self->data);

  return TRUE;
}

static void
row_drag_free (gpointer data, GClosure *closure)
{
  RowDrag *self = data;

  g_clear_weak_pointer (&self->dragged);
  g_clear_weak_pointer (&self->marked);
  g_free (self);
}

void
crm_row_drag_add (GtkListBox *list, CrmRowDragFits fits, CrmRowDragMoved moved, gpointer user_data)
{
  GtkDragSource *source;
  GtkDropTarget *target;
  RowDrag *self;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (fits != NULL && moved != NULL);

  self = g_new0 (RowDrag, 1);
  self->list = list;
  self->fits = fits;
  self->moved = moved;
  self->data = user_data;

  target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (list), GTK_EVENT_CONTROLLER (target));

  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_data (source, "prepare", G_CALLBACK (prepare_cb), self, row_drag_free, 0);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (list), GTK_EVENT_CONTROLLER (source));
}
