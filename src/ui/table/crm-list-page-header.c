/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-column-chooser.h"

#define WIDTH_STEP 24
/* How far from its edge a column is still taken by it */
#define EDGE 5

/* What a column's actions are about: the one that is named, or that of the active cell */
static const char *
get_column (CrmListPage *self, GVariant *parameter)
{
  const char *path = g_variant_get_string (parameter, NULL);

  if (*path == '\0')
    path = _crm_list_page_get_active_path (self);

  return path != NULL && _crm_list_page_find_column (self, path, NULL) ? path : NULL;
}

/* Sorting and grouping */

static void
sort_ascending_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_column (self, parameter);

  if (path != NULL)
    _crm_list_page_sort (self, path, FALSE, FALSE);
}

static void
sort_descending_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_column (self, parameter);

  if (path != NULL)
    _crm_list_page_sort (self, path, TRUE, FALSE);
}

/* Behind what is sorted by already; what is one of those is turned round */
static void
add_to_sort_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_column (self, parameter);
  gboolean descending;

  if (path == NULL)
    return;

  if (_crm_list_page_is_sorted (self, path, &descending))
    _crm_list_page_sort (self, path, !descending, TRUE);
  else
    _crm_list_page_sort (self, path, FALSE, TRUE);
}

/* (nullable): the column, where it can be grouped by; says so otherwise */
static const char *
get_groupable (CrmListPage *self, GVariant *parameter)
{
  const char *path = get_column (self, parameter);
  const CrmColumn *column = path != NULL ? _crm_list_page_get_crm_column (self, path) : NULL;

  if (column != NULL && crm_column_can_group (column))
    return path;

  crm_session_show_toast (self->session, _ ("This column can’t be grouped by."));
  return NULL;
}

static void
group_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_groupable (self, parameter);

  if (path != NULL)
    _crm_list_page_group (self, path, CRM_BUCKET_MONTH);
}

static void
add_to_groups_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_groupable (self, parameter);

  if (path != NULL)
    _crm_list_page_group_within (self, path);
}

/* Which columns there are */

static void
hide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_column (self, parameter);
  CrmViewQuery *old = crm_view_state_get_query (self->state);
  GPtrArray *columns = crm_view_query_get_columns (old);
  CrmViewQuery *query;

  if (path == NULL)
    return;
  if (_crm_list_page_is_naming (self, path))
    {
      crm_session_show_toast (self->session,
                              _ ("The first column tells the rows apart and stays."));
      return;
    }

  query = crm_view_query_copy (old);
  crm_view_query_clear_columns (query);
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (!g_str_equal (column->field, path))
        crm_view_query_add_column (query, column->field, column->width);
    }
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_COLUMNS);
}

/* Behind the column that was asked about */
static void
insert_column (CrmListPage *self, const char *after, const char *path)
{
  CrmViewQuery *old = crm_view_state_get_query (self->state);
  GPtrArray *columns = crm_view_query_get_columns (old);
  CrmViewQuery *query = crm_view_query_copy (old);
  gboolean inserted = FALSE;

  crm_view_query_clear_columns (query);
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (!g_str_equal (column->field, path))
        crm_view_query_add_column (query, column->field, column->width);
      if (g_strcmp0 (column->field, after) != 0)
        continue;
      crm_view_query_add_column (query, path, 0);
      inserted = TRUE;
    }
  if (!inserted)
    crm_view_query_add_column (query, path, 0);
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_COLUMNS);
}

static void
chosen_cb (CrmListPage *self, const char *path, CrmColumnChooser *chooser)
{
  g_autofree char *after = g_strdup (self->insert_after);

  insert_column (self, after, path);
  _crm_list_page_activate_path (self, path);
}

GtkWidget *
_crm_list_page_find_title (CrmListPage *self, const char *path)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->table));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  guint position;

  if (!_crm_list_page_find_column (self, path, &position))
    return NULL;
  while (title != NULL && position-- > 0)
    title = gtk_widget_get_next_sibling (title);

  return title;
}

static void
insert_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_column (self, parameter);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  GtkWidget *title = path != NULL ? _crm_list_page_find_title (self, path) : NULL;
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->table)))
    return;

  if (self->column_chooser == NULL)
    {
      self->column_chooser = crm_column_chooser_new (crm_session_get_store (self->session),
                                                     self->type);
      gtk_widget_set_parent (self->column_chooser, widget);
      g_signal_connect_object (self->column_chooser, "chosen", G_CALLBACK (chosen_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_free (self->insert_after);
  self->insert_after = g_strdup (path);
  for (guint i = 0; i < _crm_list_page_get_n_columns (self); i++)
    g_ptr_array_add (shown, (gpointer) _crm_list_page_get_column_path (self, i));
  g_ptr_array_add (shown, NULL);
  crm_column_chooser_set_shown (CRM_COLUMN_CHOOSER (self->column_chooser),
                                (const char *const *) shown->pdata);
  if (!gtk_widget_compute_bounds (title != NULL ? title : GTK_WIDGET (self->table), widget,
                                  &bounds))
    bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->column_chooser),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                (int) bounds.size.width,
                                                title != NULL ? (int) bounds.size.height : 1 });
  gtk_popover_popup (GTK_POPOVER (self->column_chooser));
}

/* Widths */

static void
fit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  const char *path = get_column (self, parameter);
  guint position;

  if (path != NULL && _crm_list_page_find_column (self, path, &position))
    _crm_list_page_fit_column (self, _crm_list_page_get_column (self, position));
}

static void
add_width (CrmListPage *self, GVariant *parameter, int step)
{
  const char *path = get_column (self, parameter);
  GtkColumnViewColumn *column;
  guint position;

  if (path == NULL || !_crm_list_page_find_column (self, path, &position))
    return;

  column = _crm_list_page_get_column (self, position);
  gtk_column_view_column_set_fixed_width (
      column, MAX (gtk_column_view_column_get_fixed_width (column) + step, 2 * WIDTH_STEP));
}

static void
widen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add_width (CRM_LIST_PAGE (widget), parameter, WIDTH_STEP);
}

static void
narrow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add_width (CRM_LIST_PAGE (widget), parameter, -WIDTH_STEP);
}

/* The column at whose end the point of the window is; FALSE where there is none */
static gboolean
find_edge (CrmListPage *self, GtkNative *native, double x, double y, guint *position)
{
  guint n = _crm_list_page_get_n_columns (self);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *title = _crm_list_page_find_title (self, _crm_list_page_get_column_path (self, i));
      graphene_rect_t bounds;

      if (title == NULL || !gtk_widget_compute_bounds (title, GTK_WIDGET (native), &bounds))
        continue;
      *position = i;
      if (ABS (x - (bounds.origin.x + bounds.size.width)) <= EDGE && y >= bounds.origin.y &&
          y <= bounds.origin.y + bounds.size.height)
        return TRUE;
    }

  return FALSE;
}

/* GTK 4.8 takes the first press for the beginning of a drag, and never sees that a second one follows */
static gboolean
edge_event_cb (CrmListPage *self, GdkEvent *event)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  guint32 time = gdk_event_get_time (event);
  guint position = 0;
  double x, y, origin_x, origin_y;
  int limit;

  if (gdk_event_get_event_type (event) != GDK_BUTTON_PRESS ||
      gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY || native == NULL ||
      !gdk_event_get_position (event, &x, &y))
    return GDK_EVENT_PROPAGATE;

  gtk_native_get_surface_transform (native, &origin_x, &origin_y);
  if (!find_edge (self, native, x - origin_x, y - origin_y, &position))
    {
      self->edge_time = 0;
      return GDK_EVENT_PROPAGATE;
    }

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &limit, NULL);
  if (self->edge_time == 0 || position != self->edge_column ||
      time - self->edge_time > (guint32) limit)
    {
      self->edge_column = position;
      self->edge_time = time;
      return GDK_EVENT_PROPAGATE;
    }

  self->edge_time = 0;
  _crm_list_page_fit_column (self, _crm_list_page_get_column (self, position));

  return GDK_EVENT_STOP;
}

void
_crm_list_page_watch_edges (CrmListPage *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (controller, "event", G_CALLBACK (edge_event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->table), controller);
}

/* Menus */

static void
append (GMenu *section, const char *label, const char *action, const char *path)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", path);
  g_menu_append_item (section, item);
}

GMenu *
_crm_list_page_make_column_menu (CrmListPage *self, const CrmColumn *column)
{
  const char *path = column->name;
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();

  append (order, _ ("Sort _Ascending"), "records.column-sort-ascending", path);
  append (order, _ ("Sort _Descending"), "records.column-sort-descending", path);
  append (order, _ ("A_dd to Sort"), "records.column-add-to-sort", path);
  _crm_list_page_append_grouping (order, column);
  if (crm_column_can_group (column))
    append (order, _ ("Add to Gro_ups"), "records.column-add-to-groups", path);
  if (column->part == CRM_COLUMN_WHOLE)
    append (order, _ ("Fi_lter by This…"), "records.filter-by", path);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));

  append (columns, _ ("_Copy Column"), "records.copy-column", path);
  append (columns, _ ("_Fit Width"), "records.column-fit", path);
  append (columns, _ ("_Insert Column…"), "records.column-insert", path);
  if (!_crm_list_page_is_naming (self, path))
    append (columns, _ ("_Hide Column"), "records.column-hide", path);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (columns));
  if (column->part == CRM_COLUMN_WHOLE)
    {
      g_autoptr (GMenu) footer = g_menu_new ();
      g_autoptr (GMenuModel) totals = _crm_list_page_make_totals_menu (self, column);

      g_menu_append_submenu (footer, _ ("_Total"), totals);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (footer));
    }

  return menu;
}

void
_crm_list_page_class_install_column_actions (GtkWidgetClass *widget_class)
{
  /* Each with the path of a column, or "" for that of the active cell */
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "records.column-sort-ascending", sort_ascending_action },
    { "records.column-sort-descending", sort_descending_action },
    { "records.column-add-to-sort", add_to_sort_action },
    { "records.column-group", group_action },
    { "records.column-add-to-groups", add_to_groups_action },
    { "records.column-hide", hide_action },
    { "records.column-insert", insert_action },
    { "records.column-fit", fit_action },
    { "records.column-widen", widen_action },
    { "records.column-narrow", narrow_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, "s", actions[i].activate);
}
