/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-check.h"

G_BEGIN_DECLS

/* For crm-check*.c only. */

/* Whether the search index of every type is what its live records would make of it today; one sentence a
 * finding. Takes the time of a rebuild. */
gboolean crm_check_search (CrmStore *store,
                           GPtrArray *findings,
                           GCancellable *cancellable,
                           GError **error);

/* How many live records of @type are sorted by another text than their name is now */
gboolean crm_check_count_wrong_names (CrmStore *store,
                                      CrmConnection *connection,
                                      const CrmRecordType *type,
                                      gint64 *n,
                                      GError **error);

/* The part of crm_check_repair() that is about the history and the numbers that are given out, in
 * its transaction */
gboolean crm_check_repair_history (CrmStore *store,
                                   CrmConnection *connection,
                                   GPtrArray *done,
                                   GError **error);

G_END_DECLS
