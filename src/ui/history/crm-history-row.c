/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-history-row.h"

#include <glib/gi18n.h>

#include "crm-row-icon.h"
#include "crm-words.h"

struct _CrmHistoryRow
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkInscription *title;
  GtkInscription *subtitle;
  GtkLabel *time;
  GtkLabel *undone;

  const CrmAct *act; /* of the model, as long as the row is bound to it */
};

G_DEFINE_FINAL_TYPE (CrmHistoryRow, crm_history_row, ADW_TYPE_BIN)

static void
crm_history_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_HISTORY_ROW);

  G_OBJECT_CLASS (crm_history_row_parent_class)->dispose (object);
}

static void
crm_history_row_class_init (CrmHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_history_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/history/crm-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, CrmHistoryRow, undone);
}

static void
crm_history_row_init (CrmHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

GtkWidget *
crm_history_row_new (void)
{
  return g_object_new (CRM_TYPE_HISTORY_ROW, NULL);
}

void
crm_history_row_set_act (CrmHistoryRow *self, CrmStore *store, const CrmAct *act)
{
  g_autofree char *subtitle = NULL;
  g_autofree char *time = NULL;
  g_autofree char *description = NULL;
  gboolean undone;

  g_return_if_fail (CRM_IS_HISTORY_ROW (self));
  g_return_if_fail (CRM_IS_STORE (store));

  self->act = act;
  if (act == NULL)
    return;

  undone = act->undone_by != 0;
  subtitle = crm_history_row_describe (act);
  time = crm_moment_format_relative (act->time, crm_store_get_now (store),
                                     crm_store_get_locale (store)->zone);
  description = g_strdup_printf (undone ? _ ("%s, %s, undone") : _ ("%s, %s"), subtitle, time);

  crm_row_icon_set (self->icon, crm_history_row_get_icon (act->kind));
  gtk_inscription_set_text (self->title, act->label);
  gtk_inscription_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->time, time);
  gtk_widget_set_visible (GTK_WIDGET (self->undone), undone);
  if (undone)
    gtk_widget_add_css_class (GTK_WIDGET (self), "crm-undone");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "crm-undone");

  /* What is drawn by an inscription is read from its label */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  act->label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->subtitle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  subtitle, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, act->label,
                                  -1);
  crm_history_row_name_list_item (GTK_WIDGET (self), act->label, description);
}

const CrmAct *
crm_history_row_get_act (CrmHistoryRow *self)
{
  g_return_val_if_fail (CRM_IS_HISTORY_ROW (self), NULL);

  return self->act;
}

void
crm_history_row_name_list_item (GtkWidget *child, const char *label, const char *description)
{
  GtkWidget *item;

  g_return_if_fail (GTK_IS_WIDGET (child));

  item = gtk_widget_get_parent (child);
  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

const char *
crm_history_row_get_icon (CrmActKind kind)
{
  switch (kind)
    {
    case CRM_ACT_CREATE:
      return "list-add-symbolic";
    case CRM_ACT_EDIT:
      return "document-edit-symbolic";
    case CRM_ACT_IMPORT:
    case CRM_ACT_DEMO:
      return "crm-import-symbolic";
    case CRM_ACT_TRASH:
      return "user-trash-symbolic";
    case CRM_ACT_RESTORE:
      return "document-revert-symbolic";
    case CRM_ACT_DESTROY:
      return "edit-delete-symbolic";
    case CRM_ACT_MERGE:
    case CRM_ACT_UNMERGE:
      return "crm-merge-symbolic";
    case CRM_ACT_UNDO:
      return "edit-undo-symbolic";
    case CRM_ACT_REDO:
      return "edit-redo-symbolic";
    case CRM_ACT_VIEW:
      return "view-list-symbolic";
    case CRM_ACT_PIN:
      return "view-pin-symbolic";
    case CRM_ACT_TYPE:
    case CRM_ACT_FIELD:
    case CRM_ACT_DISTINCT:
    case CRM_ACT_RULE:
    default:
      return "document-properties-symbolic";
    }
}

char *
crm_history_row_describe (const CrmAct *act)
{
  const char *source;

  g_return_val_if_fail (act != NULL, NULL);

  source = crm_words_get_source (act->source);
  if (act->actor_label == NULL)
    return g_strdup (source);

  return g_strdup_printf ("%s · %s", act->actor_label, source);
}
