/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-filter-edit.h"
#include "crm-filter-private.h"

static void append_node (const CrmFilterNode *self, gboolean inside, GString *text);

static void
append_operand (const CrmFilterNode *self, guint index, GString *text)
{
  const CrmFilterOperand *operand = g_ptr_array_index (self->operands, index);

  if (operand->quoted || !crm_filter_is_value (operand->text))
    crm_filter_append_quoted (operand->text, text);
  else
    g_string_append (text, operand->text);
}

static void
append_comparison (const CrmFilterNode *self,
                   CrmOperator comparator,
                   gboolean negated,
                   guint first,
                   guint n,
                   GString *text)
{
  const char *sign = crm_operator_to_text (comparator);

  if (negated && comparator == CRM_OPERATOR_EQUAL)
    {
      sign = "!=";
      negated = FALSE;
    }
  g_string_append_printf (text, "%s%s %s ", negated ? "not " : "", self->path, sign);

  if (comparator == CRM_OPERATOR_IN)
    g_string_append_c (text, '(');
  for (guint i = first; i < first + n; i++)
    {
      if (i > first)
        g_string_append (text, comparator == CRM_OPERATOR_BETWEEN ? " and " : ", ");
      append_operand (self, i, text);
    }
  if (comparator == CRM_OPERATOR_IN)
    g_string_append_c (text, ')');
}

/* @inside: beside others that are not joined by "and" */
static void
append_condition (const CrmFilterNode *self, gboolean inside, GString *text)
{
  guint n = self->operands->len;
  gboolean nested;

  switch (self->comparator)
    {
    case CRM_OPERATOR_PRESENT:
      g_string_append_printf (text, "%s %s", self->path, self->negated ? "empty" : "not empty");
      return;

    case CRM_OPERATOR_IN:
      append_comparison (self, n == 1 ? CRM_OPERATOR_EQUAL : CRM_OPERATOR_IN, self->negated, 0, n,
                         text);
      return;

    case CRM_OPERATOR_HAS:
      nested = n > 1 && (inside || self->negated);
      if (n > 1 && self->negated)
        g_string_append (text, "not ");
      if (nested)
        g_string_append_c (text, '(');
      for (guint i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append (text, " and ");
          append_comparison (self, CRM_OPERATOR_HAS, n == 1 && self->negated, i, 1, text);
        }
      if (nested)
        g_string_append_c (text, ')');
      return;

    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
    case CRM_OPERATOR_CONTAINS:
    case CRM_OPERATOR_STARTS:
    case CRM_OPERATOR_ENDS:
    case CRM_OPERATOR_MATCHES:
    case CRM_OPERATOR_BETWEEN:
    case CRM_N_OPERATORS:
    default:
      append_comparison (self, self->comparator, self->negated, 0, n, text);
      return;
    }
}

static guint
count_complete (const CrmFilterNode *self)
{
  guint n = 0;

  for (guint i = 0; i < self->children->len; i++)
    if (crm_filter_node_is_complete (g_ptr_array_index (self->children, i)))
      n++;

  return n;
}

/* The children, without parentheses around them; "not (…)" where none may hold */
static void
append_children (const CrmFilterNode *self, GString *text)
{
  gboolean all = self->join == CRM_QUANTIFIER_ALL;
  gboolean alone = count_complete (self) == 1;
  guint n_written = 0;

  if (self->join == CRM_QUANTIFIER_NONE)
    g_string_append (text, "not (");
  for (guint i = 0; i < self->children->len; i++)
    {
      const CrmFilterNode *child = g_ptr_array_index (self->children, i);

      if (!crm_filter_node_is_complete (child))
        continue;
      if (n_written++ > 0)
        g_string_append (text, all ? " and " : " or ");
      append_node (child, !alone && (!all || child->shape == CRM_FILTER_NODE_GROUP), text);
    }
  if (self->join == CRM_QUANTIFIER_NONE)
    g_string_append_c (text, ')');
}

static void
append_related (const CrmFilterNode *self, GString *text)
{
  static const char *const words[] = { "all", "any", "none" };

  g_string_append_printf (text, "%s %s", words[self->quantifier], self->path);
  if (count_complete (self) > 0)
    {
      g_string_append (text, " (");
      append_children (self, text);
      g_string_append_c (text, ')');
    }
}

static void
append_node (const CrmFilterNode *self, gboolean inside, GString *text)
{
  switch (self->shape)
    {
    case CRM_FILTER_NODE_GROUP:
      /* "not (…)" brings its own */
      inside = inside && self->join != CRM_QUANTIFIER_NONE;
      if (inside)
        g_string_append_c (text, '(');
      append_children (self, text);
      if (inside)
        g_string_append_c (text, ')');
      break;

    case CRM_FILTER_NODE_RELATED:
      append_related (self, text);
      break;

    case CRM_FILTER_NODE_CONDITION:
      append_condition (self, inside, text);
      break;

    case CRM_FILTER_NODE_TEXT:
    default:
      g_string_append (text, self->text);
      break;
    }
}

char *
crm_filter_node_to_text (const CrmFilterNode *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (!crm_filter_node_is_complete (self))
    return NULL;

  append_node (self, FALSE, text);
  return g_strdup (text->str);
}
