/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-archive.h"
#include "crm-connection-private.h"
#include "crm-database.h"
#include "crm-workspace-file-private.h"

G_BEGIN_DECLS

typedef struct _CrmWriter CrmWriter;

typedef enum
{
  CRM_WRITER_TRANSACTION,
  CRM_WRITER_MAINTENANCE,
} CrmWriterMode;

/* Takes over @connection to the file of @identity and starts the thread. (transfer full) */
CrmWriter *crm_writer_new (CrmConnection *connection, const CrmFileIdentity *identity);

/* Waits for the queue, then ends the thread and closes the connection */
void crm_writer_free (CrmWriter *self);

/* Runs @func in the thread, behind all that wait already; blocks */
gboolean crm_writer_run (CrmWriter *self,
                         CrmWriterMode mode,
                         CrmConnectionFunc func,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);
guint crm_writer_get_queue_length (CrmWriter *self);
void crm_writer_set_lock_timeout (CrmWriter *self, guint lock_timeout);
/* Whether it waits for somebody else's lock */
gboolean crm_writer_is_waiting (CrmWriter *self);

/* PRAGMA data_version as the writer sees it: counts what all others commit, not what it does */
gint64 crm_writer_get_data_version (CrmWriter *self);

gint64 crm_connection_get_data_version (CrmConnection *connection);

/* A new connection for reading @self, outside the pool. (transfer full) */
CrmConnection *crm_database_open_reader (CrmDatabase *self, GError **error);

/* As crm_archive_write(). @files_folder: (nullable): without attachments where it is %NULL */
gboolean crm_backup_write (CrmConnection *source,
                           const char *path,
                           const char *files_folder,
                           const CrmArchiveOptions *options,
                           CrmProgressFunc progress,
                           gpointer progress_data,
                           GError **error);

/* Whether SQLite finds every page in order; %CRM_ERROR_DAMAGED names @path */
gboolean crm_backup_check (CrmConnection *copy, const char *path, GError **error);

/* Fills the file behind @target, of the role %CRM_CONNECTION_COPY, and verifies what came */
gboolean crm_backup_copy (CrmConnection *source,
                          CrmConnection *target,
                          CrmProgressFunc progress,
                          gpointer progress_data,
                          GError **error);

/* Appends one sentence a finding; %FALSE only where it could not be checked */
gboolean crm_connection_verify (CrmConnection *connection, GPtrArray *findings, GError **error);

G_END_DECLS
