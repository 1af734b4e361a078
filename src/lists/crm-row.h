/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-column.h"

G_BEGIN_DECLS

/**
 * CrmHeading:
 * @level: 0, or 1 within another
 * @label: "Proposal", "May 2026", "No Stage"
 * @summed: (nullable): the path of the column that @total is about, interned
 * @total: (nullable): the sum: "1,240,000 CZK"
 */
typedef struct
{
  guint level;
  guint n_records;
  char *label;
  const char *summed;
  char *total;
  gboolean expanded;
} CrmHeading;

/**
 * CrmRow:
 *
 * A place in a list: an id, and the record once its page has been read; or, in a list with groups, the heading of one
 * of them, whose id is negative and which never has a record. The same object stands for the same record while anyone
 * holds it, but where crm_record_list_set_smooth() says otherwise. Emits notify::record when the record or heading
 * arrives or changes.
 */
#define CRM_TYPE_ROW (crm_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmRow, crm_row, CRM, ROW, GObject)

gint64 crm_row_get_id (CrmRow *self);
/* (transfer none) (nullable): NULL while loading. Mostly short: see crm_record_list_complete(). */
CrmRecord *crm_row_get_record (CrmRow *self);
/* (transfer none) (nullable): NULL for a record */
const CrmHeading *crm_row_get_heading (CrmRow *self);
/* What @column shows of the record: a value of its own or, for one of the list's columns with hops, of a related record.
 * (transfer none) (nullable) */
CrmValue *crm_row_get_value (CrmRow *self, const CrmColumn *column);

G_END_DECLS
