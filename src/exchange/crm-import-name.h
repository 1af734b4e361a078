/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmNameParts:
 *
 * A person's name; every part may be %NULL.
 */
typedef struct
{
  char *salutation; /* "Ing.", "Dr." */
  char *first;
  char *middle;
  char *last;
} CrmNameParts;

void crm_name_parts_clear (CrmNameParts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmNameParts, crm_name_parts_clear)

/**
 * crm_name_split:
 * @text: a name in one piece: "Ing. Jiří Dvořák", "Dvořák, Jiří", "Noah Van der Berg", "김철수"
 * @parts: (out caller-allocates): its parts
 *
 * A name of one word is a first name.
 */
void crm_name_split (const char *text, CrmNameParts *parts);

G_END_DECLS
