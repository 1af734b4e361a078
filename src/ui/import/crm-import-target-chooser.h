/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportTargetChooser:
 *
 * A button that says where a column goes; pressed, a list to search for another place in, with
 * leaving out and making a field.
 *
 * Signals: "chosen" (string target); "new-field" (int kind, string label).
 */
#define CRM_TYPE_IMPORT_TARGET_CHOOSER (crm_import_target_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportTargetChooser,
                      crm_import_target_chooser,
                      CRM,
                      IMPORT_TARGET_CHOOSER,
                      AdwBin)

GtkWidget *crm_import_target_chooser_new (CrmImportSetup *setup, guint column);

/* What the button says */
void crm_import_target_chooser_set_text (CrmImportTargetChooser *self, const char *text);

G_END_DECLS
