/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-trial.h"

struct _CrmImportTrial
{
  GObject parent_instance;

  CrmImportSetup *setup;
  CrmImportTrialState state;
  CrmImportPreview *preview;
  GError *error;
  GCancellable *cancellable; /* of the worker that has the plan, or NULL */
  GPtrArray *edits; /* Edit: those that wait for the plan */
  gboolean again; /* begin anew once the plan is back */
};

enum
{
  CHANGED,
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportTrial, crm_import_trial, G_TYPE_OBJECT)

typedef struct
{
  gint64 line;
  gboolean is_cell;
  gboolean excluded;
  guint column;
  char *text;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_free (edit->text);
  g_free (edit);
}

static void
set_state (CrmImportTrial *self, CrmImportTrialState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget (CrmImportTrial *self)
{
  g_clear_object (&self->preview);
  g_clear_error (&self->error);
}

/* How far it is */

typedef struct
{
  CrmImportTrial *trial;
  double fraction;
} Step;

static gboolean
step_cb (gpointer data)
{
  Step *step = data;

  if (step->trial->state == CRM_IMPORT_TRIAL_RUNNING)
    g_signal_emit (step->trial, signals[PROGRESS], 0, step->fraction);

  return G_SOURCE_REMOVE;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->trial);
  g_free (step);
}

static void
progress_in_worker (const CrmImportProgress *progress, gpointer data)
{
  Step *step = g_new (Step, 1);

  step->trial = g_object_ref (data);
  step->fraction = progress->fraction;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, step_cb, step, step_free);
}

/* The worker */

typedef struct
{
  CrmImportTrial *trial; /* kept, for the progress */
  CrmImportPlan *plan;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->trial);
  g_object_unref (work->plan);
  g_free (work);
}

static gpointer
try_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return crm_import_preview_new (work->plan, progress_in_worker, work->trial, cancellable, error);
}

static void
apply_edits (CrmImportTrial *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);

  for (guint i = 0; plan != NULL && i < self->edits->len; i++)
    {
      const Edit *edit = g_ptr_array_index (self->edits, i);

      if (edit->is_cell)
        crm_import_plan_set_cell (plan, edit->line, edit->column, edit->text);
      else
        crm_import_plan_set_excluded (plan, edit->line, edit->excluded);
    }
  g_ptr_array_set_size (self->edits, 0);
}

static void
take_preview (CrmImportTrial *self, CrmImportPreview *preview, GError *error)
{
  forget (self);
  self->preview = preview;
  self->error = error;
  set_state (self, preview != NULL ? CRM_IMPORT_TRIAL_READY : CRM_IMPORT_TRIAL_FAILED);
}

static void
tried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportTrial) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPreview) preview = crm_store_run_finish (CRM_STORE (object), result, &error);
  gboolean was_stopped = g_cancellable_is_cancelled (self->cancellable);

  g_clear_object (&self->cancellable);
  apply_edits (self);
  crm_import_setup_give_back_plan (self->setup);
  if (self->again)
    {
      self->again = FALSE;
      self->state = CRM_IMPORT_TRIAL_STALE;
      crm_import_trial_start (self);
    }
  else if (was_stopped)
    set_state (self, CRM_IMPORT_TRIAL_STALE);
  else
    take_preview (self, g_steal_pointer (&preview), g_steal_pointer (&error));
}

/* Another file, another type: nothing of it holds any more */
static void
setup_changed_cb (CrmImportTrial *self)
{
  forget (self);
  g_ptr_array_set_size (self->edits, 0);
  crm_import_trial_stop (self);
}

static void
change (CrmImportTrial *self, Edit *edit)
{
  g_ptr_array_add (self->edits, edit);
  if (self->cancellable != NULL)
    {
      self->again = TRUE;
      g_cancellable_cancel (self->cancellable);
      return;
    }

  apply_edits (self);
  self->state = CRM_IMPORT_TRIAL_STALE;
  crm_import_trial_start (self);
}

/* GObject */

static void
crm_import_trial_dispose (GObject *object)
{
  CrmImportTrial *self = CRM_IMPORT_TRIAL (object);

  forget (self);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_trial_parent_class)->dispose (object);
}

static void
crm_import_trial_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_IMPORT_TRIAL (object)->edits);

  G_OBJECT_CLASS (crm_import_trial_parent_class)->finalize (object);
}

static void
crm_import_trial_class_init (CrmImportTrialClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_trial_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_import_trial_finalize;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
crm_import_trial_init (CrmImportTrial *self)
{
  self->edits = g_ptr_array_new_with_free_func (edit_free);
}

/* Public API */

CrmImportTrial *
crm_import_trial_new (CrmImportSetup *setup)
{
  CrmImportTrial *self;

  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (setup), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_TRIAL, NULL);
  self->setup = g_object_ref (setup);
  g_signal_connect_object (setup, "changed", G_CALLBACK (setup_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "plan-changed", G_CALLBACK (setup_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

CrmImportTrialState
crm_import_trial_get_state (CrmImportTrial *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_TRIAL (self), CRM_IMPORT_TRIAL_STALE);

  return self->state;
}

CrmImportPreview *
crm_import_trial_get_preview (CrmImportTrial *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_TRIAL (self), NULL);

  return self->preview;
}

const GError *
crm_import_trial_get_error (CrmImportTrial *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_TRIAL (self), NULL);

  return self->error;
}

void
crm_import_trial_start (CrmImportTrial *self)
{
  CrmImportPlan *plan;
  Work *work;

  g_return_if_fail (CRM_IS_IMPORT_TRIAL (self));

  plan = crm_import_setup_get_plan (self->setup);
  if (plan == NULL || self->state == CRM_IMPORT_TRIAL_READY)
    return;
  if (self->cancellable != NULL)
    {
      self->again = g_cancellable_is_cancelled (self->cancellable);
      return;
    }
  if (crm_import_setup_is_lent (self->setup))
    return;

  work = g_new0 (Work, 1);
  work->trial = g_object_ref (self);
  work->plan = g_object_ref (plan);
  self->cancellable = g_cancellable_new ();
  crm_import_setup_lend_plan (self->setup, self->cancellable);
  crm_store_run_async (crm_session_get_store (crm_import_setup_get_session (self->setup)),
                       try_in_worker, work, work_free, g_object_unref, self->cancellable, tried_cb,
                       g_object_ref (self));
  set_state (self, CRM_IMPORT_TRIAL_RUNNING);
}

void
crm_import_trial_stop (CrmImportTrial *self)
{
  g_return_if_fail (CRM_IS_IMPORT_TRIAL (self));

  self->again = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  set_state (self, CRM_IMPORT_TRIAL_STALE);
}

void
crm_import_trial_exclude (CrmImportTrial *self, gint64 line, gboolean excluded)
{
  Edit *edit;

  g_return_if_fail (CRM_IS_IMPORT_TRIAL (self));

  edit = g_new0 (Edit, 1);
  edit->line = line;
  edit->excluded = excluded;
  change (self, edit);
}

void
crm_import_trial_edit (CrmImportTrial *self, gint64 line, guint column, const char *text)
{
  Edit *edit;

  g_return_if_fail (CRM_IS_IMPORT_TRIAL (self));

  edit = g_new0 (Edit, 1);
  edit->line = line;
  edit->is_cell = TRUE;
  edit->column = column;
  edit->text = g_strdup (text);
  change (self, edit);
}
