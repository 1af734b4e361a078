/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-workspace-reader-private.h"

#include <string.h>

#include "crm-export-private.h"

#define PAGE 256

/* Milliseconds that are waited for another program that has it locked */
#define LOCK_TIMEOUT 5000

/* What every file of SQLite starts with, the zero at the end included */
#define SQLITE_MARK "SQLite format 3"

static gboolean
recognise (const char *head, gsize size, const char *path)
{
  return size >= sizeof SQLITE_MARK && memcmp (head, SQLITE_MARK, sizeof SQLITE_MARK) == 0;
}

static void
close_store (CrmStore *store)
{
  crm_store_close (store);
  g_object_unref (store);
}

typedef CrmStore OpenStore;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenStore, close_store)

static CrmStore *
open_store (const char *path, GCancellable *cancellable, GError **error)
{
  return crm_store_open (path, CRM_STORE_READ_ONLY, LOCK_TIMEOUT, cancellable, error);
}

/* Those that have records; (transfer container) (element-type CrmRecordType): or %NULL with @error */
static GPtrArray *
list_types (CrmStore *store, GCancellable *cancellable, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  g_autoptr (GPtrArray) types = g_ptr_array_new ();

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autoptr (CrmQuery) query = crm_query_new (type);
      gint64 n;

      if (!crm_query_count (query, store, &n, cancellable, error))
        return NULL;
      if (n > 0)
        g_ptr_array_add (types, (gpointer) type);
    }

  return g_steal_pointer (&types);
}

static GStrv
list_parts (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (OpenStore) store = open_store (path, cancellable, error);
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GStrvBuilder) parts = NULL;

  if (store == NULL)
    return NULL;
  types = list_types (store, cancellable, error);
  if (types == NULL || types->len < 2)
    return NULL;

  parts = g_strv_builder_new ();
  for (guint i = 0; i < types->len; i++)
    g_strv_builder_add (parts, ((const CrmRecordType *) g_ptr_array_index (types, i))->label_many);

  return g_strv_builder_end (parts);
}

/* (transfer none): of @part, or the only one that has records; people where none has any */
static const CrmRecordType *
find_type (CrmStore *store, const char *part, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) types = list_types (store, cancellable, error);

  if (types == NULL)
    return NULL;
  for (guint i = 0; i < types->len; i++)
    {
      const CrmRecordType *type = g_ptr_array_index (types, i);

      if (part == NULL || strcmp (type->label_many, part) == 0)
        return type;
    }

  return crm_catalogue_get_type_at (crm_store_get_catalogue (store), 0);
}

/* What is attached stays where it is. */
static GArray *
make_columns (const CrmRecordType *type)
{
  GArray *columns = crm_columns_new_for_file (type);

  for (guint i = columns->len; i > 0; i--)
    if (g_array_index (columns, CrmColumn, i - 1).field->kind == CRM_KIND_FILES)
      g_array_remove_index (columns, i - 1);

  return columns;
}

static gboolean
write_page (const CrmExportPage *page, CrmTableWriter *writer, gint64 first, GError **error)
{
  for (guint row = 0; row < page->records->len; row++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (cells, crm_export_page_make_id (page, row));
      for (guint i = 0; i < page->columns->len; i++)
        g_ptr_array_add (cells, crm_export_page_make_text (page, row, i));
      if (!crm_table_writer_add_row (writer, first + row, (const char *const *) cells->pdata,
                                     cells->len, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
convert (const char *path,
         const char *part,
         CrmTableWriter *writer,
         GCancellable *cancellable,
         GError **error)
{
  const CrmExportOptions options = { .format = CRM_FORMAT_CSV };
  g_autoptr (OpenStore) store = open_store (path, cancellable, error);
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GArray) ids = NULL;
  const CrmRecordType *type;

  if (store == NULL)
    return FALSE;
  type = find_type (store, part, cancellable, error);
  if (type == NULL)
    return FALSE;

  columns = make_columns (type);
  crm_table_writer_add_column (writer, "ID", "id");
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);
      g_autofree char *title = crm_column_make_title (column);

      crm_table_writer_add_column (writer, title, column->name);
    }

  query = crm_query_new (type);
  ids = crm_query_run (query, store, cancellable, error);
  if (ids == NULL)
    return FALSE;
  for (guint first = 0; first < ids->len; first += PAGE)
    {
      g_autoptr (CrmExportPage) page = NULL;

      page = crm_export_page_load (store, &options, type, columns,
                                   &g_array_index (ids, gint64, first),
                                   MIN (PAGE, ids->len - first), cancellable, error);
      if (page == NULL || !write_page (page, writer, first + 1, error))
        return FALSE;
    }

  return TRUE;
}

const CrmTableConverter crm_workspace_converter = {
  .format = CRM_TABLE_WORKSPACE,
  .recognise = recognise,
  .list_parts = list_parts,
  .convert = convert,
};
