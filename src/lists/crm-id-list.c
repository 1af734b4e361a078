/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-id-list.h"

enum
{
  EXCHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (CrmIdList, crm_id_list, G_TYPE_LIST_MODEL)

static void
crm_id_list_default_init (CrmIdListInterface *iface)
{
  signals[EXCHANGED] = g_signal_new ("exchanged", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
crm_id_list_emit_exchanged (CrmIdList *self)
{
  g_return_if_fail (CRM_IS_ID_LIST (self));

  g_signal_emit (self, signals[EXCHANGED], 0);
}

GArray *
crm_id_list_get_ids (CrmIdList *self)
{
  g_return_val_if_fail (CRM_IS_ID_LIST (self), NULL);

  return CRM_ID_LIST_GET_IFACE (self)->get_ids (self);
}

GArray *
crm_id_list_get_records (CrmIdList *self)
{
  CrmIdListInterface *iface;

  g_return_val_if_fail (CRM_IS_ID_LIST (self), NULL);

  iface = CRM_ID_LIST_GET_IFACE (self);
  return iface->get_records != NULL ? iface->get_records (self) : iface->get_ids (self);
}

gint64
crm_id_list_get_id (CrmIdList *self, guint position)
{
  GArray *ids = crm_id_list_get_ids (self);

  g_return_val_if_fail (ids != NULL && position < ids->len, 0);

  return g_array_index (ids, gint64, position);
}
