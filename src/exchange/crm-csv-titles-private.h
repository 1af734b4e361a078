/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_csv_make_title:
 * @rows: (element-type GPtrArray): rows of titles above each other, of char *; may have none
 *
 * What a column is called: "Address / City" where titles are in several rows; "Column 2" where it has
 * none.
 *
 * Returns: (transfer full)
 */
char *crm_csv_make_title (GPtrArray *rows, guint column);

G_END_DECLS
