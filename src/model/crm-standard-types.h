/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-database.h"

G_BEGIN_DECLS

/* Fills an empty workspace with the types, fields, options and views that everybody gets, worded in the
 * language of the moment. Runs once inside the transaction that makes the workspace; it is not
 * history. */
gboolean crm_standard_types_create (CrmConnection *connection, GError **error);

/**
 * crm_standard_types_upgrade:
 *
 * Adds the standard fields and views that a workspace of an older program lacks, behind those that its
 * types have. A field or view of the user's own with such a name stays in its place. One transaction; it is not
 * history, for nobody did it. Where the file cannot be written at the moment it is left as it is.
 */
gboolean crm_standard_types_upgrade (CrmDatabase *database,
                                     GCancellable *cancellable,
                                     GError **error);

/* Appends the fields that every type has (created_at, external_id …) to the description of a new
 * type, behind its own fields. Their ids follow the highest one. */
gboolean crm_standard_types_add_system_fields (CrmConnection *connection,
                                               gint64 type_id,
                                               GError **error);

/* Positions of a type's own fields stay below */
#define CRM_SYSTEM_FIELD_POSITION 1000000

G_END_DECLS
