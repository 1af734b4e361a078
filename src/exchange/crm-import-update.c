/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows change in records that exist. */

#include "config.h"

#include "crm-import-writer-private.h"

#include "crm-error.h"
#include "crm-text.h"

/* So many records wait at most; a file that says two things of one record farther apart writes
 * both */
#define MAX_PENDING 20000

typedef struct
{
  gint64 id;
  gint64 line; /* of the first of its rows */
  guint n_rows;
  guint n_slots;
  CrmValue **values; /* by slot, of all its rows */
  gboolean *cleared; /* by slot: what a row says has no such part */
  GPtrArray *cells; /* GStrv: its rows as the file has them; NULL where nobody wants refused ones */
} Update;

static void
update_free (gpointer data)
{
  Update *self = data;
  guint i;

  for (i = 0; i < self->n_slots; i++)
    g_clear_pointer (&self->values[i], crm_value_unref);
  g_free (self->values);
  g_free (self->cleared);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self);
}

/* What @field becomes where a row says @value; %NULL where that changes nothing. (transfer full) */
static CrmValue *
combine (const CrmField *field, CrmValue *old, CrmValue *value)
{
  CrmValue *united;

  if (value == NULL || (field->flags & CRM_FIELD_READ_ONLY) != 0)
    return NULL;

  if (!crm_kind_is_repeated (field->kind))
    return crm_value_equal (old, value) ? NULL : crm_value_ref (value);

  united = crm_value_unite (old, value);
  if (old != NULL && crm_value_get_n_items (united) == crm_value_get_n_items (old))
    g_clear_pointer (&united, crm_value_unref);

  return united;
}

/*
 * A name in one piece says all parts of it: those that it doesn't have are
 * cleared. Where the record is called so already, how it is split is left alone.
 */
static void
settle_name (const CrmImportLayout *layout,
             const CrmRecord *record,
             CrmImportRow *row,
             gboolean *cleared)
{
  const CrmValue *label = crm_record_get_value (record, layout->type->label_field);
  g_autofree char *name = NULL;
  gboolean same;
  guint i;

  if (!row->is_whole_name)
    return;

  name = label != NULL ? crm_text_normalise_name (crm_value_get_text (label)) : NULL;
  same = g_strcmp0 (name, row->name) == 0;
  for (i = 0; i < layout->n_slots; i++)
    {
      if (!crm_import_layout_is_name_part (layout, layout->slots[i].field))
        continue;
      if (same)
        g_clear_pointer (&row->values[i], crm_value_unref);
      else if (row->values[i] == NULL)
        cleared[i] = TRUE;
    }
}

static gboolean
differs (const CrmImportLayout *layout,
         const CrmRecord *record,
         CrmValue *const *values,
         const gboolean *cleared)
{
  guint i;

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      g_autoptr (CrmValue) combined = combine (field, crm_record_get_value (record, field),
                                               values[i]);

      if (combined != NULL || (cleared[i] && crm_record_get_value (record, field) != NULL))
        return TRUE;
    }

  return FALSE;
}

static void
merge_row (Update *update,
           const CrmImportLayout *layout,
           CrmValue *const *values,
           const gboolean *cleared)
{
  guint i;

  for (i = 0; i < layout->n_slots; i++)
    {
      CrmValue *old = update->values[i];

      if (cleared[i])
        {
          g_clear_pointer (&update->values[i], crm_value_unref);
          update->cleared[i] = TRUE;
        }
      if (values[i] == NULL)
        continue;
      update->cleared[i] = FALSE;
      if (crm_kind_is_repeated (layout->slots[i].field->kind))
        update->values[i] = crm_value_unite (old, values[i]);
      else
        update->values[i] = crm_value_ref (values[i]);
      g_clear_pointer (&old, crm_value_unref);
    }
}

/* The row's own cells are gone when its update is written */
static void
keep_cells (Update *update, const CrmImportRow *row)
{
  GPtrArray *cells = g_ptr_array_sized_new (row->n_cells + 1);

  for (guint i = 0; i < row->n_cells; i++)
    g_ptr_array_add (cells, g_strdup (row->cells[i]));
  g_ptr_array_add (cells, NULL);
  if (update->cells == NULL)
    update->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (update->cells, g_ptr_array_free (cells, FALSE));
}

gboolean
crm_import_update_add (CrmImportWriter *self, CrmImportRow *row, gint64 id, GError **error)
{
  const CrmImportLayout *layout = self->layout;
  Update *update = g_hash_table_lookup (self->pending, &id);
  gboolean *cleared = g_newa0 (gboolean, layout->n_slots + 1);
  g_autoptr (CrmRecord) record = NULL;

  if (update == NULL || row->is_whole_name)
    {
      record = crm_record_keys_load (self->connection, layout->type, id, error);
      if (record == NULL)
        return error == NULL || *error == NULL;
      settle_name (layout, record, row, cleared);
    }

  if (update == NULL)
    {
      if (!differs (layout, record, row->values, cleared))
        {
          self->report->unchanged++;
          return TRUE;
        }

      update = g_new0 (Update, 1);
      update->id = id;
      update->line = row->line;
      update->n_slots = layout->n_slots;
      update->values = g_new0 (CrmValue *, layout->n_slots + 1);
      update->cleared = g_new0 (gboolean, layout->n_slots + 1);
      g_hash_table_insert (self->pending, &update->id, update);
      g_ptr_array_add (self->pending_order, update);
    }

  update->n_rows++;
  if (self->rejects != NULL)
    keep_cells (update, row);
  merge_row (update, layout, row->values, cleared);
  if (self->pending_order->len >= MAX_PENDING)
    return crm_import_update_flush (self, error);

  return TRUE;
}

static void
unref_value (gpointer value)
{
  if (value != NULL)
    crm_value_unref (value);
}

static gboolean
refuse_update (CrmImportWriter *self, const Update *update, const char *reason, GError **error)
{
  self->report->rejected += update->n_rows;
  crm_import_report_add (self->report,
                         crm_problem_new (update->line, NULL, NULL, CRM_SEVERITY_REJECTED, reason));
  for (guint i = 0; update->cells != NULL && i < update->cells->len; i++)
    {
      GStrv cells = g_ptr_array_index (update->cells, i);

      if (!crm_import_rejects_add (self->rejects, cells, g_strv_length (cells), reason, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_update (CrmImportWriter *self, const Update *update, GError **error)
{
  const CrmImportLayout *layout = self->layout;
  g_autoptr (CrmRecord) record = crm_record_keys_load (self->connection, layout->type, update->id,
                                                       error);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (unref_value);
  g_autoptr (GError) local_error = NULL;
  gboolean changed = FALSE;
  guint i;

  if (record == NULL)
    return FALSE;

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      CrmValue *combined = combine (field, crm_record_get_value (record, field), update->values[i]);

      if (combined != NULL || (update->cleared[i] && crm_record_get_value (record, field) != NULL))
        {
          g_ptr_array_add (fields, (gpointer) field);
          g_ptr_array_add (values, combined);
        }
    }

  if (fields->len > 0 &&
      !crm_transaction_update (self->transaction, crm_import_writer_get_type (self), update->id,
                               (const CrmField *const *) fields->pdata,
                               (CrmValue *const *) values->pdata, fields->len, &changed, NULL,
                               &local_error))
    {
      /* A twin that a rule forbids is the rows' fault; anything else ends the import. */
      if (!g_error_matches (local_error, CRM_ERROR, CRM_ERROR_TAKEN))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      return refuse_update (self, update, local_error->message, error);
    }

  if (changed)
    self->report->updated += update->n_rows;
  else
    self->report->unchanged += update->n_rows;

  return TRUE;
}

gboolean
crm_import_update_flush (CrmImportWriter *self, GError **error)
{
  guint i;

  for (i = 0; i < self->pending_order->len; i++)
    if (!write_update (self, g_ptr_array_index (self->pending_order, i), error))
      return FALSE;

  g_hash_table_remove_all (self->pending);
  g_ptr_array_set_size (self->pending_order, 0);

  return TRUE;
}

void
crm_import_update_init (CrmImportWriter *self)
{
  self->pending = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->pending_order = g_ptr_array_new_with_free_func (update_free);
}

/* Notes */

static gboolean
has_note (CrmImportWriter *self,
          const CrmRecordType *notes,
          const CrmField *about,
          const CrmField *body,
          gint64 id,
          const char *text,
          gboolean *found,
          GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  *found = FALSE;
  if (!crm_record_keys_find_pointing (self->connection, about, id, ids, error))
    return FALSE;

  for (i = 0; i < ids->len && !*found; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (CrmRecord) note = crm_record_keys_load (self->connection, notes,
                                                         g_array_index (ids, gint64, i),
                                                         &local_error);
      const CrmValue *value = note != NULL ? crm_record_get_value (note, body) : NULL;

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      *found = value != NULL && g_strcmp0 (crm_value_get_text (value), text) == 0;
    }

  return TRUE;
}

gboolean
crm_import_write_note (CrmImportWriter *self,
                       const CrmImportRow *row,
                       gint64 id,
                       gboolean is_new,
                       gboolean *changed,
                       GError **error)
{
  const CrmRecordType *notes = crm_catalogue_find_type (self->layout->catalogue, "notes");
  const CrmField *fields[2];
  g_autoptr (CrmValue) body = NULL;
  g_autoptr (CrmValue) about = NULL;
  CrmValue *values[2];
  gint64 note_id;

  *changed = FALSE;
  if (row->note == NULL || notes == NULL)
    return TRUE;

  fields[0] = crm_record_type_require_field (notes, "body", error);
  fields[1] = crm_record_type_require_field (notes, "about", error);
  if (fields[0] == NULL || fields[1] == NULL)
    return FALSE;

  if (!is_new)
    {
      gboolean found;

      if (!has_note (self, notes, fields[1], fields[0], id, row->note, &found, error))
        return FALSE;
      if (found)
        return TRUE;
    }

  body = crm_value_new_text (row->note);
  about = crm_value_new_item (NULL, NULL, NULL, id, self->layout->type->id);
  values[0] = body;
  values[1] = about;
  *changed = TRUE;

  return crm_transaction_create (self->transaction, notes, fields, values, 2, &note_id, NULL,
                                 error);
}
