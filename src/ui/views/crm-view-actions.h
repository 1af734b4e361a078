/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/* The actions "view.save", "view.save-as", "view.discard", "view.rename", "view.duplicate", "view.add-favorite",
 * "view.remove-favorite", "view.move-up", "view.move-down", "view.reset", "view.remove",
 * "view.show-table", "view.show-board" and "view.show-calendar" of @page, which shows
 * @state. Those that would do nothing are disabled. */
void crm_view_actions_add (GtkWidget *page, CrmViewState *state);

/* Whether @action is one of these, and would do nothing on @page at present */
gboolean crm_view_actions_is_disabled (GtkWidget *page, const char *action);

G_END_DECLS
