/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-agenda.h"

G_BEGIN_DECLS

/**
 * CrmCalendarItem:
 *
 * One record on one day: its time, what it is called and the colour of its stage or status; where there is room, a
 * little more. A click or Enter opens it, dragging and Ctrl with the arrow keys take it to another day, through the
 * actions of the calendar that it is in:
 *
 *   calendar.open-record (record)
 *   calendar.shift (record, its day, days on)
 *
 * What is dragged is the widget itself.
 */
#define CRM_TYPE_CALENDAR_ITEM (crm_calendar_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmCalendarItem, crm_calendar_item, CRM, CALENDAR_ITEM, GtkWidget)

typedef enum
{
  CRM_CALENDAR_ITEM_LOW, /* one line in a day of a grid */
  CRM_CALENDAR_ITEM_HIGH, /* two of them */
  CRM_CALENDAR_ITEM_WIDE, /* in a row of its own, which has the focus in its place */
} CrmCalendarItemShape;

GtkWidget *crm_calendar_item_new (CrmStore *store, CrmCalendarItemShape shape);
CrmCalendarItemShape crm_calendar_item_get_shape (CrmCalendarItem *self);

/* @record: (nullable): %NULL while it is read */
void crm_calendar_item_set (CrmCalendarItem *self, const CrmAgendaEntry *entry, CrmRecord *record);
gint64 crm_calendar_item_get_id (CrmCalendarItem *self);
guint32 crm_calendar_item_get_day (CrmCalendarItem *self);

/* Whether it can be dragged and shifted: %TRUE unless set */
void crm_calendar_item_set_movable (CrmCalendarItem *self, gboolean movable);

/* "09:30, Call Olivia, Acme"; (transfer none) */
const char *crm_calendar_item_get_description (CrmCalendarItem *self);

/* What has to be read of a record to show it; (transfer container) (element-type CrmField) */
GPtrArray *crm_calendar_item_list_fields (const CrmRecordType *type);

/* The item that a widget is in, or for a row of a list the one in it; (transfer none) (nullable) */
CrmCalendarItem *crm_calendar_item_find (GtkWidget *widget);

G_END_DECLS
