/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-reader.h"

G_BEGIN_DECLS

/**
 * CrmImportRejects:
 *
 * A CSV file with the refused rows in their original columns and a column
 * "Reason". It is made with the first row and takes the place of an older one only when it is
 * finished.
 */
typedef struct _CrmImportRejects CrmImportRejects;

CrmImportRejects *crm_import_rejects_new (const char *path, CrmCsvReader *reader);
/* Where it was not finished, nothing is left of it */
void crm_import_rejects_free (CrmImportRejects *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportRejects, crm_import_rejects_free)

gboolean crm_import_rejects_add (CrmImportRejects *self,
                                 char *const *cells,
                                 guint n_cells,
                                 const char *reason,
                                 GError **error);
gboolean crm_import_rejects_finish (CrmImportRejects *self, GError **error);

G_END_DECLS
