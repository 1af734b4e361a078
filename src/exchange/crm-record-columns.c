/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns by their names, and those that show a value of a related record. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-record-columns-private.h"

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

  /* Only a path is a text of its own */
  if (column->hops != NULL)
    g_free ((char *) column->name);
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
      CrmColumn column = { type->fields[i], type->fields[i]->name, FALSE, NULL };

      g_array_append_val (columns, column);
      if (!short_names || short_name == NULL)
        continue;
      column.name = short_name;
      column.first_only = TRUE;
      g_array_append_val (columns, column);
    }
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
  last = parts[g_strv_length (parts) - 1];
  hops = g_ptr_array_new ();
  type = follow (catalogue, type, parts, hops, error);
  column.field = type != NULL ? crm_record_type_require_field (type, last, error) : NULL;
  if (column.field == NULL)
    return FALSE;

  column.first_only = !g_str_equal (last, column.field->name);
  column.name = column.first_only ? get_short_name (column.field) : column.field->name;
  if (hops->len > 0)
    {
      column.hops = g_steal_pointer (&hops);
      column.name = g_strdup (name);
    }
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

const CrmField *
crm_column_get_own_field (const CrmColumn *self)
{
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
