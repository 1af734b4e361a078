/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the history holds together. What is left of it stays; what is missing in between gets a place that
 * says no more than is known. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-check-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  CrmStore *store;
  CrmConnection *connection;
  GPtrArray *done;
  gint64 act_id; /* of the act that stands for what is not known; 0 until there is one */
} Repair;

static void
note (Repair *self, const char *where, const char *what, gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%" ID, n);

  if (n > 0)
    g_ptr_array_add (self->done, g_strdup_printf (_ ("%s: %s (%s)"), where, what, number));
}

static gboolean
run (Repair *self, const char *what, const char *sql, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self->connection, sql, error);

  if (statement == NULL || !crm_statement_run (statement, error))
    return FALSE;

  note (self, _ ("History"), what, crm_connection_get_changes (self->connection));
  return TRUE;
}

/* Before everything else in the history, for it is older than what is known: so "undo" never meets it. Its
 * change set is the one with the same number. */
static gboolean
require_act (Repair *self, GError **error)
{
  g_autoptr (CrmStatement) insert = NULL;
  gint64 now = crm_store_get_now (self->store);

  if (self->act_id != 0)
    return TRUE;

  if (!crm_connection_query_int (self->connection,
                                 "SELECT min (0, coalesce ((SELECT min (id) FROM act), 0),"
                                 " coalesce ((SELECT min (id) FROM change_set), 0)) - 1",
                                 -1, &self->act_id, error))
    return FALSE;

  insert = crm_connection_prepare (self->connection,
                                   "INSERT INTO act (id, kind, time, source, records)"
                                   " VALUES (?1, 'import', ?2, 'program', 0)",
                                   error);
  if (insert == NULL)
    return FALSE;
  crm_statement_bind_int (insert, 1, self->act_id);
  crm_statement_bind_int (insert, 2, now);
  return crm_statement_run (insert, error) &&
         crm_connection_executef (self->connection, error,
                                  "INSERT INTO change_set (id, act_id, time) VALUES (%" ID ", %" ID
                                  ", %" ID ")",
                                  self->act_id, self->act_id, now);
}

static gboolean
any (Repair *self, const char *sql, gboolean *is_any, GError **error)
{
  gint64 n;

  if (!crm_connection_query_int (self->connection, sql, 0, &n, error))
    return FALSE;
  *is_any = n > 0;
  return TRUE;
}

/* Changes whose change set is lost, and change sets whose act is */
static gboolean
repair_sets (Repair *self, GError **error)
{
  static const char *const tables[] = { "change", "change_range", "catalogue_change" };
  gboolean is_any;

  if (!run (self, _ ("acts of which only the changes are left"),
            "INSERT INTO act (id, kind, time, source) SELECT act_id, 'edit', min (time), 'program'"
            " FROM change_set WHERE act_id NOT IN (SELECT id FROM act) GROUP BY act_id",
            error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *count = g_strdup_printf (
          "SELECT count (*) FROM %s WHERE set_id NOT IN (SELECT id FROM change_set)", tables[i]);
      g_autofree char *insert = NULL;

      if (!any (self, count, &is_any, error))
        return FALSE;
      if (!is_any)
        continue;
      if (!require_act (self, error))
        return FALSE;
      insert = g_strdup_printf ("INSERT INTO change_set (id, act_id, time) SELECT DISTINCT set_id,"
                                " %" ID ", (SELECT time FROM act WHERE id = %" ID
                                ") FROM %s WHERE set_id NOT IN (SELECT id FROM change_set)",
                                self->act_id, self->act_id, tables[i]);
      if (!run (self, _ ("changes of which the act is lost"), insert, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
repair_undone (Repair *self, GError **error)
{
  return run (self, _ ("undos of which the act is lost"),
              "UPDATE act SET kind = 'edit', undoes = NULL WHERE (kind IN ('undo', 'redo'))"
              " <> (undoes IS NOT NULL) OR undoes NOT IN (SELECT id FROM act)",
              error) &&
         run (
             self, _ ("acts of which it was not clear whether they are undone"),
             "UPDATE act SET undone_by = NULL WHERE undone_by IS NOT NULL AND NOT EXISTS (SELECT 1"
             " FROM act AS u WHERE u.id = act.undone_by AND u.kind = 'undo' AND u.undoes = act.id)",
             error);
}

/* By what the acts of a type are found */
static gboolean
repair_act_types (Repair *self, GError **error)
{
  return run (self, _ ("types of acts that do not exist removed"),
              "DELETE FROM act_type WHERE act_id NOT IN (SELECT id FROM act)", error) &&
         run (self, _ ("types of acts noted again"),
              "INSERT OR IGNORE INTO act_type (act_id, type_id)"
              " SELECT s.act_id, r.type_id FROM change_range AS r JOIN change_set AS s"
              " ON s.id = r.set_id WHERE s.act_id NOT IN (SELECT act_id FROM act_type)",
              error);
}

/* No record was made twice. Of two creations that claim the same, the one that claims more is the wrong one: a
 * number in it turned. */
static gboolean
repair_overlaps (Repair *self, GError **error)
{
  gboolean is_any;

  if (!any (self,
            "SELECT count (*) FROM (SELECT first_id, max (last_id) OVER (PARTITION BY type_id"
            " ORDER BY first_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
            " FROM change_range WHERE old_state IS NULL) WHERE first_id <= before",
            &is_any, error))
    return FALSE;

  return !is_any ||
         run (self, _ ("creations removed that claim the records of others"),
              "DELETE FROM change_range AS r WHERE r.old_state IS NULL AND EXISTS (SELECT 1 FROM"
              " change_range AS o WHERE o.old_state IS NULL AND o.type_id = r.type_id"
              " AND o.last_id >= r.first_id AND o.first_id <= r.last_id"
              " AND (o.last_id - o.first_id, o.set_id, o.first_id)"
              " < (r.last_id - r.first_id, r.set_id, r.first_id))",
              error);
}

/* Every record was made by an act: those of which that is lost, by the one that stands for it */
static gboolean
repair_creations (Repair *self, const CrmRecordType *type, GError **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *insert = NULL;
  gboolean is_any;

  if (!run (self, _ ("creations of nothing removed"),
            "DELETE FROM change_range WHERE first_id > last_id", error))
    return FALSE;

  sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE
                         " AS t WHERE NOT EXISTS (SELECT 1 FROM change_range AS r WHERE"
                         " r.type_id = %" ID " AND r.old_state IS NULL"
                         " AND t.id BETWEEN r.first_id AND r.last_id)",
                         type->id, type->id);
  if (!any (self, sql, &is_any, error))
    return FALSE;
  if (!is_any)
    return TRUE;
  if (!require_act (self, error))
    return FALSE;

  insert = g_strdup_printf (
      "INSERT OR IGNORE INTO change_range (set_id, type_id, first_id, last_id,"
      " old_state, new_state) SELECT %" ID ", %" ID ", t.id, t.id, NULL, 0 FROM"
      " " CRM_RECORD_TABLE " AS t WHERE NOT EXISTS (SELECT 1 FROM change_range"
      " AS r WHERE r.type_id = %" ID " AND r.old_state IS NULL"
      " AND t.id BETWEEN r.first_id AND r.last_id)",
      self->act_id, type->id, type->id, type->id);
  if (!run (self, _ ("records of which it is not known who made them"), insert, error))
    return FALSE;

  return crm_connection_executef (self->connection, error,
                                  "UPDATE act SET type_id = %" ID ", records = (SELECT count (*)"
                                  " FROM change_range WHERE set_id = %" ID ") WHERE id = %" ID,
                                  type->id, self->act_id, self->act_id);
}

/* Numbers that are given out have to be beyond all that were */
static gboolean
repair_counters (Repair *self, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  gint64 highest = 0;
  gint64 last_id;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autofree char *sql = g_strdup_printf ("SELECT max (id) FROM " CRM_RECORD_TABLE, type->id);
      gint64 id;

      if (!crm_connection_query_int (self->connection, sql, 0, &id, error))
        return FALSE;
      highest = MAX (highest, id);
    }
  if (!crm_connection_query_int (self->connection, "SELECT value FROM meta WHERE key = 'last_id'",
                                 0, &last_id, error))
    return FALSE;
  if (last_id < highest)
    {
      if (!crm_connection_executef (self->connection, error,
                                    "INSERT OR REPLACE INTO meta (key, value) VALUES ('last_id',"
                                    " %" ID ")",
                                    highest))
        return FALSE;
      note (self, _ ("Workspace"), _ ("the number of the next record corrected"), 1);
    }

  return crm_connection_execute (
      self->connection,
      "INSERT INTO sqlite_sequence (name, seq) SELECT x.column1, 0 FROM (VALUES ('act'),"
      " ('change_set')) AS x WHERE x.column1 NOT IN (SELECT name FROM sqlite_sequence);"
      "UPDATE sqlite_sequence SET seq = max (seq, coalesce ((SELECT max (id) FROM act), 0))"
      " WHERE name = 'act';"
      "UPDATE sqlite_sequence SET seq = max (seq, coalesce ((SELECT max (id) FROM change_set), 0))"
      " WHERE name = 'change_set'",
      error);
}

gboolean
crm_check_repair_history (CrmStore *store,
                          CrmConnection *connection,
                          GPtrArray *done,
                          GError **error)
{
  Repair repair = { .store = store, .connection = connection, .done = done };
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);

  if (!repair_sets (&repair, error) || !repair_undone (&repair, error))
    return FALSE;
  if (!repair_overlaps (&repair, error))
    return FALSE;
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!repair_creations (&repair, crm_catalogue_get_type_at (catalogue, i), error))
      return FALSE;

  return repair_act_types (&repair, error) && repair_counters (&repair, error);
}
