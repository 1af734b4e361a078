/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmXlsxPackage:
 *
 * The archive that a workbook is, and the parts in it that are not rows. For crm-xlsx-writer.c only.
 */
typedef struct _CrmXlsxPackage CrmXlsxPackage;

/* Places in the list of cell formats */
typedef enum
{
  CRM_XLSX_GENERAL,
  CRM_XLSX_TITLE,
  CRM_XLSX_TEXT, /* stays text when it is edited */
  CRM_XLSX_DATE,
  CRM_XLSX_DATETIME,
  CRM_XLSX_N_STYLES, /* behind them those of crm_xlsx_package_ensure_format() */
} CrmXlsxStyle;

typedef struct
{
  char *name;
  guint n_columns;
  guint32 n_rows;
} CrmXlsxSheet;

#define CRM_XLSX_MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define CRM_XLSX_XML_LINE "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

CrmXlsxPackage *crm_xlsx_package_new (GOutputStream *stream,
                                      GCancellable *cancellable,
                                      GError **error);
void crm_xlsx_package_free (CrmXlsxPackage *self);

/* The part of a further sheet, which is written until it is ended */
CrmXlsxSheet *crm_xlsx_package_begin_sheet (CrmXlsxPackage *self,
                                            const char *name,
                                            guint n_columns,
                                            GError **error);
gboolean crm_xlsx_package_write (CrmXlsxPackage *self, const GString *text, GError **error);
gboolean crm_xlsx_package_end_sheet (CrmXlsxPackage *self, GError **error);

/* (nullable): the newest */
CrmXlsxSheet *crm_xlsx_package_get_sheet (CrmXlsxPackage *self);

/* Where the number format @format is in the list of cell formats */
guint crm_xlsx_package_ensure_format (CrmXlsxPackage *self, const char *format);

/* The parts that say what is in the sheets, and the end of the archive */
gboolean crm_xlsx_package_finish (CrmXlsxPackage *self, GError **error);

void crm_xlsx_append_escaped (GString *out, const char *text);
/* "A1:C20", or "$A$1:$C$20" */
void crm_xlsx_append_range (GString *out, const CrmXlsxSheet *sheet, const char *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmXlsxPackage, crm_xlsx_package_free)

G_END_DECLS
