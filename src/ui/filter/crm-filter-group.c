/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-group.h"

#include <glib/gi18n.h>

#include "crm-filter-condition.h"
#include "crm-filter-field-chooser.h"

struct _CrmFilterGroup
{
  AdwBin parent_instance;

  GtkWidget *rows;
  GtkWidget *add_button;

  CrmSession *session;
  CrmFilterNode *node;
};

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterGroup, crm_filter_group, ADW_TYPE_BIN)

static GtkWidget *add_row (CrmFilterGroup *self, CrmFilterNode *node);

static CrmStore *
get_store (CrmFilterGroup *self)
{
  return crm_session_get_store (self->session);
}

static void
changed_cb (CrmFilterGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Removing */

static void
removed_cb (CrmFilterGroup *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
row_removed_cb (CrmFilterGroup *self, GtkWidget *source)
{
  GtkWidget *row = source;
  CrmFilterNode *node;

  while (gtk_widget_get_parent (row) != self->rows)
    row = gtk_widget_get_parent (row);
  node = g_object_get_data (G_OBJECT (row), "crm-node");

  /* The button is in the middle of being clicked */
  g_object_ref (row);
  gtk_box_remove (GTK_BOX (self->rows), row);
  crm_filter_node_free (crm_filter_node_take_out (node));
  gtk_widget_set_visible (self->rows, gtk_widget_get_first_child (self->rows) != NULL);
  gtk_widget_grab_focus (self->add_button);
  changed_cb (self);
  g_object_unref (row);
}

static GtkWidget *
make_remove_button (CrmFilterGroup *self, const char *words)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is a condition, or a field */
  g_autofree char *name = g_strdup_printf (_ ("Remove: %s"), words);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

/* Adding */

static void
path_chosen_cb (CrmFilterGroup *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmFilterNode *node = crm_filter_node_new_for_path (get_store (self), self->node->target, path,
                                                      &error);

  crm_session_report_error (self->session, error);
  if (node == NULL)
    return;

  crm_filter_node_insert (self->node, -1, node);
  gtk_widget_grab_focus (add_row (self, node));
  changed_cb (self);
}

static void
add_group_clicked_cb (CrmFilterGroup *self)
{
  CrmFilterNode *node = crm_filter_node_new_group (self->node->target,
                                                   self->node->join == CRM_QUANTIFIER_ANY
                                                       ? CRM_QUANTIFIER_ALL
                                                       : CRM_QUANTIFIER_ANY);

  crm_filter_node_insert (self->node, -1, node);
  gtk_widget_grab_focus (add_row (self, node));
  changed_cb (self);
}

/* The chooser is made when it is opened first: there may be many groups */
static void
create_popover_cb (GtkMenuButton *button, gpointer data)
{
  CrmFilterGroup *self = data;
  GtkWidget *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  chooser = crm_filter_field_chooser_new (get_store (self), self->node->target);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (path_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, chooser);
}

static GtkWidget *
make_footer (CrmFilterGroup *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *condition = gtk_menu_button_new ();
  GtkWidget *group = gtk_button_new_with_label (_ ("Add Group"));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (condition), _ ("Add Condition"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (condition), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add Condition"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (condition), create_popover_cb, self,
                                         NULL);
  g_signal_connect_object (group, "clicked", G_CALLBACK (add_group_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), condition);
  gtk_box_append (GTK_BOX (line), group);
  self->add_button = condition;

  return line;
}

/* Head */

static void
join_selected_cb (CrmFilterGroup *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  self->node->join = (CrmQuantifier) gtk_drop_down_get_selected (drop_down);
  changed_cb (self);
}

static void
quantifier_selected_cb (CrmFilterGroup *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  self->node->quantifier = (CrmQuantifier) gtk_drop_down_get_selected (drop_down);
  changed_cb (self);
}

static GtkWidget *
make_quantifier (CrmFilterGroup *self, CrmQuantifier present, const char *name, GCallback callback)
{
  const char *const words[] = { crm_quantifier_get_words (CRM_QUANTIFIER_ALL),
                                crm_quantifier_get_words (CRM_QUANTIFIER_ANY),
                                crm_quantifier_get_words (CRM_QUANTIFIER_NONE), NULL };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (words);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), present);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_object (drop_down, "notify::selected", callback, self, G_CONNECT_SWAPPED);

  return drop_down;
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);

  return label;
}

static GtkWidget *
make_line (CrmFilterGroup *self, GtkWidget *first, const char *text, const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (line), first);
  gtk_box_append (GTK_BOX (line), make_text (text));
  if (words != NULL)
    {
      GtkWidget *button = make_remove_button (self, words);

      g_signal_connect_object (button, "clicked", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), button);
    }

  return line;
}

static void
add_head (CrmFilterGroup *self, GtkBox *box)
{
  GtkWidget *join = make_quantifier (self, self->node->join, _ ("How Many Conditions"),
                                     G_CALLBACK (join_selected_cb));

  if (self->node->shape == CRM_FILTER_NODE_RELATED)
    {
      g_autofree char *path = crm_filter_node_describe_path (self->node, get_store (self));
      /* Translators: behind “Any of” or the like: %s is what related records are called, “Deals” */
      g_autofree char *text = g_strdup_printf (_ ("%s, for which"), path);
      GtkWidget *quantifier = make_quantifier (self, self->node->quantifier, _ ("How Many Records"),
                                               G_CALLBACK (quantifier_selected_cb));

      gtk_box_append (box, make_line (self, quantifier, text, path));
      gtk_box_append (box, make_line (self, join, _ ("the following hold"), NULL));
      return;
    }

  gtk_box_append (box, make_line (self, join, _ ("the following hold"),
                                  self->node->parent != NULL ? _ ("Group") : NULL));
}

/* Rows */

static GtkWidget *
make_condition (CrmFilterGroup *self, CrmFilterNode *node)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *words = node->shape == CRM_FILTER_NODE_TEXT
                               ? g_strdup (node->text)
                               : crm_filter_node_describe_path (node, get_store (self));
  GtkWidget *label = make_text (words);
  GtkWidget *button = make_remove_button (self, words);

  gtk_widget_set_tooltip_text (label, words);
  g_signal_connect_object (button, "clicked", G_CALLBACK (row_removed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (box), line);
  if (node->shape == CRM_FILTER_NODE_CONDITION)
    {
      GtkWidget *editor = crm_filter_condition_new (self->session, node);

      gtk_widget_add_css_class (label, "heading");
      g_signal_connect_object (editor, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), editor);
    }
  else
    {
      gtk_widget_add_css_class (label, "monospace");
    }

  return box;
}

/* Returns: what in it is to have the focus */
static GtkWidget *
add_row (CrmFilterGroup *self, CrmFilterNode *node)
{
  GtkWidget *row;

  if (node->children != NULL)
    {
      row = crm_filter_group_new (self->session, node);
      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "removed", G_CALLBACK (row_removed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      row = make_condition (self, node);
    }

  gtk_widget_add_css_class (row, "card");
  gtk_widget_add_css_class (row, "crm-filter-row");
  g_object_set_data (G_OBJECT (row), "crm-node", node);
  gtk_box_append (GTK_BOX (self->rows), row);
  gtk_widget_set_visible (self->rows, TRUE);

  return node->shape == CRM_FILTER_NODE_CONDITION ? gtk_widget_get_last_child (row) : row;
}

/* GObject */

static void
crm_filter_group_dispose (GObject *object)
{
  g_clear_object (&CRM_FILTER_GROUP (object)->session);

  G_OBJECT_CLASS (crm_filter_group_parent_class)->dispose (object);
}

static gboolean
crm_filter_group_grab_focus (GtkWidget *widget)
{
  CrmFilterGroup *self = CRM_FILTER_GROUP (widget);
  GtkWidget *row = gtk_widget_get_last_child (self->rows);

  /* Into what was added: a related group comes with its first condition */
  if (row != NULL && CRM_IS_FILTER_GROUP (row))
    return gtk_widget_grab_focus (row);
  if (row != NULL && CRM_IS_FILTER_CONDITION (gtk_widget_get_last_child (row)))
    return gtk_widget_grab_focus (gtk_widget_get_last_child (row));

  return gtk_widget_grab_focus (self->add_button);
}

static void
crm_filter_group_class_init (CrmFilterGroupClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_group_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = crm_filter_group_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
crm_filter_group_init (CrmFilterGroup *self)
{
}

/* Public API */

GtkWidget *
crm_filter_group_new (CrmSession *session, CrmFilterNode *node)
{
  CrmFilterGroup *self;
  GtkWidget *box;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (node != NULL && node->children != NULL, NULL);

  self = g_object_new (CRM_TYPE_FILTER_GROUP, NULL);
  self->session = g_object_ref (session);
  self->node = node;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  add_head (self, GTK_BOX (box));
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_box_append (GTK_BOX (box), self->rows);
  for (guint i = 0; i < node->children->len; i++)
    add_row (self, g_ptr_array_index (node->children, i));
  gtk_box_append (GTK_BOX (box), make_footer (self));
  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}
