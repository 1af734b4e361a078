/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-preview.h"

#include <glib/gi18n.h>

#include "crm-duplicates.h"
#include "crm-import-combine-private.h"
#include "crm-import-recorder-private.h"

#define MAX_TWINS 5

struct _CrmImportPreview
{
  GObject parent_instance;

  CrmImportPlan *plan;
  CrmImportLayout *layout;
  CrmImportRecorder *recorder;
  CrmImportReport *report;
  GArray *numbers[CRM_IMPORT_N_ROWS]; /* of guint32: which rows; NULL for all */
};

G_DEFINE_FINAL_TYPE (CrmImportPreview, crm_import_preview, G_TYPE_OBJECT)

static void
crm_import_preview_finalize (GObject *object)
{
  CrmImportPreview *self = CRM_IMPORT_PREVIEW (object);
  guint i;

  for (i = 0; i < CRM_IMPORT_N_ROWS; i++)
    g_clear_pointer (&self->numbers[i], g_array_unref);
  g_clear_pointer (&self->layout, crm_import_layout_free);
  g_clear_pointer (&self->recorder, crm_import_recorder_free);
  g_clear_pointer (&self->report, crm_import_report_free);
  g_clear_object (&self->plan);

  G_OBJECT_CLASS (crm_import_preview_parent_class)->finalize (object);
}

static void
crm_import_preview_class_init (CrmImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_preview_finalize;
}

static void
crm_import_preview_init (CrmImportPreview *self)
{
  guint i;

  for (i = CRM_IMPORT_ROWS_ALL + 1; i < CRM_IMPORT_N_ROWS; i++)
    self->numbers[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static CrmImportRows
get_outcome (CrmImportEffect effect)
{
  switch (effect)
    {
    case CRM_IMPORT_EFFECT_NEW:
      return CRM_IMPORT_ROWS_NEW;
    case CRM_IMPORT_EFFECT_UPDATED:
      return CRM_IMPORT_ROWS_UPDATED;
    case CRM_IMPORT_EFFECT_REFUSED:
      return CRM_IMPORT_ROWS_REFUSED;
    case CRM_IMPORT_EFFECT_EXCLUDED:
      return CRM_IMPORT_ROWS_EXCLUDED;
    case CRM_IMPORT_EFFECT_PENDING:
    case CRM_IMPORT_EFFECT_UNCHANGED:
    default:
      return CRM_IMPORT_ROWS_UNCHANGED;
    }
}

static void
sort_rows (CrmImportPreview *self)
{
  guint32 n_rows = crm_import_recorder_get_n_rows (self->recorder);
  guint32 number;

  for (number = 0; number < n_rows; number++)
    {
      CrmImportRows outcome = get_outcome (crm_import_recorder_get_effect (self->recorder, number));

      g_array_append_val (self->numbers[outcome], number);
      if (crm_import_recorder_get_conflict (self->recorder, number) != CRM_IMPORT_NO_CONFLICT)
        g_array_append_val (self->numbers[CRM_IMPORT_ROWS_CONFLICTS], number);
    }
}

CrmImportPreview *
crm_import_preview_new (CrmImportPlan *plan,
                        CrmImportProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (CrmImportPreview) self = NULL;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (plan), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_PREVIEW, NULL);
  self->plan = g_object_ref (plan);
  self->recorder = crm_import_recorder_new (error);
  if (self->recorder == NULL)
    return NULL;

  self->layout = crm_import_layout_new (plan, crm_store_get_catalogue (plan->store), error);
  if (self->layout == NULL)
    return NULL;
  self->report = crm_import_plan_try (plan, self->recorder, progress, progress_data, cancellable,
                                      error);
  if (self->report == NULL || !crm_import_recorder_finish (self->recorder, error))
    return NULL;
  sort_rows (self);

  return g_steal_pointer (&self);
}

const CrmImportReport *
crm_import_preview_get_report (CrmImportPreview *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PREVIEW (self), NULL);

  return self->report;
}

gint64
crm_import_preview_count (CrmImportPreview *self, CrmImportRows which)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PREVIEW (self), 0);
  g_return_val_if_fail (which < CRM_IMPORT_N_ROWS, 0);

  return which == CRM_IMPORT_ROWS_ALL ? crm_import_recorder_get_n_rows (self->recorder)
                                      : self->numbers[which]->len;
}

/* One row */

static void
change_free (gpointer data)
{
  CrmImportPreviewChange *change = data;

  g_free (change->old_text);
  g_free (change->new_text);
  g_free (change);
}

static void
twin_free (gpointer data)
{
  CrmImportPreviewTwin *twin = data;

  g_free (twin->label);
  g_free (twin->reason);
  g_free (twin->owner);
  g_free (twin);
}

void
crm_import_preview_row_free (CrmImportPreviewRow *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->cells);
  g_free (self->record_label);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->twins);
  g_free (self);
}

static const char *
explain (CrmImportConflict conflict)
{
  switch (conflict)
    {
    case CRM_IMPORT_CONFLICT_ROWS:
      return _ ("Another row of this file says something else of the same record.");
    case CRM_IMPORT_CONFLICT_AMBIGUOUS:
      return _ ("Several records could be meant; none of them was taken.");
    case CRM_IMPORT_CONFLICT_TRASHED:
    case CRM_IMPORT_CONFLICT_TAKEN:
    case CRM_IMPORT_NO_CONFLICT:
    default:
      return NULL;
    }
}

static CrmImportPreviewRow *
make_row (CrmImportPreview *self, guint32 number, CrmImportKept *kept)
{
  CrmImportPreviewRow *row = g_new0 (CrmImportPreviewRow, 1);
  CrmImportConflict conflict = crm_import_recorder_get_conflict (self->recorder, number);
  const char *explanation = explain (conflict);

  row->line = kept->line;
  row->outcome = get_outcome (crm_import_recorder_get_effect (self->recorder, number));
  row->conflict = conflict != CRM_IMPORT_NO_CONFLICT;
  row->n_cells = kept->cells->len;
  g_ptr_array_add (kept->cells, NULL);
  row->cells = (char **) g_ptr_array_steal (kept->cells, NULL);
  row->problems = g_steal_pointer (&kept->problems);
  if (explanation != NULL)
    g_ptr_array_add (row->problems,
                     crm_problem_new (row->line, NULL, NULL, CRM_SEVERITY_WARNING, explanation));
  row->record_id = kept->record_id;
  row->changes = g_ptr_array_new_with_free_func (change_free);
  row->twins = g_ptr_array_new_with_free_func (twin_free);

  return row;
}

static guint32
get_number (CrmImportPreview *self, CrmImportRows which, gint64 index)
{
  return which == CRM_IMPORT_ROWS_ALL ? (guint32) index
                                      : g_array_index (self->numbers[which], guint32, index);
}

CrmImportPreviewRow *
crm_import_preview_peek_row (CrmImportPreview *self,
                             CrmImportRows which,
                             gint64 index,
                             GError **error)
{
  g_auto (CrmImportKept) kept = { 0 };
  guint32 number;

  g_return_val_if_fail (CRM_IS_IMPORT_PREVIEW (self), NULL);
  g_return_val_if_fail (index >= 0 && index < crm_import_preview_count (self, which), NULL);

  number = get_number (self, which, index);

  return crm_import_recorder_read (self->recorder, number, &kept, error)
             ? make_row (self, number, &kept)
             : NULL;
}

/* What a cell says where its record or option is still to be made */
static char *
show_text (const CrmImportRow *read, const CrmImportLayout *layout, guint slot)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  guint i;

  if ((int) slot == layout->company_slot && read->company_name != NULL)
    return g_strdup (read->company_name);
  if ((int) slot == layout->company_slot && read->company_domain != NULL)
    return g_strdup (read->company_domain);

  for (i = 0; read->texts != NULL && i < read->texts->len; i++)
    if (g_array_index (read->texts, CrmImportText, i).slot == slot)
      g_ptr_array_add (texts, g_array_index (read->texts, CrmImportText, i).text);
  if (texts->len == 0)
    return NULL;
  g_ptr_array_add (texts, NULL);

  return g_strjoinv (", ", (char **) texts->pdata);
}

/* The value with what its options and records are called; %NULL where one of them is still to be made.
 * (transfer full) */
static CrmValue *
name_items (CrmImportPreview *self, const CrmField *field, const CrmValue *value)
{
  const CrmCatalogue *catalogue = self->layout->catalogue;
  GArray *items = crm_item_array_new ();
  gboolean complete = TRUE;
  guint i;

  for (i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      const CrmOption *option = crm_catalogue_get_option (catalogue, item->id);
      g_autoptr (CrmRecord) record = NULL;
      const char *label = option != NULL ? option->label : NULL;

      if (crm_kind_is_relation (field->kind))
        {
          record = crm_store_get_record (self->plan->store, item->id, FALSE, NULL, NULL);
          label = record != NULL ? crm_record_get_label (record) : NULL;
        }
      complete = complete && label != NULL;
      crm_item_array_add (items, label, item->label, item->key, item->id, item->type_id);
    }
  if (!complete)
    {
      g_array_unref (items);
      return NULL;
    }

  return crm_value_new_items_take (items);
}

static void
take_found (CrmImportPreview *self, const CrmImportKept *kept, CrmImportRow *read)
{
  guint i;

  for (i = 0; i < kept->found->len; i++)
    {
      const CrmImportFound *found = &g_array_index (kept->found, CrmImportFound, i);
      const CrmField *field = crm_catalogue_get_field (self->layout->catalogue, found->field_id);
      int slot = field != NULL ? self->layout->slot_of_field[field->index] : -1;

      if (slot < 0)
        continue;
      g_clear_pointer (&read->values[slot], crm_value_unref);
      read->values[slot] = crm_value_decode (field, found->text);
    }
}

static void
add_change (CrmImportPreview *self,
            CrmImportPreviewRow *row,
            const CrmImportRow *read,
            guint slot,
            CrmValue *old,
            CrmValue *value)
{
  const CrmField *field = self->layout->slots[slot].field;
  const GArray *columns = self->layout->slots[slot].columns;
  const CrmLocale *locale = &self->layout->locale;
  CrmImportPreviewChange *change = g_new0 (CrmImportPreviewChange, 1);
  g_autoptr (CrmValue) named = NULL;

  change->field = field;
  change->column = columns->len > 0 ? g_array_index (columns, guint, 0) : G_MAXUINT;
  if (old != NULL)
    change->old_text = crm_value_to_display (field, old, locale);

  if (value != NULL && crm_value_get_shape (value) == CRM_VALUE_ITEMS &&
      crm_value_get_item (value, 0)->id != 0)
    named = name_items (self, field, value);
  else if (value != NULL)
    named = crm_value_ref (value);
  if (named != NULL)
    change->new_text = crm_value_to_display (field, named, locale);
  else
    change->new_text = show_text (read, self->layout, slot);

  g_ptr_array_add (row->changes, change);
}

static void
add_changes (CrmImportPreview *self,
             CrmImportPreviewRow *row,
             CrmImportRow *read,
             const CrmRecord *record)
{
  const CrmImportLayout *layout = self->layout;
  gboolean *cleared = g_newa0 (gboolean, layout->n_slots + 1);
  guint i;

  if (record != NULL)
    crm_import_settle_name (layout, record, read, cleared);

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      CrmValue *old = record != NULL ? crm_record_get_value (record, field) : NULL;
      g_autoptr (CrmValue) value = crm_import_combine (layout, i, old, read->values[i]);
      g_autofree char *missing = NULL;

      if (value == NULL && old == NULL)
        missing = show_text (read, layout, i);
      if (value != NULL || missing != NULL || (cleared[i] && old != NULL))
        add_change (self, row, read, i, old, value);
    }
}

static gboolean
add_twins (CrmImportPreview *self,
           CrmImportPreviewRow *row,
           const CrmImportRow *read,
           GCancellable *cancellable,
           GError **error)
{
  const CrmImportLayout *layout = self->layout;
  const CrmField **fields = g_newa (const CrmField *, layout->n_slots + 1);
  g_autoptr (GPtrArray) twins = NULL;
  guint i;

  for (i = 0; i < layout->n_slots; i++)
    fields[i] = layout->slots[i].field;
  twins = crm_duplicates_check (self->plan->store, layout->type, fields, read->values,
                                layout->n_slots, 0, MAX_TWINS, cancellable, error);
  for (i = 0; twins != NULL && i < twins->len; i++)
    {
      const CrmDuplicateTwin *found = g_ptr_array_index (twins, i);
      CrmImportPreviewTwin *twin = g_new0 (CrmImportPreviewTwin, 1);

      twin->id = found->id;
      twin->label = g_strdup (found->label);
      g_ptr_array_add (found->reasons, NULL);
      twin->reason = g_strjoinv (", ", (char **) found->reasons->pdata);
      twin->owner = crm_duplicate_twin_read_owner (found, self->plan->store);
      g_ptr_array_add (row->twins, twin);
    }

  return twins != NULL;
}

CrmImportPreviewRow *
crm_import_preview_get_row (CrmImportPreview *self,
                            CrmImportRows which,
                            gint64 index,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (CrmImportPreviewRow) row = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_auto (CrmImportKept) kept = { 0 };
  CrmImportRow read = { 0 };
  guint32 number;
  gboolean ok = TRUE;

  g_return_val_if_fail (CRM_IS_IMPORT_PREVIEW (self), NULL);
  g_return_val_if_fail (index >= 0 && index < crm_import_preview_count (self, which), NULL);

  number = get_number (self, which, index);
  if (!crm_import_recorder_read (self->recorder, number, &kept, error))
    return NULL;
  row = make_row (self, number, &kept);
  if (row->outcome != CRM_IMPORT_ROWS_NEW && row->outcome != CRM_IMPORT_ROWS_UPDATED &&
      row->outcome != CRM_IMPORT_ROWS_UNCHANGED)
    return g_steal_pointer (&row);

  /* It may be one that an earlier row of the file makes. */
  if (row->record_id != 0)
    record = crm_store_get_record (self->plan->store, row->record_id, FALSE, cancellable, NULL);
  if (record != NULL)
    row->record_label = g_strdup (crm_record_get_label (record));
  if (row->outcome == CRM_IMPORT_ROWS_UNCHANGED)
    return g_steal_pointer (&row);

  read.line = row->line;
  read.cells = row->cells;
  read.n_cells = row->n_cells;
  crm_import_row_read (&read, self->layout);
  take_found (self, &kept, &read);
  add_changes (self, row, &read, record);
  if (row->outcome == CRM_IMPORT_ROWS_NEW)
    ok = add_twins (self, row, &read, cancellable, error);
  crm_import_row_clear (&read, self->layout);

  return ok ? g_steal_pointer (&row) : NULL;
}
