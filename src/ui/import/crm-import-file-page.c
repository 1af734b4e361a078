/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-file-page.h"

#include <glib/gi18n.h>

#include "crm-import-problems.h"
#include "crm-import-reading.h"
#include "crm-import-sample.h"
#include "crm-number.h"
#include "crm-width-bin.h"

/* The settings, beside the sample and above it */
#define SETTINGS_WIDTH 300
#define SETTINGS_HEIGHT 260

struct _CrmImportFilePage
{
  AdwBin parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack; /* empty, file */
  CrmWidthBin *width_bin;
  GtkBox *box;
  GtkScrolledWindow *settings;
  GtkSeparator *separator;
  CrmImportReading *reading;
  GtkStack *content; /* reading, error, sample */
  AdwStatusPage *error_page;
  GtkLabel *count_label;
  CrmImportSample *sample;
  CrmImportProblems *problems;

  CrmImportSetup *setup;
};

static void page_iface_init (CrmImportPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmImportFilePage,
                               crm_import_file_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_IMPORT_PAGE, page_iface_init))

static void
show_count (CrmImportFilePage *self)
{
  GPtrArray *sample = crm_import_setup_get_sample (self->setup);
  gint64 n_rows = crm_import_setup_get_n_rows (self->setup);
  guint n = sample != NULL ? sample->len : 0;
  g_autofree char *first = crm_number_format (n, 0, 0);
  g_autofree char *text = NULL;

  if (n_rows < 0)
    {
      text = g_strdup_printf (ngettext ("First %s row", "First %s rows", n), first);
    }
  else
    {
      g_autofree char *all = crm_number_format (n_rows, 0, 0);

      if (n_rows > n)
        /* Translators: how many are seen, how many there are */
        text = g_strdup_printf (_ ("First %s of %s rows"), first, all);
      else
        text = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) n_rows), all);
    }
  gtk_label_set_label (self->count_label, text);
  crm_import_problems_show (self->problems, crm_import_setup_get_problems (self->setup));
}

static void
show_error (CrmImportFilePage *self)
{
  const GError *error = crm_import_setup_get_error (self->setup);
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, text);
  gtk_stack_set_visible_child_name (self->content, "error");
}

static void
setup_changed_cb (CrmImportFilePage *self)
{
  CrmImportSetupState state = crm_import_setup_get_state (self->setup);

  gtk_stack_set_visible_child_name (self->stack,
                                    state == CRM_IMPORT_SETUP_EMPTY ? "empty" : "file");
  if (state == CRM_IMPORT_SETUP_READING)
    gtk_stack_set_visible_child_name (self->content, "reading");
  else if (state == CRM_IMPORT_SETUP_FAILED)
    show_error (self);
  else if (state == CRM_IMPORT_SETUP_READY)
    {
      crm_import_sample_show (self->sample, crm_import_setup_get_table (self->setup),
                              crm_import_setup_get_sample (self->setup));
      show_count (self);
      gtk_stack_set_visible_child_name (self->content, "sample");
    }
  crm_import_page_changed (CRM_IMPORT_PAGE (self));
}

static void
lay_out (CrmImportFilePage *self)
{
  gboolean narrow = crm_width_bin_get_narrow (self->width_bin);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->separator),
                                  narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->settings), narrow ? -1 : SETTINGS_WIDTH,
                               narrow ? SETTINGS_HEIGHT : -1);
}

/* CrmImportPage */

static gboolean
crm_import_file_page_is_ready (CrmImportPage *page)
{
  CrmImportSetup *setup = CRM_IMPORT_FILE_PAGE (page)->setup;

  return setup != NULL && crm_import_setup_get_state (setup) == CRM_IMPORT_SETUP_READY;
}

static void
page_iface_init (CrmImportPageInterface *iface)
{
  iface->is_ready = crm_import_file_page_is_ready;
}

/* GObject */

static void
crm_import_file_page_dispose (GObject *object)
{
  CrmImportFilePage *self = CRM_IMPORT_FILE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_FILE_PAGE);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_file_page_parent_class)->dispose (object);
}

static void
crm_import_file_page_class_init (CrmImportFilePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_file_page_dispose;

  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  g_type_ensure (CRM_TYPE_IMPORT_PROBLEMS);
  g_type_ensure (CRM_TYPE_IMPORT_READING);
  g_type_ensure (CRM_TYPE_IMPORT_SAMPLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/import/crm-import-file-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, box);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, settings);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, separator);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, reading);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, content);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, sample);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFilePage, problems);
  gtk_widget_class_bind_template_callback (widget_class, lay_out);
}

static void
crm_import_file_page_init (CrmImportFilePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lay_out (self);
}

/* Public API */

void
crm_import_file_page_set_setup (CrmImportFilePage *self, CrmImportSetup *setup)
{
  g_return_if_fail (CRM_IS_IMPORT_FILE_PAGE (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (self->setup == NULL);

  self->setup = g_object_ref (setup);
  crm_import_reading_set_setup (self->reading, setup);
  g_signal_connect_object (setup, "changed", G_CALLBACK (setup_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "counted", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
}

void
crm_import_file_page_tell (CrmImportFilePage *self, const char *message)
{
  g_return_if_fail (CRM_IS_IMPORT_FILE_PAGE (self));
  g_return_if_fail (message != NULL);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (message));
}
