/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "accuracy.h"

#include "crm-duplicates.h"
#include "crm-schema.h"
#include "test-model.h"

#define LEAST_SURE 0.99

typedef struct
{
  const char *const *columns;
  GPtrArray *rows;
  GArray *ids;
} Filling;

typedef struct
{
  guint n_pairs;
  guint n_right;
} Share;

AccuracyRow *
accuracy_row_copy (const AccuracyRow *self)
{
  AccuracyRow *copy = g_new0 (AccuracyRow, 1);

  copy->entity = self->entity;
  for (guint i = 0; i < ACCURACY_MAX_COLUMNS; i++)
    copy->texts[i] = g_strdup (self->texts[i]);

  return copy;
}

void
accuracy_row_free (AccuracyRow *self)
{
  for (guint i = 0; i < ACCURACY_MAX_COLUMNS; i++)
    g_free (self->texts[i]);
  g_free (self);
}

static gboolean
add_type_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Filling *self = data;
  const CrmRecordType *type;

  if (!crm_schema_add_type (transaction, "things", NULL, NULL, &type, error))
    return FALSE;
  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("column_%u", i);
      CrmFieldSpec spec = { .name = name, .label = self->columns[i], .kind = CRM_KIND_TEXT };

      if (!crm_schema_add_field (transaction, test_get_type (transaction, "things"), &spec, NULL,
                                 error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
fill_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Filling *self = data;
  const CrmRecordType *type = test_get_type (transaction, "things");
  const CrmField *of_column[ACCURACY_MAX_COLUMNS];

  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("column_%u", i);

      of_column[i] = crm_record_type_find_field (type, name);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AccuracyRow *row = g_ptr_array_index (self->rows, i);
      const CrmField *fields[ACCURACY_MAX_COLUMNS];
      CrmValue *values[ACCURACY_MAX_COLUMNS];
      guint n = 0;
      gint64 id;
      gboolean ok;

      for (guint j = 0; self->columns[j] != NULL; j++)
        if (row->texts[j] != NULL && *row->texts[j] != '\0')
          {
            fields[n] = of_column[j];
            values[n++] = crm_value_new_text (row->texts[j]);
          }
      ok = crm_transaction_create (transaction, type, fields, values, n, &id, NULL, error);
      while (n > 0)
        crm_value_unref (values[--n]);
      if (!ok)
        return FALSE;
      g_array_append_val (self->ids, id);
    }

  return TRUE;
}

static void
fill (TestWorkspace *workspace, Filling *filling)
{
  g_autoptr (GError) error = NULL;

  crm_store_write (workspace->store, CRM_ACT_TYPE, CRM_SOURCE_WINDOW, add_type_func, filling, NULL,
                   NULL, &error);
  g_assert_no_error (error);
  crm_store_write (workspace->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, fill_func, filling, NULL,
                   NULL, &error);
  g_assert_no_error (error);
}

static guint
count_true (GPtrArray *rows)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      gpointer entity = GUINT_TO_POINTER (
          ((const AccuracyRow *) g_ptr_array_index (rows, i))->entity);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, entity));

      n += count;
      g_hash_table_insert (counts, entity, GUINT_TO_POINTER (count + 1));
    }

  return n;
}

static void
count_group (const CrmDuplicateGroup *group, GHashTable *entities, Share *all, Share *sure)
{
  g_assert_cmpuint (group->reasons->len, >, 0);
  for (guint j = 0; j < group->ids->len; j++)
    for (guint k = 0; k < j; k++)
      {
        gboolean right = g_hash_table_lookup (entities, &g_array_index (group->ids, gint64, j)) ==
                         g_hash_table_lookup (entities, &g_array_index (group->ids, gint64, k));

        all->n_pairs++;
        all->n_right += right;
        if (group->score < CRM_DUPLICATES_SURE)
          continue;
        sure->n_pairs++;
        sure->n_right += right;
      }
}

void
accuracy_check (const char *path,
                const char *const *columns,
                GPtrArray *rows,
                double least_precision,
                double least_recall)
{
  g_autoptr (TestWorkspace) workspace = test_workspace_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) entities = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GError) error = NULL;
  Filling filling = { columns, rows, ids };
  Share all = { 0 };
  Share sure = { 0 };
  guint n_true = count_true (rows);

  fill (workspace, &filling);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_insert (entities, &g_array_index (ids, gint64, i),
                         GUINT_TO_POINTER (
                             ((const AccuracyRow *) g_ptr_array_index (rows, i))->entity));

  groups = crm_duplicates_find (workspace->store,
                                crm_catalogue_find_type (crm_store_get_catalogue (workspace->store),
                                                         "things"),
                                NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < groups->len; i++)
    count_group (g_ptr_array_index (groups, i), entities, &all, &sure);

  g_test_message ("%s: %u records, %u pairs, precision %.4f, recall %.4f; sure: precision %.4f, "
                  "recall %.4f",
                  path, rows->len, n_true, (double) all.n_right / MAX (all.n_pairs, 1),
                  (double) all.n_right / n_true, (double) sure.n_right / MAX (sure.n_pairs, 1),
                  (double) sure.n_right / n_true);
  g_assert_cmpfloat (all.n_right, >=, least_precision * all.n_pairs);
  g_assert_cmpfloat (all.n_right, >=, least_recall * n_true);
  g_assert_cmpfloat (sure.n_right, >=, LEAST_SURE * sure.n_pairs);
}
