/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the readers and the writer of workbooks share. */

/* As large as a sheet can be */
#define CRM_SHEET_MAX_ROWS 1048576
#define CRM_SHEET_MAX_COLUMNS 16384

/* Number of the first format that a workbook describes by itself */
#define CRM_SHEET_FIRST_FORMAT 164

/* Whether @text starts with "_x0041_", what workbooks write for a character that XML cannot hold */
gboolean crm_sheet_is_escape (const char *text);

G_END_DECLS
