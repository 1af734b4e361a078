/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmRecordContent:
 *
 * Records on their way to another program, by drag or clipboard: as CSV, as cards where they have addresses, and as a
 * file of their own for file managers and mail programs. Nothing is read or written before somebody asks for it, and then
 * in a worker.
 */
#define CRM_TYPE_RECORD_CONTENT (crm_record_content_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordContent, crm_record_content, CRM, RECORD_CONTENT, GdkContentProvider)

/* @ids: (element-type gint64): at least one, of live records of @type */
GdkContentProvider *crm_record_content_new (CrmStore *store,
                                            const CrmRecordType *type,
                                            const GArray *ids);

G_END_DECLS
