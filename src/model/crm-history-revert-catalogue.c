/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undoing what an act did to types, fields, options, views and other small things. Columns of fields stay; only
 * the state and the words of what describes them change, and crm_schema_apply() does the rest. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-history-private.h"
#include "crm-schema-private.h"
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

static const char *
get_table (const CatalogueChange *change)
{
  return g_str_equal (change->object, "type") ? "record_type" : change->object;
}

/* @now: (transfer full) (nullable) */
static gboolean
read_now (CrmRevert *self, const CatalogueChange *change, char **now, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT CAST (%s AS TEXT) FROM %s WHERE id = ?1", change->attribute,
                         get_table (change));
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, change->object_id);
  if (!crm_statement_step (statement, error))
    return FALSE;

  *now = g_strdup (crm_statement_get_text (statement, 0));
  return TRUE;
}

/* Whether @change is one of the rows that are there once only, and another one is there by now */
static gboolean
is_replaced (CrmRevert *self, const CatalogueChange *change, gboolean *replaced, GError **error)
{
  static const struct
  {
    const char *object;
    const char *same; /* row a comes back, row b is there */
  } twins[] = {
    { "type", "b.name = a.name" },
    { "field", "b.type_id = a.type_id AND b.name = a.name" },
    { "option", "b.field_id = a.field_id AND b.name = a.name"
                " AND coalesce (b.parent, 0) = coalesce (a.parent, 0)" },
    { "view", "b.type_id = a.type_id AND b.name = a.name" },
    { "pin", "b.record_id = a.record_id AND b.entry_id = a.entry_id" },
    { "distinct_pair", "b.low_id = a.low_id AND b.high_id = a.high_id" },
  };
  const char *same = NULL;
  g_autofree char *sql = NULL;
  gint64 found = 0;

  *replaced = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (twins); i++)
    if (g_str_equal (twins[i].object, change->object))
      same = twins[i].same;
  if (same == NULL)
    return TRUE;

  sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM %s AS a JOIN %s AS b ON %s"
                         " WHERE a.id = %" ID " AND b.id <> a.id AND b.state = 0)",
                         get_table (change), get_table (change), same, change->object_id);
  if (!crm_connection_query_int (self->connection, sql, 0, &found, error))
    return FALSE;

  *replaced = found != 0;
  return TRUE;
}

/* The other side of a relation, and a field of the type that it leads to, cannot go by one name */
static gboolean
is_reverse_taken (CrmRevert *self, const CatalogueChange *change, gboolean *taken, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 found = 0;

  *taken = FALSE;
  if (!g_str_equal (change->object, "field"))
    return TRUE;

  sql = g_strdup_printf (
      "SELECT EXISTS (SELECT 1 FROM field AS a JOIN field AS b ON b.id <> a.id AND b.state = 0"
      " WHERE a.id = %" ID " AND ("
      "(b.name = a.reverse_name AND (a.target IS NULL OR b.type_id = a.target)) OR "
      "(b.reverse_name = a.name AND (b.target IS NULL OR a.type_id = b.target)) OR "
      "(b.reverse_name = a.reverse_name AND"
      " (a.target IS NULL OR b.target IS NULL OR a.target = b.target))))",
      change->object_id);
  if (!crm_connection_query_int (self->connection, sql, 0, &found, error))
    return FALSE;

  *taken = found != 0;
  return TRUE;
}

static char *
read_name (CrmRevert *self, const CatalogueChange *change)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM %s WHERE id = ?1", get_table (change));

  statement = crm_connection_prepare (self->connection, sql, NULL);
  if (statement == NULL)
    return g_strdup ("");

  crm_statement_bind_int (statement, 1, change->object_id);
  return crm_statement_step (statement, NULL) ? g_strdup (crm_statement_get_text (statement, 0))
                                              : g_strdup ("");
}

/* What comes back needs its name. Whether it can: @wanted; who decides for what is there now gets that. */
static gboolean
check_name_is_free (CrmRevert *self,
                    const CatalogueChange *change,
                    gboolean *wanted,
                    GError **error)
{
  gboolean replaced = FALSE;
  gboolean taken = FALSE;
  g_autofree char *name = NULL;

  if (!is_replaced (self, change, &replaced, error) ||
      !is_reverse_taken (self, change, &taken, error))
    return FALSE;

  /* A pin is a pin, whoever put it there */
  *wanted = !replaced && !taken;
  if (*wanted || self->choice == CRM_CONFLICTS_KEEP || g_str_equal (change->object, "pin") ||
      g_str_equal (change->object, "distinct_pair"))
    return TRUE;

  name = read_name (self, change);
  g_set_error (error, CRM_ERROR, CRM_ERROR_CONFLICT,
               _ ("The name “%s” is taken by something that was added later. Remove that first."),
               name);
  return FALSE;
}

/* When this is asked in earnest, the act's own records are gone already. In a plan they are still there, and do not
 * count. */
static char *
make_others_sql (CrmRevert *self)
{
  if (self->transaction != NULL)
    return g_strdup ("");

  return g_strdup_printf (" AND NOT EXISTS (SELECT 1 FROM change AS c WHERE c.set_id IN (%s)"
                          " AND c.record_id = t.id) AND NOT EXISTS (SELECT 1 FROM change_range AS r"
                          " WHERE r.set_id IN (%s) AND t.id BETWEEN r.first_id AND r.last_id)",
                          self->sets, self->sets);
}

/* Records that have a value in the field, or are of the type, that is to go because it was made by the act */
static gboolean
is_filled_since (CrmRevert *self, const CatalogueChange *change, gboolean *filled, GError **error)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);
  const CrmRecordType *type = NULL;
  const CrmField *field = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *others = NULL;
  gint64 found = 0;

  *filled = FALSE;
  if (change->old_text != NULL)
    return TRUE;

  if (g_str_equal (change->object, "type"))
    type = crm_catalogue_get_type (catalogue, change->object_id);
  else if (g_str_equal (change->object, "field"))
    field = crm_catalogue_get_field (catalogue, change->object_id);

  others = make_others_sql (self);
  if (type != NULL)
    sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM " CRM_RECORD_TABLE
                           " AS t WHERE state IN (0, 1)%s)",
                           type->id, others);
  else if (field != NULL)
    sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM " CRM_RECORD_TABLE
                           " AS t WHERE state IN (0, 1) AND " CRM_VALUE_COLUMN " IS NOT NULL%s)",
                           field->type_id, field->id, others);
  if (sql != NULL && !crm_connection_query_int (self->connection, sql, 0, &found, error))
    return FALSE;

  *filled = found != 0;
  return TRUE;
}

/* Flags are several switches in one column; only those that the act turned go back */
static char *
turn_flags (const CatalogueChange *change, const char *now)
{
  gint64 was = g_ascii_strtoll (change->old_text, NULL, 10);
  gint64 became = g_ascii_strtoll (change->new_text, NULL, 10);
  gint64 turned = was ^ became;

  return g_strdup_printf ("%" ID, (g_ascii_strtoll (now, NULL, 10) & ~turned) | (was & turned));
}

static gboolean
has_same_flags (const CatalogueChange *change, const char *now)
{
  gint64 was = g_ascii_strtoll (change->old_text, NULL, 10);
  gint64 became = g_ascii_strtoll (change->new_text, NULL, 10);

  return ((g_ascii_strtoll (now, NULL, 10) ^ became) & (was ^ became)) == 0;
}

static gboolean
is_flags (const CatalogueChange *change)
{
  return g_str_equal (change->attribute, "flags") && change->old_text != NULL &&
         change->new_text != NULL;
}

/* What people see the change in; both are %NULL for what has no place among records */
static void
find_place (CrmRevert *self,
            const CatalogueChange *change,
            const CrmRecordType **type,
            const CrmField **field)
{
  const CrmCatalogue *catalogue = crm_revert_get_catalogue (self);

  *type = NULL;
  *field = NULL;
  if (g_str_equal (change->object, "type"))
    *type = crm_catalogue_get_type (catalogue, change->object_id);
  else if (g_str_equal (change->object, "field"))
    *field = crm_catalogue_get_field (catalogue, change->object_id);
  else if (g_str_equal (change->object, "option"))
    {
      const CrmOption *option = crm_catalogue_get_option (catalogue, change->object_id);

      *field = option != NULL ? crm_catalogue_get_field (catalogue, option->field_id) : NULL;
    }
  else if (g_str_equal (change->object, "view"))
    {
      const CrmView *view = crm_catalogue_get_view (catalogue, change->object_id);

      *type = view != NULL ? crm_catalogue_get_type (catalogue, view->type_id) : NULL;
    }

  if (*field != NULL)
    *type = crm_catalogue_get_type (catalogue, (*field)->type_id);
}

static CrmConflictChoice
choose (CrmRevert *self, const CatalogueChange *change)
{
  const CrmRecordType *type;
  const CrmField *field;

  find_place (self, change, &type, &field);
  return crm_revert_choose (self, CRM_CONFLICT_VALUE, 0, field, NULL);
}

/* How people read @text of the changed attribute; %NULL for nothing. (transfer full) */
static char *
describe_text (const CatalogueChange *change, const char *text)
{
  gint64 flags;

  if (text == NULL)
    return NULL;
  if (is_state (change))
    return g_strdup (g_str_equal (text, "0") ? _ ("In use") : _ ("Not there"));
  if (!is_flags (change))
    return g_strdup (text);

  flags = g_ascii_strtoll (text, NULL, 10);
  if ((flags & CRM_FIELD_REQUIRED) != 0 && (flags & CRM_FIELD_UNIQUE) != 0)
    return g_strdup (_ ("Required and unique"));
  if ((flags & CRM_FIELD_REQUIRED) != 0)
    return g_strdup (_ ("Required"));

  return g_strdup ((flags & CRM_FIELD_UNIQUE) != 0 ? _ ("Unique")
                                                   : _ ("Neither required nor unique"));
}

/* What somebody is asked about; of what is out of sight itself there is nothing to ask */
static void
add_conflict (CrmRevert *self, const CatalogueChange *change, const char *now, const char *target)
{
  const CrmRecordType *type;
  const CrmField *field;
  guint n_before = self->conflicts->len;
  CrmConflict *conflict;

  find_place (self, change, &type, &field);
  if (type == NULL)
    return;

  crm_revert_add_conflict (self, CRM_CONFLICT_VALUE, type, 0, field, NULL, NULL);
  if (self->conflicts->len == n_before)
    return;

  conflict = g_ptr_array_index (self->conflicts, n_before);
  conflict->now_text = describe_text (change, now);
  conflict->old_text = describe_text (change, target);
}

/* Whether the change is to be turned round. @target: (transfer full): to what */
static gboolean
plan_change (CrmRevert *self,
             const CatalogueChange *change,
             gboolean leaves,
             char **target,
             gboolean *wanted,
             GError **error)
{
  g_autofree char *now = NULL;
  CrmConflictChoice choice;
  gboolean changed;
  gboolean in_use = FALSE;

  *wanted = FALSE;
  if (!read_now (self, change, &now, error))
    return FALSE;

  if (is_flags (change))
    *target = turn_flags (change, now);
  else
    *target = g_strdup (is_state (change) && change->old_text == NULL ? "2" : change->old_text);
  if (g_strcmp0 (now, *target) == 0)
    return TRUE;

  changed = is_flags (change) ? !has_same_flags (change, now)
                              : g_strcmp0 (now, change->new_text) != 0;
  if (!changed && leaves && !is_filled_since (self, change, &changed, error))
    return FALSE;
  if (changed)
    {
      choice = choose (self, change);
      if (choice == CRM_CONFLICTS_STOP)
        add_conflict (self, change, now, *target);
      if (choice != CRM_CONFLICTS_OLD)
        return TRUE;
    }

  if (leaves && g_str_equal (change->object, "option") &&
      !crm_revert_is_option_in_use (self, change->object_id, &in_use, error))
    return FALSE;

  *wanted = !in_use;
  return !is_state (change) || leaves || check_name_is_free (self, change, wanted, error);
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
      g_autofree char *target = NULL;
      gboolean leaves = is_state (change) && g_strcmp0 (change->old_text, "0") != 0;
      gboolean wanted;

      if (leaves == to_live)
        continue;
      if (!plan_change (self, change, leaves, &target, &wanted, error))
        return FALSE;
      if (!wanted)
        continue;

      if (self->transaction == NULL)
        continue;
      if (!crm_transaction_set_catalogue (self->transaction, change->object, change->object_id,
                                          change->attribute, target, error))
        return FALSE;
      any = TRUE;
    }

  return !any || crm_schema_apply (self->transaction, error);
}
