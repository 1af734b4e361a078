/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list-private.h"

enum
{
  PROP_0,
  PROP_LOADING,
  N_PROPS,
};

enum
{
  LOADED,
  REPLACING,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void id_list_iface_init (CrmIdListInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmRecordList,
                               crm_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                   G_IMPLEMENT_INTERFACE (CRM_TYPE_ID_LIST, id_list_iface_init))

#define ID_AT(self, position) g_array_index ((self)->ids, gint64, (position))

/* GListModel */

static GType
crm_record_list_get_item_type (GListModel *model)
{
  return CRM_TYPE_ROW;
}

static guint
crm_record_list_get_n_items (GListModel *model)
{
  return CRM_RECORD_LIST (model)->ids->len;
}

static gpointer
crm_record_list_get_item (GListModel *model, guint position)
{
  CrmRecordList *self = CRM_RECORD_LIST (model);

  if (position >= self->ids->len)
    return NULL;

  return g_object_ref (_crm_record_list_require_row (self, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_record_list_get_item_type;
  iface->get_n_items = crm_record_list_get_n_items;
  iface->get_item = crm_record_list_get_item;
}

/* CrmIdList */

static GArray *
crm_record_list_peek_ids (CrmIdList *list)
{
  return CRM_RECORD_LIST (list)->ids;
}

static GArray *
get_records (CrmRecordList *self)
{
  return self->grouped != NULL ? crm_grouped_ids_get_records (self->grouped) : self->ids;
}

static GArray *
crm_record_list_peek_records (CrmIdList *list)
{
  return get_records (CRM_RECORD_LIST (list));
}

static void
id_list_iface_init (CrmIdListInterface *iface)
{
  iface->get_ids = crm_record_list_peek_ids;
  iface->get_records = crm_record_list_peek_records;
}

/* GObject */

static void
crm_record_list_dispose (GObject *object)
{
  CrmRecordList *self = CRM_RECORD_LIST (object);

  _crm_record_list_cancel_query (self);
  g_cancellable_cancel (self->fetch_cancellable);
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_clear_handle_id (&self->trim_source, g_source_remove);
  g_clear_signal_handler (&self->changed_handler, self->store);
  g_clear_pointer (&self->query, crm_query_unref);
  _crm_record_list_drop_pages (self);

  G_OBJECT_CLASS (crm_record_list_parent_class)->dispose (object);
}

static void
crm_record_list_finalize (GObject *object)
{
  CrmRecordList *self = CRM_RECORD_LIST (object);

  g_array_unref (self->ids);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->pages);
  g_hash_table_unref (self->stale);
  g_object_unref (self->fetch_cancellable);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->groupings, g_array_unref);
  g_clear_pointer (&self->summed, g_array_unref);
  g_clear_pointer (&self->grouped, crm_grouped_ids_unref);
  g_hash_table_unref (self->collapsed);
  g_clear_error (&self->error);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_record_list_parent_class)->finalize (object);
}

static void
crm_record_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, CRM_RECORD_LIST (object)->loading);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_record_list_class_init (CrmRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_record_list_dispose;
  object_class->finalize = crm_record_list_finalize;
  object_class->get_property = crm_record_list_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACING] = g_signal_new ("replacing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_record_list_init (CrmRecordList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->pages = g_hash_table_new (NULL, NULL);
  self->stale = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->collapsed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fetch_cancellable = g_cancellable_new ();
  g_queue_init (&self->recent_pages);
}

void
_crm_record_list_set_loading (CrmRecordList *self, gboolean loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
_crm_record_list_emit_loaded (CrmRecordList *self)
{
  g_signal_emit (self, signals[LOADED], 0);
}

void
_crm_record_list_emit_replacing (CrmRecordList *self)
{
  g_signal_emit (self, signals[REPLACING], 0);
}

/* Half a millisecond at a million ids; an index would cost more to keep than this ever will */
guint
_crm_record_list_find_id (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return i;

  return G_MAXUINT;
}

/* Public API */

CrmRecordList *
crm_record_list_new (CrmStore *store)
{
  CrmRecordList *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_RECORD_LIST, NULL);
  self->store = g_object_ref (store);
  self->catalogue = crm_store_get_catalogue (store);
  self->changed_handler = g_signal_connect_object (store, "changed",
                                                   G_CALLBACK (_crm_record_list_store_changed_cb),
                                                   self, G_CONNECT_SWAPPED);

  return self;
}

void
crm_record_list_set_smooth (CrmRecordList *self, guint slice, CrmRecordListLook look, gpointer data)
{
  g_return_if_fail (CRM_IS_RECORD_LIST (self));
  g_return_if_fail (slice > 0);
  g_return_if_fail (look != NULL);

  self->slice = slice;
  self->look = look;
  self->look_data = data;
}

void
crm_record_list_set_query (CrmRecordList *self, CrmQuery *query)
{
  gboolean same_type;

  g_return_if_fail (CRM_IS_RECORD_LIST (self));

  same_type = query != NULL && self->query != NULL &&
              crm_query_get_record_type (query)->id == crm_query_get_record_type (self->query)->id;

  _crm_record_list_cancel_query (self);
  self->answered = FALSE;
  if (query != NULL)
    crm_query_ref (query);
  g_clear_pointer (&self->query, crm_query_unref);
  self->query = query;

  if (!same_type)
    {
      _crm_record_list_take_grouped (self, NULL);
      g_hash_table_remove_all (self->collapsed);
      if (self->ids->len > 0)
        _crm_record_list_emit_step (self, g_array_new (FALSE, FALSE, sizeof (gint64)), 0,
                                    self->ids->len, 0);
    }
  if (query != NULL)
    _crm_record_list_run_query (self);
  else
    _crm_record_list_set_loading (self, FALSE);
}

CrmQuery *
crm_record_list_get_query (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), NULL);

  return self->query;
}

void
crm_record_list_set_columns (CrmRecordList *self, GArray *columns)
{
  g_return_if_fail (CRM_IS_RECORD_LIST (self));

  if (columns != NULL)
    g_array_ref (columns);
  g_clear_pointer (&self->columns, g_array_unref);
  self->columns = columns;

  _crm_record_list_mark_all_stale (self);
  if (g_hash_table_size (self->stale) > 0)
    _crm_record_list_queue_fetch (self);
}

gboolean
crm_record_list_get_loading (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), FALSE);

  return self->loading;
}

const GError *
crm_record_list_get_error (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), NULL);

  return self->error;
}

guint
crm_record_list_find (CrmRecordList *self, gint64 id)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), G_MAXUINT);

  return _crm_record_list_find_id (self->ids, id);
}

gint64
crm_record_list_get_id (CrmRecordList *self, guint position)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), 0);
  g_return_val_if_fail (position < self->ids->len, 0);

  return MAX (ID_AT (self, position), 0);
}

guint
crm_record_list_get_n_records (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), 0);

  return get_records (self)->len;
}

guint
crm_record_list_get_number (CrmRecordList *self, gint64 id)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), 0);

  return _crm_record_list_find_id (get_records (self), id) + 1;
}

GArray *
crm_record_list_get_ids (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), NULL);

  return g_array_ref (get_records (self));
}
