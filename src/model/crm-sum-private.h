/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-convert.h"

G_BEGIN_DECLS

/* A sum that no number of 64-bit values makes overflow; for crm-totals.c and crm-groups*.c */
typedef __int128 CrmSum;

/* Reads what the SQL function crm_sum() gives; 0 for %NULL */
CrmSum crm_sum_parse (const char *text);

/* @sum / @n, rounded half away from zero; @n > 0 */
CrmSum crm_sum_divide (CrmSum sum, gint64 n);

/* In the words of the locale. @currency: (nullable): of money. (transfer full) */
char *crm_sum_to_display (CrmSum sum,
                          const CrmField *field,
                          const char *currency,
                          const CrmLocale *locale);

G_END_DECLS
