/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/* Views are put in another order by dragging their rows, of CrmPlaceRow, below their type */
void crm_place_drag_add (GtkListBox *places, CrmSession *session);

G_END_DECLS
