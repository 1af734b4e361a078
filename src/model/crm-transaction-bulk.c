/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One value for many records, in a few statements instead of several for each record. */

#include "crm-transaction-core-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-guard.h"

#define ID G_GINT64_FORMAT

/* Records between two looks at what the user wants */
#define CHUNK 8192

/* Fewer are written one by one: making the search index anew costs as much as all records of the
 * type */
#define MIN_BULK 1000

/* Whether nothing follows from the value but its own column, and nobody is asked about it */
static gboolean
stands_alone (CrmTransaction *self, CrmTypeWriter *writer, const CrmField *field, GError **error)
{
  const CrmGuard *guard = crm_store_get_guard (self->store);

  if (crm_kind_is_repeated (field->kind) || crm_field_has_unique_key (field) ||
      crm_field_has_sort_key (field) || crm_field_has_target_type (field) ||
      (field->flags & CRM_FIELD_READ_ONLY) != 0 || crm_derived_is_source (writer->type, field))
    return FALSE;

  return guard == NULL || !guard->watches (self, field, &self->guard_state, error);
}

static gboolean
count_live (CrmTransaction *self, const CrmRecordType *type, gint64 *n, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE
                                          " WHERE state = 0",
                                          type->id);

  return crm_connection_query_int (self->connection, sql, 0, n, error);
}

/* "CAST (r.f7 AS TEXT)": what crm_value_encode() gives for the value that is there */
static void
append_encoded (GString *sql, const CrmField *field)
{
  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_DATE:
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN, field->id);
      break;

    case CRM_KIND_MONEY:
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " || ' ' || r." CRM_CURRENCY_COLUMN,
                              field->id, field->id);
      break;

    case CRM_KIND_CHOICE:
      g_string_append_printf (sql, "'[[' || r." CRM_VALUE_COLUMN " || ']]'", field->id);
      break;

    case CRM_KIND_RELATION:
    case CRM_KIND_MEMBER:
      g_string_append_printf (sql, "'[[' || r." CRM_VALUE_COLUMN " || ',%" ID "]]'", field->id,
                              field->target);
      break;

    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_DATETIME:
    case CRM_KIND_RATING:
      g_string_append_printf (sql, "CAST (r." CRM_VALUE_COLUMN " AS TEXT)", field->id);
      break;

    case CRM_KIND_CHOICES:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_FILES:
    case CRM_N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

/* Parameters: 1 ids, 2 value, 3 currency, 4 now, 5 actor, 6 change set, 7 the new text */

static void
append_chosen (GString *sql, const CrmField *field)
{
  g_string_append_printf (
      sql,
      "r.id IN (SELECT value FROM json_each (?1)) AND r.state = 0 AND (r." CRM_VALUE_COLUMN
      " IS NOT ?2",
      field->id);
  if (crm_field_has_currency (field))
    g_string_append_printf (sql, " OR r." CRM_CURRENCY_COLUMN " IS NOT ?3", field->id);
  g_string_append_c (sql, ')');
}

static CrmStatement *
prepare_log (CrmTransaction *self, CrmTypeWriter *writer, const CrmField *field, GError **error)
{
  const CrmField *updated_at = crm_record_type_find_field (writer->type, "updated_at");
  const CrmField *updated_by = crm_record_type_find_field (writer->type, "updated_by");
  g_autoptr (GString) sql = g_string_new (
      "INSERT INTO change (set_id, record_id, field_id, op, old, new, was_updated_at,"
      " was_updated_by) ");

  g_string_append_printf (sql, "SELECT ?6, r.id, %" ID ", %d, ", field->id, CRM_CHANGE_VALUE);
  append_encoded (sql, field);
  g_string_append_printf (sql,
                          ", ?7, r." CRM_VALUE_COLUMN ", CASE WHEN r." CRM_VALUE_COLUMN
                          " = ?5 THEN %d ELSE r." CRM_VALUE_COLUMN " END FROM " CRM_RECORD_TABLE
                          " AS r WHERE ",
                          updated_at->id, updated_by->id, CRM_CHANGE_BY_ACTOR, updated_by->id,
                          writer->type->id);
  append_chosen (sql, field);

  return crm_connection_prepare (self->connection, sql->str, error);
}

static CrmStatement *
prepare_update (CrmTransaction *self, CrmTypeWriter *writer, const CrmField *field, GError **error)
{
  const CrmField *updated_at = crm_record_type_find_field (writer->type, "updated_at");
  const CrmField *updated_by = crm_record_type_find_field (writer->type, "updated_by");
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "UPDATE " CRM_RECORD_TABLE " AS r SET " CRM_VALUE_COLUMN
                          " = ?2, " CRM_VALUE_COLUMN " = ?4, " CRM_VALUE_COLUMN " = ?5",
                          writer->type->id, field->id, updated_at->id, updated_by->id);
  if (crm_field_has_currency (field))
    g_string_append_printf (sql, ", " CRM_CURRENCY_COLUMN " = ?3", field->id);
  g_string_append (sql, " WHERE ");
  append_chosen (sql, field);

  return crm_connection_prepare (self->connection, sql->str, error);
}

static void
bind_value (CrmStatement *statement, const CrmValue *value)
{
  if (value == NULL)
    {
      crm_statement_bind_null (statement, 2);
      return;
    }

  switch (crm_value_get_shape (value))
    {
    case CRM_VALUE_TEXT:
      crm_statement_bind_text (statement, 2, crm_value_get_text (value));
      break;

    case CRM_VALUE_MONEY:
      crm_statement_bind_text (statement, 3, crm_value_get_currency (value));
      crm_statement_bind_int (statement, 2, crm_value_get_integer (value));
      break;

    case CRM_VALUE_INTEGER:
    case CRM_VALUE_ITEMS:
    default:
      crm_statement_bind_int (statement, 2, crm_value_get_integer (value));
      break;
    }
}

char *
crm_transaction_list_ids (const gint64 *ids, guint n_ids)
{
  GString *list = g_string_sized_new (n_ids * 20);

  for (guint i = 0; i < n_ids; i++)
    g_string_append_printf (list, "%c%" ID, i == 0 ? '[' : ',', ids[i]);
  g_string_append_c (list, ']');

  return g_string_free (list, FALSE);
}

static gboolean
set_chunk (CrmTransaction *self,
           CrmTypeWriter *writer,
           const CrmField *field,
           CrmValue *value,
           const gint64 *ids,
           guint n_ids,
           gint64 *n_changed,
           GError **error)
{
  g_autofree char *list = crm_transaction_list_ids (ids, n_ids);
  g_autofree char *text = crm_value_encode (field, value);
  g_autoptr (CrmStatement) log = prepare_log (self, writer, field, error);
  g_autoptr (CrmStatement) update = NULL;

  if (log == NULL)
    return FALSE;
  crm_statement_bind_borrowed_text (log, 1, list);
  bind_value (log, value);
  if (self->actor != 0)
    crm_statement_bind_int (log, 5, self->actor);
  crm_statement_bind_int (log, 6, self->set_id);
  crm_statement_bind_text (log, 7, text);
  if (!crm_statement_run (log, error))
    return FALSE;
  *n_changed = crm_connection_get_changes (self->connection);
  if (*n_changed == 0)
    return TRUE;

  update = prepare_update (self, writer, field, error);
  if (update == NULL)
    return FALSE;
  crm_statement_bind_borrowed_text (update, 1, list);
  bind_value (update, value);
  crm_statement_bind_int (update, 4, self->now);
  if (self->actor != 0)
    crm_statement_bind_int (update, 5, self->actor);

  return crm_statement_run (update, error);
}

static gboolean
set_in_bulk (CrmTransaction *self,
             CrmTypeWriter *writer,
             const gint64 *ids,
             guint n_ids,
             const CrmField *field,
             CrmValue *value,
             gint64 *n_changed,
             GError **error)
{
  if (!crm_transaction_start_act (self, error))
    return FALSE;

  for (guint i = 0; i < n_ids; i += CHUNK)
    {
      guint n = MIN (CHUNK, n_ids - i);
      gint64 n_in_chunk = 0;

      if (!set_chunk (self, writer, field, value, ids + i, n, &n_in_chunk, error))
        return FALSE;
      for (guint j = i; n_in_chunk > 0 && j < i + n; j++)
        crm_news_add (self->news, self->news->updated, ids[j]);
      *n_changed += n_in_chunk;
      crm_transaction_advance (self, n);
    }

  if (*n_changed > 0)
    {
      crm_news_add_type (self->news, writer->type->id);
      crm_transaction_count (self, writer->type->id, 0, *n_changed);
      self->n_in_ranges += *n_changed;
      if (crm_kind_get_info (field->kind)->searched)
        writer->search_is_stale = TRUE;
    }

  return TRUE;
}

static gboolean
set_each (CrmTransaction *self,
          CrmTypeWriter *writer,
          const gint64 *ids,
          guint n_ids,
          const CrmField *field,
          CrmValue *value,
          gint64 *n_changed,
          GError **error)
{
  for (guint i = 0; i < n_ids; i++)
    {
      gboolean changed = FALSE;
      g_autoptr (GError) local_error = NULL;

      if (!crm_transaction_update (self, writer->type, ids[i], &field, &value, 1, &changed, NULL,
                                   &local_error) &&
          !g_error_matches (local_error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      *n_changed += changed;
      crm_transaction_advance (self, 1);
    }

  return TRUE;
}

gboolean
crm_transaction_set_many (CrmTransaction *self,
                          const CrmRecordType *type,
                          const gint64 *ids,
                          guint n_ids,
                          const CrmField *field,
                          CrmValue *value,
                          gint64 *n_changed,
                          GError **error)
{
  CrmTypeWriter *writer;
  g_autoptr (GError) local_error = NULL;
  gint64 n_live = 0;
  gboolean in_bulk;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type != NULL && field != NULL, FALSE);
  g_return_val_if_fail (n_changed != NULL, FALSE);

  *n_changed = 0;
  if (n_ids == 0)
    return TRUE;

  writer = crm_transaction_get_writer (self, type);
  field = crm_catalogue_get_field (writer->catalogue, field->id);
  if (field == NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                           _ ("The field was removed meanwhile. Choose another one."));
      return FALSE;
    }
  if (value == NULL && (field->flags & CRM_FIELD_REQUIRED) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” must not be empty. Give it a value."), field->label);
      return FALSE;
    }

  crm_transaction_set_subject (self, writer->type, ids[0], field);
  in_bulk = n_ids >= MIN_BULK && crm_id_set_get_count (self->touched) == 0 &&
            self->n_in_ranges == 0 && stands_alone (self, writer, field, &local_error);
  if (local_error == NULL && in_bulk && crm_kind_get_info (field->kind)->searched)
    in_bulk = count_live (self, writer->type, &n_live, &local_error) &&
              n_ids >= n_live / CRM_SHARE_FOR_NEW_INDEX;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return in_bulk ? set_in_bulk (self, writer, ids, n_ids, field, value, n_changed, error)
                 : set_each (self, writer, ids, n_ids, field, value, n_changed, error);
}
