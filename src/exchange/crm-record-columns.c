/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns by their names, and those that show a value of a related record. */

#include "config.h"

#include "crm-record-columns.h"

#include <glib/gi18n.h>

#include "crm-error.h"

/* "email" of emails; %NULL for a field without one */
static const char *
get_short_name (const CrmField *field)
{
  static const char *const names[][2] = {
    { "emails", "email" },
    { "phones", "phone" },
    { "domains", "domain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (crm_kind_is_repeated (field->kind) && g_str_equal (field->name, names[i][0]))
      return names[i][1];
  return NULL;
}

static void
clear_column (gpointer data)
{
  CrmColumn *column = data;

  g_clear_pointer (&column->hops, g_ptr_array_unref);
}

static GArray *
columns_new (void)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (CrmColumn));

  g_array_set_clear_func (columns, clear_column);
  return columns;
}

GArray *
crm_columns_new_for_type (const CrmRecordType *type, gboolean short_names)
{
  GArray *columns = columns_new ();

  g_return_val_if_fail (type != NULL, columns);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const char *short_name = get_short_name (type->fields[i]);
      CrmColumn column = { .field = type->fields[i], .name = type->fields[i]->name };

      g_array_append_val (columns, column);
      if (!short_names || short_name == NULL)
        continue;
      column.name = short_name;
      column.part = CRM_COLUMN_FIRST;
      g_array_append_val (columns, column);
    }
  return columns;
}

/* What else a column's value has to tell */
static CrmColumnPart
get_other_part (const CrmField *field)
{
  if (crm_kind_is_relation (field->kind))
    return CRM_COLUMN_ID;
  if (field->kind == CRM_KIND_EMAILS || field->kind == CRM_KIND_PHONES)
    return CRM_COLUMN_LABELS;

  return CRM_COLUMN_WHOLE;
}

static const char *
make_part_name (const char *name, CrmColumnPart part)
{
  g_autofree char *path = g_strconcat (name, part == CRM_COLUMN_ID ? ".id" : ".labels", NULL);

  return g_intern_string (path);
}

static void
add_parts (GArray *columns, gboolean with_ids)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);
      CrmColumn other = { .field = column->field, .part = get_other_part (column->field) };
      gboolean known = FALSE;

      if (column->part != CRM_COLUMN_WHOLE || other.part == CRM_COLUMN_WHOLE ||
          (other.part == CRM_COLUMN_ID && !with_ids))
        continue;
      other.name = make_part_name (column->name, other.part);
      for (guint j = 0; j < columns->len && !known; j++)
        known = g_str_equal (g_array_index (columns, CrmColumn, j).name, other.name);
      if (known)
        continue;
      if (column->hops != NULL)
        other.hops = g_ptr_array_ref (column->hops);
      g_array_insert_val (columns, i + 1, other);
    }
}

void
crm_columns_add_parts (GArray *columns)
{
  g_return_if_fail (columns != NULL);

  add_parts (columns, TRUE);
}

void
crm_columns_add_labels (GArray *columns)
{
  g_return_if_fail (columns != NULL);

  add_parts (columns, FALSE);
}

/* Whether a file that is read elsewhere brings the field along */
static gboolean
is_carried (const CrmRecordType *type, const CrmField *field)
{
  if (g_str_equal (field->name, "external_id"))
    return FALSE;

  return (field->flags & CRM_FIELD_READ_ONLY) == 0 || field == type->label_field ||
         g_str_equal (field->name, "created_at");
}

GArray *
crm_columns_new_for_file (const CrmRecordType *type)
{
  GArray *columns = columns_new ();

  g_return_val_if_fail (type != NULL, columns);

  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmColumn column = { .field = type->fields[i], .name = type->fields[i]->name };

      if (is_carried (type, type->fields[i]))
        g_array_append_val (columns, column);
    }
  crm_columns_add_parts (columns);
  return columns;
}

/* The type of the records that @field leads to; %NULL where that can be any */
static const CrmRecordType *
get_target (const CrmCatalogue *catalogue, const CrmField *field)
{
  if (!crm_kind_is_relation (field->kind) || field->target == 0)
    return NULL;

  return crm_catalogue_get_type (catalogue, field->target);
}

/* Follows all of @parts but the last, from @type to the type of the last */
static const CrmRecordType *
follow (const CrmCatalogue *catalogue,
        const CrmRecordType *type,
        char **parts,
        GPtrArray *hops,
        GError **error)
{
  for (guint i = 0; parts[i + 1] != NULL; i++)
    {
      const CrmField *field = crm_record_type_require_field (type, parts[i], error);

      if (field == NULL)
        return NULL;
      type = get_target (catalogue, field);
      if (type == NULL)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                       _ ("“%s” does not lead to records of one type, so nothing can follow it in"
                          " a column."),
                       field->name);
          return NULL;
        }
      g_ptr_array_add (hops, (gpointer) field);
    }

  return type;
}

/* Takes "id" behind a relation and "labels" behind addresses off @parts */
static CrmColumnPart
take_part (const CrmCatalogue *catalogue, const CrmRecordType *type, char **parts)
{
  guint n = g_strv_length (parts);
  const CrmField *field = NULL;
  CrmColumnPart part = CRM_COLUMN_WHOLE;

  if (n < 2)
    return part;
  for (guint i = 0; i + 1 < n && type != NULL; i++)
    {
      field = crm_record_type_find_field (type, parts[i]);
      type = field != NULL ? get_target (catalogue, field) : NULL;
    }
  if (field == NULL)
    return part;

  /* A type may have a field of its own that is called so */
  if (type != NULL && crm_record_type_find_field (type, parts[n - 1]) != NULL)
    return part;
  if (g_str_equal (parts[n - 1], "id") && get_other_part (field) == CRM_COLUMN_ID)
    part = CRM_COLUMN_ID;
  else if (g_str_equal (parts[n - 1], "labels") && get_other_part (field) == CRM_COLUMN_LABELS)
    part = CRM_COLUMN_LABELS;
  if (part != CRM_COLUMN_WHOLE)
    g_clear_pointer (&parts[n - 1], g_free);
  return part;
}

gboolean
crm_columns_add (GArray *columns,
                 const CrmCatalogue *catalogue,
                 const CrmRecordType *type,
                 const char *name,
                 GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) hops = NULL;
  CrmColumn column = { 0 };
  const char *last;

  g_return_val_if_fail (columns != NULL, FALSE);
  g_return_val_if_fail (catalogue != NULL && type != NULL, FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  parts = g_strsplit (name, ".", -1);
  column.part = take_part (catalogue, type, parts);
  last = parts[g_strv_length (parts) - 1];
  hops = g_ptr_array_new ();
  type = follow (catalogue, type, parts, hops, error);
  column.field = type != NULL ? crm_record_type_require_field (type, last, error) : NULL;
  if (column.field == NULL)
    return FALSE;

  if (column.part == CRM_COLUMN_WHOLE && !g_str_equal (last, column.field->name))
    column.part = CRM_COLUMN_FIRST;
  if (hops->len > 0 || column.part == CRM_COLUMN_ID || column.part == CRM_COLUMN_LABELS)
    column.name = g_intern_string (name);
  else
    column.name = column.part == CRM_COLUMN_FIRST ? get_short_name (column.field)
                                                  : column.field->name;
  if (hops->len > 0)
    column.hops = g_steal_pointer (&hops);
  g_array_append_val (columns, column);
  return TRUE;
}

GArray *
crm_columns_parse (const CrmCatalogue *catalogue,
                   const CrmRecordType *type,
                   const char *names,
                   GError **error)
{
  g_autoptr (GArray) columns = columns_new ();
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (names != NULL, NULL);

  parts = g_strsplit (names, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (parts[i][0] != '\0' && !g_str_equal (parts[i], "id") &&
          !crm_columns_add (columns, catalogue, type, parts[i], error))
        return NULL;
    }
  return g_steal_pointer (&columns);
}

char *
crm_column_make_title (const CrmColumn *self)
{
  GString *title;

  g_return_val_if_fail (self != NULL, NULL);

  title = g_string_new (NULL);
  for (guint i = 0; self->hops != NULL && i < self->hops->len; i++)
    g_string_append_printf (title, "%s › ",
                            ((const CrmField *) g_ptr_array_index (self->hops, i))->label);
  if (self->part == CRM_COLUMN_ID)
    /* Translators: the title of a column, %s is a relation: "Company ID" */
    g_string_append_printf (title, _ ("%s ID"), self->field->label);
  else if (self->part == CRM_COLUMN_LABELS)
    /* Translators: the title of a column, %s is a field: "Phone Numbers: Labels" (Work, Home) */
    g_string_append_printf (title, _ ("%s: Labels"), self->field->label);
  else
    g_string_append (title, self->field->label);
  return g_string_free (title, FALSE);
}

static JsonNode *
make_part_json (const CrmColumn *self, const CrmItem *item)
{
  g_autofree char *id = NULL;

  if (self->part == CRM_COLUMN_FIRST)
    return json_node_init_string (json_node_alloc (), item->text);
  if (self->part == CRM_COLUMN_LABELS)
    return item->label != NULL ? json_node_init_string (json_node_alloc (), item->label)
                               : json_node_new (JSON_NODE_NULL);

  id = g_strdup_printf ("%" G_GINT64_FORMAT, item->id);
  return json_node_init_string (json_node_alloc (), id);
}

JsonNode *
crm_column_make_json (const CrmColumn *self, const CrmCatalogue *catalogue, const CrmValue *value)
{
  g_autoptr (JsonArray) array = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->part == CRM_COLUMN_WHOLE)
    return crm_value_to_json (catalogue, self->field, value);
  if (value == NULL)
    return json_node_new (JSON_NODE_NULL);
  if (self->part == CRM_COLUMN_FIRST || !crm_kind_is_repeated (self->field->kind))
    return make_part_json (self, crm_value_get_item (value, 0));

  array = json_array_new ();
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    json_array_add_element (array, make_part_json (self, crm_value_get_item (value, i)));
  return json_node_init_array (json_node_alloc (), array);
}

JsonNode *
crm_record_to_json (const CrmCatalogue *catalogue, const CrmRecord *record)
{
  g_autoptr (GArray) columns = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *id = NULL;

  g_return_val_if_fail (catalogue != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  columns = crm_columns_new_for_type (crm_record_get_record_type (record), TRUE);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, crm_record_get_id (record));
  json_object_set_string_member (object, "id", id);
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);

      json_object_set_member (object, column->name,
                              crm_column_make_json (column, catalogue,
                                                    crm_record_get_value (record, column->field)));
    }

  return json_node_init_object (json_node_alloc (), object);
}

const CrmField *
crm_column_get_own_field (const CrmColumn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hops != NULL ? g_ptr_array_index (self->hops, 0) : self->field;
}

/* The record that @hop leads to from @record; 0 for none */
static gint64
get_next (const CrmRecord *record, const CrmField *hop)
{
  CrmValue *value = crm_record_get_value (record, hop);

  return value != NULL ? crm_value_get_integer (value) : 0;
}

/* One step: @now has for each row the record that was reached, and gets the next one */
static gboolean
step (GHashTable *now,
      const CrmField *hop,
      const CrmField *next,
      CrmStore *store,
      GCancellable *cancellable,
      GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_type (crm_store_get_catalogue (store),
                                                      next->type_id);
  g_autoptr (GHashTable) found = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records = NULL;
  g_autofree gint64 *unique = NULL;
  GHashTableIter iter;
  gpointer record;
  guint n = 0;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    {
      gint64 id = get_next (record, hop);

      if (id != 0)
        g_array_append_val (ids, id);
    }

  /* Many people work for one company */
  unique = g_new (gint64, ids->len + 1);
  for (guint i = 0; i < ids->len; i++)
    if (g_hash_table_add (found, &g_array_index (ids, gint64, i)))
      unique[n++] = g_array_index (ids, gint64, i);
  g_hash_table_remove_all (found);

  records = type != NULL
                ? crm_store_get_records (store, type, unique, n, &next, 1, cancellable, error)
                : g_ptr_array_new ();
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      unique[i] = crm_record_get_id (g_ptr_array_index (records, i));
      g_hash_table_insert (found, &unique[i], g_ptr_array_index (records, i));
    }

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    {
      gint64 id = get_next (record, hop);
      CrmRecord *reached = g_hash_table_lookup (found, &id);

      if (reached != NULL)
        g_hash_table_iter_replace (&iter, crm_record_ref (reached));
      else
        g_hash_table_iter_remove (&iter);
    }

  return TRUE;
}

GHashTable *
crm_column_load (const CrmColumn *self,
                 CrmStore *store,
                 GPtrArray *records,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GHashTable) now = NULL;

  now = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                               (GDestroyNotify) crm_record_unref);
  for (guint i = 0; i < records->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (records, i);
      gint64 id = crm_record_get_id (record);

      g_hash_table_insert (now, g_memdup2 (&id, sizeof id), crm_record_ref (record));
    }

  for (guint i = 0; i < self->hops->len; i++)
    {
      const CrmField *next = i + 1 < self->hops->len ? g_ptr_array_index (self->hops, i + 1)
                                                     : self->field;

      if (!step (now, g_ptr_array_index (self->hops, i), next, store, cancellable, error))
        return NULL;
    }

  return g_steal_pointer (&now);
}
