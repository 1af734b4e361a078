/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-quality-row.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"

struct _CrmQualityRow
{
  AdwBin parent_instance;

  GtkCheckButton *tick;
  GtkLabel *name_label;
  GtkLabel *change_label;

  gint64 id;
  gboolean updating;
};

enum
{
  TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmQualityRow, crm_quality_row, ADW_TYPE_BIN)

static void
toggled_cb (CrmQualityRow *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[TOGGLED], 0);
}

static void
crm_quality_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_QUALITY_ROW);

  G_OBJECT_CLASS (crm_quality_row_parent_class)->dispose (object);
}

static void
crm_quality_row_class_init (CrmQualityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_quality_row_dispose;

  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/quality/crm-quality-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmQualityRow, tick);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, CrmQualityRow, change_label);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
crm_quality_row_init (CrmQualityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_quality_row_new (void)
{
  return g_object_new (CRM_TYPE_QUALITY_ROW, NULL);
}

void
crm_quality_row_set_finding (CrmQualityRow *self, const CrmQualityFinding *finding, gboolean ticked)
{
  g_autofree char *change = NULL;

  g_return_if_fail (CRM_IS_QUALITY_ROW (self));
  g_return_if_fail (finding != NULL);

  self->id = finding->id;
  gtk_label_set_label (self->name_label, finding->label);
  if (finding->after != NULL)
    /* Translators: what a value is now, and what it will be */
    change = g_strdup_printf (_ ("%s → %s"), finding->now, finding->after);
  else
    change = g_strdup (finding->now);
  gtk_label_set_label (self->change_label, change);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->change_label), *change != '\0' ? change : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->change_label), *change != '\0');
  crm_field_editor_set_accessible_name (GTK_WIDGET (self->tick), finding->label);
  crm_quality_row_set_ticked (self, ticked);
}

void
crm_quality_row_set_ticked (CrmQualityRow *self, gboolean ticked)
{
  g_return_if_fail (CRM_IS_QUALITY_ROW (self));

  self->updating = TRUE;
  gtk_check_button_set_active (self->tick, ticked);
  self->updating = FALSE;
}

gboolean
crm_quality_row_get_ticked (CrmQualityRow *self)
{
  g_return_val_if_fail (CRM_IS_QUALITY_ROW (self), FALSE);

  return gtk_check_button_get_active (self->tick);
}

gint64
crm_quality_row_get_id (CrmQualityRow *self)
{
  g_return_val_if_fail (CRM_IS_QUALITY_ROW (self), 0);

  return self->id;
}
