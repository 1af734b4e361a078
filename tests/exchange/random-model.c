/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "random-model.h"

#include <string.h>

#include "crm-query.h"

#define ID G_GINT64_FORMAT

static void
row_free (gpointer data)
{
  ModelRow *row = data;

  g_hash_table_unref (row->values);
  g_free (row);
}

static GHashTable *
values_new (void)
{
  return g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL,
                                (GDestroyNotify) g_ptr_array_unref);
}

Model *
model_new (void)
{
  Model *self = g_new0 (Model, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->fields = g_array_new (FALSE, TRUE, sizeof (ModelField));
  self->removed_types = g_ptr_array_new ();
  return self;
}

/* Texts are never changed in place, so copies share them */
Model *
model_copy (const Model *self)
{
  Model *copy = model_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      const ModelRow *row = g_ptr_array_index (self->rows, i);
      ModelRow *row_copy = model_add_row (copy, row->type, row->id);
      GHashTableIter iter;
      gpointer name, texts;

      row_copy->state = row->state;
      g_hash_table_iter_init (&iter, row->values);
      while (g_hash_table_iter_next (&iter, &name, &texts))
        g_hash_table_insert (row_copy->values, name, g_ptr_array_ref (texts));
    }
  g_array_append_vals (copy->fields, self->fields->data, self->fields->len);
  for (guint i = 0; i < self->removed_types->len; i++)
    g_ptr_array_add (copy->removed_types, g_ptr_array_index (self->removed_types, i));

  return copy;
}

void
model_free (Model *self)
{
  g_ptr_array_unref (self->rows);
  g_array_unref (self->fields);
  g_ptr_array_unref (self->removed_types);
  g_free (self);
}

void
model_add_field (Model *self, const char *type, const char *name, CrmKind kind, gboolean unique)
{
  ModelField field = { g_intern_string (type), g_intern_string (name), kind, unique, FALSE };

  g_array_append_val (self->fields, field);
}

ModelField *
model_find_field (Model *self, const char *type, const char *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      ModelField *field = &g_array_index (self->fields, ModelField, i);

      if (field->type == g_intern_string (type) && field->name == g_intern_string (name))
        return field;
    }

  return NULL;
}

gboolean
model_has_type (const Model *self, const char *type)
{
  return !g_ptr_array_find (self->removed_types, g_intern_string (type), NULL);
}

ModelRow *
model_add_row (Model *self, const char *type, gint64 id)
{
  ModelRow *row = g_new0 (ModelRow, 1);

  row->id = id;
  row->type = g_intern_string (type);
  row->values = values_new ();
  g_ptr_array_add (self->rows, row);
  return row;
}

ModelRow *
model_find_row (const Model *self, gint64 id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      ModelRow *row = g_ptr_array_index (self->rows, i);

      if (row->id == id)
        return row;
    }

  return NULL;
}

GPtrArray *
model_texts_new (const char *first)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  if (first != NULL && first[0] != '\0')
    g_ptr_array_add (texts, g_strdup (first));
  return texts;
}

static gboolean
has_text (GPtrArray *texts, const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

static gboolean
is_hidden (const Model *self, const char *id)
{
  const ModelRow *row = model_find_row (self, g_ascii_strtoll (id, NULL, 10));

  return row == NULL || row->state != CRM_STATE_LIVE || !model_has_type (self, row->type);
}

GPtrArray *
model_get_visible (const Model *self, const ModelRow *row, const ModelField *field)
{
  GPtrArray *texts = g_hash_table_lookup (row->values, field->name);
  GPtrArray *visible = model_texts_new (NULL);

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);

      if (!crm_kind_is_relation (field->kind) || !is_hidden (self, text))
        g_ptr_array_add (visible, g_strdup (text));
    }

  return visible;
}

static void
set_stored (ModelRow *row, const ModelField *field, GPtrArray *texts)
{
  if (texts->len > 0)
    {
      g_hash_table_insert (row->values, (gpointer) field->name, texts);
      return;
    }
  g_hash_table_remove (row->values, field->name);
  g_ptr_array_unref (texts);
}

void
model_set (Model *self, ModelRow *row, const ModelField *field, GPtrArray *texts)
{
  GPtrArray *old = g_hash_table_lookup (row->values, field->name);

  for (guint i = 0; old != NULL && field->kind == CRM_KIND_RELATIONS && i < old->len; i++)
    {
      const char *text = g_ptr_array_index (old, i);

      if (is_hidden (self, text) && !has_text (texts, text))
        g_ptr_array_add (texts, g_strdup (text));
    }
  set_stored (row, field, texts);
}

/* Merging */

/* What the kept one has in @field afterwards */
static void
unite (ModelRow *kept, ModelRow *other, const ModelField *field)
{
  g_autofree char *own_id = g_strdup_printf ("%" ID, kept->id);
  g_autofree char *other_id = g_strdup_printf ("%" ID, other->id);
  GPtrArray *sources[] = { g_hash_table_lookup (kept->values, field->name),
                           g_hash_table_lookup (other->values, field->name) };
  GPtrArray *united = model_texts_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    for (guint j = 0; sources[i] != NULL && j < sources[i]->len; j++)
      {
        const char *text = g_ptr_array_index (sources[i], j);
        gboolean is_full = !crm_kind_is_repeated (field->kind) && united->len > 0;
        gboolean is_itself = crm_kind_is_relation (field->kind) &&
                             (strcmp (text, own_id) == 0 || strcmp (text, other_id) == 0);

        if (!is_full && !is_itself && !has_text (united, text))
          g_ptr_array_add (united, g_strdup (text));
      }
  set_stored (kept, field, united);
}

/* Every @from of the field becomes @to, once */
static void
replace (ModelRow *row, const ModelField *field, const char *from, const char *to)
{
  GPtrArray *texts = g_hash_table_lookup (row->values, field->name);
  GPtrArray *replaced;

  if (texts == NULL || !has_text (texts, from))
    return;

  replaced = model_texts_new (NULL);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      const char *wanted = strcmp (text, from) == 0 ? to : text;

      if (!has_text (replaced, wanted))
        g_ptr_array_add (replaced, g_strdup (wanted));
    }
  set_stored (row, field, replaced);
}

void
model_merge (Model *self, ModelRow *kept, ModelRow *other)
{
  g_autofree char *kept_id = g_strdup_printf ("%" ID, kept->id);
  g_autofree char *other_id = g_strdup_printf ("%" ID, other->id);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const ModelField *field = &g_array_index (self->fields, ModelField, i);

      if (field->type == kept->type && !field->removed)
        unite (kept, other, field);
      for (guint j = 0; !field->removed && model_has_type (self, field->type) &&
                        crm_kind_is_relation (field->kind) && j < self->rows->len;
           j++)
        {
          ModelRow *row = g_ptr_array_index (self->rows, j);

          if (row->type == field->type && row != kept && row != other)
            replace (row, field, other_id, kept_id);
        }
    }
  other->state = CRM_STATE_MERGED;
}

void
model_replace_option (Model *self, const ModelField *field, const char *from, const char *to)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      ModelRow *row = g_ptr_array_index (self->rows, i);

      if (row->type == field->type)
        replace (row, field, from, to);
    }
}

gboolean
model_field_has_clash (const Model *self, const ModelField *field)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const ModelRow *row = g_ptr_array_index (self->rows, i);
      GPtrArray *texts = g_hash_table_lookup (row->values, field->name);

      for (guint j = 0; row->type == field->type && row->state == CRM_STATE_LIVE && texts != NULL &&
                        j < texts->len;
           j++)
        if (!g_hash_table_add (seen, g_ptr_array_index (texts, j)))
          return TRUE;
    }

  return FALSE;
}

gboolean
model_has_clash (const Model *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const ModelField *field = &g_array_index (self->fields, ModelField, i);

      if (field->unique && !field->removed && model_has_type (self, field->type) &&
          model_field_has_clash (self, field))
        return TRUE;
    }

  return FALSE;
}

/* Beside the workspace */

GPtrArray *
model_read_value (const CrmValue *value)
{
  GPtrArray *texts = model_texts_new (NULL);

  if (value == NULL)
    return texts;

  switch (crm_value_get_shape (value))
    {
    case CRM_VALUE_TEXT:
      g_ptr_array_add (texts, g_strdup (crm_value_get_text (value)));
      break;

    case CRM_VALUE_INTEGER:
      g_ptr_array_add (texts, g_strdup_printf ("%" ID, crm_value_get_integer (value)));
      break;

    case CRM_VALUE_MONEY:
      g_ptr_array_add (texts, g_strdup_printf ("%" ID " %s", crm_value_get_integer (value),
                                               crm_value_get_currency (value)));
      break;

    case CRM_VALUE_ITEMS:
    default:
      for (guint i = 0; i < crm_value_get_n_items (value); i++)
        {
          const CrmItem *item = crm_value_get_item (value, i);

          g_ptr_array_add (texts, item->id != 0 ? g_strdup_printf ("%" ID, item->id)
                                                : g_strdup (item->text));
        }
      break;
    }

  return texts;
}

CrmValue *
model_make_value (const CrmCatalogue *catalogue, const CrmField *field, GPtrArray *texts)
{
  GArray *items;

  if (texts->len == 0)
    return NULL;

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
      return crm_value_new_text (g_ptr_array_index (texts, 0));

    case CRM_KIND_INTEGER:
      return crm_value_new_integer (g_ascii_strtoll (g_ptr_array_index (texts, 0), NULL, 10));

    case CRM_KIND_MONEY:
      return crm_value_new_money (g_ascii_strtoll (g_ptr_array_index (texts, 0), NULL, 10), "EUR");

    default:
      break;
    }

  items = crm_item_array_new ();
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      gint64 id = g_ascii_strtoll (text, NULL, 10);

      if (crm_kind_is_relation (field->kind))
        crm_item_array_add (items, NULL, NULL, NULL, id, field->target);
      else if (field->kind == CRM_KIND_CHOICE || field->kind == CRM_KIND_CHOICES)
        crm_item_array_add (items, crm_catalogue_get_option (catalogue, id)->label, NULL, NULL, id,
                            0);
      else
        crm_item_array_add (items, text, i == 0 ? "Work" : NULL, text, 0, 0);
    }

  return crm_value_new_items_take (items);
}

static void
assert_texts (GPtrArray *seen, GPtrArray *expected, const ModelField *field, gint64 id)
{
  gboolean same = seen->len == expected->len;

  for (guint i = 0; same && i < seen->len; i++)
    same = strcmp (g_ptr_array_index (seen, i), g_ptr_array_index (expected, i)) == 0;
  if (same)
    return;

  g_ptr_array_add (seen, NULL);
  g_ptr_array_add (expected, NULL);
  {
    g_autofree char *seen_text = g_strjoinv ("; ", (char **) seen->pdata);
    g_autofree char *expected_text = g_strjoinv ("; ", (char **) expected->pdata);

    g_error ("%s of %s %" ID " is “%s”, and should be “%s”", field->name, field->type, id,
             seen_text, expected_text);
  }
}

static void
assert_row (const Model *self, const ModelRow *row, TestWorkspace *test)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = crm_store_get_record (test->store, row->id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_record_get_state (record), ==, row->state);
  if (row->state != CRM_STATE_LIVE)
    return;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const ModelField *field = &g_array_index (self->fields, ModelField, i);
      g_autoptr (GPtrArray) seen = NULL;
      g_autoptr (GPtrArray) expected = NULL;

      if (field->type != row->type || field->removed)
        continue;
      seen = model_read_value (crm_record_get_value_by_name (record, field->name));
      expected = model_get_visible (self, row, field);
      assert_texts (seen, expected, field, row->id);
    }
}

/* The list that a window shows has exactly the live ones */
static void
assert_list (const Model *self, const CrmRecordType *type, TestWorkspace *test)
{
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = crm_query_run (query, test->store, NULL, &error);
  guint n_live = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const ModelRow *row = g_ptr_array_index (self->rows, i);

      n_live += row->state == CRM_STATE_LIVE && strcmp (row->type, type->name) == 0;
    }
  g_assert_cmpuint (ids->len, ==, n_live);
  for (guint i = 0; i < ids->len; i++)
    g_assert_nonnull (model_find_row (self, g_array_index (ids, gint64, i)));
}

void
model_assert (const Model *self, TestWorkspace *test)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const ModelRow *row = g_ptr_array_index (self->rows, i);

      if (model_has_type (self, row->type))
        assert_row (self, row, test);
    }
  for (guint i = 0; i < self->fields->len; i++)
    {
      const ModelField *field = &g_array_index (self->fields, ModelField, i);
      const CrmRecordType *type = crm_catalogue_find_type (catalogue, field->type);

      g_assert_true ((type != NULL) == model_has_type (self, field->type));
      if (type == NULL)
        continue;
      g_assert_true ((crm_record_type_find_field (type, field->name) == NULL) == field->removed);
      if (i == 0 || field[-1].type != field->type)
        assert_list (self, type, test);
    }
}
