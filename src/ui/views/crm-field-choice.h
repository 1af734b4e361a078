/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-column.h"

G_BEGIN_DECLS

/**
 * CrmFieldChoice:
 *
 * A drop-down of fields of a type, or of related records' too. Property "field" (pointer, read-only) notifies when
 * somebody chooses another.
 */
#define CRM_TYPE_FIELD_CHOICE (crm_field_choice_get_type ())
G_DECLARE_FINAL_TYPE (CrmFieldChoice, crm_field_choice, CRM, FIELD_CHOICE, AdwBin)

/* @none: (nullable): what the choice of no field is called; %NULL where there has to be one */
GtkWidget *crm_field_choice_new (const char *title, const char *none);

/* Offers those fields of @type that fit; no field is chosen. Does not notify. */
void crm_field_choice_set_fields (CrmFieldChoice *self,
                                  const CrmRecordType *type,
                                  gboolean (*fits) (const CrmField *field));
/* (nullable); does not notify */
void crm_field_choice_set_field (CrmFieldChoice *self, const CrmField *field);
const CrmField *crm_field_choice_get_field (CrmFieldChoice *self);

/* The same by columns: @columns (element-type CrmColumn) are all that is offered. Keeps a reference. */
void crm_field_choice_set_columns (CrmFieldChoice *self, GArray *columns);
/* (nullable): by its path; does not notify */
void crm_field_choice_set_column (CrmFieldChoice *self, const char *path);
/* (transfer none) (nullable) */
const CrmColumn *crm_field_choice_get_column (CrmFieldChoice *self);

G_END_DECLS
