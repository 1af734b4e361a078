/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-state.h"

#include "crm-board.h"
#include "crm-catalogue-compare.h"
#include "crm-table-columns.h"
#include "crm-view-kept.h"

/* How long what is changed may wait to be kept, in milliseconds */
#define KEEP_AFTER 400

struct _CrmViewState
{
  GObject parent_instance;

  CrmSession *session;
  const CrmCatalogue *catalogue; /* that the type is of; the store keeps it */
  const CrmRecordType *type;
  gint64 view_id; /* 0: all of the type */
  char *fixed_filter;
  char *search;

  CrmViewQuery *saved; /* as it is saved, or shown at first */
  CrmViewLayout saved_layout;
  CrmViewQuery *query;
  CrmViewLayout layout;
  gboolean modified;
  gboolean changed; /* the same with the widths of columns, and of all records too */
  guint keep_id;
};

enum
{
  PROP_0,
  PROP_MODIFIED,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmViewState, crm_view_state, G_TYPE_OBJECT)

/* What is saved */

static void
add_first_columns (CrmViewState *self, CrmViewQuery *query)
{
  g_autoptr (GPtrArray) fields = crm_table_columns_get (self->type);

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      crm_view_query_add_column (query, field->name, 0);
    }
}

static void
add_first_sorts (CrmViewState *self, CrmViewQuery *query)
{
  gboolean descending;
  const CrmField *field = crm_table_columns_get_sort (self->type, &descending);
  const CrmField *second = field != NULL ? crm_table_columns_get_second_sort (self->type, field)
                                         : NULL;

  if (field != NULL)
    crm_view_query_add_sort (query, field->name, descending);
  if (second != NULL)
    crm_view_query_add_sort (query, second->name, FALSE);
}

/* What a view does not say is as for all records of the type */
static void
read_saved (CrmViewState *self)
{
  const CrmView *view = crm_view_state_get_view (self);
  g_autoptr (CrmViewQuery) query = NULL;

  if (view != NULL)
    query = crm_view_query_parse (view->query, NULL);
  if (query == NULL)
    query = crm_view_query_new ();
  if (crm_view_query_get_columns (query)->len == 0)
    add_first_columns (self, query);
  if (crm_view_query_get_sorts (query)->len == 0)
    add_first_sorts (self, query);

  g_clear_pointer (&self->saved, crm_view_query_free);
  self->saved = g_steal_pointer (&query);
  if (view != NULL)
    self->saved_layout = view->layout;
  else
    self->saved_layout = self->fixed_filter == NULL && crm_board_is_usual (self->type)
                             ? CRM_VIEW_BOARD
                             : CRM_VIEW_TABLE;
}

/* Without the widths, which people drag about without meaning to change the view */
static CrmViewQuery *
copy_without_widths (CrmViewQuery *query)
{
  CrmViewQuery *copy = crm_view_query_copy (query);
  GPtrArray *columns = crm_view_query_get_columns (copy);

  for (guint i = 0; i < columns->len; i++)
    ((CrmViewColumn *) g_ptr_array_index (columns, i))->width = 0;

  return copy;
}

static void
update_modified (CrmViewState *self)
{
  g_autoptr (CrmViewQuery) saved = copy_without_widths (self->saved);
  g_autoptr (CrmViewQuery) now = copy_without_widths (self->query);
  gboolean modified = crm_view_state_get_view (self) != NULL &&
                      (self->layout != self->saved_layout || !crm_view_query_equal (saved, now));

  self->changed = self->layout != self->saved_layout ||
                  !crm_view_query_equal (self->saved, self->query);
  if (modified == self->modified)
    return;

  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

/* Keeping */

static void
keep (CrmViewState *self)
{
  const CrmViewKept kept = { self->query, self->layout, self->saved, self->saved_layout };

  g_clear_handle_id (&self->keep_id, g_source_remove);
  crm_view_kept_write (self->changed ? &kept : NULL, crm_session_get_store (self->session),
                       self->type, self->view_id);
}

static gboolean
keep_cb (gpointer data)
{
  CrmViewState *self = data;

  self->keep_id = 0;
  keep (self);

  return G_SOURCE_REMOVE;
}

/* A part of the records is looked at, and gone */
static void
keep_later (CrmViewState *self)
{
  if (self->keep_id == 0 && self->fixed_filter == NULL)
    self->keep_id = g_timeout_add (KEEP_AFTER, keep_cb, self);
}

static void
emit (CrmViewState *self, CrmViewParts parts)
{
  update_modified (self);
  g_signal_emit (self, signals[CHANGED], 0, (guint) parts);
}

static void
emit_edited (CrmViewState *self, CrmViewParts parts)
{
  keep_later (self);
  emit (self, parts);
}

/* What is as it was saved formerly follows what is saved now; the rest is the user's */
static void
take_over (CrmViewState *self,
           CrmViewQuery *query,
           CrmViewLayout layout,
           CrmViewQuery *former,
           CrmViewLayout former_layout)
{
  CrmViewQuery *merged = crm_view_query_merge (query, former, self->saved);

  g_clear_pointer (&self->query, crm_view_query_free);
  self->query = merged;
  self->layout = layout == former_layout ? self->saved_layout : layout;
}

static void
read_kept (CrmViewState *self)
{
  g_auto (CrmViewKept) kept = { NULL };

  if (self->fixed_filter == NULL &&
      crm_view_kept_read (&kept, crm_session_get_store (self->session), self->type, self->view_id))
    take_over (self, kept.query, kept.layout, kept.saved, kept.saved_layout);
  update_modified (self);
}

static void
store_changed_cb (CrmViewState *self, const CrmNews *news)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  /* The type is another object by now; it and what the view is called cost nothing to look at */
  CrmViewParts parts = CRM_VIEW_PART_IDENTITY;
  g_autoptr (CrmViewQuery) former = NULL;
  CrmViewLayout layout = self->saved_layout;
  const CrmRecordType *type;

  if (!news->catalogue)
    return;

  type = crm_catalogue_get_type (catalogue, self->type->id);
  if (type != NULL)
    self->type = type;
  /* Of a view that is gone stays what is shown, until it is there again */
  if (self->view_id != 0 && crm_view_state_get_view (self) == NULL)
    return;

  /* What the view names may have come or gone */
  if (!crm_catalogue_describes_same (self->catalogue, catalogue))
    parts = CRM_VIEW_PART_ALL;
  self->catalogue = catalogue;
  former = crm_view_query_copy (self->saved);
  read_saved (self);
  if (layout != self->saved_layout || !crm_view_query_equal (former, self->saved))
    {
      g_autoptr (CrmViewQuery) shown = crm_view_query_copy (self->query);
      CrmViewLayout shown_layout = self->layout;

      take_over (self, self->query, self->layout, former, layout);
      keep_later (self);
      if (shown_layout != self->layout || !crm_view_query_equal (shown, self->query))
        parts = CRM_VIEW_PART_ALL;
    }
  emit (self, parts);
}

/* GObject */

static void
crm_view_state_finalize (GObject *object)
{
  CrmViewState *self = CRM_VIEW_STATE (object);

  if (self->keep_id != 0)
    keep (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->saved, crm_view_query_free);
  g_clear_pointer (&self->query, crm_view_query_free);
  g_free (self->fixed_filter);
  g_free (self->search);

  G_OBJECT_CLASS (crm_view_state_parent_class)->finalize (object);
}

static void
crm_view_state_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_MODIFIED:
      g_value_set_boolean (value, CRM_VIEW_STATE (object)->modified);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_view_state_class_init (CrmViewStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_view_state_finalize;
  object_class->get_property = crm_view_state_get_property;

  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                        G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
crm_view_state_init (CrmViewState *self)
{
}

/* Public API */

CrmViewState *
crm_view_state_new (CrmSession *session,
                    const CrmRecordType *type,
                    const CrmView *view,
                    const char *filter)
{
  CrmViewState *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_VIEW_STATE, NULL);
  self->session = g_object_ref (session);
  self->catalogue = crm_store_get_catalogue (crm_session_get_store (session));
  self->type = type;
  self->view_id = view != NULL ? view->id : 0;
  self->fixed_filter = g_strdup (filter);
  read_saved (self);
  self->query = crm_view_query_copy (self->saved);
  self->layout = self->saved_layout;
  read_kept (self);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

CrmSession *
crm_view_state_get_session (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  return self->session;
}

const CrmRecordType *
crm_view_state_get_record_type (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  return self->type;
}

const CrmView *
crm_view_state_get_view (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  if (self->view_id == 0)
    return NULL;

  return crm_catalogue_get_view (crm_store_get_catalogue (crm_session_get_store (self->session)),
                                 self->view_id);
}

CrmViewQuery *
crm_view_state_get_query (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  return self->query;
}

CrmViewLayout
crm_view_state_get_layout (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), CRM_VIEW_TABLE);

  return self->layout;
}

const char *
crm_view_state_get_search (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  return self->search;
}

const char *
crm_view_state_get_fixed_filter (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  return self->fixed_filter;
}

const char *
crm_view_state_get_title (CrmViewState *self)
{
  const CrmView *view;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  view = crm_view_state_get_view (self);

  return view != NULL ? view->label : self->type->label_many;
}

gboolean
crm_view_state_get_modified (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), FALSE);

  return self->modified;
}

gboolean
crm_view_state_get_changed (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), FALSE);

  return self->changed;
}

gboolean
crm_view_state_is_part (CrmViewState *self)
{
  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), FALSE);

  return self->fixed_filter != NULL || crm_view_query_get_filter (self->query) != NULL;
}

void
crm_view_state_set_layout (CrmViewState *self, CrmViewLayout layout)
{
  g_return_if_fail (CRM_IS_VIEW_STATE (self));

  if (layout == self->layout)
    return;

  self->layout = layout;
  emit_edited (self, CRM_VIEW_PART_LAYOUT);
}

void
crm_view_state_set_search (CrmViewState *self, const char *text)
{
  g_autofree char *search = NULL;

  g_return_if_fail (CRM_IS_VIEW_STATE (self));

  search = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  if (g_strcmp0 (search, self->search) == 0)
    return;

  g_free (self->search);
  self->search = g_steal_pointer (&search);
  emit (self, CRM_VIEW_PART_SEARCH);
}

void
crm_view_state_set_filter (CrmViewState *self, const char *filter)
{
  const char *present;

  g_return_if_fail (CRM_IS_VIEW_STATE (self));

  present = crm_view_query_get_filter (self->query);
  if (g_strcmp0 (filter != NULL ? filter : "", present != NULL ? present : "") == 0)
    return;

  crm_view_query_set_filter (self->query, filter);
  emit_edited (self, CRM_VIEW_PART_FILTER);
}

void
crm_view_state_edit (CrmViewState *self, CrmViewQuery *query, CrmViewParts parts)
{
  g_return_if_fail (CRM_IS_VIEW_STATE (self));
  g_return_if_fail (query != NULL);
  g_return_if_fail (query != self->query);

  crm_view_query_free (self->query);
  self->query = query;
  emit_edited (self, parts);
}

CrmQuery *
crm_view_state_make_query (CrmViewState *self, GPtrArray **columns, GError **error)
{
  CrmStore *store;
  g_autoptr (CrmFilter) fixed = NULL;
  g_autoptr (CrmFilter) filter = NULL;
  CrmQuery *query;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (self), NULL);

  store = crm_session_get_store (self->session);
  if (self->fixed_filter != NULL)
    {
      fixed = crm_filter_parse (store, self->type, self->fixed_filter, error);
      if (fixed == NULL)
        return NULL;
    }
  query = crm_view_query_make_query (self->query, store, self->type, columns, NULL, error);
  if (query == NULL)
    return NULL;

  if (crm_query_get_filter (query) != NULL)
    filter = crm_filter_ref ((CrmFilter *) crm_query_get_filter (query));
  filter = crm_filter_and (g_steal_pointer (&fixed), g_steal_pointer (&filter));
  crm_query_set_filter (query, filter);
  crm_query_set_search (query, self->search);

  return query;
}

void
crm_view_state_revert (CrmViewState *self)
{
  g_return_if_fail (CRM_IS_VIEW_STATE (self));

  crm_view_query_free (self->query);
  self->query = crm_view_query_copy (self->saved);
  self->layout = self->saved_layout;
  emit_edited (self, CRM_VIEW_PART_ALL);
}
