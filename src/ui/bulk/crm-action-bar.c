/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-action-bar.h"

#include "crm-overflow-box.h"

struct _CrmActionBar
{
  AdwBin parent_instance;

  GtkWidget *buttons; /* a CrmOverflowBox */
  GtkWidget *more_button;
};

G_DEFINE_FINAL_TYPE (CrmActionBar, crm_action_bar, ADW_TYPE_BIN)

static GtkWidget *
find_button (CrmActionBar *self, const char *action)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (self->buttons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (child)), action) == 0)
      break;

  return child;
}

static void
crm_action_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_ACTION_BAR);

  G_OBJECT_CLASS (crm_action_bar_parent_class)->dispose (object);
}

static void
crm_action_bar_class_init (CrmActionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_action_bar_dispose;

  g_type_ensure (CRM_TYPE_OVERFLOW_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/bulk/crm-action-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmActionBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, CrmActionBar, more_button);
}

static void
crm_action_bar_init (CrmActionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
crm_action_bar_set_shown (CrmActionBar *self, const char *action, gboolean shown)
{
  GtkWidget *button;

  g_return_if_fail (CRM_IS_ACTION_BAR (self));

  button = find_button (self, action);
  g_return_if_fail (button != NULL);

  gtk_widget_set_visible (button, shown);
}

GtkWidget *
crm_action_bar_get_anchor (CrmActionBar *self, const char *action)
{
  GtkWidget *button;

  g_return_val_if_fail (CRM_IS_ACTION_BAR (self), NULL);

  button = find_button (self, action);

  return button != NULL && gtk_widget_get_visible (button) && gtk_widget_get_child_visible (button)
             ? button
             : self->more_button;
}
