/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_STATE_LIVE = 0,
  CRM_STATE_TRASHED = 1,
  CRM_STATE_UNDONE = 2, /* its creation was undone */
  CRM_STATE_MERGED = 3,
} CrmState;

/**
 * CrmRecord:
 *
 * What a record was at one moment: immutable, reference counted, may be
 * shared by threads.
 */
typedef struct _CrmRecord CrmRecord;

#define CRM_TYPE_RECORD (crm_record_get_type ())
GType crm_record_get_type (void);

CrmRecord *crm_record_ref (CrmRecord *self);
void crm_record_unref (CrmRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRecord, crm_record_unref)

gint64 crm_record_get_id (const CrmRecord *self);
const CrmRecordType *crm_record_get_record_type (const CrmRecord *self);
CrmState crm_record_get_state (const CrmRecord *self);
gint64 crm_record_get_merged_into (const CrmRecord *self); /* 0 if not merged */
/* Whether of some addresses only the first was read, without its label: to be shown in a list, not to be changed */
gboolean crm_record_is_short (const CrmRecord *self);

/* (transfer none) (nullable) */
CrmValue *crm_record_get_value (const CrmRecord *self, const CrmField *field);
CrmValue *crm_record_get_value_by_name (const CrmRecord *self, const char *field_name);

/* What the record is called: its label field, else its first e-mail, phone, domain or line of
 * text, else "Unnamed" in the user's language. Never empty. */
const char *crm_record_get_label (const CrmRecord *self);

/* Sets %CRM_ERROR_NOT_FOUND: nothing has this id, or nothing of @type (nullable) */
void crm_record_set_not_found (GError **error, const CrmRecordType *type, gint64 id);

/* For the folder's own use: makes a record of @type; takes the values (n_fields of them, nullable) */
CrmRecord *crm_record_new_take (const CrmRecordType *type,
                                gint64 id,
                                CrmState state,
                                gint64 merged_into,
                                CrmValue **values);
/* For the folder's own use, before anybody else has the record */
void crm_record_set_short (CrmRecord *self);

G_END_DECLS
