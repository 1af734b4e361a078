/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-search.h"

G_BEGIN_DECLS

/* For crm-search*.c and crm-trash-query.c only. */

/* Whether the values of @field go into the search index */
gboolean crm_search_has_field (const CrmField *field);

/* The words of @text, folded; those without a letter or digit are left out. (transfer full) */
char **crm_search_get_words (const char *text);

/* Whether every one of @words is in @folded with no letter or digit beside it */
gboolean crm_search_has_whole_words (const char *folded, const char *const *words);

/* How well one value was hit */
typedef struct
{
  const CrmField *field; /* NULL: nowhere */
  char *snippet;
} CrmSearchPlace;

/* Where in @record the words are: the field in which most of them are, the one that names the
 * record first */
CrmSearchPlace crm_search_find_place (CrmRecord *record,
                                      const char *const *words,
                                      const char *digits);

/* The piece of @text around the first of @words, on one line; @n_found: how many of the words
 * are in it, each at the beginning of a word. %NULL where none is. (transfer full) */
char *crm_search_make_snippet (const char *text, const char *const *words, guint *n_found);

/* The digits of @text where it has nothing but digits and what stands between those of
 * telephone numbers; "00" in front stands for "+" and is left out. (transfer full) (nullable) */
char *crm_search_get_digits (const char *text);

G_END_DECLS
