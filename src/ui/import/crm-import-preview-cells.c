/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-preview-cells.h"

#include <glib/gi18n.h>

#include "crm-import-preview-words.h"
#include "crm-number.h"
#include "crm-problem.h"
#include "crm-row-icon.h"

/* Room for the longest word for what happens */
#define OUTCOME_CHARS 10

/* Of a factory */
typedef struct
{
  CrmImportSetup *setup;
  int column;
  gboolean compact;
  CrmImportTickFunc func;
  gpointer data;
} Cells;

static void
cells_free (gpointer data, GClosure *closure)
{
  Cells *cells = data;

  g_object_unref (cells->setup);
  g_free (cells);
}

static GQuark
item_quark (void)
{
  return g_quark_from_static_string ("crm-import-item");
}

/* Widgets */

static GtkWidget *
make_inscription (void)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (inscription), 1);
  gtk_widget_set_valign (inscription, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (inscription, TRUE);

  return inscription;
}

static void
show_text (GtkWidget *inscription, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inscription), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static GtkWidget *
make_outcome (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();

  /* The word beside it says the same */
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), make_inscription ());

  return box;
}

static const char *
get_outcome_class (const CrmImportPreviewRow *row)
{
  if (row->conflict)
    return "warning";

  switch (row->outcome)
    {
    case CRM_IMPORT_ROWS_NEW:
      return "success";

    case CRM_IMPORT_ROWS_UPDATED:
      return "accent";

    case CRM_IMPORT_ROWS_REFUSED:
      return "error";

    case CRM_IMPORT_ROWS_ALL:
    case CRM_IMPORT_ROWS_UNCHANGED:
    case CRM_IMPORT_ROWS_EXCLUDED:
    case CRM_IMPORT_ROWS_CONFLICTS:
    default:
      return "dim-label";
    }
}

static void
show_outcome (GtkWidget *box, const CrmImportPreviewRow *row)
{
  const char *classes[2] = { get_outcome_class (row), NULL };
  CrmImportRows shown = row->conflict && row->outcome != CRM_IMPORT_ROWS_REFUSED &&
                                row->outcome != CRM_IMPORT_ROWS_EXCLUDED
                            ? CRM_IMPORT_ROWS_CONFLICTS
                            : row->outcome;

  gtk_widget_set_css_classes (box, classes);
  crm_row_icon_set (GTK_IMAGE (gtk_widget_get_first_child (box)),
                    crm_import_preview_words_get_icon (shown));
  show_text (gtk_widget_get_last_child (box), crm_import_preview_words_get_outcome (shown));
}

/* The row is GTK's own, and has no name but this */
static void
name_row (GtkWidget *cell, const CrmImportPreviewRow *row)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *widget = parent != NULL ? gtk_widget_get_parent (parent) : NULL;
  g_autofree char *line = crm_number_format (row->line, 0, 0);
  /* Translators: number of a line in a file, and what becomes of it */
  g_autofree char *name = g_strdup_printf (_ ("Line %s: %s"), line,
                                           crm_import_preview_words_get_outcome (row->outcome));

  if (widget != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

/* Text of the file's cells */

static const CrmImportPreviewChange *
find_change (const CrmImportPreviewRow *row, guint column)
{
  for (guint i = 0; row->changes != NULL && i < row->changes->len; i++)
    {
      const CrmImportPreviewChange *change = g_ptr_array_index (row->changes, i);

      if (change->column == column)
        return change;
    }

  return NULL;
}

static gboolean
has_problem (const Cells *cells, const CrmImportPreviewRow *row, guint column)
{
  CrmTable *table = crm_import_setup_get_table (cells->setup);
  const char *const *titles;
  guint n_columns;

  if (table == NULL || row->problems == NULL)
    return FALSE;

  titles = crm_table_get_columns (table, &n_columns);
  for (guint i = 0; i < row->problems->len && column < n_columns; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (row->problems, i);

      if (g_strcmp0 (problem->column, titles[column]) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
show_cell (const Cells *cells, GtkWidget *inscription, const CrmImportPreviewRow *row)
{
  guint column = (guint) cells->column;
  const char *raw = column < row->n_cells ? row->cells[column] : "";
  const CrmImportPreviewChange *change = find_change (row, column);
  const char *classes[2] = { NULL, NULL };
  g_autofree char *text = NULL;

  if (row->outcome == CRM_IMPORT_ROWS_UPDATED && change != NULL && change->old_text != NULL)
    /* Translators: a value, and the one that takes its place */
    text = g_strdup_printf (_ ("%s → %s"), change->old_text,
                            change->new_text != NULL ? change->new_text : "");
  else
    text = g_strdup (raw);
  g_strdelimit (text, "\r\n\t", ' ');

  if (has_problem (cells, row, column))
    classes[0] = row->outcome == CRM_IMPORT_ROWS_REFUSED ? "error" : "warning";
  else if (row->outcome == CRM_IMPORT_ROWS_UPDATED && change != NULL)
    classes[0] = "accent";
  else if (row->outcome == CRM_IMPORT_ROWS_EXCLUDED || row->outcome == CRM_IMPORT_ROWS_UNCHANGED)
    classes[0] = "dim-label";
  gtk_widget_set_css_classes (inscription, classes);
  show_text (inscription, text);
}

/* Ticks */

static void
toggled_cb (GtkCheckButton *tick, Cells *cells)
{
  CrmImportPreviewItem *item = g_object_get_qdata (G_OBJECT (tick), item_quark ());
  const CrmImportPreviewRow *row = item != NULL ? crm_import_preview_item_get_row (item) : NULL;

  if (row != NULL)
    cells->func (row->line, gtk_check_button_get_active (tick), cells->data);
}

static GtkWidget *
make_tick (Cells *cells)
{
  GtkWidget *tick = gtk_check_button_new ();

  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  g_signal_connect (tick, "toggled", G_CALLBACK (toggled_cb), cells);

  return tick;
}

static void
show_tick (Cells *cells, GtkWidget *tick, const CrmImportPreviewRow *row)
{
  g_autofree char *line = crm_number_format (row->line, 0, 0);
  g_autofree char *name = g_strdup_printf (_ ("Import line %s"), line);

  g_signal_handlers_block_by_func (tick, toggled_cb, cells);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), row->outcome != CRM_IMPORT_ROWS_EXCLUDED);
  g_signal_handlers_unblock_by_func (tick, toggled_cb, cells);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Rows of two lines: what happens above, what is in the row below */

static GtkWidget *
make_compact (Cells *cells)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *outcome = make_outcome ();
  GtkWidget *remark = make_inscription ();
  GtkWidget *line = gtk_label_new (NULL);

  gtk_widget_set_hexpand (gtk_widget_get_last_child (outcome), FALSE);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (gtk_widget_get_last_child (outcome)),
                                 OUTCOME_CHARS);
  gtk_widget_set_hexpand_set (outcome, TRUE);
  gtk_widget_add_css_class (line, "dim-label");
  gtk_widget_add_css_class (line, "numeric");
  gtk_box_append (GTK_BOX (head), outcome);
  gtk_box_append (GTK_BOX (head), remark);
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (lines), head);
  gtk_box_append (GTK_BOX (lines), make_inscription ());
  gtk_widget_add_css_class (gtk_widget_get_last_child (lines), "dim-label");
  gtk_box_append (GTK_BOX (box), make_tick (cells));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_widget_set_hexpand (lines, TRUE);

  return box;
}

static char *
join_cells (const CrmImportPreviewRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < row->n_cells; i++)
    if (*row->cells[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", row->cells[i]);
  g_strdelimit (text->str, "\r\n\t", ' ');

  return g_string_free (text, FALSE);
}

static void
show_compact (Cells *cells, GtkWidget *box, const CrmImportPreviewRow *row)
{
  GtkWidget *lines = gtk_widget_get_last_child (box);
  GtkWidget *head = gtk_widget_get_first_child (lines);
  GtkWidget *outcome = gtk_widget_get_first_child (head);
  g_autofree char *number = crm_number_format (row->line, 0, 0);
  g_autofree char *line = g_strdup_printf (_ ("Line %s"), number);
  g_autofree char *text = join_cells (row);
  g_autofree char *remark = crm_import_preview_words_describe (row);

  name_row (lines, row);
  show_tick (cells, gtk_widget_get_first_child (box), row);
  show_outcome (outcome, row);
  show_text (gtk_widget_get_next_sibling (outcome), remark);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (head)), line);
  show_text (gtk_widget_get_last_child (lines), text);
}

/* Binding */

static void
show_row (Cells *cells, GtkWidget *widget, const CrmImportPreviewRow *row)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (widget, row != NULL);
  if (row == NULL)
    return;
  if (cells->compact)
    {
      show_compact (cells, widget, row);
      return;
    }

  switch (cells->column)
    {
    case CRM_IMPORT_CELL_TICK:
      show_tick (cells, widget, row);
      break;

    case CRM_IMPORT_CELL_LINE:
      text = crm_number_format (row->line, 0, 0);
      show_text (widget, text);
      break;

    case CRM_IMPORT_CELL_OUTCOME:
      show_outcome (widget, row);
      name_row (widget, row);
      break;

    case CRM_IMPORT_CELL_REMARK:
      text = crm_import_preview_words_describe (row);
      show_text (widget, text);
      break;

    default:
      show_cell (cells, widget, row);
      break;
    }
}

static void
item_changed_cb (CrmImportPreviewItem *item, GtkWidget *widget)
{
  Cells *cells = g_object_get_data (G_OBJECT (widget), "crm-cells");

  show_row (cells, widget, crm_import_preview_item_get_row (item));
}

static GtkWidget *
get_tick (GtkWidget *widget)
{
  if (GTK_IS_CHECK_BUTTON (widget))
    return widget;
  if (gtk_widget_get_first_child (widget) != NULL &&
      GTK_IS_CHECK_BUTTON (gtk_widget_get_first_child (widget)))
    return gtk_widget_get_first_child (widget);

  return NULL;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Cells *cells)
{
  GtkWidget *widget;

  if (cells->compact)
    widget = make_compact (cells);
  else if (cells->column == CRM_IMPORT_CELL_TICK)
    widget = make_tick (cells);
  else if (cells->column == CRM_IMPORT_CELL_OUTCOME)
    widget = make_outcome ();
  else
    widget = make_inscription ();

  if (cells->column == CRM_IMPORT_CELL_LINE)
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (widget), 1);
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (widget), 4);
      gtk_widget_add_css_class (widget, "dim-label");
      gtk_widget_add_css_class (widget, "numeric");
    }
  g_object_set_data (G_OBJECT (widget), "crm-cells", cells);
  gtk_list_item_set_child (list_item, widget);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Cells *cells)
{
  CrmImportPreviewItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *widget = gtk_list_item_get_child (list_item);
  GtkWidget *tick = get_tick (widget);

  if (tick != NULL)
    g_object_set_qdata (G_OBJECT (tick), item_quark (), item);
  g_signal_connect (item, "changed", G_CALLBACK (item_changed_cb), widget);
  show_row (cells, widget, crm_import_preview_item_get_row (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Cells *cells)
{
  GtkWidget *widget = gtk_list_item_get_child (list_item);
  GtkWidget *tick = get_tick (widget);

  if (tick != NULL)
    g_object_set_qdata (G_OBJECT (tick), item_quark (), NULL);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), item_changed_cb,
                                        widget);
}

static GtkListItemFactory *
make_factory (Cells *cells)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), cells, cells_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), cells);

  return factory;
}

/* Public API */

GtkListItemFactory *
crm_import_preview_cells_new (CrmImportSetup *setup,
                              int column,
                              CrmImportTickFunc func,
                              gpointer data)
{
  Cells *cells;

  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (setup), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  cells = g_new0 (Cells, 1);
  cells->setup = g_object_ref (setup);
  cells->column = column;
  cells->func = func;
  cells->data = data;

  return make_factory (cells);
}

GtkListItemFactory *
crm_import_preview_cells_new_compact (CrmImportSetup *setup, CrmImportTickFunc func, gpointer data)
{
  Cells *cells;

  g_return_val_if_fail (CRM_IS_IMPORT_SETUP (setup), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  cells = g_new0 (Cells, 1);
  cells->setup = g_object_ref (setup);
  cells->compact = TRUE;
  cells->func = func;
  cells->data = data;

  return make_factory (cells);
}
