/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-column-private.h"
#include "crm-store.h"

G_BEGIN_DECLS

/* For this folder only. */

/**
 * CrmDuplicateWork:
 *
 * A search under way: told from worker threads how far it is, and asked whether to go on.
 */
typedef struct
{
  GCancellable *cancellable;
  CrmProgressFunc progress;
  gpointer progress_data;
  double from; /* the part of the whole that runs now */
  double to;
} CrmDuplicateWork;

/* Calls @func for each number below @n_tasks, in as many threads as there are processors, @max_threads
 * at most, and waits.
 * Returns: %FALSE with @error where it was cancelled or a @func returned %FALSE */
typedef gboolean (*CrmDuplicateTaskFunc) (guint task, guint thread, gpointer data, GError **error);
#define CRM_DUPLICATE_MAX_THREADS 8
gboolean crm_duplicate_work_run (CrmDuplicateWork *self,
                                 guint n_tasks,
                                 guint max_threads,
                                 CrmDuplicateTaskFunc func,
                                 gpointer data,
                                 GError **error);

/**
 * CrmDuplicateTable:
 * @ids: (element-type gint64): of the rows, in order
 * @n_existing: rows that are records; drafts are behind them
 * @columns: (element-type CrmDuplicateColumn): the fields that tell something
 */
typedef struct
{
  const CrmRecordType *type;
  GArray *ids;
  guint n_existing;
  GPtrArray *columns;
} CrmDuplicateTable;

/**
 * CrmDuplicateDrafts:
 * @values: (nullable elements): of @n_rows rows of @n_fields values each
 *
 * Records that do not exist yet.
 */
typedef struct
{
  const CrmField *const *fields;
  guint n_fields;
  CrmValue *const *values;
  guint n_rows;
} CrmDuplicateDrafts;

/* @ids: (element-type gint64): live records of @type, in order. @fields: (nullable): only these.
 * @drafts: (nullable): become rows behind them, with the id 0 */
CrmDuplicateTable *crm_duplicate_table_read (CrmStore *store,
                                             const CrmRecordType *type,
                                             GArray *ids,
                                             GPtrArray *fields,
                                             const CrmDuplicateDrafts *drafts,
                                             CrmDuplicateWork *work,
                                             GError **error);

/* Ids of the live records of @type, in order; (transfer full) (element-type gint64) */
GArray *crm_duplicate_list_live (CrmConnection *connection,
                                 const CrmRecordType *type,
                                 GError **error);

/* Calls @func for each value of @field of all live records of @type, in the order of ids */
typedef void (*CrmDuplicateRowFunc) (gint64 id, const char *text, gpointer data);
gboolean crm_duplicate_read_texts (CrmConnection *connection,
                                   const CrmCatalogue *catalogue,
                                   const CrmRecordType *type,
                                   const CrmField *field,
                                   CrmDuplicateRowFunc func,
                                   gpointer data,
                                   GError **error);

/* Without rows; the columns are the caller's to add. @n_rows of them are made. */
CrmDuplicateTable *crm_duplicate_table_new (const CrmRecordType *type, guint n_rows);
void crm_duplicate_table_free (CrmDuplicateTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicateTable, crm_duplicate_table_free)

static inline const CrmDuplicateColumn *
crm_duplicate_table_get (const CrmDuplicateTable *self, guint column)
{
  return g_ptr_array_index (self->columns, column);
}

/* The stored form of a value as text for a column; calls @func for each item. @catalogue: for options */
typedef void (*CrmDuplicateTextFunc) (const char *text, gpointer data);
void crm_duplicate_value_foreach_text (const CrmCatalogue *catalogue,
                                       const CrmField *field,
                                       const CrmValue *value,
                                       CrmDuplicateTextFunc func,
                                       gpointer data);

#define CRM_DUPLICATE_MAX_COLUMNS 24

/**
 * CrmDuplicateLikenesses:
 * @level: a #CrmLikeness per column
 * @value: the value that is the same, else 0
 */
typedef struct
{
  guint8 level[CRM_DUPLICATE_MAX_COLUMNS];
  guint32 value[CRM_DUPLICATE_MAX_COLUMNS];
} CrmDuplicateLikenesses;

/* How alike two rows are, fields that changed places counting as nearly the same */
void crm_duplicate_table_compare (const CrmDuplicateTable *self,
                                  guint row_a,
                                  guint row_b,
                                  CrmDuplicateLikenesses *likenesses);

/* The two halves of it: one column, and what changed places */
void crm_duplicate_table_compare_column (const CrmDuplicateTable *self,
                                         guint column,
                                         guint row_a,
                                         guint row_b,
                                         CrmDuplicateLikenesses *likenesses);
void crm_duplicate_table_find_swapped (const CrmDuplicateTable *self,
                                       guint row_a,
                                       guint row_b,
                                       CrmDuplicateLikenesses *likenesses);
/* Whether find_swapped() may change what was found of it */
gboolean crm_duplicate_table_can_be_swapped (const CrmDuplicateTable *self, guint column);

G_END_DECLS
