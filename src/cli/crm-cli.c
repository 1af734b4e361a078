/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-cli.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "crm-cli-private.h"
#include "crm-date.h"
#include "crm-duplicates.h"
#include "crm-error.h"
#include "crm-workspace.h"

/* How long a workspace that another program writes to is waited for, in milliseconds */
#define LOCK_TIMEOUT (60 * 1000)

#define N_TABLES 14

static const CrmCliCommand *
get_table (guint index)
{
  const CrmCliCommand *const tables[N_TABLES] = {
    crm_cli_record_commands,   crm_cli_edit_commands,      crm_cli_merge_commands,
    crm_cli_exchange_commands, crm_cli_history_commands,   crm_cli_schema_commands,
    crm_cli_trash_commands,    crm_cli_workspace_commands, crm_cli_duplicates_commands,
    crm_cli_option_commands,   crm_cli_view_commands,      crm_cli_export_commands,
    crm_cli_read_commands,     crm_cli_mapping_commands,
  };

  return tables[index];
}

static const CrmCliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < N_TABLES; i++)
    for (const CrmCliCommand *command = get_table (i); command->name != NULL; command++)
      if (g_str_equal (command->name, name))
        return command;
  return NULL;
}

/* The command's place among the words: general options may stand before it */
static int
find_command_word (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--workspace") || g_str_equal (argv[i], "--format"))
        i++;
      else if (!g_str_has_prefix (argv[i], "--workspace=") &&
               !g_str_has_prefix (argv[i], "--format="))
        return i;
    }
  return 0;
}

static void
print_help (void)
{
  g_print ("%s\n  crm [--window TYPE] [FILE.crm | FILE.csv …]\n", _ ("Usage:"));
  for (guint i = 0; i < N_TABLES; i++)
    for (const CrmCliCommand *command = get_table (i); command->name != NULL; command++)
      g_print ("  crm %s%s%s\n      %s\n", command->name, command->words[0] != '\0' ? " " : "",
               command->words, gettext (command->summary));
  g_print ("\n%s\n  --workspace FILE\n  --format table|json|csv\n", _ ("With every command:"));
  g_print ("\n%s\n", _ ("“crm COMMAND --help” tells the options of a command."));
}

static int
report_error (const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_printerr ("crm: %s\n", error->message);
  return crm_error_get_exit_status (error);
}

/* Ctrl+C takes back what is under way. A thread waits for the signal, for a handler may do next to nothing. */
static gpointer
wait_for_signal (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  sigwait (&signals, &number);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
cancel_on_signals (GCancellable *cancellable)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  /* Before other threads are made, for they inherit it */
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signal, g_object_ref (cancellable)));
}

static gboolean
read_format (CrmCli *cli, GError **error)
{
  const char *name = cli->format_name != NULL ? cli->format_name : "table";

  if (g_str_equal (name, "table"))
    cli->format = CRM_FORMAT_TABLE;
  else if (g_str_equal (name, "json"))
    cli->format = CRM_FORMAT_JSON;
  else if (g_str_equal (name, "csv"))
    cli->format = CRM_FORMAT_CSV;
  else
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("There is no format “%s”. Use table, json or csv."), name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_words (CrmCli *cli, const CrmCliCommand *command, GError **error)
{
  if (cli->n_words >= command->min_words && cli->n_words <= command->max_words)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("Use it so: crm %s %s"), command->name,
               command->words);
  return FALSE;
}

static int
run_command (CrmCli *cli, const CrmCliCommand *command, int *argc, char ***argv, GError **error)
{
  const GOptionEntry general[] = {
    { "workspace", 0, 0, G_OPTION_ARG_FILENAME, &cli->workspace, N_ ("The workspace"),
      N_ ("FILE") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &cli->format_name, N_ ("table, json or csv"),
      N_ ("FORMAT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *usage = g_strconcat (command->name, " ", command->words, NULL);
  g_autoptr (GError) local_error = NULL;

  context = g_option_context_new (usage);
  g_option_context_set_summary (context, gettext (command->summary));
  g_option_context_add_main_entries (context, general, GETTEXT_PACKAGE);
  if (command->entries != NULL)
    g_option_context_add_main_entries (context, command->entries, GETTEXT_PACKAGE);
  if (command->more_entries != NULL)
    g_option_context_add_main_entries (context, command->more_entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &local_error))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("%s. Look at “crm %s --help”."),
                   local_error->message, command->name);
      return 2;
    }

  /* The program and the command come first; "--" only ends the options */
  cli->words = *argv + 2;
  cli->n_words = (guint) *argc - 2;
  if (cli->n_words > 0 && g_str_equal (cli->words[0], "--"))
    {
      cli->words++;
      cli->n_words--;
    }
  if (!read_format (cli, error) || !check_words (cli, command, error))
    return 2;
  return command->func (cli, error);
}

gboolean
crm_cli_is_command (int argc, char **argv)
{
  int word = find_command_word (argc, argv);

  if (word == 0)
    return FALSE;
  if (g_str_equal (argv[word], "--help") || g_str_equal (argv[word], "-h") ||
      g_str_equal (argv[word], "--version"))
    return TRUE;

  /* What is neither an option nor a file is a command, if only a mistyped one */
  return argv[word][0] != '-' &&
         (find_command (argv[word]) != NULL ||
          (strpbrk (argv[word], "./:") == NULL && !g_file_test (argv[word], G_FILE_TEST_EXISTS)));
}

int
crm_cli_run (int argc, char **argv)
{
  CrmCli cli = { 0 };
  g_auto (GStrv) owned = NULL;
  g_autofree char **arguments = NULL;
  g_autoptr (GError) error = NULL;
  const CrmCliCommand *command;
  int word = find_command_word (argc, argv);
  int status = 0;

  g_return_val_if_fail (word > 0, 2);

  if (g_str_equal (argv[word], "--version"))
    {
      g_print ("crm %s\n", CRM_VERSION);
      return 0;
    }
  if (g_str_equal (argv[word], "--help") || g_str_equal (argv[word], "-h"))
    {
      print_help ();
      return 0;
    }

  command = find_command (argv[word]);
  if (command == NULL)
    {
      g_set_error (&error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("There is no command “%s”. Look at “crm --help”."), argv[word]);
      return report_error (error);
    }

  /* The command goes to the front, whatever options stood before it */
  owned = g_strdupv (argv);
  arguments = g_memdup2 (owned, sizeof (char *) * ((gsize) argc + 1));
  memmove (arguments + 2, arguments + 1, sizeof (char *) * ((gsize) word - 1));
  arguments[1] = owned[word];

  cli.command = command->name;
  cli.cancellable = g_cancellable_new ();
  cancel_on_signals (cli.cancellable);
  status = run_command (&cli, command, &argc, &arguments, &error);
  if (error != NULL)
    status = report_error (error);
  /* What was flushed line by line has failed before */
  if ((fflush (stdout) != 0 || ferror (stdout) != 0) && status == 0)
    {
      g_printerr ("crm: %s\n", _ ("The output could not be written. Check the disk or the pipe."));
      status = 1;
    }

  if (cli.store != NULL)
    crm_store_close (cli.store);
  /* What was refused was data, and the workspace that it was meant for is as good empty */
  if (cli.store != NULL && cli.is_new && (status > 1 || cli.is_unused))
    crm_workspace_discard_new (crm_store_get_path (cli.store));
  g_clear_object (&cli.store);
  g_clear_object (&cli.cancellable);
  g_free (cli.workspace);
  g_free (cli.format_name);
  return status;
}

/* Shared by the commands */

gboolean
crm_cli_open (CrmCli *cli, CrmStoreFlags flags, GError **error)
{
  g_autofree char *path = crm_workspace_locate (cli->workspace);

  if ((flags & CRM_STORE_CREATE) != 0)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      /* A folder that cannot be made is told by the opening */
      g_mkdir_with_parents (folder, 0700);
      cli->is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
    }
  cli->store = crm_store_open (path, flags, LOCK_TIMEOUT, cli->cancellable, error);
  if (cli->store == NULL)
    return FALSE;

  crm_duplicates_guard (cli->store);
  return TRUE;
}

const CrmRecordType *
crm_cli_get_type (CrmCli *cli, guint index, GError **error)
{
  return crm_catalogue_require_type (crm_store_get_catalogue (cli->store), cli->words[index],
                                     error);
}

gboolean
crm_cli_check_limit (gint64 limit, GError **error)
{
  if (limit >= -1)
    return TRUE;
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                       _ ("The limit must not be negative. Leave it out for everything."));
  return FALSE;
}

gboolean
crm_cli_check_text (const char *word, GError **error)
{
  g_autofree char *shown = NULL;

  if (g_utf8_validate (word, -1, NULL))
    return TRUE;
  shown = g_utf8_make_valid (word, -1);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is not text in UTF-8. Write it in that encoding."), shown);
  return FALSE;
}

gboolean
crm_cli_get_id (CrmCli *cli, guint index, gint64 *id, GError **error)
{
  if (g_ascii_string_to_signed (cli->words[index], 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
               _ ("“%s” is not the id of a record. Look it up with “crm list” or “crm search”."),
               cli->words[index]);
  return FALSE;
}

GArray *
crm_cli_get_ids (CrmCli *cli, guint index, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; index < cli->n_words; index++)
    {
      gint64 id;

      if (!crm_cli_get_id (cli, index, &id, error))
        return NULL;
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

void
crm_cli_print_titles (CrmCli *cli, const char *const *titles, guint n_titles)
{
  g_autoptr (GString) row = g_string_new (NULL);

  if (cli->format != CRM_FORMAT_CSV)
    return;
  crm_csv_append_row (row, titles, n_titles);
  fputs (row->str, stdout);
}

void
crm_cli_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  puts (text);
  json_node_unref (node);
}

void
crm_cli_add_id (JsonBuilder *builder, const char *name, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  json_builder_set_member_name (builder, name);
  if (id != 0)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
crm_cli_add_moment (JsonBuilder *builder, const char *name, gint64 ms)
{
  g_autofree char *text = crm_moment_to_iso (ms);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

void
crm_cli_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
crm_cli_print_record (CrmCli *cli, CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  g_autoptr (GString) row = NULL;
  g_autoptr (GPtrArray) cells = NULL;
  g_autoptr (GPtrArray) titles = NULL;

  if (cli->format == CRM_FORMAT_JSON)
    {
      crm_cli_print_json (crm_record_to_json (crm_store_get_catalogue (cli->store), record));
      return;
    }

  titles = g_ptr_array_new ();
  cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (titles, (gpointer) "id");
  g_ptr_array_add (cells, g_strdup_printf ("%" G_GINT64_FORMAT, crm_record_get_id (record)));
  for (guint i = 0; i < type->n_fields; i++)
    {
      g_ptr_array_add (titles, (gpointer) type->fields[i]->name);
      g_ptr_array_add (cells, crm_value_to_text (type->fields[i],
                                                 crm_record_get_value (record, type->fields[i])));
    }

  row = g_string_new (NULL);
  if (cli->format == CRM_FORMAT_CSV)
    {
      crm_csv_append_row (row, (const char *const *) titles->pdata, titles->len);
      crm_csv_append_row (row, (const char *const *) cells->pdata, cells->len);
    }
  else
    {
      for (guint i = 0; i < titles->len; i++)
        if (((const char *) g_ptr_array_index (cells, i))[0] != '\0')
          g_string_append_printf (row, "%-20s %s\n", (const char *) g_ptr_array_index (titles, i),
                                  (const char *) g_ptr_array_index (cells, i));
    }
  fputs (row->str, stdout);
}

/* What no record has but the workspace itself, a label say, is told as people read it */
static JsonNode *
make_conflict_value (const CrmCatalogue *catalogue,
                     const CrmConflict *conflict,
                     const CrmValue *value,
                     const char *text)
{
  if (conflict->record_id == 0 && text != NULL)
    return json_node_init_string (json_node_alloc (), text);
  if (conflict->field != NULL)
    return crm_value_to_json (catalogue, conflict->field, value);

  return json_node_new (JSON_NODE_NULL);
}

static void
add_conflicts (CrmCli *cli, JsonBuilder *builder, GPtrArray *conflicts)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (cli->store);

  json_builder_set_member_name (builder, "conflicts");
  json_builder_begin_array (builder);
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (conflicts, i);

      json_builder_begin_object (builder);
      crm_cli_add_id (builder, "id", conflict->record_id);
      json_builder_set_member_name (builder, "type");
      json_builder_add_string_value (builder, conflict->type != NULL ? conflict->type->name : NULL);
      json_builder_set_member_name (builder, "field");
      if (conflict->field != NULL)
        json_builder_add_string_value (builder, conflict->field->name);
      else
        json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, "now");
      json_builder_add_value (builder, make_conflict_value (catalogue, conflict, conflict->now,
                                                            conflict->now_text));
      json_builder_set_member_name (builder, "old");
      json_builder_add_value (builder, make_conflict_value (catalogue, conflict, conflict->old,
                                                            conflict->old_text));
      if (conflict->other_id != 0)
        crm_cli_add_id (builder, "other", conflict->other_id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_conflicts (GPtrArray *conflicts)
{
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, conflict->record_id);
      g_autofree char *now = NULL;
      g_autofree char *old = NULL;

      if (conflict->record_id == 0)
        {
          g_print (_ ("%s %s: now “%s”, was “%s”\n"), conflict->type->label_many,
                   conflict->field != NULL ? conflict->field->label : "",
                   conflict->now_text != NULL ? conflict->now_text : "",
                   conflict->old_text != NULL ? conflict->old_text : "");
          continue;
        }
      if (conflict->field == NULL)
        {
          g_print ("%" G_GINT64_FORMAT "\n", conflict->record_id);
          continue;
        }
      now = crm_value_to_text (conflict->field, conflict->now);
      old = crm_value_to_text (conflict->field, conflict->old);
      g_print (_ ("%s %s: now “%s”, was “%s”\n"), id, conflict->field->label, now, old);
    }
}

void
crm_cli_print_act (CrmCli *cli, gint64 act_id, gint64 records, GPtrArray *conflicts)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (cli->format != CRM_FORMAT_JSON)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, act_id);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, records);

      print_conflicts (conflicts);
      if (act_id != 0)
        g_print (ngettext ("Change %s: %s record\n", "Change %s: %s records\n", (gulong) records),
                 id, number);
      else
        g_print ("%s\n", _ ("Nothing was changed"));
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  crm_cli_add_id (builder, "change_set", act_id);
  json_builder_set_member_name (builder, "records");
  json_builder_add_int_value (builder, records);
  add_conflicts (cli, builder, conflicts);
  json_builder_end_object (builder);
  crm_cli_print_json (json_builder_get_root (builder));
}
