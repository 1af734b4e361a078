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

typedef enum
{
  CRM_NAME_ORDER_UNKNOWN, /* found out from the column */
  CRM_NAME_FIRST_LAST,
  CRM_NAME_LAST_FIRST,
} CrmNameOrder;

/**
 * crm_name_split:
 * @text: a name in one piece: "Ing. Jiří Dvořák", "Dvořák, Jiří", "Noah Van der Berg", "김철수"
 * @order: of names that show it neither by a comma nor by their script; first names come first where
 *   it is not known
 * @parts: (out caller-allocates): its parts
 *
 * A name of one word is a first name.
 */
void crm_name_split (const char *text, CrmNameOrder order, CrmNameParts *parts);

G_END_DECLS
