/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Record types and fields. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-query.h"
#include "crm-schema.h"

static char *label;
static char *label_many;
static char *icon;
static char *before_name;
static char *options_text;
static char *target_name;
static char *reverse_name;
static char *reverse_label;
static gboolean to_end;
static gboolean required;
static gboolean is_optional;
static gboolean is_unique;
static gboolean is_common;

static const GOptionEntry type_entries[] = {
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, N_ ("What one record is called"), N_ ("LABEL") },
  { "label-many", 0, 0, G_OPTION_ARG_STRING, &label_many, N_ ("What several are called"),
    N_ ("LABEL") },
  { "icon", 0, 0, G_OPTION_ARG_STRING, &icon, N_ ("Name of a symbolic icon"), N_ ("ICON") },
  { "before", 0, 0, G_OPTION_ARG_STRING, &before_name, N_ ("Moves it before this one"),
    N_ ("TYPE") },
  { "last", 0, 0, G_OPTION_ARG_NONE, &to_end, N_ ("Moves it to the end"), NULL },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry field_entries[] = {
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, N_ ("What people read"), N_ ("LABEL") },
  { "required", 0, 0, G_OPTION_ARG_NONE, &required, N_ ("Must not be empty"), NULL },
  { "optional", 0, 0, G_OPTION_ARG_NONE, &is_optional, N_ ("May be empty"), NULL },
  { "unique", 0, 0, G_OPTION_ARG_NONE, &is_unique, N_ ("No two records may have the same value"),
    NULL },
  { "not-unique", 0, 0, G_OPTION_ARG_NONE, &is_common, N_ ("Several records may have the same"),
    NULL },
  { "options", 0, 0, G_OPTION_ARG_STRING, &options_text, N_ ("Choices"), N_ ("A,B") },
  { "to", 0, 0, G_OPTION_ARG_STRING, &target_name, N_ ("Type that a relation points to"),
    N_ ("TYPE") },
  { "reverse-name", 0, 0, G_OPTION_ARG_STRING, &reverse_name,
    N_ ("Name of a relation on the other side"), N_ ("NAME") },
  { "reverse-label", 0, 0, G_OPTION_ARG_STRING, &reverse_label,
    N_ ("What people read on the other side"), N_ ("LABEL") },
  { "before", 0, 0, G_OPTION_ARG_STRING, &before_name, N_ ("Moves it before this one"),
    N_ ("FIELD") },
  { "last", 0, 0, G_OPTION_ARG_NONE, &to_end, N_ ("Moves it to the end"), NULL },
  G_OPTION_ENTRY_NULL,
};

static void
print_cells (CrmCli *cli, const char *const *cells, guint n_cells)
{
  g_autoptr (GString) row = g_string_new (NULL);

  if (cli->format == CRM_FORMAT_CSV)
    crm_csv_append_row (row, cells, n_cells);
  else
    {
      for (guint i = 0; i < n_cells; i++)
        g_string_append_printf (row, "%-20s ", cells[i]);
      g_strchomp (row->str);
      g_string_append_c (g_string_set_size (row, strlen (row->str)), '\n');
    }
  fputs (row->str, stdout);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_type (JsonBuilder *builder, const CrmRecordType *type, gint64 count)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", type->name);
  add_string (builder, "label", type->label);
  add_string (builder, "label_many", type->label_many);
  json_builder_set_member_name (builder, "records");
  json_builder_add_int_value (builder, count);
  json_builder_end_object (builder);
}

static int
run_types (CrmCli *cli, GError **error)
{
  static const char *const titles[] = { "name", "label_many", "records" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const CrmCatalogue *catalogue;

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  catalogue = crm_store_get_catalogue (cli->store);
  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autoptr (CrmQuery) query = crm_query_new (type);
      g_autofree char *number = NULL;
      gint64 count = 0;

      if (!crm_query_count (query, cli->store, &count, cli->cancellable, error))
        return 1;
      number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
      add_type (builder, type, count);
      if (cli->format != CRM_FORMAT_JSON)
        {
          const char *cells[] = { type->name, type->label_many, number };

          print_cells (cli, cells, G_N_ELEMENTS (cells));
        }
    }
  json_builder_end_array (builder);
  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
  return 0;
}

static void
add_field (JsonBuilder *builder, const CrmField *field)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", field->name);
  add_string (builder, "label", field->label);
  add_string (builder, "kind", crm_kind_get_info (field->kind)->name);
  json_builder_set_member_name (builder, "required");
  json_builder_add_boolean_value (builder, (field->flags & CRM_FIELD_REQUIRED) != 0);
  json_builder_set_member_name (builder, "unique");
  json_builder_add_boolean_value (builder, (field->flags & CRM_FIELD_UNIQUE) != 0);
  json_builder_set_member_name (builder, "options");
  json_builder_begin_array (builder);
  for (guint i = 0; i < field->n_options; i++)
    json_builder_add_string_value (builder, field->options[i]->label);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_field (CrmCli *cli, const CrmField *field)
{
  const char *cells[] = { field->name, field->label, crm_kind_get_info (field->kind)->name,
                          (field->flags & CRM_FIELD_REQUIRED) != 0 ? _ ("required") : "",
                          (field->flags & CRM_FIELD_UNIQUE) != 0 ? _ ("unique") : "" };

  print_cells (cli, cells, G_N_ELEMENTS (cells));
}

static int
run_fields (CrmCli *cli, GError **error)
{
  static const char *const titles[] = { "name", "label", "kind", "required", "unique" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const CrmRecordType *type;

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  if (type == NULL)
    return 2;
  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < type->n_fields; i++)
    {
      add_field (builder, type->fields[i]);
      if (cli->format != CRM_FORMAT_JSON)
        print_field (cli, type->fields[i]);
    }
  json_builder_end_array (builder);
  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
  return 0;
}

static void
print_type (CrmCli *cli, const CrmRecordType *type, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (CrmQuery) query = crm_query_new (type);
  const char *cells[] = { type->name, type->label_many };
  gint64 count = 0;

  if (cli->format != CRM_FORMAT_JSON)
    {
      print_cells (cli, cells, G_N_ELEMENTS (cells));
      return;
    }
  if (crm_query_count (query, cli->store, &count, cli->cancellable, error))
    {
      add_type (builder, type, count);
      crm_cli_print_json (json_builder_get_root (builder));
    }
}

/* What is to be done with the type of the second word */
typedef struct
{
  CrmCli *cli;
  const CrmRecordType *type;
  const CrmRecordType *before;
} TypeAct;

static gboolean
add_type_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  TypeAct *act = data;
  CrmTypeChange change = { .icon = icon };

  return crm_schema_add_type (transaction, act->cli->words[1], label, label_many, &act->type,
                              error) &&
         (icon == NULL || crm_schema_set_type (transaction, act->type, &change, error));
}

static gboolean
set_type_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  TypeAct *act = data;
  CrmTypeChange change = { label, label_many, icon };

  return crm_schema_set_type (transaction, act->type, &change, error) &&
         ((act->before == NULL && !to_end) ||
          crm_schema_move_type (transaction, act->type, act->before, error));
}

static gboolean
remove_type_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  TypeAct *act = data;

  return crm_schema_remove_type (transaction, act->type, error);
}

static gboolean
find_types (CrmCli *cli, TypeAct *act, GError **error)
{
  act->type = crm_cli_get_type (cli, 1, error);
  if (act->type != NULL && before_name != NULL)
    act->before = crm_catalogue_require_type (crm_store_get_catalogue (cli->store), before_name,
                                              error);

  return act->type != NULL && (before_name == NULL || act->before != NULL);
}

static int
run_type (CrmCli *cli, GError **error)
{
  const char *verb = cli->words[0];
  gboolean adds = g_str_equal (verb, "add");
  gboolean removes = g_str_equal (verb, "remove");
  TypeAct act = { .cli = cli };
  g_auto (CrmWriteResult) result = { 0 };

  if (!adds && !removes && !g_str_equal (verb, "set"))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Use it so: crm type add|set|remove NAME"));
      return 2;
    }
  if (!crm_cli_open (cli, adds ? CRM_STORE_CREATE : CRM_STORE_EXISTING, error))
    return 3;
  if (!adds && !find_types (cli, &act, error))
    return 2;
  if (!crm_store_write (cli->store, CRM_ACT_TYPE, CRM_SOURCE_COMMAND_LINE,
                        adds      ? add_type_func
                        : removes ? remove_type_func
                                  : set_type_func,
                        &act, cli->cancellable, &result, error))
    return 1;

  if (removes)
    crm_cli_print_act (cli, result.act_id, result.records, NULL);
  else
    print_type (cli, crm_catalogue_get_type (crm_store_get_catalogue (cli->store), act.type->id),
                error);
  return 0;
}

/* What is to be done with the field of the third word */
typedef struct
{
  const CrmRecordType *type;
  const CrmField *field;
  const CrmField *before;
  CrmFieldSpec spec;
  CrmFieldChange change;
} FieldAct;

static gboolean
add_field_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  FieldAct *act = data;

  return crm_schema_add_field (transaction, act->type, &act->spec, &act->field, error) &&
         (act->before == NULL ||
          crm_schema_move_field (transaction, act->field, act->before, error));
}

static gboolean
set_field_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  FieldAct *act = data;

  return crm_schema_set_field (transaction, act->field, &act->change, error) &&
         ((act->before == NULL && !to_end) ||
          crm_schema_move_field (transaction, act->field, act->before, error));
}

static gboolean
remove_field_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  FieldAct *act = data;

  return crm_schema_remove_field (transaction, act->field, error);
}

static gboolean
read_kind (CrmCli *cli, CrmKind *kind, GError **error)
{
  const char *name = cli->n_words > 3 ? cli->words[3] : "text";

  if (!crm_kind_from_name (name, kind))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("There is no kind of field “%s”. Use text, longtext, integer, decimal, date, "
                      "datetime, checkbox, choice, choices or money."),
                   name);
      return FALSE;
    }
  if (!crm_kind_get_info (*kind)->addable)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("A field of kind “%s” cannot be added yet. Choose another kind."), name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_new_field (CrmCli *cli, FieldAct *act, char **options, GError **error)
{
  if (!read_kind (cli, &act->spec.kind, error))
    return FALSE;
  if (target_name != NULL)
    {
      act->spec.target = crm_catalogue_require_type (crm_store_get_catalogue (cli->store),
                                                     target_name, error);
      if (act->spec.target == NULL)
        return FALSE;
    }

  act->spec.name = cli->words[2];
  act->spec.label = label;
  act->spec.reverse_name = reverse_name;
  act->spec.reverse_label = reverse_label;
  act->spec.flags = (required ? CRM_FIELD_REQUIRED : 0) | (is_unique ? CRM_FIELD_UNIQUE : 0);
  act->spec.options = (const char *const *) options;
  return TRUE;
}

/* What a relation points to is part of its values */
static gboolean
check_unchangeable (CrmCli *cli, const FieldAct *act, GError **error)
{
  CrmKind kind;

  if (target_name != NULL || reverse_name != NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("What a relation points to, and its name there, stay as they are. Add"
                              " another field instead."));
      return FALSE;
    }
  if (cli->n_words <= 3)
    return TRUE;
  if (!read_kind (cli, &kind, error))
    return FALSE;
  if (kind == act->field->kind)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("“%s” stays of the kind “%s”. Add a field of the other kind instead."),
               act->field->name, crm_kind_get_info (act->field->kind)->name);
  return FALSE;
}

static CrmSchemaSwitch
read_switch (gboolean yes, gboolean no)
{
  if (yes)
    return CRM_SCHEMA_YES;

  return no ? CRM_SCHEMA_NO : CRM_SCHEMA_KEEP;
}

static gboolean
read_field_change (CrmCli *cli, FieldAct *act, char **options, GError **error)
{
  act->field = crm_record_type_require_field (act->type, cli->words[2], error);
  if (act->field == NULL || !check_unchangeable (cli, act, error))
    return FALSE;
  if ((required && is_optional) || (is_unique && is_common))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("A field cannot be both. Leave one of the options out."));
      return FALSE;
    }

  act->change.label = label;
  act->change.reverse_label = reverse_label;
  act->change.required = read_switch (required, is_optional);
  act->change.unique = read_switch (is_unique, is_common);
  act->change.options = (const char *const *) options;
  return TRUE;
}

static gboolean
read_field_act (CrmCli *cli, FieldAct *act, gboolean adds, char **options, GError **error)
{
  act->type = crm_cli_get_type (cli, 1, error);
  if (act->type == NULL)
    return FALSE;
  if (before_name != NULL)
    {
      act->before = crm_record_type_require_field (act->type, before_name, error);
      if (act->before == NULL)
        return FALSE;
    }

  return adds ? read_new_field (cli, act, options, error)
              : read_field_change (cli, act, options, error);
}

static int
run_field (CrmCli *cli, GError **error)
{
  const char *verb = cli->words[0];
  gboolean adds = g_str_equal (verb, "add");
  gboolean removes = g_str_equal (verb, "remove");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) options = options_text != NULL ? g_strsplit (options_text, ",", -1) : NULL;
  g_auto (CrmWriteResult) result = { 0 };
  FieldAct act = { 0 };
  const CrmField *field;

  if (!adds && !removes && !g_str_equal (verb, "set"))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Use it so: crm field add|set|remove TYPE NAME [KIND]"));
      return 2;
    }
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (!read_field_act (cli, &act, adds, options, error))
    return 2;
  if (!crm_store_write (cli->store, CRM_ACT_FIELD, CRM_SOURCE_COMMAND_LINE,
                        adds      ? add_field_func
                        : removes ? remove_field_func
                                  : set_field_func,
                        &act, cli->cancellable, &result, error))
    return 1;

  field = crm_catalogue_get_field (crm_store_get_catalogue (cli->store), act.field->id);
  if (removes)
    crm_cli_print_act (cli, result.act_id, result.records, NULL);
  else if (cli->format == CRM_FORMAT_JSON)
    {
      add_field (builder, field);
      crm_cli_print_json (json_builder_get_root (builder));
    }
  else
    print_field (cli, field);
  return 0;
}

const CrmCliCommand crm_cli_schema_commands[] = {
  { "types", "", N_ ("Lists the record types"), NULL, 0, 0, run_types },
  { "fields", "TYPE", N_ ("Lists the fields of a type"), NULL, 1, 1, run_fields },
  { "type", "add|set|remove NAME", N_ ("Adds, changes or removes a record type"), type_entries, 2,
    2, run_type },
  { "field", "add|set|remove TYPE NAME [KIND]", N_ ("Adds, changes or removes a field of a type"),
    field_entries, 3, 4, run_field },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
