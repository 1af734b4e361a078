/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmActionBar:
 *
 * What can be done with the selected records of a list: buttons, as many as there is room for, and a menu that has
 * all of it. The actions are those of the page it is on.
 */
#define CRM_TYPE_ACTION_BAR (crm_action_bar_get_type ())
G_DECLARE_FINAL_TYPE (CrmActionBar, crm_action_bar, CRM, ACTION_BAR, AdwBin)

/* Whether there is a button for an action; the menu leaves out by itself what cannot be done */
void crm_action_bar_set_shown (CrmActionBar *self, const char *action, gboolean shown);

/* Where a popover of the action points to: its button, or that of the menu; (transfer none) */
GtkWidget *crm_action_bar_get_anchor (CrmActionBar *self, const char *action);

G_END_DECLS
