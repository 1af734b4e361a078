/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-button.h"

#include <glib/gi18n.h>

#include "crm-saved-views.h"

struct _CrmViewButton
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkPopoverMenu *popover;
  GtkListBox *views;

  CrmViewState *state;
};

G_DEFINE_FINAL_TYPE (CrmViewButton, crm_view_button, ADW_TYPE_BIN)

static GQuark
place_quark (void)
{
  return g_quark_from_static_string ("crm-view-place");
}

/* Takes @place */
static void
append_row (CrmViewButton *self, char *place, const char *title, const char *icon, gboolean current)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_opacity (mark, current ? 1 : 0);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, current, -1);
  g_object_set_qdata_full (G_OBJECT (row), place_quark (), place, g_free);
  gtk_list_box_append (self->views, row);
}

static void
fill (CrmViewButton *self)
{
  CrmSession *session = crm_view_state_get_session (self->state);
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  const CrmView *shown = crm_view_state_get_view (self->state);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->views, 0)) != NULL)
    gtk_list_box_remove (self->views, GTK_WIDGET (row));

  append_row (self, g_strdup (type->name), type->label_many,
              type->icon != NULL ? type->icon : "crm-type-symbolic",
              shown == NULL && crm_view_state_get_fixed_filter (self->state) == NULL);
  for (guint i = 0; i < type->n_views; i++)
    append_row (self, crm_saved_views_get_place (session, type->views[i]), type->views[i]->label,
                crm_saved_views_get_icon (type->views[i]),
                shown != NULL && shown->id == type->views[i]->id);
}

static void
update (CrmViewButton *self)
{
  GtkWidget *button = adw_bin_get_child (ADW_BIN (self));
  const char *title = crm_view_state_get_title (self->state);
  const char *subtitle = "";
  g_autofree char *name = NULL;

  if (crm_view_state_get_view (self->state) != NULL)
    subtitle = crm_view_state_get_record_type (self->state)->label_many;
  else if (crm_view_state_get_fixed_filter (self->state) != NULL)
    subtitle = _ ("Part of Them");
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle != '\0');
  /* Translators: the button with the name of the view that is shown */
  name = g_strdup_printf (_ ("View: %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (button, title);
  fill (self);
}

static void
state_changed_cb (CrmViewButton *self, guint parts)
{
  if ((parts & CRM_VIEW_PART_IDENTITY) != 0)
    update (self);
}

static void
row_activated_cb (CrmViewButton *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  crm_session_show_place (crm_view_state_get_session (self->state),
                          g_object_get_qdata (G_OBJECT (row), place_quark ()));
}

static void
crm_view_button_dispose (GObject *object)
{
  CrmViewButton *self = CRM_VIEW_BUTTON (object);

  g_clear_object (&self->state);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_VIEW_BUTTON);

  G_OBJECT_CLASS (crm_view_button_parent_class)->dispose (object);
}

static void
crm_view_button_class_init (CrmViewButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_view_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/views/crm-view-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmViewButton, title);
  gtk_widget_class_bind_template_child (widget_class, CrmViewButton, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CrmViewButton, popover);
  gtk_widget_class_bind_template_child (widget_class, CrmViewButton, views);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
crm_view_button_init (CrmViewButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
crm_view_button_set_state (CrmViewButton *self, CrmViewState *state)
{
  g_return_if_fail (CRM_IS_VIEW_BUTTON (self));
  g_return_if_fail (CRM_IS_VIEW_STATE (state));
  g_return_if_fail (self->state == NULL);

  self->state = g_object_ref (state);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
