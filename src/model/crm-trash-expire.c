/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What has been in the trash for long enough goes by itself, where somebody wants that. How long it has been there is
 * a question to a clock that may be wrong, and a wrong answer cannot be taken back; see crm-trash.h for what is
 * believed of it. */

#include "config.h"

#include "crm-catalogue.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"
#include "crm-trash-private.h"

#define DAYS "trash_days"
#define SEEN "trash_seen"
#define START "trash_start"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)
#define DAY (24 * HOUR)

/* A longer silence may as well be a clock that was set */
#define MAX_GAP (3 * DAY)

#define MAX_DAYS 36500

/* Milliseconds UTC, or 0 */
typedef struct
{
  gint64 seen; /* when the clock was looked at last */
  gint64 start; /* since when it has gone on without a jump */
} Clock;

typedef struct
{
  CrmStore *store;
  guint days;
  gint64 now;
  gint64 cutoff; /* what was deleted later stays */
  GArray *ids; /* gint64: what is due */
} Expire;

/* The clock */

/* What time it surely is by now, 0 where nobody knows; @clock is moved on to @now */
static gint64
look_at_clock (Clock *clock, gint64 now)
{
  gint64 sure = 0;

  if (clock->seen == 0 || now + HOUR < clock->seen)
    {
      clock->start = now;
    }
  else if (now - clock->seen > MAX_GAP)
    {
      /* However long it was, it was at least what had been seen before */
      sure = clock->seen;
      clock->start = now;
    }
  else if (now - clock->start >= DAY)
    {
      sure = now;
    }
  clock->seen = now;

  return sure;
}

static gint64
get_number (CrmStore *store, const char *key)
{
  g_autofree char *text = crm_store_get_setting (store, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Not a setting that anybody is told of */
static gboolean
store_clock_func (CrmConnection *connection, gpointer data, GError **error)
{
  const Clock *clock = data;

  return crm_connection_executef (connection, error,
                                  "INSERT INTO meta (key, value) VALUES ('" SEEN
                                  "', %" G_GINT64_FORMAT "), ('" START "', %" G_GINT64_FORMAT
                                  ") ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                  clock->seen, clock->start);
}

static gboolean
forget_clock_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_execute (connection,
                                 "DELETE FROM meta WHERE key IN ('" SEEN "', '" START "')", error);
}

/* What is due */

/* The first act that was done after the cutoff: what was deleted by it or later is too young, whatever time it
 * says, for the clock may have been behind when it was deleted. G_MAXINT64 for none. */
static gboolean
find_first_late_act (Expire *self, CrmConnection *connection, gint64 *act_id, GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT coalesce (min (id), %" G_GINT64_FORMAT
                         ") FROM act WHERE time > %" G_GINT64_FORMAT
                         " AND time <= %" G_GINT64_FORMAT,
                         G_MAXINT64, self->cutoff, self->now);
  return crm_connection_query_int (connection, sql, G_MAXINT64, act_id, error);
}

static gboolean
collect_due_of_type (Expire *self,
                     CrmConnection *connection,
                     const CrmRecordType *type,
                     gint64 first_late,
                     GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT t.id FROM " CRM_RECORD_TABLE
                         " AS t WHERE t.state = 1 AND t.deleted_at <= ?1"
                         " AND ?2 > coalesce ((SELECT max (s.act_id) FROM change AS c"
                         " JOIN change_set AS s ON s.id = c.set_id"
                         " WHERE c.record_id = t.id AND c.field_id = %d), 0)",
                         type->id, CRM_CHANGE_FIELD_STATE);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, self->cutoff);
  crm_statement_bind_int (statement, 2, first_late);
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

static gboolean
collect_due (CrmConnection *connection, gpointer data, GError **error)
{
  Expire *self = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  gint64 first_late;

  g_array_set_size (self->ids, 0);
  if (!find_first_late_act (self, connection, &first_late, error))
    return FALSE;
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!collect_due_of_type (self, connection, crm_catalogue_get_type_at (catalogue, i),
                              first_late, error))
      return FALSE;

  return TRUE;
}

/* After how many days is told by the history, whatever the setting is by then. Nobody did it. */
static gboolean
store_days (Expire *self, CrmTransaction *transaction, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (crm_transaction_get_connection (transaction),
                                      "UPDATE act SET days = ?2, actor = NULL WHERE id = ?1",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, crm_transaction_get_act_id (transaction));
  crm_statement_bind_int (statement, 2, self->days);
  return crm_statement_run (statement, error);
}

static gboolean
expire_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Expire *self = data;

  /* Somebody may have restored it meanwhile */
  return collect_due (crm_transaction_get_connection (transaction), self, error) &&
         crm_transaction_empty_trash (transaction, (const gint64 *) (gpointer) self->ids->data,
                                      self->ids->len, NULL, error) &&
         store_days (self, transaction, error);
}

/* Public API */

guint
crm_trash_get_days (CrmStore *store)
{
  g_return_val_if_fail (CRM_IS_STORE (store), 0);

  return (guint) CLAMP (get_number (store, DAYS), 0, MAX_DAYS);
}

gboolean
crm_trash_set_days (CrmStore *store, guint days, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  if (days > 0)
    text = g_strdup_printf ("%u", MIN (days, MAX_DAYS));

  /* The clock is looked at anew, so nothing goes within a day of the choice */
  return crm_database_write (crm_store_get_database (store), forget_clock_func, NULL, NULL,
                             error) &&
         crm_store_set_setting (store, DAYS, text, error);
}

gboolean
crm_trash_expire (CrmStore *store, GCancellable *cancellable, guint *n_destroyed, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (CrmWriteResult) result = { 0 };
  Expire expire = { .store = store, .ids = ids };
  CrmDatabase *database;
  Clock clock;
  gint64 sure;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  if (n_destroyed != NULL)
    *n_destroyed = 0;

  database = crm_store_get_database (store);
  expire.days = crm_trash_get_days (store);
  if (expire.days == 0 || crm_database_is_read_only (database))
    return TRUE;

  expire.now = crm_store_get_now (store);
  clock.seen = get_number (store, SEEN);
  clock.start = get_number (store, START);
  sure = look_at_clock (&clock, expire.now);
  if (!crm_database_write (database, store_clock_func, &clock, cancellable, error))
    return FALSE;
  if (sure == 0)
    return TRUE;

  expire.cutoff = sure - expire.days * DAY;
  if (!crm_database_read (database, collect_due, &expire, cancellable, error))
    return FALSE;
  if (ids->len == 0)
    return TRUE;

  if (!crm_store_write (store, CRM_ACT_DESTROY, CRM_SOURCE_PROGRAM, expire_func, &expire,
                        cancellable, &result, error))
    return FALSE;
  if (n_destroyed != NULL)
    *n_destroyed = (guint) result.records;
  if (result.act_id != 0)
    crm_trash_erase_now (store, cancellable);

  return TRUE;
}
