/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-filter-edit.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmFilterDate:
 *
 * Edits one date of a condition: a day that is typed or picked, or one that is found out each time: today, this month, the
 * last 30 days.
 */
#define CRM_TYPE_FILTER_DATE (crm_filter_date_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterDate, crm_filter_date, CRM, FILTER_DATE, AdwBin)

/* @index: which of @condition's operands it begins with. @condition is read while it is made and where text that was
 * typed is read; it has to outlive the widget */
GtkWidget *crm_filter_date_new (CrmSession *session, const CrmFilterNode *condition, guint index);

/* As filter text has it: "last 30 days", "2026-05-12"; %NULL with @error where that is no date, without where there is none yet.
 * (transfer full) */
char *crm_filter_date_get_text (CrmFilterDate *self, GError **error);

/**
 * CrmFilterDate::changed:
 */
/**
 * CrmFilterDate::activate:
 *
 * Enter was pressed.
 */

G_END_DECLS
