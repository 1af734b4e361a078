/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The unique values that a planned undo brings back, and who has them. The writing finds that out by itself, once
 * everything is written; a plan has to think ahead: a value is free where its holder gives it up in the same act. */

#include "config.h"

#include "crm-history-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

/* Of one range; nobody decides about more of them one by one */
#define MAX_CLASHES 1000

typedef struct
{
  gint64 record_id;
  const CrmField *field;
  char *key;
  char *text;
} Claim;

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  g_free (claim->key);
  g_free (claim->text);
  g_free (claim);
}

/* Takes @key */
static void
add_claim (CrmRevert *self, gint64 record_id, const CrmField *field, char *key, const char *text)
{
  Claim *claim;

  if (key == NULL)
    return;

  claim = g_new0 (Claim, 1);
  claim->record_id = record_id;
  claim->field = field;
  claim->key = key;
  claim->text = g_strdup (text);
  if (self->claims == NULL)
    self->claims = g_ptr_array_new_with_free_func (claim_free);
  g_ptr_array_add (self->claims, claim);
}

static gboolean
is_released (CrmRevert *self, gint64 record_id, gint64 field_id)
{
  const CrmRecordField field = { record_id, field_id };
  const CrmRecordField record = { record_id, 0 };

  if (g_hash_table_contains (self->released, &field) ||
      g_hash_table_contains (self->released, &record))
    return TRUE;

  for (guint i = 0; i < self->released_ranges->len; i += 2)
    if (record_id >= g_array_index (self->released_ranges, gint64, i) &&
        record_id <= g_array_index (self->released_ranges, gint64, i + 1))
      return TRUE;

  return FALSE;
}

static CrmValue *
make_old (const CrmField *field, const char *text)
{
  if (crm_kind_is_repeated (field->kind))
    return crm_value_new_item (text, NULL, NULL, 0, 0);
  if (crm_kind_get_info (field->kind)->storage == CRM_STORAGE_TEXT)
    return crm_value_new_text (text);

  return NULL;
}

/* Somebody decides about a field, however many of its values are taken */
static gboolean
add_to_last (CrmRevert *self, gint64 record_id, const CrmField *field, CrmValue *old)
{
  CrmConflict *last = NULL;
  CrmValue *both;

  if (self->conflicts->len > 0)
    last = g_ptr_array_index (self->conflicts, self->conflicts->len - 1);
  if (last == NULL || last->kind != CRM_CONFLICT_TAKEN || last->record_id != record_id ||
      last->field->id != field->id)
    return FALSE;

  both = crm_kind_is_repeated (field->kind) ? crm_value_unite (last->old, old) : NULL;
  if (both != NULL)
    {
      g_clear_pointer (&last->old, crm_value_unref);
      last->old = both;
    }
  return TRUE;
}

static void
add_taken (CrmRevert *self,
           gint64 record_id,
           gint64 other_id,
           const CrmField *field,
           const char *text)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  g_autoptr (CrmValue) old = make_old (field, text);
  guint n = self->conflicts->len;

  if (add_to_last (self, record_id, field, old))
    return;

  crm_revert_add_conflict (self, CRM_CONFLICT_TAKEN,
                           crm_catalogue_get_type (catalogue, field->type_id), record_id, field,
                           NULL, g_steal_pointer (&old));
  if (self->conflicts->len > n)
    ((CrmConflict *) g_ptr_array_index (self->conflicts, n))->other_id = other_id;
}

void
crm_revert_claim (CrmRevert *self, gint64 record_id, const CrmField *field, const CrmValue *value)
{
  if (value == NULL)
    return;

  if (!crm_kind_is_repeated (field->kind))
    {
      g_autofree char *text = crm_value_to_text (field, value);

      add_claim (self, record_id, field, crm_field_make_unique_key (field, value), text);
      return;
    }

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      add_claim (self, record_id, field, g_strdup (crm_item_get_key (item)), item->text);
    }
}

void
crm_revert_claim_record (CrmRevert *self, const CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  gint64 id = crm_record_get_id (record);

  /* What is changed by the same act is claimed as it will be */
  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i]->flags & CRM_FIELD_UNIQUE) != 0 &&
        !is_released (self, id, type->fields[i]->id))
      crm_revert_claim (self, id, type->fields[i], crm_record_get_value (record, type->fields[i]));
}

gboolean
crm_revert_claim_range (CrmRevert *self,
                        const CrmRecordType *type,
                        gint64 first,
                        gint64 last,
                        CrmState from,
                        GError **error)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autoptr (CrmStatement) statement = NULL;
      g_autoptr (GError) local_error = NULL;
      g_autofree char *sql = NULL;

      if ((field->flags & CRM_FIELD_UNIQUE) == 0)
        continue;
      if (crm_kind_is_repeated (field->kind))
        sql = g_strdup_printf (
            "SELECT own.record, other.record, own.text FROM " CRM_ITEM_TABLE " AS own"
            " JOIN " CRM_RECORD_TABLE " AS t ON t.id = own.record AND t.state = %d"
            " JOIN " CRM_ITEM_TABLE " AS other ON other.key = own.key AND other.live = 1"
            " WHERE own.record BETWEEN %" ID " AND %" ID " ORDER BY 1 LIMIT %d",
            field->id, type->id, from, field->id, first, last, MAX_CLASHES);
      else
        sql = g_strdup_printf (
            "SELECT own.id, other.id, own." CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE " AS own"
            " JOIN " CRM_RECORD_TABLE " AS other ON other." CRM_UNIQUE_KEY_COLUMN
            " = own." CRM_UNIQUE_KEY_COLUMN " AND other.state = 0 AND other.id <> own.id"
            " WHERE own.id BETWEEN %" ID " AND %" ID " AND own.state = %d ORDER BY 1 LIMIT %d",
            field->id, type->id, type->id, field->id, field->id, first, last, from, MAX_CLASHES);
      statement = crm_connection_prepare (self->connection, sql, error);
      if (statement == NULL)
        return FALSE;

      while (crm_statement_step (statement, &local_error))
        if (!is_released (self, crm_statement_get_int (statement, 1), field->id))
          add_taken (self, crm_statement_get_int (statement, 0),
                     crm_statement_get_int (statement, 1), field,
                     crm_statement_get_text (statement, 2));
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}

void
crm_revert_release (CrmRevert *self, gint64 record_id, gint64 field_id)
{
  crm_revert_leave_alone (self->released, record_id, field_id);
}

void
crm_revert_release_range (CrmRevert *self, gint64 first, gint64 last)
{
  g_array_append_val (self->released_ranges, first);
  g_array_append_val (self->released_ranges, last);
}

gboolean
crm_revert_check_claims (CrmRevert *self, GError **error)
{
  for (guint i = 0; self->claims != NULL && i < self->claims->len; i++)
    {
      const Claim *claim = g_ptr_array_index (self->claims, i);
      gint64 holder = 0;

      if (!crm_connection_find_holder (self->connection, claim->field, claim->key, claim->record_id,
                                       &holder, error))
        return FALSE;
      if (holder != 0 && !is_released (self, holder, claim->field->id))
        add_taken (self, claim->record_id, holder, claim->field, claim->text);
    }

  return TRUE;
}
