/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trash. */

#include "config.h"
#include <glib/gi18n.h>
#include <stdio.h>

#include "crm-cli-private.h"
#include "crm-date.h"
#include "crm-error.h"
#include "crm-trash.h"

static char *conflicts_name;

static const GOptionEntry trash_entries[] = {
  { "conflicts", 0, 0, G_OPTION_ARG_STRING, &conflicts_name,
    N_ ("Of restore, for a value that another record has by now: leave it there, take it back, "
        "merge both, or skip the record"),
    "keep|old|merge|skip" },
  G_OPTION_ENTRY_NULL,
};

static void
print_trash (CrmCli *cli, GPtrArray *entries)
{
  static const char *const titles[] = { "type", "id", "label", "deleted_at", "deleted_by" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const CrmTrashEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);
      g_autofree char *time = crm_moment_to_iso (entry->deleted_at);
      const char *cells[] = { entry->type->name, id, entry->label, time,
                              entry->deleted_by_label != NULL ? entry->deleted_by_label : "" };
      g_autoptr (GString) row = g_string_new (NULL);

      if (cli->format == CRM_FORMAT_CSV)
        crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
      else if (cli->format == CRM_FORMAT_TABLE)
        g_string_printf (row, "%-12s %s  %s  %s %s\n", cells[0], cells[1], cells[3], cells[2],
                         cells[4]);
      fputs (row->str, stdout);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "type");
      json_builder_add_string_value (builder, entry->type->name);
      crm_cli_add_id (builder, "id", entry->id);
      crm_cli_add_text (builder, "label", entry->label);
      crm_cli_add_moment (builder, "deleted_at", entry->deleted_at);
      crm_cli_add_text (builder, "deleted_by", entry->deleted_by_label);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
}

static int
list_trash (CrmCli *cli, GError **error)
{
  g_autoptr (GPtrArray) entries = crm_trash_list (cli->store, NULL, -1, cli->cancellable, error);

  if (entries == NULL)
    return 1;
  print_trash (cli, entries);
  return 0;
}

/* The words of undo, and two that only restoring has */
static gboolean
read_choice (CrmRestoreChoice *choice, GError **error)
{
  static const struct
  {
    const char *name;
    CrmRestoreChoice choice;
  } names[] = { { "keep", CRM_RESTORE_WITHOUT },
                { "old", CRM_RESTORE_SWAP },
                { "merge", CRM_RESTORE_MERGE },
                { "skip", CRM_RESTORE_SKIP } };

  *choice = CRM_RESTORE_ASK;
  if (conflicts_name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, conflicts_name))
      {
        *choice = names[i].choice;
        return TRUE;
      }

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("“%s” is no choice. Use keep, old, merge or skip."), conflicts_name);
  return FALSE;
}

static int
restore_from_trash (CrmCli *cli, GArray *ids, CrmRestoreChoice choice, GError **error)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) local_error = NULL;

  if (!crm_trash_restore_with (cli->store, (const gint64 *) (gpointer) ids->data, ids->len, NULL,
                               choice, CRM_SOURCE_COMMAND_LINE, NULL, cli->cancellable, &result,
                               &conflicts, &local_error))
    {
      if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_CONFLICT))
        crm_cli_print_act (cli, 0, 0, conflicts);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return 1;
    }
  crm_cli_print_act (cli, result.act_id, result.records, NULL);
  return 0;
}

static gboolean
check_verb (CrmCli *cli, GError **error)
{
  const char *verb = cli->words[0];
  gboolean alone = g_str_equal (verb, "list") || g_str_equal (verb, "empty");
  gboolean with_ids = g_str_equal (verb, "restore") || g_str_equal (verb, "destroy");

  if ((alone && cli->n_words == 1) || (with_ids && cli->n_words > 1))
    return TRUE;
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                       _ ("Use it so: crm trash list | restore ID… | destroy ID… | empty"));
  return FALSE;
}

static int
run_trash (CrmCli *cli, GError **error)
{
  const char *verb = cli->words[0];
  g_autoptr (GArray) ids = NULL;
  g_auto (CrmWriteResult) result = { 0 };
  CrmRestoreChoice choice;

  if (!check_verb (cli, error) || !read_choice (&choice, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (g_str_equal (verb, "list"))
    return list_trash (cli, error);

  ids = crm_cli_get_ids (cli, 1, error);
  if (ids == NULL)
    return 1;
  if (g_str_equal (verb, "restore"))
    return restore_from_trash (cli, ids, choice, error);

  /* Emptying destroys all: no ids */
  if (!crm_trash_destroy (cli->store, (const gint64 *) (gpointer) ids->data, ids->len,
                          CRM_SOURCE_COMMAND_LINE, cli->cancellable, &result, error))
    return 1;
  crm_cli_print_act (cli, result.act_id, result.records, NULL);
  if (result.act_id != 0 && crm_trash_is_erasing_pending (cli->store))
    g_printerr ("crm: %s\n",
                _ ("Another program reads the workspace just now. What was deleted for "
                   "good is erased from the file once it is closed there."));
  return 0;
}

const CrmCliCommand crm_cli_trash_commands[] = {
  { "trash", "list | restore ID… | destroy ID… | empty",
    N_ ("Shows the trash, restores from it, or deletes permanently"), trash_entries, 1, G_MAXUINT,
    run_trash },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
