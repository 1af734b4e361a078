/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-calendar-grid.h"
#include "crm-calendar-list.h"
#include "crm-calendar.h"
#include "crm-width-bin.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_CALENDAR_MODE_MONTH,
  CRM_CALENDAR_MODE_WEEK,
  CRM_CALENDAR_MODE_DAY,
  CRM_CALENDAR_MODE_AGENDA,
  CRM_CALENDAR_N_MODES,
} CrmCalendarMode;

struct _CrmCalendar
{
  AdwBin parent_instance;

  CrmWidthBin *width_bin;
  GtkBox *bar;
  GtkLabel *title;
  GtkDropDown *field_chooser;
  GtkDropDown *mode_chooser; /* where it is narrow */
  GtkWidget *mode_switcher;
  GtkToggleButton *month_button;
  GtkToggleButton *week_button;
  GtkToggleButton *day_button;
  GtkToggleButton *agenda_button;
  GtkStack *stack; /* grid, list */
  GtkBox *grid_box;
  GtkWidget *day_heading; /* over the records of the selected day, where it is narrow */
  GtkLabel *day_title;
  GtkWidget *new_button;
  GtkStack *day_stack; /* list, empty */
  GtkStack *list_stack; /* list, empty */
  AdwStatusPage *empty_page;
  GtkButton *empty_new_button;

  CrmCalendarGrid *grid;
  CrmCalendarList *day_list; /* below the grid */
  CrmCalendarList *list; /* of a day, or of all days */

  CrmViewState *state;
  CrmSession *session;
  const CrmRecordType *type;
  GPtrArray *fields; /* of CrmField: by which it can be shown */
  const CrmField *field;
  CrmCalendarMode mode;
  gboolean movable; /* whether the date can be changed */
  gboolean show_weeks;
  gboolean updating; /* the choosers are changed by us */

  const CrmField *agenda_field; /* of the list, while it has all days */
  guint32 anchor; /* a day of the month or week that is shown */
  guint32 selected; /* a day */
  guint32 listed; /* which day the list below the grid is about; 0 for none */
  gint64 chosen; /* the record that the menu is about */
  guint32 chosen_day;
  gint64 followed; /* the record that the focus goes after, once it is on its new day; 0 for none */
  guint32 followed_day;
  gboolean wants_focus; /* as soon as there is something */

  gboolean stale; /* something changed that was not read, as it was out of sight */
  gboolean loading;
  gboolean again;
  guint generation;
  GCancellable *cancellable; /* nullable */
};

/* crm-calendar.c */

guint32 _crm_calendar_get_today (CrmCalendar *self);
/* Shows what has @day, if it is not shown yet, and makes it the one that keys and menus are about */
void _crm_calendar_go_to_day (CrmCalendar *self, guint32 day);
/* The days from the first one shown to the last, end not included */
void _crm_calendar_get_range (CrmCalendar *self, guint32 *first, guint32 *after);
/* By its name in the option of the view; what is no name of one is passed over */
void _crm_calendar_set_mode (CrmCalendar *self, const char *name);
/* The option of the view: what is NULL stays as it is */
void _crm_calendar_edit_option (CrmCalendar *self,
                                const CrmField *field,
                                const char *mode,
                                const gboolean *show_weeks);

/* crm-calendar-show.c */

/* Everything anew, by the option of the view */
void _crm_calendar_update (CrmCalendar *self);
/* The title, and the list of the selected day */
void _crm_calendar_update_selected (CrmCalendar *self);
void _crm_calendar_update_title (CrmCalendar *self);
/* Asks for what is on the days that are shown */
void _crm_calendar_read (CrmCalendar *self);
/* Once there are lists */
void _crm_calendar_connect (CrmCalendar *self);

/* crm-calendar-acts.c */

void _crm_calendar_class_install_actions (GtkWidgetClass *widget_class);
void _crm_calendar_add_menus (CrmCalendar *self);

G_END_DECLS
