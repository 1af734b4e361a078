/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/* Fills a workspace with believable, seeded data around the store's now: one act. */
gboolean crm_demo_fill (CrmStore *store, guint32 seed, GCancellable *cancellable, GError **error);

G_END_DECLS
