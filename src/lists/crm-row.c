/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-row-private.h"

struct _CrmRow
{
  GObject parent_instance;

  gint64 id;
  CrmRecord *record;
  GHashTable *rows;
};

enum
{
  PROP_0,
  PROP_RECORD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmRow, crm_row, G_TYPE_OBJECT)

static void
crm_row_finalize (GObject *object)
{
  CrmRow *self = CRM_ROW (object);

  g_hash_table_remove (self->rows, &self->id);
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->record, crm_record_unref);

  G_OBJECT_CLASS (crm_row_parent_class)->finalize (object);
}

static void
crm_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_RECORD:
      g_value_set_boxed (value, CRM_ROW (object)->record);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_row_class_init (CrmRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_row_finalize;
  object_class->get_property = crm_row_get_property;

  properties[PROP_RECORD] = g_param_spec_boxed ("record", NULL, NULL, CRM_TYPE_RECORD,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_row_init (CrmRow *self)
{
}

CrmRow *
crm_row_new (gint64 id, GHashTable *rows)
{
  CrmRow *self = g_object_new (CRM_TYPE_ROW, NULL);

  self->id = id;
  self->rows = g_hash_table_ref (rows);
  g_hash_table_insert (rows, &self->id, self);

  return self;
}

void
crm_row_set_record (CrmRow *self, CrmRecord *record)
{
  g_return_if_fail (CRM_IS_ROW (self));

  if (self->record == record)
    return;

  g_clear_pointer (&self->record, crm_record_unref);
  if (record != NULL)
    self->record = crm_record_ref (record);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

gint64
crm_row_get_id (CrmRow *self)
{
  g_return_val_if_fail (CRM_IS_ROW (self), 0);

  return self->id;
}

CrmRecord *
crm_row_get_record (CrmRow *self)
{
  g_return_val_if_fail (CRM_IS_ROW (self), NULL);

  return self->record;
}
