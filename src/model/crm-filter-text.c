/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-filter-private.h"

static const char *const operators[] = {
  [CRM_OPERATOR_PRESENT] = NULL,
  [CRM_OPERATOR_EQUAL] = "=",
  [CRM_OPERATOR_LESS] = "<",
  [CRM_OPERATOR_LESS_EQUAL] = "<=",
  [CRM_OPERATOR_GREATER] = ">",
  [CRM_OPERATOR_GREATER_EQUAL] = ">=",
  [CRM_OPERATOR_CONTAINS] = "contains",
  [CRM_OPERATOR_STARTS] = "starts",
  [CRM_OPERATOR_ENDS] = "ends",
  [CRM_OPERATOR_MATCHES] = "matches",
  [CRM_OPERATOR_BETWEEN] = "between",
  [CRM_OPERATOR_IN] = "in",
  [CRM_OPERATOR_HAS] = "has",
};

G_STATIC_ASSERT (G_N_ELEMENTS (operators) == CRM_N_OPERATORS);

static void append_filter (const CrmFilter *self, gboolean inside, GString *text);

void
crm_filter_append_quoted (const char *value, GString *text)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static const CrmOption *
find_option (const CrmField *field, gint64 id)
{
  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->id == id)
      return field->options[i];

  return NULL;
}

/* An option that is meant exactly is written by its label, unless stages of two pipelines
 * share it */
static gboolean
append_option (const CrmField *field, gint64 id, GString *text)
{
  const CrmOption *option = find_option (field, id);
  guint n_same = 0;

  if (option == NULL)
    return FALSE;

  for (guint i = 0; i < field->n_options; i++)
    if (strcmp (field->options[i]->label, option->label) == 0)
      n_same++;
  if (n_same > 1)
    return FALSE;

  crm_filter_append_quoted (option->label, text);
  return TRUE;
}

static void
append_operand (const CrmFilter *self, const CrmOperand *operand, GString *text)
{
  if (operand->id != 0)
    {
      if (self->field == NULL || !append_option (self->field, operand->id, text))
        g_string_append_printf (text, "%" G_GINT64_FORMAT, operand->id);
      return;
    }

  if (operand->quoted)
    crm_filter_append_quoted (operand->text, text);
  else
    g_string_append (text, operand->text);
}

static void
append_path (const CrmFilter *self, GString *text)
{
  gsize start = text->len;

  for (guint i = 0; self->hops != NULL && i < self->hops->len; i++)
    {
      const CrmHop *hop = &g_array_index (self->hops, CrmHop, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "." : "",
                              hop->reverse ? hop->field->reverse_name : hop->field->name);
      if (hop->names_type)
        g_string_append_printf (text, ".%s", hop->type->name);
    }

  if (self->leaf == CRM_LEAF_RECORD)
    return;
  if (text->len > start)
    g_string_append_c (text, '.');
  g_string_append (text, self->leaf == CRM_LEAF_ID ? "id" : self->field->name);
}

static void
append_comparison (const CrmFilter *self, gboolean negated, GString *text)
{
  const char *sign = operators[self->comparator];

  if (negated && self->comparator != CRM_OPERATOR_EQUAL && self->comparator != CRM_OPERATOR_PRESENT)
    g_string_append (text, "not ");
  append_path (self, text);

  if (self->comparator == CRM_OPERATOR_PRESENT)
    {
      g_string_append (text, negated ? " empty" : " not empty");
      return;
    }

  if (negated && self->comparator == CRM_OPERATOR_EQUAL)
    sign = "!=";
  g_string_append_printf (text, " %s ", sign);

  if (self->comparator == CRM_OPERATOR_IN)
    g_string_append_c (text, '(');
  for (guint i = 0; i < self->operands->len; i++)
    {
      if (i > 0)
        g_string_append (text, self->comparator == CRM_OPERATOR_BETWEEN ? " and " : ", ");
      append_operand (self, &g_array_index (self->operands, CrmOperand, i), text);
    }
  if (self->comparator == CRM_OPERATOR_IN)
    g_string_append_c (text, ')');
}

static const CrmFilter *
get_child (const CrmFilter *self, guint index)
{
  return g_ptr_array_index (self->children, index);
}

static void
append_any (const CrmFilter *self, gboolean negated, GString *text)
{
  const CrmFilter *child = self->children != NULL ? get_child (self, 0) : NULL;
  const char *word = negated ? "none " : "any ";

  if (negated && child != NULL && child->shape == CRM_FILTER_NOT)
    {
      word = "all ";
      child = get_child (child, 0);
    }

  g_string_append (text, word);
  append_path (self, text);
  if (child != NULL)
    {
      g_string_append (text, " (");
      append_filter (child, FALSE, text);
      g_string_append_c (text, ')');
    }
}

static void
append_not (const CrmFilter *child, GString *text)
{
  while (child->shape == CRM_FILTER_ALTERNATIVES)
    child = get_child (child, 0);

  switch (child->shape)
    {
    case CRM_FILTER_COMPARE:
      append_comparison (child, TRUE, text);
      break;

    case CRM_FILTER_ANY:
      append_any (child, TRUE, text);
      break;

    case CRM_FILTER_AND:
    case CRM_FILTER_OR:
    case CRM_FILTER_NOT:
    case CRM_FILTER_ALTERNATIVES:
    case CRM_FILTER_TEXT:
    default:
      g_string_append (text, "not ");
      append_filter (child, TRUE, text);
      break;
    }
}

/* @inside: whether it stands beside others, so that groups need parentheses */
static void
append_filter (const CrmFilter *self, gboolean inside, GString *text)
{
  switch (self->shape)
    {
    case CRM_FILTER_AND:
    case CRM_FILTER_OR:
      if (inside)
        g_string_append_c (text, '(');
      for (guint i = 0; i < self->children->len; i++)
        {
          if (i > 0)
            g_string_append (text, self->shape == CRM_FILTER_AND ? " and " : " or ");
          append_filter (get_child (self, i), TRUE, text);
        }
      if (inside)
        g_string_append_c (text, ')');
      break;

    case CRM_FILTER_NOT:
      append_not (get_child (self, 0), text);
      break;

    case CRM_FILTER_COMPARE:
      append_comparison (self, FALSE, text);
      break;

    case CRM_FILTER_ANY:
      append_any (self, FALSE, text);
      break;

    case CRM_FILTER_ALTERNATIVES:
      append_filter (get_child (self, 0), inside, text);
      break;

    case CRM_FILTER_TEXT:
      g_string_append (text, self->text);
      break;

    default:
      g_assert_not_reached ();
    }
}

const char *
crm_operator_to_text (CrmOperator self)
{
  g_assert ((guint) self < CRM_N_OPERATORS);

  return operators[self];
}

char *
crm_filter_get_path (const CrmFilter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_path (self, text);
  return g_strdup (text->str);
}

char *
crm_filter_to_text (const CrmFilter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  append_filter (self, FALSE, text);
  return g_strdup (text->str);
}
