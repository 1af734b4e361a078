/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:crm-number
 *
 * Exact decimal numbers as scaled integers: money in thousandths of the
 * currency's unit, other decimals in millionths. Nothing here goes through
 * binary floating point. All functions are pure and thread-safe.
 */

#define CRM_MONEY_DIGITS 3 /* thousandths */
#define CRM_DECIMAL_DIGITS 6 /* millionths */

/**
 * crm_number_parse:
 * @text: a number: "1234.5", "-7", "1 234,50", "1.234,50", "1,234.50",
 *   "1’234.50"; no-break spaces count as spaces
 * @digits: the number of decimals that @value keeps, 0 to 9
 * @value: (out): the number times 10^@digits
 *
 * A single separator followed by exactly three digits ("1,234") is read as a
 * thousands separator if it is a comma and as a decimal point if it is a
 * point, as in @decimal_comma == FALSE; with @decimal_comma the other way.
 *
 * Returns: %FALSE with %CRM_ERROR_INVALID_VALUE where @text is no number, has
 *   more decimals (other than zeros) than @digits, or does not fit
 */
gboolean crm_number_parse (const char *text,
                           guint digits,
                           gboolean decimal_comma,
                           gint64 *value,
                           GError **error);

/* "1234.50": a point, no grouping; at least @min_decimals of @digits; (transfer full) */
char *crm_number_to_text (gint64 value, guint digits, guint min_decimals);

/* As the locale writes it, grouped; (transfer full) */
char *crm_number_format (gint64 value, guint digits, guint min_decimals);

/* The ISO 4217 minor digits of @currency ("EUR": 2, "JPY": 0, "KWD": 3), or -1 if unknown */
int crm_currency_get_digits (const char *currency);

/* The currency of the current locale, e.g. "CZK"; "EUR" where none is known. (transfer none) */
const char *crm_locale_get_currency (void);

/* All current ISO 4217 codes, sorted, %NULL-terminated. (transfer none) */
const char *const *crm_currency_list (void);

/**
 * crm_money_parse:
 * @text: "1234.50 EUR", "EUR 1,234.50", "€1.234,50", or a bare number
 * @fallback: currency of a bare number
 * @thousandths: (out): the amount in thousandths
 * @currency: (out): its ISO 4217 code
 *
 * Returns: %FALSE with %CRM_ERROR_INVALID_VALUE for no amount, an unknown
 *   currency, or more decimals than the currency has
 */
gboolean crm_money_parse (const char *text,
                          const char *fallback,
                          gboolean decimal_comma,
                          gint64 *thousandths,
                          char currency[4],
                          GError **error);

/* "1234.50" with the currency's decimals; (transfer full) */
char *crm_money_amount_to_text (gint64 thousandths, const char *currency);

/* As the locale writes it, e.g. "1 234,50 Kč"; (transfer full) */
char *crm_money_format (gint64 thousandths, const char *currency);

G_END_DECLS
