/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving cards: by the mouse, by keys, by the menu; and what is asked where a deal is lost. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-board-private.h"
#include "crm-cell-factory.h"

static const CrmOption *
find_option (CrmBoard *self, gint64 option_id)
{
  return crm_catalogue_get_option (crm_store_get_catalogue (crm_session_get_store (self->session)),
                                   option_id);
}

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
  gint64 option_id;
  gint64 reason_id;
} Move;

static gboolean
write_move (CrmTransaction *transaction, gpointer data, GError **error)
{
  Move *move = data;
  const CrmField *fields[] = { move->field, move->reason_field };
  g_autoptr (CrmValue) value = crm_value_new_item (NULL, NULL, NULL, move->option_id, 0);
  g_autoptr (CrmValue) reason = move->reason_id != 0
                                    ? crm_value_new_item (NULL, NULL, NULL, move->reason_id, 0)
                                    : NULL;
  CrmValue *const values[] = { value, reason };

  return crm_transaction_update (transaction, move->type, move->id, fields, values,
                                 move->reason_field != NULL ? 2 : 1, NULL, NULL, error);
}

typedef struct
{
  CrmBoard *board;
  char *label;
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

  message = g_strdup_printf (_ ("Moved to %s"), label);
  crm_session_show_undo_toast (CRM_SESSION (object), message, written.act_id);
}

static void
begin_move (CrmBoard *self,
            gint64 id,
            const CrmOption *option,
            const CrmField *reason_field,
            gint64 reason_id)
{
  Move *move = g_new0 (Move, 1);
  MoveCall *call = g_new0 (MoveCall, 1);

  move->type = self->type;
  move->field = self->field;
  move->reason_field = reason_field;
  move->id = id;
  move->option_id = option->id;
  move->reason_id = reason_id;
  call->board = g_object_ref (self);
  call->label = g_strdup (option->label);
  crm_session_write_async (self->session, CRM_ACT_EDIT, write_move, move, g_free, NULL, moved_cb,
                           call);
}

/* Why it was lost */

typedef struct
{
  CrmBoard *board; /* borrowed: the popover is a child of it */
  GtkPopover *popover;
  const CrmOption *option;
  const CrmField *field;
  gint64 id;
  gint64 reason_id;
} Reason;

static void
reason_clicked_cb (GtkButton *button, Reason *reason)
{
  gpointer chosen = g_object_get_data (G_OBJECT (button), "crm-reason");
  Reason copy = *reason;

  copy.reason_id = chosen != NULL ? *(gint64 *) chosen : 0;
  gtk_popover_popdown (reason->popover);
  begin_move (copy.board, copy.id, copy.option, copy.field, copy.reason_id);
}

/* The menu's own handlers are still at work */
static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

static void
reason_closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
append_reason (GtkBox *box, Reason *reason, const char *label, gint64 option_id)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  if (option_id != 0)
    g_object_set_data_full (G_OBJECT (button), "crm-reason",
                            g_memdup2 (&option_id, sizeof option_id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (reason_clicked_cb), reason);
  gtk_box_append (box, button);
}

/* Escape, or a click elsewhere, takes the move back. */
static void
ask_reason (CrmBoard *self, gint64 id, const CrmOption *option, const CrmField *field)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = gtk_label_new (field->label);
  Reason *reason = g_new0 (Reason, 1);

  reason->board = self;
  reason->popover = GTK_POPOVER (popover);
  reason->option = option;
  reason->field = field;
  reason->id = id;
  g_object_set_data_full (G_OBJECT (popover), "crm-reason", reason, g_free);

  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (box), heading);
  for (guint i = 0; i < field->n_options; i++)
    append_reason (GTK_BOX (box), reason, field->options[i]->label, field->options[i]->id);
  append_reason (GTK_BOX (box), reason, _ ("No Reason"), 0);

  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);
  g_signal_connect (popover, "closed", G_CALLBACK (reason_closed_cb), NULL);
  gtk_widget_set_parent (popover, GTK_WIDGET (self->box));
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
move (CrmBoard *self, gint64 id, gint64 option_id)
{
  const CrmOption *option = find_option (self, option_id);
  const CrmField *reason = crm_record_type_find_field (self->type, "lost_reason");
  guint column = find_column_of (self, id);

  if (id == 0 || option == NULL ||
      (column < self->columns->len &&
       crm_board_column_get_option (get_column (self, column))->id == option_id))
    return;

  if (option->outcome == CRM_OUTCOME_LOST && reason != NULL && reason->kind == CRM_KIND_CHOICE)
    ask_reason (self, id, option, reason);
  else
    begin_move (self, id, option, NULL, 0);
}

/* Actions */

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gint64 id;
  gint64 option_id;

  g_variant_get (parameter, "(xx)", &id, &option_id);
  move (CRM_BOARD (widget), id, option_id);
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
  move (self, id, crm_board_column_get_option (get_column (self, column + (guint) by))->id);
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

  for (guint i = 0; i < self->field->n_options; i++)
    {
      const CrmOption *option = self->field->options[i];
      const char *tone = crm_cell_get_tone (option->color);
      GtkWidget *end;
      GtkDropTarget *target;
      g_autofree char *markup = NULL;

      if (_crm_board_is_column (option) || !_crm_board_has_option (self, option))
        continue;

      markup = g_markup_printf_escaped ("<span color=\"%s\">●</span>  %s",
                                        tone != NULL ? tone : "#8b8b90", option->label);
      end = gtk_label_new (NULL);
      target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);
      gtk_label_set_markup (GTK_LABEL (end), markup);
      gtk_widget_add_css_class (end, "crm-board-end");
      g_object_set_data_full (G_OBJECT (end), "crm-option",
                              g_memdup2 (&option->id, sizeof option->id), g_free);
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
  for (guint i = 0; i < self->field->n_options; i++)
    {
      const CrmOption *option = self->field->options[i];
      g_autoptr (GMenuItem) item = NULL;

      if (!_crm_board_has_option (self, option))
        continue;
      item = g_menu_item_new (option->label, NULL);
      g_menu_item_set_action_and_target (item, "board.move-chosen", "x", option->id);
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
  gtk_widget_class_install_action (widget_class, "board.move-chosen", "x", move_chosen_action);
  gtk_widget_class_install_action (widget_class, "board.shift", "(xi)", shift_action);
  gtk_widget_class_install_action (widget_class, "board.focus", "(xi)", focus_action);
  gtk_widget_class_install_action (widget_class, "board.drag", "b", drag_action);
  gtk_widget_class_install_action (widget_class, "board.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "board.open-in-window", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "board.trash", NULL, trash_action);
}
