/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the readers and the writer of workbooks share: numbers and their formats. */

/* As large as a sheet can be */
#define CRM_SHEET_MAX_ROWS 1048576
#define CRM_SHEET_MAX_COLUMNS 16384

/* Number of the first format that a workbook describes by itself */
#define CRM_SHEET_FIRST_FORMAT 164

/* "A", "AB" of a column, from 0 */
void crm_sheet_append_column_name (GString *out, guint column);

/* Whether @text starts with "_x0041_", what workbooks write for a character that XML cannot hold */
gboolean crm_sheet_is_escape (const char *text);
/* Puts the characters in, in place; returns how many bytes are left */
gsize crm_sheet_unescape (char *text, gsize size);

/**
 * CrmSheetDecimal:
 *
 * A number by its decimal digits, 0.DIGITS × 10^exponent: nothing is rounded that was not asked for.
 */
#define CRM_SHEET_MAX_DIGITS 64

typedef struct
{
  gboolean is_negative;
  guint8 digits[CRM_SHEET_MAX_DIGITS]; /* without zeros at the ends */
  guint n_digits;
  int exponent;
} CrmSheetDecimal;

/* "-1.25E+3"; %FALSE for anything else and for numbers of no use to people */
gboolean crm_sheet_decimal_parse (CrmSheetDecimal *self, const char *text);
/* Half away from zero, to so many digits, or so many behind the point */
void crm_sheet_decimal_round (CrmSheetDecimal *self, int n_digits);
void crm_sheet_decimal_round_decimals (CrmSheetDecimal *self, int n_decimals);
/* Without an exponent: "12345678901234567890", "0.00012" */
void crm_sheet_decimal_append (const CrmSheetDecimal *self, GString *out);

/**
 * CrmSheetFormat:
 *
 * How a workbook shows a number: the part of it that changes what the number means.
 */
typedef struct _CrmSheetFormat CrmSheetFormat;

/* @code: "#,##0.00\ [$EUR]", "yyyy-mm-dd" */
CrmSheetFormat *crm_sheet_format_new (const char *code);
/* One of those that every workbook has, by its number; "General" where there is none */
CrmSheetFormat *crm_sheet_format_new_built_in (guint id);
void crm_sheet_format_free (CrmSheetFormat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSheetFormat, crm_sheet_format_free)

/**
 * crm_sheet_format_append:
 * @self: (nullable): "General"
 * @number: as the workbook has it, a day being a number since 1900
 * @is_1904: or since 1904
 *
 * The number in the form that the program reads: dates ISO, "25.5%", "1234.50 EUR", "01234".
 */
void crm_sheet_format_append (const CrmSheetFormat *self,
                              const char *number,
                              gboolean is_1904,
                              GString *out);

/* "EUR" of "€", by the country of a Windows locale where a sign has several; %NULL for what is no
 * currency. @symbol: interned on return */
const char *crm_sheet_find_currency (const char *symbol, guint locale);

G_END_DECLS
