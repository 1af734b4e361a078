/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmTrashPage:
 *
 * What was deleted, of all types together or of one, to be looked for, restored or deleted for good.
 *
 * Properties: "title" (string, read-only), "show-back" (boolean), "bottom-bar" (boolean, read-only: whether actions
 * are seen at the bottom), "show-merged" (boolean): what was merged or undone too.
 */
#define CRM_TYPE_TRASH_PAGE (crm_trash_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmTrashPage, crm_trash_page, CRM, TRASH_PAGE, AdwBin)

GtkWidget *crm_trash_page_new (CrmSession *session);

G_END_DECLS
