/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmError:
 *
 * The one error domain of the program. Every message is one sentence for a
 * person: what is wrong and what to do. Cancellation is always
 * %G_IO_ERROR_CANCELLED and never shown.
 *
 * The exit status of the command line follows from the code alone, see
 * crm_error_get_exit_status().
 */
typedef enum
{
  CRM_ERROR_FAILED, /* 1: something unexpected */
  CRM_ERROR_INVALID_VALUE, /* 1: a value is refused */
  CRM_ERROR_NOT_FOUND, /* 1: no such record, act or input file */
  CRM_ERROR_CONFLICT, /* 1: undo or restore met a later change */
  CRM_ERROR_TAKEN, /* 1: a unique value belongs to another record */
  CRM_ERROR_NOTHING_TO_DO, /* 1: nothing to undo, nothing to redo */
  CRM_ERROR_UNREADABLE_FILE, /* 1: an input file is missing, empty or binary */
  CRM_ERROR_USAGE, /* 2: wrong usage */
  CRM_ERROR_UNKNOWN_NAME, /* 2: unknown command, type, field or option */
  CRM_ERROR_BAD_FILTER, /* 2: filter text cannot be parsed */
  CRM_ERROR_NO_WORKSPACE, /* 3: the workspace file is missing */
  CRM_ERROR_NOT_A_WORKSPACE, /* 3 */
  CRM_ERROR_NEWER_WORKSPACE, /* 3 */
  CRM_ERROR_LOCKED, /* 3: another program holds the lock */
  CRM_ERROR_READ_ONLY, /* 3 */
  CRM_ERROR_DISK_FULL, /* 3 */
  CRM_ERROR_DAMAGED, /* 3 */
} CrmError;

#define CRM_ERROR (crm_error_quark ())
GQuark crm_error_quark (void);

/**
 * crm_error_get_exit_status:
 * @error: an error of any domain
 *
 * Returns: the exit status for the command line: 1, 2, 3, or 130 for a
 *   cancelled operation; 1 for foreign domains
 */
int crm_error_get_exit_status (const GError *error);

G_END_DECLS
