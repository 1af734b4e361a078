/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-chip.h"

#include <glib/gi18n.h>

#include "crm-filter-condition.h"

#define MAX_CHARS 44
#define EDITOR_WIDTH 260

struct _CrmFilterChip
{
  AdwBin parent_instance;

  GtkWidget *button; /* GtkMenuButton, or GtkButton where there is no editor of its own */
  GtkWidget *remove_button;
  GtkLabel *label;
  GtkWidget *popover; /* (nullable) */
  GtkWidget *editor; /* what was made last for it */

  CrmSession *session;
  CrmFilterNode *node;
};

enum
{
  CHANGED,
  REMOVED,
  CLOSED,
  EDIT_ALL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterChip, crm_filter_chip, ADW_TYPE_BIN)

static void
changed_cb (CrmFilterChip *self)
{
  crm_filter_chip_update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
removed_cb (CrmFilterChip *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
edit_all_cb (CrmFilterChip *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[EDIT_ALL], 0);
}

static void
closed_cb (CrmFilterChip *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
key_pressed_cb (CrmFilterChip *self, guint keyval)
{
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete && keyval != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  /* In the open editor the keys are about text */
  if (self->popover != NULL && gtk_widget_get_visible (self->popover))
    return GDK_EVENT_PROPAGATE;

  removed_cb (self);
  return GDK_EVENT_STOP;
}

/* The editor is made anew each time, before it is shown: the node may have been changed elsewhere */
static void
create_editor_cb (GtkMenuButton *button, gpointer data)
{
  CrmFilterChip *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *path = crm_filter_node_describe_path (self->node,
                                                         crm_session_get_store (self->session));
  GtkWidget *title = gtk_label_new (path);
  GtkWidget *editor = crm_filter_condition_new (self->session, self->node);
  GtkWidget *more = gtk_button_new_with_label (_ ("Edit Filter…"));

  if (self->node->shape == CRM_FILTER_NODE_RELATED)
    {
      g_autofree char *inner = crm_filter_node_describe_path (
          g_ptr_array_index (self->node->children, 0), crm_session_get_store (self->session));
      g_autofree char *whole = g_strdup_printf ("%s › %s", path, inner);

      gtk_label_set_label (GTK_LABEL (title), whole);
    }
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (GTK_LABEL (title), MAX_CHARS);
  gtk_widget_set_tooltip_text (more, _ ("All conditions together, with groups, and as text"));
  gtk_widget_add_css_class (more, "flat");
  gtk_widget_set_size_request (editor, EDITOR_WIDTH, -1);
  g_signal_connect_object (editor, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "activate", G_CALLBACK (gtk_popover_popdown), self->popover,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (more, "clicked", G_CALLBACK (edit_all_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), editor);
  gtk_box_append (GTK_BOX (box), more);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  self->editor = editor;
}

static void
shown_cb (CrmFilterChip *self)
{
  gtk_widget_grab_focus (self->editor);
}

static void
make_button (CrmFilterChip *self)
{
  if (crm_filter_condition_can_edit (self->node))
    {
      self->popover = gtk_popover_new ();
      g_signal_connect_object (self->popover, "show", G_CALLBACK (shown_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self,
                               G_CONNECT_SWAPPED);
      self->button = gtk_menu_button_new ();
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
      gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_editor_cb, self,
                                             NULL);
      gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->label));
    }
  else
    {
      self->button = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->button), GTK_WIDGET (self->label));
      g_signal_connect_object (self->button, "clicked", G_CALLBACK (edit_all_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

/* GObject */

static void
crm_filter_chip_dispose (GObject *object)
{
  CrmFilterChip *self = CRM_FILTER_CHIP (object);

  /* A popover that goes while it is shown is never freed */
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  self->popover = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_filter_chip_parent_class)->dispose (object);
}

static gboolean
crm_filter_chip_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CRM_FILTER_CHIP (widget)->button);
}

static void
crm_filter_chip_class_init (CrmFilterChipClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_chip_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = crm_filter_chip_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[EDIT_ALL] = g_signal_new ("edit-all", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
crm_filter_chip_init (CrmFilterChip *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *label = gtk_label_new (NULL);

  self->label = GTK_LABEL (label);
  gtk_label_set_max_width_chars (self->label, MAX_CHARS);
  self->remove_button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_signal_connect_object (self->remove_button, "clicked", G_CALLBACK (removed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* Public API */

GtkWidget *
crm_filter_chip_new (CrmSession *session, CrmFilterNode *node)
{
  CrmFilterChip *self;
  GtkWidget *box;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (node != NULL, NULL);

  self = g_object_new (CRM_TYPE_FILTER_CHIP, NULL);
  self->session = g_object_ref (session);
  self->node = node;
  make_button (self);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_add_css_class (box, "crm-filter-chip");
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_box_append (GTK_BOX (box), self->remove_button);
  adw_bin_set_child (ADW_BIN (self), box);
  crm_filter_chip_update (self);

  return GTK_WIDGET (self);
}

CrmFilterNode *
crm_filter_chip_get_node (CrmFilterChip *self)
{
  g_return_val_if_fail (CRM_IS_FILTER_CHIP (self), NULL);

  return self->node;
}

void
crm_filter_chip_update (CrmFilterChip *self)
{
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;
  g_autofree char *remove = NULL;
  gboolean is_long;

  g_return_if_fail (CRM_IS_FILTER_CHIP (self));

  words = crm_filter_node_describe (self->node, crm_session_get_store (self->session));
  is_long = g_utf8_strlen (words, -1) > MAX_CHARS;
  /* Translators: %s is a condition, “Company › City contains Brno” */
  name = g_strdup_printf (_ ("Filter: %s"), words);
  remove = g_strdup_printf (_ ("Remove Filter: %s"), words);
  gtk_label_set_label (self->label, words);
  /* The row scrolls, so that a chip is as wide as it says, up to a limit */
  gtk_label_set_ellipsize (self->label, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->label, is_long ? MAX_CHARS : -1);
  gtk_widget_set_tooltip_text (self->button, words);
  gtk_widget_set_tooltip_text (self->remove_button, _ ("Remove Filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
}

void
crm_filter_chip_popup (CrmFilterChip *self)
{
  g_return_if_fail (CRM_IS_FILTER_CHIP (self));

  if (self->popover != NULL)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  else
    edit_all_cb (self);
}
