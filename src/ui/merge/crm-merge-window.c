/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-window.h"

#include <glib/gi18n.h>

#include "crm-merge-choices.h"
#include "crm-merge-grid.h"
#include "crm-merge-list.h"
#include "crm-number.h"
#include "crm-record-change.h"
#include "crm-width-bin.h"

/* More columns than this are too narrow to be compared */
#define MAX_COLUMNS 4
/* All of them are read and held: 5,000 take some seconds; whoever chose a million did not mean it */
#define MAX_RECORDS 5000

struct _CrmMergeWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkToggleButton *differences_button;
  CrmWidthBin *width_bin;
  AdwBin *content;
  GtkLabel *message_label;
  GtkLabel *moves_label;

  CrmSession *session;
  const CrmRecordType *type;
  GArray *ids;
  GCancellable *cancellable;
  CrmMergeChoices *choices; /* NULL until they are read */
  char *kept_reason;
};

enum
{
  MERGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmMergeWindow, crm_merge_window, ADW_TYPE_WINDOW)

/* Showing */

static void
show_differences (CrmMergeWindow *self)
{
  gboolean only = gtk_toggle_button_get_active (self->differences_button);
  GtkWidget *child = adw_bin_get_child (self->content);

  if (CRM_IS_MERGE_GRID (child))
    crm_merge_grid_set_differences_only (CRM_MERGE_GRID (child), only);
  else if (CRM_IS_MERGE_LIST (child))
    crm_merge_list_set_differences_only (CRM_MERGE_LIST (child), only);
}

static void
differences_toggled_cb (CrmMergeWindow *self)
{
  show_differences (self);
}

static void
lay_out (CrmMergeWindow *self)
{
  gboolean as_list;
  GtkWidget *child = adw_bin_get_child (self->content);

  if (self->choices == NULL)
    return;

  as_list = crm_width_bin_get_narrow (self->width_bin) || self->ids->len > MAX_COLUMNS;
  if (child != NULL && CRM_IS_MERGE_LIST (child) == as_list)
    return;

  adw_bin_set_child (self->content, as_list
                                        ? crm_merge_list_new (self->choices, self->kept_reason)
                                        : crm_merge_grid_new (self->choices, self->kept_reason));
  show_differences (self);
}

/* What moves, and what is left empty */
static void
show_moves (CrmMergeWindow *self)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  const char *kept = crm_record_get_label (g_ptr_array_index (plan->records, plan->kept));
  g_autofree char *moves = crm_merge_choices_describe_moves (self->choices);
  g_autoptr (GString) text = g_string_new (NULL);

  if (*moves != '\0')
    /* Translators: "12 Notes, 3 Deals", and a record's name */
    g_string_append_printf (text, _ ("%s will belong to %s."), moves, kept);
  if (plan->circle != NULL)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      /* Translators: a field such as “Parent” */
      g_string_append_printf (text, _ ("“%s” is left empty, for it would lead back to %s itself."),
                              plan->circle->label, kept);
    }
  gtk_label_set_label (self->moves_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->moves_label), text->len > 0);
}

static void
changed_cb (CrmMergeWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), FALSE);
  show_moves (self);
}

static const char *
get_reason (CrmMergeKeep keep)
{
  switch (keep)
    {
    case CRM_MERGE_KEEP_OLDEST:
      return _ ("The oldest");

    case CRM_MERGE_KEEP_NEWEST:
      return _ ("The newest");

    case CRM_MERGE_KEEP_MOST_COMPLETE:
    default:
      return _ ("Most complete");
    }
}

static void
show_error (CrmMergeWindow *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* Reading */

typedef struct
{
  const CrmRecordType *type;
  GArray *ids;
  CrmMergeKeep keep;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_array_unref (request->ids);
  g_free (request);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  request->keep = crm_merge_get_keep (store);
  return crm_merge_plan_new (store, request->type, (const gint64 *) (gpointer) request->ids->data,
                             request->ids->len, request->keep, cancellable, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmMergeWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  CrmMergePlan *plan = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autofree char *label = NULL;
  guint n_differences;

  if (self->session == NULL)
    {
      g_clear_pointer (&plan, crm_merge_plan_free);
      return;
    }
  if (plan == NULL)
    {
      show_error (self, error->message);
      return;
    }

  self->choices = crm_merge_choices_new (self->session, plan);
  self->kept_reason = g_strdup (
      get_reason (crm_merge_get_keep (crm_session_get_store (self->session))));
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  n_differences = crm_merge_choices_count_differences (self->choices);
  label = g_strdup_printf (_ ("Differences Only (%u)"), n_differences);
  gtk_button_set_label (GTK_BUTTON (self->differences_button), label);
  show_moves (self);
  lay_out (self);
  gtk_stack_set_visible_child_name (self->stack, "choices");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.accept", TRUE);
}

static void
read_plan (CrmMergeWindow *self)
{
  Request *request = g_new0 (Request, 1);

  request->type = self->type;
  request->ids = g_array_ref (self->ids);
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, request, request_free,
                       (GDestroyNotify) crm_merge_plan_free, self->cancellable, read_cb,
                       g_object_ref (self));
}

/* Merging */

typedef struct
{
  const CrmRecordType *type;
  GArray *ids;
  GArray *takes;
  CrmRecordChange *change; /* what has to be made first: a tag that is new */
} Merge;

static void
merge_free (gpointer data)
{
  Merge *merge = data;

  g_array_unref (merge->ids);
  g_array_unref (merge->takes);
  crm_record_change_free (merge->change);
  g_free (merge);
}

static gboolean
names_what_is_new (const CrmField *field, const CrmValue *value)
{
  gboolean has_ids = crm_kind_is_relation (field->kind) || field->kind == CRM_KIND_CHOICE ||
                     field->kind == CRM_KIND_CHOICES;

  for (guint i = 0; has_ids && value != NULL && i < crm_value_get_n_items (value); i++)
    if (crm_value_get_item (value, i)->id == 0)
      return TRUE;

  return FALSE;
}

static Merge *
merge_new (CrmMergeWindow *self)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  Merge *merge = g_new0 (Merge, 1);

  merge->type = self->type;
  merge->ids = crm_merge_plan_get_ids (plan);
  merge->takes = crm_merge_choices_get_takes (self->choices);
  merge->change = crm_record_change_new (self->type, g_array_index (merge->ids, gint64, 0));
  for (guint i = merge->takes->len; i > 0; i--)
    {
      CrmMergeTake *take = &g_array_index (merge->takes, CrmMergeTake, i - 1);

      if (!names_what_is_new (take->field, take->value))
        continue;
      crm_record_change_set (merge->change, take->field, take->value);
      g_array_remove_index (merge->takes, i - 1);
    }

  return merge;
}

static gboolean
merge_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Merge *merge = data;

  if (!crm_transaction_merge (transaction, merge->type,
                              (const gint64 *) (gpointer) merge->ids->data, merge->ids->len,
                              merge->takes, error) ||
      !crm_record_change_write (transaction, merge->change, error))
    return FALSE;

  crm_transaction_set_subject (transaction, merge->type, g_array_index (merge->ids, gint64, 0),
                               NULL);
  return TRUE;
}

static void
merged_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmMergeWindow) self = user_data;
  CrmSession *session = CRM_SESSION (object);
  g_auto (CrmWriteResult) written = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  const CrmMergePlan *plan;

  if (!crm_session_write_finish (session, result, &written, &error))
    {
      if (self->session == NULL)
        {
          crm_session_report_error (session, error);
          return;
        }
      gtk_label_set_label (self->message_label, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->message_label), TRUE);
      gtk_stack_set_visible_child_name (self->stack, "choices");
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.accept", TRUE);
      return;
    }

  message = g_strdup_printf (ngettext ("%u merged into one", "%u merged into one", self->ids->len),
                             self->ids->len);
  crm_session_show_undo_toast (session, message, written.act_id);
  if (self->session == NULL)
    return;

  plan = crm_merge_choices_get_plan (self->choices);
  g_signal_emit (self, signals[MERGED], 0,
                 crm_record_get_id (g_ptr_array_index (plan->records, plan->kept)));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmMergeWindow *self = CRM_MERGE_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "merge.accept", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), FALSE);
  /* A few take no time that somebody would see */
  if (self->ids->len > MAX_COLUMNS)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  crm_session_write_async (self->session, CRM_ACT_MERGE, merge_func, merge_new (self), merge_free,
                           NULL, merged_cb, g_object_ref (self));
}

static void
crm_merge_window_dispose (GObject *object)
{
  CrmMergeWindow *self = CRM_MERGE_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_MERGE_WINDOW);

  G_OBJECT_CLASS (crm_merge_window_parent_class)->dispose (object);
}

static void
crm_merge_window_finalize (GObject *object)
{
  CrmMergeWindow *self = CRM_MERGE_WINDOW (object);

  g_clear_object (&self->choices);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->kept_reason);

  G_OBJECT_CLASS (crm_merge_window_parent_class)->finalize (object);
}

static void
crm_merge_window_class_init (CrmMergeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_merge_window_dispose;
  object_class->finalize = crm_merge_window_finalize;

  signals[MERGED] = g_signal_new ("merged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/merge/crm-merge-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmMergeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeWindow, differences_button);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeWindow, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeWindow, content);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeWindow, moves_label);
  gtk_widget_class_bind_template_callback (widget_class, differences_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, lay_out);
  gtk_widget_class_install_action (widget_class, "merge.accept", NULL, accept_action);
}

static void
crm_merge_window_init (CrmMergeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.accept", FALSE);
}

GtkWidget *
crm_merge_window_new (CrmSession *session,
                      const CrmRecordType *type,
                      const gint64 *ids,
                      guint n_ids)
{
  CrmMergeWindow *self;
  g_autofree char *title = NULL;
  g_autofree char *number = NULL;
  g_autofree char *message = NULL;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  self = g_object_new (CRM_TYPE_MERGE_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->type = type;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (self->ids, ids, n_ids);
  /* Translators: how many, and the plural noun of a type: "Merge 3 People" */
  title = g_strdup_printf (_ ("Merge %u %s"), n_ids, type->label_many);
  gtk_window_set_title (GTK_WINDOW (self), title);
  if (n_ids <= MAX_RECORDS)
    {
      read_plan (self);
      return GTK_WIDGET (self);
    }

  number = crm_number_format (MAX_RECORDS, 0, 0);
  message = g_strdup_printf (_ ("At most %s can be made one at once. Choose fewer of them."),
                             number);
  show_error (self, message);

  return GTK_WIDGET (self);
}

void
crm_merge_window_present_for (GtkWidget *widget,
                              CrmSession *session,
                              const CrmRecordType *type,
                              const gint64 *ids,
                              guint n_ids)
{
  GtkWidget *window;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  window = crm_merge_window_new (session, type, ids, n_ids);
  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}
