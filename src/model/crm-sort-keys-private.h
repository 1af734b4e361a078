/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * crm_sort_keys_refresh:
 *
 * Sort keys of one ICU version cannot be compared with those of another. Where the
 * stored keys were made by another one than this program has, they are made anew;
 * else this costs one look-up. Not history. The store's catalogue must be there.
 */
gboolean crm_sort_keys_refresh (CrmStore *store, GCancellable *cancellable, GError **error);

G_END_DECLS
