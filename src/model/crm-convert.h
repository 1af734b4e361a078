/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "crm-catalogue.h"
#include "crm-date.h"

G_BEGIN_DECLS

/**
 * CrmLocale:
 *
 * How values are read and shown in one workspace.
 */
typedef struct
{
  const char *language; /* "cs" */
  const char *region; /* phone numbers without a country: "CZ"; may be %NULL */
  const char *currency; /* bare amounts: "CZK" */
  GTimeZone *zone;
  CrmDateOrder date_order;
  gboolean decimal_comma;
} CrmLocale;

/**
 * CrmValueWarning:
 *
 * What crm_value_parse() kept but could not fully understand.
 */
typedef enum
{
  CRM_VALUE_OK,
  CRM_VALUE_KEPT_AS_TYPED, /* a phone or link that cannot be parsed */
  CRM_VALUE_UNKNOWN_OPTION, /* no such option: nothing is returned, no error is set */
  CRM_VALUE_UNRESOLVED, /* a relation: the text has to be looked up, see crm_store_resolve() */
} CrmValueWarning;

/**
 * crm_value_parse:
 * @field: the field it is for
 * @text: text as typed, in a file or on a command line
 * @region: country that a phone number is dialled from, or %NULL for the locale's
 * @warning: (out) (optional)
 *
 * Parses, validates and normalises one value; for a repeated field one item.
 * Relations are not looked up here.
 *
 * Returns: (transfer full) (nullable): the value; %NULL without @error for empty text or with a
 *   @warning that says why; %NULL with %CRM_ERROR_INVALID_VALUE where it is refused
 */
CrmValue *crm_value_parse (const CrmField *field,
                           const char *text,
                           const CrmLocale *locale,
                           const char *region,
                           CrmValueWarning *warning,
                           GError **error);

/* As the contract writes it on the command line and in CSV: ISO dates, "1234.50 EUR", "true",
 * option and record labels; several joined by ";" (a ";" inside is doubled). "" for %NULL.
 * (transfer full) */
char *crm_value_to_text (const CrmField *field, const CrmValue *value);

/* For people, in the locale's words; "" for %NULL. (transfer full) */
char *crm_value_to_display (const CrmField *field, const CrmValue *value, const CrmLocale *locale);

/* As the contract's JSON; JSON null for %NULL. (transfer full) */
JsonNode *crm_value_to_json (const CrmCatalogue *catalogue,
                             const CrmField *field,
                             const CrmValue *value);

/* One text per value for history (change.old, change.new) and the logical dump: canonical,
 * lossless, nothing looked up. %NULL for %NULL. (transfer full) */
char *crm_value_encode (const CrmField *field, const CrmValue *value);
CrmValue *crm_value_decode (const CrmField *field, const char *text);

G_END_DECLS
