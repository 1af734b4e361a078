/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history in pages. A page goes on from the id of an act, so nothing before it is read again, and the rows
 * come in the order in which an index has them. */

#include "config.h"

#include <string.h>

#include "crm-history-private.h"
#include "crm-text.h"

#define ID G_GINT64_FORMAT

/* Acts that one call looks at for a text: wording them takes its time */
#define MAX_LOOKED_AT 500

typedef struct
{
  CrmStore *store;
  const CrmHistoryFilter *filter;
  gint64 before;
  guint limit; /* 0: no limit */
  gint64 next;
  GPtrArray *acts;
} Request;

static const CrmHistoryFilter no_filter;

CrmStatement *
crm_history_prepare_sets (CrmConnection *connection,
                          gint64 type_id,
                          gint64 record_id,
                          gint64 before,
                          gint64 limit,
                          GError **error)
{
  CrmStatement *statement;

  /* A record was made once, by the first range of creations that does not end before it; however many follow. Ranges
   * of other kinds are few: only undoing creations writes them. */
  statement = crm_connection_prepare (
      connection,
      "SELECT set_id FROM (SELECT DISTINCT set_id FROM change"
      " WHERE record_id = ?1 AND set_id < ?3 ORDER BY set_id DESC LIMIT ?4)"
      " UNION SELECT set_id FROM (SELECT set_id, first_id FROM change_range WHERE type_id = ?2"
      " AND last_id >= ?1 AND old_state IS NULL ORDER BY last_id LIMIT 1)"
      " WHERE first_id <= ?1 AND set_id < ?3"
      " UNION SELECT set_id FROM change_range WHERE type_id = ?2 AND last_id >= ?1"
      " AND first_id <= ?1 AND set_id < ?3 AND old_state IS NOT NULL"
      " ORDER BY 1 DESC LIMIT ?4",
      error);
  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, record_id);
  crm_statement_bind_int (statement, 2, type_id);
  crm_statement_bind_int (statement, 3, before);
  crm_statement_bind_int (statement, 4, limit);
  return statement;
}

/* Where something else than the record narrows the acts, nobody knows how many of its sets make a page */
static gboolean
is_only_about_record (const CrmHistoryFilter *filter)
{
  return filter->type_id == 0 && filter->actor == 0 && !filter->by_nobody && filter->sources == 0 &&
         filter->kinds == 0 && filter->since == 0 && filter->until == 0 && !filter->in_force &&
         filter->text == NULL;
}

static gboolean
append_acts_of_record (Request *request, CrmConnection *connection, GString *sql, GError **error)
{
  const CrmHistoryFilter *filter = request->filter;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  const CrmRecordType *type;
  gint64 before = G_MAXINT64;
  gint64 limit = -1;

  type = crm_connection_find_type_of (connection, crm_store_get_catalogue (request->store),
                                      filter->record_id, &local_error);
  if (local_error == NULL && request->before > 0)
    {
      g_autofree char *bound = NULL;

      bound = g_strdup_printf ("SELECT id + 1 FROM change_set WHERE act_id < %" ID
                               " ORDER BY act_id DESC, id DESC LIMIT 1",
                               request->before);
      crm_connection_query_int (connection, bound, 0, &before, &local_error);
    }
  if (is_only_about_record (filter) && request->limit > 0)
    limit = (gint64) request->limit + 1;
  /* Of a record that was destroyed the rows are all there is: nobody knows its type any more */
  if (local_error == NULL)
    statement = crm_history_prepare_sets (connection, type != NULL ? type->id : 0,
                                          filter->record_id, before, limit, &local_error);

  g_string_append (sql, " AND act.id IN (SELECT act_id FROM change_set WHERE id IN (0");
  while (statement != NULL && crm_statement_step (statement, &local_error))
    g_string_append_printf (sql, ", %" ID, crm_statement_get_int (statement, 0));
  g_string_append (sql, "))");
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* " AND source IN ('window', 'import')" of bits; nothing for none */
static void
append_names (GString *sql, const char *column, guint bits, const char *(*get_name) (guint))
{
  const char *separator = "";

  if (bits == 0)
    return;

  /* One of them is found by its index, in order; of several the order is kept instead */
  g_string_append_printf (sql, " AND %s%s IN (", (bits & (bits - 1)) != 0 ? "+" : "", column);
  for (guint i = 0; bits >> i != 0; i++)
    if ((bits & (1u << i)) != 0)
      {
        g_string_append_printf (sql, "%s'%s'", separator, get_name (i));
        separator = ", ";
      }
  g_string_append_c (sql, ')');
}

static const char *
get_source_name (guint source)
{
  return source <= CRM_SOURCE_PROGRAM ? crm_source_to_name (source) : "";
}

static const char *
get_kind_name (guint kind)
{
  return kind <= CRM_ACT_RULE ? crm_act_kind_to_name (kind) : "";
}

static char *
make_sql (Request *request, CrmConnection *connection, GError **error)
{
  const CrmHistoryFilter *filter = request->filter;
  g_autoptr (GString) sql = g_string_new ("SELECT " CRM_ACT_COLUMNS " FROM ");
  const char *id = "act.id";

  /* The acts of a type in their order, by its index, however rare they are */
  if (filter->type_id != 0)
    {
      id = "act_type.act_id";
      g_string_append_printf (sql,
                              "act_type CROSS JOIN act ON act.id = act_type.act_id"
                              " WHERE act_type.type_id = %" ID,
                              filter->type_id);
    }
  else
    g_string_append (sql, "act WHERE 1");
  if (request->before > 0)
    g_string_append_printf (sql, " AND %s < %" ID, id, request->before);
  if (filter->record_id != 0 && !append_acts_of_record (request, connection, sql, error))
    return NULL;
  if (filter->by_nobody)
    g_string_append (sql, " AND actor IS NULL");
  else if (filter->actor != 0)
    g_string_append_printf (sql, " AND actor = %" ID, filter->actor);
  append_names (sql, "source", filter->sources, get_source_name);
  append_names (sql, "kind", filter->kinds, get_kind_name);
  if (filter->since != 0)
    g_string_append_printf (sql, " AND time >= %" ID, filter->since);
  if (filter->until != 0)
    g_string_append_printf (sql, " AND time < %" ID, filter->until);
  if (filter->in_force)
    g_string_append (sql, " AND undone_by IS NULL AND kind NOT IN ('undo', 'redo')");
  g_string_append_printf (sql, " ORDER BY %s DESC", id);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
has_text (const CrmAct *act, const char *folded)
{
  g_autofree char *label = NULL;

  if (folded == NULL)
    return TRUE;

  label = crm_text_fold (act->label);
  return strstr (label, folded) != NULL;
}

static gboolean
page_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_autofree char *sql = make_sql (request, connection, error);
  g_autofree char *folded = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_auto (CrmWording) wording = { 0 };
  g_autoptr (GError) local_error = NULL;
  guint n_looked_at = 0;
  gint64 last = 0;

  if (sql == NULL)
    return FALSE;
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  /* Nothing to look for is in everything */
  if (request->filter->text != NULL && request->filter->text[0] != '\0')
    folded = crm_text_fold (request->filter->text);
  crm_wording_init (&wording, request->store, connection);
  while (crm_statement_step (statement, &local_error))
    {
      CrmActRow row;
      g_autoptr (CrmAct) act = NULL;

      crm_act_row_read (&row, statement);
      if ((request->limit > 0 && request->acts->len == request->limit) ||
          (folded != NULL && n_looked_at == MAX_LOOKED_AT))
        {
          request->next = last;
          break;
        }

      act = crm_wording_make_act (&wording, &row);
      if (crm_wording_take_error (&wording, error) ||
          g_cancellable_set_error_if_cancelled (crm_connection_get_cancellable (connection), error))
        return FALSE;
      if (has_text (act, folded))
        g_ptr_array_add (request->acts, g_steal_pointer (&act));
      last = row.id;
      n_looked_at++;
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gint
compare_actors (gconstpointer a, gconstpointer b)
{
  const CrmActor *left = *(const CrmActor *const *) a;
  const CrmActor *right = *(const CrmActor *const *) b;

  return g_utf8_collate (left->label, right->label);
}

static gboolean
actors_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_autoptr (CrmStatement) statement = NULL;
  g_auto (CrmWording) wording = { 0 };
  g_autoptr (GError) local_error = NULL;

  /* From one actor to the next by the index, however many acts each has */
  statement = crm_connection_prepare (
      connection,
      "WITH RECURSIVE actors (id) AS (SELECT min (actor) FROM act UNION ALL"
      " SELECT (SELECT min (actor) FROM act WHERE actor > actors.id) FROM actors"
      " WHERE actors.id IS NOT NULL) SELECT id FROM actors WHERE id IS NOT NULL",
      error);
  if (statement == NULL)
    return FALSE;

  crm_wording_init (&wording, request->store, connection);
  while (crm_statement_step (statement, &local_error))
    {
      CrmActor *actor = g_new0 (CrmActor, 1);

      actor->id = crm_statement_get_int (statement, 0);
      actor->label = crm_wording_get_member (&wording, actor->id);
      g_ptr_array_add (request->acts, actor);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_ptr_array_sort (request->acts, compare_actors);
  return !crm_wording_take_error (&wording, error);
}

void
crm_actor_free (CrmActor *actor)
{
  g_return_if_fail (actor != NULL);

  g_free (actor->label);
  g_free (actor);
}

GPtrArray *
crm_history_get_page (CrmStore *store,
                      const CrmHistoryFilter *filter,
                      gint64 before,
                      guint limit,
                      gint64 *next,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) acts = NULL;
  Request request = { .store = store,
                      .filter = filter != NULL ? filter : &no_filter,
                      .before = before,
                      .limit = limit };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  acts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_act_free);
  request.acts = acts;
  if (!crm_database_read (crm_store_get_database (store), page_func, &request, cancellable, error))
    return NULL;

  if (next != NULL)
    *next = request.next;
  return g_steal_pointer (&acts);
}

GPtrArray *
crm_history_list (CrmStore *store,
                  gint64 record_id,
                  gint64 limit,
                  GCancellable *cancellable,
                  GError **error)
{
  CrmHistoryFilter filter = { .record_id = record_id };

  return crm_history_get_page (store, &filter, 0, (guint) CLAMP (limit, 0, G_MAXUINT), NULL,
                               cancellable, error);
}

GPtrArray *
crm_history_list_actors (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) actors = NULL;
  Request request = { .store = store };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  actors = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_actor_free);
  request.acts = actors;
  if (!crm_database_read (crm_store_get_database (store), actors_func, &request, cancellable,
                          error))
    return NULL;

  return g_steal_pointer (&actors);
}
