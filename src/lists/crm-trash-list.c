/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-id-diff-private.h"
#include "crm-trash-list-private.h"

enum
{
  PROP_0,
  PROP_LOADING,
  N_PROPS,
};

enum
{
  LOADED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void id_list_iface_init (CrmIdListInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmTrashList,
                               crm_trash_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                   G_IMPLEMENT_INTERFACE (CRM_TYPE_ID_LIST, id_list_iface_init))

static void run_query (CrmTrashList *self);

/* Ids */

typedef struct
{
  CrmTrashQuery *query;
  GArray *before;
} Job;

typedef struct
{
  GArray *ids;
  GArray *steps; /* (nullable) */
} Answer;

typedef struct
{
  CrmTrashList *list;
  guint generation;
} Call;

static void
job_free (Job *job)
{
  crm_trash_query_free (job->query);
  g_array_unref (job->before);
  g_free (job);
}

static void
answer_free (Answer *answer)
{
  g_array_unref (answer->ids);
  g_clear_pointer (&answer->steps, g_array_unref);
  g_free (answer);
}

static gpointer
query_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  GArray *ids = crm_trash_query_run (job->query, store, cancellable, error);
  Answer *answer;

  if (ids == NULL)
    return NULL;

  answer = g_new0 (Answer, 1);
  answer->ids = ids;
  answer->steps = crm_id_diff (job->before, ids);

  return answer;
}

static void
emit_step (CrmTrashList *self, GArray *ids, guint position, guint removed, guint added)
{
  g_array_unref (self->ids);
  self->ids = ids;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* In steps of their own, see crm-record-list-query.c */
static void
apply (CrmTrashList *self, const Answer *answer)
{
  if (answer->steps == NULL)
    {
      if (self->ids->len > 0)
        emit_step (self, g_array_new (FALSE, FALSE, sizeof (gint64)), 0, self->ids->len, 0);
      if (answer->ids->len > 0)
        emit_step (self, g_array_ref (answer->ids), 0, 0, answer->ids->len);
      return;
    }

  for (guint i = 0; i < answer->steps->len; i++)
    {
      const CrmIdStep *step = &g_array_index (answer->steps, CrmIdStep, i);

      emit_step (self, crm_id_step_apply (step, self->ids, answer->ids), step->position,
                 step->removed, step->added);
    }
}

static void
set_loading (CrmTrashList *self, gboolean loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
queried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmTrashList) self = call->list;
  g_autoptr (GError) error = NULL;
  Answer *answer = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (call->generation == self->generation)
    {
      g_clear_error (&self->error);
      if (answer != NULL)
        apply (self, answer);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        self->error = g_steal_pointer (&error);
      set_loading (self, FALSE);
      g_signal_emit (self, signals[LOADED], 0);
      if (self->query_again && self->query != NULL)
        run_query (self);
    }
  g_clear_pointer (&answer, answer_free);
}

static void
cancel_query (CrmTrashList *self)
{
  self->generation++;
  self->query_again = FALSE;
  if (self->query_cancellable != NULL)
    g_cancellable_cancel (self->query_cancellable);
  g_clear_object (&self->query_cancellable);
}

static void
run_query (CrmTrashList *self)
{
  Job *job = g_new0 (Job, 1);
  Call *call = g_new0 (Call, 1);

  cancel_query (self);
  self->query_cancellable = g_cancellable_new ();
  job->query = crm_trash_query_copy (self->query);
  job->before = g_array_ref (self->ids);
  call->list = g_object_ref (self);
  call->generation = self->generation;
  set_loading (self, TRUE);
  crm_store_run_async (self->store, query_in_worker, job, (GDestroyNotify) job_free,
                       (GDestroyNotify) answer_free, self->query_cancellable, queried_cb, call);
}

/* What changed is waited for, not raced with: see crm-record-list-query.c */
static void
store_changed_cb (CrmTrashList *self, const CrmNews *news)
{
  if (self->query == NULL)
    return;

  /* Names of what it was linked to, too */
  _crm_trash_list_refresh (self);
  if (!news->everything && !news->catalogue && news->created->len == 0 && news->removed->len == 0)
    return;
  if (self->loading)
    self->query_again = TRUE;
  else
    run_query (self);
}

/* GListModel */

static GType
crm_trash_list_get_item_type (GListModel *model)
{
  return CRM_TYPE_TRASH_ROW;
}

static guint
crm_trash_list_get_n_items (GListModel *model)
{
  return CRM_TRASH_LIST (model)->ids->len;
}

static gpointer
crm_trash_list_get_item (GListModel *model, guint position)
{
  CrmTrashList *self = CRM_TRASH_LIST (model);

  return position < self->ids->len ? _crm_trash_list_ref_row (self, position) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_trash_list_get_item_type;
  iface->get_n_items = crm_trash_list_get_n_items;
  iface->get_item = crm_trash_list_get_item;
}

/* CrmIdList */

static GArray *
crm_trash_list_get_ids (CrmIdList *list)
{
  return CRM_TRASH_LIST (list)->ids;
}

static void
id_list_iface_init (CrmIdListInterface *iface)
{
  iface->get_ids = crm_trash_list_get_ids;
}

/* GObject */

static void
crm_trash_list_dispose (GObject *object)
{
  CrmTrashList *self = CRM_TRASH_LIST (object);

  cancel_query (self);
  g_cancellable_cancel (self->fetch_cancellable);
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_clear_pointer (&self->query, crm_trash_query_free);
  _crm_trash_list_drop_pages (self);

  G_OBJECT_CLASS (crm_trash_list_parent_class)->dispose (object);
}

static void
crm_trash_list_finalize (GObject *object)
{
  CrmTrashList *self = CRM_TRASH_LIST (object);

  g_array_unref (self->ids);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->wanted);
  g_object_unref (self->fetch_cancellable);
  g_clear_error (&self->error);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_trash_list_parent_class)->finalize (object);
}

static void
crm_trash_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, CRM_TRASH_LIST (object)->loading);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_trash_list_class_init (CrmTrashListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_trash_list_dispose;
  object_class->finalize = crm_trash_list_finalize;
  object_class->get_property = crm_trash_list_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_trash_list_init (CrmTrashList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->fetch_cancellable = g_cancellable_new ();
  g_queue_init (&self->pages);
}

/* Public API */

CrmTrashList *
crm_trash_list_new (CrmStore *store)
{
  CrmTrashList *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_TRASH_LIST, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
crm_trash_list_set_query (CrmTrashList *self, const CrmTrashQuery *query)
{
  g_return_if_fail (CRM_IS_TRASH_LIST (self));

  cancel_query (self);
  g_clear_pointer (&self->query, crm_trash_query_free);
  if (query == NULL)
    {
      set_loading (self, FALSE);
      return;
    }
  self->query = crm_trash_query_copy (query);
  run_query (self);
}

gboolean
crm_trash_list_get_loading (CrmTrashList *self)
{
  g_return_val_if_fail (CRM_IS_TRASH_LIST (self), FALSE);

  return self->loading;
}

const GError *
crm_trash_list_get_error (CrmTrashList *self)
{
  g_return_val_if_fail (CRM_IS_TRASH_LIST (self), NULL);

  return self->error;
}
