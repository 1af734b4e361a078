/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-bulk.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmBulkPreviewGroup:
 *
 * What a change of many records would do: of how many, a few of them as they are and as they would be, and what is
 * impossible about it. Found in a worker, a few first.
 */
#define CRM_TYPE_BULK_PREVIEW_GROUP (crm_bulk_preview_group_get_type ())
G_DECLARE_FINAL_TYPE (CrmBulkPreviewGroup,
                      crm_bulk_preview_group,
                      CRM,
                      BULK_PREVIEW_GROUP,
                      AdwPreferencesGroup)

GtkWidget *crm_bulk_preview_group_new (CrmSession *session, const CrmRecordType *type);

/* @change: (transfer full) (nullable): %NULL where nothing is asked for yet. @error: (nullable): why nothing can be.
 * @ids: (element-type gint64): is not changed by anybody any more */
void crm_bulk_preview_group_show (CrmBulkPreviewGroup *self,
                                  CrmBulkChange *change,
                                  GArray *ids,
                                  const GError *error);

/* Whether there is something to do, as far as is known by now. @n: (out): how many would change, -1 where not
 * all are counted yet */
gboolean crm_bulk_preview_group_get_possible (CrmBulkPreviewGroup *self, gint64 *n);

/**
 * CrmBulkPreviewGroup::changed:
 *
 * More is known.
 */

G_END_DECLS
