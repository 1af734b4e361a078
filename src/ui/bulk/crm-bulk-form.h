/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-bulk.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmBulkForm:
 *
 * Asks which field of many records is to be changed, and how: with what fits the field's kind.
 */
#define CRM_TYPE_BULK_FORM (crm_bulk_form_get_type ())
G_DECLARE_FINAL_TYPE (CrmBulkForm, crm_bulk_form, CRM, BULK_FORM, AdwPreferencesGroup)

GtkWidget *crm_bulk_form_new (CrmSession *session, const CrmRecordType *type);

/* Finding and replacing in the first field that has a text */
void crm_bulk_form_start_replacing (CrmBulkForm *self);

/* Takes what is being typed */
void crm_bulk_form_commit (CrmBulkForm *self);

/* What is asked for at present: (transfer full); %NULL without @error where that is not said yet, with it
 * where it cannot be done */
CrmBulkChange *crm_bulk_form_make_change (CrmBulkForm *self, GError **error);

/**
 * CrmBulkForm::changed:
 *
 * Something else is asked for.
 */

G_END_DECLS
