/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undoing what an act did to types, fields and options. Their columns stay; only their state and words
 * change. */

#include "config.h"

#include "crm-history-private.h"
#include "crm-search.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  char *object;
  gint64 object_id;
  char *attribute;
  char *old_text;
  char *new_text;
} CatalogueChange;

static void
free_change (gpointer data)
{
  CatalogueChange *change = data;

  g_free (change->object);
  g_free (change->attribute);
  g_free (change->old_text);
  g_free (change->new_text);
  g_free (change);
}

static GPtrArray *
load_changes (CrmRevert *self, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (free_change);
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  /* The newest first, so that a stage goes before the pipeline that it belongs to */
  sql = g_strdup_printf ("SELECT object, object_id, attribute, old, new FROM catalogue_change"
                         " WHERE set_id IN (%s) ORDER BY set_id DESC, object_id DESC",
                         self->sets);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return NULL;

  while (crm_statement_step (statement, &local_error))
    {
      CatalogueChange *change = g_new0 (CatalogueChange, 1);

      change->object = g_strdup (crm_statement_get_text (statement, 0));
      change->object_id = crm_statement_get_int (statement, 1);
      change->attribute = g_strdup (crm_statement_get_text (statement, 2));
      change->old_text = g_strdup (crm_statement_get_text (statement, 3));
      change->new_text = g_strdup (crm_statement_get_text (statement, 4));
      g_ptr_array_add (changes, change);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&changes);
}

static gboolean
is_state (const CatalogueChange *change)
{
  return g_str_equal (change->attribute, "state");
}

/* Whether somebody changed it after the act; that stays */
static gboolean
has_changed_since (CrmRevert *self,
                   const CatalogueChange *change,
                   gboolean *changed,
                   GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean is_type = g_str_equal (change->object, "type");

  sql = g_strdup_printf ("SELECT CAST (%s AS TEXT) FROM %s WHERE id = ?1", change->attribute,
                         is_type ? "record_type" : change->object);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, change->object_id);
  if (!crm_statement_step (statement, error))
    return FALSE;

  *changed = g_strcmp0 (crm_statement_get_text (statement, 0), change->new_text) != 0;
  return TRUE;
}

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

/* An option that a live record has, or that is the pipeline of a live stage, stays whoever made it: nothing that
 * people see may lose its value by an undo of something else */
static gboolean
is_option_in_use (CrmRevert *self, gint64 option_id, gboolean *in_use, GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (self->transaction);
  const CrmOption *option = crm_catalogue_get_option (catalogue, option_id);
  const CrmField *field = NULL;
  g_autofree char *sql = NULL;
  gint64 found = 0;

  *in_use = FALSE;
  if (option != NULL)
    field = crm_catalogue_get_field (catalogue, option->field_id);
  if (field == NULL)
    return TRUE;

  sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM option WHERE parent = %" ID
                         " AND state = 0)",
                         option_id);
  if (!load_used_options (self, field, error) ||
      !crm_connection_query_int (self->connection, sql, 0, &found, error))
    return FALSE;

  *in_use = found != 0 || g_hash_table_contains (self->used_options, &option_id);
  return TRUE;
}

/* The type whose search entries are not right any more when the field comes or goes; 0 for none */
static gboolean
find_searched_type (CrmRevert *self, gint64 field_id, gint64 *type_id, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  CrmKind kind;

  *type_id = 0;
  statement = crm_connection_prepare (self->connection,
                                      "SELECT kind, type_id FROM field WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, field_id);
  if (!crm_statement_step (statement, error))
    return FALSE;

  if (crm_kind_from_name (crm_statement_get_text (statement, 0), &kind) &&
      crm_kind_get_info (kind)->searched)
    *type_id = crm_statement_get_int (statement, 1);
  return TRUE;
}

/* Entries of the search index are removed by their text, so they must always be of the fields that there are */
static gboolean
rebuild_search (CrmRevert *self, GPtrArray *changes, GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (self->transaction);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const CatalogueChange *change = g_ptr_array_index (changes, i);
      const CrmRecordType *type;
      gint64 type_id;

      if (!g_str_equal (change->object, "field") || !is_state (change))
        continue;
      if (!find_searched_type (self, change->object_id, &type_id, error))
        return FALSE;

      type = crm_catalogue_get_type (catalogue, type_id);
      if (type != NULL && g_hash_table_add (done, (gpointer) type) &&
          !crm_search_rebuild (crm_transaction_get_store (self->transaction), self->connection,
                               type, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_revert_catalogue (CrmRevert *self, gboolean to_live, GError **error)
{
  g_autoptr (GPtrArray) changes = load_changes (self, error);
  gboolean any = FALSE;

  if (changes == NULL)
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      const CatalogueChange *change = g_ptr_array_index (changes, i);
      const char *old_text = change->old_text;
      gboolean leaves;
      gboolean changed;

      if (is_state (change) && old_text == NULL)
        old_text = "2";
      leaves = is_state (change) && !g_str_equal (old_text, "0");
      if (leaves == to_live)
        continue;

      if (!has_changed_since (self, change, &changed, error))
        return FALSE;
      if (!changed && leaves && g_str_equal (change->object, "option") &&
          !is_option_in_use (self, change->object_id, &changed, error))
        return FALSE;
      if (changed)
        continue;

      if (!crm_transaction_set_catalogue (self->transaction, change->object, change->object_id,
                                          change->attribute, old_text, error))
        return FALSE;
      any = TRUE;
    }

  return !any || (crm_transaction_reload_catalogue (self->transaction, error) &&
                  rebuild_search (self, changes, error));
}
