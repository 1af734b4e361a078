/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Unique values. A value that somebody else has is written without its key
 * (an item with live = 0, a column u<id> of NULL) and noted; once everything is
 * written the keys are put in. So two records can swap values in one act,
 * whatever the order of the writes. */

#include "crm-transaction-core-private.h"

#include <glib/gi18n.h>

#include "crm-convert.h"
#include "crm-error.h"
#include "crm-text.h"

typedef struct
{
  const CrmField *field;
  gint64 id;
} SetAside;

void
crm_clash_free (CrmClash *clash)
{
  if (clash == NULL)
    return;
  g_free (clash->text);
  g_free (clash);
}

char *
crm_field_make_unique_key (const CrmField *field, const CrmValue *value)
{
  if (value == NULL)
    return NULL;
  if (field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_LONGTEXT)
    return crm_text_fold (crm_value_get_text (value));
  return crm_value_encode (field, value);
}

gboolean
crm_connection_find_holder (CrmConnection *connection,
                            const CrmField *field,
                            const char *key,
                            gint64 id,
                            gint64 *holder,
                            GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  *holder = 0;
  if (crm_kind_is_repeated (field->kind))
    sql = g_strdup_printf ("SELECT record FROM " CRM_ITEM_TABLE
                           " WHERE key = ?1 AND live = 1 AND record <> ?2 LIMIT 1",
                           field->id);
  else
    sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE " WHERE " CRM_UNIQUE_KEY_COLUMN
                           " = ?1 AND state = 0 AND id <> ?2 LIMIT 1",
                           field->type_id, field->id);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_text (statement, 1, key);
  crm_statement_bind_int (statement, 2, id);
  if (crm_statement_step (statement, &local_error))
    *holder = crm_statement_get_int (statement, 0);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

gboolean
crm_transaction_find_holder (CrmTransaction *self,
                             const CrmField *field,
                             const char *key,
                             gint64 id,
                             gint64 *holder,
                             GError **error)
{
  return crm_connection_find_holder (self->connection, field, key, id, holder, error);
}

static CrmClash *
clash_new (gint64 record_id, gint64 other_id, const CrmField *field, const char *text)
{
  CrmClash *clash = g_new0 (CrmClash, 1);

  clash->record_id = record_id;
  clash->other_id = other_id;
  clash->field = field;
  clash->text = g_strdup (text);
  return clash;
}

CrmClash *
crm_transaction_find_clash (CrmTransaction *self,
                            const CrmRecordType *type,
                            gint64 id,
                            CrmValue *const *values,
                            CrmValue *const *old_values,
                            GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);

  /* Without indexes there is nothing to ask: who begins a bulk act has compared by itself, and
   * what slipped through fails when the indexes are built */
  if (writer->bulk)
    return NULL;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      gint64 holder = 0;

      if ((field->flags & CRM_FIELD_UNIQUE) == 0 || values[i] == NULL ||
          (old_values != NULL && crm_value_equal (values[i], old_values[i])))
        continue;

      if (!crm_kind_is_repeated (field->kind))
        {
          g_autofree char *key = crm_field_make_unique_key (field, values[i]);
          g_autofree char *text = crm_value_to_text (field, values[i]);

          if (!crm_transaction_find_holder (self, field, key, id, &holder, error))
            return NULL;
          if (holder != 0)
            return clash_new (id, holder, field, text);
          continue;
        }
      for (guint j = 0; j < crm_value_get_n_items (values[i]); j++)
        {
          const CrmItem *item = crm_value_get_item (values[i], j);

          if (!crm_transaction_find_holder (self, field, crm_item_get_key (item), id, &holder,
                                            error))
            return NULL;
          if (holder != 0)
            return clash_new (id, holder, field, item->text);
        }
    }
  return NULL;
}

void
crm_transaction_set_aside (CrmTransaction *self, const CrmField *field, gint64 id)
{
  SetAside *aside = g_new0 (SetAside, 1);

  aside->field = field;
  aside->id = id;
  g_ptr_array_add (self->set_aside, aside);
}

static gboolean
set_live (CrmTransaction *self, const CrmField *field, gint64 id, gint64 position, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("UPDATE " CRM_ITEM_TABLE
                         " SET live = 1 WHERE record = ?1 AND position = ?2",
                         field->id);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_int (statement, 2, position);
  return crm_statement_run (statement, error);
}

static gboolean
try_items (CrmTransaction *self, const CrmField *field, gint64 id, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT position, coalesce (key, text), text FROM " CRM_ITEM_TABLE
                         " WHERE record = ?1 AND live = 0 AND EXISTS "
                         "(SELECT 1 FROM " CRM_RECORD_TABLE " WHERE id = ?1 AND state = 0)",
                         field->id, field->type_id);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, id);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 holder;

      if (!crm_transaction_find_holder (self, field, crm_statement_get_text (statement, 1), id,
                                        &holder, error))
        return FALSE;
      if (holder != 0)
        g_ptr_array_add (self->clashes,
                         clash_new (id, holder, field, crm_statement_get_text (statement, 2)));
      else if (!set_live (self, field, id, crm_statement_get_int (statement, 0), error))
        return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
try_column (CrmTransaction *self, const CrmField *field, gint64 id, GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, field->type_id);
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *sql = NULL;
  CrmValue *value;
  gint64 holder;

  record = crm_transaction_load (self, writer, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  value = record != NULL ? crm_record_get_value (record, field) : NULL;
  if (value == NULL || crm_record_get_state (record) != CRM_STATE_LIVE)
    return TRUE;

  key = crm_field_make_unique_key (field, value);
  if (!crm_transaction_find_holder (self, field, key, id, &holder, error))
    return FALSE;
  if (holder != 0)
    {
      g_autofree char *text = crm_value_to_text (field, value);

      g_ptr_array_add (self->clashes, clash_new (id, holder, field, text));
      return TRUE;
    }

  sql = g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " SET " CRM_UNIQUE_KEY_COLUMN
                         " = ?2 WHERE id = ?1",
                         type->id, field->id);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_text (statement, 2, key);
  return crm_statement_run (statement, error);
}

gboolean
crm_transaction_try_set_aside (CrmTransaction *self, GError **error)
{
  const CrmClash *first;
  g_autofree char *other = NULL;

  for (guint i = 0; i < self->set_aside->len; i++)
    {
      const SetAside *aside = g_ptr_array_index (self->set_aside, i);
      gboolean ok = crm_kind_is_repeated (aside->field->kind)
                        ? try_items (self, aside->field, aside->id, error)
                        : try_column (self, aside->field, aside->id, error);

      if (!ok)
        return FALSE;
    }

  if (self->clashes->len == 0)
    return TRUE;
  first = g_ptr_array_index (self->clashes, 0);
  other = g_strdup_printf ("%" G_GINT64_FORMAT, first->other_id);
  g_set_error (
      error, CRM_ERROR, CRM_ERROR_TAKEN,
      _ ("“%s” is already used by another record (%s). Open that one, or give another value."),
      first->text, other);
  return FALSE;
}

gboolean
crm_transaction_find_by_key (CrmTransaction *self,
                             const CrmField *field,
                             const char *key,
                             gint64 *id,
                             gboolean *others,
                             GError **error)
{
  gint64 other = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (field != NULL && key != NULL, FALSE);

  if (others != NULL)
    *others = FALSE;
  if (!crm_transaction_find_holder (self, field, key, 0, id, error))
    return FALSE;
  if (*id == 0 || others == NULL)
    return TRUE;
  if (!crm_transaction_find_holder (self, field, key, *id, &other, error))
    return FALSE;
  *others = other != 0;
  return TRUE;
}
