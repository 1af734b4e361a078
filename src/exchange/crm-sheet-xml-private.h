/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-zip-private.h"

G_BEGIN_DECLS

/**
 * CrmSheetXml:
 *
 * Reads an entry of an archive as XML, element by element; nothing is kept but where the reading is. A
 * document type with its entities is refused, as is what is nested too deep.
 */
typedef struct _CrmSheetXml CrmSheetXml;

/**
 * CrmSheetXmlHandlers:
 * @start: an element begins; @name without its prefix
 * @end: and ends
 * @text: a piece of text; others may follow
 *
 * Each may be %NULL. What is to end the reading calls crm_sheet_xml_stop().
 */
typedef struct
{
  void (*start) (CrmSheetXml *xml, const char *name, gpointer data);
  void (*end) (CrmSheetXml *xml, const char *name, gpointer data);
  void (*text) (CrmSheetXml *xml, const char *text, gsize size, gpointer data);
} CrmSheetXmlHandlers;

/**
 * crm_sheet_xml_read:
 *
 * Returns: %FALSE with the error of crm_sheet_xml_stop(), with %CRM_ERROR_UNREADABLE_FILE for what
 *   is no proper XML, and those of crm_zip_read()
 */
gboolean crm_sheet_xml_read (CrmZip *zip,
                             const char *entry,
                             const CrmSheetXmlHandlers *handlers,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error);

/* How many elements the one that starts or ends now is in */
guint crm_sheet_xml_get_depth (CrmSheetXml *self);

/**
 * crm_sheet_xml_get_attribute:
 * @space: (nullable): part of the name of its namespace; %NULL for an attribute without one
 *
 * Only while an element starts.
 *
 * Returns: (transfer none) (nullable): eight of them are valid at a time
 */
const char *crm_sheet_xml_get_attribute (CrmSheetXml *self, const char *space, const char *name);

/* @error: (transfer full) (nullable): %NULL where all is read that is of interest */
void crm_sheet_xml_stop (CrmSheetXml *self, GError *error);

G_END_DECLS
