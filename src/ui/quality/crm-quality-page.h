/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmQualityPage:
 *
 * What there is to tidy up in the workspace, by type, with counts that come in by themselves; each line opens a
 * preview of what it found.
 *
 * Properties: "title" (string, read-only), "show-back" (boolean), "bottom-bar" (boolean, read-only: a preview is shown,
 * which has its button there).
 */
#define CRM_TYPE_QUALITY_PAGE (crm_quality_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmQualityPage, crm_quality_page, CRM, QUALITY_PAGE, AdwBin)

GtkWidget *crm_quality_page_new (CrmSession *session);

G_END_DECLS
