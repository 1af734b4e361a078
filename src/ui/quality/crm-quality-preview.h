/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-quality.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmQualityPreview:
 *
 * All that one check found, each with a tick, and a button that mends what is ticked or moves it to the
 * trash. Enter opens what is behind a line.
 *
 * Signals: "done": something was changed, so that there is less to show.
 */
#define CRM_TYPE_QUALITY_PREVIEW (crm_quality_preview_get_type ())
G_DECLARE_FINAL_TYPE (CrmQualityPreview, crm_quality_preview, CRM, QUALITY_PREVIEW, AdwBin)

/* For templates */
void crm_quality_preview_set_session (CrmQualityPreview *self, CrmSession *session);

/* Looks and shows. @check: (nullable): nothing, which cancels what is under way */
void crm_quality_preview_set_check (CrmQualityPreview *self, CrmQualityCheck *check);

G_END_DECLS
