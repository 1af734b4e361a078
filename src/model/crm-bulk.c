/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-bulk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-new-items.h"
#include "crm-number.h"
#include "crm-sum-private.h"
#include "crm-transaction-core-private.h"

#define MILLION 1000000

static CrmBulkChange *
change_new (CrmBulkOperation operation, const CrmField *field, CrmValue *value)
{
  CrmBulkChange *self = g_new0 (CrmBulkChange, 1);

  self->operation = operation;
  self->field = field;
  self->value = value != NULL ? crm_value_ref (value) : NULL;
  self->factor = MILLION;

  return self;
}

CrmBulkChange *
crm_bulk_change_new_set (const CrmField *field, CrmValue *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  return change_new (CRM_BULK_SET, field, value);
}

CrmBulkChange *
crm_bulk_change_new_add (const CrmField *field, CrmValue *items)
{
  g_return_val_if_fail (field != NULL && crm_kind_is_repeated (field->kind), NULL);
  g_return_val_if_fail (items != NULL, NULL);

  return change_new (CRM_BULK_ADD, field, items);
}

CrmBulkChange *
crm_bulk_change_new_remove (const CrmField *field, CrmValue *items)
{
  g_return_val_if_fail (field != NULL && crm_kind_is_repeated (field->kind), NULL);
  g_return_val_if_fail (items != NULL, NULL);

  return change_new (CRM_BULK_REMOVE, field, items);
}

CrmBulkChange *
crm_bulk_change_new_replace (const CrmField *field,
                             const char *find,
                             const char *replacement,
                             gboolean is_pattern,
                             gboolean match_case,
                             GError **error)
{
  g_autoptr (CrmBulkChange) self = NULL;
  g_autofree char *pattern = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (crm_kind_get_info (field->kind)->storage == CRM_STORAGE_TEXT, NULL);
  g_return_val_if_fail (find != NULL && *find != '\0' && replacement != NULL, NULL);

  self = change_new (CRM_BULK_REPLACE, field, NULL);
  self->is_pattern = is_pattern;
  self->replacement = g_strdup (replacement);
  pattern = is_pattern ? g_strdup (find) : g_regex_escape_string (find, -1);
  self->regex = g_regex_new (pattern,
                             match_case ? G_REGEX_OPTIMIZE : G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0,
                             &local_error);
  if (self->regex == NULL ||
      (is_pattern && !g_regex_check_replacement (replacement, NULL, &local_error)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a pattern that can be used (%s); correct it."), find,
                   local_error->message);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
is_number (const CrmField *field)
{
  return field->kind == CRM_KIND_INTEGER || field->kind == CRM_KIND_DECIMAL ||
         field->kind == CRM_KIND_PERCENT || field->kind == CRM_KIND_MONEY;
}

/* Decimals of what is stored */
static guint
get_digits (const CrmField *field)
{
  return field->kind == CRM_KIND_INTEGER ? 0 : field->kind == CRM_KIND_MONEY ? 3 : 6;
}

static gboolean
read_adjustment (CrmBulkChange *self, const char *text, const CrmLocale *locale)
{
  g_autofree char *number = g_strstrip (g_strdup (text));
  char sign = *number;
  gsize size = strlen (number);
  gboolean percent = size > 1 && number[size - 1] == '%';
  gint64 value;

  if (strchr ("+-*", sign) == NULL || sign == '\0')
    return FALSE;
  if (percent)
    number[size - 1] = '\0';

  if (sign == '*')
    return !percent && crm_number_parse (number + 1, 6, locale->decimal_comma, &self->factor, NULL);

  if (percent)
    {
      if (!crm_number_parse (number + 1, 4, locale->decimal_comma, &value, NULL) ||
          ABS (value) > G_MAXINT64 / 4)
        return FALSE;
      self->factor = MILLION + (sign == '-' ? -value : value);
      return TRUE;
    }

  if (!crm_number_parse (number + 1, get_digits (self->field), locale->decimal_comma, &value, NULL))
    return FALSE;
  self->summand = sign == '-' ? -value : value;

  return TRUE;
}

CrmBulkChange *
crm_bulk_change_new_adjust (const CrmField *field,
                            const char *text,
                            const CrmLocale *locale,
                            GError **error)
{
  g_autoptr (CrmBulkChange) self = NULL;

  g_return_val_if_fail (field != NULL && is_number (field), NULL);
  g_return_val_if_fail (text != NULL && locale != NULL, NULL);

  self = change_new (CRM_BULK_ADJUST, field, NULL);
  if (!read_adjustment (self, text, locale))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” says nothing to reckon with; write it like “+10 %%”, “-5” or “*1.1”."),
                   text);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
crm_bulk_change_free (CrmBulkChange *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->value, crm_value_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self->replacement);
  g_free (self);
}

/* What becomes of one value */

static CrmValue *
remove_items (const CrmBulkChange *self, CrmValue *value)
{
  GArray *items = crm_item_array_new ();

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (!crm_value_has_item (self->value, item))
        crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }

  return crm_value_new_items_take (items);
}

static char *
replace_in (const CrmBulkChange *self, const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *replaced;

  replaced = self->is_pattern
                 ? g_regex_replace (self->regex, text, -1, 0, self->replacement, 0, &local_error)
                 : g_regex_replace_literal (self->regex, text, -1, 0, self->replacement, 0,
                                            &local_error);
  if (replaced == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 _ ("The pattern cannot be used on “%s” (%s); make it simpler."), text,
                 local_error->message);

  return replaced;
}

/* As if a person had typed it, so that nothing gets in that could not be typed */
static CrmValue *
read_text (const CrmBulkChange *self, const char *text, const CrmLocale *locale, GError **error)
{
  return crm_value_parse (self->field, text, locale, NULL, NULL, error);
}

static gboolean
replace_items (const CrmBulkChange *self,
               CrmValue *value,
               const CrmLocale *locale,
               CrmValue **result,
               GError **error)
{
  g_autoptr (GArray) items = crm_item_array_new ();

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      g_autofree char *text = replace_in (self, item->text, error);
      g_autoptr (CrmValue) read = NULL;
      g_autoptr (GError) local_error = NULL;

      if (text == NULL)
        return FALSE;
      if (strcmp (text, item->text) == 0)
        {
          crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
          continue;
        }
      read = read_text (self, text, locale, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (read != NULL && !crm_item_array_has (items, crm_value_get_item (read, 0)))
        {
          const CrmItem *new = crm_value_get_item (read, 0);

          crm_item_array_add (items, new->text, item->label, new->key, 0, 0);
        }
    }
  *result = crm_value_new_items_take (g_steal_pointer (&items));

  return TRUE;
}

static gboolean
replace (const CrmBulkChange *self,
         CrmValue *value,
         const CrmLocale *locale,
         CrmValue **result,
         GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  if (value == NULL)
    return TRUE;
  if (crm_kind_is_repeated (self->field->kind))
    return replace_items (self, value, locale, result, error);

  text = replace_in (self, crm_value_get_text (value), error);
  if (text == NULL)
    return FALSE;
  if (strcmp (text, crm_value_get_text (value)) == 0)
    {
      *result = crm_value_ref (value);
      return TRUE;
    }

  *result = read_text (self, text, locale, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* The smallest step that the value may have: a cent, a whole, a millionth */
static gint64
get_step (const CrmField *field, const CrmValue *value)
{
  int decimals;
  gint64 step = 1000;

  if (field->kind != CRM_KIND_MONEY)
    return 1;
  decimals = crm_currency_get_digits (crm_value_get_currency (value));
  for (int i = 0; i < MIN (decimals, 3); i++)
    step /= 10;

  return decimals < 0 ? 1 : step;
}

static gboolean
adjust (const CrmBulkChange *self, CrmValue *value, CrmValue **result, GError **error)
{
  gint64 step;
  CrmSum sum;

  if (value == NULL)
    return TRUE;

  step = get_step (self->field, value);
  sum = (CrmSum) crm_value_get_integer (value) * self->factor + (CrmSum) self->summand * MILLION;
  sum = crm_sum_divide (sum, step * MILLION) * step;
  if (sum > G_MAXINT64 || sum < G_MININT64 ||
      ((self->field->flags & CRM_FIELD_PROBABILITY) != 0 &&
       (sum < 0 || sum > (CrmSum) 100 * MILLION)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” would get a value that it cannot have. Choose a smaller change, or "
                      "fewer to change."),
                   self->field->label);
      return FALSE;
    }
  *result = self->field->kind == CRM_KIND_MONEY
                ? crm_value_new_money ((gint64) sum, crm_value_get_currency (value))
                : crm_value_new_integer ((gint64) sum);

  return TRUE;
}

gboolean
crm_bulk_change_compute (const CrmBulkChange *self,
                         CrmValue *value,
                         const CrmLocale *locale,
                         CrmValue **result,
                         GError **error)
{
  *result = NULL;

  switch (self->operation)
    {
    case CRM_BULK_SET:
      *result = self->value != NULL ? crm_value_ref (self->value) : NULL;
      return TRUE;
    case CRM_BULK_ADD:
      *result = crm_value_unite (value, self->value);
      return TRUE;
    case CRM_BULK_REMOVE:
      *result = remove_items (self, value);
      return TRUE;
    case CRM_BULK_REPLACE:
      return replace (self, value, locale, result, error);
    case CRM_BULK_ADJUST:
      return adjust (self, value, result, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Doing it */

static gboolean
apply_to (const CrmBulkChange *self,
          CrmTransaction *transaction,
          const CrmRecordType *type,
          gint64 id,
          gboolean *changed,
          GError **error)
{
  const CrmLocale *locale = crm_store_get_locale (crm_transaction_get_store (transaction));
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmValue) result = NULL;
  g_autoptr (GError) local_error = NULL;
  CrmValue *value;

  *changed = FALSE;
  record = crm_connection_load_record (crm_transaction_get_connection (transaction), type, id,
                                       &self->field, 1, &local_error);
  if (record == NULL && !g_error_matches (local_error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL || crm_record_get_state (record) != CRM_STATE_LIVE)
    return TRUE;

  value = crm_record_get_value (record, self->field);
  if (!crm_bulk_change_compute (self, value, locale, &result, error))
    return FALSE;

  return crm_value_equal (value, result) ||
         crm_transaction_update (transaction, type, id, &self->field, &result, 1, changed, NULL,
                                 error);
}

gboolean
crm_bulk_change_apply (const CrmBulkChange *self,
                       CrmTransaction *transaction,
                       const CrmRecordType *type,
                       const gint64 *ids,
                       guint n_ids,
                       gint64 *n_changed,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && type != NULL, FALSE);
  g_return_val_if_fail (n_changed != NULL, FALSE);

  if (self->operation == CRM_BULK_SET)
    return crm_transaction_set_many (transaction, type, ids, n_ids, self->field, self->value,
                                     n_changed, error);

  *n_changed = 0;
  if (n_ids > 0)
    crm_transaction_set_subject (transaction, type, ids[0], self->field);
  for (guint i = 0; i < n_ids; i++)
    {
      gboolean changed;

      if (!apply_to (self, transaction, type, ids[i], &changed, error))
        return FALSE;
      *n_changed += changed;
      crm_transaction_advance (transaction, 1);
    }

  return TRUE;
}

/* As an act of its own */

typedef struct
{
  const CrmRecordType *type;
  GPtrArray *changes; /* of CrmBulkChange */
  const gint64 *ids;
  guint n_ids;
  CrmProgressFunc progress; /* nullable */
  gpointer progress_data;
  gint64 n_changed;
} Request;

/* The same change, where the options and records that it gives exist; (transfer full) */
static CrmBulkChange *
make_possible (const CrmBulkChange *self, CrmTransaction *transaction, GError **error)
{
  CrmBulkChange *possible = change_new (self->operation, self->field, NULL);

  possible->regex = self->regex != NULL ? g_regex_ref (self->regex) : NULL;
  possible->replacement = g_strdup (self->replacement);
  possible->is_pattern = self->is_pattern;
  possible->factor = self->factor;
  possible->summand = self->summand;
  if (self->value == NULL || self->operation == CRM_BULK_REMOVE)
    {
      possible->value = self->value != NULL ? crm_value_ref (self->value) : NULL;
      return possible;
    }

  possible->value = crm_new_items_create (transaction, self->field, self->value, error);
  if (possible->value == NULL)
    g_clear_pointer (&possible, crm_bulk_change_free);

  return possible;
}

static gboolean
write_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Request *request = data;
  const CrmField *field = ((CrmBulkChange *) g_ptr_array_index (request->changes, 0))->field;
  CrmTypeCount *count;

  crm_transaction_set_progress (transaction, request->progress, request->progress_data,
                                (gint64) request->n_ids * request->changes->len);
  for (guint i = 0; i < request->changes->len; i++)
    {
      g_autoptr (CrmBulkChange) change = NULL;
      gint64 n_changed;

      change = make_possible (g_ptr_array_index (request->changes, i), transaction, error);
      if (change == NULL ||
          !crm_bulk_change_apply (change, transaction, request->type, request->ids, request->n_ids,
                                  &n_changed, error))
        return FALSE;
    }

  crm_transaction_set_subject (transaction, request->type, request->ids[0], field);
  count = g_hash_table_lookup (transaction->counts, &request->type->id);
  request->n_changed = count != NULL ? count->changed : 0;

  return TRUE;
}

gboolean
crm_bulk_write (CrmStore *store,
                const CrmRecordType *type,
                GPtrArray *changes,
                const gint64 *ids,
                guint n_ids,
                CrmSource source,
                CrmProgressFunc progress,
                gpointer progress_data,
                GCancellable *cancellable,
                CrmBulkResult *result,
                GError **error)
{
  Request request = { type, changes, ids, n_ids, progress, progress_data, 0 };
  g_auto (CrmWriteResult) written = { 0 };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (changes != NULL && changes->len > 0, FALSE);
  g_return_val_if_fail (n_ids > 0, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  if (!crm_store_write (store, CRM_ACT_EDIT, source, write_func, &request, cancellable, &written,
                        error))
    return FALSE;
  result->act_id = written.act_id;
  result->n_records = request.n_changed;

  return TRUE;
}
