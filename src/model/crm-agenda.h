/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-agenda
 *
 * Records by the day that one of their dates is on, as a calendar shows them. Days are counted as GDate does
 * (g_date_get_julian()), in the workspace's zone.
 *
 * A date that may lack the year (a birthday) is on its day of every year, from its own year on where that is known; one
 * of 29 February on the 28th where a year has no 29th.
 */

/* The days on which ISO text can be */
#define CRM_AGENDA_FIRST_DAY 1 /* 1 January 1 */
#define CRM_AGENDA_LAST_DAY 3652059 /* 31 December 9999 */

typedef struct
{
  gint64 id;
  guint32 day;
  gint32 minute; /* of the day; -1: a day without a time */
} CrmAgendaEntry;

/* @first: which of the entries is its first one */
typedef struct
{
  guint32 day;
  guint n_records;
  guint first;
  guint n_entries; /* at most the limit that was asked for */
} CrmAgendaDay;

/* Days that have records, in order; within a day those without a time first, then by time, then by id */
typedef struct
{
  GArray *days; /* of CrmAgendaDay */
  GArray *entries; /* of CrmAgendaEntry */
} CrmAgenda;

void crm_agenda_free (CrmAgenda *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmAgenda, crm_agenda_free)

/* The day, if it has records; (nullable) */
const CrmAgendaDay *crm_agenda_find_day (const CrmAgenda *self, guint32 day);

/* Whether records can be put on days by @field: a date or a date with a time */
gboolean crm_agenda_fits (const CrmField *field);

/* The fields by which records of @type can be put on days, the most telling one first;
 * (transfer container) (element-type CrmField) */
GPtrArray *crm_agenda_list_fields (const CrmRecordType *type);

/* The field of this name, or the most telling one where there is no such date; %NULL: @type has no dates.
 * @name: (nullable) */
const CrmField *crm_agenda_find_field (const CrmRecordType *type, const char *name);

/* Whether the date comes again every year */
gboolean crm_agenda_is_yearly (const CrmField *field);

/**
 * crm_query_run_agenda:
 * @first: the first day
 * @after: the day behind the last one
 * @limit: of how many records of a day there are entries; %G_MAXUINT for all
 *
 * One pass over the records of the query, whose order and limit do not matter here. Blocks; any thread.
 *
 * Returns: (transfer full): %NULL with @error
 */
CrmAgenda *crm_query_run_agenda (CrmQuery *self,
                                 CrmStore *store,
                                 const CrmField *field,
                                 guint32 first,
                                 guint32 after,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GError **error);

/* "2026-05-12" */
void crm_agenda_write_day (guint32 day, char iso[11]);
/* The day on which @ms is in @zone */
guint32 crm_agenda_get_day_of_moment (gint64 ms, GTimeZone *zone);

/* The value of a record that begins on @day: of a date with a time at nine o'clock. (transfer full) */
CrmValue *crm_agenda_new_value (const CrmField *field, guint32 day, GTimeZone *zone);

/**
 * crm_agenda_move_value:
 *
 * The same on another day: a time of day stays, and so does the year of a date that comes every year, or that it has none.
 *
 * Returns: (transfer full): %NULL with %CRM_ERROR_INVALID_VALUE where there is no such day
 */
CrmValue *crm_agenda_move_value (const CrmField *field,
                                 CrmValue *value,
                                 guint32 day,
                                 GTimeZone *zone,
                                 GError **error);

G_END_DECLS
