/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-store-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-number.h"
#include "crm-sort-keys-private.h"
#include "crm-standard-types.h"
#include "crm-store-watch-private.h"
#include "crm-tables.h"
#include "crm-text.h"

struct _CrmStore
{
  GObject parent_instance;

  CrmDatabase *database;
  CrmCollation *collation;
  GMainContext *context; /* where signals are emitted */
  CrmStoreWatch *watch; /* (nullable) */

  CrmClockFunc clock;
  gpointer clock_data;
  const CrmGuard *guard; /* (nullable) */

  GMutex mutex; /* guards what follows */
  GPtrArray *catalogues; /* all snapshots, the newest last */
  GPtrArray *locales; /* likewise: readers keep pointers into older ones */
  gint64 me;
};

G_DEFINE_FINAL_TYPE (CrmStore, crm_store, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gint64
read_clock (gpointer data)
{
  return g_get_real_time () / 1000;
}

static void
locale_free (gpointer data)
{
  CrmLocale *locale = data;

  g_free ((char *) locale->language);
  g_free ((char *) locale->region);
  g_free ((char *) locale->currency);
  g_time_zone_unref (locale->zone);
  g_free (locale);
}

static gboolean
locale_uses_decimal_comma (void)
{
  g_autofree char *half = g_strdup_printf ("%.1f", 0.5);

  return strchr (half, ',') != NULL;
}

static CrmLocale *
locale_new (const char *language, const char *region, const char *currency, const char *zone)
{
  CrmLocale *locale = g_new0 (CrmLocale, 1);

  locale->language = g_strdup (language);
  locale->region = g_strdup (region != NULL ? region : crm_locale_get_region ());
  locale->currency = g_strdup (currency != NULL ? currency : crm_locale_get_currency ());
  locale->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  if (locale->zone == NULL)
    locale->zone = g_time_zone_new_local ();
  locale->date_order = crm_locale_get_date_order ();
  locale->decimal_comma = locale_uses_decimal_comma ();
  return locale;
}

static gboolean
read_setting (CrmConnection *connection, const char *key, char **value, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  *value = NULL;
  statement = crm_connection_prepare (connection, "SELECT value FROM meta WHERE key = ?1", error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_text (statement, 1, key);
  if (crm_statement_step (statement, &local_error))
    *value = g_strdup (crm_statement_get_text (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* Who "me" is: where the member was merged into another, that one. So a merge need not know of settings, which are
 * not part of the history, and its undo is right as well. */
static gboolean
find_me (CrmStore *self, CrmConnection *connection, gint64 *me, GError **error)
{
  const CrmRecordType *members;
  g_autofree char *setting = NULL;
  g_autofree char *sql = NULL;
  gint64 id;

  if (!read_setting (connection, "me", &setting, error))
    return FALSE;

  id = setting != NULL ? g_ascii_strtoll (setting, NULL, 10) : 0;
  *me = id;
  members = crm_catalogue_find_type (crm_store_get_catalogue (self), "members");
  if (id == 0 || members == NULL)
    return TRUE;

  sql = g_strdup_printf ("WITH RECURSIVE chain (id, merged_into, state) AS ("
                         "SELECT id, merged_into, state FROM " CRM_RECORD_TABLE
                         " WHERE id = %" G_GINT64_FORMAT
                         " UNION SELECT t.id, t.merged_into, t.state FROM " CRM_RECORD_TABLE
                         " AS t JOIN chain ON chain.state = %d AND t.id = chain.merged_into)"
                         " SELECT id FROM chain WHERE state <> %d",
                         members->id, id, members->id, CRM_STATE_MERGED, CRM_STATE_MERGED);
  return crm_connection_query_int (connection, sql, id, me, error);
}

gboolean
crm_store_reload_settings (CrmStore *self, CrmConnection *connection, GError **error)
{
  g_autofree char *region = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *zone = NULL;
  gint64 me;

  if (!read_setting (connection, "region", &region, error) ||
      !read_setting (connection, "currency", &currency, error) ||
      !read_setting (connection, "zone", &zone, error) || !find_me (self, connection, &me, error))
    return FALSE;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->locales,
                   locale_new (crm_database_get_language (self->database), region, currency, zone));
  self->me = me;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
reload_me_func (CrmConnection *connection, gpointer data, GError **error)
{
  CrmStore *self = data;
  gint64 me;

  if (!find_me (self, connection, &me, error))
    return FALSE;

  g_mutex_lock (&self->mutex);
  self->me = me;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

gboolean
crm_store_reload_me (CrmStore *self, GError **error)
{
  return crm_database_read (self->database, reload_me_func, self, NULL, error);
}

static gboolean
load_func (CrmConnection *connection, gpointer data, GError **error)
{
  CrmStore *self = data;
  CrmCatalogue *catalogue = crm_catalogue_load (connection, error);

  if (catalogue == NULL)
    return FALSE;
  crm_store_take_catalogue (self, catalogue);
  return crm_store_reload_settings (self, connection, error);
}

/* A file that was just made has no record types yet. Two processes may both see that: only the first makes them. */
static gboolean
create_func (CrmConnection *connection, gpointer data, GError **error)
{
  gint64 n_types = 0;

  if (!crm_connection_query_int (connection, "SELECT count(*) FROM record_type", 0, &n_types,
                                 error))
    return FALSE;
  return n_types > 0 || crm_standard_types_create (connection, error);
}

static gboolean
count_types_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_query_int (connection, "SELECT count(*) FROM record_type", 0, data, error);
}

static void
crm_store_dispose (GObject *object)
{
  crm_store_close (CRM_STORE (object));

  G_OBJECT_CLASS (crm_store_parent_class)->dispose (object);
}

static void
crm_store_finalize (GObject *object)
{
  CrmStore *self = CRM_STORE (object);

  g_clear_object (&self->database);
  g_clear_pointer (&self->collation, crm_collation_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->catalogues, g_ptr_array_unref);
  g_clear_pointer (&self->locales, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (crm_store_parent_class)->finalize (object);
}

static void
crm_store_class_init (CrmStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_store_dispose;
  object_class->finalize = crm_store_finalize;

  /**
   * CrmStore::changed:
   * @news: what changed
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CRM_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, CRM_TYPE_NEWS);
}

static void
crm_store_init (CrmStore *self)
{
  g_mutex_init (&self->mutex);
  self->clock = read_clock;
  self->catalogues = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_catalogue_unref);
  self->locales = g_ptr_array_new_with_free_func (locale_free);
}

CrmStore *
crm_store_open (const char *path,
                CrmStoreFlags flags,
                guint lock_timeout,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (CrmStore) self = NULL;
  CrmDatabaseFlags database_flags = CRM_DATABASE_READ_WRITE;
  gint64 n_types = 0;

  g_return_val_if_fail (path != NULL, NULL);

  if ((flags & CRM_STORE_CREATE) != 0)
    database_flags |= CRM_DATABASE_CREATE;
  if ((flags & CRM_STORE_READ_ONLY) != 0)
    database_flags |= CRM_DATABASE_READ_ONLY;

  self = g_object_new (CRM_TYPE_STORE, NULL);
  self->context = g_main_context_ref_thread_default ();
  self->database = crm_database_open (path, database_flags, crm_locale_get_language (),
                                      lock_timeout, cancellable, error);
  if (self->database == NULL)
    return NULL;
  self->collation = crm_collation_new (crm_database_get_language (self->database));

  if (!crm_database_read (self->database, count_types_func, &n_types, cancellable, error))
    return NULL;
  if (n_types == 0 && !crm_database_write (self->database, create_func, NULL, cancellable, error))
    return NULL;
  if (!crm_standard_types_upgrade (self->database, cancellable, error))
    return NULL;
  if (!crm_database_read (self->database, load_func, self, cancellable, error) ||
      !crm_sort_keys_refresh (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_store_close (CrmStore *self)
{
  g_return_if_fail (CRM_IS_STORE (self));

  g_clear_pointer (&self->watch, crm_store_watch_free);
  if (self->database != NULL)
    crm_database_close (self->database);
}

CrmDatabase *
crm_store_get_database (CrmStore *self)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  return self->database;
}

const char *
crm_store_get_path (CrmStore *self)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  return crm_database_get_path (self->database);
}

char *
crm_store_get_display_name (CrmStore *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  name = g_path_get_basename (crm_store_get_path (self));
  if (g_str_has_suffix (name, ".crm"))
    name[strlen (name) - strlen (".crm")] = '\0';
  return g_filename_display_name (name);
}

CrmCollation *
crm_store_get_collation (CrmStore *self)
{
  return self->collation;
}

void
crm_store_take_catalogue (CrmStore *self, CrmCatalogue *catalogue)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->catalogues, catalogue);
  g_mutex_unlock (&self->mutex);
}

const CrmCatalogue *
crm_store_get_catalogue (CrmStore *self)
{
  const CrmCatalogue *catalogue;

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  g_mutex_lock (&self->mutex);
  catalogue = g_ptr_array_index (self->catalogues, self->catalogues->len - 1);
  g_mutex_unlock (&self->mutex);
  return catalogue;
}

const CrmLocale *
crm_store_get_locale (CrmStore *self)
{
  const CrmLocale *locale;

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  g_mutex_lock (&self->mutex);
  locale = g_ptr_array_index (self->locales, self->locales->len - 1);
  g_mutex_unlock (&self->mutex);
  return locale;
}

void
crm_store_set_guard (CrmStore *self, const CrmGuard *guard)
{
  g_return_if_fail (CRM_IS_STORE (self));

  g_atomic_pointer_set (&self->guard, guard);
}

const CrmGuard *
crm_store_get_guard (CrmStore *self)
{
  return g_atomic_pointer_get (&self->guard);
}

void
crm_store_set_clock (CrmStore *self, CrmClockFunc clock, gpointer data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  self->clock = clock != NULL ? clock : read_clock;
  self->clock_data = data;
}

gint64
crm_store_get_now (CrmStore *self)
{
  g_return_val_if_fail (CRM_IS_STORE (self), 0);

  return self->clock (self->clock_data);
}

gint64
crm_store_get_me (CrmStore *self)
{
  gint64 me;

  g_return_val_if_fail (CRM_IS_STORE (self), 0);

  g_mutex_lock (&self->mutex);
  me = self->me;
  g_mutex_unlock (&self->mutex);
  return me;
}

typedef struct
{
  CrmStore *store;
  const char *key;
  const char *value;
  char *result;
} Setting;

static gboolean
get_setting_func (CrmConnection *connection, gpointer data, GError **error)
{
  Setting *setting = data;

  return read_setting (connection, setting->key, &setting->result, error);
}

static gboolean
set_setting_func (CrmConnection *connection, gpointer data, GError **error)
{
  Setting *setting = data;
  g_autoptr (CrmStatement) statement = NULL;

  if (setting->value == NULL)
    statement = crm_connection_prepare (connection, "DELETE FROM meta WHERE key = ?1", error);
  else
    statement = crm_connection_prepare (connection,
                                        "INSERT INTO meta (key, value) VALUES (?1, ?2) "
                                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                        error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_text (statement, 1, setting->key);
  if (setting->value != NULL)
    crm_statement_bind_text (statement, 2, setting->value);
  return crm_statement_run (statement, error) &&
         crm_store_reload_settings (setting->store, connection, error);
}

char *
crm_store_get_setting (CrmStore *self, const char *key)
{
  Setting setting = { self, key, NULL, NULL };

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (!crm_database_read (self->database, get_setting_func, &setting, NULL, NULL))
    return NULL;
  return setting.result;
}

gboolean
crm_store_set_setting (CrmStore *self, const char *key, const char *value, GError **error)
{
  Setting setting = { self, key, value, NULL };

  g_return_val_if_fail (CRM_IS_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return crm_database_write (self->database, set_setting_func, &setting, NULL, error);
}

typedef struct
{
  GWeakRef store;
  CrmNews *news;
} Publication;

static gboolean
publish_cb (gpointer data)
{
  Publication *publication = data;
  g_autoptr (CrmStore) self = g_weak_ref_get (&publication->store);

  if (self != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, publication->news);
  return G_SOURCE_REMOVE;
}

static void
publication_free (gpointer data)
{
  Publication *publication = data;

  g_weak_ref_clear (&publication->store);
  crm_news_unref (publication->news);
  g_free (publication);
}

void
crm_store_publish (CrmStore *self, CrmNews *news, gint64 set_id)
{
  Publication *publication;
  g_autoptr (GSource) source = NULL;

  if (set_id != 0 && self->watch != NULL)
    crm_store_watch_skip (self->watch, set_id);

  publication = g_new0 (Publication, 1);
  g_weak_ref_init (&publication->store, self);
  publication->news = news;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, publish_cb, publication, publication_free);
  g_source_attach (source, self->context);
}

void
crm_store_watch (CrmStore *self)
{
  g_return_if_fail (CRM_IS_STORE (self));

  if (self->watch == NULL)
    self->watch = crm_store_watch_new (self, self->context);
}
