/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-board-slot.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"

static CrmBoardSlot *
slot_new (gint64 id, const char *label)
{
  CrmBoardSlot *self = g_new0 (CrmBoardSlot, 1);

  self->id = id;
  self->label = g_strdup (label);

  return self;
}

CrmBoardSlot *
crm_board_slot_copy (const CrmBoardSlot *self)
{
  CrmBoardSlot *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = slot_new (self->id, self->label);
  copy->color = g_strdup (self->color);
  copy->parent = self->parent;
  copy->outcome = self->outcome;

  return copy;
}

void
crm_board_slot_free (CrmBoardSlot *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->label);
  g_free (self->color);
  g_free (self);
}

gboolean
crm_board_slot_fits (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return (field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) == 0 &&
         (field->kind == CRM_KIND_MEMBER ||
          (field->kind == CRM_KIND_CHOICE && field->n_options > 0));
}

/* Stages before other choices, and those before members */
const CrmField *
crm_board_slot_find_field (const CrmRecordType *type)
{
  const CrmField *found = NULL;

  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (!crm_board_slot_fits (field))
        continue;
      if (field->kind == CRM_KIND_CHOICE && field->options[0]->outcome != CRM_OUTCOME_NONE)
        return field;
      if (found == NULL || (found->kind != CRM_KIND_CHOICE && field->kind == CRM_KIND_CHOICE))
        found = field;
    }

  return found;
}

static void
add_options (GPtrArray *slots, const CrmField *field)
{
  for (guint i = 0; i < field->n_options; i++)
    {
      const CrmOption *option = field->options[i];
      CrmBoardSlot *slot = slot_new (option->id, option->label);

      slot->color = g_strdup (option->color);
      slot->parent = option->parent;
      slot->outcome = option->outcome;
      g_ptr_array_add (slots, slot);
    }
}

static gboolean
add_members (GPtrArray *slots,
             CrmStore *store,
             const CrmField *field,
             GCancellable *cancellable,
             GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_type (crm_store_get_catalogue (store),
                                                      field->target);
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (type == NULL)
    return TRUE;

  query = crm_query_new (type);
  crm_query_add_sort (query, type->label_field, FALSE);
  ids = crm_query_run (query, store, cancellable, error);
  if (ids == NULL)
    return FALSE;
  records = crm_store_get_records (store, type, (const gint64 *) ids->data, ids->len, NULL, 0,
                                   cancellable, error);
  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (slots, slot_new (crm_record_get_id (g_ptr_array_index (records, i)),
                                      crm_record_get_label (g_ptr_array_index (records, i))));

  return TRUE;
}

GPtrArray *
crm_board_slot_list (CrmStore *store,
                     const CrmField *field,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) slots = NULL;
  g_autofree char *none = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  slots = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_board_slot_free);
  if (field->kind == CRM_KIND_CHOICE)
    add_options (slots, field);
  else if (!add_members (slots, store, field, cancellable, error))
    return NULL;

  /* Translators: the records without a value; %s is a field: "No Owner" */
  none = g_strdup_printf (_ ("No %s"), field->label);
  g_ptr_array_add (slots, slot_new (0, none));

  return g_steal_pointer (&slots);
}

CrmValue *
crm_board_slot_make_value (const CrmBoardSlot *self, const CrmField *field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  return self->id != 0 ? crm_value_new_item (self->label, NULL, NULL, self->id,
                                             field->kind == CRM_KIND_MEMBER ? field->target : 0)
                       : NULL;
}

CrmFilter *
crm_board_slot_make_filter (const CrmBoardSlot *self, const CrmField *field)
{
  g_autoptr (CrmValue) value = crm_board_slot_make_value (self, field);

  return crm_filter_new_equal (field, value);
}

char *
crm_board_slot_make_markup (const CrmBoardSlot *self)
{
  const char *tone;

  g_return_val_if_fail (self != NULL, NULL);

  tone = crm_cell_get_tone (self->color);
  return tone != NULL
             ? g_markup_printf_escaped ("<span color=\"%s\">●</span>  %s", tone, self->label)
             : g_markup_escape_text (self->label, -1);
}

gboolean
crm_board_slot_is_column (const CrmBoardSlot *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->outcome == CRM_OUTCOME_OPEN || self->outcome == CRM_OUTCOME_NONE;
}
