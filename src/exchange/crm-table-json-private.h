/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

G_BEGIN_DECLS

/**
 * crm_json_converter:
 *
 * An array of objects, an object a line, or an object that holds such arrays, as programs answer. A member of
 * an object in it is the column "name.first"; several values are joined as in CSV; amounts, links and related
 * records as we write them are one value.
 */
extern const CrmTableConverter crm_json_converter;

G_END_DECLS
