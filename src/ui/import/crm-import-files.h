/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SECTION:crm-import-files
 *
 * Choosing the files that an import can read.
 */

/* crm_import_files_choose_finish() returns the paths (element-type utf8), or %NULL if none was chosen.
 * (transfer full) */
void crm_import_files_choose_async (GtkWindow *parent,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *crm_import_files_choose_finish (GAsyncResult *result);

/* Of what was dropped; files that are not on this computer are passed over. @files: (element-type
 * GFile); (transfer full) (element-type utf8) */
GPtrArray *crm_import_files_get_paths (GSList *files);

G_END_DECLS
