/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmOverflowBox:
 *
 * A row of widgets, the most important first, that shows as many as there is room for; there has to be another way
 * to what the rest does. Its least width is that of the first one that is visible.
 */
#define CRM_TYPE_OVERFLOW_BOX (crm_overflow_box_get_type ())
G_DECLARE_FINAL_TYPE (CrmOverflowBox, crm_overflow_box, CRM, OVERFLOW_BOX, GtkWidget)

G_END_DECLS
