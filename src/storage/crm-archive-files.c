/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The attachments of a backup. Their contents are called by their hash, "ab/cdef…" in a folder, so
 * nothing else has to be known of them here. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-archive-private.h"
#include "crm-workspace-file-private.h"

#define TABLE "backup_file"
#define PART_SIZE (1024 * 1024)

#define HASH_LENGTH 64
#define PREFIX_LENGTH 2

/* Instead of a number, of what is in the pool */
#define PART_IN_POOL (-1)

static gboolean
is_hash (const char *name, gsize length)
{
  return strlen (name) == length && strspn (name, "0123456789abcdef") == length;
}

/* "ab/cdef…" in @folder */
static char *
get_content_path (const char *folder, const char *hash)
{
  char prefix[PREFIX_LENGTH + 1] = { hash[0], hash[1], '\0' };

  return g_build_filename (folder, prefix, hash + PREFIX_LENGTH, NULL);
}

static void
list_prefix (const char *folder, const char *prefix, GPtrArray *hashes)
{
  g_autofree char *path = g_build_filename (folder, prefix, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_hash (name, HASH_LENGTH - PREFIX_LENGTH))
      g_ptr_array_add (hashes, g_strconcat (prefix, name, NULL));
}

/* Of what is complete: what is being attached has another name yet. (element-type utf8) */
static GPtrArray *
list_contents (const char *folder)
{
  GPtrArray *hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_hash (name, PREFIX_LENGTH))
      list_prefix (folder, name, hashes);

  return hashes;
}

static gboolean
make_content_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  crm_workspace_file_set_errno (error, errno, folder);
  return FALSE;
}

static gssize
read_fully (int fd, guint8 *buffer, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = read (fd, buffer + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += n;
    }

  return (gssize) done;
}

static gboolean
write_fully (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= n;
    }

  return TRUE;
}

static gboolean
has_content (const char *path, const char *hash)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (PART_SIZE);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gssize size;

  if (fd < 0)
    return FALSE;
  while ((size = read_fully (fd, buffer, PART_SIZE)) > 0)
    g_checksum_update (checksum, buffer, size);
  close (fd);

  return size == 0 && g_str_equal (g_checksum_get_string (checksum), hash);
}

/* Writing a content under its name: into another file first, which is then complete and on the disk */

typedef struct
{
  char *path;
  char *temporary;
  GChecksum *checksum;
  int fd;
} Content;

static void
content_clear (Content *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_free (self->temporary);
  g_free (self->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static gboolean
content_begin (Content *self, const char *folder, const char *hash, GError **error)
{
  self->path = get_content_path (folder, hash);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (!make_content_folder (self->path, error))
    return FALSE;
  self->temporary = crm_workspace_file_make_temporary (self->path, error);
  if (self->temporary == NULL)
    return FALSE;
  self->fd = g_open (self->temporary, O_WRONLY | O_CLOEXEC, 0);
  if (self->fd >= 0)
    return TRUE;

  crm_workspace_file_set_errno (error, errno, self->path);
  return FALSE;
}

static gboolean
content_write (Content *self, const void *data, gsize size, GError **error)
{
  g_checksum_update (self->checksum, data, (gssize) size);
  if (write_fully (self->fd, data, size))
    return TRUE;

  crm_workspace_file_set_errno (error, errno, self->path);
  return FALSE;
}

/* @is_right: whether it is the content that its name says; another gets no name */
static gboolean
content_end (Content *self, const char *hash, gboolean *is_right, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  *is_right = g_str_equal (g_checksum_get_string (self->checksum), hash);
  if (!*is_right)
    return TRUE;

  if (!crm_workspace_file_sync (self->temporary, error))
    return FALSE;
  if (g_rename (self->temporary, self->path) != 0)
    {
      crm_workspace_file_set_errno (error, errno, self->path);
      return FALSE;
    }

  return crm_workspace_file_sync (folder, error);
}

static gboolean
copy_content (const char *source,
              const char *folder,
              const char *hash,
              gboolean *is_right,
              GError **error)
{
  g_auto (Content) content = { .fd = -1 };
  g_autofree guint8 *buffer = g_malloc (PART_SIZE);
  int fd = g_open (source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gssize size = 0;

  *is_right = FALSE;
  if (fd < 0)
    return TRUE;

  if (!content_begin (&content, folder, hash, error))
    {
      close (fd);
      return FALSE;
    }
  while ((size = read_fully (fd, buffer, PART_SIZE)) > 0)
    if (!content_write (&content, buffer, (gsize) size, error))
      break;
  close (fd);

  /* What cannot be read is missing, what cannot be written is an error */
  if (size > 0)
    return FALSE;
  return size < 0 || content_end (&content, hash, is_right, error);
}

/* A link costs nothing, and the content stays when the workspace's name for it goes */
static gboolean
put_into_pool (const char *source,
               const char *pool,
               const char *hash,
               gboolean *is_there,
               GError **error)
{
  g_autofree char *target = get_content_path (pool, hash);

  *is_there = g_file_test (target, G_FILE_TEST_IS_REGULAR);
  if (*is_there)
    return TRUE;
  if (!make_content_folder (target, error))
    return FALSE;

  *is_there = link (source, target) == 0 || errno == EEXIST;
  return *is_there || copy_content (source, pool, hash, is_there, error);
}

static gboolean
insert_part (CrmStatement *insert,
             const char *hash,
             int part,
             const guint8 *data,
             gsize size,
             GError **error)
{
  crm_statement_bind_text (insert, 1, hash);
  crm_statement_bind_int (insert, 2, part);
  if (part == PART_IN_POOL)
    crm_statement_bind_null (insert, 3);
  else
    crm_statement_bind_blob (insert, 3, data, size);

  return crm_statement_run (insert, error);
}

static gboolean
pack_content (CrmConnection *copy,
              CrmStatement *insert,
              const char *path,
              const char *hash,
              GError **error)
{
  g_autofree guint8 *buffer = g_malloc (PART_SIZE);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean success = TRUE;
  gssize size;
  int part = 0;

  /* Gone since it was listed: then nobody named it any more */
  if (fd < 0)
    return TRUE;

  do
    {
      size = read_fully (fd, buffer, PART_SIZE);
      if (size < 0)
        {
          crm_workspace_file_set_errno (error, errno, path);
          success = FALSE;
        }
      else if (size > 0 || part == 0)
        {
          success = insert_part (insert, hash, part++, buffer, (gsize) size, error);
        }
      success = success && !g_cancellable_set_error_if_cancelled (copy->cancellable, error);
    }
  while (success && size == PART_SIZE);
  close (fd);

  return success;
}

char *
crm_archive_get_files_folder (const char *workspace_path)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (workspace_path != NULL, NULL);

  path = crm_workspace_file_resolve (workspace_path);
  return g_strconcat (path, "-files", NULL);
}

gboolean
crm_archive_pack (CrmConnection *copy,
                  const char *files_folder,
                  const char *pool,
                  CrmProgressFunc progress,
                  gpointer progress_data,
                  GError **error)
{
  g_autoptr (GPtrArray) hashes = list_contents (files_folder);
  g_autoptr (CrmStatement) insert = NULL;

  if (hashes->len == 0)
    return TRUE;

  if (!crm_connection_execute (copy,
                               "CREATE TABLE IF NOT EXISTS " TABLE
                               " (hash TEXT NOT NULL, part INTEGER NOT NULL, data BLOB,"
                               " UNIQUE (hash, part))",
                               error))
    return FALSE;
  insert = crm_connection_prepare (copy, "INSERT OR REPLACE INTO " TABLE " VALUES (?1, ?2, ?3)",
                                   error);
  if (insert == NULL)
    return FALSE;

  for (guint i = 0; i < hashes->len; i++)
    {
      const char *hash = g_ptr_array_index (hashes, i);
      g_autofree char *path = get_content_path (files_folder, hash);
      gboolean is_there = FALSE;

      if (pool == NULL)
        {
          if (!pack_content (copy, insert, path, hash, error))
            return FALSE;
        }
      else
        {
          if (g_cancellable_set_error_if_cancelled (copy->cancellable, error) ||
              !put_into_pool (path, pool, hash, &is_there, error))
            return FALSE;
          if (is_there && !insert_part (insert, hash, PART_IN_POOL, NULL, 0, error))
            return FALSE;
        }
      if (progress != NULL)
        progress ((double) (i + 1) / hashes->len, progress_data);
    }

  return TRUE;
}

gboolean
crm_archive_share_files (const char *from_folder, const char *to_folder, GError **error)
{
  g_autoptr (GPtrArray) hashes = NULL;

  g_return_val_if_fail (from_folder != NULL, FALSE);
  g_return_val_if_fail (to_folder != NULL, FALSE);

  hashes = list_contents (from_folder);
  for (guint i = 0; i < hashes->len; i++)
    {
      g_autofree char *path = get_content_path (from_folder, hashes->pdata[i]);
      gboolean is_there;

      if (!put_into_pool (path, to_folder, hashes->pdata[i], &is_there, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_archive_is_packed (CrmConnection *connection, gboolean *is_packed, GError **error)
{
  gint64 n;

  if (!crm_connection_query_int (connection,
                                 "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                 " AND name = '" TABLE "'",
                                 0, &n, error))
    return FALSE;

  *is_packed = n > 0;
  return TRUE;
}

/* The parts of one content, of which the statement is at the first; steps to the next content */
static gboolean
unpack_content (CrmStatement *parts,
                const char *pool,
                const char *files_folder,
                gboolean *at_row,
                gboolean *is_right,
                GError **error)
{
  g_auto (Content) content = { .fd = -1 };
  g_autofree char *hash = g_strdup (crm_statement_get_text (parts, 0));
  g_autofree char *target = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_there;
  gboolean in_pool = crm_statement_get_int (parts, 1) == PART_IN_POOL;

  *is_right = FALSE;
  /* A name from outside: nothing but a hash becomes a path */
  if (hash == NULL || !is_hash (hash, HASH_LENGTH))
    {
      *at_row = crm_statement_step (parts, error);
      return *at_row || error == NULL || *error == NULL;
    }

  target = get_content_path (files_folder, hash);
  is_there = has_content (target, hash);
  if (in_pool && !is_there)
    {
      g_autofree char *source = get_content_path (pool, hash);

      if (!copy_content (source, files_folder, hash, &is_there, error))
        return FALSE;
    }
  if (!in_pool && !is_there && !content_begin (&content, files_folder, hash, error))
    return FALSE;

  do
    {
      gsize size;
      const void *data = crm_statement_get_blob (parts, 2, &size);

      if (content.fd >= 0 && size > 0 && !content_write (&content, data, size, error))
        return FALSE;
      *at_row = crm_statement_step (parts, &local_error);
    }
  while (*at_row && g_strcmp0 (crm_statement_get_text (parts, 0), hash) == 0);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *is_right = is_there;
  return content.fd < 0 || content_end (&content, hash, is_right, error);
}

static gboolean
unpack_contents (CrmConnection *connection,
                 const char *pool,
                 const char *files_folder,
                 guint *n_missing,
                 GError **error)
{
  g_autoptr (CrmStatement) parts = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean at_row;

  parts = crm_connection_prepare (connection,
                                  "SELECT hash, part, data FROM " TABLE " ORDER BY hash, part",
                                  error);
  if (parts == NULL)
    return FALSE;

  at_row = crm_statement_step (parts, &local_error);
  while (at_row && local_error == NULL)
    {
      gboolean is_right;

      if (!unpack_content (parts, pool, files_folder, &at_row, &is_right, &local_error))
        break;
      if (!is_right)
        *n_missing += 1;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gboolean
crm_archive_unpack (CrmConnection *connection,
                    const char *backup_path,
                    const char *files_folder,
                    guint *n_missing,
                    GError **error)
{
  g_autofree char *folder = g_path_get_dirname (backup_path);
  g_autofree char *pool = g_build_filename (folder, CRM_ARCHIVE_POOL, NULL);
  gboolean is_packed;

  *n_missing = 0;
  if (!crm_archive_is_packed (connection, &is_packed, error) ||
      (is_packed && !unpack_contents (connection, pool, files_folder, n_missing, error)))
    return FALSE;

  /* On the disk under their names: only now they may go from here */
  if (!crm_connection_begin (connection, "IMMEDIATE", error))
    return FALSE;
  if ((!is_packed || crm_connection_execute (connection, "DROP TABLE IF EXISTS " TABLE, error)) &&
      crm_connection_execute (connection, "DELETE FROM meta WHERE key GLOB 'backup_*'", error) &&
      crm_connection_commit (connection, error))
    return TRUE;

  crm_connection_rollback (connection);
  return FALSE;
}

GHashTable *
crm_archive_list_pooled (const char *path, GError **error)
{
  g_autoptr (CrmConnection) connection = NULL;
  g_autoptr (GHashTable) hashes = NULL;
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_packed;

  g_return_val_if_fail (path != NULL, NULL);

  connection = crm_connection_open (path, CRM_CONNECTION_IMMUTABLE, 0, NULL, error);
  if (connection == NULL || !crm_archive_is_packed (connection, &is_packed, error))
    return NULL;

  hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!is_packed)
    return g_steal_pointer (&hashes);

  select = crm_connection_prepare (connection, "SELECT hash FROM " TABLE " WHERE part = -1", error);
  if (select == NULL)
    return NULL;
  while (crm_statement_step (select, &local_error))
    g_hash_table_add (hashes, g_strdup (crm_statement_get_text (select, 0)));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&hashes);
}
