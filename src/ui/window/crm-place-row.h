/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmPlaceRow:
 *
 * A place in the sidebar: icon, title, and how much there is.
 *
 * Signal "open-in-new-window": it was clicked with the middle button, or with Control.
 */
#define CRM_TYPE_PLACE_ROW (crm_place_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmPlaceRow, crm_place_row, CRM, PLACE_ROW, GtkListBoxRow)

GtkWidget *crm_place_row_new (const char *place, const char *title, const char *icon);
const char *crm_place_row_get_place (CrmPlaceRow *self);
void crm_place_row_set_count (CrmPlaceRow *self, gint64 count);

/* Whether it belongs below the one before it, as a view below its type */
gboolean crm_place_row_get_within (CrmPlaceRow *self);
void crm_place_row_set_within (CrmPlaceRow *self, gboolean within);

/* Whether it is one that the user put on top, of what is below as well */
gboolean crm_place_row_get_favorite (CrmPlaceRow *self);
void crm_place_row_set_favorite (CrmPlaceRow *self, gboolean favorite);

G_END_DECLS
