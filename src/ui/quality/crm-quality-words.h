/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-quality.h"

G_BEGIN_DECLS

/* What is to be done with @n that a check found: "Standardise 1,204 Phone Numbers"; (transfer full) */
char *crm_quality_words_get_action (const CrmQualityCheck *check, gint64 n);

/* What was done: "1,204 corrected, 1 left out …"; (transfer full) */
char *crm_quality_words_get_done (const CrmQualityCheck *check, const CrmQualityMended *mended);

G_END_DECLS
