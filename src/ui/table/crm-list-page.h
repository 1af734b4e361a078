/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-list.h"
#include "crm-session.h"
#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmListPage:
 *
 * The records of one type: a table, or two-line rows where it is narrow; search, selection and what can be
 * done with it.
 *
 * Properties: "title" (string, read-only), "show-back" (boolean).
 */
#define CRM_TYPE_LIST_PAGE (crm_list_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmListPage, crm_list_page, CRM, LIST_PAGE, AdwBin)

GtkWidget *crm_list_page_new (CrmSession *session, const CrmRecordType *type);
/* What a saved view finds, with its columns and in its order */
GtkWidget *crm_list_page_new_for_view (CrmSession *session, const CrmView *view);
/* What a filter finds, see crm_filter_parse() */
GtkWidget *crm_list_page_new_for_filter (CrmSession *session,
                                         const CrmRecordType *type,
                                         const char *filter);

CrmRecordList *crm_list_page_get_list (CrmListPage *self); /* (transfer none) */
CrmViewState *crm_list_page_get_state (CrmListPage *self); /* (transfer none) */

/* Opens the search bar and puts the focus there */
void crm_list_page_start_search (CrmListPage *self);

/* Shows only what has all of these words; (nullable) */
void crm_list_page_set_search (CrmListPage *self, const char *text);

G_END_DECLS
