/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-filter-edit.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmFilterChip:
 *
 * One part of a filter as a sentence, "Company › City contains Brno", that opens its editor, and a button that takes it off.
 * Delete does so too.
 */
#define CRM_TYPE_FILTER_CHIP (crm_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterChip, crm_filter_chip, CRM, FILTER_CHIP, AdwBin)

/* Changes @node, which has to outlive the widget */
GtkWidget *crm_filter_chip_new (CrmSession *session, CrmFilterNode *node);

CrmFilterNode *crm_filter_chip_get_node (CrmFilterChip *self);

/* The node says something else now */
void crm_filter_chip_update (CrmFilterChip *self);

/* Opens the editor */
void crm_filter_chip_popup (CrmFilterChip *self);

/**
 * CrmFilterChip::changed:
 */
/**
 * CrmFilterChip::removed:
 */
/**
 * CrmFilterChip::closed:
 *
 * The editor was closed.
 */
/**
 * CrmFilterChip::edit-all:
 *
 * The part takes more than a chip's editor, or more was asked for.
 */

G_END_DECLS
