/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One file on its way into the workspace. */

#include "config.h"

#include "crm-attachment.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-attachment-private.h"
#include "crm-attachments.h"
#include "crm-error.h"
#include "crm-transaction-private.h"

#define BUFFER_SIZE (256 * 1024)

/* Enough of a file for its type to be told by its first bytes */
#define HEAD_SIZE 4096

#define MAX_TRIES 3

struct _CrmAttachment
{
  char *folder;
  char *incoming; /* %NULL once the content has its own name */
  char *name;
  char *hash;
  char *media_type;
  gint64 size;
};

/* What the copy needs to know of where it comes from */
typedef struct
{
  GInputStream *stream;
  gint64 expected; /* bytes; 0 where that is not known */
  CrmProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Source;

/* Files */

void
crm_attachment_set_missing (GError **error)
{
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                       _ ("The attached file is missing on the disk. Restore it from a backup, or "
                          "attach it again."));
}

void
crm_attachment_set_errno (GError **error, const char *path, int code)
{
  g_autofree char *name = g_filename_display_name (path);

  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (error, CRM_ERROR, CRM_ERROR_DISK_FULL,
                 _ ("The disk that holds “%s” is full; make room and try again, nothing was "
                    "changed."),
                 name);
  else if (code == EROFS || code == EACCES || code == EPERM)
    g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
                 _ ("“%s” cannot be written; allow writing to it and its folder."), name);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED, _ ("“%s” cannot be written: %s."), name,
                 g_strerror (code));
}

gboolean
crm_attachment_sync_folder (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code = 0;

  if (fd < 0 || fsync (fd) != 0)
    code = errno;
  if (fd >= 0)
    close (fd);

  /* Some file systems cannot do that to a folder, and keep what is in it all the same. */
  if (code == 0 || code == EINVAL || code == ENOTSUP)
    return TRUE;
  crm_attachment_set_errno (error, path, code);

  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *parent = NULL;

  if (g_mkdir (path, 0700) != 0)
    {
      if (errno == EEXIST)
        return TRUE;
      crm_attachment_set_errno (error, path, errno);
      return FALSE;
    }
  parent = g_path_get_dirname (path);

  return crm_attachment_sync_folder (parent, error);
}

static gboolean
write_all (int fd, const guchar *bytes, gsize size)
{
  while (size > 0)
    {
      gssize written = write (fd, bytes, size);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          bytes += written;
          size -= (gsize) written;
        }
    }

  return TRUE;
}

static void
set_unreadable (GError **error, const char *name, const GError *reason)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (reason));
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                 _ ("There is no file “%s”. Check its name and folder."), name);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                 _ ("“%s” may not be read. Allow reading it, or choose another file."), name);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                 _ ("“%s” cannot be attached: %s. Choose another file."), name, reason->message);
}

/* Copies to @fd, and finds out what is to be known of the bytes on the way. */
static gboolean
copy (CrmAttachment *self, Source *source, int fd, GError **error)
{
  g_autofree guchar *buffer = g_malloc (BUFFER_SIZE);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) local_error = NULL;
  guchar head[HEAD_SIZE];
  gsize head_size = 0;
  gssize n_read;

  while ((n_read = g_input_stream_read (source->stream, buffer, BUFFER_SIZE, source->cancellable,
                                        &local_error)) > 0)
    {
      gsize n_head = MIN ((gsize) n_read, sizeof head - head_size);

      memcpy (head + head_size, buffer, n_head);
      head_size += n_head;
      g_checksum_update (checksum, buffer, n_read);
      if (!write_all (fd, buffer, (gsize) n_read))
        {
          crm_attachment_set_errno (error, self->folder, errno);
          return FALSE;
        }
      self->size += n_read;
      if (source->progress != NULL && source->expected > 0)
        source->progress (MIN ((double) self->size / (double) source->expected, 1.0),
                          source->progress_data);
    }
  if (n_read < 0)
    {
      set_unreadable (error, self->name, local_error);
      return FALSE;
    }

  self->hash = g_strdup (g_checksum_get_string (checksum));
  self->media_type = crm_attachment_guess_media_type (self->name, head, head_size);

  return TRUE;
}

/* For reading only: a content is never changed, by whatever program it is opened. */
static gboolean
finish (CrmAttachment *self, int fd, GError **error)
{
  if (fsync (fd) == 0 && fchmod (fd, 0400) == 0)
    return TRUE;
  crm_attachment_set_errno (error, self->folder, errno);

  return FALSE;
}

/* Somebody who attached nothing in the end may take the empty folder away in between. */
static int
open_incoming (CrmAttachment *self, GError **error)
{
  int fd = -1;

  for (guint i = 0; fd < 0 && i < MAX_TRIES; i++)
    {
      if (!make_folder (self->folder, error))
        return -1;

      g_free (self->incoming);
      self->incoming = g_build_filename (self->folder, CRM_ATTACHMENT_INCOMING "XXXXXX", NULL);
      fd = g_mkstemp_full (self->incoming, O_WRONLY | O_CLOEXEC, 0600);
      if (fd < 0 && errno != ENOENT)
        break;
    }
  if (fd < 0)
    {
      crm_attachment_set_errno (error, self->folder, errno);
      g_clear_pointer (&self->incoming, g_free);
    }

  return fd;
}

static CrmAttachment *
take_in (CrmStore *store, Source *source, const char *name, GError **error)
{
  g_autoptr (CrmAttachment) self = g_new0 (CrmAttachment, 1);
  gboolean ok;
  int fd;

  self->name = crm_attachment_clean_name (name);
  self->folder = crm_attachments_get_folder (crm_store_get_path (store));
  if (crm_database_is_read_only (crm_store_get_database (store)))
    {
      crm_attachment_set_errno (error, crm_store_get_path (store), EROFS);
      return NULL;
    }
  fd = open_incoming (self, error);
  if (fd < 0)
    return NULL;
  ok = copy (self, source, fd, error) && finish (self, fd, error);
  if (close (fd) != 0 && ok)
    {
      crm_attachment_set_errno (error, self->folder, errno);
      ok = FALSE;
    }

  return ok ? g_steal_pointer (&self) : NULL;
}

CrmAttachment *
crm_attachment_new (CrmStore *store,
                    GFile *file,
                    const char *name,
                    CrmProgressFunc progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *base = NULL;
  g_autofree char *shown = NULL;
  Source source = { .progress = progress,
                    .progress_data = progress_data,
                    .cancellable = cancellable };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  shown = g_filename_display_name (base != NULL ? base : "");
  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_TYPE
                            "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                            "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                            G_FILE_QUERY_INFO_NONE, cancellable, &local_error);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is a folder. Attach the files in it, or make an archive of it."),
                   shown);
      return NULL;
    }
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is not a file that can be kept. Choose another file."), shown);
      return NULL;
    }
  if (info != NULL)
    stream = g_file_read (file, cancellable, &local_error);
  if (stream == NULL)
    {
      set_unreadable (error, shown, local_error);
      return NULL;
    }

  source.stream = G_INPUT_STREAM (stream);
  source.expected = g_file_info_get_size (info);
  if (name == NULL)
    name = g_file_info_get_display_name (info);

  return take_in (store, &source, name, error);
}

CrmAttachment *
crm_attachment_new_from_stream (CrmStore *store,
                                GInputStream *stream,
                                const char *name,
                                GCancellable *cancellable,
                                GError **error)
{
  Source source = { .stream = stream, .cancellable = cancellable };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return take_in (store, &source, name, error);
}

void
crm_attachment_free (CrmAttachment *self)
{
  g_return_if_fail (self != NULL);

  if (self->incoming != NULL)
    {
      g_unlink (self->incoming);
      /* Only where nothing else is in it: a workspace without attachments has no folder. */
      g_rmdir (self->folder);
    }
  g_free (self->incoming);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->hash);
  g_free (self->media_type);
  g_free (self);
}

const char *
crm_attachment_get_name (CrmAttachment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
crm_attachment_get_hash (CrmAttachment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hash;
}

CrmValue *
crm_attachment_make_value (CrmAttachment *self)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  label = g_strdup_printf ("%" G_GINT64_FORMAT " %s", self->size, self->media_type);

  return crm_value_new_item (self->name, label, self->hash, 0, 0);
}

gboolean
crm_attachment_keep (CrmAttachment *self, CrmTransaction *transaction, GError **error)
{
  g_autofree char *relative = NULL;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (transaction != NULL, FALSE);

  if (self->incoming == NULL)
    return TRUE;

  relative = crm_attachments_get_relative_path (self->hash);
  path = g_build_filename (self->folder, relative, NULL);
  folder = g_path_get_dirname (path);
  if (!make_folder (folder, error))
    return FALSE;

  /* In place of the same bytes, where they are there: so what became unreadable is whole again. */
  if (g_rename (self->incoming, path) != 0)
    {
      crm_attachment_set_errno (error, path, errno);
      return FALSE;
    }
  g_clear_pointer (&self->incoming, g_free);

  return crm_attachment_sync_folder (folder, error);
}

static gboolean
has_file (const CrmValue *value, CrmAttachment *attachment)
{
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (g_strcmp0 (item->key, attachment->hash) == 0 &&
          g_strcmp0 (item->text, attachment->name) == 0)
        return TRUE;
    }

  return FALSE;
}

CrmValue *
crm_attachment_append (CrmAttachment *self, CrmValue *files)
{
  g_autoptr (CrmValue) added = NULL;
  GArray *items;

  g_return_val_if_fail (self != NULL, NULL);

  if (has_file (files, self))
    return crm_value_ref (files);

  items = crm_item_array_new ();
  added = crm_attachment_make_value (self);
  for (guint i = 0; files != NULL && i < crm_value_get_n_items (files); i++)
    {
      const CrmItem *item = crm_value_get_item (files, i);

      crm_item_array_add (items, item->text, item->label, item->key, 0, 0);
    }
  crm_item_array_add (items, self->name, crm_value_get_item (added, 0)->label, self->hash, 0, 0);

  return crm_value_new_items_take (items);
}

/* What @field of a record holds: %NULL without @error for nothing; (transfer full) */
static CrmValue *
load_files (CrmTransaction *transaction,
            const CrmRecordType *type,
            gint64 id,
            const CrmField *field,
            GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  CrmValue *files;

  record = crm_connection_load_record (crm_transaction_get_connection (transaction), type, id,
                                       &field, 1, error);
  files = record != NULL ? crm_record_get_value (record, field) : NULL;

  return files != NULL ? crm_value_ref (files) : NULL;
}

gboolean
crm_transaction_attach (CrmTransaction *transaction,
                        const CrmRecordType *type,
                        gint64 id,
                        const CrmField *field,
                        CrmAttachment *const *attachments,
                        guint n_attachments,
                        GError **error)
{
  g_autoptr (CrmValue) files = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (field != NULL && field->kind == CRM_KIND_FILES, FALSE);

  files = load_files (transaction, type, id, field, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  for (guint i = 0; i < n_attachments; i++)
    {
      g_autoptr (CrmValue) before = g_steal_pointer (&files);

      if (!crm_attachment_keep (attachments[i], transaction, error))
        return FALSE;
      files = crm_attachment_append (attachments[i], before);
    }

  return crm_transaction_update (transaction, type, id, &field, &files, 1, NULL, NULL, error);
}

/* @new_name %NULL: without it */
static gboolean
change_file (CrmTransaction *transaction,
             const CrmRecordType *type,
             gint64 id,
             const CrmField *field,
             const char *hash,
             const char *name,
             const char *new_name,
             GError **error)
{
  g_autoptr (CrmValue) before = NULL;
  g_autoptr (CrmValue) after = NULL;
  g_autoptr (GError) local_error = NULL;
  GArray *items;
  gboolean found = FALSE;

  before = load_files (transaction, type, id, field, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  items = crm_item_array_new ();
  for (guint i = 0; before != NULL && i < crm_value_get_n_items (before); i++)
    {
      const CrmItem *item = crm_value_get_item (before, i);
      gboolean same = !found && g_strcmp0 (item->key, hash) == 0 &&
                      g_strcmp0 (item->text, name) == 0;

      found = found || same;
      if (!same || new_name != NULL)
        crm_item_array_add (items, same ? new_name : item->text, item->label, item->key, 0, 0);
    }
  after = crm_value_new_items_take (items);
  if (!found)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                   _ ("“%s” is not attached any more. See the history for who removed it."), name);
      return FALSE;
    }

  return crm_transaction_update (transaction, type, id, &field, &after, 1, NULL, NULL, error);
}

gboolean
crm_transaction_detach (CrmTransaction *transaction,
                        const CrmRecordType *type,
                        gint64 id,
                        const CrmField *field,
                        const char *hash,
                        const char *name,
                        GError **error)
{
  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (field != NULL && field->kind == CRM_KIND_FILES, FALSE);

  return change_file (transaction, type, id, field, hash, name, NULL, error);
}

gboolean
crm_transaction_rename_file (CrmTransaction *transaction,
                             const CrmRecordType *type,
                             gint64 id,
                             const CrmField *field,
                             const char *hash,
                             const char *name,
                             const char *new_name,
                             GError **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (field != NULL && field->kind == CRM_KIND_FILES, FALSE);
  g_return_val_if_fail (new_name != NULL, FALSE);

  clean = crm_attachment_clean_name (new_name);

  return change_file (transaction, type, id, field, hash, name, clean, error);
}
