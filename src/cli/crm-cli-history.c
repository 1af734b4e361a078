/* SPDX-License-Identifier: GPL-3.0-or-later */

/* History, undo and redo. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "crm-cli-private.h"
#include "crm-date.h"
#include "crm-error.h"

static gint64 limit = -1;
static char *conflicts_name;

static const GOptionEntry history_entries[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("At most so many"), N_ ("N") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry undo_entries[] = {
  { "conflicts", 0, 0, G_OPTION_ARG_STRING, &conflicts_name,
    N_ ("What was changed later: keep it, or take the old values"), "keep|old" },
  G_OPTION_ENTRY_NULL,
};

static void
print_acts_as_json (GPtrArray *acts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < acts->len; i++)
    {
      const CrmAct *act = g_ptr_array_index (acts, i);

      json_builder_begin_object (builder);
      crm_cli_add_id (builder, "change_set", act->id);
      crm_cli_add_moment (builder, "time", act->time);
      crm_cli_add_text (builder, "actor", act->actor_label);
      crm_cli_add_text (builder, "source", crm_source_to_name (act->source));
      crm_cli_add_text (builder, "label", act->label);
      json_builder_set_member_name (builder, "records");
      json_builder_add_int_value (builder, act->records);
      json_builder_set_member_name (builder, "undone");
      json_builder_add_boolean_value (builder, act->undone_by != 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  crm_cli_print_json (json_builder_get_root (builder));
}

static void
print_acts (CrmCli *cli, GPtrArray *acts)
{
  static const char *const titles[] = { "change_set", "time",    "actor", "source",
                                        "label",      "records", "undone" };

  if (cli->format == CRM_FORMAT_JSON)
    {
      print_acts_as_json (acts);
      return;
    }

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  for (guint i = 0; i < acts->len; i++)
    {
      const CrmAct *act = g_ptr_array_index (acts, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, act->id);
      g_autofree char *time = crm_moment_to_iso (act->time);
      g_autofree char *records = g_strdup_printf ("%" G_GINT64_FORMAT, act->records);
      const char *cells[] = { id,
                              time,
                              act->actor_label != NULL ? act->actor_label : "",
                              crm_source_to_name (act->source),
                              act->label,
                              records,
                              act->undone_by != 0 ? "true" : "false" };
      g_autoptr (GString) row = g_string_new (NULL);

      if (cli->format == CRM_FORMAT_CSV)
        crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
      else
        g_string_printf (row, "%6s  %-24s %-16s %-12s  %s%s%s\n", cells[0], cells[1], cells[2],
                         cells[3], cells[4], act->undone_by != 0 ? " – " : "",
                         act->undone_by != 0 ? _ ("undone") : "");
      fputs (row->str, stdout);
    }
}

static int
run_history (CrmCli *cli, GError **error)
{
  g_autoptr (GPtrArray) acts = NULL;
  gint64 id = 0;

  if (!crm_cli_check_limit (limit, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (cli->n_words == 1)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Give the type and the id of a record, or neither."));
      return 2;
    }
  if (cli->n_words == 2 &&
      (crm_cli_get_type (cli, 0, error) == NULL || !crm_cli_get_id (cli, 1, &id, error) ||
       crm_store_find_type_of (cli->store, id, error) == NULL))
    return 1;
  acts = crm_history_list (cli->store, id, limit, cli->cancellable, error);
  if (acts == NULL)
    return 1;
  /* The history takes 0 for everything */
  if (limit == 0)
    g_ptr_array_set_size (acts, 0);
  print_acts (cli, acts);
  return 0;
}

static gboolean
read_choice (CrmConflictChoice *choice, GError **error)
{
  *choice = CRM_CONFLICTS_STOP;
  if (conflicts_name == NULL)
    return TRUE;
  if (g_str_equal (conflicts_name, "keep"))
    *choice = CRM_CONFLICTS_KEEP;
  else if (g_str_equal (conflicts_name, "old"))
    *choice = CRM_CONFLICTS_OLD;
  else
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("“%s” is no choice. Use keep or old."),
                   conflicts_name);
      return FALSE;
    }
  return TRUE;
}

static int
finish_undo (CrmCli *cli, gboolean done, CrmUndoResult *result, GError *undo_error, GError **error)
{
  if (!done && !g_error_matches (undo_error, CRM_ERROR, CRM_ERROR_CONFLICT))
    {
      g_propagate_error (error, undo_error);
      return 1;
    }

  crm_cli_print_act (cli, done ? result->act_id : 0, done ? result->records : 0, result->conflicts);
  if (!done)
    g_propagate_error (error, undo_error);
  else if (result->skipped > 0)
    g_printerr (ngettext ("crm: Skipped %d record that was deleted permanently.\n",
                          "crm: Skipped %d records that were deleted permanently.\n",
                          (gulong) result->skipped),
                (int) result->skipped);
  return done ? 0 : 1;
}

static int
run_undo (CrmCli *cli, GError **error)
{
  g_auto (CrmUndoResult) result = { 0 };
  GError *undo_error = NULL;
  CrmConflictChoice choice;
  gint64 act_id = 0;
  gboolean done;

  if (!read_choice (&choice, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (cli->n_words > 0 &&
      !g_ascii_string_to_signed (cli->words[0], 10, 1, G_MAXINT64, &act_id, NULL))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                   _ ("“%s” is no change. Look it up with “crm history”."), cli->words[0]);
      return 1;
    }
  done = crm_history_undo (cli->store, act_id, CRM_HISTORY_ANY, choice, CRM_SOURCE_COMMAND_LINE,
                           cli->cancellable, &result, &undo_error);
  return finish_undo (cli, done, &result, undo_error, error);
}

static int
run_redo (CrmCli *cli, GError **error)
{
  g_auto (CrmUndoResult) result = { 0 };
  GError *redo_error = NULL;
  CrmConflictChoice choice;
  gboolean done;

  if (!read_choice (&choice, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  done = crm_history_redo (cli->store, CRM_HISTORY_ANY, choice, CRM_SOURCE_COMMAND_LINE,
                           cli->cancellable, &result, &redo_error);
  return finish_undo (cli, done, &result, redo_error, error);
}

const CrmCliCommand crm_cli_history_commands[] = {
  { "history", "[TYPE ID]", N_ ("Tells what was done, newest first"), history_entries, 0, 2,
    run_history },
  { "undo", "[CHANGE_SET]", N_ ("Takes back the newest change, or the one with this id"),
    undo_entries, 0, 1, run_undo },
  { "redo", "", N_ ("Brings back what was undone last"), undo_entries, 0, 0, run_redo },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
