/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-actions.h"

#include <string.h>

#include "crm-saved-views.h"
#include "crm-view-layouts.h"
#include "crm-view-name-window.h"

typedef struct
{
  GtkWidget *page; /* has the group, so it is there as long as anything can be activated */
  CrmViewState *state;
  GSimpleActionGroup *group;
} Actions;

static GQuark
actions_quark (void)
{
  return g_quark_from_static_string ("crm-view-actions");
}

static void
save_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_saved_views_save (self->state);
}

static void
save_as_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_view_name_window_present_to_save (self->page, self->state);
}

static void
discard_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_view_state_revert (self->state);
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_view_name_window_present_to_rename (self->page, crm_view_state_get_session (self->state),
                                          crm_view_state_get_view (self->state));
}

static void
duplicate_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_saved_views_duplicate (crm_view_state_get_session (self->state),
                             crm_view_state_get_view (self->state));
}

static void
add_favorite_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_saved_views_set_favorite (crm_view_state_get_session (self->state),
                                crm_view_state_get_view (self->state), TRUE);
}

static void
remove_favorite_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_saved_views_set_favorite (crm_view_state_get_session (self->state),
                                crm_view_state_get_view (self->state), FALSE);
}

static void
move (Actions *self, gboolean up)
{
  CrmSession *session = crm_view_state_get_session (self->state);
  const CrmView *view = crm_view_state_get_view (self->state);
  const CrmView *before;

  if (crm_saved_views_find_place (session, view, up, &before))
    crm_saved_views_move (session, view, before);
}

static void
move_up_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move (user_data, TRUE);
}

static void
move_down_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move (user_data, FALSE);
}

static void
reset_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_saved_views_reset (crm_view_state_get_session (self->state),
                         crm_view_state_get_view (self->state));
}

static void
remove_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  crm_saved_views_remove (crm_view_state_get_session (self->state),
                          crm_view_state_get_view (self->state));
}

static void
show_table_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  crm_view_state_set_layout (((Actions *) user_data)->state, CRM_VIEW_TABLE);
}

static void
show_board_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  crm_view_state_set_layout (((Actions *) user_data)->state, CRM_VIEW_BOARD);
}

static void
show_calendar_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  crm_view_state_set_layout (((Actions *) user_data)->state, CRM_VIEW_CALENDAR);
}

static void
set_enabled (Actions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (Actions *self)
{
  CrmSession *session = crm_view_state_get_session (self->state);
  const CrmView *view = crm_view_state_get_view (self->state);
  gboolean writable = !crm_database_is_read_only (
      crm_store_get_database (crm_session_get_store (session)));
  gboolean own = writable && view != NULL;
  const CrmRecordType *type = crm_view_state_get_record_type (self->state);
  const CrmView *before;

  set_enabled (self, "show-board", crm_view_layouts_fits (type, CRM_VIEW_BOARD));
  set_enabled (self, "show-calendar", crm_view_layouts_fits (type, CRM_VIEW_CALENDAR));
  set_enabled (self, "save", own && crm_view_state_get_modified (self->state));
  set_enabled (self, "save-as", writable);
  set_enabled (self, "discard", crm_view_state_get_changed (self->state));
  set_enabled (self, "rename", own);
  set_enabled (self, "duplicate", own);
  set_enabled (self, "add-favorite", own && !view->favorite);
  set_enabled (self, "remove-favorite", own && view->favorite);
  set_enabled (self, "move-up", own && crm_saved_views_find_place (session, view, TRUE, &before));
  set_enabled (self, "move-down",
               own && crm_saved_views_find_place (session, view, FALSE, &before));
  set_enabled (self, "reset", own && view->standard);
  set_enabled (self, "remove", own);
}

static void
state_changed_cb (GSimpleActionGroup *group)
{
  update (g_object_get_qdata (G_OBJECT (group), actions_quark ()));
}

static void
actions_free (gpointer data)
{
  Actions *self = data;

  g_object_unref (self->state);
  g_free (self);
}

void
crm_view_actions_add (GtkWidget *page, CrmViewState *state)
{
  static const GActionEntry entries[] = {
    { .name = "save", .activate = save_action },
    { .name = "save-as", .activate = save_as_action },
    { .name = "discard", .activate = discard_action },
    { .name = "rename", .activate = rename_action },
    { .name = "duplicate", .activate = duplicate_action },
    { .name = "add-favorite", .activate = add_favorite_action },
    { .name = "remove-favorite", .activate = remove_favorite_action },
    { .name = "move-up", .activate = move_up_action },
    { .name = "move-down", .activate = move_down_action },
    { .name = "reset", .activate = reset_action },
    { .name = "remove", .activate = remove_action },
    { .name = "show-table", .activate = show_table_action },
    { .name = "show-board", .activate = show_board_action },
    { .name = "show-calendar", .activate = show_calendar_action },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  Actions *self;

  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (CRM_IS_VIEW_STATE (state));

  self = g_new0 (Actions, 1);
  self->page = page;
  self->state = g_object_ref (state);
  self->group = group;
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  g_object_set_qdata_full (G_OBJECT (group), actions_quark (), self, actions_free);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), group,
                           G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_insert_action_group (page, "view", G_ACTION_GROUP (group));
  g_object_set_qdata_full (G_OBJECT (page), actions_quark (), g_object_ref (group), g_object_unref);
}

gboolean
crm_view_actions_is_disabled (GtkWidget *page, const char *action)
{
  GActionGroup *group;

  g_return_val_if_fail (GTK_IS_WIDGET (page), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  group = g_object_get_qdata (G_OBJECT (page), actions_quark ());

  return group != NULL && g_str_has_prefix (action, "view.") &&
         !g_action_group_get_action_enabled (group, action + strlen ("view."));
}
