/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * crm_new_items_create:
 * @field: where @value is about to be stored
 * @value: what was typed or chosen; of choices and relations, an item with the id 0 stands for an option or record
 *   that does not exist yet and is called as the item's text
 *
 * Makes what does not exist yet, as part of the act.
 *
 * Returns: (transfer full): @value, where all that it points to exists; %NULL with @error
 */
CrmValue *crm_new_items_create (CrmTransaction *transaction,
                                const CrmField *field,
                                CrmValue *value,
                                GError **error);

G_END_DECLS
