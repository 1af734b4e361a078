/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-filter-edit.h"

#include <glib/gi18n.h>

#define MAX_OFFERED 9

/* Conditions that are asked alike */
typedef enum
{
  FAMILY_TEXT,
  FAMILY_NUMBER,
  FAMILY_DATE,
  FAMILY_CHOICE,
  FAMILY_CHOICES,
  FAMILY_CHECKBOX,
  FAMILY_RECORD,
  FAMILY_RECORDS,
  FAMILY_ID,
  N_FAMILIES,
} Family;

typedef struct
{
  guint n;
  CrmFilterOperator operators[MAX_OFFERED];
} Offer;

#define EMPTY                     \
  { CRM_OPERATOR_PRESENT, TRUE }, \
  {                               \
    CRM_OPERATOR_PRESENT, FALSE   \
  }
#define ORDERED                                                               \
  { CRM_OPERATOR_LESS, FALSE }, { CRM_OPERATOR_LESS_EQUAL, FALSE },           \
      { CRM_OPERATOR_GREATER, FALSE }, { CRM_OPERATOR_GREATER_EQUAL, FALSE }, \
  {                                                                           \
    CRM_OPERATOR_BETWEEN, FALSE                                               \
  }

static const Offer offers[N_FAMILIES] = {
  [FAMILY_TEXT] = { 9,
                    { { CRM_OPERATOR_CONTAINS, FALSE },
                      { CRM_OPERATOR_CONTAINS, TRUE },
                      { CRM_OPERATOR_EQUAL, FALSE },
                      { CRM_OPERATOR_EQUAL, TRUE },
                      { CRM_OPERATOR_STARTS, FALSE },
                      { CRM_OPERATOR_ENDS, FALSE },
                      { CRM_OPERATOR_MATCHES, FALSE },
                      EMPTY } },
  [FAMILY_NUMBER] = { 9,
                      { { CRM_OPERATOR_EQUAL, FALSE },
                        { CRM_OPERATOR_EQUAL, TRUE },
                        ORDERED,
                        EMPTY } },
  [FAMILY_DATE] = { 9,
                    { { CRM_OPERATOR_EQUAL, FALSE },
                      { CRM_OPERATOR_EQUAL, TRUE },
                      ORDERED,
                      EMPTY } },
  [FAMILY_CHOICE] = { 4, { { CRM_OPERATOR_IN, FALSE }, { CRM_OPERATOR_IN, TRUE }, EMPTY } },
  [FAMILY_CHOICES] = { 5,
                       { { CRM_OPERATOR_IN, FALSE },
                         { CRM_OPERATOR_IN, TRUE },
                         { CRM_OPERATOR_HAS, FALSE },
                         EMPTY } },
  [FAMILY_CHECKBOX] = { 1, { { CRM_OPERATOR_EQUAL, FALSE } } },
  [FAMILY_RECORD] = { 5,
                      { { CRM_OPERATOR_IN, FALSE },
                        { CRM_OPERATOR_IN, TRUE },
                        { CRM_OPERATOR_CONTAINS, FALSE },
                        EMPTY } },
  [FAMILY_RECORDS] = { 6,
                       { { CRM_OPERATOR_IN, FALSE },
                         { CRM_OPERATOR_IN, TRUE },
                         { CRM_OPERATOR_HAS, FALSE },
                         { CRM_OPERATOR_CONTAINS, FALSE },
                         EMPTY } },
  [FAMILY_ID] = { 7, { { CRM_OPERATOR_EQUAL, FALSE }, { CRM_OPERATOR_EQUAL, TRUE }, ORDERED } },
};

static Family
get_family (const CrmFilterNode *self)
{
  if (self->leaf == CRM_LEAF_ID)
    return FAMILY_ID;
  if (crm_filter_node_is_record (self))
    return self->many ? FAMILY_RECORDS : FAMILY_RECORD;

  switch (self->field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_RATING:
      return FAMILY_NUMBER;

    case CRM_KIND_CHECKBOX:
      return FAMILY_CHECKBOX;

    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      return FAMILY_DATE;

    case CRM_KIND_CHOICE:
      return FAMILY_CHOICE;

    case CRM_KIND_CHOICES:
      return FAMILY_CHOICES;

    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_FILES:
    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
    case CRM_N_KINDS:
    default:
      return FAMILY_TEXT;
    }
}

static const char *
get_date_words (CrmOperator comparator)
{
  switch (comparator)
    {
    case CRM_OPERATOR_LESS:
      return C_ ("date", "is before");
    case CRM_OPERATOR_LESS_EQUAL:
      return C_ ("date", "is on or before");
    case CRM_OPERATOR_GREATER:
      return C_ ("date", "is after");
    case CRM_OPERATOR_GREATER_EQUAL:
      return C_ ("date", "is on or after");
    default:
      return NULL;
    }
}

static const char *
get_number_words (CrmOperator comparator)
{
  switch (comparator)
    {
    case CRM_OPERATOR_EQUAL:
      return "=";
    case CRM_OPERATOR_LESS:
      return "<";
    case CRM_OPERATOR_LESS_EQUAL:
      return "≤";
    case CRM_OPERATOR_GREATER:
      return ">";
    case CRM_OPERATOR_GREATER_EQUAL:
      return "≥";
    default:
      return NULL;
    }
}

static const char *
get_words (const CrmFilterNode *self, CrmOperator comparator)
{
  switch (comparator)
    {
    case CRM_OPERATOR_PRESENT:
      return _ ("is not empty");

    case CRM_OPERATOR_EQUAL:
      return _ ("is");

    case CRM_OPERATOR_LESS:
      return _ ("is less than");

    case CRM_OPERATOR_LESS_EQUAL:
      return _ ("is at most");

    case CRM_OPERATOR_GREATER:
      return _ ("is more than");

    case CRM_OPERATOR_GREATER_EQUAL:
      return _ ("is at least");

    case CRM_OPERATOR_CONTAINS:
      return crm_filter_node_is_record (self) ? _ ("has a name that contains") : _ ("contains");

    case CRM_OPERATOR_STARTS:
      return _ ("starts with");

    case CRM_OPERATOR_ENDS:
      return _ ("ends with");

    case CRM_OPERATOR_MATCHES:
      return _ ("matches");

    case CRM_OPERATOR_BETWEEN:
      return _ ("is between");

    case CRM_OPERATOR_IN:
      return _ ("is any of");

    case CRM_OPERATOR_HAS:
      return crm_filter_node_is_choice (self) || crm_filter_node_is_record (self) ? _ ("is all of")
                                                                                  : _ ("has");

    case CRM_N_OPERATORS:
    default:
      g_assert_not_reached ();
    }
}

static const char *
get_negated_words (const CrmFilterNode *self, CrmOperator comparator)
{
  switch (comparator)
    {
    case CRM_OPERATOR_PRESENT:
      return _ ("is empty");
    case CRM_OPERATOR_EQUAL:
      return get_family (self) == FAMILY_NUMBER ? "≠" : _ ("is not");
    case CRM_OPERATOR_CONTAINS:
      return crm_filter_node_is_record (self) ? NULL : _ ("does not contain");
    case CRM_OPERATOR_STARTS:
      return _ ("does not start with");
    case CRM_OPERATOR_ENDS:
      return _ ("does not end with");
    case CRM_OPERATOR_MATCHES:
      return _ ("does not match");
    case CRM_OPERATOR_BETWEEN:
      return _ ("is not between");
    case CRM_OPERATOR_IN:
      return _ ("is none of");
    default:
      return NULL;
    }
}

gboolean
crm_filter_node_is_choice (const CrmFilterNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->field != NULL &&
         (self->field->kind == CRM_KIND_CHOICE || self->field->kind == CRM_KIND_CHOICES);
}

gboolean
crm_filter_node_is_record (const CrmFilterNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->shape == CRM_FILTER_NODE_CONDITION &&
         (self->leaf == CRM_LEAF_RECORD ||
          (self->field != NULL && crm_kind_is_relation (self->field->kind)));
}

gboolean
crm_filter_node_is_date (const CrmFilterNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->field != NULL &&
         (self->field->kind == CRM_KIND_DATE || self->field->kind == CRM_KIND_DATETIME);
}

GArray *
crm_filter_node_list_operators (const CrmFilterNode *self)
{
  const CrmFilterOperator *present;
  const Offer *offer;
  GArray *operators;

  g_return_val_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION, NULL);

  offer = &offers[get_family (self)];
  operators = g_array_new (FALSE, FALSE, sizeof (CrmFilterOperator));
  g_array_append_vals (operators, offer->operators, offer->n);

  /* One that was written as text, and does not come to mind first */
  present = &(CrmFilterOperator){ self->comparator, self->negated };
  if (self->operands->len == 0 && self->comparator != CRM_OPERATOR_PRESENT)
    return operators;
  for (guint i = 0; i < offer->n; i++)
    if (offer->operators[i].comparator == present->comparator &&
        offer->operators[i].negated == present->negated)
      return operators;
  g_array_append_vals (operators, present, 1);

  return operators;
}

char *
crm_filter_operator_get_words (const CrmFilterNode *condition, CrmFilterOperator comparator)
{
  const char *words = NULL;
  const char *negated = NULL;

  g_return_val_if_fail (condition != NULL && condition->shape == CRM_FILTER_NODE_CONDITION, NULL);
  g_return_val_if_fail ((guint) comparator.comparator < CRM_N_OPERATORS, NULL);

  if (get_family (condition) == FAMILY_NUMBER || get_family (condition) == FAMILY_ID)
    words = get_number_words (comparator.comparator);
  else if (crm_filter_node_is_date (condition))
    words = get_date_words (comparator.comparator);
  if (words == NULL)
    words = get_words (condition, comparator.comparator);
  if (!comparator.negated)
    return g_strdup (words);

  negated = get_negated_words (condition, comparator.comparator);
  /* Translators: the opposite of one of the phrases such as “is before” */
  return negated != NULL ? g_strdup (negated) : g_strdup_printf (_ ("not: %s"), words);
}

const char *
crm_quantifier_get_words (CrmQuantifier self)
{
  switch (self)
    {
    case CRM_QUANTIFIER_ALL:
      return _ ("All of");
    case CRM_QUANTIFIER_ANY:
      return _ ("Any of");
    case CRM_QUANTIFIER_NONE:
    default:
      return _ ("None of");
    }
}
