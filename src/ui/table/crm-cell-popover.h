/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmCellPopover:
 *
 * Edits what does not fit into a cell – several values, long texts, stars, the parts of a name – with the editors of
 * the record's own page. Each change is saved as it is made. Goes away when it is closed.
 */
#define CRM_TYPE_CELL_POPOVER (crm_cell_popover_get_type ())
G_DECLARE_FINAL_TYPE (CrmCellPopover, crm_cell_popover, CRM, CELL_POPOVER, GtkPopover)

/* @fields: (element-type CrmField): of the record @id, which is read first */
GtkWidget *crm_cell_popover_new (CrmSession *session, GPtrArray *fields, gint64 id);

G_END_DECLS
