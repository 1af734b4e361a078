/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-catalogue.h"

G_BEGIN_DECLS

/**
 * CrmFieldChoice:
 *
 * A drop-down of fields of a type. Property "field" (pointer, read-only) notifies when somebody chooses another.
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

G_END_DECLS
