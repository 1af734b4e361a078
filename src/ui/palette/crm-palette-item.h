/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line of the palette: a record, or an action with its target; immutable */
#define CRM_TYPE_PALETTE_ITEM (crm_palette_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmPaletteItem, crm_palette_item, CRM, PALETTE_ITEM, GObject)

CrmPaletteItem *crm_palette_item_new_record (gint64 id,
                                             const char *title,
                                             const char *subtitle,
                                             const char *icon);
/* @target: (nullable): what the action is for, a string */
CrmPaletteItem *crm_palette_item_new_action (const char *action,
                                             const char *target,
                                             const char *title,
                                             const char *icon);

const char *crm_palette_item_get_title (CrmPaletteItem *self);
const char *crm_palette_item_get_subtitle (CrmPaletteItem *self); /* nullable */
const char *crm_palette_item_get_icon (CrmPaletteItem *self);
gint64 crm_palette_item_get_record (CrmPaletteItem *self); /* 0: an action */
const char *crm_palette_item_get_action (CrmPaletteItem *self); /* NULL: a record */
const char *crm_palette_item_get_target (CrmPaletteItem *self); /* nullable */

/* Whether the title has every word of @words (folded) as the beginning of one of its own */
gboolean crm_palette_item_matches (CrmPaletteItem *self, char **words);

G_END_DECLS
