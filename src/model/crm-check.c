/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a workspace is sound: what SQLite can say of it, and what only we know of how its tables belong
 * together. */

#include "config.h"

#include "crm-check.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-attachments.h"
#include "crm-check-private.h"
#include "crm-error.h"
#include "crm-history-private.h"
#include "crm-tables.h"
#include "crm-transaction-core-private.h"

typedef struct
{
  CrmStore *store;
  CrmConnection *connection;
  GPtrArray *findings;
} Check;

static gboolean
count (Check *self, const char *sql, gint64 *n, GError **error)
{
  *n = 0;
  return crm_connection_query_int (self->connection, sql, 0, n, error);
}

/* Takes @finding */
static void
add_finding (Check *self, char *finding)
{
  g_ptr_array_add (self->findings, finding);
}

/* Records */

static gboolean
check_states (Check *self, const CrmRecordType *type, GError **error)
{
  g_autofree char *unknown = NULL;
  g_autofree char *merged = NULL;
  gint64 n;

  unknown = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE
                             " WHERE state NOT BETWEEN 0 AND 3",
                             type->id);
  if (!count (self, unknown, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      add_finding (self, g_strdup_printf (_ ("%s: neither live nor deleted nor merged."), what));
    }

  merged = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " AS t WHERE t.state = 3"
                            " AND NOT EXISTS (SELECT 1 FROM " CRM_RECORD_TABLE
                            " AS x WHERE x.id = t.merged_into)",
                            type->id, type->id);
  if (!count (self, merged, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      add_finding (self,
                   g_strdup_printf (_ ("%s: merged into a record that does not exist."), what));
    }

  return TRUE;
}

static gboolean
check_items (Check *self, const CrmRecordType *type, const CrmField *field, GError **error)
{
  g_autofree char *orphans = NULL;
  g_autofree char *lives = NULL;
  g_autofree char *firsts = NULL;
  gint64 n;

  orphans = g_strdup_printf ("SELECT count (*) FROM " CRM_ITEM_TABLE
                             " WHERE record NOT IN (SELECT id FROM " CRM_RECORD_TABLE ")",
                             field->id, type->id);
  if (!count (self, orphans, &n, error))
    return FALSE;
  if (n > 0)
    add_finding (self,
                 g_strdup_printf (ngettext ("%s of %s: %" PRId64 " value of a record that does not "
                                            "exist.",
                                            "%s of %s: %" PRId64 " values of records that do not "
                                            "exist.",
                                            (gulong) n),
                                  field->label, type->label_many, n));

  lives = g_strdup_printf ("SELECT count (*) FROM " CRM_ITEM_TABLE " AS v JOIN " CRM_RECORD_TABLE
                           " AS t ON t.id = v.record WHERE v.live <> (t.state = 0)",
                           field->id, type->id);
  if (!count (self, lives, &n, error))
    return FALSE;
  if (n > 0)
    add_finding (self, g_strdup_printf (ngettext ("%s of %s: %" PRId64
                                                  " value is marked live and its record is "
                                                  "not, or the other way.",
                                                  "%s of %s: %" PRId64
                                                  " values are marked live and their records "
                                                  "are not, or the other way.",
                                                  (gulong) n),
                                        field->label, type->label_many, n));

  firsts = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE
                            " AS t LEFT JOIN " CRM_ITEM_TABLE
                            " AS v ON v.record = t.id AND v.position = 0"
                            " WHERE t." CRM_VALUE_COLUMN " IS NOT v.%s",
                            type->id, field->id, field->id,
                            crm_field_get_items (field) == CRM_ITEMS_TEXT ? "text" : "id");
  if (!count (self, firsts, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      /* Translators: a field, and how many records: "E-mail: 3 people have another first value …" */
      add_finding (self,
                   g_strdup_printf (_ ("%s: in %s the first value is not the one that lists show."),
                                    field->label, what));
    }

  return TRUE;
}

static gboolean
check_options (Check *self, const CrmRecordType *type, const CrmField *field, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 n;

  sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE " CRM_VALUE_COLUMN
                         " NOT IN (SELECT id FROM option)",
                         type->id, field->id);
  if (!count (self, sql, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      add_finding (self, g_strdup_printf (_ ("%s: in %s it is an option that does not exist."),
                                          field->label, what));
    }

  return TRUE;
}

static gboolean
check_unique (Check *self, const CrmRecordType *type, const CrmField *field, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 n;

  sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE state = 0"
                         " AND (" CRM_UNIQUE_KEY_COLUMN " IS NULL) <> (" CRM_VALUE_COLUMN
                         " IS NULL)",
                         type->id, field->id, field->id);
  if (!count (self, sql, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      add_finding (self, g_strdup_printf (_ ("%s: %s could be found twice."), field->label, what));
    }

  return TRUE;
}

/* What the sort key is made of: the name, and the parts that a name is made of */
static GPtrArray *
get_name_fields (const CrmRecordType *type)
{
  static const char *const parts[] = { "first_name", "middle_name", "last_name" };
  GPtrArray *fields = g_ptr_array_new ();

  g_ptr_array_add (fields, (gpointer) type->label_field);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const CrmField *field = crm_record_type_find_field (type, parts[i]);

      if (field != NULL && field != type->label_field)
        g_ptr_array_add (fields, (gpointer) field);
    }

  return fields;
}

static gboolean
has_sort_key (CrmStore *store, CrmStatement *row, const CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  g_autofree CrmValue **values = g_new0 (CrmValue *, type->n_fields + 1);
  g_autoptr (GBytes) key = NULL;
  g_autofree char *text = NULL;
  const void *stored;
  gconstpointer wanted;
  gsize stored_size;
  gsize wanted_size = 0;

  for (guint i = 0; i < type->n_fields; i++)
    values[i] = crm_record_get_value (record, type->fields[i]);
  text = crm_derived_make_sort_text (type, values);
  key = crm_collation_get_key (crm_store_get_collation (store), text);
  wanted = g_bytes_get_data (key, &wanted_size);
  stored = crm_statement_get_blob (row, 1, &stored_size);

  return stored_size == wanted_size &&
         (wanted_size == 0 || memcmp (stored, wanted, wanted_size) == 0);
}

static gboolean
check_sort_keys (Check *self, const CrmRecordType *type, GError **error)
{
  gint64 n;

  if (!crm_check_count_wrong_names (self->store, self->connection, type, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      add_finding (self, g_strdup_printf (_ ("%s: sorted by another text than the name."), what));
    }
  return TRUE;
}

/* Every live record is found by the search exactly once */
static gboolean
check_search_entries (Check *self, const CrmRecordType *type, GError **error)
{
  g_autofree char *missing = NULL;
  g_autofree char *surplus = NULL;
  gint64 n;

  missing = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE state = 0"
                             " AND id NOT IN (SELECT id FROM " CRM_SEARCH_TABLE "_docsize)",
                             type->id, type->id);
  if (!count (self, missing, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      add_finding (self, g_strdup_printf (_ ("%s: not found by the search."), what));
    }

  surplus = g_strdup_printf ("SELECT count (*) FROM " CRM_SEARCH_TABLE "_docsize WHERE id NOT IN"
                             " (SELECT id FROM " CRM_RECORD_TABLE " WHERE state = 0)",
                             type->id, type->id);
  if (!count (self, surplus, &n, error))
    return FALSE;
  if (n > 0)
    {
      g_autofree char *what = crm_history_count_records (type, n);

      add_finding (self, g_strdup_printf (_ ("%s: found by the search, but not there."), what));
    }

  return TRUE;
}

static gboolean
check_type (Check *self, const CrmRecordType *type, GError **error)
{
  if (!check_states (self, type, error) || !check_sort_keys (self, type, error) ||
      !check_search_entries (self, type, error))
    return FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (crm_kind_is_repeated (field->kind) && !check_items (self, type, field, error))
        return FALSE;
      if (field->kind == CRM_KIND_CHOICE && !check_options (self, type, field, error))
        return FALSE;
      if (crm_field_has_unique_key (field) && !check_unique (self, type, field, error))
        return FALSE;
    }

  return TRUE;
}

/* History */

/* Every record was made by an act, and the act says so */
static gboolean
check_creations (Check *self, const CrmRecordType *type, GError **error)
{
  g_autofree char *unmade = NULL;
  g_autofree char *newest = NULL;
  gint64 n;

  unmade = g_strdup_printf ("SELECT (SELECT count (*) FROM " CRM_RECORD_TABLE
                            ") - (SELECT count (*) FROM change_range AS r"
                            " JOIN " CRM_RECORD_TABLE
                            " AS t ON t.id BETWEEN r.first_id AND r.last_id"
                            " WHERE r.type_id = %" PRId64 " AND r.old_state IS NULL)",
                            type->id, type->id, type->id);
  if (!count (self, unmade, &n, error))
    return FALSE;
  if (n != 0)
    {
      g_autofree char *what = crm_history_count_records (type, ABS (n));

      add_finding (self,
                   g_strdup_printf (_ ("%s: the history does not know how they were made."), what));
    }

  newest = g_strdup_printf ("SELECT max (id) > (SELECT value FROM meta WHERE key = 'last_id')"
                            " FROM " CRM_RECORD_TABLE,
                            type->id);
  if (!count (self, newest, &n, error))
    return FALSE;
  if (n > 0)
    add_finding (self,
                 g_strdup_printf (_ ("%s: the next number for a new record is taken already."),
                                  type->label_many));

  return TRUE;
}

static gboolean
check_history (Check *self, GError **error)
{
  gint64 n;

  if (!count (
          self,
          "SELECT (SELECT count (*) FROM change WHERE set_id NOT IN (SELECT id FROM change_set))"
          " + (SELECT count (*) FROM change_range WHERE set_id NOT IN (SELECT id FROM change_set))"
          " + (SELECT count (*) FROM catalogue_change"
          " WHERE set_id NOT IN (SELECT id FROM change_set))",
          &n, error))
    return FALSE;
  if (n > 0)
    add_finding (self,
                 g_strdup_printf (ngettext ("%" PRId64 " change of the history belongs to no act.",
                                            "%" PRId64 " changes of the history belong to no act.",
                                            (gulong) n),
                                  n));

  if (!count (self,
              "SELECT (SELECT count (*) FROM change_range WHERE first_id > last_id)"
              " + (SELECT count (*) FROM (SELECT first_id, max (last_id) OVER (PARTITION BY type_id"
              " ORDER BY first_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
              " FROM change_range WHERE old_state IS NULL) WHERE first_id <= before)",
              &n, error))
    return FALSE;
  if (n > 0)
    add_finding (self,
                 g_strdup (_ ("The history has records that were made twice, or none at all.")));

  if (!count (
          self,
          "SELECT count (*) FROM act AS a LEFT JOIN act AS u ON u.id = a.undone_by"
          " WHERE (a.undone_by IS NOT NULL AND (u.id IS NULL OR u.kind <> 'undo'"
          " OR u.undoes IS NOT a.id)) OR (a.kind IN ('undo', 'redo')) <> (a.undoes IS NOT NULL)",
          &n, error))
    return FALSE;
  if (n > 0)
    add_finding (self, g_strdup_printf (ngettext ("The history is at odds about whether %" PRId64
                                                  " act is undone.",
                                                  "The history is at odds about whether %" PRId64
                                                  " acts are undone.",
                                                  (gulong) n),
                                        n));

  return TRUE;
}

static gboolean
check_func (CrmConnection *connection, gpointer data, GError **error)
{
  Check *self = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);

  self->connection = connection;
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      if (!check_type (self, type, error) || !check_creations (self, type, error))
        return FALSE;
    }

  return check_history (self, error);
}

gboolean
crm_check_count_wrong_names (CrmStore *store,
                             CrmConnection *connection,
                             const CrmRecordType *type,
                             gint64 *n,
                             GError **error)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (CrmRecordLoader) loader = NULL;
  g_autoptr (CrmStatement) row = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  *n = 0;
  if (type->label_field == NULL || !crm_field_has_sort_key (type->label_field))
    return TRUE;

  fields = get_name_fields (type);
  loader = crm_record_loader_new (connection, NULL, type, (const CrmField *const *) fields->pdata,
                                  (int) fields->len, error);
  if (loader == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT id, " CRM_SORT_KEY_COLUMN " FROM " CRM_RECORD_TABLE
                         " WHERE state = 0",
                         type->label_field->id, type->id);
  row = crm_connection_prepare (connection, sql, error);
  if (row == NULL)
    return FALSE;

  while (crm_statement_step (row, &local_error))
    {
      g_autoptr (CrmRecord) record = NULL;

      record = crm_record_loader_load (loader, crm_statement_get_int (row, 0), &local_error);
      if (local_error != NULL)
        break;
      if (record != NULL && !has_sort_key (store, row, record))
        *n += 1;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

GPtrArray *
crm_check (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  CrmDatabase *database;
  Check check = { .store = store, .findings = findings };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  /* Of a file that SQLite itself cannot trust the rest would only be guesses */
  database = crm_store_get_database (store);
  if (!crm_database_verify (database, findings, cancellable, error))
    return NULL;
  if (findings->len > 0)
    return g_steal_pointer (&findings);

  if (!crm_database_read (database, check_func, &check, cancellable, error))
    return NULL;
  if (findings->len == 0 && !crm_database_is_read_only (database) &&
      !crm_check_search (store, findings, cancellable, error))
    return NULL;
  if (!crm_attachments_verify (store, findings, NULL, NULL, cancellable, error))
    return NULL;

  return g_steal_pointer (&findings);
}
