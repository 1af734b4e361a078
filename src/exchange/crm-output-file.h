/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmOutputFile:
 *
 * A file that is whole or not there. What is written lies beside the target under a name for the meantime, and
 * takes its place once it is complete and on the disk; until then what was there stays. A target that is no file, such
 * as a pipe, or that is far away gets a copy at the end.
 */
typedef struct _CrmOutputFile CrmOutputFile;

/* %NULL with %CRM_ERROR_FAILED and a sentence about the place */
CrmOutputFile *crm_output_file_new (GFile *target, GError **error);

/* To write to; (transfer none), not to be closed */
GOutputStream *crm_output_file_get_stream (CrmOutputFile *self);
/* The same file for who needs a name */
const char *crm_output_file_get_path (CrmOutputFile *self);

/* Nothing can be written any more after this, whatever it returns */
gboolean crm_output_file_commit (CrmOutputFile *self, GCancellable *cancellable, GError **error);

/* Without a commit it is as if it had never been */
void crm_output_file_free (CrmOutputFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmOutputFile, crm_output_file_free)

/* Puts a failed writing of @target into one sentence; takes @error. A cancellation and errors that are sentences already
 * stay. (transfer full) */
GError *crm_output_file_explain (GFile *target, GError *error);

G_END_DECLS
