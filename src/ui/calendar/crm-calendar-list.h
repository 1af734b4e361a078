/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-agenda-list.h"
#include "crm-calendar-item.h"

G_BEGIN_DECLS

/**
 * CrmCalendarList:
 *
 * Records by day, one below the other: all there are, or those of one day. However many they are, only those that are
 * seen exist. Enter opens one, Ctrl with the arrow keys takes it to another day.
 *
 * Properties: "day" (unsigned, read-only): the day at the top, 0 where there is none.
 */
#define CRM_TYPE_CALENDAR_LIST (crm_calendar_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmCalendarList, crm_calendar_list, CRM, CALENDAR_LIST, AdwBin)

GtkWidget *crm_calendar_list_new (CrmStore *store, const CrmRecordType *type);

/* See crm_agenda_list_set_query(); @query: (nullable) */
void crm_calendar_list_set_query (CrmCalendarList *self,
                                  CrmQuery *query,
                                  const CrmField *field,
                                  guint32 first,
                                  guint32 after,
                                  gboolean headings);
void crm_calendar_list_set_movable (CrmCalendarList *self, gboolean movable);
CrmAgendaList *crm_calendar_list_get_rows (CrmCalendarList *self); /* (transfer none) */
/* What menus are added to; (transfer none) */
GtkWidget *crm_calendar_list_get_view (CrmCalendarList *self);

guint32 crm_calendar_list_get_day (CrmCalendarList *self);
/* Puts @day, or the next one after it that has records, to the top: now, or as soon as it is there */
void crm_calendar_list_scroll_to_day (CrmCalendarList *self, guint32 day);
/* Puts the focus on a record, if it is there */
void crm_calendar_list_focus (CrmCalendarList *self, gint64 id);

G_END_DECLS
