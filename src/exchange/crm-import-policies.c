/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a plan treats what is there already, what is missing, and single rows. */

#include "config.h"

#include "crm-import-private.h"

void
crm_import_plan_set_match_exact (CrmImportPlan *self, gboolean exact)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  self->match_exact = exact;
}

void
crm_import_plan_set_mode (CrmImportPlan *self, CrmImportMode mode)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  self->mode = mode;
}

void
crm_import_plan_set_existing (CrmImportPlan *self, CrmImportExisting existing)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  self->existing = existing;
}

void
crm_import_plan_set_column_existing (CrmImportPlan *self, guint column, CrmImportExisting existing)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));
  g_return_if_fail (column < self->columns->len);

  g_array_index (self->columns, CrmImportColumn, column).existing = existing;
}

void
crm_import_plan_set_trashed (CrmImportPlan *self, CrmImportTrashed trashed)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  self->trashed = trashed;
}

void
crm_import_plan_set_missing (CrmImportPlan *self, CrmImportMissing missing)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  self->missing = missing;
}

void
crm_import_plan_set_missing_options (CrmImportPlan *self, CrmImportMissing missing)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  self->missing_options = missing;
}

char *
crm_import_plan_get_match (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  return self->match != NULL ? g_strjoinv (",", self->match) : NULL;
}

gboolean
crm_import_plan_get_match_exact (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);

  return self->match_exact;
}

CrmImportMode
crm_import_plan_get_mode (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_UPSERT);

  return self->mode;
}

CrmImportExisting
crm_import_plan_get_existing (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_AS_PLAN);

  return self->existing;
}

CrmImportExisting
crm_import_plan_get_column_existing (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_AS_PLAN);
  g_return_val_if_fail (column < self->columns->len, CRM_IMPORT_AS_PLAN);

  return g_array_index (self->columns, CrmImportColumn, column).existing;
}

CrmImportTrashed
crm_import_plan_get_trashed (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_TRASHED_NEW);

  return self->trashed;
}

CrmImportMissing
crm_import_plan_get_missing (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_MISSING_CREATE);

  return self->missing;
}

CrmImportMissing
crm_import_plan_get_missing_options (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_MISSING_CREATE);

  return self->missing_options;
}

/* Fixed values */

guint
crm_import_plan_get_n_fixed (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), 0);

  return self->fixed->len;
}

const char *
crm_import_plan_get_fixed (CrmImportPlan *self, guint index, const char **text)
{
  const CrmImportFixed *fixed;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (index < self->fixed->len, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  fixed = g_ptr_array_index (self->fixed, index);
  *text = fixed->text;

  return fixed->field_name;
}

void
crm_import_plan_remove_fixed (CrmImportPlan *self, guint index)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));
  g_return_if_fail (index < self->fixed->len);

  g_ptr_array_remove_index (self->fixed, index);
}

/* Single rows */

static void
edit_free (gpointer data)
{
  CrmImportEdit *edit = data;

  g_clear_pointer (&edit->cells, g_hash_table_unref);
  g_free (edit);
}

static CrmImportEdit *
ensure_edit (CrmImportPlan *self, gint64 line)
{
  CrmImportEdit *edit;

  if (self->edits == NULL)
    self->edits = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, edit_free);
  edit = g_hash_table_lookup (self->edits, &line);
  if (edit == NULL)
    {
      edit = g_new0 (CrmImportEdit, 1);
      edit->line = line;
      g_hash_table_insert (self->edits, &edit->line, edit);
    }

  return edit;
}

const CrmImportEdit *
crm_import_plan_find_edit (const CrmImportPlan *self, gint64 line)
{
  return self->edits != NULL ? g_hash_table_lookup (self->edits, &line) : NULL;
}

const char *
crm_import_edit_get_cell (const CrmImportEdit *edit, guint column)
{
  return edit != NULL && edit->cells != NULL
             ? g_hash_table_lookup (edit->cells, GUINT_TO_POINTER (column))
             : NULL;
}

void
crm_import_plan_set_cell (CrmImportPlan *self, gint64 line, guint column, const char *text)
{
  CrmImportEdit *edit;

  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));
  g_return_if_fail (column < self->columns->len);

  edit = ensure_edit (self, line);
  if (edit->cells == NULL)
    edit->cells = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (text != NULL)
    g_hash_table_insert (edit->cells, GUINT_TO_POINTER (column), g_strdup (text));
  else
    g_hash_table_remove (edit->cells, GUINT_TO_POINTER (column));
}

const char *
crm_import_plan_get_cell (CrmImportPlan *self, gint64 line, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  return crm_import_edit_get_cell (crm_import_plan_find_edit (self, line), column);
}

void
crm_import_plan_set_excluded (CrmImportPlan *self, gint64 line, gboolean excluded)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  ensure_edit (self, line)->excluded = excluded;
}

gboolean
crm_import_plan_get_excluded (CrmImportPlan *self, gint64 line)
{
  const CrmImportEdit *edit;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);

  edit = crm_import_plan_find_edit (self, line);

  return edit != NULL && edit->excluded;
}
