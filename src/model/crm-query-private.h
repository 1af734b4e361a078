/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-filter-private.h"
#include "crm-query.h"

G_BEGIN_DECLS

/* The query compiler; for crm-filter*.c and crm-query*.c only. */

/**
 * CrmCompiler:
 *
 * Turns filters into conditions of SQL. A condition is about the row `r` of a
 * record table, may be NULL for false, and stands safely beside AND, OR and NOT. What
 * leads to other tables becomes a named set of ids in front of the statement, so that no
 * number of hops nests anything. Values are never in the text, they are bound.
 */
typedef struct
{
  CrmStore *store;
  const CrmCatalogue *catalogue;
  gint64 now;
  const CrmLocale *locale;
  GString *sets; /* "h1 (id) AS (…), h2 …" */
  guint n_sets;
  GArray *parameters; /* CrmParameter */
} CrmCompiler;

void crm_compiler_init (CrmCompiler *self, CrmStore *store);
void crm_compiler_clear (CrmCompiler *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmCompiler, crm_compiler_clear)

/* Append "?7" to @sql and keep the value */
void crm_compiler_append_text (CrmCompiler *self, const char *text, GString *sql);
void crm_compiler_append_int (CrmCompiler *self, gint64 value, GString *sql);
void crm_compiler_append_double (CrmCompiler *self, double value, GString *sql);
/* "(?7, ?8)" of gint64 */
void crm_compiler_append_ints (CrmCompiler *self, GArray *values, GString *sql);

/* Names the rows that @select gives; returns n of "h<n>" */
guint crm_compiler_add_set (CrmCompiler *self, const char *select);

/* "(a OR b OR c)", whatever their number; @parts: (element-type utf8), at least one */
void crm_compiler_append_joined (GPtrArray *parts, const char *word, GString *sql);

/* @live: whether the rows `r` are live */
gboolean crm_compiler_append_filter (CrmCompiler *self,
                                     const CrmFilter *filter,
                                     const CrmRecordType *type,
                                     gboolean live,
                                     GString *sql,
                                     GError **error);

/* "WITH …" and everything bound: prepares @sql behind the named sets */
CrmStatement *crm_compiler_prepare (CrmCompiler *self,
                                    CrmConnection *connection,
                                    const char *sql,
                                    GError **error);

/* Whether a comparison can be made; the message is a piece of a sentence */
gboolean crm_filter_check (const CrmFilter *comparison, CrmStore *store, GError **error);

/* crm-query-comparison.c: a field of `r`, that is not a relation, or `r` itself */
gboolean crm_compiler_append_comparison (CrmCompiler *self,
                                         const CrmFilter *comparison,
                                         gboolean live,
                                         GString *sql,
                                         GError **error);
gboolean crm_compiler_append_record (CrmCompiler *self,
                                     const CrmFilter *comparison,
                                     const CrmRecordType *type,
                                     GString *sql,
                                     GError **error);
/* Always %FALSE */
gboolean crm_compiler_refuse_operator (const CrmField *field,
                                       CrmOperator comparator,
                                       GError **error);
/* "=", "<", ">="; %NULL for words */
const char *crm_compiler_get_sign (CrmOperator comparator);

/* crm-query-items.c: repeated fields and choices */
gboolean crm_compiler_append_items (CrmCompiler *self,
                                    const CrmFilter *comparison,
                                    gboolean live,
                                    GString *sql,
                                    GError **error);
gboolean crm_compiler_append_choice (CrmCompiler *self,
                                     const CrmFilter *comparison,
                                     gboolean live,
                                     GString *sql,
                                     GError **error);

/* crm-query-text.c: @column holds text, @key its sort key (nullable: made for the comparison) */
gboolean crm_compiler_append_text_comparison (CrmCompiler *self,
                                              const char *column,
                                              const char *key,
                                              CrmOperator comparator,
                                              GArray *operands,
                                              GString *sql,
                                              GError **error);
/* The same for a text in memory and one operand; not for the ordering operators */
gboolean crm_compiler_text_holds (const char *text, CrmOperator comparator, const char *operand);

/* crm-query-date.c */
gboolean crm_compiler_append_date (CrmCompiler *self,
                                   const CrmFilter *comparison,
                                   GString *sql,
                                   GError **error);

/* crm-query.c: "SELECT @columns FROM … AS r WHERE …", to which conditions, groups and an order may be
 * added; limit and sorts are the caller's. (transfer full) */
GString *crm_query_compile (CrmQuery *self,
                            CrmCompiler *compiler,
                            const char *columns,
                            GError **error);

/* crm-query-reach.c: what the record has that @hops (nullable) lead to, a record of the type @type_id or of the one
 * with @field; `r` itself without any */

/* "o", or "r" without hops: what @expression is about */
const char *crm_query_get_reached_row (GPtrArray *hops);
void crm_query_append_reached (GPtrArray *hops,
                               gint64 type_id,
                               const char *expression,
                               GString *sql);
/* (transfer full) */
char *crm_query_make_reached_value (GPtrArray *hops, const CrmField *field);
char *crm_query_make_reached_currency (GPtrArray *hops, const CrmField *field);
char *crm_query_make_reached_id (GPtrArray *hops, gint64 type_id);

/* crm-query-order.c */

/* " ORDER BY …"; nothing for the order of ids alone */
void crm_query_append_order (CrmQuery *self, CrmCompiler *compiler, GString *sql);

G_END_DECLS
