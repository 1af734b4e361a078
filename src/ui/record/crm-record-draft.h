/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* A draft is a record with the id 0 that is in no workspace yet. */

/**
 * crm_record_draft_new:
 * @field: (nullable): a relation of @type that points to @related
 * @related: (nullable): the record it was started from
 *
 * With what a new one has anyway: a deal its name, first stage and close date.
 */
CrmRecord *crm_record_draft_new (CrmStore *store,
                                 const CrmRecordType *type,
                                 const CrmField *field,
                                 CrmRecord *related);

/* The same with another value of one field. (transfer full) */
CrmRecord *crm_record_draft_with (CrmRecord *draft, const CrmField *field, CrmValue *value);

/* Whether it says enough to be stored: what it is called, an e-mail, or what a note says */
gboolean crm_record_draft_is_worth_keeping (CrmRecord *draft);

G_END_DECLS
