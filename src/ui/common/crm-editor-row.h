/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmEditorRow:
 *
 * A row that has its title small above what it shows, as an entry row has, and buttons at its end.
 */
#define CRM_TYPE_EDITOR_ROW (crm_editor_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmEditorRow, crm_editor_row, CRM, EDITOR_ROW, AdwPreferencesRow)

GtkWidget *crm_editor_row_new (const char *title);

void crm_editor_row_set_content (CrmEditorRow *self, GtkWidget *content);
void crm_editor_row_add_suffix (CrmEditorRow *self, GtkWidget *suffix);

G_END_DECLS
