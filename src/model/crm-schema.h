/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-schema
 *
 * Acts on types, fields and options. They are part of the history as other
 * changes are; a removed or undone one keeps its column.
 */

/* @label and @label_many default to @name in title case. A type made so has one text field
 * `name`. */
gboolean crm_schema_add_type (CrmTransaction *transaction,
                              const char *name,
                              const char *label,
                              const char *label_many,
                              const CrmRecordType **type,
                              GError **error);

/**
 * CrmFieldSpec:
 *
 * What a field is to be. Only @name and @kind are needed.
 */
typedef struct
{
  const char *name;
  const char *label;
  CrmKind kind;
  CrmFieldFlags flags;
  const CrmRecordType *target; /* relations; NULL for any type */
  const char *reverse_name;
  const char *reverse_label;
  const char *const *options; /* labels, nullable */
} CrmFieldSpec;

gboolean crm_schema_add_field (CrmTransaction *transaction,
                               const CrmRecordType *type,
                               const CrmFieldSpec *spec,
                               const CrmField **field,
                               GError **error);

/* The new option comes last */
gboolean crm_schema_add_option (CrmTransaction *transaction,
                                const CrmField *field,
                                const char *label,
                                gint64 parent,
                                const CrmOption **option,
                                GError **error);

G_END_DECLS
