/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmGuard:
 * @ask: called inside the act before a record is made or changed by people or an import; returning
 *   %FALSE with @error refuses that record. What an undo, a redo or a merge brings back is not asked about.
 * @id: the record; a new one will have it
 * @values: (array) (nullable elements): all of its values, in the order of its type's fields
 * @old: (nullable): those that it had; %NULL for a new one
 * @state: the guard's own, %NULL at the beginning of each act
 * @watches: whether it could refuse a value of @field, so that records cannot be written without being asked
 *   about; %FALSE with @error where that cannot be found out
 * @free_state: (nullable): called with it at the end of the act
 *
 * What rules above the model have to say of what is written.
 */
typedef struct
{
  gboolean (*ask) (CrmTransaction *transaction,
                   const CrmRecordType *type,
                   gint64 id,
                   CrmValue *const *values,
                   CrmValue *const *old,
                   gpointer *state,
                   GError **error);
  gboolean (*watches) (CrmTransaction *transaction,
                       const CrmField *field,
                       gpointer *state,
                       GError **error);
  GDestroyNotify free_state;
} CrmGuard;

/* @guard: static. For all that is written through @store from now on; to be set before others write. */
void crm_store_set_guard (CrmStore *store, const CrmGuard *guard);

/* Whether the act is an import, so that many records are to be expected */
gboolean crm_transaction_is_import (CrmTransaction *self);

G_END_DECLS
