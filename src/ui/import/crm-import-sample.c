/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-sample.h"

#include <glib/gi18n.h>

#include "crm-number.h"
#include "crm-paged-list.h"

/* The column of the lines' numbers, before those of the file */
#define LINE_COLUMN G_MAXUINT

/* Room for a column, in letters */
#define MIN_CHARS 6
#define MAX_CHARS 24

struct _CrmImportSample
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GPtrArray *rows; /* CrmImportSampleRow */
};

G_DEFINE_FINAL_TYPE (CrmImportSample, crm_import_sample, ADW_TYPE_BIN)

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (inscription), 1);
  if (GPOINTER_TO_UINT (column) == LINE_COLUMN)
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), 1);
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (inscription), 4);
      gtk_widget_add_css_class (inscription, "dim-label");
      gtk_widget_add_css_class (inscription, "numeric");
    }
  gtk_list_item_set_child (item, inscription);
}

/* A cell has one line here, whatever is in the file */
static char *
make_line (const char *text)
{
  char *line = g_strdup (text);

  g_strdelimit (line, "\r\n\t", ' ');

  return line;
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  const CrmImportSampleRow *row = crm_paged_item_get_data (gtk_list_item_get_item (item));
  GtkWidget *inscription = gtk_list_item_get_child (item);
  guint index = GPOINTER_TO_UINT (column);
  g_autofree char *text = index == LINE_COLUMN
                              ? crm_number_format (row->line, 0, 0)
                              : make_line (crm_import_sample_row_get_cell (row, index));

  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inscription), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static int
measure (CrmImportSample *self, guint column, const char *title)
{
  glong longest = g_utf8_strlen (title, -1);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *cell = crm_import_sample_row_get_cell (g_ptr_array_index (self->rows, i), column);

      longest = MAX (longest, g_utf8_strlen (cell, -1));
    }

  return (int) CLAMP (longest, MIN_CHARS, MAX_CHARS);
}

static void
add_column (CrmImportSample *self, guint column, const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view_column;
  gpointer data = GUINT_TO_POINTER (column);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  view_column = gtk_column_view_column_new (title, factory);
  if (column != LINE_COLUMN)
    {
      gtk_column_view_column_set_resizable (view_column, TRUE);
      /* Nine pixels are about a letter with its share of the padding */
      gtk_column_view_column_set_fixed_width (view_column, 24 + 9 * measure (self, column, title));
    }
  gtk_column_view_append_column (self->view, view_column);
  g_object_unref (view_column);
}

static void
remove_columns (CrmImportSample *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
nothing (gpointer data)
{
}

static void
crm_import_sample_finalize (GObject *object)
{
  g_clear_pointer (&CRM_IMPORT_SAMPLE (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_import_sample_parent_class)->finalize (object);
}

static void
crm_import_sample_class_init (CrmImportSampleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_sample_finalize;
}

static void
crm_import_sample_init (CrmImportSample *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("First Rows"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/* Public API */

void
crm_import_sample_show (CrmImportSample *self, CrmTable *table, GPtrArray *rows)
{
  g_autoptr (GListStore) items = NULL;
  const char *const *titles;
  guint n_columns;

  g_return_if_fail (CRM_IS_IMPORT_SAMPLE (self));
  g_return_if_fail (CRM_IS_TABLE (table));
  g_return_if_fail (rows != NULL);

  gtk_column_view_set_model (self->view, NULL);
  remove_columns (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_ref (rows);

  titles = crm_table_get_columns (table, &n_columns);
  add_column (self, LINE_COLUMN, _ ("Line"));
  for (guint i = 0; i < n_columns; i++)
    add_column (self, i, titles[i]);

  items = g_list_store_new (CRM_TYPE_PAGED_ITEM);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (CrmPagedItem) item = crm_paged_item_new (g_ptr_array_index (rows, i), nothing);

      g_list_store_append (items, item);
    }
  {
    g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (
        g_object_ref (G_LIST_MODEL (items)));

    gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  }
}
