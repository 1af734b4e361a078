/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-convert.h"
#include "crm-error.h"
#include "crm-number.h"
#include "crm-text.h"

#define MAX_TEXT_BYTES (16 * 1024 * 1024)
#define MAX_OTHER_BYTES 10000
#define MAX_RATING 5
#define MILLION 1000000

/* Characters of a refused value that a message quotes */
#define MAX_QUOTED 60

/* What people, spreadsheets and other programs write for a ticked and an empty box, as
 * crm_text_fold() gives it. Other programs' files are in their user's language, not in ours. */
static const char *const words_for_true[] = {
  "true", "yes",  "y",  "1",  "on", "x",  "✓",     "checked", "ano",  "pravda",
  "ja",   "wahr", "예", "네", "참", "ya", "benar", "oui",     "vrai", "si",
};

static const char *const words_for_false[] = {
  "false",  "no",     "n",      "0",    "off",   "unchecked", "ne",  "nepravda", "nein",
  "falsch", "아니오", "아니요", "거짓", "tidak", "salah",     "non", "faux",
};

/* @text, shortened for a message; (transfer full) */
static char *
quote (const char *text)
{
  g_autofree char *line = crm_text_clean (text, FALSE);
  g_autofree char *start = NULL;

  if (line == NULL || g_utf8_strlen (line, -1) <= MAX_QUOTED)
    return line != NULL ? g_steal_pointer (&line) : g_strdup ("");

  start = g_utf8_substring (line, 0, MAX_QUOTED - 1);

  return g_strconcat (start, "…", NULL);
}

static gboolean
is_one_of (const char *text, const char *const *words, gsize n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;

  return FALSE;
}

static CrmValue *
parse_text (const char *text, gboolean multiline)
{
  g_autofree char *clean = crm_text_clean (text, multiline);

  return crm_value_new_text (clean);
}

static CrmValue *
parse_number (const char *text, guint digits, const CrmLocale *locale, GError **error)
{
  gint64 number;

  if (!crm_number_parse (text, digits, locale->decimal_comma, &number, error))
    return NULL;

  return crm_value_new_integer (number);
}

static CrmValue *
parse_percent (const CrmField *field, const char *text, const CrmLocale *locale, GError **error)
{
  g_autofree char *number = g_strdup (text);
  gint64 millionths;

  if (g_str_has_suffix (number, "%"))
    number[strlen (number) - 1] = '\0';
  else if (g_str_has_suffix (number, "％"))
    number[strlen (number) - strlen ("％")] = '\0';

  if (!crm_number_parse (number, CRM_DECIMAL_DIGITS, locale->decimal_comma, &millionths, error))
    return NULL;

  if ((field->flags & CRM_FIELD_PROBABILITY) && (millionths < 0 || millionths > 100 * MILLION))
    {
      g_autofree char *quoted = quote (text);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a probability; write a number from 0 to 100."), quoted);
      return NULL;
    }

  return crm_value_new_integer (millionths);
}

static CrmValue *
parse_money (const char *text, const CrmLocale *locale, GError **error)
{
  gint64 thousandths;
  char currency[4];

  if (!crm_money_parse (text, locale->currency, locale->decimal_comma, &thousandths, currency,
                        error))
    return NULL;

  return crm_value_new_money (thousandths, currency);
}

static CrmValue *
parse_checkbox (const char *text, GError **error)
{
  g_autofree char *folded = crm_text_fold (text);
  g_autofree char *quoted = NULL;

  if (is_one_of (folded, words_for_true, G_N_ELEMENTS (words_for_true)))
    return crm_value_new_integer (1);
  if (is_one_of (folded, words_for_false, G_N_ELEMENTS (words_for_false)))
    return crm_value_new_integer (0);

  quoted = quote (text);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is neither yes nor no; write true or false."), quoted);

  return NULL;
}

static CrmValue *
parse_date (const CrmField *field, const char *text, const CrmLocale *locale, GError **error)
{
  g_autofree char *iso = crm_date_parse (text, locale->date_order);
  char *time;

  if (iso == NULL)
    {
      g_autofree char *quoted = quote (text);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a date; write it like 2026-05-12."), quoted);
      return NULL;
    }

  if (g_str_has_prefix (iso, "--") && !(field->flags & CRM_FIELD_NO_YEAR))
    {
      g_autofree char *quoted = quote (text);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” has no year; write the date like 2026-05-12."), quoted);
      return NULL;
    }

  /* Other programs write a birthday as a moment at midnight. */
  time = strchr (iso, 'T');
  if (time != NULL && !(field->flags & CRM_FIELD_TIME))
    *time = '\0';

  return crm_value_new_text (iso);
}

static CrmValue *
parse_moment (const char *text, const CrmLocale *locale, GError **error)
{
  g_autofree char *quoted = NULL;
  gint64 ms;

  if (crm_moment_parse (text, locale->zone, locale->date_order, &ms))
    return crm_value_new_integer (ms);

  quoted = quote (text);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is not a date with a time; write it like 2026-05-12T14:30."), quoted);

  return NULL;
}

/* "★★★☆☆": how many of the stars are full, or 0 where @text is something else */
static gint64
count_stars (const char *text)
{
  gint64 n_stars = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x2605)
        n_stars++;
      else if (c != 0x2606)
        return 0;
    }

  return n_stars;
}

static CrmValue *
parse_rating (const char *text, const CrmLocale *locale, GError **error)
{
  gint64 rating = count_stars (text);
  g_autofree char *quoted = NULL;

  if (rating == 0 && !crm_number_parse (text, 0, locale->decimal_comma, &rating, NULL))
    rating = 0;

  if (rating >= 1 && rating <= MAX_RATING)
    return crm_value_new_integer (rating);

  quoted = quote (text);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is not a rating; write a number from 1 to 5."), quoted);

  return NULL;
}

static CrmValue *
parse_choice (const CrmField *field, const char *text, CrmValueWarning *warning)
{
  const CrmOption *option = crm_field_find_option (field, text, 0);

  if (option == NULL)
    {
      *warning = CRM_VALUE_UNKNOWN_OPTION;
      return NULL;
    }

  return crm_value_new_item (option->label, NULL, NULL, option->id, 0);
}

static CrmValue *
parse_email (const char *text, GError **error)
{
  g_autofree char *key = NULL;
  g_autofree char *email = crm_email_normalise (text, &key, error);

  return email != NULL ? crm_value_new_item (email, NULL, key, 0, 0) : NULL;
}

static CrmValue *
parse_domain (const char *text, GError **error)
{
  g_autofree char *key = NULL;
  g_autofree char *domain = crm_domain_normalise (text, &key, error);

  return domain != NULL ? crm_value_new_item (domain, NULL, key, 0, 0) : NULL;
}

/* Spreadsheets are kept from reading a number as one by '0612… or ="0612…", and leave that in
 * the file. */
static char *
strip_spreadsheet_marks (const char *text)
{
  gsize length = strlen (text);

  if (text[0] == '\'' && text[1] != '\0' &&
      (g_ascii_isdigit (text[1]) || strchr ("=+-@(", text[1]) != NULL))
    return strip_spreadsheet_marks (text + 1);

  if (length > 3 && g_str_has_prefix (text, "=\"") && text[length - 1] == '"')
    return g_strndup (text + 2, length - 3);

  return g_strdup (text);
}

/* By which a number that no plan knows is still found again: its digits, whatever is between
 * them */
static char *
get_unparsed_phone_key (const char *phone)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = phone; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);

  if (digits->len >= 3)
    return g_string_free (digits, FALSE);

  g_string_free (digits, TRUE);

  return crm_text_fold (phone);
}

/* Where a number is dialled from: the record's country, which may be written out, else the
 * workspace's */
static const char *
get_region (const char *country, const CrmLocale *locale)
{
  const char *region = NULL;

  if (country != NULL && strlen (country) == 2 && g_ascii_isupper (country[0]) &&
      g_ascii_isupper (country[1]))
    return country;

  if (country != NULL)
    region = crm_country_from_text (country);
  if (region == NULL)
    region = locale->region;

  return region != NULL ? region : crm_locale_get_region ();
}

static CrmValue *
parse_phone (const char *text,
             const CrmLocale *locale,
             const char *country,
             CrmValueWarning *warning)
{
  g_autofree char *typed = strip_spreadsheet_marks (text);
  g_autofree char *number = NULL;
  g_autofree char *key = NULL;

  number = crm_phone_normalise (typed, get_region (country, locale));
  if (number != NULL)
    return crm_value_new_item (number, NULL, number, 0, 0);

  *warning = CRM_VALUE_KEPT_AS_TYPED;
  key = get_unparsed_phone_key (typed);

  return crm_value_new_item (typed, NULL, key, 0, 0);
}

static CrmValue *
parse_link (const char *text, CrmValueWarning *warning)
{
  const char *kind = NULL;
  g_autofree char *key = NULL;
  g_autofree char *url = crm_url_normalise (text, &kind, &key, NULL);

  if (url != NULL)
    return crm_value_new_item (url, kind, key, 0, 0);

  *warning = CRM_VALUE_KEPT_AS_TYPED;
  key = crm_text_fold (text);

  return crm_value_new_item (text, "other", key, 0, 0);
}

static gboolean
is_too_long (const CrmField *field, const char *text)
{
  gboolean is_text = field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_LONGTEXT;

  return strlen (text) > (is_text ? MAX_TEXT_BYTES : MAX_OTHER_BYTES);
}

/* @text is a clean line with something in it. */
static CrmValue *
parse_line (const CrmField *field,
            const char *text,
            const CrmLocale *locale,
            const char *region,
            CrmValueWarning *warning,
            GError **error)
{
  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
      return parse_number (text, 0, locale, error);

    case CRM_KIND_DECIMAL:
      return parse_number (text, CRM_DECIMAL_DIGITS, locale, error);

    case CRM_KIND_PERCENT:
      return parse_percent (field, text, locale, error);

    case CRM_KIND_MONEY:
      return parse_money (text, locale, error);

    case CRM_KIND_CHECKBOX:
      return parse_checkbox (text, error);

    case CRM_KIND_DATE:
      return parse_date (field, text, locale, error);

    case CRM_KIND_DATETIME:
      return parse_moment (text, locale, error);

    case CRM_KIND_RATING:
      return parse_rating (text, locale, error);

    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
      return parse_choice (field, text, warning);

    case CRM_KIND_EMAILS:
      return parse_email (text, error);

    case CRM_KIND_PHONES:
      return parse_phone (text, locale, region, warning);

    case CRM_KIND_DOMAINS:
      return parse_domain (text, error);

    case CRM_KIND_LINKS:
      return parse_link (text, warning);

    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
      *warning = CRM_VALUE_UNRESOLVED;
      return NULL;

    case CRM_KIND_FILES:
      /* Bytes cannot be made of a name. */
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("Files cannot be typed; attach them to the record."));
      return NULL;

    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

CrmValue *
crm_value_parse (const CrmField *field,
                 const char *text,
                 const CrmLocale *locale,
                 const char *region,
                 CrmValueWarning *warning,
                 GError **error)
{
  CrmValueWarning ignored;
  g_autofree char *line = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (locale != NULL, NULL);

  if (warning == NULL)
    warning = &ignored;
  *warning = CRM_VALUE_OK;

  if (text == NULL)
    return NULL;

  if (is_too_long (field, text))
    {
      g_autofree char *quoted = quote (text);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is too long for the field “%s”; shorten it."), quoted, field->label);
      return NULL;
    }

  if (field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_LONGTEXT)
    return parse_text (text, field->kind == CRM_KIND_LONGTEXT);

  line = crm_text_clean (text, FALSE);

  return line != NULL ? parse_line (field, line, locale, region, warning, error) : NULL;
}
