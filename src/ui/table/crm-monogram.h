/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmMonogram:
 *
 * A name's letters on a disc in the colour that #AdwAvatar gives that name, for lists: another name only draws it
 * anew, where in an #AdwAvatar it lays out the whole list. Hidden from assistive technologies: the name is beside it.
 */
#define CRM_TYPE_MONOGRAM (crm_monogram_get_type ())
G_DECLARE_FINAL_TYPE (CrmMonogram, crm_monogram, CRM, MONOGRAM, GtkWidget)

/* @size: its diameter in pixels */
GtkWidget *crm_monogram_new (int size);
/* @name: "" for nothing to be seen */
void crm_monogram_set_name (CrmMonogram *self, const char *name);

G_END_DECLS
