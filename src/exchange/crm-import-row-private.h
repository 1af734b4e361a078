/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-private.h"

G_BEGIN_DECLS

/*
 * How one record is read from the cells of a row, in parts: values of one cell (-values), items of
 * several (-items), and what is put together (-name, -address, -company). Everything here belongs to
 * the worker that reads the row.
 */

typedef struct
{
  CrmImportRow *row;
  const CrmImportLayout *layout;
  int address_group; /* of the columns that are this row's address; 0: any */
  const char *region; /* that phone numbers are dialled from, or NULL */
} CrmImportRowReader;

const CrmImportColumn *crm_import_row_get_column (const CrmImportLayout *layout, guint i);

/* The text of a cell; (nullable): where it is empty. @column: -1 for none; (transfer none) */
const char *crm_import_row_get_cell (const CrmImportRowReader *reader, int column, CrmKind kind);

/* Text that only the writer can make a value of. @id: (nullable): of the record that is called so */
void crm_import_row_add_text (CrmImportRowReader *reader,
                              guint slot,
                              int column,
                              const char *text,
                              const char *id);

/* Parses one value; %NULL where it is empty, refused, or left to the writer. @column: -1 for a fixed
 * value */
CrmValue *crm_import_row_parse (CrmImportRowReader *reader,
                                guint slot,
                                int column,
                                const char *text);

/* Records whose ids the file says besides what they are called; whether it does */
gboolean crm_import_row_add_known_records (CrmImportRowReader *reader, guint index, guint column);

/* The value of a text field that has been read; (nullable) (transfer none) */
const char *crm_import_row_get_text (const CrmImportRowReader *reader, const char *field_name);
/* Nothing where @text is %NULL or the layout has no such field */
void crm_import_row_set_text (CrmImportRowReader *reader, const char *field_name, const char *text);

/* Values, to the slot @index of the row */
void crm_import_row_read_single (CrmImportRowReader *reader, guint index);
void crm_import_row_read_repeated (CrmImportRowReader *reader, guint index);
void crm_import_row_read_fixed (CrmImportRowReader *reader, guint index);

/* Splits a whole name where the row has no parts of it */
void crm_import_row_read_name (CrmImportRowReader *reader);
/* Sets what rows of one name are found by */
void crm_import_row_name (CrmImportRowReader *reader);

/* Of several addresses in a row the best one that has anything in it is taken as a whole; first */
void crm_import_row_choose_address (CrmImportRowReader *reader);
/* Whether a column of the slot is of that address */
gboolean crm_import_row_is_usable (const CrmImportRowReader *reader,
                                   const CrmImportSlot *slot,
                                   guint column);
void crm_import_row_read_street (CrmImportRowReader *reader);
/* Which country the row's phone numbers are dialled from, where its address tells */
void crm_import_row_find_region (CrmImportRowReader *reader);

void crm_import_row_read_company (CrmImportRowReader *reader);

G_END_DECLS
