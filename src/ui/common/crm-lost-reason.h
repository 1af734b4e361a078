/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-pick-popover.h"
#include "crm-session.h"

G_BEGIN_DECLS

/* The field that says why what gets into a stage with that outcome was lost; %NULL where nobody has to be asked */
const CrmField *crm_lost_reason_find_field (const CrmRecordType *type, CrmOutcome outcome);

/* Asks for one of the options of @field, or for none (the id 0), see #CrmPickPopover::picked */
GtkWidget *crm_lost_reason_popover_new (const CrmField *field);

G_END_DECLS
