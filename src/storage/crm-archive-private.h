/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-archive.h"
#include "crm-connection-private.h"

G_BEGIN_DECLS

/* The attachments of a backup, for crm-archive*.c and whoever opens a file as a workspace */

/* Writes the contents of @files_folder into @copy, or, with @pool not %NULL, into that folder and
 * their names into @copy. Progress from @from to 1. */
gboolean crm_archive_pack (CrmConnection *copy,
                           const char *files_folder,
                           const char *pool,
                           CrmProgressFunc progress,
                           gpointer progress_data,
                           GError **error);

/* Whether the file has attachments in it */
gboolean crm_archive_is_packed (CrmConnection *connection, gboolean *is_packed, GError **error);

/* Takes the attachments out of the file that @connection writes, and everything else that makes it
 * a backup. @backup_path: where it came from, with the pool beside it. */
gboolean crm_archive_unpack (CrmConnection *connection,
                             const char *backup_path,
                             const char *files_folder,
                             guint *n_missing,
                             GError **error);

G_END_DECLS
