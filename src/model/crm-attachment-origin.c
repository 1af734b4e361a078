/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-attachment-origin.h"

#include "crm-act.h"
#include "crm-transaction-private.h"

typedef struct
{
  CrmStore *store;
  CrmRecord *record;
  const CrmField *field;
  GHashTable *seen; /* char *key -> CrmAttachmentOrigin: of every file the field ever had */
  GPtrArray *origins;
} Reading;

static CrmAttachmentOrigin *
origin_new (gint64 time, gint64 actor)
{
  CrmAttachmentOrigin *origin = g_new0 (CrmAttachmentOrigin, 1);

  origin->time = time;
  origin->actor = actor;

  return origin;
}

/* What tells files of one record apart; (transfer full) */
static char *
make_key (const CrmItem *item)
{
  return g_strdup_printf ("%s/%s", item->key, item->text);
}

static const CrmItem *
find_item (const CrmValue *value, const char *hash, const char *name)
{
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (g_strcmp0 (item->key, hash) == 0 && (name == NULL || g_strcmp0 (item->text, name) == 0))
        return item;
    }

  return NULL;
}

/* The file that @item was before it was renamed: the same content under a name that is gone; NULL for none */
static const CrmItem *
find_renamed (const CrmValue *old_value, const CrmValue *new_value, const CrmItem *item)
{
  const CrmItem *before = find_item (old_value, item->key, NULL);

  return before != NULL && find_item (new_value, before->key, before->text) == NULL ? before : NULL;
}

static void
take_change (Reading *self,
             const CrmValue *old_value,
             const CrmValue *new_value,
             gint64 time,
             gint64 actor,
             gboolean again)
{
  for (guint i = 0; new_value != NULL && i < crm_value_get_n_items (new_value); i++)
    {
      const CrmItem *item = crm_value_get_item (new_value, i);
      g_autofree char *key = make_key (item);
      const CrmItem *renamed;
      const CrmAttachmentOrigin *known = NULL;

      if (find_item (old_value, item->key, item->text) != NULL)
        continue;
      if (again && g_hash_table_contains (self->seen, key))
        continue;

      renamed = find_renamed (old_value, new_value, item);
      if (renamed != NULL)
        {
          g_autofree char *old_key = make_key (renamed);

          known = g_hash_table_lookup (self->seen, old_key);
        }
      if (renamed == NULL || known != NULL)
        g_hash_table_insert (self->seen, g_steal_pointer (&key),
                             known != NULL ? origin_new (known->time, known->actor)
                                           : origin_new (time, actor));
    }
}

static gboolean
read_changes (Reading *self, CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = crm_connection_prepare (connection,
                                      "SELECT c.old, c.new, a.time, a.actor, a.kind"
                                      " FROM change AS c"
                                      " JOIN change_set AS s ON s.id = c.set_id"
                                      " JOIN act AS a ON a.id = s.act_id"
                                      " WHERE c.record_id = ?1 AND c.field_id = ?2 AND c.op = ?3"
                                      " ORDER BY c.set_id",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, crm_record_get_id (self->record));
  crm_statement_bind_int (statement, 2, self->field->id);
  crm_statement_bind_int (statement, 3, CRM_CHANGE_VALUE);
  while (crm_statement_step (statement, &local_error))
    {
      g_autoptr (CrmValue) old_value = NULL;
      g_autoptr (CrmValue) new_value = NULL;
      const char *kind = crm_statement_get_text (statement, 4);

      old_value = crm_value_decode (self->field, crm_statement_get_text (statement, 0));
      new_value = crm_value_decode (self->field, crm_statement_get_text (statement, 1));
      take_change (self, old_value, new_value, crm_statement_get_int (statement, 2),
                   crm_statement_get_int (statement, 3),
                   g_str_equal (kind, crm_act_kind_to_name (CRM_ACT_UNDO)) ||
                       g_str_equal (kind, crm_act_kind_to_name (CRM_ACT_REDO)));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* What no change brought, the record was made with. */
static CrmAttachmentOrigin *
get_origin (Reading *self, const CrmItem *item)
{
  g_autofree char *key = make_key (item);
  const CrmAttachmentOrigin *seen = g_hash_table_lookup (self->seen, key);
  CrmValue *created_at;
  CrmValue *created_by;

  if (seen != NULL)
    return origin_new (seen->time, seen->actor);

  created_at = crm_record_get_value_by_name (self->record, "created_at");
  created_by = crm_record_get_value_by_name (self->record, "created_by");

  return origin_new (created_at != NULL ? crm_value_get_integer (created_at) : 0,
                     created_by != NULL ? crm_value_get_integer (created_by) : 0);
}

static gboolean
read_func (CrmConnection *connection, gpointer data, GError **error)
{
  Reading *self = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  const CrmRecordType *members = crm_catalogue_find_type (catalogue, "members");
  const CrmValue *value = crm_record_get_value (self->record, self->field);

  if (!read_changes (self, connection, error))
    return FALSE;

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      CrmAttachmentOrigin *origin = get_origin (self, crm_value_get_item (value, i));

      g_ptr_array_add (self->origins, origin);
      if (origin->actor != 0 && members != NULL)
        origin->actor_label = crm_connection_load_label (connection, members, origin->actor, TRUE,
                                                         NULL);
    }

  return TRUE;
}

void
crm_attachment_origin_free (CrmAttachmentOrigin *origin)
{
  g_return_if_fail (origin != NULL);

  g_free (origin->actor_label);
  g_free (origin);
}

GPtrArray *
crm_attachment_list_origins (CrmStore *store,
                             CrmRecord *record,
                             const CrmField *field,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GPtrArray) origins = NULL;
  Reading reading = { .store = store, .record = record, .field = field };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (field != NULL && field->kind == CRM_KIND_FILES, NULL);

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) crm_attachment_origin_free);
  origins = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_attachment_origin_free);
  reading.seen = seen;
  reading.origins = origins;
  if (!crm_database_read (crm_store_get_database (store), read_func, &reading, cancellable, error))
    return NULL;

  return g_steal_pointer (&origins);
}
