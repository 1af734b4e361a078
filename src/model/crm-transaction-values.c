/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it means to create and to change a record: defaults, what follows from
 * the values given, unique values, and a line of history per field. */

#include "crm-transaction-core-private.h"

#include <glib/gi18n.h>

#include "crm-convert.h"
#include "crm-error.h"

#define ID G_GINT64_FORMAT
#define EPOCH_2020 G_GINT64_CONSTANT (1577836800000)

/* An id is the milliseconds since 2020 and so many bits by chance: 41 bits of milliseconds, which last until 2089. A
 * clock beyond either end is wrong; then ids stay large enough to be no act's, and leave room for more. */
#define RANDOM_BITS 22
#define MAX_MILLISECONDS ((G_GINT64_CONSTANT (1) << 41) - (G_GINT64_CONSTANT (1) << 31))

CrmRecord *
crm_transaction_load (CrmTransaction *self, CrmTypeWriter *writer, gint64 id, GError **error)
{
  if (crm_transaction_is_rehearsed (self, id))
    return crm_transaction_recall (self, writer, id, error);
  if (writer->loader == NULL)
    {
      if (crm_transaction_is_rehearsal (self))
        writer->loader = crm_transaction_new_stored_loader (self, writer, error);
      else
        writer->loader = crm_record_loader_new (self->connection, NULL, writer->type, NULL, -1,
                                                error);
      if (writer->loader == NULL)
        return NULL;
    }
  return crm_record_loader_load (writer->loader, id, error);
}

CrmRecord *
crm_transaction_peek (CrmTransaction *self, const CrmRecordType *type, gint64 id, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);

  return crm_transaction_load (self, crm_transaction_get_writer (self, type), id, error);
}

static CrmValue **
values_new (const CrmRecordType *type)
{
  return g_new0 (CrmValue *, type->n_fields + 1);
}

static void
values_free (CrmValue **values, const CrmRecordType *type)
{
  for (guint i = 0; i < type->n_fields; i++)
    g_clear_pointer (&values[i], crm_value_unref);
  g_free (values);
}

static void
set_value (CrmValue **values, guint index, CrmValue *value)
{
  if (value != NULL)
    crm_value_ref (value);
  g_clear_pointer (&values[index], crm_value_unref);
  values[index] = value;
}

static void
take_default (CrmValue **values, const CrmRecordType *type, const char *name, CrmValue *value)
{
  const CrmField *field = crm_record_type_find_field (type, name);

  if (field != NULL && values[field->index] == NULL)
    values[field->index] = value;
  else if (value != NULL)
    crm_value_unref (value);
}

static CrmValue *
new_member (CrmTransaction *self, gint64 id)
{
  const CrmRecordType *members = crm_catalogue_find_type (self->catalogue, "members");

  return id != 0 ? crm_value_new_item (NULL, NULL, NULL, id, members->id) : NULL;
}

/* Fields of @writer's own snapshot, whichever snapshot the caller's come from */
static gboolean
place_values (CrmTypeWriter *writer,
              const CrmField *const *fields,
              CrmValue *const *values,
              guint n_values,
              CrmValue **placed,
              GError **error)
{
  for (guint i = 0; i < n_values; i++)
    {
      const CrmField *field = fields[i];

      if (field->index >= writer->type->n_fields ||
          writer->type->fields[field->index]->id != field->id)
        field = crm_record_type_find_field (writer->type, field->name);
      if (field == NULL || field->id != fields[i]->id)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                       _ ("The field “%s” was removed meanwhile. Try again without it."),
                       fields[i]->label);
          return FALSE;
        }
      set_value (placed, field->index, values[i]);
    }
  return TRUE;
}

static gboolean
check_required (const CrmRecordType *type, CrmValue *const *values, GError **error)
{
  for (guint i = 0; i < type->n_fields; i++)
    if ((type->fields[i]->flags & CRM_FIELD_REQUIRED) != 0 && values[i] == NULL)
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                     _ ("“%s” must not be empty. Give it a value."), type->fields[i]->label);
        return FALSE;
      }
  return TRUE;
}

static gboolean
take_id (CrmTransaction *self, gint64 *id, GError **error)
{
  if (self->first_id == 0)
    {
      gint64 last = 0;
      gint64 by_time = CLAMP (self->now - EPOCH_2020, 1, MAX_MILLISECONDS) << RANDOM_BITS;

      if (!crm_connection_query_int (
              self->connection, "SELECT value FROM meta WHERE key = 'last_id'", 0, &last, error))
        return FALSE;
      by_time += g_random_int () & ((1 << RANDOM_BITS) - 1);
      self->first_id = self->next_id = MAX (last + 1, by_time);
    }
  *id = self->next_id++;
  return TRUE;
}

/* What was there once may be there again: only what people write now is asked about */
static gboolean
ask_guard (CrmTransaction *self,
           const CrmRecordType *type,
           gint64 id,
           CrmValue *const *values,
           CrmValue *const *old,
           GError **error)
{
  const CrmGuard *guard = crm_store_get_guard (self->store);

  if (guard == NULL ||
      (self->kind != CRM_ACT_CREATE && self->kind != CRM_ACT_EDIT && self->kind != CRM_ACT_IMPORT))
    return TRUE;

  return guard->ask (self, type, id, values, old, &self->guard_state, error);
}

static gboolean
create (CrmTransaction *self,
        const CrmRecordType *type,
        const CrmField *const *fields,
        CrmValue *const *values,
        guint n_values,
        const CrmRecordTexts *texts,
        gint64 *id,
        CrmClash **clash,
        GError **error)
{
  CrmTypeWriter *writer;
  CrmValue **all;
  gint64 new_id = 0;
  gboolean ok = FALSE;
  g_autoptr (GError) local_error = NULL;

  writer = crm_transaction_get_writer (self, type);
  type = writer->type;
  all = values_new (type);
  if (!place_values (writer, fields, values, n_values, all, error))
    goto out;

  take_default (all, type, "created_at", crm_value_new_integer (self->now));
  take_default (all, type, "created_by", new_member (self, self->actor));
  take_default (all, type, "created_from", crm_value_new_text (crm_source_to_name (self->source)));
  take_default (all, type, "updated_at", crm_value_new_integer (self->now));
  take_default (all, type, "updated_by", new_member (self, self->actor));
  if (!crm_derived_fill (self, type, all, NULL, error))
    goto out;
  if (texts != NULL && !crm_record_texts_fit (texts, type, all))
    texts = NULL;
  if (texts != NULL)
    set_value (all, type->label_field->index, texts->values[type->label_field->index]);
  else
    crm_derived_compute (self->store, type, all);
  if (!check_required (type, all, error))
    goto out;

  if (clash != NULL)
    {
      *clash = crm_transaction_find_clash (self, type, 0, all, NULL, &local_error);
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      if (*clash != NULL || (error != NULL && *error != NULL))
        goto out;
    }

  if (!take_id (self, &new_id, error))
    goto out;
  if (!ask_guard (self, type, new_id, all, NULL, error))
    {
      self->next_id = new_id;
      goto out;
    }
  if (crm_transaction_is_rehearsal (self)
          ? !crm_transaction_rehearse (self, writer, new_id, CRM_STATE_LIVE, all, error)
          : !crm_transaction_start_act (self, error) ||
                !crm_transaction_insert_row (self, writer, new_id, all, texts, error))
    goto out;

  if (writer->n_created++ == 0)
    writer->first_created = new_id;
  writer->last_created = new_id;
  if (self->subject_type == NULL && !self->subject_is_set)
    {
      self->subject_type = type;
      self->subject_id = new_id;
    }
  crm_news_add (self->news, self->news->created, new_id);
  crm_derived_note_contacts (self, type, all);
  if (id != NULL)
    *id = new_id;
  ok = TRUE;

out:
  values_free (all, type);
  return ok;
}

gboolean
crm_transaction_create (CrmTransaction *self,
                        const CrmRecordType *type,
                        const CrmField *const *fields,
                        CrmValue *const *values,
                        guint n_values,
                        gint64 *id,
                        CrmClash **clash,
                        GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  return create (self, type, fields, values, n_values, NULL, id, clash, error);
}

gboolean
crm_transaction_create_with_texts (CrmTransaction *self,
                                   const CrmRecordType *type,
                                   const CrmField *const *fields,
                                   CrmValue *const *values,
                                   guint n_values,
                                   const CrmRecordTexts *texts,
                                   gint64 *id,
                                   GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  return create (self, type, fields, values, n_values, texts, id, NULL, error);
}

/* Relation items that nobody sees because their record is not live stay behind the ones that are written */
static gboolean
keep_hidden_items (CrmTransaction *self,
                   const CrmField *field,
                   const CrmValue *old,
                   CrmValue **value,
                   GError **error)
{
  g_autoptr (GArray) items = NULL;
  gboolean any = FALSE;

  if (old == NULL || field->kind != CRM_KIND_RELATIONS)
    return TRUE;

  items = crm_item_array_new ();
  for (guint i = 0; *value != NULL && i < crm_value_get_n_items (*value); i++)
    {
      const CrmItem *item = crm_value_get_item (*value, i);

      crm_item_array_add (items, NULL, item->label, item->key, item->id, item->type_id);
    }
  for (guint i = 0; i < crm_value_get_n_items (old); i++)
    {
      const CrmItem *item = crm_value_get_item (old, i);
      const CrmRecordType *target = crm_catalogue_get_type (self->catalogue, item->type_id);
      g_autoptr (GError) local_error = NULL;
      g_autofree char *label = NULL;
      gboolean given = FALSE;

      for (guint j = 0; j < items->len; j++)
        given = given || g_array_index (items, CrmItem, j).id == item->id;
      if (given || crm_transaction_is_rehearsed (self, item->id))
        continue;
      /* A whole type may be out of sight */
      if (target != NULL)
        label = crm_connection_load_label (self->connection, target, item->id, FALSE, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (label == NULL)
        {
          crm_item_array_add (items, NULL, item->label, item->key, item->id, item->type_id);
          any = TRUE;
        }
    }

  if (any)
    {
      g_clear_pointer (value, crm_value_unref);
      *value = crm_value_new_items_take (g_steal_pointer (&items));
    }
  return TRUE;
}

static gboolean
log_changes (CrmTransaction *self,
             CrmTypeWriter *writer,
             gint64 id,
             CrmValue *const *old,
             CrmValue *const *values,
             GPtrArray *changed,
             GError **error)
{
  const CrmRecordType *type = writer->type;
  const CrmField *updated_at = crm_record_type_find_field (type, "updated_at");
  const CrmField *updated_by = crm_record_type_find_field (type, "updated_by");
  CrmStamps was = { 0, 0 };

  if (crm_transaction_created_here (self, id))
    return TRUE;

  if (old[updated_at->index] != NULL)
    was.updated_at = crm_value_get_integer (old[updated_at->index]);
  if (old[updated_by->index] != NULL)
    was.updated_by = crm_value_get_integer (old[updated_by->index]);

  for (guint i = 0; i < changed->len; i++)
    {
      const CrmField *field = g_ptr_array_index (changed, i);
      g_autofree char *old_text = NULL;
      g_autofree char *new_text = NULL;

      if (field == updated_at || field == updated_by || crm_derived_is_computed (type, field))
        continue;
      old_text = crm_value_encode (field, old[field->index]);
      new_text = crm_value_encode (field, values[field->index]);
      if (!crm_transaction_log (self, type, id, field->id, CRM_CHANGE_VALUE, old_text, new_text,
                                &was, error))
        return FALSE;
    }
  return TRUE;
}

/* Writes the difference between @old and @values; @values may still change by what hides in them */
static gboolean
write_difference (CrmTransaction *self,
                  CrmTypeWriter *writer,
                  gint64 id,
                  gboolean live,
                  CrmValue *const *old,
                  CrmValue *const *values,
                  GError **error)
{
  const CrmRecordType *type = writer->type;
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  gboolean searched = FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    if (!crm_value_equal (old[i], values[i]))
      {
        g_ptr_array_add (changed, (gpointer) type->fields[i]);
        searched = searched || crm_kind_get_info (type->fields[i]->kind)->searched;
      }
  if (changed->len == 0)
    return TRUE;
  if (crm_transaction_is_rehearsal (self))
    return crm_transaction_rehearse (self, writer, id, live ? CRM_STATE_LIVE : CRM_STATE_TRASHED,
                                     values, error);

  if (!log_changes (self, writer, id, old, values, changed, error))
    return FALSE;
  if (live && searched && !crm_transaction_remove_search (self, writer, id, old, error))
    return FALSE;
  for (guint i = 0; i < changed->len; i++)
    {
      const CrmField *field = g_ptr_array_index (changed, i);

      if (crm_kind_is_repeated (field->kind) &&
          !crm_transaction_replace_items (self, writer, field, id, values[field->index], live,
                                          error))
        return FALSE;
    }
  if (!crm_transaction_update_row (self, writer, id, live, values, changed, error))
    return FALSE;
  if (live && searched && !crm_transaction_add_search (self, writer, id, values, error))
    return FALSE;

  crm_news_add (self->news, self->news->updated, id);
  crm_news_add_type (self->news, type->id);
  crm_derived_note_contacts (self, type, old);
  crm_derived_note_contacts (self, type, values);
  return TRUE;
}

static CrmRecord *
load_existing (CrmTransaction *self, CrmTypeWriter *writer, gint64 id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmRecord *record = crm_transaction_load (self, writer, id, &local_error);

  if (record == NULL && local_error == NULL)
    crm_record_set_not_found (&local_error, writer->type, id);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return record;
}

static gboolean
differs (const CrmRecordType *type, CrmValue *const *a, CrmValue *const *b)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (!crm_value_equal (a[i], b[i]))
      return TRUE;
  return FALSE;
}

static CrmValue **
copy_values (const CrmRecordType *type, const CrmRecord *record)
{
  CrmValue **values = values_new (type);

  for (guint i = 0; i < type->n_fields; i++)
    set_value (values, i, crm_record_get_value (record, type->fields[i]));
  return values;
}

gboolean
crm_transaction_update (CrmTransaction *self,
                        const CrmRecordType *type,
                        gint64 id,
                        const CrmField *const *fields,
                        CrmValue *const *values,
                        guint n_values,
                        gboolean *changed,
                        CrmClash **clash,
                        GError **error)
{
  CrmTypeWriter *writer;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  CrmValue **old = NULL;
  CrmValue **new = NULL;
  gboolean ok = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  if (changed != NULL)
    *changed = FALSE;
  if (clash != NULL)
    *clash = NULL;

  writer = crm_transaction_get_writer (self, type);
  type = writer->type;
  record = load_existing (self, writer, id, error);
  if (record == NULL)
    return FALSE;
  if (crm_record_get_state (record) != CRM_STATE_LIVE)
    {
      g_autofree char *id_text = g_strdup_printf ("%" ID, id);

      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                   crm_record_get_state (record) == CRM_STATE_MERGED
                       ? _ ("The record %s was merged into another one. Change that one.")
                       : _ ("The record %s is in the trash. Restore it before you change it."),
                   id_text);
      return FALSE;
    }

  old = copy_values (type, record);
  new = copy_values (type, record);
  if (!place_values (writer, fields, values, n_values, new, error))
    goto out;
  for (guint i = 0; i < type->n_fields; i++)
    if (!crm_value_equal (old[i], new[i]) &&
        !keep_hidden_items (self, type->fields[i], old[i], &new[i], error))
      goto out;
  if (!crm_derived_fill (self, type, new, old, error))
    goto out;
  crm_derived_compute (self->store, type, new);
  if (!differs (type, old, new))
    {
      ok = TRUE;
      goto out;
    }
  if (!check_required (type, new, error))
    goto out;
  if (clash != NULL)
    {
      *clash = crm_transaction_find_clash (self, type, id, new, old, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          goto out;
        }
      if (*clash != NULL)
        goto out;
    }

  if (!ask_guard (self, type, id, new, old, error))
    goto out;

  g_clear_pointer (&new[crm_record_type_find_field (type, "updated_at")->index], crm_value_unref);
  g_clear_pointer (&new[crm_record_type_find_field (type, "updated_by")->index], crm_value_unref);
  take_default (new, type, "updated_at", crm_value_new_integer (self->now));
  take_default (new, type, "updated_by", new_member (self, self->actor));
  ok = write_difference (self, writer, id, TRUE, old, new, error);
  if (ok && changed != NULL)
    *changed = TRUE;

out:
  values_free (old, type);
  values_free (new, type);
  return ok;
}

gboolean
crm_transaction_check (CrmTransaction *self,
                       const CrmRecordType *type,
                       gint64 id,
                       const CrmField *const *fields,
                       CrmValue *const *values,
                       guint n_values,
                       GError **error)
{
  CrmTypeWriter *writer;
  g_autoptr (CrmRecord) record = NULL;
  CrmValue **old = NULL;
  CrmValue **new;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  writer = crm_transaction_get_writer (self, type);
  type = writer->type;
  if (id != 0)
    {
      record = load_existing (self, writer, id, error);
      if (record == NULL)
        return FALSE;
      old = copy_values (type, record);
    }
  new = record != NULL ? copy_values (type, record) : values_new (type);

  ok = place_values (writer, fields, values, n_values, new, error) &&
       crm_derived_fill (self, type, new, old, error);
  if (ok)
    crm_derived_compute (self->store, type, new);
  ok = ok && check_required (type, new, error) && ask_guard (self, type, id, new, old, error);

  if (old != NULL)
    values_free (old, type);
  values_free (new, type);
  return ok;
}

gboolean
crm_transaction_set_raw (CrmTransaction *self,
                         const CrmRecordType *type,
                         gint64 id,
                         const CrmField *const *fields,
                         CrmValue *const *values,
                         guint n_values,
                         const CrmStamps *stamps,
                         GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  g_autoptr (CrmRecord) record = NULL;
  CrmValue **old;
  CrmValue **new;
  gboolean ok = FALSE;

  type = writer->type;
  record = load_existing (self, writer, id, error);
  if (record == NULL)
    return FALSE;

  old = copy_values (type, record);
  new = copy_values (type, record);
  if (place_values (writer, fields, values, n_values, new, error))
    {
      crm_derived_compute (self->store, type, new);
      if (stamps != NULL)
        {
          g_autoptr (CrmValue) at = crm_value_new_integer (stamps->updated_at);
          g_autoptr (CrmValue) by = new_member (self, stamps->updated_by);

          set_value (new, crm_record_type_find_field (type, "updated_at")->index, at);
          set_value (new, crm_record_type_find_field (type, "updated_by")->index, by);
        }
      ok = write_difference (self, writer, id, crm_record_get_state (record) == CRM_STATE_LIVE, old,
                             new, error);
    }
  values_free (old, type);
  values_free (new, type);
  return ok;
}

gboolean
crm_transaction_add_items (CrmTransaction *self,
                           const CrmRecordType *type,
                           gint64 id,
                           const CrmField *field,
                           CrmValue *items,
                           gboolean *changed,
                           CrmClash **clash,
                           GError **error)
{
  CrmTypeWriter *writer = crm_transaction_get_writer (self, type);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmValue) united = NULL;

  g_return_val_if_fail (crm_kind_is_repeated (field->kind), FALSE);

  record = load_existing (self, writer, id, error);
  if (record == NULL)
    return FALSE;
  united = crm_value_unite (crm_record_get_value (record, field), items);
  return crm_transaction_update (self, type, id, &field, &united, 1, changed, clash, error);
}
