/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-filter-edit.h"

#include "crm-error.h"
#include "crm-filter-private.h"
#include "crm-text.h"

static CrmFilterNode *make_node (const CrmFilter *filter, const CrmRecordType *type);

/* Nodes */

static void
operand_free (gpointer data)
{
  CrmFilterOperand *operand = data;

  g_free (operand->text);
  g_free (operand->label);
  g_free (operand);
}

static CrmFilterNode *
node_new (CrmFilterNodeShape shape, const CrmRecordType *type)
{
  CrmFilterNode *self = g_new0 (CrmFilterNode, 1);

  self->shape = shape;
  self->type = type;
  self->target = type;
  if (shape == CRM_FILTER_NODE_GROUP || shape == CRM_FILTER_NODE_RELATED)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_filter_node_free);
  if (shape == CRM_FILTER_NODE_CONDITION)
    self->operands = g_ptr_array_new_with_free_func (operand_free);

  return self;
}

static CrmFilterNode *
get_child (const CrmFilterNode *self, guint index)
{
  return g_ptr_array_index (self->children, index);
}

static CrmFilterOperand *
get_operand (const CrmFilterNode *self, guint index)
{
  return g_ptr_array_index (self->operands, index);
}

/* Whether "=" is about one of a set, so that it is the same as "in" with one operand */
static gboolean
is_of_set (const CrmFilterNode *self)
{
  return crm_filter_node_is_choice (self) || crm_filter_node_is_record (self);
}

/* Taking apart */

static const CrmFilter *
get_part (const CrmFilter *filter, guint index)
{
  return g_ptr_array_index (filter->children, index);
}

/* All meanings of one text are written the same, so the first one stands for them */
static const CrmFilter *
get_meaning (const CrmFilter *filter)
{
  while (filter->shape == CRM_FILTER_ALTERNATIVES)
    filter = get_part (filter, 0);

  return filter;
}

static const CrmRecordType *
get_target (const CrmFilter *filter, const CrmRecordType *type)
{
  if (filter->hops == NULL)
    return type;

  return g_array_index (filter->hops, CrmHop, filter->hops->len - 1).type;
}

/* Whether there may be several at the end of @hops (nullable) */
static gboolean
is_many (GArray *hops, const CrmField *field)
{
  for (guint i = 0; hops != NULL && i < hops->len; i++)
    {
      const CrmHop *hop = &g_array_index (hops, CrmHop, i);

      if (hop->reverse || crm_kind_is_repeated (hop->field->kind))
        return TRUE;
    }

  return field != NULL && crm_kind_is_repeated (field->kind);
}

static void
copy_operands (CrmFilterNode *self, const CrmFilter *filter)
{
  for (guint i = 0; filter->operands != NULL && i < filter->operands->len; i++)
    {
      const CrmOperand *operand = &g_array_index (filter->operands, CrmOperand, i);
      g_autofree char *id = NULL;

      if (operand->id != 0)
        id = g_strdup_printf ("%" G_GINT64_FORMAT, operand->id);
      crm_filter_node_add_operand (self, id != NULL ? id : operand->text,
                                   id == NULL && operand->quoted, NULL);
    }
}

static CrmFilterNode *
make_condition (const CrmFilter *filter, const CrmRecordType *type, gboolean negated)
{
  CrmFilterNode *self = node_new (CRM_FILTER_NODE_CONDITION, type);

  self->path = crm_filter_get_path (filter);
  self->target = get_target (filter, type);
  self->many = is_many (filter->hops, filter->field);
  self->leaf = filter->leaf;
  self->field = filter->field;
  self->comparator = filter->comparator;
  self->negated = negated;
  copy_operands (self, filter);
  if (self->comparator == CRM_OPERATOR_EQUAL && is_of_set (self))
    self->comparator = CRM_OPERATOR_IN;

  return self;
}

/* "tags has a and tags has b" is one condition, with two operands */
static gboolean
join_to_last (CrmFilterNode *group, CrmFilterNode *child)
{
  CrmFilterNode *last = group->children->len > 0 ? get_child (group, group->children->len - 1)
                                                 : NULL;

  if (last == NULL || group->join != CRM_QUANTIFIER_ALL ||
      last->shape != CRM_FILTER_NODE_CONDITION || child->shape != CRM_FILTER_NODE_CONDITION ||
      last->comparator != CRM_OPERATOR_HAS || child->comparator != CRM_OPERATOR_HAS ||
      last->negated || child->negated || !is_of_set (last) ||
      !crm_text_equal (last->path, child->path))
    return FALSE;

  while (child->operands->len > 0)
    g_ptr_array_add (last->operands, g_ptr_array_steal_index (child->operands, 0));
  return TRUE;
}

static void
add_parts (CrmFilterNode *self, const CrmFilter *filter)
{
  for (guint i = 0; i < filter->children->len; i++)
    {
      CrmFilterNode *child = make_node (get_part (filter, i), self->target);

      if (join_to_last (self, child))
        crm_filter_node_free (child);
      else
        crm_filter_node_insert (self, -1, child);
    }
}

/* What @filter says becomes the children of @self, a new group, and how they are joined */
static void
fill_group (CrmFilterNode *self, const CrmFilter *filter)
{
  const CrmFilter *inner = filter->shape == CRM_FILTER_NOT ? get_meaning (get_part (filter, 0))
                                                           : filter;

  self->join = CRM_QUANTIFIER_ALL;
  if (inner->shape == CRM_FILTER_OR)
    {
      self->join = inner == filter ? CRM_QUANTIFIER_ANY : CRM_QUANTIFIER_NONE;
      add_parts (self, inner);
    }
  else if (filter->shape == CRM_FILTER_AND)
    {
      add_parts (self, filter);
    }
  else
    {
      crm_filter_node_insert (self, -1, make_node (filter, self->target));
    }
}

static CrmFilterNode *
make_related (const CrmFilter *filter, const CrmRecordType *type, gboolean negated)
{
  CrmFilterNode *self = node_new (CRM_FILTER_NODE_RELATED, type);
  const CrmFilter *inner = filter->children != NULL ? get_part (filter, 0) : NULL;

  self->path = crm_filter_get_path (filter);
  self->target = get_target (filter, type);
  self->quantifier = negated ? CRM_QUANTIFIER_NONE : CRM_QUANTIFIER_ANY;
  if (negated && inner != NULL && inner->shape == CRM_FILTER_NOT)
    {
      self->quantifier = CRM_QUANTIFIER_ALL;
      inner = get_part (inner, 0);
    }
  if (inner != NULL)
    fill_group (self, get_meaning (inner));

  return self;
}

static CrmFilterNode *
make_group (const CrmFilter *filter, const CrmRecordType *type)
{
  CrmFilterNode *self = node_new (CRM_FILTER_NODE_GROUP, type);

  fill_group (self, filter);
  /* Where all became one condition, that is it */
  if (self->children->len == 1 && self->join == CRM_QUANTIFIER_ALL)
    {
      CrmFilterNode *only = crm_filter_node_take_out (get_child (self, 0));

      crm_filter_node_free (self);
      return only;
    }

  return self;
}

static CrmFilterNode *
make_negation (const CrmFilter *filter, const CrmRecordType *type)
{
  const CrmFilter *inner = get_meaning (get_part (filter, 0));
  g_autofree char *text = NULL;
  CrmFilterNode *self;
  CrmFilterNode *node;

  switch (inner->shape)
    {
    case CRM_FILTER_COMPARE:
      return make_condition (inner, type, TRUE);

    case CRM_FILTER_ANY:
      return make_related (inner, type, TRUE);

    case CRM_FILTER_OR:
      return make_group (filter, type);

    case CRM_FILTER_TEXT:
      text = g_strconcat ("not ", inner->text, NULL);
      return crm_filter_node_new_text (type, text);

    case CRM_FILTER_AND:
    case CRM_FILTER_NOT:
    case CRM_FILTER_ALTERNATIVES:
    default:
      node = make_node (inner, type);
      if (node->shape == CRM_FILTER_NODE_CONDITION)
        {
          node->negated = !node->negated;
          return node;
        }
      self = crm_filter_node_new_group (type, CRM_QUANTIFIER_NONE);
      crm_filter_node_insert (self, -1, node);
      return self;
    }
}

static CrmFilterNode *
make_node (const CrmFilter *filter, const CrmRecordType *type)
{
  filter = get_meaning (filter);

  switch (filter->shape)
    {
    case CRM_FILTER_AND:
    case CRM_FILTER_OR:
      return make_group (filter, type);

    case CRM_FILTER_NOT:
      return make_negation (filter, type);

    case CRM_FILTER_COMPARE:
      return make_condition (filter, type, FALSE);

    case CRM_FILTER_ANY:
      return make_related (filter, type, FALSE);

    case CRM_FILTER_TEXT:
      return crm_filter_node_new_text (type, filter->text);

    case CRM_FILTER_ALTERNATIVES:
    default:
      g_assert_not_reached ();
    }
}

/* Public API */

CrmFilterNode *
crm_filter_node_parse (CrmStore *store, const CrmRecordType *type, const char *text, GError **error)
{
  g_autoptr (CrmFilterNode) self = NULL;
  g_autoptr (CrmFilter) filter = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = crm_filter_node_new_group (type, CRM_QUANTIFIER_ALL);
  if (text == NULL || *text == '\0')
    return g_steal_pointer (&self);

  /* With what is known where all is; else with what is not known as text */
  filter = crm_filter_parse (store, type, text, NULL);
  if (filter == NULL)
    filter = crm_filter_parse_whole (store, type, text, error);
  if (filter == NULL)
    return NULL;

  fill_group (self, get_meaning (filter));
  return g_steal_pointer (&self);
}

void
crm_filter_node_free (CrmFilterNode *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->operands, g_ptr_array_unref);
  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

CrmFilterNode *
crm_filter_node_new_group (const CrmRecordType *type, CrmQuantifier join)
{
  CrmFilterNode *self;

  g_return_val_if_fail (type != NULL, NULL);

  self = node_new (CRM_FILTER_NODE_GROUP, type);
  self->join = join;

  return self;
}

CrmFilterNode *
crm_filter_node_new_text (const CrmRecordType *type, const char *text)
{
  CrmFilterNode *self;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = node_new (CRM_FILTER_NODE_TEXT, type);
  self->text = g_strdup (text);

  return self;
}

/* How many of a path's first hops have to be taken to be behind the last one that may lead to several records;
 * 0 where there is none, or where the path ends there */
static guint
count_many (const CrmPath *path)
{
  guint n = path->leaf == CRM_LEAF_RECORD ? path->hops->len - 1 : path->hops->len;

  if (path->hops->len == 0)
    return 0;

  for (; n > 0; n--)
    {
      const CrmHop *hop = &g_array_index (path->hops, CrmHop, n - 1);

      if (hop->reverse || crm_kind_is_repeated (hop->field->kind))
        return n;
    }

  return 0;
}

/* "company.city" of the hops from @first to before @end, and with @whole of what is behind them */
static char *
write_path (const CrmPath *path, guint first, guint end, gboolean whole)
{
  g_autoptr (GArray) hops = g_array_new (FALSE, FALSE, sizeof (CrmHop));
  g_autoptr (CrmFilter) filter = NULL;

  g_array_append_vals (hops, &g_array_index (path->hops, CrmHop, first), end - first);
  filter = crm_filter_new_compare (hops, whole ? path->leaf : CRM_LEAF_RECORD,
                                   whole ? path->field : NULL, CRM_OPERATOR_PRESENT, NULL);

  return crm_filter_get_path (filter);
}

CrmFilterNode *
crm_filter_node_new_for_path (CrmStore *store,
                              const CrmRecordType *type,
                              const char *path,
                              GError **error)
{
  g_autoptr (GPtrArray) meanings = NULL;
  g_autoptr (GArray) operators = NULL;
  const CrmFilterOperator *first;
  const CrmPath *meaning;
  CrmFilterNode *self;
  CrmFilterNode *related;
  guint n_many;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  meanings = crm_path_resolve (crm_store_get_catalogue (store), type, path, 1, FALSE, error);
  if (meanings == NULL)
    return NULL;

  meaning = g_ptr_array_index (meanings, 0);
  n_many = count_many (meaning);
  self = node_new (CRM_FILTER_NODE_CONDITION, type);
  if (meaning->hops->len > 0)
    self->target = g_array_index (meaning->hops, CrmHop, meaning->hops->len - 1).type;
  self->many = is_many (meaning->hops, meaning->field);
  self->leaf = meaning->leaf;
  self->field = meaning->field;
  self->path = write_path (meaning, n_many, meaning->hops->len, TRUE);
  operators = crm_filter_node_list_operators (self);
  first = &g_array_index (operators, CrmFilterOperator, 0);
  self->comparator = first->comparator;
  self->negated = first->negated;
  if (n_many == 0)
    return self;

  related = node_new (CRM_FILTER_NODE_RELATED, type);
  related->join = CRM_QUANTIFIER_ALL;
  related->quantifier = CRM_QUANTIFIER_ANY;
  related->target = g_array_index (meaning->hops, CrmHop, n_many - 1).type;
  related->path = write_path (meaning, 0, n_many, FALSE);
  self->type = related->target;
  crm_filter_node_insert (related, -1, self);

  return related;
}

void
crm_filter_node_insert (CrmFilterNode *self, int index, CrmFilterNode *child)
{
  g_return_if_fail (self != NULL && self->children != NULL);
  g_return_if_fail (child != NULL && child->parent == NULL);

  child->parent = self;
  g_ptr_array_insert (self->children, index, child);
}

CrmFilterNode *
crm_filter_node_take_out (CrmFilterNode *self)
{
  guint index;

  g_return_val_if_fail (self != NULL && self->parent != NULL, NULL);

  if (g_ptr_array_find (self->parent->children, self, &index))
    g_ptr_array_steal_index (self->parent->children, index);
  self->parent = NULL;

  return self;
}

guint
crm_filter_node_count_operands (const CrmFilterNode *self, guint *max)
{
  guint least = 1;
  guint most = 1;

  g_return_val_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION, 0);

  if (self->comparator == CRM_OPERATOR_PRESENT)
    least = most = 0;
  else if (self->comparator == CRM_OPERATOR_BETWEEN)
    least = most = 2;
  else if (self->comparator == CRM_OPERATOR_IN ||
           (self->comparator == CRM_OPERATOR_HAS && is_of_set (self)))
    most = G_MAXUINT;
  if (max != NULL)
    *max = most;

  return least;
}

void
crm_filter_node_set_operator (CrmFilterNode *self, CrmOperator comparator, gboolean negated)
{
  guint max;

  g_return_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION);
  g_return_if_fail ((guint) comparator < CRM_N_OPERATORS);

  self->comparator = comparator;
  self->negated = negated;
  crm_filter_node_count_operands (self, &max);
  if (self->operands->len > max)
    g_ptr_array_set_size (self->operands, (int) max);
}

void
crm_filter_node_clear_operands (CrmFilterNode *self)
{
  g_return_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION);

  g_ptr_array_set_size (self->operands, 0);
}

void
crm_filter_node_add_operand (CrmFilterNode *self,
                             const char *text,
                             gboolean quoted,
                             const char *label)
{
  CrmFilterOperand *operand;

  g_return_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION);
  g_return_if_fail (text != NULL);

  operand = g_new0 (CrmFilterOperand, 1);
  operand->text = g_strdup (text);
  operand->quoted = quoted;
  operand->label = g_strdup (label);
  g_ptr_array_add (self->operands, operand);
}

gboolean
crm_filter_node_is_complete (const CrmFilterNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->shape)
    {
    case CRM_FILTER_NODE_TEXT:
      return *self->text != '\0';

    case CRM_FILTER_NODE_CONDITION:
      for (guint i = 0; i < self->operands->len; i++)
        if (*get_operand (self, i)->text == '\0')
          return FALSE;
      return self->operands->len >= crm_filter_node_count_operands (self, NULL);

    case CRM_FILTER_NODE_GROUP:
    case CRM_FILTER_NODE_RELATED:
    default:
      for (guint i = 0; i < self->children->len; i++)
        if (crm_filter_node_is_complete (get_child (self, i)))
          return TRUE;
      /* Deals that there are (not), whatever they are */
      return self->shape == CRM_FILTER_NODE_RELATED && self->children->len == 0 &&
             self->quantifier != CRM_QUANTIFIER_ALL;
    }
}
