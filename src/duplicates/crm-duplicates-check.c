/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Likely twins of what somebody is typing, and what the rules say of them. */

#include "config.h"

#include "crm-duplicate-candidates-private.h"
#include "crm-duplicate-groups-private.h"
#include "crm-duplicate-memory-private.h"
#include "crm-duplicate-rules-private.h"
#include "crm-tables.h"

/* Behind it no further question is asked; what is under way is finished. */
#define TIME_FOR_CANDIDATES (8 * G_TIME_SPAN_MILLISECOND)
#define LEAST_PROBABILITY 0.5
#define MAX_COUNTED 2000

void
crm_duplicate_twin_free (CrmDuplicateTwin *self)
{
  g_free (self->label);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

char *
crm_duplicate_twin_read_owner (const CrmDuplicateTwin *self, CrmStore *store)
{
  g_autoptr (CrmRecord) record = NULL;
  CrmValue *owner;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  record = crm_store_get_record (store, self->id, FALSE, NULL, NULL);
  owner = record != NULL ? crm_record_get_value_by_name (record, "owner") : NULL;
  return owner != NULL && crm_value_get_n_items (owner) > 0
             ? g_strdup (crm_value_get_item (owner, 0)->text)
             : NULL;
}

typedef struct
{
  GVariant *memory; /* (nullable) */
  CrmDuplicateDraft draft;
  GPtrArray *twins;
} Check;

static gboolean
guess_cb (const CrmField *field, CrmDuplicateGuess *guess, gpointer data)
{
  const Check *self = data;

  /* What was empty in all records then may be told of now */
  return crm_duplicate_memory_get_trait (self->memory, field, guess) && guess->is_used;
}

static int
compare_twins (gconstpointer a, gconstpointer b)
{
  const CrmDuplicateTwin *x = *(const CrmDuplicateTwin *const *) a;
  const CrmDuplicateTwin *y = *(const CrmDuplicateTwin *const *) b;

  if (x->level != y->level)
    return x->level > y->level ? -1 : 1;
  if (x->probability != y->probability)
    return x->probability > y->probability ? -1 : 1;

  return x->id < y->id ? -1 : x->id > y->id;
}

void
crm_duplicate_sort_twins (GPtrArray *twins, guint limit)
{
  g_ptr_array_sort (twins, compare_twins);
  if (twins->len > limit)
    g_ptr_array_set_size (twins, (int) limit);
}

static CrmValue *
get_of_draft (gpointer data, const CrmField *field)
{
  const CrmDuplicateDraft *draft = data;

  for (guint i = 0; i < draft->n_values; i++)
    if (draft->fields[i]->id == field->id)
      return draft->values[i];

  return NULL;
}

static CrmValue *
get_of_record (gpointer data, const CrmField *field)
{
  return crm_record_get_value (data, field);
}

static void
look_at (Check *self,
         const CrmDuplicateTable *table,
         const CrmDuplicateWeights *weights,
         GPtrArray *rules,
         CrmRecord *record,
         guint row)
{
  CrmDuplicateLikenesses likenesses;
  CrmDuplicateTwin *twin;
  double logs[CRM_N_CLASSES];
  double probability;
  CrmDuplicateLevel level;

  crm_duplicate_table_compare (table, 0, row, &likenesses);
  crm_duplicate_weights_rate (weights, table, &likenesses, logs);
  probability = crm_duplicate_weights_get_probability (logs);
  level = crm_duplicate_rules_get_level (rules, self->draft.catalogue, get_of_draft, &self->draft,
                                         get_of_record, record);
  if (probability < LEAST_PROBABILITY && level == CRM_DUPLICATE_LEVEL_NONE)
    return;

  twin = g_new0 (CrmDuplicateTwin, 1);
  twin->id = g_array_index (table->ids, gint64, row);
  twin->label = g_strdup (crm_record_get_label (record));
  twin->probability = probability;
  twin->level = level;
  twin->reasons = crm_duplicate_word_reasons (table, weights, &likenesses, 1);
  g_ptr_array_add (self->twins, twin);
}

/* How many there are, as far as it takes no time to count them */
static gboolean
count_records (CrmConnection *connection,
               const CrmRecordType *type,
               gint64 *n_records,
               GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM (SELECT 1 FROM " CRM_RECORD_TABLE
                                          " WHERE state = 0 LIMIT %d)",
                                          type->id, MAX_COUNTED);

  return crm_connection_query_int (connection, sql, 0, n_records, error);
}

static gboolean
check_func (CrmConnection *connection, gpointer data, GError **error)
{
  Check *self = data;
  const CrmDuplicateDraft *draft = &self->draft;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GHashTable) distinct = NULL;
  g_autoptr (CrmDuplicateTable) table = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree CrmDuplicateWeights *weights = g_new0 (CrmDuplicateWeights, 1);
  gint64 n_records;
  gint64 deadline = g_get_monotonic_time () + TIME_FOR_CANDIDATES;

  rules = crm_duplicate_rules_read (connection, draft->catalogue, draft->type, error);
  if (rules == NULL)
    return FALSE;
  ids = crm_duplicate_list_candidates (connection, draft, deadline, error);
  if (ids == NULL)
    return FALSE;
  distinct = crm_duplicate_read_distinct (connection,
                                          draft->exclude_id != 0 ? draft->exclude_id : -1, error);
  if (distinct == NULL)
    return FALSE;
  table = crm_duplicate_table_new_for_draft (connection, draft, ids, guess_cb, self, &records,
                                             error);
  if (table == NULL)
    return FALSE;

  if (!count_records (connection, draft->type, &n_records, error))
    return FALSE;
  crm_duplicate_memory_load (self->memory, table, (guint) n_records, weights);
  crm_duplicate_memory_load_counts (self->memory, table);
  for (guint row = 1; row < table->ids->len; row++)
    if (!crm_duplicate_is_distinct (distinct, draft->exclude_id,
                                    g_array_index (table->ids, gint64, row)))
      look_at (self, table, weights, rules, g_ptr_array_index (records, row - 1), row);

  return TRUE;
}

GPtrArray *
crm_duplicates_check (CrmStore *store,
                      const CrmRecordType *type,
                      const CrmField *const *fields,
                      CrmValue *const *values,
                      guint n_values,
                      gint64 exclude_id,
                      guint limit,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) twins = NULL;
  g_autoptr (GVariant) memory = NULL;
  Check self = { NULL };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (n_values == 0 || (fields != NULL && values != NULL), NULL);

  twins = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_duplicate_twin_free);
  self.draft = (CrmDuplicateDraft){
    crm_store_get_catalogue (store), type, fields, values, n_values, exclude_id
  };
  memory = crm_duplicate_memory_read (store, type);
  self.memory = memory;
  self.twins = twins;
  if (!crm_database_read (crm_store_get_database (store), check_func, &self, cancellable, error))
    return NULL;

  crm_duplicate_sort_twins (twins, limit);
  return g_steal_pointer (&twins);
}

GPtrArray *
crm_duplicates_check_record (CrmStore *store,
                             const CrmRecord *record,
                             guint limit,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  const CrmRecordType *type;

  g_return_val_if_fail (record != NULL, NULL);

  type = crm_record_get_record_type (record);
  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmValue *value = crm_record_get_value (record, type->fields[i]);

      if (value == NULL || (type->fields[i]->flags & CRM_FIELD_SYSTEM) != 0)
        continue;
      g_ptr_array_add (fields, (gpointer) type->fields[i]);
      g_ptr_array_add (values, value);
    }

  return crm_duplicates_check (store, type, (const CrmField *const *) fields->pdata,
                               (CrmValue *const *) values->pdata, fields->len,
                               crm_record_get_id (record), limit, cancellable, error);
}
