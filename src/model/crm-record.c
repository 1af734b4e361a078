/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"

struct _CrmRecord
{
  gatomicrefcount ref_count;
  const CrmRecordType *type;
  gint64 id;
  CrmState state;
  gboolean is_short;
  gint64 merged_into;
  char *label; /* made on first use, swapped in atomically */
  guint n_values; /* the type lives only as long as the store, which a list's row may outlive */
  CrmValue **values;
};

G_DEFINE_BOXED_TYPE (CrmRecord, crm_record, crm_record_ref, crm_record_unref)

static char *
first_line (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));

  return g_strdup (g_strstrip (line));
}

static char *
make_label (const CrmRecord *self)
{
  CrmValue *value = NULL;

  if (self->type->label_field != NULL)
    value = crm_record_get_value (self, self->type->label_field);
  if (value != NULL && crm_value_get_text (value) != NULL)
    return first_line (crm_value_get_text (value));

  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      const char *text = NULL;

      value = self->values[i];
      if (value == NULL || (field->flags & CRM_FIELD_SYSTEM) != 0)
        continue;

      switch (field->kind)
        {
        case CRM_KIND_TEXT:
        case CRM_KIND_LONGTEXT:
        case CRM_KIND_EMAILS:
        case CRM_KIND_PHONES:
        case CRM_KIND_DOMAINS:
        case CRM_KIND_LINKS:
        case CRM_KIND_FILES:
          text = crm_value_get_text (value);
          break;
        default:
          break;
        }
      if (text != NULL && text[0] != '\0')
        return first_line (text);
    }

  return g_strdup (_ ("Unnamed"));
}

void
crm_record_set_not_found (GError **error, const CrmRecordType *type, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (type != NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("There is no record %s among %s. Check its id."), text, type->label_many);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("There is no record %s. Look up its id with “list” or “search”."), text);
}

CrmRecord *
crm_record_new_take (const CrmRecordType *type,
                     gint64 id,
                     CrmState state,
                     gint64 merged_into,
                     CrmValue **values)
{
  CrmRecord *self = g_new0 (CrmRecord, 1);

  g_assert (type != NULL);
  g_assert (values != NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->id = id;
  self->state = state;
  self->merged_into = merged_into;
  self->n_values = type->n_fields;
  self->values = values;
  return self;
}

void
crm_record_set_short (CrmRecord *self)
{
  g_assert (self != NULL);

  self->is_short = TRUE;
}

CrmRecord *
crm_record_ref (CrmRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
crm_record_unref (CrmRecord *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->n_values; i++)
    g_clear_pointer (&self->values[i], crm_value_unref);
  g_free (self->values);
  g_free (self->label);
  g_free (self);
}

gint64
crm_record_get_id (const CrmRecord *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->id;
}

const CrmRecordType *
crm_record_get_record_type (const CrmRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type;
}

CrmState
crm_record_get_state (const CrmRecord *self)
{
  g_return_val_if_fail (self != NULL, CRM_STATE_UNDONE);

  return self->state;
}

gint64
crm_record_get_merged_into (const CrmRecord *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->merged_into;
}

gboolean
crm_record_is_short (const CrmRecord *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_short;
}

CrmValue *
crm_record_get_value (const CrmRecord *self, const CrmField *field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (field->index < self->type->n_fields && self->type->fields[field->index]->id == field->id)
    return self->values[field->index];

  /* The field may come from a newer snapshot of the catalogue than the record */
  for (guint i = 0; i < self->type->n_fields; i++)
    if (self->type->fields[i]->id == field->id)
      return self->values[i];
  return NULL;
}

CrmValue *
crm_record_get_value_by_name (const CrmRecord *self, const char *field_name)
{
  const CrmField *field;

  g_return_val_if_fail (self != NULL, NULL);

  field = crm_record_type_find_field (self->type, field_name);
  return field != NULL ? crm_record_get_value (self, field) : NULL;
}

const char *
crm_record_get_label (const CrmRecord *self)
{
  CrmRecord *mutable = (CrmRecord *) self;
  char *label;

  g_return_val_if_fail (self != NULL, NULL);

  label = g_atomic_pointer_get (&mutable->label);
  if (label == NULL)
    {
      label = make_label (self);
      if (!g_atomic_pointer_compare_and_exchange (&mutable->label, NULL, label))
        {
          g_free (label);
          label = g_atomic_pointer_get (&mutable->label);
        }
    }
  return label;
}
