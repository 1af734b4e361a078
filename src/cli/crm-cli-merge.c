/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge.h"

#include <glib/gi18n.h>

#include "crm-cli-private.h"
#include "crm-error.h"

static char **takes;

static const GOptionEntry merge_entries[] = {
  { "take", 0, 0, G_OPTION_ARG_STRING_ARRAY, &takes,
    N_ ("Take a field's value from another record"), N_ ("FIELD=ID") },
  G_OPTION_ENTRY_NULL,
};

static gboolean without_taken;

static const GOptionEntry unmerge_entries[] = {
  { "without-taken", 0, 0, G_OPTION_ARG_NONE, &without_taken,
    N_ ("Bring them back without unique values that others have by now"), NULL },
  G_OPTION_ENTRY_NULL,
};

static gboolean
parse_takes (const CrmRecordType *type, GArray *parsed, GError **error)
{
  for (guint i = 0; takes != NULL && takes[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (takes[i], "=", 2);
      CrmMergeTake take = { 0 };

      if (parts[0] == NULL || parts[1] == NULL ||
          !g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT64, &take.from_id, NULL))
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                       _ ("“%s” takes nothing. Write it as field=id."), takes[i]);
          return FALSE;
        }
      take.field = crm_record_type_require_field (type, parts[0], error);
      if (take.field == NULL)
        return FALSE;
      g_array_append_val (parsed, take);
    }
  return TRUE;
}

static int
run_merge (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) parsed = crm_merge_takes_new ();
  g_auto (CrmWriteResult) result = { 0 };

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  ids = type != NULL ? crm_cli_get_ids (cli, 1, error) : NULL;
  if (ids == NULL || !parse_takes (type, parsed, error))
    return 1;
  if (!crm_merge (cli->store, type, (const gint64 *) (gpointer) ids->data, ids->len, parsed,
                  CRM_SOURCE_COMMAND_LINE, cli->cancellable, &result, error))
    return 1;
  crm_cli_print_act (cli, result.act_id, result.records, NULL);
  return 0;
}

static int
run_unmerge (CrmCli *cli, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) local_error = NULL;

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  ids = crm_cli_get_ids (cli, 0, error);
  if (ids == NULL)
    return 1;

  if (crm_unmerge (cli->store, (const gint64 *) (gpointer) ids->data, ids->len,
                   without_taken ? CRM_CONFLICTS_KEEP : CRM_CONFLICTS_STOP, CRM_SOURCE_COMMAND_LINE,
                   cli->cancellable, &result, &local_error))
    {
      crm_cli_print_act (cli, result.act_id, result.records, result.conflicts);
      return 0;
    }

  if (result.conflicts->len > 0)
    crm_cli_print_act (cli, 0, 0, result.conflicts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return 1;
}

const CrmCliCommand crm_cli_merge_commands[] = {
  { "merge", "TYPE ID ID…", N_ ("Merges records into the first one"), merge_entries, 3, G_MAXUINT,
    run_merge },
  { "unmerge", "ID…", N_ ("Separates merged records again"), unmerge_entries, 1, G_MAXUINT,
    run_unmerge },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
