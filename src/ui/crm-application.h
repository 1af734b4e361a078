/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmApplication:
 *
 * The process: which workspaces are open, the settings of this computer, and the actions that need no
 * window. A workspace is open once, however many windows show it.
 */
#define CRM_TYPE_APPLICATION (crm_application_get_type ())
G_DECLARE_FINAL_TYPE (CrmApplication, crm_application, CRM, APPLICATION, AdwApplication)

CrmApplication *crm_application_new (void);

/**
 * CrmOpenRequest:
 * @path: the workspace file
 * @create: make it if it is missing
 * @demo: fill it with demo data if it was made now
 * @window_place: (nullable): API name of a type that is wanted in a window of its own
 * @import_paths: (nullable): files to import once it is open
 * @look: for reading only, as a backup is
 * @replaces: (nullable): a window that closes once the new one is there
 */
typedef struct
{
  const char *path;
  gboolean create;
  gboolean demo;
  gboolean look;
  const char *window_place;
  const char *const *import_paths;
  GtkWindow *replaces;
} CrmOpenRequest;

/* Opens a workspace in a worker, then a window on it, or one that says why it can't be opened */
void crm_application_open_workspace (CrmApplication *self, const CrmOpenRequest *request);

/* Another window on a workspace that is open: @place alone, or a record alone (@record_id not 0) */
void crm_application_open_window (CrmApplication *self,
                                  CrmStore *store,
                                  const char *place,
                                  gint64 record_id);

/* Closes the windows on @store, puts the backup in its place, and opens that */
void crm_application_restore (CrmApplication *self, CrmStore *store, const char *backup_path);

G_END_DECLS
