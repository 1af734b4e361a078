/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-values.h"

#include <glib/gi18n.h>

#include "crm-chooser-item.h"
#include "crm-import-mapping.h"
#include "crm-number.h"

/* More are not shown: who has that many has another kind of field */
#define MAX_VALUES 200

/* The choices before the options */
enum
{
  CHOICE_NEW,
  CHOICE_NOTHING,
  N_CHOICES,
};

struct _CrmImportValues
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkWidget *spinner;

  CrmImportSetup *setup;
  guint column;
  GPtrArray *names; /* char *: what a choice is called for the plan */
  GPtrArray *labels; /* char *: and for people */
  gboolean filling;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportValues, crm_import_values, ADW_TYPE_BIN)

/* Choosing */

static void
selected_cb (CrmImportValues *self, GParamSpec *pspec, GtkDropDown *drop)
{
  const char *text = g_object_get_data (G_OBJECT (drop), "crm-text");
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  guint selected = gtk_drop_down_get_selected (drop);
  const char *option = NULL;
  g_autoptr (GError) error = NULL;

  if (self->filling || plan == NULL)
    return;

  if (selected == CHOICE_NOTHING)
    option = "";
  else if (selected >= N_CHOICES && selected - N_CHOICES < self->names->len)
    option = g_ptr_array_index (self->names, selected - N_CHOICES);
  if (crm_import_plan_set_meaning (plan, self->column, text, option, &error))
    g_signal_emit (self, signals[CHANGED], 0);
  else
    crm_session_report_error (crm_import_setup_get_session (self->setup), error);
}

/* Showing */

static guint
find_choice (CrmImportValues *self, const CrmImportMeaning *meaning)
{
  if (meaning->option == NULL)
    return CHOICE_NEW;
  if (*meaning->option == '\0')
    return CHOICE_NOTHING;
  for (guint i = 0; i < self->names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->names, i), meaning->option) == 0)
      return i + N_CHOICES;

  return CHOICE_NEW;
}

static void
add_value (CrmImportValues *self, GtkListBox *list, const CrmImportMeaning *meaning)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = crm_number_format (meaning->count, 0, 0);
  g_autofree char *count = g_strdup_printf (
      ngettext ("%s time", "%s times", (gulong) meaning->count), number);
  /* Translators: %s is a value of a file, which becomes a new option */
  g_autofree char *new_label = g_strdup_printf (_ ("New: %s"), meaning->text);
  /* Translators: %s is a value of a file */
  g_autofree char *name = g_strdup_printf (_ ("Meaning of %s"), meaning->text);
  GtkWidget *drop;

  gtk_string_list_append (labels, new_label);
  gtk_string_list_append (labels, _ ("Leave Empty"));
  for (guint i = 0; i < self->labels->len; i++)
    gtk_string_list_append (labels, g_ptr_array_index (self->labels, i));

  drop = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), find_choice (self, meaning));
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (drop), "crm-text", g_strdup (meaning->text), g_free);
  g_signal_connect_object (drop, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), meaning->text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), count);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
  gtk_list_box_append (list, row);
}

static void
show_values (CrmImportValues *self, GPtrArray *meanings)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Values"), -1);
  self->filling = TRUE;
  for (guint i = 0; i < MIN (meanings->len, MAX_VALUES); i++)
    add_value (self, GTK_LIST_BOX (list), g_ptr_array_index (meanings, i));
  self->filling = FALSE;
  gtk_box_append (self->box, list);
  if (meanings->len > MAX_VALUES)
    {
      GtkWidget *more = gtk_label_new (_ ("There are more values; they are taken as they are."));

      gtk_widget_add_css_class (more, "dim-label");
      gtk_box_append (self->box, more);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), meanings->len > 0);
}

/* Reading them */

typedef struct
{
  CrmImportPlan *plan;
  guint column;
} Reading;

typedef struct
{
  GPtrArray *meanings;
  GPtrArray *members; /* CrmChooserItem; nullable */
} Found;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->plan);
  g_free (reading);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->meanings, g_ptr_array_unref);
  g_clear_pointer (&found->members, g_ptr_array_unref);
  g_free (found);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  const CrmField *field = crm_import_plan_get_field (reading->plan, reading->column);
  g_autoptr (GPtrArray) members = NULL;
  GPtrArray *meanings;
  Found *found;

  if (field->kind == CRM_KIND_MEMBER)
    {
      members = crm_chooser_item_find (store, field, "", cancellable, error);
      if (members == NULL)
        return NULL;
    }
  meanings = crm_import_plan_list_meanings (reading->plan, reading->column, cancellable, error);
  if (meanings == NULL)
    return NULL;

  found = g_new0 (Found, 1);
  found->meanings = meanings;
  found->members = g_steal_pointer (&members);

  return found;
}

static void
add_choice (CrmImportValues *self, const char *name, const char *label)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->labels, g_strdup (label));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportValues) self = user_data;
  g_autoptr (GError) error = NULL;
  Found *found = crm_store_run_finish (CRM_STORE (object), result, &error);

  crm_import_setup_give_back_plan (self->setup);
  if (found == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        crm_session_report_error (crm_import_setup_get_session (self->setup), error);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  gtk_widget_set_visible (self->spinner, FALSE);
  for (guint i = 0; found->members != NULL && i < found->members->len; i++)
    {
      const char *label = crm_chooser_item_get_text (g_ptr_array_index (found->members, i));

      add_choice (self, label, label);
    }
  show_values (self, found->meanings);
  found_free (found);
}

static void
read_values (CrmImportValues *self)
{
  g_autoptr (GCancellable) cancellable = NULL;
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  const CrmField *field = crm_import_plan_get_field (plan, self->column);
  Reading *reading;

  if (!crm_import_values_fit (field) || crm_import_setup_is_lent (self->setup))
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  for (guint i = 0; i < field->n_options; i++)
    add_choice (self, field->options[i]->name, field->options[i]->label);
  reading = g_new0 (Reading, 1);
  reading->plan = g_object_ref (plan);
  reading->column = self->column;
  cancellable = g_cancellable_new ();
  crm_import_setup_lend_plan (self->setup, cancellable);
  crm_store_run_async (crm_session_get_store (crm_import_setup_get_session (self->setup)),
                       read_in_worker, reading, reading_free, found_free, cancellable, read_cb,
                       g_object_ref (self));
}

/* GObject */

static void
crm_import_values_finalize (GObject *object)
{
  CrmImportValues *self = CRM_IMPORT_VALUES (object);

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->labels);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_values_parent_class)->finalize (object);
}

static void
crm_import_values_class_init (CrmImportValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_values_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_import_values_init (CrmImportValues *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->spinner = gtk_spinner_new ();
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  gtk_widget_set_margin_top (self->spinner, 12);
  gtk_widget_set_margin_bottom (self->spinner, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reading the values…"), -1);
  gtk_box_append (self->box, self->spinner);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/* Public API */

gboolean
crm_import_values_fit (const CrmField *field)
{
  return field != NULL &&
         (field->n_options > 0 || field->kind == CRM_KIND_CHOICE || field->kind == CRM_KIND_MEMBER);
}

GtkWidget *
crm_import_values_new (CrmImportSetup *setup, guint column)
{
  CrmImportValues *self;

  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (setup), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_VALUES, NULL);
  self->setup = g_object_ref (setup);
  self->column = column;
  read_values (self);

  return GTK_WIDGET (self);
}
