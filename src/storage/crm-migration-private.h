/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-connection-private.h"

G_BEGIN_DECLS

#define CRM_APPLICATION_ID 0x43524d31 /* "CRM1" */

/**
 * CrmMigration:
 * @version: the user_version that the file has behind it
 * @sql: (transfer none): what leads there from the version before
 *
 * A released migration is never changed again.
 */
typedef struct
{
  int version;
  const char *sql;
} CrmMigration;

/* The program's own migrations, oldest first. (transfer none) */
const CrmMigration *crm_migrations_get (gsize *n_migrations);
int crm_migrations_get_newest_version (void);

/**
 * crm_migrations_apply:
 * @self: a writer outside a transaction
 *
 * Applies those of @migrations that are newer than the file, each in a
 * transaction of its own that also sets user_version and application_id. Where
 * another process was faster, nothing is left to do.
 */
gboolean crm_migrations_apply (CrmConnection *self,
                               const CrmMigration *migrations,
                               gsize n_migrations,
                               GError **error);

G_END_DECLS
