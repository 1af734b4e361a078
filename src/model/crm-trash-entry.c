/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of a record in the trash: what it was called, who deleted it and when, and what it was linked to. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-history-private.h"
#include "crm-record-load-private.h"
#include "crm-tables.h"
#include "crm-trash-private.h"

#define ID G_GINT64_FORMAT

/* How many of the linked records are named; the rest is a number */
#define MAX_LINKS 3

typedef struct
{
  CrmStore *store;
  const gint64 *ids;
  guint n_ids;
  gboolean links;
  GPtrArray *entries;
} Load;

/* The linked records of one entry */
typedef struct
{
  CrmWording *wording;
  GString *text;
  GHashTable *seen; /* gint64 */
} Links;

static void
clear_entry (gpointer data)
{
  CrmTrashEntry *entry = data;

  g_free (entry->label);
  g_free (entry->merged_into_label);
  g_free (entry->deleted_by_label);
  g_free (entry->linked_to);
}

CrmTrashEntry *
crm_trash_entry_ref (CrmTrashEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  return g_atomic_rc_box_acquire (entry);
}

void
crm_trash_entry_unref (CrmTrashEntry *entry)
{
  if (entry != NULL)
    g_atomic_rc_box_release_full (entry, clear_entry);
}

/* Links */

static gboolean
is_told (const CrmField *field)
{
  return crm_kind_is_relation (field->kind) && field->kind != CRM_KIND_MEMBER &&
         (field->flags & CRM_FIELD_SYSTEM) == 0;
}

static void
add_link (Links *self, gint64 type_id, gint64 id)
{
  if (g_hash_table_contains (self->seen, &id))
    return;

  g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id));
  if (g_hash_table_size (self->seen) > MAX_LINKS)
    return;
  if (self->text->len > 0)
    g_string_append (self->text, _ (", "));
  g_string_append (self->text, crm_wording_get_label (self->wording, type_id, id));
}

/* What @sql finds: ids and their types */
static void
add_found_links (Links *self, const char *sql, gint64 id)
{
  g_autoptr (CrmStatement) statement = crm_wording_prepare (self->wording, sql);

  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, id);
  while (crm_wording_step (self->wording, statement))
    if (!crm_statement_is_null (statement, 0))
      add_link (self, crm_statement_get_int (statement, 1), crm_statement_get_int (statement, 0));
}

/* What the record points to */
static void
add_outgoing (Links *self, const CrmRecordType *type, gint64 id)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *sql = NULL;

      if (!is_told (field))
        continue;
      if (crm_kind_is_repeated (field->kind))
        sql = g_strdup_printf ("SELECT id, type FROM " CRM_ITEM_TABLE
                               " WHERE record = ?1 ORDER BY position",
                               field->id);
      else if (crm_field_has_target_type (field))
        sql = g_strdup_printf ("SELECT " CRM_VALUE_COLUMN ", " CRM_TARGET_TYPE_COLUMN
                               " FROM " CRM_RECORD_TABLE " WHERE id = ?1",
                               field->id, field->id, type->id);
      else
        sql = g_strdup_printf ("SELECT " CRM_VALUE_COLUMN ", %" ID " FROM " CRM_RECORD_TABLE
                               " WHERE id = ?1",
                               field->id, field->target, type->id);
      add_found_links (self, sql, id);
    }
}

/* What points to the record and will have its link back with it */
static void
add_incoming (Links *self, const CrmRecordType *type, gint64 id)
{
  const CrmCatalogue *catalogue = self->wording->catalogue;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *other = crm_catalogue_get_type_at (catalogue, i);

      for (guint j = 0; j < other->n_fields; j++)
        {
          const CrmField *field = other->fields[j];
          g_autofree char *sql = NULL;

          if (!is_told (field) || (field->target != 0 && field->target != type->id))
            continue;
          if (crm_kind_is_repeated (field->kind))
            sql = g_strdup_printf ("SELECT record, %" ID " FROM " CRM_ITEM_TABLE
                                   " WHERE id = ?1 AND live = 1 ORDER BY record",
                                   other->id, field->id);
          else
            sql = g_strdup_printf ("SELECT id, %" ID " FROM " CRM_RECORD_TABLE
                                   " WHERE " CRM_VALUE_COLUMN " = ?1 AND state = 0 ORDER BY id",
                                   other->id, other->id, field->id);
          add_found_links (self, sql, id);
        }
    }
}

static char *
describe_links (CrmWording *wording, const CrmRecordType *type, gint64 id)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  Links links = { wording, text, seen };
  guint n_more;

  add_outgoing (&links, type, id);
  add_incoming (&links, type, id);
  if (text->len == 0)
    return NULL;
  if (g_hash_table_size (seen) <= MAX_LINKS)
    return g_strdup (text->str);

  n_more = g_hash_table_size (seen) - MAX_LINKS;
  /* Translators: names, and how many there are besides: "Acme, Big Deal, Ann Lee and 5 more" */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_more), text->str, n_more);
}

/* The entry */

/* Whether an import made the record: its creation is one of the act's ranges */
static gboolean
was_imported (CrmWording *wording, const CrmRecordType *type, gint64 id)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_wording_prepare (
      wording, "SELECT a.kind FROM change_range AS r JOIN change_set AS s ON s.id = r.set_id"
               " JOIN act AS a ON a.id = s.act_id WHERE r.type_id = ?1 AND r.last_id >= ?2"
               " AND r.first_id <= ?2 AND r.old_state IS NULL ORDER BY r.last_id LIMIT 1");
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, type->id);
  crm_statement_bind_int (statement, 2, id);
  return crm_wording_step (wording, statement) &&
         crm_act_kind_from_name (crm_statement_get_text (statement, 0)) == CRM_ACT_IMPORT;
}

static CrmTrashReason
get_reason (CrmState state)
{
  switch (state)
    {
    case CRM_STATE_MERGED:
      return CRM_TRASH_MERGED;

    case CRM_STATE_UNDONE:
      return CRM_TRASH_UNDONE;

    case CRM_STATE_LIVE:
    case CRM_STATE_TRASHED:
    default:
      return CRM_TRASH_DELETED;
    }
}

/* (transfer full) (nullable): where it is live or gone */
static CrmTrashEntry *
load_entry (CrmWording *wording, const CrmRecordType *type, gint64 id)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;
  CrmTrashEntry *entry;
  CrmState state;

  sql = g_strdup_printf (
      "SELECT t.state, t.merged_into, coalesce (t.deleted_at, " CRM_TRASH_RANGE_SQL (
          "time") "), CASE WHEN t.deleted_at IS NULL THEN " CRM_TRASH_RANGE_SQL ("actor") " ELSE t.deleted_by END FROM " CRM_RECORD_TABLE
                                                                                          " AS t WHERE t.id = ?1",
      type->id, type->id, type->id);
  statement = crm_wording_prepare (wording, sql);
  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, id);
  if (!crm_wording_step (wording, statement))
    return NULL;
  state = (CrmState) crm_statement_get_int (statement, 0);
  if (state == CRM_STATE_LIVE)
    return NULL;

  entry = g_atomic_rc_box_new0 (CrmTrashEntry);
  entry->type = type;
  entry->id = id;
  entry->label = g_strdup (crm_wording_get_label (wording, type->id, id));
  entry->reason = get_reason (state);
  entry->merged_into = crm_statement_get_int (statement, 1);
  if (entry->merged_into != 0)
    entry->merged_into_label = g_strdup (
        crm_wording_get_label (wording, type->id, entry->merged_into));
  entry->deleted_at = crm_statement_get_int (statement, 2);
  entry->deleted_by = crm_statement_get_int (statement, 3);
  entry->deleted_by_label = crm_wording_get_member (wording, entry->deleted_by);
  entry->was_imported = state == CRM_STATE_UNDONE && was_imported (wording, type, id);

  return entry;
}

static gboolean
load_func (CrmConnection *connection, gpointer data, GError **error)
{
  Load *self = data;
  g_auto (CrmWording) wording = { 0 };

  crm_wording_init (&wording, self->store, connection);
  for (guint i = 0; i < self->n_ids && wording.error == NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;
      const CrmRecordType *type;
      CrmTrashEntry *entry = NULL;

      type = crm_connection_find_type_of (connection, wording.catalogue, self->ids[i],
                                          &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (type != NULL)
        entry = load_entry (&wording, type, self->ids[i]);
      if (entry == NULL)
        continue;
      if (self->links)
        entry->linked_to = describe_links (&wording, type, entry->id);
      g_ptr_array_add (self->entries, entry);
    }
  if (wording.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wording.error));
      return FALSE;
    }

  return TRUE;
}

GPtrArray *
crm_trash_load_entries (CrmStore *store,
                        const gint64 *ids,
                        guint n_ids,
                        gboolean links,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  Load load = { .store = store, .ids = ids, .n_ids = n_ids, .links = links };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_trash_entry_unref);
  load.entries = entries;
  if (!crm_database_read (crm_store_get_database (store), load_func, &load, cancellable, error))
    return NULL;

  return g_steal_pointer (&entries);
}

GPtrArray *
crm_trash_load (CrmStore *store,
                const gint64 *ids,
                guint n_ids,
                GCancellable *cancellable,
                GError **error)
{
  return crm_trash_load_entries (store, ids, n_ids, TRUE, cancellable, error);
}
