/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-agenda-list-private.h"

struct _CrmAgendaRow
{
  GObject parent_instance;

  gint64 key;
  CrmAgendaLine line;
  CrmRecord *record; /* nullable */
  GHashTable *rows;
};

enum
{
  PROP_0,
  PROP_RECORD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmAgendaRow, crm_agenda_row, G_TYPE_OBJECT)

static void
crm_agenda_row_finalize (GObject *object)
{
  CrmAgendaRow *self = CRM_AGENDA_ROW (object);

  g_hash_table_remove (self->rows, &self->key);
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->record, crm_record_unref);

  G_OBJECT_CLASS (crm_agenda_row_parent_class)->finalize (object);
}

static void
crm_agenda_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_RECORD:
      g_value_set_boxed (value, CRM_AGENDA_ROW (object)->record);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_agenda_row_class_init (CrmAgendaRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_agenda_row_finalize;
  object_class->get_property = crm_agenda_row_get_property;

  properties[PROP_RECORD] = g_param_spec_boxed ("record", NULL, NULL, CRM_TYPE_RECORD,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_agenda_row_init (CrmAgendaRow *self)
{
}

CrmAgendaRow *
crm_agenda_row_new (gint64 key, const CrmAgendaLine *line, GHashTable *rows)
{
  CrmAgendaRow *self = g_object_new (CRM_TYPE_AGENDA_ROW, NULL);

  self->key = key;
  self->line = *line;
  self->rows = g_hash_table_ref (rows);
  g_hash_table_insert (rows, &self->key, self);

  return self;
}

void
crm_agenda_row_set_line (CrmAgendaRow *self, const CrmAgendaLine *line)
{
  if (self->line.day == line->day && self->line.minute == line->minute)
    return;

  self->line = *line;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

void
crm_agenda_row_set_record (CrmAgendaRow *self, CrmRecord *record)
{
  g_clear_pointer (&self->record, crm_record_unref);
  self->record = crm_record_ref (record);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

guint32
crm_agenda_row_get_day (CrmAgendaRow *self)
{
  g_return_val_if_fail (CRM_IS_AGENDA_ROW (self), 0);

  return self->line.day;
}

gint64
crm_agenda_row_get_id (CrmAgendaRow *self)
{
  g_return_val_if_fail (CRM_IS_AGENDA_ROW (self), 0);

  return self->line.id;
}

gint32
crm_agenda_row_get_minute (CrmAgendaRow *self)
{
  g_return_val_if_fail (CRM_IS_AGENDA_ROW (self), 0);

  return self->line.minute;
}

CrmRecord *
crm_agenda_row_get_record (CrmAgendaRow *self)
{
  g_return_val_if_fail (CRM_IS_AGENDA_ROW (self), NULL);

  return self->record;
}
