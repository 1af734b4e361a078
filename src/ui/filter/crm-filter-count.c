/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-count.h"

#include "crm-words.h"

#define DELAY 150 /* milliseconds: while somebody types, not after each letter */

struct _CrmFilterCount
{
  GObject parent_instance;

  CrmViewState *state;
  char *filter;
  char *words;
  GCancellable *cancellable;
  guint source;
};

enum
{
  PROP_0,
  PROP_WORDS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmFilterCount, crm_filter_count, G_TYPE_OBJECT)

typedef struct
{
  CrmFilterCount *count;
  GCancellable *cancellable;
} Call;

static CrmStore *
get_store (CrmFilterCount *self)
{
  return crm_session_get_store (crm_view_state_get_session (self->state));
}

static void
set_words (CrmFilterCount *self, char *words)
{
  g_free (self->words);
  self->words = words;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
}

static gpointer
count_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree gint64 *count = g_new0 (gint64, 1);

  if (!crm_query_count (data, store, count, cancellable, error))
    return NULL;

  return g_steal_pointer (&count);
}

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmFilterCount) self = call->count;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  g_autofree gint64 *count = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (count != NULL && cancellable == self->cancellable)
    set_words (self, crm_words_get_matching (crm_view_state_get_record_type (self->state), *count));
}

static gboolean
count_cb (gpointer data)
{
  CrmFilterCount *self = data;
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  const char *texts[] = { crm_view_state_get_fixed_filter (self->state), self->filter };
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (CrmFilter) whole = NULL;
  Call *call;

  self->source = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      CrmFilter *filter = texts[i] != NULL
                              ? crm_filter_parse (get_store (self), type, texts[i], NULL)
                              : NULL;

      whole = crm_filter_and (g_steal_pointer (&whole), filter);
    }
  crm_query_set_filter (query, whole);

  call = g_new0 (Call, 1);
  call->count = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);
  crm_store_run_async (get_store (self), count_in_worker, g_steal_pointer (&query),
                       (GDestroyNotify) crm_query_unref, g_free, call->cancellable, counted_cb,
                       call);

  return G_SOURCE_REMOVE;
}

static void
stop (CrmFilterCount *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* GObject */

static void
crm_filter_count_dispose (GObject *object)
{
  CrmFilterCount *self = CRM_FILTER_COUNT (object);

  stop (self);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (crm_filter_count_parent_class)->dispose (object);
}

static void
crm_filter_count_finalize (GObject *object)
{
  CrmFilterCount *self = CRM_FILTER_COUNT (object);

  g_free (self->filter);
  g_free (self->words);

  G_OBJECT_CLASS (crm_filter_count_parent_class)->finalize (object);
}

static void
crm_filter_count_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_WORDS:
      g_value_set_string (value, CRM_FILTER_COUNT (object)->words);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_filter_count_class_init (CrmFilterCountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_filter_count_dispose;
  object_class->finalize = crm_filter_count_finalize;
  object_class->get_property = crm_filter_count_get_property;

  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_filter_count_init (CrmFilterCount *self)
{
  self->words = g_strdup ("");
}

/* Public API */

CrmFilterCount *
crm_filter_count_new (CrmViewState *state)
{
  CrmFilterCount *self;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);

  self = g_object_new (CRM_TYPE_FILTER_COUNT, NULL);
  self->state = g_object_ref (state);

  return self;
}

void
crm_filter_count_ask (CrmFilterCount *self, const char *filter)
{
  g_return_if_fail (CRM_IS_FILTER_COUNT (self));

  stop (self);
  g_free (self->filter);
  self->filter = g_strdup (filter);
  self->cancellable = g_cancellable_new ();
  self->source = g_timeout_add (DELAY, count_cb, self);
}
