/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-done-page.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-history.h"
#include "crm-import-problems.h"
#include "crm-number.h"
#include "crm-width-bin.h"
#include "crm-words.h"

struct _CrmImportDonePage
{
  AdwBin parent_instance;

  GtkStack *stack; /* running, done */
  AdwStatusPage *running_page;
  GtkProgressBar *bar;
  GtkLabel *speed_label;
  AdwStatusPage *done_page;
  CrmWidthBin *width_bin;
  GtkListBox *counts;
  GtkOrientable *buttons;
  GtkWidget *show_button;
  GtkWidget *show_updated_button;
  GtkWidget *save_button;
  GtkWidget *undo_button;
  CrmImportProblems *problems;

  CrmSession *session;
  CrmImportRun *run;
  gboolean more_files;
};

static void page_iface_init (CrmImportPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmImportDonePage,
                               crm_import_done_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_IMPORT_PAGE, page_iface_init))

/* While it runs */

static char *
describe_time_left (double seconds)
{
  guint n;

  if (seconds < 60)
    {
      n = (guint) MAX (1, seconds + 0.5);
      return g_strdup_printf (ngettext ("%u second left", "%u seconds left", n), n);
    }

  n = (guint) (seconds / 60 + 0.5);
  return g_strdup_printf (ngettext ("%u minute left", "%u minutes left", n), n);
}

static void
progress_cb (CrmImportDonePage *self)
{
  const CrmImportProgress *progress = crm_import_run_get_progress (self->run);
  g_autofree char *rows = crm_number_format (progress->rows, 0, 0);
  g_autofree char *speed = crm_number_format ((gint64) progress->rows_per_second, 0, 0);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%s row read", "%s rows read", (gulong) progress->rows),
                          rows);
  if (progress->finishing)
    g_string_append_printf (text, " · %s", _ ("Finishing…"));
  else if (progress->rows_per_second > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%s rows per second"), speed);
    }
  if (!progress->finishing && progress->seconds_left >= 0)
    {
      g_autofree char *left = describe_time_left (progress->seconds_left);

      g_string_append_printf (text, " · %s", left);
    }
  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress->fraction, 0, 1));
  gtk_label_set_label (self->speed_label, text->str);
  g_string_free (text, TRUE);
}

/* What came of it */

static void
add_count (CrmImportDonePage *self, const char *title, gint64 n)
{
  GtkWidget *row;
  GtkWidget *label;
  g_autofree char *number = crm_number_format (n, 0, 0);

  if (n == 0)
    return;

  row = adw_action_row_new ();
  label = gtk_label_new (number);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->counts, row);
}

static void
show_counts (CrmImportDonePage *self, const CrmImportReport *report)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->counts))) != NULL)
    gtk_list_box_remove (self->counts, child);

  add_count (self, _ ("New"), report->created);
  add_count (self, _ ("Updated"), report->updated);
  add_count (self, _ ("Unchanged"), report->unchanged);
  add_count (self, _ ("Refused"), report->rejected);
  add_count (self, _ ("Left Out"), report->excluded);
  for (guint i = 0; i < report->related->len; i++)
    {
      const CrmImportRelated *related = &g_array_index (report->related, CrmImportRelated, i);
      const CrmRecordType *type = crm_catalogue_get_type (catalogue, related->type_id);
      g_autofree char *made = NULL;
      g_autofree char *updated = NULL;

      if (type == NULL)
        continue;
      /* Translators: %s is the plural name of a type: “Companies Made” */
      made = g_strdup_printf (_ ("%s Made"), type->label_many);
      add_count (self, made, related->created);
      /* Translators: %s is the plural name of a type: “Companies Updated” */
      updated = g_strdup_printf (_ ("%s Updated"), type->label_many);
      add_count (self, updated, related->updated);
    }
}

static void
show_report (CrmImportDonePage *self, const CrmImportReport *report)
{
  gint64 n = report->created + report->updated;
  g_autofree char *title = n > 0
                               ? crm_words_get_imported (crm_import_run_get_record_type (self->run),
                                                         n)
                               : g_strdup (_ ("Nothing Was Imported"));

  adw_status_page_set_icon_name (self->done_page,
                                 n > 0 ? "object-select-symbolic" : "dialog-information-symbolic");
  adw_status_page_set_title (self->done_page, title);
  adw_status_page_set_description (self->done_page, n == 0 && report->rejected == 0
                                                        ? _ ("Everything is there already.")
                                                        : NULL);
  show_counts (self, report);
  crm_import_problems_show (self->problems, report->problems);
  gtk_widget_set_visible (GTK_WIDGET (self->counts), TRUE);
  gtk_widget_set_visible (self->show_button, n > 0);
  gtk_widget_set_visible (self->show_updated_button, report->created > 0 && report->updated > 0);
  gtk_widget_set_visible (self->save_button,
                          report->rejected > 0 &&
                              crm_import_run_get_rejects_path (self->run) != NULL);
  gtk_widget_set_visible (self->undo_button, report->act_id != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "done.undo", report->act_id != 0);
}

static void
show_failure (CrmImportDonePage *self)
{
  const GError *error = crm_import_run_get_error (self->run);
  gboolean was_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_icon_name (self->done_page, was_cancelled ? "dialog-information-symbolic"
                                                                : "dialog-warning-symbolic");
  adw_status_page_set_title (self->done_page,
                             was_cancelled ? _ ("Import Cancelled") : _ ("The Import Failed"));
  adw_status_page_set_description (self->done_page,
                                   was_cancelled ? _ ("Nothing was changed.") : text);
  gtk_widget_set_visible (GTK_WIDGET (self->counts), FALSE);
  gtk_widget_set_visible (self->show_button, FALSE);
  gtk_widget_set_visible (self->show_updated_button, FALSE);
  gtk_widget_set_visible (self->save_button, FALSE);
  gtk_widget_set_visible (self->undo_button, FALSE);
  crm_import_problems_show (self->problems, NULL);
}

static void
done_cb (CrmImportDonePage *self)
{
  const CrmImportReport *report = crm_import_run_get_report (self->run);

  if (report != NULL)
    show_report (self, report);
  else
    show_failure (self);
  gtk_stack_set_visible_child_name (self->stack, "done");
  crm_import_page_changed (CRM_IMPORT_PAGE (self));
}

/* Whether it is still in force: it may be undone from anywhere */

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *act_id = data;

  return crm_history_get_act (store, *act_id, cancellable, error);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportDonePage) self = user_data;
  g_autoptr (CrmAct) act = crm_store_run_finish (CRM_STORE (object), result, NULL);
  const CrmImportReport *report = self->run != NULL ? crm_import_run_get_report (self->run) : NULL;
  gboolean in_force;

  if (self->session == NULL || act == NULL || report == NULL || act->id != report->act_id)
    return;

  in_force = crm_act_can_be_undone (act);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "done.undo", in_force);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "done.show", in_force);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "done.show-updated", in_force);
  adw_status_page_set_description (self->done_page,
                                   in_force ? NULL : _ ("This import was undone."));
}

static void
look (CrmImportDonePage *self)
{
  const CrmImportReport *report = self->run != NULL ? crm_import_run_get_report (self->run) : NULL;

  if (report == NULL || report->act_id == 0)
    return;

  crm_store_run_async (crm_session_get_store (self->session), look_in_worker,
                       g_memdup2 (&report->act_id, sizeof report->act_id), g_free,
                       (GDestroyNotify) crm_act_free, NULL, looked_cb, g_object_ref (self));
}

/* Actions */

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmImportDonePage *self = CRM_IMPORT_DONE_PAGE (widget);

  gtk_widget_action_set_enabled (widget, "done.undo", FALSE);
  crm_session_undo_act (self->session, crm_import_run_get_report (self->run)->act_id);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmImportDonePage *self = CRM_IMPORT_DONE_PAGE (widget);
  const CrmImportReport *report = crm_import_run_get_report (self->run);
  g_autofree char *filter = crm_import_report_make_filter (report);

  if (filter != NULL)
    {
      g_autofree char *place = g_strdup_printf ("%s?%s",
                                                crm_import_run_get_record_type (self->run)->name,
                                                filter);

      crm_session_show_place (self->session, place);
    }
  else
    {
      /* What was there before and was only updated is told by the history */
      crm_session_open_act (self->session, report->act_id);
    }
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
show_updated_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmImportDonePage *self = CRM_IMPORT_DONE_PAGE (widget);

  crm_session_open_act (self->session, crm_import_run_get_report (self->run)->act_id);
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (widget)));
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportDonePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_copy_finish (G_FILE (object), result, &error))
    adw_status_page_set_description (
        self->done_page,
        _ ("The refused rows are saved. Correct them and import that file again."));
  else
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->done_page, text);
    }
}

static void
save_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportDonePage) self = user_data;
  g_autoptr (GFile) file = crm_choose_file_finish (result);
  g_autoptr (GFile) rejects = NULL;

  if (file == NULL || self->run == NULL)
    return;

  rejects = g_file_new_for_path (crm_import_run_get_rejects_path (self->run));
  g_file_copy_async (rejects, file, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                     G_PRIORITY_DEFAULT, NULL, NULL, NULL, saved_cb, g_object_ref (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* Translators: name of a file with the rows that an import refused */
  crm_choose_file_async (GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE,
                         _ ("Save Refused Rows"), _ ("Refused Rows.csv"), NULL, save_chosen_cb,
                         g_object_ref (widget));
}

static void
cancel_clicked_cb (CrmImportDonePage *self)
{
  crm_import_run_cancel (self->run);
}

static void
lay_out (CrmImportDonePage *self)
{
  gtk_orientable_set_orientation (self->buttons, crm_width_bin_get_narrow (self->width_bin)
                                                     ? GTK_ORIENTATION_VERTICAL
                                                     : GTK_ORIENTATION_HORIZONTAL);
}

/* CrmImportPage */

static gboolean
crm_import_done_page_is_ready (CrmImportPage *page)
{
  CrmImportDonePage *self = CRM_IMPORT_DONE_PAGE (page);

  return self->run != NULL && crm_import_run_is_done (self->run);
}

static char *
crm_import_done_page_describe_next (CrmImportPage *page)
{
  return g_strdup (CRM_IMPORT_DONE_PAGE (page)->more_files ? _ ("Next File") : _ ("Close"));
}

static void
page_iface_init (CrmImportPageInterface *iface)
{
  iface->is_ready = crm_import_done_page_is_ready;
  iface->describe_next = crm_import_done_page_describe_next;
}

/* GObject */

static void
forget_run (CrmImportDonePage *self)
{
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
}

static void
crm_import_done_page_dispose (GObject *object)
{
  CrmImportDonePage *self = CRM_IMPORT_DONE_PAGE (object);

  forget_run (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_DONE_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_import_done_page_parent_class)->dispose (object);
}

static void
crm_import_done_page_class_init (CrmImportDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_done_page_dispose;

  g_type_ensure (CRM_TYPE_IMPORT_PROBLEMS);
  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/import/crm-import-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, running_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, bar);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, speed_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, done_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, counts);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, buttons);
  gtk_widget_class_bind_template_callback (widget_class, lay_out);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, show_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, show_updated_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, save_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportDonePage, problems);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_install_action (widget_class, "done.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "done.show-updated", NULL, show_updated_action);
  gtk_widget_class_install_action (widget_class, "done.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "done.undo", NULL, undo_action);
}

static void
crm_import_done_page_init (CrmImportDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

void
crm_import_done_page_set_run (CrmImportDonePage *self,
                              CrmSession *session,
                              CrmImportRun *run,
                              gboolean more_files)
{
  g_return_if_fail (CRM_IS_IMPORT_DONE_PAGE (self));
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (CRM_IS_IMPORT_RUN (run));

  forget_run (self);
  if (self->session == NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (crm_session_get_store (session), "changed", G_CALLBACK (look), self,
                               G_CONNECT_SWAPPED);
    }
  self->run = g_object_ref (run);
  self->more_files = more_files;
  g_signal_connect_object (run, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_label_set_label (self->speed_label, "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "done.show", TRUE);
  gtk_stack_set_visible_child_name (self->stack, "running");
  crm_import_page_changed (CRM_IMPORT_PAGE (self));
}
