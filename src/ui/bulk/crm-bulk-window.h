/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmBulkWindow:
 *
 * Changes a field of many records at once, and shows before what that would do.
 */
#define CRM_TYPE_BULK_WINDOW (crm_bulk_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmBulkWindow, crm_bulk_window, CRM, BULK_WINDOW, AdwWindow)

/**
 * crm_bulk_window_new:
 * @selected: (element-type gint64): may be empty
 * @listed: (element-type gint64): not empty: all that the list shows
 * @replace: whether to begin with finding and replacing
 *
 * Of the selected, unless none are or all of the list is asked for. Nobody may change the arrays any more.
 */
GtkWidget *crm_bulk_window_new (CrmSession *session,
                                const CrmRecordType *type,
                                GArray *selected,
                                GArray *listed,
                                gboolean replace);

/* Above the window of @widget */
void crm_bulk_window_present_for (GtkWidget *widget,
                                  CrmSession *session,
                                  const CrmRecordType *type,
                                  GArray *selected,
                                  GArray *listed,
                                  gboolean replace);

G_END_DECLS
