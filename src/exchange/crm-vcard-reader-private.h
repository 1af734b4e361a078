/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

G_BEGIN_DECLS

/* Cards of vCard 2.1, 3.0 and 4.0. Those of people and of companies are two parts, where a file has both;
 * lists of cards become tags of those that are on them. */
extern const CrmTableConverter crm_vcard_converter;

G_END_DECLS
