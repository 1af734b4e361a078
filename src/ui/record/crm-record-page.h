/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-list.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmRecordPage:
 *
 * Shows and edits one record of any type, with a header bar of its own.
 *
 * Properties: "title" (string, read-only, notifies): what the record is called, for the window's
 * title; "show-back" (boolean): whether the header bar starts with a Back button, whose action is
 * "win.go-back" (not in a window that shows nothing but this record); "record" (int64, read-only,
 * notifies): the id of what is shown, which Previous and Next change, and a merge does.
 */
#define CRM_TYPE_RECORD_PAGE (crm_record_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordPage, crm_record_page, CRM, RECORD_PAGE, AdwBin)

GtkWidget *crm_record_page_new (CrmSession *session);

/* Shows a record of any type and state; a merged one shows the one it was merged into */
void crm_record_page_set_record (CrmRecordPage *self, gint64 id);
gint64 crm_record_page_get_record (CrmRecordPage *self); /* 0 for a draft that is not stored yet */

/* A new record, stored once it has a name or an e-mail. @field: (nullable): a relation that points to @related_id, or
 * with that 0, any field that is @value */
void crm_record_page_set_draft (CrmRecordPage *self,
                                const CrmRecordType *type,
                                const CrmField *field,
                                gint64 related_id,
                                CrmValue *value);

/* The list the record was opened from, for Previous, Next and "3 of 120"; (nullable) */
void crm_record_page_set_list (CrmRecordPage *self, CrmRecordList *list);

/* What is being typed is saved, as on leaving the field; call before the page is left */
void crm_record_page_commit (CrmRecordPage *self);

G_END_DECLS
