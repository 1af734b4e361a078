/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-palette-item.h"

G_BEGIN_DECLS

/* Every command that makes sense without a selection, in the order in which the palette offers them;
 * (transfer full) (element-type CrmPaletteItem) */
GPtrArray *crm_palette_list_actions (const CrmCatalogue *catalogue);

G_END_DECLS
