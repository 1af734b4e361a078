/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmPagedItem:
 *
 * Something that is no object, for list models.
 */
#define CRM_TYPE_PAGED_ITEM (crm_paged_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmPagedItem, crm_paged_item, CRM, PAGED_ITEM, GObject)

/* Takes @data */
CrmPagedItem *crm_paged_item_new (gpointer data, GDestroyNotify data_free);
gpointer crm_paged_item_get_data (CrmPagedItem *self);

/**
 * CrmPagedList:
 *
 * A list model that reads page by page, on demand: it never holds more than what was scrolled to.
 *
 * Signals: "changed": a page came, or reading failed (see crm_paged_list_get_error()).
 */
#define CRM_TYPE_PAGED_LIST (crm_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmPagedList, crm_paged_list, CRM, PAGED_LIST, GObject)

/**
 * CrmPageFunc:
 * @query: what crm_paged_list_set_query() was given
 * @after: (nullable): %NULL for the first page, else what @next was
 * @next: (out) (transfer full): where the next page begins, %NULL at the end
 *
 * Runs in a worker. Returns: (transfer full): with a free function, whose elements are made items of
 */
typedef GPtrArray *(*CrmPageFunc) (CrmStore *store,
                                   gpointer query,
                                   const char *after,
                                   guint limit,
                                   char **next,
                                   GCancellable *cancellable,
                                   GError **error);

/* @item_free: frees an element of a page */
CrmPagedList *crm_paged_list_new (CrmStore *store, CrmPageFunc func, GDestroyNotify item_free);

/* Begins anew. Takes @query, an atomic reference-counted box; @query_clear: (nullable). What was shown stays until the first page is there. */
void crm_paged_list_set_query (CrmPagedList *self, gpointer query, GDestroyNotify query_clear);

/* The next page, if there is one and none is on its way */
void crm_paged_list_load_more (CrmPagedList *self);

/* Forgets what is on its way */
void crm_paged_list_stop (CrmPagedList *self);

gboolean crm_paged_list_get_loading (CrmPagedList *self);
gboolean crm_paged_list_get_complete (CrmPagedList *self); /* the last page is there */
const GError *crm_paged_list_get_error (CrmPagedList *self); /* of the last page; (nullable) */

gpointer crm_paged_list_get_data (CrmPagedList *self, guint position); /* of an item */
/* New ones on top. Takes @data: (element-type gpointer), and frees the array */
void crm_paged_list_prepend (CrmPagedList *self, GPtrArray *data);
/* The same thing, but changed. Takes @data */
void crm_paged_list_replace (CrmPagedList *self, guint position, gpointer data);

G_END_DECLS
