/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-filter-edit.h"

G_BEGIN_DECLS

/* How a filter looks inside; for crm-filter*.c and crm-query*.c only. */

typedef enum
{
  CRM_FILTER_AND,
  CRM_FILTER_OR,
  CRM_FILTER_NOT, /* one child */
  CRM_FILTER_COMPARE, /* a value at the end of a path */
  CRM_FILTER_ANY, /* a record at the end of a path, for which the child holds, if there is one */
  /* One text with several meanings, any of which will do: it goes through a relation to
   * records of any type, and there is a child for each type in which it makes sense. */
  CRM_FILTER_ALTERNATIVES,
  CRM_FILTER_TEXT, /* what could not be read; only in what crm_filter_parse_whole() gives */
} CrmFilterShape;

/* As it is written: "=", "contains"; %NULL for %CRM_OPERATOR_PRESENT */
const char *crm_operator_to_text (CrmOperator self);

/* One step of a path, from a record to those that a relation leads to */
typedef struct
{
  const CrmField *field;
  const CrmRecordType *type; /* of the records it leads to */
  gboolean reverse; /* from what @field points to, to the records that have it */
  gboolean names_type; /* the text has the type behind the relation: "about.people" */
} CrmHop;

typedef struct
{
  char *text; /* as written, without quotes; read anew each time it is used: "today" */
  gboolean quoted; /* then no word in it means more than itself */
  gint64 id; /* of exactly this option or record, 0 where the text says it */
} CrmOperand;

struct _CrmFilter
{
  gatomicrefcount ref_count;
  CrmFilterShape shape;
  GPtrArray *children; /* CrmFilter; NULL for none */

  /* Of comparisons and CRM_FILTER_ANY */
  GArray *hops; /* CrmHop; NULL for none */
  CrmLeaf leaf;
  const CrmField *field; /* of CRM_LEAF_FIELD */
  CrmOperator comparator;
  GArray *operands; /* CrmOperand; NULL for none */

  char *text; /* of CRM_FILTER_TEXT */
};

/* Takes @children, which are at least one; those of the same shape become part of the new one.
 * (transfer full) */
CrmFilter *crm_filter_new_group (CrmFilterShape shape, GPtrArray *children);
CrmFilter *crm_filter_new_not (CrmFilter *child);
/* Copies @hops (nullable), takes @operands (nullable) */
CrmFilter *crm_filter_new_compare (GArray *hops,
                                   CrmLeaf leaf,
                                   const CrmField *field,
                                   CrmOperator comparator,
                                   GArray *operands);
/* Takes @child (nullable) */
CrmFilter *crm_filter_new_any (GArray *hops, CrmFilter *child);

CrmFilter *crm_filter_new_text (const char *text);

/* Appends @value between quotes */
void crm_filter_append_quoted (const char *value, GString *text);

/* "company.city"; (transfer full) */
char *crm_filter_get_path (const CrmFilter *self);

/* Like crm_filter_parse_known(), but what would be passed over is in the filter as %CRM_FILTER_TEXT, so that it can be
 * written again; it is for crm_filter_to_text() and crm-filter-edit.c alone. (transfer full) */
CrmFilter *crm_filter_parse_whole (CrmStore *store,
                                   const CrmRecordType *type,
                                   const char *text,
                                   GError **error);

GPtrArray *crm_filter_array_new (void);
GArray *crm_operand_array_new (void);
void crm_operand_array_add (GArray *operands, const char *text, gboolean quoted, gint64 id);

/* crm-filter-lexer.c */

typedef enum
{
  CRM_TOKEN_END,
  CRM_TOKEN_WORD, /* bare */
  CRM_TOKEN_STRING, /* quoted */
  CRM_TOKEN_COMPARISON,
  CRM_TOKEN_LEFT, /* parentheses */
  CRM_TOKEN_RIGHT,
  CRM_TOKEN_COMMA,
} CrmTokenKind;

typedef struct
{
  CrmTokenKind kind;
  char *text;
  guint position; /* in characters, from 1 */
} CrmToken;

/* %NULL with %CRM_ERROR_BAD_FILTER; the last one is %CRM_TOKEN_END. (element-type CrmToken)
 * (transfer full) */
GArray *crm_filter_lex (const char *text, GError **error);

/* Whether @text comes out of crm_filter_lex() as one bare word */
gboolean crm_filter_is_word (const char *text);

/* How many of @tokens, which begin with a bare word, are one value: "last 30 days", "this month", "1000 EUR", "25 %" */
guint crm_filter_count_words (const CrmToken *tokens);
/* Whether @text needs no quotes where a value is expected */
gboolean crm_filter_is_value (const char *text);
gboolean crm_token_is_keyword (const CrmToken *self, const char *keyword);

/* "… at character @position: …": sets %CRM_ERROR_BAD_FILTER with what @format says is wrong */
void crm_filter_set_error (GError **error, guint position, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* crm-filter-path.c */

/* One meaning of a path */
typedef struct
{
  GArray *hops; /* CrmHop */
  CrmLeaf leaf;
  const CrmField *field;
} CrmPath;

/**
 * crm_path_resolve:
 * @text: names with dots between them
 * @position: of @text in the filter
 * @records: whether the path has to lead to records
 *
 * Returns: (transfer full) (element-type CrmPath): all that @text can mean, at least one; %NULL
 *   with %CRM_ERROR_UNKNOWN_NAME or %CRM_ERROR_BAD_FILTER
 */
GPtrArray *crm_path_resolve (const CrmCatalogue *catalogue,
                             const CrmRecordType *type,
                             const char *text,
                             guint position,
                             gboolean records,
                             GError **error);

G_END_DECLS
