/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-content.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "crm-export.h"

#define KEPT_SECONDS (24 * 60 * 60)

struct _CrmRecordContent
{
  GdkContentProvider parent_instance;

  CrmStore *store;
  const CrmRecordType *type;
  GArray *ids;
};

G_DEFINE_FINAL_TYPE (CrmRecordContent, crm_record_content, GDK_TYPE_CONTENT_PROVIDER)

static const struct
{
  const char *media_type;
  CrmFormat format;
} texts[] = {
  { "text/csv", CRM_FORMAT_CSV },
  { "text/vcard", CRM_FORMAT_VCARD },
  { "text/plain;charset=utf-8", CRM_FORMAT_CSV },
  { "text/plain", CRM_FORMAT_CSV },
};

/* One person is a card for somebody's address book; several are a table */
static CrmFormat
get_file_format (CrmRecordContent *self)
{
  return self->ids->len == 1 && crm_format_can_write (CRM_FORMAT_VCARD, self->type)
             ? CRM_FORMAT_VCARD
             : CRM_FORMAT_CSV;
}

/* What one request is about; used by a worker */
typedef struct
{
  CrmRecordContent *content;
  CrmFormat format;
  GOutputStream *stream; /* NULL: a file is wanted */
  char *media_type;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->content);
  g_clear_object (&request->stream);
  g_free (request->media_type);
  g_free (request);
}

static CrmExport *
make_export (Request *request)
{
  CrmExportOptions options = { .format = request->format };
  CrmExport *export = crm_export_new (request->content->store, &options);

  crm_export_add_ids (export, request->content->type, request->content->ids, NULL);
  return export;
}

static void
write_stream_in_worker (GTask *task,
                        gpointer source_object,
                        gpointer task_data,
                        GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr (CrmExport) export = make_export (request);
  g_autoptr (GError) error = NULL;

  if (crm_export_write_stream (export, request->stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The label of the one record, or the noun of several. (transfer full) */
static char *
make_file_name (Request *request, GCancellable *cancellable, GError **error)
{
  CrmRecordContent *self = request->content;
  const char *suffix = crm_format_get_info (request->format)->name;
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *label = NULL;

  if (self->ids->len > 1)
    return g_strdup_printf ("%s.%s", self->type->label_many, suffix);

  record = crm_store_get_record (self->store, g_array_index (self->ids, gint64, 0), FALSE,
                                 cancellable, error);
  if (record == NULL)
    return NULL;
  label = g_strdelimit (g_strdup (crm_record_get_label (record)), "/\\:*?\"<>|\n\t", '_');
  return g_strdup_printf ("%s.%s", label, suffix);
}

/* Whoever took a file may be copying it still when the drag has ended, so they go a day later */
static void
remove_old (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GDir) files = NULL;
      const char *file;
      GStatBuf status;

      if (g_stat (path, &status) != 0 || status.st_mtime > now - KEPT_SECONDS)
        continue;
      files = g_dir_open (path, 0, NULL);
      while (files != NULL && (file = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *inner = g_build_filename (path, file, NULL);

          g_unlink (inner);
        }
      g_rmdir (path);
    }
}

/* A folder of its own for each file, so that it can be called as one likes. Not in /tmp, which a sandbox
 * has for itself. (transfer full) */
static char *
make_folder (GError **error)
{
  g_autofree char *all = g_build_filename (g_get_user_cache_dir (), "crm", "dragged", NULL);
  g_autofree char *folder = g_build_filename (all, "XXXXXX", NULL);

  g_mkdir_with_parents (all, 0700);
  remove_old (all);
  if (g_mkdtemp_full (folder, 0700) != NULL)
    return g_steal_pointer (&folder);

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return NULL;
}

static void
write_file_in_worker (GTask *task,
                      gpointer source_object,
                      gpointer task_data,
                      GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr (CrmExport) export = make_export (request);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = make_file_name (request, cancellable, &error);
  g_autofree char *folder = name != NULL ? make_folder (&error) : NULL;
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  if (path != NULL)
    file = g_file_new_for_path (path);
  if (file != NULL && crm_export_write (export, file, NULL, NULL, cancellable, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
      return;
    }
  if (folder != NULL)
    g_rmdir (folder);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
stream_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
serialized_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Programs in a sandbox get it through the portal: the toolkit sees to that */
static void
file_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (result), &error);
  g_auto (GValue) value = G_VALUE_INIT;

  if (file == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
  gdk_content_serialize_async (request->stream, request->media_type, &value, G_PRIORITY_DEFAULT,
                               g_task_get_cancellable (task), serialized_cb, g_object_ref (task));
}

/* GdkContentProvider */

static GdkContentFormats *
crm_record_content_ref_formats (GdkContentProvider *provider)
{
  CrmRecordContent *self = CRM_RECORD_CONTENT (provider);
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  g_autoptr (GdkContentFormats) files = gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST);
  g_autoptr (GdkContentFormats) names = gdk_content_formats_union_serialize_mime_types (
      g_steal_pointer (&files));
  gsize n_names;
  const char *const *media_types = gdk_content_formats_get_mime_types (names, &n_names);

  /* Not the list itself: nothing in this program wants it, and it would have to be there at once */
  for (gsize i = 0; i < n_names; i++)
    if (!g_str_has_prefix (media_types[i], "text/plain"))
      gdk_content_formats_builder_add_mime_type (builder, media_types[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (crm_format_can_write (texts[i].format, self->type))
      gdk_content_formats_builder_add_mime_type (builder, texts[i].media_type);
  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
crm_record_content_write_mime_type_async (GdkContentProvider *provider,
                                          const char *mime_type,
                                          GOutputStream *stream,
                                          int io_priority,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  CrmRecordContent *self = CRM_RECORD_CONTENT (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GTask) work = NULL;
  Request *request = g_new0 (Request, 1);
  gboolean is_text = FALSE;

  g_task_set_source_tag (task, crm_record_content_write_mime_type_async);
  request->content = g_object_ref (self);
  request->stream = g_object_ref (stream);
  request->media_type = g_strdup (mime_type);
  request->format = get_file_format (self);
  for (guint i = 0; i < G_N_ELEMENTS (texts) && !is_text; i++)
    if (g_ascii_strcasecmp (texts[i].media_type, mime_type) == 0)
      {
        request->format = texts[i].format;
        is_text = TRUE;
      }
  g_task_set_task_data (task, request, request_free);

  /* A second task for the worker, since the first one ends only when all is handed on */
  work = g_task_new (provider, cancellable, is_text ? stream_written_cb : file_written_cb,
                     g_object_ref (task));
  g_task_set_task_data (work, request, NULL);
  g_task_run_in_thread (work, is_text ? write_stream_in_worker : write_file_in_worker);
}

static gboolean
crm_record_content_write_mime_type_finish (GdkContentProvider *provider,
                                           GAsyncResult *result,
                                           GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
crm_record_content_finalize (GObject *object)
{
  CrmRecordContent *self = CRM_RECORD_CONTENT (object);

  g_object_unref (self->store);
  g_array_unref (self->ids);

  G_OBJECT_CLASS (crm_record_content_parent_class)->finalize (object);
}

static void
crm_record_content_class_init (CrmRecordContentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  object_class->finalize = crm_record_content_finalize;

  provider_class->ref_formats = crm_record_content_ref_formats;
  provider_class->write_mime_type_async = crm_record_content_write_mime_type_async;
  provider_class->write_mime_type_finish = crm_record_content_write_mime_type_finish;
}

static void
crm_record_content_init (CrmRecordContent *self)
{
}

GdkContentProvider *
crm_record_content_new (CrmStore *store, const CrmRecordType *type, const GArray *ids)
{
  CrmRecordContent *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (ids != NULL && ids->len > 0, NULL);

  self = g_object_new (CRM_TYPE_RECORD_CONTENT, NULL);
  self->store = g_object_ref (store);
  self->type = type;
  self->ids = g_array_copy ((GArray *) ids);
  return GDK_CONTENT_PROVIDER (self);
}
