/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-split-private.h"

G_BEGIN_DECLS

/* Farther than this a damaged row is not looked for its end */
#define CRM_CSV_MEND_SIZE (32 * 1024)

/* Whether the row that was just cut has quotes amiss and may be read in another way */
gboolean crm_csv_mend_is_needed (const CrmCsvSplit *split,
                                 CrmCsvSplitStatus status,
                                 guint n_columns);

/**
 * crm_csv_mend_row:
 * @start: where the row starts, with %CRM_CSV_MEND_SIZE bytes or all there is up to @end
 * @n_columns: how many cells it should have
 * @next: (out): start of the next row
 *
 * Cuts a row in which quotes are missing or too many, in the way that gives as many cells as there
 * are columns and has the fewest quotes out of place.
 *
 * Returns: whether there is one; then its cells are in @split
 */
gboolean crm_csv_mend_row (CrmCsvSplit *split,
                           char *start,
                           char *end,
                           gboolean last,
                           guint n_columns,
                           char **next);

/**
 * crm_csv_mend_delimiter:
 * @split: of the row as it is cut like others
 * @next: (inout): where the row ends so; then, where it ends
 *
 * Cuts a row that has another delimiter than the file.
 *
 * Returns: (nullable): the delimiter of this row; its cells are in @split. Where it is %NULL, nothing
 *   has changed.
 */
const char *crm_csv_mend_delimiter (CrmCsvSplit *split,
                                    char *start,
                                    char *end,
                                    gboolean last,
                                    guint n_columns,
                                    char **next);

G_END_DECLS
