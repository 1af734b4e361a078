/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-list.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmNavigator:
 *
 * The content of a window: a page for each place, one for a record, and the way back and forward.
 *
 * Properties: "title" (string, read-only), "place" (string, read-only: what the sidebar marks),
 * "can-go-back", "can-go-forward" (booleans, read-only), "folded" (boolean: the sidebar is out of
 * sight, so that pages of places have a Back button too), "bottom-bar" (boolean, read-only: the page
 * says, by a property of this name, that there is a bar at its bottom).
 */
#define CRM_TYPE_NAVIGATOR (crm_navigator_get_type ())
G_DECLARE_FINAL_TYPE (CrmNavigator, crm_navigator, CRM, NAVIGATOR, AdwBin)

/* Where places are those of @session's workspace: the API name of a type, or this */
#define CRM_PLACE_BACKUPS "backups"
#define CRM_PLACE_HISTORY "history"
#define CRM_PLACE_QUALITY "data-quality"
#define CRM_PLACE_TRASH "trash"
/* Followed by the API name of a type */
#define CRM_PLACE_DUPLICATES "duplicates/"

void crm_navigator_set_session (CrmNavigator *self, CrmSession *session);

/* %FALSE if there is no such place */
gboolean crm_navigator_show_place (CrmNavigator *self, const char *place);
void crm_navigator_show_record (CrmNavigator *self, gint64 id);
/* One act of the history */
void crm_navigator_show_act (CrmNavigator *self, gint64 act_id);
/* See #CrmSession::open-draft */
void crm_navigator_show_draft (CrmNavigator *self,
                               const CrmRecordType *type,
                               const CrmField *field,
                               gint64 related_id,
                               CrmValue *value);

void crm_navigator_go_back (CrmNavigator *self);
void crm_navigator_go_forward (CrmNavigator *self);
gboolean crm_navigator_get_can_go_back (CrmNavigator *self);
gboolean crm_navigator_get_can_go_forward (CrmNavigator *self);

const char *crm_navigator_get_title (CrmNavigator *self);
const char *crm_navigator_get_place (CrmNavigator *self);
/* A CrmListPage, CrmRecordPage, CrmHistoryPage and so on; (nullable) */
GtkWidget *crm_navigator_get_page (CrmNavigator *self);
/* The list page of the current place; (nullable) */
GtkWidget *crm_navigator_get_place_page (CrmNavigator *self);

/* What is being typed is saved */
void crm_navigator_commit (CrmNavigator *self);

G_END_DECLS
