/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-statement.h"

G_BEGIN_DECLS

/**
 * CrmWreck:
 *
 * A workspace file that SQLite refuses, read page by page without it, by
 * https://www.sqlite.org/fileformat.html. Nothing is believed that is not consistent in itself: a row
 * is given only where its lengths and kinds fit together to the byte. What can't be read is left out, and
 * everything else is found, also where the pages that lead to it are lost.
 *
 * The file is only read. One thread at a time.
 */
typedef struct _CrmWreck CrmWreck;

typedef struct
{
  CrmColumnType type;
  gint64 integer;
  double real;
  const char *data; /* text (not terminated, maybe not valid) or blob */
  gsize size;
  gboolean is_lost; /* lay on a page that cannot be read */
} CrmWreckValue;

/**
 * CrmWreckRow:
 * @rowid: of a table with rowids; its INTEGER PRIMARY KEY is NULL among the values
 */
typedef struct
{
  gint64 rowid;
  guint n_values;
  CrmWreckValue *values;
} CrmWreckRow;

/* What the file says of one of its tables and indexes */
typedef struct
{
  char *type; /* "table" or "index" */
  char *name;
  char *table_name; /* of an index: what it is an index of */
  char *sql; /* (nullable) */
  guint32 root;
} CrmWreckObject;

typedef void (*CrmWreckRowFunc) (const CrmWreckRow *row, gpointer data);

/* @has_rowids: what kind of table the page belongs to */
typedef void (*CrmWreckPageFunc) (gboolean has_rowids,
                                  const CrmWreckRow *rows,
                                  guint n_rows,
                                  gpointer data);

/**
 * crm_wreck_open:
 *
 * What a log beside the file holds is taken as part of it.
 *
 * Returns: %NULL with @error where not even that can be read, or where there is nothing to read
 */
CrmWreck *crm_wreck_open (const char *path, GCancellable *cancellable, GError **error);
void crm_wreck_free (CrmWreck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmWreck, crm_wreck_free)

/* Everything that is left of the list of tables and indexes; may be empty. (transfer none)
 * (element-type CrmWreckObject) */
GPtrArray *crm_wreck_get_objects (CrmWreck *self);

/* Calls @func (nullable) with the rows of the table or index with this root, once each; what is read so
 * is not met again. */
void crm_wreck_read (CrmWreck *self, guint32 root, CrmWreckRowFunc func, gpointer data);

/* Calls @func with each page of rows that nothing has led to */
void crm_wreck_read_rest (CrmWreck *self, CrmWreckPageFunc func, gpointer data);

/* What was read may be read again */
void crm_wreck_forget (CrmWreck *self);

/* So far: pages that are not what they should be, and rows on other pages that are not */
guint crm_wreck_get_n_damaged_pages (CrmWreck *self);
guint crm_wreck_get_n_damaged_rows (CrmWreck *self);

G_END_DECLS
