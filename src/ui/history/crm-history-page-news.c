/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-history-page-private.h"

#include "crm-error.h"

/* Beyond it everything is read anew */
#define MAX_NEWS 50

typedef struct
{
  CrmHistoryQuery *query;
  gint64 newest; /* what is shown first; 0: nothing */

  GPtrArray *acts; /* (element-type CrmAct): newer ones, newest first */
  GPtrArray *changed; /* (element-type CrmAct): what they undid or redid */
  gboolean too_many;
} News;

static void
news_clear (gpointer data)
{
  News *news = data;

  g_atomic_rc_box_release_full (news->query, crm_history_query_clear);
  g_clear_pointer (&news->acts, g_ptr_array_unref);
  g_clear_pointer (&news->changed, g_ptr_array_unref);
}

static void
news_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, news_clear);
}

/* What an undo or redo is about reads otherwise now; that it is gone is no matter */
static gboolean
read_undone (CrmStore *store,
             News *news,
             const CrmAct *act,
             GCancellable *cancellable,
             GError **error)
{
  for (gint64 id = act->undoes; id != 0;)
    {
      g_autoptr (GError) local_error = NULL;
      CrmAct *undone = crm_history_get_act (store, id, cancellable, &local_error);

      if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
        return TRUE;
      if (undone == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_ptr_array_add (news->changed, undone);
      id = undone->undoes;
    }

  return TRUE;
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  News *news = data;
  g_autoptr (GPtrArray) newest = crm_history_get_page (store, NULL, 0, MAX_NEWS, NULL, cancellable,
                                                       error);
  GPtrArray *matching;

  if (newest == NULL)
    return NULL;

  news->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_act_free);
  for (guint i = 0; i < newest->len; i++)
    {
      const CrmAct *act = g_ptr_array_index (newest, i);

      if (act->id > news->newest && !read_undone (store, news, act, cancellable, error))
        return NULL;
    }

  matching = crm_history_get_page (store, &news->query->filter, 0, MAX_NEWS, NULL, cancellable,
                                   error);
  if (matching == NULL)
    return NULL;
  news->acts = matching;
  news->too_many = matching->len == MAX_NEWS &&
                   ((CrmAct *) g_ptr_array_index (matching, MAX_NEWS - 1))->id > news->newest;
  while (matching->len > 0 &&
         ((CrmAct *) g_ptr_array_index (matching, matching->len - 1))->id <= news->newest)
    g_ptr_array_remove_index (matching, matching->len - 1);

  return g_atomic_rc_box_acquire (news);
}

static void
show_changed (CrmHistoryPage *self, const CrmAct *act)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->acts));

  for (guint i = 0; i < n_items; i++)
    {
      const CrmAct *shown = crm_paged_list_get_data (self->acts, i);
      guint selected = gtk_single_selection_get_selected (self->selection);

      if (shown->id > act->id)
        continue;
      if (shown->id == act->id && shown->undone_by != act->undone_by)
        {
          crm_paged_list_replace (self->acts, i, crm_act_copy (act));
          gtk_single_selection_set_selected (self->selection, selected);
        }
      break;
    }
}

/* Who looks at the newest sees what comes; who looks at an older one goes on looking at it */
static void
show_new (CrmHistoryPage *self, GPtrArray *acts)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gboolean at_top = gtk_adjustment_get_value (adjustment) < 1;

  crm_paged_list_prepend (self->acts, acts);
  if (at_top)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmHistoryPage) self = user_data;
  News *news = crm_store_run_finish (CRM_STORE (object), result, NULL);

  self->refreshing = FALSE;
  /* Another question was asked meanwhile, which has the news as well */
  if (self->session != NULL && news != NULL && news->query == self->query)
    {
      if (news->too_many)
        {
          crm_paged_list_set_query (self->acts, g_atomic_rc_box_acquire (self->query),
                                    crm_history_query_clear);
        }
      else
        {
          for (guint i = 0; i < news->changed->len; i++)
            show_changed (self, g_ptr_array_index (news->changed, i));
          if (news->acts->len > 0)
            show_new (self, g_steal_pointer (&news->acts));
          _crm_history_page_update (self);
        }
    }
  g_clear_pointer (&news, news_unref);

  if (self->refresh_again && self->session != NULL)
    _crm_history_page_refresh (self);
}

/* For the other files of the class */

void
_crm_history_page_refresh (CrmHistoryPage *self)
{
  News *news;

  self->refresh_again = self->refreshing;
  if (self->refreshing || crm_paged_list_get_loading (self->acts))
    {
      self->refresh_again = TRUE;
      return;
    }

  self->refreshing = TRUE;
  news = g_atomic_rc_box_new0 (News);
  news->query = g_atomic_rc_box_acquire (self->query);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->acts)) > 0)
    news->newest = ((const CrmAct *) crm_paged_list_get_data (self->acts, 0))->id;
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, news, news_unref,
                       news_unref, self->cancellable, read_cb, g_object_ref (self));
}
