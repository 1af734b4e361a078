/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmBoardTasks:
 *
 * The next task about each of the records whose cards are seen: "Call them · 3 Dec". Asked for in a worker, many at
 * once, and anew when tasks change.
 *
 * Main thread only.
 */
#define CRM_TYPE_BOARD_TASKS (crm_board_tasks_get_type ())
G_DECLARE_FINAL_TYPE (CrmBoardTasks, crm_board_tasks, CRM, BOARD_TASKS, GObject)

CrmBoardTasks *crm_board_tasks_new (CrmSession *session);

/* Whether tasks can be about records of @type */
gboolean crm_board_tasks_fit (const CrmCatalogue *catalogue, const CrmRecordType *type);

/**
 * crm_board_tasks_get:
 * @id: a record
 *
 * Returns: (transfer none): what is to be done next about it, "" for nothing and as long as that is not known
 */
const char *crm_board_tasks_get (CrmBoardTasks *self, gint64 id);

/**
 * CrmBoardTasks::changed:
 *
 * There may be other answers now.
 */

G_END_DECLS
