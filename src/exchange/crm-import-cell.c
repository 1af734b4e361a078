/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one cell of a file holds: programs write several values into one in
 * their own ways, and words for "nothing". */

#include "config.h"

#include "crm-import-cell-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-csv-writer.h"
#include "crm-text.h"

static const char *const words_for_nothing[] = { "-",    "--",  "—",    "–",      "n/a", "#n/a",
                                                 "null", "nil", "none", "(none)", "[]" };

/* How Outlook writes a date that is not set */
static const char *const empty_dates[] = { "0/0/00",     "0/0/0000",   "0.0.0000",
                                           "0. 0. 0000", "00.00.0000", "0000-00-00" };

static gboolean
is_one_of (const char *text, const char *const *words, guint n_words)
{
  guint i;

  for (i = 0; i < n_words; i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;

  return FALSE;
}

gboolean
crm_import_cell_is_empty (const char *text, CrmKind kind)
{
  const char *p = text;

  while (g_ascii_isspace (*p))
    p++;
  if (*p == '\0')
    return TRUE;

  if (kind == CRM_KIND_TEXT || kind == CRM_KIND_LONGTEXT)
    return FALSE;
  if ((kind == CRM_KIND_DATE || kind == CRM_KIND_DATETIME) &&
      is_one_of (p, empty_dates, G_N_ELEMENTS (empty_dates)))
    return TRUE;

  return strlen (p) <= 6 && is_one_of (p, words_for_nothing, G_N_ELEMENTS (words_for_nothing));
}

const char *
crm_import_cell_unguard (const char *text)
{
  return crm_csv_unguard_cell (text);
}

GPtrArray *
crm_import_cell_split_list (const char *text)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) piece = g_string_new (NULL);
  const char *p;

  for (p = text; *p != '\0'; p++)
    {
      if (p[0] == ';' && p[1] != ';')
        {
          g_ptr_array_add (pieces, g_strdup (piece->str));
          g_string_truncate (piece, 0);
          continue;
        }
      if (*p == ';')
        p++;
      g_string_append_c (piece, *p);
    }
  g_ptr_array_add (pieces, g_strdup (piece->str));

  return pieces;
}

const char *
crm_import_cell_get_label (const char *text)
{
  gboolean dashes = text[0] != '\0' && text[strspn (text, "-")] == '\0';

  /* One that is called so has a dash more */
  if (dashes)
    text++;

  return *text != '\0' ? text : NULL;
}

/* Days since 1899-12-30, with the time as a fraction */
static char *
read_serial (const char *text)
{
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) moment = NULL;
  char *end;
  double days = g_ascii_strtod (text, &end);

  if (*end != '\0' || days < 1 || days > 200000)
    return NULL;

  start = g_date_time_new_utc (1899, 12, 30, 0, 0, 0);
  day = g_date_time_add_days (start, (int) days);
  moment = g_date_time_add_seconds (day, (double) (gint64) ((days - (int) days) * 86400 + 0.5));

  return g_date_time_format (moment, days == (int) days ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S");
}

/* "26-05-12", "26/5/12", "26.5.12" with a year of two digits in front */
static char *
read_short_year (const char *text)
{
  guint parts[3] = { 0 };
  guint i;

  for (i = 0; i < 3; i++)
    {
      const char *start = text;

      while (g_ascii_isdigit (*text) && text - start < 2)
        parts[i] = parts[i] * 10 + (guint) (*text++ - '0');
      if (text == start || (i == 0 && text - start != 2))
        return NULL;
      while (*text == ' ')
        text++;
      if (i < 2 && (*text == '\0' || strchr ("-/.", *text) == NULL))
        return NULL;
      if (i < 2 || *text == '.')
        text++;
      while (*text == ' ')
        text++;
    }
  if (*text != '\0' || parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31)
    return NULL;

  return g_strdup_printf ("%04u-%02u-%02u", parts[0] + (parts[0] < 40 ? 2000 : 1900), parts[1],
                          parts[2]);
}

char *
crm_import_cell_complete_date (const char *text, CrmDateOrder order, gboolean is_serial)
{
  g_assert (text != NULL);

  if (is_serial)
    return read_serial (text);
  if (order == CRM_DATE_ORDER_YMD)
    return read_short_year (text);

  return NULL;
}

char *
crm_import_cell_clean_label (const char *text)
{
  while (*text == '*' || g_ascii_isspace (*text))
    text++;

  return crm_text_clean (text, FALSE);
}

/* An element of a JSON array of other programs' e-mails, phones and links */
static char *
read_element (JsonNode *node)
{
  static const char *const members[] = { "url", "email", "value", "name", "label" };
  JsonObject *object;
  guint i;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  object = json_node_get_object (node);
  if (json_object_has_member (object, "number"))
    return g_strconcat (json_object_get_string_member_with_default (object, "callingCode", ""),
                        json_object_get_string_member_with_default (object, "number", ""), NULL);

  for (i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = json_object_get_string_member_with_default (object, members[i], NULL);

      if (text != NULL)
        return g_strdup (text);
    }

  return NULL;
}

static gboolean
split_json (const char *text, GPtrArray *pieces)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;
  JsonArray *array;
  guint i;

  while (g_ascii_isspace (*text))
    text++;
  if (*text != '[')
    return FALSE;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    return FALSE;

  array = json_node_get_array (root);
  for (i = 0; i < json_array_get_length (array); i++)
    {
      char *piece = read_element (json_array_get_element (array, i));

      if (piece != NULL)
        g_ptr_array_add (pieces, piece);
    }

  return TRUE;
}

static void
add_piece (GPtrArray *pieces, CrmKind kind, GString *piece)
{
  g_strstrip (piece->str);
  if (!crm_import_cell_is_empty (piece->str, kind))
    g_ptr_array_add (pieces, g_strdup (piece->str));
  g_string_truncate (piece, 0);
}

/* At any of @separators; a doubled ";" is one that belongs to the text */
static void
split_at (const char *text, const char *separators, CrmKind kind, GPtrArray *pieces)
{
  g_autoptr (GString) piece = g_string_new (NULL);
  const char *p;

  for (p = text; *p != '\0'; p++)
    {
      if (p[0] == ';' && p[1] == ';' && strchr (separators, ';') != NULL)
        {
          g_string_append_c (piece, ';');
          p++;
        }
      else if (strncmp (p, " ::: ", 5) == 0)
        {
          add_piece (pieces, kind, piece);
          p += 4;
        }
      else if (strchr (separators, *p) != NULL)
        {
          add_piece (pieces, kind, piece);
        }
      else
        {
          g_string_append_c (piece, *p);
        }
    }
  add_piece (pieces, kind, piece);
}

static guint
count_digits (const char *text, const char *end)
{
  guint n = 0;

  for (; text < end; text++)
    if (g_ascii_isdigit (*text))
      n++;

  return n;
}

/* "+420 600 000 000, +420 601 000 000" are two numbers; "555-0100, ext. 5" is one */
static gboolean
is_list_of_phones (const char *text)
{
  const char *comma = strpbrk (text, ",\n");

  return comma != NULL && count_digits (text, comma) >= 6 &&
         count_digits (comma + 1, text + strlen (text)) >= 6;
}

/* Where no ";" is in it, tags are often separated by commas, unless an option is called so */
static gboolean
is_list_of_choices (const CrmField *field, const char *text)
{
  return strchr (text, ';') == NULL && strstr (text, " ::: ") == NULL &&
         crm_field_find_option (field, text, 0) == NULL;
}

GPtrArray *
crm_import_cell_split (const CrmField *field, const char *text, char separator)
{
  const char told[] = { ';', '\n', separator, '\0' };
  GPtrArray *pieces = g_ptr_array_new_with_free_func (g_free);
  const char *separators = ";";

  if (split_json (text, pieces))
    return pieces;

  if (separator != 0)
    {
      split_at (text, told, field->kind, pieces);
      return pieces;
    }

  switch (field->kind)
    {
    case CRM_KIND_EMAILS:
      separators = strchr (text, '<') != NULL ? ";|\n" : ";,|\n";
      break;
    case CRM_KIND_DOMAINS:
      separators = ";,| \n";
      break;
    case CRM_KIND_LINKS:
      separators = strstr (text, ", http") != NULL ? ";,\n" : ";\n";
      break;
    case CRM_KIND_PHONES:
      separators = is_list_of_phones (text) ? ";,|\n" : ";|\n";
      break;
    case CRM_KIND_CHOICES:
      separators = is_list_of_choices (field, text) ? ";,\n" : ";\n";
      break;
    default:
      break;
    }
  split_at (text, separators, field->kind, pieces);

  return pieces;
}
