/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-row-pane.h"

#include <glib/gi18n.h>

#include "crm-import-preview-words.h"
#include "crm-number.h"
#include "crm-problem.h"

struct _CrmImportRowPane
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *outcome;
  GtkCheckButton *tick;
  GtkListBox *remarks;
  GtkListBox *twins;
  GtkWidget *twins_title;
  GtkListBox *cells;

  CrmImportSetup *setup;
  CrmImportPreviewItem *item;
  gint64 line; /* whose cells are shown; -1: none */
  GPtrArray *entries; /* AdwEntryRow, by column */
  gboolean filling;
};

enum
{
  EDITED,
  TICK,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportRowPane, crm_import_row_pane, ADW_TYPE_BIN)

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static GtkWidget *
add_row (GtkListBox *list, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (icon != NULL)
    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  gtk_list_box_append (list, row);

  return row;
}

/* What becomes of it */

static void
show_remarks (CrmImportRowPane *self, const CrmImportPreviewRow *row)
{
  clear_list (self->remarks);
  for (guint i = 0; row->problems != NULL && i < row->problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (row->problems, i);

      add_row (self->remarks, "dialog-warning-symbolic", problem->message, problem->column);
    }
  for (guint i = 0;
       row->outcome == CRM_IMPORT_ROWS_UPDATED && row->changes != NULL && i < row->changes->len;
       i++)
    {
      const CrmImportPreviewChange *change = g_ptr_array_index (row->changes, i);
      const char *value = change->new_text != NULL ? change->new_text : "";
      g_autofree char *text = change->old_text != NULL
                                  ? g_strdup_printf (_ ("%s → %s"), change->old_text, value)
                                  : g_strdup (value);

      add_row (self->remarks, "document-edit-symbolic", change->field->label, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->remarks),
                          gtk_widget_get_first_child (GTK_WIDGET (self->remarks)) != NULL);
}

static void
open_clicked_cb (CrmImportRowPane *self, GtkButton *button)
{
  gint64 *id = g_object_get_data (G_OBJECT (button), "crm-id");

  crm_session_open_record (crm_import_setup_get_session (self->setup), *id, TRUE);
}

static void
add_record (CrmImportRowPane *self, gint64 id, const char *label, const char *reason)
{
  GtkWidget *row = add_row (self->twins, NULL, label, reason);
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Open %s"), label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "crm-id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
show_twins (CrmImportRowPane *self, const CrmImportPreviewRow *row)
{
  gboolean any;

  clear_list (self->twins);
  if (row->record_id != 0)
    add_record (self, row->record_id, row->record_label != NULL ? row->record_label : "",
                _ ("The record that it is about"));
  for (guint i = 0; row->twins != NULL && i < row->twins->len; i++)
    {
      const CrmImportPreviewTwin *twin = g_ptr_array_index (row->twins, i);
      /* Translators: why a record may be the same, and whose it is */
      g_autofree char *reason = twin->owner != NULL ? g_strdup_printf (_ ("%s. Owner: %s"),
                                                                       twin->reason, twin->owner)
                                                    : g_strdup (twin->reason);

      add_record (self, twin->id, twin->label, reason);
    }
  any = gtk_widget_get_first_child (GTK_WIDGET (self->twins)) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->twins), any);
  gtk_widget_set_visible (self->twins_title, any);
}

/* Its cells */

static void
applied_cb (CrmImportRowPane *self, AdwEntryRow *entry)
{
  guint column;

  if (self->filling || !g_ptr_array_find (self->entries, entry, &column))
    return;

  g_signal_emit (self, signals[EDITED], 0, self->line, column,
                 gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
make_entries (CrmImportRowPane *self)
{
  const char *const *titles;
  guint n_columns;

  clear_list (self->cells);
  g_ptr_array_set_size (self->entries, 0);
  titles = crm_table_get_columns (crm_import_setup_get_table (self->setup), &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      GtkWidget *entry = adw_entry_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), titles[i]);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
      g_signal_connect_object (entry, "apply", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->cells, entry);
      g_ptr_array_add (self->entries, entry);
    }
}

static gboolean
is_wrong (const CrmImportPreviewRow *row, const char *title)
{
  for (guint i = 0; row->problems != NULL && i < row->problems->len; i++)
    if (g_strcmp0 (((const CrmProblem *) g_ptr_array_index (row->problems, i))->column, title) == 0)
      return TRUE;

  return FALSE;
}

static void
show_cells (CrmImportRowPane *self, const CrmImportPreviewRow *row)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *entry = g_ptr_array_index (self->entries, i);
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (entry));
      const char *text = i < row->n_cells ? row->cells[i] : "";

      /* What is being typed is not taken away by a row that comes back */
      if (self->line != row->line ||
          !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), text))
        {
          adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), FALSE);
          gtk_editable_set_text (GTK_EDITABLE (entry), text);
          adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
        }
      if (is_wrong (row, title))
        gtk_widget_add_css_class (entry, "error");
      else
        gtk_widget_remove_css_class (entry, "error");
    }
  self->filling = FALSE;
}

static void
show (CrmImportRowPane *self)
{
  const CrmImportPreviewRow *row = self->item != NULL ? crm_import_preview_item_get_row (self->item)
                                                      : NULL;
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;

  if (row == NULL)
    return;

  number = crm_number_format (row->line, 0, 0);
  title = g_strdup_printf (_ ("Line %s"), number);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->outcome, crm_import_preview_words_get_outcome (row->outcome));
  show_remarks (self, row);
  show_twins (self, row);
  show_cells (self, row);
  self->line = row->line;
  self->filling = TRUE;
  gtk_check_button_set_active (self->tick, row->outcome != CRM_IMPORT_ROWS_EXCLUDED);
  self->filling = FALSE;
}

/* Callbacks */

static void
ticked_cb (CrmImportRowPane *self)
{
  if (!self->filling && self->line >= 0)
    g_signal_emit (self, signals[TICK], 0, self->line, gtk_check_button_get_active (self->tick));
}

static void
close_clicked_cb (CrmImportRowPane *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* Escape goes back to the list, not out of the window */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  g_signal_emit (widget, signals[CLOSED], 0);

  return GDK_EVENT_STOP;
}

/* GObject */

static void
crm_import_row_pane_dispose (GObject *object)
{
  CrmImportRowPane *self = CRM_IMPORT_ROW_PANE (object);

  if (self->item != NULL)
    crm_import_row_pane_set_item (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_ROW_PANE);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_row_pane_parent_class)->dispose (object);
}

static void
crm_import_row_pane_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_IMPORT_ROW_PANE (object)->entries);

  G_OBJECT_CLASS (crm_import_row_pane_parent_class)->finalize (object);
}

static void
crm_import_row_pane_class_init (CrmImportRowPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_row_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_import_row_pane_finalize;

  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_STRING);
  signals[TICK] = g_signal_new ("tick", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/import/crm-import-row-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportRowPane, title);
  gtk_widget_class_bind_template_child (widget_class, CrmImportRowPane, outcome);
  gtk_widget_class_bind_template_child (widget_class, CrmImportRowPane, tick);
  gtk_widget_class_bind_template_child (widget_class, CrmImportRowPane, remarks);
  gtk_widget_class_bind_template_child (widget_class, CrmImportRowPane, twins);
  gtk_widget_class_bind_template_child (widget_class, CrmImportRowPane, twins_title);
  gtk_widget_class_bind_template_child (widget_class, CrmImportRowPane, cells);
  gtk_widget_class_bind_template_callback (widget_class, ticked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
crm_import_row_pane_init (CrmImportRowPane *self)
{
  self->entries = g_ptr_array_new ();
  self->line = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

void
crm_import_row_pane_set_setup (CrmImportRowPane *self, CrmImportSetup *setup)
{
  g_return_if_fail (CRM_IS_IMPORT_ROW_PANE (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (self->setup == NULL);

  self->setup = g_object_ref (setup);
}

void
crm_import_row_pane_set_item (CrmImportRowPane *self, CrmImportPreviewItem *item)
{
  g_return_if_fail (CRM_IS_IMPORT_ROW_PANE (self));
  g_return_if_fail (item == NULL || CRM_IS_IMPORT_PREVIEW_ITEM (item));

  if (item == self->item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  self->line = -1;
  if (item == NULL)
    return;

  g_signal_connect_object (item, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  make_entries (self);
  show (self);
}

void
crm_import_row_pane_start_editing (CrmImportRowPane *self)
{
  g_return_if_fail (CRM_IS_IMPORT_ROW_PANE (self));

  for (guint i = 0; i < self->entries->len; i++)
    if (gtk_widget_has_css_class (g_ptr_array_index (self->entries, i), "error"))
      {
        gtk_widget_grab_focus (g_ptr_array_index (self->entries, i));
        return;
      }
  if (self->entries->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->entries, 0));
}
