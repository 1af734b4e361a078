/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-texts.h"

G_BEGIN_DECLS

/* For crm-transaction-values.c and -rows.c only. */

struct _CrmRecordTexts
{
  const CrmRecordType *type;
  CrmValue **values; /* by field: those that count, and the computed name */
  GString *name; /* the three columns of the search index */
  GString *keys;
  GString *rest;
  GByteArray *sort_key; /* empty for none */
};

/* Whether they are those of a record of @type with @values, after the values that do not count have
 * come or changed: relations, options, stamps */
gboolean crm_record_texts_fit (const CrmRecordTexts *self,
                               const CrmRecordType *type,
                               CrmValue *const *values);

G_END_DECLS
