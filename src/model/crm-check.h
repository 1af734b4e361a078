/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* SQLite integrity, foreign keys, search index, sort keys, repeated values, history: one sentence a finding. */
GPtrArray *crm_check (CrmStore *store, GCancellable *cancellable, GError **error);

/* The logical dump, see the file's head for its form; equal workspaces give equal bytes. */
gboolean crm_check_dump (CrmStore *store,
                         GOutputStream *stream,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
