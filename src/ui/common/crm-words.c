/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-words.h"

#include <glib/gi18n.h>

#include "crm-number.h"

typedef struct
{
  const char *type;
  const char *new_one;
  const char *empty;
  const char *hint;
} Words;

static const Words words[] = {
  { "people", N_ ("New Person"), N_ ("No People Yet"),
    N_ ("Import a spreadsheet or add your first contact.") },
  { "companies", N_ ("New Company"), N_ ("No Companies Yet"),
    N_ ("Import a spreadsheet or add your first company.") },
  { "deals", N_ ("New Deal"), N_ ("No Deals Yet"),
    N_ ("A deal follows a sale from the first talk to the signature.") },
  { "products", N_ ("New Product"), N_ ("No Products Yet"),
    N_ ("What you sell, to be named in deals.") },
  { "activities", N_ ("New Activity"), N_ ("No Activities Yet"),
    N_ ("Calls, meetings and messages that you log are listed here.") },
  { "tasks", N_ ("New Task"), N_ ("No Tasks Yet"),
    N_ ("What is to be done, for whom, and until when.") },
  { "notes", N_ ("New Note"), N_ ("No Notes Yet"),
    N_ ("Notes that you write about people, companies and deals are listed here.") },
  { "members", N_ ("New Team Member"), N_ ("No Team Members Yet"),
    N_ ("Team members own people, companies and deals, and do tasks.") },
};

static const Words *
find (const CrmRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].type, type->name))
      return &words[i];

  return NULL;
}

char *
crm_words_get_new (const CrmRecordType *type)
{
  const Words *own;

  g_return_val_if_fail (type != NULL, NULL);

  own = find (type);

  /* Translators: %s is the name of one thing of a type the user made: “Boat” */
  return own != NULL ? g_strdup (_ (own->new_one)) : g_strdup_printf (_ ("New: %s"), type->label);
}

char *
crm_words_get_empty (const CrmRecordType *type)
{
  const Words *own;

  g_return_val_if_fail (type != NULL, NULL);

  own = find (type);

  /* Translators: %s is the plural name of a type the user made: “Boats” */
  return own != NULL ? g_strdup (_ (own->empty))
                     : g_strdup_printf (_ ("Nothing in %s Yet"), type->label_many);
}

char *
crm_words_get_empty_hint (const CrmRecordType *type)
{
  const Words *own;

  g_return_val_if_fail (type != NULL, NULL);

  own = find (type);

  return g_strdup (own != NULL ? _ (own->hint) : _ ("Import a spreadsheet or add the first one."));
}

char *
crm_words_get_import (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (g_str_equal (type->name, "people"))
    return g_strdup_printf (ngettext ("Import %s Person", "Import %s People", plural), number);
  if (g_str_equal (type->name, "companies"))
    return g_strdup_printf (ngettext ("Import %s Company", "Import %s Companies", plural), number);
  if (g_str_equal (type->name, "deals"))
    return g_strdup_printf (ngettext ("Import %s Deal", "Import %s Deals", plural), number);

  return g_strdup_printf (_ ("Import %s"), number);
}

char *
crm_words_get_imported (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (g_str_equal (type->name, "people"))
    return g_strdup_printf (ngettext ("Imported %s person", "Imported %s people", plural), number);
  if (g_str_equal (type->name, "companies"))
    return g_strdup_printf (ngettext ("Imported %s company", "Imported %s companies", plural),
                            number);
  if (g_str_equal (type->name, "deals"))
    return g_strdup_printf (ngettext ("Imported %s deal", "Imported %s deals", plural), number);

  return g_strdup_printf (_ ("Imported %s"), number);
}

char *
crm_words_get_matching (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (g_str_equal (type->name, "people"))
    return g_strdup_printf (ngettext ("%s person matches", "%s people match", plural), number);
  if (g_str_equal (type->name, "companies"))
    return g_strdup_printf (ngettext ("%s company matches", "%s companies match", plural), number);
  if (g_str_equal (type->name, "deals"))
    return g_strdup_printf (ngettext ("%s deal matches", "%s deals match", plural), number);

  /* Translators: how many things of a type the user made, whatever it is called */
  return g_strdup_printf (ngettext ("%s matches", "%s match", plural), number);
}

char *
crm_words_get_count (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  g_return_val_if_fail (type != NULL, NULL);

  if (g_str_equal (type->name, "people"))
    return g_strdup_printf (ngettext ("%s person", "%s people", plural), number);
  if (g_str_equal (type->name, "companies"))
    return g_strdup_printf (ngettext ("%s company", "%s companies", plural), number);
  if (g_str_equal (type->name, "deals"))
    return g_strdup_printf (ngettext ("%s deal", "%s deals", plural), number);
  if (g_str_equal (type->name, "tasks"))
    return g_strdup_printf (ngettext ("%s task", "%s tasks", plural), number);
  if (g_str_equal (type->name, "activities"))
    return g_strdup_printf (ngettext ("%s activity", "%s activities", plural), number);
  if (g_str_equal (type->name, "notes"))
    return g_strdup_printf (ngettext ("%s note", "%s notes", plural), number);
  if (g_str_equal (type->name, "products"))
    return g_strdup_printf (ngettext ("%s product", "%s products", plural), number);
  if (g_str_equal (type->name, "members"))
    return g_strdup_printf (ngettext ("%s team member", "%s team members", plural), number);

  /* Translators: how many of what the heading says already: "34 records" */
  return g_strdup_printf (ngettext ("%s entry", "%s entries", plural), number);
}

char *
crm_words_get_exported (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = crm_number_format (n, 0, 0);
  gulong plural = (gulong) n;

  if (type == NULL)
    return g_strdup_printf (_ ("Exported everything (%s)"), number);
  if (g_str_equal (type->name, "people"))
    return g_strdup_printf (ngettext ("Exported %s person", "Exported %s people", plural), number);
  if (g_str_equal (type->name, "companies"))
    return g_strdup_printf (ngettext ("Exported %s company", "Exported %s companies", plural),
                            number);
  if (g_str_equal (type->name, "deals"))
    return g_strdup_printf (ngettext ("Exported %s deal", "Exported %s deals", plural), number);

  /* Translators: the plural name of a type, and how many */
  return g_strdup_printf (_ ("%s: exported %s"), type->label_many, number);
}

const char *
crm_words_get_source (CrmSource source)
{
  switch (source)
    {
    case CRM_SOURCE_WINDOW:
      return C_ ("source", "Window");
    case CRM_SOURCE_COMMAND_LINE:
      return C_ ("source", "Command Line");
    case CRM_SOURCE_IMPORT:
      return C_ ("source", "Import");
    case CRM_SOURCE_DEMO:
      return C_ ("source", "Sample Data");
    case CRM_SOURCE_PROGRAM:
    default:
      return C_ ("source", "Program");
    }
}
