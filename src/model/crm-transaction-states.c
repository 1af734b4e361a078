/* SPDX-License-Identifier: GPL-3.0-or-later */

/* States: the trash, undone creations, merged records, destruction. Whatever
 * is not live is out of the unique indexes, the item tables' live rows and
 * the search index, but keeps its values. */

#include "crm-transaction-core-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-search.h"

#define ID G_GINT64_FORMAT

/* Fewer records are changed one by one */
#define MIN_BULK 1000

static gboolean
run_with_ids (CrmTransaction *self, const char *sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, first);
  crm_statement_bind_int (statement, 2, second);
  return crm_statement_run (statement, error);
}

/* Takes the record's items in or out of the live ones; those that somebody else has are set aside */
static gboolean
set_items_live (CrmTransaction *self,
                CrmTypeWriter *writer,
                gint64 id,
                gboolean live,
                GError **error)
{
  for (guint i = 0; i < writer->type->n_fields; i++)
    {
      const CrmField *field = writer->type->fields[i];
      g_autofree char *sql = NULL;

      if (!crm_kind_is_repeated (field->kind))
        continue;
      if (live && (field->flags & CRM_FIELD_UNIQUE) != 0)
        {
          crm_transaction_set_aside (self, field, id);
          continue;
        }
      sql = g_strdup_printf ("UPDATE OR FAIL " CRM_ITEM_TABLE " SET live = ?2 WHERE record = ?1",
                             field->id);
      if (!run_with_ids (self, sql, id, live, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
clear_unique_keys (CrmTransaction *self, CrmTypeWriter *writer, gint64 id, GError **error)
{
  for (guint i = 0; i < writer->type->n_fields; i++)
    {
      const CrmField *field = writer->type->fields[i];
      g_autofree char *sql = NULL;

      if (!crm_field_has_unique_key (field))
        continue;
      sql = g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " SET " CRM_UNIQUE_KEY_COLUMN
                             " = NULL WHERE id = ?1 AND ?2 = 0",
                             writer->type->id, field->id);
      if (!run_with_ids (self, sql, id, 0, error))
        return FALSE;
      crm_transaction_set_aside (self, field, id);
    }
  return TRUE;
}

static gboolean
write_state (CrmTransaction *self,
             CrmTypeWriter *writer,
             gint64 id,
             CrmState to,
             gint64 merged_into,
             GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " SET state = ?2, merged_into = ?3, "
                         "deleted_at = ?4, deleted_by = ?5 WHERE id = ?1",
                         writer->type->id);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_int (statement, 2, to);
  if (merged_into != 0)
    crm_statement_bind_int (statement, 3, merged_into);
  /* Since when it is not live any more, and by whom */
  if (to != CRM_STATE_LIVE)
    {
      crm_statement_bind_int (statement, 4, self->now);
      if (self->actor != 0)
        crm_statement_bind_int (statement, 5, self->actor);
    }
  return crm_statement_run (statement, error);
}

static gboolean
log_state (CrmTransaction *self,
           CrmTypeWriter *writer,
           const CrmRecord *record,
           CrmState to,
           gint64 merged_into,
           GError **error)
{
  gint64 id = crm_record_get_id (record);
  gint64 was_merged_into = crm_record_get_merged_into (record);
  g_autofree char *old_state = g_strdup_printf ("%d", crm_record_get_state (record));
  g_autofree char *new_state = g_strdup_printf ("%d", to);

  if (!crm_transaction_log (self, writer->type, id, CRM_CHANGE_FIELD_STATE, CRM_CHANGE_STATE,
                            old_state, new_state, NULL, error))
    return FALSE;
  if (was_merged_into != merged_into)
    {
      g_autofree char *old_text = was_merged_into != 0 ? g_strdup_printf ("%" ID, was_merged_into)
                                                       : NULL;
      g_autofree char *new_text = merged_into != 0 ? g_strdup_printf ("%" ID, merged_into) : NULL;

      return crm_transaction_log (self, writer->type, id, CRM_CHANGE_FIELD_MERGED_INTO,
                                  CRM_CHANGE_STATE, old_text, new_text, NULL, error);
    }
  return TRUE;
}

static CrmValue **
borrow_values (const CrmRecordType *type, const CrmRecord *record)
{
  CrmValue **values = g_new0 (CrmValue *, type->n_fields + 1);

  for (guint i = 0; i < type->n_fields; i++)
    values[i] = crm_record_get_value (record, type->fields[i]);
  return values;
}

/* Everything but the log */
static gboolean
change_state (CrmTransaction *self,
              CrmTypeWriter *writer,
              const CrmRecord *record,
              CrmState to,
              gint64 merged_into,
              GError **error)
{
  gint64 id = crm_record_get_id (record);
  gboolean was_live = crm_record_get_state (record) == CRM_STATE_LIVE;
  gboolean lives = to == CRM_STATE_LIVE;
  g_autofree CrmValue **values = borrow_values (writer->type, record);

  if (was_live && !crm_transaction_remove_search (self, writer, id, values, error))
    return FALSE;
  if (lives && !clear_unique_keys (self, writer, id, error))
    return FALSE;
  if (was_live != lives && !set_items_live (self, writer, id, lives, error))
    return FALSE;
  if (!write_state (self, writer, id, to, merged_into, error))
    return FALSE;
  if (lives && !crm_transaction_add_search (self, writer, id, values, error))
    return FALSE;

  crm_news_add (self->news, lives ? self->news->created : self->news->removed, id);
  crm_news_add_type (self->news, writer->type->id);
  crm_derived_note_contacts (self, writer->type, values);
  return TRUE;
}

/* %NULL with %CRM_ERROR_NOT_FOUND where it is not in state @from */
static CrmRecord *
load_in_state (CrmTransaction *self,
               CrmTypeWriter *writer,
               gint64 id,
               CrmState from,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CrmRecord) record = crm_transaction_load (self, writer, id, &local_error);
  g_autofree char *id_text = g_strdup_printf ("%" ID, id);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (record != NULL && crm_record_get_state (record) == from)
    return g_steal_pointer (&record);

  if (record != NULL && from == CRM_STATE_LIVE &&
      crm_record_get_state (record) == CRM_STATE_TRASHED)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("The record %s is in the trash already. Restore it first."), id_text);
  else if (record != NULL && from == CRM_STATE_TRASHED)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("The record %s is not in the trash. Look into it with “trash list”."), id_text);
  else
    crm_record_set_not_found (error, writer->type, id);
  return NULL;
}

gboolean
crm_transaction_set_state (CrmTransaction *self,
                           const CrmRecordType *type,
                           gint64 id,
                           CrmState from,
                           CrmState to,
                           gint64 merged_into,
                           GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  g_autoptr (CrmRecord) record = load_in_state (self, writer, id, from, error);

  if (record == NULL)
    return FALSE;
  if (crm_transaction_is_rehearsal (self))
    {
      g_autofree CrmValue **values = borrow_values (writer->type, record);

      return crm_transaction_rehearse (self, writer, id, to, values, error);
    }
  return log_state (self, writer, record, to, merged_into, error) &&
         change_state (self, writer, record, to, merged_into, error);
}

gboolean
crm_transaction_trash (CrmTransaction *self, const CrmRecordType *type, gint64 id, GError **error)
{
  return crm_transaction_set_state (self, type, id, CRM_STATE_LIVE, CRM_STATE_TRASHED, 0, error);
}

gboolean
crm_transaction_restore (CrmTransaction *self, const CrmRecordType *type, gint64 id, GError **error)
{
  return crm_transaction_set_state (self, type, id, CRM_STATE_TRASHED, CRM_STATE_LIVE, 0, error);
}

static gboolean
delete_items (CrmTransaction *self, gint64 field_id, gint64 id, GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("DELETE FROM " CRM_ITEM_TABLE " WHERE record = ?1 AND ?2 = 0", field_id);
  return run_with_ids (self, sql, id, 0, error);
}

/* Fields that were removed keep their values for undo, but not those of a record that is gone */
static gboolean
delete_hidden_items (CrmTransaction *self, const CrmRecordType *type, gint64 id, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = crm_connection_prepare (self->connection,
                                      "SELECT id FROM field AS f WHERE type_id = ?1 AND state <> 0"
                                      " AND EXISTS (SELECT 1 FROM sqlite_master"
                                      " WHERE type = 'table' AND name = 'v' || f.id)",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, type->id);
  while (crm_statement_step (statement, &local_error))
    if (!delete_items (self, crm_statement_get_int (statement, 0), id, error))
      return FALSE;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gboolean
crm_transaction_destroy (CrmTransaction *self, const CrmRecordType *type, gint64 id, GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  g_autoptr (CrmRecord) record = load_in_state (self, writer, id, CRM_STATE_TRASHED, error);
  g_autofree char *sql = NULL;

  if (record == NULL)
    return FALSE;

  type = writer->type;
  for (guint i = 0; i < type->n_fields; i++)
    if (crm_kind_is_repeated (type->fields[i]->kind) &&
        !delete_items (self, type->fields[i]->id, id, error))
      return FALSE;
  sql = g_strdup_printf ("DELETE FROM " CRM_RECORD_TABLE " WHERE id = ?1 AND ?2 = 0", type->id);
  if (!delete_hidden_items (self, type, id, error) || !run_with_ids (self, sql, id, 0, error) ||
      !run_with_ids (
          self, "UPDATE change SET old = NULL, new = NULL WHERE record_id = ?1 AND field_id > ?2",
          id, 0, error))
    return FALSE;

  crm_news_add (self->news, self->news->removed, id);
  crm_news_add_type (self->news, type->id);
  return crm_transaction_log (self, type, id, CRM_CHANGE_FIELD_STATE, CRM_CHANGE_DESTROY, "1", NULL,
                              NULL, error);
}

/* Ranges */

static gboolean
count_between (CrmTransaction *self,
               const CrmRecordType *type,
               gint64 first,
               gint64 last,
               CrmState state,
               gint64 *count,
               GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM " CRM_RECORD_TABLE
                                          " WHERE id BETWEEN %" ID " AND %" ID " AND state = %d",
                                          type->id, first, last, state);

  return crm_connection_query_int (self->connection, sql, 0, count, error);
}

gboolean
crm_transaction_begin_bulk (CrmTransaction *self,
                            const CrmRecordType *type,
                            gint64 expected,
                            GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  g_autofree char *count_sql = NULL;
  gint64 n_records = 0;

  type = writer->type;
  count_sql = g_strdup_printf ("SELECT count(*) FROM " CRM_RECORD_TABLE, type->id);
  if (!crm_connection_query_int (self->connection, count_sql, 0, &n_records, error))
    return FALSE;
  if (writer->bulk || crm_transaction_is_rehearsal (self) || expected <= n_records / 2)
    return TRUE;

  /* The other indexes of the record table are for values that no record has, or for the trash: to
   * make them anew would mean to read all records for nothing. */
  writer->dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *table = NULL;
      GPtrArray *definitions = NULL;

      if ((writer->is_inserted[i] || crm_field_has_sort_key (field) ||
           crm_field_has_unique_key (field)) &&
          !crm_transaction_drop_indexes (self, writer, field, error))
        return FALSE;
      if (!crm_kind_is_repeated (field->kind))
        continue;
      table = g_strdup_printf (CRM_ITEM_TABLE, field->id);
      if (!crm_connection_drop_indexes (self->connection, table, NULL, &definitions, error))
        return FALSE;
      g_ptr_array_add (writer->dropped, definitions);
    }
  writer->bulk = TRUE;
  return crm_search_set_bulk (self->connection, type, TRUE, error);
}

/* Unique items may clash, then each record has to be looked at */
static gboolean
range_clashes (CrmTransaction *self,
               const CrmRecordType *type,
               gint64 first,
               gint64 last,
               CrmState from,
               gboolean *clashes,
               GError **error)
{
  *clashes = FALSE;
  for (guint i = 0; i < type->n_fields && !*clashes; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *sql = NULL;
      gint64 found = 0;

      if ((field->flags & CRM_FIELD_UNIQUE) == 0)
        continue;
      if (!crm_kind_is_repeated (field->kind))
        {
          *clashes = TRUE; /* its key column has to be made anew */
          continue;
        }
      sql = g_strdup_printf ("SELECT 1 FROM " CRM_ITEM_TABLE " AS own JOIN " CRM_RECORD_TABLE
                             " AS t ON t.id = own.record AND t.state = %d JOIN " CRM_ITEM_TABLE
                             " AS other ON other.key = own.key AND other.live = 1 "
                             "WHERE own.record BETWEEN %" ID " AND %" ID " LIMIT 1",
                             field->id, type->id, from, field->id, first, last);
      if (!crm_connection_query_int (self->connection, sql, 0, &found, error))
        return FALSE;
      *clashes = found != 0;
    }
  return TRUE;
}

static gboolean
set_each_in_range (CrmTransaction *self,
                   CrmTypeWriter *writer,
                   gint64 first,
                   gint64 last,
                   CrmState from,
                   CrmState to,
                   GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE
                         " WHERE id BETWEEN ?1 AND ?2 AND state = ?3",
                         writer->type->id);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, first);
  crm_statement_bind_int (statement, 2, last);
  crm_statement_bind_int (statement, 3, from);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (CrmRecord) record = load_in_state (self, writer, g_array_index (ids, gint64, i),
                                                    from, error);

      if (record == NULL || !change_state (self, writer, record, to, 0, error))
        return FALSE;
      crm_transaction_advance (self, CRM_STEPS_PER_RECORD);
    }
  return TRUE;
}

/* What is in the trash says since when, and by whom; what was undone together is asked of its act */
static gboolean
set_rows_in_range (CrmTransaction *self,
                   const CrmRecordType *type,
                   gint64 first,
                   gint64 last,
                   CrmState from,
                   CrmState to,
                   GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("UPDATE " CRM_RECORD_TABLE
                         " SET state = %d, deleted_at = ?3, deleted_by = ?4"
                         " WHERE id BETWEEN ?1 AND ?2 AND state = %d",
                         type->id, to, from);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, first);
  crm_statement_bind_int (statement, 2, last);
  if (to == CRM_STATE_TRASHED)
    crm_statement_bind_int (statement, 3, self->now);
  if (to == CRM_STATE_TRASHED && self->actor != 0)
    crm_statement_bind_int (statement, 4, self->actor);
  return crm_statement_run (statement, error);
}

/* Rows and items in a few statements; the search index is made anew */
static gboolean
set_whole_range (CrmTransaction *self,
                 CrmTypeWriter *writer,
                 gint64 first,
                 gint64 last,
                 gint64 n_records,
                 CrmState from,
                 CrmState to,
                 GError **error)
{
  const CrmRecordType *type = writer->type;
  /* Half of the work is here, the other half is making the indexes anew */
  gint64 n_steps = n_records * CRM_STEPS_PER_RECORD / 2;
  gint64 n_steps_each = n_steps / (type->n_fields + 1);

  writer->n_steps_left += n_steps;
  for (guint i = 0; i < type->n_fields; i++)
    {
      crm_transaction_advance (self, n_steps_each);
      if (!crm_kind_is_repeated (type->fields[i]->kind))
        continue;
      if (!crm_connection_executef (
              self->connection, error,
              "UPDATE " CRM_ITEM_TABLE " SET live = %d WHERE record BETWEEN %" ID " AND %" ID
              " AND live <> %d AND record IN (SELECT id FROM " CRM_RECORD_TABLE
              " WHERE state = %d)",
              type->fields[i]->id, to == CRM_STATE_LIVE, first, last, to == CRM_STATE_LIVE,
              type->id, from))
        return FALSE;
    }
  if (!set_rows_in_range (self, type, first, last, from, to, error))
    return FALSE;

  /* Once for all ranges of the act */
  writer->search_is_stale = TRUE;
  self->news->everything = TRUE;
  crm_news_add_type (self->news, type->id);
  return TRUE;
}

/* Whether the records are so many that the index is made anew more quickly than entry by entry */
static gboolean
are_most (CrmTransaction *self,
          const CrmRecordType *type,
          gint64 n,
          CrmState from,
          gboolean *are_most,
          GError **error)
{
  gint64 all = 0;

  *are_most = FALSE;
  if (n < MIN_BULK)
    return TRUE;
  if (!count_between (self, type, 0, G_MAXINT64, from, &all, error))
    return FALSE;
  *are_most = n >= all / 2;
  return TRUE;
}

gboolean
crm_transaction_begin_ranges (CrmTransaction *self,
                              const CrmRecordType *type,
                              gint64 first,
                              gint64 last,
                              CrmState from,
                              GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  gboolean in_bulk = FALSE;
  gint64 n = 0;

  if (!count_between (self, writer->type, first, last, from, &n, error) ||
      !are_most (self, writer->type, n, from, &in_bulk, error))
    return FALSE;
  writer->search_is_stale = writer->search_is_stale || in_bulk;
  return TRUE;
}

gboolean
crm_transaction_set_range_state (CrmTransaction *self,
                                 const CrmRecordType *type,
                                 gint64 first,
                                 gint64 last,
                                 CrmState from,
                                 CrmState to,
                                 gint64 *n_changed,
                                 GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  gboolean by_record = FALSE;
  gboolean in_bulk = FALSE;
  gint64 in_range = 0;

  type = writer->type;
  if (!count_between (self, type, first, last, from, &in_range, error))
    return FALSE;
  *n_changed = in_range;
  if (in_range == 0)
    return TRUE;
  if (!crm_transaction_log_range (self, type, first, last, from, to, error))
    return FALSE;
  self->n_in_ranges += in_range;
  crm_transaction_count (self, type->id, 0, in_range);

  if (to == CRM_STATE_LIVE && !range_clashes (self, type, first, last, from, &by_record, error))
    return FALSE;
  /* Members of an activity's range have contacts that follow from it */
  by_record = by_record || g_str_equal (type->name, "activities");
  if (!by_record && !writer->search_is_stale)
    {
      if (!are_most (self, type, in_range, from, &in_bulk, error))
        return FALSE;
      by_record = !in_bulk;
    }
  if (by_record)
    return set_each_in_range (self, writer, first, last, from, to, error);

  return crm_transaction_begin_bulk (self, type, in_range, error) &&
         set_whole_range (self, writer, first, last, in_range, from, to, error);
}
