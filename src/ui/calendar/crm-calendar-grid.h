/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-calendar-day.h"

G_BEGIN_DECLS

/**
 * CrmCalendarGrid:
 *
 * Weeks of days, one week a row, with the names of the days above them. Arrow keys go from day to day, Enter goes to the
 * records of a day, or makes one where there is none, and Escape back. It uses the actions of its calendar:
 *
 *   calendar.new (day)
 *   calendar.go-to-day (day): one that may not be shown yet
 *   calendar.select-day (day): one that is
 */
#define CRM_TYPE_CALENDAR_GRID (crm_calendar_grid_get_type ())
G_DECLARE_FINAL_TYPE (CrmCalendarGrid, crm_calendar_grid, CRM, CALENDAR_GRID, GtkWidget)

#define CRM_CALENDAR_MAX_WEEKS 6

GtkWidget *crm_calendar_grid_new (CrmStore *store, const CrmRecordType *type);

/**
 * crm_calendar_grid_set_days:
 * @first: the first day of the first week
 * @n_weeks: at most %CRM_CALENDAR_MAX_WEEKS
 * @month: a day of the month that is meant, whose other days are dimmed; 0: none
 * @today: (nullable)
 *
 * Days that were not shown before are empty until they are told what is on them.
 */
void crm_calendar_grid_set_days (CrmCalendarGrid *self,
                                 guint32 first,
                                 guint n_weeks,
                                 guint32 month,
                                 guint32 today);
/* @records: (element-type gint64 CrmRecord): what has been read of the entries */
void crm_calendar_grid_set_agenda (CrmCalendarGrid *self,
                                   const CrmAgenda *agenda,
                                   GHashTable *records);

void crm_calendar_grid_set_compact (CrmCalendarGrid *self, gboolean compact);
void crm_calendar_grid_set_high (CrmCalendarGrid *self, gboolean high);
void crm_calendar_grid_set_movable (CrmCalendarGrid *self, gboolean movable);
void crm_calendar_grid_set_show_weeks (CrmCalendarGrid *self, gboolean show_weeks);

/* The day that the keys are about, if it is shown */
void crm_calendar_grid_set_selected (CrmCalendarGrid *self, guint32 day);

/* Puts the focus on a record, or where that is not shown on the selected day; @id 0: the day. Returns whether it is
 * on the record */
gboolean crm_calendar_grid_focus (CrmCalendarGrid *self, gint64 id);

/* The shown day that a widget is in; (transfer none) (nullable) */
CrmCalendarDay *crm_calendar_grid_find_day (GtkWidget *widget);

G_END_DECLS
