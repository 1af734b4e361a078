/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-table-files-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-table-parts-private.h"

/* Enough to tell the formats */
#define HEAD_SIZE 4096

/* Tables under each other in a text; what has more is none of rows */
#define MAX_TABLES 200

struct _CrmTable
{
  GObject parent_instance;

  char *path;
  GFile *copy; /* of what can be read only once and of other formats, nullable */
  CrmTableFormat format;
  CrmTableParts *parts;
  char *part;
  CrmCsvDialect given; /* how tables are found in the text */
  CrmCsvDialect dialect;
  GStrv columns;
  guint n_columns;
  GPtrArray *targets; /* of char *, nullable; NULL for text */
  GPtrArray *problems; /* of CrmProblem: of the conversion */
  CrmTableFiles *files; /* that are part of the table, nullable */
};

G_DEFINE_FINAL_TYPE (CrmTable, crm_table, G_TYPE_OBJECT)

static gboolean
fail (CrmTable *self, const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_error_copy (cause));
      return FALSE;
    }
  /* A workspace that is read may be damaged, or newer: it is not the one that is worked in. */
  if (cause->domain == CRM_ERROR)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE, cause->message);
      return FALSE;
    }

  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("“%s” cannot be read: %s. Save it again and try once more."), self->path,
               cause->message);
  return FALSE;
}

static char *
get_content_path (CrmTable *self)
{
  return self->copy != NULL ? g_file_get_path (self->copy) : g_strdup (self->path);
}

/* A pipe can be read only once, and an import reads twice. */
static gboolean
copy_pipe (CrmTable *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileIOStream) copy = NULL;
  g_autoptr (GFileInputStream) input = NULL;
  g_autoptr (GError) local_error = NULL;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_SPECIAL)
    return TRUE;

  input = g_file_read (file, cancellable, &local_error);
  if (input != NULL)
    self->copy = g_file_new_tmp ("crm-import-XXXXXX", &copy, &local_error);
  if (self->copy == NULL ||
      g_output_stream_splice (g_io_stream_get_output_stream (G_IO_STREAM (copy)),
                              G_INPUT_STREAM (input), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                              cancellable, &local_error) < 0)
    return fail (self, local_error, error);

  return TRUE;
}

/* %NULL where the content is text, or cannot be opened: the reader of text says why. */
static const CrmTableConverter *
find_converter (CrmTable *self, CrmTableFormat format)
{
  g_autofree char *path = get_content_path (self);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char head[HEAD_SIZE + 1] = "";
  gsize size = 0;

  if (format == CRM_TABLE_CSV || stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD_SIZE, &size, NULL, NULL))
    return NULL;

  return crm_table_find_converter (format, head, size, path);
}

static void
set_part (CrmTable *self, guint index)
{
  g_free (self->part);
  self->part = index < crm_table_parts_count (self->parts)
                   ? g_strdup (crm_table_parts_get_name (self->parts, index))
                   : NULL;
}

static gboolean
fail_to_find (CrmTable *self, const char *part, GError **error)
{
  g_autofree char *names = crm_table_parts_count (self->parts) > 0
                               ? g_strjoinv (", ", (char **) self->parts->names->pdata)
                               : NULL;

  g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
               names != NULL ? _ ("“%s” has no part “%s”; choose one of: %s.")
                             : _ ("“%s” has no part “%s”; leave the name of the part out."),
               self->path, part, names);
  return FALSE;
}

/* The sheet that was asked for, else the one for the type, else the first. A table in it is told from
 * others when it is read. */
static gboolean
choose_sheet (CrmTable *self, const CrmTableOptions *options, GError **error)
{
  guint index = 0;

  if (options->part == NULL)
    {
      crm_table_parts_find_type (self->parts, options->type, &index);
    }
  else if (!crm_table_parts_find (self->parts, options->part, &index))
    {
      const char *sign = strstr (options->part, CRM_TABLE_PATH_SIGN);
      g_autofree char *sheet = sign != NULL
                                   ? g_strndup (options->part, (gsize) (sign - options->part))
                                   : NULL;

      if (sheet != NULL && crm_table_parts_find_name (self->parts, sheet, &index))
        ;
      else if (self->parts->n_sheets > 1)
        return fail_to_find (self, options->part, error);
      else
        index = 0;
    }
  set_part (self, index);
  if (self->parts->n_sheets > 1)
    self->parts->sheet = g_strdup (self->part);

  return TRUE;
}

/* A workbook with nothing in the sheet, which has no table then either */
static gboolean
fail_empty (CrmTable *self, const CrmTableOptions *options, GError **error)
{
  guint index;

  if (options->part != NULL && !crm_table_parts_find (self->parts, options->part, &index))
    return fail_to_find (self, options->part, error);

  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("“%s” is empty; choose a file that has rows in it."), self->path);
  return FALSE;
}

static gboolean
convert (CrmTable *self,
         const CrmTableConverter *converter,
         const CrmTableOptions *options,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *path = get_content_path (self);
  g_autoptr (GFile) original = g_steal_pointer (&self->copy);
  g_autoptr (GFileIOStream) copy = NULL;
  g_autoptr (CrmTableWriter) writer = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) sheets = NULL;
  gboolean ok;
  guint i;

  self->format = converter->format;
  if (converter->list_parts != NULL)
    sheets = converter->list_parts (path, cancellable, &local_error);
  for (i = 0; sheets != NULL && sheets[i] != NULL; i++)
    crm_table_parts_add_sheet (self->parts, sheets[i]);
  ok = local_error == NULL ? choose_sheet (self, options, error) : fail (self, local_error, error);
  if (ok)
    {
      self->copy = g_file_new_tmp ("crm-import-XXXXXX", &copy, &local_error);
      ok = self->copy != NULL;
      if (ok)
        {
          writer = crm_table_writer_new (g_io_stream_get_output_stream (G_IO_STREAM (copy)));
          ok = converter->convert (path, self->part, writer, cancellable, &local_error) &&
               crm_table_writer_finish (writer, &local_error) &&
               g_io_stream_close (G_IO_STREAM (copy), NULL, &local_error) &&
               !g_cancellable_set_error_if_cancelled (cancellable, &local_error);
        }
      if (!ok)
        fail (self, local_error, error);
      else if (crm_table_writer_is_empty (writer))
        ok = fail_empty (self, options, error);
    }
  if (original != NULL)
    g_file_delete (original, NULL, NULL);
  if (!ok)
    return FALSE;

  self->targets = crm_table_writer_steal_targets (writer);
  self->problems = crm_table_writer_steal_problems (writer);
  self->files = crm_table_writer_steal_files (writer);
  self->dialect = (CrmCsvDialect){ .encoding = "UTF-8",
                                   .delimiter = ",",
                                   .quote = "\"",
                                   .escape = "\"",
                                   .line_end = "\n",
                                   .header_line = 1,
                                   .header_rows = 1,
                                   .is_single = TRUE,
                                   .keeps_footer = TRUE,
                                   .is_numbered = TRUE };
  if (!crm_table_writer_has_titles (writer))
    {
      self->dialect.header_line = options->dialect.header_line;
      self->dialect.header_rows = options->dialect.header_rows;
      self->dialect.is_single = options->dialect.is_single;
      self->dialect.keeps_footer = options->dialect.keeps_footer;
      self->dialect.footer_rows = options->dialect.footer_rows;
    }

  return TRUE;
}

/* Reads all rows */
static gboolean
read_through (CrmCsvReader *reader, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;
  gint64 n;

  for (n = 1; crm_csv_reader_next (reader, &cells, &n_cells, &line, &local_error); n++)
    if (n % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static CrmCsvReader *
open_reader (CrmTable *self, const CrmCsvDialect *dialect, GError **error)
{
  g_autofree char *path = get_content_path (self);

  return crm_csv_reader_new_for_path (path, dialect, NULL, error);
}

/* Adds tables that begin below what is looked at when a file is opened. @reader: that read all rows of one */
static gboolean
find_parts (CrmTable *self,
            CrmTableParts *parts,
            CrmCsvReader *reader,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (CrmCsvReader) current = g_object_ref (reader);
  const CrmCsvPart first = { 0 };
  const CrmCsvPart *next;

  while ((next = crm_csv_reader_get_next_part (current)) != NULL)
    {
      CrmCsvDialect dialect = self->given;
      guint n_parts = crm_table_parts_count (parts);

      if (n_parts >= MAX_TABLES)
        break;
      if (n_parts == 0)
        crm_table_parts_add (parts, &first);
      dialect.first_line = n_parts > 0 ? crm_table_parts_get_line (parts, n_parts - 1) : 0;
      if (next->first_line > dialect.first_line)
        {
          crm_table_parts_add (parts, next);
          dialect.first_line = next->first_line;
        }
      g_clear_object (&current);
      current = open_reader (self, &dialect, error);
      if (current == NULL || !read_through (current, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* Where a text has several tables: stands before the one that was asked for */
static gboolean
choose_table (CrmTable *self,
              CrmCsvReader **reader,
              const CrmTableOptions *options,
              GCancellable *cancellable,
              GError **error)
{
  gboolean is_sheet = self->part != NULL && (options->part == NULL ||
                                             crm_table_part_is_called (self->part, options->part));
  guint first = crm_table_parts_add_all (self->parts, crm_csv_reader_get_parts (*reader));
  guint index = first;

  if (options->part == NULL && self->parts->sheet == NULL)
    crm_table_parts_find_type (self->parts, options->type, &index);
  if (options->part != NULL && !is_sheet &&
      !crm_table_parts_find (self->parts, options->part, &index))
    {
      if (!read_through (*reader, cancellable, error) ||
          !find_parts (self, self->parts, *reader, cancellable, error))
        return FALSE;
      if (!crm_table_parts_find (self->parts, options->part, &index))
        return fail_to_find (self, options->part, error);
      g_clear_object (reader);
    }
  set_part (self, index);
  if (index != first)
    {
      self->dialect.first_line = crm_table_parts_get_line (self->parts, index);
      g_clear_object (reader);
    }
  if (*reader == NULL)
    *reader = crm_table_read (self, error);

  return *reader != NULL;
}

static gboolean
open_table (CrmTable *self,
            const CrmTableOptions *options,
            GCancellable *cancellable,
            GError **error)
{
  const CrmTableConverter *converter;
  g_autoptr (CrmCsvReader) reader = NULL;

  if (!copy_pipe (self, cancellable, error))
    return FALSE;

  converter = find_converter (self, options->format);
  if (converter != NULL && !convert (self, converter, options, cancellable, error))
    return FALSE;

  self->given = self->dialect;
  reader = crm_table_read (self, error);
  if (reader == NULL || !choose_table (self, &reader, options, cancellable, error))
    return FALSE;
  self->dialect = *crm_csv_reader_get_dialect (reader);
  self->columns = g_strdupv ((char **) crm_csv_reader_get_columns (reader, &self->n_columns));

  return TRUE;
}

static void
crm_table_finalize (GObject *object)
{
  CrmTable *self = CRM_TABLE (object);

  if (self->copy != NULL)
    g_file_delete (self->copy, NULL, NULL);
  g_clear_object (&self->copy);
  g_free (self->path);
  g_free (self->part);
  crm_table_parts_free (self->parts);
  g_strfreev (self->columns);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->files, crm_table_files_free);

  G_OBJECT_CLASS (crm_table_parent_class)->finalize (object);
}

static void
crm_table_class_init (CrmTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_table_finalize;
}

static void
crm_table_init (CrmTable *self)
{
  self->parts = crm_table_parts_new ();
}

CrmTable *
crm_table_open (const char *path,
                const CrmTableOptions *options,
                GCancellable *cancellable,
                GError **error)
{
  const CrmTableOptions unknown = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (CrmTable) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CRM_TYPE_TABLE, NULL);
  self->path = g_strdup (path);
  self->format = CRM_TABLE_CSV;
  if (options == NULL)
    options = &unknown;
  self->dialect = options->dialect;
  if (!open_table (self, options, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
crm_table_get_path (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return self->path;
}

CrmTableFormat
crm_table_get_format (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), CRM_TABLE_UNKNOWN);

  return self->format;
}

const char *const *
crm_table_get_parts (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return crm_table_parts_count (self->parts) > 1 ? (const char *const *) self->parts->names->pdata
                                                 : NULL;
}

const char *
crm_table_get_part (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return self->part;
}

GStrv
crm_table_list_parts (CrmTable *self,
                      CrmCsvReader *reader,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (CrmTableParts) parts = NULL;

  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);
  g_return_val_if_fail (CRM_IS_CSV_READER (reader), NULL);

  parts = crm_table_parts_copy (self->parts);
  if (!find_parts (self, parts, reader, cancellable, error))
    return NULL;

  return crm_table_parts_count (parts) > 1 ? g_strdupv ((char **) parts->names->pdata)
                                           : g_new0 (char *, 1);
}

const CrmCsvDialect *
crm_table_get_dialect (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return &self->dialect;
}

const char *const *
crm_table_get_columns (CrmTable *self, guint *n_columns)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  if (n_columns != NULL)
    *n_columns = self->n_columns;

  return (const char *const *) self->columns;
}

const char *
crm_table_get_target (CrmTable *self, guint column)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);
  g_return_val_if_fail (column < self->n_columns, NULL);

  return self->targets != NULL && column < self->targets->len
             ? g_ptr_array_index (self->targets, column)
             : NULL;
}

CrmCsvReader *
crm_table_read (CrmTable *self, GError **error)
{
  CrmCsvReader *reader;
  guint i;

  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  reader = open_reader (self, &self->dialect, error);
  for (i = 0; reader != NULL && self->problems != NULL && i < self->problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (self->problems, i);

      g_ptr_array_add (crm_csv_reader_get_problems (reader),
                       crm_problem_new (problem->row, problem->column, problem->value,
                                        problem->severity, problem->message));
    }

  return reader;
}

gboolean
crm_table_has_files (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), FALSE);

  return self->files != NULL;
}

GInputStream *
crm_table_open_file (CrmTable *self, const char *hash, GError **error)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);
  g_return_val_if_fail (self->files != NULL, NULL);

  return crm_table_files_open (self->files, hash, error);
}
