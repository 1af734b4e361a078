/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-bulk.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * crm_bulk_acts_change:
 * @ids: (element-type gint64): not empty; is not changed by anybody any more
 * @changes: (transfer full) (element-type CrmBulkChange)
 *
 * One act in a worker, with a job where it takes long and a toast that takes it back.
 */
void crm_bulk_acts_change (CrmSession *session,
                           const CrmRecordType *type,
                           GArray *ids,
                           GPtrArray *changes);

/* For one change, of which it takes the reference */
void crm_bulk_acts_change_one (CrmSession *session,
                               const CrmRecordType *type,
                               GArray *ids,
                               CrmBulkChange *change);

/**
 * crm_bulk_acts_add_tasks:
 * @related: the type of @ids
 * @task: what each of the tasks says: a draft
 *
 * A task about each of the records, likewise.
 */
void crm_bulk_acts_add_tasks (CrmSession *session,
                              const CrmRecordType *related,
                              GArray *ids,
                              CrmRecord *task);

/* What can be done with many of a type; (nullable) */
const CrmField *crm_bulk_acts_find_tags (const CrmRecordType *type); /* choices */
const CrmField *crm_bulk_acts_find_assignee (const CrmRecordType *type); /* a team member */
const CrmField *crm_bulk_acts_find_stage (const CrmRecordType *type); /* a choice with outcomes */
/* The relation of tasks that points to records of @type */
const CrmField *crm_bulk_acts_find_task_about (const CrmCatalogue *catalogue,
                                               const CrmRecordType *type);

G_END_DECLS
