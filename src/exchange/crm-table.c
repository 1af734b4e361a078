/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-table-files-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"

/* Enough to tell the formats */
#define HEAD_SIZE 4096

struct _CrmTable
{
  GObject parent_instance;

  char *path;
  GFile *copy; /* of what can be read only once and of other formats, nullable */
  CrmTableFormat format;
  GStrv parts;
  char *part;
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

static gboolean
is_called (const char *part, const char *name)
{
  g_autofree char *folded_part = g_utf8_casefold (part, -1);
  g_autofree char *folded_name = g_utf8_casefold (name, -1);

  return g_utf8_collate (folded_part, folded_name) == 0;
}

/* The labels that came with the workspace are in the language it was made in, which need not be the
 * one of the moment; and "result.people" holds people. */
static gboolean
is_called_like (const char *part, const CrmRecordType *type)
{
  const char *const names[] = { type->name, type->label, type->label_many, _ (type->label),
                                _ (type->label_many) };
  const char *dot = strrchr (part, '.');
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_called (part, names[i]) || (dot != NULL && is_called (dot + 1, names[i])))
      return TRUE;

  return FALSE;
}

static gboolean
find_part (CrmTable *self, const char *part, guint n_parts, guint *index)
{
  guint64 number;

  for (*index = 0; *index < n_parts; (*index)++)
    if (g_utf8_collate (self->parts[*index], part) == 0)
      return TRUE;
  for (*index = 0; *index < n_parts; (*index)++)
    if (is_called (self->parts[*index], part))
      return TRUE;
  if (!g_ascii_string_to_unsigned (part, 10, 1, MAX (n_parts, 1), &number, NULL))
    return FALSE;
  *index = (guint) number - 1;

  return TRUE;
}

/* The index of the part that was asked for, else of the one for the type, else of the first */
static gboolean
choose_part (CrmTable *self, const CrmTableOptions *options, guint *index, GError **error)
{
  guint n_parts = self->parts != NULL ? g_strv_length (self->parts) : 0;
  g_autofree char *names = NULL;
  guint i;

  *index = 0;
  if (options->part == NULL)
    for (i = 0; options->type != NULL && i < n_parts; i++)
      if (is_called_like (self->parts[i], options->type))
        {
          *index = i;
          break;
        }
  if (options->part == NULL || find_part (self, options->part, n_parts, index))
    {
      if (n_parts > 0)
        self->part = g_strdup (self->parts[*index]);
      return TRUE;
    }

  names = n_parts > 0 ? g_strjoinv (", ", self->parts) : NULL;
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
               names != NULL ? _ ("“%s” has no part “%s”; choose one of: %s.")
                             : _ ("“%s” has no part “%s”; leave the name of the part out."),
               self->path, options->part, names);
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
  gboolean ok;
  guint index;

  self->format = converter->format;
  if (converter->list_parts != NULL)
    self->parts = converter->list_parts (path, cancellable, &local_error);
  ok = local_error == NULL ? choose_part (self, options, &index, error)
                           : fail (self, local_error, error);
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
                                   .keeps_footer = TRUE,
                                   .is_numbered = TRUE };
  if (!crm_table_writer_has_titles (writer))
    {
      self->dialect.header_line = options->dialect.header_line;
      self->dialect.header_rows = options->dialect.header_rows;
      self->dialect.keeps_footer = options->dialect.keeps_footer;
    }

  return TRUE;
}

/* Where a text has several tables: stands before the one that was asked for */
static gboolean
open_text_part (CrmTable *self,
                CrmCsvReader **reader,
                const CrmTableOptions *options,
                GError **error)
{
  GPtrArray *parts = crm_csv_reader_get_parts (*reader);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint index;
  guint i;

  for (i = 0; parts != NULL && i < parts->len; i++)
    g_strv_builder_add (names, ((const CrmCsvPart *) g_ptr_array_index (parts, i))->name);
  if (parts != NULL)
    self->parts = g_strv_builder_end (names);
  if (!choose_part (self, options, &index, error))
    return FALSE;
  if (index == 0)
    return TRUE;

  self->dialect.first_line = ((const CrmCsvPart *) g_ptr_array_index (parts, index))->first_line;
  g_clear_object (reader);
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

  reader = crm_table_read (self, error);
  if (reader == NULL || (converter == NULL && !open_text_part (self, &reader, options, error)))
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
  g_strfreev (self->parts);
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

  return self->parts != NULL && g_strv_length (self->parts) > 1 ? (const char *const *) self->parts
                                                                : NULL;
}

const char *
crm_table_get_part (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return self->part;
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
  g_autofree char *path = NULL;
  CrmCsvReader *reader;
  guint i;

  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  path = get_content_path (self);
  reader = crm_csv_reader_new_for_path (path, &self->dialect, NULL, error);
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
