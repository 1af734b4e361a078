/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-job-row.h"

struct _CrmJobRow
{
  AdwBin parent_instance;

  GtkLabel *label;
  GtkWidget *cancel_button;
  GtkProgressBar *bar;

  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmJobRow, crm_job_row, ADW_TYPE_BIN)

typedef struct
{
  CrmJobRow *row;
  double fraction;
} Step;

static gboolean
step_cb (gpointer data)
{
  Step *step = data;

  gtk_progress_bar_set_fraction (step->row->bar, CLAMP (step->fraction, 0, 1));

  return G_SOURCE_REMOVE;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->row);
  g_free (step);
}

static void
cancel_clicked_cb (CrmJobRow *self)
{
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  g_cancellable_cancel (self->cancellable);
}

static void
crm_job_row_dispose (GObject *object)
{
  CrmJobRow *self = CRM_JOB_ROW (object);

  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_JOB_ROW);

  G_OBJECT_CLASS (crm_job_row_parent_class)->dispose (object);
}

static void
crm_job_row_class_init (CrmJobRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_job_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/common/crm-job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmJobRow, label);
  gtk_widget_class_bind_template_child (widget_class, CrmJobRow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CrmJobRow, bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
crm_job_row_init (CrmJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_job_row_new (const char *title, GCancellable *cancellable)
{
  CrmJobRow *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  self = g_object_new (CRM_TYPE_JOB_ROW, NULL);
  self->cancellable = g_object_ref (cancellable);
  gtk_label_set_label (self->label, title);

  return GTK_WIDGET (self);
}

void
crm_job_row_progress (double fraction, gpointer data)
{
  Step *step = g_new (Step, 1);

  step->row = g_object_ref (data);
  step->fraction = fraction;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, step_cb, step, step_free);
}
