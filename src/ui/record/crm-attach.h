/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * crm_attach_files:
 * @field: of the kind `files`
 * @files: (element-type GFile)
 *
 * Attaches copies of @files to a record, as one act, and tells what became of it: with a row among the jobs
 * where it takes long, then with a toast that takes it back. Of several, those that cannot be read are left
 * out and told of.
 */
void crm_attach_files (CrmSession *session, const CrmField *field, gint64 id, GPtrArray *files);

/* The same for bytes that are in no file, such as a picture from the clipboard */
void crm_attach_bytes (CrmSession *session,
                       const CrmField *field,
                       gint64 id,
                       const char *name,
                       GBytes *bytes);

G_END_DECLS
