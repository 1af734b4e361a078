/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes anew what follows from something else: indexes, search index, sort keys, unique keys, what lists show of
 * repeated values, names and last contacts, and how the history holds together. Nothing that somebody entered is
 * changed, unless it points to something that does not exist. */

#include "config.h"

#include "crm-check.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-check-private.h"
#include "crm-error.h"
#include "crm-history-private.h"
#include "crm-search.h"
#include "crm-transaction-core-private.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  CrmStore *store;
  CrmConnection *connection;
  GPtrArray *done; /* of char*: what was put right */
} Repair;

static void
note (Repair *self, const char *where, const char *what, gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%" ID, n);

  if (n > 0)
    /* Translators: where in the workspace, what was put right there, and how often */
    g_ptr_array_add (self->done, g_strdup_printf (_ ("%s: %s (%s)"), where, what, number));
}

/* Runs @sql, takes it, and notes how many rows it changed */
static gboolean
run (Repair *self, const char *where, const char *what, char *sql, GError **error)
{
  g_autofree char *owned = sql;
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self->connection, owned, error);

  if (statement == NULL || !crm_statement_run (statement, error))
    return FALSE;

  note (self, where, what, crm_connection_get_changes (self->connection));
  return TRUE;
}

static char *
name_field (const CrmRecordType *type, const CrmField *field)
{
  /* Translators: a type and one of its fields, "People, E-mails" */
  return g_strdup_printf (_ ("%s, %s"), type->label_many, field->label);
}

/* Records */

static gboolean
repair_states (Repair *self, const CrmRecordType *type, GError **error)
{
  gint64 now = crm_store_get_now (self->store);

  return run (self, type->label_many,
              _ ("moved to the trash, for nothing said whether they are live"),
              g_strdup_printf ("UPDATE " CRM_RECORD_TABLE
                               " SET state = 1, deleted_at = coalesce (deleted_at, %" ID
                               ") WHERE state NOT BETWEEN 0 AND 3",
                               type->id, now),
              error) &&
         run (self, type->label_many,
              _ ("moved to the trash, for what they were merged into does not exist"),
              g_strdup_printf ("UPDATE " CRM_RECORD_TABLE
                               " SET state = 1, merged_into = NULL, deleted_at = coalesce"
                               " (deleted_at, %" ID ") WHERE state = 3 AND NOT EXISTS"
                               " (SELECT 1 FROM " CRM_RECORD_TABLE
                               " AS x WHERE x.id = merged_into)",
                               type->id, now, type->id),
              error);
}

/* Positions from 0 on, without gaps; each moves to a lower one that is free by then */
static gboolean
renumber_items (Repair *self, const char *where, const CrmField *field, GError **error)
{
  g_autofree char *select_sql = NULL;
  g_autofree char *update_sql = NULL;
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (CrmStatement) update = NULL;
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, 3 * sizeof (gint64));
  g_autoptr (GError) local_error = NULL;

  select_sql = g_strdup_printf ("SELECT record, position, wanted FROM (SELECT record, position,"
                                " row_number () OVER (PARTITION BY record ORDER BY position) - 1"
                                " AS wanted FROM " CRM_ITEM_TABLE ") WHERE position <> wanted"
                                " ORDER BY record, position",
                                field->id);
  select = crm_connection_prepare (self->connection, select_sql, error);
  if (select == NULL)
    return FALSE;
  while (crm_statement_step (select, &local_error))
    {
      gint64 move[3] = { crm_statement_get_int (select, 0), crm_statement_get_int (select, 1),
                         crm_statement_get_int (select, 2) };

      g_array_append_vals (moves, move, 1);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  update_sql = g_strdup_printf ("UPDATE " CRM_ITEM_TABLE
                                " SET position = ?3 WHERE record = ?1 AND position = ?2",
                                field->id);
  update = crm_connection_prepare (self->connection, update_sql, error);
  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < moves->len; i++)
    {
      const gint64 *move = (const gint64 *) moves->data + 3 * i;

      for (int j = 0; j < 3; j++)
        crm_statement_bind_int (update, j + 1, move[j]);
      if (!crm_statement_run (update, error))
        return FALSE;
    }
  note (self, where, _ ("values put in order"), moves->len);

  return TRUE;
}

/* The row of the record still says a value that its list has lost: then it goes back into the list */
static gboolean
insert_first (Repair *self,
              const CrmField *field,
              CrmStatement *insert,
              gint64 record,
              CrmStatement *row,
              gboolean *inserted,
              GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  g_autoptr (GError) local_error = NULL;

  *inserted = FALSE;
  crm_statement_bind_int (insert, 1, record);
  crm_statement_bind_int (insert, 2, crm_statement_get_int (row, 2));
  if (crm_field_get_items (field) == CRM_ITEMS_TEXT)
    {
      const char *text = crm_statement_get_text (row, 1);
      g_autoptr (CrmValue) value = crm_value_parse (field, text, crm_store_get_locale (self->store),
                                                    NULL, NULL, NULL);
      const CrmItem *item = value != NULL && crm_value_get_n_items (value) > 0
                                ? crm_value_get_item (value, 0)
                                : NULL;

      if (item == NULL)
        return TRUE;
      crm_statement_bind_text (insert, 3, text);
      crm_statement_bind_text (insert, 4, item->key != NULL ? item->key : text);
    }
  else
    {
      gint64 id = crm_statement_get_int (row, 1);

      crm_statement_bind_int (insert, 3, id);
      if (crm_field_get_items (field) == CRM_ITEMS_RELATIONS)
        {
          const CrmRecordType *target = crm_connection_find_type_of (self->connection, catalogue,
                                                                     id, &local_error);

          if (local_error != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local_error));
              return FALSE;
            }
          if (target == NULL)
            return TRUE;
          crm_statement_bind_int (insert, 4, target->id);
        }
    }

  *inserted = TRUE;
  return crm_statement_run (insert, error);
}

static gboolean
restore_lost_items (Repair *self,
                    const char *where,
                    const CrmRecordType *type,
                    const CrmField *field,
                    GError **error)
{
  static const char *const columns[] = {
    [CRM_ITEMS_NONE] = NULL,
    [CRM_ITEMS_TEXT] = "text, key",
    [CRM_ITEMS_OPTIONS] = "id",
    [CRM_ITEMS_RELATIONS] = "id, type",
  };
  CrmItems items = crm_field_get_items (field);
  g_autofree char *select_sql = NULL;
  g_autofree char *insert_sql = NULL;
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (CrmStatement) insert = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 n = 0;

  select_sql = g_strdup_printf ("SELECT id, " CRM_VALUE_COLUMN ", state = 0 FROM " CRM_RECORD_TABLE
                                " WHERE " CRM_VALUE_COLUMN
                                " IS NOT NULL AND id NOT IN (SELECT record FROM " CRM_ITEM_TABLE
                                ")",
                                field->id, type->id, field->id, field->id);
  insert_sql = g_strdup_printf ("INSERT OR IGNORE INTO " CRM_ITEM_TABLE
                                " (record, position, live, %s) VALUES (?1, 0, ?2, ?3%s)",
                                field->id, columns[items],
                                items == CRM_ITEMS_OPTIONS ? "" : ", ?4");
  select = crm_connection_prepare (self->connection, select_sql, error);
  insert = select != NULL ? crm_connection_prepare (self->connection, insert_sql, error) : NULL;
  if (insert == NULL)
    return FALSE;

  while (crm_statement_step (select, &local_error))
    {
      gboolean inserted;

      if (!insert_first (self, field, insert, crm_statement_get_int (select, 0), select, &inserted,
                         error))
        return FALSE;
      n += inserted ? 1 : 0;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  note (self, where, _ ("values put back into their list"), n);
  return TRUE;
}

static gboolean
repair_items (Repair *self, const CrmRecordType *type, const CrmField *field, GError **error)
{
  g_autofree char *where = name_field (type, field);
  const char *column = crm_field_get_items (field) == CRM_ITEMS_TEXT ? "text" : "id";

  if (!run (self, where, _ ("values of records that do not exist removed"),
            g_strdup_printf ("DELETE FROM " CRM_ITEM_TABLE
                             " WHERE record NOT IN (SELECT id FROM " CRM_RECORD_TABLE ")",
                             field->id, type->id),
            error))
    return FALSE;
  if (crm_field_get_items (field) == CRM_ITEMS_OPTIONS &&
      !run (self, where, _ ("options that do not exist removed"),
            g_strdup_printf ("DELETE FROM " CRM_ITEM_TABLE
                             " WHERE id NOT IN (SELECT id FROM option)",
                             field->id),
            error))
    return FALSE;

  return restore_lost_items (self, where, type, field, error) &&
         renumber_items (self, where, field, error) &&
         /* Away with the marks first: two records may have exchanged a unique value */
         run (self, where, _ ("values marked as not live"),
              g_strdup_printf ("UPDATE " CRM_ITEM_TABLE
                               " SET live = 0 WHERE live <> 0 AND record IN (SELECT id FROM"
                               " " CRM_RECORD_TABLE " WHERE state <> 0)",
                               field->id, type->id),
              error) &&
         run (self, where, _ ("values marked as live"),
              g_strdup_printf ("UPDATE OR IGNORE " CRM_ITEM_TABLE
                               " SET live = 1 WHERE live <> 1 AND record IN (SELECT id FROM"
                               " " CRM_RECORD_TABLE " WHERE state = 0)",
                               field->id, type->id),
              error) &&
         run (self, where, _ ("first values of lists corrected"),
              g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " AS t SET " CRM_VALUE_COLUMN
                               " = (SELECT v.%s FROM " CRM_ITEM_TABLE
                               " AS v WHERE v.record = t.id AND v.position = 0)"
                               " WHERE t." CRM_VALUE_COLUMN
                               " IS NOT (SELECT v.%s FROM " CRM_ITEM_TABLE
                               " AS v WHERE v.record = t.id AND v.position = 0)",
                               type->id, field->id, column, field->id, field->id, column,
                               field->id),
              error);
}

static gboolean
repair_option (Repair *self, const CrmRecordType *type, const CrmField *field, GError **error)
{
  g_autofree char *where = name_field (type, field);

  return run (self, where, _ ("options that do not exist removed"),
              g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " SET " CRM_VALUE_COLUMN
                               " = NULL WHERE " CRM_VALUE_COLUMN " NOT IN (SELECT id FROM option)",
                               type->id, field->id, field->id),
              error);
}

/* Names, sort keys and unique keys, row by row */

typedef struct
{
  const CrmRecordType *type;
  GPtrArray *keyed; /* of CrmField: what has a unique key */
  gboolean has_sort_key;
  CrmStatement *stored; /* the keys of one record */
  CrmStatement *update; /* likewise, with the name */
} Keys;

static void
keys_clear (Keys *keys)
{
  g_clear_pointer (&keys->keyed, g_ptr_array_unref);
  g_clear_pointer (&keys->stored, crm_statement_release);
  g_clear_pointer (&keys->update, crm_statement_release);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, keys_clear)

static gboolean
keys_prepare (Keys *keys, CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autoptr (GString) select = g_string_new (NULL);
  g_autoptr (GString) update = g_string_new (NULL);

  keys->type = type;
  keys->keyed = g_ptr_array_new ();
  keys->has_sort_key = crm_field_has_sort_key (type->label_field);
  g_string_append_printf (select, "SELECT state, " CRM_VALUE_COLUMN, type->label_field->id);
  g_string_append_printf (update,
                          "UPDATE OR IGNORE " CRM_RECORD_TABLE " SET " CRM_VALUE_COLUMN " = ?2",
                          type->id, type->label_field->id);
  if (keys->has_sort_key)
    {
      g_string_append_printf (select, ", " CRM_SORT_KEY_COLUMN, type->label_field->id);
      g_string_append_printf (update, ", " CRM_SORT_KEY_COLUMN " = ?3", type->label_field->id);
    }
  for (guint i = 0; i < type->n_fields; i++)
    if (crm_field_has_unique_key (type->fields[i]))
      {
        g_ptr_array_add (keys->keyed, (gpointer) type->fields[i]);
        g_string_append_printf (select, ", " CRM_UNIQUE_KEY_COLUMN, type->fields[i]->id);
        g_string_append_printf (update, ", " CRM_UNIQUE_KEY_COLUMN " = ?%u", type->fields[i]->id,
                                keys->keyed->len + 3);
      }
  g_string_append_printf (select, " FROM " CRM_RECORD_TABLE " WHERE id = ?1", type->id);
  g_string_append (update, " WHERE id = ?1");

  keys->stored = crm_connection_prepare (connection, select->str, error);
  keys->update = keys->stored != NULL ? crm_connection_prepare (connection, update->str, error)
                                      : NULL;
  return keys->update != NULL;
}

/* Binds @text as parameter of the update; whether it differs from the stored column */
static gboolean
bind_text (Keys *keys, int parameter, int column, const char *text)
{
  const char *stored = crm_statement_is_null (keys->stored, column)
                           ? NULL
                           : crm_statement_get_text (keys->stored, column);

  crm_statement_bind_text (keys->update, parameter, text);
  return g_strcmp0 (stored, text) != 0;
}

static gboolean
bind_sort_key (Keys *keys, CrmStore *store, CrmValue *const *values)
{
  g_autofree char *text = crm_derived_make_sort_text (keys->type, values);
  g_autoptr (GBytes) key = text != NULL
                               ? crm_collation_get_key (crm_store_get_collation (store), text)
                               : g_bytes_new (NULL, 0);
  gsize stored_size = 0;
  const void *stored = crm_statement_get_blob (keys->stored, 2, &stored_size);
  g_autoptr (GBytes) old = g_bytes_new (stored, stored_size);

  if (text != NULL)
    crm_statement_bind_bytes (keys->update, 3, key);
  else
    crm_statement_bind_null (keys->update, 3);
  return !g_bytes_equal (old, key);
}

static void
unref_value (gpointer value)
{
  if (value != NULL)
    crm_value_unref (value);
}

static gboolean
repair_row (Repair *self, Keys *keys, const CrmRecord *record, gint64 *n, GError **error)
{
  const CrmRecordType *type = keys->type;
  g_autoptr (GPtrArray) values = g_ptr_array_new_full (type->n_fields, unref_value);
  const CrmValue *label;
  gboolean differs;
  int column;

  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmValue *value = crm_record_get_value (record, type->fields[i]);

      g_ptr_array_add (values, value != NULL ? crm_value_ref (value) : NULL);
    }
  crm_derived_compute (self->store, type, (CrmValue **) values->pdata);

  crm_statement_bind_int (keys->stored, 1, crm_record_get_id (record));
  if (!crm_statement_step (keys->stored, error))
    return *error == NULL;

  crm_statement_bind_int (keys->update, 1, crm_record_get_id (record));
  label = values->pdata[type->label_field->index];
  differs = bind_text (keys, 2, 1, label != NULL ? crm_value_get_text (label) : NULL);
  if (keys->has_sort_key)
    differs = bind_sort_key (keys, self->store, (CrmValue *const *) values->pdata) || differs;
  column = keys->has_sort_key ? 3 : 2;
  for (guint i = 0; i < keys->keyed->len; i++)
    {
      const CrmField *field = keys->keyed->pdata[i];
      const CrmValue *value = values->pdata[field->index];
      g_autofree char *key = value != NULL ? crm_field_make_unique_key (field, value) : NULL;

      differs = bind_text (keys, (int) i + 4, column + (int) i, key) || differs;
    }
  crm_statement_reset (keys->stored);

  if (!differs)
    {
      crm_statement_reset (keys->update);
      return TRUE;
    }
  *n += 1;
  return crm_statement_run (keys->update, error);
}

static gboolean
repair_rows (Repair *self, const CrmRecordType *type, GError **error)
{
  g_auto (Keys) keys = { 0 };
  g_autoptr (CrmRecordLoader) loader = NULL;
  g_autoptr (CrmStatement) ids = NULL;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE, type->id);
  gint64 n = 0;

  if (type->label_field == NULL ||
      crm_kind_get_info (type->label_field->kind)->storage != CRM_STORAGE_TEXT)
    return TRUE;

  loader = crm_record_loader_new (self->connection, NULL, type, NULL, -1, error);
  ids = loader != NULL ? crm_connection_prepare (self->connection, sql, error) : NULL;
  if (ids == NULL || !keys_prepare (&keys, self->connection, type, error))
    return FALSE;

  while (crm_statement_step (ids, &local_error))
    {
      gint64 id = crm_statement_get_int (ids, 0);

      g_array_append_val (all, id);
    }
  for (guint i = 0; local_error == NULL && i < all->len; i++)
    {
      g_autoptr (CrmRecord) record = NULL;

      record = crm_record_loader_load (loader, g_array_index (all, gint64, i), &local_error);
      if (record != NULL)
        repair_row (self, &keys, record, &n, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  note (self, type->label_many, _ ("names, sort keys and unique keys made anew"), n);
  return TRUE;
}

/* The newest activity about each record */
static gboolean
repair_contacts (Repair *self, const CrmRecordType *type, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  const CrmRecordType *activities = crm_catalogue_find_type (catalogue, "activities");
  const CrmField *field = crm_record_type_find_field (type, "last_contacted");
  const CrmField *about = NULL;
  const CrmField *when = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *where = NULL;

  if (field == NULL)
    field = crm_record_type_find_field (type, "last_activity");
  if (activities != NULL)
    {
      about = crm_record_type_find_field (activities, "about");
      when = crm_record_type_find_field (activities, "when");
    }
  if (field == NULL || about == NULL || when == NULL || !crm_derived_is_computed (type, field))
    return TRUE;

  where = name_field (type, field);
  newest = g_strdup_printf ("(SELECT max (a." CRM_VALUE_COLUMN ") FROM " CRM_ITEM_TABLE
                            " AS v JOIN " CRM_RECORD_TABLE
                            " AS a ON a.id = v.record WHERE v.id = t.id AND v.live = 1"
                            " AND a.state = 0)",
                            when->id, about->id, activities->id);
  return run (self, where, _ ("found anew from the activities"),
              g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " AS t SET " CRM_VALUE_COLUMN
                               " = %s WHERE " CRM_VALUE_COLUMN " IS NOT %s",
                               type->id, field->id, newest, field->id, newest),
              error);
}

static gboolean
repair_type (Repair *self, const CrmRecordType *type, GError **error)
{
  if (!repair_states (self, type, error))
    return FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (crm_kind_is_repeated (field->kind) && !repair_items (self, type, field, error))
        return FALSE;
      if (field->kind == CRM_KIND_CHOICE && !repair_option (self, type, field, error))
        return FALSE;
    }

  return repair_rows (self, type, error);
}

static gboolean
repair_func (CrmConnection *connection, gpointer data, GError **error)
{
  Repair *self = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);

  self->connection = connection;
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!repair_type (self, crm_catalogue_get_type_at (catalogue, i), error))
      return FALSE;
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!repair_contacts (self, crm_catalogue_get_type_at (catalogue, i), error))
      return FALSE;

  return crm_check_repair_history (self->store, connection, self->done, error) &&
         crm_search_rebuild (self->store, connection, NULL, error);
}

/* Indexes are made of the rows. Where the rows themselves are damaged this fails too. */
static gboolean
reindex_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_execute (connection, "REINDEX", error);
}

static gboolean
repair_file (CrmStore *store, GPtrArray *done, GCancellable *cancellable, GError **error)
{
  CrmDatabase *database = crm_store_get_database (store);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  if (!crm_database_verify (database, findings, cancellable, error))
    return FALSE;
  if (findings->len == 0)
    return TRUE;

  if (crm_database_write (database, reindex_func, NULL, cancellable, NULL))
    {
      g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);

      if (!crm_database_verify (database, left, cancellable, error))
        return FALSE;
      if (left->len < findings->len)
        note (&(Repair){ .done = done }, _ ("Workspace"), _ ("indexes made anew"),
              findings->len - left->len);
    }

  return TRUE;
}

gboolean
crm_check_repair (CrmStore *store, GPtrArray *done, GCancellable *cancellable, GError **error)
{
  Repair repair = { .store = store, .done = done };
  guint n_before;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (done != NULL, FALSE);

  n_before = done->len;
  if (!repair_file (store, done, cancellable, error) ||
      !crm_database_write (crm_store_get_database (store), repair_func, &repair, cancellable,
                           error))
    return FALSE;

  g_ptr_array_insert (done, (int) n_before, g_strdup (_ ("The search index was made anew.")));
  return TRUE;
}
