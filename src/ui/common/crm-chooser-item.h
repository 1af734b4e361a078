/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* One line of a chooser: something there is, or with the id 0 something to be created */
#define CRM_TYPE_CHOOSER_ITEM (crm_chooser_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmChooserItem, crm_chooser_item, CRM, CHOOSER_ITEM, GObject)

CrmChooserItem *crm_chooser_item_new (gint64 id, const CrmRecordType *type, const char *text);

gint64 crm_chooser_item_get_id (CrmChooserItem *self);
const CrmRecordType *crm_chooser_item_get_record_type (CrmChooserItem *self); /* (nullable) */
const char *crm_chooser_item_get_text (CrmChooserItem *self);

/* What fits @text among the records or options that @field may hold, best first; blocks.
 * (transfer full) (element-type CrmChooserItem) */
GPtrArray *crm_chooser_item_find (CrmStore *store,
                                  const CrmField *field,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
