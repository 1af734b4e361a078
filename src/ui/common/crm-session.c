/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-session-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-job-row.h"
#include "crm-workspace.h"

enum
{
  PROP_0,
  PROP_ACTING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  OPEN_RECORD,
  OPEN_ACT,
  OPEN_DRAFT,
  GO_BACK,
  SHOW_PLACE,
  SHOW_TOAST,
  SHOW_DIALOG,
  JOB_BEGUN,
  JOB_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmSession, crm_session, G_TYPE_OBJECT)

/* Toasts */

/* What a toast's button does */
typedef struct
{
  GWeakRef session;
  gint64 act_id;
} UndoCall;

static void
undo_call_free (gpointer data, GClosure *closure)
{
  UndoCall *call = data;

  g_weak_ref_clear (&call->session);
  g_free (call);
}

static void
undo_clicked_cb (AdwToast *toast, UndoCall *call)
{
  g_autoptr (CrmSession) self = g_weak_ref_get (&call->session);

  if (self != NULL)
    crm_session_undo_act (self, call->act_id);
}

void
_crm_session_emit_toast (CrmSession *self, const char *title, gint64 act_id)
{
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autoptr (AdwToast) toast = g_object_ref_sink (adw_toast_new (escaped));

  if (act_id != 0)
    {
      UndoCall *call = g_new0 (UndoCall, 1);

      g_weak_ref_init (&call->session, self);
      call->act_id = act_id;
      adw_toast_set_button_label (toast, _ ("Undo"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), call,
                             undo_call_free, 0);
    }

  g_signal_emit (self, signals[SHOW_TOAST], 0, toast);
}

void
_crm_session_show_dialog (CrmSession *self, GtkWindow *dialog)
{
  g_signal_emit (self, signals[SHOW_DIALOG], 0, dialog);
  gtk_window_present (dialog);
}

/* What is under way */

void
_crm_session_notify_acting (CrmSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTING]);
}

void
_crm_session_begin_act (CrmSession *self)
{
  self->n_acts++;
  _crm_session_notify_acting (self);
}

void
_crm_session_end_act (CrmSession *self)
{
  g_assert (self->n_acts > 0);

  self->n_acts--;
  _crm_session_continue_undos (self);
  _crm_session_notify_acting (self);
}

/* GObject */

static void
crm_session_finalize (GObject *object)
{
  CrmSession *self = CRM_SESSION (object);

  _crm_session_clear_undos (self);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (crm_session_parent_class)->finalize (object);
}

static void
crm_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_ACTING:
      g_value_set_boolean (value, crm_session_get_acting (CRM_SESSION (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_session_class_init (CrmSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = crm_session_finalize;
  object_class->get_property = crm_session_get_property;

  properties[PROP_ACTING] = g_param_spec_boolean ("acting", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                      G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN_RECORD] = g_signal_new ("open-record", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[OPEN_ACT] = g_signal_new ("open-act", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[OPEN_DRAFT] = g_signal_new ("open-draft", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 4, G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_INT64,
                                      CRM_TYPE_VALUE);
  signals[GO_BACK] = g_signal_new ("go-back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SHOW_PLACE] = g_signal_new ("show-place", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[JOB_BEGUN] = g_signal_new ("job-begun", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CRM_TYPE_JOB_ROW);
  signals[JOB_ENDED] = g_signal_new ("job-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CRM_TYPE_JOB_ROW);
  signals[SHOW_TOAST] = g_signal_new ("show-toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, ADW_TYPE_TOAST);
  signals[SHOW_DIALOG] = g_signal_new ("show-dialog", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, GTK_TYPE_WINDOW);
}

static void
crm_session_init (CrmSession *self)
{
  g_queue_init (&self->undos);
}

/* Public API */

CrmSession *
crm_session_new (CrmStore *store, GSettings *settings)
{
  CrmSession *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CRM_TYPE_SESSION, NULL);
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);

  return self;
}

CrmStore *
crm_session_get_store (CrmSession *self)
{
  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  return self->store;
}

GSettings *
crm_session_get_settings (CrmSession *self)
{
  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  return self->settings;
}

char *
crm_session_get_workspace_name (CrmSession *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  /* Nobody has named the one of the first start */
  folder = crm_workspace_get_folder ();
  path = g_build_filename (folder, "default.crm", NULL);
  if (g_str_equal (path, crm_store_get_path (self->store)))
    return g_strdup (_ ("My Workspace"));

  name = crm_store_get_display_name (self->store);
  /* Translators: the name of a workspace or of a backup */
  return crm_database_is_read_only (crm_store_get_database (self->store))
             ? g_strdup_printf (_ ("%s (Read-Only)"), name)
             : g_steal_pointer (&name);
}

void
crm_session_open_record (CrmSession *self, gint64 id, gboolean new_window)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (id != 0);

  g_signal_emit (self, signals[OPEN_RECORD], 0, id, new_window);
}

void
crm_session_open_act (CrmSession *self, gint64 act_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (act_id != 0);

  g_signal_emit (self, signals[OPEN_ACT], 0, act_id);
}

void
crm_session_open_draft (CrmSession *self,
                        const CrmRecordType *type,
                        const CrmField *field,
                        gint64 related_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (type != NULL);

  g_signal_emit (self, signals[OPEN_DRAFT], 0, type, field, related_id, NULL);
}

void
crm_session_open_draft_with_value (CrmSession *self,
                                   const CrmRecordType *type,
                                   const CrmField *field,
                                   CrmValue *value)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (field != NULL && field->type_id == type->id);
  g_return_if_fail (value != NULL);

  g_signal_emit (self, signals[OPEN_DRAFT], 0, type, field, G_GINT64_CONSTANT (0), value);
}

void
crm_session_go_back (CrmSession *self)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  g_signal_emit (self, signals[GO_BACK], 0);
}

void
crm_session_show_place (CrmSession *self, const char *place)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (place != NULL);

  g_signal_emit (self, signals[SHOW_PLACE], 0, place);
}

gboolean
crm_session_get_acting (CrmSession *self)
{
  g_return_val_if_fail (CRM_IS_SESSION (self), FALSE);

  return self->n_acts > 0 || self->undo != NULL;
}

GtkWidget *
crm_session_begin_job (CrmSession *self, const char *title, GCancellable *cancellable)
{
  GtkWidget *row;

  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  row = g_object_ref_sink (crm_job_row_new (title, cancellable));
  g_signal_emit (self, signals[JOB_BEGUN], 0, row);

  return row;
}

void
crm_session_end_job (CrmSession *self, GtkWidget *row)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (CRM_IS_JOB_ROW (row));

  g_signal_emit (self, signals[JOB_ENDED], 0, row);
  g_object_unref (row);
}

void
crm_session_show_toast (CrmSession *self, const char *title)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (title != NULL);

  _crm_session_emit_toast (self, title, 0);
}

void
crm_session_show_undo_toast (CrmSession *self, const char *title, gint64 act_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (title != NULL);

  _crm_session_emit_toast (self, title, act_id);
}

void
crm_session_report_error (CrmSession *self, const GError *error)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  _crm_session_emit_toast (self, error->message, 0);
}
