/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-reader.h"

G_BEGIN_DECLS

/* How many bytes of a file are looked at */
#define CRM_CSV_SAMPLE (256 * 1024)

/**
 * crm_csv_detect_encoding:
 * @bytes: the beginning of a file as it lies on the disk
 * @complete: whether this is all of it
 *
 * Returns: (transfer none): "UTF-8", "UTF-16LE" or "UTF-16BE", or %NULL with
 *   %CRM_ERROR_UNREADABLE_FILE
 */
const char *crm_csv_detect_encoding (const char *bytes,
                                     gsize size,
                                     gboolean complete,
                                     GError **error);

/**
 * crm_csv_detect_layout:
 * @text: the beginning of a file in UTF-8 without a byte-order mark, with
 *   CRM_CSV_PADDING bytes behind it
 * @dialect: its missing members are filled in
 * @first_line: (out): the line of the first row, after a line "sep=;"
 * @n_columns: (out): how many cells a row should have
 *
 * Changes nothing in @text.
 */
void crm_csv_detect_layout (char *text,
                            gsize size,
                            gboolean complete,
                            CrmCsvDialect *dialect,
                            gint64 *first_line,
                            guint *n_columns);

G_END_DECLS
