/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-trash-item.h"

struct _CrmTrashItem
{
  GObject parent_instance;

  CrmTrashEntry *entry;
};

G_DEFINE_FINAL_TYPE (CrmTrashItem, crm_trash_item, G_TYPE_OBJECT)

static void
crm_trash_item_finalize (GObject *object)
{
  g_clear_pointer (&CRM_TRASH_ITEM (object)->entry, crm_trash_entry_unref);

  G_OBJECT_CLASS (crm_trash_item_parent_class)->finalize (object);
}

static void
crm_trash_item_class_init (CrmTrashItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_trash_item_finalize;
}

static void
crm_trash_item_init (CrmTrashItem *self)
{
}

CrmTrashItem *
crm_trash_item_new (CrmTrashEntry *entry)
{
  CrmTrashItem *self;

  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (CRM_TYPE_TRASH_ITEM, NULL);
  self->entry = entry;

  return self;
}

const CrmTrashEntry *
crm_trash_item_get_entry (CrmTrashItem *self)
{
  g_return_val_if_fail (CRM_IS_TRASH_ITEM (self), NULL);

  return self->entry;
}
