/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-window.h"

#include <glib/gi18n.h>

#include "crm-import-run.h"
#include "crm-number.h"
#include "crm-words.h"

/* More are counted, not listed */
#define MAX_PROBLEMS 100

struct _CrmImportWindow
{
  AdwWindow parent_instance;

  GtkWidget *import_button;
  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwActionRow *file_row;
  AdwComboRow *type_row;
  GtkLabel *new_label;
  GtkLabel *updated_label;
  GtkLabel *unchanged_label;
  GtkLabel *refused_label;
  AdwExpanderRow *problems_row;
  AdwExpanderRow *mapped_row;
  AdwExpanderRow *left_out_row;

  CrmSession *session;
  CrmSidebar *sidebar; /* weak */
  char *path;
  CrmImportPlan *plan; /* NULL while a worker has it */
  GPtrArray *rows; /* those put into the expanders: (element-type GtkWidget) */
  GCancellable *cancellable;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (CrmImportWindow, crm_import_window, ADW_TYPE_WINDOW)

/* The trial */

typedef struct
{
  char *path;
  CrmImportPlan *plan; /* nullable: made of the path */
  const CrmRecordType *type; /* nullable: guessed */
} Trial;

typedef struct
{
  CrmImportPlan *plan;
  CrmImportReport *report;
} Outcome;

static void
trial_free (Trial *trial)
{
  g_free (trial->path);
  g_clear_object (&trial->plan);
  g_free (trial);
}

static void
outcome_free (Outcome *outcome)
{
  g_clear_object (&outcome->plan);
  g_clear_pointer (&outcome->report, crm_import_report_free);
  g_free (outcome);
}

static gpointer
try_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Trial *trial = data;
  g_autoptr (CrmImportPlan) plan = NULL;
  CrmImportReport *report;
  Outcome *outcome;

  if (trial->plan != NULL)
    {
      plan = g_object_ref (trial->plan);
      crm_import_plan_set_record_type (plan, trial->type);
    }
  else
    {
      g_autoptr (CrmTable) table = crm_table_open (trial->path, NULL, cancellable, error);

      if (table != NULL)
        plan = crm_import_plan_new (store, trial->type, table, error);
      if (plan == NULL)
        return NULL;
    }

  report = crm_import_plan_run (plan, TRUE, CRM_SOURCE_WINDOW, NULL, NULL, cancellable, error);
  if (report == NULL)
    return NULL;

  outcome = g_new0 (Outcome, 1);
  outcome->plan = g_steal_pointer (&plan);
  outcome->report = report;

  return outcome;
}

/* Showing */

static void
set_number (GtkLabel *label, gint64 number)
{
  g_autofree char *text = crm_number_format (number, 0, 0);

  gtk_label_set_label (label, text);
}

static void
add_row (CrmImportWindow *self, AdwExpanderRow *expander, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (expander, row);
  g_ptr_array_add (self->rows, row);
}

static void
remove_rows (CrmImportWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      AdwExpanderRow *expander = ADW_EXPANDER_ROW (
          gtk_widget_get_ancestor (row, ADW_TYPE_EXPANDER_ROW));

      adw_expander_row_remove (expander, row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
set_count (AdwExpanderRow *expander, guint count)
{
  g_autofree char *text = crm_number_format (count, 0, 0);

  adw_expander_row_set_subtitle (expander, text);
  gtk_widget_set_visible (GTK_WIDGET (expander), count > 0);
}

static void
show_columns (CrmImportWindow *self)
{
  guint n_columns = crm_import_plan_get_n_columns (self->plan);
  guint n_left_out = 0;

  for (guint i = 0; i < n_columns; i++)
    {
      const char *title = crm_import_plan_get_column_title (self->plan, i);
      g_autofree char *becomes = crm_import_plan_describe_column (self->plan, i);

      if (becomes != NULL)
        {
          add_row (self, self->mapped_row, title, becomes);
        }
      else
        {
          add_row (self, self->left_out_row, title, NULL);
          n_left_out++;
        }
    }
  set_count (self->mapped_row, n_columns - n_left_out);
  set_count (self->left_out_row, n_left_out);
}

static void
show_problems (CrmImportWindow *self, const CrmImportReport *report)
{
  guint n = report->problems != NULL ? report->problems->len : 0;

  for (guint i = 0; i < MIN (n, MAX_PROBLEMS); i++)
    {
      const CrmProblem *problem = g_ptr_array_index (report->problems, i);
      g_autofree char *place = NULL;

      if (problem->column != NULL)
        place = g_strdup_printf (_ ("Row %lu, %s: %s"), (gulong) problem->row, problem->column,
                                 problem->value != NULL ? problem->value : "");
      else
        place = g_strdup_printf (_ ("Row %lu"), (gulong) problem->row);
      add_row (self, self->problems_row, problem->message, place);
    }
  set_count (self->problems_row, n);
}

static void
show_types (CrmImportWindow *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  const CrmRecordType *chosen = crm_import_plan_get_record_type (self->plan);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      gtk_string_list_append (labels, type->label_many);
      if (type->id == chosen->id)
        selected = i;
    }

  self->filling = TRUE;
  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->type_row, selected);
  self->filling = FALSE;
}

static void
show_outcome (CrmImportWindow *self, const CrmImportReport *report)
{
  gint64 n = report->created + report->updated;
  const char *recognised = crm_import_plan_get_recognised (self->plan);
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *file = recognised != NULL
                              ? g_strdup_printf (_ ("%s\nRecognised: %s"), base, recognised)
                              : g_strdup (base);
  g_autofree char *label = n > 0
                               ? crm_words_get_import (crm_import_plan_get_record_type (self->plan),
                                                       n)
                               : g_strdup (_ ("Nothing to Import"));

  adw_action_row_set_subtitle (self->file_row, file);
  show_types (self);
  remove_rows (self);
  set_number (self->new_label, report->created);
  set_number (self->updated_label, report->updated);
  set_number (self->unchanged_label, report->unchanged);
  set_number (self->refused_label, report->rejected);
  show_columns (self);
  show_problems (self, report);
  gtk_button_set_label (GTK_BUTTON (self->import_button), label);
  gtk_widget_set_sensitive (self->import_button, n > 0);
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

static void
tried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Outcome *outcome = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    {
      g_clear_pointer (&outcome, outcome_free);
      return;
    }

  if (outcome == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }

  self->plan = g_steal_pointer (&outcome->plan);
  show_outcome (self, outcome->report);
  outcome_free (outcome);
}

static void
try (CrmImportWindow *self, const CrmRecordType *type)
{
  Trial *trial = g_new0 (Trial, 1);

  trial->path = g_strdup (self->path);
  trial->plan = g_steal_pointer (&self->plan);
  trial->type = type;
  gtk_widget_set_sensitive (self->import_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "working");
  crm_store_run_async (crm_session_get_store (self->session), try_in_worker, trial,
                       (GDestroyNotify) trial_free, (GDestroyNotify) outcome_free,
                       self->cancellable, tried_cb, g_object_ref (self));
}

/* Template callbacks */

static void
type_selected_cb (CrmImportWindow *self)
{
  const CrmCatalogue *catalogue;
  guint selected = adw_combo_row_get_selected (self->type_row);

  if (self->filling || self->plan == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  try (self, crm_catalogue_get_type_at (catalogue, selected));
}

static void
import_clicked_cb (CrmImportWindow *self)
{
  if (self->plan == NULL)
    return;

  crm_import_run (self->session, self->plan, self->sidebar);
  gtk_window_close (GTK_WINDOW (self));
}

/* GObject */

static void
crm_import_window_dispose (GObject *object)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->sidebar);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_WINDOW);
  g_clear_object (&self->plan);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_import_window_parent_class)->dispose (object);
}

static void
crm_import_window_finalize (GObject *object)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (object);

  g_free (self->path);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (crm_import_window_parent_class)->finalize (object);
}

static void
crm_import_window_class_init (CrmImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_import_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/import/crm-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, type_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, new_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, updated_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, unchanged_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, refused_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, problems_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, mapped_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, left_out_row);
  gtk_widget_class_bind_template_callback (widget_class, type_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
}

static void
crm_import_window_init (CrmImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
crm_import_window_new (CrmSession *session, const char *path, CrmSidebar *sidebar)
{
  CrmImportWindow *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CRM_TYPE_IMPORT_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->path = g_strdup (path);
  g_set_weak_pointer (&self->sidebar, sidebar);
  try (self, NULL);

  return GTK_WIDGET (self);
}
