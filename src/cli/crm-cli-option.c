/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Options of choices, and so pipelines and stages. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-schema.h"

static char *label;
static char *color;
static char *outcome_name;
static char *pipeline_name;
static char *before_name;
static char *replacement_name;
static gint64 probability = -1;
static gboolean to_end;

static const GOptionEntry option_entries[] = {
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, N_ ("What people read"), N_ ("LABEL") },
  { "color", 0, 0, G_OPTION_ARG_STRING, &color, N_ ("Its colour, or nothing for none"),
    "blue|green|yellow|orange|red|purple|brown|gray" },
  { "probability", 0, 0, G_OPTION_ARG_INT64, &probability,
    N_ ("Of a stage: how likely it leads to a deal"), N_ ("PERCENT") },
  { "outcome", 0, 0, G_OPTION_ARG_STRING, &outcome_name, N_ ("Of a stage: how it leaves a deal"),
    "open|won|lost" },
  { "pipeline", 0, 0, G_OPTION_ARG_STRING, &pipeline_name, N_ ("Of a stage: where it belongs"),
    N_ ("OPTION") },
  { "before", 0, 0, G_OPTION_ARG_STRING, &before_name, N_ ("Moves it before this one"),
    N_ ("OPTION") },
  { "last", 0, 0, G_OPTION_ARG_NONE, &to_end, N_ ("Moves it to the end"), NULL },
  { "replace-by", 0, 0, G_OPTION_ARG_STRING, &replacement_name,
    N_ ("What records get that have the option which is removed"), N_ ("OPTION") },
  G_OPTION_ENTRY_NULL,
};

/* What is to be done with the option of the fourth word */
typedef struct
{
  const char *text;
  const CrmField *field;
  const CrmOption *pipeline; /* of a stage */
  const CrmOption *option;
  const CrmOption *before;
  const CrmOption *replacement;
  gboolean is_pipeline;
  CrmOptionChange change;
} OptionAct;

static gboolean
add_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  OptionAct *act = data;
  CrmOptionChange change = act->change;
  gboolean ok;

  change.label = NULL;
  ok = act->is_pipeline
           ? crm_schema_add_pipeline (transaction, act->field, act->text, &act->option, error)
           : crm_schema_add_option (transaction, act->field, act->text,
                                    act->pipeline != NULL ? act->pipeline->id : 0, &act->option,
                                    error);

  return ok && crm_schema_set_option (transaction, act->option, &change, error) &&
         (act->before == NULL ||
          crm_schema_move_option (transaction, act->option, act->before, error));
}

static gboolean
set_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  OptionAct *act = data;

  return crm_schema_set_option (transaction, act->option, &act->change, error) &&
         ((act->before == NULL && !to_end) ||
          crm_schema_move_option (transaction, act->option, act->before, error));
}

static gboolean
remove_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  OptionAct *act = data;

  return crm_schema_remove_option (transaction, act->option, act->replacement, error);
}

static const CrmOption *
require_option (const CrmField *field, const char *text, gint64 parent, GError **error)
{
  const CrmOption *option = crm_field_find_option (field, text, parent);
  g_autoptr (GString) known = g_string_new (NULL);

  if (option != NULL)
    return option;

  for (guint i = 0; i < field->n_options; i++)
    if (parent == 0 || field->options[i]->parent == parent)
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", field->options[i]->label);
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
               _ ("“%s” has no option “%s”; the options are: %s."), field->name, text, known->str);
  return NULL;
}

/* The field that has the pipelines of the stages in @field; %NULL where these are none */
static const CrmField *
find_pipelines (CrmCli *cli, const CrmField *field)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (cli->store);
  const CrmOption *pipeline = NULL;

  if (field->n_options > 0 && field->options[0]->parent != 0)
    pipeline = crm_catalogue_get_option (catalogue, field->options[0]->parent);

  return pipeline != NULL ? crm_catalogue_get_field (catalogue, pipeline->field_id) : NULL;
}

static gboolean
is_pipeline_field (CrmCli *cli, const CrmRecordType *type, const CrmField *field)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (find_pipelines (cli, type->fields[i]) == field)
      return TRUE;

  return FALSE;
}

static gboolean
read_field (CrmCli *cli, OptionAct *act, GError **error)
{
  const CrmRecordType *type = crm_cli_get_type (cli, 1, error);
  const CrmField *pipelines;

  if (type == NULL)
    return FALSE;
  act->field = crm_record_type_require_field (type, cli->words[2], error);
  if (act->field == NULL)
    return FALSE;
  if (act->field->kind != CRM_KIND_CHOICE && act->field->kind != CRM_KIND_CHOICES)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” has no options. Name a field of the kind choice or choices."),
                   act->field->name);
      return FALSE;
    }

  act->is_pipeline = is_pipeline_field (cli, type, act->field);
  pipelines = find_pipelines (cli, act->field);
  if (pipelines == NULL && pipeline_name == NULL)
    return TRUE;
  if (pipelines == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("The options of “%s” are no stages."),
                   act->field->name);
      return FALSE;
    }

  act->pipeline = pipeline_name != NULL ? require_option (pipelines, pipeline_name, 0, error)
                                        : pipelines->options[0];
  return act->pipeline != NULL;
}

static gboolean
read_change (OptionAct *act, GError **error)
{
  static const char *const outcomes[] = { NULL, "open", "won", "lost" };

  act->change.label = label;
  act->change.color = color;
  act->change.probability = (int) CLAMP (probability, -1, G_MAXINT);
  for (guint i = CRM_OUTCOME_OPEN; outcome_name != NULL && i < G_N_ELEMENTS (outcomes); i++)
    if (g_str_equal (outcomes[i], outcome_name))
      act->change.outcome = i;
  if (outcome_name == NULL || act->change.outcome != CRM_OUTCOME_NONE)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("There is no outcome “%s”. Use open, won or lost."), outcome_name);
  return FALSE;
}

/* The words that name other options beside the fourth one */
static gboolean
read_options (CrmCli *cli, OptionAct *act, gboolean adds, GError **error)
{
  gint64 parent = act->pipeline != NULL ? act->pipeline->id : 0;

  act->text = label != NULL && adds ? label : cli->words[3];
  if (!adds)
    {
      act->option = require_option (act->field, cli->words[3], parent, error);
      if (act->option == NULL)
        return FALSE;
    }
  if (before_name != NULL)
    {
      act->before = require_option (act->field, before_name, parent, error);
      if (act->before == NULL)
        return FALSE;
    }
  if (replacement_name == NULL)
    return TRUE;

  act->replacement = require_option (act->field, replacement_name, parent, error);
  if (act->replacement != NULL && act->replacement == act->option)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("An option cannot be replaced by itself. Name another one."));
      return FALSE;
    }
  return act->replacement != NULL;
}

static int
run_option (CrmCli *cli, GError **error)
{
  const char *verb = cli->words[0];
  gboolean adds = g_str_equal (verb, "add");
  gboolean removes = g_str_equal (verb, "remove");
  g_auto (CrmWriteResult) result = { 0 };
  OptionAct act = { 0 };

  if (!adds && !removes && !g_str_equal (verb, "set"))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Use it so: crm option add|set|remove TYPE FIELD OPTION"));
      return 2;
    }
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (!read_field (cli, &act, error) || !read_change (&act, error) ||
      !read_options (cli, &act, adds, error))
    return 2;
  if (!crm_store_write (cli->store, CRM_ACT_FIELD, CRM_SOURCE_COMMAND_LINE,
                        adds      ? add_func
                        : removes ? remove_func
                                  : set_func,
                        &act, cli->cancellable, &result, error))
    return 1;

  crm_cli_print_act (cli, result.act_id, result.records, NULL);
  return 0;
}

const CrmCliCommand crm_cli_option_commands[] = {
  { "option", "add|set|remove TYPE FIELD OPTION",
    N_ ("Adds, changes or removes an option of a choice, a pipeline or a stage"), option_entries, 4,
    4, run_option },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
