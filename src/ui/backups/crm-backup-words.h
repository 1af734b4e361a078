/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-backups.h"

G_BEGIN_DECLS

/* Backups in words; all (transfer full) */

/* "The newest backup is 3 hours old"; @newest (nullable) */
char *crm_backup_words_get_age (const CrmBackup *newest, gint64 now);

/* "Daily · 300 people, 40 companies, 25 deals · 1.2 MB" */
char *crm_backup_words_describe (const CrmBackup *backup);

G_END_DECLS
