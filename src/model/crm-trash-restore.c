/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Coming back from the trash. A unique value that a record had may be somebody else's by now; what is to become of
 * that is chosen record by record, and done in the one act that restores them all. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-history-private.h"
#include "crm-merge.h"
#include "crm-transaction-private.h"
#include "crm-trash-private.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  const gint64 *ids;
  guint n_ids;
  const CrmTrashProgress *progress; /* (nullable) */
  CrmRestoreChoice others;
  GHashTable *choices; /* gint64 record id → CrmRestoreChoice */
  GHashTable *claims; /* "field:key" → gint64: who has the value by what this act did so far */
  GPtrArray *conflicts; /* CrmConflict: what is not decided */
} Restore;

/* A value of the record that is somebody else's by now */
typedef struct
{
  const CrmField *field;
  char *key;
  CrmValue *value; /* this value alone */
  gint64 other_id;
} Taken;

static void
taken_free (gpointer data)
{
  Taken *taken = data;

  g_free (taken->key);
  crm_value_unref (taken->value);
  g_free (taken);
}

static char *
make_claim (const CrmField *field, const char *key)
{
  return g_strdup_printf ("%" ID ":%s", field->id, key);
}

/* Unique values */

typedef gboolean (*UniqueFunc) (Restore *self,
                                CrmTransaction *transaction,
                                gint64 id,
                                const CrmField *field,
                                const char *key,
                                CrmValue *value,
                                gpointer data,
                                GError **error);

/* Calls @func with each unique value of the record by itself */
static gboolean
for_each_unique (Restore *self,
                 CrmTransaction *transaction,
                 const CrmRecord *record,
                 UniqueFunc func,
                 gpointer data,
                 GError **error)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  gint64 id = crm_record_get_id (record);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      CrmValue *value = crm_record_get_value (record, field);

      if ((field->flags & CRM_FIELD_UNIQUE) == 0 || value == NULL)
        continue;
      if (!crm_kind_is_repeated (field->kind))
        {
          g_autofree char *key = crm_field_make_unique_key (field, value);

          if (!func (self, transaction, id, field, key, value, data, error))
            return FALSE;
          continue;
        }
      for (guint j = 0; j < crm_value_get_n_items (value); j++)
        {
          const CrmItem *item = crm_value_get_item (value, j);
          g_autoptr (CrmValue) single = NULL;

          single = crm_value_new_item (item->text, item->label, item->key, item->id, item->type_id);
          if (!func (self, transaction, id, field, crm_item_get_key (item), single, data, error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
note_taken (Restore *self,
            CrmTransaction *transaction,
            gint64 id,
            const CrmField *field,
            const char *key,
            CrmValue *value,
            gpointer data,
            GError **error)
{
  GPtrArray *taken = data;
  g_autofree char *name = make_claim (field, key);
  const gint64 *claim = g_hash_table_lookup (self->claims, name);
  gint64 other_id = claim != NULL ? *claim : 0;
  Taken *entry;

  /* What this act restored gets its values back at the end only */
  if (other_id == 0 &&
      !crm_transaction_find_by_key (transaction, field, key, &other_id, NULL, error))
    return FALSE;
  if (other_id == 0 || other_id == id)
    return TRUE;

  entry = g_new0 (Taken, 1);
  entry->field = field;
  entry->key = g_strdup (key);
  entry->value = crm_value_ref (value);
  entry->other_id = other_id;
  g_ptr_array_add (taken, entry);
  return TRUE;
}

static gboolean
claim (Restore *self,
       CrmTransaction *transaction,
       gint64 id,
       const CrmField *field,
       const char *key,
       CrmValue *value,
       gpointer data,
       GError **error)
{
  g_hash_table_insert (self->claims, make_claim (field, key), g_memdup2 (&id, sizeof id));
  return TRUE;
}

static gboolean
claim_all (Restore *self,
           CrmTransaction *transaction,
           const CrmRecordType *type,
           gint64 id,
           GError **error)
{
  g_autoptr (CrmRecord) record = NULL;

  record = crm_connection_load_record (crm_transaction_get_connection (transaction), type, id, NULL,
                                       -1, error);
  return record != NULL && for_each_unique (self, transaction, record, claim, NULL, error);
}

/* Takes the value of @taken away from the live record @id */
static gboolean
take_away (CrmTransaction *transaction,
           const CrmRecordType *type,
           gint64 id,
           const Taken *taken,
           GError **error)
{
  const CrmField *field = taken->field;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmValue) rest = NULL;
  CrmValue *value;

  record = crm_connection_load_record (crm_transaction_get_connection (transaction), type, id,
                                       &field, 1, error);
  if (record == NULL)
    return FALSE;

  value = crm_record_get_value (record, field);
  if (value != NULL && crm_kind_is_repeated (field->kind))
    {
      GArray *items = crm_item_array_new ();

      for (guint i = 0; i < crm_value_get_n_items (value); i++)
        {
          const CrmItem *item = crm_value_get_item (value, i);

          if (g_strcmp0 (crm_item_get_key (item), taken->key) != 0)
            crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
        }
      rest = crm_value_new_items_take (items);
    }

  return crm_transaction_update (transaction, type, id, &field, &rest, 1, NULL, NULL, error);
}

/* What was chosen */

static void
add_conflicts (Restore *self, const CrmRecordType *type, gint64 id, GPtrArray *taken)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const Taken *entry = g_ptr_array_index (taken, i);
      CrmConflict *conflict = g_new0 (CrmConflict, 1);

      conflict->record_id = id;
      conflict->type = type;
      conflict->field = entry->field;
      conflict->old = crm_value_ref (entry->value);
      conflict->other_id = entry->other_id;
      g_ptr_array_add (self->conflicts, conflict);
    }
}

static gboolean
restore_without (Restore *self,
                 CrmTransaction *transaction,
                 const CrmRecordType *type,
                 gint64 id,
                 GPtrArray *taken,
                 GError **error)
{
  if (!crm_transaction_restore (transaction, type, id, error))
    return FALSE;
  for (guint i = 0; i < taken->len; i++)
    if (!take_away (transaction, type, id, g_ptr_array_index (taken, i), error))
      return FALSE;

  return claim_all (self, transaction, type, id, error);
}

static gboolean
swap (Restore *self,
      CrmTransaction *transaction,
      const CrmRecordType *type,
      gint64 id,
      GPtrArray *taken,
      GError **error)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const Taken *entry = g_ptr_array_index (taken, i);

      if (!take_away (transaction, type, entry->other_id, entry, error))
        return FALSE;
    }

  return crm_transaction_restore (transaction, type, id, error) &&
         claim_all (self, transaction, type, id, error);
}

static gboolean
merge (Restore *self,
       CrmTransaction *transaction,
       const CrmRecordType *type,
       gint64 id,
       GPtrArray *taken,
       GError **error)
{
  gint64 ids[2] = { ((const Taken *) g_ptr_array_index (taken, 0))->other_id, id };

  for (guint i = 1; i < taken->len; i++)
    if (((const Taken *) g_ptr_array_index (taken, i))->other_id != ids[0])
      {
        g_autofree char *id_text = g_strdup_printf ("%" ID, id);

        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                     _ ("What the record %s had is used by several others, so it can’t be merged "
                        "into one of them. Choose something else for it."),
                     id_text);
        return FALSE;
      }

  return crm_transaction_restore (transaction, type, id, error) &&
         crm_transaction_merge (transaction, type, ids, 2, NULL, error) &&
         claim_all (self, transaction, type, ids[0], error);
}

static CrmRestoreChoice
get_choice (Restore *self, gint64 id)
{
  gpointer choice;

  if (g_hash_table_lookup_extended (self->choices, &id, NULL, &choice))
    return (CrmRestoreChoice) GPOINTER_TO_INT (choice);

  return self->others;
}

static gboolean
restore_record (CrmTransaction *transaction,
                const CrmRecordType *type,
                gint64 id,
                gpointer data,
                GError **error)
{
  Restore *self = data;
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (taken_free);
  g_autoptr (CrmRecord) record = NULL;

  record = crm_connection_load_record (crm_transaction_get_connection (transaction), type, id, NULL,
                                       -1, error);
  if (record == NULL)
    return FALSE;
  if (crm_record_get_state (record) == CRM_STATE_TRASHED &&
      !for_each_unique (self, transaction, record, note_taken, taken, error))
    return FALSE;
  if (taken->len == 0)
    return crm_transaction_restore (transaction, type, id, error) &&
           for_each_unique (self, transaction, record, claim, NULL, error);

  switch (get_choice (self, id))
    {
    case CRM_RESTORE_SKIP:
      return TRUE;

    case CRM_RESTORE_WITHOUT:
      return restore_without (self, transaction, type, id, taken, error);

    case CRM_RESTORE_SWAP:
      return swap (self, transaction, type, id, taken, error);

    case CRM_RESTORE_MERGE:
      return merge (self, transaction, type, id, taken, error);

    case CRM_RESTORE_ASK:
    default:
      add_conflicts (self, type, id, taken);
      return TRUE;
    }
}

static gboolean
restore_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Restore *self = data;
  const CrmConflict *first;
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;

  g_hash_table_remove_all (self->claims);
  g_ptr_array_set_size (self->conflicts, 0);
  if (!crm_trash_for_each (transaction, self->ids, self->n_ids, self->progress, restore_record,
                           self, error))
    return FALSE;
  if (self->conflicts->len == 0)
    return TRUE;

  first = g_ptr_array_index (self->conflicts, 0);
  other = g_strdup_printf ("%" ID, first->other_id);
  text = crm_value_to_text (first->field, first->old);
  g_set_error (
      error, CRM_ERROR, CRM_ERROR_CONFLICT,
      _ ("“%s” is used by another record (%s) by now. Choose which of them is to have it."), text,
      other);
  return FALSE;
}

/* What is told of them outlives a snapshot of the catalogue that is rolled back with the act */
static void
take_conflicts (CrmStore *store, Restore *self, GPtrArray **conflicts)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      CrmConflict *conflict = g_ptr_array_index (self->conflicts, i);

      conflict->type = crm_catalogue_get_type (catalogue, conflict->type->id);
      conflict->field = crm_catalogue_get_field (catalogue, conflict->field->id);
    }
  *conflicts = g_ptr_array_ref (self->conflicts);
}

gboolean
crm_trash_restore_with (CrmStore *store,
                        const gint64 *ids,
                        guint n_ids,
                        GArray *decisions,
                        CrmRestoreChoice others,
                        CrmSource source,
                        const CrmTrashProgress *progress,
                        GCancellable *cancellable,
                        CrmWriteResult *result,
                        GPtrArray **conflicts,
                        GError **error)
{
  g_autoptr (GHashTable) choices = NULL;
  g_autoptr (GHashTable) claims = NULL;
  g_autoptr (GPtrArray) undecided = NULL;
  g_autoptr (GError) local_error = NULL;
  Restore restore = { .ids = ids, .n_ids = n_ids, .progress = progress, .others = others };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (ids != NULL || n_ids == 0, FALSE);

  if (conflicts != NULL)
    *conflicts = NULL;

  choices = g_hash_table_new (g_int64_hash, g_int64_equal);
  claims = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  undecided = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_conflict_free);
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      CrmRestoreDecision *decision = &g_array_index (decisions, CrmRestoreDecision, i);

      g_hash_table_insert (choices, &decision->record_id, GINT_TO_POINTER (decision->choice));
    }
  restore.choices = choices;
  restore.claims = claims;
  restore.conflicts = undecided;

  if (crm_store_write (store, CRM_ACT_RESTORE, source, restore_func, &restore, cancellable, result,
                       &local_error))
    return TRUE;

  if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_CONFLICT) && conflicts != NULL)
    take_conflicts (store, &restore, conflicts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
crm_trash_restore (CrmStore *store,
                   const gint64 *ids,
                   guint n_ids,
                   CrmSource source,
                   CrmWriteResult *result,
                   GPtrArray **conflicts,
                   GError **error)
{
  return crm_trash_restore_with (store, ids, n_ids, NULL, CRM_RESTORE_ASK, source, NULL, NULL,
                                 result, conflicts, error);
}
