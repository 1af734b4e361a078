/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving cards: by the mouse, by keys, by the menu; and what is asked where a deal is lost. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-board-private.h"
#include "crm-card-order.h"
#include "crm-lost-reason.h"

static CrmBoardColumn *
get_column (CrmBoard *self, guint i)
{
  return g_ptr_array_index (self->columns, i);
}

/* Returns: the column that has the record, or the number of columns */
static guint
find_column_of (CrmBoard *self, gint64 id)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    if (crm_record_list_find (crm_board_column_get_list (get_column (self, i)), id) != G_MAXUINT)
      break;

  return i;
}

/* Writing */

typedef struct
{
  const CrmRecordType *type;
  const CrmField *field;
  const CrmField *reason_field; /* nullable */
  gint64 id;
  CrmBoardSlot *slot; /* nullable: it stays where it is */
  gint64 reason_id;
  GArray *ids; /* (nullable): of what it is put among, itself left out */
  guint position;
} Move;

static void
move_free (Move *move)
{
  g_clear_pointer (&move->slot, crm_board_slot_free);
  g_clear_pointer (&move->ids, g_array_unref);
  g_free (move);
}

static gboolean
write_slot (CrmTransaction *transaction, Move *move, GError **error)
{
  const CrmField *fields[] = { move->field, move->reason_field };
  g_autoptr (CrmValue) value = crm_board_slot_make_value (move->slot, move->field);
  g_autoptr (CrmValue) reason = move->reason_id != 0
                                    ? crm_value_new_item (NULL, NULL, NULL, move->reason_id, 0)
                                    : NULL;
  CrmValue *const values[] = { value, reason };

  return crm_transaction_update (transaction, move->type, move->id, fields, values,
                                 move->reason_field != NULL ? 2 : 1, NULL, NULL, error);
}

static gboolean
write_move (CrmTransaction *transaction, gpointer data, GError **error)
{
  Move *move = data;

  return (move->slot == NULL || write_slot (transaction, move, error)) &&
         (move->ids == NULL ||
          crm_card_order_place (transaction, move->type, move->id, (const gint64 *) move->ids->data,
                                move->ids->len, move->position, error));
}

typedef struct
{
  CrmBoard *board;
  char *label; /* nullable: only its place is another one, which is seen */
} MoveCall;

static void
moved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree MoveCall *call = user_data;
  g_autoptr (CrmBoard) self = call->board;
  g_autofree char *label = call->label;
  g_auto (CrmWriteResult) written = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!crm_session_write_finish (CRM_SESSION (object), result, &written, &error))
    {
      self->followed = 0;
      crm_session_report_error (CRM_SESSION (object), error);
      return;
    }

  if (label == NULL)
    return;
  message = g_strdup_printf (_ ("Moved to %s"), label);
  crm_session_show_undo_toast (CRM_SESSION (object), message, written.act_id);
}

/* Takes @move */
static void
begin_move (CrmBoard *self, Move *move)
{
  MoveCall *call = g_new0 (MoveCall, 1);

  call->board = g_object_ref (self);
  call->label = move->slot != NULL ? g_strdup (move->slot->label) : NULL;
  crm_session_write_async (self->session, CRM_ACT_EDIT, write_move, move,
                           (GDestroyNotify) move_free, NULL, moved_cb, call);
}

static Move *
move_new (CrmBoard *self, gint64 id, const CrmBoardSlot *slot)
{
  Move *move = g_new0 (Move, 1);

  move->type = self->type;
  move->field = self->field;
  move->id = id;
  move->slot = slot != NULL ? crm_board_slot_copy (slot) : NULL;

  return move;
}

/* Why it was lost */

typedef struct
{
  CrmBoard *board; /* borrowed: the popover is a child of it */
  const CrmField *field;
  Move *move; /* nullable: it was begun */
} Reason;

static void
reason_free (gpointer data, GClosure *closure)
{
  Reason *reason = data;

  g_clear_pointer (&reason->move, move_free);
  g_free (reason);
}

static void
reason_picked_cb (CrmPickPopover *popover, gint64 id, const char *label, gpointer user_data)
{
  Reason *reason = user_data;
  Move *move = g_steal_pointer (&reason->move);

  move->reason_field = reason->field;
  move->reason_id = id;
  begin_move (reason->board, move);
}

/* Takes @move. Escape, or a click elsewhere, takes it back. */
static void
ask_reason (CrmBoard *self, Move *move, const CrmField *field)
{
  CrmPickPopover *popover = CRM_PICK_POPOVER (crm_lost_reason_popover_new (field));
  Reason *reason = g_new0 (Reason, 1);

  reason->board = self;
  reason->field = field;
  reason->move = move;
  g_signal_connect_data (popover, "picked", G_CALLBACK (reason_picked_cb), reason, reason_free, 0);
  crm_pick_popover_show_at (popover, GTK_WIDGET (self->box), GTK_POS_TOP);
}

/* Asks first where it has to. Takes @move */
static void
move_on (CrmBoard *self, Move *move)
{
  const CrmField *reason = move->slot != NULL
                               ? crm_lost_reason_find_field (self->type, move->slot->outcome)
                               : NULL;

  if (reason != NULL)
    ask_reason (self, move, reason);
  else
    begin_move (self, move);
}

static gboolean
is_in (CrmBoard *self, gint64 id, gint64 slot_id)
{
  guint column = find_column_of (self, id);

  return column < self->columns->len &&
         crm_board_column_get_slot (get_column (self, column))->id == slot_id;
}

static void
move (CrmBoard *self, gint64 id, gint64 slot_id)
{
  const CrmBoardSlot *slot = _crm_board_find_slot (self, slot_id);

  if (id != 0 && slot != NULL && !is_in (self, id, slot_id))
    move_on (self, move_new (self, id, slot));
}

/* Before @before_id, or behind all others where that is 0 */
static void
place (CrmBoard *self, gint64 id, CrmBoardColumn *column, gint64 before_id)
{
  CrmRecordList *list = crm_board_column_get_list (column);
  const CrmBoardSlot *slot = crm_board_column_get_slot (column);
  guint present = crm_record_list_find (list, id);
  guint position = before_id != 0 ? crm_record_list_find (list, before_id) : G_MAXUINT;
  g_autoptr (GArray) ids = crm_record_list_get_ids (list);
  Move *move;

  position = MIN (position, ids->len);
  /* Where it is already */
  if (id == before_id || (present != G_MAXUINT && position == present + 1))
    return;

  move = move_new (self, id, present == G_MAXUINT ? slot : NULL);
  move->ids = g_array_copy (ids);
  move->position = position;
  if (present != G_MAXUINT)
    {
      g_array_remove_index (move->ids, present);
      if (position > present)
        move->position--;
    }
  move_on (self, move);
}

/* Actions */

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gint64 id;
  gint64 slot_id;

  g_variant_get (parameter, "(xx)", &id, &slot_id);
  move (CRM_BOARD (widget), id, slot_id);
}

static void
place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);
  gint64 id;
  gint64 slot_id;
  gint64 before_id;

  g_variant_get (parameter, "(xxx)", &id, &slot_id, &before_id);
  for (guint i = 0; i < self->columns->len; i++)
    if (crm_board_column_get_slot (get_column (self, i))->id == slot_id)
      {
        /* Where nobody ever put cards in order, one that comes from elsewhere goes where it is sorted to */
        if (crm_card_order_find (self->type) == NULL && !is_in (self, id, slot_id))
          move (self, id, slot_id);
        else
          place (self, id, get_column (self, i), before_id);
        return;
      }
}

static void
nudge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);
  CrmRecordList *list;
  gint64 id;
  gint64 target;
  guint column;
  int by;

  g_variant_get (parameter, "(xi)", &id, &by);
  column = find_column_of (self, id);
  if (column == self->columns->len)
    return;

  list = crm_board_column_get_list (get_column (self, column));
  target = (gint64) crm_record_list_find (list, id) + (by > 0 ? by + 1 : by);
  if (target < 0 || target > g_list_model_get_n_items (G_LIST_MODEL (list)))
    return;

  self->followed = id;
  place (self, id, get_column (self, column),
         target < g_list_model_get_n_items (G_LIST_MODEL (list))
             ? crm_record_list_get_id (list, (guint) target)
             : 0);
}

/* The card that the menu was opened for */
static gint64
get_chosen (CrmBoard *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->box));
  gint64 id = CRM_IS_BOARD_COLUMN (focus) ? crm_board_column_get_selected (CRM_BOARD_COLUMN (focus))
                                          : 0;

  for (guint i = 0; i < self->columns->len && id == 0; i++)
    id = crm_board_column_get_selected (get_column (self, i));

  return id;
}

static void
move_chosen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);

  self->followed = get_chosen (self);
  move (self, self->followed, g_variant_get_int64 (parameter));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);
  gint64 id = get_chosen (self);

  if (id != 0)
    crm_session_open_record (self->session, id, g_str_equal (name, "board.open-in-window"));
}

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);
  gint64 id = get_chosen (self);

  if (id != 0)
    crm_session_trash (self->session, &id, 1, NULL, NULL);
}

static void
shift_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);
  gint64 id;
  int by;
  guint column;

  g_variant_get (parameter, "(xi)", &id, &by);
  column = find_column_of (self, id);
  if (column == self->columns->len || (by < 0 && column < (guint) -by) ||
      column + (guint) by >= self->columns->len)
    return;

  self->followed = id;
  move (self, id, crm_board_column_get_slot (get_column (self, column + (guint) by))->id);
}

static void
focus_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);
  gint64 id;
  int by;

  g_variant_get (parameter, "(xi)", &id, &by);
  for (gint64 i = (gint64) find_column_of (self, id) + by; i >= 0 && i < self->columns->len;
       i += by)
    {
      CrmBoardColumn *column = get_column (self, (guint) i);

      if (g_list_model_get_n_items (G_LIST_MODEL (crm_board_column_get_list (column))) > 0)
        {
          gtk_drop_down_set_selected (self->column_chooser, (guint) i);
          crm_board_column_focus_card (column, 0);
          return;
        }
    }
}

static void
drag_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBoard *self = CRM_BOARD (widget);

  gtk_revealer_set_reveal_child (self->end_revealer,
                                 g_variant_get_boolean (parameter) &&
                                     gtk_widget_get_first_child (GTK_WIDGET (self->ends)) != NULL);
}

/* What ends it */

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  GtkWidget *end = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  const gint64 *option_id = g_object_get_data (G_OBJECT (end), "crm-option");

  gtk_widget_activate_action (end, "board.move", "(xx)", g_value_get_int64 (value), *option_id);

  return TRUE;
}

void
_crm_board_make_ends (CrmBoard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->ends))) != NULL)
    gtk_box_remove (self->ends, child);

  for (guint i = 0; i < self->slots->len; i++)
    {
      const CrmBoardSlot *slot = g_ptr_array_index (self->slots, i);
      GtkWidget *end;
      GtkDropTarget *target;
      g_autofree char *markup = NULL;

      if (crm_board_slot_is_column (slot) || !_crm_board_has_slot (self, slot))
        continue;

      markup = crm_board_slot_make_markup (slot);
      end = gtk_label_new (NULL);
      target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);
      gtk_label_set_markup (GTK_LABEL (end), markup);
      gtk_accessible_update_property (GTK_ACCESSIBLE (end), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      slot->label, -1);
      gtk_widget_add_css_class (end, "crm-board-end");
      g_object_set_data_full (G_OBJECT (end), "crm-option", g_memdup2 (&slot->id, sizeof slot->id),
                              g_free);
      g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), NULL);
      gtk_widget_add_controller (end, GTK_EVENT_CONTROLLER (target));
      gtk_box_append (self->ends, end);
    }
}

GMenuModel *
_crm_board_make_menu (CrmBoard *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) options = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  g_menu_append (open, _ ("_Open"), "board.open");
  g_menu_append (open, _ ("Open in New _Window"), "board.open-in-window");
  for (guint i = 0; i < self->slots->len; i++)
    {
      const CrmBoardSlot *slot = g_ptr_array_index (self->slots, i);
      g_autoptr (GMenuItem) item = NULL;

      if (!_crm_board_has_slot (self, slot))
        continue;
      item = g_menu_item_new (slot->label, NULL);
      g_menu_item_set_action_and_target (item, "board.move-chosen", "x", slot->id);
      g_menu_append_item (options, item);
    }
  g_menu_append (end, _ ("Move to _Trash"), "board.trash");

  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_submenu (menu, _ ("_Move To"), G_MENU_MODEL (options));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));

  return G_MENU_MODEL (menu);
}

void
_crm_board_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.move", "(xx)", move_action);
  gtk_widget_class_install_action (widget_class, "board.place", "(xxx)", place_action);
  gtk_widget_class_install_action (widget_class, "board.nudge", "(xi)", nudge_action);
  gtk_widget_class_install_action (widget_class, "board.move-chosen", "x", move_chosen_action);
  gtk_widget_class_install_action (widget_class, "board.shift", "(xi)", shift_action);
  gtk_widget_class_install_action (widget_class, "board.focus", "(xi)", focus_action);
  gtk_widget_class_install_action (widget_class, "board.drag", "b", drag_action);
  gtk_widget_class_install_action (widget_class, "board.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "board.open-in-window", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "board.trash", NULL, trash_action);
}
