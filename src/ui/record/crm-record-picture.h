/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/* The content that shows what @record looks like; (transfer none) (nullable): its hash */
const char *crm_record_picture_find (const CrmRecord *record);

/* Reads it in a worker, no larger than an avatar is. Main thread. */
void crm_record_picture_load (CrmStore *store,
                              const CrmRecord *record,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* (transfer full): or %NULL with @error, also for what no picture can be made of */
GdkTexture *crm_record_picture_load_finish (CrmStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
