/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmStagesView:
 *
 * Deals under headings, a stage each, with how many there are and what they come to. A menu in each
 * row moves it to another stage.
 */
#define CRM_TYPE_STAGES_VIEW (crm_stages_view_get_type ())
G_DECLARE_FINAL_TYPE (CrmStagesView, crm_stages_view, CRM, STAGES_VIEW, AdwBin)

GtkWidget *crm_stages_view_new (CrmSession *session, const CrmRecordType *type);

/* Whether deals of this type can be shown so: it has a choice with outcomes */
gboolean crm_stages_view_can_show (const CrmRecordType *type);

/* Only those that have all of these words; (nullable) */
void crm_stages_view_set_search (CrmStagesView *self, const char *text);

G_END_DECLS
