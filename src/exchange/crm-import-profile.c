/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a column holds, by its values alone. */

#include "config.h"

#include "crm-import-profile-private.h"

#include <string.h>

#include "crm-number.h"
#include "crm-text.h"

#define MAX_SHORT 60 /* bytes; nothing but text is longer */
#define LONG_CHARACTERS 100
#define MAX_SAMPLE 80 /* characters */

/* Distinct values that are kept to compare with the options of a field */
#define MAX_DISTINCT 200

/* A column of fewer values says little of how often they repeat */
#define MIN_REPEATING 8

#define SIXTEEN_YEARS (G_GINT64_CONSTANT (16) * 365 * 24 * 3600 * 1000)

static const char *const switches[] = { "yes", "no", "true", "false", "y",   "n",   "x",
                                        "ano", "ne", "ja",   "nein",  "예",  "네",  "oui",
                                        "non", "si", "ya",   "tidak", "tak", "nie", "아니오" };

/* Symbols of currencies that stand at an amount */
static const char *const money_signs[] = { "€", "$", "£", "¥", "₩", "kč", "zł", "rp", "원", "fr." };

/* What the commonest Korean family names are */
static const char *const korean_families[] = {
  "김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오",
  "서", "신", "권", "황", "안", "송", "전", "홍", "유", "고", "문", "양",
  "손", "배", "백", "허", "남", "심", "노", "하", "곽", "성", "차", "주"
};

static gboolean
is_one_of (const char *word, const char *const *list, guint n_list)
{
  guint i;

  for (i = 0; i < n_list; i++)
    if (strcmp (word, list[i]) == 0)
      return TRUE;

  return FALSE;
}

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      n++;

  return n;
}

/* "+420 600 000 000", "(02) 555-0000", "010-1234-5678"; a bare number may be anything */
static gboolean
is_phone (const char *text)
{
  guint n_digits = count_digits (text);
  gboolean separated = FALSE;
  const char *p;

  if (*text == '\'')
    text++;
  if (n_digits < 6 || n_digits > 16)
    return FALSE;
  for (p = text; *p != '\0'; p++)
    {
      if (strchr (" -/()", *p) != NULL || (guchar) *p >= 0x80)
        separated = TRUE;
      else if (!g_ascii_isdigit (*p) && strchr ("+.x", *p) == NULL)
        return FALSE;
    }

  return text[0] == '+' || text[0] == '0' || (separated && n_digits >= 7);
}

static gboolean
is_domain (const char *text)
{
  g_autofree char *domain = NULL;
  const char *point = strrchr (text, '.');

  if (point == NULL || point == text || strpbrk (text, " @,;") != NULL ||
      !g_ascii_isalpha (point[1]) || strlen (point) < 3)
    return FALSE;
  domain = crm_domain_normalise (text, NULL, NULL);

  return domain != NULL;
}

static gboolean
is_link (const char *text)
{
  return g_ascii_strncasecmp (text, "http://", 7) == 0 ||
         g_ascii_strncasecmp (text, "https://", 8) == 0 ||
         g_ascii_strncasecmp (text, "www.", 4) == 0;
}

static gboolean
has_money_sign (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  const char *p;
  guint n_letters = 0;
  char code[4] = { 0 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (money_signs); i++)
    if (strstr (lower, money_signs[i]) != NULL)
      return TRUE;

  for (p = text; *p != '\0'; p++)
    if (g_ascii_isalpha (*p))
      {
        if (n_letters < 3)
          code[n_letters] = g_ascii_toupper (*p);
        n_letters++;
      }

  return n_letters == 3 && crm_currency_get_digits (code) >= 0;
}

static void
add_number (CrmImportProfile *self, const char *text)
{
  gsize size = strlen (text);
  gint64 thousandths;
  char currency[4];

  if (text[size - 1] == '%')
    {
      self->n_percents++;
      return;
    }
  if (!crm_money_parse (text, "EUR", FALSE, &thousandths, currency, NULL) &&
      !crm_money_parse (text, "EUR", TRUE, &thousandths, currency, NULL) &&
      !crm_number_parse (text, CRM_DECIMAL_DIGITS, FALSE, &thousandths, NULL))
    return;

  if (has_money_sign (text))
    {
      self->n_money++;
      return;
    }
  self->n_numbers++;
  if (size == count_digits (text) + (*text == '-' ? 1 : 0))
    self->n_integers++;
}

static gboolean
add_date (CrmImportProfile *self, const char *text, gint64 now)
{
  g_autofree char *iso = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  /* A number of digits alone is hardly ever meant as a date, but for eight of them. */
  if (count_digits (text) < 3 || (strlen (text) == count_digits (text) && strlen (text) != 8))
    return FALSE;
  iso = crm_date_parse (text, CRM_DATE_ORDER_DMY);
  if (iso == NULL || (g_str_has_prefix (iso, "--") && strlen (text) > 16))
    return FALSE;

  self->n_dates++;
  if (strchr (iso, 'T') != NULL || strlen (text) > 15)
    self->n_moments++;
  if (*iso == '-')
    {
      self->n_years_past++;
      return TRUE;
    }
  zone = g_time_zone_new_utc ();
  iso[10] = '\0';
  if (crm_date_get_start (iso, zone) < now - SIXTEEN_YEARS)
    self->n_years_past++;

  return TRUE;
}

/* A UUID, or the fifteen or eighteen letters and digits of Salesforce */
static gboolean
is_id (const char *text)
{
  gsize size = strlen (text);
  guint n_letters = 0;
  gsize i;

  if (g_uuid_string_is_valid (text))
    return TRUE;
  if (size != 15 && size != 18 && size != 24)
    return FALSE;
  for (i = 0; i < size; i++)
    {
      if (!g_ascii_isalnum (text[i]))
        return FALSE;
      if (g_ascii_isalpha (text[i]))
        n_letters++;
    }

  return n_letters > 0 && n_letters < size;
}

/* "602 00", "10115", "SW1A 1AA", "110-100" */
static gboolean
is_postcode (const char *text)
{
  gsize size = strlen (text);
  guint n_digits = count_digits (text);
  gsize i;

  if (size < 4 || size > 10 || n_digits < 2)
    return FALSE;
  for (i = 0; i < size; i++)
    if (!g_ascii_isdigit (text[i]) && !g_ascii_isupper (text[i]) && text[i] != ' ' &&
        text[i] != '-')
      return FALSE;

  return n_digits == size ? size == 5 || size == 6 : TRUE;
}

static gboolean
is_capitalised (const char *word)
{
  gunichar first = g_utf8_get_char (word);
  const char *p;

  if (!g_unichar_isalpha (first) || g_unichar_islower (first))
    return FALSE;
  for (p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c) && !g_unichar_ismark (c) && strchr ("-'.’", (int) c) == NULL &&
          c != 0x2019)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_korean_name (const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  const char *p;
  guint i;

  if (length < 2 || length > 4)
    return FALSE;
  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) != G_UNICODE_SCRIPT_HANGUL)
      return FALSE;

  for (i = 0; i < G_N_ELEMENTS (korean_families); i++)
    if (g_str_has_prefix (text, korean_families[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_given_name (const char *word)
{
  g_autofree char *folded = crm_text_fold (word);

  return crm_given_name_is_known (folded);
}

/* Whether @word can only be a family name: "Nováková" */
static gboolean
is_family_name (const char *word)
{
  return strlen (word) > 5 && (g_str_has_suffix (word, "ová") || g_str_has_suffix (word, "ska") ||
                               g_str_has_suffix (word, "ski"));
}

static void
add_words (CrmImportProfile *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,", -1);
  g_autoptr (GPtrArray) filled = g_ptr_array_new ();
  const char *first;
  const char *last;
  guint i;

  if (strchr (text, ',') != NULL && strchr (text, ' ') != NULL)
    self->n_commas++;
  for (i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (filled, words[i]);
  if (filled->len == 0 || filled->len > 5)
    return;

  if (is_korean_name (text))
    {
      self->n_names++;
      return;
    }

  first = g_ptr_array_index (filled, 0);
  last = g_ptr_array_index (filled, filled->len - 1);
  if (!is_capitalised (first) || !is_capitalised (last))
    return;
  if (filled->len == 1)
    {
      self->n_one_word++;
      if (is_given_name (first))
        self->n_given_names++;
      return;
    }

  self->n_names++;
  for (i = 0; i + 2 < filled->len && g_str_has_suffix (first, "."); i++)
    first = g_ptr_array_index (filled, i + 1);
  if (is_given_name (first) || is_family_name (last))
    self->n_given_first++;
  if (is_given_name (last) || is_family_name (first))
    self->n_given_last++;
}

static void
add_distinct (CrmImportProfile *self, const char *clean)
{
  g_autofree char *folded = crm_text_fold (clean);
  guint i;

  if (self->distinct == NULL)
    self->distinct = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_contains (self->distinct, folded))
    return;

  self->n_distinct++;
  for (i = 0; i < 3 && self->samples[i] != NULL; i++)
    {
    }
  if (i < 3)
    self->samples[i] = g_utf8_strlen (clean, -1) > MAX_SAMPLE
                           ? g_utf8_substring (clean, 0, MAX_SAMPLE)
                           : g_strdup (clean);
  if (g_hash_table_size (self->distinct) < MAX_DISTINCT)
    g_hash_table_insert (self->distinct, g_steal_pointer (&folded), g_strdup (clean));
}

void
crm_import_profile_add (CrmImportProfile *self, const char *text, gsize size, gint64 now)
{
  g_autofree char *copy = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *email = NULL;

  g_assert (self != NULL);

  if (self->n_values >= CRM_IMPORT_PROFILE_VALUES)
    return;
  copy = g_strndup (text, MIN (size, 4096));
  clean = crm_text_clean (copy, FALSE);
  if (clean == NULL)
    return;

  self->n_values++;
  add_distinct (self, clean);
  if (strchr (clean, ';') != NULL)
    self->n_semicolons++;
  if (strchr (clean, '|') != NULL)
    self->n_bars++;
  if (memchr (copy, '\n', strlen (copy)) != NULL || g_utf8_strlen (clean, -1) >= LONG_CHARACTERS)
    {
      self->n_long++;
      return;
    }

  if (strchr (clean, '@') != NULL)
    {
      g_auto (GStrv) parts = g_strsplit_set (clean, ";,", 2);

      email = crm_email_normalise (g_strstrip (parts[0]), NULL, NULL);
      if (email != NULL)
        {
          self->n_emails++;
          return;
        }
    }
  if (is_link (clean))
    {
      self->n_links++;
      return;
    }
  if (strlen (clean) > MAX_SHORT)
    return;
  if (is_domain (clean))
    {
      self->n_domains++;
      return;
    }
  if (is_id (clean))
    self->n_ids++;

  folded = crm_text_fold (clean);
  if (is_one_of (folded, switches, G_N_ELEMENTS (switches)))
    self->n_switches++;
  if (crm_country_from_text (clean) != NULL)
    self->n_countries++;
  if (is_postcode (clean))
    self->n_postcodes++;

  if (count_digits (clean) > 0)
    {
      if (add_date (self, clean, now))
        return;
      if (is_phone (clean))
        self->n_phones++;
      add_number (self, clean);
    }

  {
    g_autofree char *name = crm_text_normalise_name (clean);
    g_autofree char *company = crm_text_normalise_company (clean);

    if (strcmp (name, company) != 0)
      {
        self->n_companies++;
        return;
      }
  }
  if (count_digits (clean) == 0)
    add_words (self, clean);
}

void
crm_import_profile_clear (CrmImportProfile *self)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (self->samples); i++)
    g_clear_pointer (&self->samples[i], g_free);
  g_clear_pointer (&self->distinct, g_hash_table_unref);
}

gboolean
crm_import_profile_is (const CrmImportProfile *self, guint n, guint percent)
{
  return self->n_values > 0 && (guint64) n * 100 >= (guint64) self->n_values * percent;
}

CrmKind
crm_import_profile_guess_kind (const CrmImportProfile *self)
{
  g_assert (self != NULL);

  if (crm_import_profile_is (self, self->n_emails, 90))
    return CRM_KIND_EMAILS;
  if (crm_import_profile_is (self, self->n_links, 90))
    return CRM_KIND_LINKS;
  if (crm_import_profile_is (self, self->n_domains, 90))
    return CRM_KIND_DOMAINS;
  if (crm_import_profile_is (self, self->n_dates, 95))
    return crm_import_profile_is (self, self->n_moments, 90) ? CRM_KIND_DATETIME : CRM_KIND_DATE;
  if (crm_import_profile_is (self, self->n_money, 80) &&
      crm_import_profile_is (self, self->n_money + self->n_numbers, 95))
    return CRM_KIND_MONEY;
  if (crm_import_profile_is (self, self->n_percents, 95))
    return CRM_KIND_PERCENT;
  if (self->n_distinct <= 3 && crm_import_profile_is (self, self->n_switches, 95))
    return CRM_KIND_CHECKBOX;
  if (crm_import_profile_is (self, self->n_phones, 90))
    return CRM_KIND_PHONES;
  if (crm_import_profile_is (self, self->n_integers, 98))
    return CRM_KIND_INTEGER;
  if (crm_import_profile_is (self, self->n_numbers, 98))
    return CRM_KIND_DECIMAL;
  if (crm_import_profile_is (self, self->n_long, 20))
    return CRM_KIND_LONGTEXT;
  if (self->n_values >= MIN_REPEATING && self->n_distinct <= 30 &&
      self->n_distinct * 4 <= self->n_values)
    return crm_import_profile_is (self, self->n_semicolons, 10) ? CRM_KIND_CHOICES
                                                                : CRM_KIND_CHOICE;

  return CRM_KIND_TEXT;
}

gboolean
crm_import_profile_fits (const CrmImportProfile *self, const CrmField *field)
{
  guint n;

  g_assert (self != NULL);
  g_assert (field != NULL);

  if (self->n_values == 0)
    return TRUE;

  switch (field->kind)
    {
    case CRM_KIND_EMAILS:
      n = self->n_emails;
      break;
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      n = self->n_dates + self->n_integers;
      break;
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_RATING:
      n = self->n_numbers;
      break;
    case CRM_KIND_PERCENT:
      n = self->n_numbers + self->n_percents;
      break;
    case CRM_KIND_MONEY:
      n = self->n_numbers + self->n_money;
      break;
    case CRM_KIND_DOMAINS:
      n = self->n_domains + self->n_links;
      break;
    default:
      return TRUE;
    }

  /* "Rather no addresses than others": some cells may say "unknown". */
  return crm_import_profile_is (self, n, 50);
}
