/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-preview.h"

G_BEGIN_DECLS

/* What is said of rows of a preview; (transfer none) */
const char *crm_import_preview_words_get_outcome (CrmImportRows outcome); /* "Update" */
const char *crm_import_preview_words_get_icon (CrmImportRows outcome);

/* What will become of the row, in a line: its problems, what changes, whom it looks like.
 * (transfer full) */
char *crm_import_preview_words_describe (const CrmImportPreviewRow *row);
/* "Job Title: Buyer → Head of Purchasing"; (transfer full) */
char *crm_import_preview_words_describe_change (const CrmImportPreviewChange *change);

G_END_DECLS
