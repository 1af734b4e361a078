/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a chooser offers: places where a column could go, and what its values could mean. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-cell-private.h"
#include "crm-import-private.h"
#include "crm-text.h"

/* More different values are no list that anybody would go through */
#define MAX_MEANINGS 500

static CrmImportColumn *
get_column (CrmImportPlan *self, guint i)
{
  return &g_array_index (self->columns, CrmImportColumn, i);
}

/* Targets */

static void
target_free (gpointer data)
{
  CrmImportTarget *target = data;

  g_free (target->target);
  g_free (target->label);
  g_free (target->group);
  g_free (target);
}

/* Labels that addresses and numbers usually have */
static const struct
{
  CrmKind kind;
  const char *label;
  const char *shown;
} labels[] = {
  { CRM_KIND_EMAILS, "Work", N_ ("Work") },     { CRM_KIND_EMAILS, "Home", N_ ("Home") },
  { CRM_KIND_PHONES, "Mobile", N_ ("Mobile") }, { CRM_KIND_PHONES, "Work", N_ ("Work") },
  { CRM_KIND_PHONES, "Home", N_ ("Home") },     { CRM_KIND_PHONES, "Fax", N_ ("Fax") },
};

static gboolean
is_likely (const CrmImportColumn *column, const CrmField *field)
{
  CrmKind kind = crm_import_profile_guess_kind (&column->profile);
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;

  if (column->profile.n_values > 0 && field->kind == kind && kind != CRM_KIND_TEXT)
    return TRUE;

  title = crm_title_normalise (column->title, NULL, NULL);
  label = crm_title_normalise (field->label, NULL, NULL);

  return *title != '\0' && *label != '\0' &&
         (strstr (title, label) != NULL || strstr (label, title) != NULL);
}

static void
add_target (GPtrArray *targets,
            const CrmImportColumn *column,
            const char *path,
            const CrmField *field,
            const char *group)
{
  CrmImportTarget *target = g_new0 (CrmImportTarget, 1);
  guint i;

  target->target = path != NULL ? g_strdup_printf ("%s.%s", path, field->name)
                                : g_strdup (field->name);
  target->label = g_strdup (field->label);
  target->group = g_strdup (group);
  target->likely = is_likely (column, field);
  g_ptr_array_add (targets, target);

  for (i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i].kind == field->kind)
      {
        CrmImportTarget *labelled = g_new0 (CrmImportTarget, 1);

        labelled->target = g_strdup_printf ("%s:%s", target->target, labels[i].label);
        labelled->label = g_strdup_printf ("%s (%s)", field->label, gettext (labels[i].shown));
        labelled->group = g_strdup (group);
        g_ptr_array_add (targets, labelled);
      }
}

static void
add_own_target (GPtrArray *targets, const CrmRecordType *type, const char *name, const char *label)
{
  CrmImportTarget *target = g_new0 (CrmImportTarget, 1);

  target->target = g_strdup (name);
  target->label = g_strdup (label);
  target->group = g_strdup (type->label);
  g_ptr_array_add (targets, target);
}

static void
add_fields (GPtrArray *targets,
            const CrmImportColumn *column,
            const CrmRecordType *type,
            const char *path,
            const char *group)
{
  guint i;

  for (i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      gboolean is_name = field == type->label_field;

      if ((!is_name && !crm_import_field_is_writable (field)) ||
          (path != NULL &&
           ((field->flags & CRM_FIELD_SYSTEM) != 0 || crm_kind_is_relation (field->kind))) ||
          strcmp (field->name, "external_id") == 0)
        continue;
      add_target (targets, column, path, field, group);
    }
}

static int
compare_targets (gconstpointer a, gconstpointer b)
{
  const CrmImportTarget *first = *(const CrmImportTarget *const *) a;
  const CrmImportTarget *second = *(const CrmImportTarget *const *) b;

  return second->likely - first->likely;
}

GPtrArray *
crm_import_plan_list_targets (CrmImportPlan *self, guint column)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func (target_free);
  g_autoptr (GPtrArray) reverse = NULL;
  const CrmCatalogue *catalogue;
  const CrmImportColumn *c;
  guint i;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), targets);
  g_return_val_if_fail (column < self->columns->len, targets);

  c = get_column (self, column);
  catalogue = crm_store_get_catalogue (self->store);
  add_fields (targets, c, self->type, NULL, self->type->label);
  if (crm_record_type_find_field (self->type, "body") == NULL)
    add_own_target (targets, self->type, "note", _ ("Note"));
  add_own_target (targets, self->type, "id", _ ("ID"));

  for (i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      const CrmRecordType *type = field->target != 0
                                      ? crm_catalogue_get_type (catalogue, field->target)
                                      : NULL;

      if (type != NULL && (field->kind == CRM_KIND_RELATION || field->kind == CRM_KIND_RELATIONS))
        add_fields (targets, c, type, field->name, field->label);
    }
  reverse = crm_catalogue_list_reverse (catalogue, self->type);
  for (i = 0; i < reverse->len; i++)
    {
      const CrmField *relation = g_ptr_array_index (reverse, i);
      const CrmRecordType *type = crm_catalogue_get_type (catalogue, relation->type_id);

      if (type != NULL && type->id != self->type->id && relation->reverse_name != NULL &&
          relation->target != 0 && relation->kind == CRM_KIND_RELATION)
        add_fields (targets, c, type, relation->reverse_name, relation->reverse_label);
    }

  /* What does not fit stays in the order of the fields. */
  g_ptr_array_sort (targets, compare_targets);

  return targets;
}

/* Meanings */

static void
meaning_free (gpointer data)
{
  CrmImportMeaning *meaning = data;

  g_free (meaning->text);
  g_free (meaning->option);
  g_free (meaning->label);
  g_free (meaning);
}

static gboolean
has_meanings (const CrmImportColumn *column)
{
  return column->role == CRM_ROLE_FIELD && column->field != NULL &&
         (column->field->kind == CRM_KIND_CHOICE || column->field->kind == CRM_KIND_CHOICES ||
          column->field->kind == CRM_KIND_MEMBER);
}

static char *
make_key (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);

  return g_strdup (g_strstrip (folded));
}

static void
count_text (GHashTable *counts, const char *text)
{
  g_autofree char *key = make_key (text);
  CrmImportMeaning *meaning = g_hash_table_lookup (counts, key);

  if (meaning == NULL)
    {
      if (*key == '\0' || g_hash_table_size (counts) >= MAX_MEANINGS)
        return;
      meaning = g_new0 (CrmImportMeaning, 1);
      meaning->text = g_strdup (text);
      g_hash_table_insert (counts, g_steal_pointer (&key), meaning);
    }
  meaning->count++;
}

static void
count_cell (GHashTable *counts, const CrmImportColumn *column, const CrmCsvCell *cell)
{
  const CrmField *field = column->field;
  g_autofree char *text = g_strndup (cell->text, cell->size);
  g_autofree char *clean = crm_text_clean (text, FALSE);
  guint i;

  if (clean == NULL || crm_import_cell_is_empty (clean, field->kind))
    return;
  if (!crm_kind_is_repeated (field->kind))
    {
      count_text (counts, clean);
      return;
    }

  {
    g_autoptr (GPtrArray) pieces = crm_import_cell_split (field, text, column->writing.separator);

    for (i = 0; i < pieces->len; i++)
      count_text (counts, g_ptr_array_index (pieces, i));
  }
}

static void
set_option (CrmImportPlan *self,
            CrmImportMeaning *meaning,
            const CrmField *field,
            GHashTable *meanings)
{
  g_autofree char *key = make_key (meaning->text);
  const char *said = meanings != NULL ? g_hash_table_lookup (meanings, key) : NULL;
  const CrmOption *option = NULL;

  if (said != NULL && *said == '\0')
    {
      meaning->option = g_strdup ("");
      return;
    }
  if (field->kind == CRM_KIND_MEMBER)
    {
      meaning->option = g_strdup (said);
      meaning->label = g_strdup (said);
      return;
    }

  if (said == NULL && self->translates_options)
    option = crm_import_find_option (field, meaning->text);
  else
    option = crm_field_find_option (field, said != NULL ? said : meaning->text, 0);
  if (option != NULL)
    {
      meaning->option = g_strdup (option->name);
      meaning->label = g_strdup (option->label);
    }
}

static int
compare_meanings (gconstpointer a, gconstpointer b)
{
  const CrmImportMeaning *first = *(const CrmImportMeaning *const *) a;
  const CrmImportMeaning *second = *(const CrmImportMeaning *const *) b;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;

  return strcmp (first->text, second->text);
}

void
crm_import_plan_set_translates_options (CrmImportPlan *self, gboolean translates)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  self->translates_options = translates;
}

const CrmField *
crm_import_plan_get_field (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return get_column (self, column)->field;
}

GPtrArray *
crm_import_plan_list_meanings (CrmImportPlan *self,
                               guint column,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GPtrArray) meanings = g_ptr_array_new_with_free_func (meaning_free);
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;
  const CrmImportColumn *c;
  const CrmCsvCell *cells;
  GHashTableIter iter;
  gpointer meaning;
  guint n_cells;
  gint64 line;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  c = get_column (self, column);
  if (!has_meanings (c))
    return g_steal_pointer (&meanings);

  reader = crm_table_read (self->table, error);
  if (reader == NULL)
    return NULL;
  counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, &local_error))
    if (column < n_cells)
      count_cell (counts, c, &cells[column]);

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &meaning))
    {
      set_option (self, meaning, c->field, c->meanings);
      g_ptr_array_add (meanings, meaning);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_ptr_array_sort (meanings, compare_meanings);

  return g_steal_pointer (&meanings);
}

gboolean
crm_import_plan_set_meaning (CrmImportPlan *self,
                             guint column,
                             const char *text,
                             const char *option,
                             GError **error)
{
  CrmImportColumn *c;
  const char *meaning = option;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  c = get_column (self, column);
  if (!has_meanings (c))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("The column “%s” goes to no field with options; choose one first."),
                   c->title);
      return FALSE;
    }
  if (option == NULL)
    {
      meaning = text;
    }
  else if (*option != '\0' && c->field->kind != CRM_KIND_MEMBER)
    {
      const CrmOption *found = crm_field_find_option (c->field, option, 0);

      if (found == NULL)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                       _ ("“%s” has no option “%s”; choose one that it has."), c->field->label,
                       option);
          return FALSE;
        }
      meaning = found->name;
    }

  if (c->meanings == NULL)
    c->meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (c->meanings, make_key (text), g_strdup (meaning));
  c->is_chosen = TRUE;

  return TRUE;
}
