/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-row-private.h"

struct _CrmRowContents
{
  CrmRecord *record;
  GArray *columns; /* CrmColumn; shared by the rows of a list, nullable */
  GPtrArray *related; /* CrmRecord by column, nullable */
};

struct _CrmRow
{
  GObject parent_instance;

  gint64 id;
  CrmRowContents *contents; /* nullable */
  CrmHeading *heading; /* nullable */
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
contents_clear (gpointer data)
{
  CrmRowContents *contents = data;

  crm_record_unref (contents->record);
  g_clear_pointer (&contents->columns, g_array_unref);
  g_clear_pointer (&contents->related, g_ptr_array_unref);
}

void
crm_row_contents_unref (CrmRowContents *contents)
{
  g_return_if_fail (contents != NULL);

  g_rc_box_release_full (contents, contents_clear);
}

static void
heading_free (CrmHeading *heading)
{
  g_free (heading->label);
  g_free (heading->total);
  g_free (heading);
}

static void
crm_row_finalize (GObject *object)
{
  CrmRow *self = CRM_ROW (object);

  crm_row_leave (self);
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->contents, crm_row_contents_unref);
  g_clear_pointer (&self->heading, heading_free);

  G_OBJECT_CLASS (crm_row_parent_class)->finalize (object);
}

static void
crm_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_RECORD:
      g_value_set_boxed (value, crm_row_get_record (CRM_ROW (object)));
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

/* The record that has the value; (nullable) */
static CrmRecord *
find_record (CrmRow *self, const CrmColumn *column)
{
  const CrmRowContents *contents = self->contents;

  if (column->hops == NULL || contents == NULL)
    return crm_row_get_record (self);

  for (guint i = 0; contents->related != NULL && i < contents->columns->len; i++)
    if (g_str_equal (g_array_index (contents->columns, CrmColumn, i).name, column->name))
      return g_ptr_array_index (contents->related, i);

  return NULL;
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
crm_row_set_record (CrmRow *self, CrmRecord *record, GArray *columns, GPtrArray *related)
{
  g_return_if_fail (CRM_IS_ROW (self));
  g_return_if_fail (record != NULL);

  g_clear_pointer (&self->contents, crm_row_contents_unref);
  self->contents = g_rc_box_new0 (CrmRowContents);
  self->contents->record = crm_record_ref (record);
  self->contents->columns = related != NULL ? g_array_ref (columns) : NULL;
  self->contents->related = related != NULL ? g_ptr_array_ref (related) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

CrmRowContents *
crm_row_ref_contents (CrmRow *self)
{
  g_return_val_if_fail (CRM_IS_ROW (self), NULL);

  return self->contents != NULL ? g_rc_box_acquire (self->contents) : NULL;
}

void
crm_row_leave (CrmRow *self)
{
  g_return_if_fail (CRM_IS_ROW (self));

  if (g_hash_table_lookup (self->rows, &self->id) == self)
    g_hash_table_remove (self->rows, &self->id);
}

void
crm_row_take_place (CrmRow *self, gint64 id, CrmRowContents *contents)
{
  g_return_if_fail (CRM_IS_ROW (self));

  crm_row_leave (self);
  g_clear_pointer (&self->contents, crm_row_contents_unref);
  g_clear_pointer (&self->heading, heading_free);
  self->id = id;
  self->contents = contents != NULL ? g_rc_box_acquire (contents) : NULL;
  g_hash_table_replace (self->rows, &self->id, self);
}

void
crm_row_announce (CrmRow *self)
{
  g_return_if_fail (CRM_IS_ROW (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

static gboolean
heading_equal (const CrmHeading *a, const CrmHeading *b)
{
  return a->level == b->level && a->n_records == b->n_records && a->expanded == b->expanded &&
         g_strcmp0 (a->summed, b->summed) == 0 && g_strcmp0 (a->label, b->label) == 0 &&
         g_strcmp0 (a->total, b->total) == 0;
}

void
crm_row_set_heading (CrmRow *self, const CrmHeading *heading)
{
  g_return_if_fail (CRM_IS_ROW (self));
  g_return_if_fail (heading != NULL);

  if (self->heading != NULL && heading_equal (self->heading, heading))
    return;

  g_clear_pointer (&self->heading, heading_free);
  self->heading = g_memdup2 (heading, sizeof *heading);
  self->heading->label = g_strdup (heading->label);
  self->heading->total = g_strdup (heading->total);
  self->heading->summed = g_intern_string (heading->summed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

const CrmHeading *
crm_row_get_heading (CrmRow *self)
{
  g_return_val_if_fail (CRM_IS_ROW (self), NULL);

  return self->heading;
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

  return self->contents != NULL ? self->contents->record : NULL;
}

gboolean
crm_row_shows (CrmRow *self, const CrmColumn *column, const CrmIdSet *ids)
{
  CrmRecord *record;
  CrmValue *value;

  g_return_val_if_fail (CRM_IS_ROW (self), FALSE);
  g_return_val_if_fail (column != NULL, FALSE);

  /* Of a longer way only the end is kept */
  if (column->hops != NULL && column->hops->len > 1)
    return TRUE;

  record = find_record (self, column);
  if (record == NULL)
    return FALSE;
  if (record != crm_row_get_record (self) && crm_id_set_contains (ids, crm_record_get_id (record)))
    return TRUE;

  value = crm_record_get_value (record, column->field);
  if (value == NULL || !crm_kind_is_relation (column->field->kind))
    return FALSE;
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    if (crm_id_set_contains (ids, crm_value_get_item (value, i)->id))
      return TRUE;

  return FALSE;
}

CrmValue *
crm_row_get_value (CrmRow *self, const CrmColumn *column)
{
  CrmRecord *record;

  g_return_val_if_fail (CRM_IS_ROW (self), NULL);
  g_return_val_if_fail (column != NULL, NULL);

  record = find_record (self, column);
  return record != NULL ? crm_record_get_value (record, column->field) : NULL;
}
