/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an option may go. */

#include "config.h"

#include "crm-convert.h"
#include "crm-history-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

/* The options of @field that live records have: one look at all records, however many options there are */
static gboolean
load_used_options (CrmRevert *self, const CrmField *field, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  if (!g_hash_table_add (self->used_fields, g_memdup2 (&field->id, sizeof field->id)))
    return TRUE;

  if (crm_kind_is_repeated (field->kind))
    sql = g_strdup_printf ("SELECT DISTINCT id FROM " CRM_ITEM_TABLE " WHERE live = 1", field->id);
  else
    sql = g_strdup_printf ("SELECT DISTINCT " CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                           " WHERE state = 0",
                           field->id, field->type_id);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_hash_table_add (self->used_options, g_memdup2 (&id, sizeof id));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* The last change set of what is turned round */
static gint64
get_last_set (CrmRevert *self)
{
  const char *last = strrchr (self->sets, ' ');

  return g_ascii_strtoll (last != NULL ? last + 1 : self->sets, NULL, 10);
}

/* The live records that have the option, whether each lived after the set ?1, and, where the field has changed since,
 * what it had then */
static char *
make_users_sql (const CrmField *field, gint64 option_id)
{
  g_autofree char *users = NULL;

  if (crm_kind_is_repeated (field->kind))
    users = g_strdup_printf ("SELECT record AS id FROM " CRM_ITEM_TABLE
                             " WHERE live = 1 AND id = %" ID,
                             field->id, option_id);
  else
    users = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE
                             " WHERE state = 0 AND " CRM_VALUE_COLUMN " = %" ID,
                             field->type_id, field->id, option_id);

  return g_strdup_printf (
      "SELECT coalesce ((SELECT lived FROM ("
      "SELECT set_id, CAST (old AS TEXT) IS '0' AS lived FROM change"
      " WHERE record_id = u.id AND field_id = %d AND set_id > ?1"
      " UNION ALL SELECT set_id, old_state IS 0 FROM change_range"
      " WHERE type_id = %" ID " AND u.id BETWEEN first_id AND last_id AND set_id > ?1"
      " ORDER BY 1 LIMIT 1)), 1), c.record_id, c.old"
      " FROM (%s) AS u LEFT JOIN change AS c ON c.record_id = u.id AND c.field_id = %" ID
      " AND c.set_id = (SELECT min (d.set_id) FROM change AS d WHERE d.record_id = u.id"
      " AND d.field_id = %" ID " AND d.set_id > ?1)",
      CRM_CHANGE_FIELD_STATE, field->type_id, users, field->id, field->id);
}

static gboolean
had_option (const CrmField *field, const char *text, gint64 option_id)
{
  const CrmItem option = { .id = option_id };
  g_autoptr (CrmValue) value = text != NULL ? crm_value_decode (field, text) : NULL;

  return value != NULL && crm_value_has_item (value, &option);
}

/* Whether a record has the option that did not have it, or did not live, when the undo gave it back */
static gboolean
is_taken_since (CrmRevert *self,
                const CrmField *field,
                gint64 option_id,
                gboolean *taken,
                GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = make_users_sql (field, option_id);

  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, get_last_set (self));
  while (!*taken && crm_statement_step (statement, &local_error))
    {
      gboolean lived = crm_statement_get_int (statement, 0) != 0;
      gboolean changed = !crm_statement_is_null (statement, 1);

      *taken = !lived ||
               (changed && !had_option (field, crm_statement_get_text (statement, 2), option_id));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Whether the option is the pipeline of a live stage; for a redo, of one that was not there before */
static gboolean
has_stages (CrmRevert *self, gint64 option_id, gboolean *found, GError **error)
{
  g_autofree char *since = NULL;
  g_autofree char *sql = NULL;
  gint64 value = 0;

  if (self->redo)
    since = g_strdup_printf (" AND NOT coalesce ((SELECT CAST (c.old AS TEXT) IS '0'"
                             " FROM catalogue_change AS c WHERE c.object = 'option'"
                             " AND c.object_id = o.id AND c.attribute = 'state'"
                             " AND c.set_id > %" ID " ORDER BY c.set_id LIMIT 1), 1)",
                             get_last_set (self));
  sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM option AS o WHERE o.parent = %" ID
                         " AND o.state = 0%s)",
                         option_id, since != NULL ? since : "");
  if (!crm_connection_query_int (self->connection, sql, 0, &value, error))
    return FALSE;

  *found = value != 0;
  return TRUE;
}

gboolean
crm_revert_is_option_in_use (CrmRevert *self, gint64 option_id, gboolean *in_use, GError **error)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  const CrmOption *option = crm_catalogue_get_option (catalogue, option_id);
  const CrmField *field = NULL;

  *in_use = FALSE;
  if (option != NULL)
    field = crm_catalogue_get_field (catalogue, option->field_id);
  if (field == NULL)
    return TRUE;

  if (!load_used_options (self, field, error) || !has_stages (self, option_id, in_use, error))
    return FALSE;
  if (*in_use || !g_hash_table_contains (self->used_options, &option_id))
    return TRUE;
  if (self->redo)
    return is_taken_since (self, field, option_id, in_use, error);

  *in_use = TRUE;
  return TRUE;
}
