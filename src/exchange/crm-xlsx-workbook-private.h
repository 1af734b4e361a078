/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-sheet-private.h"
#include "crm-zip-private.h"

G_BEGIN_DECLS

/* One of the sheets of a workbook */
typedef struct
{
  char *name;
  char *relation; /* under which the workbook speaks of its part */
  char *entry; /* in the archive */
  gboolean is_hidden;
} CrmXlsxTab;

/**
 * CrmXlsxWorkbook:
 *
 * What a workbook says about all of its sheets.
 */
typedef struct
{
  CrmZip *zip;
  gboolean is_1904; /* days are counted from there */
  GPtrArray *tabs; /* of CrmXlsxTab, hidden ones last */
  char *strings_entry; /* nullable */
  char *styles_entry; /* nullable */

  GPtrArray *formats; /* of CrmSheetFormat, by the style of a cell */
  GStringChunk *chunk;
  GPtrArray *strings; /* of const char *, in @chunk */
} CrmXlsxWorkbook;

/* Reads what sheets there are. %CRM_ERROR_UNREADABLE_FILE */
CrmXlsxWorkbook *crm_xlsx_workbook_open (const char *path,
                                         GCancellable *cancellable,
                                         GError **error);
/* Reads what the sheets refer to: texts and formats */
gboolean crm_xlsx_workbook_load (CrmXlsxWorkbook *self, GCancellable *cancellable, GError **error);
void crm_xlsx_workbook_free (CrmXlsxWorkbook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmXlsxWorkbook, crm_xlsx_workbook_free)

G_END_DECLS
