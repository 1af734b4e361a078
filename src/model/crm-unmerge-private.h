/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history-private.h"
#include "crm-merge.h"

G_BEGIN_DECLS

/* Shared by crm-unmerge.c, which finds out what belongs together, and crm-unmerge-group.c, which separates it. */

/**
 * CrmUnmergeGroup:
 * @taken: (element-type CrmClash): values to do without, for somebody has them meanwhile
 * @conflicts: (element-type CrmConflict): where what stays as it was changed since is told
 *
 * Records that were merged into one by one act and are to be separated from it now.
 */
typedef struct
{
  CrmTransaction *transaction;
  CrmConnection *connection;
  const CrmRecordType *type;
  gint64 kept_id;
  gint64 set_id;
  GPtrArray *returning; /* (element-type CrmRecord) as they are stored */
  GPtrArray *remaining; /* likewise: those that stay merged */
  GPtrArray *taken;
  GPtrArray *conflicts;
} CrmUnmergeGroup;

gboolean crm_unmerge_group_run (CrmUnmergeGroup *self, GError **error);

gboolean crm_unmerge_has_record (GPtrArray *records, gint64 id);

G_END_DECLS
