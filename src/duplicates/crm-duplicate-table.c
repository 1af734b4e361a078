/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the fields of many records into packed columns, each field by one thread. */

#include "config.h"

#include "crm-duplicate-table-private.h"

#include <inttypes.h>
#include <string.h>

#include "crm-tables.h"

#define N_SAMPLES 1000
#define MAX_READERS 2 /* the window needs one too */
#define FEW_ROWS 20000 /* asked for one by one */

CrmDuplicateTable *
crm_duplicate_table_new (const CrmRecordType *type, guint n_rows)
{
  CrmDuplicateTable *self = g_new0 (CrmDuplicateTable, 1);

  self->type = type;
  self->ids = g_array_sized_new (FALSE, TRUE, sizeof (gint64), n_rows);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_duplicate_column_free);

  return self;
}

void
crm_duplicate_table_free (CrmDuplicateTable *self)
{
  g_array_unref (self->ids);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

GArray *
crm_duplicate_list_live (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE
                                          " WHERE state = 0 ORDER BY id",
                                          type->id);
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&ids);
}

/* What is stored, as text */

void
crm_duplicate_value_foreach_text (const CrmCatalogue *catalogue,
                                  const CrmField *field,
                                  const CrmValue *value,
                                  CrmDuplicateTextFunc func,
                                  gpointer data)
{
  char number[32];

  switch (crm_value_get_shape (value))
    {
    case CRM_VALUE_TEXT:
      func (crm_value_get_text (value), data);
      break;

    case CRM_VALUE_INTEGER:
    case CRM_VALUE_MONEY:
      g_snprintf (number, sizeof number, "%" PRId64, crm_value_get_integer (value));
      func (number, data);
      break;

    case CRM_VALUE_ITEMS:
      for (guint i = 0; i < crm_value_get_n_items (value); i++)
        {
          const CrmItem *item = crm_value_get_item (value, i);
          const CrmOption *option = field->kind == CRM_KIND_CHOICE
                                        ? crm_catalogue_get_option (catalogue, item->id)
                                        : NULL;
          const char *text = crm_item_get_key (item);

          if (option != NULL)
            func (option->label, data);
          else if (text != NULL)
            func (text, data);
        }
      break;

    default:
      g_assert_not_reached ();
    }
}

/* Reading */

/* What a field is read with: an expression of the record's table @table */
static char *
make_expression (const CrmCatalogue *catalogue, const CrmField *field, const char *table)
{
  const CrmRecordType *target = field->kind == CRM_KIND_RELATION
                                    ? crm_catalogue_get_type (catalogue, field->target)
                                    : NULL;

  if (target != NULL)
    return g_strdup_printf ("(SELECT o." CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                            " o WHERE o.id = %s." CRM_VALUE_COLUMN " AND o.state = 0)",
                            target->label_field->id, target->id, table, field->id);

  return g_strdup_printf ("%s." CRM_VALUE_COLUMN, table, field->id);
}

/* By id where @by_id, else all in the order of ids; first the id, then the text */
static char *
make_sql (const CrmCatalogue *catalogue,
          const CrmRecordType *type,
          const CrmField *field,
          gboolean by_id)
{
  g_autofree char *expression = NULL;

  if (crm_field_get_items (field) == CRM_ITEMS_TEXT)
    return g_strdup_printf ("SELECT record, key FROM " CRM_ITEM_TABLE
                            " WHERE live = 1%s ORDER BY record, position",
                            field->id, by_id ? " AND record = ?1" : "");

  expression = make_expression (catalogue, field, "r");
  return g_strdup_printf ("SELECT r.id, %s FROM " CRM_RECORD_TABLE " r WHERE r.state = 0 AND %s",
                          expression, type->id, by_id ? "r.id = ?1" : "1 ORDER BY r.id");
}

static const char *
get_text (const CrmCatalogue *catalogue, const CrmField *field, CrmStatement *statement)
{
  const CrmOption *option;

  if (field->kind != CRM_KIND_CHOICE)
    return crm_statement_get_text (statement, 1);

  option = crm_statement_is_null (statement, 1)
               ? NULL
               : crm_catalogue_get_option (catalogue, crm_statement_get_int (statement, 1));
  return option != NULL ? option->label : NULL;
}

typedef struct
{
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
  const CrmField *field;
  GArray *ids;
  const CrmDuplicateDrafts *drafts; /* (nullable) */
  GPtrArray *sample; /* of texts; or NULL */
  CrmDuplicateColumn *column; /* or NULL */
} Reading;

static void
take_row (const Reading *self, guint row, CrmStatement *statement)
{
  const char *text = get_text (self->catalogue, self->field, statement);

  if (text == NULL || *text == '\0')
    return;
  if (self->column != NULL)
    crm_duplicate_column_add (self->column, row, text);
  else
    g_ptr_array_add (self->sample, g_strdup (text));
}

static gboolean
read_by_id (CrmConnection *connection, const Reading *self, guint step, GError **error)
{
  g_autofree char *sql = make_sql (self->catalogue, self->type, self->field, TRUE);
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;

  for (guint row = 0; row < self->ids->len; row += step)
    {
      crm_statement_bind_int (statement, 1, g_array_index (self->ids, gint64, row));
      while (crm_statement_step (statement, &local_error))
        take_row (self, row, statement);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      crm_statement_reset (statement);
    }

  return TRUE;
}

gboolean
crm_duplicate_read_texts (CrmConnection *connection,
                          const CrmCatalogue *catalogue,
                          const CrmRecordType *type,
                          const CrmField *field,
                          CrmDuplicateRowFunc func,
                          gpointer data,
                          GError **error)
{
  g_autofree char *sql = make_sql (catalogue, type, field, FALSE);
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      const char *text = get_text (catalogue, field, statement);

      if (text != NULL && *text != '\0')
        func (crm_statement_get_int (statement, 0), text, data);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  const Reading *reading;
  guint row;
} Placing;

static void
place_row_cb (gint64 id, const char *text, gpointer data)
{
  Placing *self = data;
  const Reading *reading = self->reading;
  const gint64 *ids = (const gint64 *) (gpointer) reading->ids->data;

  while (self->row < reading->ids->len && ids[self->row] < id)
    self->row++;
  if (self->row < reading->ids->len && ids[self->row] == id)
    crm_duplicate_column_add (reading->column, self->row, text);
}

static gboolean
read_all (CrmConnection *connection, const Reading *self, GError **error)
{
  Placing placing = { self, 0 };

  return crm_duplicate_read_texts (connection, self->catalogue, self->type, self->field,
                                   place_row_cb, &placing, error);
}

static gboolean
read_func (CrmConnection *connection, gpointer data, GError **error)
{
  const Reading *self = data;

  if (self->sample != NULL)
    return read_by_id (connection, self, MAX (1, self->ids->len / N_SAMPLES), error);
  if (self->ids->len <= FEW_ROWS)
    return read_by_id (connection, self, 1, error);

  return read_all (connection, self, error);
}

typedef struct
{
  CrmDuplicateColumn *column;
  guint row;
} Adding;

static void
add_text_cb (const char *text, gpointer data)
{
  Adding *self = data;

  crm_duplicate_column_add (self->column, self->row, text);
}

/* Behind the records that exist */
static void
add_drafts (const Reading *self)
{
  const CrmDuplicateDrafts *drafts = self->drafts;
  guint n = drafts != NULL ? drafts->n_fields : 0;
  Adding adding = { self->column, self->ids->len };

  for (guint i = 0; i < n; i++)
    if (drafts->fields[i]->id == self->field->id)
      for (guint j = 0; j < drafts->n_rows; j++, adding.row++)
        if (drafts->values[j * n + i] != NULL)
          crm_duplicate_value_foreach_text (self->catalogue, self->field, drafts->values[j * n + i],
                                            add_text_cb, &adding);
}

typedef struct
{
  CrmDatabase *database;
  GCancellable *cancellable;
  GPtrArray *readings; /* Reading */
} ReadAll;

static gboolean
read_task (guint task, guint thread, gpointer data, GError **error)
{
  ReadAll *self = data;
  Reading *reading = g_ptr_array_index (self->readings, task);

  if (!crm_database_read (self->database, read_func, reading, self->cancellable, error))
    return FALSE;

  add_drafts (reading);
  crm_duplicate_column_finish (reading->column);
  if (reading->column->trait == CRM_TRAIT_NAME)
    crm_duplicate_column_count_words (reading->column);
  return TRUE;
}

static gboolean
guess (CrmDatabase *database,
       Reading *reading,
       CrmDuplicateGuess *guess,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GPtrArray) sample = g_ptr_array_new_with_free_func (g_free);

  reading->sample = sample;
  if (!crm_database_read (database, read_func, reading, cancellable, error))
    return FALSE;
  reading->sample = NULL;

  g_ptr_array_add (sample, NULL);
  *guess = crm_duplicate_guess_trait (reading->type, reading->field,
                                      (const char *const *) sample->pdata);
  return TRUE;
}

static gboolean
is_wanted (const CrmCatalogue *catalogue, const CrmField *field, GPtrArray *fields)
{
  CrmItems items = crm_field_get_items (field);

  if (field->kind == CRM_KIND_RELATION && crm_catalogue_get_type (catalogue, field->target) == NULL)
    return FALSE;
  if (items != CRM_ITEMS_NONE && items != CRM_ITEMS_TEXT)
    return FALSE;
  if (fields == NULL)
    return TRUE;
  for (guint i = 0; i < fields->len; i++)
    if (((const CrmField *) g_ptr_array_index (fields, i))->id == field->id)
      return TRUE;

  return FALSE;
}

CrmDuplicateTable *
crm_duplicate_table_read (CrmStore *store,
                          const CrmRecordType *type,
                          GArray *ids,
                          GPtrArray *fields,
                          const CrmDuplicateDrafts *drafts,
                          CrmDuplicateWork *work,
                          GError **error)
{
  g_autoptr (CrmDuplicateTable) self = crm_duplicate_table_new (type, ids->len);
  g_autoptr (GPtrArray) readings = g_ptr_array_new_with_free_func (g_free);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  CrmDatabase *database = crm_store_get_database (store);
  ReadAll all = { database, work->cancellable, readings };
  CrmDuplicateGuess guesses[CRM_DUPLICATE_MAX_COLUMNS];

  if (ids->len > 0)
    g_array_append_vals (self->ids, ids->data, ids->len);
  self->n_existing = ids->len;
  if (drafts != NULL)
    g_array_set_size (self->ids, ids->len + drafts->n_rows);

  for (guint i = 0; i < type->n_fields && readings->len < CRM_DUPLICATE_MAX_COLUMNS; i++)
    {
      Reading reading = { catalogue, type, type->fields[i], ids, drafts, NULL, NULL };
      CrmDuplicateGuess *of_field = &guesses[readings->len];

      if (!is_wanted (catalogue, reading.field, fields))
        continue;
      if (!guess (database, &reading, of_field, work->cancellable, error))
        return NULL;
      if (of_field->is_used)
        g_ptr_array_add (readings, g_memdup2 (&reading, sizeof reading));
    }

  crm_duplicate_settle_guesses (guesses, readings->len);
  for (guint i = 0; i < readings->len; i++)
    {
      Reading *reading = g_ptr_array_index (readings, i);

      reading->column = crm_duplicate_column_new (reading->field, guesses[i].trait,
                                                  guesses[i].is_numeric, self->ids->len);
      g_ptr_array_add (self->columns, reading->column);
    }

  if (!crm_duplicate_work_run (work, readings->len, MAX_READERS, read_task, &all, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* Comparing */

static CrmLikeness
compare_column (const CrmDuplicateColumn *column, guint row_a, guint row_b, guint32 *same)
{
  guint n_a;
  guint n_b;
  const guint32 *of_a = crm_duplicate_column_get (column, row_a, &n_a);
  const guint32 *of_b = crm_duplicate_column_get (column, row_b, &n_b);
  CrmLikeness best = n_a > 0 && n_b > 0 ? CRM_LIKENESS_DIFFERENT : CRM_LIKENESS_MISSING;

  for (guint i = 0; i < n_a; i++)
    for (guint j = 0; j < n_b; j++)
      {
        CrmLikeness likeness = crm_duplicate_column_compare (column, of_a[i], of_b[j]);

        if (likeness == CRM_LIKENESS_SAME)
          {
            *same = of_a[i];
            return likeness;
          }
        best = MIN (best, likeness);
      }

  return best;
}

/* Fields whose values may have been typed into each other */
static gboolean
can_swap (const CrmDuplicateColumn *a, const CrmDuplicateColumn *b)
{
  gboolean names = (a->trait == CRM_TRAIT_GIVEN || a->trait == CRM_TRAIT_FAMILY) &&
                   (b->trait == CRM_TRAIT_GIVEN || b->trait == CRM_TRAIT_FAMILY);
  gboolean places = (a->trait == CRM_TRAIT_STREET || a->trait == CRM_TRAIT_PLACE ||
                     a->trait == CRM_TRAIT_NUMBER) &&
                    (b->trait == CRM_TRAIT_STREET || b->trait == CRM_TRAIT_PLACE ||
                     b->trait == CRM_TRAIT_NUMBER);
  gboolean words = (a->trait == CRM_TRAIT_WORD || a->trait == CRM_TRAIT_TEXT) &&
                   (b->trait == CRM_TRAIT_WORD || b->trait == CRM_TRAIT_TEXT);

  return names || places || words;
}

static gboolean
is_alike_across (const CrmDuplicateColumn *a, guint row_a, const CrmDuplicateColumn *b, guint row_b)
{
  guint n_a;
  guint n_b;
  const guint32 *of_a = crm_duplicate_column_get (a, row_a, &n_a);
  const guint32 *of_b = crm_duplicate_column_get (b, row_b, &n_b);

  if (n_a == 0 || n_b == 0)
    return FALSE;
  if (crm_duplicate_column_get_hash (a, *of_a) == crm_duplicate_column_get_hash (b, *of_b))
    return TRUE;

  return crm_duplicate_compare_texts (
             a->trait, a->is_numeric, crm_duplicate_column_get_text (a, *of_a),
             crm_duplicate_column_get_size (a, *of_a), crm_duplicate_column_get_text (b, *of_b),
             crm_duplicate_column_get_size (b, *of_b)) <= CRM_LIKENESS_NEARLY;
}

static gboolean
is_empty (const CrmDuplicateColumn *column, guint row)
{
  return column->rows[row] == 0;
}

/* Both crosswise alike, or one so and the other place empty on a side that would have it */
static gboolean
are_swapped (const CrmDuplicateColumn *a, const CrmDuplicateColumn *b, guint row_a, guint row_b)
{
  gboolean ab = is_alike_across (a, row_a, b, row_b);
  gboolean ba = is_alike_across (b, row_a, a, row_b);

  return (ab && ba) || (ab && (is_empty (b, row_a) || is_empty (a, row_b))) ||
         (ba && (is_empty (a, row_a) || is_empty (b, row_b)));
}

void
crm_duplicate_table_compare_column (const CrmDuplicateTable *self,
                                    guint column,
                                    guint row_a,
                                    guint row_b,
                                    CrmDuplicateLikenesses *likenesses)
{
  likenesses->value[column] = 0;
  likenesses->level[column] = (guint8) compare_column (crm_duplicate_table_get (self, column),
                                                       row_a, row_b, &likenesses->value[column]);
}

gboolean
crm_duplicate_table_can_be_swapped (const CrmDuplicateTable *self, guint column)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (i != column &&
        can_swap (crm_duplicate_table_get (self, i), crm_duplicate_table_get (self, column)))
      return TRUE;

  return FALSE;
}

void
crm_duplicate_table_find_swapped (const CrmDuplicateTable *self,
                                  guint row_a,
                                  guint row_b,
                                  CrmDuplicateLikenesses *likenesses)
{
  guint n = self->columns->len;
  guint32 unlike = 0; /* columns that say it is another, or nothing */
  guint n_different = 0;

  for (guint i = 0; i < n; i++)
    {
      guint8 level = likenesses->level[i];

      if (level == CRM_LIKENESS_DIFFERENT || level == CRM_LIKENESS_MISSING)
        unlike |= 1u << i;
      n_different += level == CRM_LIKENESS_DIFFERENT;
    }

  for (guint i = 0; i < n && n_different > 0; i++)
    for (guint j = i + 1; j < n && (unlike >> i & 1) != 0; j++)
      {
        const CrmDuplicateColumn *a = crm_duplicate_table_get (self, i);
        const CrmDuplicateColumn *b = crm_duplicate_table_get (self, j);

        if ((unlike >> j & 1) == 0 || !can_swap (a, b))
          continue;
        if (are_swapped (a, b, row_a, row_b))
          {
            likenesses->level[i] = CRM_LIKENESS_NEARLY;
            likenesses->level[j] = CRM_LIKENESS_NEARLY;
            unlike &= ~(1u << i | 1u << j);
          }
      }
}

void
crm_duplicate_table_compare (const CrmDuplicateTable *self,
                             guint row_a,
                             guint row_b,
                             CrmDuplicateLikenesses *likenesses)
{
  for (guint i = 0; i < self->columns->len; i++)
    crm_duplicate_table_compare_column (self, i, row_a, row_b, likenesses);
  crm_duplicate_table_find_swapped (self, row_a, row_b, likenesses);
}
