/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-board-column.h"

#include <glib/gi18n.h>

#include "crm-board-card.h"
#include "crm-cell-factory.h"
#include "crm-context-menu.h"
#include "crm-number.h"
#include "crm-totals.h"

/* Pixels */
#define WIDTH 280
#define COLLAPSED_WIDTH 120

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
  GtkWidget *collapse_button;
  GtkWidget *scrolled;
  GtkListView *cards;

  CrmSession *session;
  const CrmField *field;
  const CrmRecordType *type;
  const CrmOption *option;
  CrmRecordList *list;
  GtkSingleSelection *selection;
  char *search;
  char *sum; /* nullable */
  GCancellable *cancellable;
  gboolean collapsed;
};

G_DEFINE_FINAL_TYPE (CrmBoardColumn, crm_board_column, ADW_TYPE_BIN)

/* Heading */

static void
update_summary (CrmBoardColumn *self)
{
  g_autofree char *count = crm_number_format (g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                                              0, 0);
  g_autofree char *text = self->sum != NULL && *self->sum != '\0' && !self->collapsed
                              ? g_strdup_printf ("%s · %s", count, self->sum)
                              : g_strdup (count);

  gtk_label_set_label (self->summary, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), text);
}

static void
show_title (CrmBoardColumn *self)
{
  const char *tone = crm_cell_get_tone (self->option->color);
  g_autofree char *label = g_markup_escape_text (self->option->label, -1);
  g_autofree char *markup = tone != NULL
                                ? g_strdup_printf ("<span color=\"%s\">●</span>  %s", tone, label)
                                : g_strdup (label);
  g_autofree char *collapse = g_strdup_printf (_ ("Collapse %s"), self->option->label);

  gtk_label_set_markup (self->title, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), self->option->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->option->label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->option->label, -1);
  gtk_widget_set_tooltip_text (self->collapse_button, collapse);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->collapse_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, collapse, -1);
}

/* What the cards come to */

typedef struct
{
  CrmQuery *query;
  CrmTotal total;
} SumJob;

static void
sum_job_free (SumJob *job)
{
  crm_query_unref (job->query);
  g_free (job);
}

static gpointer
sum_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  SumJob *job = data;
  g_autoptr (GPtrArray) texts = crm_query_run_totals (job->query, store, &job->total, 1,
                                                      cancellable, error);

  return texts != NULL ? g_strdup (g_ptr_array_index (texts, 0)) : NULL;
}

static void
summed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmBoardColumn) self = user_data;
  g_autofree char *sum = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (self->session == NULL || sum == NULL)
    return;

  g_free (self->sum);
  self->sum = g_steal_pointer (&sum);
  update_summary (self);
}

static void
sum_up (CrmBoardColumn *self)
{
  const CrmField *amount = crm_board_card_find_amount (self->type);
  SumJob *job;

  if (amount == NULL)
    return;

  job = g_new0 (SumJob, 1);
  job->query = crm_query_ref (crm_record_list_get_query (self->list));
  job->total = (CrmTotal){ amount, CRM_TOTAL_SUM };
  crm_store_run_async (crm_session_get_store (self->session), sum_in_worker, job,
                       (GDestroyNotify) sum_job_free, g_free, self->cancellable, summed_cb,
                       g_object_ref (self));
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
    if (g_array_index (news->types, gint64, i) == self->type->id && self->search == NULL)
      {
        sum_up (self);
        return;
      }
}

static void
run_query (CrmBoardColumn *self)
{
  g_autoptr (CrmQuery) query = crm_query_new (self->type);
  g_autoptr (CrmValue) value = crm_value_new_item (NULL, NULL, NULL, self->option->id, 0);
  g_autoptr (CrmFilter) filter = crm_filter_new_equal (self->field, value);
  const CrmField *date = crm_record_type_find_field (self->type, "close_date");

  crm_query_set_filter (query, filter);
  crm_query_set_search (query, self->search);
  /* What closes next comes first */
  if (date != NULL)
    crm_query_add_sort (query, date, FALSE);
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
  GtkWidget *card = crm_board_card_new (crm_session_get_store (self->session));
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
move_here (CrmBoardColumn *self, gint64 id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "board.move", "(xx)", id, self->option->id);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  move_here (user_data, g_value_get_int64 (value));

  return TRUE;
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
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
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
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BOARD_COLUMN);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (crm_board_column_parent_class)->dispose (object);
}

static void
crm_board_column_finalize (GObject *object)
{
  CrmBoardColumn *self = CRM_BOARD_COLUMN (object);

  g_free (self->search);
  g_free (self->sum);

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
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, collapse_button);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardColumn, cards);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
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
make_list (CrmBoardColumn *self)
{
  CrmStore *store = crm_session_get_store (self->session);
  g_autoptr (GPtrArray) fields = crm_board_card_list_fields (self->type);
  g_autoptr (GArray) columns = crm_columns_new ();
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->list = crm_record_list_new (store);
  for (guint i = 0; i < fields->len; i++)
    crm_columns_add_field (columns, g_ptr_array_index (fields, i));
  crm_record_list_set_columns (self->list, columns);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update_summary), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->cards, factory);
  gtk_list_view_set_model (self->cards, GTK_SELECTION_MODEL (self->selection));
}

GtkWidget *
crm_board_column_new (CrmSession *session,
                      const CrmField *field,
                      const CrmOption *option,
                      GMenuModel *menu)
{
  CrmBoardColumn *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (field != NULL && option != NULL, NULL);

  self = g_object_new (CRM_TYPE_BOARD_COLUMN, NULL);
  self->session = g_object_ref (session);
  self->field = field;
  self->option = option;
  self->type = crm_catalogue_get_type (crm_store_get_catalogue (crm_session_get_store (session)),
                                       field->type_id);
  make_list (self);
  show_title (self);
  add_controllers (self);
  crm_context_menu_add (GTK_WIDGET (self), GTK_WIDGET (self->cards), menu, select_at, self);
  run_query (self);

  return GTK_WIDGET (self);
}

const CrmOption *
crm_board_column_get_option (CrmBoardColumn *self)
{
  g_return_val_if_fail (CRM_IS_BOARD_COLUMN (self), NULL);

  return self->option;
}

void
crm_board_column_set_search (CrmBoardColumn *self, const char *text)
{
  g_return_if_fail (CRM_IS_BOARD_COLUMN (self));

  if (g_strcmp0 (self->search, text) == 0)
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  run_query (self);
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

void
crm_board_column_focus_card (CrmBoardColumn *self, gint64 id)
{
  guint position;

  g_return_if_fail (CRM_IS_BOARD_COLUMN (self));

  position = crm_record_list_find (self->list, id);
  if (position != G_MAXUINT)
    {
      gtk_single_selection_set_selected (self->selection, position);
      gtk_widget_activate_action (GTK_WIDGET (self->cards), "list.scroll-to-item", "u", position);
    }
  gtk_widget_child_focus (GTK_WIDGET (self->cards), GTK_DIR_TAB_FORWARD);
}
