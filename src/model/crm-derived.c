/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The few places where a standard type really differs: a person's name is
 * made of its parts, a deal's probability follows its stage, and the last contact
 * of a person, company or deal is its newest activity. */

#include "crm-transaction-core-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-text.h"

#define ID G_GINT64_FORMAT
#define MILLIONTHS 1000000

static gboolean
is_standard (const CrmRecordType *type, const char *name)
{
  return type->standard && g_str_equal (type->name, name);
}

static const char *
get_text (const CrmRecordType *type, CrmValue *const *values, const char *name)
{
  const CrmField *field = crm_record_type_find_field (type, name);
  const CrmValue *value = field != NULL ? values[field->index] : NULL;

  return value != NULL ? crm_value_get_text (value) : NULL;
}

static void
take_value (const CrmRecordType *type, CrmValue **values, const char *name, CrmValue *value)
{
  const CrmField *field = crm_record_type_find_field (type, name);

  if (field == NULL)
    {
      g_clear_pointer (&value, crm_value_unref);
      return;
    }
  g_clear_pointer (&values[field->index], crm_value_unref);
  values[field->index] = value;
}

gboolean
crm_derived_is_computed (const CrmRecordType *type, const CrmField *field)
{
  if ((field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) != CRM_FIELD_READ_ONLY)
    return FALSE;
  /* When a deal was closed is not to be found anew from what it is now */
  return !(is_standard (type, "deals") && g_str_equal (field->name, "closed_at"));
}

gboolean
crm_derived_is_source (const CrmRecordType *type, const CrmField *field)
{
  static const char *const names[] = { "first_name", "middle_name", "last_name", NULL };
  static const char *const deals[] = { "pipeline", "stage", "probability", NULL };

  return (is_standard (type, "people") && g_strv_contains (names, field->name)) ||
         (is_standard (type, "deals") && g_strv_contains (deals, field->name)) ||
         is_standard (type, "activities");
}

void
crm_derived_compute (CrmStore *store, const CrmRecordType *type, CrmValue **values)
{
  g_autofree char *name = NULL;

  if (!is_standard (type, "people"))
    return;
  name = crm_text_join_name (get_text (type, values, "first_name"),
                             get_text (type, values, "middle_name"),
                             get_text (type, values, "last_name"),
                             crm_store_get_locale (store)->language);
  take_value (type, values, "name", crm_value_new_text (name));
}

char *
crm_derived_make_sort_text (const CrmRecordType *type, CrmValue *const *values)
{
  const CrmValue *label = values[type->label_field->index];

  if (is_standard (type, "people"))
    return crm_text_join_sort_name (get_text (type, values, "first_name"),
                                    get_text (type, values, "middle_name"),
                                    get_text (type, values, "last_name"));
  return label != NULL ? g_strdup (crm_value_get_text (label)) : NULL;
}

/* Deals */

static const CrmOption *
get_option (const CrmRecordType *type, CrmValue *const *values, const char *name)
{
  const CrmField *field = crm_record_type_find_field (type, name);
  gint64 id;

  if (field == NULL || values[field->index] == NULL)
    return NULL;
  id = crm_value_get_integer (values[field->index]);
  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->id == id)
      return field->options[i];
  return NULL;
}

static const CrmOption *
find_stage (const CrmRecordType *type, gint64 pipeline, const char *name)
{
  const CrmField *field = crm_record_type_find_field (type, "stage");

  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->parent == pipeline &&
        (name == NULL || g_str_equal (field->options[i]->name, name)))
      return field->options[i];
  return NULL;
}

static void
take_option (const CrmRecordType *type,
             CrmValue **values,
             const char *name,
             const CrmOption *option)
{
  take_value (type, values, name, crm_value_new_item (option->label, NULL, NULL, option->id, 0));
}

static gboolean
has_changed (const CrmRecordType *type,
             const char *name,
             CrmValue *const *values,
             CrmValue *const *old)
{
  const CrmField *field = crm_record_type_find_field (type, name);

  return field != NULL &&
         (old == NULL || !crm_value_equal (values[field->index], old[field->index]));
}

/* A deal always is in a stage of its own pipeline */
static void
settle_stage (const CrmRecordType *type, CrmValue **values, CrmValue *const *old)
{
  const CrmField *pipelines = crm_record_type_find_field (type, "pipeline");
  const CrmOption *pipeline = get_option (type, values, "pipeline");
  const CrmOption *stage = get_option (type, values, "stage");

  if (stage != NULL && pipeline != NULL && stage->parent != pipeline->id)
    {
      if (has_changed (type, "pipeline", values, old))
        stage = find_stage (type, pipeline->id, stage->name);
      else
        pipeline = NULL;
    }
  if (stage != NULL && pipeline == NULL)
    {
      for (guint i = 0; i < pipelines->n_options; i++)
        if (pipelines->options[i]->id == stage->parent)
          pipeline = pipelines->options[i];
    }
  if (pipeline == NULL && pipelines->n_options > 0)
    pipeline = pipelines->options[0];
  if (pipeline != NULL && stage == NULL)
    stage = find_stage (type, pipeline->id, NULL);

  if (pipeline != NULL)
    take_option (type, values, "pipeline", pipeline);
  if (stage != NULL)
    take_option (type, values, "stage", stage);
}

static gboolean
probability_was_typed (const CrmRecordType *type, CrmValue *const *values, CrmValue *const *old)
{
  const CrmField *field = crm_record_type_find_field (type, "probability");
  const CrmOption *old_stage = old != NULL ? get_option (type, old, "stage") : NULL;
  const CrmValue *probability = values[field->index];

  if (probability == NULL)
    return FALSE;
  if (old == NULL || has_changed (type, "probability", values, old))
    return TRUE;
  return old_stage == NULL || old_stage->probability < 0 ||
         crm_value_get_integer (probability) != (gint64) old_stage->probability * MILLIONTHS;
}

gboolean
crm_derived_fill (CrmTransaction *self,
                  const CrmRecordType *type,
                  CrmValue **values,
                  CrmValue *const *old,
                  GError **error)
{
  const CrmOption *stage;
  gboolean closed;

  if (!is_standard (type, "deals"))
    return TRUE;
  if (old != NULL && !has_changed (type, "stage", values, old) &&
      !has_changed (type, "pipeline", values, old) &&
      !has_changed (type, "probability", values, old))
    return TRUE;

  settle_stage (type, values, old);
  stage = get_option (type, values, "stage");
  if (stage == NULL)
    return TRUE;

  if (stage->probability >= 0 && !probability_was_typed (type, values, old))
    take_value (type, values, "probability",
                crm_value_new_integer ((gint64) stage->probability * MILLIONTHS));

  if (has_changed (type, "stage", values, old))
    {
      const CrmField *closed_at = crm_record_type_find_field (type, "closed_at");

      closed = stage->outcome == CRM_OUTCOME_WON || stage->outcome == CRM_OUTCOME_LOST;
      if (!closed)
        take_value (type, values, "closed_at", NULL);
      else if (values[closed_at->index] == NULL)
        take_value (type, values, "closed_at", crm_value_new_integer (self->now));
    }
  return TRUE;
}

/* Last contacts */

void
crm_derived_note_contacts (CrmTransaction *self, const CrmRecordType *type, CrmValue *const *values)
{
  const CrmField *about;
  const CrmValue *value;

  if (!is_standard (type, "activities"))
    return;
  about = crm_record_type_find_field (type, "about");
  value = about != NULL ? values[about->index] : NULL;
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      gint64 id = crm_value_get_item (value, i)->id;

      g_hash_table_add (self->contacts, g_memdup2 (&id, sizeof id));
    }
}

static gboolean
update_contact (CrmTransaction *self, gint64 id, const char *newest_sql, GError **error)
{
  const CrmRecordType *type;
  const CrmField *field;
  g_autoptr (CrmStatement) newest = NULL;
  g_autoptr (CrmStatement) update = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  type = crm_connection_find_type_of (self->connection, self->catalogue, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (type == NULL)
    return TRUE;
  field = crm_record_type_find_field (type, "last_contacted");
  if (field == NULL)
    field = crm_record_type_find_field (type, "last_activity");
  if (field == NULL || !crm_derived_is_computed (type, field))
    return TRUE;

  newest = crm_connection_prepare (self->connection, newest_sql, error);
  if (newest == NULL)
    return FALSE;
  crm_statement_bind_int (newest, 1, id);
  if (!crm_statement_step (newest, error))
    return FALSE;

  sql = g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " SET " CRM_VALUE_COLUMN
                         " = ?2 WHERE id = ?1 AND " CRM_VALUE_COLUMN " IS NOT ?2",
                         type->id, field->id, field->id);
  update = crm_connection_prepare (self->connection, sql, error);
  if (update == NULL)
    return FALSE;
  crm_statement_bind_int (update, 1, id);
  if (!crm_statement_is_null (newest, 0))
    crm_statement_bind_int (update, 2, crm_statement_get_int (newest, 0));
  if (!crm_statement_run (update, error))
    return FALSE;

  crm_news_add (self->news, self->news->updated, id);
  crm_news_add_type (self->news, type->id);
  return TRUE;
}

gboolean
crm_derived_update_contacts (CrmTransaction *self, GError **error)
{
  const CrmRecordType *activities = crm_catalogue_find_type (self->catalogue, "activities");
  const CrmField *about;
  const CrmField *when;
  g_autofree char *sql = NULL;
  GHashTableIter iter;
  gpointer id;

  if (activities == NULL || g_hash_table_size (self->contacts) == 0)
    return TRUE;

  about = crm_record_type_find_field (activities, "about");
  when = crm_record_type_find_field (activities, "when");
  sql = g_strdup_printf ("SELECT max(t." CRM_VALUE_COLUMN ") FROM " CRM_ITEM_TABLE
                         " AS v JOIN " CRM_RECORD_TABLE
                         " AS t ON t.id = v.record WHERE v.id = ?1 AND v.live = 1 AND t.state = 0",
                         when->id, about->id, activities->id);

  g_hash_table_iter_init (&iter, self->contacts);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!update_contact (self, *(const gint64 *) id, sql, error))
      return FALSE;
  return TRUE;
}
