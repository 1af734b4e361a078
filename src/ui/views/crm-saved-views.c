/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-saved-views.h"

#include <glib/gi18n.h>

typedef enum
{
  VERB_ADD,
  VERB_SET,
  VERB_DUPLICATE,
  VERB_MOVE,
  VERB_RESET,
  VERB_REMOVE,
} Verb;

typedef struct
{
  Verb verb;
  CrmSession *session;
  CrmViewState *state; /* nullable: is set back afterwards */
  const CrmRecordType *type;
  const CrmView *view;
  const CrmView *before;
  CrmViewChange change;
  char *label;
  char *icon;
  CrmViewQuery *query;
  char *done; /* nullable: what is told */
  gint64 made_id;
} Deed;

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_clear_object (&deed->session);
  g_clear_object (&deed->state);
  g_clear_pointer (&deed->query, crm_view_query_free);
  g_free (deed->label);
  g_free (deed->icon);
  g_free (deed->done);
  g_free (deed);
}

static Deed *
deed_new (CrmSession *session, Verb verb, const CrmView *view)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->verb = verb;
  deed->session = g_object_ref (session);
  deed->view = view;
  deed->change.layout = -1;

  return deed;
}

static gboolean
do_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Deed *deed = data;
  const CrmView *made = NULL;

  switch (deed->verb)
    {
    case VERB_ADD:
      if (!crm_view_add (transaction, deed->type, &deed->change, &made, error))
        return FALSE;
      deed->made_id = made->id;
      return TRUE;

    case VERB_SET:
      return crm_view_set (transaction, deed->view, &deed->change, error);

    case VERB_DUPLICATE:
      if (!crm_view_duplicate (transaction, deed->view, NULL, &made, error))
        return FALSE;
      deed->made_id = made->id;
      return TRUE;

    case VERB_MOVE:
      return crm_view_move (transaction, deed->view, deed->before, error);

    case VERB_RESET:
      return crm_view_reset (transaction, deed->view, error);

    case VERB_REMOVE:
      return crm_view_remove (transaction, deed->view, error);

    default:
      g_assert_not_reached ();
    }
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmSession *session = CRM_SESSION (object);
  Deed *deed = user_data;
  g_auto (CrmWriteResult) written = { 0 };
  g_autoptr (GError) error = NULL;
  const CrmView *made;

  if (!crm_session_write_finish (session, result, &written, &error))
    {
      crm_session_report_error (session, error);
      deed_free (deed);
      return;
    }

  if (deed->done != NULL && written.act_id != 0)
    crm_session_show_undo_toast (session, deed->done, written.act_id);
  made = deed->made_id != 0
             ? crm_catalogue_get_view (crm_store_get_catalogue (crm_session_get_store (session)),
                                       deed->made_id)
             : NULL;
  if (made != NULL)
    {
      g_autofree char *place = crm_saved_views_get_place (session, made);

      crm_session_show_place (session, place);
      if (deed->state != NULL)
        crm_view_state_revert (deed->state);
    }
  deed_free (deed);
}

/* Takes @deed */
static void
start (Deed *deed)
{
  crm_session_write_async (deed->session, CRM_ACT_VIEW, do_func, deed, NULL, NULL, done_cb, deed);
}

/* Public API */

void
crm_saved_views_save (CrmViewState *state)
{
  const CrmView *view;
  Deed *deed;

  g_return_if_fail (CRM_IS_VIEW_STATE (state));

  view = crm_view_state_get_view (state);
  if (view == NULL)
    return;

  deed = deed_new (crm_view_state_get_session (state), VERB_SET, view);
  deed->query = crm_view_query_copy (crm_view_state_get_query (state));
  deed->change.query = deed->query;
  deed->change.layout = (int) crm_view_state_get_layout (state);
  deed->done = g_strdup_printf (_ ("“%s” saved"), view->label);
  start (deed);
}

void
crm_saved_views_save_as (CrmViewState *state, const char *label, const char *icon)
{
  const char *fixed;
  Deed *deed;

  g_return_if_fail (CRM_IS_VIEW_STATE (state));
  g_return_if_fail (label != NULL);

  deed = deed_new (crm_view_state_get_session (state), VERB_ADD, NULL);
  deed->state = g_object_ref (state);
  deed->type = crm_view_state_get_record_type (state);
  deed->query = crm_view_query_copy (crm_view_state_get_query (state));
  deed->label = g_strdup (label);
  deed->icon = g_strdup (icon);
  fixed = crm_view_state_get_fixed_filter (state);
  if (fixed != NULL)
    {
      const char *own = crm_view_query_get_filter (deed->query);
      g_autofree char *both = own != NULL ? g_strdup_printf ("(%s) and (%s)", fixed, own)
                                          : g_strdup (fixed);

      crm_view_query_set_filter (deed->query, both);
    }
  deed->change.label = deed->label;
  deed->change.icon = deed->icon;
  deed->change.query = deed->query;
  deed->change.layout = (int) crm_view_state_get_layout (state);
  deed->done = g_strdup_printf (_ ("“%s” saved"), label);
  start (deed);
}

void
crm_saved_views_rename (CrmSession *session,
                        const CrmView *view,
                        const char *label,
                        const char *icon)
{
  Deed *deed;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (view != NULL);
  g_return_if_fail (label != NULL);

  deed = deed_new (session, VERB_SET, view);
  deed->label = g_strdup (label);
  deed->icon = g_strdup (icon);
  deed->change.label = deed->label;
  deed->change.icon = deed->icon;
  start (deed);
}

void
crm_saved_views_duplicate (CrmSession *session, const CrmView *view)
{
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (view != NULL);

  start (deed_new (session, VERB_DUPLICATE, view));
}

void
crm_saved_views_set_favorite (CrmSession *session, const CrmView *view, gboolean favorite)
{
  Deed *deed;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (view != NULL);

  deed = deed_new (session, VERB_SET, view);
  deed->change.favorite = favorite ? CRM_SCHEMA_YES : CRM_SCHEMA_NO;
  start (deed);
}

void
crm_saved_views_move (CrmSession *session, const CrmView *view, const CrmView *before)
{
  Deed *deed;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (view != NULL);

  deed = deed_new (session, VERB_MOVE, view);
  deed->before = before;
  start (deed);
}

void
crm_saved_views_reset (CrmSession *session, const CrmView *view)
{
  Deed *deed;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (view != NULL);

  deed = deed_new (session, VERB_RESET, view);
  /* Translators: a view that comes with the program has been changed, and is set back */
  deed->done = g_strdup_printf (_ ("“%s” is as it was shipped"), view->label);
  start (deed);
}

void
crm_saved_views_remove (CrmSession *session, const CrmView *view)
{
  Deed *deed;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (view != NULL);

  deed = deed_new (session, VERB_REMOVE, view);
  deed->done = g_strdup_printf (_ ("View “%s” deleted"), view->label);
  start (deed);
}

gboolean
crm_saved_views_find_place (CrmSession *session,
                            const CrmView *view,
                            gboolean up,
                            const CrmView **before)
{
  const CrmRecordType *type;

  g_return_val_if_fail (CRM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (view != NULL, FALSE);
  g_return_val_if_fail (before != NULL, FALSE);

  type = crm_catalogue_get_type (crm_store_get_catalogue (crm_session_get_store (session)),
                                 view->type_id);
  for (guint i = 0; type != NULL && i < type->n_views; i++)
    {
      if (type->views[i]->id != view->id)
        continue;
      if (up ? i == 0 : i + 1 == type->n_views)
        return FALSE;

      if (up)
        *before = type->views[i - 1];
      else
        *before = i + 2 < type->n_views ? type->views[i + 2] : NULL;
      return TRUE;
    }

  return FALSE;
}

char *
crm_saved_views_get_place (CrmSession *session, const CrmView *view)
{
  const CrmRecordType *type;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (view != NULL, NULL);

  type = crm_catalogue_get_type (crm_store_get_catalogue (crm_session_get_store (session)),
                                 view->type_id);

  return type != NULL ? g_strconcat (type->name, "/", view->name, NULL) : NULL;
}

const CrmView *
crm_saved_views_find (CrmSession *session, const char *place)
{
  g_auto (GStrv) names = NULL;
  const CrmRecordType *type;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (place != NULL, NULL);

  names = g_strsplit (place, "/", 2);
  if (g_strv_length (names) < 2)
    return NULL;
  type = crm_catalogue_find_type (crm_store_get_catalogue (crm_session_get_store (session)),
                                  names[0]);

  return type != NULL ? crm_record_type_find_view (type, names[1]) : NULL;
}

const char *
crm_saved_views_get_icon (const CrmView *view)
{
  static const char *const icons[] = { "view-list-symbolic", "crm-deals-symbolic",
                                       "crm-calendar-symbolic" };

  g_return_val_if_fail (view != NULL, NULL);

  return view->icon != NULL ? view->icon : icons[view->layout];
}
