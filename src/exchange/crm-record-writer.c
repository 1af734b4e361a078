/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-columns-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE 256

/* Widest column of a table on a terminal, in characters */
#define MAX_WIDTH 40

typedef struct
{
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
  GArray *columns;
  guint n_columns;
  CrmFormat format;
  gboolean labels;
  GOutputStream *stream;
  GCancellable *cancellable;
  CrmStore *store;
  GPtrArray *
      related; /* (element-type GHashTable) (nullable elements): of each column, see crm_column_load() */
  guint *widths; /* of a table, from its first page */
  gint64 n_written;
} Writer;

static const CrmColumn *
get_column (const Writer *self, guint index)
{
  return &g_array_index (self->columns, CrmColumn, index);
}

/* @related: (nullable): where the column leads away from @record */
static CrmValue *
get_value (const CrmColumn *column, const CrmRecord *record, GHashTable *related)
{
  gint64 id = crm_record_get_id (record);

  if (column->hops != NULL)
    record = related != NULL ? g_hash_table_lookup (related, &id) : NULL;

  return record != NULL ? crm_record_get_value (record, column->field) : NULL;
}

static JsonNode *
make_json_value (const CrmCatalogue *catalogue, const CrmColumn *column, CrmValue *value)
{
  JsonNode *node;

  if (!column->first_only)
    return crm_value_to_json (catalogue, column->field, value);
  if (value == NULL)
    return json_node_new (JSON_NODE_NULL);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, crm_value_get_text (value));
  return node;
}

static JsonNode *
make_json (const CrmCatalogue *catalogue,
           const CrmRecord *record,
           GArray *columns,
           GPtrArray *related)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *id = NULL;
  JsonNode *node;

  id = g_strdup_printf ("%" G_GINT64_FORMAT, crm_record_get_id (record));
  json_object_set_string_member (object, "id", id);
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);

      json_object_set_member (
          object, column->name,
          make_json_value (catalogue, column,
                           get_value (column, record, related != NULL ? related->pdata[i] : NULL)));
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

JsonNode *
crm_record_to_json (const CrmCatalogue *catalogue, const CrmRecord *record, GArray *columns)
{
  g_autoptr (GArray) all = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (columns == NULL)
    columns = all = crm_columns_new_for_type (crm_record_get_record_type (record), TRUE);

  return make_json (catalogue, record, columns, NULL);
}

/* "Company › City"; (transfer full) */
static char *
make_title (const Writer *self, const CrmColumn *column)
{
  GString *title;

  if (!self->labels)
    return g_strdup (column->name);

  title = g_string_new (NULL);
  for (guint i = 0; column->hops != NULL && i < column->hops->len; i++)
    g_string_append_printf (title, "%s › ",
                            ((const CrmField *) g_ptr_array_index (column->hops, i))->label);
  g_string_append (title, column->field->label);
  return g_string_free (title, FALSE);
}

static gboolean
is_formula (const CrmField *field, const char *text)
{
  if (field == NULL)
    return text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;

  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_RATING:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      return FALSE;
    case CRM_KIND_PHONES:
      if (text[strspn (text, "+0123456789;")] == '\0')
        return FALSE;
      G_GNUC_FALLTHROUGH;
    default:
      return text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;
    }
}

static char *
make_cell (const Writer *self, const CrmRecord *record, guint index)
{
  const CrmColumn *column = get_column (self, index);
  CrmValue *value = get_value (column, record, self->related->pdata[index]);
  g_autofree char *text = NULL;

  if (column->first_only)
    text = g_strdup (value != NULL ? crm_value_get_text (value) : "");
  else
    text = crm_value_to_text (column->field, value);
  if (self->format == CRM_FORMAT_CSV)
    return crm_csv_make_cell (column->field, text);
  return g_steal_pointer (&text);
}

char *
crm_csv_make_cell (const CrmField *field, const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  return g_strconcat (is_formula (field, text) ? "'" : "", text, NULL);
}

static gboolean
write_text (Writer *self, const char *text, gsize size, GError **error)
{
  return g_output_stream_write_all (self->stream, text, size, NULL, self->cancellable, error);
}

/* One line of cells, in the writer's format but JSON */
static void
append_line (Writer *self, GString *out, const char *const *cells)
{
  if (self->format == CRM_FORMAT_CSV)
    {
      crm_csv_append_row (out, cells, self->n_columns + 1);
      return;
    }

  for (guint i = 0; i <= self->n_columns; i++)
    {
      g_autofree char *line = g_strdelimit (g_strdup (cells[i]), "\r\n\t", ' ');
      glong length = g_utf8_strlen (line, -1);

      if (length > MAX_WIDTH)
        {
          g_autofree char *start = g_utf8_substring (line, 0, MAX_WIDTH - 1);

          g_string_append_printf (out, "%s…", start);
          length = MAX_WIDTH;
        }
      else
        g_string_append (out, line);
      if (i < self->n_columns)
        g_string_append_printf (out, "%*s", (int) MAX (self->widths[i] - (guint) length, 0) + 2,
                                "");
    }
  g_string_append_c (out, '\n');
}

static void
append_header (Writer *self, GString *out)
{
  g_auto (GStrv) titles = g_new0 (char *, self->n_columns + 2);

  titles[0] = g_strdup (self->labels ? _ ("ID") : "id");
  for (guint i = 0; i < self->n_columns; i++)
    titles[i + 1] = make_title (self, get_column (self, i));
  append_line (self, out, (const char *const *) titles);
}

static char **
make_cells (Writer *self, const CrmRecord *record)
{
  char **cells = g_new0 (char *, self->n_columns + 2);

  cells[0] = g_strdup_printf ("%" G_GINT64_FORMAT, crm_record_get_id (record));
  for (guint i = 0; i < self->n_columns; i++)
    cells[i + 1] = make_cell (self, record, i);
  return cells;
}

/* Columns are as wide as the titles and the first page ask for */
static void
measure (Writer *self, GPtrArray *records)
{
  self->widths = g_new0 (guint, self->n_columns + 1);
  self->widths[0] = 2;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *title = make_title (self, get_column (self, i));

      self->widths[i + 1] = (guint) g_utf8_strlen (title, -1);
    }
  for (guint r = 0; r < records->len; r++)
    {
      g_auto (GStrv) cells = make_cells (self, g_ptr_array_index (records, r));

      for (guint i = 0; i <= self->n_columns; i++)
        self->widths[i] = MAX (self->widths[i], MIN (g_utf8_strlen (cells[i], -1), MAX_WIDTH));
    }
}

static void
append_json (Writer *self, GString *out, const CrmRecord *record)
{
  g_autoptr (JsonNode) node = make_json (self->catalogue, record, self->columns, self->related);
  g_autofree char *text = json_to_string (node, FALSE);

  g_string_append (out, self->n_written == 0 ? "\n  " : ",\n  ");
  g_string_append (out, text);
}

static void
free_related (gpointer related)
{
  if (related != NULL)
    g_hash_table_unref (related);
}

/* What the columns show of other records than those of the page */
static gboolean
load_related (Writer *self, GPtrArray *records, GError **error)
{
  g_clear_pointer (&self->related, g_ptr_array_unref);
  self->related = g_ptr_array_new_with_free_func (free_related);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const CrmColumn *column = get_column (self, i);
      GHashTable *related = NULL;

      if (column->hops != NULL)
        {
          related = crm_column_load (column, self->store, records, self->cancellable, error);
          if (related == NULL)
            return FALSE;
        }
      g_ptr_array_add (self->related, related);
    }

  return TRUE;
}

static gboolean
write_page (Writer *self, GPtrArray *records, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!load_related (self, records, error))
    return FALSE;

  if (self->format == CRM_FORMAT_TABLE && self->widths == NULL)
    {
      measure (self, records);
      append_header (self, out);
    }

  for (guint i = 0; i < records->len; i++)
    {
      const CrmRecord *record = g_ptr_array_index (records, i);

      if (self->format == CRM_FORMAT_JSON)
        append_json (self, out, record);
      else
        {
          g_auto (GStrv) cells = make_cells (self, record);

          append_line (self, out, (const char *const *) cells);
        }
      self->n_written++;
    }
  return write_text (self, out->str, out->len, error);
}

static gboolean
write_start (Writer *self, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (self->format == CRM_FORMAT_JSON)
    return write_text (self, "[", 1, error);
  if (self->format == CRM_FORMAT_TABLE)
    return TRUE;

  append_header (self, out);
  return write_text (self, out->str, out->len, error);
}

static gboolean
write_end (Writer *self, GError **error)
{
  if (self->format != CRM_FORMAT_JSON)
    return TRUE;
  return self->n_written > 0 ? write_text (self, "\n]\n", 3, error)
                             : write_text (self, "]\n", 2, error);
}

gboolean
crm_records_write (CrmStore *store,
                   CrmQuery *query,
                   GArray *columns,
                   CrmFormat format,
                   gboolean labels,
                   GOutputStream *stream,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  Writer self = { 0 };
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  self.store = store;
  self.catalogue = crm_store_get_catalogue (store);
  self.type = crm_query_get_record_type (query);
  self.columns = columns;
  self.n_columns = columns->len;
  self.format = format;
  self.labels = labels;
  self.stream = stream;
  self.cancellable = cancellable;

  fields = g_ptr_array_new ();
  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (fields, (gpointer) crm_column_get_own_field (get_column (&self, i)));

  ids = crm_query_run (query, store, cancellable, error);
  if (ids == NULL)
    return FALSE;

  ok = write_start (&self, error);
  for (guint first = 0; ok && first < ids->len; first += PAGE)
    {
      g_autoptr (GPtrArray) records = NULL;

      records = crm_store_get_records (store, self.type, &g_array_index (ids, gint64, first),
                                       MIN (PAGE, ids->len - first),
                                       (const CrmField *const *) fields->pdata, (int) fields->len,
                                       cancellable, error);
      ok = records != NULL && write_page (&self, records, error);
    }
  ok = ok && write_end (&self, error);
  g_clear_pointer (&self.related, g_ptr_array_unref);
  g_free (self.widths);
  return ok && g_output_stream_flush (stream, cancellable, error);
}

gboolean
crm_records_write_file (CrmStore *store,
                        CrmQuery *query,
                        GArray *columns,
                        CrmFormat format,
                        gboolean labels,
                        GFile *file,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GCancellable) abandon = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);
  if (stream == NULL)
    return FALSE;
  if (crm_records_write (store, query, columns, format, labels, G_OUTPUT_STREAM (stream),
                         cancellable, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);

  /* A close that is cancelled leaves what was in the file before */
  abandon = g_cancellable_new ();
  g_cancellable_cancel (abandon);
  g_output_stream_close (G_OUTPUT_STREAM (stream), abandon, NULL);
  return FALSE;
}
