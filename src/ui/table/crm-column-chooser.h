/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmColumnChooser:
 *
 * A popover that offers what a table of a type can show: its fields, and behind them those of the records that
 * its relations lead to.
 */
#define CRM_TYPE_COLUMN_CHOOSER (crm_column_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CrmColumnChooser, crm_column_chooser, CRM, COLUMN_CHOOSER, GtkPopover)

/**
 * CrmColumnChooser::chosen:
 * @path: of the column, as a view has it
 */
GtkWidget *crm_column_chooser_new (CrmStore *store, const CrmRecordType *type);

/* The paths that are not offered, %NULL-terminated; fields that came meanwhile are there from now on */
void crm_column_chooser_set_shown (CrmColumnChooser *self, const char *const *paths);

G_END_DECLS
