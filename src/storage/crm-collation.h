/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmCollation:
 *
 * The order of text in one language, by ICU. Case and marks count last, and
 * digits sort by their number ("Firm 2" before "Firm 10"). May be shared by
 * threads.
 */
typedef struct _CrmCollation CrmCollation;

CrmCollation *crm_collation_new (const char *language);
CrmCollation *crm_collation_ref (CrmCollation *self);
void crm_collation_unref (CrmCollation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCollation, crm_collation_unref)

/* Appends nothing for %NULL. Compare keys with memcmp(). (transfer full) */
GBytes *crm_collation_get_key (CrmCollation *self, const char *text);

/* Writes the key to @buffer; returns its size, which may exceed @size (then call again) */
gsize crm_collation_write_key (CrmCollation *self, const char *text, guint8 *buffer, gsize size);

int crm_collation_compare (CrmCollation *self, const char *a, const char *b);

/* "ICU 72.1, collation 153.120": when it differs from the stored one, keys are rebuilt. (transfer full) */
char *crm_collation_get_version (CrmCollation *self);

G_END_DECLS
