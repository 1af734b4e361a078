/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-grid.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"
#include "crm-merge-field-box.h"
#include "crm-merge-result.h"
#include "crm-words.h"

struct _CrmMergeGrid
{
  AdwBin parent_instance;

  GtkGrid *grid;
  GPtrArray *keep_buttons; /* GtkCheckButton, one a record */
  GPtrArray *rows; /* (element-type GPtrArray of GtkWidget), one a field */

  CrmMergeChoices *choices;
};

G_DEFINE_FINAL_TYPE (CrmMergeGrid, crm_merge_grid, ADW_TYPE_BIN)

static void
keep_toggled_cb (CrmMergeGrid *self, GtkCheckButton *button)
{
  guint record;

  if (gtk_check_button_get_active (button) &&
      g_ptr_array_find (self->keep_buttons, button, &record))
    crm_merge_choices_set_kept (self->choices, record);
}

static void
take_all_cb (CrmMergeGrid *self, GtkWidget *button)
{
  guint record = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "crm-record"));

  crm_merge_choices_take_all (self->choices, record);
}

static GtkWidget *
new_dim_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');

  return label;
}

/* "3 May 2026 · Import" */
static char *
describe_creation (CrmMergeGrid *self, CrmRecord *record)
{
  CrmStore *store = crm_session_get_store (crm_merge_choices_get_session (self->choices));
  CrmValue *created_at = crm_record_get_value_by_name (record, "created_at");
  CrmValue *created_from = crm_record_get_value_by_name (record, "created_from");
  char date[11];
  g_autofree char *day = NULL;

  if (created_at == NULL)
    return NULL;

  crm_moment_get_date (crm_value_get_integer (created_at), crm_store_get_locale (store)->zone,
                       date);
  day = crm_date_format (date);
  if (created_from == NULL || crm_value_get_text (created_from) == NULL)
    return g_strdup_printf (_ ("Created %s"), day);

  /* Translators: when a record was made, and through what: "Created 3 May 2026 · Import" */
  return g_strdup_printf (_ ("Created %s · %s"), day,
                          crm_words_get_source (
                              crm_source_from_name (crm_value_get_text (created_from))));
}

static GtkWidget *
new_card (CrmMergeGrid *self, guint index, const char *kept_reason)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  CrmRecord *record = g_ptr_array_index (plan->records, index);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_button_new ();
  GtkWidget *name = gtk_label_new (crm_record_get_label (record));
  GtkWidget *keep = gtk_check_button_new_with_label (_ ("Keep This One"));
  g_autofree char *creation = describe_creation (self, record);
  g_autofree char *links = crm_merge_choices_describe_links (self->choices, index);
  g_autofree char *take = NULL;
  g_autofree char *keep_name = NULL;

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "heading");
  gtk_button_set_child (GTK_BUTTON (head), name);
  gtk_widget_add_css_class (head, "flat");
  gtk_widget_add_css_class (head, "crm-merge-head");
  /* Translators: a record's name: all its values become those of the merged one */
  take = g_strdup_printf (_ ("Take All from %s"), crm_record_get_label (record));
  gtk_widget_set_tooltip_text (head, take);
  crm_field_editor_set_accessible_name (head, take);
  g_object_set_data (G_OBJECT (head), "crm-record", GUINT_TO_POINTER (index));
  g_signal_connect_swapped (head, "clicked", G_CALLBACK (take_all_cb), self);

  /* Translators: a record's name: which of several is kept */
  keep_name = g_strdup_printf (_ ("Keep %s"), crm_record_get_label (record));
  crm_field_editor_set_accessible_name (keep, keep_name);
  if (self->keep_buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (keep), g_ptr_array_index (self->keep_buttons, 0));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (keep), index == plan->kept);
  g_ptr_array_add (self->keep_buttons, keep);
  g_signal_connect_swapped (keep, "toggled", G_CALLBACK (keep_toggled_cb), self);

  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), new_dim_label (creation));
  gtk_box_append (GTK_BOX (card), new_dim_label (links));
  gtk_box_append (GTK_BOX (card), keep);
  if (index == plan->kept)
    gtk_box_append (GTK_BOX (card), new_dim_label (kept_reason));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "crm-merge-card");
  gtk_widget_set_hexpand (card, TRUE);

  return card;
}

static void
attach_field (CrmMergeGrid *self, guint index)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, index);
  GPtrArray *row = g_ptr_array_new ();
  GtkWidget *label = gtk_label_new (line->field->label);
  GtkWidget *result = crm_merge_result_new (self->choices, index);
  CrmMergeFieldBox *first = NULL;
  int top = (int) index + 1;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, line->differs ? "heading" : "dim-label");
  gtk_grid_attach (self->grid, label, 0, top, 1, 1);
  g_ptr_array_add (row, label);
  for (guint i = 0; i < plan->records->len; i++)
    {
      GtkWidget *box = crm_merge_field_box_new (self->choices, index, i, first);

      if (first == NULL)
        first = CRM_MERGE_FIELD_BOX (box);
      gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
      gtk_grid_attach (self->grid, box, (int) i + 1, top, 1, 1);
      g_ptr_array_add (row, box);
    }
  gtk_grid_attach (self->grid, result, (int) plan->records->len + 1, top, 1, 1);
  g_ptr_array_add (row, result);
  g_ptr_array_add (self->rows, row);
}

static void
crm_merge_grid_dispose (GObject *object)
{
  CrmMergeGrid *self = CRM_MERGE_GRID (object);

  g_ptr_array_set_size (self->keep_buttons, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->choices);

  G_OBJECT_CLASS (crm_merge_grid_parent_class)->dispose (object);
}

static void
crm_merge_grid_finalize (GObject *object)
{
  CrmMergeGrid *self = CRM_MERGE_GRID (object);

  g_ptr_array_unref (self->keep_buttons);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (crm_merge_grid_parent_class)->finalize (object);
}

static void
crm_merge_grid_class_init (CrmMergeGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_merge_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_merge_grid_finalize;
}

static void
crm_merge_grid_init (CrmMergeGrid *self)
{
  self->keep_buttons = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
}

GtkWidget *
crm_merge_grid_new (CrmMergeChoices *choices, const char *kept_reason)
{
  CrmMergeGrid *self;
  const CrmMergePlan *plan;
  GtkWidget *title;

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (choices), NULL);

  self = g_object_new (CRM_TYPE_MERGE_GRID, NULL);
  self->choices = g_object_ref (choices);
  plan = crm_merge_choices_get_plan (choices);
  for (guint i = 0; i < plan->records->len; i++)
    gtk_grid_attach (self->grid, new_card (self, i, kept_reason), (int) i + 1, 0, 1, 1);

  title = gtk_label_new (_ ("Result"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_valign (title, GTK_ALIGN_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_grid_attach (self->grid, title, (int) plan->records->len + 1, 0, 1, 1);
  for (guint i = 0; i < crm_merge_choices_get_n_fields (choices); i++)
    attach_field (self, i);

  return GTK_WIDGET (self);
}

void
crm_merge_grid_set_differences_only (CrmMergeGrid *self, gboolean differences_only)
{
  g_return_if_fail (CRM_IS_MERGE_GRID (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const CrmMergeField *line = crm_merge_choices_get_field (self->choices, i);
      GPtrArray *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < row->len; j++)
        gtk_widget_set_visible (g_ptr_array_index (row, j), line->differs || !differences_only);
    }
}
