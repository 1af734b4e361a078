/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-csv-reader.h"

G_BEGIN_DECLS

/* Between a sheet and a table in it */
#define CRM_TABLE_PATH_SIGN " › "

/**
 * CrmTableParts:
 * @names: (element-type utf8): with %NULL at the end
 * @lines: (element-type gint64): where each begins; 0: at the beginning, or in another sheet
 * @n_sheets: that the file itself names: they come first
 * @sheet: (nullable): the one of several that is read
 *
 * The tables of one file, by name. For CrmTable alone.
 */
typedef struct
{
  GPtrArray *names;
  GArray *lines;
  guint n_sheets;
  char *sheet;
} CrmTableParts;

CrmTableParts *crm_table_parts_new (void);
CrmTableParts *crm_table_parts_copy (const CrmTableParts *self);
void crm_table_parts_free (CrmTableParts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTableParts, crm_table_parts_free)

guint crm_table_parts_count (const CrmTableParts *self);
const char *crm_table_parts_get_name (const CrmTableParts *self, guint index);
gint64 crm_table_parts_get_line (const CrmTableParts *self, guint index);

void crm_table_parts_add_sheet (CrmTableParts *self, const char *name);
/* A table of the text or of the sheet that is read; made a name where it has none */
void crm_table_parts_add (CrmTableParts *self, const CrmCsvPart *table);
/* All tables of the text or of the sheet that is read. Returns: the index of the first of them */
guint crm_table_parts_add_all (CrmTableParts *self, GPtrArray *tables);

/* By its name, in any case. @index is %G_MAXUINT where there is none */
gboolean crm_table_parts_find_name (const CrmTableParts *self, const char *name, guint *index);
/* By its name or its number */
gboolean crm_table_parts_find (const CrmTableParts *self, const char *part, guint *index);
/* The one that is called like the type; @index stays as it is where there is none */
void crm_table_parts_find_type (const CrmTableParts *self, const CrmRecordType *type, guint *index);
gboolean crm_table_part_is_called (const char *part, const char *name);

G_END_DECLS
