/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-convert.h"
#include "crm-database.h"
#include "crm-record.h"

G_BEGIN_DECLS

/**
 * CrmStore:
 *
 * An open workspace: its database, its catalogue, its settings, and the
 * news of what changes in it. All functions may be called from any thread and
 * block; a window calls them through crm_store_run_async(). Signals are
 * emitted in the main context that the store was opened in.
 */
#define CRM_TYPE_STORE (crm_store_get_type ())
G_DECLARE_FINAL_TYPE (CrmStore, crm_store, CRM, STORE, GObject)

typedef enum
{
  CRM_STORE_EXISTING = 0,
  CRM_STORE_CREATE = 1 << 0, /* make the file with the standard types if it is missing */
  CRM_STORE_READ_ONLY = 1 << 1,
} CrmStoreFlags;

/* Milliseconds since 1970-01-01 UTC; replaced by tests and the demo data */
typedef gint64 (*CrmClockFunc) (gpointer data);

CrmStore *crm_store_open (const char *path,
                          CrmStoreFlags flags,
                          guint lock_timeout,
                          GCancellable *cancellable,
                          GError **error);
void crm_store_close (CrmStore *self);

CrmDatabase *crm_store_get_database (CrmStore *self);
const char *crm_store_get_path (CrmStore *self);
/* "Customers" of ".../Customers.crm"; (transfer full) */
char *crm_store_get_display_name (CrmStore *self);

/* The newest snapshot; (transfer none), valid as long as the store */
const CrmCatalogue *crm_store_get_catalogue (CrmStore *self);

/* Valid as long as the store and until a setting changes; copy what you keep */
const CrmLocale *crm_store_get_locale (CrmStore *self);

void crm_store_set_clock (CrmStore *self, CrmClockFunc clock, gpointer data);
gint64 crm_store_get_now (CrmStore *self);

/* The member that is "me", 0 where none is set */
gint64 crm_store_get_me (CrmStore *self);

/**
 * crm_store_get_setting / crm_store_set_setting:
 * @key: "region", "currency", "zone", "me", "name" …
 *
 * Settings of the workspace, not of the window; not part of the history.
 */
char *crm_store_get_setting (CrmStore *self, const char *key);
gboolean crm_store_set_setting (CrmStore *self, const char *key, const char *value, GError **error);

/* Reading */

/* By id of any type, whatever its state; %CRM_ERROR_NOT_FOUND. With @follow_merged a merged
 * record gives the one it was merged into. (transfer full) */
CrmRecord *crm_store_get_record (CrmStore *self,
                                 gint64 id,
                                 gboolean follow_merged,
                                 GCancellable *cancellable,
                                 GError **error);

/* Of one type, in the order of @ids; missing ones are left out. @fields: which to read besides the label
 * (n_fields of -1: all). Labels of relations to live records are filled in; those to others are left out.
 * (transfer full) (element-type CrmRecord) */
GPtrArray *crm_store_get_records (CrmStore *self,
                                  const CrmRecordType *type,
                                  const gint64 *ids,
                                  guint n_ids,
                                  const CrmField *const *fields,
                                  int n_fields,
                                  GCancellable *cancellable,
                                  GError **error);

/* The same for the rows of lists: of addresses only the first, which stands in the record's row. See
 * crm_record_is_short(). */
GPtrArray *crm_store_get_short_records (CrmStore *self,
                                        const CrmRecordType *type,
                                        const gint64 *ids,
                                        guint n_ids,
                                        const CrmField *const *fields,
                                        int n_fields,
                                        GCancellable *cancellable,
                                        GError **error);

/* The type that has a record of this id in any state, or %NULL with %CRM_ERROR_NOT_FOUND */
const CrmRecordType *crm_store_find_type_of (CrmStore *self, gint64 id, GError **error);

/**
 * crm_store_resolve:
 * @field: a relation
 * @text: an id, a value of a unique field, or a label in full
 *
 * Returns: (transfer full): a one-item value of a live record, or %NULL with %CRM_ERROR_NOT_FOUND (none) or
 *   %CRM_ERROR_INVALID_VALUE (several have this label)
 */
CrmValue *crm_store_resolve (CrmStore *self,
                             const CrmField *field,
                             const char *text,
                             GError **error);

/**
 * CrmNews:
 *
 * What one committed act changed. Where @everything is set the arrays are
 * empty: read anew.
 */
typedef struct
{
  gint64 act_id; /* 0 for several at once */
  gboolean everything; /* more than 10,000 records */
  gboolean catalogue; /* types, fields or options changed */
  GArray *created; /* of gint64 record ids: also restored and otherwise come to life */
  GArray *updated;
  GArray *removed; /* trashed, undone, merged, destroyed */
  GArray *types; /* of gint64: ids of all types that any of it belongs to */
} CrmNews;

#define CRM_TYPE_NEWS (crm_news_get_type ())
GType crm_news_get_type (void);

/**
 * CrmStore::changed:
 * @news: (type CrmNews)
 *
 * After every commit, by this process or another one (polled every 250 ms once
 * crm_store_watch() was called).
 */
void crm_store_watch (CrmStore *self);

/**
 * crm_store_run_async:
 * @func: runs in a worker thread; returns a pointer for the callback
 *
 * The one way by which a window reads or writes.
 */
typedef gpointer (*CrmStoreFunc) (CrmStore *store,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);
void crm_store_run_async (CrmStore *self,
                          CrmStoreFunc func,
                          gpointer data,
                          GDestroyNotify data_free,
                          GDestroyNotify result_free,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gpointer crm_store_run_finish (CrmStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
