/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The folder of contents as a whole: what is named, what is there, and what may go. */

#include "config.h"

#include "crm-attachments.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crm-attachment-private.h"
#include "crm-attachment.h"
#include "crm-error.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

#define ID G_GINT64_FORMAT

#define HASH_LENGTH 64
#define FOLDER_LENGTH 2

#define DAY (G_TIME_SPAN_DAY / G_USEC_PER_SEC)

/* What the workspace names, as far as it was read */
typedef struct
{
  GHashTable *files; /* char *hash -> CrmStoredFile */
  gint64 last_set; /* of the history that was read */
} Named;

typedef struct
{
  CrmStore *store;
  Named named;
  GPtrArray *paths; /* that nobody named at first */
  gint64 before; /* seconds since 1970: what is younger stays */
  GCancellable *cancellable;
} Sweep;

static void
named_init (Named *self)
{
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) crm_stored_file_free);
  self->last_set = 0;
}

static void
name_file (Named *self, const char *hash, const char *name, const char *label)
{
  const CrmItem item = { .label = (char *) label };
  CrmStoredFile *file;

  if (hash == NULL || strlen (hash) != HASH_LENGTH || g_hash_table_contains (self->files, hash))
    return;

  file = g_new0 (CrmStoredFile, 1);
  file->hash = g_strdup (hash);
  file->size = crm_attachment_get_size (&item);
  file->name = g_strdup (name);
  g_hash_table_insert (self->files, file->hash, file);
}

static void
name_encoded (Named *self, const char *encoded)
{
  const CrmField field = { .kind = CRM_KIND_FILES };
  g_autoptr (CrmValue) value = crm_value_decode (&field, encoded);

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      name_file (self, item->key, item->text, item->label);
    }
}

/* Fields of every state, and those that held files before they held something else. (transfer full) */
static GArray *
list_fields (CrmConnection *connection, GError **error)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = crm_connection_prepare (connection,
                                      "SELECT id FROM field WHERE kind = 'files'"
                                      " UNION SELECT object_id FROM catalogue_change"
                                      " WHERE object = 'field' AND attribute = 'kind'"
                                      " AND (old = 'files' OR new = 'files')",
                                      error);
  if (statement == NULL)
    return NULL;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (fields, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&fields);
}

static gboolean
read_items (Named *self, CrmConnection *connection, gint64 field_id, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  sql = g_strdup_printf ("SELECT key, text, label FROM " CRM_ITEM_TABLE, field_id);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    name_file (self, crm_statement_get_text (statement, 0), crm_statement_get_text (statement, 1),
               crm_statement_get_text (statement, 2));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_history (Named *self, CrmConnection *connection, GArray *fields, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  g_string_printf (sql,
                   "SELECT old, new FROM change WHERE set_id > %" ID " AND op = %d"
                   " AND field_id IN (",
                   self->last_set, CRM_CHANGE_VALUE);
  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (sql, "%s%" ID, i > 0 ? ", " : "", g_array_index (fields, gint64, i));
  g_string_append_c (sql, ')');

  statement = crm_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      name_encoded (self, crm_statement_get_text (statement, 0));
      name_encoded (self, crm_statement_get_text (statement, 1));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* A second time, only what was added to the history since. */
static gboolean
read_named (CrmConnection *connection, gpointer data, GError **error)
{
  Named *self = data;
  g_autoptr (GArray) fields = list_fields (connection, error);

  if (fields == NULL)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    if (!read_items (self, connection, g_array_index (fields, gint64, i), error))
      return FALSE;

  return read_history (self, connection, fields, error) &&
         crm_connection_query_int (connection, "SELECT coalesce (max (id), 0) FROM change_set", 0,
                                   &self->last_set, error);
}

/* What is there */

/* The hash that a content's path says, or NULL for a file that is none of ours; (transfer full) */
static char *
get_hash (const char *folder_name, const char *name)
{
  g_autofree char *hash = g_strconcat (folder_name, name, NULL);

  if (strlen (folder_name) != FOLDER_LENGTH || strlen (hash) != HASH_LENGTH ||
      hash[strspn (hash, "0123456789abcdef")] != '\0')
    return NULL;

  return g_steal_pointer (&hash);
}

/* Of a content, or of what an interrupted attaching left */
static gboolean
is_older (const char *path, gint64 before)
{
  GStatBuf info;

  return g_lstat (path, &info) == 0 && (gint64) info.st_mtime < before;
}

static void
find_unnamed_in (Sweep *self, const char *folder, const char *folder_name)
{
  g_autofree char *path = g_build_filename (folder, folder_name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *hash = get_hash (folder_name, name);
      g_autofree char *content = g_build_filename (path, name, NULL);

      if (hash != NULL && !g_hash_table_contains (self->named.files, hash) &&
          is_older (content, self->before))
        g_ptr_array_add (self->paths, g_steal_pointer (&content));
    }
}

/* However soon contents may go: what is being copied now may be needed in a moment. */
static void
find_unnamed (Sweep *self, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 yesterday = g_get_real_time () / G_USEC_PER_SEC - DAY;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_str_has_prefix (name, CRM_ATTACHMENT_INCOMING))
        find_unnamed_in (self, folder, name);
      else if (is_older (path, yesterday))
        g_ptr_array_add (self->paths, g_steal_pointer (&path));
    }
}

static gboolean
is_named (Sweep *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *folder_name = g_path_get_basename (folder);
  g_autofree char *hash = get_hash (folder_name, name);

  return hash != NULL && g_hash_table_contains (self->named.files, hash);
}

static gboolean
remove_func (CrmConnection *connection, gpointer data, GError **error)
{
  Sweep *self = data;

  /* Somebody may have attached one of them, before we had the lock. */
  if (!read_named (connection, &self->named, error))
    return FALSE;

  for (guint i = 0; i < self->paths->len; i++)
    {
      const char *path = g_ptr_array_index (self->paths, i);
      g_autofree char *folder = g_path_get_dirname (path);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (is_named (self, path) || !is_older (path, self->before))
        continue;
      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          crm_attachment_set_errno (error, path, errno);
          return FALSE;
        }
      g_rmdir (folder);
    }

  return TRUE;
}

static gboolean
remove_unnamed (CrmStore *store, gint64 before, GCancellable *cancellable, GError **error)
{
  CrmDatabase *database = crm_store_get_database (store);
  g_autofree char *folder = crm_attachments_get_folder (crm_store_get_path (store));
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  Sweep sweep = { .store = store, .paths = paths, .before = before, .cancellable = cancellable };
  gboolean ok;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;

  named_init (&sweep.named);
  ok = crm_database_read (database, read_named, &sweep.named, cancellable, error);
  if (ok)
    find_unnamed (&sweep, folder);
  if (ok && paths->len > 0)
    ok = crm_database_write (database, remove_func, &sweep, cancellable, error);
  if (ok)
    {
      g_rmdir (folder);
      crm_attachment_remove_copies (store, sweep.named.files, before == G_MAXINT64);
    }
  g_hash_table_unref (sweep.named.files);

  return ok;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const CrmStoredFile *one = *(const CrmStoredFile *const *) a;
  const CrmStoredFile *other = *(const CrmStoredFile *const *) b;

  return strcmp (one->hash, other->hash);
}

GPtrArray *
crm_attachment_list_named (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  GHashTableIter iter;
  gpointer file;
  Named named;

  named_init (&named);
  if (crm_database_read (crm_store_get_database (store), read_named, &named, cancellable, error))
    {
      files = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_stored_file_free);
      g_hash_table_iter_init (&iter, named.files);
      while (g_hash_table_iter_next (&iter, NULL, &file))
        {
          g_hash_table_iter_steal (&iter);
          g_ptr_array_add (files, file);
        }
      g_ptr_array_sort (files, compare_files);
    }
  g_hash_table_unref (named.files);

  return g_steal_pointer (&files);
}

/* Public API */

void
crm_stored_file_free (CrmStoredFile *file)
{
  g_return_if_fail (file != NULL);

  g_free (file->hash);
  g_free (file->name);
  g_free (file);
}

char *
crm_attachments_get_folder (const char *workspace_path)
{
  g_return_val_if_fail (workspace_path != NULL, NULL);

  return g_strconcat (workspace_path, "-files", NULL);
}

char *
crm_attachments_get_relative_path (const char *hash)
{
  g_return_val_if_fail (hash != NULL && strlen (hash) > FOLDER_LENGTH, NULL);

  return g_strdup_printf ("%.*s" G_DIR_SEPARATOR_S "%s", FOLDER_LENGTH, hash, hash + FOLDER_LENGTH);
}

char *
crm_attachments_get_path (CrmStore *store, const char *hash)
{
  g_autofree char *folder = NULL;
  g_autofree char *relative = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (hash != NULL, NULL);

  folder = crm_attachments_get_folder (crm_store_get_path (store));
  relative = crm_attachments_get_relative_path (hash);

  return g_build_filename (folder, relative, NULL);
}

GInputStream *
crm_attachments_open (CrmStore *store, const char *hash, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) local_error = NULL;
  GFileInputStream *stream;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (hash != NULL, NULL);

  path = crm_attachments_get_path (store, hash);
  file = g_file_new_for_path (path);
  stream = g_file_read (file, cancellable, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    crm_attachment_set_missing (error);
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return G_INPUT_STREAM (stream);
}

GPtrArray *
crm_attachments_list (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  folder = crm_attachments_get_folder (crm_store_get_path (store));
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) crm_stored_file_free);

  return crm_attachment_list_named (store, cancellable, error);
}

gboolean
crm_attachments_sweep (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return remove_unnamed (store, g_get_real_time () / G_USEC_PER_SEC - DAY, cancellable, error);
}

gboolean
crm_attachments_remove_unreferenced (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return remove_unnamed (store, G_MAXINT64, cancellable, error);
}
