/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-preview-page.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-import-preview-cells.h"
#include "crm-import-preview-words.h"
#include "crm-import-row-pane.h"
#include "crm-number.h"
#include "crm-width-bin.h"
#include "crm-words.h"

#define PANE_WIDTH 320

/* The toggles, in their order */
static const CrmImportRows filters[] = {
  CRM_IMPORT_ROWS_ALL,       CRM_IMPORT_ROWS_NEW,       CRM_IMPORT_ROWS_UPDATED,
  CRM_IMPORT_ROWS_UNCHANGED, CRM_IMPORT_ROWS_CONFLICTS, CRM_IMPORT_ROWS_REFUSED,
  CRM_IMPORT_ROWS_EXCLUDED,
};

struct _CrmImportPreviewPage
{
  AdwBin parent_instance;

  GtkWidget *recognised_bar;
  GtkLabel *recognised_label;
  GtkBox *toggles;
  GtkProgressBar *bar;
  CrmWidthBin *width_bin;
  GtkStack *stack; /* looking, error, table, compact, empty */
  AdwStatusPage *error_page;
  GtkColumnView *table;
  GtkListView *compact;
  GtkWidget *separator;
  GtkWidget *list_box;
  CrmImportRowPane *pane;

  CrmImportSetup *setup;
  CrmImportTrial *trial;
  CrmImportPreviewList *list;
  GtkSingleSelection *selection;
  CrmImportRows which;
  CrmTable *columns_of; /* whose columns the table has; not owned, only compared */
  GtkToggleButton *buttons[G_N_ELEMENTS (filters)];
  gboolean updating;
  guint source;
};

static void page_iface_init (CrmImportPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmImportPreviewPage,
                               crm_import_preview_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_IMPORT_PAGE, page_iface_init))

static gboolean
is_narrow (CrmImportPreviewPage *self)
{
  return crm_width_bin_get_narrow (self->width_bin);
}

/* Columns */

static void
ticked_cb (gint64 line, gboolean included, gpointer data)
{
  crm_import_trial_exclude (CRM_IMPORT_PREVIEW_PAGE (data)->trial, line, !included);
}

static void
add_column (CrmImportPreviewPage *self, int column, const char *title, int width)
{
  GtkListItemFactory *factory = crm_import_preview_cells_new (self->setup, column, ticked_cb, self);
  GtkColumnViewColumn *view_column = gtk_column_view_column_new (title, factory);

  if (width > 0)
    gtk_column_view_column_set_fixed_width (view_column, width);
  gtk_column_view_column_set_resizable (view_column, column >= CRM_IMPORT_CELL_REMARK);
  gtk_column_view_append_column (self->table, view_column);
  g_object_unref (view_column);
}

/* Those of the file that go somewhere, after our own */
static void
make_columns (CrmImportPreviewPage *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  GListModel *columns = gtk_column_view_get_columns (self->table);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->table, column);
    }

  add_column (self, CRM_IMPORT_CELL_TICK, NULL, 0);
  add_column (self, CRM_IMPORT_CELL_LINE, _ ("Line"), 0);
  add_column (self, CRM_IMPORT_CELL_OUTCOME, _ ("What"), 120);
  add_column (self, CRM_IMPORT_CELL_REMARK, _ ("Why"), 220);
  for (guint i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    {
      g_autofree char *becomes = crm_import_plan_describe_column (plan, i);

      if (becomes != NULL)
        add_column (self, (int) i, crm_import_plan_get_column_title (plan, i), 160);
    }
}

/* Showing */

static void
show_counts (CrmImportPreviewPage *self, CrmImportPreview *preview)
{
  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      gint64 n = crm_import_preview_count (preview, filters[i]);
      g_autofree char *number = crm_number_format (n, 0, 0);
      /* Translators: what becomes of rows (“New”), and how many they are */
      g_autofree char *label = g_strdup_printf (_ ("%s %s"),
                                                crm_import_preview_words_get_outcome (filters[i]),
                                                number);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]),
                              n > 0 || filters[i] == CRM_IMPORT_ROWS_ALL ||
                                  filters[i] == self->which);
      gtk_toggle_button_set_active (self->buttons[i], filters[i] == self->which);
    }
  self->updating = FALSE;
}

static const char *
get_list_page (CrmImportPreviewPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return "empty";

  return is_narrow (self) ? "compact" : "table";
}

static void
show_list (CrmImportPreviewPage *self)
{
  gboolean narrow = is_narrow (self);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  /* Of two views of one model the hidden one would make its rows as well */
  gtk_column_view_set_model (self->table, narrow ? NULL : model);
  gtk_list_view_set_model (self->compact, narrow ? model : NULL);
  gtk_stack_set_visible_child_name (self->stack, get_list_page (self));
}

static void
close_pane (CrmImportPreviewPage *self)
{
  crm_import_row_pane_set_item (self->pane, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->pane), FALSE);
  gtk_widget_set_visible (self->separator, FALSE);
  gtk_widget_set_visible (self->list_box, TRUE);
}

/* There is nothing to focus before the rows are laid out */
static gboolean
focus_idle_cb (gpointer data)
{
  CrmImportPreviewPage *self = data;

  self->source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (is_narrow (self) ? GTK_WIDGET (self->compact)
                                            : GTK_WIDGET (self->table));

  return G_SOURCE_REMOVE;
}

static void
show_preview (CrmImportPreviewPage *self, CrmImportPreview *preview)
{
  CrmTable *table = crm_import_setup_get_table (self->setup);
  gboolean is_first = self->columns_of != table;

  if (is_first)
    {
      self->columns_of = table;
      make_columns (self);
    }
  crm_import_preview_list_set_preview (self->list, preview, self->which);
  show_counts (self, preview);
  show_list (self);
  if (is_first && self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, focus_idle_cb, self, NULL);
}

static void
show_recognised (CrmImportPreviewPage *self)
{
  const char *name = crm_import_setup_get_recognised (self->setup);
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("Recognised: %s"), name) : NULL;

  gtk_widget_set_visible (self->recognised_bar, text != NULL);
  if (text != NULL)
    gtk_label_set_label (self->recognised_label, text);
}

static void
trial_changed_cb (CrmImportPreviewPage *self)
{
  CrmImportTrialState state = crm_import_trial_get_state (self->trial);
  CrmImportPreview *preview = crm_import_trial_get_preview (self->trial);

  gtk_widget_set_visible (GTK_WIDGET (self->bar), state == CRM_IMPORT_TRIAL_RUNNING);
  if (state == CRM_IMPORT_TRIAL_FAILED)
    {
      const GError *error = crm_import_trial_get_error (self->trial);
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, text);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (preview == NULL)
    {
      close_pane (self);
      crm_import_preview_list_set_preview (self->list, NULL, self->which);
      gtk_stack_set_visible_child_name (self->stack, "looking");
      gtk_widget_set_visible (GTK_WIDGET (self->toggles), FALSE);
    }
  else if (state == CRM_IMPORT_TRIAL_READY)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->toggles), TRUE);
      show_preview (self, preview);
    }
  crm_import_page_changed (CRM_IMPORT_PAGE (self));
}

static void
trial_progress_cb (CrmImportPreviewPage *self, double fraction)
{
  gtk_progress_bar_set_fraction (self->bar, CLAMP (fraction, 0, 1));
}

/* Another plan has other columns */
static void
plan_changed_cb (CrmImportPreviewPage *self)
{
  self->columns_of = NULL;
  self->which = CRM_IMPORT_ROWS_ALL;
}

/* Choosing */

static void
filter_toggled_cb (CrmImportPreviewPage *self, GtkToggleButton *button)
{
  CrmImportPreview *preview = crm_import_trial_get_preview (self->trial);

  if (self->updating || preview == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (self->buttons[i] == button)
      self->which = filters[i];
  close_pane (self);
  show_preview (self, preview);
}

static void
selected_cb (CrmImportPreviewPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->pane)))
    crm_import_row_pane_set_item (self->pane,
                                  gtk_single_selection_get_selected_item (self->selection));
}

static void
open_row (CrmImportPreviewPage *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  crm_import_row_pane_set_item (self->pane,
                                gtk_single_selection_get_selected_item (self->selection));
  gtk_widget_set_visible (GTK_WIDGET (self->pane), TRUE);
  gtk_widget_set_visible (self->separator, !is_narrow (self));
  gtk_widget_set_visible (self->list_box, !is_narrow (self));
  crm_import_row_pane_start_editing (self->pane);
}

static void
row_activated_cb (CrmImportPreviewPage *self, guint position)
{
  open_row (self, position);
}

static void
pane_closed_cb (CrmImportPreviewPage *self)
{
  guint selected = gtk_single_selection_get_selected (self->selection);

  close_pane (self);
  if (selected != GTK_INVALID_LIST_POSITION)
    crm_list_scroll_to (is_narrow (self) ? GTK_WIDGET (self->compact) : GTK_WIDGET (self->table),
                        selected, TRUE);
}

static void
pane_ticked_cb (CrmImportPreviewPage *self, gint64 line, gboolean included)
{
  crm_import_trial_exclude (self->trial, line, !included);
}

static void
pane_edited_cb (CrmImportPreviewPage *self, gint64 line, guint column, const char *text)
{
  crm_import_trial_edit (self->trial, line, column, text);
}

/* F2 corrects the row, Space ticks it */
static gboolean
key_pressed_cb (CrmImportPreviewPage *self, guint keyval)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  CrmImportPreviewItem *item = gtk_single_selection_get_selected_item (self->selection);
  const CrmImportPreviewRow *row = item != NULL ? crm_import_preview_item_get_row (item) : NULL;

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_F2)
    open_row (self, selected);
  else if (keyval == GDK_KEY_space)
    crm_import_trial_exclude (self->trial, row->line, row->outcome != CRM_IMPORT_ROWS_EXCLUDED);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
lay_out (CrmImportPreviewPage *self)
{
  if (self->trial != NULL && crm_import_trial_get_preview (self->trial) != NULL)
    show_list (self);
  gtk_widget_set_size_request (GTK_WIDGET (self->pane), is_narrow (self) ? -1 : PANE_WIDTH, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->pane), is_narrow (self));
  if (gtk_widget_get_visible (GTK_WIDGET (self->pane)))
    {
      gtk_widget_set_visible (self->separator, !is_narrow (self));
      gtk_widget_set_visible (self->list_box, !is_narrow (self));
    }
}

/* CrmImportPage */

static void
crm_import_preview_page_enter (CrmImportPage *page)
{
  CrmImportPreviewPage *self = CRM_IMPORT_PREVIEW_PAGE (page);

  show_recognised (self);
  crm_import_trial_start (self->trial);
}

static gint64
count_imported (CrmImportPreviewPage *self)
{
  CrmImportPreview *preview = self->trial != NULL ? crm_import_trial_get_preview (self->trial)
                                                  : NULL;

  return preview == NULL ? 0
                         : crm_import_preview_count (preview, CRM_IMPORT_ROWS_NEW) +
                               crm_import_preview_count (preview, CRM_IMPORT_ROWS_UPDATED);
}

static gboolean
crm_import_preview_page_is_ready (CrmImportPage *page)
{
  CrmImportPreviewPage *self = CRM_IMPORT_PREVIEW_PAGE (page);

  return self->trial != NULL &&
         crm_import_trial_get_state (self->trial) == CRM_IMPORT_TRIAL_READY &&
         count_imported (self) > 0;
}

static char *
crm_import_preview_page_describe_next (CrmImportPage *page)
{
  CrmImportPreviewPage *self = CRM_IMPORT_PREVIEW_PAGE (page);
  CrmImportPlan *plan = self->setup != NULL ? crm_import_setup_get_plan (self->setup) : NULL;
  gint64 n = count_imported (self);

  if (n > 0 && plan != NULL)
    return crm_words_get_import (crm_import_plan_get_record_type (plan), n);
  if (self->trial != NULL && crm_import_trial_get_state (self->trial) == CRM_IMPORT_TRIAL_READY)
    return g_strdup (_ ("Nothing to Import"));

  return g_strdup (_ ("Import"));
}

static void
page_iface_init (CrmImportPageInterface *iface)
{
  iface->enter = crm_import_preview_page_enter;
  iface->is_ready = crm_import_preview_page_is_ready;
  iface->describe_next = crm_import_preview_page_describe_next;
}

/* GObject */

static void
make_toggles (CrmImportPreviewPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->buttons[0]);
      gtk_widget_add_css_class (button, "crm-chip");
      g_signal_connect_object (button, "clicked", G_CALLBACK (filter_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_box_append (self->toggles, button);
    }
}

static void
crm_import_preview_page_dispose (GObject *object)
{
  CrmImportPreviewPage *self = CRM_IMPORT_PREVIEW_PAGE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_IMPORT_PREVIEW_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->trial);
  g_clear_object (&self->setup);

  G_OBJECT_CLASS (crm_import_preview_page_parent_class)->dispose (object);
}

static void
crm_import_preview_page_class_init (CrmImportPreviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_preview_page_dispose;

  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  g_type_ensure (CRM_TYPE_IMPORT_ROW_PANE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/import/crm-import-preview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, recognised_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, recognised_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, toggles);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, bar);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, table);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, compact);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, separator);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, CrmImportPreviewPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, lay_out);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_ticked_cb);
}

static void
crm_import_preview_page_init (CrmImportPreviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_toggles (self);
  lay_out (self);
}

/* Public API */

void
crm_import_preview_page_set_trial (CrmImportPreviewPage *self,
                                   CrmImportSetup *setup,
                                   CrmImportTrial *trial)
{
  GtkListItemFactory *factory;

  g_return_if_fail (CRM_IS_IMPORT_PREVIEW_PAGE (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (CRM_IS_IMPORT_TRIAL (trial));
  g_return_if_fail (self->trial == NULL);

  self->setup = g_object_ref (setup);
  self->trial = g_object_ref (trial);
  self->list = crm_import_preview_list_new (
      crm_session_get_store (crm_import_setup_get_session (setup)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  factory = crm_import_preview_cells_new_compact (setup, ticked_cb, self);
  gtk_list_view_set_factory (self->compact, factory);
  g_object_unref (factory);
  crm_import_row_pane_set_setup (self->pane, setup);
  g_signal_connect_object (setup, "changed", G_CALLBACK (plan_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "plan-changed", G_CALLBACK (plan_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trial, "changed", G_CALLBACK (trial_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trial, "progress", G_CALLBACK (trial_progress_cb), self,
                           G_CONNECT_SWAPPED);
}
