/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-schema.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-schema-private.h"
#include "crm-standard-types.h"
#include "crm-tables.h"
#include "crm-text.h"

/* Bytes; names are typed on command lines and are keys in JSON */
#define MAX_NAME_LENGTH 60

/* What filter text and the command line mean something else by */
static const char *const reserved_names[] = {
  "id",    "and",   "or",      "not",      "any",    "none",   "all",     "in",
  "has",   "empty", "between", "contains", "starts", "ends",   "matches", "true",
  "false", "me",    "today",   "email",    "phone",  "domain",
};

static gboolean
is_valid_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > MAX_NAME_LENGTH || !g_ascii_islower (name[0]))
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '_')
      return FALSE;

  return TRUE;
}

gboolean
crm_schema_check_name (const char *name, GError **error)
{
  if (!is_valid_name (name))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” cannot be a name; use a-z, 0-9 and _, with a letter first."), name);
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (reserved_names); i++)
    if (strcmp (name, reserved_names[i]) == 0)
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                     _ ("The name “%s” has a meaning of its own already; choose another one."),
                     name);
        return FALSE;
      }

  return TRUE;
}

/* "machine_parts" → "Machine Parts" */
static char *
make_label (const char *name)
{
  GString *label = g_string_new (NULL);
  gboolean starts_word = TRUE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '_')
        g_string_append_c (label, ' ');
      else
        g_string_append_c (label, starts_word ? g_ascii_toupper (*p) : *p);
      starts_word = *p == '_';
    }

  return g_string_free (label, FALSE);
}

char *
crm_schema_choose_label (const char *label, const char *name)
{
  char *clean = label != NULL ? crm_text_clean (label, FALSE) : NULL;

  return clean != NULL ? clean : make_label (name);
}

gboolean
crm_schema_get_next_id (CrmTransaction *transaction, const char *table, gint64 *id, GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autofree char *sql = g_strdup_printf ("SELECT max (id) FROM %s", table);

  if (!crm_connection_query_int (connection, sql, 0, id, error))
    return FALSE;

  *id += 1;

  return TRUE;
}

gboolean
crm_schema_log_creation (CrmTransaction *transaction, const char *object, gint64 id, GError **error)
{
  return crm_transaction_log_catalogue (transaction, object, id, "state", NULL, "0", error);
}

static gboolean
insert_type (CrmTransaction *transaction,
             gint64 id,
             const char *name,
             const char *label,
             const char *label_many,
             GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (connection,
                                      "INSERT INTO record_type (id, name, label, label_many, icon,"
                                      " position) VALUES (?1, ?2, ?3, ?4, 'crm-type-symbolic',"
                                      " (SELECT max (position) + 1 FROM record_type))",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_text (statement, 2, name);
  crm_statement_bind_text (statement, 3, label);
  crm_statement_bind_text (statement, 4, label_many);

  return crm_statement_run (statement, error) &&
         crm_schema_log_creation (transaction, "type", id, error);
}

static gboolean
set_label_field (CrmTransaction *transaction, gint64 type_id, gint64 field_id, GError **error)
{
  return crm_connection_executef (crm_transaction_get_connection (transaction), error,
                                  "UPDATE record_type SET label_field = %" G_GINT64_FORMAT
                                  " WHERE id = %" G_GINT64_FORMAT,
                                  field_id, type_id);
}

/* Own fields go before those of the system. */
static gboolean
insert_field (CrmTransaction *transaction,
              gint64 type_id,
              const CrmFieldSpec *spec,
              gint64 target,
              gint64 *field_id,
              GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *label = crm_schema_choose_label (spec->label, spec->name);
  g_autofree char *reverse_label = NULL;
  g_autofree char *target_text = NULL;

  if (!crm_schema_get_next_id (transaction, "field", field_id, error))
    return FALSE;

  statement = crm_connection_prepare (connection,
                                      "INSERT INTO field (id, type_id, name, label, kind,"
                                      " position, flags, target, reverse_name, reverse_label)"
                                      " VALUES (?1, ?2, ?3, ?4, ?5,"
                                      " (SELECT coalesce (max (position), 0) + 1 FROM field"
                                      "  WHERE type_id = ?2 AND position < ?10),"
                                      " ?6, ?7, ?8, ?9)",
                                      error);
  if (statement == NULL)
    return FALSE;

  if (target != 0)
    target_text = g_strdup_printf ("%" G_GINT64_FORMAT, target);
  if (spec->reverse_name != NULL)
    reverse_label = crm_schema_choose_label (spec->reverse_label, spec->reverse_name);

  crm_statement_bind_int (statement, 1, *field_id);
  crm_statement_bind_int (statement, 2, type_id);
  crm_statement_bind_text (statement, 3, spec->name);
  crm_statement_bind_text (statement, 4, label);
  crm_statement_bind_text (statement, 5, crm_kind_get_info (spec->kind)->name);
  crm_statement_bind_int (statement, 6, spec->flags);
  crm_statement_bind_text (statement, 7, target_text);
  crm_statement_bind_text (statement, 8, spec->reverse_name);
  crm_statement_bind_text (statement, 9, reverse_label);
  crm_statement_bind_int (statement, 10, CRM_SYSTEM_FIELD_POSITION);

  return crm_statement_run (statement, error) &&
         crm_schema_log_creation (transaction, "field", *field_id, error);
}

static gboolean
is_option_name_free (CrmTransaction *transaction,
                     gint64 field_id,
                     gint64 parent,
                     const char *name,
                     gboolean *is_free,
                     GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  GError *local_error = NULL;

  statement = crm_connection_prepare (crm_transaction_get_connection (transaction),
                                      "SELECT 1 FROM option WHERE field_id = ?1 AND name = ?2"
                                      " AND coalesce (parent, 0) = ?3 AND state = 0",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, field_id);
  crm_statement_bind_text (statement, 2, name);
  crm_statement_bind_int (statement, 3, parent);
  *is_free = !crm_statement_step (statement, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}

/* Where more than spaces and hyphens of the label are lost ("C++"), the id tells the name apart,
 * so that it is not what somebody means by "C". */
static char *
make_option_name (CrmTransaction *transaction,
                  gint64 field_id,
                  gint64 parent,
                  gint64 option_id,
                  const char *label,
                  GError **error)
{
  g_autofree char *name = crm_catalogue_make_name (label);
  g_autofree char *folded = crm_text_fold (label);
  gboolean is_free;

  if (!is_option_name_free (transaction, field_id, parent, name, &is_free, error))
    return NULL;

  g_strdelimit (folded, " -", '_');
  if (is_free && *name != '\0' && strcmp (name, folded) == 0)
    return g_steal_pointer (&name);

  return g_strdup_printf ("%s_%" G_GINT64_FORMAT, *name != '\0' ? name : "option", option_id);
}

static gboolean
insert_option (CrmTransaction *transaction,
               gint64 field_id,
               const char *label,
               gint64 parent,
               gint64 *option_id,
               GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *name = NULL;

  if (!crm_schema_get_next_id (transaction, "option", option_id, error))
    return FALSE;

  statement = crm_connection_prepare (connection,
                                      "INSERT INTO option (id, field_id, name, label, position,"
                                      " parent, probability, outcome) VALUES (?1, ?2, ?3, ?4,"
                                      " (SELECT coalesce (max (position), 0) + 1 FROM option"
                                      "  WHERE field_id = ?2), ?5, ?6, ?7)",
                                      error);
  if (statement == NULL)
    return FALSE;

  name = make_option_name (transaction, field_id, parent, *option_id, label, error);
  if (name == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, *option_id);
  crm_statement_bind_int (statement, 2, field_id);
  crm_statement_bind_text (statement, 3, name);
  crm_statement_bind_text (statement, 4, label);
  if (parent != 0)
    {
      /* A new stage is open; how likely it leads to a deal is for people to say. */
      crm_statement_bind_int (statement, 5, parent);
      crm_statement_bind_int (statement, 6, 0);
      crm_statement_bind_text (statement, 7, crm_outcome_to_name (CRM_OUTCOME_OPEN));
    }

  return crm_statement_run (statement, error) &&
         crm_schema_log_creation (transaction, "option", *option_id, error);
}

/* Two labels that read the same are one option. */
static gboolean
insert_options (CrmTransaction *transaction,
                gint64 field_id,
                const char *const *labels,
                GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    {
      g_autofree char *label = crm_text_clean (labels[i], FALSE);
      gint64 option_id;

      if (label == NULL || !g_hash_table_add (seen, crm_text_fold (label)))
        continue;

      if (!insert_option (transaction, field_id, label, 0, &option_id, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_schema_check_unique_kind (CrmKind kind, GError **error)
{
  static const CrmKind kinds[] = {
    CRM_KIND_TEXT, CRM_KIND_EMAILS, CRM_KIND_PHONES, CRM_KIND_DOMAINS, CRM_KIND_LINKS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == kind)
      return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("Fields of the kind “%s” cannot be unique; use text, e-mail addresses,"
                  " phone numbers, domains or links."),
               crm_kind_get_info (kind)->name);
  return FALSE;
}

static gboolean
check_flags (const CrmFieldSpec *spec, GError **error)
{
  if ((spec->flags & CRM_FIELD_UNIQUE) && !crm_schema_check_unique_kind (spec->kind, error))
    return FALSE;

  if (spec->options != NULL && spec->options[0] != NULL && spec->kind != CRM_KIND_CHOICE &&
      spec->kind != CRM_KIND_CHOICES)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("Fields of the kind “%s” have no options; use choice or choices."),
                   crm_kind_get_info (spec->kind)->name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_reverse_name (const CrmCatalogue *catalogue,
                    const CrmRecordType *target,
                    const CrmFieldSpec *spec,
                    GError **error)
{
  if (spec->reverse_name == NULL)
    return TRUE;

  if (!crm_schema_check_name (spec->reverse_name, error))
    return FALSE;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      if (target != NULL && target->id != type->id)
        continue;

      if (crm_record_type_find_field (type, spec->reverse_name) != NULL ||
          crm_catalogue_find_reverse (catalogue, type, spec->reverse_name) != NULL)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                       _ ("%s have a field “%s” already; choose another name."), type->label_many,
                       spec->reverse_name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_field (const CrmCatalogue *catalogue,
             const CrmRecordType *type,
             const CrmFieldSpec *spec,
             GError **error)
{
  if (!crm_schema_check_name (spec->name, error) || !check_flags (spec, error))
    return FALSE;

  if (crm_record_type_find_field (type, spec->name) != NULL ||
      crm_catalogue_find_reverse (catalogue, type, spec->name) != NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                   _ ("%s have a field “%s” already; choose another name."), type->label_many,
                   spec->name);
      return FALSE;
    }

  return !crm_kind_is_relation (spec->kind) ||
         check_reverse_name (catalogue, spec->target, spec, error);
}

gboolean
crm_schema_add_type (CrmTransaction *transaction,
                     const char *name,
                     const char *label,
                     const char *label_many,
                     const CrmRecordType **type,
                     GError **error)
{
  const CrmCatalogue *catalogue;
  const CrmRecordType *made;
  CrmFieldSpec name_field = { .name = "name", .kind = CRM_KIND_TEXT, .flags = CRM_FIELD_SORT_KEY };
  g_autofree char *one = NULL;
  g_autofree char *many = NULL;
  gint64 type_id;
  gint64 field_id;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (!crm_schema_check_name (name, error))
    return FALSE;

  if (crm_catalogue_find_type (crm_transaction_get_catalogue (transaction), name) != NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                   _ ("There is a record type “%s” already; choose another name."), name);
      return FALSE;
    }

  one = crm_schema_choose_label (label, name);
  many = crm_schema_choose_label (label_many, name);
  name_field.label = _ ("Name");

  if (!crm_schema_get_next_id (transaction, "record_type", &type_id, error) ||
      !insert_type (transaction, type_id, name, one, many, error) ||
      !insert_field (transaction, type_id, &name_field, 0, &field_id, error) ||
      !set_label_field (transaction, type_id, field_id, error) ||
      !crm_standard_types_add_system_fields (crm_transaction_get_connection (transaction), type_id,
                                             error) ||
      !crm_transaction_reload_catalogue (transaction, error))
    return FALSE;

  catalogue = crm_transaction_get_catalogue (transaction);
  made = crm_catalogue_get_type (catalogue, type_id);
  g_assert (made != NULL);

  if (type != NULL)
    *type = made;

  return crm_tables_create_type (crm_transaction_get_connection (transaction), made, error);
}

gboolean
crm_schema_add_field (CrmTransaction *transaction,
                      const CrmRecordType *type,
                      const CrmFieldSpec *spec,
                      const CrmField **field,
                      GError **error)
{
  const CrmCatalogue *catalogue;
  const CrmField *made;
  const CrmRecordType *members;
  gint64 target = 0;
  gint64 field_id;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (spec != NULL && spec->name != NULL, FALSE);

  /* @type may be of an older snapshot than this act's. */
  catalogue = crm_transaction_get_catalogue (transaction);
  type = crm_catalogue_get_type (catalogue, type->id);
  g_return_val_if_fail (type != NULL, FALSE);

  if (!check_field (catalogue, type, spec, error))
    return FALSE;

  if (spec->kind == CRM_KIND_MEMBER)
    {
      members = crm_catalogue_require_type (catalogue, "members", error);
      if (members == NULL)
        return FALSE;
      target = members->id;
    }
  else if (crm_kind_is_relation (spec->kind) && spec->target != NULL)
    {
      target = spec->target->id;
    }

  if (!insert_field (transaction, type->id, spec, target, &field_id, error) ||
      !insert_options (transaction, field_id, spec->options, error) ||
      !crm_transaction_reload_catalogue (transaction, error))
    return FALSE;

  catalogue = crm_transaction_get_catalogue (transaction);
  made = crm_catalogue_get_field (catalogue, field_id);
  g_assert (made != NULL);

  if (field != NULL)
    *field = made;

  /* What is only tried leaves no trace in the tables. */
  if (crm_transaction_is_rehearsal (transaction))
    return TRUE;

  return crm_tables_add_field (crm_transaction_get_connection (transaction),
                               crm_catalogue_get_type (catalogue, type->id), made, error);
}

gboolean
crm_schema_add_option (CrmTransaction *transaction,
                       const CrmField *field,
                       const char *label,
                       gint64 parent,
                       const CrmOption **option,
                       GError **error)
{
  g_autofree char *clean = NULL;
  const CrmOption *made;
  gint64 option_id;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (label != NULL, FALSE);

  field = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction), field->id);
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (field->kind == CRM_KIND_CHOICE || field->kind == CRM_KIND_CHOICES, FALSE);

  clean = crm_text_clean (label, FALSE);
  if (clean == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("An option of “%s” needs a name; write one."), field->label);
      return FALSE;
    }

  if (crm_field_find_option (field, clean, parent) != NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                   _ ("“%s” has an option “%s” already; choose another name."), field->label,
                   clean);
      return FALSE;
    }

  if (!insert_option (transaction, field->id, clean, parent, &option_id, error) ||
      !crm_transaction_reload_catalogue (transaction, error))
    return FALSE;

  made = crm_catalogue_get_option (crm_transaction_get_catalogue (transaction), option_id);
  g_assert (made != NULL);

  if (option != NULL)
    *option = made;

  return TRUE;
}
