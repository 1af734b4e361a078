/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A calendar as a table. */

#include "config.h"

#include "crm-icalendar-reader-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-icalendar-entry-private.h"
#include "crm-icalendar-private.h"

#define DAY 86400

static gboolean
recognise (const char *head, gsize size, const char *path)
{
  return crm_content_is_start_of (head, size, "VCALENDAR");
}

/* Looks through the file once. @encoding: (out) (optional): of letters of which nothing is said */
static gboolean
count (const char *path,
       guint n[2],
       const char **encoding,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (CrmIcalendarParser) parser = crm_icalendar_parser_new (path, NULL, cancellable, error);
  g_autoptr (GError) local_error = NULL;

  if (parser == NULL)
    return FALSE;

  for (;;)
    {
      g_autoptr (CrmIcalendarEntry) entry = NULL;
      g_autofree char *problem = NULL;
      gint64 line;

      if (!crm_icalendar_parser_next (parser, &entry, &problem, &line, &local_error))
        break;
      if (entry != NULL)
        n[entry->kind]++;
    }
  if (encoding != NULL)
    *encoding = crm_icalendar_parser_guess_encoding (parser);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static GStrv
list_parts (const char *path, GCancellable *cancellable, GError **error)
{
  const char *const parts[] = { _ ("Activities"), _ ("Tasks"), NULL };
  guint n[2] = { 0 };

  if (!count (path, n, NULL, cancellable, error) || n[CRM_ICALENDAR_EVENT] == 0 ||
      n[CRM_ICALENDAR_TASK] == 0)
    return NULL;

  return g_strdupv ((char **) parts);
}

static void
add_columns (CrmTableWriter *writer, CrmIcalendarKind kind)
{
  crm_table_writer_add_column (writer, _ ("UID"), "id");
  crm_table_writer_add_column (writer, _ ("Kind"), "kind");
  if (kind == CRM_ICALENDAR_EVENT)
    {
      crm_table_writer_add_column (writer, _ ("Subject"), "subject");
      crm_table_writer_add_column (writer, _ ("Text"), "body");
      crm_table_writer_add_column (writer, _ ("When"), "when");
      crm_table_writer_add_column (writer, _ ("Minutes"), "minutes");
      crm_table_writer_add_column (writer, _ ("Outcome"), "outcome");
    }
  else
    {
      crm_table_writer_add_column (writer, _ ("Title"), "title");
      crm_table_writer_add_column (writer, _ ("Text"), "body");
      crm_table_writer_add_column (writer, _ ("Due"), "due");
      crm_table_writer_add_column (writer, _ ("Reminder"), "remind");
      crm_table_writer_add_column (writer, _ ("Repeat"), "repeat");
      crm_table_writer_add_column (writer, _ ("Status"), "status");
      crm_table_writer_add_column (writer, _ ("Priority"), "priority");
    }
  crm_table_writer_add_column (writer, _ ("About"), "about");
  crm_table_writer_add_column (writer, _ ("Created"), "created_at");
}

/* An exception of a series has its UID. */
static char *
make_uid (const CrmIcalendarEntry *entry)
{
  g_autofree char *instance = NULL;

  if (entry->uid == NULL || !entry->has_instance)
    return g_strdup (entry->uid);
  instance = crm_icalendar_time_to_text (&entry->instance);

  return g_strconcat (entry->uid, "/", instance, NULL);
}

/* One of the kinds that there are here, or @other */
static char *
make_kind (const CrmIcalendarEntry *entry, const char *const *kinds, const char *other)
{
  g_autofree char *category = entry->category != NULL ? g_ascii_strdown (entry->category, -1)
                                                      : NULL;

  if (category != NULL && g_strv_contains (kinds, category))
    return g_steal_pointer (&category);

  return g_strdup (other);
}

/* Where it is has no field of its own. */
static char *
make_body (const CrmIcalendarEntry *entry)
{
  GString *body = g_string_new (entry->description);

  if (entry->location != NULL && strstr (body->str, entry->location) == NULL)
    {
      g_string_append_printf (body, "%s", body->len > 0 ? "\n" : "");
      g_string_append_printf (body, _ ("Place: %s"), entry->location);
    }
  if (entry->url != NULL && strstr (body->str, entry->url) == NULL)
    g_string_append_printf (body, "%s%s", body->len > 0 ? "\n" : "", entry->url);

  return g_string_free (body, FALSE);
}

/* A day without an end or a length is a whole one. */
static char *
make_minutes (const CrmIcalendarEntry *entry)
{
  gint64 seconds = entry->duration;

  if (entry->has_end && entry->has_start)
    seconds = entry->end.moment - entry->start.moment;
  else if (seconds < 0 && entry->has_start && entry->start.is_date)
    seconds = DAY;

  return seconds > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, seconds / 60) : NULL;
}

static gboolean
get_due (const CrmIcalendarEntry *entry, CrmIcalendarTime *due)
{
  if (entry->has_due)
    *due = entry->due;
  else if (entry->has_start && entry->duration >= 0)
    {
      *due = entry->start;
      due->moment += entry->duration;
    }
  else
    return FALSE;

  return TRUE;
}

static char *
make_reminder (const CrmIcalendarEntry *entry)
{
  CrmIcalendarTime reminder;

  if (entry->has_reminder)
    return crm_icalendar_time_to_text (&entry->reminder);
  if (!entry->has_reminder_offset || !get_due (entry, &reminder))
    return NULL;

  reminder.moment += entry->reminder_offset;
  reminder.is_date = FALSE;

  return crm_icalendar_time_to_text (&reminder);
}

static const char *
get_status (const CrmIcalendarEntry *entry, CrmTableWriter *writer)
{
  const char *status = entry->status != NULL ? crm_icalendar_find_status (entry->status) : NULL;

  if (g_strcmp0 (entry->status, "CANCELLED") == 0)
    {
      crm_table_writer_add_problem (writer, entry->number,
                                    _ ("This task was cancelled; it is done here."));
      return "done";
    }

  return entry->is_completed ? "done" : status;
}

static const char *
get_repeat (const CrmIcalendarEntry *entry)
{
  return entry->rule != NULL ? crm_icalendar_find_rule (entry->rule) : NULL;
}

static void
tell_problems (const CrmIcalendarEntry *entry, CrmTableWriter *writer)
{
  for (guint i = 0; i < entry->problems->len; i++)
    crm_table_writer_add_problem (writer, entry->number, g_ptr_array_index (entry->problems, i));

  if (entry->rule == NULL)
    return;
  if (entry->kind == CRM_ICALENDAR_EVENT)
    crm_table_writer_add_problem (writer, entry->number,
                                  _ ("This event is repeated; the first one was taken."));
  else if (get_repeat (entry) == NULL)
    crm_table_writer_add_problem (writer, entry->number,
                                  _ ("This task is repeated in a way that tasks here cannot be; it "
                                     "was taken once."));
}

static char *
make_list (GPtrArray *texts)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ";" : "",
                            (const char *) g_ptr_array_index (texts, i));

  return g_string_free (list, FALSE);
}

static gboolean
write_event (const CrmIcalendarEntry *entry, CrmTableWriter *writer, GError **error)
{
  static const char *const kinds[] = { "call", "meeting", "message", NULL };
  g_autofree char *uid = make_uid (entry);
  g_autofree char *kind = make_kind (entry, kinds, "meeting");
  g_autofree char *body = make_body (entry);
  g_autofree char *when = entry->has_start ? crm_icalendar_time_to_text (&entry->start) : NULL;
  g_autofree char *minutes = make_minutes (entry);
  g_autofree char *about = make_list (entry->attendees);
  g_autofree char *created = entry->has_created ? crm_icalendar_time_to_text (&entry->created)
                                                : NULL;
  const char *const cells[] = {
    uid,
    kind,
    entry->summary,
    body,
    when,
    minutes,
    g_strcmp0 (entry->status, "CANCELLED") == 0 ? "cancelled" : NULL,
    about,
    created,
  };

  return crm_table_writer_add_row (writer, entry->number, cells, G_N_ELEMENTS (cells), error);
}

static gboolean
write_task (const CrmIcalendarEntry *entry, CrmTableWriter *writer, GError **error)
{
  static const char *const kinds[] = { "to_do", "call", "email", "meeting", NULL };
  CrmIcalendarTime time;
  g_autofree char *uid = make_uid (entry);
  g_autofree char *kind = make_kind (entry, kinds, NULL);
  g_autofree char *body = make_body (entry);
  g_autofree char *due = get_due (entry, &time) ? crm_icalendar_time_to_local_text (&time) : NULL;
  g_autofree char *reminder = make_reminder (entry);
  g_autofree char *about = make_list (entry->attendees);
  g_autofree char *created = entry->has_created ? crm_icalendar_time_to_text (&entry->created)
                                                : NULL;
  const char *const cells[] = {
    uid,
    kind,
    entry->summary,
    body,
    due,
    reminder,
    get_repeat (entry),
    get_status (entry, writer),
    crm_icalendar_find_priority (entry->priority),
    about,
    created,
  };

  return crm_table_writer_add_row (writer, entry->number, cells, G_N_ELEMENTS (cells), error);
}

static gboolean
convert (const char *path,
         const char *part,
         CrmTableWriter *writer,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (CrmIcalendarParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  CrmIcalendarKind kind = CRM_ICALENDAR_EVENT;
  const char *encoding = NULL;
  guint n[2] = { 0 };

  if (!count (path, n, &encoding, cancellable, error))
    return FALSE;
  if (part != NULL ? strcmp (part, _ ("Tasks")) == 0 : n[CRM_ICALENDAR_EVENT] == 0)
    kind = CRM_ICALENDAR_TASK;
  add_columns (writer, kind);
  if (encoding != NULL)
    {
      g_autofree char *problem = g_strdup_printf (
          _ ("The file does not say how some letters are written; they were read as %s."),
          encoding);

      crm_table_writer_add_problem (writer, 1, problem);
    }

  parser = crm_icalendar_parser_new (path, encoding, cancellable, error);
  if (parser == NULL)
    return FALSE;
  for (;;)
    {
      g_autoptr (CrmIcalendarEntry) entry = NULL;
      g_autofree char *problem = NULL;
      gint64 line;

      if (!crm_icalendar_parser_next (parser, &entry, &problem, &line, &local_error))
        break;
      if (problem != NULL)
        crm_table_writer_add_problem (writer, line, problem);
      if (entry == NULL || entry->kind != kind)
        continue;
      tell_problems (entry, writer);
      if (!(kind == CRM_ICALENDAR_EVENT ? write_event (entry, writer, error)
                                        : write_task (entry, writer, error)))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

const CrmTableConverter crm_icalendar_converter = {
  .format = CRM_TABLE_ICALENDAR,
  .recognise = recognise,
  .list_parts = list_parts,
  .convert = convert,
};
