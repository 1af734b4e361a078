/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmStoreWatch:
 *
 * Looks for commits of other processes four times a second and publishes
 * what they changed, from their change sets.
 */
typedef struct _CrmStoreWatch CrmStoreWatch;

/* Does not hold the store */
CrmStoreWatch *crm_store_watch_new (CrmStore *store, GMainContext *context);
void crm_store_watch_free (CrmStoreWatch *self);

/* A change set of this process, which was published when it was committed. From any thread. */
void crm_store_watch_skip (CrmStoreWatch *self, gint64 set_id);

G_END_DECLS
