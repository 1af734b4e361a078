/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SECTION:compat
 *
 * What newer libraries do better, or will take away, behind one wrapper each: raising the floor
 * touches this file only. For lists/ and ui/; main thread only.
 */

/**
 * CrmAdaptivePane:
 *
 * A sidebar beside the content; where there is no room for both, one of them at a time.
 *
 * Properties: "sidebar" and "content" (#GtkWidget, construct-time children for templates), "folded"
 * (boolean, read-only), "show-content" (boolean: which one is seen while folded).
 */
#define CRM_TYPE_ADAPTIVE_PANE (crm_adaptive_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrmAdaptivePane, crm_adaptive_pane, CRM, ADAPTIVE_PANE, AdwBin)

gboolean crm_adaptive_pane_get_folded (CrmAdaptivePane *self);
gboolean crm_adaptive_pane_get_show_content (CrmAdaptivePane *self);
void crm_adaptive_pane_set_show_content (CrmAdaptivePane *self, gboolean show_content);

/**
 * crm_confirm_async:
 * @parent: (nullable): the window that waits
 * @heading: a question
 * @body: (nullable): what follows from yes
 * @accept: the verb on the button that does it: "Delete Permanently"
 * @destructive: it can't be taken back; Cancel is the default then
 *
 * crm_confirm_finish() returns whether it was accepted.
 */
void crm_confirm_async (GtkWindow *parent,
                        const char *heading,
                        const char *body,
                        const char *accept,
                        gboolean destructive,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean crm_confirm_finish (GAsyncResult *result);

/**
 * crm_choose_file_async:
 * @action: open, save or select a folder
 * @name: (nullable): proposed name of a file to save
 * @filters: (nullable) (element-type GtkFileFilter): the first one is chosen at first
 *
 * crm_choose_file_finish() returns the file, or %NULL if none was chosen. (transfer full)
 */
void crm_choose_file_async (GtkWindow *parent,
                            GtkFileChooserAction action,
                            const char *title,
                            const char *name,
                            GListModel *filters,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GFile *crm_choose_file_finish (GAsyncResult *result);

/* Any number of files to open; crm_choose_files_finish() returns them (element-type GFile), or %NULL if
 * none was chosen. (transfer full) */
void crm_choose_files_async (GtkWindow *parent,
                             const char *title,
                             GListModel *filters,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *crm_choose_files_finish (GAsyncResult *result);

/* Opens the file manager at @file, with it selected where the file manager can do that */
void crm_show_in_files (GtkWindow *parent, GFile *file);

/* The window that says what this program is */
void crm_show_about (GtkWindow *parent);

/* Scrolls a GtkColumnView or GtkListView so that the row at @position is seen, and gives it the
 * focus where @focus is set */
void crm_list_scroll_to (GtkWidget *list, guint position, gboolean focus);

G_END_DECLS
