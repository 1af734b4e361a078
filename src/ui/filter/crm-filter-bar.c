/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-bar.h"

#include <glib/gi18n.h>

#include "crm-filter-chip.h"
#include "crm-filter-field-chooser.h"
#include "crm-filter-names.h"
#include "crm-filter-window.h"

#define TYPING_DELAY 250 /* milliseconds after the last letter */

struct _CrmFilterBar
{
  AdwBin parent_instance;

  GtkWidget *chips;
  GtkWidget *add_button;

  CrmViewState *state;
  CrmFilterNode *root;
  char *text; /* what @root stands for; (nullable) */
  CrmFilterChip *removing; /* takes a chip off once its popover is gone */
  GCancellable *cancellable;
  guint apply_source;
  gboolean open; /* though there is nothing in it */
};

enum
{
  PROP_0,
  PROP_OPEN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmFilterBar, crm_filter_bar, ADW_TYPE_BIN)

static void rebuild (CrmFilterBar *self);

static CrmSession *
get_session (CrmFilterBar *self)
{
  return crm_view_state_get_session (self->state);
}

static const char *
get_filter (CrmFilterBar *self)
{
  return crm_view_query_get_filter (crm_view_state_get_query (self->state));
}

static void
update_visible (CrmFilterBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->open || (self->root != NULL && self->root->children->len > 0));
}

static void
set_open (CrmFilterBar *self, gboolean open)
{
  if (self->open == open)
    return;

  self->open = open;
  update_visible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN]);
}

/* Writing */

static void
apply (CrmFilterBar *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  g_free (self->text);
  self->text = crm_filter_node_to_text (self->root);
  crm_view_state_set_filter (self->state, self->text);
}

static gboolean
apply_cb (gpointer data)
{
  CrmFilterBar *self = data;

  self->apply_source = 0;
  apply (self);

  return G_SOURCE_REMOVE;
}

/* All parts are to be fulfilled, so that another one can be added beside them */
static void
ensure_all (CrmFilterBar *self)
{
  CrmFilterNode *all;

  if (self->root->join == CRM_QUANTIFIER_ALL)
    return;

  all = crm_filter_node_new_group (self->root->type, CRM_QUANTIFIER_ALL);
  crm_filter_node_insert (all, -1, self->root);
  self->root = all;
}

/* Names of records */

static void
update_chips (CrmFilterBar *self)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    if (CRM_IS_FILTER_CHIP (chip))
      crm_filter_chip_update (CRM_FILTER_CHIP (chip));
}

static void
named_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmFilterBar) self = user_data;

  if (self->root != NULL && crm_filter_names_load_finish (CRM_STORE (object), result, self->root))
    update_chips (self);
}

static void
find_names (CrmFilterBar *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  crm_filter_node_list_unnamed (self->root, ids);
  if (ids->len > 0)
    crm_filter_names_load_async (get_session (self), self->root, self->cancellable, named_cb,
                                 g_object_ref (self));
}

/* Chips */

static void
chip_changed_cb (CrmFilterBar *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  self->apply_source = g_timeout_add (TYPING_DELAY, apply_cb, self);
}

static void
remove_chip (CrmFilterBar *self, CrmFilterChip *chip)
{
  CrmFilterNode *node = crm_filter_chip_get_node (chip);
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (chip));
  gboolean focused = gtk_widget_get_focus_child (self->chips) == GTK_WIDGET (chip);

  if (focused)
    gtk_widget_grab_focus (next);
  gtk_box_remove (GTK_BOX (self->chips), GTK_WIDGET (chip));
  if (node == self->root)
    self->root = crm_filter_node_new_group (node->type, CRM_QUANTIFIER_ALL);
  else
    crm_filter_node_take_out (node);
  crm_filter_node_free (node);
  apply (self);
  update_visible (self);
}

static void
chip_removed_cb (CrmFilterBar *self, CrmFilterChip *chip)
{
  /* It is in the middle of telling this */
  g_object_ref (chip);
  remove_chip (self, chip);
  g_object_unref (chip);
}

static gboolean
remove_later_cb (gpointer data)
{
  CrmFilterBar *self = data;
  g_autoptr (CrmFilterChip) chip = g_steal_pointer (&self->removing);

  if (gtk_widget_get_parent (GTK_WIDGET (chip)) == self->chips)
    remove_chip (self, chip);

  return G_SOURCE_REMOVE;
}

/* What was begun and not completed is given up */
static void
chip_closed_cb (CrmFilterBar *self, CrmFilterChip *chip)
{
  if (self->apply_source != 0)
    apply (self);
  if (self->removing != NULL || crm_filter_node_is_complete (crm_filter_chip_get_node (chip)))
    return;

  self->removing = g_object_ref (chip);
  g_idle_add_full (G_PRIORITY_DEFAULT, remove_later_cb, g_object_ref (self), g_object_unref);
}

static CrmFilterChip *
add_chip (CrmFilterBar *self, CrmFilterNode *node)
{
  GtkWidget *chip = crm_filter_chip_new (get_session (self), node);

  g_signal_connect_object (chip, "changed", G_CALLBACK (chip_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "removed", G_CALLBACK (chip_removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "closed", G_CALLBACK (chip_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "edit-all", G_CALLBACK (crm_filter_bar_edit_all), self,
                           G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (GTK_BOX (self->chips), chip,
                              gtk_widget_get_prev_sibling (self->add_button));

  return CRM_FILTER_CHIP (chip);
}

static void
rebuild (CrmFilterBar *self)
{
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  GtkWidget *chip;

  g_clear_handle_id (&self->apply_source, g_source_remove);
  while ((chip = gtk_widget_get_first_child (self->chips)) != self->add_button)
    gtk_box_remove (GTK_BOX (self->chips), chip);

  g_clear_pointer (&self->root, crm_filter_node_free);
  g_free (self->text);
  self->text = g_strdup (get_filter (self));
  self->root = crm_filter_node_parse (crm_session_get_store (get_session (self)), type, self->text,
                                      NULL);
  if (self->root == NULL)
    {
      /* Not written as it has to be: it can be mended as text */
      self->root = crm_filter_node_new_group (type, CRM_QUANTIFIER_ALL);
      crm_filter_node_insert (self->root, -1, crm_filter_node_new_text (type, self->text));
    }

  if (self->root->join != CRM_QUANTIFIER_ALL)
    add_chip (self, self->root);
  else
    for (guint i = 0; i < self->root->children->len; i++)
      add_chip (self, g_ptr_array_index (self->root->children, i));
  find_names (self);
  update_visible (self);
}

static CrmFilterChip *
find_chip (CrmFilterBar *self, const CrmFilterNode *node)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    if (CRM_IS_FILTER_CHIP (chip) && crm_filter_chip_get_node (CRM_FILTER_CHIP (chip)) == node)
      return CRM_FILTER_CHIP (chip);

  return NULL;
}

/* The part that says something of @path and nothing else; (nullable) */
static CrmFilterNode *
find_condition (CrmFilterBar *self, const char *path)
{
  for (guint i = 0; self->root->join == CRM_QUANTIFIER_ALL && i < self->root->children->len; i++)
    {
      CrmFilterNode *node = g_ptr_array_index (self->root->children, i);
      g_autofree char *whole = NULL;

      if (node->shape == CRM_FILTER_NODE_CONDITION)
        whole = g_strdup (node->path);
      else if (node->shape == CRM_FILTER_NODE_RELATED && node->children->len == 1)
        whole = g_strjoin (".", node->path,
                           ((CrmFilterNode *) g_ptr_array_index (node->children, 0))->path, NULL);
      if (g_strcmp0 (whole, path) == 0)
        return node;
    }

  return NULL;
}

static gboolean
has_part (CrmFilterBar *self, const char *text)
{
  for (guint i = 0; self->root->join == CRM_QUANTIFIER_ALL && i < self->root->children->len; i++)
    {
      g_autofree char *part = crm_filter_node_to_text (g_ptr_array_index (self->root->children, i));

      if (g_strcmp0 (part, text) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
start_cb (gpointer data)
{
  CrmFilterBar *self = data;

  if (gtk_widget_get_mapped (self->add_button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->add_button));

  return G_SOURCE_REMOVE;
}

static gboolean
popup_cb (gpointer data)
{
  CrmFilterChip *chip = data;

  if (gtk_widget_get_mapped (GTK_WIDGET (chip)))
    crm_filter_chip_popup (chip);

  return G_SOURCE_REMOVE;
}

static void
add_path (CrmFilterBar *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmFilterNode *node = crm_filter_node_new_for_path (crm_session_get_store (get_session (self)),
                                                      crm_view_state_get_record_type (self->state),
                                                      path, &error);
  CrmFilterChip *chip;

  crm_session_report_error (get_session (self), error);
  if (node == NULL)
    return;

  ensure_all (self);
  crm_filter_node_insert (self->root, -1, node);
  chip = add_chip (self, node);
  update_visible (self);
  /* Once it has its place, and the popover that it was chosen in is gone */
  g_idle_add_full (G_PRIORITY_LOW, popup_cb, g_object_ref (chip), g_object_unref);
}

static void
state_changed_cb (CrmFilterBar *self, guint parts)
{
  /* What was written from here is shown already */
  if ((parts & (CRM_VIEW_PART_FILTER | CRM_VIEW_PART_IDENTITY)) != 0 &&
      g_strcmp0 (get_filter (self), self->text) != 0)
    rebuild (self);
}

static void
store_changed_cb (CrmFilterBar *self, const CrmNews *news)
{
  /* Fields and options may have other names */
  if (news->catalogue)
    update_chips (self);
}

/* GObject */

static void
crm_filter_bar_dispose (GObject *object)
{
  CrmFilterBar *self = CRM_FILTER_BAR (object);
  GtkWidget *chip;

  g_clear_handle_id (&self->apply_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->removing);
  while (self->chips != NULL &&
         (chip = gtk_widget_get_first_child (self->chips)) != self->add_button)
    gtk_box_remove (GTK_BOX (self->chips), chip);
  self->chips = NULL;
  g_clear_pointer (&self->root, crm_filter_node_free);
  g_clear_object (&self->state);

  G_OBJECT_CLASS (crm_filter_bar_parent_class)->dispose (object);
}

static void
crm_filter_bar_finalize (GObject *object)
{
  g_free (CRM_FILTER_BAR (object)->text);

  G_OBJECT_CLASS (crm_filter_bar_parent_class)->finalize (object);
}

static void
crm_filter_bar_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_OPEN:
      g_value_set_boolean (value, CRM_FILTER_BAR (object)->open);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_filter_bar_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_OPEN:
      set_open (CRM_FILTER_BAR (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_filter_bar_class_init (CrmFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_filter_bar_dispose;
  object_class->finalize = crm_filter_bar_finalize;
  object_class->get_property = crm_filter_bar_get_property;
  object_class->set_property = crm_filter_bar_set_property;

  properties[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_filter_bar_init (CrmFilterBar *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Filter"));

  self->cancellable = g_cancellable_new ();
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->add_button = gtk_menu_button_new ();
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), label);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->add_button), content);
  gtk_widget_set_tooltip_text (self->add_button, _ ("Add Filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add Filter"), -1);
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "crm-filter-add");
  gtk_box_append (GTK_BOX (self->chips), self->add_button);
  gtk_widget_add_css_class (self->chips, "crm-filter-bar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters"), -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->chips);
  adw_bin_set_child (ADW_BIN (self), scroller);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Public API */

void
crm_filter_bar_set_state (CrmFilterBar *self, CrmViewState *state)
{
  GtkWidget *chooser;
  CrmStore *store;

  g_return_if_fail (CRM_IS_FILTER_BAR (self));
  g_return_if_fail (CRM_IS_VIEW_STATE (state));
  g_return_if_fail (self->state == NULL);

  self->state = g_object_ref (state);
  store = crm_session_get_store (get_session (self));
  chooser = crm_filter_field_chooser_new (store, crm_view_state_get_record_type (state));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (add_path), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->add_button), chooser);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
}

void
crm_filter_bar_start (CrmFilterBar *self)
{
  g_return_if_fail (CRM_IS_FILTER_BAR (self) && self->state != NULL);

  set_open (self, TRUE);
  /* Once the row has its place */
  g_idle_add_full (G_PRIORITY_LOW, start_cb, g_object_ref (self), g_object_unref);
}

void
crm_filter_bar_edit_path (CrmFilterBar *self, const char *path)
{
  CrmFilterNode *node;
  CrmFilterChip *chip;

  g_return_if_fail (CRM_IS_FILTER_BAR (self) && self->state != NULL);
  g_return_if_fail (path != NULL);

  node = find_condition (self, path);
  chip = node != NULL ? find_chip (self, node) : NULL;
  if (chip != NULL)
    crm_filter_chip_popup (chip);
  else
    add_path (self, path);
}

void
crm_filter_bar_add (CrmFilterBar *self, const char *text)
{
  const char *present;
  g_autofree char *both = NULL;
  g_autoptr (CrmFilterNode) whole = NULL;
  g_autofree char *clean = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (CRM_IS_FILTER_BAR (self) && self->state != NULL);
  g_return_if_fail (text != NULL);

  if (self->apply_source != 0)
    apply (self);
  if (has_part (self, text))
    return;

  present = get_filter (self);
  both = present != NULL ? g_strdup_printf ("(%s) and (%s)", present, text) : g_strdup (text);
  whole = crm_filter_node_parse (crm_session_get_store (get_session (self)),
                                 crm_view_state_get_record_type (self->state), both, &error);
  crm_session_report_error (get_session (self), error);
  if (whole == NULL)
    return;

  clean = crm_filter_node_to_text (whole);
  crm_view_state_set_filter (self->state, clean);
}

void
crm_filter_bar_clear (CrmFilterBar *self)
{
  g_return_if_fail (CRM_IS_FILTER_BAR (self) && self->state != NULL);

  crm_view_state_set_filter (self->state, NULL);
  set_open (self, FALSE);
}

void
crm_filter_bar_edit_all (CrmFilterBar *self)
{
  g_return_if_fail (CRM_IS_FILTER_BAR (self) && self->state != NULL);

  if (self->apply_source != 0)
    apply (self);
  crm_filter_window_present_for (GTK_WIDGET (self), self->state);
}
