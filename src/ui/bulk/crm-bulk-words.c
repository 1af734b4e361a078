/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-bulk-words.h"

#include <glib/gi18n.h>

#include "crm-number.h"

static gboolean
is_standard (const CrmRecordType *type, const char *name)
{
  return type->standard && g_str_equal (type->name, name);
}

char *
crm_bulk_words_get_edit (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (is_standard (type, "people"))
    return g_strdup_printf (ngettext ("Edit %s Person", "Edit %s People", plural), number);
  if (is_standard (type, "companies"))
    return g_strdup_printf (ngettext ("Edit %s Company", "Edit %s Companies", plural), number);
  if (is_standard (type, "deals"))
    return g_strdup_printf (ngettext ("Edit %s Deal", "Edit %s Deals", plural), number);
  if (is_standard (type, "tasks"))
    return g_strdup_printf (ngettext ("Edit %s Task", "Edit %s Tasks", plural), number);

  /* Translators: how many, and the plural name of a type */
  return g_strdup_printf (_ ("Edit %s %s"), number, type->label_many);
}

char *
crm_bulk_words_get_change (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (is_standard (type, "people"))
    return g_strdup_printf (ngettext ("Change %s Person", "Change %s People", plural), number);
  if (is_standard (type, "companies"))
    return g_strdup_printf (ngettext ("Change %s Company", "Change %s Companies", plural), number);
  if (is_standard (type, "deals"))
    return g_strdup_printf (ngettext ("Change %s Deal", "Change %s Deals", plural), number);
  if (is_standard (type, "tasks"))
    return g_strdup_printf (ngettext ("Change %s Task", "Change %s Tasks", plural), number);

  /* Translators: how many, and the plural name of a type */
  return g_strdup_printf (_ ("Change %s %s"), number, type->label_many);
}

char *
crm_bulk_words_get_changing (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (is_standard (type, "people"))
    return g_strdup_printf (ngettext ("Changing %s person…", "Changing %s people…", plural),
                            number);
  if (is_standard (type, "companies"))
    return g_strdup_printf (ngettext ("Changing %s company…", "Changing %s companies…", plural),
                            number);
  if (is_standard (type, "deals"))
    return g_strdup_printf (ngettext ("Changing %s deal…", "Changing %s deals…", plural), number);
  if (is_standard (type, "tasks"))
    return g_strdup_printf (ngettext ("Changing %s task…", "Changing %s tasks…", plural), number);

  return g_strdup_printf (_ ("Changing %s…"), number);
}

char *
crm_bulk_words_get_changed (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (is_standard (type, "people"))
    return g_strdup_printf (ngettext ("Changed %s person", "Changed %s people", plural), number);
  if (is_standard (type, "companies"))
    return g_strdup_printf (ngettext ("Changed %s company", "Changed %s companies", plural),
                            number);
  if (is_standard (type, "deals"))
    return g_strdup_printf (ngettext ("Changed %s deal", "Changed %s deals", plural), number);
  if (is_standard (type, "tasks"))
    return g_strdup_printf (ngettext ("Changed %s task", "Changed %s tasks", plural), number);

  return g_strdup_printf (_ ("Changed %s"), number);
}
