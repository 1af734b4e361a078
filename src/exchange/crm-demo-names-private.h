/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmDemoCountry:
 * @phone: all but the last two digits of numbers that are kept free for stories, or plainly made up
 *
 * What invented people and companies of one country are made of. Lists are
 * %NULL-terminated.
 */
typedef struct
{
  const char *code;
  const char *currency;
  const char *phone;
  const char *language;
  const char *const *first_names;
  const char *const *last_names;
  const char *const *cities;
  const char *const *streets;
  const char *const *companies; /* without the legal form */
  const char *legal_form;
} CrmDemoCountry;

extern const CrmDemoCountry crm_demo_countries[];
extern const guint crm_demo_n_countries;

G_END_DECLS
