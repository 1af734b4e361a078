/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmCalendar:
 *
 * The records of a view on the days of one of their dates: a month, a week, a day, or all of them one below the other. Which
 * date and which of these is the option "calendar" of the view. Records are taken to another day by dragging, by Ctrl
 * with the arrow keys, and by their menu; a new one is started on a day. Where it is narrow, days have dots and the
 * records of the selected one are below them.
 */
#define CRM_TYPE_CALENDAR (crm_calendar_get_type ())
G_DECLARE_FINAL_TYPE (CrmCalendar, crm_calendar, CRM, CALENDAR, AdwBin)

GtkWidget *crm_calendar_new (CrmViewState *state);

/* Whether records of this type can be shown so: it has a date. Every type has one, that of its making. */
gboolean crm_calendar_can_show (const CrmRecordType *type);
/* Whether it says something of them: they have a date of their own, not only those of their making and last change */
gboolean crm_calendar_is_usual (const CrmRecordType *type);

/* Shows the month, week or day that has @day, "2026-11-14", and selects it */
void crm_calendar_show_day (CrmCalendar *self, const char *day);

G_END_DECLS
