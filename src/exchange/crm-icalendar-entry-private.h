/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-content-reader-private.h"
#include "crm-icalendar-time-private.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_ICALENDAR_EVENT,
  CRM_ICALENDAR_TASK,
} CrmIcalendarKind;

/**
 * CrmIcalendarEntry:
 *
 * An event or a task, as its lines say. Texts are %NULL where there is none.
 */
typedef struct
{
  gint64 number; /* line on which it starts */
  CrmIcalendarKind kind;

  char *uid;
  char *summary;
  char *description;
  char *location;
  char *url;
  char *status; /* in capitals */
  char *rule; /* RRULE; "" for dates of its own */
  char *category; /* the first one */
  int priority; /* 0 for none */
  GPtrArray *attendees; /* of char *: e-mail addresses, the organiser's too */

  CrmIcalendarTime start, end, due, created, instance; /* of a series: which of them this one is */
  gboolean has_start, has_end, has_due, has_created, has_instance;
  gint64 duration; /* seconds, -1 for none */
  CrmIcalendarTime reminder;
  gint64 reminder_offset; /* seconds from when it is due; where there is no time */
  gboolean has_reminder, has_reminder_offset;
  gboolean is_completed;

  GPtrArray *problems; /* of char *: sentences for people */
} CrmIcalendarEntry;

/**
 * CrmIcalendarParser:
 *
 * Goes through calendars, of which a file may have several behind each other.
 */
typedef struct _CrmIcalendarParser CrmIcalendarParser;

/* @encoding: (nullable): of letters of which nothing is said, see crm_content_reader_guess_encoding() */
CrmIcalendarParser *crm_icalendar_parser_new (const char *path,
                                              const char *encoding,
                                              GCancellable *cancellable,
                                              GError **error);
/* Once all was read; %NULL where nothing is to be guessed */
const char *crm_icalendar_parser_guess_encoding (CrmIcalendarParser *self);
void crm_icalendar_parser_free (CrmIcalendarParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIcalendarParser, crm_icalendar_parser_free)

/**
 * crm_icalendar_parser_next:
 * @entry: (out) (transfer full) (nullable)
 * @problem: (out) (transfer full) (nullable): what is wrong with line @line, which is in no entry
 *
 * Returns: %FALSE without @error at the end of the file; else with an entry or a problem
 */
gboolean crm_icalendar_parser_next (CrmIcalendarParser *self,
                                    CrmIcalendarEntry **entry,
                                    char **problem,
                                    gint64 *line,
                                    GError **error);

void crm_icalendar_entry_free (CrmIcalendarEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIcalendarEntry, crm_icalendar_entry_free)

G_END_DECLS
