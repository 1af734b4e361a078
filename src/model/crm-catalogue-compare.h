/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

/* Whether both have the same types, fields and options, each in the same order; saved views aside. Whoever
 * follows a catalogue so is not disturbed when a view is saved or made a favorite. Any thread. */
gboolean crm_catalogue_describes_same (const CrmCatalogue *a, const CrmCatalogue *b);

G_END_DECLS
