/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-column-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-card-order.h"
#include "crm-list-keys.h"
#include "crm-text.h"

#define LIST_WIDTH 280
#define LIST_HEIGHT 300

struct _CrmColumnChooser
{
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkStack *stack; /* list, empty */
  GtkWidget *view;
  GListStore *lines; /* of GtkStringObject, with its path as data */
  GtkSingleSelection *selection;

  CrmStore *store;
  gint64 type_id;
  char **shown;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmColumnChooser, crm_column_chooser, GTK_TYPE_POPOVER)

/* What is offered */

/* Whether the title has every word, in any order */
static gboolean
fits (const char *title, const char *folded)
{
  g_autofree char *own = crm_text_fold (title);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (own, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
add_line (CrmColumnChooser *self, const char *path, const char *title, const char *folded)
{
  g_autoptr (GtkStringObject) line = NULL;

  if (g_strv_contains ((const char *const *) self->shown, path) || !fits (title, folded))
    return;

  line = gtk_string_object_new (title);
  g_object_set_data_full (G_OBJECT (line), "crm-path", g_strdup (path), g_free);
  g_list_store_append (self->lines, line);
}

/* What is to be seen of the records that @relation leads to, but for what a list shows of them anyway */
static void
add_related (CrmColumnChooser *self, const CrmField *relation, const char *folded)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  const CrmRecordType *target = crm_kind_is_relation (relation->kind)
                                    ? crm_catalogue_get_type (catalogue, relation->target)
                                    : NULL;

  for (guint i = 0; target != NULL && i < target->n_fields; i++)
    {
      const CrmField *field = target->fields[i];
      g_autofree char *path = g_strdup_printf ("%s.%s", relation->name, field->name);
      g_autofree char *title = g_strdup_printf ("%s › %s", relation->label, field->label);

      if (field != target->label_field && field != crm_card_order_find (target) &&
          (field->flags & CRM_FIELD_SYSTEM) == 0)
        add_line (self, path, title, folded);
    }
}

static void
fill (CrmColumnChooser *self)
{
  const CrmRecordType *type = crm_catalogue_get_type (crm_store_get_catalogue (self->store),
                                                      self->type_id);
  g_autofree char *folded = crm_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  g_list_store_remove_all (self->lines);
  for (guint i = 0; type != NULL && i < type->n_fields; i++)
    if (type->fields[i] != crm_card_order_find (type))
      add_line (self, type->fields[i]->name, type->fields[i]->label, folded);
  for (guint i = 0; type != NULL && i < type->n_fields; i++)
    add_related (self, type->fields[i], folded);

  gtk_single_selection_set_selected (self->selection, 0);
  gtk_stack_set_visible_child_name (
      self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->lines)) > 0 ? "list" : "empty");
}

/* Choosing */

static void
choose (CrmColumnChooser *self, guint position)
{
  g_autoptr (GObject) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);

  if (line == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (line, "crm-path"));
}

static void
row_activated_cb (CrmColumnChooser *self, guint position)
{
  choose (self, position);
}

static void
entry_activated_cb (CrmColumnChooser *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

static gboolean
key_pressed_cb (CrmColumnChooser *self, guint keyval)
{
  return crm_list_keys_move (self->selection, self->view, keyval);
}

static void
shown_cb (CrmColumnChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  fill (self);
  gtk_widget_grab_focus (self->entry);
}

/* Rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *line = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (label), gtk_string_object_get_string (line));
  /* The row is GTK's own, and has no name but this */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_string_object_get_string (line), -1);
}

static GtkWidget *
create_list (CrmColumnChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Fields"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_size_request (scroller, LIST_WIDTH, LIST_HEIGHT);

  return scroller;
}

/* GObject */

static void
crm_column_chooser_dispose (GObject *object)
{
  CrmColumnChooser *self = CRM_COLUMN_CHOOSER (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->lines);
  g_clear_object (&self->store);
  g_clear_pointer (&self->shown, g_strfreev);

  G_OBJECT_CLASS (crm_column_chooser_parent_class)->dispose (object);
}

static void
crm_column_chooser_class_init (CrmColumnChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_column_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
crm_column_chooser_init (CrmColumnChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *empty = gtk_label_new (_ ("Nothing found"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->shown = g_new0 (char *, 1);
  self->lines = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Search Fields"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Fields"), -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);

  gtk_box_append (GTK_BOX (box), self->entry);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_stack_add_named (self->stack, create_list (self), "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Insert Column"), -1);
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
}

/* Public API */

GtkWidget *
crm_column_chooser_new (CrmStore *store, const CrmRecordType *type)
{
  CrmColumnChooser *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_COLUMN_CHOOSER, NULL);
  self->store = g_object_ref (store);
  self->type_id = type->id;

  return GTK_WIDGET (self);
}

void
crm_column_chooser_set_shown (CrmColumnChooser *self, const char *const *paths)
{
  g_return_if_fail (CRM_IS_COLUMN_CHOOSER (self));
  g_return_if_fail (paths != NULL);

  g_strfreev (self->shown);
  self->shown = g_strdupv ((char **) paths);
}
