/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-content-line-private.h"

G_BEGIN_DECLS

/* For the reader and the writer of cards. */

/* "Mobile" for a line of the type "cell"; (transfer none) (nullable) */
const char *crm_vcard_get_label (const CrmContentLine *line);
/* "cell" for "Mobile"; (transfer none) (nullable) */
const char *crm_vcard_get_type (const char *label);

G_END_DECLS
