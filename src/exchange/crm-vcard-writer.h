/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* Whether records of @type can be written as cards: whether they have addresses or phone numbers, as people
 * and companies do */
gboolean crm_vcard_can_write (const CrmRecordType *type);

/**
 * crm_vcard_append:
 * @out: UTF-8; a file of cards is nothing but cards behind each other
 * @record: with all its fields
 *
 * Writes a card (vCard 4.0, RFC 6350): names, company, addresses and numbers with their labels, birthday,
 * tags, description, and the picture. What is meant for nobody outside, such as status and owner, is not
 * in it, for cards are given away. Nor is the time of the last change, so equal records are equal cards.
 * Our own reader finds the record again by the card's UID: the external ID, else the id. Any thread; reads
 * the picture from the disk.
 *
 * Returns: %FALSE with @error where the picture cannot be read; then nothing is appended
 */
gboolean crm_vcard_append (GString *out,
                           CrmStore *store,
                           const CrmRecord *record,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
