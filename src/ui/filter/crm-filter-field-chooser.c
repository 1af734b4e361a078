/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-field-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-filter-field-item.h"
#include "crm-list-keys.h"

#define LIST_WIDTH 280
#define LIST_HEIGHT 300

struct _CrmFilterFieldChooser
{
  GtkPopover parent_instance;

  GtkWidget *back_button;
  GtkLabel *place; /* where one is: "Company" */
  GtkWidget *place_box;
  GtkWidget *entry;
  GtkWidget *view;
  GtkStack *stack; /* list, empty */

  CrmStore *store;
  const CrmRecordType *type; /* where paths begin */
  GPtrArray *way; /* CrmFilterFieldItem: the relations that were gone through */
  GListStore *items;
  GtkSingleSelection *selection;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterFieldChooser, crm_filter_field_chooser, GTK_TYPE_POPOVER)

static CrmFilterFieldItem *
get_place (CrmFilterFieldChooser *self)
{
  return self->way->len > 0 ? g_ptr_array_index (self->way, self->way->len - 1) : NULL;
}

static void
fill (CrmFilterFieldChooser *self)
{
  CrmFilterFieldItem *place = get_place (self);
  const CrmRecordType *type = place != NULL ? crm_filter_field_item_get_target (place) : self->type;
  const char *path = place != NULL ? crm_filter_field_item_get_path (place) : NULL;
  const char *label = place != NULL ? crm_filter_field_item_get_label (place) : NULL;
  g_autofree char *words = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (GPtrArray) items = NULL;

  items = *words == '\0' ? crm_filter_field_items_list (self->store, type, path, label)
                         : crm_filter_field_items_find (self->store, type, path, label, words);
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_label_set_label (self->place, label != NULL ? label : "");
  gtk_widget_set_visible (self->place_box, place != NULL);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "empty");
}

static void
go_into (CrmFilterFieldChooser *self, CrmFilterFieldItem *item)
{
  if (crm_filter_field_item_get_target (item) == NULL)
    return;

  g_ptr_array_add (self->way, g_object_ref (item));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  fill (self);
  gtk_widget_grab_focus (self->entry);
}

static void
go_back (CrmFilterFieldChooser *self)
{
  if (self->way->len == 0)
    return;

  g_ptr_array_remove_index (self->way, self->way->len - 1);
  fill (self);
  gtk_widget_grab_focus (self->entry);
}

static void
choose (CrmFilterFieldChooser *self, guint position)
{
  g_autoptr (CrmFilterFieldItem) item = g_list_model_get_item (G_LIST_MODEL (self->items),
                                                               position);

  if (item == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, crm_filter_field_item_get_path (item));
}

/* Callbacks */

static void
row_activated_cb (CrmFilterFieldChooser *self, guint position)
{
  choose (self, position);
}

static void
entry_activated_cb (CrmFilterFieldChooser *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

static void
stop_search_cb (CrmFilterFieldChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* Up and Down move in the list while the cursor stays in the entry; where it is at an end, Right goes through a relation and
 * Left back */
static gboolean
key_pressed_cb (CrmFilterFieldChooser *self, guint keyval)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  int cursor = gtk_editable_get_position (GTK_EDITABLE (self->entry));
  g_autoptr (CrmFilterFieldItem) item = NULL;

  if (keyval == GDK_KEY_Right && cursor == g_utf8_strlen (typed, -1))
    {
      item = g_list_model_get_item (G_LIST_MODEL (self->items), selected);
      if (item == NULL || crm_filter_field_item_get_target (item) == NULL)
        return GDK_EVENT_PROPAGATE;
      go_into (self, item);
      return GDK_EVENT_STOP;
    }
  if ((keyval == GDK_KEY_Left || keyval == GDK_KEY_BackSpace) && cursor == 0 && self->way->len > 0)
    {
      go_back (self);
      return GDK_EVENT_STOP;
    }

  return crm_list_keys_move (self->selection, self->view, keyval);
}

static void
shown_cb (CrmFilterFieldChooser *self)
{
  g_ptr_array_set_size (self->way, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  fill (self);
  gtk_widget_grab_focus (self->entry);
}

static void
into_clicked_cb (GtkWidget *button, CrmFilterFieldChooser *self)
{
  CrmFilterFieldItem *item = g_object_get_data (G_OBJECT (button), "crm-item");

  if (item != NULL)
    go_into (self, item);
}

/* Rows */

static void
setup_cb (CrmFilterFieldChooser *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focusable (button, FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (into_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (CrmFilterFieldChooser *self, GtkListItem *item)
{
  CrmFilterFieldItem *field = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *button = gtk_widget_get_last_child (gtk_list_item_get_child (item));
  CrmFilterFieldItem *place = get_place (self);
  /* Translators: %s is a relation such as “Company”: shows the fields of what it leads to */
  g_autofree char *name = g_strdup_printf (_ ("Fields of %s"),
                                           crm_filter_field_item_get_label (field));

  /* What was gone through already is in the line above */
  gtk_label_set_text (
      GTK_LABEL (label),
      crm_filter_field_item_get_label (field) +
          (place != NULL ? strlen (crm_filter_field_item_get_label (place)) + strlen (" › ") : 0));
  gtk_widget_set_tooltip_text (label, crm_filter_field_item_get_label (field));
  gtk_widget_set_visible (button, crm_filter_field_item_get_target (field) != NULL);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "crm-item", g_object_ref (field), g_object_unref);
}

static GtkWidget *
create_list (CrmFilterFieldChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "navigation-sidebar");
  gtk_widget_add_css_class (self->view, "crm-fields");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Fields"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);

  return scroller;
}

static void
create_place (CrmFilterFieldChooser *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->place_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->place = GTK_LABEL (label);
  self->back_button = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_add_css_class (self->back_button, "flat");
  gtk_widget_set_tooltip_text (self->back_button, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back"), -1);
  g_signal_connect_object (self->back_button, "clicked", G_CALLBACK (go_back), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_ellipsize (self->place, PANGO_ELLIPSIZE_START);
  gtk_label_set_xalign (self->place, 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (self->place_box), self->back_button);
  gtk_box_append (GTK_BOX (self->place_box), label);
}

static void
create_entry (CrmFilterFieldChooser *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Search Fields"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Fields"), -1);
  /* Not when typing has stopped: Enter takes what the list then shows */
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (stop_search_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, controller);
}

/* GObject */

static void
crm_filter_field_chooser_dispose (GObject *object)
{
  CrmFilterFieldChooser *self = CRM_FILTER_FIELD_CHOOSER (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_pointer (&self->way, g_ptr_array_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_filter_field_chooser_parent_class)->dispose (object);
}

static void
crm_filter_field_chooser_class_init (CrmFilterFieldChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_filter_field_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
crm_filter_field_chooser_init (CrmFilterFieldChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *empty = gtk_label_new (_ ("Nothing found"));

  self->way = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_list_store_new (CRM_TYPE_FILTER_FIELD_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  create_place (self);
  create_entry (self);
  gtk_widget_add_css_class (empty, "dim-label");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, create_list (self), "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), LIST_WIDTH, LIST_HEIGHT);
  gtk_box_append (GTK_BOX (box), self->place_box);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
}

/* Public API */

GtkWidget *
crm_filter_field_chooser_new (CrmStore *store, const CrmRecordType *type)
{
  CrmFilterFieldChooser *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_FILTER_FIELD_CHOOSER, NULL);
  self->store = g_object_ref (store);
  self->type = type;

  return GTK_WIDGET (self);
}
