/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-phone-library-private.h"
#include "crm-phone-plan-private.h"
#include "crm-unicode-private.h"

#define MAX_DIGITS 20 /* a number has 15, and before it may stand a prefix and a zero */
#define MAX_E164_DIGITS 15
#define MAX_EXTENSION 7
#define EXTENSION ";ext="
#define ITALY "39" /* where the zero before a number is a part of it */

/* A number as it was typed, taken apart */
typedef struct
{
  char digits[MAX_DIGITS + 1]; /* without a "+" or "00" */
  guint n_digits;
  gboolean is_international;
  char extension[MAX_EXTENSION + 1];
} Typed;

/* What stands before an extension, folded */
static const char *const extension_words[] = {
  "ext",    "extension", "extn",      "x",     "#",   ";ext",   "linka", "l",    "kl",
  "klapka", "dw",        "durchwahl", "poste", "int", "интерн", "доб",   "내선", "内線",
};

/* Calling codes whose countries write their numbers in one group */
static const guint ungrouped_codes[] = { 247, 290, 298, 500, 686, 690 };

/* Calling codes whose national numbers may begin with a zero that is dialled from abroad too */
static const guint zero_codes[] = { 39, 225, 241, 242, 378 };

static gboolean
is_listed (guint code, const guint *codes, gsize n_codes)
{
  for (gsize i = 0; i < n_codes; i++)
    {
      if (codes[i] == code)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_separator (gunichar c)
{
  return crm_unicode_is_blank (c) || c == '(' || c == ')' || c == '-' || c == '.' || c == '/' ||
         c == '\\' || c == '~' || c == 0x2022 || c == 0xB7 || c == 0x2212 ||
         (c >= 0x2010 && c <= 0x2015);
}

/* Reads " ext. 12" to its end */
static gboolean
read_extension (const char *text, Typed *typed)
{
  const char *word = text;
  gsize size;
  guint n = 0;

  while (*text != '\0' && !g_ascii_isdigit (*text) && strchr (" .:=", *text) == NULL)
    text++;
  size = (gsize) (text - word);
  text += strspn (text, " .:=");

  for (; g_ascii_isdigit (*text) && n < MAX_EXTENSION; text++)
    typed->extension[n++] = *text;
  typed->extension[n] = '\0';
  if (n == 0 || *text != '\0')
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (extension_words); i++)
    {
      if (strlen (extension_words[i]) == size && strncmp (word, extension_words[i], size) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Returns: %FALSE where @text is more than a number and perhaps an extension */
static gboolean
take_apart (const char *text, Typed *typed)
{
  g_autofree char *folded = crm_text_fold (text);
  const char *p = folded;
  const char *end;

  *typed = (Typed){ 0 };

  g_strstrip (folded);
  if (*p == '\'') /* how spreadsheets keep a "+" from being a formula */
    p++;
  if (g_str_has_prefix (p, "tel"))
    {
      p += 3;
      p += strspn (p, ".: ");
    }

  end = p + strlen (p);
  while (p < end)
    {
      const char *start = p;
      gunichar c = crm_unicode_next (&p, end);

      if (g_unichar_isdigit (c))
        {
          if (typed->n_digits == MAX_DIGITS)
            return FALSE;
          typed->digits[typed->n_digits++] = (char) ('0' + g_unichar_digit_value (c));
        }
      else if (c == '+')
        {
          if (typed->is_international || typed->n_digits > 0)
            return FALSE;
          typed->is_international = TRUE;
        }
      else if (c == '(' && g_str_has_prefix (p, "0)") && typed->is_international &&
               !g_str_equal (typed->digits, ITALY))
        {
          /* "+49 (0)30": the zero is for those who dial from inside. */
          p += 2;
        }
      else if (c == '/' && typed->n_digits >= (typed->is_international ? 8 : 6))
        {
          /* Not between an area and a number, but between two ends: "123456 / 57". */
          return FALSE;
        }
      else if (!is_separator (c))
        {
          if (typed->n_digits < 5 || !read_extension (start, typed))
            return FALSE;
          break;
        }
    }

  /* "00" is dialled before international numbers nearly everywhere, and begins no other. */
  if (!typed->is_international && typed->n_digits > 9 && typed->digits[0] == '0' &&
      typed->digits[1] == '0')
    {
      typed->is_international = TRUE;
      typed->n_digits -= 2;
      memmove (typed->digits, typed->digits + 2, typed->n_digits);
    }
  typed->digits[typed->n_digits] = '\0';

  return typed->n_digits > 0;
}

static char *
make_e164 (guint code, const char *national)
{
  g_autofree char *number = g_strdup_printf ("+%u%s", code, national);

  return strlen (number) - 1 <= MAX_E164_DIGITS ? g_steal_pointer (&number) : NULL;
}

/* Returns: @digits without the trunk prefix, or %NULL where it is missing */
static const char *
skip_trunk (const CrmPhonePlan *plan, const char *digits)
{
  gsize size = strlen (plan->trunk);

  if (strncmp (digits, plan->trunk, size) == 0)
    return digits + size;

  /* North America dials it before some numbers only. */
  return plan->code == 1 ? digits : NULL;
}

static gboolean
has_plausible_length (const CrmPhonePlan *plan, const char *national)
{
  gsize size = strlen (national);

  return size >= plan->min_digits && size <= plan->max_digits;
}

/* Whether the library knew how to group a number, which it does for those that its plan has and
 * not for "+1 5550100" or "+420 112". Its own test for that is not to be had through EPhoneNumber. */
static gboolean
is_known_form (const CrmPhonePlan *plan, const char *international)
{
  const char *national = strchr (international, ' ');

  if (national != NULL && strpbrk (national + 1, " -./") != NULL)
    return TRUE;

  return is_listed (plan->code, ungrouped_codes, G_N_ELEMENTS (ungrouped_codes));
}

static char *
normalise_with_library (const char *digits, const char *region)
{
  g_autofree char *e164 = NULL;
  g_autofree char *international = NULL;
  const CrmPhonePlan *plan;
  const char *national;

  if (!crm_phone_library_parse (digits, region, &e164, &international) || e164[0] != '+')
    return NULL;

  plan = crm_phone_plan_for_number (e164 + 1, &national);
  if (plan == NULL || !has_plausible_length (plan, national) ||
      !is_known_form (plan, international))
    return NULL;

  return g_steal_pointer (&e164);
}

/* By the length alone; what it cannot tell from an abbreviation stays as it was typed */
static char *
normalise_plainly (const CrmPhonePlan *plan, const char *national, gboolean is_exact)
{
  if (!has_plausible_length (plan, national))
    return NULL;
  if (!is_exact && plan->min_digits != plan->max_digits)
    return NULL;
  if (national[0] == '0' && !is_listed (plan->code, zero_codes, G_N_ELEMENTS (zero_codes)))
    return NULL;

  return make_e164 (plan->code, national);
}

static char *
normalise_international (const Typed *typed)
{
  const CrmPhonePlan *plan;
  const char *national;

  plan = crm_phone_plan_for_number (typed->digits, &national);
  if (plan == NULL)
    return NULL;

  if (crm_phone_plan_find_form (plan, national) != NULL)
    return make_e164 (plan->code, national);

  if (crm_phone_library_is_available ())
    {
      g_autofree char *digits = g_strconcat ("+", typed->digits, NULL);

      /* The region does not matter here; without one the library would look for a locale's. */
      return normalise_with_library (digits, "US");
    }

  if (*plan->trunk != '\0' && national[0] == '0' && g_str_has_prefix (national, plan->trunk))
    national += strlen (plan->trunk);
  return normalise_plainly (plan, national, TRUE);
}

static char *
normalise_national (const Typed *typed, const char *region)
{
  const CrmPhonePlan *plan = crm_phone_plan_for_region (region);
  const char *national;

  if (plan == NULL)
    return NULL;

  national = skip_trunk (plan, typed->digits);
  if (national != NULL && crm_phone_plan_find_form (plan, national) != NULL)
    return make_e164 (plan->code, national);

  if (crm_phone_library_is_available ())
    {
      g_autofree char *upper = g_ascii_strup (region, -1);

      return normalise_with_library (typed->digits, upper);
    }

  return normalise_plainly (plan, national != NULL ? national : typed->digits, national != NULL);
}

char *
crm_phone_normalise (const char *text, const char *region)
{
  g_autofree char *e164 = NULL;
  Typed typed;

  g_return_val_if_fail (text != NULL, NULL);

  if (!take_apart (text, &typed))
    return NULL;

  if (typed.is_international)
    e164 = normalise_international (&typed);
  else if (region != NULL)
    e164 = normalise_national (&typed, region);

  if (e164 == NULL || typed.extension[0] == '\0')
    return g_steal_pointer (&e164);

  return g_strconcat (e164, EXTENSION, typed.extension, NULL);
}

/* Returns: whether @phone is what crm_phone_normalise() made */
static gboolean
is_e164 (const char *phone, char digits[MAX_E164_DIGITS + 1], const char **extension)
{
  gsize size;

  if (phone[0] != '+')
    return FALSE;

  size = strspn (phone + 1, "0123456789");
  if (size == 0 || size > MAX_E164_DIGITS)
    return FALSE;

  memcpy (digits, phone + 1, size);
  digits[size] = '\0';

  *extension = NULL;
  phone += size + 1;
  if (*phone == '\0')
    return TRUE;
  if (!g_str_has_prefix (phone, EXTENSION))
    return FALSE;

  *extension = phone + strlen (EXTENSION);
  return TRUE;
}

static char *
apply_form (guint code, const char *national, const char *form)
{
  GString *out = g_string_new (NULL);

  g_string_printf (out, "+%u ", code);
  for (; *form != '\0'; form++)
    {
      if (g_ascii_isdigit (*form))
        {
          g_string_append_len (out, national, *form - '0');
          national += *form - '0';
        }
      else
        {
          g_string_append_c (out, *form);
        }
    }

  return g_string_free (out, FALSE);
}

/* Groups of three, the last of which may have four digits */
static char *
group_plainly (guint code, const char *national)
{
  GString *out = g_string_new (NULL);
  gsize left = strlen (national);

  g_string_printf (out, "+%u", code);
  while (left > 0)
    {
      gsize size = left == 4 || left < 3 ? left : 3;

      g_string_append_c (out, ' ');
      g_string_append_len (out, national, (gssize) size);
      national += size;
      left -= size;
    }

  return g_string_free (out, FALSE);
}

static char *
format_number (const char *digits)
{
  g_autofree char *international = NULL;
  g_autofree char *e164 = g_strconcat ("+", digits, NULL);
  const CrmPhonePlan *plan;
  const char *national;
  const char *form;

  plan = crm_phone_plan_for_number (digits, &national);
  if (plan == NULL)
    return g_steal_pointer (&e164);

  form = crm_phone_plan_find_form (plan, national);
  if (form != NULL)
    return apply_form (plan->code, national, form);
  if (crm_phone_library_parse (e164, "US", NULL, &international))
    return g_steal_pointer (&international);

  return group_plainly (plan->code, national);
}

char *
crm_phone_format (const char *phone)
{
  char digits[MAX_E164_DIGITS + 1];
  g_autofree char *number = NULL;
  const char *extension;

  g_return_val_if_fail (phone != NULL, NULL);

  if (!is_e164 (phone, digits, &extension))
    return g_strdup (phone);

  number = format_number (digits);
  if (extension == NULL)
    return g_steal_pointer (&number);

  /* Translators: a phone number and its extension */
  return g_strdup_printf (_ ("%s ext. %s"), number, extension);
}

/* The digits of a number that was kept as typed */
static char *
get_typed_digits (const char *text)
{
  const char *end = text + strlen (text);
  GString *digits = g_string_new (NULL);

  while (text < end)
    {
      gunichar c = crm_unicode_next (&text, end);

      if (g_unichar_isdigit (c))
        g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (c)));
    }

  return g_string_free (digits, FALSE);
}

char *
crm_phone_get_search_digits (const char *phone)
{
  g_autofree char *international = NULL;
  const CrmPhonePlan *plan;
  const char *extension;
  const char *national;
  char digits[MAX_E164_DIGITS + 1];

  g_return_val_if_fail (phone != NULL, NULL);

  if (is_e164 (phone, digits, &extension))
    international = g_strdup (digits);
  else
    international = get_typed_digits (phone);

  /* "+1 (555) 0100" stays as typed, but its calling code is beyond doubt. */
  if (phone[0] != '+')
    return g_steal_pointer (&international);
  plan = crm_phone_plan_for_number (international, &national);
  if (plan == NULL || *national == '\0')
    return g_steal_pointer (&international);

  return g_strconcat (international, " ", plan->code == 1 ? "" : plan->trunk, national, NULL);
}
