/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows change in records that exist. */

#include "config.h"

#include "crm-import-combine-private.h"
#include "crm-import-writer-private.h"

#include "crm-error.h"

/* So many records wait at most; a file that says two things of one record farther apart writes
 * both */
#define MAX_PENDING 20000

typedef struct
{
  gint64 id;
  gint64 line; /* of the first of its rows */
  guint n_rows;
  GArray *numbers; /* of those rows, for the recorder; NULL where there is none */
  gboolean counts; /* it is a change even where no value differs */
  GArray *owners; /* of gint64: records of rows that say something of this one; NULL for none */
  GPtrArray *notes; /* what is noted once it is written; NULL for nothing */
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
  g_clear_pointer (&self->owners, g_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_free (self);
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
      g_autoptr (CrmValue) combined = NULL;

      combined = crm_import_combine (layout, i, crm_record_get_value (record, field), values[i]);

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
      CrmValue *old;

      if (cleared[i])
        {
          g_clear_pointer (&update->values[i], crm_value_unref);
          update->cleared[i] = TRUE;
        }
      if (values[i] == NULL)
        continue;
      old = update->values[i];
      update->cleared[i] = FALSE;
      update->values[i] = crm_import_combine_rows (layout, i, old, values[i]);
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

/* Whether rows before this one, or the record that they made, say something else */
static gboolean
contradicts (CrmImportWriter *self,
             const Update *update,
             const CrmRecord *record,
             const CrmImportRow *row)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      CrmValue *said = update != NULL ? update->values[i] : NULL;

      if (said == NULL && record != NULL)
        said = crm_record_get_value (record, field);
      if (row->values[i] != NULL && said != NULL && !crm_kind_is_repeated (field->kind) &&
          !crm_value_equal (said, row->values[i]))
        return TRUE;
    }

  return FALSE;
}

static Update *
update_new (CrmImportWriter *self, const CrmImportRow *row, gint64 id)
{
  const CrmImportLayout *layout = self->layout;
  Update *update = g_new0 (Update, 1);

  update->id = id;
  update->line = row->line;
  update->n_slots = layout->n_slots;
  update->values = g_new0 (CrmValue *, layout->n_slots + 1);
  update->cleared = g_new0 (gboolean, layout->n_slots + 1);
  if (self->recorder != NULL)
    update->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));

  return update;
}

/* Notes */

static guint64
hash_note (gint64 id, const char *text)
{
  return crm_key_hash_id (crm_key_hash (0, text), id);
}

static gboolean
has_note (CrmImportWriter *self, gint64 id, const char *text, gboolean *found, GError **error)
{
  const CrmRecordType *notes = crm_catalogue_find_type (self->layout->catalogue, "notes");
  const CrmField *body = crm_record_type_require_field (notes, "body", error);
  const CrmField *about = body != NULL ? crm_record_type_require_field (notes, "about", error)
                                       : NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  *found = crm_key_table_contains (self->noted, hash_note (id, text));
  if (*found)
    return TRUE;
  if (about == NULL || !crm_record_keys_find_pointing (self->connection, about, id, ids, error))
    return FALSE;

  for (i = 0; i < ids->len && !*found; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (CrmRecord) note = crm_transaction_peek (self->transaction, notes,
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
crm_import_write_note (CrmImportWriter *self, const char *text, gint64 id, GError **error)
{
  const CrmRecordType *notes = crm_catalogue_find_type (self->layout->catalogue, "notes");
  const CrmField *fields[2];
  g_autoptr (CrmValue) body = NULL;
  g_autoptr (CrmValue) about = NULL;
  CrmValue *values[2];
  gint64 note_id;

  if (text == NULL || notes == NULL)
    return TRUE;

  fields[0] = crm_record_type_require_field (notes, "body", error);
  fields[1] = crm_record_type_require_field (notes, "about", error);
  if (fields[0] == NULL || fields[1] == NULL)
    return FALSE;

  body = crm_value_new_text (text);
  about = crm_value_new_item (NULL, NULL, NULL, id, self->layout->type->id);
  values[0] = body;
  values[1] = about;
  crm_key_table_add (self->noted, hash_note (id, text), id);
  if (!crm_transaction_create (self->transaction, notes, fields, values, 2, &note_id, NULL, error))
    return FALSE;
  crm_import_report_count_related (self->report, notes->id);

  return TRUE;
}

/* What is new of the row's note, or NULL in @text */
static gboolean
find_new_note (CrmImportWriter *self,
               const CrmImportRow *row,
               gint64 id,
               const char **text,
               GError **error)
{
  gboolean found;

  *text = NULL;
  if (row->note == NULL || crm_catalogue_find_type (self->layout->catalogue, "notes") == NULL)
    return TRUE;
  if (!has_note (self, id, row->note, &found, error))
    return FALSE;
  if (!found)
    *text = row->note;

  return TRUE;
}

/* A note of rows that are refused after all is not made, so it waits for them */
static void
add_note (Update *update, const char *text)
{
  if (update->notes == NULL)
    update->notes = g_ptr_array_new_with_free_func (g_free);
  if (!g_ptr_array_find_with_equal_func (update->notes, text, g_str_equal, NULL))
    g_ptr_array_add (update->notes, g_strdup (text));
}

static gboolean
write_notes (CrmImportWriter *self, const Update *update, GError **error)
{
  for (guint i = 0; update->notes != NULL && i < update->notes->len; i++)
    if (!crm_import_write_note (self, g_ptr_array_index (update->notes, i), update->id, error))
      return FALSE;

  return TRUE;
}

/* Rows */

gboolean
crm_import_update_add (CrmImportWriter *self,
                       CrmImportRow *row,
                       gint64 id,
                       gboolean counts,
                       GError **error)
{
  const CrmImportLayout *layout = self->layout;
  gboolean seen = crm_import_writer_touched (self, id);
  Update *update = g_hash_table_lookup (self->pending, &id);
  gboolean *cleared = g_newa0 (gboolean, layout->n_slots + 1);
  g_autoptr (CrmRecord) record = NULL;
  const char *note;

  if (!find_new_note (self, row, id, &note, error))
    return FALSE;
  if (update == NULL || row->is_whole_name)
    {
      if (!crm_import_writer_load (self, id, &record, error))
        return FALSE;
      if (record == NULL)
        return TRUE;
      crm_import_settle_name (layout, record, row, cleared);
    }
  if (seen && contradicts (self, update, record, row))
    row->conflict = CRM_IMPORT_CONFLICT_ROWS;

  if (update == NULL)
    {
      if (!row->waits && !differs (layout, record, row->values, cleared))
        {
          /* A new note about a record that stays the same is a change all the same. */
          counts = counts || note != NULL;
          row->effect = counts ? CRM_IMPORT_EFFECT_UPDATED : CRM_IMPORT_EFFECT_UNCHANGED;
          if (counts)
            self->report->updated++;
          else
            self->report->unchanged++;
          return crm_import_write_note (self, note, id, error);
        }

      update = update_new (self, row, id);
      g_hash_table_insert (self->pending, &update->id, update);
      g_ptr_array_add (self->pending_order, update);
    }

  update->n_rows++;
  update->counts = update->counts || counts || note != NULL;
  if (note != NULL)
    add_note (update, note);
  if (update->numbers != NULL)
    g_array_append_val (update->numbers, row->number);
  if (self->rejects != NULL)
    keep_cells (update, row);
  merge_row (update, layout, row->values, cleared);

  return TRUE;
}

gboolean
crm_import_update_make_room (CrmImportWriter *self, GError **error)
{
  gboolean is_full = self->pending_order->len >= MAX_PENDING;
  guint i;

  for (i = 0; i < self->layout->n_related; i++)
    is_full = is_full || self->related[i].pending_order->len >= MAX_PENDING;

  return !is_full || crm_import_update_flush (self, error);
}

void
crm_import_update_add_owner (CrmImportWriter *self, gint64 id, gint64 owner)
{
  Update *update = g_hash_table_lookup (self->pending, &id);

  g_assert (update != NULL);

  if (update->owners == NULL)
    update->owners = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (update->owners, owner);
}

/* Where a record beside theirs changes, their rows count as updated. */
static void
tell_owners (CrmImportWriter *self, const Update *update)
{
  guint i;

  for (i = 0; update->owners != NULL && i < update->owners->len; i++)
    {
      Update *owner = g_hash_table_lookup (self->owner->pending,
                                           &g_array_index (update->owners, gint64, i));

      if (owner != NULL)
        owner->counts = TRUE;
    }
}

/* What became of the rows of an update */
static void
settle (CrmImportWriter *self, const Update *update, CrmImportEffect effect, const char *reason)
{
  guint i;

  for (i = 0; update->numbers != NULL && i < update->numbers->len; i++)
    crm_import_recorder_settle (self->recorder, g_array_index (update->numbers, guint32, i), effect,
                                reason);
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
  settle (self, update, CRM_IMPORT_EFFECT_REFUSED, reason);
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
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (unref_value);
  g_autoptr (GError) local_error = NULL;
  gboolean changed = FALSE;
  guint i;

  if (!crm_import_writer_load (self, update->id, &record, error))
    return FALSE;
  if (record == NULL)
    {
      crm_record_set_not_found (error, layout->type, update->id);
      return FALSE;
    }

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      CrmValue *combined = crm_import_combine (layout, i, crm_record_get_value (record, field),
                                               update->values[i]);

      if (combined != NULL || (update->cleared[i] && crm_record_get_value (record, field) != NULL))
        {
          g_ptr_array_add (fields, (gpointer) field);
          g_ptr_array_add (values, combined);
          if (!crm_import_keep_files (self, field, update->values[i], error))
            return FALSE;
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

  if (!write_notes (self, update, error))
    return FALSE;
  changed = changed || update->counts;
  settle (self, update, changed ? CRM_IMPORT_EFFECT_UPDATED : CRM_IMPORT_EFFECT_UNCHANGED, NULL);
  if (changed)
    {
      self->report->updated += update->n_rows;
      self->n_records_updated++;
      tell_owners (self, update);
    }
  else
    self->report->unchanged += update->n_rows;

  return TRUE;
}

gboolean
crm_import_update_flush (CrmImportWriter *self, GError **error)
{
  guint i;

  for (i = 0; self->related != NULL && i < self->layout->n_related; i++)
    if (!crm_import_update_flush (&self->related[i], error))
      return FALSE;
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
