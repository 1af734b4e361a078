/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-act.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-words
 *
 * Phrases with a type's noun in them. The standard types have whole sentences of their own, which
 * languages with genders and cases need; a user's own types are named within a general one.
 * All return (transfer full).
 */

char *crm_words_get_new (const CrmRecordType *type); /* "New Person" */
char *crm_words_get_empty (const CrmRecordType *type); /* "No People Yet" */
char *crm_words_get_empty_hint (const CrmRecordType *type); /* what to do about it */
char *crm_words_get_import (const CrmRecordType *type, gint64 n); /* "Import 60 People" */
char *crm_words_get_imported (const CrmRecordType *type, gint64 n); /* "Imported 60 people" */

char *crm_words_get_matching (const CrmRecordType *type, gint64 n); /* "60 people match" */
char *crm_words_get_count (const CrmRecordType *type, gint64 n); /* "60 people" */

/* "Exported 60 people"; @type (nullable): %NULL for several */
char *crm_words_get_exported (const CrmRecordType *type, gint64 n);

/* Through what something was done: "Window", "Import", "Command Line"; (transfer none) */
const char *crm_words_get_source (CrmSource source);

G_END_DECLS
