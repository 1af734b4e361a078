/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How an import maps columns: options of `import`, and `mapping`. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-import-memory.h"

static gboolean
read_date_order (const char *text, CrmDateOrder *order, GError **error)
{
  if (g_str_equal (text, "dmy"))
    *order = CRM_DATE_ORDER_DMY;
  else if (g_str_equal (text, "mdy"))
    *order = CRM_DATE_ORDER_MDY;
  else if (g_str_equal (text, "ymd"))
    *order = CRM_DATE_ORDER_YMD;
  else
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("--date-order takes dmy, mdy or ymd, not “%s”."), text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_writing (const CrmCliMapping *mapping, CrmImportPlan *plan, GError **error)
{
  CrmDateOrder order = CRM_DATE_ORDER_DMY;
  gboolean comma = mapping->decimal != NULL && g_str_equal (mapping->decimal, "comma");

  if (mapping->date_order != NULL && !read_date_order (mapping->date_order, &order, error))
    return FALSE;
  if (mapping->decimal != NULL && !comma && !g_str_equal (mapping->decimal, "point"))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("--decimal takes comma or point, not “%s”."), mapping->decimal);
      return FALSE;
    }

  for (guint i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    {
      if (mapping->date_order != NULL)
        crm_import_plan_set_date_order (plan, i, order);
      if (mapping->decimal != NULL)
        crm_import_plan_set_decimal_comma (plan, i, comma);
      if (mapping->currency != NULL &&
          !crm_import_plan_set_currency (plan, i, mapping->currency, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
crm_cli_mapping_use (const CrmCliMapping *mapping, CrmImportPlan *plan, GError **error)
{
  g_autoptr (CrmImportMemory) memory = crm_import_memory_new (NULL);
  g_autofree char *known = NULL;

  if (mapping->again && mapping->name != NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("--again and --mapping both say where columns go; leave one out."));
      return FALSE;
    }
  if (mapping->again)
    return crm_import_memory_use_last (memory, plan, error);
  if (mapping->name != NULL)
    return crm_import_memory_use (memory, mapping->name, plan, error);

  /* One that fits no more is as if it were not there. */
  known = crm_import_memory_recognise (memory, plan);
  if (known != NULL && !crm_import_memory_use (memory, known, plan, NULL))
    crm_import_plan_propose (plan);

  return TRUE;
}

gboolean
crm_cli_mapping_set (const CrmCliMapping *mapping, CrmImportPlan *plan, GError **error)
{
  if (mapping->translate)
    crm_import_plan_set_translates_options (plan, TRUE);

  return set_writing (mapping, plan, error);
}

gboolean
crm_cli_mapping_keep (const CrmCliMapping *mapping, CrmImportPlan *plan, GError **error)
{
  g_autoptr (CrmImportMemory) memory = crm_import_memory_new (NULL);
  g_autoptr (GError) local_error = NULL;

  /* What was imported stays imported where this cannot be remembered. */
  if (!crm_import_memory_keep_last (memory, plan, &local_error))
    g_printerr ("%s\n", local_error->message);

  return mapping->save == NULL || crm_import_memory_save (memory, mapping->save, plan, error);
}

static const char *
get_confidence (CrmImportConfidence confidence)
{
  return confidence == CRM_IMPORT_SURE    ? "sure"
         : confidence == CRM_IMPORT_CHECK ? "check"
                                          : "ignored";
}

void
crm_cli_mapping_print (CrmCli *cli, CrmImportPlan *plan)
{
  static const char *const titles[] = { "column", "target", "confidence", "reason" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    {
      g_autofree char *target = crm_import_plan_get_target (plan, i);
      const char *cells[] = { crm_import_plan_get_column_title (plan, i), target,
                              get_confidence (crm_import_plan_get_confidence (plan, i)),
                              crm_import_plan_get_reason (plan, i) };
      g_autoptr (GString) row = g_string_new (NULL);

      if (cli->format == CRM_FORMAT_CSV)
        crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
      else if (cli->format == CRM_FORMAT_TABLE)
        g_string_printf (row, "%-32s %-24s %-8s %s\n", cells[0], cells[1], cells[2], cells[3]);
      fputs (row->str, stdout);

      json_builder_begin_object (builder);
      for (guint j = 0; j < G_N_ELEMENTS (cells); j++)
        crm_cli_add_text (builder, titles[j], cells[j]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
}

static int
list_mappings (CrmCli *cli)
{
  static const char *const titles[] = { "name", "type", "columns" };
  g_autoptr (CrmImportMemory) memory = crm_import_memory_new (NULL);
  g_autoptr (GPtrArray) mappings = crm_import_memory_list (memory, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  crm_cli_print_titles (cli, titles, G_N_ELEMENTS (titles));
  json_builder_begin_array (builder);
  for (guint i = 0; i < mappings->len; i++)
    {
      const CrmSavedMapping *mapping = g_ptr_array_index (mappings, i);
      g_autofree char *n_columns = g_strdup_printf ("%u", mapping->n_columns);
      const char *cells[] = { mapping->name, mapping->type, n_columns };
      g_autoptr (GString) row = g_string_new (NULL);

      if (cli->format == CRM_FORMAT_CSV)
        crm_csv_append_row (row, cells, G_N_ELEMENTS (cells));
      else if (cli->format == CRM_FORMAT_TABLE)
        g_string_printf (row, "%-32s %-12s %s\n", cells[0], cells[1], cells[2]);
      fputs (row->str, stdout);

      json_builder_begin_object (builder);
      crm_cli_add_text (builder, "name", mapping->name);
      crm_cli_add_text (builder, "type", mapping->type);
      json_builder_set_member_name (builder, "columns");
      json_builder_add_int_value (builder, mapping->n_columns);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (cli->format == CRM_FORMAT_JSON)
    crm_cli_print_json (json_builder_get_root (builder));
  return 0;
}

static int
run_mapping (CrmCli *cli, GError **error)
{
  g_autoptr (CrmImportMemory) memory = crm_import_memory_new (NULL);

  if (g_str_equal (cli->words[0], "list") && cli->n_words == 1)
    return list_mappings (cli);
  if (g_str_equal (cli->words[0], "remove") && cli->n_words == 2)
    return crm_import_memory_remove (memory, cli->words[1], error) ? 0 : 2;

  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                       _ ("Use it so: crm mapping list | remove NAME"));
  return 2;
}

const CrmCliCommand crm_cli_mapping_commands[] = {
  { "mapping", "list | remove NAME", N_ ("Shows or removes saved mappings of columns"), NULL, 1, 2,
    run_mapping },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
