/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-kind.h"

#include <glib/gi18n.h>

#include "crm-text.h"

/* In the order of CrmKind */
static const CrmKindInfo kinds[] = {
  { CRM_KIND_TEXT, "text", N_ ("Text"), CRM_STORAGE_TEXT, FALSE, TRUE, TRUE },
  { CRM_KIND_LONGTEXT, "longtext", N_ ("Long Text"), CRM_STORAGE_TEXT, FALSE, TRUE, TRUE },
  { CRM_KIND_INTEGER, "integer", N_ ("Whole Number"), CRM_STORAGE_INTEGER, FALSE, FALSE, TRUE },
  { CRM_KIND_DECIMAL, "decimal", N_ ("Number"), CRM_STORAGE_INTEGER, FALSE, FALSE, TRUE },
  { CRM_KIND_PERCENT, "percent", N_ ("Percentage"), CRM_STORAGE_INTEGER, FALSE, FALSE, TRUE },
  { CRM_KIND_MONEY, "money", N_ ("Money"), CRM_STORAGE_MONEY, FALSE, FALSE, TRUE },
  { CRM_KIND_CHECKBOX, "checkbox", N_ ("Check Box"), CRM_STORAGE_INTEGER, FALSE, FALSE, TRUE },
  { CRM_KIND_DATE, "date", N_ ("Date"), CRM_STORAGE_TEXT, FALSE, FALSE, TRUE },
  { CRM_KIND_DATETIME, "datetime", N_ ("Date and Time"), CRM_STORAGE_INTEGER, FALSE, FALSE, TRUE },
  { CRM_KIND_CHOICE, "choice", N_ ("Choice"), CRM_STORAGE_INTEGER, FALSE, FALSE, TRUE },
  { CRM_KIND_RATING, "rating", N_ ("Rating"), CRM_STORAGE_INTEGER, FALSE, FALSE, TRUE },
  { CRM_KIND_CHOICES, "choices", N_ ("Several Choices"), CRM_STORAGE_INTEGER, TRUE, FALSE, TRUE },
  { CRM_KIND_EMAILS, "emails", N_ ("E-mail Addresses"), CRM_STORAGE_TEXT, TRUE, TRUE, TRUE },
  { CRM_KIND_PHONES, "phones", N_ ("Phone Numbers"), CRM_STORAGE_TEXT, TRUE, TRUE, TRUE },
  { CRM_KIND_DOMAINS, "domains", N_ ("Web Domains"), CRM_STORAGE_TEXT, TRUE, TRUE, TRUE },
  { CRM_KIND_LINKS, "links", N_ ("Links"), CRM_STORAGE_TEXT, TRUE, TRUE, TRUE },
  { CRM_KIND_RELATION, "relation", N_ ("Relation"), CRM_STORAGE_RELATION, FALSE, FALSE, TRUE },
  { CRM_KIND_RELATIONS, "relations", N_ ("Relations"), CRM_STORAGE_RELATION, TRUE, FALSE, TRUE },
  { CRM_KIND_MEMBER, "member", N_ ("Member"), CRM_STORAGE_RELATION, FALSE, FALSE, TRUE },
  { CRM_KIND_FILES, "files", N_ ("Files"), CRM_STORAGE_TEXT, TRUE, TRUE, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == CRM_N_KINDS);

const CrmKindInfo *
crm_kind_get_info (CrmKind kind)
{
  g_return_val_if_fail ((guint) kind < CRM_N_KINDS, NULL);
  g_assert (kinds[kind].kind == kind);

  return &kinds[kind];
}

gboolean
crm_kind_from_name (const char *name, CrmKind *kind)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  if (crm_text_equal (name, "number"))
    name = "decimal";

  for (guint i = 0; i < CRM_N_KINDS; i++)
    if (crm_text_equal (kinds[i].name, name))
      {
        *kind = kinds[i].kind;
        return TRUE;
      }

  return FALSE;
}

gboolean
crm_kind_is_repeated (CrmKind kind)
{
  return crm_kind_get_info (kind)->repeated;
}

gboolean
crm_kind_is_relation (CrmKind kind)
{
  return crm_kind_get_info (kind)->storage == CRM_STORAGE_RELATION;
}

gboolean
crm_kind_is_address (CrmKind kind)
{
  return kind == CRM_KIND_EMAILS || kind == CRM_KIND_PHONES || kind == CRM_KIND_DOMAINS ||
         kind == CRM_KIND_LINKS;
}
