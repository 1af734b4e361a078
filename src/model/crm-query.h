/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-column.h"

G_BEGIN_DECLS

/**
 * CrmFilter:
 *
 * A condition on records of one type: a tree of and, or, not and comparisons. Immutable, reference
 * counted. Names are resolved against the catalogue when it is parsed.
 */
typedef struct _CrmFilter CrmFilter;

/**
 * crm_filter_parse:
 * @text: filter text, see crm-filter-parser.c for the grammar
 *
 * Returns: (transfer full): %NULL with %CRM_ERROR_BAD_FILTER (or %CRM_ERROR_UNKNOWN_NAME for a
 *   field), the message pointing at the place
 */
CrmFilter *crm_filter_parse (CrmStore *store,
                             const CrmRecordType *type,
                             const char *text,
                             GError **error);

/**
 * crm_filter_parse_known:
 * @filter: (out) (transfer full) (nullable): %NULL where nothing is left of it
 * @skipped: (element-type utf8): the conditions that were passed over are added
 *
 * The same for a text that was right once, as that of a view: a condition on a field, an option or a record that
 * is not there any more is passed over, as if it had not been written.
 */
gboolean crm_filter_parse_known (CrmStore *store,
                                 const CrmRecordType *type,
                                 const char *text,
                                 CrmFilter **filter,
                                 GPtrArray *skipped,
                                 GError **error);

/* The text that parses to it again, words such as "today" and "me" as they were written;
 * (transfer full) */
char *crm_filter_to_text (const CrmFilter *self);

CrmFilter *crm_filter_ref (CrmFilter *self);
void crm_filter_unref (CrmFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmFilter, crm_filter_unref)

/* field = value; for a relation @value has the record's id. With @value %NULL: empty. */
CrmFilter *crm_filter_new_equal (const CrmField *field, CrmValue *value);
/* Both must hold; takes both, each may be %NULL */
CrmFilter *crm_filter_and (CrmFilter *a, CrmFilter *b);
/* One of both must hold; likewise */
CrmFilter *crm_filter_or (CrmFilter *a, CrmFilter *b);
/* Records of @field's type that point with @field (a relation) to the record @id: the rows of
 * a related list */
CrmFilter *crm_filter_new_related (const CrmField *field, gint64 id);

typedef struct
{
  const CrmField *field; /* NULL: by id */
  gboolean descending;
  GPtrArray
      *hops; /* the way to the record that has the field, see CrmColumn; NULL: the record's own */
} CrmSort;

/**
 * CrmQuery:
 *
 * A question: which records of a type, in which order. Immutable after it was handed on;
 * reference counted.
 */
typedef struct _CrmQuery CrmQuery;

CrmQuery *crm_query_new (const CrmRecordType *type);
CrmQuery *crm_query_ref (CrmQuery *self);
void crm_query_unref (CrmQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQuery, crm_query_unref)

/* (nullable); takes a reference */
void crm_query_set_filter (CrmQuery *self, CrmFilter *filter);
/* Words that all must be found in the record, the last one at least by its beginning */
void crm_query_set_search (CrmQuery *self, const char *text);
void crm_query_add_sort (CrmQuery *self, const CrmField *field, gboolean descending);
/* Likewise by what a column shows, "company.city" too */
void crm_query_add_column_sort (CrmQuery *self, const CrmColumn *column, gboolean descending);
/* Only records of these ids, any number; (nullable) (element-type gint64): %NULL for all. Takes a reference: may not be
 * changed any more */
void crm_query_set_ids (CrmQuery *self, GArray *ids);
void crm_query_set_limit (CrmQuery *self, gint64 limit); /* -1: none */
/* LIVE unless set: TRASHED for the trash */
void crm_query_set_state (CrmQuery *self, CrmState state);
const CrmRecordType *crm_query_get_record_type (CrmQuery *self);
const CrmFilter *crm_query_get_filter (CrmQuery *self);
const char *crm_query_get_search (CrmQuery *self);
const CrmSort *crm_query_get_sorts (CrmQuery *self, guint *n_sorts);

/* "name,-company.city" as the command line writes it */
gboolean crm_query_parse_sort (CrmQuery *self,
                               const CrmCatalogue *catalogue,
                               const char *text,
                               GError **error);
/* One of them: an API name or a path of such, or "id" */
gboolean crm_query_add_named_sort (CrmQuery *self,
                                   const CrmCatalogue *catalogue,
                                   const char *name,
                                   gboolean descending,
                                   GError **error);

/* Whether a change of a record of the type @type_id can change the answer by more than the record's own place in it: by
 * what a filter or an order reaches through a relation */
gboolean crm_query_depends_on (CrmQuery *self, const CrmCatalogue *catalogue, gint64 type_id);

/**
 * crm_query_run:
 *
 * Missing values come last in ascending and in descending order; equal ones in the order of ids.
 *
 * Returns: (transfer full): a packed array of all ids in order (GArray of gint64), or %NULL
 */
GArray *crm_query_run (CrmQuery *self, CrmStore *store, GCancellable *cancellable, GError **error);

/* How many crm_query_run() would give, without putting them in order */
gboolean crm_query_count (CrmQuery *self,
                          CrmStore *store,
                          gint64 *count,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
