/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-date-picker.h"

#include <glib/gi18n.h>
#include <stdio.h>

struct _CrmDatePicker
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *calendar;
  gboolean showing; /* the calendar is changed by us */
};

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmDatePicker, crm_date_picker, ADW_TYPE_BIN)

static void
emit_picked (CrmDatePicker *self, const char *iso)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[PICKED], 0, iso);
}

static void
day_selected_cb (CrmDatePicker *self)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *iso = NULL;

  if (self->showing)
    return;

  date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  iso = g_date_time_format (date, "%Y-%m-%d");
  emit_picked (self, iso);
}

static void
select_date (CrmDatePicker *self, GDateTime *date)
{
  self->showing = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), date);
  self->showing = FALSE;
}

static void
today_clicked_cb (CrmDatePicker *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *iso = g_date_time_format (now, "%Y-%m-%d");

  select_date (self, now);
  emit_picked (self, iso);
}

static void
clear_clicked_cb (CrmDatePicker *self)
{
  emit_picked (self, NULL);
}

static GtkWidget *
create_popover (CrmDatePicker *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button;

  self->calendar = gtk_calendar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Calendar"), -1);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->calendar);

  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  button = gtk_button_new_with_label (_ ("Today"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (today_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (buttons), button);
  button = gtk_button_new_with_label (_ ("Clear"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clear_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (buttons), button);
  gtk_box_append (GTK_BOX (box), buttons);

  gtk_popover_set_child (GTK_POPOVER (popover), box);

  return popover;
}

static void
crm_date_picker_class_init (CrmDatePickerClass *klass)
{
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
crm_date_picker_init (CrmDatePicker *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), create_popover (self));
  gtk_widget_set_tooltip_text (self->button, _ ("Choose a Date"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a Date"), -1);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), self->button);
}

GtkWidget *
crm_date_picker_new (void)
{
  return g_object_new (CRM_TYPE_DATE_PICKER, NULL);
}

void
crm_date_picker_set_date (CrmDatePicker *self, const char *iso)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;

  g_return_if_fail (CRM_IS_DATE_PICKER (self));

  if (iso != NULL && sscanf (iso, "%4d-%2d-%2d", &year, &month, &day) == 3)
    date = g_date_time_new_local (year, month, day, 12, 0, 0);
  if (date == NULL)
    date = g_date_time_new_now_local ();
  select_date (self, date);
}
