/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-trash-row.h"

G_BEGIN_DECLS

/* What a column of the trash tells */
typedef enum
{
  CRM_TRASH_COLUMN_NAME, /* with the type's icon; it names the row for those who don't see it */
  CRM_TRASH_COLUMN_TYPE,
  CRM_TRASH_COLUMN_DELETED,
  CRM_TRASH_COLUMN_BY,
  CRM_TRASH_COLUMN_WHY,
  CRM_TRASH_COLUMN_LINKED,
} CrmTrashColumn;

/* "Deleted", "Merged into Acme", "Import undone"; (transfer full) */
char *crm_trash_cell_describe_reason (const CrmTrashEntry *entry);

/* (transfer full): cells of a GtkColumnView over CrmTrashRow */
GtkListItemFactory *crm_trash_cell_factory_new (CrmStore *store, CrmTrashColumn column);
/* (transfer full): rows of two lines, for a GtkListView where it is narrow */
GtkListItemFactory *crm_trash_compact_factory_new (CrmStore *store);

G_END_DECLS
