/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

/**
 * CrmBoardSlot:
 * @id: of an option, or of a member; 0: no value
 * @label: as people read it
 * @color: (nullable): of an option
 * @parent: of a stage its pipeline, else 0
 *
 * One of the values that the field of a board can have: a column of it, or a place to drop a card.
 */
typedef struct
{
  gint64 id;
  char *label;
  char *color;
  gint64 parent;
  CrmOutcome outcome;
} CrmBoardSlot;

CrmBoardSlot *crm_board_slot_copy (const CrmBoardSlot *self);
void crm_board_slot_free (CrmBoardSlot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmBoardSlot, crm_board_slot_free)

/* Whether a board can have a column for each value of @field: a choice, a stage or a member */
gboolean crm_board_slot_fits (const CrmField *field);

/* That a board of @type has columns for at first; (nullable): there is none */
const CrmField *crm_board_slot_find_field (const CrmRecordType *type);

/**
 * crm_board_slot_list:
 *
 * All values of @field in their order, and none as the last one. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type CrmBoardSlot)
 */
GPtrArray *crm_board_slot_list (CrmStore *store,
                                const CrmField *field,
                                GCancellable *cancellable,
                                GError **error);

/* The value that a record in the slot has; (transfer full) (nullable) */
CrmValue *crm_board_slot_make_value (const CrmBoardSlot *self, const CrmField *field);
/* The records in the slot; (transfer full) */
CrmFilter *crm_board_slot_make_filter (const CrmBoardSlot *self, const CrmField *field);

/* "● Proposal", for a label; (transfer full) */
char *crm_board_slot_make_markup (const CrmBoardSlot *self);
/* Whether it is a column: what has ended is not looked at every day */
gboolean crm_board_slot_is_column (const CrmBoardSlot *self);

G_END_DECLS
