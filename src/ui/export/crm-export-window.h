/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-export.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmExportChoice:
 * @type: (nullable): of the list that is seen; %NULL where none is: then there is nothing but the whole workspace
 * @query: (nullable): of that list
 * @n_listed: how many it shows
 * @columns: (nullable) (element-type CrmColumn): those that it shows
 * @selected: (nullable) (element-type gint64): ids in the order of the list
 * @prefer_selected: offer those first
 *
 * What there is to export where somebody asks for it. The window takes references of what it needs.
 */
typedef struct
{
  const CrmRecordType *type;
  CrmQuery *query;
  gint64 n_listed;
  GArray *columns;
  GArray *selected;
  gboolean prefer_selected;
} CrmExportChoice;

/**
 * CrmExportWindow:
 *
 * Asks what is exported, in which format and how, and then where to.
 */
#define CRM_TYPE_EXPORT_WINDOW (crm_export_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmExportWindow, crm_export_window, CRM, EXPORT_WINDOW, AdwWindow)

GtkWidget *crm_export_window_new (CrmSession *session, const CrmExportChoice *choice);

/* Above the window of @widget */
void crm_export_window_present_for (GtkWidget *widget,
                                    CrmSession *session,
                                    const CrmExportChoice *choice);

/* What is chosen at present, ready to be written; (transfer full). @type: (out) (nullable) */
CrmExport *crm_export_window_make_export (CrmExportWindow *self, const CrmRecordType **type);

/* As which file or folder it is proposed; (transfer full) */
char *crm_export_window_make_name (CrmExportWindow *self);

G_END_DECLS
