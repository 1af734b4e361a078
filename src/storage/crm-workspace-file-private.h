/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which file a name meant when it was opened */
typedef struct
{
  guint64 device;
  guint64 inode;
} CrmFileIdentity;

/* What can be told about a workspace from outside, without SQLite */
typedef struct
{
  gboolean writable; /* the file and, for the log beside it, the folder */
  gboolean has_log; /* a -wal with something in it: in use, or left by a crash */
  int version; /* user_version of the last checkpoint; may be behind the log */
  CrmFileIdentity identity;
} CrmWorkspaceFile;

/**
 * crm_workspace_file_examine:
 *
 * Reads the first 100 bytes of the file.
 *
 * Returns: %FALSE with %CRM_ERROR_NO_WORKSPACE, %CRM_ERROR_NOT_A_WORKSPACE,
 *   %CRM_ERROR_NEWER_WORKSPACE or, where it may not be read, %CRM_ERROR_READ_ONLY
 */
gboolean crm_workspace_file_examine (const char *path, CrmWorkspaceFile *file, GError **error);

/* Whether @path still names the file of @identity; %FALSE with %CRM_ERROR_NO_WORKSPACE where it is
 * gone or another one has its name. Where nothing can be learned of it, it is taken for the same. */
gboolean crm_workspace_file_is_same (const char *path,
                                     const CrmFileIdentity *identity,
                                     GError **error);

/**
 * crm_workspace_file_create:
 * @path: a missing file; its folder is made
 * @language: (nullable): the collation language to store
 *
 * Makes an empty workspace under a temporary name and renames it, so that a
 * file at @path is always complete. Where another process makes one at
 * the same time, the first stays and both succeed.
 */
gboolean crm_workspace_file_create (const char *path, const char *language, GError **error);

/* Gives @temporary, in the same folder, the name @path; where a file has it already that one stays,
 * and @temporary too. A log that lies there without its workspace is set aside. */
gboolean crm_workspace_file_publish (const char *temporary, const char *path, GError **error);

/* Where the file that @path names really lies, behind symbolic links; @path where nothing is there.
 * (transfer full) */
char *crm_workspace_file_resolve (const char *path);

/* A name in the folder of @path that no file has, for a file that is renamed to @path later; the
 * empty file is made, for the user alone. (transfer full) */
char *crm_workspace_file_make_temporary (const char *path, GError **error);

/* Removes such a file, with what SQLite may have left beside it */
void crm_workspace_file_remove (const char *temporary);

/* fsync() of a file or a folder */
gboolean crm_workspace_file_sync (const char *path, GError **error);

/* Sets @error from errno, for @path */
void crm_workspace_file_set_errno (GError **error, int error_number, const char *path);

G_END_DECLS
