/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-card-order
 *
 * The order into which somebody dragged the records of a type, on a board. It is kept in a field of whole numbers that
 * the type gets when that is first done; what was never dragged has no number and comes after what was.
 */

/* (nullable): %NULL as long as nobody put any of them in order */
const CrmField *crm_card_order_find (const CrmRecordType *type);

/**
 * crm_card_order_place:
 * @ids: the records as they are seen, without @id
 * @position: where among @ids it goes; @n_ids for the end
 *
 * Part of an act, see crm_store_write(). What stands before @position and has no number gets one.
 */
gboolean crm_card_order_place (CrmTransaction *transaction,
                               const CrmRecordType *type,
                               gint64 id,
                               const gint64 *ids,
                               guint n_ids,
                               guint position,
                               GError **error);

G_END_DECLS
