/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-sweep-window.h"

#include <glib/gi18n.h>

#include "crm-duplicate-item.h"
#include "crm-duplicates-work.h"
#include "crm-job-row.h"
#include "crm-merge-plan.h"

/* Enough to see whether the rule is right */
#define MAX_PREVIEW 200

/* What can be chosen, the surest first */
static const double thresholds[] = { CRM_DUPLICATES_SURE, 0.97, 0.95, CRM_DUPLICATES_THRESHOLD };

struct _CrmSweepWindow
{
  AdwWindow parent_instance;

  GtkWidget *merge_button;
  AdwComboRow *sureness_row;
  AdwComboRow *keep_row;
  GtkLabel *count_label;
  GtkListView *list;

  CrmSession *session;
  const CrmRecordType *type;
  GPtrArray *groups;
  GPtrArray *plan; /* (element-type CrmSweepGroup) (nullable): of what is chosen, once it is made */
  GtkStringList *preview;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmSweepWindow, crm_sweep_window, ADW_TYPE_WINDOW)

/* Planning */

typedef struct
{
  const CrmRecordType *type;
  GPtrArray *groups;
  double threshold;
  CrmMergeKeep keep;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_ptr_array_unref (request->groups);
  g_free (request);
}

typedef struct
{
  GPtrArray *plan;
  GPtrArray *lines; /* (element-type utf8) */
} Planned;

static void
planned_free (gpointer data)
{
  Planned *planned = data;

  g_ptr_array_unref (planned->plan);
  g_ptr_array_unref (planned->lines);
  g_free (planned);
}

/* "Jan Novák ← Honza Novák, 99.8 %" */
static char *
describe_group (const CrmSweepGroup *group, GPtrArray *labels)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autofree char *score = crm_duplicate_describe_score (group->score);
  g_autofree char *names = NULL;

  for (guint i = 1; i < labels->len; i++)
    g_ptr_array_add (others, g_ptr_array_index (labels, i));
  names = crm_duplicate_item_join_names (others);

  /* Translators: who is kept, who is merged into it, and how sure it is that they are the same */
  return g_strdup_printf (_ ("%s ← %s, %s"), group->label, names, score);
}

static gpointer
plan_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Planned *planned;

  plan = crm_duplicates_plan_sweep (store, request->type, request->groups, request->threshold,
                                    request->keep, cancellable, error);
  if (plan == NULL)
    return NULL;

  for (guint i = 0; i < MIN (plan->len, MAX_PREVIEW); i++)
    {
      CrmSweepGroup *group = g_ptr_array_index (plan, i);
      g_autoptr (GPtrArray) labels = NULL;

      labels = crm_duplicates_read_labels (store, request->type, group->ids, cancellable, error);
      if (labels == NULL)
        return NULL;
      g_ptr_array_add (lines, describe_group (group, labels));
    }

  planned = g_new0 (Planned, 1);
  planned->plan = g_steal_pointer (&plan);
  planned->lines = g_steal_pointer (&lines);
  return planned;
}

static void
show_plan (CrmSweepWindow *self)
{
  guint n_records = 0;
  g_autofree char *text = NULL;
  g_autofree char *button = NULL;

  for (guint i = 0; i < self->plan->len; i++)
    n_records += ((const CrmSweepGroup *) g_ptr_array_index (self->plan, i))->ids->len;

  if (self->plan->len == 0)
    text = g_strdup (_ ("Nothing is that sure. Choose less, or merge one by one."));
  else
    /* Translators: a number, the plural noun of a type, and a number again: "71 People become 34." */
    text = g_strdup_printf (_ ("%u %s become %u."), n_records, self->type->label_many,
                            self->plan->len);
  gtk_label_set_label (self->count_label, text);
  button = g_strdup_printf (ngettext ("Merge %u Group", "Merge %u Groups", self->plan->len),
                            self->plan->len);
  gtk_button_set_label (GTK_BUTTON (self->merge_button), button);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sweep.accept", self->plan->len > 0);
}

static void
planned_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSweepWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Planned *planned = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (planned == NULL)
    {
      if (self->session != NULL)
        crm_session_report_error (self->session, error);
      return;
    }

  if (self->session != NULL)
    {
      g_clear_pointer (&self->plan, g_ptr_array_unref);
      self->plan = g_ptr_array_ref (planned->plan);
      gtk_string_list_splice (self->preview, 0,
                              g_list_model_get_n_items (G_LIST_MODEL (self->preview)), NULL);
      for (guint i = 0; i < planned->lines->len; i++)
        gtk_string_list_append (self->preview, g_ptr_array_index (planned->lines, i));
      show_plan (self);
    }
  planned_free (planned);
}

static void
make_plan (CrmSweepWindow *self)
{
  Request *request = g_new0 (Request, 1);
  guint selected = adw_combo_row_get_selected (self->sureness_row);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sweep.accept", FALSE);

  request->type = self->type;
  request->groups = g_ptr_array_ref (self->groups);
  request->threshold = thresholds[MIN (selected, G_N_ELEMENTS (thresholds) - 1)];
  request->keep = (CrmMergeKeep) adw_combo_row_get_selected (self->keep_row);
  crm_store_run_async (crm_session_get_store (self->session), plan_in_worker, request, request_free,
                       planned_free, self->cancellable, planned_cb, g_object_ref (self));
}

static void
changed_cb (CrmSweepWindow *self)
{
  if (self->session != NULL)
    make_plan (self);
}

static gpointer
set_keep_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  crm_merge_set_keep (store, (CrmMergeKeep) GPOINTER_TO_UINT (data), error);
  return NULL;
}

/* It is what the merge dialog proposes from now on as well */
static void
keep_changed_cb (CrmSweepWindow *self)
{
  guint keep = adw_combo_row_get_selected (self->keep_row);

  if (self->session == NULL)
    return;

  crm_store_run_async (crm_session_get_store (self->session), set_keep_in_worker,
                       GUINT_TO_POINTER (keep), NULL, NULL, NULL, NULL, NULL);
  make_plan (self);
}

/* Merging */

typedef struct
{
  const CrmRecordType *type;
  GPtrArray *plan;
  GtkWidget *row;
  gint64 act_id;
  guint n_merged;
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_ptr_array_unref (sweep->plan);
  g_free (sweep);
}

typedef struct
{
  gint64 act_id;
  guint n_merged;
} Swept;

static gpointer
sweep_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Sweep *sweep = data;
  g_auto (CrmWriteResult) written = { 0 };
  Swept *swept = g_new0 (Swept, 1);

  if (!crm_duplicates_sweep (store, sweep->type, sweep->plan, CRM_SOURCE_WINDOW,
                             crm_job_row_progress, sweep->row, &swept->n_merged, cancellable,
                             &written, error))
    {
      g_free (swept);
      return NULL;
    }

  swept->act_id = written.act_id;
  return swept;
}

typedef struct
{
  CrmSession *session;
  GtkWidget *row;
} Call;

static void
swept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmSession) session = call->session;
  g_autoptr (GError) error = NULL;
  g_autofree Swept *swept = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autofree char *message = NULL;

  crm_session_end_job (session, call->row);
  if (swept == NULL)
    {
      crm_session_report_error (session, error);
      return;
    }

  message = g_strdup_printf (ngettext ("%u group merged", "%u groups merged", swept->n_merged),
                             swept->n_merged);
  crm_session_show_undo_toast (session, message, swept->act_id);
}

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmSweepWindow *self = CRM_SWEEP_WINDOW (widget);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Sweep *sweep = g_new0 (Sweep, 1);
  Call *call = g_new0 (Call, 1);

  call->session = g_object_ref (self->session);
  call->row = crm_session_begin_job (self->session, _ ("Merging Duplicates"), cancellable);
  sweep->type = self->type;
  sweep->plan = g_ptr_array_ref (self->plan);
  sweep->row = call->row;
  crm_store_run_async (crm_session_get_store (self->session), sweep_in_worker, sweep, sweep_free,
                       g_free, cancellable, swept_cb, call);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Rows */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, "crm-sweep-row");
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkStringObject *item = GTK_STRING_OBJECT (gtk_list_item_get_item (list_item));
  GtkWidget *label = gtk_list_item_get_child (list_item);

  gtk_label_set_label (GTK_LABEL (label), gtk_string_object_get_string (item));
  gtk_widget_set_tooltip_text (label, gtk_string_object_get_string (item));
}

static void
crm_sweep_window_dispose (GObject *object)
{
  CrmSweepWindow *self = CRM_SWEEP_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->preview);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_SWEEP_WINDOW);

  G_OBJECT_CLASS (crm_sweep_window_parent_class)->dispose (object);
}

static void
crm_sweep_window_class_init (CrmSweepWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_sweep_window_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/duplicates/crm-sweep-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSweepWindow, merge_button);
  gtk_widget_class_bind_template_child (widget_class, CrmSweepWindow, sureness_row);
  gtk_widget_class_bind_template_child (widget_class, CrmSweepWindow, keep_row);
  gtk_widget_class_bind_template_child (widget_class, CrmSweepWindow, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmSweepWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_changed_cb);
  gtk_widget_class_install_action (widget_class, "sweep.accept", NULL, accept_action);
}

static void
crm_sweep_window_init (CrmSweepWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkNoSelection *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sweep.accept", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (thresholds); i++)
    {
      g_autofree char *text = NULL;

      /* Translators: a sureness: "99.5 % or More" */
      text = g_strdup_printf (_ ("%.4g %% or More"), thresholds[i] * 100);
      gtk_string_list_append (words, text);
    }
  adw_combo_row_set_model (self->sureness_row, G_LIST_MODEL (words));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  self->preview = gtk_string_list_new (NULL);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->preview)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

GtkWidget *
crm_sweep_window_new (CrmSession *session, const CrmRecordType *type, GPtrArray *groups)
{
  CrmSweepWindow *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (groups != NULL, NULL);

  self = g_object_new (CRM_TYPE_SWEEP_WINDOW, NULL);
  adw_combo_row_set_selected (self->keep_row, crm_merge_get_keep (crm_session_get_store (session)));
  self->session = g_object_ref (session);
  self->type = type;
  self->groups = g_ptr_array_ref (groups);
  make_plan (self);

  return GTK_WIDGET (self);
}
