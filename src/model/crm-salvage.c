/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new workspace out of a damaged one. First the description of the types and fields, since from it the tables are
 * made; then everything else, table by table; then the pages that nothing leads to, each to the table that its rows
 * fit. What follows from something else is not taken over but made anew. */

#include "config.h"

#include "crm-salvage.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crm-archive.h"
#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-salvage-private.h"
#include "crm-standard-types.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

/* What the history says of which ids are whose */
typedef struct
{
  gint64 type_id;
  gint64 first_id;
  gint64 last_id;
} Range;

static void
salvage_clear (CrmSalvage *self)
{
  g_clear_pointer (&self->wreck, crm_wreck_free);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_clear_pointer (&self->created, g_array_unref);
  g_clear_error (&self->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmSalvage, salvage_clear)

void
crm_salvage_add_table (CrmSalvage *self, CrmSalvageTable *table)
{
  if (table == NULL)
    return;
  if (crm_salvage_find_table (self, table->name) != NULL)
    {
      crm_salvage_table_free (table);
      return;
    }
  g_ptr_array_add (self->tables, table);
  g_hash_table_insert (self->by_name, table->name, table);
}

static gboolean
is_ours (const char *name)
{
  /* The search index and what SQLite keeps for itself are made anew */
  return name[0] != 's' || !g_ascii_isdigit (name[1]);
}

static void
list_tables (CrmSalvage *self)
{
  GPtrArray *objects = crm_wreck_get_objects (self->wreck);

  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_salvage_table_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < objects->len; i++)
    {
      const CrmWreckObject *object = g_ptr_array_index (objects, i);

      if (g_str_equal (object->type, "table") && is_ours (object->name) && object->sql != NULL &&
          !g_str_has_prefix (object->name, "sqlite_"))
        crm_salvage_add_table (self,
                               crm_salvage_table_new (object->name, object->sql, object->root));
    }

  for (guint i = 0; i < objects->len; i++)
    {
      const CrmWreckObject *object = g_ptr_array_index (objects, i);
      CrmSalvageTable *table = crm_salvage_find_table (self, object->table_name);

      if (g_str_equal (object->type, "index") && table != NULL && object->sql != NULL)
        g_ptr_array_add (table->indexes, g_strdup (object->sql));
    }
}

static void
read_row (const CrmWreckRow *row, gpointer data)
{
  gpointer *pair = data;
  CrmSalvage *self = pair[0];
  CrmSalvageTable *table = pair[1];

  if (self->error == NULL && crm_salvage_table_fits (table, row))
    crm_salvage_table_insert (table, self->connection, row, &self->n_lost_values, &self->error);
}

static gboolean
read_table (CrmSalvage *self, CrmSalvageTable *table, GError **error)
{
  gpointer pair[] = { self, table };

  if (table->root != 0 && table->insert == NULL &&
      !crm_salvage_table_begin (table, self->connection, error))
    return FALSE;
  if (table->root != 0)
    crm_wreck_read (self->wreck, table->root, read_row, pair);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Pages that nothing leads to */

typedef gboolean (*TableFunc) (const char *name);

/* The rows of a page that nothing led to, held until it is known whose it is */
typedef struct
{
  gboolean has_rowids;
  guint n_rows;
  CrmWreckRow *rows; /* with everything that they point to */
} Orphan;

static void
orphan_free (gpointer data)
{
  Orphan *orphan = data;

  for (guint i = 0; i < orphan->n_rows; i++)
    {
      for (guint j = 0; j < orphan->rows[i].n_values; j++)
        g_free ((char *) orphan->rows[i].values[j].data);
      g_free (orphan->rows[i].values);
    }
  g_free (orphan->rows);
  g_free (orphan);
}

static void
hold_page (gboolean has_rowids, const CrmWreckRow *rows, guint n_rows, gpointer data)
{
  GPtrArray *orphans = data;
  Orphan *orphan = g_new0 (Orphan, 1);

  orphan->has_rowids = has_rowids;
  orphan->n_rows = n_rows;
  orphan->rows = g_memdup2 (rows, sizeof *rows * n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      CrmWreckRow *row = &orphan->rows[i];

      row->values = g_memdup2 (row->values, sizeof *row->values * row->n_values);
      for (guint j = 0; j < row->n_values; j++)
        if (row->values[j].data != NULL)
          row->values[j].data = g_memdup2 (row->values[j].data, row->values[j].size);
    }
  g_ptr_array_add (orphans, orphan);
}

/* The type that the history says a record is of; 0 where it does not */
static gint64
find_type_of (CrmSalvage *self, gint64 record_id)
{
  for (guint i = 0; i < self->created->len; i++)
    {
      const Range *range = &g_array_index (self->created, Range, i);

      if (record_id >= range->first_id && record_id <= range->last_id)
        return range->type_id;
    }

  return 0;
}

/* Whether the record in the new workspace shows this value as its first in the list of @field_id */
static gboolean
is_first_value (CrmSalvage *self, gint64 type_id, gint64 field_id, const CrmWreckRow *row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT " CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                                          " WHERE id = ?1",
                                          field_id, type_id);
  g_autoptr (CrmStatement) select = crm_connection_prepare (self->connection, sql, NULL);
  const CrmWreckValue *value = &row->values[2];

  if (select == NULL)
    return FALSE;
  crm_statement_bind_int (select, 1, row->values[0].integer);
  if (!crm_statement_step (select, NULL) || crm_statement_is_null (select, 0))
    return FALSE;

  if (value->type == CRM_COLUMN_INTEGER)
    return crm_statement_get_int (select, 0) == value->integer;
  return value->type == CRM_COLUMN_TEXT &&
         strlen (crm_statement_get_text (select, 0)) == value->size &&
         memcmp (crm_statement_get_text (select, 0), value->data, value->size) == 0;
}

/* A row of which it is known that it is of the table counts more than any number of rows that only look so */
#define CERTAIN 10000

/* How well the rows of a page fit a table; 0 for not at all */
static guint
rate (CrmSalvage *self, const CrmSalvageTable *table, const Orphan *orphan)
{
  guint n_fitting = 0;
  guint n_certain = 0;
  guint n_alike = 0;

  if (table->has_rowids != orphan->has_rowids)
    return 0;

  for (guint i = 0; i < orphan->n_rows; i++)
    {
      const CrmWreckRow *row = &orphan->rows[i];

      if (!crm_salvage_table_fits (table, row))
        continue;
      n_fitting++;
      if (crm_salvage_is_numbered (table->name, 't'))
        {
          gint64 type_id = find_type_of (self, row->rowid);

          n_certain += type_id == crm_salvage_get_number (table->name) ? 1 : 0;
          /* The history of a whole page may be lost; then its form is all there is to go by */
          n_alike += type_id == 0 && row->n_values == table->columns->len ? 1 : 0;
        }
      else if (crm_salvage_is_numbered (table->name, 'v') && row->n_values == table->columns->len &&
               row->values[1].integer == 0)
        {
          gint64 type_id = find_type_of (self, row->values[0].integer);

          n_certain += type_id != 0 && is_first_value (self, type_id,
                                                       crm_salvage_get_number (table->name), row)
                           ? 1
                           : 0;
        }
      else if (!crm_salvage_is_numbered (table->name, 'v'))
        n_certain += row->n_values == table->columns->len ? 1 : 0;
    }

  /* Half of a page may be damaged; a page of which less fits is another's */
  return 2 * n_fitting > orphan->n_rows ? n_certain * CERTAIN + n_alike : 0;
}

/* A page holds rows of one table, so where it is known whose the page is, a record of which the history is lost is of that
 * type as well */
static gboolean
may_be_of (CrmSalvage *self, const CrmSalvageTable *table, gint64 record_id)
{
  gint64 type_id = find_type_of (self, record_id);

  return type_id == 0 || type_id == crm_salvage_get_number (table->name);
}

static gboolean
insert_orphan (CrmSalvage *self, CrmSalvageTable *table, const Orphan *orphan, GError **error)
{
  if (table->insert == NULL && !crm_salvage_table_begin (table, self->connection, error))
    return FALSE;

  for (guint i = 0; i < orphan->n_rows; i++)
    {
      const CrmWreckRow *row = &orphan->rows[i];

      if (!crm_salvage_table_fits (table, row) ||
          (crm_salvage_is_numbered (table->name, 't') && !may_be_of (self, table, row->rowid)))
        continue;
      if (!crm_salvage_table_insert (table, self->connection, row, &self->n_lost_values, error))
        return FALSE;
    }

  return TRUE;
}

/* Finds the pages that nothing leads to, by going first wherever something leads */
static GPtrArray *
hold_orphans (CrmSalvage *self)
{
  GPtrArray *orphans = g_ptr_array_new_with_free_func (orphan_free);
  GPtrArray *objects = crm_wreck_get_objects (self->wreck);

  for (guint i = 0; i < objects->len; i++)
    {
      const CrmWreckObject *object = g_ptr_array_index (objects, i);

      if (object->root != 0)
        crm_wreck_read (self->wreck, object->root, NULL, NULL);
    }
  crm_wreck_read_rest (self->wreck, hold_page, orphans);
  self->n_damaged_pages = crm_wreck_get_n_damaged_pages (self->wreck);
  crm_wreck_forget (self->wreck);

  return orphans;
}

static gboolean
place_orphans (CrmSalvage *self, GPtrArray *orphans, TableFunc wanted, GError **error)
{
  for (guint i = orphans->len; i > 0; i--)
    {
      const Orphan *orphan = g_ptr_array_index (orphans, i - 1);
      CrmSalvageTable *best = NULL;
      guint best_rate = 0;

      for (guint j = 0; j < self->tables->len; j++)
        {
          CrmSalvageTable *table = g_ptr_array_index (self->tables, j);
          guint rating = wanted (table->name) ? rate (self, table, orphan) : 0;

          /* Of two that it could as well be it is neither */
          if (rating > 0 && rating == best_rate)
            best = NULL;
          if (rating > best_rate)
            {
              best = table;
              best_rate = rating;
            }
        }
      if (best == NULL)
        continue;
      if (!insert_orphan (self, best, orphan, error))
        return FALSE;
      g_ptr_array_remove_index (orphans, i - 1);
    }

  return TRUE;
}

static gboolean
read_ranges (CrmSalvage *self, GError **error)
{
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;

  g_array_set_size (self->created, 0);
  select = crm_connection_prepare (self->connection,
                                   "SELECT type_id, first_id, last_id FROM change_range"
                                   " WHERE old_state IS NULL",
                                   error);
  if (select == NULL)
    return FALSE;
  while (crm_statement_step (select, &local_error))
    {
      Range range = { crm_statement_get_int (select, 0), crm_statement_get_int (select, 1),
                      crm_statement_get_int (select, 2) };

      g_array_append_val (self->created, range);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
fill_tables (CrmSalvage *self, CrmConnection *connection, GError **error)
{
  static const TableFunc passes[] = { crm_salvage_is_fixed_table, crm_salvage_is_record_table,
                                      crm_salvage_is_item_table };
  g_autoptr (GPtrArray) orphans = hold_orphans (self);

  self->connection = connection;
  /* What the damaged file has under a key is meant, not what this one was made with */
  if (!crm_connection_execute (connection, "DELETE FROM meta", error) ||
      !crm_salvage_add_tables_of (self, connection, error))
    return FALSE;

  for (guint pass = 0; pass < G_N_ELEMENTS (passes); pass++)
    {
      for (guint i = 0; i < self->tables->len; i++)
        {
          CrmSalvageTable *table = g_ptr_array_index (self->tables, i);

          if (passes[pass](table->name) && !read_table (self, table, error))
            return FALSE;
        }
      if (!place_orphans (self, orphans, passes[pass], error))
        return FALSE;

      /* Now it is known what types and fields there are, and whose the records are */
      if (pass == 0 && (!crm_salvage_complete_description (self, error) ||
                        !crm_salvage_make_tables (self, error) || !read_ranges (self, error)))
        return FALSE;
      if (self->progress != NULL)
        self->progress ((pass + 1) * 0.2, self->progress_data);
    }

  return crm_connection_execute (connection, "DELETE FROM meta WHERE key GLOB 'backup_*'", error);
}

/* All in one transaction, so that the new file is as whole as any */
static gboolean
fill_func (CrmConnection *connection, gpointer data, GError **error)
{
  CrmSalvage *self = data;
  gboolean success = fill_tables (self, connection, error);

  for (guint i = 0; i < self->tables->len; i++)
    crm_salvage_table_end (g_ptr_array_index (self->tables, i));

  return success;
}

/* The standard description, for what is lost of it, out of a file of its own; and no enforcing of what the repair will
 * put right */
static gboolean
prepare_func (CrmConnection *connection, gpointer data, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (data, "'", -1);
  g_autofree char *quoted = g_strjoinv ("''", parts);

  return crm_connection_executef (connection, error,
                                  "PRAGMA foreign_keys = OFF; ATTACH '%s' AS standard", quoted);
}

static gboolean
create_standard_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_standard_types_create (connection, error);
}

static gboolean
fill (CrmSalvage *self, const char *path, const char *standard_path, GError **error)
{
  g_autoptr (CrmDatabase) standard = NULL;
  g_autoptr (CrmDatabase) database = NULL;

  standard = crm_database_open (standard_path, CRM_DATABASE_CREATE, NULL, 0, self->cancellable,
                                error);
  if (standard == NULL ||
      !crm_database_write (standard, create_standard_func, NULL, self->cancellable, error))
    return FALSE;
  crm_database_close (standard);

  database = crm_database_open (path, CRM_DATABASE_CREATE, NULL, 0, self->cancellable, error);
  if (database == NULL ||
      !crm_database_maintain (database, prepare_func, (gpointer) standard_path, self->cancellable,
                              error) ||
      !crm_database_write (database, fill_func, self, self->cancellable, error))
    return FALSE;
  crm_database_close (database);

  return TRUE;
}

static gboolean
is_anything_left (CrmSalvage *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmSalvageTable *table = g_ptr_array_index (self->tables, i);

      if (table->n_rows > 0 &&
          (crm_salvage_is_record_table (table->name) || g_str_equal (table->name, "field")))
        return TRUE;
    }

  return FALSE;
}

static gboolean
publish (const char *path,
         const char *temporary,
         const char *new_path,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *files = crm_archive_get_files_folder (path);
  g_autofree char *new_files = crm_archive_get_files_folder (new_path);

  return crm_archive_share_files (files, new_files, error) &&
         crm_archive_replace (new_path, temporary, NULL, NULL, 0, cancellable, error);
}

static void
remove_file (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

void
crm_salvage_report_free (CrmSalvageReport *self)
{
  g_ptr_array_unref (self->sentences);
  g_free (self);
}

CrmSalvageReport *
crm_salvage (const char *path,
             const char *new_path,
             CrmProgressFunc progress,
             gpointer progress_data,
             GCancellable *cancellable,
             GError **error)
{
  g_auto (CrmSalvage) self = { .progress = progress, .progress_data = progress_data };
  g_autoptr (CrmSalvageReport) report = NULL;
  g_autofree char *temporary = NULL;
  g_autofree char *standard = NULL;
  gboolean success;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (new_path != NULL, NULL);

  if (g_file_test (new_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is there already; give the new workspace another name."), new_path);
      return NULL;
    }

  self.cancellable = cancellable;
  self.created = g_array_new (FALSE, FALSE, sizeof (Range));
  self.wreck = crm_wreck_open (path, cancellable, error);
  if (self.wreck == NULL)
    return NULL;
  list_tables (&self);

  report = g_new0 (CrmSalvageReport, 1);
  report->sentences = g_ptr_array_new_with_free_func (g_free);
  temporary = g_strconcat (new_path, ".salvaging", NULL);
  standard = g_strconcat (new_path, ".standard", NULL);
  remove_file (temporary);
  success = fill (&self, temporary, standard, error);
  if (success && !is_anything_left (&self))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_A_WORKSPACE,
                   _ ("Nothing of a workspace is left in “%s”; restore a backup."), path);
      success = FALSE;
    }
  report->lost_values = self.n_lost_values;
  report->damaged_pages = self.n_damaged_pages;
  success = success && crm_salvage_finish (temporary, report, cancellable, error) &&
            publish (path, temporary, new_path, cancellable, error);
  remove_file (temporary);
  remove_file (standard);

  return success ? g_steal_pointer (&report) : NULL;
}
