/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Separating records from the one they were merged into. The undo of the merge would stop at whatever was changed
 * since; here that stays, and only what the merge itself did is taken back: of repeated values the items that it
 * added, of links those that it turned. */

#include "config.h"

#include "crm-unmerge-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"

/* Items */

static gboolean
any_has_item (GPtrArray *records, const CrmField *field, const CrmItem *item)
{
  for (guint i = 0; i < records->len; i++)
    if (crm_value_has_item (crm_record_get_value (g_ptr_array_index (records, i), field), item))
      return TRUE;

  return FALSE;
}

static gboolean
any_has_value (GPtrArray *records, const CrmField *field, const CrmValue *value)
{
  for (guint i = 0; i < records->len; i++)
    if (crm_value_equal (crm_record_get_value (g_ptr_array_index (records, i), field), value))
      return TRUE;

  return FALSE;
}

gboolean
crm_unmerge_has_record (GPtrArray *records, gint64 id)
{
  g_return_val_if_fail (records != NULL, FALSE);

  for (guint i = 0; i < records->len; i++)
    if (crm_record_get_id (g_ptr_array_index (records, i)) == id)
      return TRUE;

  return FALSE;
}

static void
append_item (GArray *items, const CrmItem *item)
{
  crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
}

/* (transfer full) (nullable) */
static CrmValue *
ref_value (CrmValue *value)
{
  return value != NULL ? crm_value_ref (value) : NULL;
}

/* @value, taken, without what somebody else has meanwhile */
static CrmValue *
leave_out_taken (const CrmUnmergeGroup *self,
                 gint64 record_id,
                 const CrmField *field,
                 CrmValue *value)
{
  for (guint i = 0; value != NULL && i < self->taken->len; i++)
    {
      const CrmClash *clash = g_ptr_array_index (self->taken, i);
      GArray *items;

      if (clash->record_id != record_id || clash->field->id != field->id)
        continue;
      if (crm_value_get_shape (value) != CRM_VALUE_ITEMS)
        {
          g_clear_pointer (&value, crm_value_unref);
          continue;
        }

      items = crm_item_array_new ();
      for (guint j = 0; j < crm_value_get_n_items (value); j++)
        {
          const CrmItem *item = crm_value_get_item (value, j);

          if (g_strcmp0 (item->text, clash->text) != 0)
            append_item (items, item);
        }
      crm_value_unref (value);
      value = crm_value_new_items_take (items);
    }

  return value;
}

/* What a field of the kept record is without those that return */

/* (transfer full) (nullable) */
static CrmValue *
take_items_back (const CrmUnmergeGroup *self,
                 const CrmField *field,
                 CrmValue *old,
                 CrmValue *written,
                 CrmValue *now)
{
  GArray *items;

  if (self->remaining->len == 0 && crm_value_equal (now, written))
    return ref_value (old);

  items = crm_item_array_new ();
  for (guint i = 0; now != NULL && i < crm_value_get_n_items (now); i++)
    {
      const CrmItem *item = crm_value_get_item (now, i);
      gboolean was_brought = crm_value_has_item (written, item) &&
                             !crm_value_has_item (old, item) &&
                             any_has_item (self->returning, field, item) &&
                             !any_has_item (self->remaining, field, item);

      if (!was_brought)
        append_item (items, item);
    }
  /* The merge leaves out what would be a relation of the record to itself */
  for (guint i = 0; old != NULL && i < crm_value_get_n_items (old); i++)
    {
      const CrmItem *item = crm_value_get_item (old, i);

      if (!crm_value_has_item (written, item) && !crm_value_has_item (now, item) &&
          (self->remaining->len == 0 || crm_unmerge_has_record (self->returning, item->id)))
        append_item (items, item);
    }

  return crm_value_new_items_take (items);
}

/* (transfer full) (nullable) */
static CrmValue *
take_value_back (const CrmUnmergeGroup *self,
                 const CrmField *field,
                 CrmValue *old,
                 CrmValue *written)
{
  if (self->remaining->len == 0)
    return ref_value (old);
  if (any_has_value (self->remaining, field, written) ||
      !any_has_value (self->returning, field, written))
    return ref_value (written);
  if (old != NULL)
    return crm_value_ref (old);

  for (guint i = 0; i < self->remaining->len; i++)
    {
      CrmValue *value = crm_record_get_value (g_ptr_array_index (self->remaining, i), field);

      if (value != NULL)
        return crm_value_ref (value);
    }

  return NULL;
}

static gboolean
tell_kept_value (CrmUnmergeGroup *self,
                 const CrmRecordType *type,
                 gint64 record_id,
                 const CrmField *field,
                 CrmValue *now,
                 CrmValue *old,
                 GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (self->transaction);
  GError *local_error = NULL;
  CrmConflict *conflict = g_new0 (CrmConflict, 1);

  conflict->record_id = record_id;
  conflict->type = type;
  conflict->field = field;
  conflict->now = crm_history_label_value (self->connection, catalogue, field, ref_value (now),
                                           &local_error);
  if (local_error == NULL)
    conflict->old = crm_history_label_value (self->connection, catalogue, field, ref_value (old),
                                             &local_error);
  g_ptr_array_add (self->conflicts, conflict);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}

/* Whether nothing that is in force changed the kept record after the merge; then @stamps are those from before it */
static gboolean
find_former_stamps (CrmUnmergeGroup *self,
                    const CrmRecord *kept,
                    gboolean *found,
                    CrmStamps *stamps,
                    GError **error)
{
  CrmValue *updated_at = crm_record_get_value_by_name (kept, "updated_at");
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  *found = FALSE;
  statement = crm_connection_prepare (self->connection,
                                      "SELECT change.was_updated_at, " CRM_CHANGE_WAS_UPDATED_BY ","
                                      " change_set.time FROM change"
                                      " JOIN change_set ON change_set.id = change.set_id"
                                      " WHERE set_id = ?1 AND record_id = ?2"
                                      " AND was_updated_at IS NOT NULL LIMIT 1",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, self->set_id);
  crm_statement_bind_int (statement, 2, self->kept_id);
  if (crm_statement_step (statement, &local_error))
    {
      stamps->updated_at = crm_statement_get_int (statement, 0);
      stamps->updated_by = crm_statement_get_int (statement, 1);
      *found = updated_at != NULL &&
               crm_value_get_integer (updated_at) == crm_statement_get_int (statement, 2);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* What the act did to fields, with a @condition on rows of `change` about ?2; (element-type CrmChange) */
static GPtrArray *
load_changes (CrmUnmergeGroup *self, const char *condition, gint64 parameter, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT record_id, field_id, old, new FROM change"
                         " WHERE set_id = ?1 AND field_id > 0 AND old IS NOT new AND %s",
                         condition);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return NULL;

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_change_free);
  crm_statement_bind_int (statement, 1, self->set_id);
  crm_statement_bind_int (statement, 2, parameter);
  while (crm_statement_step (statement, &local_error))
    {
      CrmChange *change = g_new0 (CrmChange, 1);

      change->record_id = crm_statement_get_int (statement, 0);
      change->field_id = crm_statement_get_int (statement, 1);
      change->old_text = g_strdup (crm_statement_get_text (statement, 2));
      change->new_text = g_strdup (crm_statement_get_text (statement, 3));
      g_ptr_array_add (changes, change);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&changes);
}

static CrmValue *
decode (const CrmField *field, const char *text)
{
  return text != NULL ? crm_value_decode (field, text) : NULL;
}

/* Whether the field's newest change after the merge is that another one was separated: then it is still what the
 * program made of it, and nobody's wish */
static gboolean
was_separated_since (CrmUnmergeGroup *self,
                     const CrmField *field,
                     gboolean *separated,
                     GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  *separated = FALSE;
  statement = crm_connection_prepare (self->connection,
                                      "SELECT act.kind FROM change"
                                      " JOIN change_set ON change_set.id = change.set_id"
                                      " JOIN act ON act.id = change_set.act_id"
                                      " WHERE change.record_id = ?1 AND change.field_id = ?2"
                                      " AND change.set_id > ?3"
                                      " ORDER BY change.set_id DESC LIMIT 1",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, self->kept_id);
  crm_statement_bind_int (statement, 2, field->id);
  crm_statement_bind_int (statement, 3, self->set_id);
  if (crm_statement_step (statement, &local_error))
    *separated = crm_act_kind_from_name (crm_statement_get_text (statement, 0)) == CRM_ACT_UNMERGE;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
strip_kept (CrmUnmergeGroup *self, const CrmRecord *kept, GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (self->transaction);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
  CrmStore *store = crm_transaction_get_store (self->transaction);
  CrmStamps stamps = { crm_store_get_now (store), crm_store_get_me (store) };
  CrmStamps former = { 0 };
  gboolean is_untouched;

  changes = load_changes (self, "record_id = ?2", self->kept_id, error);
  if (changes == NULL)
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);
      const CrmField *field = crm_catalogue_get_field (catalogue, change->field_id);
      g_autoptr (CrmValue) old = NULL;
      g_autoptr (CrmValue) written = NULL;
      gboolean separated;
      CrmValue *now;
      CrmValue *target;

      if (field == NULL)
        continue;
      if (!was_separated_since (self, field, &separated, error))
        return FALSE;

      old = decode (field, change->old_text);
      written = decode (field, change->new_text);
      now = crm_record_get_value (kept, field);
      if (crm_kind_is_repeated (field->kind))
        {
          target = take_items_back (self, field, old, written, now);
        }
      else if (separated || crm_value_equal (now, written))
        {
          target = take_value_back (self, field, old, now);
        }
      else
        {
          if (!crm_value_equal (now, old) &&
              !tell_kept_value (self, self->type, self->kept_id, field, now, old, error))
            return FALSE;
          continue;
        }

      target = leave_out_taken (self, self->kept_id, field, target);
      if (target != NULL)
        g_ptr_array_add (owned, target);
      if (crm_value_equal (now, target))
        continue;
      g_ptr_array_add (fields, (gpointer) field);
      g_ptr_array_add (values, target);
    }

  if (fields->len == 0)
    return TRUE;
  if (!find_former_stamps (self, kept, &is_untouched, &former, error))
    return FALSE;
  if (is_untouched && self->remaining->len == 0)
    stamps = former;

  return crm_transaction_set_raw (self->transaction, self->type, self->kept_id,
                                  (const CrmField *const *) fields->pdata,
                                  (CrmValue *const *) values->pdata, fields->len, &stamps, error);
}

/* Links */

static gboolean
names_any (const CrmValue *value, GPtrArray *records)
{
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    if (crm_unmerge_has_record (records, crm_value_get_item (value, i)->id))
      return TRUE;

  return FALSE;
}

static gboolean
names (const CrmValue *value, gint64 id)
{
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    if (crm_value_get_item (value, i)->id == id)
      return TRUE;

  return FALSE;
}

/* @now with @id where the merge put the kept record: in its place, or behind it where something else made it a link
 * of the kept record as well. (transfer full) */
static CrmValue *
turn_link_back (const CrmUnmergeGroup *self, CrmValue *old, CrmValue *now, gint64 id)
{
  gboolean kept_stays = names (old, self->kept_id) || names_any (old, self->remaining);
  GArray *items;

  if (names (now, id) || !names (now, self->kept_id))
    return ref_value (now);
  /* Another one that returned was put in its place already: this one goes behind that */
  items = crm_item_array_new ();
  for (guint i = 0; i < crm_value_get_n_items (now); i++)
    {
      const CrmItem *item = crm_value_get_item (now, i);

      if (item->id != self->kept_id || kept_stays)
        append_item (items, item);
      if (item->id == self->kept_id)
        for (guint j = 0; j < crm_value_get_n_items (old); j++)
          {
            const CrmItem *former = crm_value_get_item (old, j);

            if (crm_unmerge_has_record (self->returning, former->id) && !names (now, former->id))
              append_item (items, former);
          }
    }

  return crm_value_new_items_take (items);
}

static gboolean
turn_links_back (CrmUnmergeGroup *self, gint64 id, GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (self->transaction);
  g_autoptr (GPtrArray) changes = NULL;

  changes = load_changes (self, "instr (old, CAST (?2 AS TEXT)) > 0", id, error);
  if (changes == NULL)
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);
      const CrmField *field = crm_catalogue_get_field (catalogue, change->field_id);
      const CrmRecordType *type;
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (CrmValue) old = NULL;
      g_autoptr (CrmValue) written = NULL;
      g_autoptr (CrmValue) target = NULL;
      g_autoptr (GError) local_error = NULL;
      CrmValue *now;

      if (field == NULL || !crm_kind_is_relation (field->kind) ||
          change->record_id == self->kept_id)
        continue;
      old = decode (field, change->old_text);
      written = decode (field, change->new_text);
      if (!names (old, id))
        continue;

      type = crm_catalogue_get_type (catalogue, field->type_id);
      record = crm_connection_load_record (self->connection, type, change->record_id, &field, 1,
                                           &local_error);
      if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
        continue;
      if (record == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      now = crm_record_get_value (record, field);
      if (self->remaining->len == 0 && crm_value_equal (now, written))
        target = ref_value (old);
      else
        target = turn_link_back (self, old, now, id);
      if (!names (target, id) &&
          !tell_kept_value (self, type, change->record_id, field, now, old, error))
        return FALSE;
      if (!crm_value_equal (now, target) &&
          !crm_transaction_set_raw (self->transaction, type, change->record_id, &field, &target, 1,
                                    NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* The records themselves */

static gboolean
bring_back (CrmUnmergeGroup *self, const CrmRecord *record, GError **error)
{
  gint64 id = crm_record_get_id (record);

  for (guint i = 0; i < self->taken->len; i++)
    {
      const CrmClash *clash = g_ptr_array_index (self->taken, i);
      const CrmField *field = crm_catalogue_get_field (
          crm_transaction_get_catalogue (self->transaction), clash->field->id);
      g_autoptr (CrmValue) value = NULL;

      if (clash->record_id != id || field == NULL)
        continue;
      value = leave_out_taken (self, id, field, ref_value (crm_record_get_value (record, field)));
      if (!crm_transaction_set_raw (self->transaction, self->type, id, &field, &value, 1, NULL,
                                    error))
        return FALSE;
    }

  return crm_transaction_set_state (self->transaction, self->type, id, CRM_STATE_MERGED,
                                    CRM_STATE_LIVE, 0, error);
}

gboolean
crm_unmerge_group_run (CrmUnmergeGroup *self, GError **error)
{
  g_autoptr (CrmRecord) kept = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  kept = crm_connection_load_record (self->connection, self->type, self->kept_id, NULL, -1, error);
  if (kept == NULL)
    return FALSE;
  if (crm_record_get_state (kept) == CRM_STATE_MERGED)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_CONFLICT,
                   _ ("“%s” was itself merged into another one since. Separate it first."),
                   crm_record_get_label (kept));
      return FALSE;
    }

  if (!strip_kept (self, kept, error))
    return FALSE;
  for (guint i = 0; i < self->returning->len; i++)
    if (!turn_links_back (self, crm_record_get_id (g_ptr_array_index (self->returning, i)), error))
      return FALSE;
  for (guint i = 0; i < self->returning->len; i++)
    if (!bring_back (self, g_ptr_array_index (self->returning, i), error))
      return FALSE;

  return TRUE;
}
