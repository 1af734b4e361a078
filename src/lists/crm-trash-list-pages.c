/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-trash-list-private.h"

#define PAGE_SIZE 128
#define MAX_PAGES 32

#define ID_AT(self, position) g_array_index ((self)->ids, gint64, (position))

static void queue_fetch (CrmTrashList *self);

static CrmTrashRow *
ref_row (CrmTrashList *self, gint64 id)
{
  CrmTrashRow *row = g_hash_table_lookup (self->rows, &id);

  return row != NULL ? g_object_ref (row) : crm_trash_row_new (id, self->rows);
}

static void
want (CrmTrashList *self, gint64 id)
{
  if (!g_hash_table_contains (self->wanted, &id))
    g_hash_table_add (self->wanted, g_memdup2 (&id, sizeof id));
}

/* Reads the page around @position, and holds it for a while */
static void
require_page (CrmTrashList *self, guint position)
{
  guint first = position - position % PAGE_SIZE;
  guint end = MIN (first + PAGE_SIZE, self->ids->len);
  GPtrArray *page = g_ptr_array_new_full (PAGE_SIZE, g_object_unref);

  for (guint i = first; i < end; i++)
    {
      CrmTrashRow *row = ref_row (self, ID_AT (self, i));

      if (crm_trash_row_get_entry (row) == NULL)
        want (self, crm_trash_row_get_id (row));
      g_ptr_array_add (page, row);
    }
  g_queue_push_head (&self->pages, page);
  while (g_queue_get_length (&self->pages) > MAX_PAGES)
    g_ptr_array_unref (g_queue_pop_tail (&self->pages));

  queue_fetch (self);
}

/* What is told of the rows */

typedef struct
{
  CrmTrashList *list;
  GArray *ids;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->list);
  g_array_unref (fetch->ids);
  g_free (fetch);
}

static gpointer
fetch_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;

  return crm_trash_load (store, (const gint64 *) (gpointer) ids->data, ids->len, cancellable,
                         error);
}

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  CrmTrashList *self = fetch->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = crm_store_run_finish (CRM_STORE (object), result, &error);

  self->fetching = FALSE;
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      CrmTrashEntry *entry = g_ptr_array_index (entries, i);
      CrmTrashRow *row = g_hash_table_lookup (self->rows, &entry->id);

      if (row != NULL)
        crm_trash_row_set_entry (row, entry);
    }
  if (entries == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Rows cannot be read: %s", error->message);

  if (self->query != NULL && g_hash_table_size (self->wanted) > 0)
    queue_fetch (self);
  fetch_free (fetch);
}

/* Those that nobody holds any more are passed over */
static GArray *
take_wanted (CrmTrashList *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gint64 *id;

  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    if (g_hash_table_contains (self->rows, id))
      g_array_append_val (ids, *id);
  g_hash_table_remove_all (self->wanted);

  return ids;
}

static gboolean
fetch_cb (gpointer user_data)
{
  CrmTrashList *self = user_data;
  Fetch *fetch;

  self->fetch_source = 0;
  if (self->fetching || self->query == NULL)
    return G_SOURCE_REMOVE;

  fetch = g_new0 (Fetch, 1);
  fetch->list = g_object_ref (self);
  fetch->ids = take_wanted (self);
  if (fetch->ids->len == 0)
    {
      fetch_free (fetch);
      return G_SOURCE_REMOVE;
    }

  self->fetching = TRUE;
  crm_store_run_async (self->store, fetch_in_worker, g_array_ref (fetch->ids),
                       (GDestroyNotify) g_array_unref, (GDestroyNotify) g_ptr_array_unref,
                       self->fetch_cancellable, fetched_cb, fetch);

  return G_SOURCE_REMOVE;
}

/* GTK asks row by row: all that it asks in one go is read at once */
static void
queue_fetch (CrmTrashList *self)
{
  if (self->fetch_source == 0)
    self->fetch_source = g_idle_add_full (G_PRIORITY_DEFAULT, fetch_cb, self, NULL);
}

/* For the list */

CrmTrashRow *
_crm_trash_list_ref_row (CrmTrashList *self, guint position)
{
  gint64 id = ID_AT (self, position);
  CrmTrashRow *row = g_hash_table_lookup (self->rows, &id);

  if (row == NULL)
    {
      require_page (self, position);
      row = g_hash_table_lookup (self->rows, &id);
    }

  return g_object_ref (row);
}

void
_crm_trash_list_refresh (CrmTrashList *self)
{
  GHashTableIter iter;
  gint64 *id;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    want (self, *id);
  if (g_hash_table_size (self->wanted) > 0)
    queue_fetch (self);
}

void
_crm_trash_list_drop_pages (CrmTrashList *self)
{
  while (!g_queue_is_empty (&self->pages))
    g_ptr_array_unref (g_queue_pop_tail (&self->pages));
}
