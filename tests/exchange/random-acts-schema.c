/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to types, fields, options and views of a random world. */

#include "random-acts-private.h"

#include <string.h>

#include "crm-schema.h"
#include "crm-view.h"

#define ID G_GINT64_FORMAT
#define MAX_CUSTOM_FIELDS 12

static gboolean
add_field (World *world, CrmTransaction *transaction, GError **error)
{
  static const CrmKind kinds[] = { CRM_KIND_TEXT, CRM_KIND_INTEGER, CRM_KIND_CHOICES,
                                   CRM_KIND_RELATIONS, CRM_KIND_EMAILS };
  static const char *const options[] = { "Red", "Green", "Blue", NULL };
  const ModelField *beside = world_pick_field (world, FALSE);
  g_autofree char *name = g_strdup_printf ("custom_%u", world->n_names++);
  CrmFieldSpec spec = { .name = name, .kind = kinds[world_pick (world, G_N_ELEMENTS (kinds))] };

  if (beside == NULL || world->next->fields->len > N_STANDARD_FIELDS + MAX_CUSTOM_FIELDS)
    return TRUE;
  if (spec.kind == CRM_KIND_TEXT && world_pick (world, 2) == 0)
    spec.flags = CRM_FIELD_UNIQUE;
  if (spec.kind == CRM_KIND_CHOICES)
    spec.options = options;
  if (spec.kind == CRM_KIND_RELATIONS)
    {
      spec.target = test_get_type (transaction, "people");
      spec.reverse_name = name;
    }
  model_add_field (world->next, beside->type, name, spec.kind,
                   (spec.flags & CRM_FIELD_UNIQUE) != 0);
  beside = &g_array_index (world->next->fields, ModelField, world->next->fields->len - 1);
  return crm_schema_add_field (transaction, test_get_type (transaction, beside->type), &spec, NULL,
                               error);
}

static gboolean
add_type (World *world, CrmTransaction *transaction, GError **error)
{
  g_autofree char *name = g_strdup_printf ("things_%u", world->n_names++);

  if (world->n_names > 40)
    return TRUE;
  model_add_field (world->next, name, "name", CRM_KIND_TEXT, FALSE);
  return crm_schema_add_type (transaction, name, NULL, NULL, NULL, error);
}

static gboolean
remove_field (World *world, CrmTransaction *transaction, GError **error)
{
  ModelField *field = world_pick_field (world, TRUE);
  const CrmRecordType *type;

  if (field == NULL)
    return TRUE;
  if (strcmp (field->name, "name") != 0)
    {
      field->removed = TRUE;
      return crm_schema_remove_field (transaction, world_get_field (transaction, field), error);
    }

  type = test_get_type (transaction, field->type);
  g_ptr_array_add (world->next->removed_types, (gpointer) field->type);
  return crm_schema_remove_type (transaction, type, error);
}

/* Unique or not, and called something else */
static gboolean
set_field (World *world, CrmTransaction *transaction, GError **error)
{
  ModelField *field = world_pick_field (world, TRUE);
  g_autofree char *label = g_strdup_printf ("Label %u", world->n_names++);
  CrmFieldChange change = { .label = label };

  if (field == NULL)
    return TRUE;
  if (field->kind == CRM_KIND_TEXT && strcmp (field->name, "name") != 0 &&
      (field->unique || !model_field_has_clash (world->next, field)))
    {
      field->unique = !field->unique;
      change.unique = field->unique ? CRM_SCHEMA_YES : CRM_SCHEMA_NO;
    }
  return crm_schema_set_field (transaction, world_get_field (transaction, field), &change, error);
}

static gboolean
change_options (World *world, CrmTransaction *transaction, GError **error)
{
  const ModelField *field = world_pick (world, 2) == 0
                                ? model_find_field (world->next, "people", "tags")
                                : world_pick_field (world, FALSE);
  g_autofree char *label = g_strdup_printf ("Option %u", world->n_names++);
  CrmOptionChange change = CRM_OPTION_CHANGE_INIT;
  const CrmField *real;
  const CrmOption *options[2];

  if (field == NULL || (field->kind != CRM_KIND_CHOICE && field->kind != CRM_KIND_CHOICES))
    return TRUE;
  real = world_get_field (transaction, field);
  if (real->n_options < 3 || world_pick (world, 3) == 0)
    return crm_schema_add_option (transaction, real, label, 0, NULL, error);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    options[i] = real->options[world_pick (world, (gint) real->n_options)];
  if (options[0] == options[1])
    {
      change.label = label;
      return crm_schema_set_option (transaction, options[0], &change, error);
    }
  if (world_pick (world, 2) == 0)
    return crm_schema_move_option (transaction, options[0], options[1], error);

  {
    g_autofree char *from = g_strdup_printf ("%" ID, options[0]->id);
    g_autofree char *to = g_strdup_printf ("%" ID, options[1]->id);

    model_replace_option (world->next, field, from, to);
    return crm_schema_remove_option (transaction, options[0], options[1], error);
  }
}

gboolean
world_change_schema (CrmTransaction *transaction, gpointer data, GError **error)
{
  World *world = data;

  switch (world_pick (world, 8))
    {
    case 0:
      return add_type (world, transaction, error);
    case 1:
    case 2:
      return add_field (world, transaction, error);
    case 3:
      return remove_field (world, transaction, error);
    case 4:
    case 5:
      return set_field (world, transaction, error);
    default:
      return change_options (world, transaction, error);
    }
}

gboolean
world_change_view (CrmTransaction *transaction, gpointer data, GError **error)
{
  World *world = data;
  const CrmRecordType *type = test_get_type (transaction,
                                             world_pick (world, 2) == 0 ? "people" : "deals");
  const CrmView *view = type->n_views > 0 ? type->views[world_pick (world, (gint) type->n_views)]
                                          : NULL;
  g_autofree char *label = g_strdup_printf ("View %u", world->n_names++);
  CrmViewChange change = CRM_VIEW_CHANGE_INIT;

  change.label = label;
  if (view == NULL || world_pick (world, 3) == 0)
    return crm_view_add (transaction, type, &change, NULL, error);
  switch (world_pick (world, 4))
    {
    case 0:
      return crm_view_set (transaction, view, &change, error);
    case 1:
      return crm_view_duplicate (transaction, view, label, NULL, error);
    case 2:
      return crm_view_move (transaction, view, type->views[0], error);
    default:
      return type->n_views > 1 ? crm_view_remove (transaction, view, error)
                               : crm_view_set (transaction, view, &change, error);
    }
}
