/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing, moving and removing types and fields. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-schema-private.h"
#include "crm-text.h"

#define STATE_REMOVED "2"

/* Standard fields that the program computes with, looks records up by or makes windows of */
static const struct
{
  const char *type;
  const char *const fields[16];
} needed[] = {
  { "people",
    { "name", "first_name", "middle_name", "last_name", "salutation", "nickname", "status",
      "emails", "phones", "company", "street", "city", "country", "tags", "owner", NULL } },
  { "companies",
    { "name", "domains", "status", "emails", "phones", "street", "city", "country", "tags", "owner",
      "parent", NULL } },
  { "deals",
    { "name", "pipeline", "stage", "amount", "probability", "close_date", "closed_at", "company",
      "contact", "tags", "owner", "lost_reason", NULL } },
  { "products", { "name", "code", "price", NULL } },
  { "activities", { "kind", "subject", "body", "when", "about", "owner", NULL } },
  { "tasks",
    { "title", "kind", "body", "due", "remind", "repeat", "status", "priority", "assignee", "about",
      NULL } },
  { "notes", { "title", "body", "about", NULL } },
  { "members", { "name", "email", "active", NULL } },
};

/* Records are told apart by these */
static const char *const always_unique[][2] = {
  { "people", "emails" },
  { "companies", "domains" },
  { "members", "email" },
};

gboolean
crm_schema_is_needed (const CrmRecordType *type, const CrmField *field)
{
  if (field->id == type->label_field->id ||
      (field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY)) != 0)
    return TRUE;

  for (guint i = 0; type->standard && i < G_N_ELEMENTS (needed); i++)
    if (strcmp (needed[i].type, type->name) == 0 && g_strv_contains (needed[i].fields, field->name))
      return (field->flags & CRM_FIELD_STANDARD) != 0;

  return FALSE;
}

static gboolean
has_to_be_unique (const CrmRecordType *type, const CrmField *field)
{
  for (guint i = 0; type->standard && i < G_N_ELEMENTS (always_unique); i++)
    if (strcmp (always_unique[i][0], type->name) == 0 &&
        strcmp (always_unique[i][1], field->name) == 0)
      return TRUE;

  return FALSE;
}

gboolean
crm_schema_set_int (CrmTransaction *transaction,
                    const char *object,
                    gint64 object_id,
                    const char *attribute,
                    gint64 value,
                    GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return crm_transaction_set_catalogue (transaction, object, object_id, attribute, text, error);
}

/* Sets a text that people read, where one is given */
static gboolean
set_label (CrmTransaction *transaction,
           const char *object,
           gint64 object_id,
           const char *attribute,
           const char *label,
           GError **error)
{
  g_autofree char *clean = NULL;

  if (label == NULL)
    return TRUE;

  clean = crm_text_clean (label, FALSE);
  if (clean == NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("A label must not be empty. Write one."));
      return FALSE;
    }

  return crm_transaction_set_catalogue (transaction, object, object_id, attribute, clean, error);
}

/* Order */

static gboolean
read_positions (CrmTransaction *transaction,
                const char *table,
                GArray *ids,
                GArray *positions,
                GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autofree char *sql = g_strdup_printf ("SELECT position FROM %s WHERE id = ?1", table);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);
      gint64 position;

      if (statement == NULL)
        return FALSE;
      crm_statement_bind_int (statement, 1, g_array_index (ids, gint64, i));
      if (!crm_statement_step (statement, error))
        return FALSE;

      /* Two acts that were undone in turn may have left two of them at one place */
      position = crm_statement_get_int (statement, 0);
      if (i > 0)
        position = MAX (position, g_array_index (positions, gint64, i - 1) + 1);
      g_array_append_val (positions, position);
    }

  return TRUE;
}

static guint
find_id (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return i;

  return ids->len;
}

gboolean
crm_schema_set_order (CrmTransaction *transaction,
                      const char *table,
                      GArray *now,
                      GArray *wanted,
                      GError **error)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *object = strcmp (table, "record_type") == 0 ? "type" : table;

  g_return_val_if_fail (now->len == wanted->len, FALSE);

  if (!read_positions (transaction, table, now, positions, error))
    return FALSE;

  for (guint i = 0; i < wanted->len; i++)
    if (!crm_schema_set_int (transaction, object, g_array_index (wanted, gint64, i), "position",
                             g_array_index (positions, gint64, i), error))
      return FALSE;

  return TRUE;
}

gboolean
crm_schema_reorder (CrmTransaction *transaction,
                    const char *table,
                    GArray *ids,
                    gint64 id,
                    gint64 before,
                    GError **error)
{
  g_autoptr (GArray) wanted = g_array_copy (ids);
  guint from = find_id (ids, id);

  g_return_val_if_fail (from < ids->len, FALSE);

  if (id == before)
    return TRUE;

  g_array_remove_index (wanted, from);
  g_array_insert_val (wanted, find_id (wanted, before), id);
  return crm_schema_set_order (transaction, table, ids, wanted, error);
}

/* Types */

/* @type may be of an older snapshot than this act's; %NULL where it was removed meanwhile. */
static const CrmRecordType *
get_type (CrmTransaction *transaction, const CrmRecordType *type, GError **error)
{
  const CrmRecordType *newest;

  newest = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), type->id);
  if (newest == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("The record type “%s” was removed meanwhile. Undo that first."),
                 type->label_many);

  return newest;
}

static const CrmField *
get_field (CrmTransaction *transaction, const CrmField *field, GError **error)
{
  const CrmField *newest;

  newest = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction), field->id);
  if (newest == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("The field “%s” was removed meanwhile. Undo that first."), field->label);

  return newest;
}

/* Names of icons are made of little */
static gboolean
check_icon (const char *icon, GError **error)
{
  if (icon == NULL ||
      (*icon != '\0' && strspn (icon, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen (icon)))
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is not the name of an icon. Write one such as “starred-symbolic”."), icon);
  return FALSE;
}

gboolean
crm_schema_set_type (CrmTransaction *transaction,
                     const CrmRecordType *type,
                     const CrmTypeChange *change,
                     GError **error)
{
  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);

  type = get_type (transaction, type, error);
  if (type == NULL || !check_icon (change->icon, error))
    return FALSE;

  crm_transaction_set_subject (transaction, type, 0, NULL);
  return set_label (transaction, "type", type->id, "label", change->label, error) &&
         set_label (transaction, "type", type->id, "label_many", change->label_many, error) &&
         (change->icon == NULL || crm_transaction_set_catalogue (transaction, "type", type->id,
                                                                 "icon", change->icon, error)) &&
         crm_schema_apply (transaction, error);
}

gboolean
crm_schema_move_type (CrmTransaction *transaction,
                      const CrmRecordType *type,
                      const CrmRecordType *before,
                      GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (type != NULL, FALSE);

  type = get_type (transaction, type, error);
  if (type == NULL)
    return FALSE;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    g_array_append_val (ids, crm_catalogue_get_type_at (catalogue, i)->id);

  crm_transaction_set_subject (transaction, type, 0, NULL);
  return crm_schema_reorder (transaction, "record_type", ids, type->id,
                             before != NULL ? before->id : 0, error) &&
         crm_schema_apply (transaction, error);
}

gboolean
crm_schema_remove_type (CrmTransaction *transaction, const CrmRecordType *type, GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);

  g_return_val_if_fail (type != NULL, FALSE);

  type = get_type (transaction, type, error);
  if (type == NULL)
    return FALSE;
  if (type->standard)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” belongs to the program and cannot be removed. Only types that were"
                      " added can."),
                   type->label_many);
      return FALSE;
    }

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *other = crm_catalogue_get_type_at (catalogue, i);

      for (guint j = 0; j < other->n_fields; j++)
        if (other->id != type->id && other->fields[j]->target == type->id &&
            !crm_transaction_set_catalogue (transaction, "field", other->fields[j]->id, "state",
                                            STATE_REMOVED, error))
          return FALSE;
    }

  crm_transaction_set_subject (transaction, type, 0, NULL);
  return crm_transaction_set_catalogue (transaction, "type", type->id, "state", STATE_REMOVED,
                                        error) &&
         crm_schema_apply (transaction, error);
}

/* Fields */

static void
switch_flag (CrmFieldFlags *flags, CrmFieldFlags flag, CrmSchemaSwitch to)
{
  if (to == CRM_SCHEMA_YES)
    *flags |= flag;
  else if (to == CRM_SCHEMA_NO)
    *flags &= ~flag;
}

static gboolean
set_flags (CrmTransaction *transaction,
           const CrmRecordType *type,
           const CrmField *field,
           const CrmFieldChange *change,
           GError **error)
{
  CrmFieldFlags flags = field->flags;

  switch_flag (&flags, CRM_FIELD_REQUIRED, change->required);
  switch_flag (&flags, CRM_FIELD_UNIQUE, change->unique);
  if (flags == field->flags)
    return TRUE;

  if ((field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is kept by the program. It stays as it is."), field->label);
      return FALSE;
    }
  if ((flags & CRM_FIELD_UNIQUE) == 0 && change->unique == CRM_SCHEMA_NO &&
      has_to_be_unique (type, field))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” stays unique, for the program tells %s apart by it."), field->label,
                   type->label_many);
      return FALSE;
    }
  if ((flags & CRM_FIELD_UNIQUE) != 0 && !crm_schema_check_unique_kind (field->kind, error))
    return FALSE;

  return crm_schema_set_int (transaction, "field", field->id, "flags", flags, error);
}

static gboolean
set_reverse_label (CrmTransaction *transaction,
                   const CrmField *field,
                   const char *label,
                   GError **error)
{
  if (label != NULL && field->reverse_name == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not seen from the other side, so that side has no label."),
                   field->label);
      return FALSE;
    }

  return set_label (transaction, "field", field->id, "reverse_label", label, error);
}

static gboolean
order_options (CrmTransaction *transaction, const CrmField *field, GArray *wanted, GError **error)
{
  g_autoptr (GArray) now = g_array_new (FALSE, FALSE, sizeof (gint64));

  field = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction), field->id);
  for (guint i = 0; i < field->n_options; i++)
    g_array_append_val (now, field->options[i]->id);

  return crm_schema_set_order (transaction, "option", now, wanted, error);
}

/* Those that are there keep their values; the others are added, or removed where nobody has them */
static gboolean
set_options (CrmTransaction *transaction,
             const CrmField *field,
             const char *const *labels,
             GError **error)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (field->kind != CRM_KIND_CHOICE && field->kind != CRM_KIND_CHOICES)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("Fields of the kind “%s” have no options; use choice or choices."),
                   crm_kind_get_info (field->kind)->name);
      return FALSE;
    }
  if (crm_schema_is_pipeline (crm_transaction_get_catalogue (transaction), field) ||
      (field->n_options > 0 && field->options[0]->parent != 0))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("Pipelines and stages belong together. Change the options of “%s” one by"
                      " one."),
                   field->label);
      return FALSE;
    }

  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_autofree char *clean = crm_text_clean (labels[i], FALSE);
      const CrmOption *option;

      if (clean == NULL)
        continue;
      option = crm_field_find_option (field, clean, 0);
      if (option == NULL && !crm_schema_add_option (transaction, field, clean, 0, &option, error))
        return FALSE;
      field = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction), field->id);
      if (find_id (wanted, option->id) == wanted->len)
        g_array_append_val (wanted, option->id);
    }

  for (guint i = 0; i < field->n_options; i++)
    if (find_id (wanted, field->options[i]->id) == wanted->len &&
        !crm_schema_remove_option (transaction, field->options[i], NULL, error))
      return FALSE;

  return order_options (transaction, field, wanted, error);
}

gboolean
crm_schema_set_field (CrmTransaction *transaction,
                      const CrmField *field,
                      const CrmFieldChange *change,
                      GError **error)
{
  const CrmRecordType *type;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);

  field = get_field (transaction, field, error);
  if (field == NULL)
    return FALSE;

  type = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), field->type_id);
  crm_transaction_set_subject (transaction, type, 0, field);
  return set_label (transaction, "field", field->id, "label", change->label, error) &&
         set_reverse_label (transaction, field, change->reverse_label, error) &&
         set_flags (transaction, type, field, change, error) &&
         (change->options == NULL || set_options (transaction, field, change->options, error)) &&
         crm_schema_apply (transaction, error);
}

static gboolean
is_own (const CrmField *field)
{
  return (field->flags & CRM_FIELD_SYSTEM) == 0;
}

gboolean
crm_schema_move_field (CrmTransaction *transaction,
                       const CrmField *field,
                       const CrmField *before,
                       GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (before == NULL || before->type_id == field->type_id, FALSE);

  field = get_field (transaction, field, error);
  if (field == NULL)
    return FALSE;
  if (!is_own (field) || (before != NULL && !is_own (before)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is kept by the program. It stays as it is."),
                   is_own (field) ? before->label : field->label);
      return FALSE;
    }

  type = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), field->type_id);
  for (guint i = 0; i < type->n_fields; i++)
    if (is_own (type->fields[i]))
      g_array_append_val (ids, type->fields[i]->id);

  crm_transaction_set_subject (transaction, type, 0, field);
  return crm_schema_reorder (transaction, "field", ids, field->id, before != NULL ? before->id : 0,
                             error) &&
         crm_schema_apply (transaction, error);
}

gboolean
crm_schema_remove_field (CrmTransaction *transaction, const CrmField *field, GError **error)
{
  const CrmRecordType *type;

  g_return_val_if_fail (field != NULL, FALSE);

  field = get_field (transaction, field, error);
  if (field == NULL)
    return FALSE;

  type = crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), field->type_id);
  if (crm_schema_is_needed (type, field))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   field->id == type->label_field->id
                       ? _ ("“%s” names the records and cannot be removed.")
                       : _ ("The program works with “%s”, so it cannot be removed."),
                   field->label);
      return FALSE;
    }

  crm_transaction_set_subject (transaction, type, 0, field);
  return crm_transaction_set_catalogue (transaction, "field", field->id, "state", STATE_REMOVED,
                                        error) &&
         crm_schema_apply (transaction, error);
}
