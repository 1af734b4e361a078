/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-mapping.h"

G_BEGIN_DECLS

/**
 * CrmImportMemory:
 *
 * How files were mapped: what a person saved under a name, and the last import of each type into each
 * workspace, to be repeated with a newer file. It is a habit of the person, not data about customers:
 * kept as files of their own, neither in a workspace nor in its history. Functions block; one thread at a
 * time.
 */
typedef struct _CrmImportMemory CrmImportMemory;

/* @folder: (nullable): %NULL for $XDG_DATA_HOME/crm/mappings; made when something is kept */
CrmImportMemory *crm_import_memory_new (const char *folder);
void crm_import_memory_free (CrmImportMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportMemory, crm_import_memory_free)

typedef struct
{
  char *name;
  char *type; /* API name */
  guint n_columns;
} CrmSavedMapping;

/* @type: (nullable): API name; only those for it. (transfer full) (element-type CrmSavedMapping), by name.
 * What cannot be read is passed over. */
GPtrArray *crm_import_memory_list (CrmImportMemory *self, const char *type);

/* Replaces one of the same name. %CRM_ERROR_USAGE for a name with nothing in it. */
gboolean crm_import_memory_save (CrmImportMemory *self,
                                 const char *name,
                                 CrmImportPlan *plan,
                                 GError **error);
/* %CRM_ERROR_UNKNOWN_NAME */
gboolean crm_import_memory_use (CrmImportMemory *self,
                                const char *name,
                                CrmImportPlan *plan,
                                GError **error);
gboolean crm_import_memory_remove (CrmImportMemory *self, const char *name, GError **error);

/* The name of the saved mapping for files like the plan's: for its type, with all columns that are mapped
 * there, in any order, and few others; (transfer full) (nullable) */
char *crm_import_memory_recognise (CrmImportMemory *self, CrmImportPlan *plan);

/* After an import that took place */
gboolean crm_import_memory_keep_last (CrmImportMemory *self, CrmImportPlan *plan, GError **error);
/* %CRM_ERROR_UNKNOWN_NAME where nothing was imported yet into the plan's type and workspace */
gboolean crm_import_memory_use_last (CrmImportMemory *self, CrmImportPlan *plan, GError **error);

G_END_DECLS
