/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmPhonePlan:
 * @code: the calling code behind the "+"
 * @trunk: what is dialled before a national number inside the country, may be ""
 * @min_digits: of a national number, without the trunk prefix
 * @max_digits: likewise
 */
typedef struct
{
  guint code;
  const char *trunk;
  guint min_digits;
  guint max_digits;
} CrmPhonePlan;

/* (nullable) (transfer none) */
const CrmPhonePlan *crm_phone_plan_for_region (const char *region);

/* @digits: an international number without its "+"; @national: what follows the calling code.
 * (nullable) (transfer none) */
const CrmPhonePlan *crm_phone_plan_for_number (const char *digits, const char **national);

/* "3 3 3": how @national, digits without a trunk prefix, is written, where that is beyond doubt;
 * %NULL where only a library knows. (nullable) (transfer none) */
const char *crm_phone_plan_find_form (const CrmPhonePlan *plan, const char *national);

G_END_DECLS
