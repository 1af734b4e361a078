/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmComposer:
 *
 * Adds notes, tasks and calls about a record.
 */
#define CRM_TYPE_COMPOSER (crm_composer_get_type ())
G_DECLARE_FINAL_TYPE (CrmComposer, crm_composer, CRM, COMPOSER, AdwBin)

void crm_composer_set_session (CrmComposer *self, CrmSession *session);
void crm_composer_set_record (CrmComposer *self, CrmRecord *record);

void crm_composer_add_note (CrmComposer *self); /* puts the cursor where notes are written */
void crm_composer_add_task (CrmComposer *self);
void crm_composer_log_call (CrmComposer *self);

/* A note that was typed is added */
void crm_composer_commit (CrmComposer *self);

G_END_DECLS
