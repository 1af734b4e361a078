/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-trash-query.h"

G_BEGIN_DECLS

/**
 * CrmTrashRow:
 *
 * A place in the trash: an id, and what is told of it once its page has been read. Emits notify::entry when that
 * arrives or changes.
 */
#define CRM_TYPE_TRASH_ROW (crm_trash_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmTrashRow, crm_trash_row, CRM, TRASH_ROW, GObject)

gint64 crm_trash_row_get_id (CrmTrashRow *self);
const CrmTrashEntry *crm_trash_row_get_entry (
    CrmTrashRow *self); /* (nullable): NULL while loading */

G_END_DECLS
