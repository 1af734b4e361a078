/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-statement.h"

G_BEGIN_DECLS

/* What the workspace describes now; the snapshot owns all its text. (transfer full), or %NULL with
 * %CRM_ERROR_DAMAGED where the description makes no sense */
CrmCatalogue *crm_catalogue_load (CrmConnection *connection, GError **error);

/* The newest change set that changed types, fields or options when the snapshot was made; 0 for
 * none */
gint64 crm_catalogue_get_change_set (const CrmCatalogue *self);

/* The form of a label that API names have: "Not a Fit" → "not_a_fit"; "" where no letter or
 * digit is in it. (transfer full) */
char *crm_catalogue_make_name (const char *label);

/* As stored: "open", "won", "lost"; NULL for none */
const char *crm_outcome_to_name (CrmOutcome outcome);

G_END_DECLS
