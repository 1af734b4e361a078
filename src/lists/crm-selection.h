/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-id-list.h"

G_BEGIN_DECLS

/**
 * CrmSelection:
 *
 * A GtkSelectionModel over a #CrmIdList that keeps ids, or "all but"
 * ids: selecting a million records is instant and survives a new query. What
 * is selected and not in the list at present neither counts nor is told; what is
 * in it and only out of sight, in a collapsed group, does and is.
 *
 * Properties: "n-selected" (unsigned integer, read-only).
 */
#define CRM_TYPE_SELECTION (crm_selection_get_type ())
G_DECLARE_FINAL_TYPE (CrmSelection, crm_selection, CRM, SELECTION, GObject)

CrmSelection *crm_selection_new (CrmIdList *list);
guint crm_selection_get_n_selected (CrmSelection *self);
/* Ids in list order; (transfer full) (element-type gint64) */
GArray *crm_selection_get_ids (CrmSelection *self);

G_END_DECLS
