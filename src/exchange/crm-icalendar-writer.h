/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* Whether records of @type can be written into a calendar: activities, tasks, deals */
gboolean crm_icalendar_can_write (const CrmRecordType *type);

/* What a calendar (RFC 5545) starts and ends with; between them any number of records */
void crm_icalendar_append_start (GString *out);
void crm_icalendar_append_end (GString *out);

/**
 * crm_icalendar_append:
 * @record: with all its fields
 *
 * An activity becomes an event with the people it is about as attendees, a task one to do, and a deal an event of
 * the whole day on which it is to be closed. Times are UTC; those of due dates are local wherever they
 * are read. Nothing is appended for an activity or deal without a time. Our own reader finds the record
 * again by its UID: the external ID, else the id. Any thread; looks up who attends.
 */
gboolean crm_icalendar_append (GString *out,
                               CrmStore *store,
                               const CrmRecord *record,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
