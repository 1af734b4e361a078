/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-board-card.h"
#include "crm-board-private.h"
#include "crm-number.h"
#include "crm-totals.h"

G_DEFINE_FINAL_TYPE (CrmBoard, crm_board, ADW_TYPE_BIN)

gboolean
_crm_board_has_slot (CrmBoard *self, const CrmBoardSlot *slot)
{
  return self->pipeline == 0 || slot->parent == self->pipeline || slot->id == 0;
}

const CrmBoardSlot *
_crm_board_find_slot (CrmBoard *self, gint64 id)
{
  for (guint i = 0; self->slots != NULL && i < self->slots->len; i++)
    {
      const CrmBoardSlot *slot = g_ptr_array_index (self->slots, i);

      if (slot->id == id)
        return slot;
    }

  return NULL;
}

static gboolean
has_outcomes (const CrmField *field)
{
  return field->kind == CRM_KIND_CHOICE && field->options[0]->outcome != CRM_OUTCOME_NONE;
}

static CrmBoardColumn *
get_column (CrmBoard *self, guint i)
{
  return g_ptr_array_index (self->columns, i);
}

/* What all of it comes to */

typedef struct
{
  CrmQuery *query;
  const CrmField *amount; /* nullable */
  gboolean open; /* what is counted is open */
} SummaryJob;

static void
summary_job_free (SummaryJob *job)
{
  crm_query_unref (job->query);
  g_free (job);
}

/* "42 open · 1,240,000 CZK · weighted 512,000 CZK" */
static gpointer
sum_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  SummaryJob *job = data;
  const CrmTotal totals[] = { { crm_query_get_record_type (job->query)->fields[0],
                                CRM_TOTAL_COUNT },
                              { job->amount, CRM_TOTAL_SUM },
                              { job->amount, CRM_TOTAL_WEIGHTED } };
  g_autoptr (GPtrArray) texts = NULL;
  GString *summary;
  guint n_totals = 1;

  if (job->amount != NULL)
    n_totals = crm_total_fits (CRM_TOTAL_WEIGHTED, job->amount) ? 3 : 2;
  texts = crm_query_run_totals (job->query, store, totals, n_totals, cancellable, error);
  if (texts == NULL)
    return NULL;

  summary = g_string_new (NULL);
  if (job->open)
    /* Translators: how many deals are open */
    g_string_append_printf (summary, _ ("%s open"), (const char *) g_ptr_array_index (texts, 0));
  else
    g_string_append (summary, g_ptr_array_index (texts, 0));
  if (texts->len > 1 && *(const char *) g_ptr_array_index (texts, 1) != '\0')
    g_string_append_printf (summary, " · %s", (const char *) g_ptr_array_index (texts, 1));
  if (texts->len > 2 && *(const char *) g_ptr_array_index (texts, 2) != '\0')
    {
      g_string_append (summary, " · ");
      /* Translators: the sum of the amounts, each by how likely it is */
      g_string_append_printf (summary, _ ("weighted %s"),
                              (const char *) g_ptr_array_index (texts, 2));
    }

  return g_string_free (summary, FALSE);
}

static void
summed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmBoard) self = user_data;
  g_autofree char *summary = crm_store_run_finish (CRM_STORE (object), result, NULL);

  if (self->state != NULL && summary != NULL)
    {
      gtk_label_set_label (self->summary, summary);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), summary);
    }
}

static void
sum_up (CrmBoard *self)
{
  g_autoptr (CrmQuery) all = NULL;
  g_autoptr (CrmFilter) filter = NULL;
  SummaryJob *job;

  if (self->columns->len == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  all = crm_view_state_make_query (self->state, NULL, NULL);
  if (all == NULL)
    return;

  for (guint i = 0; i < self->columns->len; i++)
    filter = crm_filter_or (
        filter,
        crm_board_slot_make_filter (crm_board_column_get_slot (get_column (self, i)), self->field));
  if (crm_query_get_filter (all) != NULL)
    filter = crm_filter_and (filter, crm_filter_ref ((CrmFilter *) crm_query_get_filter (all)));

  job = g_new0 (SummaryJob, 1);
  job->query = crm_query_new (self->type);
  crm_query_set_filter (job->query, filter);
  crm_query_set_search (job->query, crm_query_get_search (all));
  job->amount = crm_board_card_find_amount (self->type);
  job->open = has_outcomes (self->field);
  crm_store_run_async (crm_session_get_store (self->session), sum_in_worker, job,
                       (GDestroyNotify) summary_job_free, g_free, self->cancellable, summed_cb,
                       g_object_ref (self));
}

/* Columns */

/* The choice of the column names how many each has. */
static void
update_chooser (CrmBoard *self)
{
  guint selected = gtk_drop_down_get_selected (self->column_chooser);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmBoardColumn *column = get_column (self, i);
      guint n = g_list_model_get_n_items (G_LIST_MODEL (crm_board_column_get_list (column)));
      g_autofree char *count = crm_number_format (n, 0, 0);
      g_autofree char *label = g_strdup_printf ("%s  %s", crm_board_column_get_slot (column)->label,
                                                count);

      gtk_string_list_append (labels, label);
    }

  gtk_drop_down_set_model (self->column_chooser, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->column_chooser, selected < self->columns->len ? selected : 0);
}

/* Who has nothing of a choice is seldom there, and not looked for; tasks that nobody is assigned are */
static gboolean
is_wanted (CrmBoard *self, CrmBoardColumn *column)
{
  return crm_board_column_get_slot (column)->id != 0 || self->field->kind == CRM_KIND_MEMBER ||
         g_list_model_get_n_items (G_LIST_MODEL (crm_board_column_get_list (column))) > 0;
}

static void
show_columns (CrmBoard *self)
{
  gboolean narrow = crm_width_bin_get_narrow (self->width_bin);
  guint selected = gtk_drop_down_get_selected (self->column_chooser);

  gtk_widget_set_visible (GTK_WIDGET (self->column_chooser), narrow);
  for (guint i = 0; i < self->columns->len; i++)
    {
      GtkWidget *column = GTK_WIDGET (get_column (self, i));

      gtk_widget_set_visible (column,
                              narrow ? i == selected : is_wanted (self, get_column (self, i)));
      gtk_widget_set_hexpand (column, narrow);
    }
}

/* While it was wide nobody looked at the chooser */
static void
narrow_changed_cb (CrmBoard *self)
{
  update_chooser (self);
  show_columns (self);
}

static void
column_loaded_cb (CrmBoard *self, CrmRecordList *list)
{
  gint64 followed = self->followed;

  if (crm_width_bin_get_narrow (self->width_bin))
    update_chooser (self);
  else
    show_columns (self);
  if (self->wants_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (followed == 0 || crm_record_list_find (list, followed) == G_MAXUINT)
    return;

  for (guint i = 0; i < self->columns->len; i++)
    if (crm_board_column_get_list (get_column (self, i)) == list)
      {
        self->followed = 0;
        gtk_drop_down_set_selected (self->column_chooser, i);
        crm_board_column_focus_card (get_column (self, i), followed);
      }
}

static void
make_columns (CrmBoard *self)
{
  GtkWidget *child;

  self->n_made++;
  g_ptr_array_set_size (self->columns, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_clear_object (&self->menu);
  self->menu = _crm_board_make_menu (self);

  for (guint i = 0; i < self->slots->len; i++)
    {
      const CrmBoardSlot *slot = g_ptr_array_index (self->slots, i);
      GtkWidget *column;

      if (!crm_board_slot_is_column (slot) || !_crm_board_has_slot (self, slot))
        continue;
      column = crm_board_column_new (self->state, self->field, slot, self->tasks, self->menu);
      g_signal_connect_object (crm_board_column_get_list (CRM_BOARD_COLUMN (column)), "loaded",
                               G_CALLBACK (column_loaded_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->columns, column);
      gtk_box_append (self->box, column);
    }

  _crm_board_make_ends (self);
  update_chooser (self);
  show_columns (self);
  sum_up (self);
}

/* Pipelines */

static void
find_pipelines (CrmBoard *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  const CrmOption *first = self->field->kind == CRM_KIND_CHOICE
                               ? crm_catalogue_get_option (catalogue,
                                                           self->field->options[0]->parent)
                               : NULL;
  g_autoptr (GtkStringList) labels = NULL;

  self->pipeline_field = NULL;
  self->pipeline = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->pipeline_chooser), FALSE);
  if (first == NULL)
    return;

  self->pipeline_field = crm_catalogue_get_field (catalogue, first->field_id);
  self->pipeline = first->id;
  labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->pipeline_field->n_options; i++)
    gtk_string_list_append (labels, self->pipeline_field->options[i]->label);
  gtk_drop_down_set_model (self->pipeline_chooser, G_LIST_MODEL (labels));
  for (guint i = 0; i < self->pipeline_field->n_options; i++)
    if (self->pipeline_field->options[i]->id == first->id)
      gtk_drop_down_set_selected (self->pipeline_chooser, i);
  gtk_widget_set_visible (GTK_WIDGET (self->pipeline_chooser), self->pipeline_field->n_options > 1);
}

static void
pipeline_selected_cb (CrmBoard *self)
{
  guint selected = gtk_drop_down_get_selected (self->pipeline_chooser);
  gint64 pipeline;

  if (self->pipeline_field == NULL || selected >= self->pipeline_field->n_options)
    return;

  pipeline = self->pipeline_field->options[selected]->id;
  if (pipeline == self->pipeline)
    return;
  self->pipeline = pipeline;
  make_columns (self);
}

/* What it is about */

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const CrmBoardSlot *x = g_ptr_array_index (a, i);
      const CrmBoardSlot *y = g_ptr_array_index (b, i);

      if (x->id != y->id || !g_str_equal (x->label, y->label) || x->parent != y->parent ||
          g_strcmp0 (x->color, y->color) != 0 || x->outcome != y->outcome)
        return FALSE;
    }

  return TRUE;
}

/* Takes @slots; the columns are made anew only where something is different */
static void
take_slots (CrmBoard *self, GPtrArray *slots)
{
  if (are_same (self->slots, slots))
    {
      g_ptr_array_unref (slots);
      return;
    }

  g_clear_pointer (&self->slots, g_ptr_array_unref);
  self->slots = slots;
  make_columns (self);
}

static gpointer
list_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_board_slot_list (store, data, cancellable, error);
}

typedef struct
{
  CrmBoard *board;
  const CrmField *field;
} ListCall;

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree ListCall *call = user_data;
  g_autoptr (CrmBoard) self = call->board;
  g_autoptr (GError) error = NULL;
  GPtrArray *slots = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->state == NULL || call->field != self->field)
    g_clear_pointer (&slots, g_ptr_array_unref);
  else if (slots != NULL)
    take_slots (self, slots);
  else
    crm_session_report_error (self->session, error);
}

static void
list_slots (CrmBoard *self)
{
  CrmStore *store = crm_session_get_store (self->session);
  ListCall *call;

  /* Options are at hand; members are records */
  if (self->field->kind == CRM_KIND_CHOICE)
    {
      take_slots (self, crm_board_slot_list (store, self->field, NULL, NULL));
      return;
    }

  call = g_new0 (ListCall, 1);
  call->board = g_object_ref (self);
  call->field = self->field;
  crm_store_run_async (store, list_in_worker, (gpointer) self->field, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, listed_cb, call);
}

static const CrmField *
choose_field (CrmBoard *self)
{
  JsonNode *node = crm_view_query_get_option (crm_view_state_get_query (self->state), "board");
  const CrmField *field = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    field = crm_record_type_find_field (self->type, json_node_get_string (node));

  return field != NULL && crm_board_slot_fits (field) ? field
                                                      : crm_board_slot_find_field (self->type);
}

/* The catalogue may be another one by now, with other objects for the same fields */
static void
update_field (CrmBoard *self)
{
  const CrmField *field;
  gboolean same;

  self->type = crm_view_state_get_record_type (self->state);
  field = choose_field (self);
  same = self->field != NULL && field != NULL && self->field->id == field->id;

  /* The last field with columns was removed: the page goes to the table */
  if (field == NULL)
    return;

  self->field = field;
  if (!same)
    {
      g_clear_pointer (&self->slots, g_ptr_array_unref);
      find_pipelines (self);
    }
  list_slots (self);
}

static gboolean
concerns (const CrmNews *news, gint64 type_id)
{
  for (guint i = 0; i < news->types->len; i++)
    if (g_array_index (news->types, gint64, i) == type_id)
      return TRUE;

  return FALSE;
}

static void
store_changed_cb (CrmBoard *self, const CrmNews *news)
{
  if (self->field->kind == CRM_KIND_MEMBER && concerns (news, self->field->target))
    list_slots (self);
  if (concerns (news, self->type->id))
    sum_up (self);
}

/* Whether the view says something else of the cards than before */
static gboolean
take_cards (CrmBoard *self)
{
  JsonNode *node = crm_view_query_get_option (crm_view_state_get_query (self->state), "cards");

  if (node == self->cards ||
      (node != NULL && self->cards != NULL && json_node_equal (node, self->cards)))
    return FALSE;

  g_clear_pointer (&self->cards, json_node_unref);
  self->cards = node != NULL ? json_node_copy (node) : NULL;

  return TRUE;
}

static void
state_changed_cb (CrmBoard *self, guint parts)
{
  const CrmViewParts asked = CRM_VIEW_PART_FILTER | CRM_VIEW_PART_SEARCH | CRM_VIEW_PART_SORT;
  gboolean cards = (parts & CRM_VIEW_PART_OPTIONS) != 0 &&
                   (take_cards (self) || (parts & CRM_VIEW_PART_COLUMNS) != 0);
  guint n_made = self->n_made;

  if ((parts & (CRM_VIEW_PART_OPTIONS | CRM_VIEW_PART_IDENTITY)) != 0)
    update_field (self);
  /* Those that were made just now know it all */
  if (self->n_made != n_made)
    return;

  for (guint i = 0; i < self->columns->len; i++)
    {
      if (cards)
        crm_board_column_update_cards (get_column (self, i));
      if ((parts & asked) != 0)
        crm_board_column_run_query (get_column (self, i));
    }
  if ((parts & asked) != 0)
    sum_up (self);
}

/* GtkWidget */

/* What changed while it was out of sight */
static void
crm_board_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_board_parent_class)->map (widget);
  sum_up (CRM_BOARD (widget));
}

static gboolean
crm_board_grab_focus (GtkWidget *widget)
{
  CrmBoard *self = CRM_BOARD (widget);

  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmBoardColumn *column = get_column (self, i);

      if (gtk_widget_get_visible (GTK_WIDGET (column)) &&
          g_list_model_get_n_items (G_LIST_MODEL (crm_board_column_get_list (column))) > 0)
        {
          self->wants_focus = FALSE;
          crm_board_column_focus_card (column, 0);
          return TRUE;
        }
    }
  self->wants_focus = TRUE;

  return FALSE;
}

/* GObject */

static void
crm_board_dispose (GObject *object)
{
  CrmBoard *self = CRM_BOARD (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->columns, 0);
  g_clear_object (&self->state);
  g_clear_object (&self->menu);
  g_clear_object (&self->tasks);
  /* The child is bound too: it is let go once, not twice */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BOARD);

  G_OBJECT_CLASS (crm_board_parent_class)->dispose (object);
}

static void
crm_board_finalize (GObject *object)
{
  CrmBoard *self = CRM_BOARD (object);

  g_ptr_array_unref (self->columns);
  g_clear_pointer (&self->cards, json_node_unref);
  g_clear_pointer (&self->slots, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_board_parent_class)->finalize (object);
}

static void
crm_board_class_init (CrmBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_board_dispose;
  object_class->finalize = crm_board_finalize;
  widget_class->map = crm_board_map;
  widget_class->grab_focus = crm_board_grab_focus;

  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/board/crm-board.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBoard, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmBoard, summary);
  gtk_widget_class_bind_template_child (widget_class, CrmBoard, pipeline_chooser);
  gtk_widget_class_bind_template_child (widget_class, CrmBoard, column_chooser);
  gtk_widget_class_bind_template_child (widget_class, CrmBoard, box);
  gtk_widget_class_bind_template_child (widget_class, CrmBoard, end_revealer);
  gtk_widget_class_bind_template_child (widget_class, CrmBoard, ends);
  gtk_widget_class_bind_template_callback (widget_class, narrow_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_columns);
  gtk_widget_class_bind_template_callback (widget_class, pipeline_selected_cb);

  _crm_board_class_install_actions (widget_class);
}

static void
crm_board_init (CrmBoard *self)
{
  self->columns = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

GtkWidget *
crm_board_new (CrmViewState *state)
{
  CrmBoard *self;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);
  g_return_val_if_fail (crm_board_can_show (crm_view_state_get_record_type (state)), NULL);

  self = g_object_new (CRM_TYPE_BOARD, NULL);
  self->state = g_object_ref (state);
  self->session = crm_view_state_get_session (state);
  self->type = crm_view_state_get_record_type (state);
  if (crm_board_tasks_fit (crm_store_get_catalogue (crm_session_get_store (self->session)),
                           self->type))
    self->tasks = crm_board_tasks_new (self->session);
  take_cards (self);
  update_field (self);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (crm_session_get_store (self->session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

gboolean
crm_board_can_show (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return crm_board_slot_find_field (type) != NULL;
}

gboolean
crm_board_is_usual (const CrmRecordType *type)
{
  const CrmField *field;

  g_return_val_if_fail (type != NULL, FALSE);

  field = crm_board_slot_find_field (type);
  return field != NULL && has_outcomes (field);
}
