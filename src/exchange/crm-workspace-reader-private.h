/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"

G_BEGIN_DECLS

/* Another workspace: its types are the parts. A row has what an export of the type has, relations by label and by
 * id, and when the record was made; its id is the record's, or the one that it has where it came
 * from, so that a second import meets the same records. The workspace is opened for reading only. */
extern const CrmTableConverter crm_workspace_converter;

G_END_DECLS
