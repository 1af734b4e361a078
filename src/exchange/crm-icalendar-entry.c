/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-icalendar-entry-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-text.h"

#define MAX_ATTENDEES 200

/* In an entry */
#define MAX_PROBLEMS 20

struct _CrmIcalendarParser
{
  CrmContentReader *reader;
  CrmIcalendarZones *zones;
};

static void
add_problem (CrmIcalendarEntry *entry, char *problem)
{
  if (entry->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (entry->problems, problem);
  else
    g_free (problem);
}

/* Unescaped; %NULL where nothing is left */
static char *
get_text (const CrmContentLine *line)
{
  g_auto (GStrv) parts = crm_content_split (line->value, '\0');
  char *text = g_strstrip (g_strdup (parts[0]));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

static void
take_text (char **target, const CrmContentLine *line)
{
  if (*target == NULL)
    *target = get_text (line);
}

static void
take_time (CrmIcalendarParser *self,
           CrmIcalendarEntry *entry,
           const CrmContentLine *line,
           CrmIcalendarTime *time,
           gboolean *has_time)
{
  g_autofree char *quoted = NULL;
  const char *zone;

  if (*has_time)
    return;
  *has_time = crm_icalendar_zones_parse (self->zones, line, time);
  if (*has_time)
    return;

  zone = crm_content_line_get_param (line, "TZID");
  quoted = crm_text_quote (zone != NULL ? zone : line->value);
  add_problem (entry,
               zone != NULL
                   ? g_strdup_printf (_ ("The time zone “%s” or the time in it is not known; "
                                         "the time was left out."),
                                      quoted)
                   : g_strdup_printf (_ ("“%s” is no time; it was left out."), quoted));
}

static void
take_attendee (CrmIcalendarEntry *entry, const CrmContentLine *line)
{
  const char *email = crm_content_line_get_param (line, "EMAIL");
  const char *value = line->value;
  g_autofree char *address = NULL;

  if (g_ascii_strncasecmp (value, "mailto:", 7) == 0)
    value += 7;
  else if (email != NULL)
    value = email;
  address = crm_email_normalise (value, NULL, NULL);
  if (address == NULL || entry->attendees->len >= MAX_ATTENDEES)
    return;
  for (guint i = 0; i < entry->attendees->len; i++)
    if (strcmp (g_ptr_array_index (entry->attendees, i), address) == 0)
      return;
  g_ptr_array_add (entry->attendees, g_steal_pointer (&address));
}

static void
take_category (CrmIcalendarEntry *entry, const CrmContentLine *line)
{
  g_auto (GStrv) categories = crm_content_split (line->value, ',');

  if (entry->category == NULL)
    entry->category = g_strdup (g_strstrip (categories[0]));
}

static void
take_rule (CrmIcalendarEntry *entry, const CrmContentLine *line)
{
  g_free (entry->rule);
  entry->rule = strcmp (line->name, "RRULE") == 0 ? g_strdup (line->value) : g_strdup ("");
}

static void
take_duration (CrmIcalendarEntry *entry, const CrmContentLine *line)
{
  gint64 seconds;

  if (entry->duration < 0 && crm_icalendar_parse_duration (line->value, &seconds) && seconds >= 0)
    entry->duration = seconds;
}

static void
take (CrmIcalendarParser *self, CrmIcalendarEntry *entry, const CrmContentLine *line)
{
  const char *name = line->name;

  if (strcmp (name, "UID") == 0)
    take_text (&entry->uid, line);
  else if (strcmp (name, "SUMMARY") == 0)
    take_text (&entry->summary, line);
  else if (strcmp (name, "DESCRIPTION") == 0)
    take_text (&entry->description, line);
  else if (strcmp (name, "LOCATION") == 0)
    take_text (&entry->location, line);
  else if (strcmp (name, "URL") == 0)
    take_text (&entry->url, line);
  else if (strcmp (name, "STATUS") == 0 && entry->status == NULL)
    entry->status = g_ascii_strup (line->value, -1);
  else if (strcmp (name, "PRIORITY") == 0)
    entry->priority = (int) CLAMP (g_ascii_strtoll (line->value, NULL, 10), 0, 9);
  else if (strcmp (name, "COMPLETED") == 0)
    entry->is_completed = TRUE;
  else if (strcmp (name, "PERCENT-COMPLETE") == 0)
    entry->is_completed = entry->is_completed || strcmp (line->value, "100") == 0;
  else if (strcmp (name, "ATTENDEE") == 0 || strcmp (name, "ORGANIZER") == 0)
    take_attendee (entry, line);
  else if (strcmp (name, "CATEGORIES") == 0)
    take_category (entry, line);
  else if (strcmp (name, "RRULE") == 0 || strcmp (name, "RDATE") == 0)
    take_rule (entry, line);
  else if (strcmp (name, "DURATION") == 0)
    take_duration (entry, line);
  else if (strcmp (name, "DTSTART") == 0)
    take_time (self, entry, line, &entry->start, &entry->has_start);
  else if (strcmp (name, "DTEND") == 0)
    take_time (self, entry, line, &entry->end, &entry->has_end);
  else if (strcmp (name, "DUE") == 0)
    take_time (self, entry, line, &entry->due, &entry->has_due);
  else if (strcmp (name, "CREATED") == 0)
    take_time (self, entry, line, &entry->created, &entry->has_created);
  else if (strcmp (name, "RECURRENCE-ID") == 0)
    take_time (self, entry, line, &entry->instance, &entry->has_instance);
}

/* The first alarm is the reminder. */
static void
take_trigger (CrmIcalendarParser *self, CrmIcalendarEntry *entry, const CrmContentLine *line)
{
  if (strcmp (line->name, "TRIGGER") != 0 || entry->has_reminder || entry->has_reminder_offset)
    return;

  entry->has_reminder = crm_icalendar_zones_parse (self->zones, line, &entry->reminder);
  if (!entry->has_reminder)
    entry->has_reminder_offset = crm_icalendar_parse_duration (line->value,
                                                               &entry->reminder_offset);
}

static gboolean
is_mark (const CrmContentLine *line, const char *name, const char *component)
{
  return line != NULL && strcmp (line->name, name) == 0 &&
         g_ascii_strcasecmp (line->value, component) == 0;
}

static gboolean
is_begin (const CrmContentLine *line)
{
  return line != NULL && strcmp (line->name, "BEGIN") == 0;
}

static char *
describe_line (CrmIcalendarParser *self, gint64 number)
{
  g_autofree char *text = crm_text_quote (crm_content_reader_get_text (self->reader));

  return g_strdup_printf (_ ("Line %" PRId64 ", “%s”, is not part of any entry that can be read; "
                             "it was left out."),
                          number, text);
}

static CrmIcalendarEntry *
new_entry (CrmIcalendarKind kind, gint64 number)
{
  CrmIcalendarEntry *entry = g_new0 (CrmIcalendarEntry, 1);

  entry->kind = kind;
  entry->number = number;
  entry->duration = -1;
  entry->attendees = g_ptr_array_new_with_free_func (g_free);
  entry->problems = g_ptr_array_new_with_free_func (g_free);

  return entry;
}

/* Up to the end of the entry that has begun. What begins within it is an alarm, unless it is the next entry: then
 * the end is missing. */
static gboolean
read_entry (CrmIcalendarParser *self, CrmIcalendarEntry *entry, GError **error)
{
  guint depth = 1;

  while (depth > 0)
    {
      g_autoptr (CrmContentLine) line = NULL;
      g_autoptr (GError) local_error = NULL;
      gint64 number;

      if (!crm_content_reader_next (self->reader, &line, &number, &local_error))
        {
          add_problem (entry,
                       g_strdup (_ ("The file ends within this entry; look whether all of it "
                                    "is here.")));
          if (local_error == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      if (is_mark (line, "BEGIN", "VEVENT") || is_mark (line, "BEGIN", "VTODO") ||
          is_mark (line, "END", "VCALENDAR"))
        {
          add_problem (entry, g_strdup (_ ("This entry has no end; look whether all of it is "
                                           "here.")));
          crm_content_reader_unread (self->reader);
          return TRUE;
        }
      if (is_begin (line))
        depth++;
      else if (line != NULL && strcmp (line->name, "END") == 0)
        depth--;
      else if (line == NULL)
        add_problem (entry, describe_line (self, number));
      else if (depth == 1)
        take (self, entry, line);
      else
        take_trigger (self, entry, line);
    }

  return TRUE;
}

/* What begins with @line and is neither an event nor a task */
static gboolean
pass_over (CrmIcalendarParser *self, const CrmContentLine *begin, GError **error)
{
  gboolean is_zone = is_mark (begin, "BEGIN", "VTIMEZONE");
  g_autoptr (CrmContentLine) line = NULL;
  gint64 number;

  while (crm_content_reader_next (self->reader, &line, &number, error))
    {
      if (is_mark (line, "END", "VCALENDAR"))
        {
          crm_content_reader_unread (self->reader);
          return TRUE;
        }
      if (is_zone && line != NULL)
        crm_icalendar_zones_take (self->zones, line);
      if (is_mark (line, "END", begin->value))
        return TRUE;
      g_clear_pointer (&line, crm_content_line_free);
    }

  return FALSE;
}

CrmIcalendarParser *
crm_icalendar_parser_new (const char *path,
                          const char *encoding,
                          GCancellable *cancellable,
                          GError **error)
{
  CrmContentReader *reader = crm_content_reader_new (path, cancellable, error);
  CrmIcalendarParser *self;

  if (reader == NULL)
    return NULL;
  self = g_new0 (CrmIcalendarParser, 1);
  self->reader = reader;
  if (encoding != NULL)
    crm_content_reader_set_fallback (reader, encoding);
  self->zones = crm_icalendar_zones_new ();

  return self;
}

const char *
crm_icalendar_parser_guess_encoding (CrmIcalendarParser *self)
{
  g_assert (self != NULL);

  return crm_content_reader_has_guessed (self->reader)
             ? crm_content_reader_guess_encoding (self->reader)
             : NULL;
}

void
crm_icalendar_parser_free (CrmIcalendarParser *self)
{
  if (self == NULL)
    return;

  crm_content_reader_free (self->reader);
  crm_icalendar_zones_free (self->zones);
  g_free (self);
}

gboolean
crm_icalendar_parser_next (CrmIcalendarParser *self,
                           CrmIcalendarEntry **entry,
                           char **problem,
                           gint64 *number,
                           GError **error)
{
  g_assert (self != NULL);

  *entry = NULL;
  *problem = NULL;
  for (;;)
    {
      g_autoptr (CrmContentLine) line = NULL;
      gboolean is_event;

      if (!crm_content_reader_next (self->reader, &line, number, error))
        return FALSE;
      is_event = is_mark (line, "BEGIN", "VEVENT");
      if (is_event || is_mark (line, "BEGIN", "VTODO"))
        {
          *entry = new_entry (is_event ? CRM_ICALENDAR_EVENT : CRM_ICALENDAR_TASK, *number);
          if (read_entry (self, *entry, error))
            return TRUE;
          g_clear_pointer (entry, crm_icalendar_entry_free);
          return FALSE;
        }
      if (line == NULL)
        {
          *problem = describe_line (self, *number);
          return TRUE;
        }
      if (strcmp (line->name, "X-WR-TIMEZONE") == 0)
        crm_icalendar_zones_set_default (self->zones, line->value);
      if (!is_begin (line) || is_mark (line, "BEGIN", "VCALENDAR"))
        continue;
      if (!pass_over (self, line, error))
        return FALSE;
      if (!is_mark (line, "BEGIN", "VTIMEZONE"))
        {
          *problem = g_strdup (_ ("This is neither an event nor a task; it was left out."));
          return TRUE;
        }
    }
}

void
crm_icalendar_entry_free (CrmIcalendarEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->summary);
  g_free (self->description);
  g_free (self->location);
  g_free (self->url);
  g_free (self->status);
  g_free (self->rule);
  g_free (self->category);
  g_ptr_array_unref (self->attendees);
  g_ptr_array_unref (self->problems);
  g_free (self);
}
