/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmRecordHeader:
 *
 * Whom or what a record is about, and what is done with it most often. Its buttons activate the
 * page's actions "record.call", "record.email", "record.website", "record.add" and so on.
 */
#define CRM_TYPE_RECORD_HEADER (crm_record_header_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordHeader, crm_record_header, CRM, RECORD_HEADER, AdwBin)

/* @alone: the owner goes without saying */
void crm_record_header_set_record (CrmRecordHeader *self,
                                   CrmSession *session,
                                   CrmRecord *record,
                                   gboolean alone);

/* Takes little room, where there is little */
void crm_record_header_set_narrow (CrmRecordHeader *self, gboolean narrow);

/* (nullable): where Call, E-mail and Website lead: "tel:+420…". (transfer full) */
char *crm_record_header_get_uri (CrmRecord *record, CrmKind kind);

G_END_DECLS
