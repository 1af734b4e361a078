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

gboolean crm_salvage_table_has_column (const CrmSalvageTable *self, const char *name);

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

/* One salvage under way */
typedef struct
{
  CrmWreck *wreck;
  GCancellable *cancellable;
  CrmConnection *connection; /* to the new workspace */
  GPtrArray *tables; /* CrmSalvageTable, as the damaged file has them */
  GHashTable *by_name; /* the same */
  GArray *created; /* Range */
  CrmProgressFunc progress;
  gpointer progress_data;
  gint64 n_lost_values;
  guint n_damaged_pages;
  GError *error; /* the first, of a callback that cannot give it back */
} CrmSalvage;

/* crm-salvage-description.c */
CrmSalvageTable *crm_salvage_find_table (CrmSalvage *self, const char *name);
/* Whether it is @letter and a number, as our tables and columns are called; and that number */
gboolean crm_salvage_is_numbered (const char *name, char letter);
gint64 crm_salvage_get_number (const char *name);
gboolean crm_salvage_is_fixed_table (const char *name);
gboolean crm_salvage_is_record_table (const char *name);
gboolean crm_salvage_is_item_table (const char *name);
/* Adds what is lost of the standard description, and what is known of lost fields */
gboolean crm_salvage_complete_description (CrmSalvage *self, GError **error);
/* The tables of all types and fields, removed ones included */
gboolean crm_salvage_make_tables (CrmSalvage *self, GError **error);
/* What the new workspace has and the damaged one does not name any more: it was of the same form */
gboolean crm_salvage_add_tables_of (CrmSalvage *self, CrmConnection *connection, GError **error);

/* crm-salvage.c */

/* Takes @table (nullable), unless one of its name is there */
void crm_salvage_add_table (CrmSalvage *self, CrmSalvageTable *table);

/* Fills in what @report says of the new workspace at @path, then makes anew in it what follows from
 * something else */
gboolean crm_salvage_finish (const char *path,
                             CrmSalvageReport *report,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
