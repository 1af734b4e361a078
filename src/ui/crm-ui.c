/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-ui.h"

#include "crm-icons-resources.h"
#include "crm-ui-resources.h"

void
crm_ui_init (void)
{
  /* A linker drops what nothing names, so the resources of a static library are named here */
  g_resources_register (crm_ui_get_resource ());
  g_resources_register (crm_icons_get_resource ());
}
