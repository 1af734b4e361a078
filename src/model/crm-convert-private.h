/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-convert.h"

G_BEGIN_DECLS

/* What an item is called where people or scripts read it: the text it was read with, else the
 * option's label; %NULL for a relation that came without a label */
const char *crm_convert_get_item_text (const CrmField *field, const CrmItem *item);

/* The type of the record that a relation's item points to, 0 where it is not known */
gint64 crm_convert_get_item_type (const CrmField *field, const CrmItem *item);

G_END_DECLS
