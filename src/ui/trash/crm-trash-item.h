/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-trash.h"

G_BEGIN_DECLS

/* A line of the trash, for list models; immutable */
#define CRM_TYPE_TRASH_ITEM (crm_trash_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmTrashItem, crm_trash_item, CRM, TRASH_ITEM, GObject)

/* Takes @entry */
CrmTrashItem *crm_trash_item_new (CrmTrashEntry *entry);
const CrmTrashEntry *crm_trash_item_get_entry (CrmTrashItem *self);

G_END_DECLS
