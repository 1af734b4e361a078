/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undoing the creation of whole ranges of records, and bringing them back. An import of a million records is
 * undone by a few statements; only records that are not any more as the import left them are looked at. */

#include "config.h"

#include "crm-history-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  const CrmRecordType *type;
  gint64 first;
  gint64 last;
  CrmState from;
  CrmState to;
  gboolean is_creation; /* what is undone is that the records were made */
  GHashTable *apart; /* gint64 ids of records that do not go with the rest */
} Range;

static void
free_range (gpointer data)
{
  Range *range = data;

  g_hash_table_unref (range->apart);
  g_free (range);
}

static void
set_apart (Range *range, gint64 id)
{
  g_hash_table_add (range->apart, g_memdup2 (&id, sizeof id));
}

static gboolean
is_apart (const Range *range, gint64 id)
{
  return g_hash_table_contains (range->apart, &id);
}

static GPtrArray *
load_ranges (CrmRevert *self, gboolean to_live, GError **error)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func (free_range);
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT type_id, first_id, last_id, old_state, new_state FROM change_range"
                         " WHERE set_id IN (%s) ORDER BY set_id DESC, type_id, first_id",
                         self->sets);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return NULL;

  while (crm_statement_step (statement, &local_error))
    {
      const CrmRecordType *type;
      gboolean is_creation = crm_statement_is_null (statement, 3);
      CrmState to = is_creation ? CRM_STATE_UNDONE
                                : (CrmState) crm_statement_get_int (statement, 3);
      Range *range;

      /* The records of a type that was taken back are out of sight with it */
      type = crm_catalogue_get_type (catalogue, crm_statement_get_int (statement, 0));
      if (type == NULL || (to == CRM_STATE_LIVE) != to_live)
        continue;

      range = g_new0 (Range, 1);
      range->type = type;
      range->first = crm_statement_get_int (statement, 1);
      range->last = crm_statement_get_int (statement, 2);
      range->from = (CrmState) crm_statement_get_int (statement, 4);
      range->to = to;
      range->is_creation = is_creation;
      range->apart = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_ptr_array_add (ranges, range);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&ranges);
}

/* A record that was made by the act and changed later: one conflict for each field that is not as it was made. The
 * oldest change of a field knows how that was. */
static gboolean
find_edited (CrmRevert *self, Range *range, GError **error)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT record_id, field_id, old, new, min (set_id) FROM change"
                         " WHERE record_id BETWEEN ?1 AND ?2 AND field_id > 0"
                         " AND set_id NOT IN (%s) GROUP BY record_id, field_id",
                         self->sets);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, range->first);
  crm_statement_bind_int (statement, 2, range->last);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      const CrmField *field = crm_catalogue_get_field (catalogue,
                                                       crm_statement_get_int (statement, 1));
      const char *made_text = crm_statement_get_text (statement, 2);
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (CrmValue) made = NULL;
      CrmConflictChoice choice;
      CrmValue *now;

      /* What the program keeps is nobody's change */
      if (field == NULL || field->type_id != range->type->id ||
          (field->flags & CRM_FIELD_READ_ONLY) != 0 ||
          g_strcmp0 (made_text, crm_statement_get_text (statement, 3)) == 0)
        continue;

      record = crm_revert_load (self, range->type, id, &local_error);
      if (local_error != NULL)
        break;
      if (record == NULL || crm_record_get_state (record) == CRM_STATE_UNDONE)
        continue;

      now = crm_record_get_value (record, field);
      made = made_text != NULL ? crm_value_decode (field, made_text) : NULL;
      if (crm_value_equal (now, made))
        continue;

      choice = crm_revert_choose (self, CRM_CONFLICT_RECORD, id, field, now);
      if (choice == CRM_CONFLICTS_KEEP)
        set_apart (range, id);
      else if (choice == CRM_CONFLICTS_STOP &&
               !crm_revert_add_labelled_conflict (self, CRM_CONFLICT_RECORD, range->type, id, field,
                                                  now, NULL, &local_error))
        break;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Other records were merged into one that the act made: it cannot go without them */
static gboolean
find_merged_into (CrmRevert *self, Range *range, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT DISTINCT merged_into FROM " CRM_RECORD_TABLE
                         " WHERE state = %d AND merged_into BETWEEN ?1 AND ?2"
                         " AND EXISTS (SELECT 1 FROM act WHERE kind = 'merge' AND id > ?3)",
                         range->type->id, CRM_STATE_MERGED);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, range->first);
  crm_statement_bind_int (statement, 2, range->last);
  crm_statement_bind_int (statement, 3, self->act_id);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      CrmConflictChoice choice = crm_revert_choose (self, CRM_CONFLICT_STATE, id, NULL, NULL);

      if (choice == CRM_CONFLICTS_KEEP)
        set_apart (range, id);
      else if (choice == CRM_CONFLICTS_STOP)
        crm_revert_add_conflict (self, CRM_CONFLICT_STATE, range->type, id, NULL, NULL, NULL);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Records that are in another state by now. What is in the trash goes with the rest, for it was deleted anyway;
 * what was merged into another one lives on in that. Both are done one by one, so that each run of
 * the others is exactly what changed. */
static gboolean
find_in_other_states (CrmRevert *self, Range *range, GArray *ids, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT t.id, t.state, t.state = (SELECT max (c.new) FROM change AS c"
                         " WHERE c.set_id IN (%s) AND c.record_id = t.id AND c.field_id = %d)"
                         " FROM " CRM_RECORD_TABLE
                         " AS t WHERE t.id BETWEEN ?1 AND ?2 AND t.state <> ?3",
                         self->sets, CRM_CHANGE_FIELD_STATE, range->type->id);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, range->first);
  crm_statement_bind_int (statement, 2, range->last);
  crm_statement_bind_int (statement, 3, range->from);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      CrmState state = (CrmState) crm_statement_get_int (statement, 1);
      gboolean by_act = crm_statement_get_int (statement, 2) != 0;
      CrmConflictChoice choice;

      if (is_apart (range, id))
        continue;
      set_apart (range, id);
      if (state == range->to || crm_revert_is_left_alone (self, id, 0))
        continue;

      choice = by_act || (range->is_creation && state == CRM_STATE_TRASHED)
                   ? CRM_CONFLICTS_OLD
                   : crm_revert_choose (self, CRM_CONFLICT_STATE, id, NULL, NULL);
      if (choice == CRM_CONFLICTS_OLD)
        g_array_append_val (ids, id);
      else if (choice == CRM_CONFLICTS_STOP)
        crm_revert_add_conflict (self, CRM_CONFLICT_STATE, range->type, id, NULL, NULL, NULL);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static GArray *
get_bounds (const Range *range)
{
  GArray *bounds = g_array_sized_new (FALSE, FALSE, sizeof (gint64),
                                      g_hash_table_size (range->apart) + 1);
  gint64 end = range->last + 1;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, range->apart);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (bounds, id, 1);
  g_array_append_val (bounds, end);
  g_array_sort (bounds, compare_ids);

  return bounds;
}

/* The runs of a plan: how many records they have, and what they do to unique values */
static gboolean
plan_run (CrmRevert *self, const Range *range, gint64 first, gint64 last, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 n = 0;

  sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE id BETWEEN %" ID
                         " AND %" ID " AND state = %d",
                         range->type->id, first, last, range->from);
  if (!crm_connection_query_int (self->connection, sql, 0, &n, error))
    return FALSE;

  self->n_in_ranges += n;
  if (range->to == CRM_STATE_LIVE)
    return crm_revert_claim_range (self, range->type, first, last, range->from, error);

  crm_revert_release_range (self, first, last);
  return TRUE;
}

static void
plan_record (CrmRevert *self, const Range *range, const CrmRecord *record)
{
  gint64 id = crm_record_get_id (record);

  crm_revert_leave_alone (self->planned, id, 0);
  if (range->to == CRM_STATE_LIVE)
    crm_revert_claim_record (self, record);
  else
    crm_revert_release (self, id, 0);
}

static gboolean
set_run (CrmRevert *self, const Range *range, gint64 first, gint64 last, GError **error)
{
  gint64 n_changed;

  if (self->transaction == NULL)
    return plan_run (self, range, first, last, error);

  return crm_transaction_set_range_state (self->transaction, range->type, first, last, range->from,
                                          range->to, &n_changed, error);
}

/* The runs between the records that stay apart */
static gboolean
set_runs (CrmRevert *self, const Range *range, GError **error)
{
  g_autoptr (GArray) bounds = get_bounds (range);
  gint64 first = range->first;

  for (guint i = 0; i < bounds->len; i++)
    {
      gint64 bound = g_array_index (bounds, gint64, i);

      if (bound > first && !set_run (self, range, first, bound - 1, error))
        return FALSE;
      first = bound + 1;
    }

  return TRUE;
}

static gboolean
revert_range (CrmRevert *self, Range *range, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key;

  /* Left alone are few: what met a taken value in an earlier try */
  g_hash_table_iter_init (&iter, self->left_alone);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const CrmRecordField *left = key;

      if (left->field_id == 0 && left->record_id >= range->first && left->record_id <= range->last)
        set_apart (range, left->record_id);
    }

  if (range->is_creation &&
      (!find_edited (self, range, error) || !find_merged_into (self, range, error)))
    return FALSE;
  if (!find_in_other_states (self, range, ids, error))
    return FALSE;
  /* Nothing of it is written anyway; a plan goes on, to tell what else there is */
  if (self->n_conflicts > 0 && self->transaction != NULL)
    return TRUE;

  if (!set_runs (self, range, error))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (CrmRecord) record = crm_revert_load (self, range->type, id, error);

      if (record == NULL)
        return FALSE;
      if (self->transaction == NULL)
        plan_record (self, range, record);
      else if (!crm_transaction_set_state (self->transaction, range->type, id,
                                           crm_record_get_state (record), range->to, 0, error))
        return FALSE;
    }

  return TRUE;
}

/* Records that the act made and that were destroyed since */
static gboolean
count_destroyed (CrmRevert *self, gint64 first, gint64 last, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 n = 0;

  sql = g_strdup_printf ("SELECT count (*) FROM change WHERE record_id BETWEEN %" ID " AND %" ID
                         " AND field_id = %d AND op = %d",
                         first, last, CRM_CHANGE_FIELD_STATE, CRM_CHANGE_DESTROY);
  if (!crm_connection_query_int (self->connection, sql, 0, &n, error))
    return FALSE;

  self->skipped += n;
  return TRUE;
}

/* All runs of a type together decide how they are changed; they come one after the other */
static gboolean
announce_ranges (CrmRevert *self, GPtrArray *ranges, GError **error)
{
  guint i = 0;

  while (i < ranges->len)
    {
      const Range *range = g_ptr_array_index (ranges, i);
      gint64 last = range->last;

      for (i++; i < ranges->len; i++)
        {
          const Range *next = g_ptr_array_index (ranges, i);

          if (next->type != range->type)
            break;
          last = MAX (last, next->last);
        }
      if (!crm_transaction_begin_ranges (self->transaction, range->type, range->first, last,
                                         range->from, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_revert_ranges (CrmRevert *self, gboolean to_live, GError **error)
{
  g_autoptr (GPtrArray) ranges = load_ranges (self, to_live, error);
  gint64 first = G_MAXINT64;
  gint64 last = 0;

  if (ranges == NULL || (self->transaction != NULL && !announce_ranges (self, ranges, error)))
    return FALSE;

  for (guint i = 0; i < ranges->len; i++)
    {
      Range *range = g_ptr_array_index (ranges, i);

      first = MIN (first, range->first);
      last = MAX (last, range->last);
      if (!revert_range (self, range, error))
        return FALSE;
    }

  /* The ranges of one act lie within each other, and no other act's records lie between */
  return ranges->len == 0 || count_destroyed (self, first, last, error);
}
