/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-preview-list.h"

/* How many rows are read at a time */
#define BATCH 64

/* Items */

struct _CrmImportPreviewItem
{
  GObject parent_instance;

  CrmImportPreviewList *list; /* weak */
  guint position;
  CrmImportPreviewRow *row; /* nullable */
};

enum
{
  ITEM_CHANGED,
  N_ITEM_SIGNALS,
};

static guint item_signals[N_ITEM_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportPreviewItem, crm_import_preview_item, G_TYPE_OBJECT)

static void forget_item (CrmImportPreviewList *self, CrmImportPreviewItem *item);

static void
crm_import_preview_item_finalize (GObject *object)
{
  CrmImportPreviewItem *self = CRM_IMPORT_PREVIEW_ITEM (object);

  if (self->list != NULL)
    forget_item (self->list, self);
  g_clear_weak_pointer (&self->list);
  g_clear_pointer (&self->row, crm_import_preview_row_free);

  G_OBJECT_CLASS (crm_import_preview_item_parent_class)->finalize (object);
}

static void
crm_import_preview_item_class_init (CrmImportPreviewItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_preview_item_finalize;

  item_signals[ITEM_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             0);
}

static void
crm_import_preview_item_init (CrmImportPreviewItem *self)
{
}

const CrmImportPreviewRow *
crm_import_preview_item_get_row (CrmImportPreviewItem *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PREVIEW_ITEM (self), NULL);

  return self->row;
}

/* The list */

struct _CrmImportPreviewList
{
  GObject parent_instance;

  CrmStore *store;
  CrmImportPreview *preview; /* nullable */
  CrmImportRows which;
  guint n_items;
  GHashTable *items; /* position → CrmImportPreviewItem: those that somebody holds */
  GArray *wanted; /* guint: positions that are to be read, the newest last */
  GCancellable *cancellable; /* of the batch on its way, or NULL */
  guint source;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmImportPreviewList,
                               crm_import_preview_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static CrmImportPreviewItem *
find_item (CrmImportPreviewList *self, guint position)
{
  return g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
}

static void
forget_item (CrmImportPreviewList *self, CrmImportPreviewItem *item)
{
  if (find_item (self, item->position) == item)
    g_hash_table_remove (self->items, GUINT_TO_POINTER (item->position));
}

/* Reading */

typedef struct
{
  CrmImportPreview *preview;
  CrmImportRows which;
  GArray *positions; /* guint */
} Batch;

typedef struct
{
  CrmImportPreviewList *list;
  GCancellable *cancellable;
  GArray *positions;
} Call;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_object_unref (batch->preview);
  g_array_unref (batch->positions);
  g_free (batch);
}

static void
row_free (gpointer data)
{
  g_clear_pointer ((CrmImportPreviewRow **) &data, crm_import_preview_row_free);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Batch *batch = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < batch->positions->len; i++)
    {
      CrmImportPreviewRow *row = crm_import_preview_get_row (
          batch->preview, batch->which, g_array_index (batch->positions, guint, i), cancellable,
          error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}

static void schedule (CrmImportPreviewList *self);

static void
take_rows (CrmImportPreviewList *self, GArray *positions, GPtrArray *rows)
{
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      CrmImportPreviewItem *item = find_item (self, g_array_index (positions, guint, i));
      CrmImportPreviewRow *row = g_ptr_array_index (rows, i);
      CrmImportPreviewRow *old;

      if (item == NULL)
        {
          crm_import_preview_row_free (row);
          continue;
        }
      old = item->row;
      item->row = row;
      g_signal_emit (item, item_signals[ITEM_CHANGED], 0);
      g_clear_pointer (&old, crm_import_preview_row_free);
    }
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmImportPreviewList) self = call->list;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  g_autoptr (GArray) positions = call->positions;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->cancellable != cancellable)
    return;

  g_clear_object (&self->cancellable);
  if (rows != NULL)
    take_rows (self, positions, rows);
  schedule (self);
}

static gboolean
read_idle_cb (gpointer data)
{
  CrmImportPreviewList *self = data;
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  Batch *batch;
  Call *call;

  self->source = 0;
  /* What was scrolled to last is what is seen */
  while (positions->len < BATCH && self->wanted->len > 0)
    {
      guint position = g_array_index (self->wanted, guint, self->wanted->len - 1);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      if (find_item (self, position) != NULL)
        g_array_append_val (positions, position);
    }
  if (positions->len == 0)
    return G_SOURCE_REMOVE;

  batch = g_new0 (Batch, 1);
  batch->preview = g_object_ref (self->preview);
  batch->which = self->which;
  batch->positions = g_array_ref (positions);
  self->cancellable = g_cancellable_new ();
  call = g_new0 (Call, 1);
  call->list = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);
  call->positions = g_array_ref (positions);
  crm_store_run_async (self->store, read_in_worker, batch, batch_free,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb, call);

  return G_SOURCE_REMOVE;
}

static void
schedule (CrmImportPreviewList *self)
{
  if (self->source == 0 && self->cancellable == NULL && self->wanted->len > 0 &&
      self->preview != NULL)
    self->source = g_idle_add (read_idle_cb, self);
}

static void
stop (CrmImportPreviewList *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  g_array_set_size (self->wanted, 0);
}

/* GListModel */

static GType
crm_import_preview_list_get_item_type (GListModel *model)
{
  return CRM_TYPE_IMPORT_PREVIEW_ITEM;
}

static guint
crm_import_preview_list_get_n_items (GListModel *model)
{
  return CRM_IMPORT_PREVIEW_LIST (model)->n_items;
}

static gpointer
crm_import_preview_list_get_item (GListModel *model, guint position)
{
  CrmImportPreviewList *self = CRM_IMPORT_PREVIEW_LIST (model);
  CrmImportPreviewItem *item;

  if (position >= self->n_items)
    return NULL;

  item = find_item (self, position);
  if (item != NULL)
    return g_object_ref (item);

  item = g_object_new (CRM_TYPE_IMPORT_PREVIEW_ITEM, NULL);
  item->position = position;
  g_set_weak_pointer (&item->list, self);
  g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
  g_array_append_val (self->wanted, position);
  schedule (self);

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_import_preview_list_get_item_type;
  iface->get_n_items = crm_import_preview_list_get_n_items;
  iface->get_item = crm_import_preview_list_get_item;
}

/* GObject */

static void
crm_import_preview_list_finalize (GObject *object)
{
  CrmImportPreviewList *self = CRM_IMPORT_PREVIEW_LIST (object);

  stop (self);
  g_hash_table_unref (self->items);
  g_array_unref (self->wanted);
  g_clear_object (&self->preview);
  g_object_unref (self->store);

  G_OBJECT_CLASS (crm_import_preview_list_parent_class)->finalize (object);
}

static void
crm_import_preview_list_class_init (CrmImportPreviewListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_preview_list_finalize;
}

static void
crm_import_preview_list_init (CrmImportPreviewList *self)
{
  self->items = g_hash_table_new (NULL, NULL);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
set_n_items (CrmImportPreviewList *self, guint n_items)
{
  guint old = self->n_items;

  for (guint i = n_items; i < old && g_hash_table_size (self->items) > 0; i++)
    g_hash_table_remove (self->items, GUINT_TO_POINTER (i));
  self->n_items = n_items;
  if (n_items < old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_items, old - n_items, 0);
  else if (n_items > old)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, n_items - old);
}

/* Public API */

CrmImportPreviewList *
crm_import_preview_list_new (CrmStore *store)
{
  CrmImportPreviewList *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_PREVIEW_LIST, NULL);
  self->store = g_object_ref (store);

  return self;
}

void
crm_import_preview_list_set_preview (CrmImportPreviewList *self,
                                     CrmImportPreview *preview,
                                     CrmImportRows which)
{
  gint64 count;
  GHashTableIter iter;
  gpointer key;

  g_return_if_fail (CRM_IS_IMPORT_PREVIEW_LIST (self));
  g_return_if_fail (preview == NULL || CRM_IS_IMPORT_PREVIEW (preview));

  stop (self);
  /* A view that is told of a full replacement asks for every row; in two steps it does not */
  if (preview == NULL || self->preview == NULL || which != self->which)
    set_n_items (self, 0);
  g_set_object (&self->preview, preview);
  self->which = which;
  count = preview != NULL ? crm_import_preview_count (preview, which) : 0;
  set_n_items (self, (guint) MIN (count, G_MAXUINT - 1));

  /* What is still seen is read anew */
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position = GPOINTER_TO_UINT (key);

      g_array_append_val (self->wanted, position);
    }
  schedule (self);
}
