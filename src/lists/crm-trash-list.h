/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-id-list.h"
#include "crm-trash-row.h"

G_BEGIN_DECLS

/**
 * CrmTrashList:
 *
 * What a #CrmTrashQuery finds as a #GListModel of #CrmTrashRow, at any number: all ids, and pages of what is told of
 * them, as #CrmRecordList does it for live records. Is a #CrmIdList. Follows CrmStore::changed by itself.
 *
 * Properties: "loading" (boolean, read-only). Main thread only.
 */
#define CRM_TYPE_TRASH_LIST (crm_trash_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmTrashList, crm_trash_list, CRM, TRASH_LIST, GObject)

CrmTrashList *crm_trash_list_new (CrmStore *store);

/* Runs a copy of @query (nullable: stops) in a worker; the old rows stay until the new ones are there */
void crm_trash_list_set_query (CrmTrashList *self, const CrmTrashQuery *query);

gboolean crm_trash_list_get_loading (CrmTrashList *self);

/**
 * CrmTrashList::loaded:
 *
 * New ids are in place, also after an error, which crm_trash_list_get_error() tells.
 */
const GError *crm_trash_list_get_error (CrmTrashList *self);

G_END_DECLS
