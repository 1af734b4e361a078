/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-number.h"
#include "crm-sheet-private.h"

typedef struct
{
  guint locale; /* as Windows numbers them */
  const char *currency;
} Locale;

/* Countries whose sign others have too */
static const Locale locales[] = {
  { 0x0404, "TWD" }, { 0x0406, "DKK" }, { 0x0409, "USD" }, { 0x040f, "ISK" }, { 0x0411, "JPY" },
  { 0x0412, "KRW" }, { 0x0414, "NOK" }, { 0x0416, "BRL" }, { 0x041d, "SEK" }, { 0x0438, "DKK" },
  { 0x0804, "CNY" }, { 0x0809, "GBP" }, { 0x080a, "MXN" }, { 0x0814, "NOK" }, { 0x0c04, "HKD" },
  { 0x0c09, "AUD" }, { 0x0c0c, "CAD" }, { 0x1004, "SGD" }, { 0x1009, "CAD" }, { 0x1409, "NZD" },
  { 0x2c0a, "ARS" }, { 0x340a, "CLP" }, { 0x240a, "COP" }, { 0x3c09, "HKD" }, { 0x4809, "SGD" },
};

static const char *const shared_signs[] = { "$", "kr", "kr.", "¥", "￥", "£" };

const char *
crm_sheet_find_currency (const char *symbol, guint locale)
{
  g_autofree char *amount = g_strconcat ("1 ", symbol, NULL);
  char currency[4];
  gint64 value;
  guint i;
  guint j;

  for (i = 0; i < G_N_ELEMENTS (shared_signs); i++)
    if (g_str_equal (shared_signs[i], symbol))
      for (j = 0; j < G_N_ELEMENTS (locales); j++)
        if (locales[j].locale == (locale & 0xffff))
          return locales[j].currency;

  /* The import knows which dollars are meant where the workbook doesn't. */
  if (!crm_money_parse (amount, NULL, FALSE, &value, currency, NULL))
    return NULL;

  return g_intern_string (symbol);
}
