/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-composer.h"

G_BEGIN_DECLS

/**
 * CrmRecordStream:
 *
 * What happened to a record and what is to be done about it, by day, with a composer on top.
 */
#define CRM_TYPE_RECORD_STREAM (crm_record_stream_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordStream, crm_record_stream, CRM, RECORD_STREAM, AdwBin)

void crm_record_stream_set_session (CrmRecordStream *self, CrmSession *session);

/* Reads it in a worker. @record: (nullable): shows nothing */
void crm_record_stream_set_record (CrmRecordStream *self, CrmRecord *record);

/* Reads it again, where @news may be about it */
void crm_record_stream_take_news (CrmRecordStream *self, const CrmNews *news);

CrmComposer *crm_record_stream_get_composer (CrmRecordStream *self); /* (transfer none) */

G_END_DECLS
