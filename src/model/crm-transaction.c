/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of an act: its beginning, its log, its end. What it writes is in
 * crm-transaction-rows.c (values), -states.c (states) and -clashes.c (unique values).
 *
 * Nothing is written to the history before the first change, so an act that
 * changes nothing leaves nothing. */

#include "crm-transaction-core-private.h"

#include <glib/gi18n.h>

#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-search.h"

#define ID G_GINT64_FORMAT

static void
statement_clear (gpointer statement)
{
  if (statement != NULL)
    crm_statement_release (statement);
}

static void
writer_clear_statements (CrmTypeWriter *writer)
{
  g_clear_pointer (&writer->insert, crm_statement_release);
  g_clear_pointer (&writer->is_inserted, g_free);
  g_clear_pointer (&writer->insert_items, g_ptr_array_unref);
  g_clear_pointer (&writer->delete_items, g_ptr_array_unref);
  g_clear_pointer (&writer->insert_search, crm_statement_release);
  g_clear_pointer (&writer->delete_search, crm_statement_release);
  g_clear_pointer (&writer->loader, crm_record_loader_free);
}

static void
writer_free (gpointer data)
{
  CrmTypeWriter *writer = data;

  writer_clear_statements (writer);
  g_clear_pointer (&writer->dropped, g_ptr_array_unref);
  g_free (writer);
}

CrmTypeWriter *
crm_transaction_get_writer (CrmTransaction *self, const CrmRecordType *type)
{
  CrmTypeWriter *writer = g_hash_table_lookup (self->writers, &type->id);

  if (writer == NULL)
    {
      writer = g_new0 (CrmTypeWriter, 1);
      g_hash_table_insert (self->writers, g_memdup2 (&type->id, sizeof type->id), writer);
    }
  if (writer->catalogue != self->catalogue)
    {
      /* The caller may hold an older snapshot than the act's own: the newest one counts */
      const CrmRecordType *newest = crm_catalogue_get_type (self->catalogue, type->id);

      writer_clear_statements (writer);
      writer->type = newest != NULL ? newest : type;
      writer->catalogue = self->catalogue;
    }
  if (writer->insert_items == NULL)
    {
      writer->is_inserted = g_new0 (gboolean, writer->type->n_fields + 1);
      writer->insert_items = g_ptr_array_new_with_free_func (statement_clear);
      writer->delete_items = g_ptr_array_new_with_free_func (statement_clear);
      g_ptr_array_set_size (writer->insert_items, (int) writer->type->n_fields);
      g_ptr_array_set_size (writer->delete_items, (int) writer->type->n_fields);
    }
  return writer;
}

/* The log */

gboolean
crm_transaction_start_act (CrmTransaction *self, GError **error)
{
  g_autoptr (CrmStatement) act = NULL;
  g_autoptr (CrmStatement) set = NULL;

  if (self->act_id != 0)
    return TRUE;

  act = crm_connection_prepare (self->connection,
                                "INSERT INTO act (kind, time, actor, source) "
                                "VALUES (?1, ?2, ?3, ?4) RETURNING id",
                                error);
  if (act == NULL)
    return FALSE;
  crm_statement_bind_text (act, 1, crm_act_kind_to_name (self->kind));
  crm_statement_bind_int (act, 2, self->now);
  if (self->actor != 0)
    crm_statement_bind_int (act, 3, self->actor);
  crm_statement_bind_text (act, 4, crm_source_to_name (self->source));
  if (!crm_statement_step (act, error))
    return FALSE;
  self->act_id = crm_statement_get_int (act, 0);
  crm_statement_reset (act);

  set = crm_connection_prepare (
      self->connection, "INSERT INTO change_set (act_id, time) VALUES (?1, ?2) RETURNING id",
      error);
  if (set == NULL)
    return FALSE;
  crm_statement_bind_int (set, 1, self->act_id);
  crm_statement_bind_int (set, 2, self->now);
  if (!crm_statement_step (set, error))
    return FALSE;
  self->set_id = crm_statement_get_int (set, 0);
  return TRUE;
}

gboolean
crm_transaction_created_here (CrmTransaction *self, gint64 id)
{
  return self->first_id != 0 && id >= self->first_id;
}

static void
note_subject (CrmTransaction *self, const CrmRecordType *type, gint64 id)
{
  crm_news_add_type (self->news, type->id);
  if (self->subject_type == NULL && !self->subject_is_set)
    {
      self->subject_type = type;
      self->subject_id = id;
    }
}

void
crm_transaction_count (CrmTransaction *self, gint64 type_id, gint64 created, gint64 changed)
{
  CrmTypeCount *count = g_hash_table_lookup (self->counts, &type_id);

  if (count == NULL)
    {
      count = g_new0 (CrmTypeCount, 1);
      g_hash_table_insert (self->counts, g_memdup2 (&type_id, sizeof type_id), count);
    }
  count->created += created;
  count->changed += changed;
}

void
crm_transaction_touch (CrmTransaction *self, const CrmRecordType *type, gint64 id)
{
  if (crm_transaction_created_here (self, id))
    return;
  note_subject (self, type, id);
  if (crm_id_set_add (self->touched, id))
    crm_transaction_count (self, type->id, 0, 1);
}

gboolean
crm_transaction_log (CrmTransaction *self,
                     const CrmRecordType *type,
                     gint64 id,
                     gint64 field_id,
                     CrmChangeOp op,
                     const char *old_text,
                     const char *new_text,
                     const CrmStamps *was,
                     GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  if (!crm_transaction_start_act (self, error))
    return FALSE;

  /* A field changed twice by one act is one change, from the first value to the last */
  statement = crm_connection_prepare (
      self->connection,
      "INSERT INTO change (set_id, record_id, field_id, op, old, new, was_updated_at, was_updated_by) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
      "ON CONFLICT (set_id, record_id, field_id) DO UPDATE SET op = excluded.op, new = excluded.new",
      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, self->set_id);
  crm_statement_bind_int (statement, 2, id);
  crm_statement_bind_int (statement, 3, field_id);
  crm_statement_bind_int (statement, 4, op);
  crm_statement_bind_text (statement, 5, old_text);
  crm_statement_bind_text (statement, 6, new_text);
  if (was != NULL && crm_id_set_add (self->stamped, id))
    {
      crm_statement_bind_int (statement, 7, was->updated_at);
      if (was->updated_by != 0)
        crm_statement_bind_int (statement, 8,
                                was->updated_by == self->actor ? CRM_CHANGE_BY_ACTOR
                                                               : was->updated_by);
    }
  if (!crm_statement_run (statement, error))
    return FALSE;

  crm_transaction_touch (self, type, id);
  if (field_id > 0)
    {
      if (self->subject_field == 0)
        self->subject_field = field_id;
      else if (self->subject_field != field_id)
        self->subject_field = -1;
    }
  return TRUE;
}

gboolean
crm_transaction_log_range (CrmTransaction *self,
                           const CrmRecordType *type,
                           gint64 first,
                           gint64 last,
                           int old_state,
                           CrmState new_state,
                           GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  if (!crm_transaction_start_act (self, error))
    return FALSE;
  statement = crm_connection_prepare (
      self->connection,
      "INSERT INTO change_range (set_id, type_id, first_id, last_id, old_state, new_state) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, self->set_id);
  crm_statement_bind_int (statement, 2, type->id);
  crm_statement_bind_int (statement, 3, first);
  crm_statement_bind_int (statement, 4, last);
  if (old_state >= 0)
    crm_statement_bind_int (statement, 5, old_state);
  crm_statement_bind_int (statement, 6, new_state);
  note_subject (self, type, first);
  return crm_statement_run (statement, error);
}

gboolean
crm_transaction_log_catalogue (CrmTransaction *self,
                               const char *object,
                               gint64 object_id,
                               const char *attribute,
                               const char *old_text,
                               const char *new_text,
                               GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  if (crm_transaction_is_rehearsal (self))
    return TRUE;
  if (!crm_transaction_start_act (self, error))
    return FALSE;
  statement = crm_connection_prepare (
      self->connection,
      "INSERT INTO catalogue_change (set_id, object, object_id, attribute, old, new) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
      "ON CONFLICT (set_id, object, object_id, attribute) DO UPDATE SET new = excluded.new",
      error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, self->set_id);
  crm_statement_bind_text (statement, 2, object);
  crm_statement_bind_int (statement, 3, object_id);
  crm_statement_bind_text (statement, 4, attribute);
  crm_statement_bind_text (statement, 5, old_text);
  crm_statement_bind_text (statement, 6, new_text);
  return crm_statement_run (statement, error);
}

gboolean
crm_transaction_set_catalogue (CrmTransaction *self,
                               const char *object,
                               gint64 object_id,
                               const char *attribute,
                               const char *value,
                               GError **error)
{
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (CrmStatement) update = NULL;
  g_autofree char *select_sql = NULL;
  g_autofree char *update_sql = NULL;
  g_autofree char *old = NULL;
  const char *table = g_str_equal (object, "type") ? "record_type" : object;

  select_sql = g_strdup_printf ("SELECT CAST (%s AS TEXT) FROM %s WHERE id = ?1", attribute, table);
  select = crm_connection_prepare (self->connection, select_sql, error);
  if (select == NULL)
    return FALSE;
  crm_statement_bind_int (select, 1, object_id);
  if (!crm_statement_step (select, error))
    return FALSE;
  old = g_strdup (crm_statement_get_text (select, 0));
  crm_statement_reset (select);
  if (g_strcmp0 (old, value) == 0)
    return TRUE;

  update_sql = g_strdup_printf ("UPDATE %s SET %s = ?2 WHERE id = ?1", table, attribute);
  update = crm_connection_prepare (self->connection, update_sql, error);
  if (update == NULL)
    return FALSE;
  crm_statement_bind_int (update, 1, object_id);
  crm_statement_bind_text (update, 2, value);
  return crm_statement_run (update, error) &&
         crm_transaction_log_catalogue (self, object, object_id, attribute, old, value, error);
}

gboolean
crm_transaction_reload_catalogue (CrmTransaction *self, GError **error)
{
  CrmCatalogue *catalogue = crm_catalogue_load (self->connection, error);

  if (catalogue == NULL)
    return FALSE;
  g_ptr_array_add (self->catalogues, catalogue);
  self->catalogue = catalogue;
  self->news->catalogue = TRUE;
  return TRUE;
}

gboolean
crm_transaction_set_undoes (CrmTransaction *self, gint64 act_id, gboolean undone, GError **error)
{
  g_autoptr (CrmStatement) own = NULL;
  g_autoptr (CrmStatement) other = NULL;

  if (!crm_transaction_start_act (self, error))
    return FALSE;
  own = crm_connection_prepare (self->connection, "UPDATE act SET undoes = ?2 WHERE id = ?1",
                                error);
  other = own != NULL
              ? crm_connection_prepare (self->connection,
                                        "UPDATE act SET undone_by = ?2 WHERE id = ?1", error)
              : NULL;
  if (other == NULL)
    return FALSE;
  crm_statement_bind_int (own, 1, self->act_id);
  crm_statement_bind_int (own, 2, act_id);
  crm_statement_bind_int (other, 1, act_id);
  if (undone)
    crm_statement_bind_int (other, 2, self->act_id);
  return crm_statement_run (own, error) && crm_statement_run (other, error);
}

/* The end */

static gboolean
store_last_id (CrmTransaction *self, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  if (self->first_id == 0)
    return TRUE;
  statement = crm_connection_prepare (self->connection,
                                      "INSERT INTO meta (key, value) VALUES ('last_id', ?1) "
                                      "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                      error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, self->next_id - 1);
  return crm_statement_run (statement, error);
}

static gboolean
rebuild_indexes (CrmTransaction *self, CrmTypeWriter *writer, GError **error)
{
  if (!writer->bulk)
    return TRUE;

  writer_clear_statements (writer);
  for (guint i = 0; i < writer->dropped->len; i++)
    {
      if (!crm_connection_recreate_indexes (self->connection,
                                            g_ptr_array_index (writer->dropped, i), error))
        return FALSE;
      crm_transaction_advance (self, writer->n_steps_left / 2 / writer->dropped->len);
    }
  g_clear_pointer (&writer->dropped, g_ptr_array_unref);
  writer->bulk = FALSE;
  return crm_search_set_bulk (self->connection, writer->type, FALSE, error);
}

gboolean
crm_transaction_end_bulk (CrmTransaction *self, GError **error)
{
  GHashTableIter iter;
  gpointer writer;

  g_hash_table_iter_init (&iter, self->writers);
  while (g_hash_table_iter_next (&iter, NULL, &writer))
    if (!rebuild_indexes (self, writer, error))
      return FALSE;
  return TRUE;
}

static gboolean
finish_writers (CrmTransaction *self, gint64 *n_created, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->writers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CrmTypeWriter *writer = value;

      if (writer->n_created > 0 &&
          !crm_transaction_log_range (self, writer->type, writer->first_created,
                                      writer->last_created, -1, CRM_STATE_LIVE, error))
        return FALSE;
      *n_created += writer->n_created;
      if (writer->n_created > 0)
        crm_transaction_count (self, writer->type->id, writer->n_created, 0);

      if (writer->search_is_stale &&
          !crm_search_rebuild (self->store, self->connection, writer->type, error))
        return FALSE;
      crm_transaction_advance (self, writer->n_steps_left / 2);
      if (!rebuild_indexes (self, writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
word_act (CrmTransaction *self, gint64 records, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (self->connection,
                                      "UPDATE act SET type_id = ?2, record_id = ?3, field_id = ?4, "
                                      "records = ?5 WHERE id = ?1",
                                      error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, self->act_id);
  if (self->subject_type != NULL)
    crm_statement_bind_int (statement, 2, self->subject_type->id);
  if (self->subject_id != 0)
    crm_statement_bind_int (statement, 3, self->subject_id);
  if (self->subject_field > 0)
    crm_statement_bind_int (statement, 4, self->subject_field);
  crm_statement_bind_int (statement, 5, records);
  return crm_statement_run (statement, error);
}

/* For the history of a type, and for the wording */
static gboolean
store_counts (CrmTransaction *self, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (self->subject_type != NULL)
    crm_transaction_count (self, self->subject_type->id, 0, 0);
  statement = crm_connection_prepare (self->connection,
                                      "INSERT INTO act_type (act_id, type_id, created, changed) "
                                      "VALUES (?1, ?2, ?3, ?4)",
                                      error);
  if (statement == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const CrmTypeCount *count = value;

      crm_statement_bind_int (statement, 1, self->act_id);
      crm_statement_bind_int (statement, 2, *(const gint64 *) key);
      crm_statement_bind_int (statement, 3, count->created);
      crm_statement_bind_int (statement, 4, count->changed);
      if (!crm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Everything that can only be done once all is written */
static gboolean
finish (CrmTransaction *self, gint64 *records, GError **error)
{
  gint64 n_created = 0;

  if (!crm_transaction_try_set_aside (self, error) || !crm_derived_update_contacts (self, error) ||
      !finish_writers (self, &n_created, error))
    return FALSE;

  *records = n_created + self->n_in_ranges + crm_id_set_get_count (self->touched);
  if (self->act_id == 0)
    return TRUE;
  return store_last_id (self, error) && word_act (self, *records, error) &&
         store_counts (self, error);
}

typedef struct
{
  CrmTransaction *transaction;
  CrmWriteFunc func;
  gpointer data;
  gint64 records;
} Write;

/* Another process may have added types or fields since this one read them */
static gboolean
refresh_catalogue (CrmTransaction *self, GError **error)
{
  gint64 newest = 0;
  gint64 known = 0;

  if (!crm_connection_query_int (self->connection,
                                 "SELECT coalesce(max(set_id), 0) FROM catalogue_change", 0,
                                 &newest, error))
    return FALSE;
  known = crm_catalogue_get_change_set (self->catalogue);
  return newest == known || crm_transaction_reload_catalogue (self, error);
}

gboolean
crm_transaction_begin (CrmTransaction *self, CrmConnection *connection, GError **error)
{
  self->connection = connection;
  self->catalogue = crm_store_get_catalogue (self->store);
  self->now = crm_store_get_now (self->store);
  self->actor = crm_store_get_me (self->store);

  return refresh_catalogue (self, error);
}

static gboolean
write_func (CrmConnection *connection, gpointer data, GError **error)
{
  Write *write = data;
  CrmTransaction *self = write->transaction;
  gboolean ok;

  ok = crm_transaction_begin (self, connection, error) && write->func (self, write->data, error) &&
       finish (self, &write->records, error);

  /* The statements go back while the connection is still lent */
  g_hash_table_remove_all (self->writers);
  return ok;
}

static GHashTable *
id_table_new (GDestroyNotify value_free)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, value_free);
}

void
crm_transaction_init (CrmTransaction *self, CrmStore *store, CrmActKind kind, CrmSource source)
{
  self->store = store;
  self->kind = kind;
  self->source = source;
  self->catalogues = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_catalogue_unref);
  self->writers = id_table_new (writer_free);
  self->touched = crm_id_set_new ();
  self->counts = id_table_new (g_free);
  self->stamped = crm_id_set_new ();
  self->contacts = id_table_new (NULL);
  self->set_aside = g_ptr_array_new_with_free_func (g_free);
  self->clashes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_clash_free);
  self->search_name = g_string_new (NULL);
  self->search_keys = g_string_new (NULL);
  self->search_rest = g_string_new (NULL);
  self->news = crm_news_new ();
}

void
crm_transaction_clear (CrmTransaction *self)
{
  g_clear_pointer (&self->catalogues, g_ptr_array_unref);
  g_clear_pointer (&self->writers, g_hash_table_unref);
  g_clear_pointer (&self->touched, crm_id_set_free);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->stamped, crm_id_set_free);
  g_clear_pointer (&self->contacts, g_hash_table_unref);
  g_clear_pointer (&self->set_aside, g_ptr_array_unref);
  g_clear_pointer (&self->clashes, g_ptr_array_unref);
  g_clear_pointer (&self->news, crm_news_unref);
  if (self->guard_state != NULL)
    crm_store_get_guard (self->store)->free_state (self->guard_state);
  g_string_free (self->search_name, TRUE);
  g_string_free (self->search_keys, TRUE);
  g_string_free (self->search_rest, TRUE);
}

/* What is told of them outlives the snapshots that are rolled back with the act */
static GPtrArray *
take_clashes (CrmTransaction *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  GPtrArray *clashes = g_steal_pointer (&self->clashes);

  for (guint i = clashes->len; i > 0; i--)
    {
      CrmClash *clash = g_ptr_array_index (clashes, i - 1);

      clash->field = crm_catalogue_get_field (catalogue, clash->field->id);
      if (clash->field == NULL)
        g_ptr_array_remove_index (clashes, i - 1);
    }
  return clashes;
}

/* The act is done; that nobody can be asked who "me" is by now does not take it back */
static void
reload_me (CrmTransaction *self)
{
  const CrmRecordType *members = crm_catalogue_find_type (crm_store_get_catalogue (self->store),
                                                          "members");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; members != NULL && i < self->news->types->len; i++)
    if (g_array_index (self->news->types, gint64, i) == members->id &&
        !crm_store_reload_me (self->store, &error))
      g_debug ("%s", error->message);
}

gboolean
crm_store_write (CrmStore *store,
                 CrmActKind kind,
                 CrmSource source,
                 CrmWriteFunc func,
                 gpointer data,
                 GCancellable *cancellable,
                 CrmWriteResult *result,
                 GError **error)
{
  CrmTransaction self = { 0 };
  Write write = { &self, func, data, 0 };
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (result != NULL)
    *result = (CrmWriteResult){ 0 };

  crm_transaction_init (&self, store, kind, source);
  ok = crm_database_write (crm_store_get_database (store), write_func, &write, cancellable, error);
  if (ok)
    {
      for (guint i = 0; i < self.catalogues->len; i++)
        crm_store_take_catalogue (store,
                                  crm_catalogue_ref (g_ptr_array_index (self.catalogues, i)));
      if (self.act_id != 0)
        {
          self.news->act_id = self.act_id;
          reload_me (&self);
          crm_store_publish (store, g_steal_pointer (&self.news), self.set_id);
        }
      if (result != NULL)
        {
          result->act_id = self.act_id;
          result->records = write.records;
        }
    }
  else if (result != NULL && self.clashes->len > 0)
    result->clashes = take_clashes (&self);

  crm_transaction_clear (&self);
  return ok;
}

void
crm_write_result_clear (CrmWriteResult *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->clashes, g_ptr_array_unref);
}

CrmStore *
crm_transaction_get_store (CrmTransaction *self)
{
  return self->store;
}

gboolean
crm_transaction_is_import (CrmTransaction *self)
{
  return self->kind == CRM_ACT_IMPORT;
}

CrmConnection *
crm_transaction_get_connection (CrmTransaction *self)
{
  return self->connection;
}

const CrmCatalogue *
crm_transaction_get_catalogue (CrmTransaction *self)
{
  return self->catalogue;
}

gint64
crm_transaction_get_act_id (CrmTransaction *self)
{
  return self->act_id;
}

gint64
crm_transaction_get_set_id (CrmTransaction *self)
{
  return self->set_id;
}

void
crm_transaction_set_progress (CrmTransaction *self,
                              CrmProgressFunc progress,
                              gpointer data,
                              gint64 n_steps)
{
  self->progress = progress;
  self->progress_data = data;
  self->n_steps = n_steps;
}

void
crm_transaction_advance (CrmTransaction *self, gint64 n_steps)
{
  double fraction;

  self->n_steps_done += n_steps;
  if (self->progress == NULL || self->n_steps <= 0)
    return;

  /* Nobody sees less than a thousandth */
  fraction = MIN ((double) self->n_steps_done / (double) self->n_steps, 1.0);
  if (fraction < self->told_fraction + 0.001)
    return;
  self->told_fraction = fraction;
  self->progress (fraction, self->progress_data);
}

void
crm_transaction_set_subject (CrmTransaction *self,
                             const CrmRecordType *type,
                             gint64 record_id,
                             const CrmField *field)
{
  self->subject_is_set = TRUE;
  self->subject_type = type;
  self->subject_id = record_id;
  if (field != NULL)
    self->subject_field = field->id;
}
