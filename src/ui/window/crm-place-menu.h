/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/* A context menu for the rows of @places, #CrmPlaceRow, inside @sidebar: of each place that it can be opened in a
 * window, and of saved views what else can be done with them. Once. */
void crm_place_menu_add (GtkWidget *sidebar, GtkListBox *places, CrmSession *session);

G_END_DECLS
