/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmSidebar:
 *
 * The places of a workspace with their counts, its menus, and what is under way.
 */
#define CRM_TYPE_SIDEBAR (crm_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (CrmSidebar, crm_sidebar, CRM, SIDEBAR, AdwBin)

void crm_sidebar_set_session (CrmSidebar *self, CrmSession *session);

/**
 * CrmSidebar::place-activated:
 * @place: the API name of a type, or "trash"
 * @new_window: it was middle-clicked
 */

/* Marks the place; (nullable) */
void crm_sidebar_set_place (CrmSidebar *self, const char *place);

/* The place that Ctrl+1 … Ctrl+9 go to, from 1; (transfer none) (nullable) */
const char *crm_sidebar_get_nth_place (CrmSidebar *self, guint nth);

/* What Undo and Redo would do, for the menu; (nullable) where there is nothing */
void crm_sidebar_set_undo_labels (CrmSidebar *self, const char *undo, const char *redo);

/* Whether to offer a workspace of one's own */
void crm_sidebar_set_demo (CrmSidebar *self, gboolean is_demo);

/* Whether it fills the window: then it has the window's buttons */
void crm_sidebar_set_folded (CrmSidebar *self, gboolean folded);

/* Shows a #CrmJobRow until it is taken away again */
void crm_sidebar_add_job (CrmSidebar *self, GtkWidget *row);
void crm_sidebar_remove_job (CrmSidebar *self, GtkWidget *row);

G_END_DECLS
