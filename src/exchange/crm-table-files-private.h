/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

G_BEGIN_DECLS

/**
 * CrmTableFiles:
 *
 * Files that are part of a table, behind each other in one that has no name and is gone with the program. For
 * crm-table.c and crm-table-writer.c: what crm_table_writer_add_file() and crm_table_open_file() do.
 */

CrmTableFiles *crm_table_files_new (GError **error);
char *crm_table_files_add (CrmTableFiles *self, const char *name, GBytes *bytes, GError **error);
/* Any thread, once nothing is added any more */
GInputStream *crm_table_files_open (CrmTableFiles *self, const char *hash, GError **error);

G_END_DECLS
