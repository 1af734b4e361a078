/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-place-drag.h"

#include "crm-place-row.h"
#include "crm-row-drag.h"
#include "crm-saved-views.h"

/* The view of a row below its type; %NULL for any other row */
static const CrmView *
find_view (CrmSession *session, GtkListBoxRow *row)
{
  return row != NULL && crm_place_row_get_within (CRM_PLACE_ROW (row))
             ? crm_saved_views_find (session, crm_place_row_get_place (CRM_PLACE_ROW (row)))
             : NULL;
}

/* The visible row before @row, which is %NULL for the end of the list that has @other */
static GtkListBoxRow *
find_previous (GtkListBoxRow *row, GtkListBoxRow *other)
{
  GtkWidget *previous = row != NULL ? gtk_widget_get_prev_sibling (GTK_WIDGET (row))
                                    : gtk_widget_get_last_child (
                                          gtk_widget_get_parent (GTK_WIDGET (other)));

  while (previous != NULL &&
         (!GTK_IS_LIST_BOX_ROW (previous) || !gtk_widget_get_visible (previous)))
    previous = gtk_widget_get_prev_sibling (previous);

  return previous != NULL ? GTK_LIST_BOX_ROW (previous) : NULL;
}

/* A view stays below its type: it goes before another one, or behind the last one */
static gboolean
fits_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  CrmSession *session = user_data;
  CrmDatabase *database = crm_store_get_database (crm_session_get_store (session));
  const CrmView *view = crm_database_is_read_only (database) ? NULL : find_view (session, row);
  const CrmView *next = find_view (session, before);
  const CrmView *previous;

  if (view == NULL)
    return FALSE;
  if (next != NULL)
    return next->type_id == view->type_id;

  previous = find_view (session, find_previous (before, row));
  return previous != NULL && previous->type_id == view->type_id;
}

static void
moved_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  CrmSession *session = user_data;

  crm_saved_views_move (session, find_view (session, row), find_view (session, before));
}

void
crm_place_drag_add (GtkListBox *places, CrmSession *session)
{
  g_return_if_fail (GTK_IS_LIST_BOX (places));
  g_return_if_fail (CRM_IS_SESSION (session));

  /* The sidebar has the session as long as it has the rows */
  crm_row_drag_add (places, fits_cb, moved_cb, session);
}
