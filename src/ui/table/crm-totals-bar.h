/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmTotalsBar:
 *
 * A line below a #GtkColumnView with a cell under each of its columns, as wide as that and scrolled with it. Each is a
 * button with a menu.
 */
#define CRM_TYPE_TOTALS_BAR (crm_totals_bar_get_type ())
G_DECLARE_FINAL_TYPE (CrmTotalsBar, crm_totals_bar, CRM, TOTALS_BAR, GtkWidget)

/* The table above; once, when its columns are there or not */
void crm_totals_bar_set_view (CrmTotalsBar *self, GtkColumnView *view);

void crm_totals_bar_clear (CrmTotalsBar *self);
/* Behind the others. @at_end: as numbers stand */
void crm_totals_bar_add (CrmTotalsBar *self, GMenuModel *menu, gboolean at_end);
/* @word: "Sum", which is left out where there is room for @value alone; @name: what is read out, and told in full */
void crm_totals_bar_set_text (CrmTotalsBar *self,
                              guint index,
                              const char *word,
                              const char *value,
                              const char *name);

G_END_DECLS
