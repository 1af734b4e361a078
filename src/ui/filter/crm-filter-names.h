/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-filter-edit.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * crm_filter_names_load_async:
 *
 * Finds out what the records are called that operands of @node are about. @callback is not called where all are known.
 */
void crm_filter_names_load_async (CrmSession *session,
                                  const CrmFilterNode *node,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* Puts the names into @node, which may have been changed since. Returns whether there are any */
gboolean crm_filter_names_load_finish (CrmStore *store, GAsyncResult *result, CrmFilterNode *node);

G_END_DECLS
