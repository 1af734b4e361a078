/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a value is made comparable, and how alike two of them are, as it fits what the field tells. */

#include "config.h"

#include <string.h>

#include "crm-date.h"
#include "crm-duplicate-column-private.h"
#include "crm-duplicate-text-private.h"
#include "crm-text.h"

#define PHONE_DIGITS 9 /* of the end: the same number with and without its country */
#define TEXT_SIZE 160 /* bytes of a long text that are compared */

#define NEARLY_WORDS 0.9
#define SIMILAR_WORDS 0.65
#define SIMILAR_NAME 0.85
#define SOUND_NAME 0.7 /* and it sounds the same */

/* Making comparable */

static char *
keep_alphanumeric (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  GString *out = g_string_sized_new (strlen (folded) + 1);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

static char *
make_phone (const char *text)
{
  GString *digits = g_string_new (NULL);
  const char *end = strchr (text, ';');

  for (const char *p = text; *p != '\0' && p != end; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  if (digits->len == 0)
    {
      g_string_free (digits, TRUE);
      return keep_alphanumeric (text);
    }
  if (digits->len > PHONE_DIGITS)
    g_string_erase (digits, 0, (gssize) digits->len - PHONE_DIGITS);

  return g_string_free (digits, FALSE);
}

/* "20260512", "0512" without a year; else what is written, without punctuation */
static char *
make_date (const char *text)
{
  g_autofree char *iso = crm_date_parse (text, CRM_DATE_ORDER_DMY);
  GString *digits = g_string_new (NULL);

  for (const char *p = iso != NULL ? iso : text; *p != '\0' && *p != 'T'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  if (digits->len == 0)
    {
      g_string_free (digits, TRUE);
      return keep_alphanumeric (text);
    }

  return g_string_free (digits, FALSE);
}

static char *
make_email (const char *text)
{
  g_autofree char *address = NULL;
  char *key = NULL;

  address = crm_email_normalise (text, &key, NULL);
  return address != NULL ? key : crm_text_fold (text);
}

static char *
make_key_of_url (const char *text)
{
  g_autofree char *url = NULL;
  char *key = NULL;

  url = crm_url_normalise (text, NULL, &key, NULL);
  return url != NULL ? key : crm_text_fold (text);
}

static char *
make_domain (const char *text)
{
  g_autofree char *domain = NULL;
  char *key = NULL;

  domain = crm_domain_normalise (text, &key, NULL);
  return domain != NULL ? key : crm_text_fold (text);
}

static char *
make_words (CrmTrait trait, const char *text)
{
  g_autofree char *start = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *latin = NULL;
  const char *end = NULL;

  if (strlen (text) > TEXT_SIZE && g_utf8_validate (text, -1, NULL))
    {
      end = g_utf8_find_prev_char (text, text + TEXT_SIZE);
      start = g_strndup (text, (gsize) (end - text));
      text = start;
    }
  folded = trait == CRM_TRAIT_ORGANISATION || trait == CRM_TRAIT_NAME
               ? crm_text_normalise_company (text)
               : crm_text_fold (text);
  latin = crm_duplicate_romanise (folded);

  return trait == CRM_TRAIT_STREET ? crm_duplicate_expand_address (latin)
                                   : g_steal_pointer (&latin);
}

char *
crm_duplicate_make_comparable (CrmTrait trait, gboolean is_numeric, const char *text)
{
  char *made;

  g_assert (text != NULL);

  if (is_numeric && trait != CRM_TRAIT_DATE && trait != CRM_TRAIT_PHONE)
    made = keep_alphanumeric (text);
  else
    switch (trait)
      {
      case CRM_TRAIT_EMAIL:
        made = make_email (text);
        break;

      case CRM_TRAIT_PHONE:
        made = make_phone (text);
        break;

      case CRM_TRAIT_DOMAIN:
        made = make_domain (text);
        break;

      case CRM_TRAIT_LINK:
        made = make_key_of_url (text);
        break;

      case CRM_TRAIT_CODE:
      case CRM_TRAIT_NUMBER:
        made = keep_alphanumeric (text);
        break;

      case CRM_TRAIT_DATE:
        made = make_date (text);
        break;

      default:
        made = make_words (trait, text);
        break;
      }

  if (made != NULL && *made == '\0')
    g_clear_pointer (&made, g_free);

  return made;
}

/* Comparing */

static gboolean
has_space (const char *text, gsize size)
{
  return memchr (text, ' ', size) != NULL;
}

static gboolean
sound_alike (const char *a, const char *b)
{
  char of_a[CRM_DUPLICATE_SOUND_SIZE];
  char of_b[CRM_DUPLICATE_SOUND_SIZE];

  crm_duplicate_sound (a, of_a);
  crm_duplicate_sound (b, of_b);
  return of_a[0] != '\0' && of_a[1] != '\0' && strcmp (of_a, of_b) == 0;
}

/* Jan and Jana, Novák and Nováková: a man and a woman */
static gboolean
differ_by_gender (const char *a, gsize a_size, const char *b, gsize b_size)
{
  const char *longer = a_size > b_size ? a : b;
  gsize size = MIN (a_size, b_size);
  gsize more = MAX (a_size, b_size) - size;

  return memcmp (a, b, size) == 0 &&
         ((more == 1 && longer[size] == 'a') || (more == 3 && strcmp (longer + size, "ova") == 0));
}

static CrmLikeness
compare_words (const char *a, gsize a_size, const char *b, gsize b_size)
{
  double likeness;

  if (MIN (a_size, b_size) >= 5 && crm_duplicate_distance (a, a_size, b, b_size, 1) <= 1)
    return CRM_LIKENESS_NEARLY;

  likeness = crm_duplicate_compare_words (a, b);
  if (likeness >= NEARLY_WORDS)
    return CRM_LIKENESS_NEARLY;
  if (likeness >= SIMILAR_WORDS)
    return CRM_LIKENESS_SIMILAR;
  if (crm_duplicate_jaro_winkler (a, a_size, b, b_size, NEARLY_WORDS) >= NEARLY_WORDS)
    return CRM_LIKENESS_SIMILAR;

  return CRM_LIKENESS_DIFFERENT;
}

/* @a and @b with their words put together: "chul soo" as "chulsoo" */
static gboolean
is_same_joined (const char *a, const char *b)
{
  for (;; a++, b++)
    {
      while (*a == ' ')
        a++;
      while (*b == ' ')
        b++;
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
    }
}

static CrmLikeness
compare_name_parts (CrmTrait trait, const char *a, gsize a_size, const char *b, gsize b_size)
{
  gsize shorter = MIN (a_size, b_size);
  double likeness;

  if (has_space (a, a_size) || has_space (b, b_size))
    {
      if (is_same_joined (a, b))
        return CRM_LIKENESS_NEARLY;
      return compare_words (a, a_size, b, b_size);
    }
  if (trait != CRM_TRAIT_FAMILY && crm_duplicate_is_nickname (a, b))
    return CRM_LIKENESS_NEARLY;
  if (differ_by_gender (a, a_size, b, b_size))
    return CRM_LIKENESS_SIMILAR;
  if (shorter == 1)
    return a[0] == b[0] ? CRM_LIKENESS_SIMILAR : CRM_LIKENESS_DIFFERENT;
  if (shorter >= 4 && crm_duplicate_distance (a, a_size, b, b_size, 1) <= 1)
    return CRM_LIKENESS_NEARLY;

  likeness = crm_duplicate_jaro_winkler (a, a_size, b, b_size, SOUND_NAME);
  if (likeness >= SOUND_NAME && sound_alike (a, b))
    return CRM_LIKENESS_NEARLY;
  if (likeness >= SIMILAR_NAME)
    return CRM_LIKENESS_SIMILAR;
  if (shorter >= 3 && memcmp (a, b, shorter) == 0)
    return CRM_LIKENESS_SIMILAR;
  if (shorter >= 5 && crm_duplicate_distance (a, a_size, b, b_size, 2) <= 2)
    return CRM_LIKENESS_SIMILAR;

  return CRM_LIKENESS_DIFFERENT;
}

/* A name in full: its words in any order, short forms of given names among them */
static CrmLikeness
compare_names (const char *a, gsize a_size, const char *b, gsize b_size)
{
  CrmLikeness likeness = compare_words (a, a_size, b, b_size);
  g_auto (GStrv) of_a = NULL;
  g_auto (GStrv) of_b = NULL;

  if (likeness == CRM_LIKENESS_NEARLY || is_same_joined (a, b))
    return CRM_LIKENESS_NEARLY;
  if (likeness == CRM_LIKENESS_DIFFERENT && a[0] != b[0] && strchr (a, ' ') == NULL)
    return CRM_LIKENESS_DIFFERENT;

  of_a = g_strsplit (a, " ", 5);
  of_b = g_strsplit (b, " ", 5);
  if (g_strv_length (of_a) != 2 || g_strv_length (of_b) != 2)
    return likeness;

  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      if (g_str_equal (of_a[i], of_b[j]) && (crm_duplicate_is_nickname (of_a[1 - i], of_b[1 - j]) ||
                                             sound_alike (of_a[1 - i], of_b[1 - j])))
        return CRM_LIKENESS_NEARLY;

  return likeness;
}

/* Who takes the post of anybody there */
static gboolean
is_role_address (const char *local, gsize size)
{
  static const char *const names[] = { "info",  "office",  "sales",   "mail",   "admin", "contact",
                                       "hello", "kontakt", "support", "obchod", "team",  "hallo" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == size && memcmp (names[i], local, size) == 0)
      return TRUE;

  return FALSE;
}

/* Whether the two differ in digits at most: number 17 is not number 18 with an error */
static gboolean
differ_in_digits (const char *a, gsize a_size, const char *b, gsize b_size)
{
  gsize i = 0;
  gsize j = 0;

  for (;;)
    {
      while (i < a_size && g_ascii_isdigit (a[i]))
        i++;
      while (j < b_size && g_ascii_isdigit (b[j]))
        j++;
      if (i == a_size || j == b_size)
        return i == a_size && j == b_size;
      if (a[i++] != b[j++])
        return FALSE;
    }
}

static CrmLikeness
compare_emails (const char *a, gsize a_size, const char *b, gsize b_size)
{
  gsize a_local = strcspn (a, "@");
  gsize b_local = strcspn (b, "@");
  gboolean same_domain = strcmp (a + a_local, b + b_local) == 0;

  if (differ_in_digits (a, a_size, b, b_size))
    return CRM_LIKENESS_DIFFERENT;
  /* Few mistype the first letter; colleagues of one family name differ by it */
  if (same_domain && a[0] != b[0])
    return CRM_LIKENESS_DIFFERENT;
  if (a_local == b_local && memcmp (a, b, a_local) == 0)
    {
      if (is_role_address (a, a_local))
        return CRM_LIKENESS_DIFFERENT;
      return crm_duplicate_distance (a + a_local, a_size - a_local, b + b_local, b_size - b_local,
                                     2) <= 2
                 ? CRM_LIKENESS_NEARLY
                 : CRM_LIKENESS_SIMILAR;
    }
  if (MIN (a_local, b_local) >= 4 && same_domain &&
      crm_duplicate_distance (a, a_local, b, b_local, 1) <= 1)
    return CRM_LIKENESS_NEARLY;
  if (MIN (a_local, b_local) >= 6 && same_domain &&
      crm_duplicate_distance (a, a_local, b, b_local, 2) <= 2)
    return CRM_LIKENESS_SIMILAR;

  return CRM_LIKENESS_DIFFERENT;
}

static CrmLikeness
compare_numbers (const char *a, gsize a_size, const char *b, gsize b_size)
{
  gsize shorter = MIN (a_size, b_size);
  guint distance;

  if (shorter < 2)
    return CRM_LIKENESS_DIFFERENT;

  distance = crm_duplicate_distance (a, a_size, b, b_size, 2);
  if (distance <= 1)
    return CRM_LIKENESS_NEARLY;

  return distance == 2 && shorter >= 6 ? CRM_LIKENESS_SIMILAR : CRM_LIKENESS_DIFFERENT;
}

static CrmLikeness
compare_dates (const char *a, gsize a_size, const char *b, gsize b_size)
{
  if (a_size == 8 && b_size == 8)
    {
      gboolean year = memcmp (a, b, 4) == 0;
      gboolean month = memcmp (a + 4, b + 4, 2) == 0;
      gboolean day = memcmp (a + 6, b + 6, 2) == 0;

      if (crm_duplicate_distance (a, 8, b, 8, 1) <= 1 ||
          (year && memcmp (a + 4, b + 6, 2) == 0 && memcmp (a + 6, b + 4, 2) == 0))
        return CRM_LIKENESS_NEARLY;
      return (int) year + month + day == 2 ? CRM_LIKENESS_SIMILAR : CRM_LIKENESS_DIFFERENT;
    }
  /* One without its year */
  if (a_size + b_size == 12)
    return memcmp (a + a_size - 4, b + b_size - 4, 4) == 0 ? CRM_LIKENESS_SIMILAR
                                                           : CRM_LIKENESS_DIFFERENT;

  return compare_numbers (a, a_size, b, b_size);
}

CrmLikeness
crm_duplicate_compare_texts (CrmTrait trait,
                             gboolean is_numeric,
                             const char *a,
                             gsize a_size,
                             const char *b,
                             gsize b_size)
{
  if (a_size == b_size && memcmp (a, b, a_size) == 0)
    return CRM_LIKENESS_SAME;
  if (is_numeric && trait != CRM_TRAIT_DATE)
    return compare_numbers (a, a_size, b, b_size);

  switch (trait)
    {
    case CRM_TRAIT_GIVEN:
    case CRM_TRAIT_FAMILY:
    case CRM_TRAIT_WORD:
    case CRM_TRAIT_PLACE:
      return compare_name_parts (trait, a, a_size, b, b_size);

    case CRM_TRAIT_NAME:
      return compare_names (a, a_size, b, b_size);

    case CRM_TRAIT_ORGANISATION:
    case CRM_TRAIT_STREET:
    case CRM_TRAIT_TEXT:
      return is_same_joined (a, b) ? CRM_LIKENESS_NEARLY : compare_words (a, a_size, b, b_size);

    case CRM_TRAIT_EMAIL:
      return compare_emails (a, a_size, b, b_size);

    case CRM_TRAIT_PHONE:
    case CRM_TRAIT_CODE:
    case CRM_TRAIT_NUMBER:
      return compare_numbers (a, a_size, b, b_size);

    case CRM_TRAIT_DATE:
      return compare_dates (a, a_size, b, b_size);

    case CRM_TRAIT_DOMAIN:
    case CRM_TRAIT_LINK:
      return !differ_in_digits (a, a_size, b, b_size) && MIN (a_size, b_size) >= 6 &&
                     crm_duplicate_distance (a, a_size, b, b_size, 1) <= 1
                 ? CRM_LIKENESS_NEARLY
                 : CRM_LIKENESS_DIFFERENT;

    case CRM_TRAIT_CATEGORY:
      return MIN (a_size, b_size) >= 3 && crm_duplicate_distance (a, a_size, b, b_size, 1) <= 1
                 ? CRM_LIKENESS_NEARLY
                 : CRM_LIKENESS_DIFFERENT;

    default:
      g_assert_not_reached ();
    }
}
