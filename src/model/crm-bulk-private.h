/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-bulk.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_BULK_SET,
  CRM_BULK_ADD,
  CRM_BULK_REMOVE,
  CRM_BULK_REPLACE,
  CRM_BULK_ADJUST,
} CrmBulkOperation;

struct _CrmBulkChange
{
  CrmBulkOperation operation;
  const CrmField *field;
  CrmValue *value; /* nullable */
  GRegex *regex;
  char *replacement;
  gboolean is_pattern;
  gint64 factor; /* millionths */
  gint64 summand; /* in the field's own unit */
};

/* What becomes of a value. @value: (nullable); @result: (out) (nullable): %NULL for no value */
gboolean crm_bulk_change_compute (const CrmBulkChange *self,
                                  CrmValue *value,
                                  const CrmLocale *locale,
                                  CrmValue **result,
                                  GError **error);

G_END_DECLS
