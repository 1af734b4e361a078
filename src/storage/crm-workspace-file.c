/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-workspace-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-connection-private.h"
#include "crm-error.h"
#include "crm-migration-private.h"

/* The file format of SQLite, https://www.sqlite.org/fileformat.html#the_database_header */
#define HEADER_SIZE 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

/* And of its log, https://www.sqlite.org/fileformat.html#the_write_ahead_log */
#define LOG_HEADER_SIZE 32
#define LOG_PAGE_SIZE 8
#define LOG_SALT 16
#define FRAME_HEADER_SIZE 24
#define FRAME_SALT 8
#define SALT_SIZE 8

static guint32
read_number (const guint8 *header, gsize offset)
{
  guint32 number;

  memcpy (&number, header + offset, sizeof number);
  return GUINT32_FROM_BE (number);
}

static gboolean
fail_not_a_workspace (const char *path, GError **error)
{
  crm_sqlite_set_error (error, SQLITE_NOTADB, 0, path, "");
  return FALSE;
}

/* Through SQLite's own files: a process that closes a file loses its locks on it, those of its open connections
 * too, and only SQLite knows to wait with that. */
static gboolean
read_beginning (const char *path, guint8 header[HEADER_SIZE])
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);
  g_autofree sqlite3_file *file = g_malloc0 ((gsize) vfs->szOsFile);
  char *name = (char *) sqlite3_create_filename (path, "", "", 0, NULL);
  int code;

  if (name == NULL)
    return FALSE;

  code = vfs->xOpen (vfs, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL);
  if (code == SQLITE_OK)
    code = file->pMethods->xRead (file, header, HEADER_SIZE, 0);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);
  sqlite3_free_filename (name);

  return code == SQLITE_OK;
}

static gboolean
read_header (const char *path, guint8 header[HEADER_SIZE], struct stat *info, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (g_stat (path, info) != 0 || g_access (path, R_OK) != 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        g_set_error (error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE,
                     _ ("There is no workspace “%s”; check the name or make a new one."), name);
      else if (errno == EACCES || errno == EPERM)
        g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
                     _ ("“%s” may not be read; ask its owner to allow it."), name);
      else
        crm_workspace_file_set_errno (error, errno, path);
      return FALSE;
    }

  return (S_ISREG (info->st_mode) && read_beginning (path, header)) ||
         fail_not_a_workspace (path, error);
}

static gboolean
is_writable (const char *path, const struct stat *info)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* Nobody may write it; that the administrator could anyway is not what was meant by that */
  if ((info->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
    return FALSE;

  return g_access (path, W_OK) == 0 && g_access (folder, W_OK | X_OK) == 0;
}

/* A log whose workspace is gone belongs to no new one: SQLite would play it into it. It may be all
 * that is left of somebody's data, so it is kept under another name. The caller holds the folder's
 * lock, or the log could be that of a workspace which another process has just made. */
static gboolean
set_orphaned_log_aside (const char *path, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *orphan = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *aside = g_strconcat (orphan, ".orphaned", NULL);

      if (g_rename (orphan, aside) != 0 && errno != ENOENT)
        {
          crm_workspace_file_set_errno (error, errno, path);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
fill_new_file (const char *temporary, const char *path, const char *language, GError **error)
{
  g_autoptr (CrmConnection) connection = NULL;
  g_autoptr (CrmStatement) insert = NULL;
  const CrmMigration *migrations;
  gsize n_migrations;

  connection = crm_connection_open (temporary, CRM_CONNECTION_COPY, 0, NULL, error);
  if (connection == NULL)
    return FALSE;
  crm_connection_set_shown_path (connection, path);

  migrations = crm_migrations_get (&n_migrations);
  if (!crm_migrations_upgrade (connection, migrations, n_migrations, error))
    return FALSE;

  insert = crm_connection_prepare (connection,
                                   "INSERT INTO meta (key, value) VALUES ('language', ?1)", error);
  if (insert == NULL)
    return FALSE;

  crm_statement_bind_text (insert, 1, language != NULL ? language : "");
  /* So that nobody has to switch, who might not be alone then */
  return crm_statement_run (insert, error) &&
         crm_connection_execute (connection, "PRAGMA journal_mode = WAL", error);
}

static gboolean
give_name (const char *temporary, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!set_orphaned_log_aside (path, error))
    return FALSE;

  /* Unlike rename(), link() never replaces what has come in the meantime */
  if (link (temporary, path) == 0 || errno == EEXIST)
    return TRUE;

  /* File systems without hard links; nothing better is at hand there */
  if ((errno == EPERM || errno == ENOTSUP || errno == ENOSYS) && g_rename (temporary, path) == 0)
    return TRUE;

  crm_workspace_file_set_errno (error, errno, path);
  return FALSE;
}

void
crm_workspace_file_set_errno (GError **error, int error_number, const char *path)
{
  int code = error_number == EACCES || error_number == EPERM || error_number == EROFS
                 ? SQLITE_READONLY
                 : SQLITE_IOERR;

  crm_sqlite_set_error (error, code, error_number, path, g_strerror (error_number));
}

gboolean
crm_workspace_file_sync (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  int result;
  int error_number;

  if (fd < 0)
    {
      crm_workspace_file_set_errno (error, errno, path);
      return FALSE;
    }

  do
    result = fsync (fd);
  while (result != 0 && errno == EINTR);
  error_number = errno;
  close (fd);

  if (result == 0)
    return TRUE;

  crm_workspace_file_set_errno (error, error_number, path);
  return FALSE;
}

char *
crm_workspace_file_resolve (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *resolved = realpath (path, NULL);
  char *result;

  /* Not there yet: then its folder may be behind a link, itself it is not */
  if (resolved == NULL)
    {
      resolved = realpath (folder, NULL);
      result = resolved != NULL ? g_build_filename (resolved, name, NULL) : g_strdup (path);
    }
  else
    {
      result = g_strdup (resolved);
    }
  free (resolved);

  return result;
}

char *
crm_workspace_file_make_temporary (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%s.XXXXXX", name);
  g_autofree char *temporary = g_build_filename (folder, hidden, NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      crm_workspace_file_set_errno (error, errno, path);
      return NULL;
    }

  close (fd);
  return g_steal_pointer (&temporary);
}

void
crm_workspace_file_remove (const char *temporary)
{
  static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (temporary, suffixes[i], NULL);

      g_unlink (file);
    }
}

static gboolean
is_ours (const guint8 *header)
{
  return memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) == 0 &&
         read_number (header, HEADER_APPLICATION_ID) == CRM_APPLICATION_ID;
}

/* Where the power failed while the log was copied into the file, the file's beginning may be anything. It is in
 * the log then, and SQLite will take it from there. */
static gboolean
read_header_from_log (const char *log, guint8 header[HEADER_SIZE])
{
  guint8 log_header[LOG_HEADER_SIZE];
  guint8 frame[FRAME_HEADER_SIZE];
  gboolean found = FALSE;
  gint64 offset = LOG_HEADER_SIZE;
  int fd = g_open (log, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return FALSE;

  if (pread (fd, log_header, sizeof log_header, 0) == sizeof log_header)
    {
      /* What follows the newest frames is of an earlier round, with another salt */
      while (pread (fd, frame, sizeof frame, offset) == sizeof frame &&
             memcmp (frame + FRAME_SALT, log_header + LOG_SALT, SALT_SIZE) == 0)
        {
          if (read_number (frame, 0) == 1)
            found = pread (fd, header, HEADER_SIZE, offset + FRAME_HEADER_SIZE) == HEADER_SIZE;
          offset += FRAME_HEADER_SIZE + read_number (log_header, LOG_PAGE_SIZE);
        }
    }
  close (fd);

  return found;
}

gboolean
crm_workspace_file_examine (const char *path, CrmWorkspaceFile *file, GError **error)
{
  g_autofree char *real_path = NULL;
  g_autofree char *log = NULL;
  guint8 header[HEADER_SIZE];
  struct stat info;
  struct stat log_info;

  if (!read_header (path, header, &info, error))
    return FALSE;

  /* The log lies beside the file, not beside a link to it */
  real_path = crm_workspace_file_resolve (path);
  log = g_strconcat (real_path, "-wal", NULL);
  if (!is_ours (header) && !(read_header_from_log (log, header) && is_ours (header)))
    return fail_not_a_workspace (path, error);

  file->version = read_number (header, HEADER_USER_VERSION);
  file->writable = is_writable (real_path, &info);
  file->has_log = g_stat (log, &log_info) == 0 && log_info.st_size > 0;
  file->identity = (CrmFileIdentity){ info.st_dev, info.st_ino };

  return file->version <= crm_migrations_get_newest_version () ||
         crm_migrations_fail_newer (path, error);
}

gboolean
crm_workspace_file_publish (const char *temporary, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  /* Where the file system has no such locks, two processes at the same moment are unlucky */
  int folder_fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean success;

  if (folder_fd >= 0)
    flock (folder_fd, LOCK_EX);
  success = give_name (temporary, path, error);
  if (folder_fd >= 0)
    close (folder_fd);

  return success;
}

gboolean
crm_workspace_file_is_same (const char *path, const CrmFileIdentity *identity, GError **error)
{
  g_autofree char *name = NULL;
  struct stat info;
  gboolean is_there = g_stat (path, &info) == 0;

  if (is_there && info.st_dev == identity->device && info.st_ino == identity->inode)
    return TRUE;
  if (!is_there && errno != ENOENT && errno != ENOTDIR)
    return TRUE;

  name = g_filename_display_name (path);
  if (is_there)
    g_set_error (
        error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE,
        _ ("Another file has taken the place of “%s” while it was open; save a copy of what "
           "is open, then open it again."),
        name);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE,
                 _ ("“%s” was deleted or moved while it was open; save a copy of what is open."),
                 name);
  return FALSE;
}

gboolean
crm_workspace_file_create (const char *path, const char *language, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = NULL;
  gboolean success;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      crm_workspace_file_set_errno (error, errno, folder);
      return FALSE;
    }

  temporary = crm_workspace_file_make_temporary (path, error);
  if (temporary == NULL)
    return FALSE;

  success = fill_new_file (temporary, path, language, error) &&
            crm_workspace_file_sync (temporary, error) &&
            crm_workspace_file_publish (temporary, path, error);
  g_unlink (temporary);

  return success && crm_workspace_file_sync (folder, error);
}
