/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmTwinsBox:
 *
 * Above a record or a draft: others that may be the same, with the reasons, to be opened, merged or told apart. Nothing is
 * seen where there are none.
 */
#define CRM_TYPE_TWINS_BOX (crm_twins_box_get_type ())
G_DECLARE_FINAL_TYPE (CrmTwinsBox, crm_twins_box, CRM, TWINS_BOX, AdwBin)

void crm_twins_box_set_session (CrmTwinsBox *self, CrmSession *session);

/* Looks in a worker. @record: (nullable): a live record, or a draft with the id 0; else nothing is shown */
void crm_twins_box_set_record (CrmTwinsBox *self, CrmRecord *record);

G_END_DECLS
