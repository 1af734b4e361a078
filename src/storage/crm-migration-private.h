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
 * crm_migrations_upgrade:
 * @self: a connection outside a transaction
 * @migrations: all there are, oldest first
 *
 * Makes the file as new as the last of @migrations. An older one is copied
 * first, to "NAME.version-1.crm" beside it; then each migration runs in a
 * transaction of its own that also sets user_version and application_id.
 * Where one fails, the file stays at the version before it. Where another
 * process was faster, nothing is left to do.
 *
 * Returns: %FALSE with %CRM_ERROR_NEWER_WORKSPACE, with %CRM_ERROR_READ_ONLY
 *   for an older file behind a connection that cannot write, or with what
 *   went wrong
 */
gboolean crm_migrations_upgrade (CrmConnection *self,
                                 const CrmMigration *migrations,
                                 gsize n_migrations,
                                 GError **error);

/* Sets %CRM_ERROR_NEWER_WORKSPACE; always %FALSE */
gboolean crm_migrations_fail_newer (const char *path, GError **error);

G_END_DECLS
