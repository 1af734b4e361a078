/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-export-job.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-job-row.h"
#include "crm-words.h"

typedef struct
{
  CrmSession *session;
  CrmExport *export;
  const CrmRecordType *type; /* nullable */
  GFile *target;
  GtkWidget *row; /* of the job */
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->session);
  crm_export_free (job->export);
  g_object_unref (job->target);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* A folder is new: "Name 2" where there is a "Name" already */
static void
find_free_name (Job *job)
{
  g_autoptr (GFile) parent = g_file_get_parent (job->target);
  g_autofree char *name = g_file_get_basename (job->target);

  for (guint i = 2; parent != NULL && g_file_query_exists (job->target, NULL); i++)
    {
      g_autofree char *other = g_strdup_printf ("%s %u", name, i);

      g_object_unref (job->target);
      job->target = g_file_get_child (parent, other);
    }
}

static gpointer
write_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  if (crm_export_needs_folder (job->export))
    find_free_name (job);

  return GINT_TO_POINTER (crm_export_write (job->export, job->target, crm_job_row_progress,
                                            job->row, cancellable, error));
}

static void
show_clicked_cb (AdwToast *toast, gpointer user_data)
{
  crm_show_in_files (NULL, user_data);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;
  g_autoptr (AdwToast) toast = NULL;

  crm_session_end_job (job->session, job->row);
  if (!GPOINTER_TO_INT (crm_store_run_finish (CRM_STORE (object), result, &error)))
    {
      crm_session_report_error (job->session, error);
      return;
    }

  title = crm_words_get_exported (job->type, crm_export_get_n_written (job->export));
  escaped = g_markup_escape_text (title, -1);
  toast = g_object_ref_sink (adw_toast_new (escaped));
  adw_toast_set_button_label (toast, _ ("Show in Files"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_clicked_cb),
                         g_object_ref (job->target), (GClosureNotify) g_object_unref, 0);
  g_signal_emit_by_name (job->session, "show-toast", toast);
}

void
crm_export_job_run (CrmSession *session,
                    CrmExport *export,
                    const CrmRecordType *type,
                    GFile *target)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *title = NULL;
  Job *job;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (export != NULL);
  g_return_if_fail (G_IS_FILE (target));

  /* Translators: %s is the plural name of a type */
  title = type != NULL ? g_strdup_printf (_ ("Exporting %s…"), type->label_many)
                       : g_strdup (_ ("Exporting Everything…"));
  job = g_new0 (Job, 1);
  job->session = g_object_ref (session);
  job->export = export;
  job->type = type;
  job->target = g_object_ref (target);
  job->row = crm_session_begin_job (session, title, cancellable);
  crm_store_run_async (crm_session_get_store (session), write_in_worker, job, NULL, NULL,
                       cancellable, written_cb, job);
}
