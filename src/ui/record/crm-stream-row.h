/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"
#include "crm-stream-item.h"

G_BEGIN_DECLS

/**
 * CrmStreamRow:
 *
 * A line of the stream: what it was, who and when, a tick for a task, a pin, and a way back to each
 * old value. It changes nothing itself.
 *
 * Signals: "done-toggled" (boolean), "pin-toggled" (boolean), "restore" (#CrmTimelineChange), "separate" (int64, the
 * act that merged): what was asked for.
 */
#define CRM_TYPE_STREAM_ROW (crm_stream_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmStreamRow, crm_stream_row, CRM, STREAM_ROW, AdwActionRow)

/* @record: of the page; @item outlives the row */
GtkWidget *crm_stream_row_new (CrmStore *store, CrmRecord *record, const CrmStreamItem *item);
const CrmStreamItem *crm_stream_row_get_item (CrmStreamRow *self);

G_END_DECLS
