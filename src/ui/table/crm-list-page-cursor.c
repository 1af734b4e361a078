/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include "compat.h"
#include "crm-cell-factory.h"

/*
 * The active cell. Of each row one cell can have the focus, that of the active column; so all that GTK does with
 * the focus of rows – arrows, pages, clicks, scrolling, selecting – moves the active cell, and what is between
 * the cells of a row is left to be done here.
 */

static GtkWidget *
get_focus (CrmListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

GtkWidget *
_crm_list_page_get_active_cell (CrmListPage *self)
{
  GtkWidget *focus = get_focus (self);

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table)))
    return NULL;

  return crm_cell_find (focus);
}

CrmRow *
_crm_list_page_get_active_row (CrmListPage *self)
{
  GtkWidget *focus = get_focus (self);

  if (focus == NULL || !gtk_widget_is_ancestor (focus, _crm_list_page_get_view (self)))
    return NULL;

  return crm_cell_find_row (focus);
}

const char *
_crm_list_page_get_active_path (CrmListPage *self)
{
  if (self->active_path != NULL && _crm_list_page_find_column (self, self->active_path, NULL))
    return self->active_path;

  return _crm_list_page_get_column_path (self, 0);
}

/* Columns */

static void
set_focusable (CrmListPage *self, const char *path, gboolean focusable)
{
  guint position;

  if (!_crm_list_page_find_column (self, path, &position))
    return;

  crm_cell_factory_set_focusable (
      gtk_column_view_column_get_factory (_crm_list_page_get_column (self, position)), focusable);
  for (GtkWidget *row = gtk_widget_get_first_child (_crm_list_page_get_rows (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *cell = crm_cell_find_in_row (row, path);

      if (cell != NULL)
        gtk_widget_set_focusable (crm_cell_get_text_widget (cell), focusable);
    }
}

/* So that the whole cell is seen where there are more columns than fit */
static void
scroll_to_column (CrmListPage *self, GtkWidget *cell)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->table));
  GtkWidget *row = gtk_widget_get_parent (cell);
  graphene_rect_t bounds;

  if (adjustment == NULL || row == NULL || !gtk_widget_compute_bounds (cell, row, &bounds))
    return;

  gtk_adjustment_clamp_page (adjustment, bounds.origin.x, bounds.origin.x + bounds.size.width);
}

void
_crm_list_page_activate_path (CrmListPage *self, const char *path)
{
  const char *old = _crm_list_page_get_active_path (self);
  GtkWidget *cell = _crm_list_page_get_active_cell (self);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  GtkWidget *new_cell = row != NULL ? crm_cell_find_in_row (row, path) : NULL;

  if (old != NULL && !g_str_equal (old, path) && self->active_path != NULL)
    {
      /* The new one first: who loses the focus without another to give it to, loses it to the window */
      set_focusable (self, path, TRUE);
      if (new_cell != NULL)
        gtk_widget_grab_focus (crm_cell_get_text_widget (new_cell));
      set_focusable (self, old, FALSE);
    }
  else
    {
      set_focusable (self, path, TRUE);
    }
  self->active_path = g_intern_string (path);
  if (new_cell != NULL)
    scroll_to_column (self, new_cell);
}

void
_crm_list_page_update_cursor (CrmListPage *self, guint position, CrmRow *row)
{
  guint n = _crm_list_page_get_n_columns (self);
  const char *path = self->active_path;
  GtkWidget *cell;

  if (n == 0)
    return;

  /* What stood there is gone: whatever stands there now */
  if (path == NULL || !_crm_list_page_find_column (self, path, NULL))
    {
      path = _crm_list_page_get_column_path (self, MIN (position, n - 1));
      self->active_path = NULL;
    }
  _crm_list_page_activate_path (self, path);
  cell = row != NULL ? _crm_list_page_find_cell (self, crm_row_get_id (row), path) : NULL;
  if (cell != NULL)
    gtk_widget_grab_focus (crm_cell_get_text_widget (cell));
}

static void
move_column (CrmListPage *self, int step)
{
  guint n = _crm_list_page_get_n_columns (self);
  guint position;

  if (n == 0 ||
      !_crm_list_page_find_column (self, _crm_list_page_get_active_path (self), &position))
    return;

  position = (guint) CLAMP ((int) position + step, 0, (int) n - 1);
  _crm_list_page_activate_path (self, _crm_list_page_get_column_path (self, position));
}

/* Rows */

static GtkWidget *
find_row (CrmListPage *self, CrmRow *item)
{
  for (GtkWidget *row = gtk_widget_get_first_child (_crm_list_page_get_rows (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *cell = gtk_widget_get_first_child (row);

      if (cell != NULL && crm_cell_find_row (cell) == item)
        return row;
    }

  return NULL;
}

GtkWidget *
_crm_list_page_find_cell (CrmListPage *self, gint64 id, const char *path)
{
  guint position = crm_record_list_find (self->list, id);
  g_autoptr (CrmRow) item = NULL;
  GtkWidget *row;

  if (position == GTK_INVALID_LIST_POSITION)
    return NULL;

  item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  row = find_row (self, item);

  return row != NULL ? crm_cell_find_in_row (row, path) : NULL;
}

gboolean
_crm_list_page_move_to (CrmListPage *self, guint position, const char *path)
{
  g_autoptr (CrmRow) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  GtkWidget *row;
  GtkWidget *cell;

  if (item == NULL)
    return FALSE;

  crm_list_scroll_to (GTK_WIDGET (self->table), position, FALSE);
  row = find_row (self, item);
  cell = row != NULL ? crm_cell_find_in_row (row, path) : NULL;
  if (cell == NULL)
    return FALSE;

  _crm_list_page_activate_path (self, path);
  gtk_widget_grab_focus (crm_cell_get_text_widget (cell));
  scroll_to_column (self, cell);

  return TRUE;
}

static void
move_to_corner (CrmListPage *self, gboolean end)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_columns = _crm_list_page_get_n_columns (self);
  guint position = end ? n_rows - 1 : 0;

  if (n_rows == 0 || n_columns == 0)
    return;

  _crm_list_page_move_to (self, position,
                          _crm_list_page_get_column_path (self, end ? n_columns - 1 : 0));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

/* GTK's own would go through all the rows, at any number of them */
static gboolean
leave (CrmListPage *self, GtkDirectionType direction)
{
  for (GtkWidget *widget = GTK_WIDGET (self->table); widget != NULL && !GTK_IS_ROOT (widget);
       widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *sibling = widget;

      while ((sibling = direction == GTK_DIR_TAB_FORWARD
                            ? gtk_widget_get_next_sibling (sibling)
                            : gtk_widget_get_prev_sibling (sibling)) != NULL)
        if (gtk_widget_get_mapped (sibling) && !GTK_IS_NATIVE (sibling) &&
            gtk_widget_child_focus (sibling, direction))
          return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

/* Controllers */

static gboolean
key_pressed_cb (CrmListPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean in_text = get_focus (self) != NULL && GTK_IS_INSCRIPTION (get_focus (self));

  if (!in_text || _crm_list_page_get_active_cell (self) == NULL)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (modifiers != 0)
        return GDK_EVENT_PROPAGATE;
      move_column (self, (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left) == rtl ? 1 : -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      {
        gboolean end = keyval == GDK_KEY_End || keyval == GDK_KEY_KP_End;

        if (modifiers == 0)
          move_column (self, end ? G_MAXINT / 2 : G_MININT / 2);
        else if (modifiers == GDK_CONTROL_MASK)
          move_to_corner (self, end);
        else
          return GDK_EVENT_PROPAGATE;
        return GDK_EVENT_STOP;
      }

    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return modifiers == 0 ? leave (self, GTK_DIR_TAB_FORWARD) : GDK_EVENT_PROPAGATE;

    case GDK_KEY_ISO_Left_Tab:
      return leave (self, GTK_DIR_TAB_BACKWARD);

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Before GTK gives the focus to the row */
static void
pressed_cb (CrmListPage *self, int n_press, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->table), x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell = picked != NULL ? crm_cell_find (picked) : NULL;

  if (cell != NULL && crm_cell_get_path (cell) != _crm_list_page_get_active_path (self))
    _crm_list_page_activate_path (self, crm_cell_get_path (cell));
}

void
_crm_list_page_add_cursor (CrmListPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->table), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->table), GTK_EVENT_CONTROLLER (click));
}
