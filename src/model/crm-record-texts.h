/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmRecordTexts:
 *
 * What a new record is called, sorted and found by. All of it follows from the record's values, and
 * to make it takes about a quarter of the time that writing the record takes: an act that adds very many
 * makes it in other threads, see crm_transaction_create_with_texts().
 */
typedef struct _CrmRecordTexts CrmRecordTexts;

/**
 * crm_record_texts_new:
 * @values: (array length=n_values) (nullable elements): a value per field of @fields
 *
 * In any thread.
 */
CrmRecordTexts *crm_record_texts_new (CrmStore *store,
                                      const CrmRecordType *type,
                                      const CrmField *const *fields,
                                      CrmValue *const *values,
                                      guint n_values);
void crm_record_texts_free (CrmRecordTexts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRecordTexts, crm_record_texts_free)

G_END_DECLS
