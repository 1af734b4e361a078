/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The opposite of an act. Undo and redo are the same work: the changes that an act logged are turned round,
 * one by one, and logged as the changes of a new act. A value is put back only where it still is what the
 * act made of it, or already what it was before; else somebody has to choose.
 *
 * The order is: types, fields and options that come back; records that leave; values; records that come to
 * life; types, fields and options that go. So every step finds what it needs, and unique values
 * are given up before they are taken. */

#include "config.h"

#include "crm-history-private.h"
#include "crm-transaction-core-private.h"

#define ID G_GINT64_FORMAT

/* A plan lists no more; nobody decides about more of them one by one */
#define MAX_CONFLICTS 1000

/* One field of one record in one way */
typedef struct
{
  CrmRecordField place;
  CrmConflictKind kind;
} Decision;

static guint
hash_record_field (gconstpointer data)
{
  const CrmRecordField *pair = data;

  return g_int64_hash (&pair->record_id) * 31 + g_int64_hash (&pair->field_id);
}

static gboolean
record_field_equal (gconstpointer a, gconstpointer b)
{
  const CrmRecordField *left = a;
  const CrmRecordField *right = b;

  return left->record_id == right->record_id && left->field_id == right->field_id;
}

static guint
hash_decision (gconstpointer data)
{
  const Decision *decision = data;

  return hash_record_field (&decision->place) * 31 + decision->kind;
}

static gboolean
decision_equal (gconstpointer a, gconstpointer b)
{
  const Decision *left = a;
  const Decision *right = b;

  return left->kind == right->kind && record_field_equal (&left->place, &right->place);
}

GHashTable *
crm_decisions_new (GPtrArray *conflicts)
{
  GHashTable *decisions = g_hash_table_new_full (hash_decision, decision_equal, g_free, NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      CrmConflict *conflict = g_ptr_array_index (conflicts, i);
      Decision *key = g_new0 (Decision, 1);

      key->place.record_id = conflict->record_id;
      key->place.field_id = conflict->field != NULL ? conflict->field->id : 0;
      key->kind = conflict->kind;
      g_hash_table_insert (decisions, key, conflict);
    }

  return decisions;
}

const CrmConflict *
crm_decisions_find (GHashTable *decisions, CrmConflictKind kind, gint64 record_id, gint64 field_id)
{
  const Decision key = { { record_id, field_id }, kind };

  return g_hash_table_lookup (decisions, &key);
}

GHashTable *
crm_revert_new_set (void)
{
  return g_hash_table_new_full (hash_record_field, record_field_equal, g_free, NULL);
}

gboolean
crm_revert_leave_alone (GHashTable *set, gint64 record_id, gint64 field_id)
{
  CrmRecordField *pair = g_new (CrmRecordField, 1);

  pair->record_id = record_id;
  pair->field_id = field_id;
  return g_hash_table_add (set, pair);
}

gboolean
crm_revert_is_left_alone (CrmRevert *self, gint64 record_id, gint64 field_id)
{
  CrmRecordField pair = { record_id, field_id };

  return g_hash_table_contains (self->left_alone, &pair);
}

static void
free_loader (gpointer loader)
{
  crm_record_loader_free (loader);
}

static gboolean
list_sets (CrmRevert *self, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GString) sets = g_string_new (NULL);

  statement = crm_connection_prepare (self->connection,
                                      "SELECT id FROM change_set WHERE act_id = ?1 ORDER BY id",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, self->act_id);
  while (crm_statement_step (statement, &local_error))
    g_string_append_printf (sets, "%s%" ID, sets->len > 0 ? ", " : "",
                            crm_statement_get_int (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->sets = g_strdup (sets->str);
  return TRUE;
}

gboolean
crm_revert_init (CrmRevert *self,
                 CrmStore *store,
                 CrmTransaction *transaction,
                 CrmConnection *connection,
                 gint64 act_id,
                 gboolean redo,
                 CrmConflictChoice choice,
                 GHashTable *decisions,
                 GHashTable *left_alone,
                 GError **error)
{
  self->store = store;
  self->transaction = transaction;
  self->connection = connection;
  self->act_id = act_id;
  self->redo = redo;
  self->choice = choice;
  self->decisions = decisions;
  self->left_alone = left_alone;
  self->loaders = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_loader);
  self->used_fields = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->used_options = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_conflict_free);
  self->released = crm_revert_new_set ();
  self->released_ranges = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->planned = crm_revert_new_set ();

  return list_sets (self, error);
}

void
crm_revert_clear (CrmRevert *self)
{
  g_clear_pointer (&self->loaders, g_hash_table_unref);
  g_clear_pointer (&self->used_fields, g_hash_table_unref);
  g_clear_pointer (&self->used_options, g_hash_table_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->claims, g_ptr_array_unref);
  g_clear_pointer (&self->released, g_hash_table_unref);
  g_clear_pointer (&self->released_ranges, g_array_unref);
  g_clear_pointer (&self->planned, g_hash_table_unref);
  g_clear_pointer (&self->sets, g_free);
}

const CrmCatalogue *
crm_revert_get_catalogue (CrmRevert *self)
{
  return self->transaction != NULL ? crm_transaction_get_catalogue (self->transaction)
                                   : crm_store_get_catalogue (self->store);
}

CrmRecord *
crm_revert_load (CrmRevert *self, const CrmRecordType *type, gint64 id, GError **error)
{
  CrmRecordLoader *loader = g_hash_table_lookup (self->loaders, &type->id);

  if (loader == NULL)
    {
      loader = crm_record_loader_new (self->connection, NULL, type, NULL, -1, error);
      if (loader == NULL)
        return NULL;
      g_hash_table_insert (self->loaders, g_memdup2 (&type->id, sizeof type->id), loader);
    }

  return crm_record_loader_load (loader, id, error);
}

CrmConflictChoice
crm_revert_choose (CrmRevert *self,
                   CrmConflictKind kind,
                   gint64 record_id,
                   const CrmField *field,
                   const CrmValue *now)
{
  const CrmConflict *decision = NULL;

  if (self->decisions != NULL)
    decision = crm_decisions_find (self->decisions, kind, record_id, field != NULL ? field->id : 0);
  if (decision != NULL && decision->choice != CRM_CONFLICTS_STOP &&
      crm_value_equal (decision->now, now))
    return decision->choice;

  return self->choice;
}

void
crm_revert_add_conflict (CrmRevert *self,
                         CrmConflictKind kind,
                         const CrmRecordType *type,
                         gint64 record_id,
                         const CrmField *field,
                         CrmValue *now,
                         CrmValue *old)
{
  CrmConflict *conflict = g_new0 (CrmConflict, 1);

  conflict->kind = kind;
  conflict->record_id = record_id;
  conflict->type = type;
  conflict->field = field;
  conflict->now = now;
  conflict->old = old;
  self->n_conflicts++;
  if (self->transaction == NULL && self->conflicts->len >= MAX_CONFLICTS)
    crm_conflict_free (conflict);
  else
    g_ptr_array_add (self->conflicts, conflict);
}

static CrmValue *
ref_value (CrmValue *value)
{
  return value != NULL ? crm_value_ref (value) : NULL;
}

gboolean
crm_revert_add_labelled_conflict (CrmRevert *self,
                                  CrmConflictKind kind,
                                  const CrmRecordType *type,
                                  gint64 record_id,
                                  const CrmField *field,
                                  CrmValue *now,
                                  CrmValue *old,
                                  GError **error)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  GError *local_error = NULL;

  now = crm_history_label_value (self->connection, catalogue, field, ref_value (now), &local_error);
  if (local_error == NULL)
    old = crm_history_label_value (self->connection, catalogue, field, ref_value (old),
                                   &local_error);
  else
    old = NULL;
  crm_revert_add_conflict (self, kind, type, record_id, field, now, old);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}

/* Values */

/* Who changed the record last once the act is taken back: what it was after the newest act that is in force. The
 * set after that one noted it. A redo meets the record as its undo left it, and that noted what to go
 * back to. @found: %FALSE where it stays as it is. */
static gboolean
find_stamps (CrmRevert *self, gint64 record_id, CrmStamps *stamps, gboolean *found, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  *found = FALSE;
  if (self->redo)
    sql = g_strdup_printf ("SELECT was_updated_at, " CRM_CHANGE_WAS_UPDATED_BY
                           " FROM change WHERE record_id = ?1"
                           " AND was_updated_at IS NOT NULL AND set_id IN (%s)"
                           " ORDER BY set_id LIMIT 1",
                           self->sets);
  else
    sql = g_strdup ("SELECT was_updated_at, " CRM_CHANGE_WAS_UPDATED_BY
                    " FROM change WHERE record_id = ?1"
                    " AND was_updated_at IS NOT NULL AND set_id >"
                    " (SELECT coalesce (max (c.set_id), 0) FROM change AS c"
                    " JOIN change_set AS s ON s.id = c.set_id JOIN act AS a ON a.id = s.act_id"
                    " WHERE c.record_id = ?1 AND c.was_updated_at IS NOT NULL"
                    " AND a.undone_by IS NULL AND a.kind NOT IN ('undo', 'redo'))"
                    " ORDER BY set_id LIMIT 1");
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, record_id);
  *found = crm_statement_step (statement, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (*found)
    {
      stamps->updated_at = crm_statement_get_int (statement, 0);
      stamps->updated_by = crm_statement_get_int (statement, 1);
    }

  return TRUE;
}

/* Whether the field is to get its former value back; adds a conflict where that is not clear */
static gboolean
plan_change (CrmRevert *self,
             const CrmRecord *record,
             const CrmField *field,
             const CrmChange *change,
             CrmValue *old,
             gboolean *is_wanted,
             GError **error)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  CrmValue *now = crm_record_get_value (record, field);
  g_autoptr (CrmValue) written = NULL;

  *is_wanted = FALSE;
  if (crm_value_equal (now, old) ||
      crm_revert_is_left_alone (self, change->record_id, change->field_id))
    return TRUE;

  if (change->new_text != NULL)
    written = crm_value_decode (field, change->new_text);
  if (crm_value_equal (now, written))
    {
      *is_wanted = TRUE;
      return TRUE;
    }

  switch (crm_revert_choose (self, CRM_CONFLICT_VALUE, change->record_id, field, now))
    {
    case CRM_CONFLICTS_OLD:
      *is_wanted = TRUE;
      return TRUE;

    case CRM_CONFLICTS_KEEP:
      return TRUE;

    case CRM_CONFLICTS_STOP:
    default:
      return crm_revert_add_labelled_conflict (self, CRM_CONFLICT_VALUE, type, change->record_id,
                                               field, now, old, error);
    }
}

/* Of a record that is changed in nothing else. What is not logged could not be redone, so here they are logged as
 * any field is. */
static gboolean
revert_stamps (CrmRevert *self, const CrmRecord *record, const CrmStamps *stamps, GError **error)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  const CrmField *field = crm_record_type_find_field (type, "updated_at");
  CrmValue *by = crm_record_get_value_by_name (record, "updated_by");
  CrmValue *at = crm_record_get_value (record, field);
  CrmStamps was = { 0, 0 };
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (at != NULL)
    was.updated_at = crm_value_get_integer (at);
  if (by != NULL)
    was.updated_by = crm_value_get_integer (by);
  if (was.updated_at == stamps->updated_at && was.updated_by == stamps->updated_by)
    return TRUE;

  old_text = g_strdup_printf ("%" ID, was.updated_at);
  new_text = g_strdup_printf ("%" ID, stamps->updated_at);
  return crm_transaction_log (self->transaction, type, crm_record_get_id (record), field->id,
                              CRM_CHANGE_VALUE, old_text, new_text, &was, error) &&
         crm_transaction_set_raw (self->transaction, type, crm_record_get_id (record), NULL, NULL,
                                  0, stamps, error);
}

static void
plan_unique_values (CrmRevert *self, const CrmRecord *record, GPtrArray *fields, GPtrArray *values)
{
  gint64 id = crm_record_get_id (record);

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      if ((field->flags & CRM_FIELD_UNIQUE) == 0)
        continue;
      crm_revert_release (self, id, field->id);
      if (crm_record_get_state (record) == CRM_STATE_LIVE)
        crm_revert_claim (self, id, field, g_ptr_array_index (values, i));
    }
}

/* @changes: those of one record */
static gboolean
revert_record (CrmRevert *self, GPtrArray *changes, GError **error)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  const CrmRecordType *type = NULL;
  gint64 id;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  CrmStamps stamps;
  gboolean has_stamps;
  gboolean is_idle = FALSE;

  id = ((const CrmChange *) g_ptr_array_index (changes, 0))->record_id;
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);
      const CrmField *field = crm_catalogue_get_field (catalogue, change->field_id);
      CrmValue *old = NULL;
      gboolean is_wanted;

      /* A field that was taken back itself */
      if (field == NULL)
        continue;

      if (record == NULL)
        {
          type = crm_catalogue_get_type (catalogue, field->type_id);
          record = crm_revert_load (self, type, id, &local_error);
          if (local_error != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local_error));
              return FALSE;
            }
          if (record == NULL)
            {
              self->skipped++;
              return TRUE;
            }
        }

      /* Changed forth and back by one act; or redacted, and then nobody knows any more */
      if (g_strcmp0 (change->old_text, change->new_text) == 0)
        {
          is_idle = TRUE;
          continue;
        }

      if (change->old_text != NULL)
        old = crm_value_decode (field, change->old_text);
      if (old != NULL)
        g_ptr_array_add (owned, old);
      if (!plan_change (self, record, field, change, old, &is_wanted, error))
        return FALSE;
      if (is_wanted)
        {
          g_ptr_array_add (fields, (gpointer) field);
          g_ptr_array_add (values, old);
        }
    }

  if (fields->len == 0 && !is_idle)
    return TRUE;
  if (self->transaction == NULL)
    {
      crm_revert_leave_alone (self->planned, id, 0);
      plan_unique_values (self, record, fields, values);
      return TRUE;
    }
  if (!find_stamps (self, id, &stamps, &has_stamps, error))
    return FALSE;
  if (fields->len == 0)
    return !has_stamps || revert_stamps (self, record, &stamps, error);

  return crm_transaction_set_raw (self->transaction, type, id,
                                  (const CrmField *const *) fields->pdata,
                                  (CrmValue *const *) values->pdata, fields->len,
                                  has_stamps ? &stamps : NULL, error);
}

/* Calls @func with the changes of each record in turn: what the act did to a field from its first set to its
 * last. Records that it made itself go by ranges. @sign: "> 0" for fields, "<= 0" for states. */
static gboolean
for_each_record (CrmRevert *self,
                 const char *sign,
                 gboolean (*func) (CrmRevert *self, GPtrArray *changes, GError **error),
                 GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;
  CrmChange *change = NULL;

  sql = g_strdup_printf (
      "SELECT record_id, field_id, old, new FROM change WHERE set_id IN (%s) AND field_id %s"
      " AND NOT EXISTS (SELECT 1 FROM change_range AS r WHERE r.set_id IN (%s)"
      " AND r.old_state IS NULL AND change.record_id BETWEEN r.first_id AND r.last_id)"
      " ORDER BY record_id, field_id, set_id",
      self->sets, sign, self->sets);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_change_free);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 record_id = crm_statement_get_int (statement, 0);
      gint64 field_id = crm_statement_get_int (statement, 1);

      if (change == NULL || change->record_id != record_id || change->field_id != field_id)
        {
          if (change != NULL && change->record_id != record_id)
            {
              if (!func (self, changes, error))
                return FALSE;
              if (self->transaction != NULL)
                crm_transaction_advance (self->transaction, changes->len);
              g_ptr_array_set_size (changes, 0);
            }
          change = g_new0 (CrmChange, 1);
          change->record_id = record_id;
          change->field_id = field_id;
          change->old_text = g_strdup (crm_statement_get_text (statement, 2));
          g_ptr_array_add (changes, change);
        }
      g_free (change->new_text);
      change->new_text = g_strdup (crm_statement_get_text (statement, 3));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return changes->len == 0 || func (self, changes, error);
}

/* States */

static gboolean
revert_state (CrmRevert *self, GPtrArray *changes, gboolean to_live, GError **error)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  const CrmRecordType *type;
  const CrmChange *state = NULL;
  gint64 merged_into = 0;
  CrmState target;
  CrmState now;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);

      if (change->field_id == CRM_CHANGE_FIELD_STATE)
        state = change;
      else if (change->old_text != NULL)
        merged_into = g_ascii_strtoll (change->old_text, NULL, 10);
    }
  if (state == NULL || state->old_text == NULL || state->new_text == NULL)
    return TRUE;

  target = (CrmState) g_ascii_strtoll (state->old_text, NULL, 10);
  if ((target == CRM_STATE_LIVE) != to_live)
    return TRUE;

  type = crm_connection_find_type_of (self->connection, catalogue, state->record_id, &local_error);
  if (type != NULL)
    record = crm_revert_load (self, type, state->record_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL)
    {
      self->skipped++;
      return TRUE;
    }

  now = crm_record_get_state (record);
  if (now == target || crm_revert_is_left_alone (self, state->record_id, 0))
    return TRUE;
  if (now != (CrmState) g_ascii_strtoll (state->new_text, NULL, 10))
    {
      CrmConflictChoice choice = crm_revert_choose (self, CRM_CONFLICT_STATE, state->record_id,
                                                    NULL, NULL);

      if (choice == CRM_CONFLICTS_STOP)
        crm_revert_add_conflict (self, CRM_CONFLICT_STATE, type, state->record_id, NULL, NULL,
                                 NULL);
      if (choice != CRM_CONFLICTS_OLD)
        return TRUE;
    }
  if (self->transaction == NULL)
    {
      crm_revert_leave_alone (self->planned, state->record_id, 0);
      if (target == CRM_STATE_LIVE)
        crm_revert_claim_record (self, record);
      else
        crm_revert_release (self, state->record_id, 0);
      return TRUE;
    }

  return crm_transaction_set_state (self->transaction, type, state->record_id, now, target,
                                    target == CRM_STATE_MERGED ? merged_into : 0, error);
}

static gboolean
revert_leaving (CrmRevert *self, GPtrArray *changes, GError **error)
{
  return revert_state (self, changes, FALSE, error);
}

static gboolean
revert_returning (CrmRevert *self, GPtrArray *changes, GError **error)
{
  return revert_state (self, changes, TRUE, error);
}

gboolean
crm_revert_count_steps (CrmRevert *self, gint64 *n_steps, GError **error)
{
  g_autofree char *changes_sql = NULL;
  g_autofree char *ranges_sql = NULL;
  gint64 n_changes = 0;
  gint64 n_records = 0;

  changes_sql = g_strdup_printf ("SELECT count (*) FROM change WHERE set_id IN (%s)", self->sets);
  ranges_sql = g_strdup_printf ("SELECT coalesce (sum (last_id - first_id + 1), 0)"
                                " FROM change_range WHERE set_id IN (%s)",
                                self->sets);
  if (!crm_connection_query_int (self->connection, changes_sql, 0, &n_changes, error) ||
      !crm_connection_query_int (self->connection, ranges_sql, 0, &n_records, error))
    return FALSE;

  *n_steps = n_changes + n_records * CRM_STEPS_PER_RECORD;
  return TRUE;
}

gboolean
crm_revert_run (CrmRevert *self, GError **error)
{
  return crm_revert_catalogue (self, TRUE, error) &&
         for_each_record (self, "<= 0", revert_leaving, error) &&
         crm_revert_ranges (self, FALSE, error) &&
         (self->transaction == NULL || crm_transaction_end_bulk (self->transaction, error)) &&
         for_each_record (self, "> 0", revert_record, error) &&
         for_each_record (self, "<= 0", revert_returning, error) &&
         crm_revert_ranges (self, TRUE, error) && crm_revert_catalogue (self, FALSE, error) &&
         (self->transaction != NULL || crm_revert_check_claims (self, error));
}
