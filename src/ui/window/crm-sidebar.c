/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-sidebar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-navigator.h"
#include "crm-number.h"
#include "crm-place-drag.h"
#include "crm-place-menu.h"
#include "crm-place-row.h"
#include "crm-query.h"
#include "crm-saved-views.h"
#include "crm-trash.h"
#include "crm-workspace.h"

/* Places in the order in which a working day goes to them; the user's own types follow */
static const char *const place_order[] = { "tasks",      "deals", "people",  "companies",
                                           "activities", "notes", "products" };

/* As in the template */
#define WIDTH 240

/* How long further changes are waited for before it is counted anew, in milliseconds */
#define COUNT_AFTER 300

struct _CrmSidebar
{
  AdwBin parent_instance;

  GMenu *recent_section;
  GMenu *undo_section;
  AdwHeaderBar *header;
  GtkLabel *workspace_label;
  GtkListBox *places;
  GtkListBox *bottom;
  GtkWidget *demo_button;
  GtkWidget *jobs;

  CrmSession *session;
  GCancellable *cancellable;
  gboolean counting;
  gboolean count_again;
  guint count_id;
  GHashTable *counts; /* place → gint64, as they were last */
  char *place;
};

enum
{
  PLACE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmSidebar, crm_sidebar, ADW_TYPE_BIN)

static void count (CrmSidebar *self);

/* Rows */

static CrmPlaceRow *
find_row (CrmSidebar *self, const char *place)
{
  GtkListBox *lists[] = { self->places, self->bottom };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      GtkListBoxRow *row;

      for (int j = 0; (row = gtk_list_box_get_row_at_index (lists[i], j)) != NULL; j++)
        if (g_strcmp0 (crm_place_row_get_place (CRM_PLACE_ROW (row)), place) == 0)
          return CRM_PLACE_ROW (row);
    }

  return NULL;
}

static void
new_window_cb (CrmSidebar *self, CrmPlaceRow *row)
{
  g_signal_emit (self, signals[PLACE_ACTIVATED], 0, crm_place_row_get_place (row), TRUE);
}

static CrmPlaceRow *
append_row (CrmSidebar *self,
            GtkListBox *list,
            const char *place,
            const char *title,
            const char *icon)
{
  GtkWidget *row = crm_place_row_new (place, title, icon);
  const gint64 *known = g_hash_table_lookup (self->counts, place);

  g_signal_connect_object (row, "open-in-new-window", G_CALLBACK (new_window_cb), self,
                           G_CONNECT_SWAPPED);
  if (known != NULL)
    crm_place_row_set_count (CRM_PLACE_ROW (row), *known);
  gtk_list_box_append (list, row);

  return CRM_PLACE_ROW (row);
}

static CrmPlaceRow *
append_view (CrmSidebar *self, const CrmView *view)
{
  g_autofree char *place = crm_saved_views_get_place (self->session, view);

  return append_row (self, self->places, place, view->label, crm_saved_views_get_icon (view));
}

/* On top, in the order of their types */
static void
append_favorites (CrmSidebar *self, const CrmRecordType *type)
{
  for (guint i = 0; i < type->n_views; i++)
    if (type->views[i]->favorite)
      crm_place_row_set_favorite (append_view (self, type->views[i]), TRUE);
}

static void
append_type (CrmSidebar *self, const CrmRecordType *type)
{
  append_row (self, self->places, type->name, type->label_many,
              type->icon != NULL ? type->icon : "crm-type-symbolic");
  for (guint i = 0; i < type->n_views; i++)
    crm_place_row_set_within (append_view (self, type->views[i]), TRUE);
}

/* The views of one type at a time, of that which one is at, so that the list of places stays short */
static void
show_views (CrmSidebar *self)
{
  g_auto (GStrv) names = g_strsplit (self->place != NULL ? self->place : "", "/", 2);
  g_autofree char *prefix = g_strconcat (names[0] != NULL ? names[0] : "", "/", NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->places, i)) != NULL; i++)
    if (crm_place_row_get_within (CRM_PLACE_ROW (row)))
      gtk_widget_set_visible (GTK_WIDGET (row),
                              g_str_has_prefix (crm_place_row_get_place (CRM_PLACE_ROW (row)),
                                                prefix));
}

static gboolean
is_ordered (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (place_order); i++)
    if (g_str_equal (place_order[i], name))
      return TRUE;

  return FALSE;
}

/* (transfer container) (element-type CrmRecordType) */
static GPtrArray *
list_types (CrmSidebar *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GPtrArray *types = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (place_order); i++)
    {
      const CrmRecordType *type = crm_catalogue_find_type (catalogue, place_order[i]);

      if (type != NULL)
        g_ptr_array_add (types, (gpointer) type);
    }
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      /* The team has its page in the preferences */
      if (!is_ordered (type->name) && !g_str_equal (type->name, "members"))
        g_ptr_array_add (types, (gpointer) type);
    }

  return types;
}

/* Favorites are set off from the places */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  gboolean ends = before != NULL && crm_place_row_get_favorite (CRM_PLACE_ROW (before)) &&
                  !crm_place_row_get_favorite (CRM_PLACE_ROW (row));

  gtk_list_box_row_set_header (row, ends ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

static void
fill (CrmSidebar *self)
{
  g_autoptr (GPtrArray) types = list_types (self);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->places, 0)) != NULL)
    gtk_list_box_remove (self->places, GTK_WIDGET (row));

  for (guint i = 0; i < types->len; i++)
    append_favorites (self, g_ptr_array_index (types, i));
  for (guint i = 0; i < types->len; i++)
    append_type (self, g_ptr_array_index (types, i));
  gtk_list_box_invalidate_headers (self->places);

  if (gtk_list_box_get_row_at_index (self->bottom, 0) == NULL)
    append_row (self, self->bottom, CRM_PLACE_TRASH, _ ("Trash"), "user-trash-symbolic");

  crm_sidebar_set_place (self, self->place);
}

/* Counts */

typedef struct
{
  char *place;
  gint64 count;
} Count;

static void
count_clear (gpointer data)
{
  g_free (((Count *) data)->place);
}

static void
take_count (GArray *counts, char *place, gint64 count)
{
  Count entry = { place, count };

  g_array_append_val (counts, entry);
}

/* One that cannot be asked at present has no count */
static void
count_views (GPtrArray *views, CrmStore *store, GArray *counts, GCancellable *cancellable)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);

  for (guint i = 0; i < views->len; i++)
    {
      const CrmView *view = g_ptr_array_index (views, i);
      const CrmRecordType *type = crm_catalogue_get_type (catalogue, view->type_id);
      g_autoptr (CrmQuery) query = crm_view_make_query (store, view, NULL, NULL, NULL);
      gint64 n;

      if (type != NULL && query != NULL && crm_query_count (query, store, &n, cancellable, NULL))
        take_count (counts, g_strconcat (type->name, "/", view->name, NULL), n);
    }
}

/* @data: the views */
static gpointer
count_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (Count));
  gint64 trashed = 0;

  g_array_set_clear_func (counts, count_clear);
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autoptr (CrmQuery) live = crm_query_new (type);
      g_autoptr (CrmQuery) trash = crm_query_new (type);
      gint64 n;
      gint64 in_trash;

      crm_query_set_state (trash, CRM_STATE_TRASHED);
      if (!crm_query_count (live, store, &n, cancellable, error) ||
          !crm_query_count (trash, store, &in_trash, cancellable, error))
        return NULL;

      take_count (counts, g_strdup (type->name), n);
      trashed += in_trash;
    }
  take_count (counts, g_strdup (CRM_PLACE_TRASH), trashed);
  count_views (data, store, counts, cancellable);

  return g_steal_pointer (&counts);
}

static void
show_counts (CrmSidebar *self)
{
  GtkListBox *lists[] = { self->places, self->bottom };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      GtkListBoxRow *row;

      for (int j = 0; (row = gtk_list_box_get_row_at_index (lists[i], j)) != NULL; j++)
        {
          const gint64 *n = g_hash_table_lookup (self->counts,
                                                 crm_place_row_get_place (CRM_PLACE_ROW (row)));

          if (n != NULL)
            crm_place_row_set_count (CRM_PLACE_ROW (row), *n);
        }
    }
}

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSidebar) self = user_data;
  g_autoptr (GArray) counts = crm_store_run_finish (CRM_STORE (object), result, NULL);

  self->counting = FALSE;
  if (self->session == NULL)
    return;

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      const Count *entry = &g_array_index (counts, Count, i);

      g_hash_table_insert (self->counts, g_strdup (entry->place),
                           g_memdup2 (&entry->count, sizeof entry->count));
    }
  if (counts != NULL)
    show_counts (self);
  if (self->count_again)
    count (self);
}

/* Those that are seen: the favorites, and below the type that one is at. (transfer container) (element-type CrmView) */
static GPtrArray *
list_seen_views (CrmSidebar *self)
{
  g_autoptr (GPtrArray) types = list_types (self);
  GPtrArray *views = g_ptr_array_new ();

  for (guint i = 0; i < types->len; i++)
    {
      const CrmRecordType *type = g_ptr_array_index (types, i);
      gsize length = strlen (type->name);
      gboolean open = self->place != NULL && strncmp (self->place, type->name, length) == 0 &&
                      (self->place[length] == '\0' || self->place[length] == '/');

      for (guint j = 0; j < type->n_views; j++)
        if (open || type->views[j]->favorite)
          g_ptr_array_add (views, (gpointer) type->views[j]);
    }

  return views;
}

static void
count (CrmSidebar *self)
{
  self->count_again = self->counting;
  if (self->counting)
    return;

  self->counting = TRUE;
  crm_store_run_async (crm_session_get_store (self->session), count_in_worker,
                       list_seen_views (self), (GDestroyNotify) g_ptr_array_unref,
                       (GDestroyNotify) g_array_unref, self->cancellable, counted_cb,
                       g_object_ref (self));
}

static gboolean
count_cb (gpointer data)
{
  CrmSidebar *self = data;

  self->count_id = 0;
  count (self);

  return G_SOURCE_REMOVE;
}

/* What a view finds changes with any value */
static void
store_changed_cb (CrmSidebar *self, const CrmNews *news)
{
  if (news->catalogue)
    fill (self);
  if (self->count_id == 0)
    self->count_id = g_timeout_add (COUNT_AFTER, count_cb, self);
}

/* Menus */

static void
fill_recent (CrmSidebar *self)
{
  g_auto (GStrv) recent = crm_workspace_list_recent ();
  const char *own = crm_store_get_path (crm_session_get_store (self->session));

  g_menu_remove_all (self->recent_section);
  for (guint i = 0; recent != NULL && recent[i] != NULL && i < 8; i++)
    {
      g_autofree char *base = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (g_str_equal (recent[i], own))
        continue;
      base = g_path_get_basename (recent[i]);
      if (g_str_equal (base, "default.crm"))
        {
          g_free (base);
          base = g_strdup (_ ("My Workspace"));
        }
      else if (g_str_has_suffix (base, ".crm"))
        {
          base[strlen (base) - strlen (".crm")] = '\0';
        }
      item = g_menu_item_new (base, NULL);
      g_menu_item_set_action_and_target (item, "win.switch-workspace", "s", recent[i]);
      g_menu_append_item (self->recent_section, item);
    }
}

/* What is in quotes are people's own words, where a line under a letter is only that */
static char *
make_act_label (const char *verb, const char *act)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *escaped = NULL;

  if (act == NULL)
    return g_strdup (verb);

  parts = g_strsplit (act, "_", -1);
  escaped = g_strjoinv ("__", parts);

  /* Translators: Undo or Redo, and what */
  return g_strdup_printf (_ ("%s “%s”"), verb, escaped);
}

/* The keys are bound by the window's class, so the menu has to be told */
static void
append_undo_item (CrmSidebar *self, const char *label, const char *action, const char *accel)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (self->undo_section, item);
}

static void
row_activated_cb (CrmSidebar *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[PLACE_ACTIVATED], 0, crm_place_row_get_place (CRM_PLACE_ROW (row)),
                 FALSE);
}

static gboolean
crm_sidebar_grab_focus (GtkWidget *widget)
{
  CrmSidebar *self = CRM_SIDEBAR (widget);
  CrmPlaceRow *row = self->place != NULL ? find_row (self, self->place) : NULL;

  if (row != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (row));

  return gtk_widget_child_focus (GTK_WIDGET (self->places), GTK_DIR_TAB_FORWARD);
}

static void
crm_sidebar_dispose (GObject *object)
{
  CrmSidebar *self = CRM_SIDEBAR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->count_id, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_SIDEBAR);

  G_OBJECT_CLASS (crm_sidebar_parent_class)->dispose (object);
}

static void
crm_sidebar_finalize (GObject *object)
{
  CrmSidebar *self = CRM_SIDEBAR (object);

  g_hash_table_unref (self->counts);
  g_free (self->place);

  G_OBJECT_CLASS (crm_sidebar_parent_class)->finalize (object);
}

static void
crm_sidebar_class_init (CrmSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_sidebar_dispose;
  object_class->finalize = crm_sidebar_finalize;

  widget_class->grab_focus = crm_sidebar_grab_focus;

  signals[PLACE_ACTIVATED] = g_signal_new ("place-activated", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                           G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/window/crm-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, recent_section);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, undo_section);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, workspace_label);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, places);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, bottom);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, demo_button);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, jobs);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
crm_sidebar_init (CrmSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_list_box_set_header_func (self->places, update_header, NULL, NULL);
  crm_sidebar_set_undo_labels (self, NULL, NULL);
}

/* Public API */

void
crm_sidebar_set_session (CrmSidebar *self, CrmSession *session)
{
  CrmStore *store;
  g_autofree char *name = NULL;

  g_return_if_fail (CRM_IS_SIDEBAR (self));
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  store = crm_session_get_store (session);
  name = crm_session_get_workspace_name (session);
  gtk_label_set_label (self->workspace_label, name);
  fill_recent (self);
  fill (self);
  crm_place_menu_add (GTK_WIDGET (self), self->places, session);
  crm_place_drag_add (self->places, session);
  count (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
crm_sidebar_set_place (CrmSidebar *self, const char *place)
{
  CrmPlaceRow *row;
  GtkWidget *list;

  g_return_if_fail (CRM_IS_SIDEBAR (self));

  if (place != self->place)
    {
      g_free (self->place);
      self->place = g_strdup (place);
      if (self->session != NULL)
        count (self);
    }

  show_views (self);
  gtk_list_box_unselect_all (self->places);
  gtk_list_box_unselect_all (self->bottom);
  row = place != NULL ? find_row (self, place) : NULL;
  if (row == NULL)
    return;

  list = gtk_widget_get_parent (GTK_WIDGET (row));
  gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (row));
}

const char *
crm_sidebar_get_nth_place (CrmSidebar *self, guint nth)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (CRM_IS_SIDEBAR (self), NULL);
  g_return_val_if_fail (nth > 0, NULL);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->places, i)) != NULL; i++)
    if (!crm_place_row_get_within (CRM_PLACE_ROW (row)) &&
        !crm_place_row_get_favorite (CRM_PLACE_ROW (row)) && --nth == 0)
      return crm_place_row_get_place (CRM_PLACE_ROW (row));

  return NULL;
}

void
crm_sidebar_set_undo_labels (CrmSidebar *self, const char *undo, const char *redo)
{
  g_autofree char *undo_label = NULL;
  g_autofree char *redo_label = NULL;

  g_return_if_fail (CRM_IS_SIDEBAR (self));

  undo_label = make_act_label (_ ("_Undo"), undo);
  redo_label = make_act_label (_ ("_Redo"), redo);

  g_menu_remove_all (self->undo_section);
  append_undo_item (self, undo_label, "win.undo", "<Control>z");
  append_undo_item (self, redo_label, "win.redo", "<Control><Shift>z");
}

void
crm_sidebar_set_demo (CrmSidebar *self, gboolean is_demo)
{
  g_return_if_fail (CRM_IS_SIDEBAR (self));

  gtk_widget_set_visible (self->demo_button, is_demo);
}

void
crm_sidebar_set_folded (CrmSidebar *self, gboolean folded)
{
  AdwClamp *clamp;

  g_return_if_fail (CRM_IS_SIDEBAR (self));

  adw_header_bar_set_show_end_title_buttons (self->header, folded);
  /* Beside the content it is as wide whatever it and the content would like to be */
  clamp = ADW_CLAMP (adw_bin_get_child (ADW_BIN (self)));
  adw_clamp_set_maximum_size (clamp, folded ? G_MAXINT16 : WIDTH);
  adw_clamp_set_tightening_threshold (clamp, folded ? G_MAXINT16 : WIDTH);
}

void
crm_sidebar_add_job (CrmSidebar *self, GtkWidget *row)
{
  g_return_if_fail (CRM_IS_SIDEBAR (self));
  g_return_if_fail (GTK_IS_WIDGET (row));

  gtk_box_append (GTK_BOX (self->jobs), row);
  gtk_widget_set_visible (self->jobs, TRUE);
}

void
crm_sidebar_remove_job (CrmSidebar *self, GtkWidget *row)
{
  g_return_if_fail (CRM_IS_SIDEBAR (self));

  /* A job may outlive the window's widgets */
  if (self->jobs == NULL || gtk_widget_get_parent (row) != self->jobs)
    return;

  gtk_box_remove (GTK_BOX (self->jobs), row);
  /* The separator alone is left */
  gtk_widget_set_visible (self->jobs, gtk_widget_get_first_child (self->jobs) !=
                                          gtk_widget_get_last_child (self->jobs));
}
