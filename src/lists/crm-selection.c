/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-selection.h"

struct _CrmSelection
{
  GObject parent_instance;

  CrmIdList *list;
  GHashTable *ids; /* of gint64: the selected ones, or with all_but those that are not */
  gboolean all_but;
  int n_listed; /* how many of ids are in the list; -1: to be counted */
  int n_headings; /* of the list, which nothing selects; likewise */
  guint n_announced; /* the last n-selected that was notified */
};

enum
{
  PROP_0,
  PROP_N_SELECTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmSelection,
                               crm_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_iface_init))

static guint
get_n_items (CrmSelection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static void
count_listed (CrmSelection *self)
{
  GArray *ids;

  self->n_listed = 0;
  if (g_hash_table_size (self->ids) == 0)
    return;

  ids = crm_id_list_get_records (self->list);
  for (guint i = 0; i < ids->len; i++)
    if (g_hash_table_contains (self->ids, &g_array_index (ids, gint64, i)))
      self->n_listed++;
}

static void
count_headings (CrmSelection *self)
{
  GArray *ids = crm_id_list_get_ids (self->list);

  self->n_headings = 0;
  for (guint i = 0; i < ids->len; i++)
    self->n_headings += g_array_index (ids, gint64, i) < 0;
}

static gboolean
has_headings (CrmSelection *self)
{
  if (self->n_headings < 0)
    count_headings (self);

  return self->n_headings > 0;
}

/* FALSE where some are out of sight, which a range of rows leaves as they are */
static gboolean
has_rows_for_all (CrmSelection *self)
{
  return get_n_items (self) ==
         crm_id_list_get_records (self->list)->len + (has_headings (self) ? self->n_headings : 0);
}

static void
announce (CrmSelection *self)
{
  guint n_selected = crm_selection_get_n_selected (self);

  if (n_selected == self->n_announced)
    return;

  self->n_announced = n_selected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static gboolean
is_selected_id (CrmSelection *self, gint64 id)
{
  return id >= 0 && g_hash_table_contains (self->ids, &id) != self->all_but;
}

static void
set_selected_id (CrmSelection *self, gint64 id, gboolean selected)
{
  if (id < 0)
    return;

  if (selected != self->all_but)
    g_hash_table_add (self->ids, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->ids, &id);
  self->n_listed = -1;
}

static void
clear (CrmSelection *self, gboolean all)
{
  g_hash_table_remove_all (self->ids);
  self->all_but = all;
  self->n_listed = 0;
}

static void
changed (CrmSelection *self, guint position, guint n_items)
{
  if (n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n_items);
  announce (self);
}

static void
items_changed_cb (CrmSelection *self, guint position, guint removed, guint added)
{
  self->n_listed = -1;
  self->n_headings = -1;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* Other records are where GTK shows these */
static void
exchanged_cb (CrmSelection *self)
{
  self->n_listed = -1;
  self->n_headings = -1;
  if (get_n_items (self) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, get_n_items (self));
}

/* Removals and additions are two emissions of the list: counted once, when both are through */
static void
loaded_cb (CrmSelection *self)
{
  announce (self);
}

/* GListModel */

static GType
crm_selection_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (G_LIST_MODEL (CRM_SELECTION (model)->list));
}

static guint
crm_selection_get_n_items (GListModel *model)
{
  return get_n_items (CRM_SELECTION (model));
}

static gpointer
crm_selection_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (CRM_SELECTION (model)->list), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_selection_get_item_type;
  iface->get_n_items = crm_selection_get_n_items;
  iface->get_item = crm_selection_get_item;
}

/* GtkSelectionModel */

static gboolean
crm_selection_is_selected (GtkSelectionModel *model, guint position)
{
  CrmSelection *self = CRM_SELECTION (model);

  return position < get_n_items (self) &&
         is_selected_id (self, crm_id_list_get_id (self->list, position));
}

static GtkBitset *
crm_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  CrmSelection *self = CRM_SELECTION (model);
  GtkBitset *selection = gtk_bitset_new_empty ();
  guint end = MIN (get_n_items (self),
                   n_items > G_MAXUINT - position ? G_MAXUINT : position + n_items);

  if (g_hash_table_size (self->ids) == 0 && !(self->all_but && has_headings (self)))
    {
      if (self->all_but && end > position)
        gtk_bitset_add_range (selection, position, end - position);
      return selection;
    }

  for (guint i = position; i < end; i++)
    if (is_selected_id (self, crm_id_list_get_id (self->list, i)))
      gtk_bitset_add (selection, i);

  return selection;
}

static gboolean
crm_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  CrmSelection *self = CRM_SELECTION (model);

  /* Who goes over a heading keeps what is selected */
  if (position >= get_n_items (self) || crm_id_list_get_id (self->list, position) < 0)
    return FALSE;

  if (unselect_rest)
    clear (self, FALSE);
  set_selected_id (self, crm_id_list_get_id (self->list, position), TRUE);
  if (unselect_rest)
    changed (self, 0, get_n_items (self));
  else
    changed (self, position, 1);

  return TRUE;
}

static gboolean
crm_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  CrmSelection *self = CRM_SELECTION (model);

  if (position >= get_n_items (self))
    return FALSE;

  set_selected_id (self, crm_id_list_get_id (self->list, position), FALSE);
  changed (self, position, 1);

  return TRUE;
}

static gboolean
set_range (CrmSelection *self, guint position, guint n_items, gboolean selected)
{
  guint total = get_n_items (self);

  if (position >= total)
    return FALSE;

  n_items = MIN (n_items, total - position);
  if (n_items == total && has_rows_for_all (self))
    {
      clear (self, selected);
    }
  else
    {
      for (guint i = position; i < position + n_items; i++)
        set_selected_id (self, crm_id_list_get_id (self->list, i), selected);
    }

  return TRUE;
}

static gboolean
crm_selection_select_range (GtkSelectionModel *model,
                            guint position,
                            guint n_items,
                            gboolean unselect_rest)
{
  CrmSelection *self = CRM_SELECTION (model);

  if (unselect_rest)
    clear (self, FALSE);
  set_range (self, position, n_items, TRUE);
  changed (self, 0, get_n_items (self));

  return TRUE;
}

static gboolean
crm_selection_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  CrmSelection *self = CRM_SELECTION (model);

  set_range (self, position, n_items, FALSE);
  changed (self, 0, get_n_items (self));

  return TRUE;
}

static gboolean
crm_selection_select_all (GtkSelectionModel *model)
{
  CrmSelection *self = CRM_SELECTION (model);

  clear (self, TRUE);
  changed (self, 0, get_n_items (self));

  return TRUE;
}

static gboolean
crm_selection_unselect_all (GtkSelectionModel *model)
{
  CrmSelection *self = CRM_SELECTION (model);

  clear (self, FALSE);
  changed (self, 0, get_n_items (self));

  return TRUE;
}

static gboolean
crm_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  CrmSelection *self = CRM_SELECTION (model);
  GtkBitsetIter iter;
  guint position;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, mask, &position);
       valid && position < get_n_items (self); valid = gtk_bitset_iter_next (&iter, &position))
    set_selected_id (self, crm_id_list_get_id (self->list, position),
                     gtk_bitset_contains (selected, position));
  changed (self, 0, get_n_items (self));

  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = crm_selection_is_selected;
  iface->get_selection_in_range = crm_selection_get_selection_in_range;
  iface->select_item = crm_selection_select_item;
  iface->unselect_item = crm_selection_unselect_item;
  iface->select_range = crm_selection_select_range;
  iface->unselect_range = crm_selection_unselect_range;
  iface->select_all = crm_selection_select_all;
  iface->unselect_all = crm_selection_unselect_all;
  iface->set_selection = crm_selection_set_selection;
}

/* GObject */

static void
crm_selection_finalize (GObject *object)
{
  CrmSelection *self = CRM_SELECTION (object);

  g_hash_table_unref (self->ids);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (crm_selection_parent_class)->finalize (object);
}

static void
crm_selection_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_N_SELECTED:
      g_value_set_uint (value, crm_selection_get_n_selected (CRM_SELECTION (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_selection_class_init (CrmSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_selection_finalize;
  object_class->get_property = crm_selection_get_property;

  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_selection_init (CrmSelection *self)
{
  self->n_headings = -1;
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

CrmSelection *
crm_selection_new (CrmIdList *list)
{
  CrmSelection *self;

  g_return_val_if_fail (CRM_IS_ID_LIST (list), NULL);

  self = g_object_new (CRM_TYPE_SELECTION, NULL);
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "exchanged", G_CALLBACK (exchanged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);

  return self;
}

guint
crm_selection_get_n_selected (CrmSelection *self)
{
  g_return_val_if_fail (CRM_IS_SELECTION (self), 0);

  if (self->n_listed < 0)
    count_listed (self);

  if (!self->all_but)
    return (guint) self->n_listed;

  return crm_id_list_get_records (self->list)->len - (guint) self->n_listed;
}

GArray *
crm_selection_get_ids (CrmSelection *self)
{
  GArray *listed;
  GArray *ids;

  g_return_val_if_fail (CRM_IS_SELECTION (self), NULL);

  listed = crm_id_list_get_records (self->list);
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < listed->len; i++)
    if (is_selected_id (self, g_array_index (listed, gint64, i)))
      g_array_append_val (ids, g_array_index (listed, gint64, i));

  return ids;
}
