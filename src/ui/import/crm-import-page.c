/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-page.h"

#include <glib/gi18n.h>

G_DEFINE_INTERFACE (CrmImportPage, crm_import_page, GTK_TYPE_WIDGET)

static void
crm_import_page_default_init (CrmImportPageInterface *iface)
{
  g_signal_new ("changed", CRM_TYPE_IMPORT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

void
crm_import_page_enter (CrmImportPage *self)
{
  g_return_if_fail (CRM_IS_IMPORT_PAGE (self));

  if (CRM_IMPORT_PAGE_GET_IFACE (self)->enter != NULL)
    CRM_IMPORT_PAGE_GET_IFACE (self)->enter (self);
}

gboolean
crm_import_page_is_ready (CrmImportPage *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PAGE (self), FALSE);

  return CRM_IMPORT_PAGE_GET_IFACE (self)->is_ready == NULL ||
         CRM_IMPORT_PAGE_GET_IFACE (self)->is_ready (self);
}

char *
crm_import_page_describe_next (CrmImportPage *self)
{
  char *label = NULL;

  g_return_val_if_fail (CRM_IS_IMPORT_PAGE (self), NULL);

  if (CRM_IMPORT_PAGE_GET_IFACE (self)->describe_next != NULL)
    label = CRM_IMPORT_PAGE_GET_IFACE (self)->describe_next (self);

  return label != NULL ? label : g_strdup (_ ("Next"));
}

void
crm_import_page_changed (CrmImportPage *self)
{
  g_return_if_fail (CRM_IS_IMPORT_PAGE (self));

  g_signal_emit_by_name (self, "changed");
}
