/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collation.h"
#include "crm-guard.h"
#include "crm-store.h"

G_BEGIN_DECLS

/* For this folder only. */

CrmCollation *crm_store_get_collation (CrmStore *self);

/* Makes @catalogue the newest one; takes it. */
void crm_store_take_catalogue (CrmStore *self, CrmCatalogue *catalogue);

/* Reads the settings again, after another process or an act changed them */
gboolean crm_store_reload_settings (CrmStore *self, CrmConnection *connection, GError **error);

/* After members were changed; a failure leaves it as it was */
gboolean crm_store_reload_me (CrmStore *self, GError **error);

/* (nullable) */
const CrmGuard *crm_store_get_guard (CrmStore *self);

/* Tells everybody of a commit, in the store's main context; takes @news. @set_id: the change set it came
 * from, so that the watch does not tell it again; 0 for none. */
void crm_store_publish (CrmStore *self, CrmNews *news, gint64 set_id);

CrmNews *crm_news_new (void);
CrmNews *crm_news_ref (CrmNews *self);
void crm_news_unref (CrmNews *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmNews, crm_news_unref)
void crm_news_add_type (CrmNews *self, gint64 type_id);
/* Beyond 10,000 records it becomes "everything" */
void crm_news_add (CrmNews *self, GArray *ids, gint64 id);

G_END_DECLS
