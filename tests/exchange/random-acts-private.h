/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "random-acts.h"

G_BEGIN_DECLS

/* For random-acts*.c. What is picked is of @world->next, and %NULL for none. */

/* The fields that the test writes of types that every workspace has; those behind them are the test's own */
#define N_STANDARD_FIELDS 17

ModelRow *world_pick_row (World *world, const char *type, CrmState state);
ModelField *world_pick_field (World *world, gboolean custom);
const CrmField *world_get_field (CrmTransaction *transaction, const ModelField *field);

/* Of the kind CrmWriteFunc, with a World */
gboolean world_change_schema (CrmTransaction *transaction, gpointer data, GError **error);
gboolean world_change_view (CrmTransaction *transaction, gpointer data, GError **error);

/* Brings in a file with any policies */
gboolean world_import (World *world, GError **error);

G_END_DECLS
