/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

/* For the reader and the writer of cards. */

/* "Mobile" for "cell"; in any case; (transfer none) (nullable): %NULL for what is no kind of address or number */
const char *crm_vcard_get_label (const char *type);
/* "cell" for "Mobile"; (transfer none) (nullable) */
const char *crm_vcard_get_type (const char *label);

/* The field that has the picture: `photo`, or `logo`; %NULL where the type has none */
const CrmField *crm_vcard_find_picture (const CrmRecordType *type);

G_END_DECLS
