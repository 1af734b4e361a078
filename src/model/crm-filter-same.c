/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-filter-edit.h"
#include "crm-number.h"

#define ISO_DAY 10 /* bytes of "2026-05-12" */

char *
crm_filter_get_option_text (const CrmField *field, const CrmOption *option)
{
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (option != NULL, NULL);

  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->id != option->id &&
        (g_str_equal (field->options[i]->name, option->name) ||
         g_str_equal (field->options[i]->label, option->label)))
      return g_strdup_printf ("%" G_GINT64_FORMAT, option->id);

  return g_strdup (option->name);
}

static const CrmOption *
find_option (const CrmField *field, gint64 id)
{
  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->id == id)
      return field->options[i];

  return NULL;
}

static void
add_items (CrmFilterNode *self, CrmValue *value)
{
  gboolean choice = crm_filter_node_is_choice (self);
  gboolean record = crm_filter_node_is_record (self);

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      const CrmOption *option = choice ? find_option (self->field, item->id) : NULL;
      g_autofree char *text = NULL;

      if (option != NULL)
        text = crm_filter_get_option_text (self->field, option);
      else if (choice || record)
        text = g_strdup_printf ("%" G_GINT64_FORMAT, item->id);
      else
        text = g_strdup (item->text != NULL ? item->text : "");
      crm_filter_node_add_operand (self, text, !choice && !record, record ? item->text : NULL);
    }
}

static void
add_value (CrmFilterNode *self, CrmValue *value, CrmStore *store)
{
  gint64 integer = crm_value_get_integer (value);
  g_autofree char *text = NULL;
  g_autofree char *amount = NULL;
  char day[ISO_DAY + 1];

  switch (self->field->kind)
    {
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
      text = crm_number_to_text (integer, CRM_DECIMAL_DIGITS, 0);
      break;

    case CRM_KIND_INTEGER:
    case CRM_KIND_RATING:
      text = g_strdup_printf ("%" G_GINT64_FORMAT, integer);
      break;

    case CRM_KIND_MONEY:
      amount = crm_number_to_text (integer, CRM_MONEY_DIGITS, 0);
      text = g_strdup_printf ("%s %s", amount, crm_value_get_currency (value));
      break;

    case CRM_KIND_CHECKBOX:
      text = g_strdup (integer != 0 ? "true" : "false");
      break;

    case CRM_KIND_DATE:
      text = g_strndup (crm_value_get_text (value), ISO_DAY);
      break;

    case CRM_KIND_DATETIME:
      crm_moment_get_date (integer, crm_store_get_locale (store)->zone, day);
      text = g_strdup (day);
      break;

    default:
      crm_filter_node_add_operand (self, crm_value_get_text (value), TRUE, NULL);
      return;
    }

  crm_filter_node_add_operand (self, text, FALSE, NULL);
}

static void
set_value (CrmFilterNode *self, CrmValue *value, CrmStore *store)
{
  gboolean several = crm_value_get_shape (value) == CRM_VALUE_ITEMS;

  if (!several)
    crm_filter_node_set_operator (self, CRM_OPERATOR_EQUAL, FALSE);
  else if (self->many && (crm_filter_node_is_choice (self) || crm_filter_node_is_record (self)))
    crm_filter_node_set_operator (self, CRM_OPERATOR_HAS, FALSE);
  else
    crm_filter_node_set_operator (self, CRM_OPERATOR_IN, FALSE);

  if (several)
    add_items (self, value);
  else
    add_value (self, value, store);
}

CrmFilterNode *
crm_filter_node_new_for_value (CrmStore *store,
                               const CrmRecordType *type,
                               const char *path,
                               CrmValue *value,
                               gboolean negated,
                               GError **error)
{
  CrmFilterNode *self = crm_filter_node_new_for_path (store, type, path, error);
  CrmFilterNode *condition = self;

  if (self == NULL)
    return NULL;

  if (self->shape == CRM_FILTER_NODE_RELATED)
    condition = g_ptr_array_index (self->children, 0);
  if (value == NULL)
    crm_filter_node_set_operator (condition, CRM_OPERATOR_PRESENT, TRUE);
  else
    set_value (condition, value, store);

  if (self != condition)
    self->quantifier = negated ? CRM_QUANTIFIER_NONE : CRM_QUANTIFIER_ANY;
  else if (negated)
    condition->negated = !condition->negated;

  return self;
}
