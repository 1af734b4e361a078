/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-private.h"

G_BEGIN_DECLS

/**
 * CrmImportBlock:
 *
 * Some hundred rows on their way from the file to the writer.
 */
typedef struct
{
  CrmImportRow *rows;
  guint n_rows;
  double progress; /* of the reader behind them */

  const CrmImportLayout *layout;
  GByteArray *text; /* the cells, each with a NUL behind */
  GArray *offsets; /* of gsize: where each cell starts */
  char **cells; /* the same as pointers */
  gboolean ready; /* guarded by the pipeline's lock */
  gboolean written;
} CrmImportBlock;

void crm_import_block_free (CrmImportBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportBlock, crm_import_block_free)

/**
 * CrmImportPipeline:
 *
 * One thread splits the file, others read the values (a phone number takes
 * longer than all the rest of a row), the caller writes. Blocks come in the
 * order of the file; not more than a few are in memory.
 */
typedef struct _CrmImportPipeline CrmImportPipeline;

/* @reader belongs to the pipeline's thread until it is freed */
CrmImportPipeline *crm_import_pipeline_new (CrmCsvReader *reader, const CrmImportLayout *layout);
/* From now on most rows make records, or do not */
void crm_import_pipeline_expect_new (CrmImportPipeline *self, gboolean expect_new);
/* Stops and waits for the threads */
void crm_import_pipeline_free (CrmImportPipeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportPipeline, crm_import_pipeline_free)

/* %NULL without @error at the end; give it back with crm_import_pipeline_release() */
CrmImportBlock *crm_import_pipeline_next (CrmImportPipeline *self, GError **error);
/* Frees a block in a worker: the writer has enough to do */
void crm_import_pipeline_release (CrmImportPipeline *self, CrmImportBlock *block);

G_END_DECLS
