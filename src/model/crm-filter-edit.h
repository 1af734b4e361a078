/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-filter-edit
 *
 * A filter taken apart, to be shown piece by piece, changed, and written as filter text again. What it
 * means is in the text alone: there is nothing that a tree can say and a text cannot, and what a
 * tree has no row for (a condition on a field that was removed) is kept in it as text.
 *
 * A tree belongs to whoever made its root; a node is freed with its parent, or by
 * crm_filter_node_free() once it was taken out. Used by one thread at a time.
 */

/* All of them are about a value that is there: "!=" is not "=", "empty" is not "present" */
typedef enum
{
  CRM_OPERATOR_PRESENT,
  CRM_OPERATOR_EQUAL,
  CRM_OPERATOR_LESS,
  CRM_OPERATOR_LESS_EQUAL,
  CRM_OPERATOR_GREATER,
  CRM_OPERATOR_GREATER_EQUAL,
  CRM_OPERATOR_CONTAINS,
  CRM_OPERATOR_STARTS,
  CRM_OPERATOR_ENDS,
  CRM_OPERATOR_MATCHES,
  CRM_OPERATOR_BETWEEN, /* two operands, both included */
  CRM_OPERATOR_IN, /* one operand or more */
  CRM_OPERATOR_HAS,
  CRM_N_OPERATORS,
} CrmOperator;

/* What the end of a path is compared as */
typedef enum
{
  CRM_LEAF_FIELD,
  CRM_LEAF_RECORD, /* the record that the last hop leads to: by what it is called, or by its id */
  CRM_LEAF_ID, /* the id alone */
} CrmLeaf;

typedef enum
{
  CRM_QUANTIFIER_ALL,
  CRM_QUANTIFIER_ANY,
  CRM_QUANTIFIER_NONE,
} CrmQuantifier;

typedef enum
{
  CRM_FILTER_NODE_GROUP, /* all, any or none of the children hold */
  CRM_FILTER_NODE_RELATED, /* a group that holds for all, any or none of the records that a path leads to */
  CRM_FILTER_NODE_CONDITION, /* what a path leads to is compared */
  CRM_FILTER_NODE_TEXT, /* a condition that only its text says */
} CrmFilterNodeShape;

/**
 * CrmFilterOperand:
 * @text: as filter text has it, without quotes: numbers with a point, ISO or relative dates, a choice's API name, the
 *   digits of a record's id
 * @quoted: then it means no more than itself: "me" is somebody's name
 * @label: (nullable): what people read in its place: the name of the record
 */
typedef struct
{
  char *text;
  gboolean quoted;
  char *label;
} CrmFilterOperand;

/**
 * CrmFilterNode:
 * @parent: (nullable)
 * @type: whose records the node is about
 * @join: of groups and related: how many of the children have to hold
 * @quantifier: of related: of how many records. Without children: whether there are any (none) at all
 * @children: of groups and related (element-type CrmFilterNode)
 * @path: of related and conditions: API names with dots between them
 * @target: what the path's last step leads to; of a path without steps @type
 * @many: of conditions: whether the path may lead to several values or records
 * @leaf: of conditions
 * @field: of conditions: the end of the path; %NULL where that is a record or its id
 * @comparator: of conditions. Of choices and records one that is equal is %CRM_OPERATOR_IN, and
 *   %CRM_OPERATOR_HAS has all operands, one or more.
 * @operands: of conditions (element-type CrmFilterOperand)
 * @text: of texts
 *
 * To be read; changed by the functions below, but for @join and @quantifier.
 */
typedef struct _CrmFilterNode CrmFilterNode;
struct _CrmFilterNode
{
  CrmFilterNodeShape shape;
  CrmFilterNode *parent;
  const CrmRecordType *type;
  CrmQuantifier join;
  CrmQuantifier quantifier;
  GPtrArray *children;
  char *path;
  const CrmRecordType *target;
  gboolean many;
  CrmLeaf leaf;
  const CrmField *field;
  CrmOperator comparator;
  gboolean negated;
  GPtrArray *operands;
  char *text;
};

/**
 * crm_filter_node_parse:
 * @text: (nullable): filter text; %NULL for none
 *
 * Returns: (transfer full): a group with a child for each part of @text; or %NULL with %CRM_ERROR_BAD_FILTER where
 *   @text is not written as the grammar wants it
 */
CrmFilterNode *crm_filter_node_parse (CrmStore *store,
                                      const CrmRecordType *type,
                                      const char *text,
                                      GError **error);
void crm_filter_node_free (CrmFilterNode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmFilterNode, crm_filter_node_free)

/* Filter text; parts that are not complete are left out, %NULL where nothing is left. (transfer full) */
char *crm_filter_node_to_text (const CrmFilterNode *self);

/* Whether there is all that it takes to write it */
gboolean crm_filter_node_is_complete (const CrmFilterNode *self);

/* All (transfer full) and without a parent */
CrmFilterNode *crm_filter_node_new_group (const CrmRecordType *type, CrmQuantifier join);
/* Any filter text as it is, right or wrong */
CrmFilterNode *crm_filter_node_new_text (const CrmRecordType *type, const char *text);
/**
 * crm_filter_node_new_for_path:
 * @path: API names with dots between them, to a field, a relation or "id"
 *
 * A condition with the first of the operators that fit and no operands yet. Where the path goes on behind records of
 * which there may be several, it is inside a related node for any of them.
 *
 * Returns: %NULL with %CRM_ERROR_UNKNOWN_NAME
 */
CrmFilterNode *crm_filter_node_new_for_path (CrmStore *store,
                                             const CrmRecordType *type,
                                             const char *path,
                                             GError **error);

/**
 * crm_filter_node_new_for_value:
 * @path: of a column
 * @value: (nullable): what a record has there
 * @negated: whether it is about the records that have something else
 *
 * The records that have the same there: all of several options or records, the same day, the same text.
 *
 * Returns: %NULL with %CRM_ERROR_UNKNOWN_NAME
 */
CrmFilterNode *crm_filter_node_new_for_value (CrmStore *store,
                                              const CrmRecordType *type,
                                              const char *path,
                                              CrmValue *value,
                                              gboolean negated,
                                              GError **error);

/* Takes @child; before the one at @index, -1 for the end */
void crm_filter_node_insert (CrmFilterNode *self, int index, CrmFilterNode *child);
/* (transfer full): @self, without its parent */
CrmFilterNode *crm_filter_node_take_out (CrmFilterNode *self);

/* Operands that make sense for the new operator stay */
void crm_filter_node_set_operator (CrmFilterNode *self, CrmOperator comparator, gboolean negated);
/* How many operands the operator of a condition has; @max: (out): G_MAXUINT for as many as one likes */
guint crm_filter_node_count_operands (const CrmFilterNode *self, guint *max);
void crm_filter_node_clear_operands (CrmFilterNode *self);
/* @label: (nullable) */
void crm_filter_node_add_operand (CrmFilterNode *self,
                                  const char *text,
                                  gboolean quoted,
                                  const char *label);

/* How filter text names an option: by its API name, or by its id where another pipeline has one of that name.
 * (transfer full) */
char *crm_filter_get_option_text (const CrmField *field, const CrmOption *option);

/* Operators, crm-filter-operators.c */

typedef struct
{
  CrmOperator comparator;
  gboolean negated;
} CrmFilterOperator;

/* Those that fit what a condition is about, the most likely first; its present one is always there.
 * (transfer full) (element-type CrmFilterOperator) */
GArray *crm_filter_node_list_operators (const CrmFilterNode *self);
/* "contains", "is before", "≥"; (transfer full) */
char *crm_filter_operator_get_words (const CrmFilterNode *condition, CrmFilterOperator comparator);

/* "all of", "any of", "none of"; (transfer none) */
const char *crm_quantifier_get_words (CrmQuantifier self);

/* Whether it is one of a fixed set of options; whether it is a record */
gboolean crm_filter_node_is_choice (const CrmFilterNode *self);
gboolean crm_filter_node_is_record (const CrmFilterNode *self);
gboolean crm_filter_node_is_date (const CrmFilterNode *self);

/* Words, crm-filter-words.c and crm-filter-values.c */

/* "Company › City contains Brno", "No Deals where Stage is Open"; (transfer full) */
char *crm_filter_node_describe (const CrmFilterNode *self, CrmStore *store);
/* "Company › City" of a related node or a condition; (transfer full) */
char *crm_filter_node_describe_path (const CrmFilterNode *self, CrmStore *store);
/* The operand as people read it: "12 May 2026", "last 30 days", "1 000 €"; (transfer full) */
char *crm_filter_node_describe_operand (const CrmFilterNode *self, guint index, CrmStore *store);
/* The same to be edited: "12.5.2026", "1000 EUR"; (transfer full) */
char *crm_filter_node_get_typed (const CrmFilterNode *self, guint index, CrmStore *store);
/**
 * crm_filter_node_read_typed:
 * @typed: a number, date or text as people write it in the workspace's language
 *
 * Returns: (transfer full): the text of an operand; %NULL with the sentence that says what is wrong
 */
char *crm_filter_node_read_typed (const CrmFilterNode *self,
                                  const char *typed,
                                  CrmStore *store,
                                  GError **error);

/* Adds the ids of the records that operands are about, and whose names are not known yet. (element-type gint64) */
void crm_filter_node_list_unnamed (const CrmFilterNode *self, GArray *ids);
/* What the record @id is called, wherever it is named */
void crm_filter_node_set_label (CrmFilterNode *self, gint64 id, const char *label);

/* Paths, crm-filter-steps.c */

/**
 * CrmFilterStep:
 * @path: from the type that was asked for: "company.city"
 * @label: "City"
 * @target: (nullable): the type of the records that it leads to, which can be gone on from
 * @field: the field, of the type itself or of another that points to it
 * @many: whether it may lead to several records
 */
typedef struct
{
  char *path;
  char *label;
  const CrmRecordType *target;
  const CrmField *field;
  gboolean many;
} CrmFilterStep;

/* The fields and relations that can stand behind @prefix (nullable), which leads to @type; in the order of the fields.
 * (transfer full) (element-type CrmFilterStep) */
GPtrArray *crm_filter_list_steps (CrmStore *store, const CrmRecordType *type, const char *prefix);

G_END_DECLS
