/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-backups.h"

G_BEGIN_DECLS

/* For crm-backups*.c and their test. */

/* The part of the free space that backups may take */
#define CRM_BACKUPS_SPACE_DIVISOR 5

/**
 * crm_backups_choose:
 * @backups: (element-type CrmBackup): newest first
 * @newest_good: index of the one that stays whatever the rest says; -1 for none
 * @budget: bytes for all of them
 * @keep: (out caller-allocates): one for each of @backups
 *
 * Decides, and touches nothing.
 */
void crm_backups_choose (GPtrArray *backups,
                         gint64 now,
                         GTimeZone *zone,
                         int newest_good,
                         gint64 budget,
                         gboolean *keep);

/* What a daily backup may take, and with it all backups: a fifth of what is free on the disk of @folder;
 * G_MAXINT64 where that cannot be learned */
gint64 crm_backups_get_budget (const char *folder);

/* Removes from the pool of @folder what no backup in it names, hidden ones that are being made included */
gboolean crm_backups_sweep_pool (const char *folder, GError **error);

G_END_DECLS
