/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-layouts.h"

#include <glib/gi18n.h>

#include "crm-board.h"
#include "crm-calendar.h"

static const struct
{
  CrmViewLayout layout;
  const char *icon;
  const char *title;
} layouts[] = {
  { CRM_VIEW_TABLE, "crm-table-symbolic", N_ ("Table") },
  { CRM_VIEW_BOARD, "crm-deals-symbolic", N_ ("Board") },
  { CRM_VIEW_CALENDAR, "crm-calendar-symbolic", N_ ("Calendar") },
};

struct _CrmViewLayouts
{
  AdwBin parent_instance;

  GtkToggleButton *buttons[G_N_ELEMENTS (layouts)];
  CrmViewState *state;
  gboolean updating;
  gboolean hidden;
};

G_DEFINE_FINAL_TYPE (CrmViewLayouts, crm_view_layouts, ADW_TYPE_BIN)

/* A calendar of nothing but when records were made is there for who asks for it, in the palette */
static gboolean
is_offered (const CrmRecordType *type, CrmViewLayout layout, CrmViewLayout shown)
{
  return crm_view_layouts_fits (type, layout) &&
         (layout != CRM_VIEW_CALENDAR || layout == shown || crm_calendar_is_usual (type));
}

static void
update (CrmViewLayouts *self)
{
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  CrmViewLayout shown = crm_view_state_get_layout (self->state);
  guint n = 0;

  /* What does not fit any more is shown as a table */
  if (!crm_view_layouts_fits (type, shown))
    shown = CRM_VIEW_TABLE;
  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      gboolean offered = is_offered (type, layouts[i].layout, shown);

      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), offered);
      gtk_toggle_button_set_active (self->buttons[i], layouts[i].layout == shown);
      n += offered ? 1 : 0;
    }
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1 && !self->hidden);
}

static void
toggled_cb (CrmViewLayouts *self)
{
  if (self->updating || self->state == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      crm_view_state_set_layout (self->state, layouts[i].layout);
}

static void
state_changed_cb (CrmViewLayouts *self, guint parts)
{
  if ((parts & (CRM_VIEW_PART_LAYOUT | CRM_VIEW_PART_IDENTITY)) != 0)
    update (self);
}

static void
crm_view_layouts_dispose (GObject *object)
{
  CrmViewLayouts *self = CRM_VIEW_LAYOUTS (object);

  g_clear_object (&self->state);

  G_OBJECT_CLASS (crm_view_layouts_parent_class)->dispose (object);
}

static void
crm_view_layouts_class_init (CrmViewLayoutsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_view_layouts_dispose;
}

static void
crm_view_layouts_init (CrmViewLayouts *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_button_set_icon_name (GTK_BUTTON (button), layouts[i].icon);
      gtk_widget_set_tooltip_text (button, _ (layouts[i].title));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (layouts[i].title), -1);
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

/* Public API */

void
crm_view_layouts_set_state (CrmViewLayouts *self, CrmViewState *state)
{
  g_return_if_fail (CRM_IS_VIEW_LAYOUTS (self));
  g_return_if_fail (CRM_IS_VIEW_STATE (state));
  g_return_if_fail (self->state == NULL);

  self->state = g_object_ref (state);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

void
crm_view_layouts_set_hidden (CrmViewLayouts *self, gboolean hidden)
{
  g_return_if_fail (CRM_IS_VIEW_LAYOUTS (self));

  self->hidden = hidden;
  if (self->state != NULL)
    update (self);
}

gboolean
crm_view_layouts_fits (const CrmRecordType *type, CrmViewLayout layout)
{
  g_return_val_if_fail (type != NULL, FALSE);

  switch (layout)
    {
    case CRM_VIEW_BOARD:
      return crm_board_can_show (type);
    case CRM_VIEW_CALENDAR:
      return crm_calendar_can_show (type);
    case CRM_VIEW_TABLE:
    default:
      return TRUE;
    }
}
