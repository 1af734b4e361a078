/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmRecordChange:
 *
 * New values for some fields of one record, to be written as one act. What they point to and does
 * not exist yet (items with the id 0) is created in the same act.
 */
typedef struct _CrmRecordChange CrmRecordChange;

/* @id: 0 creates the record */
CrmRecordChange *crm_record_change_new (const CrmRecordType *type, gint64 id);
void crm_record_change_free (CrmRecordChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRecordChange, crm_record_change_free)

/* @value: (nullable) */
void crm_record_change_set (CrmRecordChange *self, const CrmField *field, CrmValue *value);

/* All that a draft holds */
void crm_record_change_set_all (CrmRecordChange *self, CrmRecord *draft);

/* Values that are taken and belong to @other_id are taken away from it in the same act */
void crm_record_change_take_from (CrmRecordChange *self, gint64 other_id);

/* A #CrmWriteFunc; @data: the change, which the caller keeps until it is done */
gboolean crm_record_change_write (CrmTransaction *transaction, gpointer data, GError **error);

/* Once written: the record */
gint64 crm_record_change_get_id (CrmRecordChange *self);

G_END_DECLS
