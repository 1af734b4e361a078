/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmCellsPaste:
 *
 * One column of many records is to hold other values: one for each of them, or one for all. Texts are read as the
 * command line reads them. All or nothing: a value that is wrong, unknown or taken is told, and nothing is changed.
 */
typedef struct _CrmCellsPaste CrmCellsPaste;

/* @texts: (array length=n_texts): as many as @ids, or one; an empty one clears */
CrmCellsPaste *crm_cells_paste_new (const CrmRecordType *type,
                                    const CrmField *field,
                                    const gint64 *ids,
                                    guint n_ids,
                                    const char *const *texts,
                                    guint n_texts);
void crm_cells_paste_free (CrmCellsPaste *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCellsPaste, crm_cells_paste_free)

/* @progress: told how far it is, in the writer's thread */
void crm_cells_paste_set_progress (CrmCellsPaste *self, CrmProgressFunc progress, gpointer data);

/* A #CrmWriteFunc; @data: the paste, which the caller keeps until it is done */
gboolean crm_cells_paste_write (CrmTransaction *transaction, gpointer data, GError **error);

G_END_DECLS
