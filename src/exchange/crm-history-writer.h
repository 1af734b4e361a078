/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history.h"

G_BEGIN_DECLS

/**
 * crm_history_write:
 * @filter: (nullable): which acts; %NULL for all
 * @progress: (nullable): called now and then with the part of the history that was gone through
 *
 * Writes the history to @stream as CSV, newest first: a row for each change of each act, with when and by whom it
 * was done, what the act was, and the record, the field, the old and the new value. An act without changes that
 * are still known has one row. Memory does not grow with the history.
 */
gboolean crm_history_write (CrmStore *store,
                            const CrmHistoryFilter *filter,
                            GOutputStream *stream,
                            CrmProgressFunc progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GError **error);

/* The same to a file, which keeps what was in it until everything is written */
gboolean crm_history_write_file (CrmStore *store,
                                 const CrmHistoryFilter *filter,
                                 GFile *file,
                                 CrmProgressFunc progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
