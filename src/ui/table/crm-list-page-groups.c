/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Headings of groups among the rows: which there are, and what is collapsed. */

#include "config.h"

#include "crm-list-page-private.h"

#include "crm-cell-factory.h"

/* What headings sum: the first column that the footer sums, else the first amount. (transfer full) (nullable)
 * (element-type CrmColumn): one */
static GArray *
choose_summed (CrmListPage *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GPtrArray *shown = crm_view_query_get_columns (crm_view_state_get_query (self->state));
  g_autoptr (GArray) amount = NULL;

  for (guint i = 0; i < shown->len; i++)
    {
      const char *path = ((const CrmViewColumn *) g_ptr_array_index (shown, i))->field;
      g_autoptr (GArray) columns = crm_columns_parse (catalogue, self->type, path, NULL);
      CrmTotalFunc func;

      if (columns == NULL || columns->len != 1)
        continue;
      if (_crm_list_page_get_total (self, path, &func) && func == CRM_TOTAL_SUM)
        return g_steal_pointer (&columns);
      if (amount == NULL && g_array_index (columns, CrmColumn, 0).field->kind == CRM_KIND_MONEY)
        amount = g_steal_pointer (&columns);
    }

  return g_steal_pointer (&amount);
}

void
_crm_list_page_update_groups (CrmListPage *self)
{
  g_autoptr (GArray) groupings = crm_view_query_make_groupings (
      crm_view_state_get_query (self->state),
      crm_store_get_catalogue (crm_session_get_store (self->session)), self->type);
  g_autoptr (GArray) summed = groupings->len > 0 ? choose_summed (self) : NULL;

  crm_record_list_set_groups (self->list, groupings, summed);
}

gboolean
_crm_list_page_sums_others (CrmListPage *self)
{
  g_autoptr (GArray) summed = choose_summed (self);
  const char *path = summed != NULL ? g_array_index (summed, CrmColumn, 0).name : NULL;

  return crm_record_list_is_grouped (self->list) &&
         g_strcmp0 (crm_record_list_get_summed (self->list), path) != 0;
}

/* By what is grouped */

#define MAX_GROUPS 2

gboolean
_crm_list_page_is_grouped_by (CrmListPage *self, const char *path, CrmBucket *bucket)
{
  g_autoptr (GPtrArray) groups = crm_view_query_get_groups (crm_view_state_get_query (self->state));

  for (guint i = 0; i < groups->len; i++)
    {
      const CrmViewGroup *group = g_ptr_array_index (groups, i);

      if (!g_str_equal (group->field, path))
        continue;
      *bucket = group->bucket;
      return TRUE;
    }

  return FALSE;
}

void
_crm_list_page_group (CrmListPage *self, const char *path, CrmBucket bucket)
{
  CrmViewQuery *old = crm_view_state_get_query (self->state);
  g_autoptr (GPtrArray) groups = crm_view_query_get_groups (old);
  CrmViewQuery *query = crm_view_query_copy (old);
  CrmBucket former;
  gboolean known = _crm_list_page_is_grouped_by (self, path, &former);

  crm_view_query_clear_groups (query);
  if (!known)
    crm_view_query_add_group (query, path, bucket, FALSE);
  for (guint i = 0; known && i < groups->len; i++)
    {
      const CrmViewGroup *group = g_ptr_array_index (groups, i);

      crm_view_query_add_group (query, group->field,
                                g_str_equal (group->field, path) ? bucket : group->bucket,
                                group->descending);
    }
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_GROUP);
}

/* @path: (nullable): which is left out; all of them where it is %NULL. @within: (nullable): comes behind them */
static void
rewrite_groups (CrmListPage *self, const char *path, const char *within)
{
  CrmViewQuery *old = crm_view_state_get_query (self->state);
  g_autoptr (GPtrArray) groups = crm_view_query_get_groups (old);
  CrmViewQuery *query = crm_view_query_copy (old);
  guint n_left = within != NULL ? MAX_GROUPS - 1 : MAX_GROUPS;

  crm_view_query_clear_groups (query);
  for (guint i = 0; path != NULL && i < groups->len && n_left > 0; i++)
    {
      const CrmViewGroup *group = g_ptr_array_index (groups, i);

      if (g_str_equal (group->field, path))
        continue;
      crm_view_query_add_group (query, group->field, group->bucket, group->descending);
      n_left--;
    }
  if (within != NULL)
    crm_view_query_add_group (query, within, CRM_BUCKET_MONTH, FALSE);
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_GROUP);
}

void
_crm_list_page_group_within (CrmListPage *self, const char *path)
{
  rewrite_groups (self, path, path);
}

void
_crm_list_page_ungroup (CrmListPage *self, const char *path)
{
  rewrite_groups (self, path, NULL);
}

/* What is collapsed */

static gboolean
set_expanded (CrmListPage *self, CrmRow *row, gboolean expanded)
{
  if (crm_row_get_heading (row)->expanded == expanded)
    return FALSE;

  crm_record_list_set_expanded (self->list, crm_row_get_id (row), expanded);
  return TRUE;
}

void
_crm_list_page_toggle_heading (CrmListPage *self, guint position)
{
  g_autoptr (CrmRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row != NULL && crm_row_get_heading (row) != NULL)
    set_expanded (self, row, !crm_row_get_heading (row)->expanded);
}

/* Keys and clicks */

static CrmRow *
get_focused_heading (CrmListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  CrmRow *row = focus != NULL && g_str_equal (gtk_widget_get_css_name (focus), "row")
                    ? crm_cell_find_row (focus)
                    : NULL;

  return row != NULL && crm_row_get_heading (row) != NULL ? row : NULL;
}

static gboolean
key_pressed_cb (CrmListPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  CrmRow *row = get_focused_heading (self);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (row == NULL || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      set_expanded (self, row, (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right) != rtl);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      set_expanded (self, row, !crm_row_get_heading (row)->expanded);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* One click, as on every expander. GTK's own click would select the row. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  CrmListPage *self = user_data;
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  CrmRow *row = crm_cell_find_row (widget);

  if (row == NULL || crm_row_get_heading (row) == NULL)
    return;

  while (!g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (widget);
  set_expanded (self, row, !crm_row_get_heading (row)->expanded);
}

void
_crm_list_page_add_group_controllers (CrmListPage *self)
{
  GtkWidget *views[] = { GTK_WIDGET (self->table), GTK_WIDGET (self->compact) };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkEventController *keys = gtk_event_controller_key_new ();
      GtkGesture *click = gtk_gesture_click_new ();

      gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
      g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
      gtk_widget_add_controller (views[i], keys);

      gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
      gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
      g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
      gtk_widget_add_controller (views[i], GTK_EVENT_CONTROLLER (click));
    }
}

/* Actions */

/* All rows are others afterwards. Whoever was on one of them is on its heading then, not nowhere. */
static void
set_all_expanded (CrmListPage *self, gboolean expanded)
{
  CrmRow *active = _crm_list_page_get_active_row (self);
  gint64 id = active != NULL ? crm_row_get_id (active) : 0;
  gint64 heading = crm_record_list_find_heading (self->list, id);
  guint position;

  crm_record_list_set_all_expanded (self->list, expanded);
  if (heading == 0)
    return;

  position = crm_record_list_find (self->list, expanded ? id : heading);
  _crm_list_page_move_to (self, position, _crm_list_page_get_active_path (self));
}

static void
expand_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_all_expanded (CRM_LIST_PAGE (widget), TRUE);
}

static void
collapse_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_all_expanded (CRM_LIST_PAGE (widget), FALSE);
}

static void
ungroup_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rewrite_groups (CRM_LIST_PAGE (widget), NULL, NULL);
}

void
_crm_list_page_update_group_actions (CrmListPage *self)
{
  gboolean grouped = crm_record_list_is_grouped (self->list);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.expand-all", grouped);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.collapse-all", grouped);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.ungroup", grouped);
}

void
_crm_list_page_class_install_group_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "records.expand-all", NULL, expand_all_action);
  gtk_widget_class_install_action (widget_class, "records.collapse-all", NULL, collapse_all_action);
  gtk_widget_class_install_action (widget_class, "records.ungroup", NULL, ungroup_action);
}
