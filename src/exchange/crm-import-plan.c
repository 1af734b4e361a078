/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-private.h"
#include "crm-table-private.h"

G_DEFINE_FINAL_TYPE (CrmImportPlan, crm_import_plan, G_TYPE_OBJECT)

static void
column_clear (gpointer data)
{
  crm_import_column_clear (data);
}

static void
fixed_free (gpointer data)
{
  CrmImportFixed *fixed = data;

  g_free (fixed->field_name);
  g_free (fixed->text);
  g_free (fixed);
}

static CrmImportColumn *
get_column (CrmImportPlan *self, guint i)
{
  return &g_array_index (self->columns, CrmImportColumn, i);
}

static void
crm_import_plan_finalize (GObject *object)
{
  CrmImportPlan *self = CRM_IMPORT_PLAN (object);

  g_clear_object (&self->table);
  g_clear_object (&self->store);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->fixed, g_ptr_array_unref);
  g_clear_pointer (&self->match, g_strfreev);
  g_clear_pointer (&self->edits, g_hash_table_unref);
  g_clear_pointer (&self->rejects_path, g_free);

  G_OBJECT_CLASS (crm_import_plan_parent_class)->finalize (object);
}

static void
crm_import_plan_class_init (CrmImportPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_plan_finalize;
}

static void
crm_import_plan_init (CrmImportPlan *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (CrmImportColumn));
  g_array_set_clear_func (self->columns, column_clear);
  self->fixed = g_ptr_array_new_with_free_func (fixed_free);
}

static gboolean
has_no_titles (CrmImportPlan *self)
{
  return crm_table_get_dialect (self->table)->header_line == 0;
}

static void
study_cell (CrmImportColumn *column, const CrmCsvCell *cell, gint64 now)
{
  crm_import_evidence_add (&column->evidence, cell->text, cell->size);
  if (column->profile.n_values < CRM_IMPORT_PROFILE_VALUES)
    crm_import_profile_add (&column->profile, cell->text, cell->size, now);
}

/* Whether the rows that were looked at leave open how some dates or numbers are meant */
static gboolean
is_open (const CrmImportColumn *column)
{
  CrmDateOrder order = CRM_DATE_ORDER_DMY;
  gboolean comma = FALSE;

  return crm_import_evidence_get_date_order (&column->evidence, &order) == CRM_EVIDENCE_AMBIGUOUS ||
         crm_import_evidence_get_decimal_comma (&column->evidence, FALSE, &comma) ==
             CRM_EVIDENCE_AMBIGUOUS;
}

/* Reads on for the columns that are still open: only where it matters, for it takes a while. */
static gboolean
study_rest (CrmImportPlan *self, CrmCsvReader *reader, GError **error)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) local_error = NULL;
  const CrmCsvCell *cells;
  guint n_cells, i;
  gint64 n_rows = self->n_rows;
  gint64 line;

  for (i = 0; i < self->columns->len; i++)
    if (is_open (get_column (self, i)))
      g_array_append_val (open, i);
  if (open->len == 0)
    return TRUE;

  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error))
    {
      n_rows++;
      for (i = 0; i < open->len; i++)
        {
          guint column = g_array_index (open, guint, i);

          if (column < n_cells)
            crm_import_evidence_add (&get_column (self, column)->evidence, cells[column].text,
                                     cells[column].size);
        }
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->n_rows = n_rows;

  return TRUE;
}

/* Reads the titles and, from the first rows, what the columns hold and how dates and numbers are
 * written */
static gboolean
study_file (CrmImportPlan *self, CrmCsvReader *reader, GError **error)
{
  gint64 now = crm_store_get_now (self->store);
  g_autoptr (GError) local_error = NULL;
  const char *const *titles;
  const CrmCsvCell *cells;
  guint n_columns, n_cells, i;
  gint64 line;
  double progress;

  titles = crm_csv_reader_get_columns (reader, &n_columns);
  for (i = 0; i < n_columns; i++)
    {
      CrmImportColumn column = { .title = g_strdup (titles[i]), .group = 1 };

      column.has_files = crm_table_has_files (self->table);
      column.is_untitled = *titles[i] == '\0' || has_no_titles (self);

      g_array_append_val (self->columns, column);
    }

  while (self->n_rows < CRM_IMPORT_SAMPLE_ROWS &&
         crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error))
    {
      self->n_rows++;
      for (i = 0; i < MIN (n_cells, n_columns); i++)
        study_cell (get_column (self, i), &cells[i], now);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (self->n_rows < CRM_IMPORT_SAMPLE_ROWS)
    return TRUE;

  progress = crm_csv_reader_get_progress (reader);
  if (!study_rest (self, reader, error))
    return FALSE;
  if (self->n_rows == CRM_IMPORT_SAMPLE_ROWS && progress > 0)
    self->n_rows = (gint64) ((double) self->n_rows / progress);

  return TRUE;
}

/* What the file's format itself says goes before what a title may mean. */
static void
take_known_targets (CrmImportPlan *self)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      const char *target = crm_table_get_target (self->table, i);

      if (target != NULL)
        crm_import_column_set_target (get_column (self, i), crm_store_get_catalogue (self->store),
                                      self->type, target, NULL);
    }
}

/* The type that most of the columns belong to; the first one where several are equal */
static const CrmRecordType *
guess_type (CrmImportPlan *self, const CrmCatalogue *catalogue)
{
  const char *known = crm_import_presets_find_type (self->columns);
  const CrmRecordType *best = known != NULL ? crm_catalogue_find_type (catalogue, known) : NULL;
  double best_score = -1;
  guint i;

  if (best != NULL)
    return best;

  for (i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      double score = crm_import_columns_propose (self->columns, catalogue, type);

      if (score > best_score)
        {
          best = type;
          best_score = score;
        }
    }

  return best;
}

CrmImportPlan *
crm_import_plan_new (CrmStore *store, const CrmRecordType *type, CrmTable *table, GError **error)
{
  g_autoptr (CrmImportPlan) self = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (CRM_IS_TABLE (table), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_PLAN, NULL);
  self->store = g_object_ref (store);
  self->table = g_object_ref (table);

  reader = crm_table_read (table, error);
  if (reader == NULL || !study_file (self, reader, error))
    return NULL;

  if (type == NULL)
    type = guess_type (self, crm_store_get_catalogue (store));
  crm_import_plan_set_record_type (self, type);

  return g_steal_pointer (&self);
}

CrmTable *
crm_import_plan_get_table (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  return self->table;
}

const CrmRecordType *
crm_import_plan_get_record_type (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  return self->type;
}

void
crm_import_plan_set_record_type (CrmImportPlan *self, const CrmRecordType *type)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));
  g_return_if_fail (type != NULL);

  self->type = type;
  crm_import_plan_propose (self);
}

/* Our own files are not guessed at */
static void
take_own_writing (CrmImportPlan *self)
{
  guint i;

  self->is_own = crm_import_columns_are_own (self->columns, self->type);
  if (!self->is_own)
    return;

  self->recognised = "CRM";
  for (i = 0; i < self->columns->len; i++)
    {
      CrmImportColumn *column = &g_array_index (self->columns, CrmImportColumn, i);

      if (column->evidence.n_comma_decimals == 0 && column->evidence.n_comma_groups == 0)
        column->writing.decimal_comma = FALSE;
    }
}

void
crm_import_plan_propose (CrmImportPlan *self)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  crm_import_columns_propose (self->columns, crm_store_get_catalogue (self->store), self->type);
  self->recognised = crm_import_presets_apply (self->columns, crm_store_get_catalogue (self->store),
                                               self->type);
  take_known_targets (self);
  crm_import_plan_settle_writing (self);
  take_own_writing (self);
}

const char *
crm_import_plan_get_recognised (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  return self->recognised;
}

int
crm_import_plan_find_column (CrmImportPlan *self, const char *title)
{
  guint i;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), -1);
  g_return_val_if_fail (title != NULL, -1);

  for (i = 0; i < self->columns->len; i++)
    if (strcmp (get_column (self, i)->title, title) == 0)
      return (int) i;
  for (i = 0; i < self->columns->len; i++)
    if (g_ascii_strcasecmp (get_column (self, i)->title, title) == 0)
      return (int) i;

  return -1;
}

gboolean
crm_import_plan_map (CrmImportPlan *self, const char *mapping, GError **error)
{
  const char *equals;
  g_autofree char *title = NULL;
  int column;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (mapping != NULL, FALSE);

  /* A title may have "=" in it, a field never. */
  equals = strrchr (mapping, '=');
  if (equals == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” maps nothing; write it like \"Column=field\"."), mapping);
      return FALSE;
    }

  title = g_strndup (mapping, (gsize) (equals - mapping));
  column = crm_import_plan_find_column (self, title);
  if (column < 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("The file has no column “%s”; look at its first row."), title);
      return FALSE;
    }

  return crm_import_plan_set_target (self, (guint) column, equals + 1, error);
}

gboolean
crm_import_plan_set_fixed (CrmImportPlan *self, const char *assignment, GError **error)
{
  const char *equals;
  g_autofree char *name = NULL;
  const CrmField *field;
  CrmImportFixed *fixed;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (assignment != NULL, FALSE);

  equals = strchr (assignment, '=');
  if (equals == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” sets nothing; write it like field=value."), assignment);
      return FALSE;
    }

  name = g_strndup (assignment, (gsize) (equals - assignment));
  field = crm_record_type_require_field (self->type, name, error);
  if (field == NULL)
    return FALSE;
  if ((field->flags & CRM_FIELD_READ_ONLY) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” is kept by the program itself; set another field."), field->label);
      return FALSE;
    }
  if (field->kind == CRM_KIND_FILES)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” holds files, which an import cannot set; set another field."),
                   field->label);
      return FALSE;
    }

  fixed = g_new (CrmImportFixed, 1);
  fixed->field_name = g_steal_pointer (&name);
  fixed->text = g_strdup (equals + 1);
  g_ptr_array_add (self->fixed, fixed);

  return TRUE;
}

gboolean
crm_import_plan_set_match (CrmImportPlan *self, const char *fields, GError **error)
{
  g_auto (GStrv) names = NULL;
  guint i;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (fields != NULL, FALSE);

  /* An empty text has no parts */
  names = g_strsplit (fields, ",", -1);
  for (i = 0; names[i] != NULL; i++)
    {
      g_strstrip (names[i]);
      if (strcmp (names[i], "id") != 0 &&
          crm_record_type_require_field (self->type, names[i], error) == NULL)
        return FALSE;
    }

  g_strfreev (self->match);
  self->match = names[0] != NULL ? g_steal_pointer (&names) : NULL;

  return TRUE;
}

void
crm_import_plan_set_rejects_path (CrmImportPlan *self, const char *path)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  g_free (self->rejects_path);
  self->rejects_path = g_strdup (path);
}
