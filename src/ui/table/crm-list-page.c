/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-number.h"
#include "crm-table-columns.h"
#include "crm-view-actions.h"
#include "crm-words.h"

/* Rows that are made at once: somewhat more than are seen */
#define SLICE 64

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  PROP_BOTTOM_BAR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmListPage, crm_list_page, ADW_TYPE_BIN)

/* What is seen */

static guint
get_n_items (CrmListPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static void
set_words (CrmListPage *self)
{
  g_autofree char *new_label = crm_words_get_new (self->type);
  g_autofree char *empty = crm_words_get_empty (self->type);
  g_autofree char *hint = crm_words_get_empty_hint (self->type);

  g_free (self->title);
  self->title = g_strdup (crm_view_state_get_title (self->state));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  gtk_widget_set_tooltip_text (self->new_button, new_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  new_label, -1);
  gtk_button_set_label (self->empty_new_button, new_label);
  adw_status_page_set_title (self->empty_page, empty);
  adw_status_page_set_description (self->empty_page, hint);
  adw_status_page_set_icon_name (self->empty_page,
                                 self->type->icon != NULL ? self->type->icon : "crm-type-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->compact), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->title, -1);
}

static void
move_model (CrmListPage *self, gboolean narrow)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  /* Only what is seen has the model: a list makes its two hundred rows whether it is seen or not */
  gtk_column_view_set_model (self->table, narrow ? NULL : model);
  gtk_list_view_set_model (self->compact, narrow ? model : NULL);
}

static gboolean
shows_board (CrmListPage *self)
{
  return crm_board_can_show (self->type) &&
         crm_view_state_get_layout (self->state) == CRM_VIEW_BOARD;
}

/* Made when it is first shown: it asks and draws as much as the table does */
static void
require_board (CrmListPage *self)
{
  if (self->board != NULL)
    return;

  self->board = CRM_BOARD (crm_board_new (self->state));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->board), "board");
}

static gboolean
shows_calendar (CrmListPage *self)
{
  return crm_view_state_get_layout (self->state) == CRM_VIEW_CALENDAR &&
         crm_calendar_can_show (self->type);
}

static void
require_calendar (CrmListPage *self)
{
  if (self->calendar != NULL || !shows_calendar (self))
    return;

  self->calendar = CRM_CALENDAR (crm_calendar_new (self->state));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->calendar), "calendar");
}

static const char *
choose_page (CrmListPage *self)
{
  const GError *error = self->error != NULL ? self->error : crm_record_list_get_error (self->list);

  if (!self->loaded)
    return "loading";
  if (get_n_items (self) > 0 && shows_board (self))
    return "board";
  /* On an empty day something can be started */
  if (shows_calendar (self) && error == NULL &&
      (get_n_items (self) > 0 ||
       (crm_view_state_get_search (self->state) == NULL && !_crm_list_page_is_filtered (self))))
    return "calendar";
  if (get_n_items (self) > 0)
    return crm_width_bin_get_narrow (self->width_bin) ? "compact" : "table";
  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, escaped);
      return "error";
    }

  if (crm_view_state_get_search (self->state) != NULL || _crm_list_page_is_filtered (self))
    return "no-matches";

  return crm_view_state_is_part (self->state) ? "empty-view" : "empty";
}

static void
update (CrmListPage *self)
{
  if (shows_board (self))
    require_board (self);
  _crm_list_page_update_no_matches (self);
  require_calendar (self);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  _crm_list_page_update_footer (self);
  _crm_list_page_update_actions (self);
  _crm_list_page_update_filter_actions (self);
}

static gpointer
count_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree gint64 *count = g_new0 (gint64, 1);

  if (!crm_query_count (data, store, count, cancellable, error))
    return NULL;

  return g_steal_pointer (&count);
}

static void
counted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmListPage) self = user_data;
  g_autofree gint64 *count = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (self->session == NULL || count == NULL)
    return;

  self->total = *count;
  _crm_list_page_update_footer (self);
}

/* Whoever has just come to the page finds the focus on the rows */
static void
take_focus (CrmListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || focus == self->new_button || focus == self->back_button))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
loaded_cb (CrmListPage *self)
{
  gboolean first = !self->loaded;

  self->loaded = TRUE;
  if (crm_view_state_get_search (self->state) == NULL && !crm_view_state_is_part (self->state))
    self->total = crm_record_list_get_n_records (self->list);
  else if (self->total < 0)
    crm_store_run_async (crm_session_get_store (self->session), count_in_worker,
                         crm_query_new (self->type), (GDestroyNotify) crm_query_unref, g_free,
                         self->cancellable, counted_cb, g_object_ref (self));
  update (self);
  _crm_list_page_sum_up (self);
  if (first)
    take_focus (self);
}

/* Where the focus is, if it is seen, or else the first row that is */
static gint64
look (gpointer data)
{
  CrmListPage *self = data;
  GtkWidget *view = _crm_list_page_get_view (self);
  GtkWidget *rows = view == GTK_WIDGET (self->table) ? _crm_list_page_get_rows (self) : view;
  GtkWidget *cell = _crm_list_page_get_active_cell (self);
  GtkWidget *seen = cell != NULL && gtk_widget_get_mapped (cell)
                        ? gtk_widget_get_parent (cell)
                        : gtk_widget_get_first_child (rows);
  CrmRow *row;

  while (seen != NULL && !gtk_widget_get_mapped (seen))
    seen = gtk_widget_get_next_sibling (seen);
  row = seen != NULL ? crm_cell_find_row (seen) : NULL;

  return row != NULL ? crm_row_get_id (row) : 0;
}

/* What others ask for is looked at from the top */
static void
replacing_cb (CrmListPage *self)
{
  GtkWidget *view = _crm_list_page_get_view (self);

  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)), 0);
}

/* The first rows may be there before all are */
static void
items_changed_cb (CrmListPage *self)
{
  if (self->loaded || get_n_items (self) == 0)
    return;

  self->loaded = TRUE;
  update (self);
  take_focus (self);
}

static void
store_changed_cb (CrmListPage *self, const CrmNews *news)
{
  self->total = -1;
  _crm_list_page_follow_members (self, news);
}

static void
state_changed_cb (CrmListPage *self, guint parts)
{
  const CrmViewParts asked = CRM_VIEW_PART_FILTER | CRM_VIEW_PART_SEARCH | CRM_VIEW_PART_SORT |
                             CRM_VIEW_PART_GROUP;

  if ((parts & CRM_VIEW_PART_IDENTITY) != 0)
    {
      self->type = crm_view_state_get_record_type (self->state);
      set_words (self);
    }
  if ((parts & (CRM_VIEW_PART_COLUMNS | CRM_VIEW_PART_SORT)) != 0)
    _crm_list_page_update_columns (self);
  if ((parts & CRM_VIEW_PART_OPTIONS) != 0)
    _crm_list_page_update_density (self);
  if ((parts & (CRM_VIEW_PART_COLUMNS | CRM_VIEW_PART_OPTIONS)) != 0)
    _crm_list_page_update_totals (self);
  if ((parts & (CRM_VIEW_PART_COLUMNS | CRM_VIEW_PART_OPTIONS | CRM_VIEW_PART_GROUP)) != 0)
    _crm_list_page_update_choices (self);
  if ((parts & asked) != 0 || _crm_list_page_sums_others (self))
    _crm_list_page_run_query (self);
  if ((parts & CRM_VIEW_PART_LAYOUT) != 0)
    {
      /* Nothing is seen to be selected there */
      if (shows_board (self))
        gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
      update (self);
    }
}

static void
selected_cb (CrmListPage *self)
{
  guint n_selected = crm_selection_get_n_selected (self->selection);

  gtk_revealer_set_reveal_child (self->action_revealer, n_selected > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BOTTOM_BAR]);
  _crm_list_page_update_footer (self);
  _crm_list_page_sum_up (self);
  _crm_list_page_update_actions (self);
}

/* Template callbacks */

static void
new_clicked_cb (CrmListPage *self)
{
  crm_session_open_draft (self->session, self->type, NULL, 0);
}

static void
search_changed_cb (CrmListPage *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  crm_view_state_set_search (self->state, g_strstrip (text));
}

/* Enter in the search goes to the rows */
static void
search_activated_cb (CrmListPage *self)
{
  if (get_n_items (self) > 0)
    gtk_widget_child_focus (_crm_list_page_get_view (self), GTK_DIR_TAB_FORWARD);
}

static void
narrow_changed_cb (CrmListPage *self)
{
  gboolean narrow = crm_width_bin_get_narrow (self->width_bin);

  crm_view_layouts_set_hidden (self->layouts, narrow);
  crm_view_options_set_narrow (self->options, narrow);
  move_model (self, narrow);
  update (self);
}

static void
row_activated_cb (CrmListPage *self, guint position)
{
  gint64 id = crm_record_list_get_id (self->list, position);

  if (id != 0)
    crm_session_open_record (self->session, id, FALSE);
  else
    _crm_list_page_toggle_heading (self, position);
}

/* GtkWidget */

static gboolean
crm_list_page_grab_focus (GtkWidget *widget)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);

  if (g_str_equal (choose_page (self), "board"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->board));
  if (g_str_equal (choose_page (self), "calendar"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->calendar));
  if (get_n_items (self) > 0)
    return gtk_widget_child_focus (_crm_list_page_get_view (self), GTK_DIR_TAB_FORWARD);

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* GObject */

static void
crm_list_page_dispose (GObject *object)
{
  CrmListPage *self = CRM_LIST_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  _crm_list_page_stop_totals (self);
  if (self->list != NULL)
    crm_record_list_set_query (self->list, NULL);
  g_clear_handle_id (&self->write_source, g_source_remove);
  g_clear_weak_pointer (&self->described_row);
  _crm_list_page_stop_editing (self);
  /* GTK 4.8 never lets go of one that is open */
  if (self->column_chooser != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->column_chooser));
  g_clear_pointer (&self->column_chooser, gtk_widget_unparent);
  g_clear_object (&self->state);
  g_clear_object (&self->session);
  if (self->table != NULL)
    _crm_list_page_drop_cells (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_LIST_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (crm_list_page_parent_class)->dispose (object);
}

static void
crm_list_page_finalize (GObject *object)
{
  CrmListPage *self = CRM_LIST_PAGE (object);

  g_free (self->title);
  g_free (self->insert_after);
  g_clear_error (&self->error);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_object (&self->total_choices);
  g_clear_object (&self->group_choices);

  G_OBJECT_CLASS (crm_list_page_parent_class)->finalize (object);
}

static void
crm_list_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  CrmListPage *self = CRM_LIST_PAGE (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;

    case PROP_BOTTOM_BAR:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->action_revealer));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_list_page_set_property (GObject *object,
                            guint property_id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (CRM_LIST_PAGE (object)->back_button, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_list_page_class_init (CrmListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_list_page_dispose;
  object_class->finalize = crm_list_page_finalize;
  object_class->get_property = crm_list_page_get_property;
  object_class->set_property = crm_list_page_set_property;

  widget_class->grab_focus = crm_list_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BOTTOM_BAR] = g_param_spec_boolean ("bottom-bar", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                          G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CRM_TYPE_ACTION_BAR);
  g_type_ensure (CRM_TYPE_TOTALS_BAR);
  g_type_ensure (CRM_TYPE_VIEW_BUTTON);
  g_type_ensure (CRM_TYPE_VIEW_LAYOUTS);
  g_type_ensure (CRM_TYPE_VIEW_NOTICE);
  g_type_ensure (CRM_TYPE_VIEW_OPTIONS);
  g_type_ensure (CRM_TYPE_FILTER_BAR);
  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/table/crm-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, view_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, layouts);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, notice);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, options);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, table);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, compact);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, empty_new_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, no_matches_page);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, clear_search_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, clear_filter_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, totals_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, footer);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, action_revealer);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, action_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, context_menu);
  gtk_widget_class_bind_template_child (widget_class, CrmListPage, value_menu);
  gtk_widget_class_bind_template_callback (widget_class, new_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  _crm_list_page_class_install_actions (widget_class);
  _crm_list_page_class_install_column_actions (widget_class);
  _crm_list_page_class_install_clipboard_actions (widget_class);
  _crm_list_page_class_install_filter_actions (widget_class);
  _crm_list_page_class_install_group_actions (widget_class);
  _crm_list_page_class_install_footer_actions (widget_class);
}

static void
crm_list_page_init (CrmListPage *self)
{
  self->total = -1;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  _crm_list_page_add_controllers (self);
  _crm_list_page_add_cursor (self);
  _crm_list_page_watch_edges (self);
  /* The last one that is added is the first one asked */
  _crm_list_page_add_group_controllers (self);
}

/* For the other files of the class */

void
_crm_list_page_run_query (CrmListPage *self)
{
  g_autoptr (CrmQuery) query = NULL;

  g_clear_error (&self->error);
  query = crm_view_state_make_query (self->state, NULL, &self->error);
  _crm_list_page_update_groups (self);
  crm_record_list_set_query (self->list, query);
}

GtkWidget *
_crm_list_page_get_view (CrmListPage *self)
{
  return crm_width_bin_get_narrow (self->width_bin) ? GTK_WIDGET (self->compact)
                                                    : GTK_WIDGET (self->table);
}

/* Public API */

static GtkWidget *
page_new (CrmSession *session, const CrmRecordType *type, const CrmView *view, const char *filter)
{
  CrmListPage *self = g_object_new (CRM_TYPE_LIST_PAGE, NULL);
  CrmStore *store;

  self->session = g_object_ref (session);
  self->type = type;
  self->state = crm_view_state_new (session, type, view, filter);
  store = crm_session_get_store (session);
  self->list = crm_record_list_new (store);
  crm_record_list_set_smooth (self->list, SLICE, look, self);
  self->selection = crm_selection_new (CRM_ID_LIST (self->list));

  crm_view_actions_add (GTK_WIDGET (self), self->state);
  crm_view_button_set_state (self->view_button, self->state);
  crm_view_notice_set_state (self->notice, self->state);
  crm_view_options_set_state (self->options, self->state);
  set_words (self);
  /* Until it is known that there is room for them */
  crm_view_layouts_set_hidden (self->layouts, TRUE);
  crm_view_layouts_set_state (self->layouts, self->state);
  _crm_list_page_set_up_table (self);
  _crm_list_page_set_up_footer (self);
  _crm_list_page_set_up_choices (self);
  _crm_list_page_add_drag (self);
  _crm_list_page_list_members (self);
  g_signal_connect_object (self->list, "replacing", G_CALLBACK (replacing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "notify::n-selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  crm_filter_bar_set_state (self->filter_bar, self->state);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  move_model (self, FALSE);
  update (self);
  _crm_list_page_run_query (self);

  return GTK_WIDGET (self);
}

GtkWidget *
crm_list_page_new (CrmSession *session, const CrmRecordType *type)
{
  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  return page_new (session, type, NULL, NULL);
}

GtkWidget *
crm_list_page_new_for_view (CrmSession *session, const CrmView *view)
{
  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (view != NULL, NULL);

  return page_new (session,
                   crm_catalogue_get_type (
                       crm_store_get_catalogue (crm_session_get_store (session)), view->type_id),
                   view, NULL);
}

GtkWidget *
crm_list_page_new_for_filter (CrmSession *session, const CrmRecordType *type, const char *filter)
{
  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  return page_new (session, type, NULL, filter);
}

CrmRecordList *
crm_list_page_get_list (CrmListPage *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PAGE (self), NULL);

  return self->list;
}

CrmViewState *
crm_list_page_get_state (CrmListPage *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PAGE (self), NULL);

  return self->state;
}

void
crm_list_page_start_search (CrmListPage *self)
{
  g_return_if_fail (CRM_IS_LIST_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
crm_list_page_set_search (CrmListPage *self, const char *text)
{
  g_return_if_fail (CRM_IS_LIST_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, text != NULL && *text != '\0');
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text != NULL ? text : "");
}
