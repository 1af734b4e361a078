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
static char *options_text;
static char *target_name;
static gboolean required;
static gboolean is_unique;

static const GOptionEntry type_entries[] = {
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, N_ ("What one record is called"), N_ ("LABEL") },
  { "label-many", 0, 0, G_OPTION_ARG_STRING, &label_many, N_ ("What several are called"),
    N_ ("LABEL") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry field_entries[] = {
  { "label", 0, 0, G_OPTION_ARG_STRING, &label, N_ ("What people read"), N_ ("LABEL") },
  { "required", 0, 0, G_OPTION_ARG_NONE, &required, N_ ("Must not be empty"), NULL },
  { "unique", 0, 0, G_OPTION_ARG_NONE, &is_unique, N_ ("No two records may have the same value"),
    NULL },
  { "options", 0, 0, G_OPTION_ARG_STRING, &options_text, N_ ("Choices"), N_ ("A,B") },
  { "to", 0, 0, G_OPTION_ARG_STRING, &target_name, N_ ("Type that a relation points to"),
    N_ ("TYPE") },
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

static gboolean
add_type_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType **type = data;
  CrmCli *cli = ((gpointer *) data)[1];

  return crm_schema_add_type (transaction, cli->words[1], label, label_many, type, error);
}

static int
run_type (CrmCli *cli, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const CrmRecordType *type;
  gpointer data[2] = { NULL, cli };

  if (!g_str_equal (cli->words[0], "add"))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE, _ ("Use it so: crm type add NAME"));
      return 2;
    }
  if (!crm_cli_open (cli, CRM_STORE_CREATE, error))
    return 3;
  if (!crm_store_write (cli->store, CRM_ACT_TYPE, CRM_SOURCE_COMMAND_LINE, add_type_func, data,
                        cli->cancellable, NULL, error))
    return 1;

  type = data[0];
  if (cli->format == CRM_FORMAT_JSON)
    {
      add_type (builder, type, 0);
      crm_cli_print_json (json_builder_get_root (builder));
    }
  else
    {
      const char *cells[] = { type->name, type->label_many };

      print_cells (cli, cells, G_N_ELEMENTS (cells));
    }
  return 0;
}

typedef struct
{
  const CrmRecordType *type;
  CrmFieldSpec spec;
  const CrmField *field;
} NewField;

static gboolean
add_field_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  NewField *new_field = data;

  return crm_schema_add_field (transaction, new_field->type, &new_field->spec, &new_field->field,
                               error);
}

static gboolean
read_field_spec (CrmCli *cli, NewField *new_field, char **options, GError **error)
{
  const char *kind_name = cli->n_words > 3 ? cli->words[3] : "text";

  new_field->type = crm_cli_get_type (cli, 1, error);
  if (new_field->type == NULL)
    return FALSE;
  if (!crm_kind_from_name (kind_name, &new_field->spec.kind))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("There is no kind of field “%s”. Use text, longtext, integer, decimal, date, "
                      "datetime, checkbox, choice, choices or money."),
                   kind_name);
      return FALSE;
    }
  if (!crm_kind_get_info (new_field->spec.kind)->addable)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("A field of kind “%s” cannot be added yet. Choose another kind."), kind_name);
      return FALSE;
    }
  if (target_name != NULL)
    {
      new_field->spec.target = crm_catalogue_require_type (crm_store_get_catalogue (cli->store),
                                                           target_name, error);
      if (new_field->spec.target == NULL)
        return FALSE;
    }

  new_field->spec.name = cli->words[2];
  new_field->spec.label = label;
  new_field->spec.flags = (required ? CRM_FIELD_REQUIRED : 0) | (is_unique ? CRM_FIELD_UNIQUE : 0);
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_strstrip (options[i]);
  new_field->spec.options = (const char *const *) options;
  return TRUE;
}

static int
run_field (CrmCli *cli, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) options = options_text != NULL ? g_strsplit (options_text, ",", -1) : NULL;
  NewField new_field = { 0 };

  if (!g_str_equal (cli->words[0], "add"))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("Use it so: crm field add TYPE NAME [KIND]"));
      return 2;
    }
  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  if (!read_field_spec (cli, &new_field, options, error))
    return 2;
  if (!crm_store_write (cli->store, CRM_ACT_FIELD, CRM_SOURCE_COMMAND_LINE, add_field_func,
                        &new_field, cli->cancellable, NULL, error))
    return 1;

  if (cli->format == CRM_FORMAT_JSON)
    {
      add_field (builder, new_field.field);
      crm_cli_print_json (json_builder_get_root (builder));
    }
  else
    print_field (cli, new_field.field);
  return 0;
}

const CrmCliCommand crm_cli_schema_commands[] = {
  { "types", "", N_ ("Lists the record types"), NULL, 0, 0, run_types },
  { "fields", "TYPE", N_ ("Lists the fields of a type"), NULL, 1, 1, run_fields },
  { "type", "add NAME", N_ ("Adds a record type"), type_entries, 2, 2, run_type },
  { "field", "add TYPE NAME [KIND]", N_ ("Adds a field to a type"), field_entries, 3, 4,
    run_field },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
