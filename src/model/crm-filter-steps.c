/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-card-order.h"
#include "crm-filter-edit.h"
#include "crm-filter-private.h"

static void
step_free (gpointer data)
{
  CrmFilterStep *step = data;

  g_free (step->path);
  g_free (step->label);
  g_free (step);
}

/* What people call the other side of a relation */
static const char *
get_reverse_label (const CrmField *field, const CrmRecordType *from)
{
  return field->reverse_label != NULL ? field->reverse_label : from->label_many;
}

static void
add_step (GPtrArray *steps,
          const char *prefix,
          const char *name,
          const char *label,
          const CrmRecordType *target,
          const CrmField *field,
          gboolean many)
{
  CrmFilterStep *step = g_new0 (CrmFilterStep, 1);

  step->path = prefix != NULL ? g_strconcat (prefix, ".", name, NULL) : g_strdup (name);
  step->label = g_strdup (label);
  step->target = target;
  step->field = field;
  step->many = many;
  g_ptr_array_add (steps, step);
}

static void
add_field (GPtrArray *steps,
           const CrmCatalogue *catalogue,
           const char *prefix,
           const CrmField *field)
{
  gboolean many = crm_kind_is_repeated (field->kind);
  const CrmRecordType *target = NULL;

  if (field->kind == CRM_KIND_MEMBER)
    target = crm_catalogue_find_type (catalogue, "members");
  else if (crm_kind_is_relation (field->kind) && field->target != 0)
    target = crm_catalogue_get_type (catalogue, field->target);

  add_step (steps, prefix, field->name, field->label, target, field,
            many && crm_kind_is_relation (field->kind));
  if (!crm_kind_is_relation (field->kind) || target != NULL)
    return;

  /* To records of any type: which one is said behind it */
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autofree char *name = g_strconcat (field->name, ".", type->name, NULL);
      g_autofree char *label = g_strdup_printf ("%s (%s)", field->label, type->label_many);

      add_step (steps, prefix, name, label, type, field, many);
    }
}

GPtrArray *
crm_filter_list_steps (CrmStore *store, const CrmRecordType *type, const char *prefix)
{
  const CrmCatalogue *catalogue;
  g_autoptr (GPtrArray) reverse = NULL;
  GPtrArray *steps;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  catalogue = crm_store_get_catalogue (store);
  steps = g_ptr_array_new_with_free_func (step_free);
  /* The order of a board's cards says nothing to anyone */
  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i] != crm_card_order_find (type))
      add_field (steps, catalogue, prefix, type->fields[i]);

  reverse = crm_catalogue_list_reverse (catalogue, type);
  for (guint i = 0; i < reverse->len; i++)
    {
      const CrmField *field = g_ptr_array_index (reverse, i);
      const CrmRecordType *from = crm_catalogue_get_type (catalogue, field->type_id);

      if (field->reverse_name != NULL && from != NULL)
        add_step (steps, prefix, field->reverse_name, get_reverse_label (field, from), from, field,
                  TRUE);
    }

  return steps;
}

char *
crm_filter_node_describe_path (const CrmFilterNode *self, CrmStore *store)
{
  g_autoptr (GPtrArray) meanings = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  const CrmPath *meaning;

  g_return_val_if_fail (self != NULL && self->path != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  meanings = crm_path_resolve (crm_store_get_catalogue (store), self->type, self->path, 1,
                               self->shape == CRM_FILTER_NODE_RELATED, NULL);
  if (meanings == NULL)
    return g_strdup (self->path);

  meaning = g_ptr_array_index (meanings, 0);
  for (guint i = 0; i < meaning->hops->len; i++)
    {
      const CrmHop *hop = &g_array_index (meaning->hops, CrmHop, i);

      g_string_append_printf (words, "%s%s", i > 0 ? " › " : "",
                              hop->reverse ? get_reverse_label (hop->field, hop->type)
                                           : hop->field->label);
      if (hop->names_type)
        g_string_append_printf (words, " (%s)", hop->type->label_many);
    }
  if (meaning->leaf != CRM_LEAF_RECORD && words->len > 0)
    g_string_append (words, " › ");
  if (meaning->leaf == CRM_LEAF_ID)
    g_string_append (words, "ID");
  else if (meaning->field != NULL)
    g_string_append (words, meaning->field->label);

  return g_strdup (words->str);
}
