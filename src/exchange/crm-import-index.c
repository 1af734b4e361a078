/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-index-private.h"

#include <string.h>

#include "crm-key-table-private.h"
#include "crm-text.h"

/* A type with fewer records is read whole at once, however short the file */
#define SMALL_TYPE 20000

#define MAX_FOUND 2000

struct _CrmImportIndex
{
  CrmTransaction *transaction;
  CrmConnection *connection;
  const CrmRecordType *type;
  const CrmField *company;
  gboolean is_companies;
  gboolean complete;
  gint64 count;

  GHashTable *keys; /* field id -> CrmKeyTable: all, or those of this import */
  GHashTable *trashed_keys; /* likewise, of records in the trash */
  CrmKeyTable *names; /* NULL until they are needed, as the following */
  CrmKeyTable *names_in_companies;
  CrmKeyTable *trashed_names;
  CrmKeyTable *merged; /* external ids */
  CrmKeyTable *phones; /* with names */
};

static GHashTable *
new_tables (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                (GDestroyNotify) crm_key_table_free);
}

CrmImportIndex *
crm_import_index_new (CrmTransaction *transaction,
                      const CrmRecordType *type,
                      const CrmField *company,
                      gint64 n_rows,
                      GError **error)
{
  g_autoptr (CrmImportIndex) self = g_new0 (CrmImportIndex, 1);

  self->transaction = transaction;
  self->connection = crm_transaction_get_connection (transaction);
  self->type = type;
  self->company = company;
  self->is_companies = type->standard && strcmp (type->name, "companies") == 0;
  self->keys = new_tables ();
  self->trashed_keys = new_tables ();
  if (!crm_record_keys_count (self->connection, type, &self->count, error))
    return NULL;
  self->complete = self->count <= SMALL_TYPE || n_rows >= self->count / 2;

  return g_steal_pointer (&self);
}

void
crm_import_index_free (CrmImportIndex *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->trashed_keys, g_hash_table_unref);
  g_clear_pointer (&self->names, crm_key_table_free);
  g_clear_pointer (&self->names_in_companies, crm_key_table_free);
  g_clear_pointer (&self->trashed_names, crm_key_table_free);
  g_clear_pointer (&self->merged, crm_key_table_free);
  g_clear_pointer (&self->phones, crm_key_table_free);
  g_free (self);
}

gboolean
crm_import_index_is_complete (CrmImportIndex *self)
{
  return self->complete;
}

gint64
crm_import_index_get_count (CrmImportIndex *self)
{
  return self->count;
}

static char *
normalise (const CrmImportIndex *self, const char *name)
{
  return self->is_companies ? crm_text_normalise_company (name) : crm_text_normalise_name (name);
}

static guint64
hash_in_company (const char *name, gint64 company_id)
{
  return crm_key_hash_id (crm_key_hash (0, name), company_id);
}

/* Reading. What a rehearsal changed is not in the file. */

typedef struct
{
  CrmImportIndex *self;
  const CrmField *field;
  const CrmField *other_field;
  CrmState state;
  CrmRecordKeyFunc func;
  gpointer data;
} Reading;

static void
read_stored_cb (gint64 id, const char *key, gint64 other, gpointer data)
{
  Reading *reading = data;

  if (!crm_transaction_is_rehearsed (reading->self->transaction, id))
    reading->func (id, key, other, reading->data);
}

static void
read_rehearsed_cb (const CrmRecord *record, gpointer data)
{
  Reading *reading = data;
  const CrmField *field = reading->field;
  const CrmValue *value = crm_record_get_value (record, field);
  const CrmValue *other = NULL;
  g_autofree char *key = NULL;
  guint i;

  if (crm_record_get_state (record) != reading->state)
    return;

  if (crm_kind_is_repeated (field->kind))
    {
      for (i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
        reading->func (crm_record_get_id (record), crm_item_get_key (crm_value_get_item (value, i)),
                       0, reading->data);
      return;
    }

  if (reading->other_field != NULL)
    other = crm_record_get_value (record, reading->other_field);
  if (value != NULL && (field->flags & CRM_FIELD_UNIQUE) != 0 && reading->state == CRM_STATE_LIVE)
    key = crm_record_keys_make (field, value);
  else if (value != NULL)
    key = g_strdup (crm_value_get_text (value));
  reading->func (crm_record_get_id (record), key, other != NULL ? crm_value_get_integer (other) : 0,
                 reading->data);
}

static gboolean
read_keys (CrmImportIndex *self,
           const CrmField *field,
           const CrmField *other_field,
           CrmState state,
           CrmRecordKeyFunc func,
           gpointer data,
           GError **error)
{
  Reading reading = { self, field, other_field, state, func, data };

  if (!crm_transaction_is_rehearsal (self->transaction))
    return crm_record_keys_read (self->connection, self->type, field, other_field, state, func,
                                 data, error);

  if (crm_transaction_is_stored (self->transaction, field) &&
      !crm_record_keys_read (self->connection, self->type, field, other_field, state,
                             read_stored_cb, &reading, error))
    return FALSE;

  return crm_transaction_foreach_rehearsed (self->transaction, self->type, read_rehearsed_cb,
                                            &reading, error);
}

static gboolean
has_key (const CrmRecord *record, const CrmField *field, const char *key)
{
  const CrmValue *value = crm_record_get_value (record, field);
  g_autofree char *own = NULL;
  guint i;

  if (value == NULL || crm_record_get_state (record) != CRM_STATE_LIVE)
    return FALSE;

  for (i = 0; crm_kind_is_repeated (field->kind) && i < crm_value_get_n_items (value); i++)
    if (strcmp (crm_item_get_key (crm_value_get_item (value, i)), key) == 0)
      return TRUE;
  if (crm_kind_is_repeated (field->kind))
    return FALSE;

  own = (field->flags & CRM_FIELD_UNIQUE) != 0 ? crm_record_keys_make (field, value)
                                               : g_strdup (crm_value_get_text (value));

  return strcmp (own, key) == 0;
}

/* Asks the file for live records that have @key */
static gboolean
find_stored (CrmImportIndex *self,
             const CrmField *field,
             const char *key,
             GArray *ids,
             GError **error)
{
  guint first = ids->len;
  guint i;

  if (!crm_transaction_is_stored (self->transaction, field))
    return TRUE;
  if (!crm_record_keys_find (self->connection, field, key, ids, error))
    return FALSE;

  for (i = ids->len; i > first; i--)
    {
      gint64 id = g_array_index (ids, gint64, i - 1);
      g_autoptr (CrmRecord) record = NULL;

      if (!crm_transaction_is_rehearsed (self->transaction, id))
        continue;
      record = crm_transaction_peek (self->transaction, self->type, id, error);
      if (record == NULL)
        return FALSE;
      if (!has_key (record, field, key))
        g_array_remove_index (ids, i - 1);
    }

  return TRUE;
}

/* Keys */

static void
take_key (gint64 id, const char *key, gint64 other, gpointer data)
{
  if (key != NULL)
    crm_key_table_add (data, crm_key_hash (0, key), id);
}

/* A unique text in the trash is kept as it was typed. */
static void
take_text (gint64 id, const char *key, gint64 other, gpointer data)
{
  g_autofree char *folded = key != NULL ? crm_text_fold (key) : NULL;

  take_key (id, folded, other, data);
}

static CrmKeyTable *
ensure_keys (CrmImportIndex *self, const CrmField *field, GError **error)
{
  CrmKeyTable *table = g_hash_table_lookup (self->keys, &field->id);

  if (table == NULL)
    {
      table = crm_key_table_new ();
      g_hash_table_insert (self->keys, (gpointer) &field->id, table);
      if (self->complete && !read_keys (self, field, NULL, CRM_STATE_LIVE, take_key, table, error))
        return NULL;
    }

  return table;
}

static int
compare_found (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* What was found from @first on: once each, oldest first, whenever it came into the table */
static void
tidy_found (GArray *ids, guint first)
{
  guint i;

  if (ids->len <= first + 1)
    return;

  g_qsort_with_data (&g_array_index (ids, gint64, first), (gint) (ids->len - first),
                     sizeof (gint64), compare_found, NULL);
  for (i = ids->len - 1; i > first; i--)
    if (g_array_index (ids, gint64, i) == g_array_index (ids, gint64, i - 1))
      g_array_remove_index (ids, i);
}

gboolean
crm_import_index_find (CrmImportIndex *self,
                       const CrmField *field,
                       const char *key,
                       GArray *ids,
                       GError **error)
{
  CrmKeyTable *table = ensure_keys (self, field, error);
  guint first = ids->len;

  if (table == NULL)
    return FALSE;
  if (!self->complete && !find_stored (self, field, key, ids, error))
    return FALSE;

  crm_key_table_find (table, crm_key_hash (0, key), MAX_FOUND, ids);

  /* What this import wrote may have come from both. */
  tidy_found (ids, first);

  return TRUE;
}

gboolean
crm_import_index_find_trashed (CrmImportIndex *self,
                               const CrmField *field,
                               const char *key,
                               gint64 *trashed,
                               GError **error)
{
  CrmKeyTable *table = g_hash_table_lookup (self->trashed_keys, &field->id);

  if (table == NULL)
    {
      gboolean is_text = !crm_kind_is_repeated (field->kind) &&
                         (field->flags & CRM_FIELD_UNIQUE) != 0;

      table = crm_key_table_new ();
      g_hash_table_insert (self->trashed_keys, (gpointer) &field->id, table);
      if (!read_keys (self, field, NULL, CRM_STATE_TRASHED, is_text ? take_text : take_key, table,
                      error))
        return FALSE;
    }

  *trashed = crm_key_table_get (table, crm_key_hash (0, key));

  return TRUE;
}

gboolean
crm_import_index_find_merged (CrmImportIndex *self,
                              const CrmField *field,
                              const char *key,
                              gint64 *id,
                              GError **error)
{
  if (self->merged == NULL)
    {
      self->merged = crm_key_table_new ();
      if (!read_keys (self, field, NULL, CRM_STATE_MERGED, take_key, self->merged, error))
        return FALSE;
    }

  *id = crm_key_table_get (self->merged, crm_key_hash (0, key));

  return TRUE;
}

void
crm_import_index_add (CrmImportIndex *self, const CrmField *field, const char *key, gint64 id)
{
  CrmKeyTable *table = g_hash_table_lookup (self->keys, &field->id);

  if (table == NULL)
    {
      /* All keys are read when the first one is asked for; until then there is nothing to add to.
       * */
      if (self->complete)
        return;
      table = crm_key_table_new ();
      g_hash_table_insert (self->keys, (gpointer) &field->id, table);
    }

  crm_key_table_add (table, crm_key_hash (0, key), id);
}

/* Names */

typedef struct
{
  CrmImportIndex *self;
  CrmKeyTable *names;
  CrmKeyTable *names_in_companies;
} Names;

static void
take_name (gint64 id, const char *key, gint64 other, gpointer data)
{
  Names *names = data;
  g_autofree char *name = normalise (names->self, key != NULL ? key : "");

  if (names->names != NULL)
    crm_key_table_add (names->names, crm_key_hash (0, name), id);
  crm_key_table_add (names->names_in_companies, hash_in_company (name, other), id);
}

static gboolean
ensure_names (CrmImportIndex *self, GError **error)
{
  Names names = { .self = self };

  if (self->names != NULL)
    return TRUE;

  self->names = names.names = crm_key_table_new ();
  self->names_in_companies = names.names_in_companies = crm_key_table_new ();

  return read_keys (self, self->type->label_field, self->company, CRM_STATE_LIVE, take_name, &names,
                    error);
}

gboolean
crm_import_index_find_name (CrmImportIndex *self,
                            const char *name,
                            gint64 company_id,
                            GArray *ids,
                            GError **error)
{
  guint first = ids->len;

  if (!ensure_names (self, error))
    return FALSE;

  if (company_id < 0)
    crm_key_table_find (self->names, crm_key_hash (0, name), MAX_FOUND, ids);
  else
    crm_key_table_find (self->names_in_companies, hash_in_company (name, company_id), MAX_FOUND,
                        ids);
  tidy_found (ids, first);

  return TRUE;
}

gboolean
crm_import_index_find_trashed_name (CrmImportIndex *self,
                                    const char *name,
                                    gint64 company_id,
                                    gint64 *trashed,
                                    GError **error)
{
  if (self->trashed_names == NULL)
    {
      Names names = { .self = self };

      self->trashed_names = names.names_in_companies = crm_key_table_new ();
      if (!read_keys (self, self->type->label_field, self->company, CRM_STATE_TRASHED, take_name,
                      &names, error))
        return FALSE;
    }

  *trashed = crm_key_table_get (self->trashed_names, hash_in_company (name, company_id));

  return TRUE;
}

void
crm_import_index_add_name (CrmImportIndex *self, const char *name, gint64 company_id, gint64 id)
{
  if (self->names == NULL)
    return;

  crm_key_table_add (self->names, crm_key_hash (0, name), id);
  crm_key_table_add (self->names_in_companies, hash_in_company (name, company_id), id);
}

/* Phone numbers with names */

typedef struct
{
  CrmImportIndex *self;
  GArray *names; /* of NameOf, in the order of ids */
} Phones;

typedef struct
{
  gint64 id;
  guint64 hash;
} NameOf;

static void
take_name_of (gint64 id, const char *key, gint64 other, gpointer data)
{
  Phones *phones = data;
  g_autofree char *name = key != NULL ? normalise (phones->self, key) : NULL;
  NameOf entry = { id, name != NULL ? crm_key_hash (0, name) : 0 };

  g_array_append_val (phones->names, entry);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 first = ((const NameOf *) a)->id;
  gint64 second = ((const NameOf *) b)->id;

  return first < second ? -1 : first > second;
}

static void
take_phone (gint64 id, const char *key, gint64 other, gpointer data)
{
  Phones *phones = data;
  NameOf wanted = { id, 0 };
  guint at;

  if (key != NULL && g_array_binary_search (phones->names, &wanted, compare_ids, &at))
    crm_key_table_add (phones->self->phones,
                       crm_key_hash (g_array_index (phones->names, NameOf, at).hash, key), id);
}

static gboolean
ensure_phones (CrmImportIndex *self, const CrmField *field, GError **error)
{
  g_autoptr (GArray) names = NULL;
  Phones phones = { .self = self };

  if (self->phones != NULL)
    return TRUE;

  self->phones = crm_key_table_new ();
  phones.names = names = g_array_new (FALSE, FALSE, sizeof (NameOf));

  if (!read_keys (self, self->type->label_field, NULL, CRM_STATE_LIVE, take_name_of, &phones,
                  error))
    return FALSE;
  g_array_sort (names, compare_ids);

  return read_keys (self, field, NULL, CRM_STATE_LIVE, take_phone, &phones, error);
}

gboolean
crm_import_index_find_phone (CrmImportIndex *self,
                             const CrmField *phones,
                             const char *phone,
                             const char *name,
                             GArray *ids,
                             GError **error)
{
  guint first = ids->len;

  if (!ensure_phones (self, phones, error))
    return FALSE;

  crm_key_table_find (self->phones, crm_key_hash (crm_key_hash (0, name), phone), MAX_FOUND, ids);
  tidy_found (ids, first);

  return TRUE;
}

void
crm_import_index_add_phone (CrmImportIndex *self, const char *phone, const char *name, gint64 id)
{
  if (self->phones != NULL)
    crm_key_table_add (self->phones, crm_key_hash (crm_key_hash (0, name), phone), id);
}
