/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-cell-factory.h"

/*
 * The active cell: that of the active column in the row that has the focus. So all that GTK does with the focus of
 * rows – arrows, pages, clicks, scrolling, selecting – moves the active cell too, and what is between the cells of
 * a row is left to be done here. The row tells screen readers what its active cell shows.
 */

static GtkWidget *
get_focus (CrmListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* The row of the table that has the focus, or has it within */
static GtkWidget *
get_focus_row (CrmListPage *self)
{
  GtkWidget *rows = _crm_list_page_get_rows (self);

  for (GtkWidget *widget = get_focus (self); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_parent (widget) == rows)
      return widget;

  return NULL;
}

GtkWidget *
_crm_list_page_get_active_cell (CrmListPage *self)
{
  GtkWidget *row = get_focus_row (self);
  const char *path = _crm_list_page_get_active_path (self);

  return row != NULL && path != NULL ? crm_cell_find_in_row (row, path) : NULL;
}

CrmRow *
_crm_list_page_get_active_row (CrmListPage *self)
{
  GtkWidget *cell = _crm_list_page_get_active_cell (self);

  return cell != NULL ? crm_cell_find_row (cell) : NULL;
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
set_active (CrmListPage *self, const char *path, gboolean active)
{
  guint position;

  if (!_crm_list_page_find_column (self, path, &position))
    return;

  crm_cell_factory_set_active (
      gtk_column_view_column_get_factory (_crm_list_page_get_column (self, position)), active);
  for (GtkWidget *row = gtk_widget_get_first_child (_crm_list_page_get_rows (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *cell = crm_cell_find_in_row (row, path);

      if (cell != NULL)
        crm_cell_update_active (cell);
    }
}

/* "Job Title: Owner", read out after the name of the row */
static void
describe (CrmListPage *self)
{
  GtkWidget *cell = _crm_list_page_get_active_cell (self);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  CrmRow *item = cell != NULL ? crm_cell_find_row (cell) : NULL;
  const char *path = _crm_list_page_get_active_path (self);

  if (self->described_row != NULL && self->described_row != row)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->described_row),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  g_set_weak_pointer (&self->described_row, row);
  if (row == NULL || crm_cell_get_text_widget (cell) == NULL)
    return;

  if (item != NULL)
    crm_record_list_complete (self->list, item);
  if (_crm_list_page_is_naming (self, path))
    {
      gtk_accessible_reset_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
  else
    {
      GtkInscription *inscription = GTK_INSCRIPTION (crm_cell_get_text_widget (cell));
      const char *text = gtk_inscription_get_text (inscription);
      g_autofree char *title = _crm_list_page_make_title (self, path);
      g_autofree char *description = g_strdup_printf ("%s: %s", title,
                                                      text != NULL && *text != '\0' ? text
                                                                                    : _ ("None"));

      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      description, -1);
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
  GtkWidget *cell;

  if (self->active_path != NULL && !g_str_equal (self->active_path, path))
    set_active (self, self->active_path, FALSE);
  set_active (self, path, TRUE);
  self->active_path = g_intern_string (path);
  cell = _crm_list_page_get_active_cell (self);
  if (cell != NULL)
    scroll_to_column (self, cell);
  describe (self);
}

void
_crm_list_page_update_cursor (CrmListPage *self, guint position)
{
  guint n = _crm_list_page_get_n_columns (self);
  const char *path = self->active_path;

  if (n == 0)
    return;

  /* What stood there is gone: whatever stands there now */
  if (path == NULL || !_crm_list_page_find_column (self, path, NULL))
    {
      path = _crm_list_page_get_column_path (self, MIN (position, n - 1));
      self->active_path = NULL;
    }
  _crm_list_page_activate_path (self, path);
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
  gtk_widget_grab_focus (row);
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
  GtkWidget *row = get_focus_row (self);

  /* Not where something in the row has the focus: an editor */
  if (row == NULL || row != get_focus (self))
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

static void
root_changed_cb (CrmListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL)
    return;

  g_signal_handlers_disconnect_by_func (root, describe, self);
  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (describe), self,
                           G_CONNECT_SWAPPED);
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
  g_signal_connect (self, "notify::root", G_CALLBACK (root_changed_cb), NULL);
}
