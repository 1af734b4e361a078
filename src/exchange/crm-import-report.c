/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "crm-import-writer-private.h"

/* Refused rows are all counted, and all written to the file of rejects; here no more are listed */
#define MAX_PROBLEMS 10000

void
crm_import_report_free (CrmImportReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->related, g_array_unref);
  g_free (self);
}

CrmImportReport *
crm_import_report_new (void)
{
  CrmImportReport *self = g_new0 (CrmImportReport, 1);

  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_problem_free);
  self->related = g_array_new (FALSE, FALSE, sizeof (CrmImportRelated));

  return self;
}

void
crm_import_report_add_related (CrmImportReport *self,
                               gint64 type_id,
                               gint64 created,
                               gint64 updated)
{
  CrmImportRelated related = { type_id, created, updated };
  guint i;

  if (created == 0 && updated == 0)
    return;

  for (i = 0; i < self->related->len; i++)
    {
      CrmImportRelated *known = &g_array_index (self->related, CrmImportRelated, i);

      if (known->type_id == type_id)
        {
          known->created += created;
          known->updated += updated;
          return;
        }
    }

  g_array_append_val (self->related, related);
}

void
crm_import_report_count_related (CrmImportReport *self, gint64 type_id)
{
  crm_import_report_add_related (self, type_id, 1, 0);
}

void
crm_import_report_add (CrmImportReport *self, CrmProblem *problem)
{
  if (self->problems->len < MAX_PROBLEMS)
    {
      g_ptr_array_add (self->problems, problem);
      return;
    }

  if (self->problems->len == MAX_PROBLEMS)
    g_ptr_array_add (self->problems,
                     crm_problem_new (problem->row, NULL, NULL, CRM_SEVERITY_WARNING,
                                      _ ("More problems follow; they are not listed.")));
  crm_problem_free (problem);
}

char *
crm_import_report_make_filter (const CrmImportReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->first_id == 0)
    return NULL;

  return g_strdup_printf ("id between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT, self->first_id,
                          self->last_id);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

JsonNode *
crm_import_report_to_json (CrmImportReport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *act = NULL;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->act_id != 0)
    act = g_strdup_printf ("%" G_GINT64_FORMAT, self->act_id);

  json_builder_begin_object (builder);
  add_number (builder, "rows", self->rows);
  add_number (builder, "created", self->created);
  add_number (builder, "updated", self->updated);
  add_number (builder, "unchanged", self->unchanged);
  add_number (builder, "rejected", self->rejected);
  add_text (builder, "change_set", act);
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_double_value (builder, self->seconds);

  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (i = 0; i < self->problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (self->problems, i);

      json_builder_begin_object (builder);
      add_number (builder, "row", problem->row);
      add_text (builder, "column", problem->column);
      add_text (builder, "value", problem->value);
      add_text (builder, "message", problem->message);
      add_text (builder, "severity",
                problem->severity == CRM_SEVERITY_REJECTED ? "rejected" : "warning");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
