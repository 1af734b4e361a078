/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* "Brno · Manufacturing · 120 employees": up to @max of what says most about a record beside its
 * label; @without: (nullable): a field that goes without saying. "" for nothing. (transfer full) */
char *crm_record_words_get_summary (CrmStore *store,
                                    CrmRecord *record,
                                    const CrmField *without,
                                    guint max);

/* Whether people look for the field even where it is empty */
gboolean crm_record_words_is_essential (const CrmRecordType *type, const CrmField *field);

G_END_DECLS
