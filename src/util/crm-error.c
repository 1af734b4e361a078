/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (crm - error - quark, crm_error)

enum
{
  EXIT_REFUSED = 1,
  EXIT_WRONG_USAGE = 2,
  EXIT_UNUSABLE_WORKSPACE = 3,
  EXIT_INTERRUPTED = 130, /* what a shell reports for SIGINT */
};

int
crm_error_get_exit_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, EXIT_REFUSED);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return EXIT_INTERRUPTED;

  if (error->domain != CRM_ERROR)
    return EXIT_REFUSED;

  /* No default: a new code must be given its status here. */
  switch ((CrmError) error->code)
    {
    case CRM_ERROR_FAILED:
    case CRM_ERROR_INVALID_VALUE:
    case CRM_ERROR_NOT_FOUND:
    case CRM_ERROR_CONFLICT:
    case CRM_ERROR_TAKEN:
    case CRM_ERROR_NOTHING_TO_DO:
    case CRM_ERROR_UNREADABLE_FILE:
      return EXIT_REFUSED;

    case CRM_ERROR_USAGE:
    case CRM_ERROR_UNKNOWN_NAME:
    case CRM_ERROR_BAD_FILTER:
      return EXIT_WRONG_USAGE;

    case CRM_ERROR_NO_WORKSPACE:
    case CRM_ERROR_NOT_A_WORKSPACE:
    case CRM_ERROR_NEWER_WORKSPACE:
    case CRM_ERROR_LOCKED:
    case CRM_ERROR_READ_ONLY:
    case CRM_ERROR_DISK_FULL:
    case CRM_ERROR_DAMAGED:
      return EXIT_UNUSABLE_WORKSPACE;
    }

  return EXIT_REFUSED;
}
