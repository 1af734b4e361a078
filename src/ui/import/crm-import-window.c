/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-window.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-import-columns-page.h"
#include "crm-import-done-page.h"
#include "crm-import-file-page.h"
#include "crm-import-files.h"
#include "crm-import-matching-page.h"
#include "crm-import-preview-page.h"
#include "crm-import-run.h"
#include "crm-import-trial.h"

typedef enum
{
  STEP_FILE,
  STEP_COLUMNS,
  STEP_MATCHING,
  STEP_PREVIEW,
  STEP_DONE,
  N_STEPS,
  NO_STEP = N_STEPS,
} Step;

struct _CrmImportWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *back_button;
  GtkButton *next_button;
  GtkBox *steps;
  GtkStack *stack; /* a page for each step, and waiting */
  CrmImportFilePage *file_page;
  CrmImportColumnsPage *columns_page;
  CrmImportMatchingPage *matching_page;
  CrmImportPreviewPage *preview_page;
  CrmImportDonePage *done_page;
  GtkWidget *drop_page; /* while a file is dragged over the window */

  CrmSession *session;
  CrmImportSetup *setup;
  CrmImportTrial *trial;
  CrmImportRun *run; /* nullable */
  GPtrArray *paths; /* char *: all files that were given */
  guint n_begun; /* of them */
  CrmImportPage *pages[N_STEPS];
  GtkToggleButton *step_buttons[N_STEPS];
  Step step;
  Step wanted; /* where to go once a worker gives the plan back */
  gboolean again; /* as in the last import */
  gboolean is_new_file; /* it may go straight to the preview */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (CrmImportWindow, crm_import_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *name; /* in the stack */
  const char *title;
} steps[N_STEPS] = {
  { "file", N_ ("File") },       { "columns", N_ ("Columns") }, { "matching", N_ ("Matching") },
  { "preview", N_ ("Preview") }, { "done", N_ ("Done") },
};

static void go (CrmImportWindow *self, Step step);

/* What is seen around the pages */

/* Whether all steps before it are ready */
static gboolean
can_go (CrmImportWindow *self, Step step)
{
  if (self->run != NULL)
    return step == STEP_DONE;
  if (step == STEP_DONE)
    return FALSE;
  for (guint i = 0; i < (guint) MIN (step, STEP_MATCHING); i++)
    if (!crm_import_page_is_ready (self->pages[i]))
      return FALSE;

  return TRUE;
}

static char *
describe_file (CrmImportWindow *self)
{
  const char *name = crm_import_setup_get_name (self->setup);

  if (name == NULL)
    return g_strdup ("");
  if (self->paths->len < 2)
    return g_strdup (name);

  /* Translators: number of the file, how many there are, its name */
  return g_strdup_printf (_ ("File %u of %u: %s"), self->n_begun, self->paths->len, name);
}

static void
update (CrmImportWindow *self)
{
  CrmImportPage *page = self->pages[self->step];
  g_autofree char *next = crm_import_page_describe_next (page);
  g_autofree char *file = describe_file (self);

  adw_window_title_set_subtitle (self->window_title, file);
  gtk_widget_set_visible (self->back_button, self->step > STEP_FILE && self->run == NULL);
  gtk_button_set_label (self->next_button, next);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button),
                          self->step != STEP_FILE ||
                              crm_import_setup_get_state (self->setup) != CRM_IMPORT_SETUP_EMPTY);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button),
                            self->wanted == NO_STEP && crm_import_page_is_ready (page));

  self->updating = TRUE;
  for (guint i = 0; i < N_STEPS; i++)
    {
      gtk_toggle_button_set_active (self->step_buttons[i], i == (guint) self->step);
      gtk_widget_set_sensitive (GTK_WIDGET (self->step_buttons[i]), can_go (self, i));
    }
  self->updating = FALSE;
}

static void
show_step (CrmImportWindow *self, Step step)
{
  gtk_stack_set_transition_type (GTK_STACK (self->stack),
                                 step >= self->step ? GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT
                                                    : GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
  self->step = step;
  self->wanted = NO_STEP;
  gtk_stack_set_visible_child_name (self->stack, steps[step].name);
  crm_import_page_enter (self->pages[step]);
  update (self);
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->next_button)))
    gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
}

/* Going on */

static void
go (CrmImportWindow *self, Step step)
{
  if (!crm_import_setup_is_lent (self->setup))
    {
      show_step (self, step);
      return;
    }

  self->wanted = step;
  crm_import_setup_recall_plan (self->setup);
  update (self);
}

static void
lent_cb (CrmImportWindow *self)
{
  if (self->wanted != NO_STEP && !crm_import_setup_is_lent (self->setup))
    show_step (self, self->wanted);
}

static void
begin_file (CrmImportWindow *self)
{
  g_clear_object (&self->run);
  self->is_new_file = TRUE;
  crm_import_setup_open (self->setup, g_ptr_array_index (self->paths, self->n_begun++),
                         self->again);
  show_step (self, STEP_FILE);
}

static void
run_import (CrmImportWindow *self)
{
  self->run = crm_import_run_new (self->session, crm_import_setup_get_plan (self->setup),
                                  crm_import_setup_get_name (self->setup));
  crm_import_done_page_set_run (self->done_page, self->session, self->run,
                                self->n_begun < self->paths->len);
  show_step (self, STEP_DONE);
}

static void
next_clicked_cb (CrmImportWindow *self)
{
  if (!crm_import_page_is_ready (self->pages[self->step]))
    return;

  if (self->step < STEP_PREVIEW)
    go (self, self->step + 1);
  else if (self->step == STEP_PREVIEW)
    run_import (self);
  else if (self->n_begun < self->paths->len)
    begin_file (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
back_clicked_cb (CrmImportWindow *self)
{
  if (self->step > STEP_FILE && self->run == NULL)
    go (self, self->step - 1);
}

static void
step_toggled_cb (CrmImportWindow *self, GtkToggleButton *button)
{
  if (self->updating)
    return;

  for (guint i = 0; i < N_STEPS; i++)
    if (self->step_buttons[i] == button && gtk_toggle_button_get_active (button) &&
        i != (guint) self->step && can_go (self, i))
      {
        go (self, i);
        return;
      }
  update (self);
}

static void
setup_changed_cb (CrmImportWindow *self)
{
  CrmImportSetupState state = crm_import_setup_get_state (self->setup);

  if (state == CRM_IMPORT_SETUP_READY && self->is_new_file)
    {
      self->is_new_file = FALSE;
      if (crm_import_setup_get_recognised (self->setup) != NULL && can_go (self, STEP_PREVIEW))
        {
          show_step (self, STEP_PREVIEW);
          return;
        }
    }
  update (self);
}

/* Files */

static void
take_files (CrmImportWindow *self, GPtrArray *paths)
{
  guint n_left = self->paths->len - self->n_begun;

  if (paths->len == 0)
    return;

  /* What waits comes after them, except in the place of the one that is being looked at */
  g_ptr_array_remove_range (self->paths, self->n_begun, n_left);
  if (self->run == NULL && self->n_begun > 0)
    g_ptr_array_remove_index (self->paths, --self->n_begun);
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (self->paths, g_strdup (g_ptr_array_index (paths, i)));
  begin_file (self);
}

static gboolean
is_running (CrmImportWindow *self)
{
  return self->run != NULL && !crm_import_run_is_done (self->run);
}

static void
files_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (object);
  g_autoptr (GPtrArray) paths = crm_import_files_choose_finish (result);

  if (paths != NULL && !is_running (self))
    take_files (self, paths);
}

static void
choose_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_import_files_choose_async (GTK_WINDOW (widget), files_chosen_cb, NULL);
}

static void
show_columns_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);

  if (can_go (self, STEP_COLUMNS))
    go (self, STEP_COLUMNS);
}

static void
pasted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);

  if (self->session == NULL || is_running (self))
    return;
  if (text == NULL || *text == '\0')
    {
      crm_import_file_page_tell (self->file_page, _ ("There are no cells on the clipboard. Copy "
                                                     "them in a spreadsheet first."));
      return;
    }

  g_clear_object (&self->run);
  self->is_new_file = TRUE;
  crm_import_setup_paste (self->setup, text);
  show_step (self, STEP_FILE);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb,
                                 g_object_ref (widget));
}

static gboolean
dropped_cb (CrmImportWindow *self, const GValue *value)
{
  g_autoptr (GPtrArray) paths = NULL;

  gtk_widget_set_visible (self->drop_page, FALSE);
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || is_running (self))
    return FALSE;

  paths = crm_import_files_get_paths (g_value_get_boxed (value));
  take_files (self, paths);

  return paths->len > 0;
}

static GdkDragAction
drag_enter_cb (CrmImportWindow *self)
{
  gtk_widget_set_visible (self->drop_page, !is_running (self));

  return is_running (self) ? 0 : GDK_ACTION_COPY;
}

static void
drag_leave_cb (CrmImportWindow *self)
{
  gtk_widget_set_visible (self->drop_page, FALSE);
}

static void
accept_drops (CrmImportWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  g_signal_connect_swapped (target, "enter", G_CALLBACK (drag_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drag_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* GObject */

static void
make_steps (CrmImportWindow *self)
{
  for (guint i = 0; i < N_STEPS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *label = gtk_label_new (_ (steps[i].title));

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_set_hexpand (button, TRUE);
      gtk_widget_add_css_class (button, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (steps[i].title), -1);
      g_signal_connect_object (button, "toggled", G_CALLBACK (step_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      self->step_buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_box_append (self->steps, button);
    }
}

static void
crm_import_window_dispose (GObject *object)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (object);

  if (self->setup != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->setup, self);
      crm_import_setup_recall_plan (self->setup);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_WINDOW);
  g_clear_object (&self->run);
  g_clear_object (&self->trial);
  g_clear_object (&self->setup);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_import_window_parent_class)->dispose (object);
}

static void
crm_import_window_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_IMPORT_WINDOW (object)->paths);

  G_OBJECT_CLASS (crm_import_window_parent_class)->finalize (object);
}

static void
crm_import_window_class_init (CrmImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_import_window_finalize;

  g_type_ensure (CRM_TYPE_IMPORT_COLUMNS_PAGE);
  g_type_ensure (CRM_TYPE_IMPORT_DONE_PAGE);
  g_type_ensure (CRM_TYPE_IMPORT_FILE_PAGE);
  g_type_ensure (CRM_TYPE_IMPORT_MATCHING_PAGE);
  g_type_ensure (CRM_TYPE_IMPORT_PREVIEW_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/import/crm-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, file_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, columns_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, matching_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, preview_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, done_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, drop_page);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
  gtk_widget_class_install_action (widget_class, "import.choose-file", NULL, choose_file_action);
  gtk_widget_class_install_action (widget_class, "import.show-columns", NULL, show_columns_action);
  gtk_widget_class_install_action (widget_class, "import.paste", NULL, paste_action);
}

static void
crm_import_window_init (CrmImportWindow *self)
{
  self->wanted = NO_STEP;
  self->paths = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pages[STEP_FILE] = CRM_IMPORT_PAGE (self->file_page);
  self->pages[STEP_COLUMNS] = CRM_IMPORT_PAGE (self->columns_page);
  self->pages[STEP_MATCHING] = CRM_IMPORT_PAGE (self->matching_page);
  self->pages[STEP_PREVIEW] = CRM_IMPORT_PAGE (self->preview_page);
  self->pages[STEP_DONE] = CRM_IMPORT_PAGE (self->done_page);
  make_steps (self);
  accept_drops (self);
}

/* Public API */

GtkWidget *
crm_import_window_new (CrmSession *session,
                       const char *const *paths,
                       const CrmRecordType *type,
                       gboolean again)
{
  CrmImportWindow *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->setup = crm_import_setup_new (session, type);
  self->trial = crm_import_trial_new (self->setup);
  crm_import_file_page_set_setup (self->file_page, self->setup);
  crm_import_columns_page_set_setup (self->columns_page, self->setup);
  crm_import_matching_page_set_setup (self->matching_page, self->setup);
  crm_import_preview_page_set_trial (self->preview_page, self->setup, self->trial);
  g_signal_connect_object (self->setup, "changed", G_CALLBACK (setup_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->setup, "lent", G_CALLBACK (lent_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < N_STEPS; i++)
    g_signal_connect_object (self->pages[i], "changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);

  self->again = again;
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    g_ptr_array_add (self->paths, g_strdup (paths[i]));
  if (self->paths->len > 0)
    begin_file (self);
  else
    update (self);

  return GTK_WIDGET (self);
}
