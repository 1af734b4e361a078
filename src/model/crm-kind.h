/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "crm-value.h"

G_BEGIN_DECLS

/**
 * CrmKind:
 *
 * What a field holds. The order is not stored anywhere; files keep names.
 */
typedef enum
{
  CRM_KIND_TEXT,
  CRM_KIND_LONGTEXT,
  CRM_KIND_INTEGER,
  CRM_KIND_DECIMAL, /* millionths; also called "number" */
  CRM_KIND_PERCENT, /* millionths of a percent: 25 % is 25000000 */
  CRM_KIND_MONEY, /* thousandths and a currency */
  CRM_KIND_CHECKBOX, /* 0 or 1 */
  CRM_KIND_DATE, /* ISO text, see crm-date.h; may lack the year or have a local time */
  CRM_KIND_DATETIME, /* milliseconds UTC */
  CRM_KIND_CHOICE, /* option id */
  CRM_KIND_RATING, /* 1 to 5 */
  CRM_KIND_CHOICES, /* repeated */
  CRM_KIND_EMAILS, /* repeated */
  CRM_KIND_PHONES, /* repeated */
  CRM_KIND_DOMAINS, /* repeated */
  CRM_KIND_LINKS, /* repeated; the item's label is its kind: "linkedin" */
  CRM_KIND_RELATION,
  CRM_KIND_RELATIONS, /* repeated */
  CRM_KIND_MEMBER, /* a relation to members */
  CRM_KIND_FILES, /* repeated; see crm-attachments.h */
  CRM_N_KINDS,
} CrmKind;

/* How a kind lies in SQLite. Repeated kinds have a table v<field id> besides;
 * their column f<field id> in the record's row repeats the first item. */
typedef enum
{
  CRM_STORAGE_TEXT, /* f<id> TEXT */
  CRM_STORAGE_INTEGER, /* f<id> INTEGER */
  CRM_STORAGE_MONEY, /* f<id> INTEGER thousandths, c<id> TEXT currency */
  CRM_STORAGE_RELATION, /* f<id> INTEGER record id; of any type: also y<id> INTEGER its type */
} CrmStorage;

typedef struct
{
  CrmKind kind;
  const char *name; /* "emails" */
  const char *label; /* N_("E-mail Addresses") */
  CrmStorage storage;
  gboolean repeated;
  gboolean searched; /* its text goes into the search index */
  gboolean addable; /* can be chosen for a new field */
} CrmKindInfo;

const CrmKindInfo *crm_kind_get_info (CrmKind kind);

/* By name, "number" included. Returns whether there is one */
gboolean crm_kind_from_name (const char *name, CrmKind *kind);

gboolean crm_kind_is_repeated (CrmKind kind);
/* relation, relations and member */
gboolean crm_kind_is_relation (CrmKind kind);
/* emails, phones, domains and links: repeated, and lists show the first */
gboolean crm_kind_is_address (CrmKind kind);

G_END_DECLS
