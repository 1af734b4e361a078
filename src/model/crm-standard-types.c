/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-standard-types.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-standard-types-private.h"
#include "crm-standard-views.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

#define KEY_VERSION "standard_fields"

/* What is added to the description goes behind what is there, whatever its state. */
static gboolean
get_next_id (CrmConnection *connection, const char *sql, gint64 *id, GError **error)
{
  if (!crm_connection_query_int (connection, sql, 0, id, error))
    return FALSE;

  *id += 1;

  return TRUE;
}

static gboolean
add_option (CrmConnection *connection,
            gint64 field_id,
            const CrmStandardOption *spec,
            int position,
            gint64 parent,
            gint64 *option_id,
            GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  gint64 id;

  if (!get_next_id (connection, "SELECT max (id) FROM option", &id, error))
    return FALSE;

  statement = crm_connection_prepare (connection,
                                      "INSERT INTO option (id, field_id, name, label, color,"
                                      " position, parent, probability, outcome)"
                                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_int (statement, 2, field_id);
  crm_statement_bind_text (statement, 3, spec->name);
  crm_statement_bind_text (statement, 4, _ (spec->label));
  crm_statement_bind_text (statement, 5, spec->color);
  crm_statement_bind_int (statement, 6, position);
  if (parent != 0)
    crm_statement_bind_int (statement, 7, parent);
  if (spec->outcome != CRM_OUTCOME_NONE)
    crm_statement_bind_int (statement, 8, spec->probability);
  crm_statement_bind_text (statement, 9, crm_outcome_to_name (spec->outcome));

  if (option_id != NULL)
    *option_id = id;

  return crm_statement_run (statement, error);
}

/* A stage is an option whose parent is an option of the field `pipeline` beside it. */
static gboolean
add_options (CrmConnection *connection,
             gint64 field_id,
             const CrmStandardField *spec,
             gint64 *pipeline,
             GError **error)
{
  gint64 option_id = 0;

  if (spec->options == NULL)
    return TRUE;

  for (int i = 0; spec->options[i].name != NULL; i++)
    {
      gboolean is_stage = spec->options[i].outcome != CRM_OUTCOME_NONE;

      if (!add_option (connection, field_id, &spec->options[i], i + 1, is_stage ? *pipeline : 0,
                       &option_id, error))
        return FALSE;
    }

  if (strcmp (spec->name, "pipeline") == 0)
    *pipeline = option_id;

  return TRUE;
}

/* The id of a standard type; 0 for none, that is records of any type */
static gint64
get_target (const CrmStandardField *spec)
{
  const char *target = spec->kind == CRM_KIND_MEMBER ? "members" : spec->target;

  if (target != NULL)
    for (guint i = 0; i < crm_n_standard_types; i++)
      if (strcmp (crm_standard_types[i].name, target) == 0)
        return i + 1;

  return 0;
}

static gboolean
add_field (CrmConnection *connection,
           gint64 type_id,
           const CrmStandardField *spec,
           int position,
           gint64 *field_id,
           GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *target = NULL;
  gint64 id;

  if (!get_next_id (connection, "SELECT max (id) FROM field", &id, error))
    return FALSE;

  statement = crm_connection_prepare (connection,
                                      "INSERT INTO field (id, type_id, name, label, kind,"
                                      " position, flags, target, reverse_name, reverse_label)"
                                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                                      error);
  if (statement == NULL)
    return FALSE;

  if (get_target (spec) != 0)
    target = g_strdup_printf ("%" G_GINT64_FORMAT, get_target (spec));

  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_int (statement, 2, type_id);
  crm_statement_bind_text (statement, 3, spec->name);
  crm_statement_bind_text (statement, 4, _ (spec->label));
  crm_statement_bind_text (statement, 5, crm_kind_get_info (spec->kind)->name);
  crm_statement_bind_int (statement, 6, position);
  crm_statement_bind_int (statement, 7, spec->flags | CRM_FIELD_STANDARD);
  crm_statement_bind_text (statement, 8, target);
  crm_statement_bind_text (statement, 9, spec->reverse_name);
  crm_statement_bind_text (statement, 10,
                           spec->reverse_label != NULL ? _ (spec->reverse_label) : NULL);

  *field_id = id;

  return crm_statement_run (statement, error);
}

static gboolean
add_type (CrmConnection *connection, gint64 id, const CrmStandardType *spec, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  gint64 label_field_id = 0;
  gint64 pipeline = 0;

  for (int i = 0; spec->fields[i].name != NULL; i++)
    {
      gint64 field_id;

      if (!add_field (connection, id, &spec->fields[i], i + 1, &field_id, error) ||
          !add_options (connection, field_id, &spec->fields[i], &pipeline, error))
        return FALSE;

      if (spec->fields[i].flags & CRM_FIELD_SORT_KEY)
        label_field_id = field_id;
    }

  g_assert (label_field_id != 0);

  statement = crm_connection_prepare (connection,
                                      "UPDATE record_type SET label_field = ?1 WHERE id = ?2",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, label_field_id);
  crm_statement_bind_int (statement, 2, id);

  return crm_statement_run (statement, error) &&
         crm_standard_types_add_system_fields (connection, id, error);
}

/* All types before their fields, which refer to each other's types. */
static gboolean
insert_types (CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (connection,
                                      "INSERT INTO record_type (id, name, label, label_many, icon,"
                                      " position, standard) VALUES (?1, ?2, ?3, ?4, ?5, ?1, 1)",
                                      error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < crm_n_standard_types; i++)
    {
      const CrmStandardType *spec = &crm_standard_types[i];

      crm_statement_bind_int (statement, 1, i + 1);
      crm_statement_bind_text (statement, 2, spec->name);
      crm_statement_bind_text (statement, 3, _ (spec->label));
      crm_statement_bind_text (statement, 4, _ (spec->label_many));
      crm_statement_bind_text (statement, 5, spec->icon);

      if (!crm_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_version (CrmConnection *connection, GError **error)
{
  return crm_connection_executef (connection, error,
                                  "INSERT OR REPLACE INTO meta (key, value) VALUES ('" KEY_VERSION
                                  "', %d)",
                                  CRM_STANDARD_FIELDS_VERSION);
}

static gboolean
read_version (CrmConnection *connection, gpointer data, GError **error)
{
  gint64 *version = data;

  return crm_connection_query_int (connection,
                                   "SELECT value FROM meta WHERE key = '" KEY_VERSION "'", 1,
                                   version, error);
}

/* Whether @spec is to be added to the type. A name that the user took for a field is theirs. */
static gboolean
is_missing (CrmConnection *connection,
            gint64 type_id,
            const CrmStandardField *spec,
            gint64 *missing,
            GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT 1 FROM record_type AS t WHERE t.id = %" ID " AND t.standard = 1"
                         " AND NOT EXISTS (SELECT 1 FROM field AS f WHERE f.type_id = t.id"
                         " AND f.name = '%s' AND f.state = 0)",
                         type_id, spec->name);

  return crm_connection_query_int (connection, sql, 0, missing, error);
}

static gboolean
upgrade_field (CrmConnection *connection,
               gint64 type_id,
               const CrmStandardField *spec,
               GError **error)
{
  const CrmRecordType type = { .id = type_id };
  CrmField field = { .type_id = type_id, .kind = spec->kind, .flags = spec->flags };
  g_autofree char *sql = NULL;
  gint64 missing = 0;
  gint64 pipeline = 0;
  gint64 last = 0;

  if (!is_missing (connection, type_id, spec, &missing, error))
    return FALSE;
  if (!missing)
    return TRUE;

  sql = g_strdup_printf ("SELECT coalesce (max (position), 0) FROM field WHERE type_id = %" ID
                         " AND position < %d",
                         type_id, CRM_SYSTEM_FIELD_POSITION);
  field.target = get_target (spec);

  return crm_connection_query_int (connection, sql, 0, &last, error) &&
         add_field (connection, type_id, spec, (int) last + 1, &field.id, error) &&
         add_options (connection, field.id, spec, &pipeline, error) &&
         crm_tables_add_field (connection, &type, &field, error);
}

/* Two processes may both have seen that something is missing. */
static gboolean
upgrade_func (CrmConnection *connection, gpointer data, GError **error)
{
  gint64 version = 0;

  if (!read_version (connection, &version, error))
    return FALSE;
  if (version >= CRM_STANDARD_FIELDS_VERSION)
    return TRUE;

  for (guint i = 0; i < crm_n_standard_types; i++)
    for (const CrmStandardField *spec = crm_standard_types[i].fields; spec->name != NULL; spec++)
      if (spec->since > version && !upgrade_field (connection, i + 1, spec, error))
        return FALSE;

  return crm_standard_views_add (connection, version, error) && write_version (connection, error);
}

gboolean
crm_standard_types_create (CrmConnection *connection, GError **error)
{
  g_autoptr (CrmCatalogue) catalogue = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);

  if (!insert_types (connection, error))
    return FALSE;

  for (guint i = 0; i < crm_n_standard_types; i++)
    if (!add_type (connection, i + 1, &crm_standard_types[i], error))
      return FALSE;

  catalogue = crm_catalogue_load (connection, error);
  if (catalogue == NULL)
    return FALSE;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!crm_tables_create_type (connection, crm_catalogue_get_type_at (catalogue, i), error))
      return FALSE;

  return crm_standard_views_add (connection, 0, error) && write_version (connection, error);
}

gboolean
crm_standard_types_upgrade (CrmDatabase *database, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 version = 0;

  g_return_val_if_fail (CRM_IS_DATABASE (database), FALSE);

  if (!crm_database_read (database, read_version, &version, cancellable, error))
    return FALSE;
  if (version >= CRM_STANDARD_FIELDS_VERSION || crm_database_is_read_only (database))
    return TRUE;
  if (crm_database_write (database, upgrade_func, NULL, cancellable, &local_error))
    return TRUE;

  /* Everything works without them; they come when the file is opened another time. */
  if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_LOCKED) ||
      g_error_matches (local_error, CRM_ERROR, CRM_ERROR_READ_ONLY) ||
      g_error_matches (local_error, CRM_ERROR, CRM_ERROR_DISK_FULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

gboolean
crm_standard_types_add_system_fields (CrmConnection *connection, gint64 type_id, GError **error)
{
  gint64 field_id;

  g_return_val_if_fail (connection != NULL, FALSE);

  for (int i = 0; crm_system_fields[i].name != NULL; i++)
    if (!add_field (connection, type_id, &crm_system_fields[i], CRM_SYSTEM_FIELD_POSITION + i,
                    &field_id, error))
      return FALSE;

  return TRUE;
}
