/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-history.h"

G_BEGIN_DECLS

/**
 * CrmConflictItem:
 *
 * A conflict, for list models. Property "choice" (int, notifies): a #CrmConflictChoice.
 */
#define CRM_TYPE_CONFLICT_ITEM (crm_conflict_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmConflictItem, crm_conflict_item, CRM, CONFLICT_ITEM, GObject)

/* @conflict outlives it, and holds the choice */
CrmConflictItem *crm_conflict_item_new (CrmConflict *conflict);
void crm_conflict_item_set_choice (CrmConflictItem *self, CrmConflictChoice choice);

/**
 * CrmConflictRow:
 *
 * What is there now and what was there before, and which of both it is to be.
 */
#define CRM_TYPE_CONFLICT_ROW (crm_conflict_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmConflictRow, crm_conflict_row, CRM, CONFLICT_ROW, AdwBin)

/* @store: for the time and the zone that moments are told in */
GtkWidget *crm_conflict_row_new (CrmStore *store);
/* (nullable) */
void crm_conflict_row_set_item (CrmConflictRow *self, CrmConflictItem *item);

G_END_DECLS
