/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-board-column.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-board-card.h"
#include "crm-card-order.h"
#include "crm-context-menu.h"
#include "crm-number.h"
#include "crm-totals.h"
#include "crm-words.h"

/* Pixels */
#define WIDTH 280
#define COLLAPSED_WIDTH 120
/* Cards that are made at once: there are many columns */
#define SLICE 8

enum
{
  PROP_0,
  PROP_COLLAPSED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

struct _CrmBoardColumn
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *summary;
  GtkLabel *weighted;
  GtkWidget *new_button;
  GtkWidget *collapse_button;
  GtkWidget *scrolled;
  GtkListView *cards;

  CrmViewState *state;
  CrmSession *session;
  const CrmField *field;
  const CrmRecordType *type;
  CrmBoardSlot *slot;
  CrmBoardTasks *tasks; /* nullable */
  CrmRecordList *list;
  GtkSingleSelection *selection;
  gint64 selected_id; /* of the selected card, which another record may get; 0 for none */
  char *sum; /* nullable */
  char *weighted_sum; /* nullable */
  CrmBoardCard *marked; /* (nullable): what is dragged would go before it */
  GCancellable *cancellable;
  gboolean collapsed;
};

G_DEFINE_FINAL_TYPE (CrmBoardColumn, crm_board_column, ADW_TYPE_BIN)

/* Heading */

static void
update_summary (CrmBoardColumn *self)
{
  gboolean shows_sum = self->sum != NULL && *self->sum != '\0' && !self->collapsed;
  g_autofree char *count = crm_number_format (g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                                              0, 0);
  g_autofree char *text = shows_sum ? g_strdup_printf ("%s · %s", count, self->sum)
                                    : g_strdup (count);
  g_autofree char *weighted = shows_sum && self->weighted_sum != NULL
                                  ? g_strdup_printf (_ ("weighted %s"), self->weighted_sum)
                                  : g_strdup ("");

  gtk_label_set_label (self->summary, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), text);
  gtk_label_set_label (self->weighted, weighted);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->weighted), weighted);
}

static void
show_title (CrmBoardColumn *self)
{
  const char *label = self->slot->label;
  g_autofree char *markup = crm_board_slot_make_markup (self->slot);
  g_autofree char *collapse = g_strdup_printf (_ ("Collapse %s"), label);
  g_autofree char *words = crm_words_get_new (self->type);
  /* Translators: "Proposal: New Deal" */
  g_autofree char *new_words = g_strdup_printf (_ ("%s: %s"), label, words);

  gtk_label_set_markup (self->title, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_tooltip_text (self->new_button, new_words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  new_words, -1);
  gtk_widget_set_tooltip_text (self->collapse_button, collapse);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->collapse_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, collapse, -1);
}

/* What the cards come to */

typedef struct
{
  CrmQuery *query;
  CrmTotal totals[2];
  guint n_totals;
} SumJob;

static void
sum_job_free (SumJob *job)
{
  crm_query_unref (job->query);
  g_free (job);
}

/* Whether records have a probability; then all headings are as high as one with such a sum */
static gboolean
is_weighted (CrmBoardColumn *self)
{
  const CrmField *amount = crm_board_card_find_amount (self->type);

  return amount != NULL && crm_total_fits (CRM_TOTAL_WEIGHTED, amount);
}

static gpointer
sum_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  SumJob *job = data;

  return crm_query_run_totals (job->query, store, job->totals, job->n_totals, cancellable, error);
}

static void
summed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmBoardColumn) self = user_data;
  g_autoptr (GPtrArray) texts = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (self->state == NULL || texts == NULL)
    return;

  g_free (self->sum);
  self->sum = g_strdup (g_ptr_array_index (texts, 0));
  g_free (self->weighted_sum);
  self->weighted_sum = texts->len > 1 ? g_strdup (g_ptr_array_index (texts, 1)) : NULL;
  update_summary (self);
}

static void
sum_up (CrmBoardColumn *self)
{
  const CrmField *amount = crm_board_card_find_amount (self->type);
  SumJob *job;

  if (amount == NULL || crm_record_list_get_query (self->list) == NULL)
    return;

  job = g_new0 (SumJob, 1);
  job->query = crm_query_ref (crm_record_list_get_query (self->list));
  job->totals[0] = (CrmTotal){ amount, CRM_TOTAL_SUM };
  job->totals[1] = (CrmTotal){ amount, CRM_TOTAL_WEIGHTED };
  job->n_totals = is_weighted (self) ? 2 : 1;
  crm_store_run_async (crm_session_get_store (self->session), sum_in_worker, job,
                       (GDestroyNotify) sum_job_free, (GDestroyNotify) g_ptr_array_unref,
                       self->cancellable, summed_cb, g_object_ref (self));
}

static void
loaded_cb (CrmBoardColumn *self)
{
  update_summary (self);
  sum_up (self);
}

/* An amount may have changed without a card coming or going */
static void
store_changed_cb (CrmBoardColumn *self, const CrmNews *news)
{
  for (guint i = 0; i < news->types->len; i++)
    if (g_array_index (news->types, gint64, i) == self->type->id &&
        crm_view_state_get_search (self->state) == NULL)
      {
        sum_up (self);
        return;
      }
}

/* What a view sorts by, but for what all cards here have in common; first of all as somebody dragged them */
static void
add_sorts (CrmBoardColumn *self, CrmQuery *query)
{
  const CrmField *order = crm_card_order_find (crm_view_state_get_record_type (self->state));
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GPtrArray *sorts = crm_view_query_get_sorts (crm_view_state_get_query (self->state));

  if (order != NULL)
    crm_query_add_sort (query, order, FALSE);
  for (guint i = 0; i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);

      /* What was removed since is passed over */
      if (!g_str_equal (sort->field, self->field->name))
        crm_query_add_named_sort (query, catalogue, sort->field, sort->descending, NULL);
    }
}

void
crm_board_column_run_query (CrmBoardColumn *self)
{
  g_autoptr (CrmQuery) all = NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (CrmFilter) filter = NULL;

  g_return_if_fail (CRM_IS_BOARD_COLUMN (self));

  /* Of a filter that cannot be read the page tells */
  all = crm_view_state_make_query (self->state, NULL, NULL);
  if (all != NULL)
    {
      query = crm_query_new (self->type);
      filter = crm_board_slot_make_filter (self->slot, self->field);
      if (crm_query_get_filter (all) != NULL)
        filter = crm_filter_and (filter, crm_filter_ref ((CrmFilter *) crm_query_get_filter (all)));
      crm_query_set_filter (query, filter);
      crm_query_set_search (query, crm_query_get_search (all));
      add_sorts (self, query);
    }
  crm_record_list_set_query (self->list, query);
}

/* Cards */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  CrmRow *row = crm_board_card_get_row (user_data);

  return row != NULL ? gdk_content_provider_new_typed (G_TYPE_INT64, crm_row_get_id (row)) : NULL;
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (user_data);

  gtk_drag_source_set_icon (source, paintable, 24, 24);
  gtk_widget_activate_action (user_data, "board.drag", "b", TRUE);
}

static void
drag_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer user_data)
{
  gtk_widget_activate_action (user_data, "board.drag", "b", FALSE);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrmBoardColumn *self)
{
  GtkWidget *card = crm_board_card_new (self->state, self->tasks);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), card);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), card);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), card);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (source));
  gtk_list_item_set_child (item, card);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrmBoardColumn *self)
{
  crm_board_card_set_row (CRM_BOARD_CARD (gtk_list_item_get_child (item)),
                          gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrmBoardColumn *self)
{
  crm_board_card_set_row (CRM_BOARD_CARD (gtk_list_item_get_child (item)), NULL);
}

static void
activated_cb (CrmBoardColumn *self, guint position)
{
  crm_session_open_record (self->session, crm_record_list_get_id (self->list, position), FALSE);
}

static void
new_clicked_cb (CrmBoardColumn *self)
{
  g_autoptr (CrmValue) value = crm_board_slot_make_value (self->slot, self->field);

  crm_session_open_draft_with_value (self->session, self->type, self->field, value);
}

static CrmBoardCard *
find_card (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (CRM_IS_BOARD_CARD (widget))
        return CRM_BOARD_CARD (widget);
      if (CRM_IS_BOARD_CARD (gtk_widget_get_first_child (widget)))
        return CRM_BOARD_CARD (gtk_widget_get_first_child (widget));
      if (GTK_IS_LIST_VIEW (widget))
        return NULL;
    }

  return NULL;
}

/* Dropping */

static void
mark (CrmBoardColumn *self, CrmBoardCard *card)
{
  if (self->marked == card)
    return;

  if (self->marked != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->marked), "crm-drop-before");
  g_set_weak_pointer (&self->marked, card);
  if (card != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (card), "crm-drop-before");
}

/* The card that what is dropped at a place goes before; %NULL for the end */
static CrmBoardCard *
find_card_below (CrmBoardColumn *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  CrmBoardCard *card = find_card (picked);
  GtkWidget *row;
  double card_y;

  if (card == NULL)
    return NULL;
  gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (card), x, y, NULL, &card_y);
  if (card_y * 2 < gtk_widget_get_height (GTK_WIDGET (card)))
    return card;

  row = gtk_widget_get_next_sibling (gtk_widget_get_parent (GTK_WIDGET (card)));

  return row != NULL && CRM_IS_BOARD_CARD (gtk_widget_get_first_child (row))
             ? CRM_BOARD_CARD (gtk_widget_get_first_child (row))
             : NULL;
}

static GdkDragAction
drop_motion_cb (CrmBoardColumn *self, double x, double y)
{
  mark (self, find_card_below (self, x, y));

  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (CrmBoardColumn *self)
{
  mark (self, NULL);
}

static gboolean
dropped_cb (CrmBoardColumn *self, const GValue *value, double x, double y)
{
  CrmBoardCard *card = find_card_below (self, x, y);
  CrmRow *row = card != NULL ? crm_board_card_get_row (card) : NULL;

  mark (self, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "board.place", "(xxx)", g_value_get_int64 (value),
                              self->slot->id, row != NULL ? crm_row_get_id (row) : 0);

  return TRUE;
}

/* The menu is about the card below the pointer; for the keyboard, about the one that has the focus */
static gboolean
select_at (GtkWidget *view, GtkWidget *picked, gpointer user_data)
{
  CrmBoardColumn *self = user_data;
  CrmBoardCard *card = find_card (picked);
  CrmRow *row = card != NULL ? crm_board_card_get_row (card) : NULL;

  if (row == NULL)
    return FALSE;

  gtk_single_selection_set_selected (self->selection,
                                     crm_record_list_find (self->list, crm_row_get_id (row)));

  return TRUE;
}

/* Keys */

static gint64
get_focused (CrmBoardColumn *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->cards));
  CrmBoardCard *card = find_card (focus);
  CrmRow *row = card != NULL ? crm_board_card_get_row (card) : NULL;

  return row != NULL ? crm_row_get_id (row) : 0;
}

static gboolean
key_pressed_cb (CrmBoardColumn *self, guint key, guint code, GdkModifierType state)
{
  gboolean control = (state & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK;
  gboolean plain = (state & gtk_accelerator_get_default_mod_mask ()) == 0;
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int by = key == GDK_KEY_Right || key == GDK_KEY_KP_Right ? 1
           : key == GDK_KEY_Left || key == GDK_KEY_KP_Left ? -1
                                                           : 0;
  int down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1
             : key == GDK_KEY_Up || key == GDK_KEY_KP_Up   ? -1
                                                           : 0;

  if (down != 0 && control)
    return gtk_widget_activate_action (GTK_WIDGET (self), "board.nudge", "(xi)", get_focused (self),
                                       down);
  if (by == 0 || (!control && !plain))
    return GDK_EVENT_PROPAGATE;
  if (reversed)
    by = -by;

  return gtk_widget_activate_action (GTK_WIDGET (self), control ? "board.shift" : "board.focus",
                                     "(xi)", get_focused (self), by);
}

static void
add_controllers (CrmBoardColumn *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->cards), keys);
  g_signal_connect_swapped (target, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* GObject */

static void
set_collapsed (CrmBoardColumn *self, gboolean collapsed)
{
  if (self->collapsed == collapsed)
    return;

  self->collapsed = collapsed;
  gtk_widget_set_size_request (GTK_WIDGET (self), collapsed ? COLLAPSED_WIDTH : WIDTH, -1);
  gtk_button_set_icon_name (GTK_BUTTON (self->collapse_button),
                            collapsed ? "pan-start-symbolic" : "pan-end-symbolic");
  update_summary (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLLAPSED]);
}

static void
crm_board_column_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COLLAPSED:
      g_value_set_boolean (value, CRM_BOARD_COLUMN (object)->collapsed);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_board_column_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_COLLAPSED:
      set_collapsed (CRM_BOARD_COLUMN (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_board_column_dispose (GObject *object)
{
  CrmBoardColumn *self = CRM_BOARD_COLUMN (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    crm_record_list_set_query (self->list, NULL);
  g_clear_weak_pointer (&self->marked);
  g_clear_object (&self->state);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BOARD_COLUMN);
  g_clear_object (&self->tasks);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (crm_board_column_parent_class)->dispose (object);
}

static void
crm_board_column_finalize (GObject *object)
{
  CrmBoardColumn *self = CRM_BOARD_COLUMN (object);

  g_clear_pointer (&self->slot, crm_board_slot_free);
  g_free (self->sum);
  g_free (self->weighted_sum);

  G_OBJECT_CLASS (crm_board_column_parent_class)->finalize (object);
}

static void
crm_board_column_class_init (CrmBoardColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_board_column_dispose;
  object_class->finalize = crm_board_column_finalize;
  object_class->get_property = crm_board_column_get_property;
  object_class->set_property = crm_board_column_set_property;

  properties[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                         G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/board/crm-board-column.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, title);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, summary);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, weighted);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, new_button);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, collapse_button);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, cards);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_clicked_cb);
}

static void
crm_board_column_init (CrmBoardColumn *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
}

/* Public API */

static void
read_columns (CrmBoardColumn *self)
{
  g_autoptr (GArray) columns = crm_board_card_list_columns (self->state);

  crm_record_list_set_columns (self->list, columns);
}

/* A new factory makes new cards */
static void
make_factory (CrmBoardColumn *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->cards, factory);
}

static CrmRow *
find_seen_row (GtkWidget *row_widget)
{
  CrmBoardCard *card = gtk_widget_get_mapped (row_widget)
                           ? find_card (gtk_widget_get_first_child (row_widget))
                           : NULL;

  return card != NULL ? crm_board_card_get_row (card) : NULL;
}

/* The selected card if it is seen, or else the first one that is */
static gint64
look (gpointer data)
{
  CrmBoardColumn *self = data;
  gint64 first = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      CrmRow *row = find_seen_row (child);

      if (row != NULL && crm_row_get_id (row) == self->selected_id)
        return self->selected_id;
      if (row != NULL && first == 0)
        first = crm_row_get_id (row);
    }

  return first;
}

static void
selected_cb (CrmBoardColumn *self)
{
  CrmRow *row = gtk_single_selection_get_selected_item (self->selection);

  self->selected_id = row != NULL ? crm_row_get_id (row) : 0;
}

/* The selection is one of places, at which other records are now */
static void
exchanged_cb (CrmBoardColumn *self)
{
  guint position = self->selected_id != 0 ? crm_record_list_find (self->list, self->selected_id)
                                          : G_MAXUINT;

  gtk_single_selection_set_selected (self->selection,
                                     position != G_MAXUINT ? position : GTK_INVALID_LIST_POSITION);
}

/* What others ask for is looked at from the top */
static void
replacing_cb (CrmBoardColumn *self)
{
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->cards)), 0);
}

static void
make_list (CrmBoardColumn *self)
{
  CrmStore *store = crm_session_get_store (self->session);

  self->list = crm_record_list_new (store);
  read_columns (self);
  crm_record_list_set_smooth (self->list, SLICE, look, self);
  g_signal_connect_object (self->list, "replacing", G_CALLBACK (replacing_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update_summary), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "exchanged", G_CALLBACK (exchanged_cb), self,
                           G_CONNECT_SWAPPED);
  make_factory (self);
  gtk_list_view_set_model (self->cards, GTK_SELECTION_MODEL (self->selection));
}

GtkWidget *
crm_board_column_new (CrmViewState *state,
                      const CrmField *field,
                      const CrmBoardSlot *slot,
                      CrmBoardTasks *tasks,
                      GMenuModel *menu)
{
  CrmBoardColumn *self;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);
  g_return_val_if_fail (field != NULL && slot != NULL, NULL);

  self = g_object_new (CRM_TYPE_BOARD_COLUMN, NULL);
  self->state = g_object_ref (state);
  self->session = crm_view_state_get_session (state);
  self->field = field;
  self->slot = crm_board_slot_copy (slot);
  g_set_object (&self->tasks, tasks);
  self->type = crm_view_state_get_record_type (state);
  gtk_widget_set_visible (GTK_WIDGET (self->weighted), is_weighted (self));
  make_list (self);
  show_title (self);
  add_controllers (self);
  crm_context_menu_add (GTK_WIDGET (self), GTK_WIDGET (self->cards), menu, select_at, self);
  crm_board_column_run_query (self);

  return GTK_WIDGET (self);
}

const CrmBoardSlot *
crm_board_column_get_slot (CrmBoardColumn *self)
{
  g_return_val_if_fail (CRM_IS_BOARD_COLUMN (self), NULL);

  return self->slot;
}

void
crm_board_column_update_cards (CrmBoardColumn *self)
{
  g_return_if_fail (CRM_IS_BOARD_COLUMN (self));

  read_columns (self);
  make_factory (self);
}

CrmRecordList *
crm_board_column_get_list (CrmBoardColumn *self)
{
  g_return_val_if_fail (CRM_IS_BOARD_COLUMN (self), NULL);

  return self->list;
}

gint64
crm_board_column_get_selected (CrmBoardColumn *self)
{
  CrmRow *row;

  g_return_val_if_fail (CRM_IS_BOARD_COLUMN (self), 0);

  row = gtk_single_selection_get_selected_item (self->selection);

  return row != NULL ? crm_row_get_id (row) : 0;
}

/* The row is made by scrolling to it */
static gboolean
focus_row (CrmBoardColumn *self, gint64 id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      CrmBoardCard *card = find_card (row);
      CrmRow *shown = card != NULL ? crm_board_card_get_row (card) : NULL;

      if (shown != NULL && crm_row_get_id (shown) == id)
        return gtk_widget_grab_focus (row);
    }

  return FALSE;
}

void
crm_board_column_focus_card (CrmBoardColumn *self, gint64 id)
{
  guint position;

  g_return_if_fail (CRM_IS_BOARD_COLUMN (self));

  position = crm_record_list_find (self->list, id);
  if (position != G_MAXUINT)
    {
      gtk_single_selection_set_selected (self->selection, position);
      crm_list_scroll_to (GTK_WIDGET (self->cards), position, FALSE);
    }
  if (!focus_row (self, id))
    gtk_widget_child_focus (GTK_WIDGET (self->cards), GTK_DIR_TAB_FORWARD);
}
