/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmImportPage:
 *
 * A step of the import window. Emits "changed" when what it answers would be another.
 */
#define CRM_TYPE_IMPORT_PAGE (crm_import_page_get_type ())
G_DECLARE_INTERFACE (CrmImportPage, crm_import_page, CRM, IMPORT_PAGE, GtkWidget)

struct _CrmImportPageInterface
{
  GTypeInterface parent_interface;

  /* It is seen from now on */
  void (*enter) (CrmImportPage *self);
  /* Whether the next step may follow; %NULL: always */
  gboolean (*is_ready) (CrmImportPage *self);
  /* What the button to the next step says, where that is not "Next"; (transfer full) (nullable) */
  char *(*describe_next) (CrmImportPage *self);
};

void crm_import_page_enter (CrmImportPage *self);
gboolean crm_import_page_is_ready (CrmImportPage *self);
char *crm_import_page_describe_next (CrmImportPage *self);

/* For the pages themselves */
void crm_import_page_changed (CrmImportPage *self);

G_END_DECLS
