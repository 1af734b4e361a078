/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-table-private.h"

G_BEGIN_DECLS

/* For this folder only. */

/**
 * CrmDuplicateDraft:
 *
 * A record that is being written, as far as it is filled in.
 */
typedef struct
{
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
  const CrmField *const *fields;
  CrmValue *const *values; /* nullable elements */
  guint n_values;
  gint64 exclude_id; /* the record itself, or 0 */
} CrmDuplicateDraft;

/**
 * crm_duplicate_list_candidates:
 * @deadline: monotonic time in microseconds, behind which no further question is asked; 0 for none
 *
 * Live records that have something in common with @draft, found through indexes, the likeliest questions
 * first. (transfer full) (element-type gint64)
 */
GArray *crm_duplicate_list_candidates (CrmConnection *connection,
                                       const CrmDuplicateDraft *draft,
                                       gint64 deadline,
                                       GError **error);

/* Appends the words of @text, all of which have to be found, to an expression of the search index; of a company
 * without its legal form */
void crm_duplicate_append_words (GString *expression, const CrmField *field, const char *text);
/* Records of @type that have the words of @expression, live ones; "" finds none */
gboolean crm_duplicate_search_words (CrmConnection *connection,
                                     const CrmRecordType *type,
                                     const char *expression,
                                     guint limit,
                                     GArray *ids,
                                     GError **error);

/* With the label of what a relation points to, where @value does not bring it. (transfer full) (nullable) */
CrmValue *crm_duplicate_complete_value (CrmConnection *connection,
                                        const CrmCatalogue *catalogue,
                                        const CrmField *field,
                                        CrmValue *value);

/* The draft as row 0 and the records of @ids behind it, those that are not live left out. @guess tells what a
 * field is. @records: (out) (transfer full) (element-type CrmRecord): those of the rows from 1 on, with the
 * fields that the draft has */
typedef gboolean (*CrmDuplicateGuessFunc) (const CrmField *field,
                                           CrmDuplicateGuess *guess,
                                           gpointer data);
CrmDuplicateTable *crm_duplicate_table_new_for_draft (CrmConnection *connection,
                                                      const CrmDuplicateDraft *draft,
                                                      GArray *ids,
                                                      CrmDuplicateGuessFunc guess,
                                                      gpointer guess_data,
                                                      GPtrArray **records,
                                                      GError **error);

G_END_DECLS
