/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-catalogue-compare.h"

static gboolean
are_same_text (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static gboolean
are_same_option (const CrmOption *a, const CrmOption *b)
{
  return a->id == b->id && a->parent == b->parent && a->probability == b->probability &&
         a->outcome == b->outcome && are_same_text (a->name, b->name) &&
         are_same_text (a->label, b->label) && are_same_text (a->color, b->color);
}

static gboolean
are_same_field (const CrmField *a, const CrmField *b)
{
  if (a->id != b->id || a->kind != b->kind || a->flags != b->flags || a->target != b->target ||
      a->n_options != b->n_options || !are_same_text (a->name, b->name) ||
      !are_same_text (a->label, b->label) || !are_same_text (a->reverse_name, b->reverse_name) ||
      !are_same_text (a->reverse_label, b->reverse_label))
    return FALSE;
  for (guint i = 0; i < a->n_options; i++)
    if (!are_same_option (a->options[i], b->options[i]))
      return FALSE;

  return TRUE;
}

static gboolean
are_same_type (const CrmRecordType *a, const CrmRecordType *b)
{
  if (a->id != b->id || a->n_fields != b->n_fields || !are_same_text (a->name, b->name) ||
      !are_same_text (a->label, b->label) || !are_same_text (a->label_many, b->label_many) ||
      !are_same_text (a->icon, b->icon) ||
      (a->label_field != NULL ? a->label_field->id : 0) !=
          (b->label_field != NULL ? b->label_field->id : 0))
    return FALSE;
  for (guint i = 0; i < a->n_fields; i++)
    if (!are_same_field (a->fields[i], b->fields[i]))
      return FALSE;

  return TRUE;
}

gboolean
crm_catalogue_describes_same (const CrmCatalogue *a, const CrmCatalogue *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (crm_catalogue_get_n_types (a) != crm_catalogue_get_n_types (b))
    return FALSE;
  for (guint i = 0; i < crm_catalogue_get_n_types (a); i++)
    if (!are_same_type (crm_catalogue_get_type_at (a, i), crm_catalogue_get_type_at (b, i)))
      return FALSE;

  return TRUE;
}
