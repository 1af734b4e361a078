/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-cell-entry.h"
#include "crm-cell-factory.h"
#include "crm-cell-popover.h"
#include "crm-error.h"
#include "crm-merge-window.h"
#include "crm-record-change.h"
#include "crm-relation-chooser.h"

/*
 * Editing in cells. What is typed stands in the cell, and follows its record to wherever that goes; what is chosen
 * is chosen in a popover below the cell. Each is saved by itself, in the way of the record's own page.
 */

/* Before the next key, which is for where the focus goes */
#define SOON G_PRIORITY_HIGH

static void begin_edit (CrmListPage *self, gint64 id, const char *path, gboolean by_tab);

/* Where the focus goes */

static void
focus_cell (CrmListPage *self, gint64 id, const char *path)
{
  guint position = crm_record_list_find (self->list, id);

  if (position != GTK_INVALID_LIST_POSITION)
    _crm_list_page_move_to (self, position, path);
}

/* Of a type the record is one of, and not kept by the program */
gboolean
_crm_list_page_is_editable (const CrmColumn *column)
{
  return column->hops == NULL && column->part != CRM_COLUMN_ID &&
         column->part != CRM_COLUMN_LABELS && (column->field->flags & CRM_FIELD_READ_ONLY) == 0 &&
         column->field->kind != CRM_KIND_FILES;
}

/* The record above or below, passing over what is none */
static gint64
get_neighbour (CrmListPage *self, gint64 id, int step)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint position = crm_record_list_find (self->list, id);

  if (position == GTK_INVALID_LIST_POSITION)
    return 0;
  while ((step < 0 && position > 0) || (step > 0 && position + 1 < n))
    {
      position += (guint) step;
      if (crm_record_list_get_id (self->list, position) > 0)
        return crm_record_list_get_id (self->list, position);
    }

  return 0;
}

/* The next cell that can be edited, in the next row if there is none in this one */
static void
edit_next (CrmListPage *self, gint64 id, const char *path, int step)
{
  guint n = _crm_list_page_get_n_columns (self);
  guint position;

  if (!_crm_list_page_find_column (self, path, &position))
    return;
  for (guint i = 0; i < n; i++)
    {
      const char *next;

      if ((step > 0 && position + 1 >= n) || (step < 0 && position == 0))
        {
          id = get_neighbour (self, id, step);
          position = step > 0 ? 0 : n - 1;
        }
      else
        {
          position += (guint) step;
        }
      if (id == 0)
        return;
      next = _crm_list_page_get_column_path (self, position);
      if (!_crm_list_page_is_editable (_crm_list_page_get_crm_column (self, next)))
        continue;
      begin_edit (self, id, next, TRUE);
      return;
    }
}

static void
move_on (CrmListPage *self, gint64 id, const char *path, CrmCellMove move)
{
  gint64 below;

  switch (move)
    {
    case CRM_CELL_NEXT:
      edit_next (self, id, path, 1);
      break;

    case CRM_CELL_PREVIOUS:
      edit_next (self, id, path, -1);
      break;

    case CRM_CELL_DOWN:
      below = get_neighbour (self, id, 1);
      if (below == 0)
        break;
      focus_cell (self, below, path);
      /* As the arrow does, unless there is a selection to be lost */
      if (crm_selection_get_n_selected (self->selection) <= 1)
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                         crm_record_list_find (self->list, below), TRUE);
      break;

    case CRM_CELL_STAY:
    default:
      break;
    }
}

/* Ending */

static void
forget_edit (CrmListPage *self)
{
  g_autoptr (GtkWidget) editor = g_steal_pointer (&self->edit.editor);

  g_clear_handle_id (&self->edit.source, g_source_remove);
  self->edit.waiting = FALSE;
  if (editor != NULL)
    crm_cell_take_editor (editor);
}

static void row_read_cb (CrmListPage *self, GParamSpec *pspec, CrmRow *row);

static void
forget_awaited (CrmListPage *self)
{
  if (self->edit.awaited != NULL)
    g_signal_handlers_disconnect_by_func (self->edit.awaited, row_read_cb, self);
  g_clear_object (&self->edit.awaited);
}

static void
end_edit (CrmListPage *self, gboolean focus)
{
  gint64 id = self->edit.id;
  const char *path = self->edit.path;

  forget_edit (self);
  if (focus)
    focus_cell (self, id, path);
}

gboolean
_crm_list_page_is_editing (CrmListPage *self)
{
  return self->edit.editor != NULL;
}

void
_crm_list_page_stop_editing (CrmListPage *self)
{
  if (self->edit.popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->edit.popover));
  g_clear_pointer (&self->edit.popover, gtk_widget_unparent);
  forget_awaited (self);
  forget_edit (self);
}

/* Saving */

typedef struct
{
  CrmListPage *page;
  gint64 id;
  const char *path;
  const CrmField *field;
  CrmValue *value; /* (nullable) */
  CrmCellMove move;
  gint64 other_id; /* who has the value already */
} SaveCall;

static void
save_call_free (SaveCall *call)
{
  g_object_unref (call->page);
  g_clear_pointer (&call->value, crm_value_unref);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveCall, save_call_free)

static void save (CrmListPage *self, SaveCall *call, gint64 take_from);

static SaveCall *
save_call_new (CrmListPage *self,
               gint64 id,
               const char *path,
               const CrmField *field,
               CrmValue *value,
               CrmCellMove move)
{
  SaveCall *call = g_new0 (SaveCall, 1);

  call->page = g_object_ref (self);
  call->id = id;
  call->path = path;
  call->field = field;
  call->value = value != NULL ? crm_value_ref (value) : NULL;
  call->move = move;

  return call;
}

static gboolean
is_waiting_for (CrmListPage *self, SaveCall *call)
{
  return self->edit.editor != NULL && self->edit.waiting && self->edit.id == call->id &&
         self->edit.path == call->path;
}

static void
open_clicked_cb (SaveCall *call)
{
  crm_session_open_record (call->page->session, call->other_id, FALSE);
}

static void
move_here_clicked_cb (SaveCall *call)
{
  CrmListPage *self = call->page;

  self->edit.waiting = TRUE;
  save (self, save_call_new (self, call->id, call->path, call->field, call->value, call->move),
        call->other_id);
}

static void
merge_clicked_cb (SaveCall *call)
{
  CrmListPage *self = call->page;
  const gint64 ids[] = { call->id, call->other_id };

  end_edit (self, TRUE);
  crm_merge_window_present_for (GTK_WIDGET (self), self->session, self->type, ids,
                                G_N_ELEMENTS (ids));
}

static void
add_way_out (GtkWidget *box, const char *label, GCallback callback, SaveCall *call)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_swapped (button, "clicked", callback, call);
  gtk_box_append (GTK_BOX (box), button);
}

/* Takes @call */
static GtkWidget *
create_ways_out (SaveCall *call)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  add_way_out (box, _ ("Open"), G_CALLBACK (open_clicked_cb), call);
  add_way_out (box, _ ("Move It Here"), G_CALLBACK (move_here_clicked_cb), call);
  add_way_out (box, _ ("Merge"), G_CALLBACK (merge_clicked_cb), call);
  g_object_set_data_full (G_OBJECT (box), "crm-call", call, (GDestroyNotify) save_call_free);

  return box;
}

static void
show_refusal (CrmListPage *self,
              SaveCall *call,
              const GError *error,
              const CrmWriteResult *write_result)
{
  GtkWidget *ways_out = NULL;

  if (!is_waiting_for (self, call))
    {
      crm_session_report_error (self->session, error);
      return;
    }

  self->edit.waiting = FALSE;
  if (g_error_matches (error, CRM_ERROR, CRM_ERROR_TAKEN) && write_result->clashes != NULL &&
      write_result->clashes->len > 0)
    {
      const CrmClash *clash = g_ptr_array_index (write_result->clashes, 0);
      SaveCall *again = save_call_new (self, call->id, call->path, call->field, call->value,
                                       call->move);

      again->other_id = clash->other_id;
      ways_out = create_ways_out (again);
    }
  crm_cell_entry_set_message (CRM_CELL_ENTRY (self->edit.editor), error->message, ways_out);
  crm_cell_entry_focus (CRM_CELL_ENTRY (self->edit.editor));
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SaveCall) call = user_data;
  CrmListPage *self = call->page;
  g_auto (CrmWriteResult) write_result = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean saved = crm_session_write_finish (CRM_SESSION (object), result, &write_result, &error);

  if (self->session == NULL)
    {
      crm_session_report_error (CRM_SESSION (object), error);
      return;
    }
  if (!saved)
    {
      show_refusal (self, call, error, &write_result);
      return;
    }
  if (!is_waiting_for (self, call))
    return;

  end_edit (self, TRUE);
  move_on (self, call->id, call->path, call->move);
}

/* Takes @call */
static void
save (CrmListPage *self, SaveCall *call, gint64 take_from)
{
  CrmRecordChange *change = crm_record_change_new (self->type, call->id);

  crm_record_change_set (change, call->field, call->value);
  crm_record_change_take_from (change, take_from);
  crm_session_write_async (self->session, CRM_ACT_EDIT, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, saved_cb, call);
}

/* Typing */

static void
finished_cb (CrmListPage *self, CrmValue *value, guint move, CrmCellEntry *entry)
{
  gint64 id = self->edit.id;
  const char *path = self->edit.path;
  const CrmField *field = self->edit.field;

  if (GTK_WIDGET (entry) != self->edit.editor || self->edit.waiting)
    return;

  if (crm_cell_entry_is_changed (entry))
    {
      save (self, save_call_new (self, id, path, field, value, move), 0);
      /* Whether somebody has it already is known when it has been written */
      if ((field->flags & CRM_FIELD_UNIQUE) != 0 && value != NULL)
        {
          self->edit.waiting = TRUE;
          return;
        }
    }
  end_edit (self, move != CRM_CELL_STAY || gtk_widget_get_focus_child (GTK_WIDGET (entry)) != NULL);
  move_on (self, id, path, move);
}

static void
given_up_cb (CrmListPage *self)
{
  end_edit (self, TRUE);
}

static gboolean
left_idle_cb (gpointer user_data)
{
  CrmListPage *self = user_data;
  GtkWidget *editor = self->edit.editor;

  self->edit.source = 0;
  if (editor != NULL && gtk_widget_get_parent (editor) != NULL && !self->edit.waiting &&
      (gtk_widget_get_state_flags (editor) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    crm_cell_entry_commit (CRM_CELL_ENTRY (editor), CRM_CELL_STAY);

  return G_SOURCE_REMOVE;
}

/* What was typed is saved when the cell is left, but not while the focus is on its way into a popover of it */
static void
left_cb (CrmListPage *self)
{
  if (self->edit.source == 0)
    self->edit.source = g_idle_add (left_idle_cb, self);
}

static gboolean
follow_idle_cb (gpointer user_data)
{
  CrmListPage *self = user_data;
  GtkWidget *editor = self->edit.editor;
  GtkWidget *cell;

  self->edit.source = 0;
  if (editor == NULL || gtk_widget_get_parent (editor) != NULL)
    return G_SOURCE_REMOVE;

  focus_cell (self, self->edit.id, self->edit.path);
  cell = _crm_list_page_find_cell (self, self->edit.id, self->edit.path);
  if (cell != NULL && crm_cell_put_editor (cell, editor))
    crm_cell_entry_focus_again (CRM_CELL_ENTRY (editor));
  /* It is not in the list any more */
  else if (!crm_cell_entry_commit (CRM_CELL_ENTRY (editor), CRM_CELL_STAY))
    end_edit (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* The row went elsewhere, or away */
static void
parent_changed_cb (CrmListPage *self, GParamSpec *pspec, GtkWidget *editor)
{
  if (editor != self->edit.editor || gtk_widget_get_parent (editor) != NULL)
    return;

  g_clear_handle_id (&self->edit.source, g_source_remove);
  self->edit.source = g_idle_add_full (SOON, follow_idle_cb, self, NULL);
}

static void
type_in_cell (CrmListPage *self, GtkWidget *cell, CrmRecord *record)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *name = _crm_list_page_make_title (self, self->edit.path);
  GtkWidget *entry = crm_cell_entry_new (self->session, self->edit.field, name, record);

  self->edit.editor = g_object_ref_sink (entry);
  g_signal_connect_object (entry, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "given-up", G_CALLBACK (given_up_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "notify::parent", G_CALLBACK (parent_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  if (crm_cell_put_editor (cell, entry))
    crm_cell_entry_focus (CRM_CELL_ENTRY (entry));
  else
    forget_edit (self);
}

/* Choosing */

/* The next key is for the cell; what was closed goes once GTK 4.8 has done with it, for it never lets go of a popover
 * that is taken away before */
static gboolean
refocus_cb (gpointer user_data)
{
  g_autoptr (CrmListPage) self = user_data;

  if (self->session != NULL)
    focus_cell (self, self->edit.id, self->edit.path);

  return G_SOURCE_REMOVE;
}

static gboolean
chooser_closed_idle_cb (gpointer user_data)
{
  CrmListPage *self = user_data;

  self->edit.source = 0;
  if (self->edit.editor != NULL)
    end_edit (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* Not before what was chosen has been told */
static void
chooser_closed_cb (CrmListPage *self)
{
  g_idle_add_full (SOON, refocus_cb, g_object_ref (self), NULL);
  if (self->edit.source == 0)
    self->edit.source = g_idle_add (chooser_closed_idle_cb, self);
}

static void
chosen_cb (CrmListPage *self, gint64 id, gint64 type_id, const char *text)
{
  g_autoptr (CrmValue) value = id != CRM_CHOSEN_NONE
                                   ? crm_value_new_item (text, NULL, NULL, id, type_id)
                                   : NULL;

  save (self,
        save_call_new (self, self->edit.id, self->edit.path, self->edit.field, value,
                       CRM_CELL_STAY),
        0);
}

static gboolean
popup_idle_cb (gpointer user_data)
{
  CrmListPage *self = user_data;

  self->edit.source = 0;
  if (self->edit.editor != NULL)
    crm_relation_chooser_popup (
        CRM_RELATION_CHOOSER (gtk_widget_get_last_child (self->edit.editor)));

  return G_SOURCE_REMOVE;
}

/* The pipeline of a deal, for its stage; 0 where it is not known */
static gint64
get_parent_option (CrmListPage *self, CrmRecord *record)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  CrmValue *value = crm_record_get_value (record, self->edit.field);
  const CrmOption *option = value != NULL && self->edit.field->kind == CRM_KIND_CHOICE
                                ? crm_catalogue_get_option (catalogue,
                                                            crm_value_get_integer (value))
                                : NULL;

  return option != NULL ? option->parent : 0;
}

static void
choose_in_cell (CrmListPage *self, GtkWidget *cell, CrmRecord *record)
{
  const CrmField *field = self->edit.field;
  CrmValue *value = crm_record_get_value (record, field);
  g_autofree char *name = g_strdup_printf (_ ("Choose %s"), field->label);
  g_autofree char *text = crm_cell_get_text (crm_session_get_store (self->session), field, value);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *chooser = crm_relation_chooser_new (self->session, field, name, "pan-down-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "crm-cell-choice");
  crm_relation_chooser_set_chosen (CRM_RELATION_CHOOSER (chooser), value);
  crm_relation_chooser_set_clearable (CRM_RELATION_CHOOSER (chooser), TRUE);
  crm_relation_chooser_set_parent (CRM_RELATION_CHOOSER (chooser),
                                   get_parent_option (self, record));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (chooser_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), chooser);

  self->edit.editor = g_object_ref_sink (box);
  if (crm_cell_put_editor (cell, box))
    self->edit.source = g_idle_add (popup_idle_cb, self);
  else
    forget_edit (self);
}

/* In a popover of their own */

static gboolean
popover_gone_cb (gpointer user_data)
{
  g_autoptr (CrmListPage) self = user_data;

  if (self->edit.popover == NULL || gtk_widget_get_visible (self->edit.popover))
    return G_SOURCE_REMOVE;

  g_clear_pointer (&self->edit.popover, gtk_widget_unparent);

  return G_SOURCE_REMOVE;
}

static void
popover_closed_cb (CrmListPage *self)
{
  g_idle_add_full (SOON, refocus_cb, g_object_ref (self), NULL);
  g_idle_add (popover_gone_cb, g_object_ref (self));
}

/* Takes @fields */
static void
open_popover (CrmListPage *self, GtkWidget *cell, GPtrArray *fields)
{
  g_autoptr (GPtrArray) taken = fields;
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (cell, GTK_WIDGET (self), &bounds))
    return;

  self->edit.popover = crm_cell_popover_new (self->session, fields, self->edit.id);
  gtk_widget_set_parent (self->edit.popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->edit.popover),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                (int) bounds.size.width,
                                                (int) bounds.size.height });
  g_signal_connect_object (self->edit.popover, "closed", G_CALLBACK (popover_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->edit.popover));
}

/* A name that is made of its parts is edited by its parts. (transfer full) (nullable) */
static GPtrArray *
list_name_parts (CrmListPage *self, const CrmColumn *column)
{
  static const char *const parts[] = { "first_name", "middle_name", "last_name" };
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  if (!_crm_list_page_is_naming (self, column->name) ||
      (column->field->flags & CRM_FIELD_READ_ONLY) == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const CrmField *field = crm_record_type_find_field (self->type, parts[i]);

      if (field != NULL && (field->flags & CRM_FIELD_READ_ONLY) == 0)
        g_ptr_array_add (fields, (gpointer) field);
    }

  return fields->len > 0 ? g_steal_pointer (&fields) : NULL;
}

/* Beginning */

static void
toggle (CrmListPage *self, CrmRecord *record)
{
  CrmValue *old = crm_record_get_value (record, self->edit.field);
  gboolean active = old != NULL && crm_value_get_integer (old) != 0;
  g_autoptr (CrmValue) value = crm_value_new_integer (active ? 0 : 1);

  save (self,
        save_call_new (self, self->edit.id, self->edit.path, self->edit.field, value,
                       CRM_CELL_STAY),
        0);
}

static void
say_why_not (CrmListPage *self, const CrmColumn *column)
{
  g_autofree char *title = _crm_list_page_make_title (self, column->name);
  g_autofree char *text = NULL;

  if (column->hops != NULL)
    /* Translators: %s is a column such as “Company › City” */
    text = g_strdup_printf (_ ("“%s” belongs to another record; open that to change it."), title);
  else if (column->field->kind == CRM_KIND_FILES)
    text = g_strdup_printf (_ ("Open the record to change “%s”."), title);
  else
    /* Translators: %s is a column such as “Last Contacted” */
    text = g_strdup_printf (_ ("“%s” is kept by the program and can’t be changed."), title);
  crm_session_show_toast (self->session, text);
}

static void
row_read_cb (CrmListPage *self, GParamSpec *pspec, CrmRow *row)
{
  if (crm_record_is_short (crm_row_get_record (row)))
    return;

  forget_awaited (self);
  if (_crm_list_page_get_active_row (self) == row)
    begin_edit (self, self->edit.id, self->edit.path, self->edit.by_tab);
}

/* Who is quicker than the reading of all the addresses of the row that the cursor has come to */
static void
await_row (CrmListPage *self, CrmRow *row, gboolean by_tab)
{
  self->edit.awaited = g_object_ref (row);
  self->edit.by_tab = by_tab;
  g_signal_connect_object (row, "notify::record", G_CALLBACK (row_read_cb), self,
                           G_CONNECT_SWAPPED);
  crm_record_list_complete (self->list, row);
}

static void
begin_edit (CrmListPage *self, gint64 id, const char *path, gboolean by_tab)
{
  const CrmColumn *column = _crm_list_page_get_crm_column (self, path);
  g_autoptr (GPtrArray) parts = NULL;
  GtkWidget *cell;
  CrmRow *row;
  CrmRecord *record;
  CrmValue *value;

  _crm_list_page_stop_editing (self);
  focus_cell (self, id, path);
  cell = _crm_list_page_find_cell (self, id, path);
  row = cell != NULL ? crm_cell_find_row (cell) : NULL;
  record = row != NULL ? crm_row_get_record (row) : NULL;
  if (record == NULL || column == NULL)
    return;

  self->edit.id = id;
  self->edit.path = g_intern_string (path);
  self->edit.field = column->field;
  if (crm_record_is_short (record) && crm_kind_is_address (column->field->kind))
    {
      await_row (self, row, by_tab);
      return;
    }
  value = crm_record_get_value (record, column->field);
  parts = list_name_parts (self, column);
  if (parts != NULL && !by_tab)
    open_popover (self, cell, g_steal_pointer (&parts));
  else if (!_crm_list_page_is_editable (column))
    say_why_not (self, column);
  else if (crm_cell_entry_fits (column->field) &&
           (value == NULL || crm_value_get_n_items (value) < 2))
    type_in_cell (self, cell, record);
  /* Tab stops at what is chosen, and F2 opens it */
  else if (by_tab)
    return;
  else if (column->field->kind == CRM_KIND_CHECKBOX)
    toggle (self, record);
  else if (column->field->kind == CRM_KIND_CHOICE || column->field->kind == CRM_KIND_RELATION ||
           column->field->kind == CRM_KIND_MEMBER)
    choose_in_cell (self, cell, record);
  else
    {
      GPtrArray *fields = g_ptr_array_new ();

      g_ptr_array_add (fields, (gpointer) column->field);
      open_popover (self, cell, fields);
    }
}

void
_crm_list_page_edit_cell (CrmListPage *self)
{
  CrmRow *row = _crm_list_page_get_active_row (self);
  const char *path = _crm_list_page_get_active_path (self);

  /* What is being typed is not begun again */
  if (self->edit.editor != NULL && CRM_IS_CELL_ENTRY (self->edit.editor))
    return;
  if (row == NULL || path == NULL || crm_row_get_record (row) == NULL)
    crm_session_show_toast (self->session, _ ("Go to a cell of the table first."));
  else
    begin_edit (self, crm_row_get_id (row), path, FALSE);
}
