/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a change of many records would do, before anything is done. */

#include "config.h"

#include "crm-bulk-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-id-set.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

/* Records that are read at once */
#define PAGE 1024

typedef struct
{
  const CrmBulkChange *change;
  CrmStore *store;
  const CrmRecordType *type;
  const gint64 *ids;
  guint n_ids;
  guint max_samples;
  GPtrArray *samples;
  guint n_changes;

  /* Of a unique field */
  CrmIdSet *chosen; /* the ids */
  GHashTable *given; /* keys that somebody is to get */

  /* One page */
  guint first;
  GCancellable *cancellable;
} Preview;

static void
sample_free (gpointer data)
{
  CrmBulkSample *sample = data;

  g_free (sample->label);
  g_free (sample->before);
  g_free (sample->after);
  g_free (sample);
}

static void
add_sample (Preview *self, const CrmRecord *record, CrmValue *before, CrmValue *after)
{
  const CrmLocale *locale = crm_store_get_locale (self->store);
  CrmBulkSample *sample = g_new0 (CrmBulkSample, 1);

  sample->id = crm_record_get_id (record);
  sample->label = g_strdup (crm_record_get_label (record));
  sample->before = crm_value_to_display (self->change->field, before, locale);
  sample->after = crm_value_to_display (self->change->field, after, locale);
  g_ptr_array_add (self->samples, sample);
}

/* Who is among the chosen may lose the value by the same act; that is seen when it is done */
static gboolean
check_key (Preview *self,
           CrmConnection *connection,
           gint64 id,
           const char *key,
           const char *text,
           GError **error)
{
  gint64 holder = 0;

  if (!g_hash_table_add (self->given, g_strdup (key)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                   _ ("Several would get “%s”, which only one may have. Choose another field, or "
                      "only one to change."),
                   text);
      return FALSE;
    }
  if (!crm_connection_find_holder (connection, self->change->field, key, id, &holder, error))
    return FALSE;
  if (holder != 0 && !crm_id_set_contains (self->chosen, holder))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                   _ ("“%s” belongs to somebody else already. Choose another value."), text);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_keys (Preview *self,
            CrmConnection *connection,
            gint64 id,
            CrmValue *before,
            CrmValue *after,
            GError **error)
{
  const CrmField *field = self->change->field;
  g_autofree char *key = NULL;

  if (!crm_kind_is_repeated (field->kind))
    {
      key = crm_field_make_unique_key (field, after);

      return key == NULL ||
             check_key (self, connection, id, key, crm_value_get_text (after), error);
    }

  for (guint i = 0; i < crm_value_get_n_items (after); i++)
    {
      const CrmItem *item = crm_value_get_item (after, i);

      if (!crm_value_has_item (before, item) &&
          !check_key (self, connection, id, crm_item_get_key (item), item->text, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check (Preview *self,
       CrmConnection *connection,
       gint64 id,
       CrmValue *before,
       CrmValue *after,
       GError **error)
{
  const CrmField *field = self->change->field;

  if (after == NULL && (field->flags & CRM_FIELD_REQUIRED) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” must not be empty. Give it a value."), field->label);
      return FALSE;
    }

  return after == NULL || self->chosen == NULL ||
         check_keys (self, connection, id, before, after, error);
}

static gboolean
preview_page (CrmConnection *connection, gpointer data, GError **error)
{
  Preview *self = data;
  const CrmLocale *locale = crm_store_get_locale (self->store);
  g_autoptr (GPtrArray) records = NULL;

  records = crm_store_get_records (self->store, self->type, self->ids + self->first,
                                   MIN (PAGE, self->n_ids - self->first), &self->change->field, 1,
                                   self->cancellable, error);
  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      const CrmRecord *record = g_ptr_array_index (records, i);
      CrmValue *value = crm_record_get_value (record, self->change->field);
      g_autoptr (CrmValue) result = NULL;

      if (crm_record_get_state (record) != CRM_STATE_LIVE)
        continue;
      if (!crm_bulk_change_compute (self->change, value, locale, &result, error))
        return FALSE;
      if (crm_value_equal (value, result))
        continue;
      if (!check (self, connection, crm_record_get_id (record), value, result, error))
        return FALSE;
      self->n_changes++;
      if (self->samples->len < self->max_samples)
        add_sample (self, record, value, result);
    }

  return TRUE;
}

GPtrArray *
crm_bulk_change_preview (const CrmBulkChange *self,
                         CrmStore *store,
                         const CrmRecordType *type,
                         const gint64 *ids,
                         guint n_ids,
                         guint max_samples,
                         guint *n_changes,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (sample_free);
  g_autoptr (CrmIdSet) chosen = NULL;
  g_autoptr (GHashTable) given = NULL;
  Preview preview = { .change = self,
                      .store = store,
                      .type = type,
                      .ids = ids,
                      .n_ids = n_ids,
                      .max_samples = max_samples,
                      .samples = samples,
                      .cancellable = cancellable };

  g_return_val_if_fail (self != NULL && type != NULL, NULL);
  g_return_val_if_fail (n_changes != NULL, NULL);

  if ((self->field->flags & CRM_FIELD_UNIQUE) != 0)
    {
      chosen = crm_id_set_new ();
      given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < n_ids; i++)
        crm_id_set_add (chosen, ids[i]);
      preview.chosen = chosen;
      preview.given = given;
    }

  for (; preview.first < n_ids; preview.first += PAGE)
    if (!crm_database_read (crm_store_get_database (store), preview_page, &preview, cancellable,
                            error))
      return NULL;
  *n_changes = preview.n_changes;

  return g_steal_pointer (&samples);
}

/* Options */

typedef struct
{
  const CrmField *field;
  const gint64 *ids;
  guint n_ids;
  GArray *counts; /* of gint64 */
} Counting;

static CrmStatement *
prepare_count (CrmConnection *connection, const CrmField *field, GError **error)
{
  g_autofree char *sql = NULL;

  if (crm_kind_is_repeated (field->kind))
    sql = g_strdup_printf ("SELECT v.id, count (*) FROM json_each (?1) AS chosen CROSS JOIN"
                           " " CRM_ITEM_TABLE
                           " AS v ON v.record = chosen.value WHERE v.live = 1 GROUP BY v.id",
                           field->id);
  else
    sql = g_strdup_printf ("SELECT r." CRM_VALUE_COLUMN
                           ", count (*) FROM json_each (?1) AS chosen CROSS JOIN " CRM_RECORD_TABLE
                           " AS r ON r.id = chosen.value WHERE r.state = 0 GROUP BY 1",
                           field->id, field->type_id);

  return crm_connection_prepare (connection, sql, error);
}

static void
count_option (Counting *self, gint64 option_id, gint64 n)
{
  for (guint i = 0; i < self->field->n_options; i++)
    if (self->field->options[i]->id == option_id)
      g_array_index (self->counts, gint64, i) += n;
}

static gboolean
count_options (CrmConnection *connection, gpointer data, GError **error)
{
  Counting *self = data;

  for (guint i = 0; i < self->n_ids; i += PAGE)
    {
      g_autofree char *list = crm_transaction_list_ids (self->ids + i, MIN (PAGE, self->n_ids - i));
      g_autoptr (CrmStatement) statement = prepare_count (connection, self->field, error);
      g_autoptr (GError) local_error = NULL;

      if (statement == NULL)
        return FALSE;
      crm_statement_bind_borrowed_text (statement, 1, list);
      while (crm_statement_step (statement, &local_error))
        count_option (self, crm_statement_get_int (statement, 0),
                      crm_statement_get_int (statement, 1));
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}

GArray *
crm_bulk_count_options (CrmStore *store,
                        const CrmField *field,
                        const gint64 *ids,
                        guint n_ids,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  Counting counting = { field, ids, n_ids, counts };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  g_array_set_size (counts, field->n_options);
  if (!crm_database_read (crm_store_get_database (store), count_options, &counting, cancellable,
                          error))
    return NULL;

  return g_steal_pointer (&counts);
}
