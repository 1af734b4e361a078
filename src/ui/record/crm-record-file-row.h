/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-attachment-origin.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmRecordFileRow:
 *
 * One attached file: what it is, what it is called, how long it is and when it came; with what can be done
 * with it, each of them an action ("file.open", "file.save", "file.rename", "file.remove").
 */
#define CRM_TYPE_RECORD_FILE_ROW (crm_record_file_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordFileRow, crm_record_file_row, CRM, RECORD_FILE_ROW, GtkListBoxRow)

/* @read_only: the record is not live: its files can only be opened and saved */
GtkWidget *crm_record_file_row_new (CrmSession *session,
                                    const CrmField *field,
                                    gint64 record_id,
                                    const CrmItem *item,
                                    const CrmAttachmentOrigin *origin,
                                    gboolean read_only);

/* With the program that people chose for such files: a copy, which cannot be changed */
void crm_record_file_row_open (CrmRecordFileRow *self);

/* Whether somebody is typing a new name */
gboolean crm_record_file_row_is_editing (CrmRecordFileRow *self);

G_END_DECLS
