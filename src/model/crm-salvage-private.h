/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-salvage.h"
#include "crm-wreck.h"

G_BEGIN_DECLS

/* For crm-salvage*.c only. */

typedef struct
{
  char *name;
  gboolean is_integer; /* declared so, and so are its values, or NULL */
  gboolean is_text;
  gboolean is_blob;
  gboolean is_required; /* NOT NULL */
  gboolean is_rowid; /* INTEGER PRIMARY KEY: not among the values, but the row's number */
} CrmSalvageColumn;

/* A table as the damaged file had it, in the order in which its rows hold the values */
typedef struct
{
  char *name;
  char *sql;
  guint32 root; /* 0 where the file does not say it any more */
  gboolean has_rowids;
  GArray *columns; /* CrmSalvageColumn */
  GPtrArray *indexes; /* char*: SQL */

  CrmStatement *insert; /* into the new one, while it is filled */
  GArray *targets; /* int: parameter for each column; 0 where the new table lacks it */
  gint64 n_rows;
} CrmSalvageTable;

/* %NULL where @sql is not how a table is made. (transfer full) */
CrmSalvageTable *crm_salvage_table_new (const char *name, const char *sql, guint32 root);
void crm_salvage_table_free (CrmSalvageTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSalvageTable, crm_salvage_table_free)

/* Whether a row can be one of this table: as many values, and of the right kinds */
gboolean crm_salvage_table_fits (const CrmSalvageTable *self, const CrmWreckRow *row);

/* Prepares inserting into the table of the same name behind @connection, as far as it has the columns */
gboolean crm_salvage_table_begin (CrmSalvageTable *self, CrmConnection *connection, GError **error);
void crm_salvage_table_end (CrmSalvageTable *self);

/* Writes a row that fits, unless one of its key is there. @n_lost counts the values that were left out. */
gboolean crm_salvage_table_insert (CrmSalvageTable *self,
                                   CrmConnection *connection,
                                   const CrmWreckRow *row,
                                   gint64 *n_lost,
                                   GError **error);

/* Fills in what @report says of the new workspace at @path, then makes anew in it what follows from
 * something else */
gboolean crm_salvage_finish (const char *path,
                             CrmSalvageReport *report,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
