/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-target-chooser.h"

#include <glib/gi18n.h>

#include "crm-import-mapping.h"
#include "crm-kind.h"
#include "crm-text.h"

#define LIST_WIDTH 280
#define LIST_HEIGHT 300
/* Of the button, so that those of all columns are alike */
#define LABEL_CHARS 16

/* Lines of the list */

typedef enum
{
  LINE_TARGET,
  LINE_HEADING,
  LINE_LEAVE_OUT,
  LINE_NEW_FIELD,
} LineKind;

#define CRM_TYPE_IMPORT_TARGET_LINE (crm_import_target_line_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportTargetLine, crm_import_target_line, CRM, IMPORT_TARGET_LINE, GObject)

struct _CrmImportTargetLine
{
  GObject parent_instance;

  LineKind kind;
  char *text;
  char *target;
};

G_DEFINE_FINAL_TYPE (CrmImportTargetLine, crm_import_target_line, G_TYPE_OBJECT)

static void
crm_import_target_line_finalize (GObject *object)
{
  CrmImportTargetLine *self = CRM_IMPORT_TARGET_LINE (object);

  g_free (self->text);
  g_free (self->target);

  G_OBJECT_CLASS (crm_import_target_line_parent_class)->finalize (object);
}

static void
crm_import_target_line_class_init (CrmImportTargetLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_target_line_finalize;
}

static void
crm_import_target_line_init (CrmImportTargetLine *self)
{
}

/* The chooser */

struct _CrmImportTargetChooser
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkStack *stack; /* list, field; made with the popover */
  GtkWidget *entry;
  GtkWidget *view;
  GtkDropDown *kind_drop;
  GtkEditable *name_entry;
  GtkWidget *create_button;

  CrmImportSetup *setup;
  guint column;
  GPtrArray *targets; /* CrmImportTarget; NULL while it is not open */
  GListStore *lines; /* CrmImportTargetLine */
  GtkSingleSelection *selection;
  GArray *kinds; /* CrmKind: of the drop-down */
};

enum
{
  CHOSEN,
  NEW_FIELD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportTargetChooser, crm_import_target_chooser, ADW_TYPE_BIN)

/* Filling */

static void
add_line (CrmImportTargetChooser *self, LineKind kind, const char *text, const char *target)
{
  g_autoptr (CrmImportTargetLine) line = g_object_new (CRM_TYPE_IMPORT_TARGET_LINE, NULL);

  line->kind = kind;
  line->text = g_strdup (text);
  line->target = g_strdup (target);
  g_list_store_append (self->lines, line);
}

static gboolean
fits (const CrmImportTarget *target, const char *words)
{
  g_autofree char *label = crm_text_fold (target->label);
  g_autofree char *group = crm_text_fold (target->group);

  return strstr (label, words) != NULL || strstr (group, words) != NULL;
}

static guint
add_targets (CrmImportTargetChooser *self, const char *words)
{
  const char *group = NULL;
  guint first = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; self->targets != NULL && i < self->targets->len; i++)
    {
      const CrmImportTarget *target = g_ptr_array_index (self->targets, i);
      /* The likely ones come first, whatever they are of */
      const char *heading = target->likely ? _ ("Likely") : target->group;

      if (!fits (target, words))
        continue;
      if (g_strcmp0 (heading, group) != 0)
        add_line (self, LINE_HEADING, heading, NULL);
      group = heading;
      if (first == GTK_INVALID_LIST_POSITION)
        first = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
      add_line (self, LINE_TARGET, target->label, target->target);
    }

  return first;
}

static void
fill (CrmImportTargetChooser *self)
{
  g_autofree char *words = crm_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  guint first;

  g_strstrip (words);
  g_list_store_remove_all (self->lines);
  if (*words == '\0')
    {
      add_line (self, LINE_LEAVE_OUT, _ ("Leave Out"), NULL);
      add_line (self, LINE_NEW_FIELD, _ ("Create a Field…"), NULL);
    }
  first = add_targets (self, words);
  if (*words != '\0')
    add_line (self, LINE_NEW_FIELD, _ ("Create a Field…"), NULL);
  gtk_single_selection_set_selected (self->selection,
                                     first != GTK_INVALID_LIST_POSITION && *words != '\0' ? first
                                                                                          : 0);
}

/* A new field */

static void
fill_kinds (CrmImportTargetChooser *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  CrmKind guessed = crm_import_plan_guess_kind (plan, self->column);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->kinds, 0);
  for (CrmKind kind = 0; kind < CRM_N_KINDS; kind++)
    {
      const CrmKindInfo *info = crm_kind_get_info (kind);

      if (!info->addable || crm_kind_is_relation (kind) || kind == CRM_KIND_FILES)
        continue;
      if (kind == guessed)
        selected = self->kinds->len;
      g_array_append_val (self->kinds, kind);
      gtk_string_list_append (labels, _ (info->label));
    }
  gtk_drop_down_set_model (self->kind_drop, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->kind_drop, selected);
  gtk_editable_set_text (self->name_entry, crm_import_plan_get_column_title (plan, self->column));
}

static void
show_field_form (CrmImportTargetChooser *self)
{
  fill_kinds (self);
  gtk_stack_set_visible_child_name (self->stack, "field");
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

static void
name_changed_cb (CrmImportTargetChooser *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_entry)));

  gtk_widget_set_sensitive (self->create_button, *name != '\0');
}

static void
create_clicked_cb (CrmImportTargetChooser *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_entry)));
  guint selected = gtk_drop_down_get_selected (self->kind_drop);

  if (*name == '\0' || selected >= self->kinds->len)
    return;

  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[NEW_FIELD], 0, (int) g_array_index (self->kinds, CrmKind, selected),
                 name);
}

/* Choosing */

static void
choose (CrmImportTargetChooser *self, guint position)
{
  g_autoptr (CrmImportTargetLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines),
                                                                position);

  if (line == NULL || line->kind == LINE_HEADING)
    return;
  if (line->kind == LINE_NEW_FIELD)
    {
      show_field_form (self);
      return;
    }

  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[CHOSEN], 0, line->target != NULL ? line->target : "");
}

static void
row_activated_cb (CrmImportTargetChooser *self, guint position)
{
  choose (self, position);
}

static void
entry_activated_cb (CrmImportTargetChooser *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

static gboolean
is_heading (CrmImportTargetChooser *self, guint position)
{
  g_autoptr (CrmImportTargetLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines),
                                                                position);

  return line != NULL && line->kind == LINE_HEADING;
}

/* Up and Down move in the list while the cursor stays in the entry; headings are passed over */
static gboolean
key_pressed_cb (CrmImportTargetChooser *self, guint keyval)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (n == 0 || (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up))
    return GDK_EVENT_PROPAGATE;

  do
    {
      if (keyval == GDK_KEY_Down ? selected + 1 >= n : selected == 0)
        return GDK_EVENT_STOP;
      selected += keyval == GDK_KEY_Down ? 1 : -1;
    }
  while (is_heading (self, selected));
  gtk_single_selection_set_selected (self->selection, selected);
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", selected);

  return GDK_EVENT_STOP;
}

static void
stop_search_cb (CrmImportTargetChooser *self)
{
  gtk_menu_button_popdown (self->button);
}

static void
popover_shown_cb (CrmImportTargetChooser *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);

  g_clear_pointer (&self->targets, g_ptr_array_unref);
  if (plan != NULL)
    self->targets = crm_import_plan_list_targets (plan, self->column);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  fill (self);
  gtk_widget_grab_focus (self->entry);
}

/* The popover is made when it is opened first: there may be a hundred columns */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  CrmImportTargetLine *line = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (label), line->text);
  gtk_list_item_set_activatable (item, line->kind != LINE_HEADING);
  gtk_list_item_set_selectable (item, line->kind != LINE_HEADING);
  if (line->kind == LINE_HEADING)
    gtk_widget_add_css_class (label, "caption-heading");
  else
    gtk_widget_remove_css_class (label, "caption-heading");
}

static GtkWidget *
create_list (CrmImportTargetChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Search Fields"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Fields"), -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (stop_search_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, controller);

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

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), scroller);

  return box;
}

static GtkWidget *
create_form (CrmImportTargetChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *title = gtk_label_new (_ ("Create a Field"));
  GtkWidget *hint = gtk_label_new (_ ("It is made with the import, and goes again when the import "
                                      "is undone."));
  GtkWidget *name = gtk_entry_new ();
  GtkWidget *kind = gtk_drop_down_new (NULL, NULL);

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 30);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Field Name"), -1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _ ("Field Name"));
  gtk_entry_set_activates_default (GTK_ENTRY (name), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (kind), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Kind"),
                                  -1);
  self->name_entry = GTK_EDITABLE (name);
  self->kind_drop = GTK_DROP_DOWN (kind);
  self->create_button = gtk_button_new_with_label (_ ("Create Field"));
  gtk_widget_add_css_class (self->create_button, "suggested-action");
  g_signal_connect_object (name, "changed", G_CALLBACK (name_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (name, "activate", G_CALLBACK (create_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->create_button, "clicked", G_CALLBACK (create_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), kind);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), self->create_button);

  return box;
}

static void
create_popover_cb (GtkMenuButton *button, gpointer data)
{
  CrmImportTargetChooser *self = data;
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  popover = gtk_popover_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, create_list (self), "list");
  gtk_stack_add_named (self->stack, create_form (self), "field");
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->stack));
  g_signal_connect_object (popover, "show", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

/* GObject */

static void
crm_import_target_chooser_dispose (GObject *object)
{
  CrmImportTargetChooser *self = CRM_IMPORT_TARGET_CHOOSER (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, g_array_unref);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_target_chooser_parent_class)->dispose (object);
}

static void
crm_import_target_chooser_class_init (CrmImportTargetChooserClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_target_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEW_FIELD] = g_signal_new ("new-field", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
crm_import_target_chooser_init (CrmImportTargetChooser *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->kinds = g_array_new (FALSE, FALSE, sizeof (CrmKind));
  self->lines = g_list_store_new (CRM_TYPE_IMPORT_TARGET_LINE);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->label = GTK_LABEL (label);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (self->label, LABEL_CHARS);
  gtk_label_set_max_width_chars (self->label, LABEL_CHARS);
  gtk_label_set_xalign (self->label, 0);
  gtk_menu_button_set_child (self->button, label);
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  gtk_menu_button_set_create_popup_func (self->button, create_popover_cb, self, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/* Public API */

GtkWidget *
crm_import_target_chooser_new (CrmImportSetup *setup, guint column)
{
  CrmImportTargetChooser *self;

  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (setup), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_TARGET_CHOOSER, NULL);
  self->setup = g_object_ref (setup);
  self->column = column;

  return GTK_WIDGET (self);
}

void
crm_import_target_chooser_set_text (CrmImportTargetChooser *self, const char *text)
{
  CrmImportPlan *plan;
  g_autofree char *name = NULL;

  g_return_if_fail (CRM_IS_IMPORT_TARGET_CHOOSER (self));
  g_return_if_fail (text != NULL);

  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), text);
  plan = crm_import_setup_get_plan (self->setup);
  if (plan == NULL)
    return;

  /* Translators: title of a column in a file, and the field that it goes to */
  name = g_strdup_printf (_ ("%s goes to %s"),
                          crm_import_plan_get_column_title (plan, self->column), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}
