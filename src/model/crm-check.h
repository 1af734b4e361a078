/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* SQLite integrity, foreign keys, search index, sort keys, repeated values, history: one sentence a finding. */
GPtrArray *crm_check (CrmStore *store, GCancellable *cancellable, GError **error);

/**
 * crm_check_repair:
 * @done: (element-type utf8): one sentence is appended for each thing that was put right
 *
 * Makes anew what follows from something else: indexes, search index, sort keys, unique keys, the
 * first of repeated values, what is live, names, last contacts, counters, and how the history holds
 * together. Not history, and not to be undone. What is still wrong after it crm_check() tells;
 * of a file whose rows are damaged, crm_salvage() saves the rest.
 */
gboolean crm_check_repair (CrmStore *store,
                           GPtrArray *done,
                           GCancellable *cancellable,
                           GError **error);

/* The logical dump, see the file's head for its form; equal workspaces give equal bytes. */
gboolean crm_check_dump (CrmStore *store,
                         GOutputStream *stream,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
