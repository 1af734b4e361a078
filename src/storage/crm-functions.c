/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-connection-private.h"
#include "crm-error.h"
#include "crm-text.h"

/* Long enough for the sort key of nearly every value */
#define SORT_KEY_SIZE 512
#define SHORT_TEXT 120 /* bytes */

/* In halves, because SQLite aligns what it allocates to 8 bytes only */
typedef struct
{
  gint64 high;
  guint64 low;
  gboolean has_value;
} Sum;

static void
crm_fold_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  char buffer[SHORT_TEXT];
  int n = 0;

  if (text == NULL)
    {
      sqlite3_result_null (context);
      return;
    }

  /* Most texts are short and plain, and a filter asks for a million of them */
  while (n < SHORT_TEXT && text[n] != '\0' && (guchar) text[n] < 0x80)
    {
      buffer[n] = g_ascii_tolower (text[n]);
      n++;
    }
  if (n < SHORT_TEXT && text[n] == '\0')
    sqlite3_result_text (context, buffer, n, SQLITE_TRANSIENT);
  else
    sqlite3_result_text (context, crm_text_fold (text), -1, g_free);
}

/* Whether plain @text has @part in it, whatever its capitals; @plain: (out): it has nothing but ASCII, else there is no
 * answer. @part is in small letters. */
static gboolean
contains_plain (const char *text, const char *part, gboolean *plain)
{
  const char first = part[0];
  gboolean found = first == '\0';

  for (; *text != '\0' && (guchar) *text < 0x80; text++)
    if (!found && g_ascii_tolower (*text) == first)
      {
        guint n = 1;

        while (part[n] != '\0' && g_ascii_tolower (text[n]) == part[n])
          n++;
        found = part[n] == '\0';
      }
  *plain = *text == '\0';

  return found;
}

/* crm_contains (text, folded part) is instr (crm_fold (text), folded part) > 0 */
static void
crm_contains_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *part = (const char *) sqlite3_value_text (values[1]);
  g_autofree char *folded = NULL;
  gboolean plain;
  gboolean found;

  if (text == NULL || part == NULL)
    {
      sqlite3_result_null (context);
      return;
    }

  found = contains_plain (text, part, &plain);
  if (!plain)
    {
      folded = crm_text_fold (text);
      found = strstr (folded, part) != NULL;
    }
  sqlite3_result_int (context, found);
}

static void
crm_sort_key_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  CrmConnection *self = sqlite3_user_data (context);
  const char *text = (const char *) sqlite3_value_text (values[0]);
  guint8 buffer[SORT_KEY_SIZE];
  gsize size;

  if (text == NULL || self->collation == NULL)
    {
      sqlite3_result_null (context);
      return;
    }

  size = crm_collation_write_key (self->collation, text, buffer, sizeof buffer);
  if (size <= sizeof buffer)
    {
      sqlite3_result_blob64 (context, buffer, size, SQLITE_TRANSIENT);
    }
  else
    {
      guint8 *longer = g_malloc (size);

      crm_collation_write_key (self->collation, text, longer, size);
      sqlite3_result_blob64 (context, longer, size, g_free);
    }
}

static void
crm_matches_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  CrmConnection *self = sqlite3_user_data (context);
  const char *pattern = (const char *) sqlite3_value_text (values[0]);
  const char *text = (const char *) sqlite3_value_text (values[1]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = NULL;
  GRegex *compiled;
  gboolean matches;

  /* An empty value matches nothing, so that "not matches" finds it */
  if (pattern == NULL || text == NULL)
    {
      sqlite3_result_int (context, 0);
      return;
    }

  /* SQLite may let go of what it was given at any time, so a reference is held here */
  compiled = sqlite3_get_auxdata (context, 0);
  if (compiled != NULL)
    {
      regex = g_regex_ref (compiled);
    }
  else
    {
      regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
      if (regex != NULL)
        sqlite3_set_auxdata (context, 0, g_regex_ref (regex), (void (*) (void *)) g_regex_unref);
    }

  matches = regex != NULL && g_regex_match_full (regex, text, -1, 0, 0, NULL, &error);
  if (error == NULL)
    {
      sqlite3_result_int (context, matches);
      return;
    }

  g_clear_error (&self->function_error);
  g_set_error (&self->function_error, CRM_ERROR, CRM_ERROR_BAD_FILTER,
               _ ("“%s” is not a pattern that can be used (%s); correct it."), pattern,
               error->message);
  sqlite3_result_error (context, error->message, -1);
}

static void
crm_sum_step (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  Sum *sum = sqlite3_aggregate_context (context, sizeof (Sum));

  if (sum == NULL)
    {
      sqlite3_result_error_nomem (context);
      return;
    }

  if (sqlite3_value_type (values[0]) != SQLITE_NULL)
    {
      gint64 value = sqlite3_value_int64 (values[0]);

      sum->low += (guint64) value;
      sum->high += (value < 0 ? -1 : 0) + (sum->low < (guint64) value ? 1 : 0);
      sum->has_value = TRUE;
    }
}

static void
crm_sum_final (sqlite3_context *context)
{
  Sum *sum = sqlite3_aggregate_context (context, 0);
  char digits[48];
  char *start = digits + sizeof digits - 1;
  unsigned __int128 rest;
  gboolean negative;

  if (sum == NULL || !sum->has_value)
    {
      sqlite3_result_null (context);
      return;
    }

  negative = sum->high < 0;
  rest = (unsigned __int128) (guint64) sum->high << 64 | sum->low;
  if (negative)
    rest = -rest;

  *start = '\0';
  do
    {
      *--start = '0' + (int) (rest % 10);
      rest /= 10;
    }
  while (rest > 0);
  if (negative)
    *--start = '-';

  sqlite3_result_text (context, start, -1, SQLITE_TRANSIENT);
}

gboolean
crm_functions_register (CrmConnection *self)
{
  /* Innocuous: they see only their arguments, so indexes on them work with an untrusted schema */
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

  return sqlite3_create_function_v2 (self->db, "crm_fold", 1, flags, self, crm_fold_function, NULL,
                                     NULL, NULL) == SQLITE_OK &&
         sqlite3_create_function_v2 (self->db, "crm_contains", 2, flags, self,
                                     crm_contains_function, NULL, NULL, NULL) == SQLITE_OK &&
         sqlite3_create_function_v2 (self->db, "crm_sort_key", 1, flags, self,
                                     crm_sort_key_function, NULL, NULL, NULL) == SQLITE_OK &&
         sqlite3_create_function_v2 (self->db, "crm_matches", 2, flags, self, crm_matches_function,
                                     NULL, NULL, NULL) == SQLITE_OK &&
         sqlite3_create_function_v2 (self->db, "crm_sum", 1, flags, self, NULL, crm_sum_step,
                                     crm_sum_final, NULL) == SQLITE_OK;
}
