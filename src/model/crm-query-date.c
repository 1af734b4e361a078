/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-query-private.h"
#include "crm-tables.h"

/* A day and a month of any year, of "2026-05-12" as of "--05-12" */
#define MONTH_AND_DAY "substr (%s, CASE WHEN substr (%s, 1, 1) = '-' THEN 3 ELSE 6 END, 5)"

/* What one operand stands for: the end is not included */
typedef struct
{
  char first[24]; /* ISO */
  char after[24];
  gint64 first_ms; /* of a date and time, where the text says a time of day */
  gint64 after_ms;
  gboolean exact; /* the two above are set */
  gboolean no_year; /* only @first, "--05-12" */
  gboolean relative;
} Range;

static void
set_days (Range *range, const GDate *first, const GDate *after)
{
  g_date_strftime (range->first, sizeof range->first, "%Y-%m-%d", first);
  g_date_strftime (range->after, sizeof range->after, "%Y-%m-%d", after);
}

static gboolean
scan_digits (const char *text, guint n, guint *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (guint) (text[i] - '0');
    }

  return TRUE;
}

/* "2026" and "2026-05" */
static gboolean
scan_period (const char *text, Range *range)
{
  gsize length = strlen (text);
  GDate first;
  GDate after;
  guint year;
  guint month = 1;

  if ((length != 4 && length != 7) || !scan_digits (text, 4, &year))
    return FALSE;
  if (length == 7 && (text[4] != '-' || !scan_digits (text + 5, 2, &month)))
    return FALSE;
  if (year < 1 || year > 9998 || month < 1 || month > 12)
    return FALSE;

  g_date_clear (&first, 1);
  g_date_set_dmy (&first, 1, month, year);
  after = first;
  if (length == 4)
    g_date_add_years (&after, 1);
  else
    g_date_add_months (&after, 1);
  set_days (range, &first, &after);

  return TRUE;
}

/* "2026-05-12", "--05-12" and "2026-05-12T14:30" */
static gboolean
scan_date (const char *iso, Range *range)
{
  GDate first;
  GDate after;
  guint year;
  guint month;
  guint day;

  if (!crm_date_is_valid (iso))
    return FALSE;

  if (*iso == '-')
    {
      g_strlcpy (range->first, iso, sizeof range->first);
      range->no_year = TRUE;
      return TRUE;
    }
  if (strchr (iso, 'T') != NULL)
    {
      g_strlcpy (range->first, iso, sizeof range->first);
      /* Behind this minute, before the next: nothing that is stored is between */
      g_snprintf (range->after, sizeof range->after, "%s~", iso);
      return TRUE;
    }

  if (!scan_digits (iso, 4, &year) || !scan_digits (iso + 5, 2, &month) ||
      !scan_digits (iso + 8, 2, &day) || !g_date_valid_dmy (day, month, year))
    return FALSE;

  g_date_clear (&first, 1);
  g_date_set_dmy (&first, day, month, year);
  after = first;
  g_date_add_days (&after, 1);
  set_days (range, &first, &after);

  return TRUE;
}

/* A moment is as long as it was written: a minute, a second, or a millisecond */
static gboolean
scan_moment (CrmCompiler *self, const char *text, Range *range)
{
  gint64 length = 60 * 1000;
  const char *time;
  guint n_colons = 0;

  if (strlen (text) < 11 ||
      !crm_moment_parse (text, self->locale->zone, self->locale->date_order, &range->first_ms))
    return FALSE;

  time = text + 11;
  for (gsize i = 0; g_ascii_isdigit (time[i]) || time[i] == ':' || time[i] == '.'; i++)
    {
      if (time[i] == ':' && ++n_colons == 2)
        length = 1000;
      else if (time[i] == '.')
        length = 1;
    }

  range->after_ms = range->first_ms + length;
  range->exact = TRUE;
  return TRUE;
}

static gboolean
read_range (CrmCompiler *self,
            const CrmField *field,
            const CrmOperand *operand,
            Range *range,
            GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (operand->text));
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *iso = NULL;
  gboolean time = field->kind == CRM_KIND_DATETIME;
  CrmDateRange days;

  *range = (Range){ .exact = FALSE };

  if (crm_date_range_parse (lower, self->now, self->locale->zone, crm_locale_get_first_weekday (),
                            &days))
    {
      g_strlcpy (range->first, days.first, sizeof range->first);
      g_strlcpy (range->after, days.after, sizeof range->after);
      range->relative = TRUE;
      return TRUE;
    }

  if (scan_period (text, range))
    return TRUE;
  if (time && strpbrk (text, "Tt:") != NULL && scan_moment (self, text, range))
    return TRUE;
  if (scan_date (text, range) && !(time && (range->no_year || strchr (text, 'T') != NULL)))
    return TRUE;

  iso = crm_date_parse (text, self->locale->date_order);
  if (iso != NULL && scan_date (iso, range) && !(time && (range->no_year || strchr (iso, 'T'))))
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER,
               _ ("“%s” is not a date such as 2026-05-12, “today” or “last 30 days”"),
               operand->text);
  return FALSE;
}

/* @date's month and day compared with a bound text */
static void
append_month_and_day (CrmCompiler *self,
                      const char *column,
                      const char *sign,
                      const char *date,
                      GString *sql)
{
  g_string_append_printf (sql, MONTH_AND_DAY " %s ", column, column, sign);
  crm_compiler_append_text (self, date + (*date == '-' ? 2 : 5), sql);
}

/* Whether of a birthday the year is not asked for: "this month", but not "last year" */
static gboolean
ignores_year (const CrmField *field, const Range *range)
{
  GDate first;
  GDate after;

  if ((field->flags & CRM_FIELD_NO_YEAR) == 0 || !range->relative)
    return FALSE;

  g_date_clear (&first, 1);
  g_date_clear (&after, 1);
  g_date_set_parse (&first, range->first);
  g_date_set_parse (&after, range->after);

  return g_date_valid (&first) && g_date_valid (&after) &&
         g_date_days_between (&first, &after) < 365;
}

static void
append_anniversary (CrmCompiler *self, const char *column, const Range *range, GString *sql)
{
  gboolean within_year = strcmp (range->first + 5, range->after + 5) <= 0;

  g_string_append_c (sql, '(');
  append_month_and_day (self, column, ">=", range->first, sql);
  g_string_append (sql, within_year ? " AND " : " OR ");
  append_month_and_day (self, column, "<", range->after, sql);
  g_string_append_c (sql, ')');
}

static void
append_bound (CrmCompiler *self,
              const CrmField *field,
              const char *column,
              const char *sign,
              const Range *range,
              gboolean after,
              GString *sql)
{
  const char *date = after ? range->after : range->first;

  g_string_append_printf (sql, "%s %s ", column, sign);
  if (field->kind != CRM_KIND_DATETIME)
    crm_compiler_append_text (self, date, sql);
  else if (range->exact)
    crm_compiler_append_int (self, after ? range->after_ms : range->first_ms, sql);
  else
    crm_compiler_append_int (self, crm_date_get_start (date, self->locale->zone), sql);
}

/* From @first's begin to @last's end, either may be NULL */
static gboolean
append_between (CrmCompiler *self,
                const CrmField *field,
                const Range *first,
                const Range *last,
                GString *sql,
                GError **error)
{
  g_autofree char *column = g_strdup_printf ("r." CRM_VALUE_COLUMN, field->id);

  if ((first != NULL && first->no_year) || (last != NULL && last->no_year))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER,
                   _ ("a date without a year can only be compared with “=”"));
      return FALSE;
    }

  g_string_append_c (sql, '(');
  if (first != NULL)
    append_bound (self, field, column, ">=", first, FALSE, sql);
  else if (field->flags & CRM_FIELD_NO_YEAR)
    g_string_append_printf (sql, "%s >= '0'", column); /* "--05-12" is before no date */
  else
    g_string_append_c (sql, '1');
  if (last != NULL)
    {
      g_string_append (sql, " AND ");
      append_bound (self, field, column, "<", last, TRUE, sql);
    }
  g_string_append_c (sql, ')');

  return TRUE;
}

static gboolean
append_equal (CrmCompiler *self,
              const CrmField *field,
              const CrmOperand *operand,
              GString *sql,
              GError **error)
{
  g_autofree char *column = g_strdup_printf ("r." CRM_VALUE_COLUMN, field->id);
  Range range;

  if (!read_range (self, field, operand, &range, error))
    return FALSE;

  if (range.no_year)
    append_month_and_day (self, column, "=", range.first, sql);
  else if (ignores_year (field, &range))
    append_anniversary (self, column, &range, sql);
  else
    return append_between (self, field, &range, &range, sql, error);

  return TRUE;
}

/* "<" ends where the range begins, "<=" where it ends: both as ends of a range */
static gboolean
append_order (CrmCompiler *self,
              const CrmField *field,
              CrmOperator comparator,
              const CrmOperand *operand,
              GString *sql,
              GError **error)
{
  Range range;

  if (!read_range (self, field, operand, &range, error))
    return FALSE;

  if (comparator == CRM_OPERATOR_LESS)
    {
      g_strlcpy (range.after, range.first, sizeof range.after);
      range.after_ms = range.first_ms;
    }
  else if (comparator == CRM_OPERATOR_GREATER)
    {
      g_strlcpy (range.first, range.no_year ? range.first : range.after, sizeof range.first);
      range.first_ms = range.after_ms;
    }

  if (comparator == CRM_OPERATOR_LESS || comparator == CRM_OPERATOR_LESS_EQUAL)
    return append_between (self, field, NULL, &range, sql, error);

  return append_between (self, field, &range, NULL, sql, error);
}

gboolean
crm_compiler_append_date (CrmCompiler *self,
                          const CrmFilter *comparison,
                          GString *sql,
                          GError **error)
{
  const CrmField *field = comparison->field;
  g_autoptr (GPtrArray) parts = NULL;
  const CrmOperand *operands = comparison->operands != NULL
                                   ? &g_array_index (comparison->operands, CrmOperand, 0)
                                   : NULL;
  Range first;
  Range last;

  switch (comparison->comparator)
    {
    case CRM_OPERATOR_PRESENT:
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " IS NOT NULL", field->id);
      return TRUE;

    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_IN:
      parts = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < comparison->operands->len; i++)
        {
          g_autoptr (GString) part = g_string_new (NULL);

          if (!append_equal (self, field, operands + i, part, error))
            return FALSE;
          g_ptr_array_add (parts, g_strdup (part->str));
        }
      crm_compiler_append_joined (parts, "OR", sql);
      return TRUE;

    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
      return append_order (self, field, comparison->comparator, operands, sql, error);

    case CRM_OPERATOR_BETWEEN:
      return read_range (self, field, operands, &first, error) &&
             read_range (self, field, operands + 1, &last, error) &&
             append_between (self, field, &first, &last, sql, error);

    case CRM_OPERATOR_CONTAINS:
    case CRM_OPERATOR_STARTS:
    case CRM_OPERATOR_ENDS:
    case CRM_OPERATOR_MATCHES:
    case CRM_OPERATOR_HAS:
    case CRM_N_OPERATORS:
    default:
      return crm_compiler_refuse_operator (field, comparison->comparator, error);
    }
}
