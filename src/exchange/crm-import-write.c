/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row: found, refused, left alone, or written. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"

static void
reject (CrmImportRow *row, const CrmImportWriter *self, const char *message)
{
  crm_import_row_add_problem (row, self->layout, -1, NULL, CRM_SEVERITY_REJECTED, message);
}

void
crm_import_set_value (CrmImportWriter *self,
                      CrmImportRow *row,
                      const CrmField *field,
                      CrmValue *value)
{
  int slot = self->layout->slot_of_field[field->index];

  g_assert (slot >= 0);

  g_clear_pointer (&row->values[slot], crm_value_unref);
  row->values[slot] = value;
}

static void
set_company (CrmImportWriter *self, CrmImportRow *row, gint64 company_id)
{
  const CrmField *company = self->layout->company;

  if (company_id > 0 && self->layout->company_slot >= 0)
    crm_import_set_value (self, row, company,
                          crm_value_new_item (NULL, NULL, NULL, company_id, company->target));
}

void
crm_import_set_external_id (CrmImportWriter *self, CrmImportRow *row, gint64 id)
{
  if (row->record_id == NULL || self->layout->external_id == NULL)
    return;
  if (id != 0 && g_ascii_strtoll (row->record_id, NULL, 10) == id)
    return;

  crm_import_set_value (self, row, self->layout->external_id, crm_value_new_text (row->record_id));
}

gboolean
crm_import_refuse (CrmImportWriter *self, CrmImportRow *row, GError *reason, GError **error)
{
  g_autoptr (GError) kept = reason;

  /* A field that must not be empty and a twin that a rule forbids are the row's fault; anything else
   * ends the import. */
  if (!g_error_matches (kept, CRM_ERROR, CRM_ERROR_INVALID_VALUE) &&
      !g_error_matches (kept, CRM_ERROR, CRM_ERROR_TAKEN))
    {
      g_propagate_error (error, g_steal_pointer (&kept));
      return FALSE;
    }
  if (g_error_matches (kept, CRM_ERROR, CRM_ERROR_TAKEN))
    row->conflict = CRM_IMPORT_CONFLICT_TAKEN;
  reject (row, self, kept->message);

  return TRUE;
}

gboolean
crm_import_create_record (CrmImportWriter *self, CrmImportRow *row, gint64 *id, GError **error)
{
  const CrmImportLayout *layout = self->layout;
  const CrmField **fields = g_newa (const CrmField *, layout->n_slots + 1);
  CrmValue **values = g_newa (CrmValue *, layout->n_slots + 1);
  g_autoptr (GError) local_error = NULL;
  guint n_values = 0;
  guint i;

  *id = 0;
  for (i = 0; i < layout->n_slots; i++)
    if (row->values[i] != NULL)
      {
        fields[n_values] = layout->slots[i].field;
        values[n_values++] = row->values[i];
        if (!crm_import_keep_files (self, layout->slots[i].field, row->values[i], error))
          return FALSE;
      }

  if (!crm_transaction_create_with_texts (self->transaction, crm_import_writer_get_type (self),
                                          fields, values, n_values, row->texts_of_record, id,
                                          &local_error))
    return crm_import_refuse (self, row, g_steal_pointer (&local_error), error);

  if (self->first_created == 0)
    self->first_created = *id;

  return TRUE;
}

static void
warn_of_trash (CrmImportWriter *self, CrmImportRow *row, const char *message)
{
  row->conflict = CRM_IMPORT_CONFLICT_TRASHED;
  crm_import_row_add_problem (row, self->layout, -1, NULL, CRM_SEVERITY_WARNING, message);
}

static gboolean
write_new (CrmImportWriter *self,
           CrmImportRow *row,
           gint64 company_id,
           gboolean is_trashed,
           GError **error)
{
  gint64 id;
  gboolean changed = FALSE;

  set_company (self, row, company_id);
  crm_import_set_external_id (self, row, 0);
  if (!crm_import_create_record (self, row, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;

  if (is_trashed)
    warn_of_trash (self, row, _ ("A record like this one is in the trash; a new one was made."));
  crm_import_index_row (self, row, company_id, id);
  crm_import_defer (self, row, id);
  row->effect = CRM_IMPORT_EFFECT_NEW;
  self->report->created++;
  if (self->report->first_id == 0)
    self->report->first_id = id;
  self->report->last_id = id;

  return crm_import_write_note (self, row->note, id, error) &&
         crm_import_related_write (self, row, id, company_id, &changed, error);
}

static gboolean
write_existing (CrmImportWriter *self,
                CrmImportRow *row,
                gint64 company_id,
                gint64 id,
                gboolean restored,
                GError **error)
{
  gboolean changed = restored;

  /* What a work address tells is good for new records only: the row itself left the company alone.
   * */
  if (crm_import_has_company (row) || crm_import_related_has_company (self, row))
    set_company (self, row, company_id);
  crm_import_set_external_id (self, row, id);
  crm_import_index_row (self, row, company_id, id);
  crm_import_defer (self, row, id);

  if (!crm_import_related_write (self, row, id, company_id, &changed, error) ||
      !crm_import_update_add (self, row, id, changed, error))
    return FALSE;
  crm_id_set_add (self->touched, id);

  return TRUE;
}

/* The company that the row leads to; -1 for one that is to be made, 0 for none */
static gboolean
find_company (CrmImportWriter *self, CrmImportRow *row, gint64 *company_id, GError **error)
{
  const char *name;

  if (!crm_import_find_company (self, row, company_id, error) ||
      (*company_id == 0 && !crm_import_related_find_company (self, row, company_id, error)))
    return FALSE;
  if (*company_id != 0 ||
      (!crm_import_has_company (row) && !crm_import_related_has_company (self, row)))
    return TRUE;

  name = row->company_name != NULL ? row->company_name : row->company_domain;
  switch (self->plan->missing)
    {
    case CRM_IMPORT_MISSING_LEAVE:
      crm_import_row_add_problem (row, self->layout, -1, name, CRM_SEVERITY_WARNING,
                                  _ ("There is no such company; the field was left empty."));
      break;
    case CRM_IMPORT_MISSING_REFUSE:
      crm_import_row_add_problem (row, self->layout, -1, name, CRM_SEVERITY_REJECTED,
                                  _ ("There is no such company; make it first, or let the import "
                                     "make what is missing."));
      break;
    case CRM_IMPORT_MISSING_CREATE:
    default:
      *company_id = -1;
      break;
    }

  return TRUE;
}

/* Whether the row's company would be made for nothing: the record has one, which stays */
static gboolean
keeps_company (CrmImportWriter *self, gint64 id, gboolean *keeps, GError **error)
{
  const CrmImportLayout *layout = self->layout;
  g_autoptr (CrmRecord) record = NULL;
  CrmImportExisting existing;

  *keeps = FALSE;
  if (layout->company_slot < 0)
    return TRUE;
  existing = crm_import_layout_get_existing (layout, (guint) layout->company_slot);
  if (existing != CRM_IMPORT_FILL_EMPTY && existing != CRM_IMPORT_APPEND)
    return TRUE;

  if (!crm_import_writer_load (self, id, &record, error))
    return FALSE;
  *keeps = record != NULL && crm_record_get_value (record, layout->company) != NULL;

  return TRUE;
}

/* Makes what the row needs, and writes it */
static gboolean
take_row (CrmImportWriter *self,
          CrmImportRow *row,
          gint64 company_id,
          gint64 id,
          gint64 trashed,
          GError **error)
{
  gboolean restores = id == 0 && trashed != 0 && self->plan->trashed == CRM_IMPORT_TRASHED_RESTORE;
  gboolean keeps = FALSE;

  if (restores)
    {
      if (!crm_import_restore (self, row, trashed, error))
        return FALSE;
      if (row->rejected)
        return TRUE;
      row->matched = id = trashed;
    }
  if (company_id < 0 && id != 0 && !keeps_company (self, id, &keeps, error))
    return FALSE;
  if (keeps)
    company_id = 0;
  if (company_id < 0 || row->leads_to_new || row->texts != NULL)
    {
      if (!crm_import_related_check (self, row, company_id, error) ||
          (!row->rejected && !crm_import_check_row (self, row, id, company_id != 0, error)))
        return FALSE;
      if (row->rejected)
        return TRUE;
    }
  if (company_id < 0 && !(self->layout->n_related > 0
                              ? crm_import_related_create_company (self, row, &company_id, error)
                              : crm_import_create_company (self, row, &company_id, error)))
    return FALSE;
  if (!row->rejected && !crm_import_related_create_forward (self, row, company_id, error))
    return FALSE;
  if (row->rejected)
    return TRUE;
  if (!crm_import_resolve_texts (self, row, TRUE, error))
    return FALSE;

  return id != 0 ? write_existing (self, row, company_id, id, restores, error)
                 : write_new (self, row, company_id, trashed != 0, error);
}

static gboolean
leave_row (CrmImportWriter *self, CrmImportRow *row)
{
  row->effect = CRM_IMPORT_EFFECT_UNCHANGED;
  self->report->unchanged++;

  return TRUE;
}

gboolean
crm_import_write_row (CrmImportWriter *self, CrmImportRow *row, GError **error)
{
  CrmImportMode mode = self->plan->mode;
  gint64 company_id = 0;
  gint64 id = 0;
  gint64 trashed = 0;
  gboolean exists;

  if (!crm_import_update_make_room (self, error) ||
      !crm_import_resolve_texts (self, row, FALSE, error) ||
      !find_company (self, row, &company_id, error) ||
      !crm_import_related_find_forward (self, row, company_id, error))
    return FALSE;
  if (row->rejected)
    return TRUE;

  self->is_ambiguous = FALSE;
  if (!crm_import_match (self, row, company_id, &id, &trashed, error))
    return FALSE;
  row->matched = id;
  if (id == 0 && self->is_ambiguous)
    row->conflict = CRM_IMPORT_CONFLICT_AMBIGUOUS;
  if (row->rejected)
    return TRUE;

  if (id == 0 && trashed != 0 && self->plan->trashed == CRM_IMPORT_TRASHED_SKIP)
    {
      row->matched = trashed;
      warn_of_trash (self, row, _ ("The record is in the trash; the row was skipped."));
      return leave_row (self, row);
    }
  exists = id != 0 || (trashed != 0 && self->plan->trashed == CRM_IMPORT_TRASHED_RESTORE);
  if (!exists && mode == CRM_IMPORT_UPDATE)
    reject (row, self,
            _ ("There is no such record to update; import with another mode to make it."));
  if (exists && mode == CRM_IMPORT_CREATE)
    return leave_row (self, row);
  if (!row->rejected && (!crm_import_check_unique (self, row, id != 0 ? id : trashed, error) ||
                         !crm_import_related_find_reverse (self, row, id, company_id, error)))
    return FALSE;

  return row->rejected || take_row (self, row, company_id, id, trashed, error);
}
