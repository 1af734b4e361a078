/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-calendar-item.h"

G_BEGIN_DECLS

/**
 * CrmCalendarDay:
 *
 * A day in a grid: its number, as many of its records as there is room for, and how many more there are. Where it is
 * compact, dots stand for them. Records are dropped on it. It uses the actions of its calendar:
 *
 *   calendar.new (day), calendar.show-day (day), calendar.select-day (day),
 *   calendar.move (record, day)
 */
#define CRM_TYPE_CALENDAR_DAY (crm_calendar_day_get_type ())
G_DECLARE_FINAL_TYPE (CrmCalendarDay, crm_calendar_day, CRM, CALENDAR_DAY, GtkWidget)

/* Of no day there are more than these on any screen */
#define CRM_CALENDAR_DAY_MAX_ITEMS 48

GtkWidget *crm_calendar_day_new (CrmStore *store, const CrmRecordType *type);

/* @outside: not in the month that is shown; @today: the day it is */
void crm_calendar_day_set_day (CrmCalendarDay *self, guint32 day, gboolean outside, gboolean today);
guint32 crm_calendar_day_get_day (CrmCalendarDay *self);

/* How records are shown and what can be done with them */
void crm_calendar_day_set_compact (CrmCalendarDay *self, gboolean compact);
void crm_calendar_day_set_high (CrmCalendarDay *self, gboolean high); /* two lines each */
void crm_calendar_day_set_movable (CrmCalendarDay *self, gboolean movable);

/**
 * crm_calendar_day_set_entries:
 * @entries: (array length=n_entries) (nullable): the first ones of @n_records
 * @records: (element-type gint64 CrmRecord) (nullable): what has been read of them
 */
void crm_calendar_day_set_entries (CrmCalendarDay *self,
                                   const CrmAgendaEntry *entries,
                                   guint n_entries,
                                   guint n_records,
                                   GHashTable *records);
guint crm_calendar_day_get_n_records (CrmCalendarDay *self);

/* The item of a record that is shown; with @id 0 the first one; (transfer none) (nullable) */
CrmCalendarItem *crm_calendar_day_find_item (CrmCalendarDay *self, gint64 id);
/* The item beside @item: @by is 1 or -1; (transfer none) (nullable) */
CrmCalendarItem *crm_calendar_day_get_next_item (CrmCalendarDay *self,
                                                 CrmCalendarItem *item,
                                                 int by);

G_END_DECLS
