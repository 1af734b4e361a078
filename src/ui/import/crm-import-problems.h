/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmImportProblems:
 *
 * What was odd in a file, to be opened as a list; out of sight while there is nothing.
 */
#define CRM_TYPE_IMPORT_PROBLEMS (crm_import_problems_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportProblems, crm_import_problems, CRM, IMPORT_PROBLEMS, AdwBin)

/* @problems: (nullable) (element-type CrmProblem) */
void crm_import_problems_show (CrmImportProblems *self, GPtrArray *problems);

G_END_DECLS
