/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-run.h"

#include <glib/gi18n.h>

#include "crm-job-row.h"
#include "crm-words.h"

typedef struct
{
  CrmSession *session;
  CrmImportPlan *plan;
  CrmSidebar *sidebar; /* weak */
  GtkWidget *row;
} Run;

static void
run_free (Run *run)
{
  g_clear_weak_pointer (&run->sidebar);
  g_object_unref (run->session);
  g_object_unref (run->plan);
  g_object_unref (run->row);
  g_free (run);
}

static void
tell_progress_cb (const CrmImportProgress *progress, gpointer data)
{
  crm_job_row_progress (progress->fraction, data);
}

static gpointer
import_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;

  return crm_import_plan_run (run->plan, FALSE, CRM_SOURCE_WINDOW, tell_progress_cb, run->row,
                              cancellable, error);
}

static char *
describe (Run *run, const CrmImportReport *report)
{
  const CrmRecordType *type = crm_import_plan_get_record_type (run->plan);
  g_autofree char *done = crm_words_get_imported (type, report->created + report->updated);

  if (report->act_id == 0)
    return g_strdup (_ ("Nothing to import: everything is there already"));
  if (report->rejected > 0)
    return g_strdup_printf (ngettext ("%s, %lu row was refused", "%s, %lu rows were refused",
                                      (gulong) report->rejected),
                            done, (gulong) report->rejected);

  return g_steal_pointer (&done);
}

static void
imported_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportReport) report = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (run->sidebar != NULL && gtk_widget_get_parent (run->row) != NULL)
    crm_sidebar_remove_job (run->sidebar, run->row);

  if (report != NULL)
    {
      g_autofree char *message = describe (run, report);

      crm_session_show_undo_toast (run->session, message, report->act_id);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      crm_session_show_toast (run->session, _ ("Import cancelled; nothing was changed"));
    }
  else
    {
      crm_session_report_error (run->session, error);
    }

  run_free (run);
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

void
crm_import_run (CrmSession *session, CrmImportPlan *plan, CrmSidebar *sidebar)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  Run *run;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (CRM_IS_IMPORT_PLAN (plan));
  g_return_if_fail (sidebar == NULL || CRM_IS_SIDEBAR (sidebar));

  cancellable = g_cancellable_new ();
  name = g_path_get_basename (crm_table_get_path (crm_import_plan_get_table (plan)));
  title = g_strdup_printf (_ ("Importing “%s”"), name);
  run = g_new0 (Run, 1);
  run->session = g_object_ref (session);
  run->plan = g_object_ref (plan);
  run->row = g_object_ref_sink (crm_job_row_new (title, cancellable));
  g_set_weak_pointer (&run->sidebar, sidebar);
  if (sidebar != NULL)
    crm_sidebar_add_job (sidebar, run->row);

  /* Its window may be closed meanwhile, the last one too */
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  crm_store_run_async (crm_session_get_store (session), import_in_worker, run, NULL,
                       (GDestroyNotify) crm_import_report_free, cancellable, imported_cb, run);
}
