/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-notice.h"

struct _CrmViewNotice
{
  AdwBin parent_instance;

  GtkWidget *modified_label;
  GtkWidget *save_button;
  GtkWidget *save_as_button;

  CrmViewState *state;
};

G_DEFINE_FINAL_TYPE (CrmViewNotice, crm_view_notice, ADW_TYPE_BIN)

/* All records of a type are no view, but what they were filtered down to can become one */
static void
update (CrmViewNotice *self)
{
  gboolean modified = crm_view_state_get_modified (self->state);
  gboolean offers = !modified && crm_view_state_get_view (self->state) == NULL &&
                    crm_view_query_get_filter (crm_view_state_get_query (self->state)) != NULL;

  gtk_widget_set_visible (self->modified_label, modified);
  gtk_widget_set_visible (self->save_button, modified);
  gtk_widget_set_visible (self->save_as_button, modified || offers);
  gtk_widget_set_visible (GTK_WIDGET (self), modified || offers);
}

static void
state_changed_cb (CrmViewNotice *self)
{
  update (self);
}

static void
crm_view_notice_dispose (GObject *object)
{
  CrmViewNotice *self = CRM_VIEW_NOTICE (object);

  g_clear_object (&self->state);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_VIEW_NOTICE);

  G_OBJECT_CLASS (crm_view_notice_parent_class)->dispose (object);
}

static void
crm_view_notice_class_init (CrmViewNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_view_notice_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/views/crm-view-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmViewNotice, modified_label);
  gtk_widget_class_bind_template_child (widget_class, CrmViewNotice, save_button);
  gtk_widget_class_bind_template_child (widget_class, CrmViewNotice, save_as_button);
}

static void
crm_view_notice_init (CrmViewNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
crm_view_notice_set_state (CrmViewNotice *self, CrmViewState *state)
{
  g_return_if_fail (CRM_IS_VIEW_NOTICE (self));
  g_return_if_fail (CRM_IS_VIEW_STATE (state));
  g_return_if_fail (self->state == NULL);

  self->state = g_object_ref (state);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
