/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>

#include "crm-error.h"

static void
test_exit_status_of_every_code (void)
{
  static const struct
  {
    CrmError first;
    CrmError last;
    int status;
  } ranges[] = {
    { CRM_ERROR_FAILED, CRM_ERROR_UNREADABLE_FILE, 1 },
    { CRM_ERROR_USAGE, CRM_ERROR_BAD_FILTER, 2 },
    { CRM_ERROR_NO_WORKSPACE, CRM_ERROR_DAMAGED, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      for (int code = ranges[i].first; code <= (int) ranges[i].last; code++)
        {
          g_autoptr (GError) error = g_error_new_literal (CRM_ERROR, code, "No.");

          g_assert_cmpint (crm_error_get_exit_status (error), ==, ranges[i].status);
        }
    }
}

static void
test_exit_status_of_other_domains (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No.");
  g_autoptr (GError) missing = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "No.");

  g_assert_cmpint (crm_error_get_exit_status (cancelled), ==, 130);
  g_assert_cmpint (crm_error_get_exit_status (missing), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/exit-status/every-code", test_exit_status_of_every_code);
  g_test_add_func ("/error/exit-status/other-domains", test_exit_status_of_other_domains);

  return g_test_run ();
}
