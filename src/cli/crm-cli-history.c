/* SPDX-License-Identifier: GPL-3.0-or-later */

/* History, undo and redo. */

#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crm-cli-private.h"
#include "crm-date.h"
#include "crm-error.h"
#include "crm-history-writer.h"
#include "crm-text.h"

#define PAGE_SIZE 1000

static gint64 limit = -1;
static char *type_name;
static char *source_name;
static char *actor_name;
static char *since_text;
static char *until_text;
static char *search_text;
static gboolean with_changes;
static char *conflicts_name;

static const GOptionEntry history_entries[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit, N_ ("At most so many"), N_ ("N") },
  { "type", 0, 0, G_OPTION_ARG_STRING, &type_name, N_ ("Only what was about this type"),
    N_ ("TYPE") },
  { "source", 0, 0, G_OPTION_ARG_STRING, &source_name,
    N_ ("Only what was done through this: window, import, command line, program, demo"),
    N_ ("SOURCE") },
  { "actor", 0, 0, G_OPTION_ARG_STRING, &actor_name, N_ ("Only what this team member did"),
    N_ ("MEMBER") },
  { "since", 0, 0, G_OPTION_ARG_STRING, &since_text, N_ ("From this day or moment on"),
    N_ ("DATE") },
  { "until", 0, 0, G_OPTION_ARG_STRING, &until_text, N_ ("Up to this day or moment"), N_ ("DATE") },
  { "text", 0, 0, G_OPTION_ARG_STRING, &search_text, N_ ("Only what has this in its words"),
    N_ ("TEXT") },
  { "changes", 0, 0, G_OPTION_ARG_NONE, &with_changes,
    N_ ("Prints each change as a row of CSV: record, field, before and after"), NULL },
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

static gboolean
read_source (guint *sources, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  if (source_name == NULL)
    return TRUE;

  for (CrmSource source = CRM_SOURCE_WINDOW; source <= CRM_SOURCE_PROGRAM; source++)
    {
      const char *name = crm_source_to_name (source);

      if (g_ascii_strcasecmp (name, source_name) == 0)
        *sources = 1u << source;
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", name);
    }
  if (*sources != 0)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("Nothing is done through “%s”. Use one of these: %s."), source_name, known->str);
  return FALSE;
}

/* By id or by name in any case; "me" is whoever that is now. Who has left the team is still known here. */
static gboolean
read_actor (CrmCli *cli, gint64 *member, GError **error)
{
  g_autoptr (GPtrArray) actors = NULL;
  g_autofree char *wanted = NULL;
  gint64 id = 0;

  if (actor_name == NULL)
    return TRUE;
  actors = crm_history_list_actors (cli->store, cli->cancellable, error);
  if (actors == NULL)
    return FALSE;

  wanted = crm_text_fold (actor_name);
  if (!g_ascii_string_to_signed (actor_name, 10, 1, G_MAXINT64, &id, NULL) &&
      g_str_equal (wanted, "me"))
    id = crm_store_get_me (cli->store);
  for (guint i = 0; i < actors->len && *member == 0; i++)
    {
      const CrmActor *actor = g_ptr_array_index (actors, i);
      g_autofree char *label = crm_text_fold (actor->label);

      if (actor->id == id || g_str_equal (label, wanted))
        *member = actor->id;
    }
  if (*member != 0)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("“%s” has done nothing here. Give the name of a team member as it is in the "
                  "history."),
               actor_name);
  return FALSE;
}

/* A day as a whole: @last is the moment after it */
static gboolean
read_moment (CrmCli *cli, const char *text, gint64 *first, gint64 *last, GError **error)
{
  const CrmLocale *locale = crm_store_get_locale (cli->store);
  g_autofree char *date = crm_date_parse (text, CRM_DATE_ORDER_YMD);
  g_autofree char *lower = g_utf8_strdown (text, -1);
  CrmDateRange range;
  gint64 ms = 0;

  if (crm_date_range_parse (lower, crm_store_get_now (cli->store), locale->zone,
                            crm_locale_get_first_weekday (), &range))
    {
      *first = crm_date_get_start (range.first, locale->zone);
      *last = crm_date_get_start (range.after, locale->zone);
      return TRUE;
    }
  if (date != NULL && strlen (date) == 10)
    {
      char next[11];

      /* No day is shorter than that, and none longer */
      *first = crm_date_get_start (date, locale->zone);
      crm_moment_get_date (*first + G_GINT64_CONSTANT (30) * 60 * 60 * 1000, locale->zone, next);
      *last = crm_date_get_start (next, locale->zone);
      return TRUE;
    }
  if (crm_moment_parse (text, locale->zone, CRM_DATE_ORDER_YMD, &ms))
    {
      *first = *last = ms;
      return TRUE;
    }

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("“%s” is no date. Write it as 2026-05-03, 2026-05-03T14:30 or today."), text);
  return FALSE;
}

/* What can only be understood once the workspace is open */
static gboolean
read_filter (CrmCli *cli, CrmHistoryFilter *filter, GError **error)
{
  const CrmRecordType *type = NULL;
  gint64 unused;

  if (type_name != NULL)
    {
      type = crm_catalogue_require_type (crm_store_get_catalogue (cli->store), type_name, error);
      if (type == NULL)
        return FALSE;
      filter->type_id = type->id;
    }
  filter->text = search_text != NULL && search_text[0] != '\0' ? search_text : NULL;

  return read_source (&filter->sources, error) && read_actor (cli, &filter->actor, error) &&
         (since_text == NULL || read_moment (cli, since_text, &filter->since, &unused, error)) &&
         (until_text == NULL || read_moment (cli, until_text, &unused, &filter->until, error));
}

/* All pages up to the limit */
static GPtrArray *
read_acts (CrmCli *cli, const CrmHistoryFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_act_free);
  gint64 before = 0;

  while (limit < 0 || acts->len < (guint64) limit)
    {
      gint64 n_left = limit < 0 ? PAGE_SIZE : MIN (limit - (gint64) acts->len, PAGE_SIZE);
      g_autoptr (GPtrArray) page = crm_history_get_page (cli->store, filter, before, (guint) n_left,
                                                         &before, cli->cancellable, error);

      if (page == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (acts, g_steal_pointer (&page));
      if (before == 0)
        break;
    }

  return g_steal_pointer (&acts);
}

static int
write_changes (CrmCli *cli, const CrmHistoryFilter *filter, GError **error)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  return crm_history_write (cli->store, filter, stream, NULL, NULL, cli->cancellable, error) ? 0
                                                                                             : 1;
}

static int
run_history (CrmCli *cli, GError **error)
{
  g_autoptr (GPtrArray) acts = NULL;
  CrmHistoryFilter filter = { 0 };

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
  if (!read_filter (cli, &filter, error))
    return 2;
  if (cli->n_words == 2 && (crm_cli_get_type (cli, 0, error) == NULL ||
                            !crm_cli_get_id (cli, 1, &filter.record_id, error) ||
                            crm_store_find_type_of (cli->store, filter.record_id, error) == NULL))
    return 1;
  if (with_changes)
    return write_changes (cli, &filter, error);

  acts = read_acts (cli, &filter, error);
  if (acts == NULL)
    return 1;
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
