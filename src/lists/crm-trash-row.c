/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-trash-list-private.h"

struct _CrmTrashRow
{
  GObject parent_instance;

  gint64 id;
  CrmTrashEntry *entry;
  GHashTable *rows;
};

enum
{
  PROP_0,
  PROP_ENTRY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmTrashRow, crm_trash_row, G_TYPE_OBJECT)

static void
crm_trash_row_finalize (GObject *object)
{
  CrmTrashRow *self = CRM_TRASH_ROW (object);

  g_hash_table_remove (self->rows, &self->id);
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->entry, crm_trash_entry_unref);

  G_OBJECT_CLASS (crm_trash_row_parent_class)->finalize (object);
}

static void
crm_trash_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_ENTRY:
      g_value_set_pointer (value, CRM_TRASH_ROW (object)->entry);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_trash_row_class_init (CrmTrashRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_trash_row_finalize;
  object_class->get_property = crm_trash_row_get_property;

  properties[PROP_ENTRY] = g_param_spec_pointer (
      "entry", NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_trash_row_init (CrmTrashRow *self)
{
}

CrmTrashRow *
crm_trash_row_new (gint64 id, GHashTable *rows)
{
  CrmTrashRow *self = g_object_new (CRM_TYPE_TRASH_ROW, NULL);

  self->id = id;
  self->rows = g_hash_table_ref (rows);
  g_hash_table_insert (rows, &self->id, self);

  return self;
}

void
crm_trash_row_set_entry (CrmTrashRow *self, CrmTrashEntry *entry)
{
  g_return_if_fail (CRM_IS_TRASH_ROW (self));
  g_return_if_fail (entry != NULL);

  crm_trash_entry_ref (entry);
  g_clear_pointer (&self->entry, crm_trash_entry_unref);
  self->entry = entry;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
}

gint64
crm_trash_row_get_id (CrmTrashRow *self)
{
  g_return_val_if_fail (CRM_IS_TRASH_ROW (self), 0);

  return self->id;
}

const CrmTrashEntry *
crm_trash_row_get_entry (CrmTrashRow *self)
{
  g_return_val_if_fail (CRM_IS_TRASH_ROW (self), NULL);

  return self->entry;
}
