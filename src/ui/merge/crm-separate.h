/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * crm_separate:
 * @widget: in the window that asks where a value is taken by now
 * @act_id: an act that merged
 * @kept_id: the record that it merged others into
 *
 * Separates again what that act merged, and says by a toast what became of it. Returns at once.
 */
void crm_separate (GtkWidget *widget, CrmSession *session, gint64 act_id, gint64 kept_id);

G_END_DECLS
