/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"

#define MAX_TRIES 100

struct _CrmOutputFile
{
  GFile *target;
  char *place; /* where it goes, behind symbolic links; NULL: to be copied to the target */
  char *path; /* what it is called in the meantime */
  int fd;
  GOutputStream *stream;
};

GError *
crm_output_file_explain (GFile *target, GError *error)
{
  g_autoptr (GError) cause = error;
  g_autofree char *name = g_file_get_basename (target);
  g_autofree char *shown = g_filename_display_name (name != NULL ? name : "");

  g_return_val_if_fail (error != NULL, NULL);

  if (cause->domain != G_IO_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&cause);

  switch (cause->code)
    {
    case G_IO_ERROR_NO_SPACE:
      return g_error_new (CRM_ERROR, CRM_ERROR_FAILED,
                          _ ("There is no room left for “%s”; make some or choose another place."
                             " Nothing was exported."),
                          shown);
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_READ_ONLY:
      return g_error_new (CRM_ERROR, CRM_ERROR_FAILED,
                          _ ("“%s” may not be written there; choose another folder."), shown);
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_DIRECTORY:
      return g_error_new (CRM_ERROR, CRM_ERROR_FAILED,
                          _ ("The folder for “%s” is not there; make it or choose another one."),
                          shown);
    case G_IO_ERROR_IS_DIRECTORY:
      return g_error_new (CRM_ERROR, CRM_ERROR_FAILED,
                          _ ("“%s” is a folder; give the name of a file."), shown);
    default:
      return g_error_new (CRM_ERROR, CRM_ERROR_FAILED,
                          _ ("“%s” could not be written: %s. Choose another place."), shown,
                          cause->message);
    }
}

static gboolean
fail (CrmOutputFile *self, int code, GError **error)
{
  GError *cause = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  g_propagate_error (error, crm_output_file_explain (self->target, cause));
  return FALSE;
}

/* Where the name leads to in the end. A link that leads nowhere is a place, too. (transfer full) (nullable) */
static char *
find_place (GFile *target)
{
  g_autofree char *path = g_file_get_path (target);
  g_autofree char *resolved = NULL;
  char *real;
  GStatBuf status;

  if (path == NULL)
    return NULL;
  if (g_stat (path, &status) != 0)
    return g_steal_pointer (&path);
  if (!S_ISREG (status.st_mode) && !S_ISDIR (status.st_mode))
    return NULL;

  real = realpath (path, NULL);
  resolved = g_strdup (real != NULL ? real : path);
  free (real);
  return g_steal_pointer (&resolved);
}

/* Beside the place, so that it can take it in one step */
static gboolean
open_beside (CrmOutputFile *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->place);
  GStatBuf status;
  int mode = g_stat (self->place, &status) == 0 ? (int) (status.st_mode & 07777) : -1;

  if (mode >= 0 && S_ISDIR (status.st_mode))
    return fail (self, EISDIR, error);
  /* What its owner protected is not replaced through the folder */
  if (mode >= 0 && g_access (self->place, W_OK) != 0)
    return fail (self, errno, error);

  for (guint i = 0; i < MAX_TRIES && self->fd < 0; i++)
    {
      g_free (self->path);
      self->path = g_strdup_printf ("%s/.crm-%08x.part", folder, g_random_int ());
      self->fd = g_open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (self->fd < 0 && errno != EEXIST)
        break;
    }
  if (self->fd >= 0 && (mode < 0 || fchmod (self->fd, (mode_t) mode) == 0))
    return TRUE;
  if (self->fd < 0)
    g_clear_pointer (&self->path, g_free);
  return fail (self, errno, error);
}

static gboolean
open_for_copy (CrmOutputFile *self, GError **error)
{
  self->fd = g_file_open_tmp ("crm-export-XXXXXX", &self->path, error);
  return self->fd >= 0;
}

CrmOutputFile *
crm_output_file_new (GFile *target, GError **error)
{
  g_autoptr (CrmOutputFile) self = NULL;

  g_return_val_if_fail (G_IS_FILE (target), NULL);

  self = g_new0 (CrmOutputFile, 1);
  self->fd = -1;
  self->target = g_object_ref (target);
  self->place = find_place (target);
  if (self->place != NULL ? !open_beside (self, error) : !open_for_copy (self, error))
    return NULL;

  self->stream = g_unix_output_stream_new (self->fd, FALSE);
  return g_steal_pointer (&self);
}

GOutputStream *
crm_output_file_get_stream (CrmOutputFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stream;
}

const char *
crm_output_file_get_path (CrmOutputFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

static GOutputStream *
open_target (GFile *target, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_path (target);
  int fd;

  if (path == NULL)
    return G_OUTPUT_STREAM (
        g_file_replace (target, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error));

  fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  if (fd >= 0)
    return g_unix_output_stream_new (fd, TRUE);
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return NULL;
}

static gboolean
copy (CrmOutputFile *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInputStream) in = NULL;
  g_autoptr (GOutputStream) out = NULL;
  g_autoptr (GError) local_error = NULL;

  in = g_file_read (file, cancellable, &local_error);
  out = in != NULL ? open_target (self->target, cancellable, &local_error) : NULL;
  if (out != NULL &&
      g_output_stream_splice (out, G_INPUT_STREAM (in), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                              cancellable, &local_error) >= 0)
    return TRUE;

  g_propagate_error (error, crm_output_file_explain (self->target, g_steal_pointer (&local_error)));
  return FALSE;
}

gboolean
crm_output_file_commit (CrmOutputFile *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->path != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->place == NULL)
    return copy (self, cancellable, error);

  if (fsync (self->fd) != 0 || g_rename (self->path, self->place) != 0)
    return fail (self, errno, error);
  g_clear_pointer (&self->path, g_free);
  return TRUE;
}

void
crm_output_file_free (CrmOutputFile *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->stream);
  if (self->fd >= 0)
    close (self->fd);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self->place);
  g_clear_object (&self->target);
  g_free (self);
}
