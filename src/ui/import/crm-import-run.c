/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-run.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "crm-import-memory.h"
#include "crm-job-row.h"
#include "crm-words.h"

struct _CrmImportRun
{
  GObject parent_instance;

  CrmSession *session;
  CrmImportPlan *plan;
  GCancellable *cancellable;
  GtkWidget *row; /* NULL once it has ended */
  CrmImportProgress progress;
  CrmImportReport *report;
  GError *error;
  char *rejects_path;
};

enum
{
  PROGRESS,
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportRun, crm_import_run, G_TYPE_OBJECT)

/* How far it is */

typedef struct
{
  CrmImportRun *run;
  CrmImportProgress progress;
} Step;

static gboolean
step_cb (gpointer data)
{
  Step *step = data;

  step->run->progress = step->progress;
  g_signal_emit (step->run, signals[PROGRESS], 0);

  return G_SOURCE_REMOVE;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->run);
  g_free (step);
}

static void
progress_in_worker (const CrmImportProgress *progress, gpointer data)
{
  CrmImportRun *self = data;
  Step *step = g_new (Step, 1);

  step->run = g_object_ref (self);
  step->progress = *progress;
  crm_job_row_progress (progress->fraction, self->row);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, step_cb, step, step_free);
}

static gpointer
import_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  CrmImportRun *self = data;
  CrmImportReport *report = crm_import_plan_run (self->plan, FALSE, CRM_SOURCE_WINDOW,
                                                 progress_in_worker, self, cancellable, error);

  if (report != NULL && report->act_id != 0)
    {
      g_autoptr (CrmImportMemory) memory = crm_import_memory_new (NULL);

      /* That it can be repeated is a comfort, and not having it no reason to complain */
      crm_import_memory_keep_last (memory, self->plan, NULL);
    }

  return report;
}

/* The end */

static char *
describe (CrmImportRun *self)
{
  const CrmImportReport *report = self->report;
  g_autofree char *done = crm_words_get_imported (crm_import_plan_get_record_type (self->plan),
                                                  report->created + report->updated);

  if (report->act_id == 0)
    return g_strdup (_ ("Nothing to import: everything is there already"));
  if (report->rejected > 0)
    return g_strdup_printf (ngettext ("%s, %lu row was refused", "%s, %lu rows were refused",
                                      (gulong) report->rejected),
                            done, (gulong) report->rejected);

  return g_steal_pointer (&done);
}

static void
tell (CrmImportRun *self)
{
  if (self->report != NULL)
    {
      g_autofree char *message = describe (self);

      crm_session_show_undo_toast (self->session, message, self->report->act_id);
    }
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    crm_session_show_toast (self->session, _ ("Import cancelled; nothing was changed"));
  else
    crm_session_report_error (self->session, self->error);
}

static void
imported_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportRun) self = user_data;

  self->report = crm_store_run_finish (CRM_STORE (object), result, &self->error);
  crm_session_end_job (self->session, g_steal_pointer (&self->row));
  tell (self);
  g_signal_emit (self, signals[DONE], 0);
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

/* GObject */

static void
crm_import_run_finalize (GObject *object)
{
  CrmImportRun *self = CRM_IMPORT_RUN (object);

  if (self->rejects_path != NULL)
    g_unlink (self->rejects_path);
  g_free (self->rejects_path);
  g_clear_pointer (&self->report, crm_import_report_free);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_object_unref (self->plan);
  g_object_unref (self->session);

  G_OBJECT_CLASS (crm_import_run_parent_class)->finalize (object);
}

static void
crm_import_run_class_init (CrmImportRunClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_import_run_finalize;

  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
}

static void
crm_import_run_init (CrmImportRun *self)
{
  self->cancellable = g_cancellable_new ();
  self->progress.seconds_left = -1;
}

/* Public API */

CrmImportRun *
crm_import_run_new (CrmSession *session, CrmImportPlan *plan, const char *name)
{
  g_autofree char *title = NULL;
  CrmImportRun *self;
  int file;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (plan), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (CRM_TYPE_IMPORT_RUN, NULL);
  self->session = g_object_ref (session);
  self->plan = g_object_ref (plan);
  title = g_strdup_printf (_ ("Importing “%s”"), name);
  self->row = crm_session_begin_job (session, title, self->cancellable);

  /* Without room for it the import is worth more than the list of what was refused */
  file = g_file_open_tmp ("crm-refused-XXXXXX.csv", &self->rejects_path, NULL);
  if (file >= 0)
    {
      g_close (file, NULL);
      crm_import_plan_set_rejects_path (plan, self->rejects_path);
    }

  /* Its window may be closed meanwhile, the last one too */
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  crm_store_run_async (crm_session_get_store (session), import_in_worker, g_object_ref (self),
                       g_object_unref, (GDestroyNotify) crm_import_report_free, self->cancellable,
                       imported_cb, g_object_ref (self));

  return self;
}

const CrmRecordType *
crm_import_run_get_record_type (CrmImportRun *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RUN (self), NULL);

  return crm_import_plan_get_record_type (self->plan);
}

const CrmImportProgress *
crm_import_run_get_progress (CrmImportRun *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RUN (self), NULL);

  return &self->progress;
}

gboolean
crm_import_run_is_done (CrmImportRun *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RUN (self), FALSE);

  return self->row == NULL;
}

const CrmImportReport *
crm_import_run_get_report (CrmImportRun *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RUN (self), NULL);

  return self->report;
}

const GError *
crm_import_run_get_error (CrmImportRun *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RUN (self), NULL);

  return self->error;
}

const char *
crm_import_run_get_rejects_path (CrmImportRun *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RUN (self), NULL);

  return self->rejects_path;
}

void
crm_import_run_cancel (CrmImportRun *self)
{
  g_return_if_fail (CRM_IS_IMPORT_RUN (self));

  g_cancellable_cancel (self->cancellable);
}
