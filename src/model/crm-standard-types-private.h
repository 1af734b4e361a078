/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

/* The table that crm_standard_types_create() works off. Arrays end with an entry without a name;
 * labels are marked for translation. */

/* Of the lists of fields and views, kept in `meta` as "standard_fields"; has nothing to do with that of the file's format */
#define CRM_STANDARD_FIELDS_VERSION 5

typedef struct
{
  const char *name;
  const char *label;
  const char *color;
  CrmOutcome outcome; /* stages only */
  int probability; /* likewise, percent */
} CrmStandardOption;

typedef struct
{
  const char *name;
  const char *label;
  CrmKind kind;
  CrmFieldFlags flags;
  const CrmStandardOption *options;
  const char *target; /* relations: API name of a standard type, or NULL for any */
  const char *reverse_name;
  const char *reverse_label;
  int since; /* version of the standard fields that brought it, if not the first */
} CrmStandardField;

typedef struct
{
  const char *name;
  const char *label;
  const char *label_many;
  const char *icon;
  const CrmStandardField *fields; /* the one with CRM_FIELD_SORT_KEY names the record */
} CrmStandardType;

extern const CrmStandardType crm_standard_types[];
extern const guint crm_n_standard_types;

/* What every type has behind its own fields */
extern const CrmStandardField crm_system_fields[];

G_END_DECLS
