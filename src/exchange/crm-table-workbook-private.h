/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

G_BEGIN_DECLS

/* Workbooks, and what the readers of both of their formats share. */

extern const CrmTableConverter crm_ods_converter;
/* Takes what ODS does not: asked later */
extern const CrmTableConverter crm_xlsx_converter;

/* Bytes */
#define CRM_TABLE_MAX_CELL (1024 * 1024)

gboolean crm_table_workbook_is_zip (const char *head, gsize size);
/* The format of .xls, which is that of a workbook with a password, too */
gboolean crm_table_workbook_is_old (const char *head, gsize size);

/* %CRM_ERROR_UNREADABLE_FILE with what to do for an old or encrypted workbook */
gboolean crm_table_workbook_check (const char *path, GError **error);
void crm_table_workbook_set_encrypted (const char *path, GError **error);

GError *crm_table_workbook_new_cell_error (void);

G_END_DECLS
