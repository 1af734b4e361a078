/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people do in a timeline: pin a line to its top, and bring back an old value. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-timeline-private.h"

typedef struct
{
  CrmStore *store;
  gint64 record_id;
  GPtrArray *entries;
} Request;

typedef struct
{
  const CrmTimelineEntry *entry;
  gboolean pinned;
} Pin;

typedef struct
{
  gint64 id;
  const CrmField *field;
  CrmValue *value;
} Restore;

/* Pinned lines */

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  const CrmTimelineEntry *left = *(const CrmTimelineEntry *const *) a;
  const CrmTimelineEntry *right = *(const CrmTimelineEntry *const *) b;

  if (left->time != right->time)
    return left->time > right->time ? -1 : 1;

  return left->entry_id > right->entry_id ? -1 : left->entry_id < right->entry_id;
}

static gboolean
pinned_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_auto (CrmTimelineReader) reader = { 0 };
  GHashTableIter iter;
  gpointer key;

  if (!crm_timeline_reader_init (&reader, request->store, connection, request->record_id, error))
    return FALSE;

  g_hash_table_iter_init (&iter, reader.pins);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const CrmRecordField *pin = key;
      CrmTimelineEntry *entry = crm_timeline_make_linked (&reader, pin->field_id);

      if (entry == NULL)
        entry = crm_timeline_make_act (&reader, pin->record_id, pin->field_id);
      if (entry != NULL)
        g_ptr_array_add (request->entries, entry);
    }
  g_ptr_array_sort (request->entries, compare_times);

  return !crm_wording_take_error (&reader.wording, error);
}

/* 0 without @error where it was never pinned; @state: (out): whether it is now */
static gint64
find_pin (CrmConnection *connection,
          gint64 record_id,
          gint64 entry_id,
          gboolean *is_pinned,
          GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  *is_pinned = FALSE;
  statement = crm_connection_prepare (connection,
                                      "SELECT id, state FROM pin WHERE record_id = ?1"
                                      " AND entry_id = ?2 ORDER BY state LIMIT 1",
                                      error);
  if (statement == NULL)
    return 0;

  crm_statement_bind_int (statement, 1, record_id);
  crm_statement_bind_int (statement, 2, entry_id);
  if (!crm_statement_step (statement, error))
    return 0;

  *is_pinned = crm_statement_get_int (statement, 1) == 0;
  return crm_statement_get_int (statement, 0);
}

static gboolean
insert_pin (CrmTransaction *transaction, gint64 record_id, gint64 entry_id, GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (
      connection, "INSERT INTO pin (record_id, entry_id) VALUES (?1, ?2) RETURNING id", error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, record_id);
  crm_statement_bind_int (statement, 2, entry_id);
  return crm_statement_step (statement, error) &&
         crm_transaction_log_catalogue (transaction, "pin", crm_statement_get_int (statement, 0),
                                        "state", NULL, "0", error);
}

static gboolean
set_one_pinned (CrmTransaction *transaction,
                gint64 record_id,
                gint64 entry_id,
                gboolean pinned,
                GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (GError) local_error = NULL;
  gboolean is_pinned;
  gint64 id = find_pin (connection, record_id, entry_id, &is_pinned, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (is_pinned == pinned)
    return TRUE;
  if (id == 0)
    return insert_pin (transaction, record_id, entry_id, error);

  return crm_transaction_set_catalogue (transaction, "pin", id, "state", pinned ? "0" : "2", error);
}

static gboolean
pin_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Pin *pin = data;

  return crm_transaction_set_pinned (transaction, pin->entry, pin->pinned, error);
}

/* Old values */

/* Whether what the item names is still there */
static gboolean
item_exists (CrmTransaction *transaction,
             const CrmField *field,
             const CrmItem *item,
             gboolean *exists,
             GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  g_autoptr (GError) local_error = NULL;

  if (item->id == 0)
    *exists = TRUE;
  else if (!crm_kind_is_relation (field->kind))
    *exists = crm_catalogue_get_option (catalogue, item->id) != NULL;
  else
    *exists = crm_connection_find_type_of (crm_transaction_get_connection (transaction), catalogue,
                                           item->id, &local_error) != NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* @value without the items that are gone; %NULL without @error where nothing is left */
static CrmValue *
drop_what_is_gone (CrmTransaction *transaction,
                   const CrmField *field,
                   CrmValue *value,
                   GError **error)
{
  g_autoptr (GArray) items = NULL;

  if (crm_value_get_shape (value) != CRM_VALUE_ITEMS)
    return crm_value_ref (value);

  items = crm_item_array_new ();
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      gboolean exists = FALSE;

      if (!item_exists (transaction, field, item, &exists, error))
        return NULL;
      if (exists)
        crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }

  return crm_value_new_items_take (g_steal_pointer (&items));
}

static gboolean
restore_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Restore *restore = data;

  return crm_transaction_restore_value (transaction, restore->id, restore->field, restore->value,
                                        error);
}

GPtrArray *
crm_timeline_get_pinned (CrmStore *store,
                         gint64 record_id,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  Request request = { .store = store, .record_id = record_id };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_timeline_entry_free);
  request.entries = entries;
  if (!crm_database_read (crm_store_get_database (store), pinned_func, &request, cancellable,
                          error))
    return NULL;

  return g_steal_pointer (&entries);
}

gboolean
crm_transaction_set_pinned (CrmTransaction *transaction,
                            const CrmTimelineEntry *entry,
                            gboolean pinned,
                            GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (entry != NULL, FALSE);

  type = crm_connection_find_type_of (crm_transaction_get_connection (transaction),
                                      crm_transaction_get_catalogue (transaction), entry->record_id,
                                      &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (type == NULL)
    {
      crm_record_set_not_found (error, NULL, entry->record_id);
      return FALSE;
    }

  /* Of a line that is folded any act may be the one that was pinned */
  for (guint i = 0; !pinned && entry->act_ids != NULL && i < entry->act_ids->len; i++)
    if (!set_one_pinned (transaction, entry->record_id, g_array_index (entry->act_ids, gint64, i),
                         FALSE, error))
      return FALSE;
  if (!set_one_pinned (transaction, entry->record_id, entry->entry_id, pinned, error))
    return FALSE;

  crm_transaction_set_subject (transaction, type, entry->record_id, NULL);
  return TRUE;
}

gboolean
crm_timeline_set_pinned (CrmStore *store,
                         const CrmTimelineEntry *entry,
                         gboolean pinned,
                         CrmSource source,
                         CrmWriteResult *result,
                         GError **error)
{
  Pin pin = { entry, pinned };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (entry != NULL, FALSE);

  return crm_store_write (store, CRM_ACT_PIN, source, pin_func, &pin, NULL, result, error);
}

gboolean
crm_transaction_restore_value (CrmTransaction *transaction,
                               gint64 id,
                               const CrmField *field,
                               CrmValue *value,
                               GError **error)
{
  const CrmCatalogue *catalogue;
  const CrmField *newest;
  g_autoptr (CrmValue) old = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  catalogue = crm_transaction_get_catalogue (transaction);
  newest = crm_catalogue_get_field (catalogue, field->id);
  if (newest == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("The field “%s” was removed. Bring it back before its values."),
                   field->label);
      return FALSE;
    }
  if ((newest->flags & CRM_FIELD_READ_ONLY) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is kept by the program. Leave it out."), newest->label);
      return FALSE;
    }

  if (value != NULL)
    old = drop_what_is_gone (transaction, newest, value, &local_error);
  if (local_error == NULL && value != NULL && old == NULL)
    g_set_error (&local_error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 _ ("What “%s” was then is there no more. Choose another value."), newest->label);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return crm_transaction_update (transaction, crm_catalogue_get_type (catalogue, newest->type_id),
                                 id, &newest, &old, 1, NULL, NULL, error);
}

gboolean
crm_timeline_restore_value (CrmStore *store,
                            gint64 id,
                            const CrmField *field,
                            CrmValue *value,
                            CrmSource source,
                            CrmWriteResult *result,
                            GError **error)
{
  Restore restore = { id, field, value };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  return crm_store_write (store, CRM_ACT_EDIT, source, restore_func, &restore, NULL, result, error);
}
