/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmRecordDragFunc:
 * @picked: (nullable): the widget below the pointer
 *
 * Returns: (transfer full) (nullable) (element-type gint64): which records are dragged from there
 */
typedef GArray *(*CrmRecordDragFunc) (GtkWidget *view, GtkWidget *picked, gpointer data);

/* Records of @type can be dragged out of @view, to a file manager or another program */
void crm_record_drag_add (GtkWidget *view,
                          CrmStore *store,
                          const CrmRecordType *type,
                          CrmRecordDragFunc func,
                          gpointer data);

G_END_DECLS
