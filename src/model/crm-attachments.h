/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-attachments
 *
 * The contents of attached files: the folder NAME.crm-files beside the workspace NAME.crm. A content
 * is called by the SHA-256 of its bytes, "ab/cdef…", so the same content is there once however
 * often it is attached. Which file a record has is an item of a field of the kind
 * `files`: its text is the file's name, its key the hash, its label size and media type.
 *
 * A content is never changed, and no act removes one: undo may need it. It stays as long as any
 * record in any state or any line of the history names it; what nobody names goes by
 * crm_attachments_sweep() and crm_attachments_remove_unreferenced().
 *
 * All functions block; any thread.
 */

/* What is named somewhere in the workspace */
typedef struct
{
  char *hash; /* 64 lower-case hexadecimal digits */
  gint64 size; /* bytes */
  char *name; /* one of the names it was attached by */
} CrmStoredFile;

void crm_stored_file_free (CrmStoredFile *file);

/* "…/NAME.crm-files" of "…/NAME.crm"; it may not exist. (transfer full) */
char *crm_attachments_get_folder (const char *workspace_path);

/* "ab/cdef…", within the folder. (transfer full) */
char *crm_attachments_get_relative_path (const char *hash);

/* Where the content of @hash is or would be. (transfer full) */
char *crm_attachments_get_path (CrmStore *store, const char *hash);

/**
 * crm_attachments_open:
 *
 * Returns: (transfer full): the content, or %NULL with %CRM_ERROR_NOT_FOUND where it is missing
 */
GInputStream *crm_attachments_open (CrmStore *store,
                                    const char *hash,
                                    GCancellable *cancellable,
                                    GError **error);

/* Writes the content to @target, which may exist. The errors of crm_attachments_open(), and what
 * cannot be written */
gboolean crm_attachments_copy (CrmStore *store,
                               const char *hash,
                               GFile *target,
                               GCancellable *cancellable,
                               GError **error);

/**
 * crm_attachments_make_copy:
 * @name: what the file is called on its record
 *
 * A copy for other programs to open, which cannot be written to; the sweep removes it after a day.
 *
 * Returns: (transfer full): or %NULL with the errors of crm_attachments_copy()
 */
GFile *crm_attachments_make_copy (CrmStore *store,
                                  const char *hash,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * crm_attachments_list:
 *
 * Everything that records of any state, removed fields and the history name, each content once, by
 * hash. Contents may be missing on the disk. In a workspace without attachments this
 * costs nothing; otherwise the history is read through once.
 *
 * Returns: (transfer full) (element-type CrmStoredFile): or %NULL with @error
 */
GPtrArray *crm_attachments_list (CrmStore *store, GCancellable *cancellable, GError **error);

/**
 * crm_attachments_sweep:
 *
 * Removes contents that nobody has named and nobody has touched for more than a day, and what an interrupted
 * attaching left. Under the write lock, which it holds only where there is something to remove.
 */
gboolean crm_attachments_sweep (CrmStore *store, GCancellable *cancellable, GError **error);

/* The same at once, whatever their age: after records were destroyed for good */
gboolean crm_attachments_remove_unreferenced (CrmStore *store,
                                              GCancellable *cancellable,
                                              GError **error);

/**
 * crm_attachments_verify:
 * @findings: (element-type utf8): one sentence is appended for each content that is missing or has
 *   another size or other bytes than when it was attached
 * @progress: (nullable): called with the fraction of the bytes that were read, in the calling thread
 */
gboolean crm_attachments_verify (CrmStore *store,
                                 GPtrArray *findings,
                                 CrmProgressFunc progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmStoredFile, crm_stored_file_free)

G_END_DECLS
