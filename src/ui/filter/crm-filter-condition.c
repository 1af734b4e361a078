/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-condition.h"

#include <glib/gi18n.h>

#include "crm-filter-value.h"

struct _CrmFilterCondition
{
  AdwBin parent_instance;

  GtkDropDown *comparator;
  GtkDropDown *quantifier; /* (nullable) */
  CrmFilterValue *value;

  CrmSession *session;
  CrmFilterNode *node;
  CrmFilterNode *condition; /* @node or what is in it */
  GArray *operators;
};

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterCondition, crm_filter_condition, ADW_TYPE_BIN)

static void
operator_selected_cb (CrmFilterCondition *self)
{
  guint selected = gtk_drop_down_get_selected (self->comparator);
  const CrmFilterOperator *operator;

  if (selected >= self->operators->len)
    return;

  operator= & g_array_index (self->operators, CrmFilterOperator, selected);
  crm_filter_node_set_operator (self->condition, operator->comparator, operator->negated);
  crm_filter_value_update (self->value);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
quantifier_selected_cb (CrmFilterCondition *self)
{
  self->node->quantifier = (CrmQuantifier) gtk_drop_down_get_selected (self->quantifier);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
changed_cb (CrmFilterCondition *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (CrmFilterCondition *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
add_quantifier (CrmFilterCondition *self, GtkBox *box)
{
  g_autofree char *path = crm_filter_node_describe_path (self->node,
                                                         crm_session_get_store (self->session));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (path);
  const char *const words[] = { crm_quantifier_get_words (CRM_QUANTIFIER_ALL),
                                crm_quantifier_get_words (CRM_QUANTIFIER_ANY),
                                crm_quantifier_get_words (CRM_QUANTIFIER_NONE), NULL };

  self->quantifier = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (words));
  gtk_drop_down_set_selected (self->quantifier, self->node->quantifier);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->quantifier), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How Many"), -1);
  g_signal_connect_object (self->quantifier, "notify::selected",
                           G_CALLBACK (quantifier_selected_cb), self, G_CONNECT_SWAPPED);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->quantifier));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (box, line);
}

static void
add_operators (CrmFilterCondition *self, GtkBox *box)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;

  self->operators = crm_filter_node_list_operators (self->condition);
  for (guint i = 0; i < self->operators->len; i++)
    {
      const CrmFilterOperator *operator= & g_array_index (self->operators, CrmFilterOperator, i);

      gtk_string_list_take (words, crm_filter_operator_get_words (self->condition, *operator));
      if (operator->comparator == self->condition->comparator && operator->negated ==
          self->condition->negated)
        selected = i;
    }

  self->comparator = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (words)), NULL));
  gtk_drop_down_set_selected (self->comparator, selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->comparator), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Comparison"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->comparator), self->operators->len > 1);
  g_signal_connect_object (self->comparator, "notify::selected", G_CALLBACK (operator_selected_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->comparator));
}

/* GObject */

static void
crm_filter_condition_dispose (GObject *object)
{
  CrmFilterCondition *self = CRM_FILTER_CONDITION (object);

  g_clear_pointer (&self->operators, g_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_filter_condition_parent_class)->dispose (object);
}

static gboolean
crm_filter_condition_grab_focus (GtkWidget *widget)
{
  CrmFilterCondition *self = CRM_FILTER_CONDITION (widget);

  return gtk_widget_get_visible (GTK_WIDGET (self->value))
             ? gtk_widget_grab_focus (GTK_WIDGET (self->value))
             : gtk_widget_grab_focus (GTK_WIDGET (self->comparator));
}

static void
crm_filter_condition_class_init (CrmFilterConditionClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_condition_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = crm_filter_condition_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
crm_filter_condition_init (CrmFilterCondition *self)
{
}

/* Public API */

gboolean
crm_filter_condition_can_edit (const CrmFilterNode *node)
{
  g_return_val_if_fail (node != NULL, FALSE);

  if (node->shape == CRM_FILTER_NODE_RELATED)
    return node->children->len == 1 && node->join != CRM_QUANTIFIER_NONE &&
           ((CrmFilterNode *) g_ptr_array_index (node->children, 0))->shape ==
               CRM_FILTER_NODE_CONDITION;

  return node->shape == CRM_FILTER_NODE_CONDITION;
}

GtkWidget *
crm_filter_condition_new (CrmSession *session, CrmFilterNode *node)
{
  CrmFilterCondition *self;
  GtkWidget *box;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (node != NULL && crm_filter_condition_can_edit (node), NULL);

  self = g_object_new (CRM_TYPE_FILTER_CONDITION, NULL);
  self->session = g_object_ref (session);
  self->node = self->condition = node;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  if (node->shape == CRM_FILTER_NODE_RELATED)
    {
      self->condition = g_ptr_array_index (node->children, 0);
      add_quantifier (self, GTK_BOX (box));
    }
  add_operators (self, GTK_BOX (box));
  self->value = CRM_FILTER_VALUE (crm_filter_value_new (session, self->condition));
  g_signal_connect_object (self->value, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->value, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->value));
  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}
