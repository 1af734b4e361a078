/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-private.h"

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

/* Reads the titles and, from the first rows, how dates and numbers are written */
static gboolean
study_file (CrmImportPlan *self, CrmCsvReader *reader, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *const *titles;
  const CrmCsvCell *cells;
  guint n_columns, n_cells, i;
  gint64 line;
  double progress;

  titles = crm_csv_reader_get_columns (reader, &n_columns);
  for (i = 0; i < n_columns; i++)
    {
      CrmImportColumn column = { .title = g_strdup (titles[i]) };

      g_array_append_val (self->columns, column);
    }

  while (self->n_rows < CRM_IMPORT_SAMPLE_ROWS &&
         crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error))
    {
      self->n_rows++;
      for (i = 0; i < MIN (n_cells, n_columns); i++)
        crm_import_evidence_add (&get_column (self, i)->evidence, cells[i].text, cells[i].size);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  progress = crm_csv_reader_get_progress (reader);
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
        crm_import_column_set_target (get_column (self, i), self->type, target, NULL);
    }
}

/* The type that most of the columns belong to; the first one where several are equal */
static const CrmRecordType *
guess_type (CrmImportPlan *self, const CrmCatalogue *catalogue)
{
  const CrmRecordType *best = NULL;
  double best_score = -1;
  guint i;

  for (i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      double score = crm_import_columns_propose (self->columns, type);

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
  crm_import_columns_propose (self->columns, type);
  take_known_targets (self);
}

const char *
crm_import_plan_get_recognised (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  return crm_import_columns_recognise (self->columns);
}

guint
crm_import_plan_get_n_columns (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), 0);

  return self->columns->len;
}

const char *
crm_import_plan_get_column_title (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return get_column (self, column)->title;
}

static char *
describe_part (CrmImportPlan *self, const char *field_name)
{
  const CrmField *field = crm_record_type_find_field (self->type, field_name);

  return field != NULL ? g_strdup (field->label) : NULL;
}

char *
crm_import_plan_describe_column (CrmImportPlan *self, guint column)
{
  const CrmImportColumn *c;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  c = get_column (self, column);
  switch (c->role)
    {
    case CRM_ROLE_FIELD:
      return g_strdup (c->field->label);
    case CRM_ROLE_ITEM_LABEL:
    case CRM_ROLE_PHONE_COUNTRY:
    case CRM_ROLE_CALLING_CODE:
      return g_strdup (c->field->label);
    case CRM_ROLE_CURRENCY:
      return g_strdup (_ ("Currency"));
    case CRM_ROLE_FULL_NAME:
      return g_strdup (_ ("Name"));
    case CRM_ROLE_NAME_SUFFIX:
      return describe_part (self, "last_name");
    case CRM_ROLE_STREET_NUMBER:
    case CRM_ROLE_STREET_MORE:
    case CRM_ROLE_PO_BOX:
    case CRM_ROLE_WHOLE_ADDRESS:
      return describe_part (self, "street");
    case CRM_ROLE_COMPANY_DOMAIN:
      return g_strdup_printf (_ ("%s by domain"), c->field->label);
    case CRM_ROLE_NOTE:
      return g_strdup (_ ("Note"));
    case CRM_ROLE_RECORD_ID:
      return describe_part (self, "external_id");
    case CRM_ROLE_NONE:
    default:
      return NULL;
    }
}

static CrmImportColumn *
find_column (CrmImportPlan *self, const char *title)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    if (strcmp (get_column (self, i)->title, title) == 0)
      return get_column (self, i);
  for (i = 0; i < self->columns->len; i++)
    if (g_ascii_strcasecmp (get_column (self, i)->title, title) == 0)
      return get_column (self, i);

  return NULL;
}

gboolean
crm_import_plan_map (CrmImportPlan *self, const char *mapping, GError **error)
{
  const char *equals;
  g_autofree char *title = NULL;
  CrmImportColumn *column;

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
  column = find_column (self, title);
  if (column == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("The file has no column “%s”; look at its first row."), title);
      return FALSE;
    }

  return crm_import_column_set_target (column, self->type, equals + 1, error);
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

  names = g_strsplit (fields, ",", -1);
  for (i = 0; names[i] != NULL; i++)
    {
      g_strstrip (names[i]);
      if (strcmp (names[i], "id") != 0 &&
          crm_record_type_require_field (self->type, names[i], error) == NULL)
        return FALSE;
    }

  g_strfreev (self->match);
  self->match = g_steal_pointer (&names);

  return TRUE;
}

void
crm_import_plan_set_rejects_path (CrmImportPlan *self, const char *path)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  g_free (self->rejects_path);
  self->rejects_path = g_strdup (path);
}
