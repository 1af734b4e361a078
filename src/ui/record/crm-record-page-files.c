/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are added to what the page shows: chosen, pasted or dropped. */

#include "config.h"

#include "crm-record-page-private.h"

#include <glib/gi18n.h>

static void
add_files_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  gtk_toggle_button_set_active (self->overview_tab, TRUE);
  crm_record_files_choose (self->files);
}

static void
paste_files_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_record_files_paste (CRM_RECORD_PAGE (widget)->files);
}

static char *
describe (CrmFileTarget *target)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (target);

  if (!crm_record_files_can_add (self->files))
    return NULL;

  /* Translators: %s is whom or what a dropped file is attached to: “Attach to Ann Lee” */
  return g_strdup_printf (_ ("Attach to %s"), crm_record_get_label (self->record));
}

static void
take (CrmFileTarget *target, GSList *files)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *link = files; link != NULL; link = link->next)
    g_ptr_array_add (taken, g_object_ref (link->data));
  crm_record_files_add (CRM_RECORD_PAGE (target)->files, taken);
}

void
_crm_record_page_file_target_init (CrmFileTargetInterface *iface)
{
  iface->describe = describe;
  iface->take = take;
}

void
_crm_record_page_class_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "record.add-files", NULL, add_files_action);
  gtk_widget_class_install_action (widget_class, "record.paste-files", NULL, paste_files_action);

  /* An entry that has the focus takes the key first, and pastes text. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK,
                                       "record.paste-files", NULL);
}

void
_crm_record_page_update_file_actions (CrmRecordPage *self)
{
  gboolean can_add = crm_record_files_can_add (self->files);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.add-files", can_add);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.paste-files", can_add);
}
