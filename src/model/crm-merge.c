/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Merging records that are the same thing: the first is kept, the others fill its gaps and become "merged", and
 * what pointed to them points to it. All of it is logged as ordinary changes, so that undoing it is ordinary too. */

#include "config.h"

#include "crm-merge.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-merge-private.h"
#include "crm-record-load-private.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

typedef struct
{
  CrmTransaction *transaction;
  CrmConnection *connection;
  const CrmRecordType *type;
  const gint64 *ids;
  guint n_ids;
  GArray *takes; /* (nullable) */
  gint64 kept;
  GPtrArray *records; /* CrmRecord, in the order of the ids */
  GPtrArray *circles; /* CrmField: relations that ran in a circle before */
} Merge;

static gboolean
load_records (Merge *self, GError **error)
{
  for (guint i = 0; i < self->n_ids; i++)
    {
      gint64 id = self->ids[i];
      CrmRecord *record;

      for (guint j = 0; j < i; j++)
        if (self->ids[j] == id)
          {
            g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                         _ ("The record %" PRId64 " is named twice. Name each record once."), id);
            return FALSE;
          }

      record = crm_connection_load_record (self->connection, self->type, id, NULL, -1, error);
      if (record == NULL)
        return FALSE;

      g_ptr_array_add (self->records, record);
      if (crm_record_get_state (record) != CRM_STATE_LIVE)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                       _ ("The record %" PRId64
                          " is in the trash or merged already. Restore it first, or leave it out."),
                       id);
          return FALSE;
        }
    }

  return TRUE;
}

/* The value of the kept record */

gboolean
crm_merge_concerns_field (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return (field->flags & CRM_FIELD_READ_ONLY) == 0 &&
         ((field->flags & CRM_FIELD_STANDARD) == 0 || !g_str_equal (field->name, "closed_at"));
}

gboolean
crm_merge_is_hierarchy (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->kind == CRM_KIND_RELATION && field->target == field->type_id;
}

static gboolean
has_id (const gint64 *ids, guint n_ids, gint64 id)
{
  for (guint i = 0; i < n_ids; i++)
    if (ids[i] == id)
      return TRUE;

  return FALSE;
}

static void
add_items (const CrmField *field,
           const CrmValue *value,
           const gint64 *ids,
           guint n_ids,
           GArray *items)
{
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (crm_kind_is_relation (field->kind) && has_id (ids, n_ids, item->id))
        continue;
      if (!crm_item_array_has (items, item))
        crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }
}

CrmValue *
crm_merge_leave_out (const CrmField *field, CrmValue *value, const gint64 *ids, guint n_ids)
{
  GArray *items;

  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL || crm_value_get_shape (value) != CRM_VALUE_ITEMS)
    return value != NULL ? crm_value_ref (value) : NULL;

  items = crm_item_array_new ();
  add_items (field, value, ids, n_ids, items);
  return crm_value_new_items_take (items);
}

CrmValue *
crm_merge_unite (const CrmField *field, GPtrArray *records, const gint64 *ids, guint n_ids)
{
  g_autoptr (GArray) all = crm_item_array_new ();

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (records != NULL, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      CrmValue *value = crm_record_get_value (g_ptr_array_index (records, i), field);

      if (value == NULL)
        continue;
      if (crm_value_get_shape (value) != CRM_VALUE_ITEMS)
        return crm_value_ref (value);

      add_items (field, value, ids, n_ids, all);
      if (!crm_kind_is_repeated (field->kind) && all->len > 0)
        break;
    }

  return crm_value_new_items_take (g_steal_pointer (&all));
}

/* The records in the order in which their values of @field count */
static GPtrArray *
order_records (const Merge *self, const CrmField *field)
{
  GPtrArray *order = g_ptr_array_new ();

  for (guint i = 0; self->takes != NULL && i < self->takes->len; i++)
    {
      const CrmMergeTake *take = &g_array_index (self->takes, CrmMergeTake, i);

      for (guint j = 0; take->field->id == field->id && j < self->records->len; j++)
        if (self->ids[j] == take->from_id)
          g_ptr_array_add (order, g_ptr_array_index (self->records, j));
    }
  for (guint i = 0; i < self->records->len; i++)
    g_ptr_array_add (order, g_ptr_array_index (self->records, i));

  return order;
}

/* (transfer full) (nullable) */
static CrmValue *
find_value (const Merge *self, const CrmField *field)
{
  g_autoptr (GPtrArray) order = NULL;

  for (guint i = 0; self->takes != NULL && i < self->takes->len; i++)
    {
      const CrmMergeTake *take = &g_array_index (self->takes, CrmMergeTake, i);

      if (take->field->id == field->id && take->from_id == 0)
        return crm_merge_leave_out (field, take->value, self->ids, self->n_ids);
    }

  order = order_records (self, field);
  return crm_merge_unite (field, order, self->ids, self->n_ids);
}

static gboolean
check_takes (const Merge *self, GError **error)
{
  for (guint i = 0; self->takes != NULL && i < self->takes->len; i++)
    {
      const CrmMergeTake *take = &g_array_index (self->takes, CrmMergeTake, i);

      if (take->from_id != 0 && !has_id (self->ids, self->n_ids, take->from_id))
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                       _ ("“%s” is to be taken from the record %" PRId64
                          ", which is not among those to be merged. Name one of these."),
                       take->field->label, take->from_id);
          return FALSE;
        }
      if (!crm_merge_concerns_field (take->field))
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                       _ ("“%s” is kept by the program. Leave it out."), take->field->label);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
fill_kept (Merge *self, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);

  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      CrmValue *value;

      if (!crm_merge_concerns_field (field))
        continue;
      value = find_value (self, field);
      if (value != NULL)
        g_ptr_array_add (owned, value);
      g_ptr_array_add (fields, (gpointer) field);
      g_ptr_array_add (values, value);
    }

  return crm_transaction_update (self->transaction, self->type, self->kept,
                                 (const CrmField *const *) fields->pdata,
                                 (CrmValue *const *) values->pdata, fields->len, NULL, NULL, error);
}

/* What points to the others */

/* Records of any state that have @sql's relation to a merged one; (element-type gint64) */
static gboolean
collect_ids (Merge *self, const char *sql, GArray *ids, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self->connection, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static char *
list_losers (const Merge *self)
{
  GString *list = g_string_new (NULL);

  for (guint i = 1; i < self->n_ids; i++)
    g_string_append_printf (list, "%s%" PRId64, i > 1 ? ", " : "", self->ids[i]);

  return g_string_free (list, FALSE);
}

/* @value with the kept record in the place of the first merged one, and without the rest of them */
static CrmValue *
repoint (const Merge *self, const CrmValue *value)
{
  GArray *items = crm_item_array_new ();
  gboolean has_kept = FALSE;

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (!has_id (self->ids, self->n_ids, item->id))
        {
          crm_item_array_add (items, NULL, NULL, NULL, item->id, item->type_id);
        }
      else if (!has_kept)
        {
          crm_item_array_add (items, NULL, NULL, NULL, self->kept, self->type->id);
          has_kept = TRUE;
        }
    }

  return crm_value_new_items_take (items);
}

static gboolean
repoint_field (Merge *self,
               const CrmRecordType *type,
               const CrmField *field,
               const char *losers,
               GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmRecordLoader) loader = NULL;
  g_autofree char *sql = NULL;

  /* Record ids are unique over all types, so the type of what is pointed to needs no look */
  if (crm_kind_is_repeated (field->kind))
    sql = g_strdup_printf ("SELECT DISTINCT record FROM " CRM_ITEM_TABLE " WHERE id IN (%s)",
                           field->id, losers);
  else
    sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE " WHERE " CRM_VALUE_COLUMN " IN (%s)",
                           type->id, field->id, losers);
  if (!collect_ids (self, sql, ids, error))
    return FALSE;
  if (ids->len == 0)
    return TRUE;

  loader = crm_record_loader_new (self->connection, NULL, type, &field, 1, error);
  if (loader == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (CrmValue) value = NULL;

      /* What they said of each other is settled already, or needed when they come back */
      if (has_id (self->ids, self->n_ids, id))
        continue;

      record = crm_record_loader_load (loader, id, error);
      if (record == NULL)
        return FALSE;
      value = repoint (self, crm_record_get_value (record, field));
      if (!crm_transaction_set_raw (self->transaction, type, id, &field, &value, 1, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
repoint_all (Merge *self, GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (self->transaction);
  g_autofree char *losers = list_losers (self);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      for (guint j = 0; j < type->n_fields; j++)
        {
          const CrmField *field = type->fields[j];

          if (!crm_kind_is_relation (field->kind) ||
              (field->target != 0 && field->target != self->type->id))
            continue;
          /* Who changed a record last is a stamp of the history, not a relation that people made */
          if (g_str_equal (field->name, "updated_by"))
            continue;
          if (!repoint_field (self, type, field, losers, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* Circles */

/* Whether @id is reached again by following @field from it */
static gboolean
runs_in_circle (Merge *self, const CrmField *field, gint64 id, gboolean *circle, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 found = 0;

  /* UNION, not UNION ALL: a circle further up that does not come by here ends the walk */
  sql = g_strdup_printf ("WITH RECURSIVE above (id) AS (SELECT " CRM_VALUE_COLUMN
                         " FROM " CRM_RECORD_TABLE " WHERE id = %" PRId64 " UNION SELECT "
                         "t." CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                         " AS t JOIN above ON t.id = above.id)"
                         " SELECT EXISTS (SELECT 1 FROM above WHERE id = %" PRId64 ")",
                         field->id, self->type->id, id, field->id, self->type->id, id);
  if (!crm_connection_query_int (self->connection, sql, 0, &found, error))
    return FALSE;

  *circle = found != 0;
  return TRUE;
}

static gboolean
note_circles (Merge *self, GError **error)
{
  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      gboolean circle = FALSE;

      for (guint j = 0; crm_merge_is_hierarchy (field) && j < self->n_ids && !circle; j++)
        if (!runs_in_circle (self, field, self->ids[j], &circle, error))
          return FALSE;
      if (circle)
        g_ptr_array_add (self->circles, (gpointer) field);
    }

  return TRUE;
}

/* The one in the middle is gone into the other two: nobody stands above itself */
static gboolean
open_circles (Merge *self, GError **error)
{
  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      CrmValue *nothing = NULL;
      gboolean circle = FALSE;

      if (!crm_merge_is_hierarchy (field) || g_ptr_array_find (self->circles, field, NULL))
        continue;
      if (!runs_in_circle (self, field, self->kept, &circle, error))
        return FALSE;
      if (circle && !crm_transaction_update (self->transaction, self->type, self->kept, &field,
                                             &nothing, 1, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
merge_clear (Merge *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->circles, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

static void
take_clear (gpointer data)
{
  CrmMergeTake *take = data;

  g_clear_pointer (&take->value, crm_value_unref);
}

GArray *
crm_merge_takes_new (void)
{
  GArray *takes = g_array_new (FALSE, FALSE, sizeof (CrmMergeTake));

  g_array_set_clear_func (takes, take_clear);
  return takes;
}

gboolean
crm_transaction_merge (CrmTransaction *transaction,
                       const CrmRecordType *type,
                       const gint64 *ids,
                       guint n_ids,
                       GArray *takes,
                       GError **error)
{
  g_auto (Merge) self = { 0 };

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (ids != NULL || n_ids == 0, FALSE);

  if (n_ids < 2)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("There is nothing to merge. Name two records at least."));
      return FALSE;
    }

  self.transaction = transaction;
  self.connection = crm_transaction_get_connection (transaction);
  self.type = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), type->id);
  self.ids = ids;
  self.n_ids = n_ids;
  self.takes = takes;
  self.kept = ids[0];
  self.records = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_record_unref);
  self.circles = g_ptr_array_new ();
  if (self.type == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("The record type “%s” was removed meanwhile."), type->label);
      return FALSE;
    }

  if (!load_records (&self, error) || !check_takes (&self, error) || !note_circles (&self, error))
    return FALSE;

  /* First the others go, so that their unique values are free for the one that stays */
  for (guint i = 1; i < n_ids; i++)
    if (!crm_transaction_set_state (transaction, self.type, ids[i], CRM_STATE_LIVE,
                                    CRM_STATE_MERGED, self.kept, error))
      return FALSE;

  return fill_kept (&self, error) && repoint_all (&self, error) && open_circles (&self, error);
}

typedef struct
{
  const CrmRecordType *type;
  const gint64 *ids;
  guint n_ids;
  GArray *takes;
} Request;

static gboolean
merge_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Request *request = data;

  if (!crm_transaction_merge (transaction, request->type, request->ids, request->n_ids,
                              request->takes, error))
    return FALSE;

  crm_transaction_set_subject (transaction, request->type, request->ids[0], NULL);
  return TRUE;
}

gboolean
crm_merge (CrmStore *store,
           const CrmRecordType *type,
           const gint64 *ids,
           guint n_ids,
           GArray *takes,
           CrmSource source,
           GCancellable *cancellable,
           CrmWriteResult *result,
           GError **error)
{
  Request request = { type, ids, n_ids, takes };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (ids != NULL || n_ids == 0, FALSE);

  return crm_store_write (store, CRM_ACT_MERGE, source, merge_func, &request, cancellable, result,
                          error);
}
