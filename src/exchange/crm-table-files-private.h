/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

G_BEGIN_DECLS

/* For crm-table.c and crm-table-writer.c: what crm_table_writer_add_file() and crm_table_open_file() do in their
 * folder */
char *crm_table_files_add (const char *folder, const char *name, GBytes *bytes, GError **error);
GInputStream *crm_table_files_open (const char *folder, const char *hash, GError **error);

G_END_DECLS
