/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Shared by crm-attachment.c and crm-attachments.c. */

/* What the files begin with that are still being copied; contents are in folders of their own */
#define CRM_ATTACHMENT_INCOMING "incoming-"

/* What could not be written, by errno */
void crm_attachment_set_errno (GError **error, const char *path, int code);

gboolean crm_attachment_sync_folder (const char *path, GError **error);

G_END_DECLS
