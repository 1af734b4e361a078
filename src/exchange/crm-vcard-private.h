/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-content-line-private.h"

G_BEGIN_DECLS

/* For the reader and the writer of cards. */

/* "Mobile" for a line of the type "cell"; (transfer none) (nullable) */
const char *crm_vcard_get_label (const CrmContentLine *line);
/* "cell" for "Mobile"; (transfer none) (nullable) */
const char *crm_vcard_get_type (const char *label);

/* The field that has the picture: `photo`, or `logo`; %NULL where the type has none */
const CrmField *crm_vcard_find_picture (const CrmRecordType *type);

G_END_DECLS
