/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Some records with all that a file shows of them. */

#include "config.h"

#include "crm-export-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-date.h"

static void
add_foreign_id (CrmExportPage *self, const CrmRecord *record)
{
  const CrmValue *value = crm_record_get_value_by_name (record, "external_id");
  gint64 id = crm_record_get_id (record);

  if (value != NULL)
    g_hash_table_replace (self->foreign_ids, g_memdup2 (&id, sizeof id),
                          g_strdup (crm_value_get_text (value)));
}

/* @wanted: type id → GArray of record ids */
static void
want_id (GHashTable *wanted, gint64 type_id, gint64 id)
{
  GArray *ids = g_hash_table_lookup (wanted, &type_id);

  if (ids == NULL)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (wanted, g_memdup2 (&type_id, sizeof type_id), ids);
    }
  g_array_append_val (ids, id);
}

static void
want_ids_of_column (const CrmExportPage *self, guint column, GHashTable *wanted)
{
  const CrmField *field = crm_export_page_get_column (self, column)->field;

  for (guint row = 0; row < self->records->len; row++)
    {
      const CrmValue *value = crm_export_page_get_value (self, row, column);

      for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
        {
          const CrmItem *item = crm_value_get_item (value, i);

          want_id (wanted, item->type_id != 0 ? item->type_id : field->target, item->id);
        }
    }
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* Many people work for one company */
static void
remove_twice (GArray *ids)
{
  guint n = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (n == 0 || g_array_index (ids, gint64, n - 1) != g_array_index (ids, gint64, i))
      g_array_index (ids, gint64, n++) = g_array_index (ids, gint64, i);
  g_array_set_size (ids, n);
}

static gboolean
load_foreign_ids_of_type (CrmExportPage *self, gint64 type_id, GArray *ids, GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, type_id);
  const CrmField *field = type != NULL ? crm_record_type_find_field (type, "external_id") : NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (field == NULL)
    return TRUE;

  remove_twice (ids);
  records = crm_store_get_records (self->store, type, (const gint64 *) ids->data, ids->len, &field,
                                   1, self->cancellable, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    add_foreign_id (self, g_ptr_array_index (records, i));

  return TRUE;
}

/* The ids elsewhere of the records, and of those that they point to */
static gboolean
load_foreign_ids (CrmExportPage *self, GError **error)
{
  g_autoptr (GHashTable) wanted = NULL;
  GHashTableIter iter;
  gpointer type_id, ids;

  self->foreign_ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < self->records->len; i++)
    add_foreign_id (self, g_ptr_array_index (self->records, i));

  wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                  (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < self->columns->len; i++)
    if (crm_export_page_get_column (self, i)->part == CRM_COLUMN_ID)
      want_ids_of_column (self, i, wanted);

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &type_id, &ids))
    if (!load_foreign_ids_of_type (self, *(gint64 *) type_id, ids, error))
      return FALSE;

  return TRUE;
}

CrmExportPage *
crm_export_page_load (CrmStore *store,
                      const CrmExportOptions *options,
                      const CrmRecordType *type,
                      const GArray *columns,
                      const gint64 *ids,
                      guint n_ids,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (CrmExportPage) self = g_new0 (CrmExportPage, 1);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  const CrmField *external_id = crm_record_type_find_field (type, "external_id");
  gboolean foreign = !options->own_ids && external_id != NULL;

  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (fields,
                     (gpointer) crm_column_get_own_field (&g_array_index (columns, CrmColumn, i)));
  if (foreign)
    g_ptr_array_add (fields, (gpointer) external_id);

  self->store = store;
  self->catalogue = crm_store_get_catalogue (store);
  self->options = options;
  self->type = type;
  self->columns = columns;
  self->cancellable = cancellable;
  self->records = crm_store_get_records (store, type, ids, n_ids,
                                         (const CrmField *const *) fields->pdata, (int) fields->len,
                                         cancellable, error);
  for (guint i = self->records != NULL ? self->records->len : 0; i > 0; i--)
    if (crm_record_get_state (g_ptr_array_index (self->records, i - 1)) != CRM_STATE_LIVE)
      g_ptr_array_remove_index (self->records, i - 1);
  if (self->records == NULL)
    return NULL;

  self->related = crm_columns_load (columns, store, self->records, cancellable, error);
  if (self->related == NULL || (foreign && !load_foreign_ids (self, error)))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_export_page_free (CrmExportPage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->related, g_ptr_array_unref);
  g_clear_pointer (&self->foreign_ids, g_hash_table_unref);
  g_free (self);
}

const CrmColumn *
crm_export_page_get_column (const CrmExportPage *self, guint column)
{
  return &g_array_index (self->columns, CrmColumn, column);
}

const CrmValue *
crm_export_page_get_value (const CrmExportPage *self, guint row, guint column)
{
  const CrmRecord *record = g_ptr_array_index (self->records, row);
  GHashTable *related = g_ptr_array_index (self->related, column);
  gint64 id = crm_record_get_id (record);

  if (related != NULL)
    record = g_hash_table_lookup (related, &id);

  return record != NULL
             ? crm_record_get_value (record, crm_export_page_get_column (self, column)->field)
             : NULL;
}

static char *
make_id (const CrmExportPage *self, gint64 id)
{
  const char *foreign = self->foreign_ids != NULL ? g_hash_table_lookup (self->foreign_ids, &id)
                                                  : NULL;

  return foreign != NULL ? g_strdup (foreign) : g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

char *
crm_export_page_make_id (const CrmExportPage *self, guint row)
{
  return make_id (self, crm_record_get_id (g_ptr_array_index (self->records, row)));
}

/* As several values lie in a cell: with a ";" between them, and a doubled one inside */
static void
append_item (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == ';')
        g_string_append_c (out, ';');
      g_string_append_c (out, *p);
    }
}

static char *
join_ids (const CrmExportPage *self, const CrmValue *value)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      g_autofree char *id = make_id (self, crm_value_get_item (value, i)->id);

      if (i > 0)
        g_string_append_c (out, ';');
      append_item (out, id);
    }

  return g_string_free (out, FALSE);
}

/* One for each value, a dash where it has none; nothing at all where none has */
static char *
join_labels (const CrmValue *value)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const char *label = crm_value_get_item (value, i)->label;

      if (i > 0)
        g_string_append_c (out, ';');
      if (label == NULL || label[strspn (label, "-")] == '\0')
        g_string_append_c (out, '-');
      if (label != NULL)
        append_item (out, label);
      any = any || label != NULL;
    }

  return g_strdup (any ? out->str : "");
}

/* Numbers without groups, which no program takes for a text; (transfer full) */
static char *
localize (const CrmExportPage *self, const CrmField *field, const CrmValue *value)
{
  const CrmLocale *locale = crm_store_get_locale (self->store);
  char *text;

  switch (field->kind)
    {
    case CRM_KIND_DATE:
      return crm_date_format_numeric (crm_value_get_text (value));

    case CRM_KIND_DATETIME:
      return crm_moment_format_numeric (crm_value_get_integer (value), locale->zone);

    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
      text = crm_value_to_text (field, value);
      return locale->decimal_comma ? g_strdelimit (text, ".", ',') : text;

    default:
      return crm_value_to_text (field, value);
    }
}

char *
crm_export_page_make_text (const CrmExportPage *self, guint row, guint column)
{
  const CrmColumn *shown = crm_export_page_get_column (self, column);
  const CrmValue *value = crm_export_page_get_value (self, row, column);

  if (value == NULL)
    return g_strdup ("");

  switch (shown->part)
    {
    case CRM_COLUMN_FIRST:
      return g_strdup (crm_value_get_text (value));

    case CRM_COLUMN_ID:
      return join_ids (self, value);

    case CRM_COLUMN_LABELS:
      return join_labels (value);

    case CRM_COLUMN_WHOLE:
    default:
      return self->options->localized ? localize (self, shown->field, value)
                                      : crm_value_to_text (shown->field, value);
    }
}

GStrv
crm_export_make_titles (const GArray *columns, const CrmExportOptions *options)
{
  GStrv titles = g_new0 (char *, columns->len + 2);

  titles[0] = g_strdup (options->api_names ? "id" : _ ("ID"));
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);

      titles[i + 1] = options->api_names ? g_strdup (column->name) : crm_column_make_title (column);
    }

  return titles;
}
