/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-session.h"

G_BEGIN_DECLS

/* Where whoever has finished with a cell goes */
typedef enum
{
  CRM_CELL_STAY,
  CRM_CELL_NEXT, /* Tab */
  CRM_CELL_PREVIOUS, /* Shift+Tab */
  CRM_CELL_DOWN, /* Enter */
} CrmCellMove;

/**
 * CrmCellEntry:
 *
 * What stands in a cell of a table while it is typed into: text, numbers, money, dates, and the first of several
 * addresses. A wrong value is told below it and stays.
 */
#define CRM_TYPE_CELL_ENTRY (crm_cell_entry_get_type ())
G_DECLARE_FINAL_TYPE (CrmCellEntry, crm_cell_entry, CRM, CELL_ENTRY, AdwBin)

/**
 * CrmCellEntry::finished:
 * @value: (type CrmValue) (nullable): what the field is to become; a value that is as before is told, too
 * @move: #CrmCellMove
 */
/**
 * CrmCellEntry::given-up:
 */

/* Whether fields of this kind are typed in the cell */
gboolean crm_cell_entry_fits (const CrmField *field);

/* @name: what the column is called */
GtkWidget *crm_cell_entry_new (CrmSession *session,
                               const CrmField *field,
                               const char *name,
                               CrmRecord *record);

/* Puts the focus where typing starts; what is there is selected */
void crm_cell_entry_focus (CrmCellEntry *self);
/* The same after it was in another cell: the cursor is where it was */
void crm_cell_entry_focus_again (CrmCellEntry *self);
/* Tells what was typed as #CrmCellEntry::finished, or what is wrong with it; FALSE then */
gboolean crm_cell_entry_commit (CrmCellEntry *self, CrmCellMove move);
gboolean crm_cell_entry_is_changed (CrmCellEntry *self);
/* What is wrong, in one sentence; @ways_out: (nullable): what can be done about it; taken */
void crm_cell_entry_set_message (CrmCellEntry *self, const char *message, GtkWidget *ways_out);

G_END_DECLS
