/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmWidthBin:
 *
 * A bin that knows whether it is narrow, for layouts that depend on the width they get.
 *
 * Properties: "child"; "threshold" (integer, pixels): below it the bin is narrow; "narrow"
 * (boolean, read-only): notified after the allocation, when widgets may be changed, and after the first one in
 * any case.
 */
#define CRM_TYPE_WIDTH_BIN (crm_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (CrmWidthBin, crm_width_bin, CRM, WIDTH_BIN, GtkWidget)

gboolean crm_width_bin_get_narrow (CrmWidthBin *self);

G_END_DECLS
