/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-quality.h"

G_BEGIN_DECLS

/* For crm-quality*.c only. */

/* What of a type says which country its phone numbers are dialled from; (nullable) */
const CrmField *crm_quality_get_country_field (const CrmRecordType *type);

/* What @text of @field should be; %NULL where it is right, or nobody knows. @country: (nullable): of the
 * record. (transfer full) */
char *crm_quality_mend_text (const CrmQualityCheck *check,
                             const CrmField *field,
                             const char *text,
                             const char *country,
                             const CrmLocale *locale);

/* Likewise for a whole value; equal items become one. (transfer full) (nullable) */
CrmValue *crm_quality_mend_value (const CrmQualityCheck *check,
                                  const CrmField *field,
                                  const CrmValue *value,
                                  const char *country,
                                  const CrmLocale *locale);

/* Whether @text cannot be an e-mail address */
gboolean crm_quality_is_invalid_email (const char *text);

/* A name in capitals, or without any, as it is usually written; %NULL where it is written with both, or in letters that
 * know no capitals. @is_family: parts such as "van der" stay small. @language: "tr" has two letters i.
 * (transfer full) (nullable) */
char *crm_quality_mend_case (const char *name, gboolean is_family, const char *language);

/* Returns %FALSE to stop, without an error */
typedef gboolean (*CrmQualityFunc) (gint64 id, gpointer data);

/* Calls @func for each record, or field, that the check finds, once, in the order of ids */
gboolean crm_quality_scan (CrmConnection *connection,
                           CrmStore *store,
                           const CrmQualityCheck *check,
                           CrmQualityFunc func,
                           gpointer data,
                           GError **error);

G_END_DECLS
