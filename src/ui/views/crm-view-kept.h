/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view.h"

G_BEGIN_DECLS

/**
 * CrmViewKept:
 *
 * What was changed of a view and not saved, as it is kept from one start to the next: on this computer, for each
 * workspace, not in it.
 */
typedef struct
{
  CrmViewQuery *query;
  CrmViewLayout layout;
  CrmViewQuery *saved; /* what it was made of */
  CrmViewLayout saved_layout;
} CrmViewKept;

void crm_view_kept_clear (CrmViewKept *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmViewKept, crm_view_kept_clear)

/* @view_id: 0 for all records of the type. Returns: %FALSE if nothing is kept */
gboolean crm_view_kept_read (CrmViewKept *self,
                             CrmStore *store,
                             const CrmRecordType *type,
                             gint64 view_id);

/* @self: (nullable): %NULL for nothing. Failing is told in the log only: nothing of the user's data is in it */
void crm_view_kept_write (const CrmViewKept *self,
                          CrmStore *store,
                          const CrmRecordType *type,
                          gint64 view_id);

G_END_DECLS
