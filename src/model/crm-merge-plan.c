/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-plan.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-error.h"
#include "crm-merge-private.h"
#include "crm-tables.h"
#include "crm-text.h"
#include "crm-transaction-private.h"

#define SETTING_KEEP "merge_keep"

static const char *const keep_names[] = {
  [CRM_MERGE_KEEP_MOST_COMPLETE] = "most complete",
  [CRM_MERGE_KEEP_OLDEST] = "oldest",
  [CRM_MERGE_KEEP_NEWEST] = "newest",
};

typedef struct
{
  CrmMergePlan *plan;
  const CrmCatalogue *catalogue;
  const gint64 *ids;
  guint n_ids;
} Request;

/* Reading */

static gboolean
is_named_before (const Request *request, guint index)
{
  for (guint i = 0; i < index; i++)
    if (request->ids[i] == request->ids[index])
      return TRUE;

  return FALSE;
}

static gboolean
load_records (Request *request, CrmConnection *connection, GError **error)
{
  for (guint i = 0; i < request->n_ids; i++)
    {
      CrmRecord *record;

      record = crm_connection_show_record (connection, request->catalogue, request->plan->type,
                                           request->ids[i], NULL, -1, error);
      if (record == NULL)
        return FALSE;
      g_ptr_array_add (request->plan->records, record);

      if (is_named_before (request, i))
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                       _ ("“%s” is named twice. Name each once."), crm_record_get_label (record));
          return FALSE;
        }
      if (crm_record_get_state (record) != CRM_STATE_LIVE)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                       _ ("“%s” is in the trash or merged already. Restore it first, or leave it "
                          "out."),
                       crm_record_get_label (record));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
count_field_links (CrmConnection *connection,
                   const CrmField *field,
                   const gint64 *ids,
                   guint n_ids,
                   GPtrArray *all,
                   GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  if (crm_kind_is_repeated (field->kind))
    sql = g_strdup_printf ("SELECT count (DISTINCT record) FROM " CRM_ITEM_TABLE
                           " WHERE id = ?1 AND live = 1",
                           field->id);
  else
    sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE " CRM_VALUE_COLUMN
                           " = ?1 AND state = 0",
                           field->type_id, field->id);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < n_ids; i++)
    {
      CrmMergeLinks links = { field, 0 };

      crm_statement_bind_int (statement, 1, ids[i]);
      if (!crm_statement_step (statement, &local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      links.n = crm_statement_get_int (statement, 0);
      crm_statement_reset (statement);
      if (links.n > 0)
        g_array_append_val (g_ptr_array_index (all, i), links);
    }

  return TRUE;
}

/* What people made, that is: who made or changed a record last is a stamp */
static gboolean
is_link (const CrmField *field, const CrmRecordType *type)
{
  return crm_kind_is_relation (field->kind) && (field->flags & CRM_FIELD_SYSTEM) == 0 &&
         (field->target == 0 || field->target == type->id);
}

GPtrArray *
crm_merge_read_links (CrmConnection *connection,
                      const CrmCatalogue *catalogue,
                      const CrmRecordType *type,
                      const gint64 *ids,
                      guint n_ids,
                      GError **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n_ids; i++)
    g_ptr_array_add (links, g_array_new (FALSE, FALSE, sizeof (CrmMergeLinks)));

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *other = crm_catalogue_get_type_at (catalogue, i);

      for (guint j = 0; j < other->n_fields; j++)
        if (is_link (other->fields[j], type) &&
            !count_field_links (connection, other->fields[j], ids, n_ids, links, error))
          return NULL;
    }

  return g_steal_pointer (&links);
}

static gboolean
read_links (Request *request, CrmConnection *connection, GError **error)
{
  request->plan->links = crm_merge_read_links (connection, request->catalogue, request->plan->type,
                                               request->ids, request->n_ids, error);
  return request->plan->links != NULL;
}

/* Whether one of the records stands above another of them with somebody else between */
static gboolean
makes_circle (Request *request,
              CrmConnection *connection,
              const CrmField *field,
              gboolean *circle,
              GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *sql = NULL;
  gint64 found = 0;

  for (guint i = 0; i < request->n_ids; i++)
    g_string_append_printf (ids, "%s%" PRId64, i > 0 ? ", " : "", request->ids[i]);
  /* From those outside that stand right above one of the records, upwards to one of the records */
  sql = g_strdup_printf ("WITH RECURSIVE above (id) AS (SELECT " CRM_VALUE_COLUMN
                         " FROM " CRM_RECORD_TABLE " WHERE id IN (%s) AND " CRM_VALUE_COLUMN
                         " NOT IN (%s) UNION SELECT t." CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                         " AS t JOIN above ON t.id = above.id)"
                         " SELECT EXISTS (SELECT 1 FROM above WHERE id IN (%s))",
                         field->id, request->plan->type->id, ids->str, field->id, ids->str,
                         field->id, request->plan->type->id, ids->str);
  if (!crm_connection_query_int (connection, sql, 0, &found, error))
    return FALSE;

  *circle = found != 0;
  return TRUE;
}

static gboolean
find_circle (Request *request, CrmConnection *connection, GError **error)
{
  const CrmRecordType *type = request->plan->type;

  for (guint i = 0; i < type->n_fields && request->plan->circle == NULL; i++)
    {
      gboolean circle = FALSE;

      if (!crm_merge_is_hierarchy (type->fields[i]))
        continue;
      if (!makes_circle (request, connection, type->fields[i], &circle, error))
        return FALSE;
      if (circle)
        request->plan->circle = type->fields[i];
    }

  return TRUE;
}

static gboolean
read_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;

  return load_records (request, connection, error) && read_links (request, connection, error) &&
         find_circle (request, connection, error);
}

/* Proposing */

static guint
count_filled (const CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  guint n = 0;

  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmValue *value = crm_record_get_value (record, type->fields[i]);

      if (value != NULL && crm_merge_concerns_field (type->fields[i]))
        n += MAX (crm_value_get_n_items (value), 1);
    }

  return n;
}

/* When it was made; an import may have brought a time from elsewhere */
static gint64
get_created_at (const CrmRecord *record)
{
  CrmValue *created_at = crm_record_get_value_by_name (record, "created_at");

  return created_at != NULL ? crm_value_get_integer (created_at) : 0;
}

/* Above 0 where @a is rather to be kept than @b. Ids are in the order of creation. */
static int
compare_age (const CrmRecord *a, const CrmRecord *b)
{
  gint64 time_a = get_created_at (a);
  gint64 time_b = get_created_at (b);

  if (time_a != time_b)
    return time_a < time_b ? 1 : -1;

  return crm_record_get_id (a) < crm_record_get_id (b) ? 1 : -1;
}

guint
crm_merge_choose_kept (GPtrArray *records,
                       CrmMergeKeep keep,
                       CrmMergeCountFunc count_links,
                       gpointer data)
{
  guint kept = 0;

  g_return_val_if_fail (records != NULL && records->len > 0, 0);
  g_return_val_if_fail (count_links != NULL, 0);

  for (guint i = 1; i < records->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (records, i);
      CrmRecord *best = g_ptr_array_index (records, kept);
      gint64 better = 0;

      if (keep == CRM_MERGE_KEEP_MOST_COMPLETE)
        better = (gint64) count_filled (record) - count_filled (best);
      if (keep == CRM_MERGE_KEEP_MOST_COMPLETE && better == 0)
        better = count_links (record, data) - count_links (best, data);
      if (better == 0)
        better = keep == CRM_MERGE_KEEP_NEWEST ? compare_age (best, record)
                                               : compare_age (record, best);
      if (better > 0)
        kept = i;
    }

  return kept;
}

static gint64
count_linked_cb (CrmRecord *record, gpointer data)
{
  const CrmMergePlan *self = data;
  guint index = 0;
  gint64 n = 0;
  GArray *links;

  g_ptr_array_find (self->records, record, &index);
  links = g_ptr_array_index (self->links, index);
  for (guint i = 0; i < links->len; i++)
    n += g_array_index (links, CrmMergeLinks, i).n;

  return n;
}

/* All that is said, each once: notes that two people wrote down are both worth keeping */
static CrmValue *
join_texts (const CrmField *field, GPtrArray *order)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < order->len; i++)
    {
      CrmValue *value = crm_record_get_value (g_ptr_array_index (order, i), field);
      const char *text = value != NULL ? crm_value_get_text (value) : NULL;

      if (text == NULL || strstr (joined->str, text) != NULL)
        continue;
      if (joined->len > 0)
        g_string_append (joined, "\n\n");
      g_string_append (joined, text);
    }

  return crm_value_new_text (joined->str);
}

static void
propose (CrmMergePlan *self)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GArray) ids = crm_merge_plan_get_ids (self);

  g_ptr_array_add (order, g_ptr_array_index (self->records, self->kept));
  for (guint i = 0; i < self->records->len; i++)
    if (i != self->kept)
      g_ptr_array_add (order, g_ptr_array_index (self->records, i));

  for (guint i = 0; i < self->fields->len; i++)
    {
      CrmMergeField *line = &g_array_index (self->fields, CrmMergeField, i);

      g_clear_pointer (&line->result, crm_value_unref);
      if (line->field == self->circle)
        continue;
      line->result = line->field->kind == CRM_KIND_LONGTEXT
                         ? join_texts (line->field, order)
                         : crm_merge_unite (line->field, order,
                                            (const gint64 *) (gpointer) ids->data, ids->len);
    }
}

static void
add_fields (CrmMergePlan *self)
{
  for (guint i = 0; i < self->type->n_fields; i++)
    {
      CrmMergeField line = { .field = self->type->fields[i] };
      CrmValue *first = crm_record_get_value (g_ptr_array_index (self->records, 0), line.field);

      if (!crm_merge_concerns_field (line.field))
        continue;
      for (guint j = 1; j < self->records->len; j++)
        if (!crm_value_equal (first, crm_record_get_value (g_ptr_array_index (self->records, j),
                                                           line.field)))
          line.differs = TRUE;
      g_array_append_val (self->fields, line);
    }
}

static void
field_clear (gpointer data)
{
  CrmMergeField *line = data;

  g_clear_pointer (&line->result, crm_value_unref);
}

CrmMergeKeep
crm_merge_get_keep (CrmStore *store)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), CRM_MERGE_KEEP_MOST_COMPLETE);

  name = crm_store_get_setting (store, SETTING_KEEP);
  for (guint i = 0; i < G_N_ELEMENTS (keep_names); i++)
    if (crm_text_equal (keep_names[i], name))
      return (CrmMergeKeep) i;

  return CRM_MERGE_KEEP_MOST_COMPLETE;
}

gboolean
crm_merge_set_keep (CrmStore *store, CrmMergeKeep keep, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail ((guint) keep < G_N_ELEMENTS (keep_names), FALSE);

  return crm_store_set_setting (store, SETTING_KEEP, keep_names[keep], error);
}

GArray *
crm_merge_join_long_texts (const CrmRecordType *type, GPtrArray *records)
{
  GArray *takes = crm_merge_takes_new ();

  g_return_val_if_fail (type != NULL, takes);
  g_return_val_if_fail (records != NULL && records->len > 0, takes);

  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmMergeTake take = { .field = type->fields[i] };
      CrmValue *of_kept = crm_record_get_value (g_ptr_array_index (records, 0), take.field);

      if (take.field->kind != CRM_KIND_LONGTEXT || !crm_merge_concerns_field (take.field))
        continue;
      take.value = join_texts (take.field, records);
      if (crm_value_equal (take.value, of_kept))
        g_clear_pointer (&take.value, crm_value_unref);
      else
        g_array_append_val (takes, take);
    }

  return takes;
}

CrmMergePlan *
crm_merge_plan_new (CrmStore *store,
                    const CrmRecordType *type,
                    const gint64 *ids,
                    guint n_ids,
                    CrmMergeKeep keep,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (CrmMergePlan) self = NULL;
  Request request = { NULL, NULL, ids, n_ids };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  if (n_ids < 2)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("There is nothing to merge. Name two records at least."));
      return NULL;
    }

  self = g_new0 (CrmMergePlan, 1);
  self->type = type;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_record_unref);
  self->fields = g_array_new (FALSE, FALSE, sizeof (CrmMergeField));
  g_array_set_clear_func (self->fields, field_clear);
  request.plan = self;
  request.catalogue = crm_store_get_catalogue (store);
  if (!crm_database_read (crm_store_get_database (store), read_func, &request, cancellable, error))
    return NULL;

  self->kept = crm_merge_choose_kept (self->records, keep, count_linked_cb, self);
  add_fields (self);
  propose (self);

  return g_steal_pointer (&self);
}

void
crm_merge_plan_free (CrmMergePlan *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->records);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_array_unref (self->fields);
  g_free (self);
}

void
crm_merge_plan_set_kept (CrmMergePlan *self, guint kept)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kept < self->records->len);

  self->kept = kept;
  propose (self);
}

GArray *
crm_merge_plan_get_ids (const CrmMergePlan *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (self != NULL, ids);

  for (guint i = 0; i < self->records->len; i++)
    {
      gint64 id = crm_record_get_id (g_ptr_array_index (self->records, i));

      if (i == self->kept)
        g_array_prepend_val (ids, id);
      else
        g_array_append_val (ids, id);
    }

  return ids;
}

GArray *
crm_merge_plan_get_takes (const CrmMergePlan *self)
{
  GArray *takes = crm_merge_takes_new ();

  g_return_val_if_fail (self != NULL, takes);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmMergeField *line = &g_array_index (self->fields, CrmMergeField, i);
      CrmMergeTake take = { .field = line->field };

      if (!line->differs)
        continue;
      take.value = line->result != NULL ? crm_value_ref (line->result) : NULL;
      g_array_append_val (takes, take);
    }

  return takes;
}
