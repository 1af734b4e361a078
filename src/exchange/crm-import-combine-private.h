/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-private.h"
#include "crm-record.h"

G_BEGIN_DECLS

/* What a field becomes where it has @old (nullable) and a row says @value (nullable); %NULL where that
 * changes nothing. (transfer full) */
CrmValue *crm_import_combine (const CrmImportLayout *layout,
                              guint slot,
                              CrmValue *old,
                              CrmValue *value);

/* What two rows of one file about the same record say together; one of them may be %NULL. (transfer
 * full) */
CrmValue *crm_import_combine_rows (const CrmImportLayout *layout,
                                   guint slot,
                                   CrmValue *first,
                                   CrmValue *next);

/* @cleared: by slot; set for parts of the name that the row says there are none of */
void crm_import_settle_name (const CrmImportLayout *layout,
                             const CrmRecord *record,
                             CrmImportRow *row,
                             gboolean *cleared);

G_END_DECLS
