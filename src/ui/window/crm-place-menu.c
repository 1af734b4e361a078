/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-place-menu.h"

#include <glib/gi18n.h>

#include "crm-context-menu.h"
#include "crm-place-row.h"
#include "crm-saved-views.h"
#include "crm-view-name-window.h"

typedef struct
{
  GtkWidget *sidebar; /* has the group, and with it this */
  CrmSession *session;
  GSimpleActionGroup *group;
  char *place; /* that the menu is about */
} PlaceMenu;

static void
place_menu_free (gpointer data)
{
  PlaceMenu *self = data;

  g_object_unref (self->session);
  g_free (self->place);
  g_free (self);
}

static const CrmView *
find_view (PlaceMenu *self)
{
  return self->place != NULL ? crm_saved_views_find (self->session, self->place) : NULL;
}

static CrmPlaceRow *
find_row (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, CRM_TYPE_PLACE_ROW);

  return row != NULL ? CRM_PLACE_ROW (row) : NULL;
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlaceMenu *self = user_data;

  g_signal_emit_by_name (self->sidebar, "place-activated", self->place, TRUE);
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlaceMenu *self = user_data;
  const CrmView *view = find_view (self);

  if (view != NULL)
    crm_view_name_window_present_to_rename (self->sidebar, self->session, view);
}

static void
duplicate_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlaceMenu *self = user_data;
  const CrmView *view = find_view (self);

  if (view != NULL)
    crm_saved_views_duplicate (self->session, view);
}

static void
set_favorite (PlaceMenu *self, gboolean favorite)
{
  const CrmView *view = find_view (self);

  if (view != NULL)
    crm_saved_views_set_favorite (self->session, view, favorite);
}

static void
add_favorite_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_favorite (user_data, TRUE);
}

static void
remove_favorite_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_favorite (user_data, FALSE);
}

static void
move (PlaceMenu *self, gboolean up)
{
  const CrmView *view = find_view (self);
  const CrmView *before;

  if (view != NULL && crm_saved_views_find_place (self->session, view, up, &before))
    crm_saved_views_move (self->session, view, before);
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
remove_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlaceMenu *self = user_data;
  const CrmView *view = find_view (self);

  if (view != NULL)
    crm_saved_views_remove (self->session, view);
}

static const GActionEntry entries[] = {
  { .name = "open-in-window", .activate = open_action },
  { .name = "rename", .activate = rename_action },
  { .name = "duplicate", .activate = duplicate_action },
  { .name = "add-favorite", .activate = add_favorite_action },
  { .name = "remove-favorite", .activate = remove_favorite_action },
  { .name = "move-up", .activate = move_up_action },
  { .name = "move-down", .activate = move_down_action },
  { .name = "remove", .activate = remove_action },
};

static void
update_actions (PlaceMenu *self)
{
  CrmDatabase *database = crm_store_get_database (crm_session_get_store (self->session));
  const CrmView *view = crm_database_is_read_only (database) ? NULL : find_view (self);
  const CrmView *before;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), entries[i].name);
      gboolean enabled = view != NULL || entries[i].activate == open_action;

      if (view != NULL && entries[i].activate == add_favorite_action)
        enabled = !view->favorite;
      else if (view != NULL && entries[i].activate == remove_favorite_action)
        enabled = view->favorite;
      else if (view != NULL && entries[i].activate == move_up_action)
        enabled = crm_saved_views_find_place (self->session, view, TRUE, &before);
      else if (view != NULL && entries[i].activate == move_down_action)
        enabled = crm_saved_views_find_place (self->session, view, FALSE, &before);
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
}

static gboolean
choose_row (GtkWidget *list, GtkWidget *picked, gpointer user_data)
{
  PlaceMenu *self = user_data;
  CrmPlaceRow *row = picked != NULL ? find_row (picked) : NULL;

  if (row == NULL)
    return FALSE;

  g_free (self->place);
  self->place = g_strdup (crm_place_row_get_place (row));
  update_actions (self);

  return TRUE;
}

static void
append (GMenu *menu, const char *label, const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  g_autoptr (GMenu) remove = g_menu_new ();

  append (open, _ ("Open in New _Window"), "place.open-in-window");
  append (edit, _ ("_Rename…"), "place.rename");
  append (edit, _ ("_Duplicate"), "place.duplicate");
  append (edit, _ ("Add to _Favorites"), "place.add-favorite");
  append (edit, _ ("Remove from _Favorites"), "place.remove-favorite");
  append (edit, _ ("Move _Up"), "place.move-up");
  append (edit, _ ("Move D_own"), "place.move-down");
  append (remove, _ ("De_lete View"), "place.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remove));

  return G_MENU_MODEL (menu);
}

void
crm_place_menu_add (GtkWidget *sidebar, GtkListBox *places, CrmSession *session)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenuModel) menu = make_menu ();
  PlaceMenu *self;

  g_return_if_fail (GTK_IS_WIDGET (sidebar));
  g_return_if_fail (GTK_IS_LIST_BOX (places));
  g_return_if_fail (CRM_IS_SESSION (session));

  self = g_new0 (PlaceMenu, 1);
  self->sidebar = sidebar;
  self->session = g_object_ref (session);
  self->group = group;
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (sidebar, "place", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (group), "crm-place-menu", self, place_menu_free);
  crm_context_menu_add (sidebar, GTK_WIDGET (places), menu, choose_row, self);
}
