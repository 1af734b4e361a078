/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-column.h"

G_BEGIN_DECLS

/**
 * CrmRow:
 *
 * A place in a list: an id, and the record once its page has been read. The
 * same object stands for the same record while anyone holds it. Emits
 * notify::record when the record arrives or changes.
 */
#define CRM_TYPE_ROW (crm_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmRow, crm_row, CRM, ROW, GObject)

gint64 crm_row_get_id (CrmRow *self);
CrmRecord *crm_row_get_record (CrmRow *self); /* (transfer none) (nullable): NULL while loading */
/* What @column shows of the record: a value of its own or, for one of the list's columns with hops, of a related record.
 * (transfer none) (nullable) */
CrmValue *crm_row_get_value (CrmRow *self, const CrmColumn *column);

G_END_DECLS
