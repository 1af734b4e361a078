/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmIdList:
 *
 * A #GListModel that knows the ids of all its records without reading them: what #CrmSelection can select in.
 * Negative ids are those of headings between the records, which are never selected. A record whose group is collapsed
 * has no row, and can be selected all the same.
 * It has a signal `loaded` without arguments, emitted when new ids are in place, and
 * CrmIdList::exchanged, when without any item being removed or added other ids are at the same positions.
 */
#define CRM_TYPE_ID_LIST (crm_id_list_get_type ())
G_DECLARE_INTERFACE (CrmIdList, crm_id_list, CRM, ID_LIST, GListModel)

struct _CrmIdListInterface
{
  GTypeInterface parent_iface;

  GArray *(*get_ids) (CrmIdList *self); /* (transfer none) */
  GArray *(*get_records) (CrmIdList *self); /* (transfer none); NULL: the same */
};

void crm_id_list_emit_exchanged (CrmIdList *self);

/* Those of all rows in order, packed; (transfer none) (element-type gint64): do not change it */
GArray *crm_id_list_get_ids (CrmIdList *self);
/* Likewise those of all records, with a row or without one; no headings */
GArray *crm_id_list_get_records (CrmIdList *self);
/* @position has to be in the list */
gint64 crm_id_list_get_id (CrmIdList *self, guint position);

G_END_DECLS
