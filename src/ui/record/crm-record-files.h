/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmRecordFiles:
 *
 * The files attached to a record: a group for each field that holds files, and the ways to add some. Of a
 * draft, and of a type without such a field, nothing is seen.
 */
#define CRM_TYPE_RECORD_FILES (crm_record_files_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordFiles, crm_record_files, CRM, RECORD_FILES, AdwBin)

void crm_record_files_set_session (CrmRecordFiles *self, CrmSession *session);

/* @record: (nullable): shows none */
void crm_record_files_set_record (CrmRecordFiles *self, CrmRecord *record);

/* Whether files can be added: the record is stored, live, and of a type that has files */
gboolean crm_record_files_can_add (CrmRecordFiles *self);

/* Asks for files, and adds them */
void crm_record_files_choose (CrmRecordFiles *self);

/* Adds files, to the first field that holds some. @files: (element-type GFile) */
void crm_record_files_add (CrmRecordFiles *self, GPtrArray *files);

/* Adds what is on the clipboard: files, or a picture; says so where there is neither */
void crm_record_files_paste (CrmRecordFiles *self);

G_END_DECLS
