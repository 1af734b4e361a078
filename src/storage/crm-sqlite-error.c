/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "crm-connection-private.h"
#include "crm-error.h"

static gboolean
is_disk_full (int code, int system_errno)
{
  if ((code & 0xff) == SQLITE_FULL)
    return TRUE;

  if ((code & 0xff) != SQLITE_IOERR && (code & 0xff) != SQLITE_CANTOPEN)
    return FALSE;

  /* SQLite only knows ENOSPC as "full"; a quota and a size limit are the same to a person */
  return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

static gboolean
is_read_only (int code, int system_errno)
{
  switch (code & 0xff)
    {
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return TRUE;
    case SQLITE_IOERR:
      return system_errno == EROFS || system_errno == EACCES || system_errno == EPERM;
    default:
      return FALSE;
    }
}

/* What our own SQL names was there when the file was opened, so it is the file that does not have it */
static gboolean
is_schema_damaged (const char *detail)
{
  return g_str_has_prefix (detail, "no such table") ||
         g_str_has_prefix (detail, "no such column") ||
         g_str_has_prefix (detail, "malformed database schema");
}

static void
set_damaged_error (GError **error, const char *name)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED,
               _ ("“%s” is damaged; keep the file and restore a backup."), name);
}

static void
set_constraint_error (GError **error, int code, const char *detail)
{
  switch (code)
    {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_TAKEN,
                           _ ("Another record already has this value; give it a different one."));
      break;
    default:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
                   _ ("The workspace refused a change that would make it inconsistent (%s); "
                      "nothing was changed."),
                   detail);
      break;
    }
}

void
crm_sqlite_set_error (GError **error,
                      int code,
                      int system_errno,
                      const char *path,
                      const char *detail)
{
  g_autofree char *name = g_filename_display_name (path);

  if (is_disk_full (code, system_errno))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_DISK_FULL,
                   _ ("The disk that holds “%s” is full; make room and try again, nothing was "
                      "changed."),
                   name);
      return;
    }

  if (is_read_only (code, system_errno))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
                   _ ("“%s” cannot be written; allow writing to the file and its folder, or work "
                      "with a copy."),
                   name);
      return;
    }

  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was cancelled."));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      g_set_error (error, CRM_ERROR, CRM_ERROR_LOCKED,
                   _ ("Another program is writing to “%s”; wait until it is done and try again."),
                   name);
      break;
    case SQLITE_NOTADB:
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_A_WORKSPACE,
                   _ ("“%s” is not a workspace; choose a file that was made by this program."),
                   name);
      break;
    case SQLITE_CORRUPT:
      set_damaged_error (error, name);
      break;
    case SQLITE_IOERR:
      g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED,
                   _ ("“%s” cannot be read or written (%s); check the disk."), name,
                   system_errno != 0 ? g_strerror (system_errno) : detail);
      break;
    case SQLITE_TOOBIG:
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("The value is too long; shorten it."));
      break;
    case SQLITE_CONSTRAINT:
      set_constraint_error (error, code, detail);
      break;
    case SQLITE_ERROR:
      if (is_schema_damaged (detail))
        {
          set_damaged_error (error, name);
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
                   _ ("“%s” could not be used (%s); please report this."), name, detail);
      break;
    }
}

/* SQLite notes errno where a statement fails in its middle, but not where COMMIT does; there
 * the thread's own still tells why the last write or sync went wrong */
static int
get_system_errno (CrmConnection *self, int code, int thread_errno)
{
  int noted = sqlite3_system_errno (self->db);

  if (noted != 0)
    return noted;

  switch (code)
    {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_SHMSIZE:
      return thread_errno;
    default:
      return 0;
    }
}

gboolean
crm_connection_fail (CrmConnection *self, const char *sql, GError **error)
{
  int thread_errno = errno;
  int code = sqlite3_extended_errcode (self->db);
  int system_errno = get_system_errno (self, code, thread_errno);
  g_autoptr (GError) function_error = g_steal_pointer (&self->function_error);
  g_autofree char *detail = NULL;

  /* A wait that was cancelled ends as "busy" */
  if ((code & 0xff) == SQLITE_BUSY &&
      g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  if (function_error != NULL && (code & 0xff) == SQLITE_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&function_error));
      return FALSE;
    }

  if (sql != NULL && (code & 0xff) == SQLITE_ERROR)
    detail = g_strdup_printf ("%s: %s", sqlite3_errmsg (self->db), sql);
  else
    detail = g_strdup (sqlite3_errmsg (self->db));

  crm_sqlite_set_error (error, code, system_errno, self->path, detail);
  return FALSE;
}
