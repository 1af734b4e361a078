/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a column is in the row it stands in */
typedef enum
{
  CRM_ROLE_NONE, /* left out */
  CRM_ROLE_FIELD, /* the value of a field, or an item of a repeated one */
  CRM_ROLE_ITEM_LABEL, /* "Work", of the item with the same number */
  CRM_ROLE_PHONE_COUNTRY, /* "CZ", of the phone number with the same number */
  CRM_ROLE_CALLING_CODE, /* "+420", likewise */
  CRM_ROLE_CURRENCY, /* of the amounts in the row */
  CRM_ROLE_FULL_NAME, /* a person's name in one column */
  CRM_ROLE_NAME_SUFFIX, /* "Jr." */
  CRM_ROLE_DATE_YEAR, /* of a date that is written in three columns */
  CRM_ROLE_DATE_MONTH,
  CRM_ROLE_DATE_DAY,
  CRM_ROLE_STREET_NUMBER,
  CRM_ROLE_STREET_MORE, /* the second line of an address */
  CRM_ROLE_PO_BOX,
  CRM_ROLE_WHOLE_ADDRESS, /* taken as the street where there is no other column for it */
  CRM_ROLE_COMPANY_DOMAIN,
  CRM_ROLE_NOTE,
  CRM_ROLE_RECORD_ID, /* our own id, or another program's */
  CRM_ROLE_RELATION_ID, /* those of the records that another column of the field names */
} CrmColumnRole;

/**
 * CrmTitle:
 * @role: what a column of that title is
 * @field: (nullable): API name of its field
 * @label: (nullable): label of its items: "Home"
 * @group: several addresses in a row: the lower group is the better one
 */
typedef struct
{
  CrmColumnRole role;
  const char *field;
  const char *label;
  int group;
} CrmTitle;

/**
 * crm_title_normalise:
 * @title: as in a header: "E-mail 1 - Value", "Amount (CZK)"
 * @number: (out) (optional): the number in it, or 0
 * @aside: (out) (optional) (transfer full) (nullable): what stands in brackets
 *
 * Returns: (transfer full): folded words without the number: "email value"
 */
char *crm_title_normalise (const char *title, int *number, char **aside);

/**
 * crm_title_find:
 * @type: API name of a record type
 * @title: as in a header
 * @number: (out): the number in it, or 0
 *
 * What the title means in the exports of other programs and in the languages
 * we speak. Names and labels of fields are not looked at.
 *
 * Returns: (transfer none) (nullable): %NULL where it is not known
 */
const CrmTitle *crm_title_find (const char *type, const char *title, int *number);

/* Words that titles begin with to say that they are about a record of the type @type: "company",
 * "organization"; (transfer full) */
GStrv crm_title_list_prefixes (const char *type);

G_END_DECLS
