/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reading side of the store: records by id, what a text means, and the
 * way by which windows call into workers. */

#include "crm-store-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-record-load-private.h"
#include "crm-text.h"
#include "crm-transaction-private.h"

#define ID G_GINT64_FORMAT

/* No record can be merged more often than that before it is taken for a circle in a damaged file */
#define MAX_MERGES 100

typedef struct
{
  CrmStore *store;
  const CrmRecordType *type;
  gint64 id;
  gboolean follow_merged;
  const gint64 *ids;
  guint n_ids;
  const CrmField *const *fields;
  int n_fields;
  gboolean is_short;
  CrmRecord *record;
  GPtrArray *records;
} Request;

static gboolean
find_type_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_autoptr (GError) local_error = NULL;

  request->type = crm_connection_find_type_of (connection, crm_store_get_catalogue (request->store),
                                               request->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (request->type == NULL)
    crm_record_set_not_found (error, NULL, request->id);
  return request->type != NULL;
}

static gboolean
get_record_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;

  for (guint i = 0; i < MAX_MERGES; i++)
    {
      if (!find_type_func (connection, data, error))
        return FALSE;

      g_clear_pointer (&request->record, crm_record_unref);
      request->record = crm_connection_show_record (connection,
                                                    crm_store_get_catalogue (request->store),
                                                    request->type, request->id, NULL, -1, error);
      if (request->record == NULL)
        return FALSE;
      if (!request->follow_merged || crm_record_get_state (request->record) != CRM_STATE_MERGED)
        return TRUE;
      request->id = crm_record_get_merged_into (request->record);
    }

  g_clear_pointer (&request->record, crm_record_unref);
  g_set_error_literal (
      error, CRM_ERROR, CRM_ERROR_DAMAGED,
      _ ("The workspace is damaged: records are merged in a circle. Run “crm check”."));
  return FALSE;
}

static gboolean
get_records_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_autoptr (CrmRecordLoader) loader = NULL;

  loader = (request->is_short
                ? crm_record_loader_new_short
                : crm_record_loader_new) (connection, crm_store_get_catalogue (request->store),
                                          request->type, request->fields, request->n_fields, error);
  if (loader == NULL)
    return FALSE;

  for (guint i = 0; i < request->n_ids; i++)
    {
      g_autoptr (GError) local_error = NULL;
      CrmRecord *record = crm_record_loader_load (loader, request->ids[i], &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (record != NULL)
        g_ptr_array_add (request->records, record);
    }
  return TRUE;
}

CrmRecord *
crm_store_get_record (CrmStore *self,
                      gint64 id,
                      gboolean follow_merged,
                      GCancellable *cancellable,
                      GError **error)
{
  Request request = { .store = self, .id = id, .follow_merged = follow_merged };

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  if (!crm_database_read (crm_store_get_database (self), get_record_func, &request, cancellable,
                          error))
    return NULL;
  return request.record;
}

static GPtrArray *
get_records (CrmStore *self,
             const CrmRecordType *type,
             const gint64 *ids,
             guint n_ids,
             const CrmField *const *fields,
             int n_fields,
             gboolean is_short,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  Request request = { .store = self,
                      .type = type,
                      .ids = ids,
                      .n_ids = n_ids,
                      .fields = fields,
                      .n_fields = n_fields,
                      .is_short = is_short };

  records = g_ptr_array_new_full (n_ids, (GDestroyNotify) crm_record_unref);
  request.records = records;
  if (!crm_database_read (crm_store_get_database (self), get_records_func, &request, cancellable,
                          error))
    return NULL;
  return g_steal_pointer (&records);
}

GPtrArray *
crm_store_get_records (CrmStore *self,
                       const CrmRecordType *type,
                       const gint64 *ids,
                       guint n_ids,
                       const CrmField *const *fields,
                       int n_fields,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  return get_records (self, type, ids, n_ids, fields, n_fields, FALSE, cancellable, error);
}

GPtrArray *
crm_store_get_short_records (CrmStore *self,
                             const CrmRecordType *type,
                             const gint64 *ids,
                             guint n_ids,
                             const CrmField *const *fields,
                             int n_fields,
                             GCancellable *cancellable,
                             GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  return get_records (self, type, ids, n_ids, fields, n_fields, TRUE, cancellable, error);
}

const CrmRecordType *
crm_store_find_type_of (CrmStore *self, gint64 id, GError **error)
{
  Request request = { .store = self, .id = id };

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  if (!crm_database_read (crm_store_get_database (self), find_type_func, &request, NULL, error))
    return NULL;
  return request.type;
}

/* What a text may mean */
typedef struct
{
  CrmStore *store;
  const CrmField *field;
  const char *text;
  CrmValue *value;
} Resolution;

/* The live records of @type that @sql finds by @text: 0, 1, or 2 for several */
static gboolean
find_live (CrmConnection *connection,
           const char *sql,
           const char *text,
           gint64 *id,
           guint *n_found,
           GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  *n_found = 0;
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_text (statement, 1, text);
  while (*n_found < 2 && crm_statement_step (statement, &local_error))
    {
      *id = crm_statement_get_int (statement, 0);
      (*n_found)++;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* By id, then by each unique field, then by label in any case */
static gboolean
resolve_in_type (CrmConnection *connection,
                 const CrmLocale *locale,
                 const CrmRecordType *type,
                 const char *text,
                 gint64 *id,
                 guint *n_found,
                 GError **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *folded = NULL;
  char *end;
  gint64 number = g_ascii_strtoll (text, &end, 10);

  if (number > 0 && *end == '\0')
    {
      sql = g_strdup_printf ("SELECT id FROM t%" ID
                             " WHERE id = CAST (?1 AS INTEGER) AND state = 0",
                             type->id);
      if (!find_live (connection, sql, text, id, n_found, error))
        return FALSE;
      if (*n_found > 0)
        return TRUE;
    }

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autoptr (CrmValue) value = NULL;
      g_autofree char *key = NULL;

      if ((field->flags & CRM_FIELD_UNIQUE) == 0)
        continue;
      value = crm_value_parse (field, text, locale, NULL, NULL, NULL);
      if (value == NULL)
        continue;

      g_free (sql);
      if (crm_kind_is_repeated (field->kind))
        {
          const CrmItem *item = crm_value_get_item (value, 0);

          key = g_strdup (crm_item_get_key (item));
          sql = g_strdup_printf ("SELECT record FROM v%" ID " WHERE key = ?1 AND live = 1",
                                 field->id);
        }
      else
        {
          key = crm_field_make_unique_key (field, value);
          sql = g_strdup_printf ("SELECT id FROM t%" ID " WHERE u%" ID " = ?1 AND state = 0",
                                 type->id, field->id);
        }
      if (!find_live (connection, sql, key, id, n_found, error))
        return FALSE;
      if (*n_found > 0)
        return TRUE;
    }

  /* The exact label is found by its sort key, which is indexed; another spelling of it by a scan */
  g_free (sql);
  sql = g_strdup_printf ("SELECT id FROM t%" ID " WHERE state = 0 AND f%" ID " = ?1", type->id,
                         type->label_field->id);
  if (!find_live (connection, sql, text, id, n_found, error))
    return FALSE;
  if (*n_found > 0)
    return TRUE;

  folded = crm_text_fold (text);
  g_free (sql);
  sql = g_strdup_printf ("SELECT id FROM t%" ID " WHERE state = 0 AND crm_fold (f%" ID ") = ?1",
                         type->id, type->label_field->id);
  return find_live (connection, sql, folded, id, n_found, error);
}

static gboolean
resolve_func (CrmConnection *connection, gpointer data, GError **error)
{
  Resolution *resolution = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (resolution->store);
  const CrmLocale *locale = crm_store_get_locale (resolution->store);
  const CrmRecordType *found_type = NULL;
  gint64 found_id = 0;
  guint n_found = 0;
  g_autofree char *label = NULL;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      guint n = 0;
      gint64 id;

      if (resolution->field->target != 0 && type->id != resolution->field->target)
        continue;
      if (!resolve_in_type (connection, locale, type, resolution->text, &id, &n, error))
        return FALSE;
      if (n > 0)
        {
          found_type = type;
          found_id = id;
        }
      n_found += n;
    }

  if (n_found == 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                   _ ("Nothing is called “%s” for %s. Create it first, or give its id."),
                   resolution->text, resolution->field->label);
      return FALSE;
    }
  if (n_found > 1)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("Several records are called “%s” for %s. Give the id of the one you mean."),
                   resolution->text, resolution->field->label);
      return FALSE;
    }

  label = crm_connection_load_label (connection, found_type, found_id, FALSE, error);
  if (label == NULL)
    return FALSE;
  resolution->value = crm_value_new_item (label, NULL, NULL, found_id, found_type->id);
  return TRUE;
}

CrmValue *
crm_store_resolve (CrmStore *self, const CrmField *field, const char *text, GError **error)
{
  Resolution resolution = { .store = self, .field = field, .text = text };

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);
  g_return_val_if_fail (field != NULL && crm_kind_is_relation (field->kind), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!crm_database_read (crm_store_get_database (self), resolve_func, &resolution, NULL, error))
    return NULL;
  return resolution.value;
}

typedef struct
{
  CrmStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  if (run->data_free != NULL)
    run->data_free (run->data);
  g_free (run);
}

static void
run_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  g_autoptr (GError) error = NULL;
  gpointer result = run->func (source_object, run->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, run->result_free);
}

void
crm_store_run_async (CrmStore *self,
                     CrmStoreFunc func,
                     gpointer data,
                     GDestroyNotify data_free,
                     GDestroyNotify result_free,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (CRM_IS_STORE (self));
  g_return_if_fail (func != NULL);

  run = g_new0 (Run, 1);
  run->func = func;
  run->data = data;
  run->data_free = data_free;
  run->result_free = result_free;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_store_run_async);
  g_task_set_task_data (task, run, run_free);
  g_task_run_in_thread (task, run_in_worker);
}

gpointer
crm_store_run_finish (CrmStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
