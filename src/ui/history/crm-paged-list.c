/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-paged-list.h"

#define PAGE_SIZE 50

/* Items */

struct _CrmPagedItem
{
  GObject parent_instance;

  gpointer data;
  GDestroyNotify data_free;
};

G_DEFINE_FINAL_TYPE (CrmPagedItem, crm_paged_item, G_TYPE_OBJECT)

static void
crm_paged_item_finalize (GObject *object)
{
  CrmPagedItem *self = CRM_PAGED_ITEM (object);

  self->data_free (self->data);

  G_OBJECT_CLASS (crm_paged_item_parent_class)->finalize (object);
}

static void
crm_paged_item_class_init (CrmPagedItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_paged_item_finalize;
}

static void
crm_paged_item_init (CrmPagedItem *self)
{
}

CrmPagedItem *
crm_paged_item_new (gpointer data, GDestroyNotify data_free)
{
  CrmPagedItem *self;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data_free != NULL, NULL);

  self = g_object_new (CRM_TYPE_PAGED_ITEM, NULL);
  self->data = data;
  self->data_free = data_free;

  return self;
}

gpointer
crm_paged_item_get_data (CrmPagedItem *self)
{
  g_return_val_if_fail (CRM_IS_PAGED_ITEM (self), NULL);

  return self->data;
}

/* The list */

struct _CrmPagedList
{
  GObject parent_instance;

  CrmStore *store;
  CrmPageFunc func;
  GDestroyNotify item_free;
  gpointer query;
  GDestroyNotify query_clear;
  GPtrArray *items; /* CrmPagedItem */
  char *next;
  gboolean complete;
  gboolean stale; /* what is held is of the query before */
  GError *error;
  GCancellable *cancellable; /* of the page on its way, or NULL */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmPagedList,
                               crm_paged_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
release_query (gpointer query, GDestroyNotify query_clear)
{
  if (query_clear != NULL)
    g_atomic_rc_box_release_full (query, query_clear);
  else
    g_atomic_rc_box_release (query);
}

/* A page */

typedef struct
{
  CrmPageFunc func;
  gpointer query;
  GDestroyNotify query_clear;
  char *after;

  char *next;
  GPtrArray *elements;
} Page;

static void
page_clear (gpointer data)
{
  Page *page = data;

  release_query (page->query, page->query_clear);
  g_clear_pointer (&page->elements, g_ptr_array_unref);
  g_free (page->after);
  g_free (page->next);
}

static void
page_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, page_clear);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Page *page = data;

  page->elements = page->func (store, page->query, page->after, PAGE_SIZE, &page->next, cancellable,
                               error);

  return page->elements != NULL ? g_atomic_rc_box_acquire (page) : NULL;
}

/* In two steps: a view that is told of a full replacement asks for every row */
static void
drop_stale (CrmPagedList *self)
{
  guint n_items = self->items->len;

  self->stale = FALSE;
  g_ptr_array_set_size (self->items, 0);
  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
}

static void
take_page (CrmPagedList *self, Page *page)
{
  guint position;

  if (self->stale)
    drop_stale (self);
  position = self->items->len;
  g_ptr_array_set_free_func (page->elements, NULL);
  for (guint i = 0; i < page->elements->len; i++)
    g_ptr_array_add (self->items,
                     crm_paged_item_new (g_ptr_array_index (page->elements, i), self->item_free));
  g_free (self->next);
  self->next = g_steal_pointer (&page->next);
  self->complete = self->next == NULL;
  if (page->elements->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, page->elements->len);
}

typedef struct
{
  CrmPagedList *list;
  GCancellable *cancellable;
} Call;

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmPagedList) self = call->list;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  g_autoptr (GError) error = NULL;
  Page *page = crm_store_run_finish (CRM_STORE (object), result, &error);

  /* Another query was asked meanwhile */
  if (self->cancellable != cancellable)
    {
      g_clear_pointer (&page, page_unref);
      return;
    }

  g_clear_object (&self->cancellable);
  if (page != NULL)
    take_page (self, page);
  else
    self->error = g_steal_pointer (&error);
  g_clear_pointer (&page, page_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load (CrmPagedList *self)
{
  Page *page = g_atomic_rc_box_new0 (Page);
  Call *call = g_new0 (Call, 1);

  g_clear_error (&self->error);
  page->func = self->func;
  page->query = g_atomic_rc_box_acquire (self->query);
  page->query_clear = self->query_clear;
  page->after = g_strdup (self->next);
  self->cancellable = g_cancellable_new ();
  call->list = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);
  crm_store_run_async (self->store, read_in_worker, page, page_unref, page_unref, self->cancellable,
                       read_cb, call);
}

/* GListModel */

static GType
crm_paged_list_get_item_type (GListModel *model)
{
  return CRM_TYPE_PAGED_ITEM;
}

static guint
crm_paged_list_get_n_items (GListModel *model)
{
  return CRM_PAGED_LIST (model)->items->len;
}

static gpointer
crm_paged_list_get_item (GListModel *model, guint position)
{
  CrmPagedList *self = CRM_PAGED_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_paged_list_get_item_type;
  iface->get_n_items = crm_paged_list_get_n_items;
  iface->get_item = crm_paged_list_get_item;
}

/* GObject */

static void
crm_paged_list_finalize (GObject *object)
{
  CrmPagedList *self = CRM_PAGED_LIST (object);

  crm_paged_list_stop (self);
  g_ptr_array_unref (self->items);
  if (self->query != NULL)
    release_query (self->query, self->query_clear);
  g_clear_error (&self->error);
  g_free (self->next);
  g_object_unref (self->store);

  G_OBJECT_CLASS (crm_paged_list_parent_class)->finalize (object);
}

static void
crm_paged_list_class_init (CrmPagedListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_paged_list_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_paged_list_init (CrmPagedList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Public API */

CrmPagedList *
crm_paged_list_new (CrmStore *store, CrmPageFunc func, GDestroyNotify item_free)
{
  CrmPagedList *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (func != NULL, NULL);
  g_return_val_if_fail (item_free != NULL, NULL);

  self = g_object_new (CRM_TYPE_PAGED_LIST, NULL);
  self->store = g_object_ref (store);
  self->func = func;
  self->item_free = item_free;

  return self;
}

void
crm_paged_list_set_query (CrmPagedList *self, gpointer query, GDestroyNotify query_clear)
{
  g_return_if_fail (CRM_IS_PAGED_LIST (self));
  g_return_if_fail (query != NULL);

  crm_paged_list_stop (self);
  if (self->query != NULL)
    release_query (self->query, self->query_clear);
  self->query = query;
  self->query_clear = query_clear;
  self->stale = TRUE;
  self->complete = FALSE;
  g_clear_pointer (&self->next, g_free);
  load (self);
}

void
crm_paged_list_load_more (CrmPagedList *self)
{
  g_return_if_fail (CRM_IS_PAGED_LIST (self));

  if (self->query != NULL && self->cancellable == NULL && !self->complete && self->error == NULL)
    load (self);
}

void
crm_paged_list_stop (CrmPagedList *self)
{
  g_return_if_fail (CRM_IS_PAGED_LIST (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

gboolean
crm_paged_list_get_loading (CrmPagedList *self)
{
  g_return_val_if_fail (CRM_IS_PAGED_LIST (self), FALSE);

  return self->cancellable != NULL;
}

gboolean
crm_paged_list_get_complete (CrmPagedList *self)
{
  g_return_val_if_fail (CRM_IS_PAGED_LIST (self), FALSE);

  return self->complete;
}

const GError *
crm_paged_list_get_error (CrmPagedList *self)
{
  g_return_val_if_fail (CRM_IS_PAGED_LIST (self), NULL);

  return self->error;
}

gpointer
crm_paged_list_get_data (CrmPagedList *self, guint position)
{
  g_return_val_if_fail (CRM_IS_PAGED_LIST (self), NULL);
  g_return_val_if_fail (position < self->items->len, NULL);

  return crm_paged_item_get_data (g_ptr_array_index (self->items, position));
}

void
crm_paged_list_prepend (CrmPagedList *self, GPtrArray *data)
{
  g_return_if_fail (CRM_IS_PAGED_LIST (self));
  g_return_if_fail (data != NULL);

  g_ptr_array_set_free_func (data, NULL);
  for (guint i = 0; i < data->len; i++)
    g_ptr_array_insert (self->items, (int) i,
                        crm_paged_item_new (g_ptr_array_index (data, i), self->item_free));
  if (data->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, data->len);
  g_ptr_array_unref (data);
}

void
crm_paged_list_replace (CrmPagedList *self, guint position, gpointer data)
{
  g_return_if_fail (CRM_IS_PAGED_LIST (self));
  g_return_if_fail (position < self->items->len);

  g_object_unref (g_ptr_array_index (self->items, position));
  g_ptr_array_index (self->items, position) = crm_paged_item_new (data, self->item_free);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}
