/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-filter-edit.h"

#include <glib/gi18n.h>

static void append_node (const CrmFilterNode *self, CrmStore *store, GString *out);

/* Sentences */

static void
append_operands (const CrmFilterNode *self, CrmStore *store, GString *out)
{
  for (guint i = 0; i < self->operands->len; i++)
    {
      g_autofree char *words = crm_filter_node_describe_operand (self, i, store);

      if (i == 0)
        ;
      else if (i + 1 < self->operands->len)
        g_string_append (out, _ (", "));
      else if (self->comparator == CRM_OPERATOR_IN)
        /* Translators: between the last two of a list, one of which will do */
        g_string_append (out, C_ ("list", " or "));
      else
        /* Translators: between the last two of a list, all of which are meant */
        g_string_append (out, C_ ("list", " and "));
      g_string_append (out, words);
    }
}

static void
append_condition (const CrmFilterNode *self, CrmStore *store, GString *out)
{
  CrmFilterOperator comparator = { self->comparator, self->negated };
  g_autofree char *path = crm_filter_node_describe_path (self, store);
  g_autoptr (GString) operands = g_string_new (NULL);
  g_autofree char *words = NULL;

  /* Of one there is not "any of" */
  if (comparator.comparator == CRM_OPERATOR_IN && self->operands->len == 1)
    words = g_strdup (self->negated ? _ ("is not") : _ ("is"));
  else
    words = crm_filter_operator_get_words (self, comparator);

  append_operands (self, store, operands);
  if (operands->len > 0)
    /* Translators: a condition: “Company › City”, “contains”, “Brno” */
    g_string_append_printf (out, C_ ("condition", "%s %s %s"), path, words, operands->str);
  else
    /* Translators: a condition without a value: “City”, “is empty” */
    g_string_append_printf (out, C_ ("condition", "%s %s"), path, words);
}

static void
append_children (const CrmFilterNode *self, CrmStore *store, GString *out)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      const CrmFilterNode *child = g_ptr_array_index (self->children, i);
      gboolean nested = child->shape == CRM_FILTER_NODE_GROUP &&
                        child->join != CRM_QUANTIFIER_NONE && child->children->len > 1;

      if (i > 0)
        g_string_append (out, self->join == CRM_QUANTIFIER_ALL ? C_ ("list", " and ")
                                                               : C_ ("list", " or "));
      if (nested)
        g_string_append_c (out, '(');
      append_node (child, store, out);
      if (nested)
        g_string_append_c (out, ')');
    }
}

static void
append_group (const CrmFilterNode *self, CrmStore *store, GString *out)
{
  g_autoptr (GString) inner = g_string_new (NULL);

  append_children (self, store, inner);
  if (self->join == CRM_QUANTIFIER_NONE)
    /* Translators: the opposite of a condition: “not (City is Brno or City is Praha)” */
    g_string_append_printf (out, _ ("not (%s)"), inner->str);
  else
    g_string_append (out, inner->str);
}

static void
append_related (const CrmFilterNode *self, CrmStore *store, GString *out)
{
  g_autofree char *path = crm_filter_node_describe_path (self, store);
  g_autoptr (GString) inner = g_string_new (NULL);

  if (self->children->len == 0)
    {
      /* Translators: whether there are any at all: “No Deals” */
      g_string_append_printf (out,
                              self->quantifier == CRM_QUANTIFIER_NONE ? _ ("No %s") : _ ("Any %s"),
                              path);
      return;
    }

  append_group (self, store, inner);
  if (self->quantifier == CRM_QUANTIFIER_ALL)
    /* Translators: what several records are called, “Deals”, and a condition on them */
    g_string_append_printf (out, _ ("All %1$s where %2$s"), path, inner->str);
  else if (self->quantifier == CRM_QUANTIFIER_ANY)
    g_string_append_printf (out, _ ("Any %1$s where %2$s"), path, inner->str);
  else
    g_string_append_printf (out, _ ("No %1$s where %2$s"), path, inner->str);
}

static void
append_node (const CrmFilterNode *self, CrmStore *store, GString *out)
{
  switch (self->shape)
    {
    case CRM_FILTER_NODE_GROUP:
      append_group (self, store, out);
      break;

    case CRM_FILTER_NODE_RELATED:
      append_related (self, store, out);
      break;

    case CRM_FILTER_NODE_CONDITION:
      append_condition (self, store, out);
      break;

    case CRM_FILTER_NODE_TEXT:
    default:
      g_string_append (out, self->text);
      break;
    }
}

char *
crm_filter_node_describe (const CrmFilterNode *self, CrmStore *store)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  append_node (self, store, out);
  return g_strdup (out->str);
}

/* Names of records */

static gint64
get_unnamed_id (const CrmFilterNode *self, guint index)
{
  const CrmFilterOperand *operand = g_ptr_array_index (self->operands, index);

  if (operand->label != NULL || operand->quoted || !g_ascii_isdigit (*operand->text) ||
      !crm_filter_node_is_record (self))
    return 0;

  return g_ascii_strtoll (operand->text, NULL, 10);
}

void
crm_filter_node_list_unnamed (const CrmFilterNode *self, GArray *ids)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (ids != NULL);

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    crm_filter_node_list_unnamed (g_ptr_array_index (self->children, i), ids);
  for (guint i = 0; self->operands != NULL && i < self->operands->len; i++)
    {
      gint64 id = get_unnamed_id (self, i);

      if (id != 0)
        g_array_append_val (ids, id);
    }
}

void
crm_filter_node_set_label (CrmFilterNode *self, gint64 id, const char *label)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (label != NULL);

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    crm_filter_node_set_label (g_ptr_array_index (self->children, i), id, label);
  for (guint i = 0; self->operands != NULL && i < self->operands->len; i++)
    if (get_unnamed_id (self, i) == id)
      ((CrmFilterOperand *) g_ptr_array_index (self->operands, i))->label = g_strdup (label);
}
