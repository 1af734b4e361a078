/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-content-line-private.h"

G_BEGIN_DECLS

/**
 * CrmIcalendarZones:
 *
 * The time zones of a calendar by the names it gives them. A name that everybody knows is believed first, for
 * our own tables know the past too; else the rules that the calendar has for it.
 */
typedef struct _CrmIcalendarZones CrmIcalendarZones;

CrmIcalendarZones *crm_icalendar_zones_new (void);
void crm_icalendar_zones_free (CrmIcalendarZones *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIcalendarZones, crm_icalendar_zones_free)

/* Takes a line between BEGIN:VTIMEZONE and END:VTIMEZONE, and these two */
void crm_icalendar_zones_take (CrmIcalendarZones *self, const CrmContentLine *line);

/* The zone of times that name none; (nullable) */
void crm_icalendar_zones_set_default (CrmIcalendarZones *self, const char *name);

/**
 * CrmIcalendarTime:
 * @moment: seconds since 1970; of a date and of a time without a zone as if it were UTC
 *
 * When something is.
 */
typedef struct
{
  gint64 moment;
  gboolean is_date;
  gboolean is_floating; /* local wherever it is read */
} CrmIcalendarTime;

/* @line: DTSTART, DUE …, with its TZID. Returns whether it is a time of a zone that is known */
gboolean crm_icalendar_zones_parse (CrmIcalendarZones *self,
                                    const CrmContentLine *line,
                                    CrmIcalendarTime *time);

/* "2026-05-12", "2026-05-12T14:30:00" (local) or "2026-05-12T12:30:00Z"; (transfer full) */
char *crm_icalendar_time_to_text (const CrmIcalendarTime *time);

/* As a date with the local time; (transfer full) */
char *crm_icalendar_time_to_local_text (const CrmIcalendarTime *time);

/* "PT1H30M", "-P1D": seconds. Returns whether it is one */
gboolean crm_icalendar_parse_duration (const char *text, gint64 *seconds);

G_END_DECLS
