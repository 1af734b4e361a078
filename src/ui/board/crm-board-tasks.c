/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-board-tasks.h"

#include "crm-cell-factory.h"

struct _CrmBoardTasks
{
  GObject parent_instance;

  CrmSession *session;
  GHashTable *texts; /* gint64 * → char *: "" where it was asked for already */
  GArray *wanted; /* of gint64: to be asked for */
  GCancellable *cancellable; /* of the answers that are still right */
  guint source;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmBoardTasks, crm_board_tasks, G_TYPE_OBJECT)

static const CrmField *
find_about (const CrmCatalogue *catalogue)
{
  const CrmRecordType *tasks = crm_catalogue_find_type (catalogue, "tasks");

  return tasks != NULL ? crm_record_type_find_field (tasks, "about") : NULL;
}

/* Asking */

typedef struct
{
  GArray *ids;
  GPtrArray *texts; /* (element-type utf8): for each of @ids */
} Answer;

static void
answer_free (Answer *answer)
{
  g_array_unref (answer->ids);
  g_clear_pointer (&answer->texts, g_ptr_array_unref);
  g_free (answer);
}

static char *
describe_task (CrmStore *store, CrmRecord *task)
{
  const CrmField *due = crm_record_type_find_field (crm_record_get_record_type (task), "due");
  g_autofree char *date = due != NULL
                              ? crm_cell_get_text (store, due, crm_record_get_value (task, due))
                              : g_strdup ("");

  return *date != '\0' ? g_strdup_printf ("%s · %s", crm_record_get_label (task), date)
                       : g_strdup (crm_record_get_label (task));
}

/* What is due first; (transfer full): "" where there is none, %NULL on errors */
static char *
find_next (CrmStore *store, const CrmField *about, gint64 id, GCancellable *cancellable)
{
  const CrmRecordType *type = crm_catalogue_get_type (crm_store_get_catalogue (store),
                                                      about->type_id);
  const CrmField *due = crm_record_type_find_field (type, "due");
  CrmFilter *open = crm_filter_parse (store, type, "not status = done", NULL);
  g_autoptr (CrmFilter) filter = crm_filter_and (crm_filter_new_related (about, id), open);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  crm_query_set_filter (query, filter);
  if (due != NULL)
    crm_query_add_sort (query, due, FALSE);
  crm_query_set_limit (query, 1);
  ids = crm_query_run (query, store, cancellable, NULL);
  if (ids == NULL)
    return NULL;
  tasks = crm_store_get_records (store, type, (const gint64 *) ids->data, ids->len, &due,
                                 due != NULL ? 1 : 0, cancellable, NULL);
  if (tasks == NULL)
    return NULL;

  return tasks->len > 0 ? describe_task (store, g_ptr_array_index (tasks, 0)) : g_strdup ("");
}

static gpointer
ask_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const GArray *ids = data;
  const CrmField *about = find_about (crm_store_get_catalogue (store));
  Answer *answer = g_new0 (Answer, 1);

  answer->ids = g_array_copy ((GArray *) ids);
  answer->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ids->len; i++)
    {
      char *text = about != NULL
                       ? find_next (store, about, g_array_index (ids, gint64, i), cancellable)
                       : NULL;

      g_ptr_array_add (answer->texts, text != NULL ? text : g_strdup (""));
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      answer_free (answer);
      return NULL;
    }

  return answer;
}

static void
asked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmBoardTasks) self = user_data;
  Answer *answer = crm_store_run_finish (CRM_STORE (object), result, NULL);
  gboolean any = FALSE;

  if (answer == NULL)
    return;

  for (guint i = 0; i < answer->ids->len; i++)
    {
      const char *text = g_ptr_array_index (answer->texts, i);

      any |= *text != '\0';
      g_hash_table_insert (self->texts,
                           g_memdup2 (&g_array_index (answer->ids, gint64, i), sizeof (gint64)),
                           g_strdup (text));
    }
  answer_free (answer);
  if (any)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
ask_cb (gpointer user_data)
{
  CrmBoardTasks *self = user_data;
  GArray *ids = g_steal_pointer (&self->wanted);

  self->source = 0;
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  crm_store_run_async (crm_session_get_store (self->session), ask_in_worker, ids,
                       (GDestroyNotify) g_array_unref, (GDestroyNotify) answer_free,
                       self->cancellable, asked_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (CrmBoardTasks *self, const CrmNews *news)
{
  const CrmField *about = find_about (
      crm_store_get_catalogue (crm_session_get_store (self->session)));
  gboolean concerns = FALSE;

  for (guint i = 0; about != NULL && i < news->types->len; i++)
    concerns |= g_array_index (news->types, gint64, i) == about->type_id;
  if (!concerns)
    return;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->texts);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GObject */

static void
crm_board_tasks_finalize (GObject *object)
{
  CrmBoardTasks *self = CRM_BOARD_TASKS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_hash_table_unref (self->texts);
  g_array_unref (self->wanted);

  G_OBJECT_CLASS (crm_board_tasks_parent_class)->finalize (object);
}

static void
crm_board_tasks_class_init (CrmBoardTasksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_board_tasks_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_board_tasks_init (CrmBoardTasks *self)
{
  self->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->cancellable = g_cancellable_new ();
}

/* Public API */

CrmBoardTasks *
crm_board_tasks_new (CrmSession *session)
{
  CrmBoardTasks *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_BOARD_TASKS, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (crm_session_get_store (session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

gboolean
crm_board_tasks_fit (const CrmCatalogue *catalogue, const CrmRecordType *type)
{
  const CrmField *about;

  g_return_val_if_fail (catalogue != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  about = find_about (catalogue);
  return about != NULL && about->type_id != type->id &&
         (about->target == 0 || about->target == type->id);
}

const char *
crm_board_tasks_get (CrmBoardTasks *self, gint64 id)
{
  const char *text;

  g_return_val_if_fail (CRM_IS_BOARD_TASKS (self), NULL);

  text = g_hash_table_lookup (self->texts, &id);
  if (text != NULL)
    return text;

  g_hash_table_insert (self->texts, g_memdup2 (&id, sizeof id), g_strdup (""));
  g_array_append_val (self->wanted, id);
  if (self->source == 0)
    self->source = g_idle_add (ask_cb, self);

  return "";
}
