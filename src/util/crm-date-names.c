/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-date-names-private.h"

#include <string.h>
#include <unicode/udat.h>

#include "crm-locale-private.h"
#include "crm-text.h"
#include "crm-unicode-private.h"

typedef struct
{
  const char *text;
  CrmDateWord word;
} Name;

static const Name common_names[] = {
  { "st", CRM_DATE_WORD_FILLER },
  { "nd", CRM_DATE_WORD_FILLER },
  { "rd", CRM_DATE_WORD_FILLER },
  { "th", CRM_DATE_WORD_FILLER },
  { "of", CRM_DATE_WORD_FILLER },
  { "the", CRM_DATE_WORD_FILLER },
  { "de", CRM_DATE_WORD_FILLER },
  { "at", CRM_DATE_WORD_FILLER },
  { "am", CRM_DATE_WORD_AM },
  { "a", CRM_DATE_WORD_AM },
  { "오전", CRM_DATE_WORD_AM },
  { "午前", CRM_DATE_WORD_AM },
  { "上午", CRM_DATE_WORD_AM },
  { "pm", CRM_DATE_WORD_PM },
  { "p", CRM_DATE_WORD_PM },
  { "오후", CRM_DATE_WORD_PM },
  { "午後", CRM_DATE_WORD_PM },
  { "下午", CRM_DATE_WORD_PM },
  { "년", CRM_DATE_WORD_YEAR },
  { "年", CRM_DATE_WORD_YEAR },
  { "월", CRM_DATE_WORD_MONTH },
  { "月", CRM_DATE_WORD_MONTH },
  { "일", CRM_DATE_WORD_DAY },
  { "日", CRM_DATE_WORD_DAY },
  { "sept", CRM_DATE_WORD_JANUARY + 8 },
};

/* Files come from other people's programs. What a word means in one of these counts only where it means nothing
 * in those that are known for certain. */
static const char *const other_locales[] = { "cs", "de", "id", "sk", "pl",
                                             "fr", "es", "it", "nl", "pt" };

static const UDateFormatSymbolType month_symbols[] = {
  UDAT_MONTHS,
  UDAT_SHORT_MONTHS,
  UDAT_STANDALONE_MONTHS,
  UDAT_STANDALONE_SHORT_MONTHS,
};

static const UDateFormatSymbolType weekday_symbols[] = {
  UDAT_WEEKDAYS,
  UDAT_SHORT_WEEKDAYS,
  UDAT_STANDALONE_WEEKDAYS,
  UDAT_STANDALONE_SHORT_WEEKDAYS,
};

/* Never changed once it can be seen, so that lookups need the lock only to find it */
static GMutex names_lock;
static GHashTable
    *names_by_locale; /* locale → (folded name → CrmDateWord), for the program's life */

static void
add_symbol (GHashTable *names,
            const UDateFormat *format,
            UDateFormatSymbolType type,
            int32_t index,
            CrmDateWord word,
            gboolean replace)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[64];
  g_autofree char *symbol = NULL;
  g_autofree char *name = NULL;
  int32_t length;

  length = udat_getSymbols (format, type, index, wide, G_N_ELEMENTS (wide), &status);
  if (U_FAILURE (status) || length == 0)
    return;

  symbol = crm_unicode_to_utf8 (wide, length);
  name = crm_text_normalise_name (symbol);

  /* "5월" is a number and a word, which are read apart; a Latin letter alone says too little. */
  if (strlen (name) > 1 && strpbrk (name, "0123456789 ") == NULL &&
      (replace || !g_hash_table_contains (names, name)))
    g_hash_table_insert (names, g_steal_pointer (&name), GUINT_TO_POINTER (word));
}

static void
add_locale (GHashTable *names, const char *locale, gboolean replace)
{
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format;

  format = udat_open (UDAT_LONG, UDAT_LONG, locale, NULL, -1, NULL, -1, &status);
  if (U_FAILURE (status))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (weekday_symbols); i++)
    {
      for (int32_t day = 1; day <= 7; day++)
        add_symbol (names, format, weekday_symbols[i], day, CRM_DATE_WORD_WEEKDAY, replace);
    }

  /* After the weekdays: where a short form means both, it is the month that matters. */
  for (guint i = 0; i < G_N_ELEMENTS (month_symbols); i++)
    {
      for (int32_t month = 0; month < 12; month++)
        add_symbol (names, format, month_symbols[i], month,
                    (CrmDateWord) (CRM_DATE_WORD_JANUARY + month), replace);
    }

  udat_close (format);
}

static GHashTable *
make_names (const char *locale)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_locale (names, "ja", TRUE);
  add_locale (names, "ko", TRUE);
  add_locale (names, locale, TRUE);
  add_locale (names, "en", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (common_names); i++)
    g_hash_table_insert (names, g_strdup (common_names[i].text),
                         GUINT_TO_POINTER (common_names[i].word));
  for (guint i = 0; i < G_N_ELEMENTS (other_locales); i++)
    add_locale (names, other_locales[i], FALSE);

  return names;
}

static GHashTable *
get_names (void)
{
  const char *locale = crm_locale_get_name ("LC_TIME");
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

CrmDateWord
crm_date_word_find (const char *text, gsize size)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  crm_text_fold_append (folded, text, size);
  return (CrmDateWord) GPOINTER_TO_UINT (g_hash_table_lookup (get_names (), folded->str));
}
