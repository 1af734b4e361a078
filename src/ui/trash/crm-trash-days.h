/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmTrashDays:
 *
 * After how many days the trash is emptied by itself, to be changed: a number, or "Never" for 0. Saves what is chosen.
 *
 * Properties: "days" (unsigned integer, read-only).
 */
#define CRM_TYPE_TRASH_DAYS (crm_trash_days_get_type ())
G_DECLARE_FINAL_TYPE (CrmTrashDays, crm_trash_days, CRM, TRASH_DAYS, AdwBin)

/* For templates; nothing is read before */
void crm_trash_days_set_session (CrmTrashDays *self, CrmSession *session);
/* Reads again what is stored; another window may have changed it */
void crm_trash_days_refresh (CrmTrashDays *self);
guint crm_trash_days_get_days (CrmTrashDays *self);

G_END_DECLS
