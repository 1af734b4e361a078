/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-statement.h"

G_BEGIN_DECLS

/* Fills an empty workspace with the types, fields and options that everybody gets, worded in the
 * language of the moment. Runs once inside the transaction that makes the workspace; it is not
 * history. */
gboolean crm_standard_types_create (CrmConnection *connection, GError **error);

/* Appends the fields that every type has (created_at, external_id …) to the description of a new
 * type, behind its own fields. Their ids follow the highest one. */
gboolean crm_standard_types_add_system_fields (CrmConnection *connection,
                                               gint64 type_id,
                                               GError **error);

/* Positions of a type's own fields stay below */
#define CRM_SYSTEM_FIELD_POSITION 1000000

G_END_DECLS
