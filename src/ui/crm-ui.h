/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Makes templates, style and icons known. Called once by the application, or by a test that has
 * none, before the first widget is made; a display is not needed yet. */
void crm_ui_init (void);

G_END_DECLS
