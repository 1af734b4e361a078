/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-quality-words.h"

#include <glib/gi18n.h>

#include "crm-number.h"

/* Its number chooses the form of the plural only */
#define PLURAL(n) ((gulong) (n))

char *
crm_quality_words_get_action (const CrmQualityCheck *check, gint64 n)
{
  g_autofree char *number = NULL;
  gulong form;

  g_return_val_if_fail (check != NULL, NULL);

  number = crm_number_format (n, 0, 0);
  form = PLURAL (n);
  switch (check->topic)
    {
    case CRM_QUALITY_PHONE_FORM:
      return g_strdup_printf (
          ngettext ("Standardise %s Phone Number", "Standardise %s Phone Numbers", form), number);

    case CRM_QUALITY_EMAIL_FORM:
      return g_strdup_printf (ngettext ("Standardise %s E-mail Address",
                                        "Standardise %s E-mail Addresses", form),
                              number);

    case CRM_QUALITY_DOMAIN_FORM:
      return g_strdup_printf (ngettext ("Standardise %s Domain", "Standardise %s Domains", form),
                              number);

    case CRM_QUALITY_LINK_FORM:
      return g_strdup_printf (ngettext ("Standardise %s Link", "Standardise %s Links", form),
                              number);

    case CRM_QUALITY_COUNTRY:
      return g_strdup_printf (ngettext ("Standardise %s Country", "Standardise %s Countries", form),
                              number);

    case CRM_QUALITY_CASE:
      return g_strdup_printf (ngettext ("Standardise %s Name", "Standardise %s Names", form),
                              number);

    case CRM_QUALITY_SPACES:
      return g_strdup_printf (ngettext ("Remove Spaces from %s", "Remove Spaces from %s", form),
                              number);

    case CRM_QUALITY_EMPTY_FIELDS:
      return g_strdup_printf (ngettext ("Remove %s Field", "Remove %s Fields", form), number);

    case CRM_QUALITY_INVALID_PHONE:
    case CRM_QUALITY_INVALID_EMAIL:
    case CRM_QUALITY_MISSING:
    case CRM_QUALITY_UNTOUCHED:
    default:
      return g_strdup_printf (ngettext ("Move %s to Trash", "Move %s to Trash", form), number);
    }
}

char *
crm_quality_words_get_done (const CrmQualityCheck *check, const CrmQualityMended *mended)
{
  g_autofree char *number = NULL;
  g_autofree char *done = NULL;
  g_autofree char *others = NULL;
  g_autofree char *left_out = NULL;

  g_return_val_if_fail (check != NULL && mended != NULL, NULL);

  number = crm_number_format (mended->n_mended, 0, 0);
  if (check->topic == CRM_QUALITY_EMPTY_FIELDS)
    done = g_strdup_printf (
        ngettext ("%s field removed", "%s fields removed", PLURAL (mended->n_mended)), number);
  else
    done = g_strdup_printf (
        ngettext ("%s standardised", "%s standardised", PLURAL (mended->n_mended)), number);
  if (mended->n_left_out == 0)
    return g_steal_pointer (&done);

  others = crm_number_format (mended->n_left_out, 0, 0);
  left_out = g_strdup_printf (ngettext ("%s left out, for it would break a rule",
                                        "%s left out, for they would break a rule",
                                        PLURAL (mended->n_left_out)),
                              others);

  return g_strdup_printf ("%s · %s", done, left_out);
}
