/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmFileTarget:
 *
 * A part of the window that takes files which are dropped on it. The window, which opens and
 * imports what is dropped elsewhere, asks for it and shows what would be done.
 */
#define CRM_TYPE_FILE_TARGET (crm_file_target_get_type ())
G_DECLARE_INTERFACE (CrmFileTarget, crm_file_target, CRM, FILE_TARGET, GtkWidget)

struct _CrmFileTargetInterface
{
  GTypeInterface parent_interface;

  /* "Attach to Ann Lee"; %NULL: it takes none at the moment. (transfer full) */
  char *(*describe) (CrmFileTarget *self);
  /* @files: (element-type GFile) */
  void (*take) (CrmFileTarget *self, GSList *files);
};

/* The innermost one below the point that takes files at the moment; (nullable) (transfer none) */
CrmFileTarget *crm_file_target_find (GtkWidget *window, double x, double y);

char *crm_file_target_describe (CrmFileTarget *self);
void crm_file_target_take (CrmFileTarget *self, GSList *files);

G_END_DECLS
