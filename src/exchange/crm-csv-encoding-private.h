/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many bytes of lines with letters outside ASCII tell an encoding */
#define CRM_CSV_EVIDENCE (8 * 1024)

/**
 * crm_csv_encoding_collect:
 * @evidence: takes the lines of @bytes that are not plain ASCII, up to %CRM_CSV_EVIDENCE bytes
 */
void crm_csv_encoding_collect (GString *evidence, const char *bytes, gsize size);

/**
 * crm_csv_encoding_detect:
 * @bytes: the beginning of a file as it lies on the disk
 * @complete: whether this is all of it
 * @evidence: (nullable): lines from anywhere in the file, see crm_csv_encoding_collect()
 *
 * Returns: (transfer none): a name for iconv, or %NULL with %CRM_ERROR_UNREADABLE_FILE for a file
 *   that is empty or no text
 */
const char *crm_csv_encoding_detect (const char *bytes,
                                     gsize size,
                                     gboolean complete,
                                     const GString *evidence,
                                     GError **error);

/* Whether the encoding says itself, by marks or zero bytes, what it is, so that lines of it are no evidence */
gboolean crm_csv_encoding_is_wide (const char *bytes, gsize size, gboolean complete);

/**
 * crm_csv_encoding_find:
 * @name: as people and other programs write it: "utf8", "cp1250", "latin-1", "euc-kr"
 *
 * Returns: (transfer none): the name for iconv, of the larger encoding where one has another in it;
 *   interned
 */
const char *crm_csv_encoding_find (const char *name);

/**
 * crm_csv_letters_rate:
 * @text: UTF-8; U+FFFD stands for bytes that could not be read
 * @encoding: that the text was in; languages whose letters it does not have are out
 *
 * How much the letters outside ASCII look like words of a language that people write, 1 at best
 * (and a little more where domains agree); below 0 it is none.
 */
double crm_csv_letters_rate (const char *text, const char *encoding);

G_END_DECLS
