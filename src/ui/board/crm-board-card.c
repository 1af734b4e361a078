/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-board-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-cell-factory.h"

/* After so long without an activity a card says so */
#define STALE_DAYS 30

/* So many lines at most are put on a card */
#define MAX_CHOSEN 6

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

struct _CrmBoardCard
{
  AdwBin parent_instance;

  GtkInscription *name;
  GtkInscription *about;
  GtkInscription *amount;
  GtkWidget *overdue;
  GtkLabel *date;
  GtkInscription *owner;
  GtkLabel *stale;
  GtkWidget *amount_row;
  GtkBox *chosen_box;
  GtkInscription *task;

  CrmStore *store;
  CrmBoardTasks *tasks; /* nullable */
  GArray *chosen; /* CrmColumn; nullable: what such cards have of themselves */
  CrmRow *row; /* nullable */
};

G_DEFINE_FINAL_TYPE (CrmBoardCard, crm_board_card, ADW_TYPE_BIN)

/* What a card says about whom, where a type has these */
static const char *const about_fields[] = { "company", "contact", "city", "job_title", NULL };
static const char *const other_fields[] = { "close_date", "due",           "owner",
                                            "assignee",   "last_activity", "last_contacted",
                                            "stage",      "created_at",    NULL };

static const CrmField *
find_one_of (const CrmRecordType *type, const char *first, const char *second)
{
  const CrmField *field = crm_record_type_find_field (type, first);

  return field != NULL ? field : crm_record_type_find_field (type, second);
}

static char *
get_text (CrmBoardCard *self, const CrmRecord *record, const CrmField *field)
{
  return field != NULL
             ? crm_cell_get_text (self->store, field, crm_record_get_value (record, field))
             : g_strdup ("");
}

static char *
describe_about (CrmBoardCard *self, const CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; about_fields[i] != NULL; i++)
    {
      g_autofree char *part = get_text (self, record,
                                        crm_record_type_find_field (type, about_fields[i]));

      if (*part != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether the record is still to be worked on: what is won or lost is neither late nor neglected */
static gboolean
is_open (CrmBoardCard *self, const CrmRecord *record)
{
  const CrmValue *stage = crm_record_get_value_by_name (record, "stage");
  const CrmOption *option = stage != NULL
                                ? crm_catalogue_get_option (crm_store_get_catalogue (self->store),
                                                            crm_value_get_integer (stage))
                                : NULL;

  return option == NULL || option->outcome == CRM_OUTCOME_NONE ||
         option->outcome == CRM_OUTCOME_OPEN;
}

static gboolean
is_overdue (CrmBoardCard *self, const CrmRecord *record, const CrmField *field)
{
  CrmValue *value = field != NULL ? crm_record_get_value (record, field) : NULL;
  char today[11];

  if (value == NULL || !is_open (self, record))
    return FALSE;

  crm_moment_get_date (crm_store_get_now (self->store), crm_store_get_locale (self->store)->zone,
                       today);

  return strncmp (crm_value_get_text (value), today, 10) < 0;
}

/* Returns: days without an activity, 0 for few */
static int
count_stale_days (CrmBoardCard *self, const CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  const CrmField *last = find_one_of (type, "last_activity", "last_contacted");
  CrmValue *value = last != NULL ? crm_record_get_value (record, last) : NULL;
  gint64 days;

  if (last == NULL || !is_open (self, record))
    return 0;
  if (value == NULL)
    value = crm_record_get_value_by_name (record, "created_at");
  if (value == NULL)
    return 0;

  days = (crm_store_get_now (self->store) - crm_value_get_integer (value)) / DAY_MS;

  return days >= STALE_DAYS ? (int) MIN (days, G_MAXINT) : 0;
}

/* Each on a line of its own: "Priority  High" */
static void
show_chosen (CrmBoardCard *self, const CrmRecord *record)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self->chosen_box));

  for (guint i = 0; self->chosen != NULL && i < self->chosen->len; i++)
    {
      const CrmColumn *column = &g_array_index (self->chosen, CrmColumn, i);
      g_autofree char *title = crm_column_make_title (column);
      g_autofree char *text = crm_cell_get_text (self->store, column->field,
                                                 record != NULL
                                                     ? crm_row_get_value (self->row, column)
                                                     : NULL);
      g_autofree char *markup = *text != '\0'
                                    ? g_markup_printf_escaped ("<span alpha=\"60%%\">%s</span>  %s",
                                                               title, text)
                                    : g_strdup ("");

      gtk_inscription_set_markup (GTK_INSCRIPTION (line), markup);
      line = gtk_widget_get_next_sibling (line);
    }
}

static void
show_task (CrmBoardCard *self)
{
  const CrmRecord *record = self->row != NULL ? crm_row_get_record (self->row) : NULL;
  const char *text = self->tasks != NULL && record != NULL && is_open (self, record)
                         ? crm_board_tasks_get (self->tasks, crm_record_get_id (record))
                         : "";
  g_autofree char *shown = *text != '\0' ? g_strdup_printf ("☐  %s", text) : g_strdup ("");

  gtk_inscription_set_text (self->task, shown);
}

static void
name_row (CrmBoardCard *self, const char *name, const char *about, const char *amount)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr (GString) label = g_string_new (name);

  if (*about != '\0')
    g_string_append_printf (label, ", %s", about);
  if (*amount != '\0')
    g_string_append_printf (label, ", %s", amount);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str,
                                    -1);
}

static void
show_nothing (CrmBoardCard *self)
{
  gtk_inscription_set_text (self->name, "");
  gtk_inscription_set_text (self->about, "");
  gtk_inscription_set_text (self->amount, "");
  gtk_inscription_set_text (self->owner, "");
  gtk_label_set_label (self->date, "");
  gtk_label_set_label (self->stale, "");
  gtk_widget_set_visible (self->overdue, FALSE);
  show_chosen (self, NULL);
  show_task (self);
}

static void
update (CrmBoardCard *self)
{
  const CrmRecord *record = self->row != NULL ? crm_row_get_record (self->row) : NULL;
  const CrmRecordType *type;
  const CrmField *due;
  g_autofree char *about = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *date = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *stale = NULL;
  gboolean overdue;
  int days;

  if (record == NULL)
    {
      show_nothing (self);
      return;
    }

  type = crm_record_get_record_type (record);
  due = find_one_of (type, "close_date", "due");
  overdue = is_overdue (self, record, due);
  days = count_stale_days (self, record);
  about = describe_about (self, record);
  amount = get_text (self, record, crm_board_card_find_amount (type));
  date = get_text (self, record, due);
  owner = get_text (self, record, find_one_of (type, "owner", "assignee"));
  if (days > 0)
    stale = g_strdup_printf (ngettext ("Stale %d day", "Stale %d days", (gulong) days), days);

  gtk_inscription_set_text (self->name, crm_record_get_label (record));
  gtk_inscription_set_text (self->about, about);
  gtk_inscription_set_text (self->amount, amount);
  gtk_inscription_set_text (self->owner, owner);
  gtk_label_set_label (self->date, date);
  gtk_label_set_label (self->stale, stale != NULL ? stale : "");
  gtk_widget_set_visible (self->overdue, overdue);
  if (overdue)
    gtk_widget_add_css_class (GTK_WIDGET (self->date), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->date), "error");
  show_chosen (self, record);
  show_task (self);
  name_row (self, crm_record_get_label (record), about, amount);
}

static void
crm_board_card_dispose (GObject *object)
{
  CrmBoardCard *self = CRM_BOARD_CARD (object);

  crm_board_card_set_row (self, NULL);
  g_clear_pointer (&self->chosen, g_array_unref);
  g_clear_object (&self->tasks);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BOARD_CARD);

  G_OBJECT_CLASS (crm_board_card_parent_class)->dispose (object);
}

static void
crm_board_card_class_init (CrmBoardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_board_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/board/crm-board-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, name);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, about);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, amount);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, overdue);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, date);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, owner);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, stale);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, amount_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, chosen_box);
  gtk_widget_class_bind_template_child (widget_class, CrmBoardCard, task);
}

static void
crm_board_card_init (CrmBoardCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* (transfer full) (nullable): %NULL where nobody chose any. What is not there any more is passed over. */
static GArray *
list_chosen (CrmViewState *state)
{
  const CrmRecordType *type = crm_view_state_get_record_type (state);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (
      crm_session_get_store (crm_view_state_get_session (state)));
  JsonNode *node = crm_view_query_get_option (crm_view_state_get_query (state), "cards");
  GArray *columns;
  JsonArray *names;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  columns = crm_columns_new ();
  names = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (names) && columns->len < MAX_CHOSEN; i++)
    {
      JsonNode *name = json_array_get_element (names, i);

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING &&
          !g_str_equal (json_node_get_string (name), type->label_field->name))
        crm_columns_add (columns, catalogue, type, json_node_get_string (name), NULL);
    }

  return columns;
}

static void
add_chosen (CrmBoardCard *self)
{
  for (guint i = 0; i < self->chosen->len; i++)
    {
      GtkWidget *line = gtk_inscription_new (NULL);

      gtk_inscription_set_min_lines (GTK_INSCRIPTION (line), 1);
      gtk_inscription_set_nat_lines (GTK_INSCRIPTION (line), 1);
      gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line),
                                         GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
      gtk_widget_add_css_class (line, "caption");
      gtk_box_append (self->chosen_box, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chosen_box), self->chosen->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->about), FALSE);
  gtk_widget_set_visible (self->amount_row, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->owner), FALSE);
}

GtkWidget *
crm_board_card_new (CrmViewState *state, CrmBoardTasks *tasks)
{
  CrmBoardCard *self;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);

  self = g_object_new (CRM_TYPE_BOARD_CARD, NULL);
  self->store = g_object_ref (crm_session_get_store (crm_view_state_get_session (state)));
  self->chosen = list_chosen (state);
  if (self->chosen != NULL)
    {
      add_chosen (self);
    }
  else if (tasks != NULL)
    {
      self->tasks = g_object_ref (tasks);
      gtk_widget_set_visible (GTK_WIDGET (self->task), TRUE);
      g_signal_connect_object (tasks, "changed", G_CALLBACK (show_task), self, G_CONNECT_SWAPPED);
    }

  return GTK_WIDGET (self);
}

void
crm_board_card_set_row (CrmBoardCard *self, CrmRow *row)
{
  g_return_if_fail (CRM_IS_BOARD_CARD (self));
  g_return_if_fail (row == NULL || CRM_IS_ROW (row));

  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, update, self);
  if (!g_set_object (&self->row, row) && row == NULL)
    return;

  if (row == NULL)
    return;
  g_signal_connect_object (row, "notify::record", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

CrmRow *
crm_board_card_get_row (CrmBoardCard *self)
{
  g_return_val_if_fail (CRM_IS_BOARD_CARD (self), NULL);

  return self->row;
}

GArray *
crm_board_card_list_columns (CrmViewState *state)
{
  const char *const *const lists[] = { about_fields, other_fields };
  const CrmRecordType *type;
  GArray *columns;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);

  type = crm_view_state_get_record_type (state);
  columns = list_chosen (state);
  if (columns == NULL)
    columns = crm_columns_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; lists[i][j] != NULL; j++)
      {
        const CrmField *field = crm_record_type_find_field (type, lists[i][j]);

        if (field != NULL)
          crm_columns_add_field (columns, field);
      }
  if (crm_board_card_find_amount (type) != NULL)
    crm_columns_add_field (columns, crm_board_card_find_amount (type));

  return columns;
}

const CrmField *
crm_board_card_find_amount (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_MONEY)
      return type->fields[i];

  return NULL;
}
