/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "crm-locale-private.h"
#include "crm-unicode-private.h"

#define MAX_NAME 128

typedef struct
{
  const char *text; /* as crm_text_normalise_name() makes it */
  const char *country;
} Alias;

/* What people write and no list of country names has */
static const Alias aliases[] = {
  { "america", "US" },
  { "bosnia", "BA" },
  { "britain", "GB" },
  { "burma", "MM" },
  { "cesko", "CZ" },
  { "ceska republika", "CZ" },
  { "congo", "CG" },
  { "cote d ivoire", "CI" },
  { "czech republic", "CZ" },
  { "dr congo", "CD" },
  { "emirates", "AE" },
  { "england", "GB" },
  { "espana", "ES" },
  { "great britain", "GB" },
  { "holland", "NL" },
  { "hong kong", "HK" },
  { "ivory coast", "CI" },
  { "korea", "KR" },
  { "korea republic of", "KR" },
  { "korea south", "KR" },
  { "macau", "MO" },
  { "macedonia", "MK" },
  { "moldova republic of", "MD" },
  { "northern ireland", "GB" },
  { "osterreich", "AT" },
  { "palestine", "PS" },
  { "prc", "CN" },
  { "republic of ireland", "IE" },
  { "republic of korea", "KR" },
  { "russian federation", "RU" },
  { "scotland", "GB" },
  { "slovak republic", "SK" },
  { "slovenska republika", "SK" },
  { "swaziland", "SZ" },
  { "the netherlands", "NL" },
  { "turkey", "TR" },
  { "turkiye", "TR" },
  { "u a e", "AE" },
  { "u k", "GB" },
  { "u s", "US" },
  { "u s a", "US" },
  { "uae", "AE" },
  { "uk", "GB" },
  { "united states of america", "US" },
  { "viet nam", "VN" },
  { "wales", "GB" },
  { "대한민국", "KR" },
  { "한국", "KR" },
};

/* Languages besides the most spoken one in which a country names itself */
static const struct
{
  const char *country;
  const char *languages[4];
} other_languages[] = {
  { "BE", { "nl", "fr", "de" } },
  { "CA", { "fr" } },
  { "CH", { "de", "fr", "it" } },
  { "CY", { "tr" } },
  { "ES", { "ca", "eu" } },
  { "FI", { "sv" } },
  { "HK", { "zh-Hant" } },
  { "IE", { "ga" } },
  { "IL", { "ar" } },
  { "LU", { "de", "fr" } },
  { "MT", { "mt" } },
  { "NO", { "nn" } },
  { "RS", { "sr-Latn" } },
  { "SG", { "zh" } },
  { "UA", { "ru" } },
};

/* Never changed once it can be seen */
static GMutex names_lock;
static GHashTable *names_by_locale; /* locale → (normal name → country), for the program's life */

static void
add_name (GHashTable *names, const char *text, const char *country)
{
  g_autofree char *name = crm_text_normalise_name (text);

  if (*name != '\0')
    g_hash_table_insert (names, g_steal_pointer (&name), (gpointer) country);
}

/* What the language of @display_locale calls @country */
static void
add_display_name (GHashTable *names, const char *country, const char *display_locale)
{
  g_autofree char *locale = g_strconcat ("und_", country, NULL);
  g_autofree char *name = NULL;
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[MAX_NAME];
  int32_t length;

  length = uloc_getDisplayCountry (locale, display_locale, wide, MAX_NAME, &status);
  if (U_FAILURE (status) || status == U_USING_DEFAULT_WARNING || length == 0)
    return;

  name = crm_unicode_to_utf8 (wide, length);
  add_name (names, name, country);
}

static void
add_own_names (GHashTable *names, const char *country)
{
  g_autofree char *locale = g_strconcat ("und_", country, NULL);
  UErrorCode status = U_ZERO_ERROR;
  char likely[ULOC_FULLNAME_CAPACITY];

  uloc_addLikelySubtags (locale, likely, sizeof likely, &status);
  if (U_SUCCESS (status))
    add_display_name (names, country, likely);

  for (guint i = 0; i < G_N_ELEMENTS (other_languages); i++)
    {
      if (!g_str_equal (other_languages[i].country, country))
        continue;
      for (guint j = 0; other_languages[i].languages[j] != NULL; j++)
        add_display_name (names, country, other_languages[i].languages[j]);
    }
}

/* Later names win: what the user's own language says before all others, a code before any name */
static GHashTable *
make_names (const char *user_locale)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *const *countries = uloc_getISOCountries ();

  for (guint i = 0; countries[i] != NULL; i++)
    add_own_names (names, countries[i]);
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    g_hash_table_insert (names, g_strdup (aliases[i].text), (gpointer) aliases[i].country);
  for (guint i = 0; countries[i] != NULL; i++)
    add_display_name (names, countries[i], "en");
  for (guint i = 0; countries[i] != NULL; i++)
    add_display_name (names, countries[i], user_locale);
  for (guint i = 0; countries[i] != NULL; i++)
    {
      g_autofree char *locale = g_strconcat ("und_", countries[i], NULL);

      add_name (names, countries[i], countries[i]);
      add_name (names, uloc_getISO3Country (locale), countries[i]);
    }

  return names;
}

static GHashTable *
get_names (void)
{
  const char *locale = crm_locale_get_name ("LC_MESSAGES");
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&names_lock);
  GHashTable *names;

  if (names_by_locale == NULL)
    names_by_locale = g_hash_table_new (g_str_hash, g_str_equal);

  names = g_hash_table_lookup (names_by_locale, locale);
  if (names == NULL)
    {
      names = make_names (locale);
      g_hash_table_insert (names_by_locale, (gpointer) locale, names);
    }

  return names;
}

const char *
crm_country_from_text (const char *text)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  name = crm_text_normalise_name (text);
  return g_hash_table_lookup (get_names (), name);
}

char *
crm_country_get_name (const char *country, const char *language)
{
  g_autofree char *locale = NULL;
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[MAX_NAME];
  int32_t length;

  g_return_val_if_fail (country != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  locale = g_strconcat ("und_", country, NULL);
  length = uloc_getDisplayCountry (locale, language, wide, MAX_NAME, &status);
  if (U_FAILURE (status) || length == 0)
    return g_strdup (country);

  return crm_unicode_to_utf8 (wide, length);
}
