/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that find what is there twice, and what is not. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "crm-cli-private.h"
#include "crm-duplicates.h"
#include "crm-error.h"

#define MAX_WARNINGS 5

static char *threshold_text;
static CrmCliSelection selection = CRM_CLI_SELECTION_INIT; /* view and filter */
static gboolean take_back;
static char *warn_text;
static char *forbid_text;
static gint64 removed_rule;

static const GOptionEntry find_entries[] = {
  { "threshold", 0, 0, G_OPTION_ARG_STRING, &threshold_text,
    N_ ("How sure it has to be, from 0 to 1 (0.9)"), N_ ("P") },
  { "view", 0, 0, G_OPTION_ARG_STRING, &selection.view, N_ ("Only among those of a view"),
    N_ ("NAME") },
  { "filter", 0, 0, G_OPTION_ARG_STRING, &selection.filter, N_ ("Only among records that match"),
    N_ ("EXPR") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry distinct_entries[] = {
  { "take-back", 0, 0, G_OPTION_ARG_NONE, &take_back, N_ ("They may be duplicates after all"),
    NULL },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry rule_entries[] = {
  { "warn", 0, 0, G_OPTION_ARG_STRING, &warn_text,
    N_ ("Adds a rule that warns of records with the same values; ~ behind a field: similar ones"),
    N_ ("FIELD[~],FIELD[~]…") },
  { "forbid", 0, 0, G_OPTION_ARG_STRING, &forbid_text, N_ ("Adds a rule that refuses such records"),
    N_ ("FIELD[~],FIELD[~]…") },
  { "remove", 0, 0, G_OPTION_ARG_INT64, &removed_rule, N_ ("Removes a rule"), N_ ("ID") },
  G_OPTION_ENTRY_NULL,
};

static gboolean
read_threshold (double *threshold, GError **error)
{
  char *end = NULL;

  *threshold = CRM_DUPLICATES_THRESHOLD;
  if (threshold_text == NULL)
    return TRUE;

  *threshold = g_ascii_strtod (threshold_text, &end);
  if (end != threshold_text && *end == '\0' && *threshold > 0 && *threshold <= 1)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("“%s” is not a sureness. Give a number above 0 and up to 1, such as 0.9."),
               threshold_text);
  return FALSE;
}

static char *
join_ids (GArray *ids, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? separator : "",
                            g_array_index (ids, gint64, i));

  return g_string_free (text, FALSE);
}

static char *
join_reasons (GPtrArray *reasons)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reasons->len; i++)
    {
      if (i > 0)
        g_string_append (text, _ (", "));
      g_string_append (text, g_ptr_array_index (reasons, i));
    }

  return g_string_free (text, FALSE);
}

static void
print_group_json (JsonBuilder *builder, const CrmDuplicateGroup *group)
{
  g_autofree char *score = g_strdup_printf ("%.0f", group->score * 1e6);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "score");
  json_builder_add_double_value (builder, g_ascii_strtod (score, NULL) / 1e6);
  json_builder_set_member_name (builder, "ids");
  json_builder_begin_array (builder);
  for (guint i = 0; i < group->ids->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT,
                                             g_array_index (group->ids, gint64, i));

      json_builder_add_string_value (builder, id);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "reasons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < group->reasons->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (group->reasons, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_group_csv (const CrmDuplicateGroup *group)
{
  char score[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *ids = join_ids (group->ids, ";");
  g_autofree char *reasons = join_reasons (group->reasons);
  const char *cells[] = { g_ascii_formatd (score, sizeof score, "%.4f", group->score), ids,
                          reasons };
  g_autoptr (GString) row = g_string_new (NULL);

  crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
  fputs (row->str, stdout);
}

static gboolean
print_group_table (CrmCli *cli,
                   const CrmRecordType *type,
                   const CrmDuplicateGroup *group,
                   GError **error)
{
  g_autofree char *reasons = join_reasons (group->reasons);
  const CrmField *none[1] = { NULL };
  g_autoptr (GPtrArray) records = crm_store_get_records (
      cli->store, type, (const gint64 *) (gpointer) group->ids->data, group->ids->len, none, 0,
      cli->cancellable, error);

  if (records == NULL)
    return FALSE;

  g_print ("%3.0f %%  %s\n", group->score * 100, reasons);
  for (guint i = 0; i < records->len; i++)
    {
      const CrmRecord *record = g_ptr_array_index (records, i);

      g_print ("       %" G_GINT64_FORMAT "  %s\n", crm_record_get_id (record),
               crm_record_get_label (record));
    }

  return TRUE;
}

static gboolean
print_groups (CrmCli *cli, const CrmRecordType *type, GPtrArray *groups, GError **error)
{
  static const char *const titles[] = { "score", "ids", "reasons" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < groups->len; i++)
    {
      const CrmDuplicateGroup *group = g_ptr_array_index (groups, i);

      if (cli->format == CRM_FORMAT_JSON)
        print_group_json (builder, group);
      else if (cli->format == CRM_FORMAT_CSV)
        print_group_csv (group);
      else if (!print_group_table (cli, type, group, error))
        return FALSE;
    }
  json_builder_end_array (builder);

  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
  else if (cli->format == CRM_FORMAT_TABLE && groups->len == 0)
    g_print ("%s\n", _ ("Nothing looks like a duplicate."));
  return TRUE;
}

static int
run_duplicates (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  CrmDuplicateSearch search = { 0 };

  if (!read_threshold (&search.threshold, error))
    return 2;
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  if (type == NULL)
    return 2;
  if (selection.view != NULL || selection.filter != NULL)
    {
      query = crm_cli_make_query (cli, type, &selection, NULL, error);
      if (query == NULL)
        return 2;
      search.query = query;
    }

  groups = crm_duplicates_find (cli->store, type, &search, cli->cancellable, error);
  return groups != NULL && print_groups (cli, type, groups, error) ? 0 : 1;
}

static int
run_distinct (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GArray) ids = NULL;
  g_auto (CrmWriteResult) result = { 0 };

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  if (type == NULL)
    return 2;
  ids = crm_cli_get_ids (cli, 1, error);
  if (ids == NULL ||
      !crm_duplicates_set_distinct (cli->store, type, (const gint64 *) (gpointer) ids->data,
                                    ids->len, !take_back, CRM_SOURCE_COMMAND_LINE, cli->cancellable,
                                    &result, error))
    return 1;

  crm_cli_print_act (cli, result.act_id, result.act_id != 0 ? ids->len : 0, NULL);
  return 0;
}

/* Rules */

static CrmDuplicateRule *
parse_rule (const CrmRecordType *type, const char *text, CrmDuplicateLevel level, GError **error)
{
  g_autoptr (CrmDuplicateRule) rule = crm_duplicate_rule_new (type, level);
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      char *name = g_strstrip (names[i]);
      gboolean similar = g_str_has_suffix (name, "~");
      const CrmField *field;

      if (similar)
        name[strlen (name) - 1] = '\0';
      field = crm_record_type_require_field (type, name, error);
      if (field == NULL)
        return NULL;
      crm_duplicate_rule_add_field (rule, field, similar);
    }

  return g_steal_pointer (&rule);
}

static void
print_rule_json (JsonBuilder *builder, const CrmDuplicateRule *rule)
{
  g_autofree char *description = crm_duplicate_rule_describe (rule);

  json_builder_begin_object (builder);
  crm_cli_add_id (builder, "id", rule->id);
  json_builder_set_member_name (builder, "level");
  json_builder_add_string_value (builder,
                                 rule->level == CRM_DUPLICATE_LEVEL_FORBID ? "forbid" : "warn");
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rule->fields->len; i++)
    {
      const CrmDuplicateRuleField *field = &g_array_index (rule->fields, CrmDuplicateRuleField, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "field");
      json_builder_add_string_value (builder, field->field->name);
      json_builder_set_member_name (builder, "compare");
      json_builder_add_string_value (builder, field->similar ? "similar" : "same");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "description");
  json_builder_add_string_value (builder, description);
  json_builder_end_object (builder);
}

static void
print_rules (CrmCli *cli, GPtrArray *rules)
{
  static const char *const titles[] = { "id", "level", "description" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < rules->len; i++)
    {
      const CrmDuplicateRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, rule->id);
      g_autofree char *description = crm_duplicate_rule_describe (rule);
      const char *level = rule->level == CRM_DUPLICATE_LEVEL_FORBID ? "forbid" : "warn";
      const char *cells[] = { id, level, description };
      g_autoptr (GString) row = g_string_new (NULL);

      if (cli->format == CRM_FORMAT_JSON)
        {
          print_rule_json (builder, rule);
          continue;
        }
      if (cli->format == CRM_FORMAT_CSV)
        crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
      else
        g_string_printf (row, "%4s  %-6s  %s\n", id, level, description);
      fputs (row->str, stdout);
    }
  json_builder_end_array (builder);

  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
}

/* 0 where it was done, else the exit status */
static int
change_rules (CrmCli *cli, const CrmRecordType *type, GError **error)
{
  const char *text = forbid_text != NULL ? forbid_text : warn_text;
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (CrmDuplicateRule) rule = NULL;

  if (text == NULL)
    return crm_duplicates_remove_rule (cli->store, removed_rule, CRM_SOURCE_COMMAND_LINE,
                                       cli->cancellable, &result, error)
               ? 0
               : 1;

  rule = parse_rule (type, text,
                     forbid_text != NULL ? CRM_DUPLICATE_LEVEL_FORBID : CRM_DUPLICATE_LEVEL_WARN,
                     error);
  if (rule == NULL)
    return 2;
  return crm_duplicates_save_rule (cli->store, rule, CRM_SOURCE_COMMAND_LINE, cli->cancellable,
                                   &result, error)
             ? 0
             : 1;
}

static int
run_rules (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GPtrArray) rules = NULL;
  int status;

  if ((warn_text != NULL) + (forbid_text != NULL) + (removed_rule != 0) > 1)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Add or remove one rule at a time."));
      return 2;
    }
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  if (type == NULL)
    return 2;
  if (warn_text != NULL || forbid_text != NULL || removed_rule != 0)
    {
      status = change_rules (cli, type, error);
      if (status != 0)
        return status;
    }

  rules = crm_duplicates_list_rules (cli->store, type, cli->cancellable, error);
  if (rules == NULL)
    return 1;
  print_rules (cli, rules);
  return 0;
}

void
crm_cli_warn_of_twins (CrmCli *cli, CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) rules = crm_duplicates_list_rules (cli->store, type, NULL, NULL);
  g_autoptr (GPtrArray) twins = NULL;

  if (rules == NULL || rules->len == 0)
    return;

  for (guint i = 0; i < type->n_fields; i++)
    g_ptr_array_add (values, crm_record_get_value (record, type->fields[i]));
  twins = crm_duplicates_check (cli->store, type, type->fields, (CrmValue *const *) values->pdata,
                                type->n_fields, crm_record_get_id (record), MAX_WARNINGS,
                                cli->cancellable, NULL);
  for (guint i = 0; twins != NULL && i < twins->len; i++)
    {
      const CrmDuplicateTwin *twin = g_ptr_array_index (twins, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, twin->id);
      g_autofree char *reasons = join_reasons (twin->reasons);

      if (twin->level != CRM_DUPLICATE_LEVEL_NONE)
        g_printerr (_ ("crm: “%s” (%s) may be the same: %s.\n"), twin->label, id, reasons);
    }
}

const CrmCliCommand crm_cli_duplicates_commands[] = {
  { "duplicates", "TYPE", N_ ("Finds records that are believed to be the same"), find_entries, 1, 1,
    run_duplicates },
  { "distinct", "TYPE ID ID…", N_ ("Remembers that records are not duplicates of each other"),
    distinct_entries, 3, G_MAXUINT, run_distinct },
  { "rules", "TYPE", N_ ("Prints, adds and removes rules that prevent duplicates"), rule_entries, 1,
    1, run_rules },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
