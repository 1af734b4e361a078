/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-cells-text.h"

#include <string.h>

#include "crm-convert.h"

#define CHUNK 1000

typedef struct
{
  GString *plain;
  GString *csv;
  GString *html;
} Writer;

/* A cell is one line of one column, whatever it holds */
static void
add_plain (GString *out, const char *text)
{
  gsize start = out->len;

  g_string_append (out, text);
  for (gsize i = start; i < out->len; i++)
    if (strchr ("\t\r\n", out->str[i]) != NULL)
      out->str[i] = ' ';
}

static void
add_csv (GString *out, const char *text)
{
  if (strpbrk (text, "\",\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }

  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

static void
add_html (GString *out, const char *tag, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (out, "<%s>%s</%s>", tag, escaped, tag);
}

static void
add_titles (Writer *writer, const char *const *titles)
{
  g_string_append (writer->html, "<table><tr>");
  for (guint i = 0; titles[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (writer->csv, ',');
      add_csv (writer->csv, titles[i]);
      add_html (writer->html, "th", titles[i]);
    }
  g_string_append (writer->csv, "\r\n");
  g_string_append (writer->html, "</tr>");
}

static CrmValue *
get_value (CrmRecord *record, const CrmColumn *column, GHashTable *related)
{
  gint64 id = crm_record_get_id (record);
  CrmRecord *owner = related != NULL ? g_hash_table_lookup (related, &id) : record;

  return owner != NULL ? crm_record_get_value (owner, column->field) : NULL;
}

/* Of several addresses a cell shows the first one */
static char *
make_text (const CrmField *field, CrmValue *value)
{
  switch (field->kind)
    {
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
      return g_strdup (value != NULL ? crm_value_get_text (value) : "");

    default:
      return crm_value_to_text (field, value);
    }
}

static void
add_row (Writer *writer, CrmRecord *record, GArray *columns, GPtrArray *related)
{
  if (writer->plain->len > 0)
    g_string_append_c (writer->plain, '\n');
  g_string_append (writer->html, "<tr>");
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);
      g_autofree char *text = make_text (column->field, get_value (record, column,
                                                                   g_ptr_array_index (related, i)));

      if (i > 0)
        {
          g_string_append_c (writer->plain, '\t');
          g_string_append_c (writer->csv, ',');
        }
      add_plain (writer->plain, text);
      add_csv (writer->csv, text);
      add_html (writer->html, "td", text);
    }
  g_string_append (writer->csv, "\r\n");
  g_string_append (writer->html, "</tr>");
}

static gboolean
add_chunk (Writer *writer,
           CrmStore *store,
           const CrmRecordType *type,
           const gint64 *ids,
           guint n_ids,
           GArray *columns,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) related = NULL;

  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (fields,
                     (gpointer) crm_column_get_own_field (&g_array_index (columns, CrmColumn, i)));
  records = crm_store_get_records (store, type, ids, n_ids, (const CrmField *const *) fields->pdata,
                                   (int) fields->len, cancellable, error);
  if (records != NULL)
    related = crm_columns_load (columns, store, records, cancellable, error);
  if (related == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    add_row (writer, g_ptr_array_index (records, i), columns, related);

  return TRUE;
}

CrmCellsText *
crm_cells_text_read (CrmStore *store,
                     const CrmRecordType *type,
                     const gint64 *ids,
                     guint n_ids,
                     GArray *columns,
                     const char *const *titles,
                     CrmProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  Writer writer;
  CrmCellsText *self;
  gboolean read = TRUE;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (columns != NULL && columns->len > 0, NULL);
  g_return_val_if_fail (g_strv_length ((char **) titles) == columns->len, NULL);

  writer.plain = g_string_new (NULL);
  writer.csv = g_string_new (NULL);
  writer.html = g_string_new (NULL);
  add_titles (&writer, titles);
  for (guint i = 0; read && i < n_ids; i += CHUNK)
    {
      read = add_chunk (&writer, store, type, ids + i, MIN (CHUNK, n_ids - i), columns, cancellable,
                        error);
      if (progress != NULL)
        progress ((double) i / n_ids, progress_data);
    }
  g_string_append (writer.html, "</table>");

  self = g_new0 (CrmCellsText, 1);
  self->plain = g_string_free (writer.plain, FALSE);
  self->csv = g_string_free (writer.csv, FALSE);
  self->html = g_string_free (writer.html, FALSE);
  if (!read)
    g_clear_pointer (&self, crm_cells_text_free);

  return self;
}

void
crm_cells_text_free (CrmCellsText *self)
{
  if (self == NULL)
    return;

  g_free (self->plain);
  g_free (self->csv);
  g_free (self->html);
  g_free (self);
}

char **
crm_cells_text_split (const char *text)
{
  char **lines;
  guint n;

  g_return_val_if_fail (text != NULL, NULL);

  lines = g_strsplit (text, "\n", -1);
  n = g_strv_length (lines);
  for (guint i = 0; i < n; i++)
    if (g_str_has_suffix (lines[i], "\r"))
      lines[i][strlen (lines[i]) - 1] = '\0';
  /* Programs end the last line or do not */
  if (n > 1 && *lines[n - 1] == '\0')
    g_clear_pointer (&lines[n - 1], g_free);

  return lines;
}
