/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/* What of a view is a list of fields in an order */
typedef enum
{
  CRM_VIEW_LIST_COLUMNS,
  CRM_VIEW_LIST_SORTS,
  CRM_VIEW_LIST_CARDS, /* what the cards of a board show */
} CrmViewListKind;

/**
 * CrmViewList:
 *
 * An editor of such a list: a row for each field, with buttons to move it and to take it out, and one to add others,
 * those of related records too. Each change is one of the state at once.
 */
#define CRM_TYPE_VIEW_LIST (crm_view_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewList, crm_view_list, CRM, VIEW_LIST, AdwBin)

GtkWidget *crm_view_list_new (CrmViewState *state, CrmViewListKind kind);

G_END_DECLS
