/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-file-target.h"

G_DEFINE_INTERFACE (CrmFileTarget, crm_file_target, GTK_TYPE_WIDGET)

static void
crm_file_target_default_init (CrmFileTargetInterface *iface)
{
}

CrmFileTarget *
crm_file_target_find (GtkWidget *window, double x, double y)
{
  g_return_val_if_fail (GTK_IS_WIDGET (window), NULL);

  for (GtkWidget *widget = gtk_widget_pick (window, x, y, GTK_PICK_DEFAULT); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    {
      g_autofree char *description = NULL;

      if (!CRM_IS_FILE_TARGET (widget))
        continue;
      description = crm_file_target_describe (CRM_FILE_TARGET (widget));
      if (description != NULL)
        return CRM_FILE_TARGET (widget);
    }

  return NULL;
}

char *
crm_file_target_describe (CrmFileTarget *self)
{
  g_return_val_if_fail (CRM_IS_FILE_TARGET (self), NULL);

  return CRM_FILE_TARGET_GET_IFACE (self)->describe (self);
}

void
crm_file_target_take (CrmFileTarget *self, GSList *files)
{
  g_return_if_fail (CRM_IS_FILE_TARGET (self));

  CRM_FILE_TARGET_GET_IFACE (self)->take (self, files);
}
