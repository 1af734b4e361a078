/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-icalendar-writer.h"

#include <string.h>

#include "crm-content-line-private.h"
#include "crm-icalendar-private.h"

/* Characters of "2026-05-12" */
#define DATE_LENGTH 10

typedef struct
{
  GString *out;
  CrmStore *store;
  const CrmRecord *record;
} Entry;

static CrmValue *
get_value (const Entry *self, const char *field_name, CrmValueShape shape)
{
  CrmValue *value = crm_record_get_value_by_name (self->record, field_name);

  return value != NULL && crm_value_get_shape (value) == shape ? value : NULL;
}

static const char *
get_text (const Entry *self, const char *field_name)
{
  CrmValue *value = get_value (self, field_name, CRM_VALUE_TEXT);

  return value != NULL ? crm_value_get_text (value) : NULL;
}

/* The API name of the chosen option */
static const char *
get_option (const Entry *self, const char *field_name)
{
  CrmValue *value = get_value (self, field_name, CRM_VALUE_ITEMS);
  const CrmOption *option = NULL;

  if (value != NULL)
    option = crm_catalogue_get_option (crm_store_get_catalogue (self->store),
                                       crm_value_get_integer (value));

  return option != NULL ? option->name : NULL;
}

static void
append_moment (const Entry *self, const char *name, gint64 ms)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (ms / 1000);
  g_autofree char *text = moment != NULL ? g_date_time_format (moment, "%Y%m%dT%H%M%SZ") : NULL;

  crm_content_append_text (self->out, name, text);
}

/* "2026-05-12" or "2026-05-12T14:30" */
static void
append_date (const Entry *self, const char *name, const char *iso)
{
  gboolean has_time = strlen (iso) > DATE_LENGTH;
  g_autofree char *start = has_time ? g_strdup (name) : g_strconcat (name, ";VALUE=DATE", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = iso; *p != '\0'; p++)
    if (*p != '-' && *p != ':')
      g_string_append_c (text, *p);
  if (has_time)
    g_string_append (text, "00");
  crm_content_append_text (self->out, start, text->str);
}

/* The time stamp is that of the creation: equal records are equal entries. */
static void
append_start (const Entry *self, const char *component, const char *title)
{
  CrmValue *created = get_value (self, "created_at", CRM_VALUE_INTEGER);
  const char *external_id = get_text (self, "external_id");
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, crm_record_get_id (self->record));

  g_string_append_printf (self->out, "BEGIN:%s\r\n", component);
  crm_content_append_text (self->out, "UID", external_id != NULL ? external_id : id);
  append_moment (self, "DTSTAMP", created != NULL ? crm_value_get_integer (created) : 0);
  if (created != NULL)
    append_moment (self, "CREATED", crm_value_get_integer (created));
  crm_content_append_text (self->out, "SUMMARY", title);
}

static void
append_end (const Entry *self, const char *component)
{
  g_string_append_printf (self->out, "END:%s\r\n", component);
}

/* What no parameter can have in it is left out of it. */
static void
append_attendee (const Entry *self, const CrmRecord *person)
{
  CrmValue *emails = crm_record_get_value_by_name (person, "emails");
  g_autofree char *name = g_strdup (crm_record_get_label (person));
  g_autofree char *line = NULL;

  if (emails == NULL || crm_value_get_shape (emails) != CRM_VALUE_ITEMS)
    return;

  for (char *p = name; *p != '\0'; p++)
    if (*p == '"' || g_ascii_iscntrl (*p))
      *p = ' ';
  line = g_strdup_printf ("ATTENDEE;CN=\"%s\":mailto:%s", name, crm_value_get_text (emails));
  crm_content_append_folded (self->out, line);
}

static gboolean
append_attendees (const Entry *self, GCancellable *cancellable, GError **error)
{
  CrmValue *about = get_value (self, "about", CRM_VALUE_ITEMS);
  guint n = about != NULL ? crm_value_get_n_items (about) : 0;

  for (guint i = 0; i < n; i++)
    {
      const CrmItem *item = crm_value_get_item (about, i);
      g_autoptr (CrmRecord) record = NULL;

      /* Those to what is in the trash have no label. */
      if (item->text == NULL)
        continue;
      record = crm_store_get_record (self->store, item->id, TRUE, cancellable, error);
      if (record == NULL)
        return FALSE;
      append_attendee (self, record);
    }

  return TRUE;
}

static gboolean
append_activity (const Entry *self, GCancellable *cancellable, GError **error)
{
  CrmValue *when = get_value (self, "when", CRM_VALUE_INTEGER);
  CrmValue *minutes = get_value (self, "minutes", CRM_VALUE_INTEGER);
  const char *outcome = get_option (self, "outcome");

  if (when == NULL)
    return TRUE;

  append_start (self, "VEVENT", crm_record_get_label (self->record));
  append_moment (self, "DTSTART", crm_value_get_integer (when));
  if (minutes != NULL && crm_value_get_integer (minutes) > 0)
    g_string_append_printf (self->out, "DURATION:PT%" G_GINT64_FORMAT "M\r\n",
                            crm_value_get_integer (minutes));
  crm_content_append_text (self->out, "DESCRIPTION", get_text (self, "body"));
  crm_content_append_text (self->out, "CATEGORIES", get_option (self, "kind"));
  if (g_strcmp0 (outcome, "cancelled") == 0)
    crm_content_append_text (self->out, "STATUS", "CANCELLED");
  if (!append_attendees (self, cancellable, error))
    return FALSE;
  append_end (self, "VEVENT");

  return TRUE;
}

static void
append_reminder (const Entry *self)
{
  CrmValue *remind = get_value (self, "remind", CRM_VALUE_INTEGER);

  if (remind == NULL)
    return;

  g_string_append (self->out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
  crm_content_append_text (self->out, "DESCRIPTION", crm_record_get_label (self->record));
  append_moment (self, "TRIGGER;VALUE=DATE-TIME", crm_value_get_integer (remind));
  g_string_append (self->out, "END:VALARM\r\n");
}

static gboolean
append_task (const Entry *self, GCancellable *cancellable, GError **error)
{
  const char *due = get_text (self, "due");
  const char *status = get_option (self, "status");
  const char *priority = get_option (self, "priority");
  const char *repeat = get_option (self, "repeat");

  append_start (self, "VTODO", crm_record_get_label (self->record));
  if (due != NULL)
    append_date (self, "DUE", due);
  crm_content_append_text (self->out, "DESCRIPTION", get_text (self, "body"));
  if (status != NULL)
    crm_content_append_text (self->out, "STATUS", crm_icalendar_get_status (status));
  if (priority != NULL && crm_icalendar_get_priority (priority) > 0)
    g_string_append_printf (self->out, "PRIORITY:%d\r\n", crm_icalendar_get_priority (priority));
  if (repeat != NULL && crm_icalendar_get_rule (repeat) != NULL)
    g_string_append_printf (self->out, "RRULE:%s\r\n", crm_icalendar_get_rule (repeat));
  crm_content_append_text (self->out, "CATEGORIES", get_option (self, "kind"));
  if (!append_attendees (self, cancellable, error))
    return FALSE;
  append_reminder (self);
  append_end (self, "VTODO");

  return TRUE;
}

static gboolean
append_deal (const Entry *self, GCancellable *cancellable, GError **error)
{
  const char *close_date = get_text (self, "close_date");

  if (close_date == NULL)
    return TRUE;

  append_start (self, "VEVENT", crm_record_get_label (self->record));
  append_date (self, "DTSTART", close_date);
  crm_content_append_text (self->out, "DESCRIPTION", get_text (self, "description"));
  crm_content_append_text (self->out, "TRANSP", "TRANSPARENT");
  append_end (self, "VEVENT");

  return TRUE;
}

static const struct
{
  const char *type;
  gboolean (*append) (const Entry *self, GCancellable *cancellable, GError **error);
} entries[] = {
  { "activities", append_activity },
  { "tasks", append_task },
  { "deals", append_deal },
};

gboolean
crm_icalendar_can_write (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (type->standard && strcmp (entries[i].type, type->name) == 0)
      return TRUE;

  return FALSE;
}

void
crm_icalendar_append_start (GString *out)
{
  g_return_if_fail (out != NULL);

  g_string_append (out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
  g_string_append (out, "PRODID:" CRM_CONTENT_PRODUCT "\r\n");
}

void
crm_icalendar_append_end (GString *out)
{
  g_return_if_fail (out != NULL);

  g_string_append (out, "END:VCALENDAR\r\n");
}

gboolean
crm_icalendar_append (GString *out,
                      CrmStore *store,
                      const CrmRecord *record,
                      GCancellable *cancellable,
                      GError **error)
{
  const Entry self = { out, store, record };
  const CrmRecordType *type;
  gsize start;

  g_return_val_if_fail (out != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  type = crm_record_get_record_type (record);
  start = out->len;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (type->standard && strcmp (entries[i].type, type->name) == 0)
      {
        if (entries[i].append (&self, cancellable, error))
          return TRUE;
        g_string_truncate (out, start);
        return FALSE;
      }

  g_return_val_if_reached (FALSE);
}
