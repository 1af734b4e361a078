/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-draft.h"

#include <glib/gi18n.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define DAYS_TO_CLOSE 30

static gboolean
is_standard (const CrmRecordType *type, const char *name)
{
  return type->standard && g_str_equal (type->name, name);
}

/* Takes @value; what is there stays */
static void
fill (const CrmRecordType *type, CrmValue **values, const char *name, CrmValue *value)
{
  const CrmField *field = crm_record_type_find_field (type, name);

  if (field != NULL && values[field->index] == NULL)
    values[field->index] = value;
  else
    g_clear_pointer (&value, crm_value_unref);
}

static CrmValue *
new_option (const CrmOption *option)
{
  return option != NULL ? crm_value_new_item (option->label, NULL, NULL, option->id, 0) : NULL;
}

static const CrmOption *
find_first_option (const CrmField *field, gint64 parent)
{
  for (guint i = 0; field != NULL && i < field->n_options; i++)
    if (parent == 0 || field->options[i]->parent == parent)
      return field->options[i];

  return NULL;
}

static void
fill_deal (CrmStore *store, const CrmRecordType *type, CrmValue **values, CrmRecord *related)
{
  const CrmOption *pipeline = find_first_option (crm_record_type_find_field (type, "pipeline"), 0);
  const CrmOption *stage = find_first_option (crm_record_type_find_field (type, "stage"),
                                              pipeline != NULL ? pipeline->id : 0);
  char iso[11];

  if (related != NULL && is_standard (crm_record_get_record_type (related), "people"))
    {
      CrmValue *company = crm_record_get_value_by_name (related, "company");

      if (company != NULL)
        fill (type, values, "company", crm_value_ref (company));
    }
  if (related != NULL)
    {
      const CrmField *field = crm_record_type_find_field (type, "company");
      const char *label = field != NULL && values[field->index] != NULL
                              ? crm_value_get_text (values[field->index])
                              : crm_record_get_label (related);
      /* Translators: the first name of a deal; %s is a company or a person */
      g_autofree char *name = g_strdup_printf (_ ("%s – new deal"), label);

      fill (type, values, "name", crm_value_new_text (name));
    }

  fill (type, values, "pipeline", new_option (pipeline));
  fill (type, values, "stage", new_option (stage));
  crm_moment_get_date (crm_store_get_now (store) + DAYS_TO_CLOSE * DAY_MS,
                       crm_store_get_locale (store)->zone, iso);
  fill (type, values, "close_date", crm_value_new_text (iso));
}

CrmRecord *
crm_record_draft_new (CrmStore *store,
                      const CrmRecordType *type,
                      const CrmField *field,
                      CrmRecord *related)
{
  CrmValue **values;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  values = g_new0 (CrmValue *, type->n_fields + 1);
  if (field != NULL && related != NULL)
    fill (type, values, field->name,
          crm_value_new_item (crm_record_get_label (related), NULL, NULL,
                              crm_record_get_id (related),
                              crm_record_get_record_type (related)->id));

  if (is_standard (type, "deals"))
    fill_deal (store, type, values, related);
  else if (is_standard (type, "activities"))
    fill (type, values, "when", crm_value_new_integer (crm_store_get_now (store)));
  else if (is_standard (type, "tasks"))
    fill (type, values, "status",
          new_option (find_first_option (crm_record_type_find_field (type, "status"), 0)));

  return crm_record_new_take (type, 0, CRM_STATE_LIVE, 0, values);
}

CrmRecord *
crm_record_draft_with (CrmRecord *draft, const CrmField *field, CrmValue *value)
{
  const CrmRecordType *type;
  CrmValue **values;

  g_return_val_if_fail (draft != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  type = crm_record_get_record_type (draft);
  values = g_new0 (CrmValue *, type->n_fields + 1);
  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmValue *other = type->fields[i]->id == field->id
                            ? value
                            : crm_record_get_value (draft, type->fields[i]);

      values[i] = other != NULL ? crm_value_ref (other) : NULL;
    }

  return crm_record_new_take (type, 0, CRM_STATE_LIVE, 0, values);
}

gboolean
crm_record_draft_is_worth_keeping (CrmRecord *draft)
{
  static const char *const names_of_people[] = { "first_name", "middle_name", "last_name" };
  const CrmRecordType *type;

  g_return_val_if_fail (draft != NULL, FALSE);

  type = crm_record_get_record_type (draft);
  if (crm_record_get_value (draft, type->label_field) != NULL)
    return TRUE;

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_EMAILS &&
        crm_record_get_value (draft, type->fields[i]) != NULL)
      return TRUE;

  if (is_standard (type, "people"))
    for (guint i = 0; i < G_N_ELEMENTS (names_of_people); i++)
      if (crm_record_get_value_by_name (draft, names_of_people[i]) != NULL)
        return TRUE;

  return is_standard (type, "notes") && crm_record_get_value_by_name (draft, "body") != NULL;
}
