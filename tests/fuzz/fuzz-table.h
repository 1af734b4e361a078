/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

/* Lists the parts that the bytes have as a file of the format, and converts each of them: errors are sentences, and
 * what is written is a table in UTF-8. */
void fuzz_table (const CrmTableConverter *converter, const guint8 *data, gsize size);
