/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record.h"
#include "crm-statement.h"

G_BEGIN_DECLS

/**
 * CrmRecordLoader:
 *
 * Reads many records of one type with the same fields; statements and labels
 * are kept between them. Lives no longer than the connection is lent.
 */
typedef struct _CrmRecordLoader CrmRecordLoader;

/* @catalogue: (nullable): where given, values are as people see them (labels filled in, what is not live left
 * out), else as they are stored. @n_fields -1: all fields. */
CrmRecordLoader *crm_record_loader_new (CrmConnection *connection,
                                        const CrmCatalogue *catalogue,
                                        const CrmRecordType *type,
                                        const CrmField *const *fields,
                                        int n_fields,
                                        GError **error);
/* Of addresses only the first, which stands in the row; the records are short */
CrmRecordLoader *crm_record_loader_new_short (CrmConnection *connection,
                                              const CrmCatalogue *catalogue,
                                              const CrmRecordType *type,
                                              const CrmField *const *fields,
                                              int n_fields,
                                              GError **error);
void crm_record_loader_free (CrmRecordLoader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRecordLoader, crm_record_loader_free)

/* %NULL without @error where there is no such record, in whatever state */
CrmRecord *crm_record_loader_load (CrmRecordLoader *self, gint64 id, GError **error);

G_END_DECLS
