/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* Shared by crm-attachment.c, crm-attachments.c and the files beside that one. */

/* What the files begin with that are still being copied; contents are in folders of their own */
#define CRM_ATTACHMENT_INCOMING "incoming-"

/* By its name and its first bytes; (transfer full) */
char *crm_attachment_guess_media_type (const char *name, const guchar *head, gsize head_size);

/* A content that should be there is not */
void crm_attachment_set_missing (GError **error);

/* What could not be written, by errno */
void crm_attachment_set_errno (GError **error, const char *path, int code);

gboolean crm_attachment_sync_folder (const char *path, GError **error);

/* As crm_attachments_list(), also where nothing is there at all */
GPtrArray *crm_attachment_list_named (CrmStore *store, GCancellable *cancellable, GError **error);

/* What was copied to be opened, more than a day ago; with @at_once all of it but contents in @kept (by hash) */
void crm_attachment_remove_copies (CrmStore *store, GHashTable *kept, gboolean at_once);

G_END_DECLS
