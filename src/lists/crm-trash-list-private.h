/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-trash-list.h"

G_BEGIN_DECLS

struct _CrmTrashList
{
  GObject parent_instance;

  CrmStore *store;
  CrmTrashQuery *query; /* (nullable) */

  GArray *ids; /* of gint64; shared with workers, so replaced and never changed */
  GHashTable *rows; /* gint64 * → CrmTrashRow, weak */
  GQueue pages; /* of GPtrArray of CrmTrashRow: the newest first, held for scrolling back */
  GHashTable *wanted; /* of gint64: what is to be read */

  GCancellable *query_cancellable;
  GCancellable *fetch_cancellable;
  guint generation;
  guint fetch_source;
  gboolean fetching;
  gboolean loading;
  gboolean query_again;
  GError *error;
};

/* @rows: the list's identity map, which the row leaves when it goes */
CrmTrashRow *crm_trash_row_new (gint64 id, GHashTable *rows);
/* Takes a reference of its own */
void crm_trash_row_set_entry (CrmTrashRow *self, CrmTrashEntry *entry);

/* crm-trash-list-pages.c */

/* (transfer full): the row at a position, which is read with those around it if it was not */
CrmTrashRow *_crm_trash_list_ref_row (CrmTrashList *self, guint position);
/* Everything that anybody holds is read again */
void _crm_trash_list_refresh (CrmTrashList *self);
void _crm_trash_list_drop_pages (CrmTrashList *self);

G_END_DECLS
