/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard-card-private.h"

G_BEGIN_DECLS

/* For crm-vcard-card.c and crm-vcard-properties.c only. */

/* A card that is being read */
typedef struct
{
  CrmVcard *card;
  gboolean picture; /* is wanted */
  GHashTable *labels; /* of groups: char * → char * */
  char *role;
  gboolean omits_year; /* Apple's way to say that a year is not known */
} CrmVcardParser;

/* Takes what a line of the card says */
void crm_vcard_parser_take (CrmVcardParser *self, const CrmContentLine *line);

/* The unescaped text without white space around it; %NULL where nothing is left. (transfer full) */
char *crm_vcard_get_text (const CrmContentLine *line);

/* Once each */
void crm_vcard_add_problem (CrmVcard *card, const char *problem);

void crm_vcard_item_clear (CrmVcardItem *item);

G_END_DECLS
