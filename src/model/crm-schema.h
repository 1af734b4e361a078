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

/* What is to be different of a type; NULL stays as it is */
typedef struct
{
  const char *label;
  const char *label_many;
  const char *icon; /* name of a symbolic icon */
} CrmTypeChange;

gboolean crm_schema_set_type (CrmTransaction *transaction,
                              const CrmRecordType *type,
                              const CrmTypeChange *change,
                              GError **error);

/* @before: (nullable): the type that it goes before; NULL for the end */
gboolean crm_schema_move_type (CrmTransaction *transaction,
                               const CrmRecordType *type,
                               const CrmRecordType *before,
                               GError **error);

/**
 * crm_schema_remove_type:
 *
 * Takes a type out of sight with its records, its views and the relations of other types that point to it.
 * Nothing of them is changed, so undo brings everything back. Types that belong to the program
 * are refused with %CRM_ERROR_INVALID_VALUE.
 */
gboolean crm_schema_remove_type (CrmTransaction *transaction,
                                 const CrmRecordType *type,
                                 GError **error);

typedef enum
{
  CRM_SCHEMA_KEEP, /* as it is */
  CRM_SCHEMA_NO,
  CRM_SCHEMA_YES,
} CrmSchemaSwitch;

/* What is to be different of a field; NULL stays as it is. The API name never changes. */
typedef struct
{
  const char *label;
  const char *reverse_label; /* relations */
  CrmSchemaSwitch required;
  CrmSchemaSwitch unique;
  const char *const *options; /* labels or API names: all that there are to be, in this order */
} CrmFieldChange;

/**
 * crm_schema_set_field:
 *
 * %CRM_ERROR_TAKEN where the field cannot be unique, and %CRM_ERROR_INVALID_VALUE where it cannot be required,
 * for the records that the message names; likewise for an option that is in use and not in the list.
 */
gboolean crm_schema_set_field (CrmTransaction *transaction,
                               const CrmField *field,
                               const CrmFieldChange *change,
                               GError **error);

/* Among its type's own fields. @before: (nullable): NULL for the end */
gboolean crm_schema_move_field (CrmTransaction *transaction,
                                const CrmField *field,
                                const CrmField *before,
                                GError **error);

/* Takes a field out of sight; its values stay for undo. What names records, what every type has, and what the
 * program computes with is refused with %CRM_ERROR_INVALID_VALUE. */
gboolean crm_schema_remove_field (CrmTransaction *transaction,
                                  const CrmField *field,
                                  GError **error);

/* The new option comes last */
gboolean crm_schema_add_option (CrmTransaction *transaction,
                                const CrmField *field,
                                const char *label,
                                gint64 parent,
                                const CrmOption **option,
                                GError **error);

/* A new option of a field `pipeline`, with stages of its own like those of the first pipeline */
gboolean crm_schema_add_pipeline (CrmTransaction *transaction,
                                  const CrmField *field,
                                  const char *label,
                                  const CrmOption **option,
                                  GError **error);

/* What is to be different of an option; NULL, -1 and %CRM_OUTCOME_NONE stay as they are */
typedef struct
{
  const char *label;
  const char *color; /* see CrmOption; "" for none */
  int probability; /* stages, percent */
  CrmOutcome outcome; /* stages */
} CrmOptionChange;

#define CRM_OPTION_CHANGE_INIT \
  {                            \
    .probability = -1          \
  }

/* Deals that have the probability of their stage follow it. A stage that deals are in stays open or closed as it
 * is, and a pipeline keeps an open stage. */
gboolean crm_schema_set_option (CrmTransaction *transaction,
                                const CrmOption *option,
                                const CrmOptionChange *change,
                                GError **error);

/* Among the options of the same pipeline, or of the field. @before: (nullable): NULL for the end */
gboolean crm_schema_move_option (CrmTransaction *transaction,
                                 const CrmOption *option,
                                 const CrmOption *before,
                                 GError **error);

/**
 * crm_schema_remove_option:
 * @replacement: (nullable): what records that have it get instead; deals of a removed pipeline get the
 *   stage of the same name there, else the first one
 *
 * Without @replacement an option that records have, those in the trash too, is refused with
 * %CRM_ERROR_INVALID_VALUE, which says how many. A pipeline takes its stages along.
 */
gboolean crm_schema_remove_option (CrmTransaction *transaction,
                                   const CrmOption *option,
                                   const CrmOption *replacement,
                                   GError **error);

/* How many records have @option (of a pipeline: or one of its stages), with those in the trash */
gboolean crm_schema_count_uses (CrmTransaction *transaction,
                                const CrmOption *option,
                                gint64 *count,
                                GError **error);

G_END_DECLS
