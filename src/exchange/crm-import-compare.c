/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row says, beside what records say that are there already. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-text.h"

const CrmValue *
crm_import_get_value (const CrmImportWriter *self, const CrmImportRow *row, const CrmField *field)
{
  int slot = field != NULL ? self->layout->slot_of_field[field->index] : -1;

  return slot >= 0 ? row->values[slot] : NULL;
}

gboolean
crm_import_writer_load (CrmImportWriter *self, gint64 id, CrmRecord **record, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *record = crm_transaction_peek (self->transaction, self->layout->type, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

const char *
crm_import_get_external_id (const CrmImportWriter *self, const CrmImportRow *row)
{
  const CrmValue *value = crm_import_get_value (self, row, self->layout->external_id);

  return value != NULL ? crm_value_get_text (value) : row->record_id;
}

const CrmValue *
crm_import_get_telling_text (CrmImportWriter *self, const CrmImportRow *row, const CrmField **field)
{
  guint i;

  for (i = 0; i < self->layout->n_slots; i++)
    {
      *field = self->layout->slots[i].field;
      if (row->values[i] != NULL && ((*field)->flags & CRM_FIELD_SYSTEM) == 0 &&
          ((*field)->kind == CRM_KIND_TEXT || (*field)->kind == CRM_KIND_LONGTEXT))
        return row->values[i];
    }

  return NULL;
}

/* Comparing */

static gboolean
has_all_items (const CrmValue *have, const CrmValue *want)
{
  for (guint i = 0; i < crm_value_get_n_items (want); i++)
    if (!crm_value_has_item (have, crm_value_get_item (want, i)))
      return FALSE;

  return TRUE;
}

gboolean
crm_import_record_says_all (CrmImportWriter *self,
                            const CrmImportRow *row,
                            const CrmRecord *record,
                            gint64 company_id)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  if (row->record_id != NULL)
    return FALSE;
  if (company_id > 0)
    {
      const CrmValue *company = crm_record_get_value (record, layout->company);

      if (company == NULL || crm_value_get_integer (company) != company_id)
        return FALSE;
    }

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      const CrmValue *want = row->values[i];
      const CrmValue *have = crm_record_get_value (record, field);

      if (want == NULL || (field->flags & CRM_FIELD_READ_ONLY) != 0)
        continue;
      /* Only records of the same name are compared. */
      if (row->is_whole_name && crm_import_layout_is_name_part (layout, field))
        continue;
      if (have == NULL)
        return FALSE;
      if (crm_kind_is_repeated (field->kind) ? !has_all_items (have, want)
                                             : !crm_value_equal (have, want))
        return FALSE;
    }

  return TRUE;
}

/* Unique values of others */

static gboolean
check_key (CrmImportWriter *self,
           CrmImportRow *row,
           const CrmField *field,
           const char *key,
           const char *text,
           gint64 id,
           GError **error)
{
  GArray *ids = self->ids;
  g_autoptr (CrmRecord) holder = NULL;
  g_autofree char *message = NULL;
  guint i;

  g_array_set_size (ids, 0);
  if (!crm_import_index_find (self->index, field, key, ids, error))
    return FALSE;

  for (i = 0; i < ids->len && holder == NULL; i++)
    if (g_array_index (ids, gint64, i) != id &&
        !crm_import_writer_load (self, g_array_index (ids, gint64, i), &holder, error))
      return FALSE;
  if (holder == NULL)
    return TRUE;

  row->conflict = CRM_IMPORT_CONFLICT_TAKEN;
  message = g_strdup_printf (_ ("“%s” belongs to “%s” already; merge the two or correct the row."),
                             text, crm_record_get_label (holder));
  crm_import_row_add_problem (row, self->layout, -1, text, CRM_SEVERITY_REJECTED, message);
  g_free (((CrmProblem *) g_ptr_array_index (row->problems, row->problems->len - 1))->column);
  ((CrmProblem *) g_ptr_array_index (row->problems, row->problems->len - 1))->column = g_strdup (
      field->label);

  return TRUE;
}

gboolean
crm_import_check_unique (CrmImportWriter *self, CrmImportRow *row, gint64 id, GError **error)
{
  guint i, j;

  for (i = 0; i < self->layout->n_keys; i++)
    {
      const CrmField *field = self->layout->keys[i];
      const CrmValue *value = crm_import_get_value (self, row, field);

      if (value == NULL)
        continue;
      if (!crm_kind_is_repeated (field->kind))
        {
          g_autofree char *key = crm_record_keys_make (field, value);

          if (!check_key (self, row, field, key, crm_value_get_text (value), id, error))
            return FALSE;
          continue;
        }
      for (j = 0; j < crm_value_get_n_items (value) && !row->rejected; j++)
        {
          const CrmItem *item = crm_value_get_item (value, j);

          if (!check_key (self, row, field, crm_item_get_key (item), item->text, id, error))
            return FALSE;
        }
    }

  return TRUE;
}

static void
index_items (CrmImportWriter *self, const CrmField *field, const CrmValue *value, gint64 id)
{
  guint i;

  for (i = 0; i < crm_value_get_n_items (value); i++)
    crm_import_index_add (self->index, field, crm_item_get_key (crm_value_get_item (value, i)), id);
}

void
crm_import_index_row (CrmImportWriter *self, const CrmImportRow *row, gint64 company_id, gint64 id)
{
  const CrmImportLayout *layout = self->layout;
  const CrmValue *phones = crm_import_get_value (self, row, layout->phones);
  const CrmValue *links = crm_import_get_value (self, row, layout->links);
  const char *external_id = crm_import_get_external_id (self, row);
  guint i;

  for (i = 0; i < layout->n_keys; i++)
    {
      const CrmValue *value = crm_import_get_value (self, row, layout->keys[i]);

      if (value != NULL && crm_kind_is_repeated (layout->keys[i]->kind))
        {
          index_items (self, layout->keys[i], value, id);
        }
      else if (value != NULL)
        {
          g_autofree char *key = crm_record_keys_make (layout->keys[i], value);

          crm_import_index_add (self->index, layout->keys[i], key, id);
        }
    }
  if (links != NULL)
    index_items (self, layout->links, links, id);
  if (external_id != NULL)
    crm_import_index_add (self->index, layout->external_id, external_id, id);

  crm_import_index_add_name (self->index, row->name != NULL ? row->name : "", MAX (company_id, 0),
                             id);
  for (i = 0; phones != NULL && i < crm_value_get_n_items (phones); i++)
    {
      const CrmItem *item = crm_value_get_item (phones, i);

      if (row->name != NULL)
        crm_import_index_add_phone (self->index, crm_item_get_key (item), row->name, id);
      crm_import_index_add (self->index, layout->phones, crm_item_get_key (item), id);
    }
  if (row->name == NULL)
    {
      const CrmField *field;
      const CrmValue *text = crm_import_get_telling_text (self, row, &field);

      if (text != NULL)
        crm_import_index_add (self->index, field, crm_value_get_text (text), id);
    }
}

/* The same of a record that comes to life */
void
crm_import_index_record (CrmImportWriter *self, const CrmRecord *record)
{
  const CrmImportLayout *layout = self->layout;
  gint64 id = crm_record_get_id (record);
  CrmImportRow row = { 0 };
  g_autofree char *name = NULL;
  const CrmValue *company = NULL;
  const CrmValue *label;
  guint i;

  row.values = g_newa0 (CrmValue *, layout->n_slots + 1);
  for (i = 0; i < layout->n_slots; i++)
    row.values[i] = crm_record_get_value (record, layout->slots[i].field);
  if (layout->company != NULL)
    company = crm_record_get_value (record, layout->company);
  label = crm_record_get_value (record, layout->type->label_field);
  if (label != NULL)
    row.name = name = layout->is_companies ? crm_text_normalise_company (crm_value_get_text (label))
                                           : crm_text_normalise_name (crm_value_get_text (label));

  crm_import_index_row (self, &row, company != NULL ? crm_value_get_integer (company) : 0, id);
}

/* From the trash */

static gboolean
is_taken (CrmImportWriter *self,
          const CrmField *field,
          const char *key,
          gboolean *taken,
          GError **error)
{
  g_array_set_size (self->ids, 0);
  if (!crm_import_index_find (self->index, field, key, self->ids, error))
    return FALSE;
  *taken = *taken || self->ids->len > 0;

  return TRUE;
}

static gboolean
is_any_taken (CrmImportWriter *self, const CrmRecord *record, gboolean *taken, GError **error)
{
  guint i, j;

  for (i = 0; i < self->layout->n_keys; i++)
    {
      const CrmField *field = self->layout->keys[i];
      const CrmValue *value = crm_record_get_value (record, field);
      g_autofree char *key = NULL;

      if (value == NULL)
        continue;
      if (!crm_kind_is_repeated (field->kind))
        {
          key = crm_record_keys_make (field, value);
          if (!is_taken (self, field, key, taken, error))
            return FALSE;
          continue;
        }
      for (j = 0; j < crm_value_get_n_items (value); j++)
        if (!is_taken (self, field, crm_item_get_key (crm_value_get_item (value, j)), taken, error))
          return FALSE;
    }

  return TRUE;
}

gboolean
crm_import_restore (CrmImportWriter *self, CrmImportRow *row, gint64 id, GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  gboolean taken = FALSE;

  if (!crm_import_writer_load (self, id, &record, error))
    return FALSE;
  if (record == NULL)
    {
      crm_record_set_not_found (error, self->layout->type, id);
      return FALSE;
    }
  if (!is_any_taken (self, record, &taken, error))
    return FALSE;
  if (taken)
    {
      row->conflict = CRM_IMPORT_CONFLICT_TAKEN;
      crm_import_row_add_problem (row, self->layout, -1, crm_record_get_label (record),
                                  CRM_SEVERITY_REJECTED,
                                  _ ("The record is in the trash and has something that belongs to "
                                     "another one by now; restore it by hand, or import the row as "
                                     "a new one."));
      return TRUE;
    }
  if (!crm_transaction_restore (self->transaction, crm_import_writer_get_type (self), id, error))
    return FALSE;
  crm_import_index_record (self, record);

  return TRUE;
}
