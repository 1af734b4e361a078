/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-filter-private.h"

#include "crm-number.h"

static void
operand_clear (gpointer data)
{
  CrmOperand *operand = data;

  g_free (operand->text);
}

static CrmFilter *
filter_new (CrmFilterShape shape)
{
  CrmFilter *self = g_new0 (CrmFilter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->shape = shape;

  return self;
}

static GArray *
copy_hops (GArray *hops)
{
  return hops != NULL && hops->len > 0 ? g_array_copy (hops) : NULL;
}

GPtrArray *
crm_filter_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) crm_filter_unref);
}

GArray *
crm_operand_array_new (void)
{
  GArray *operands = g_array_new (FALSE, FALSE, sizeof (CrmOperand));

  g_array_set_clear_func (operands, operand_clear);
  return operands;
}

void
crm_operand_array_add (GArray *operands, const char *text, gboolean quoted, gint64 id)
{
  CrmOperand operand = { g_strdup (text), quoted, id };

  g_array_append_val (operands, operand);
}

CrmFilter *
crm_filter_new_group (CrmFilterShape shape, GPtrArray *children)
{
  CrmFilter *self;

  g_assert (shape == CRM_FILTER_AND || shape == CRM_FILTER_OR || shape == CRM_FILTER_ALTERNATIVES);
  g_assert (children->len > 0);

  if (children->len == 1)
    {
      self = crm_filter_ref (g_ptr_array_index (children, 0));
      g_ptr_array_unref (children);
      return self;
    }

  self = filter_new (shape);
  self->children = crm_filter_array_new ();
  for (guint i = 0; i < children->len; i++)
    {
      CrmFilter *child = g_ptr_array_index (children, i);

      if (child->shape == shape && shape != CRM_FILTER_ALTERNATIVES)
        for (guint j = 0; j < child->children->len; j++)
          g_ptr_array_add (self->children, crm_filter_ref (g_ptr_array_index (child->children, j)));
      else
        g_ptr_array_add (self->children, crm_filter_ref (child));
    }
  g_ptr_array_unref (children);

  return self;
}

CrmFilter *
crm_filter_new_not (CrmFilter *child)
{
  CrmFilter *self;

  if (child->shape == CRM_FILTER_NOT)
    {
      self = crm_filter_ref (g_ptr_array_index (child->children, 0));
      crm_filter_unref (child);
      return self;
    }

  self = filter_new (CRM_FILTER_NOT);
  self->children = crm_filter_array_new ();
  g_ptr_array_add (self->children, child);

  return self;
}

CrmFilter *
crm_filter_new_compare (GArray *hops,
                        CrmLeaf leaf,
                        const CrmField *field,
                        CrmOperator comparator,
                        GArray *operands)
{
  CrmFilter *self = filter_new (CRM_FILTER_COMPARE);

  g_assert ((leaf == CRM_LEAF_FIELD) == (field != NULL));

  self->hops = copy_hops (hops);
  self->leaf = leaf;
  self->field = field;
  self->comparator = comparator;
  self->operands = operands;

  return self;
}

CrmFilter *
crm_filter_new_any (GArray *hops, CrmFilter *child)
{
  CrmFilter *self = filter_new (CRM_FILTER_ANY);

  g_assert (hops->len > 0);

  self->hops = copy_hops (hops);
  self->leaf = CRM_LEAF_RECORD;
  if (child != NULL)
    {
      self->children = crm_filter_array_new ();
      g_ptr_array_add (self->children, child);
    }

  return self;
}

CrmFilter *
crm_filter_new_text (const char *text)
{
  CrmFilter *self = filter_new (CRM_FILTER_TEXT);

  self->text = g_strdup (text);
  return self;
}

CrmFilter *
crm_filter_ref (CrmFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
crm_filter_unref (CrmFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->hops, g_array_unref);
  g_clear_pointer (&self->operands, g_array_unref);
  g_free (self->text);
  g_free (self);
}

/* One operand for each item, or the only one; an option or a record is meant exactly, whatever
 * it is called */
static GArray *
make_operands (const CrmField *field, CrmValue *value)
{
  GArray *operands = crm_operand_array_new ();
  g_autofree char *text = NULL;
  gint64 integer = crm_value_get_integer (value);

  if (crm_value_get_shape (value) == CRM_VALUE_ITEMS)
    {
      for (guint i = 0; i < crm_value_get_n_items (value); i++)
        {
          const CrmItem *item = crm_value_get_item (value, i);

          crm_operand_array_add (operands, item->text, TRUE, item->id);
        }
      return operands;
    }

  switch (field->kind)
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
      {
        const char *currency = crm_value_get_currency (value);
        g_autofree char *amount = crm_money_amount_to_text (integer, currency);

        text = g_strdup_printf ("%s %s", amount, currency);
        break;
      }

    case CRM_KIND_CHECKBOX:
      text = g_strdup (integer != 0 ? "true" : "false");
      break;

    case CRM_KIND_DATETIME:
      text = crm_moment_to_iso (integer);
      break;

    default:
      crm_operand_array_add (operands, crm_value_get_text (value), TRUE, 0);
      return operands;
    }

  crm_operand_array_add (operands, text, FALSE, 0);
  return operands;
}

CrmFilter *
crm_filter_new_equal (const CrmField *field, CrmValue *value)
{
  g_autoptr (GArray) operands = NULL;
  GPtrArray *children;

  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return crm_filter_new_not (
        crm_filter_new_compare (NULL, CRM_LEAF_FIELD, field, CRM_OPERATOR_PRESENT, NULL));

  operands = make_operands (field, value);
  children = crm_filter_array_new ();
  for (guint i = 0; i < operands->len; i++)
    {
      const CrmOperand *operand = &g_array_index (operands, CrmOperand, i);
      GArray *single = crm_operand_array_new ();

      crm_operand_array_add (single, operand->text, operand->quoted, operand->id);
      g_ptr_array_add (children, crm_filter_new_compare (NULL, CRM_LEAF_FIELD, field,
                                                         CRM_OPERATOR_EQUAL, single));
    }

  return crm_filter_new_group (CRM_FILTER_AND, children);
}

static CrmFilter *
join (CrmFilterShape shape, CrmFilter *a, CrmFilter *b)
{
  GPtrArray *children;

  if (a == NULL)
    return b;
  if (b == NULL)
    return a;

  children = crm_filter_array_new ();
  g_ptr_array_add (children, a);
  g_ptr_array_add (children, b);

  return crm_filter_new_group (shape, children);
}

CrmFilter *
crm_filter_and (CrmFilter *a, CrmFilter *b)
{
  return join (CRM_FILTER_AND, a, b);
}

CrmFilter *
crm_filter_or (CrmFilter *a, CrmFilter *b)
{
  return join (CRM_FILTER_OR, a, b);
}

CrmFilter *
crm_filter_new_related (const CrmField *field, gint64 id)
{
  GArray *operands;

  g_return_val_if_fail (field != NULL && crm_kind_is_relation (field->kind), NULL);
  g_return_val_if_fail (id != 0, NULL);

  operands = crm_operand_array_new ();
  crm_operand_array_add (operands, NULL, TRUE, id);

  return crm_filter_new_compare (NULL, CRM_LEAF_FIELD, field, CRM_OPERATOR_EQUAL, operands);
}
