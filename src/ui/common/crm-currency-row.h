/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmCurrencyRow:
 *
 * Chooses a currency from all there are; typing searches.
 *
 * Property: "currency" (string): ISO 4217 code.
 */
#define CRM_TYPE_CURRENCY_ROW (crm_currency_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmCurrencyRow, crm_currency_row, CRM, CURRENCY_ROW, AdwActionRow)

const char *crm_currency_row_get_currency (CrmCurrencyRow *self);
void crm_currency_row_set_currency (CrmCurrencyRow *self, const char *currency);

G_END_DECLS
