/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-column-row.h"

#include <glib/gi18n.h>

#include "crm-currency-row.h"
#include "crm-import-mapping.h"
#include "crm-import-target-chooser.h"
#include "crm-import-values.h"

/* Of each sample */
#define SAMPLE_CHARS 18

struct _CrmImportColumnRow
{
  AdwExpanderRow parent_instance;

  GtkImage *icon;
  CrmImportTargetChooser *chooser;
  GPtrArray *details; /* GtkWidget: the rows inside; NULL while it was never opened */

  CrmImportSetup *setup;
  guint column;
  gboolean filling;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportColumnRow, crm_import_column_row, ADW_TYPE_EXPANDER_ROW)

static CrmImportPlan *
get_plan (CrmImportColumnRow *self)
{
  return crm_import_setup_get_plan (self->setup);
}

static void
tell_change (CrmImportColumnRow *self)
{
  crm_import_setup_plan_changed (self->setup);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Head */

/* One line, whatever is in the cells */
static char *
make_subtitle (CrmImportColumnRow *self)
{
  const char *const *samples = crm_import_plan_get_samples (get_plan (self), self->column);
  GString *text = g_string_new (NULL);

  for (guint i = 0; samples != NULL && samples[i] != NULL; i++)
    {
      gboolean is_long = g_utf8_strlen (samples[i], -1) > SAMPLE_CHARS;
      g_autofree char *sample = g_utf8_substring (samples[i], 0,
                                                  is_long ? SAMPLE_CHARS
                                                          : g_utf8_strlen (samples[i], -1));

      g_string_append_printf (text, "%s%s%s", i > 0 ? " · " : "", sample, is_long ? "…" : "");
    }
  g_strdelimit (text->str, "\r\n\t", ' ');
  if (text->len == 0)
    g_string_append (text, _ ("Empty"));

  return g_string_free (text, FALSE);
}

static void
show_confidence (CrmImportColumnRow *self)
{
  CrmImportConfidence confidence = crm_import_plan_get_confidence (get_plan (self), self->column);
  gboolean is_open = crm_import_column_row_is_open (self);
  const char *icon = "object-select-symbolic";
  const char *word = _ ("Sure");
  const char *classes[2] = { "success", NULL };

  if (is_open || confidence == CRM_IMPORT_CHECK)
    {
      icon = is_open ? "dialog-question-symbolic" : "dialog-warning-symbolic";
      word = is_open ? _ ("Please answer") : _ ("Please check");
      classes[0] = "warning";
    }
  else if (confidence == CRM_IMPORT_IGNORED)
    {
      icon = "list-remove-symbolic";
      word = _ ("Left out");
      classes[0] = "dim-label";
    }
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, word,
                                  -1);
}

static void
show_head (CrmImportColumnRow *self)
{
  g_autofree char *subtitle = make_subtitle (self);
  g_autofree char *becomes = crm_import_plan_describe_column (get_plan (self), self->column);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 crm_import_plan_get_column_title (get_plan (self), self->column));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  crm_import_target_chooser_set_text (self->chooser, becomes != NULL ? becomes : _ ("Leave Out"));
  show_confidence (self);
}

/* Details */

static void
add_detail (CrmImportColumnRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->details, row);
}

static GtkWidget *
make_action_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

/* Dates */

static const struct
{
  CrmDateOrder order;
  const char *label;
} orders[] = {
  { CRM_DATE_ORDER_DMY, N_ ("Day, Month, Year") },
  { CRM_DATE_ORDER_MDY, N_ ("Month, Day, Year") },
  { CRM_DATE_ORDER_YMD, N_ ("Year, Month, Day") },
};

static void
order_selected_cb (CrmImportColumnRow *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->filling || selected >= G_N_ELEMENTS (orders))
    return;

  crm_import_plan_set_date_order (get_plan (self), self->column, orders[selected].order);
  tell_change (self);
}

static void
order_clicked_cb (CrmImportColumnRow *self, GtkButton *button)
{
  CrmDateOrder order = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "crm-order"));

  crm_import_plan_set_date_order (get_plan (self), self->column, order);
  tell_change (self);
}

static char *
describe_date (const char *sample, CrmDateOrder order)
{
  g_autofree char *iso = crm_date_parse (sample, order);

  return iso != NULL ? crm_date_format (iso) : g_strdup (sample);
}

static void
add_answer (CrmImportColumnRow *self,
            GtkWidget *row,
            const char *text,
            const char *key,
            int value,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), key, GINT_TO_POINTER (value));
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_date_question (CrmImportColumnRow *self, const char *sample)
{
  g_autofree char *day_first = describe_date (sample, CRM_DATE_ORDER_DMY);
  g_autofree char *month_first = describe_date (sample, CRM_DATE_ORDER_MDY);
  g_autofree char *title = g_strdup_printf (
      /* Translators: a date as in a file, and the two that it can be */
      _ ("Is %s %s or %s?"), sample, day_first, month_first);
  GtkWidget *row = make_action_row (title, _ ("The file does not tell."));

  add_answer (self, row, day_first, "crm-order", CRM_DATE_ORDER_DMY, G_CALLBACK (order_clicked_cb));
  add_answer (self, row, month_first, "crm-order", CRM_DATE_ORDER_MDY,
              G_CALLBACK (order_clicked_cb));
  add_detail (self, row);
}

static const char *
describe_form (CrmImportForm form)
{
  switch (form)
    {
    case CRM_IMPORT_FORM_COLUMN:
    case CRM_IMPORT_FORM_FILE:
      return _ ("Detected");

    case CRM_IMPORT_FORM_GIVEN:
      return _ ("Chosen");

    case CRM_IMPORT_FORM_AMBIGUOUS:
      return _ ("As your language writes it");

    case CRM_IMPORT_FORM_NONE:
    case CRM_IMPORT_FORM_CLEAR:
    default:
      return NULL;
    }
}

static AdwComboRow *
make_combo (const char *title, const char *subtitle, const char *const *labels, guint selected)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (labels);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);

  return ADW_COMBO_ROW (row);
}

static void
add_dates (CrmImportColumnRow *self)
{
  CrmDateOrder order;
  const char *sample;
  CrmImportForm form = crm_import_plan_get_date_order (get_plan (self), self->column, &order,
                                                       &sample);
  const char *labels[G_N_ELEMENTS (orders) + 1] = { NULL };
  AdwComboRow *row;
  guint selected = 0;

  if (form == CRM_IMPORT_FORM_NONE || form == CRM_IMPORT_FORM_CLEAR)
    return;
  if (form == CRM_IMPORT_FORM_AMBIGUOUS)
    {
      add_date_question (self, sample);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      labels[i] = _ (orders[i].label);
      if (orders[i].order == order)
        selected = i;
    }
  row = make_combo (_ ("Date Order"), describe_form (form), labels, selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (order_selected_cb), self,
                           G_CONNECT_SWAPPED);
  add_detail (self, GTK_WIDGET (row));
}

/* Numbers */

static void
comma_selected_cb (CrmImportColumnRow *self, GParamSpec *pspec, AdwComboRow *row)
{
  if (self->filling)
    return;

  crm_import_plan_set_decimal_comma (get_plan (self), self->column,
                                     adw_combo_row_get_selected (row) == 1);
  tell_change (self);
}

static void
comma_clicked_cb (CrmImportColumnRow *self, GtkButton *button)
{
  crm_import_plan_set_decimal_comma (get_plan (self), self->column,
                                     GPOINTER_TO_INT (
                                         g_object_get_data (G_OBJECT (button), "crm-comma")) != 0);
  tell_change (self);
}

/* "1,234" is either a thousand with a separator or one with three decimals */
static void
add_number_question (CrmImportColumnRow *self, const char *sample)
{
  g_autofree char *title = g_strdup_printf (_ ("What is %s?"), sample);
  GtkWidget *row = make_action_row (title, _ ("The file does not tell."));

  add_answer (self, row, _ ("Point Before Decimals"), "crm-comma", FALSE,
              G_CALLBACK (comma_clicked_cb));
  add_answer (self, row, _ ("Comma Before Decimals"), "crm-comma", TRUE,
              G_CALLBACK (comma_clicked_cb));
  add_detail (self, row);
}

static void
add_numbers (CrmImportColumnRow *self)
{
  const char *labels[] = { _ ("Point: 1,234.50"), _ ("Comma: 1.234,50"), NULL };
  const char *sample;
  gboolean comma;
  CrmImportForm form = crm_import_plan_get_decimal_comma (get_plan (self), self->column, &comma,
                                                          &sample);
  AdwComboRow *row;

  if (form == CRM_IMPORT_FORM_NONE || form == CRM_IMPORT_FORM_CLEAR)
    return;
  if (form == CRM_IMPORT_FORM_AMBIGUOUS)
    {
      add_number_question (self, sample);
      return;
    }

  row = make_combo (_ ("Before Decimals"), describe_form (form), labels, comma ? 1 : 0);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (comma_selected_cb), self,
                           G_CONNECT_SWAPPED);
  add_detail (self, GTK_WIDGET (row));
}

static void
currency_chosen_cb (CrmImportColumnRow *self, GParamSpec *pspec, CrmCurrencyRow *row)
{
  if (self->filling)
    return;

  if (crm_import_plan_set_currency (get_plan (self), self->column,
                                    crm_currency_row_get_currency (row), NULL))
    tell_change (self);
}

static void
add_currency (CrmImportColumnRow *self)
{
  const char *currency;
  CrmImportForm form = crm_import_plan_get_currency (get_plan (self), self->column, &currency);
  GtkWidget *row;

  if (form == CRM_IMPORT_FORM_NONE || form == CRM_IMPORT_FORM_CLEAR)
    return;

  row = g_object_new (CRM_TYPE_CURRENCY_ROW, "title", _ ("Currency"), NULL);
  crm_currency_row_set_currency (CRM_CURRENCY_ROW (row), currency);
  g_signal_connect_object (row, "notify::currency", G_CALLBACK (currency_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  add_detail (self, row);
}

/* Several values in a cell */

static const struct
{
  char sign;
  const char *label;
} separators[] = {
  { 0, NULL }, /* as it is found out */
  { ';', N_ ("Semicolon") },
  { ',', N_ ("Comma") },
  { '|', N_ ("Vertical Bar") },
  { '\n', N_ ("Line Break") },
};

static void
separator_selected_cb (CrmImportColumnRow *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->filling || selected >= G_N_ELEMENTS (separators))
    return;

  crm_import_plan_set_separator (get_plan (self), self->column, separators[selected].sign);
  tell_change (self);
}

static void
add_separator (CrmImportColumnRow *self)
{
  gboolean is_given = crm_import_plan_is_separator_given (get_plan (self), self->column);
  char sign = crm_import_plan_get_separator (get_plan (self), self->column);
  const char *labels[G_N_ELEMENTS (separators) + 1] = { NULL };
  g_autofree char *detected = NULL;
  AdwComboRow *row;
  guint selected = 0;

  if (!crm_import_plan_may_separate (get_plan (self), self->column))
    return;

  for (guint i = 1; i < G_N_ELEMENTS (separators); i++)
    {
      labels[i] = _ (separators[i].label);
      if (separators[i].sign != sign)
        continue;
      if (is_given)
        selected = i;
      else
        detected = g_strdup_printf (_ ("Detected: %s"), labels[i]);
    }
  labels[0] = detected != NULL ? detected : _ ("As in Each Cell");
  row = make_combo (_ ("Between Several Values"), NULL, labels, selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (separator_selected_cb), self,
                           G_CONNECT_SWAPPED);
  add_detail (self, GTK_WIDGET (row));
}

/* What a filled cell does to a value that is there */

static const struct
{
  CrmImportExisting existing;
  const char *label;
} policies[] = {
  { CRM_IMPORT_AS_PLAN, N_ ("As for All Columns") },  { CRM_IMPORT_REPLACE, N_ ("Replace") },
  { CRM_IMPORT_FILL_EMPTY, N_ ("Fill Empty Only") },  { CRM_IMPORT_APPEND, N_ ("Append") },
  { CRM_IMPORT_OVERWRITE, N_ ("Replace Lists Too") },
};

static void
policy_selected_cb (CrmImportColumnRow *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->filling || selected >= G_N_ELEMENTS (policies))
    return;

  crm_import_plan_set_column_existing (get_plan (self), self->column, policies[selected].existing);
  tell_change (self);
}

static void
add_policy (CrmImportColumnRow *self)
{
  CrmImportExisting existing = crm_import_plan_get_column_existing (get_plan (self), self->column);
  const char *labels[G_N_ELEMENTS (policies) + 1] = { NULL };
  AdwComboRow *row;
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      labels[i] = _ (policies[i].label);
      if (policies[i].existing == existing)
        selected = i;
    }
  row = make_combo (_ ("Existing Values"), NULL, labels, selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (policy_selected_cb), self,
                           G_CONNECT_SWAPPED);
  add_detail (self, GTK_WIDGET (row));
}

/* All of them */

static void
values_changed_cb (CrmImportColumnRow *self)
{
  tell_change (self);
}

static void
make_details (CrmImportColumnRow *self)
{
  const char *reason = crm_import_plan_get_reason (get_plan (self), self->column);

  self->filling = TRUE;
  for (guint i = 0; i < self->details->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->details, i));
  g_ptr_array_set_size (self->details, 0);

  if (*reason != '\0')
    add_detail (self, make_action_row (reason, NULL));
  if (crm_import_plan_get_confidence (get_plan (self), self->column) == CRM_IMPORT_IGNORED)
    {
      if (self->details->len == 0)
        add_detail (self, make_action_row (_ ("Nothing of this column is imported."), NULL));
      self->filling = FALSE;
      return;
    }

  add_dates (self);
  add_numbers (self);
  add_currency (self);
  add_separator (self);
  add_policy (self);
  if (crm_import_values_fit (crm_import_plan_get_field (get_plan (self), self->column)))
    {
      GtkWidget *values = crm_import_values_new (self->setup, self->column);

      g_signal_connect_object (values, "changed", G_CALLBACK (values_changed_cb), self,
                               G_CONNECT_SWAPPED);
      add_detail (self, values);
    }
  self->filling = FALSE;
}

static void
expanded_cb (CrmImportColumnRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && self->details->len == 0 &&
      get_plan (self) != NULL)
    make_details (self);
}

/* Where it goes */

static void
target_chosen_cb (CrmImportColumnRow *self, const char *target)
{
  g_autoptr (GError) error = NULL;

  if (!crm_import_plan_set_target (get_plan (self), self->column, target, &error))
    {
      crm_session_report_error (crm_import_setup_get_session (self->setup), error);
      return;
    }
  tell_change (self);
}

static void
new_field_cb (CrmImportColumnRow *self, int kind, const char *label)
{
  g_autoptr (GError) error = NULL;

  if (!crm_import_plan_set_new_field (get_plan (self), self->column, (CrmKind) kind, label, &error))
    {
      crm_session_report_error (crm_import_setup_get_session (self->setup), error);
      return;
    }
  tell_change (self);
}

/* GObject */

static void
crm_import_column_row_dispose (GObject *object)
{
  CrmImportColumnRow *self = CRM_IMPORT_COLUMN_ROW (object);

  g_clear_pointer (&self->details, g_ptr_array_unref);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_column_row_parent_class)->dispose (object);
}

static void
crm_import_column_row_class_init (CrmImportColumnRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_import_column_row_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_import_column_row_init (CrmImportColumnRow *self)
{
  self->details = g_ptr_array_new ();
  self->icon = GTK_IMAGE (gtk_image_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->icon));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/* Public API */

GtkWidget *
crm_import_column_row_new (CrmImportSetup *setup, guint column)
{
  CrmImportColumnRow *self;

  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (setup), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_COLUMN_ROW, NULL);
  self->setup = g_object_ref (setup);
  self->column = column;
  self->chooser = CRM_IMPORT_TARGET_CHOOSER (crm_import_target_chooser_new (setup, column));
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (target_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chooser, "new-field", G_CALLBACK (new_field_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->chooser));
  show_head (self);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), crm_import_column_row_is_open (self));

  return GTK_WIDGET (self);
}

void
crm_import_column_row_update (CrmImportColumnRow *self)
{
  g_return_if_fail (CRM_IS_IMPORT_COLUMN_ROW (self));

  show_head (self);
  if (self->details->len > 0)
    make_details (self);
  if (crm_import_column_row_is_open (self))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

gboolean
crm_import_column_row_is_open (CrmImportColumnRow *self)
{
  CrmImportPlan *plan;

  g_return_val_if_fail (CRM_IS_IMPORT_COLUMN_ROW (self), FALSE);

  plan = get_plan (self);

  return plan != NULL && (crm_import_plan_get_date_order (plan, self->column, NULL, NULL) ==
                              CRM_IMPORT_FORM_AMBIGUOUS ||
                          crm_import_plan_get_decimal_comma (plan, self->column, NULL, NULL) ==
                              CRM_IMPORT_FORM_AMBIGUOUS);
}
