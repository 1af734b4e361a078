/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-agenda.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "crm-error.h"
#include "crm-query-private.h"
#include "crm-tables.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
/* All zones are whole quarters of an hour from UTC, so a moment's day is that of its quarter. */
#define QUARTER_MS (15 * MINUTE_MS)
#define N_QUARTERS 4096 /* a power of two */
#define START_OF_WORK (9 * 60 * MINUTE_MS)

/* A day and a month of any year, of "2026-05-12" as of "--05-12" */
#define MONTH_AND_DAY "substr (r." CRM_VALUE_COLUMN ", -5)"

/* A stretch of time for which day and minute are known; what SQLite gives is in no order of time */
typedef struct
{
  gint64 number;
  guint32 day; /* 0: nothing is known here */
  gint32 minute;
} Quarter;

typedef struct
{
  CrmQuery *query;
  CrmStore *store;
  const CrmField *field;
  GTimeZone *zone;
  guint32 first;
  guint32 after;
  guint limit;
  GArray *entries; /* of CrmAgendaEntry, as they come */
  Quarter *quarters;
} Run;

/* Days */

static void
set_day (GDate *date, guint32 day)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, day);
}

void
crm_agenda_write_day (guint32 day, char iso[11])
{
  GDate date;

  g_return_if_fail (day >= CRM_AGENDA_FIRST_DAY && day <= CRM_AGENDA_LAST_DAY);

  set_day (&date, day);
  g_snprintf (iso, 11, "%04u-%02u-%02u", (guint) g_date_get_year (&date) % 10000,
              (guint) g_date_get_month (&date) % 100, (guint) g_date_get_day (&date) % 100);
}

/* Of ISO text with a year; 0 for none */
static guint32
read_day (const char *iso)
{
  GDate date;
  guint year, month, day;

  if (sscanf (iso, "%4u-%2u-%2u", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return g_date_get_julian (&date);
}

guint32
crm_agenda_get_day_of_moment (gint64 ms, GTimeZone *zone)
{
  char iso[11];

  g_return_val_if_fail (zone != NULL, 0);

  crm_moment_get_date (ms, zone, iso);

  return read_day (iso);
}

/* Reading */

static void
add (Run *run, gint64 id, guint32 day, gint32 minute)
{
  CrmAgendaEntry entry = { id, day, minute };

  if (day >= run->first && day < run->after)
    g_array_append_val (run->entries, entry);
}

/* "--05-12" and "1976-05-12", on that day of each year */
static void
add_yearly (Run *run, gint64 id, const char *iso)
{
  guint year = 0, month, day;
  GDate date;

  if (sscanf (iso, *iso == '-' ? "--%2u-%2u" : "%*4u-%2u-%2u", &month, &day) != 2)
    return;
  if (*iso != '-')
    year = (guint) g_ascii_strtoull (iso, NULL, 10);

  set_day (&date, run->first);
  year = MAX (year, g_date_get_year (&date));
  for (; year < 10000; year++)
    {
      gboolean clipped = month == 2 && day == 29 && !g_date_is_leap_year ((GDateYear) year);

      if (!g_date_valid_dmy ((GDateDay) (clipped ? 28 : day), (GDateMonth) month, (GDateYear) year))
        return;
      g_date_set_dmy (&date, (GDateDay) (clipped ? 28 : day), (GDateMonth) month, (GDateYear) year);
      if (g_date_get_julian (&date) >= run->after)
        return;
      add (run, id, g_date_get_julian (&date), -1);
    }
}

static void
add_date (Run *run, gint64 id, const char *iso)
{
  guint hour, minute;

  if (strlen (iso) < 10)
    return;

  add (run, id, read_day (iso),
       sscanf (iso + 10, "T%2u:%2u", &hour, &minute) == 2 ? (gint32) (hour * 60 + minute) : -1);
}

static void
add_moment (Run *run, gint64 id, gint64 ms)
{
  gint64 number = ms / QUARTER_MS - (ms % QUARTER_MS < 0 ? 1 : 0);
  Quarter *quarter = &run->quarters[(gsize) number % N_QUARTERS];

  if (quarter->day == 0 || quarter->number != number)
    {
      quarter->number = number;
      quarter->day = crm_agenda_get_day_of_moment (number * QUARTER_MS, run->zone);
      quarter->minute = (gint32) (crm_moment_get_time (number * QUARTER_MS, run->zone) / MINUTE_MS);
    }

  add (run, id, quarter->day, quarter->minute + (gint32) ((ms - number * QUARTER_MS) / MINUTE_MS));
}

static void
append_yearly_condition (Run *run, CrmCompiler *compiler, GString *sql)
{
  gint64 id = run->field->id;
  char first[11];
  char after[11];

  /* Any day is in a whole year */
  if (run->after - run->first >= 365 || run->after > CRM_AGENDA_LAST_DAY)
    {
      g_string_append_printf (sql, " AND r." CRM_VALUE_COLUMN " IS NOT NULL", id);
      return;
    }

  crm_agenda_write_day (run->first, first);
  crm_agenda_write_day (run->after, after);
  g_string_append_printf (sql, " AND (" MONTH_AND_DAY " >= ", id);
  crm_compiler_append_text (compiler, first + 5, sql);
  g_string_append_printf (sql, " %s " MONTH_AND_DAY " < ",
                          strcmp (first + 5, after + 5) <= 0 ? "AND" : "OR", id);
  crm_compiler_append_text (compiler, after + 5, sql);
  g_string_append_c (sql, ')');
}

static void
append_condition (Run *run, CrmCompiler *compiler, GString *sql)
{
  gint64 id = run->field->id;
  guint32 bounds[] = { run->first, run->after };

  if (crm_agenda_is_yearly (run->field))
    {
      append_yearly_condition (run, compiler, sql);
      return;
    }
  if (run->first <= CRM_AGENDA_FIRST_DAY && run->after > CRM_AGENDA_LAST_DAY)
    {
      g_string_append_printf (sql, " AND r." CRM_VALUE_COLUMN " IS NOT NULL", id);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      char iso[11];

      /* Nothing is behind the last day */
      if (bounds[i] > CRM_AGENDA_LAST_DAY)
        continue;
      crm_agenda_write_day (bounds[i], iso);
      g_string_append_printf (sql, " AND r." CRM_VALUE_COLUMN " %s ", id, i == 0 ? ">=" : "<");
      if (run->field->kind == CRM_KIND_DATETIME)
        crm_compiler_append_int (compiler, crm_date_get_start (iso, run->zone), sql);
      else
        crm_compiler_append_text (compiler, iso, sql);
    }
}

static gboolean
read_entries (CrmConnection *connection, gpointer data, GError **error)
{
  Run *run = data;
  g_auto (CrmCompiler) compiler = { NULL };
  g_autofree char *columns = g_strdup_printf ("r.id, r." CRM_VALUE_COLUMN, run->field->id);
  g_autoptr (GString) sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  crm_compiler_init (&compiler, run->store);
  sql = crm_query_compile (run->query, &compiler, columns, error);
  if (sql == NULL)
    return FALSE;
  append_condition (run, &compiler, sql);
  statement = crm_compiler_prepare (&compiler, connection, sql->str, error);
  if (statement == NULL)
    return FALSE;

  g_array_set_size (run->entries, 0);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      if (run->field->kind == CRM_KIND_DATETIME)
        add_moment (run, id, crm_statement_get_int (statement, 1));
      else if (crm_agenda_is_yearly (run->field))
        add_yearly (run, id, crm_statement_get_text (statement, 1));
      else
        add_date (run, id, crm_statement_get_text (statement, 1));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Putting in order */

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const CrmAgendaEntry *first = a;
  const CrmAgendaEntry *second = b;

  if (first->minute != second->minute)
    return first->minute < second->minute ? -1 : 1;

  return (first->id > second->id) - (first->id < second->id);
}

static void
sort_day (CrmAgendaEntry *entries, guint n)
{
  for (guint i = 1; i < n; i++)
    if (compare_entries (&entries[i - 1], &entries[i]) > 0)
      {
        qsort (entries, n, sizeof *entries, compare_entries);
        return;
      }
}

static void
find_ends (GArray *entries, guint32 *first, guint32 *last)
{
  *first = G_MAXUINT32;
  *last = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      guint32 day = g_array_index (entries, CrmAgendaEntry, i).day;

      *first = MIN (*first, day);
      *last = MAX (*last, day);
    }
}

/* Entries by day, and those of a day as they came: counted first, then each to its place */
static GArray *
distribute (GArray *entries, guint *ends, guint32 first, guint n_days)
{
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (CrmAgendaEntry), entries->len);
  guint end = 0;

  for (guint i = 0; i < entries->len; i++)
    ends[g_array_index (entries, CrmAgendaEntry, i).day - first]++;
  for (guint i = 0; i < n_days; i++)
    {
      guint n = ends[i];

      ends[i] = end;
      end += n;
    }
  g_array_set_size (sorted, entries->len);
  for (guint i = 0; i < entries->len; i++)
    {
      const CrmAgendaEntry *entry = &g_array_index (entries, CrmAgendaEntry, i);

      g_array_index (sorted, CrmAgendaEntry, ends[entry->day - first]++) = *entry;
    }

  return sorted;
}

static CrmAgenda *
put_together (Run *run)
{
  CrmAgenda *agenda = g_new0 (CrmAgenda, 1);
  g_autofree guint *ends = NULL;
  g_autoptr (GArray) sorted = NULL;
  guint32 first;
  guint32 last;
  guint kept = 0;
  guint begin = 0;

  agenda->days = g_array_new (FALSE, FALSE, sizeof (CrmAgendaDay));
  if (run->entries->len == 0)
    {
      agenda->entries = g_array_ref (run->entries);
      return agenda;
    }

  find_ends (run->entries, &first, &last);
  ends = g_new0 (guint, last - first + 1);
  sorted = distribute (run->entries, ends, first, last - first + 1);
  g_array_set_size (run->entries, 0);
  for (guint i = 0; i <= last - first; i++)
    {
      CrmAgendaDay day = { first + i, ends[i] - begin, kept, MIN (ends[i] - begin, run->limit) };
      CrmAgendaEntry *entries = &g_array_index (sorted, CrmAgendaEntry, begin);

      if (day.n_records == 0)
        continue;
      sort_day (entries, day.n_records);
      memmove (&g_array_index (sorted, CrmAgendaEntry, kept), entries,
               day.n_entries * sizeof *entries);
      g_array_append_val (agenda->days, day);
      kept += day.n_entries;
      begin = ends[i];
    }
  g_array_set_size (sorted, kept);
  agenda->entries = g_steal_pointer (&sorted);

  return agenda;
}

/* Public API */

void
crm_agenda_free (CrmAgenda *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->days);
  g_array_unref (self->entries);
  g_free (self);
}

static int
compare_days (const void *a, const void *b)
{
  const guint32 *day = a;
  const CrmAgendaDay *other = b;

  return (*day > other->day) - (*day < other->day);
}

const CrmAgendaDay *
crm_agenda_find_day (const CrmAgenda *self, guint32 day)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->days->len == 0)
    return NULL;

  return bsearch (&day, self->days->data, self->days->len, sizeof (CrmAgendaDay), compare_days);
}

gboolean
crm_agenda_fits (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME;
}

gboolean
crm_agenda_is_yearly (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->kind == CRM_KIND_DATE && (field->flags & CRM_FIELD_NO_YEAR) != 0;
}

static void
append_fields (const CrmRecordType *type, CrmFieldFlags flags, GPtrArray *fields)
{
  const CrmFieldFlags mask = CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY;

  for (guint i = 0; i < type->n_fields; i++)
    if (crm_agenda_fits (type->fields[i]) && (type->fields[i]->flags & mask) == flags)
      g_ptr_array_add (fields, (gpointer) type->fields[i]);
}

GPtrArray *
crm_agenda_list_fields (const CrmRecordType *type)
{
  static const char *const telling[] = { "due", "close_date", "when", "birthday" };
  GPtrArray *fields;

  g_return_val_if_fail (type != NULL, NULL);

  /* What people enter, then what the program keeps, then what every record has */
  fields = g_ptr_array_new ();
  append_fields (type, 0, fields);
  append_fields (type, CRM_FIELD_READ_ONLY, fields);
  append_fields (type, CRM_FIELD_SYSTEM, fields);
  append_fields (type, CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY, fields);

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    {
      const CrmField *field = crm_record_type_find_field (type, telling[i]);

      if (field != NULL && g_ptr_array_remove (fields, (gpointer) field))
        {
          g_ptr_array_insert (fields, 0, (gpointer) field);
          break;
        }
    }

  return fields;
}

const CrmField *
crm_agenda_find_field (const CrmRecordType *type, const char *name)
{
  const CrmField *field;
  g_autoptr (GPtrArray) fields = NULL;

  g_return_val_if_fail (type != NULL, NULL);

  field = name != NULL ? crm_record_type_find_field (type, name) : NULL;
  if (field != NULL && crm_agenda_fits (field))
    return field;

  fields = crm_agenda_list_fields (type);
  return fields->len > 0 ? g_ptr_array_index (fields, 0) : NULL;
}

CrmAgenda *
crm_query_run_agenda (CrmQuery *self,
                      CrmStore *store,
                      const CrmField *field,
                      guint32 first,
                      guint32 after,
                      guint limit,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (CrmAgendaEntry));
  g_autofree Quarter *quarters = NULL;
  Run run = { .query = self, .store = store, .field = field, .limit = limit, .entries = entries };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL && crm_agenda_fits (field), NULL);
  g_return_val_if_fail (field->type_id == crm_query_get_record_type (self)->id, NULL);
  g_return_val_if_fail (first <= after, NULL);

  run.first = CLAMP (first, CRM_AGENDA_FIRST_DAY, CRM_AGENDA_LAST_DAY);
  run.after = CLAMP (after, run.first, CRM_AGENDA_LAST_DAY + 1);
  run.zone = crm_store_get_locale (store)->zone;
  if (field->kind == CRM_KIND_DATETIME)
    run.quarters = quarters = g_new0 (Quarter, N_QUARTERS);
  if (!crm_database_read (crm_store_get_database (store), read_entries, &run, cancellable, error))
    return NULL;

  return put_together (&run);
}

CrmValue *
crm_agenda_new_value (const CrmField *field, guint32 day, GTimeZone *zone)
{
  char iso[11];

  g_return_val_if_fail (field != NULL && crm_agenda_fits (field), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  crm_agenda_write_day (day, iso);
  if (field->kind == CRM_KIND_DATETIME)
    return crm_value_new_integer (crm_date_get_moment (iso, START_OF_WORK, zone));

  return crm_value_new_text (iso);
}

CrmValue *
crm_agenda_move_value (const CrmField *field,
                       CrmValue *value,
                       guint32 day,
                       GTimeZone *zone,
                       GError **error)
{
  g_autofree char *moved = NULL;
  const char *text;
  char iso[11];

  g_return_val_if_fail (field != NULL && crm_agenda_fits (field), NULL);
  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  crm_agenda_write_day (day, iso);
  if (field->kind == CRM_KIND_DATETIME)
    return crm_value_new_integer (
        crm_date_get_moment (iso, crm_moment_get_time (crm_value_get_integer (value), zone), zone));

  text = crm_value_get_text (value);
  if (*text == '-')
    moved = g_strconcat ("-", iso + 4, NULL);
  else if (crm_agenda_is_yearly (field))
    moved = g_strdup_printf ("%.4s%s", text, iso + 4);
  else
    moved = g_strconcat (iso, strlen (text) > 10 ? text + 10 : "", NULL);

  if (!crm_date_is_valid (moved))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   /* Translators: a year */
                   _ ("The year %.4s has no 29 February; choose another day."), text);
      return NULL;
    }

  return crm_value_new_text (moved);
}
