/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-quality.h"

G_BEGIN_DECLS

/**
 * CrmQualityRow:
 *
 * One thing that a check found: a tick, what it is called, what it says now and will say after.
 *
 * Signals: "toggled": somebody ticked it, or took the tick away.
 */
#define CRM_TYPE_QUALITY_ROW (crm_quality_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmQualityRow, crm_quality_row, CRM, QUALITY_ROW, AdwBin)

GtkWidget *crm_quality_row_new (void);

void crm_quality_row_set_finding (CrmQualityRow *self,
                                  const CrmQualityFinding *finding,
                                  gboolean ticked);
void crm_quality_row_set_ticked (CrmQualityRow *self, gboolean ticked);
gboolean crm_quality_row_get_ticked (CrmQualityRow *self);
gint64 crm_quality_row_get_id (CrmQualityRow *self);

G_END_DECLS
