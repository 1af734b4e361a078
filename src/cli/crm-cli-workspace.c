/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The workspace as a whole. */

#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "crm-backups.h"
#include "crm-check.h"
#include "crm-cli-private.h"
#include "crm-demo.h"
#include "crm-error.h"
#include "crm-salvage.h"
#include "crm-workspace.h"

/* The same demo for everybody */
#define DEMO_SEED 20260101

/* In milliseconds. Another command is soon done; a window may have the workspace open all day. */
#define RESTORE_LOCK_TIMEOUT 5000

static gboolean dump;
static gboolean repair;
static char *salvage_path;

static const GOptionEntry check_entries[] = {
  { "dump", 0, 0, G_OPTION_ARG_NONE, &dump, N_ ("Print everything that is live, one line a value"),
    NULL },
  { "repair", 0, 0, G_OPTION_ARG_NONE, &repair, N_ ("Make anew what can be made anew"), NULL },
  { "salvage", 0, 0, G_OPTION_ARG_FILENAME, &salvage_path,
    N_ ("Make a new workspace of what can be read of a damaged one"), N_ ("FILE") },
  G_OPTION_ENTRY_NULL,
};

static int
run_demo (CrmCli *cli, GError **error)
{
  g_autoptr (GPtrArray) acts = NULL;

  if (!crm_cli_open (cli, CRM_STORE_CREATE, error))
    return 3;
  acts = crm_history_list (cli->store, 0, 1, cli->cancellable, error);
  if (acts == NULL)
    return 1;
  if (acts->len > 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is in use already. Name a new file with --workspace for the demo."),
                   crm_store_get_path (cli->store));
      return 1;
    }
  if (!crm_demo_fill (cli->store, DEMO_SEED, cli->cancellable, error))
    return 1;
  g_print (_ ("The demo is in %s\n"), crm_store_get_path (cli->store));
  return 0;
}

/* Prints what is wrong; 0 where nothing is */
static int
report_findings (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    g_printerr ("crm: %s\n", (const char *) g_ptr_array_index (findings, i));
  if (findings->len == 0)
    g_print ("%s\n", _ ("The workspace is in order"));
  return findings->len == 0 ? 0 : 3;
}

/* It can't be undone, so what is there is saved first; of a file that cannot be copied, only what can be made anew
 * of it is touched */
static gboolean
back_up_before_repair (CrmCli *cli, GError **error)
{
  g_autoptr (CrmBackup) backup = NULL;
  g_autoptr (GError) local_error = NULL;

  backup = crm_backups_make (cli->store, CRM_BACKUP_BEFORE_REPAIR, NULL, NULL, cli->cancellable,
                             &local_error);
  if (backup != NULL)
    {
      g_print (_ ("What was there before is in %s\n"), backup->path);
      return TRUE;
    }
  if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_DAMAGED))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static int
run_repair (CrmCli *cli, const GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) left = NULL;

  if (findings->len > 0 && !back_up_before_repair (cli, error))
    return 3;
  if (!crm_check_repair (cli->store, done, cli->cancellable, error))
    return 3;
  for (guint i = 0; i < done->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (done, i));

  left = crm_check (cli->store, cli->cancellable, error);
  return left != NULL ? report_findings (left) : 3;
}

/* The damaged file need not be one that can be opened, and stays as it is */
static int
run_salvage (CrmCli *cli, GError **error)
{
  g_autofree char *path = crm_workspace_locate (cli->workspace);
  g_autofree char *target = g_canonicalize_filename (salvage_path, NULL);
  g_autoptr (CrmSalvageReport) report = NULL;

  report = crm_salvage (path, target, NULL, NULL, cli->cancellable, error);
  if (report == NULL)
    return 3;
  for (guint i = 0; i < report->sentences->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (report->sentences, i));
  g_print (_ ("What could be read is in %s\n"), target);
  return 0;
}

static int
run_check (CrmCli *cli, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  if ((dump ? 1 : 0) + (repair ? 1 : 0) + (salvage_path != NULL ? 1 : 0) > 1)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Use only one of --dump, --repair and --salvage."));
      return 2;
    }
  if (salvage_path != NULL)
    return run_salvage (cli, error);
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (dump)
    {
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      return crm_check_dump (cli->store, stream, cli->cancellable, error) ? 0 : 3;
    }

  findings = crm_check (cli->store, cli->cancellable, error);
  if (findings == NULL)
    return 3;
  return repair ? run_repair (cli, findings, error) : report_findings (findings);
}

static int
run_backup (CrmCli *cli, GError **error)
{
  g_autofree char *target = g_canonicalize_filename (cli->words[0], NULL);

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (g_file_test (target, G_FILE_TEST_EXISTS) &&
      (g_str_equal (target, crm_store_get_path (cli->store)) || !crm_database_probe (target, NULL)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a backup and will not be overwritten. Give another name."),
                   target);
      return 1;
    }
  if (!crm_database_backup (crm_store_get_database (cli->store), target, NULL, NULL,
                            cli->cancellable, error))
    return 3;
  g_print (_ ("The backup is in %s\n"), target);
  return 0;
}

static int
run_restore (CrmCli *cli, GError **error)
{
  g_autofree char *path = crm_workspace_locate (cli->workspace);
  g_autofree char *folder = g_path_get_dirname (path);
  g_auto (CrmRestored) restored = { 0 };

  if (!g_file_test (cli->words[0], G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is not there. Check the file's name."), cli->words[0]);
      return 1;
    }
  g_mkdir_with_parents (folder, 0700);
  if (!crm_workspace_restore (cli->words[0], path, NULL, NULL, &restored, RESTORE_LOCK_TIMEOUT,
                              cli->cancellable, error))
    return 3;

  g_print (_ ("Restored to %s\n"), path);
  if (restored.saved_path != NULL)
    g_print (_ ("What was there before is in %s\n"), restored.saved_path);
  if (restored.n_missing > 0)
    g_printerr (
        "crm: %s\n",
        ngettext ("One attached file is not in the backup any more. Look for it in an older "
                  "backup.",
                  "Some attached files are not in the backup any more. Look for them in an "
                  "older backup.",
                  restored.n_missing));
  return 0;
}

const CrmCliCommand crm_cli_workspace_commands[] = {
  { "demo", "", N_ ("Fills a new workspace with example data"), NULL, 0, 0, run_demo },
  { "check", "", N_ ("Verifies the workspace, and repairs it"), check_entries, 0, 0, run_check },
  { "backup", "FILE", N_ ("Copies the workspace while it is in use"), NULL, 1, 1, run_backup },
  { "restore", "FILE", N_ ("Puts a backup in the workspace's place"), NULL, 1, 1, run_restore },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
