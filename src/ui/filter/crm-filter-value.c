/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-value.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-filter-date.h"
#include "crm-relation-chooser.h"
#include "crm-text.h"

#define MAX_TICKS_HEIGHT 228
#define TICK_HEIGHT 32
#define MANY_TICKS 9 /* from here on they can be searched */

struct _CrmFilterValue
{
  AdwBin parent_instance;

  GtkWidget *box;
  GtkLabel *problem;
  GtkWidget *records; /* the lines of those that are chosen */
  GtkWidget *search; /* of ticks */

  CrmSession *session;
  CrmFilterNode *condition;
  GPtrArray *editors; /* of operands, in their order: GtkEntry or CrmFilterDate */
  gboolean showing;
};

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterValue, crm_filter_value, ADW_TYPE_BIN)

static void add_editor (CrmFilterValue *self, guint index);

/* Reading the editors */

static char *
read_editor (CrmFilterValue *self, GtkWidget *editor, GError **error)
{
  const char *typed;

  if (CRM_IS_FILTER_DATE (editor))
    return crm_filter_date_get_text (CRM_FILTER_DATE (editor), error);

  typed = gtk_editable_get_text (GTK_EDITABLE (editor));
  if (*typed == '\0')
    return NULL;

  return crm_filter_node_read_typed (self->condition, typed, crm_session_get_store (self->session),
                                     error);
}

/* Whether text means itself alone: of a number or a date it is read */
static gboolean
is_plain_text (CrmFilterValue *self)
{
  const CrmField *field = self->condition->field;

  if (field == NULL)
    return self->condition->leaf == CRM_LEAF_RECORD;

  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_RATING:
      return FALSE;

    default:
      return TRUE;
    }
}

static void
show_problem (CrmFilterValue *self, const GError *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static void
editors_changed_cb (CrmFilterValue *self)
{
  g_autoptr (GError) problem = NULL;
  gboolean quoted = is_plain_text (self);
  gboolean full = TRUE;
  guint max;

  if (self->showing)
    return;

  crm_filter_node_clear_operands (self->condition);
  for (guint i = 0; i < self->editors->len; i++)
    {
      g_autofree char *text = read_editor (self, g_ptr_array_index (self->editors, i),
                                           problem == NULL ? &problem : NULL);

      if (text != NULL)
        crm_filter_node_add_operand (self->condition, text, quoted, NULL);
      full = full && text != NULL;
    }

  show_problem (self, problem);
  crm_filter_node_count_operands (self->condition, &max);
  if (full && self->editors->len < max)
    add_editor (self, self->editors->len);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (CrmFilterValue *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

/* Text, numbers and dates */

static const char *
get_hint (CrmFilterValue *self)
{
  const CrmField *field = self->condition->field;

  if (field != NULL && field->kind == CRM_KIND_MONEY)
    /* Translators: in an empty entry: an example of an amount */
    return _ ("1000 or 1000 EUR");
  if (self->condition->comparator == CRM_OPERATOR_MATCHES)
    return _ ("Regular expression");

  return NULL;
}

static const char *
get_editor_name (CrmFilterValue *self, guint index)
{
  if (self->condition->comparator != CRM_OPERATOR_BETWEEN)
    return _ ("Value");

  return index == 0 ? _ ("From") : _ ("To");
}

static GtkWidget *
make_entry (CrmFilterValue *self, guint index)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), get_hint (self));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_widget_set_hexpand (entry, TRUE);
  if (!is_plain_text (self) && self->condition->field != NULL &&
      self->condition->field->kind != CRM_KIND_MONEY)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  if (index < self->condition->operands->len)
    {
      g_autofree char *typed = crm_filter_node_get_typed (self->condition, index,
                                                          crm_session_get_store (self->session));

      gtk_editable_set_text (GTK_EDITABLE (entry), typed);
    }

  return entry;
}

/* One behind those that there are */
static void
add_editor (CrmFilterValue *self, guint index)
{
  GtkWidget *editor = crm_filter_node_is_date (self->condition)
                          ? crm_filter_date_new (self->session, self->condition, index)
                          : make_entry (self, index);

  gtk_accessible_update_property (GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_editor_name (self, index), -1);
  g_signal_connect_object (editor, "changed", G_CALLBACK (editors_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->editors, editor);
  gtk_box_append (GTK_BOX (self->box), editor);
}

static void
add_editors (CrmFilterValue *self)
{
  guint max;
  guint n = crm_filter_node_count_operands (self->condition, &max);

  n = MAX (n, self->condition->operands->len);
  if (max == G_MAXUINT && n == self->condition->operands->len)
    n++;
  for (guint i = 0; i < n; i++)
    {
      if (i == 1 && self->condition->comparator == CRM_OPERATOR_BETWEEN)
        {
          /* Translators: between the two ends of a range */
          GtkWidget *label = gtk_label_new (C_ ("range", "and"));

          gtk_widget_add_css_class (label, "dim-label");
          gtk_box_append (GTK_BOX (self->box), label);
        }
      add_editor (self, i);
    }
}

/* Check boxes */

static void
yes_selected_cb (CrmFilterValue *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  if (self->showing)
    return;

  crm_filter_node_clear_operands (self->condition);
  crm_filter_node_add_operand (self->condition,
                               gtk_drop_down_get_selected (drop_down) == 0 ? "true" : "false",
                               FALSE, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_yes (CrmFilterValue *self)
{
  static const char *const no[] = { "false", "no", "off", "0", NULL };
  const char *const labels[] = { _ ("Yes"), _ ("No"), NULL };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (labels);
  const CrmFilterOperand *operand;
  g_autofree char *text = NULL;

  if (self->condition->operands->len == 0)
    crm_filter_node_add_operand (self->condition, "true", FALSE, NULL);
  operand = g_ptr_array_index (self->condition->operands, 0);
  text = g_ascii_strdown (operand->text, -1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), g_strv_contains (no, text) ? 1 : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Value"), -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (yes_selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), drop_down);
}

/* Choices */

/* By its id, API name or label */
static gboolean
names_option (CrmFilterValue *self, const CrmFilterOperand *operand, const CrmOption *option)
{
  g_autofree char *text = crm_filter_get_option_text (self->condition->field, option);

  return crm_field_find_option (self->condition->field, operand->text, 0) == option ||
         crm_text_equal (operand->text, text);
}

static gboolean
has_option (CrmFilterValue *self, const CrmOption *option)
{
  for (guint i = 0; i < self->condition->operands->len; i++)
    if (names_option (self, g_ptr_array_index (self->condition->operands, i), option))
      return TRUE;

  return FALSE;
}

static void
option_toggled_cb (CrmFilterValue *self, GtkCheckButton *tick)
{
  const CrmOption *option = g_object_get_data (G_OBJECT (tick), "crm-option");
  g_autofree char *text = crm_filter_get_option_text (self->condition->field, option);
  GPtrArray *operands = self->condition->operands;

  for (guint i = operands->len; i > 0; i--)
    if (names_option (self, g_ptr_array_index (operands, i - 1), option))
      g_ptr_array_remove_index (operands, i - 1);
  if (gtk_check_button_get_active (tick))
    crm_filter_node_add_operand (self->condition, text, TRUE, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
filter_tick (GtkListBoxRow *row, gpointer user_data)
{
  CrmFilterValue *self = user_data;
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;

  if (self->search == NULL)
    return TRUE;

  words = crm_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  label = crm_text_fold (
      gtk_check_button_get_label (GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row))));

  return strstr (label, g_strstrip (words)) != NULL;
}

static GtkWidget *
make_tick (CrmFilterValue *self, const CrmOption *option)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  g_autofree char *text = crm_filter_get_option_text (self->condition->field, option);
  g_autofree char *label = NULL;
  const CrmOption *parent = NULL;
  GtkWidget *tick;

  /* Its id: another pipeline has one of that name */
  if (option->parent != 0 && !g_str_equal (text, option->name))
    parent = crm_catalogue_get_option (catalogue, option->parent);
  label = parent != NULL ? g_strdup_printf ("%s › %s", parent->label, option->label)
                         : g_strdup (option->label);
  tick = gtk_check_button_new_with_label (label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), has_option (self, option));
  g_object_set_data (G_OBJECT (tick), "crm-option", (gpointer) option);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (option_toggled_cb), self,
                           G_CONNECT_SWAPPED);

  return tick;
}

static void
add_ticks (CrmFilterValue *self)
{
  const CrmField *field = self->condition->field;
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (list), filter_tick, self, NULL);
  gtk_widget_add_css_class (list, "crm-ticks");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label, -1);
  for (guint i = 0; i < field->n_options; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_tick (self, field->options[i]));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_focusable (row, FALSE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }

  if (field->n_options >= MANY_TICKS)
    {
      self->search = gtk_search_entry_new ();
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Search Choices"), -1);
      g_signal_connect_object (self->search, "search-changed",
                               G_CALLBACK (gtk_list_box_invalidate_filter), list,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), self->search);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  /* What is scrolled has no height of its own, which shows where it is in something that is scrolled too */
  gtk_scrolled_window_set_min_content_height (
      GTK_SCROLLED_WINDOW (scroller), MIN (MAX_TICKS_HEIGHT, (int) field->n_options * TICK_HEIGHT));
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_TICKS_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_box_append (GTK_BOX (self->box), scroller);
}

/* Records */

static void fill_records (CrmFilterValue *self);

static void
record_changed (CrmFilterValue *self)
{
  fill_records (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
record_chosen_cb (CrmFilterValue *self, gint64 id, gint64 type_id, const char *text)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (id == 0)
    return;

  crm_filter_node_add_operand (self->condition, digits, FALSE, text);
  record_changed (self);
}

static void
record_removed_cb (CrmFilterValue *self, GtkWidget *button)
{
  CrmFilterOperand *operand = g_object_get_data (G_OBJECT (button), "crm-operand");

  g_ptr_array_remove (self->condition->operands, operand);
  record_changed (self);
}

static void
me_clicked_cb (CrmFilterValue *self)
{
  crm_filter_node_add_operand (self->condition, "me", FALSE, NULL);
  record_changed (self);
}

static gboolean
is_me (const CrmFilterOperand *operand)
{
  return !operand->quoted && g_ascii_strcasecmp (operand->text, "me") == 0;
}

static GtkWidget *
make_record_line (CrmFilterValue *self, guint index)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *words = crm_filter_node_describe_operand (self->condition, index,
                                                             crm_session_get_store (self->session));
  /* Translators: takes the record out of a filter */
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), words);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_object_set_data (G_OBJECT (button), "crm-operand",
                     g_ptr_array_index (self->condition->operands, index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (record_removed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);

  return line;
}

static void
fill_records (CrmFilterValue *self)
{
  GtkWidget *line;
  gboolean me = FALSE;

  while ((line = gtk_widget_get_first_child (self->records)) != NULL)
    gtk_box_remove (GTK_BOX (self->records), line);
  for (guint i = 0; i < self->condition->operands->len; i++)
    {
      gtk_box_append (GTK_BOX (self->records), make_record_line (self, i));
      me = me || is_me (g_ptr_array_index (self->condition->operands, i));
    }

  if (g_str_equal (self->condition->target->name, "members") && !me)
    {
      line = gtk_button_new_with_label (C_ ("team member", "Me"));
      gtk_widget_set_halign (line, GTK_ALIGN_START);
      g_signal_connect_object (line, "clicked", G_CALLBACK (me_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->records), line);
    }
}

/* The relation, where it leads to records of any type, all of which can be chosen */
static const CrmField *
get_any_relation (CrmFilterValue *self)
{
  const CrmField *field = crm_record_type_find_field (self->condition->type, self->condition->path);

  return field != NULL && crm_kind_is_relation (field->kind) && field->target == 0 &&
                 field->kind != CRM_KIND_MEMBER
             ? field
             : NULL;
}

static void
add_records (CrmFilterValue *self)
{
  const CrmField *any = get_any_relation (self);
  const CrmRecordType *target = self->condition->target;
  /* Translators: what is chosen: “Choose: Company” */
  g_autofree char *name = g_strdup_printf (_ ("Choose: %s"),
                                           any != NULL ? any->label : target->label);
  GtkWidget *chooser = any != NULL ? crm_relation_chooser_new (self->session, any, name,
                                                               "list-add-symbolic")
                                   : crm_relation_chooser_new_for_type (self->session, target, name,
                                                                        "list-add-symbolic");

  self->records = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  fill_records (self);
  gtk_box_append (GTK_BOX (self->box), self->records);
  gtk_widget_set_halign (chooser, GTK_ALIGN_START);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (record_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), chooser);
}

/* GObject */

static void
crm_filter_value_dispose (GObject *object)
{
  CrmFilterValue *self = CRM_FILTER_VALUE (object);

  self->showing = TRUE;
  self->search = NULL;
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (crm_filter_value_parent_class)->dispose (object);
}

static gboolean
crm_filter_value_grab_focus (GtkWidget *widget)
{
  CrmFilterValue *self = CRM_FILTER_VALUE (widget);

  if (self->editors != NULL && self->editors->len > 0)
    return gtk_widget_grab_focus (g_ptr_array_index (self->editors, 0));

  return gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}

static void
crm_filter_value_class_init (CrmFilterValueClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_value_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = crm_filter_value_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
crm_filter_value_init (CrmFilterValue *self)
{
  GtkWidget *whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->editors = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_label_set_max_width_chars (self->problem, 30);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "caption");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (GTK_BOX (whole), self->box);
  gtk_box_append (GTK_BOX (whole), GTK_WIDGET (self->problem));
  adw_bin_set_child (ADW_BIN (self), whole);
}

/* Public API */

GtkWidget *
crm_filter_value_new (CrmSession *session, CrmFilterNode *condition)
{
  CrmFilterValue *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (condition != NULL && condition->shape == CRM_FILTER_NODE_CONDITION, NULL);

  self = g_object_new (CRM_TYPE_FILTER_VALUE, NULL);
  self->session = g_object_ref (session);
  self->condition = condition;
  crm_filter_value_update (self);

  return GTK_WIDGET (self);
}

void
crm_filter_value_update (CrmFilterValue *self)
{
  CrmOperator comparator;
  gboolean of_set;
  GtkWidget *child;

  g_return_if_fail (CRM_IS_FILTER_VALUE (self));

  comparator = self->condition->comparator;
  of_set = comparator == CRM_OPERATOR_IN || comparator == CRM_OPERATOR_HAS;
  self->showing = TRUE;
  self->search = NULL;
  g_ptr_array_set_size (self->editors, 0);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  show_problem (self, NULL);

  if (comparator == CRM_OPERATOR_PRESENT)
    ;
  else if (self->condition->field != NULL && self->condition->field->kind == CRM_KIND_CHECKBOX)
    add_yes (self);
  else if (of_set && crm_filter_node_is_choice (self->condition))
    add_ticks (self);
  else if (of_set && crm_filter_node_is_record (self->condition))
    add_records (self);
  else
    add_editors (self);

  gtk_widget_set_visible (GTK_WIDGET (self), comparator != CRM_OPERATOR_PRESENT);
  self->showing = FALSE;
}
