/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-export-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-output-file.h"

/* Records that are read at once */
#define PAGE 256

#define FILES_FOLDER "files"

/* Records of one type */
typedef struct
{
  const CrmRecordType *type;
  CrmQuery *query; /* NULL: by id */
  GArray *ids;
  GArray *columns; /* of CrmColumn */
} Part;

struct _CrmExport
{
  CrmStore *store;
  CrmExportOptions options;
  GPtrArray *parts; /* of Part */
  gboolean everything;
  gint64 n_written;

  /* While it runs */
  gint64 n_all;
  char *folder; /* NULL: all goes into one stream */
  GOutputStream *stream;
  CrmExportSink *sink;
  CrmProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
};

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->query, crm_query_unref);
  g_clear_pointer (&part->ids, g_array_unref);
  g_array_unref (part->columns);
  g_free (part);
}

static void
sink_free (CrmExportSink *sink)
{
  sink->free (sink);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmExportSink, sink_free)

static CrmExportSink *
make_sink (CrmExport *self, GOutputStream *stream, GError **error)
{
  const CrmExportOptions *options = &self->options;

  switch (options->format)
    {
    case CRM_FORMAT_TABLE:
      return crm_export_sink_new_table (options, stream);
    case CRM_FORMAT_JSON:
    case CRM_FORMAT_JSON_LINES:
      return crm_export_sink_new_json (options, self->everything && self->folder == NULL, stream);
    case CRM_FORMAT_XLSX:
      return crm_export_sink_new_xlsx (options, stream, error);
    case CRM_FORMAT_VCARD:
    case CRM_FORMAT_ICALENDAR:
      return crm_export_sink_new_cards (options, stream);
    case CRM_FORMAT_CSV:
    case CRM_N_FORMATS:
    default:
      return crm_export_sink_new_csv (options, stream);
    }
}

static void
tell_progress (CrmExport *self)
{
  if (self->progress != NULL)
    self->progress (self->n_all > 0 ? MIN ((double) self->n_written / (double) self->n_all, 1) : 1,
                    self->progress_data);
}

static gboolean
write_page (CrmExport *self, const Part *part, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (CrmExportPage) page = NULL;
  g_autofree char *files = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  page = crm_export_page_load (self->store, &self->options, part->type, part->columns, ids, n_ids,
                               self->cancellable, error);
  if (page == NULL || !self->sink->write (self->sink, page, error))
    return FALSE;
  if (self->folder != NULL)
    {
      files = g_build_filename (self->folder, FILES_FOLDER, NULL);
      if (!crm_export_copy_files (page, files, error))
        return FALSE;
    }

  self->n_written += page->records->len;
  tell_progress (self);
  return TRUE;
}

static gboolean
write_records (CrmExport *self, const Part *part, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  CrmExportSink *sink = self->sink;

  ids = part->query != NULL ? crm_query_run (part->query, self->store, self->cancellable, error)
                            : g_array_ref (part->ids);

  if (ids == NULL || (sink->begin != NULL && !sink->begin (sink, part->type, part->columns, error)))
    return FALSE;

  for (guint first = 0; first < ids->len; first += PAGE)
    if (!write_page (self, part, &g_array_index (ids, gint64, first), MIN (PAGE, ids->len - first),
                     error))
      return FALSE;

  return sink->end == NULL || sink->end (sink, error);
}

static gboolean
finish_sink (CrmExport *self, GError **error)
{
  return (self->sink->finish == NULL || self->sink->finish (self->sink, error)) &&
         g_output_stream_flush (self->stream, self->cancellable, error);
}

/* One type into a file of its own */
static gboolean
write_part_file (CrmExport *self, const Part *part, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", part->type->name,
                                           crm_format_get_info (self->options.format)->name);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CrmOutputFile) output = crm_output_file_new (file, error);
  g_autoptr (CrmExportSink) sink = NULL;

  if (output == NULL)
    return FALSE;
  self->stream = crm_output_file_get_stream (output);
  self->sink = sink = make_sink (self, self->stream, error);

  return sink != NULL && write_records (self, part, error) && finish_sink (self, error) &&
         crm_output_file_commit (output, self->cancellable, error);
}

static gboolean
count_all (CrmExport *self, GError **error)
{
  self->n_all = 0;
  for (guint i = 0; self->progress != NULL && i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);
      gint64 count;

      if (part->query == NULL)
        count = part->ids->len;
      else if (!crm_query_count (part->query, self->store, &count, self->cancellable, error))
        return FALSE;
      self->n_all += count;
    }

  return TRUE;
}

/* Inside one read transaction, so that everything is of one moment */
static gboolean
write_func (CrmConnection *connection, gpointer data, GError **error)
{
  CrmExport *self = data;
  g_autoptr (CrmExportSink) sink = NULL;

  self->n_written = 0;
  if (!count_all (self, error))
    return FALSE;

  if (self->folder != NULL)
    {
      for (guint i = 0; i < self->parts->len; i++)
        if (!write_part_file (self, g_ptr_array_index (self->parts, i), error))
          return FALSE;
      return TRUE;
    }

  self->sink = sink = make_sink (self, self->stream, error);
  if (sink == NULL)
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    if (!write_records (self, g_ptr_array_index (self->parts, i), error))
      return FALSE;
  return finish_sink (self, error);
}

static gboolean
run (CrmExport *self, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  self->cancellable = cancellable;
  ok = crm_database_read (crm_store_get_database (self->store), write_func, self, cancellable,
                          error);
  self->sink = NULL;
  self->stream = NULL;
  self->cancellable = NULL;

  return ok;
}

static gboolean
write_file (CrmExport *self, GFile *target, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmOutputFile) output = crm_output_file_new (target, error);

  if (output == NULL)
    return FALSE;
  self->stream = crm_output_file_get_stream (output);

  return run (self, cancellable, error) && crm_output_file_commit (output, cancellable, error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
set_errno (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
}

/* Whether a folder can take that place in one step */
static gboolean
check_place (const char *path, GError **error)
{
  g_autoptr (GDir) folder = NULL;
  g_autofree char *shown = g_filename_display_name (path);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  folder = g_dir_open (path, 0, NULL);
  if (folder != NULL && g_dir_read_name (folder) == NULL)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
               _ ("“%s” is there already and is no empty folder; give the name of a new one."),
               shown);
  return FALSE;
}

/* A folder beside the target, which takes its place when all is in it */
static gboolean
write_folder (CrmExport *self, GFile *target, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_path (target);
  gboolean ok;

  if (path == NULL)
    {
      set_errno (error, ENOTSUP);
      return FALSE;
    }
  if (!check_place (path, error))
    return FALSE;

  self->folder = g_strdup_printf ("%s.%08x.part", path, g_random_int ());
  ok = g_mkdir (self->folder, 0777) == 0;
  if (!ok)
    set_errno (error, errno);
  ok = ok && run (self, cancellable, error) &&
       !g_cancellable_set_error_if_cancelled (cancellable, error);
  if (ok && g_rename (self->folder, path) != 0)
    {
      set_errno (error, errno);
      ok = FALSE;
    }
  if (!ok)
    remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);

  return ok;
}

CrmExport *
crm_export_new (CrmStore *store, const CrmExportOptions *options)
{
  CrmExport *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  self = g_new0 (CrmExport, 1);
  self->store = g_object_ref (store);
  self->options = *options;
  self->parts = g_ptr_array_new_with_free_func (part_free);
  /* The contract's JSON has no other ids, nor other names */
  if (options->format == CRM_FORMAT_JSON || options->format == CRM_FORMAT_JSON_LINES)
    self->options.own_ids = self->options.api_names = TRUE;

  return self;
}

void
crm_export_free (CrmExport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->parts);
  g_object_unref (self->store);
  g_free (self);
}

/* What is written where nobody chose */
static GArray *
make_columns (const CrmExport *self, const CrmRecordType *type)
{
  GArray *columns;

  switch (self->options.format)
    {
    case CRM_FORMAT_CSV:
    case CRM_FORMAT_XLSX:
      return crm_columns_new_for_file (type);

    case CRM_FORMAT_JSON:
    case CRM_FORMAT_JSON_LINES:
      columns = crm_columns_new_for_type (type, TRUE);
      crm_columns_add_labels (columns);
      return columns;

    case CRM_FORMAT_TABLE:
    case CRM_FORMAT_VCARD:
    case CRM_FORMAT_ICALENDAR:
    case CRM_N_FORMATS:
    default:
      return crm_columns_new_for_type (type, FALSE);
    }
}

/* Takes @columns */
static Part *
add_part (CrmExport *self, const CrmRecordType *type, GArray *columns)
{
  Part *part = g_new0 (Part, 1);

  part->type = type;
  part->columns = columns != NULL ? columns : make_columns (self, type);
  g_ptr_array_add (self->parts, part);

  return part;
}

void
crm_export_add (CrmExport *self, CrmQuery *query, GArray *columns)
{
  Part *part;

  g_return_if_fail (self != NULL);
  g_return_if_fail (query != NULL);

  part = add_part (self, crm_query_get_record_type (query), columns);
  part->query = crm_query_ref (query);
}

void
crm_export_add_ids (CrmExport *self, const CrmRecordType *type, const GArray *ids, GArray *columns)
{
  Part *part;

  g_return_if_fail (self != NULL);
  g_return_if_fail (type != NULL);
  g_return_if_fail (ids != NULL);

  part = add_part (self, type, columns);
  part->ids = g_array_copy ((GArray *) ids);
}

/* Adds @type behind those that it points to. What can point to anything comes last. */
static void
order_type (const CrmCatalogue *catalogue,
            const CrmRecordType *type,
            gboolean last,
            GPtrArray *seen,
            GPtrArray *ordered)
{
  gboolean to_anything = FALSE;

  if (g_ptr_array_find (seen, type, NULL))
    return;
  for (guint i = 0; i < type->n_fields; i++)
    to_anything = to_anything ||
                  (type->fields[i]->kind == CRM_KIND_RELATIONS && type->fields[i]->target == 0);
  if (to_anything && !last)
    return;

  g_ptr_array_add (seen, (gpointer) type);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      const CrmRecordType *target = NULL;

      if (field->kind == CRM_KIND_MEMBER)
        target = crm_catalogue_find_type (catalogue, "members");
      else if (crm_kind_is_relation (field->kind) && field->target != 0)
        target = crm_catalogue_get_type (catalogue, field->target);
      if (target != NULL)
        order_type (catalogue, target, last, seen, ordered);
    }
  g_ptr_array_add (ordered, (gpointer) type);
}

void
crm_export_add_everything (CrmExport *self)
{
  const CrmCatalogue *catalogue;
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  g_autoptr (GPtrArray) ordered = g_ptr_array_new ();

  g_return_if_fail (self != NULL);

  catalogue = crm_store_get_catalogue (self->store);
  for (int last = 0; last <= 1; last++)
    for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
      order_type (catalogue, crm_catalogue_get_type_at (catalogue, i), last != 0, seen, ordered);

  self->everything = TRUE;
  for (guint i = 0; i < ordered->len; i++)
    {
      const CrmRecordType *type = g_ptr_array_index (ordered, i);
      g_autoptr (CrmQuery) query = crm_query_new (type);

      if (crm_format_can_write (self->options.format, type))
        crm_export_add (self, query, NULL);
    }
}

gboolean
crm_export_needs_folder (const CrmExport *self)
{
  const CrmFormatInfo *info;

  g_return_val_if_fail (self != NULL, FALSE);

  info = crm_format_get_info (self->options.format);
  return self->everything && info != NULL && !info->has_types;
}

gboolean
crm_export_write (CrmExport *self,
                  GFile *target,
                  CrmProgressFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (target), FALSE);

  self->progress = progress;
  self->progress_data = progress_data;
  ok = crm_export_needs_folder (self) ? write_folder (self, target, cancellable, &local_error)
                                      : write_file (self, target, cancellable, &local_error);
  self->progress = NULL;
  if (!ok)
    g_propagate_error (error, crm_output_file_explain (target, g_steal_pointer (&local_error)));

  return ok;
}

gboolean
crm_export_write_stream (CrmExport *self,
                         GOutputStream *stream,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!crm_export_needs_folder (self), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  self->stream = stream;
  if (run (self, cancellable, &local_error))
    return TRUE;

  if (local_error->domain == G_IO_ERROR &&
      !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_FAILED,
                         _ ("The output could not be written. Check the disk or the pipe."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gint64
crm_export_get_n_written (const CrmExport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_written;
}
