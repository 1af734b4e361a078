/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-lost-reason.h"

#include <glib/gi18n.h>

const CrmField *
crm_lost_reason_find_field (const CrmRecordType *type, CrmOutcome outcome)
{
  const CrmField *field;

  g_return_val_if_fail (type != NULL, NULL);

  if (outcome != CRM_OUTCOME_LOST)
    return NULL;
  field = crm_record_type_find_field (type, "lost_reason");

  return field != NULL && field->kind == CRM_KIND_CHOICE ? field : NULL;
}

GtkWidget *
crm_lost_reason_popover_new (const CrmField *field)
{
  CrmPickPopover *popover;

  g_return_val_if_fail (field != NULL, NULL);

  popover = CRM_PICK_POPOVER (crm_pick_popover_new (field->label));
  for (guint i = 0; i < field->n_options; i++)
    crm_pick_popover_add (popover, field->options[i]->id, field->options[i]->label, NULL);
  crm_pick_popover_add (popover, 0, _ ("No Reason"), NULL);

  return GTK_WIDGET (popover);
}
