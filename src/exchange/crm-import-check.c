/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a row would be refused, asked before anything is made for it: a company that nobody works for
 * would stay behind. */

#include "config.h"

#include "crm-error.h"
#include "crm-import-combine-private.h"
#include "crm-import-writer-private.h"

/* Stands for records and options that are still to be made */
#define STAND_IN G_MAXINT64

static gboolean
is_still_to_be_made (const CrmImportLayout *layout,
                     const CrmImportRow *row,
                     guint slot,
                     gboolean has_company)
{
  guint i;

  if (has_company && (int) slot == layout->company_slot)
    return TRUE;
  for (i = 0; row->texts != NULL && i < row->texts->len; i++)
    if (g_array_index (row->texts, CrmImportText, i).slot == slot)
      return TRUE;
  for (i = 0; i < layout->n_related; i++)
    if (!layout->related[i].is_reverse && !layout->related[i].is_company &&
        !row->related[i].excluded && row->related[i].matched == 0 &&
        layout->slot_of_field[layout->related[i].relation->index] == (int) slot)
      return TRUE;

  return FALSE;
}

/* @values: (array): of as many slots as the layout has, to be unreferenced */
static void
collect_values (CrmImportWriter *self,
                const CrmImportRow *row,
                const CrmRecord *record,
                gboolean has_company,
                CrmValue **values)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      CrmValue *old = record != NULL ? crm_record_get_value (record, field) : NULL;

      if (row->values[i] == NULL && is_still_to_be_made (layout, row, i, has_company))
        values[i] = crm_value_new_item (NULL, NULL, NULL, STAND_IN, field->target);
      else if (record != NULL)
        values[i] = crm_import_combine (layout, i, old, row->values[i]);
      else if (row->values[i] != NULL)
        values[i] = crm_value_ref (row->values[i]);
    }
}

gboolean
crm_import_check_row (CrmImportWriter *self,
                      CrmImportRow *row,
                      gint64 id,
                      gboolean has_company,
                      GError **error)
{
  const CrmImportLayout *layout = self->layout;
  const CrmField **fields = g_newa (const CrmField *, layout->n_slots + 1);
  CrmValue **values = g_newa0 (CrmValue *, layout->n_slots + 1);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  guint n_values = 0;
  guint i;
  gboolean ok;

  if (id != 0 && !crm_import_writer_load (self, id, &record, error))
    return FALSE;
  collect_values (self, row, record, has_company, values);
  for (i = 0; i < layout->n_slots; i++)
    if (values[i] != NULL)
      {
        fields[n_values] = layout->slots[i].field;
        values[n_values++] = values[i];
      }
  ok = crm_transaction_check (self->transaction, crm_import_writer_get_type (self), id, fields,
                              values, n_values, &local_error);
  for (i = 0; i < n_values; i++)
    crm_value_unref (values[i]);

  return ok || crm_import_refuse (self, row, g_steal_pointer (&local_error), error);
}

gboolean
crm_import_related_check (CrmImportWriter *self,
                          CrmImportRow *row,
                          gint64 company_id,
                          GError **error)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  for (i = 0; i < layout->n_related && !row->rejected; i++)
    {
      const CrmImportRelatedLayout *way = &layout->related[i];
      CrmImportRow *related = &row->related[i];

      if (way->is_reverse || related->excluded ||
          (way->is_company ? company_id >= 0 : related->matched != 0))
        continue;
      if (way->is_company &&
          !crm_import_related_complete_company (self, &self->related[i], row, related, error))
        return FALSE;
      if (!crm_import_check_row (&self->related[i], related, 0, company_id != 0, error))
        return FALSE;
      crm_import_row_take_problems (row, related);
    }

  return TRUE;
}
