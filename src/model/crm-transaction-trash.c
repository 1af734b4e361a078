/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-transaction-core-private.h"

/* Moving many records to the trash in a few statements instead of some twenty for each. The history notes runs of
 * records that lie beside each other, as it does of an import that is undone; so the undo takes few statements too. */

/* Records between two looks at what the user wants */
#define CHUNK 8192

/* Fewer are moved one by one: making the search index anew costs as much as all records of the type */
#define MIN_BULK 1000

/* More runs than these would be in the way of whoever asks for the history of one record; a change for each record
 * is not */
#define MAX_RUNS 1000

typedef struct
{
  gint64 first;
  gint64 last;
} Run;

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* In order, each once */
static GArray *
sort_ids (const gint64 *ids, guint n_ids)
{
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  guint n = 0;

  g_array_append_vals (sorted, ids, n_ids);
  g_array_sort (sorted, compare_ids);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || g_array_index (sorted, gint64, i) != g_array_index (sorted, gint64, n - 1))
      g_array_index (sorted, gint64, n++) = g_array_index (sorted, gint64, i);
  g_array_set_size (sorted, n);

  return sorted;
}

/* Whether it is worth it, and nothing follows from it for other records */
static gboolean
is_for_bulk (CrmTransaction *self,
             CrmTypeWriter *writer,
             guint n_ids,
             gboolean *for_bulk,
             GError **error)
{
  g_autofree char *sql = NULL;
  gint64 n_live = 0;

  *for_bulk = FALSE;
  if (n_ids < MIN_BULK || crm_transaction_is_rehearsal (self) ||
      crm_id_set_get_count (self->touched) > 0 || self->n_in_ranges > 0 ||
      g_str_equal (writer->type->name, "activities"))
    return TRUE;

  sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE state = %d",
                         writer->type->id, CRM_STATE_LIVE);
  if (!crm_connection_query_int (self->connection, sql, 0, &n_live, error))
    return FALSE;
  *for_bulk = n_ids >= n_live / CRM_SHARE_FOR_NEW_INDEX;
  return TRUE;
}

/* @runs: (element-type Run): stretches of the type's records that all go. @all_live: whether all of @ids are live
 * records of the type. */
static gboolean
find_runs (CrmTransaction *self,
           CrmTypeWriter *writer,
           GArray *ids,
           GArray *runs,
           gboolean *all_live,
           GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT id, state FROM " CRM_RECORD_TABLE
                                          " WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
                                          writer->type->id);
  guint n_found = 0;
  gboolean in_run = FALSE;

  *all_live = FALSE;
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, g_array_index (ids, gint64, 0));
  crm_statement_bind_int (statement, 2, g_array_index (ids, gint64, ids->len - 1));
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      gboolean goes = id == g_array_index (ids, gint64, n_found);

      if (goes && crm_statement_get_int (statement, 1) != CRM_STATE_LIVE)
        return TRUE;
      if (goes && in_run)
        g_array_index (runs, Run, runs->len - 1).last = id;
      else if (goes)
        g_array_append_vals (runs, &(Run){ id, id }, 1);
      in_run = goes;
      n_found += goes;
      /* Another type's id between them is found by nobody */
      if (!goes && id > g_array_index (ids, gint64, n_found))
        return TRUE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *all_live = n_found == ids->len;
  return TRUE;
}

/* A statement with the list of ids as ?1 */
static gboolean
run_for_ids (CrmTransaction *self, const char *sql, const char *list, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;

  crm_statement_bind_borrowed_text (statement, 1, list);
  return crm_statement_run (statement, error);
}

static gboolean
log_runs (CrmTransaction *self, const CrmRecordType *type, GArray *runs, GError **error)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      if (!crm_transaction_log_range (self, type, run->first, run->last, CRM_STATE_LIVE,
                                      CRM_STATE_TRASHED, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
log_records (CrmTransaction *self, const char *list, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO change (set_id, record_id, field_id, op, old, new)"
      " SELECT %" G_GINT64_FORMAT ", value, %d, %d, '%d', '%d' FROM json_each (?1)",
      self->set_id, CRM_CHANGE_FIELD_STATE, CRM_CHANGE_STATE, CRM_STATE_LIVE, CRM_STATE_TRASHED);

  return run_for_ids (self, sql, list, error);
}

static gboolean
move_items (CrmTransaction *self, const CrmField *field, const char *list, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "UPDATE " CRM_ITEM_TABLE " SET live = 0"
      " WHERE record IN (SELECT value FROM json_each (?1)) AND live <> 0",
      field->id);

  return run_for_ids (self, sql, list, error);
}

static gboolean
move_rows (CrmTransaction *self, const CrmRecordType *type, const char *list, GError **error)
{
  g_autofree char *actor = self->actor != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, self->actor)
                                            : g_strdup ("NULL");
  g_autofree char *sql = g_strdup_printf (
      "UPDATE " CRM_RECORD_TABLE " SET state = %d, deleted_at = %" G_GINT64_FORMAT
      ", deleted_by = %s WHERE id IN (SELECT value FROM json_each (?1))",
      type->id, CRM_STATE_TRASHED, self->now, actor);

  return run_for_ids (self, sql, list, error);
}

static gboolean
move_chunk (CrmTransaction *self,
            CrmTypeWriter *writer,
            const gint64 *ids,
            guint n_ids,
            gboolean by_record,
            GError **error)
{
  g_autofree char *list = crm_transaction_list_ids (ids, n_ids);

  if (by_record && !log_records (self, list, error))
    return FALSE;
  for (guint i = 0; i < writer->type->n_fields; i++)
    if (crm_kind_is_repeated (writer->type->fields[i]->kind) &&
        !move_items (self, writer->type->fields[i], list, error))
      return FALSE;
  if (!move_rows (self, writer->type, list, error))
    return FALSE;

  for (guint i = 0; i < n_ids; i++)
    crm_news_add (self->news, self->news->removed, ids[i]);
  crm_transaction_advance (self, n_ids * CRM_STEPS_PER_RECORD);
  return TRUE;
}

static gboolean
move (CrmTransaction *self, CrmTypeWriter *writer, GArray *ids, GArray *runs, GError **error)
{
  gboolean by_record = runs->len > MAX_RUNS;

  if (!crm_transaction_start_act (self, error) ||
      (!by_record && !log_runs (self, writer->type, runs, error)) ||
      !crm_transaction_begin_bulk (self, writer->type, ids->len, error))
    return FALSE;

  for (guint i = 0; i < ids->len; i += CHUNK)
    if (!move_chunk (self, writer, &g_array_index (ids, gint64, i), MIN (CHUNK, ids->len - i),
                     by_record, error))
      return FALSE;

  writer->search_is_stale = TRUE;
  crm_news_add_type (self->news, writer->type->id);
  crm_transaction_count (self, writer->type->id, 0, ids->len);
  self->n_in_ranges += ids->len;
  return TRUE;
}

gboolean
crm_transaction_trash_many (CrmTransaction *self,
                            const CrmRecordType *type,
                            const gint64 *ids,
                            guint n_ids,
                            gboolean *done,
                            GError **error)
{
  CrmTypeWriter *writer;
  g_autoptr (GArray) sorted = NULL;
  g_autoptr (GArray) runs = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (done != NULL, FALSE);

  writer = crm_transaction_get_writer (self, type);
  if (!is_for_bulk (self, writer, n_ids, done, error))
    return FALSE;
  if (!*done)
    return TRUE;

  sorted = sort_ids (ids, n_ids);
  runs = g_array_new (FALSE, FALSE, sizeof (Run));
  return find_runs (self, writer, sorted, runs, done, error) &&
         (!*done || move (self, writer, sorted, runs, error));
}
