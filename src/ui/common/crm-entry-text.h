/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record.h"
#include "crm-store.h"

G_BEGIN_DECLS

/* How a value is typed into an entry: text, numbers, money without its currency, dates. Of repeated values the
 * first one. (transfer full) */
char *crm_entry_text_format (CrmStore *store, const CrmField *field, CrmValue *value);

/**
 * crm_entry_text_parse:
 * @record: (nullable): whose field it is; phone numbers are read as in its country
 * @currency: (nullable): of an amount that is typed without one
 * @value: (out) (nullable): %NULL for an empty text
 *
 * Returns: %FALSE with %CRM_ERROR_INVALID_VALUE, in a sentence for whoever typed it
 */
gboolean crm_entry_text_parse (CrmStore *store,
                               const CrmField *field,
                               CrmRecord *record,
                               const char *text,
                               const char *currency,
                               CrmValue **value,
                               GError **error);

/* @old (nullable), a value of several, with its first one replaced by that of @first, or without it where that is
 * %NULL. A label stays. (transfer full) (nullable) */
CrmValue *crm_entry_text_replace_first (CrmValue *old, CrmValue *first);

G_END_DECLS
