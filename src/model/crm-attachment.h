/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmAttachment:
 *
 * A file on its way into the workspace: its bytes are beside the workspace already, complete and
 * on the disk, under a name for the meantime. Inside the act that attaches it the content gets
 * its own name, before the commit; freed without that, it is as if it had never been. Freeing and
 * everything else may be done by any thread, by one at a time.
 */
typedef struct _CrmAttachment CrmAttachment;

/**
 * crm_attachment_new:
 * @file: a file of any place that GIO reads
 * @name: (nullable): what it is to be called; by default as @file is
 * @progress: (nullable): called with the fraction that was copied, in the calling thread
 *
 * Copies @file piece by piece, so that its size does not matter. Blocks.
 *
 * Returns: (transfer full): or %NULL with %CRM_ERROR_UNREADABLE_FILE (missing, a folder, no
 *   permission), %CRM_ERROR_READ_ONLY, %CRM_ERROR_DISK_FULL or %G_IO_ERROR_CANCELLED; then nothing
 *   is left of it
 */
CrmAttachment *crm_attachment_new (CrmStore *store,
                                   GFile *file,
                                   const char *name,
                                   CrmProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);

/* The same for bytes without a file, such as a picture from the clipboard. Reads @stream to its end; does not close it. */
CrmAttachment *crm_attachment_new_from_stream (CrmStore *store,
                                               GInputStream *stream,
                                               const char *name,
                                               GCancellable *cancellable,
                                               GError **error);

void crm_attachment_free (CrmAttachment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmAttachment, crm_attachment_free)

const char *crm_attachment_get_name (CrmAttachment *self);
const char *crm_attachment_get_hash (CrmAttachment *self);

/* The item that names it; (transfer full) */
CrmValue *crm_attachment_make_value (CrmAttachment *self);

/* @files (nullable) with this one behind the others, unless it is there by this name and
 * content; (transfer full) */
CrmValue *crm_attachment_append (CrmAttachment *self, CrmValue *files);

/**
 * crm_attachment_keep:
 *
 * Gives the content its name. To be called inside the act that writes the value, before it does:
 * whoever removes what nobody names holds the same lock.
 */
gboolean crm_attachment_keep (CrmAttachment *self, CrmTransaction *transaction, GError **error);

/* Keeps @attachments and adds them to @field of a record, behind the files it has. A file that it
 * has already, with this name and content, is not added again. */
gboolean crm_transaction_attach (CrmTransaction *transaction,
                                 const CrmRecordType *type,
                                 gint64 id,
                                 const CrmField *field,
                                 CrmAttachment *const *attachments,
                                 guint n_attachments,
                                 GError **error);

/* Takes a file off a record, or calls it something else there (@new_name is cleaned). The content stays for
 * undo. %CRM_ERROR_NOT_FOUND where the record does not have it any more. */
gboolean crm_transaction_detach (CrmTransaction *transaction,
                                 const CrmRecordType *type,
                                 gint64 id,
                                 const CrmField *field,
                                 const char *hash,
                                 const char *name,
                                 GError **error);
gboolean crm_transaction_rename_file (CrmTransaction *transaction,
                                      const CrmRecordType *type,
                                      gint64 id,
                                      const CrmField *field,
                                      const char *hash,
                                      const char *name,
                                      const char *new_name,
                                      GError **error);

/* Items */

/* What a file that comes from outside may be called: no folder, no control characters, not too long; never
 * empty. (transfer full) */
char *crm_attachment_clean_name (const char *name);

/* Of an item of a field of the kind `files`: bytes, or -1 where it does not say */
gint64 crm_attachment_get_size (const CrmItem *item);

/* "application/pdf"; by its name where the item does not say. (transfer full) */
char *crm_attachment_get_media_type (const CrmItem *item);

/* The field that has what a record looks like: `photo`, or `logo`; %NULL where the type has none. Of several
 * pictures in it the last one counts. */
const CrmField *crm_attachment_find_picture_field (const CrmRecordType *type);

G_END_DECLS
