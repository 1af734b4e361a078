/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the trash. First all ids in order, then what is told of those that are on the screen. Records that are not
 * live are in no search index, so the words are looked for in the records themselves. */

#include "config.h"

#include "crm-trash-query.h"

#include "crm-search-private.h"
#include "crm-tables.h"
#include "crm-trash-private.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  const CrmTrashQuery *query;
  const CrmCatalogue *catalogue;
  char **words; /* folded */
  GArray *ids;
} Run;

typedef struct
{
  const CrmCatalogue *catalogue;
  gboolean hidden;
  GArray *counts;
} Count;

CrmTrashQuery *
crm_trash_query_copy (const CrmTrashQuery *self)
{
  CrmTrashQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);

  return copy;
}

void
crm_trash_query_free (CrmTrashQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

/* Words */

/* A number that is dialled may be written with spaces and the like; it is kept without. (transfer full) */
static char **
split_words (const char *text)
{
  g_autofree char *digits = NULL;

  if (text == NULL)
    return g_new0 (char *, 1);

  digits = crm_search_get_digits (text);
  if (digits != NULL)
    {
      const char *const words[] = { digits, NULL };

      return g_strdupv ((char **) words);
    }

  return crm_search_get_words (text);
}

/* All text of a record as one, with a line's end between the values so that no word spans two of them */
static void
append_text (const CrmRecordType *type, GString *sql)
{
  g_string_append (sql, "''");
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (field != type->label_field && !crm_search_has_field (field))
        continue;
      if (!crm_kind_is_repeated (field->kind))
        g_string_append_printf (sql, " || coalesce (char (10) || t." CRM_VALUE_COLUMN ", '')",
                                field->id);
      else if (crm_field_get_items (field) == CRM_ITEMS_TEXT)
        /* The row repeats the first item: without one there are none to be looked at */
        g_string_append_printf (sql,
                                " || CASE WHEN t." CRM_VALUE_COLUMN " IS NULL THEN '' ELSE"
                                " coalesce ((SELECT group_concat (char (10) || text || char (10)"
                                " || key, '') FROM " CRM_ITEM_TABLE
                                " WHERE record = t.id), '') END",
                                field->id, field->id);
    }
}

/* Order */

static void
append_label_key (const CrmRecordType *type, const char *table, GString *sql)
{
  const CrmField *field = type->label_field;

  if (field == NULL)
    g_string_append (sql, "NULL");
  else if (crm_field_has_sort_key (field))
    g_string_append_printf (sql, "%s." CRM_SORT_KEY_COLUMN, table, field->id);
  else
    g_string_append_printf (sql, "crm_sort_key (%s." CRM_VALUE_COLUMN ")", table, field->id);
}

static void
append_order_key (const Run *self, const CrmRecordType *type, GString *sql)
{
  const CrmRecordType *members = crm_catalogue_find_type (self->catalogue, "members");

  switch (self->query->order)
    {
    case CRM_TRASH_BY_NAME:
      append_label_key (type, "t", sql);
      break;

    case CRM_TRASH_BY_MEMBER:
      g_string_append (sql, "(SELECT ");
      append_label_key (members, "m", sql);
      g_string_append_printf (sql, " FROM " CRM_RECORD_TABLE " AS m WHERE m.id = t.deleted_by)",
                              members->id);
      break;

    case CRM_TRASH_BY_TIME:
    default:
      if (self->query->hidden)
        g_string_append_printf (sql, "coalesce (t.deleted_at, " CRM_TRASH_RANGE_SQL ("time") ")",
                                type->id);
      else
        g_string_append (sql, "t.deleted_at");
    }
}

/* Ids and sort keys of one type. The text of a record is made and folded once, however many words are looked for:
 * the limit keeps SQLite from doing so for each of them. */
static void
append_type (const Run *self, const CrmRecordType *type, GString *sql)
{
  gboolean has_words = self->words[0] != NULL;

  if (has_words)
    g_string_append (sql, "SELECT id, sort FROM (");
  g_string_append (sql, "SELECT t.id AS id, ");
  append_order_key (self, type, sql);
  g_string_append (sql, " AS sort");
  if (has_words)
    {
      g_string_append (sql, ", crm_fold (");
      append_text (type, sql);
      g_string_append (sql, ") AS words");
    }
  g_string_append_printf (sql, " FROM " CRM_RECORD_TABLE " AS t WHERE %s", type->id,
                          self->query->hidden ? "t.state <> 0" : "t.state = 1");
  if (!has_words)
    return;

  g_string_append (sql, " LIMIT -1) WHERE ");
  for (guint i = 0; self->words[i] != NULL; i++)
    g_string_append_printf (sql, "%sinstr (words, ?%u) > 0", i > 0 ? " AND " : "", i + 1);
}

static char *
make_sql (const Run *self)
{
  const char *direction = self->query->descending ? "DESC" : "ASC";
  GString *sql = g_string_new (NULL);

  for (guint i = 0; i < crm_catalogue_get_n_types (self->catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (self->catalogue, i);

      if (self->query->type_id != 0 && self->query->type_id != type->id)
        continue;
      if (sql->len > 0)
        g_string_append (sql, " UNION ALL ");
      append_type (self, type, sql);
    }
  if (sql->len == 0)
    return g_string_free (sql, FALSE);

  /* The time is known of everything, and the types' indexes give its order: they are only merged. What has no name
   * comes last in both directions. */
  if (self->query->order == CRM_TRASH_BY_TIME)
    {
      g_string_append_printf (sql, " ORDER BY sort %s, id %s", direction, direction);
    }
  else
    {
      g_string_prepend (sql, "SELECT id FROM (");
      g_string_append_printf (sql, ") ORDER BY sort IS NULL, sort %s, id %s", direction, direction);
    }

  return g_string_free (sql, FALSE);
}

static gboolean
run_func (CrmConnection *connection, gpointer data, GError **error)
{
  Run *self = data;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = make_sql (self);

  /* The type was removed meanwhile */
  if (*sql == '\0')
    return TRUE;

  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  for (int i = 0; self->words[i] != NULL; i++)
    crm_statement_bind_text (statement, i + 1, self->words[i]);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (self->ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

GArray *
crm_trash_query_run (const CrmTrashQuery *self,
                     CrmStore *store,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) words = NULL;
  Run run = { .query = self, .ids = ids };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  words = split_words (self->text);
  run.words = words;
  run.catalogue = crm_store_get_catalogue (store);
  if (!crm_database_read (crm_store_get_database (store), run_func, &run, cancellable, error))
    return NULL;

  return g_steal_pointer (&ids);
}

/* Counting */

static gboolean
count_func (CrmConnection *connection, gpointer data, GError **error)
{
  Count *self = data;

  for (guint i = 0; i < crm_catalogue_get_n_types (self->catalogue); i++)
    {
      CrmTrashCount count = { .type = crm_catalogue_get_type_at (self->catalogue, i) };
      g_autofree char *deleted = NULL;
      g_autofree char *hidden = NULL;

      deleted = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE state = 1",
                                 count.type->id);
      hidden = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE state > 1",
                                count.type->id);
      if (!crm_connection_query_int (connection, deleted, 0, &count.n_deleted, error) ||
          (self->hidden &&
           !crm_connection_query_int (connection, hidden, 0, &count.n_hidden, error)))
        return FALSE;
      if (count.n_deleted > 0 || count.n_hidden > 0)
        g_array_append_val (self->counts, count);
    }

  return TRUE;
}

GArray *
crm_trash_count (CrmStore *store, gboolean hidden, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (CrmTrashCount));
  Count count = { .hidden = hidden, .counts = counts };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  count.catalogue = crm_store_get_catalogue (store);
  if (!crm_database_read (crm_store_get_database (store), count_func, &count, cancellable, error))
    return NULL;

  return g_steal_pointer (&counts);
}

/* Listing */

GPtrArray *
crm_trash_list (CrmStore *store,
                const CrmRecordType *type,
                gint64 limit,
                GCancellable *cancellable,
                GError **error)
{
  CrmTrashQuery query = { .order = CRM_TRASH_BY_TIME, .descending = TRUE };
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  query.type_id = type != NULL ? type->id : 0;
  ids = crm_trash_query_run (&query, store, cancellable, error);
  if (ids == NULL)
    return NULL;
  if (limit > 0 && ids->len > limit)
    g_array_set_size (ids, (guint) limit);

  return crm_trash_load_entries (store, (const gint64 *) (gpointer) ids->data, ids->len, FALSE,
                                 cancellable, error);
}
