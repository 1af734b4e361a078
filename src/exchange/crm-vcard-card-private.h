/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-content-reader-private.h"

G_BEGIN_DECLS

/* Parts of an address, in the order in which a card writes them */
enum
{
  CRM_VCARD_PO_BOX,
  CRM_VCARD_EXTENDED,
  CRM_VCARD_STREET,
  CRM_VCARD_CITY,
  CRM_VCARD_REGION,
  CRM_VCARD_POSTCODE,
  CRM_VCARD_COUNTRY,
  CRM_VCARD_N_ADDRESS_PARTS,
};

/* An address of any kind, or a number */
typedef struct
{
  char *text; /* NULL of a place */
  GStrv parts; /* of a place: CRM_VCARD_N_ADDRESS_PARTS of them; else NULL */
  char *label; /* nullable */
  char *group; /* nullable */
  guint preference; /* 1 is the best */
} CrmVcardItem;

/**
 * CrmVcard:
 *
 * What is in one card, whatever program wrote it. Texts are %NULL where the card has none.
 */
typedef struct
{
  gint64 number; /* line on which it starts */
  gboolean is_own; /* written by this program */
  gboolean is_group; /* a list of others */
  gboolean is_company;

  char *uid;
  char *full_name;
  char *last_name;
  char *first_name;
  char *middle_name;
  char *prefix;
  char *suffix;
  char *nickname;
  char *company;
  char *department;
  char *title;
  char *birthday; /* ISO, or "--05-12" */
  char *language;
  char *note;
  GPtrArray *tags; /* of char * */
  GPtrArray *members; /* of char *: uids, of a group */
  GArray *emails; /* of CrmVcardItem, the preferred ones first; likewise */
  GArray *phones;
  GArray *links;
  GArray *addresses;
  GBytes *picture; /* nullable */
  GPtrArray *problems; /* of char *: sentences for people */
} CrmVcard;

/**
 * crm_vcard_read:
 * @picture: whether to decode the picture
 * @card: (out) (transfer full) (nullable)
 * @problem: (out) (transfer full) (nullable): what is wrong with line @problem_line outside of cards
 *
 * Reads up to the end of the next card.
 *
 * Returns: %FALSE without @error at the end of the file; else with a card or a problem
 */
gboolean crm_vcard_read (CrmContentReader *reader,
                         gboolean picture,
                         CrmVcard **card,
                         char **problem,
                         gint64 *problem_line,
                         GError **error);
void crm_vcard_free (CrmVcard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmVcard, crm_vcard_free)

/* "1975-03-14" of "19750314" and of "1975-03-14T00:00:00Z", "--03-14" of "--0314"; (transfer full) (nullable) */
char *crm_vcard_parse_date (const char *text);

G_END_DECLS
