/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-store-watch-private.h"

#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-store-private.h"
#include "crm-transaction-private.h"

#define INTERVAL 250 /* milliseconds */

struct _CrmStoreWatch
{
  gatomicrefcount ref_count; /* a worker may outlive the watch's end */
  CrmStore *store; /* not held: the store owns the watch */
  GSource *source;
  GCancellable *cancellable;
  gint64 data_version;
  gboolean reading; /* a worker is looking at what is new */
  char today[11]; /* in the workspace's zone */

  GMutex mutex;
  GHashTable *own; /* gint64 set ids that were published at their commit */
  gint64 last_set; /* the newest change set that was told */
};

/* What a worker found */
typedef struct
{
  gint64 after;
  gint64 last;
  GArray *sets;
  CrmNews *news;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->sets, g_array_unref);
  g_clear_pointer (&look->news, crm_news_unref);
  g_free (look);
}

static gboolean
last_set_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_query_int (connection, "SELECT coalesce(max(id), 0) FROM change_set", 0,
                                   data, error);
}

static void
add_state_change (CrmNews *news, gint64 record_id, gboolean lives)
{
  crm_news_add (news, lives ? news->created : news->removed, record_id);
}

static gboolean
add_changes (CrmStore *store,
             CrmConnection *connection,
             CrmNews *news,
             gint64 set_id,
             GError **error)
{
  g_autoptr (CrmStatement) changes = NULL;
  g_autoptr (GError) local_error = NULL;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  gint64 last_record = 0;

  changes = crm_connection_prepare (connection,
                                    "SELECT record_id, field_id, new FROM change "
                                    "WHERE set_id = ?1 ORDER BY record_id, field_id",
                                    error);
  if (changes == NULL)
    return FALSE;
  crm_statement_bind_int (changes, 1, set_id);
  while (crm_statement_step (changes, &local_error))
    {
      gint64 record_id = crm_statement_get_int (changes, 0);
      const CrmRecordType *type;

      if (crm_statement_get_int (changes, 1) == CRM_CHANGE_FIELD_STATE)
        add_state_change (news, record_id,
                          !crm_statement_is_null (changes, 2) &&
                              crm_statement_get_int (changes, 2) == CRM_STATE_LIVE);
      else if (record_id != last_record)
        crm_news_add (news, news->updated, record_id);
      else
        continue;

      last_record = record_id;
      if (news->everything)
        continue;
      type = crm_connection_find_type_of (connection, catalogue, record_id, &local_error);
      if (type != NULL)
        crm_news_add_type (news, type->id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_ranges (CrmConnection *connection, CrmNews *news, gint64 set_id, GError **error)
{
  g_autoptr (CrmStatement) ranges = NULL;
  g_autoptr (GError) local_error = NULL;

  ranges = crm_connection_prepare (connection,
                                   "SELECT type_id, first_id, last_id, new_state FROM change_range "
                                   "WHERE set_id = ?1",
                                   error);
  if (ranges == NULL)
    return FALSE;
  crm_statement_bind_int (ranges, 1, set_id);
  while (crm_statement_step (ranges, &local_error))
    {
      gint64 type_id = crm_statement_get_int (ranges, 0);
      g_autoptr (CrmStatement) ids = NULL;
      g_autofree char *sql = NULL;

      crm_news_add_type (news, type_id);
      sql = g_strdup_printf ("SELECT id FROM t%" G_GINT64_FORMAT " WHERE id BETWEEN ?1 AND ?2",
                             type_id);
      ids = crm_connection_prepare (connection, sql, error);
      if (ids == NULL)
        return FALSE;
      crm_statement_bind_int (ids, 1, crm_statement_get_int (ranges, 1));
      crm_statement_bind_int (ids, 2, crm_statement_get_int (ranges, 2));
      while (!news->everything && crm_statement_step (ids, &local_error))
        add_state_change (news, crm_statement_get_int (ids, 0),
                          crm_statement_get_int (ranges, 3) == CRM_STATE_LIVE);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
look_func (CrmConnection *connection, gpointer data, GError **error)
{
  Look *look = ((gpointer *) data)[0];
  CrmStore *store = ((gpointer *) data)[1];
  g_autoptr (CrmStatement) sets = NULL;
  g_autoptr (GError) local_error = NULL;
  CrmCatalogue *catalogue;
  gint64 catalogue_changes = 0;

  sets = crm_connection_prepare (connection,
                                 "SELECT id, act_id, EXISTS (SELECT 1 FROM catalogue_change "
                                 "WHERE set_id = change_set.id) FROM change_set WHERE id > ?1",
                                 error);
  if (sets == NULL)
    return FALSE;
  crm_statement_bind_int (sets, 1, look->after);
  while (crm_statement_step (sets, &local_error))
    {
      gint64 id = crm_statement_get_int (sets, 0);

      look->last = id;
      g_array_append_val (look->sets, id);
      catalogue_changes += crm_statement_get_int (sets, 2);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (catalogue_changes > 0)
    {
      catalogue = crm_catalogue_load (connection, error);
      if (catalogue == NULL)
        return FALSE;
      crm_store_take_catalogue (store, catalogue);
      look->news->catalogue = TRUE;
    }
  return crm_store_reload_settings (store, connection, error);
}

/* The second half: only of the sets that are not this process's own */
static gboolean
look_at_sets_func (CrmConnection *connection, gpointer data, GError **error)
{
  Look *look = ((gpointer *) data)[0];
  CrmStore *store = ((gpointer *) data)[1];

  for (guint i = 0; i < look->sets->len; i++)
    {
      gint64 id = g_array_index (look->sets, gint64, i);

      if (!add_ranges (connection, look->news, id, error) ||
          !add_changes (store, connection, look->news, id, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  CrmStoreWatch *self = data;
  CrmDatabase *database = crm_store_get_database (store);
  Look *look = g_new0 (Look, 1);
  gpointer args[] = { look, store };

  look->sets = g_array_new (FALSE, FALSE, sizeof (gint64));
  look->news = crm_news_new ();
  look->after = look->last = self->last_set;
  if (!crm_database_read (database, look_func, args, cancellable, error))
    {
      look_free (look);
      return NULL;
    }

  g_mutex_lock (&self->mutex);
  for (guint i = look->sets->len; i > 0; i--)
    if (g_hash_table_remove (self->own, &g_array_index (look->sets, gint64, i - 1)))
      g_array_remove_index (look->sets, i - 1);
  g_mutex_unlock (&self->mutex);

  if (!crm_database_read (database, look_at_sets_func, args, cancellable, error))
    {
      look_free (look);
      return NULL;
    }
  return look;
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  CrmStore *store = CRM_STORE (object);
  g_autoptr (GError) error = NULL;
  Look *look = crm_store_run_finish (store, result, &error);
  CrmStoreWatch *self = data;

  /* Cancelled: the watch is gone */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->reading = FALSE;
  if (look == NULL)
    {
      /* A busy moment: looked at again at the next commit */
      g_debug ("Cannot read the changes of another program: %s", error->message);
      self->data_version = 0;
      return;
    }

  self->last_set = MAX (self->last_set, look->last);
  if (look->sets->len > 0)
    crm_store_publish (store, g_steal_pointer (&look->news), 0);
  look_free (look);
}

static CrmStoreWatch *
watch_ref (CrmStoreWatch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
watch_unref (gpointer data)
{
  CrmStoreWatch *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
read_today (CrmStoreWatch *self, char *today)
{
  crm_moment_get_date (crm_store_get_now (self->store), crm_store_get_locale (self->store)->zone,
                       today);
}

/* At midnight "today", "this week" and "2 days ago" mean something else, and nobody has written anything */
static void
follow_the_day (CrmStoreWatch *self)
{
  char today[sizeof self->today];
  CrmNews *news;

  read_today (self, today);
  if (strcmp (today, self->today) == 0)
    return;

  memcpy (self->today, today, sizeof today);
  news = crm_news_new ();
  news->everything = TRUE;
  crm_store_publish (self->store, news, 0);
}

static gboolean
poll_cb (gpointer data)
{
  CrmStoreWatch *self = data;
  gint64 data_version;

  follow_the_day (self);
  if (self->reading)
    return G_SOURCE_CONTINUE;

  data_version = crm_database_get_data_version (crm_store_get_database (self->store));
  if (data_version == 0 || data_version == self->data_version)
    return G_SOURCE_CONTINUE;

  self->data_version = data_version;
  self->reading = TRUE;
  crm_store_run_async (self->store, look_in_worker, watch_ref (self), watch_unref, look_free,
                       self->cancellable, looked_cb, self);
  return G_SOURCE_CONTINUE;
}

CrmStoreWatch *
crm_store_watch_new (CrmStore *store, GMainContext *context)
{
  CrmStoreWatch *self = g_new0 (CrmStoreWatch, 1);
  CrmDatabase *database = crm_store_get_database (store);

  g_atomic_ref_count_init (&self->ref_count);
  self->store = store;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  self->own = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  /* The version first: what is committed between the two is looked at once more, not missed */
  self->data_version = crm_database_get_data_version (database);
  crm_database_read (database, last_set_func, &self->last_set, NULL, NULL);

  read_today (self, self->today);
  self->source = g_timeout_source_new (INTERVAL);
  g_source_set_callback (self->source, poll_cb, self, NULL);
  g_source_attach (self->source, context);
  return self;
}

void
crm_store_watch_free (CrmStoreWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  watch_unref (self);
}

void
crm_store_watch_skip (CrmStoreWatch *self, gint64 set_id)
{
  gint64 *id = g_new (gint64, 1);

  *id = set_id;
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->own, id);
  g_mutex_unlock (&self->mutex);
}
