/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

/* Phrases about many of a type, see crm-words.h. All return (transfer full). */

char *crm_bulk_words_get_edit (const CrmRecordType *type, gint64 n); /* "Edit 34 People" */
char *crm_bulk_words_get_change (const CrmRecordType *type, gint64 n); /* "Change 34 People" */
char *crm_bulk_words_get_changing (const CrmRecordType *type, gint64 n); /* "Changing 34 people…" */
char *crm_bulk_words_get_changed (const CrmRecordType *type, gint64 n); /* "Changed 34 people" */

G_END_DECLS
