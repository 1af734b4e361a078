/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-drag.h"

#include "crm-number.h"
#include "crm-record-content.h"

typedef struct
{
  CrmStore *store;
  const CrmRecordType *type;
  CrmRecordDragFunc func;
  gpointer data;
  guint n_dragged;
} Drag;

static void
drag_free (gpointer data, GClosure *closure)
{
  Drag *drag = data;

  g_object_unref (drag->store);
  g_free (drag);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  Drag *drag = user_data;
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GArray) ids = drag->func (view, gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT),
                                       drag->data);

  if (ids == NULL || ids->len == 0)
    return NULL;

  drag->n_dragged = ids->len;
  return crm_record_content_new (drag->store, drag->type, ids);
}

/* "3 People" at the pointer, since a picture of rows says less */
static void
begin_cb (GtkDragSource *source, GdkDrag *gdk_drag, gpointer user_data)
{
  Drag *drag = user_data;
  GtkWidget *icon = gtk_drag_icon_get_for_drag (gdk_drag);
  g_autofree char *number = crm_number_format (drag->n_dragged, 0, 0);
  g_autofree char *text = g_strdup_printf ("%s %s", number,
                                           drag->n_dragged == 1 ? drag->type->label
                                                                : drag->type->label_many);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "crm-drag");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (icon), label);
}

void
crm_record_drag_add (GtkWidget *view,
                     CrmStore *store,
                     const CrmRecordType *type,
                     CrmRecordDragFunc func,
                     gpointer data)
{
  GtkDragSource *source;
  Drag *drag;

  g_return_if_fail (GTK_IS_WIDGET (view));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (type != NULL && func != NULL);

  drag = g_new0 (Drag, 1);
  drag->store = g_object_ref (store);
  drag->type = type;
  drag->func = func;
  drag->data = data;

  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_data (source, "prepare", G_CALLBACK (prepare_cb), drag, drag_free, 0);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), drag);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (source));
}
