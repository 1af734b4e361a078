/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-totals-bar.h"

/* Between a word and its value */
#define SPACING 4
#define MAX_WIDTH 4096

struct _CrmTotalsBar
{
  GtkWidget parent_instance;

  GtkColumnView *view; /* not held: it is beside us */
  GPtrArray *cells; /* of GtkMenuButton, by column */
};

G_DEFINE_FINAL_TYPE (CrmTotalsBar, crm_totals_bar, GTK_TYPE_WIDGET)

/* Where the titles of the columns are */

/* The first child of a column view is its header, whose children are the titles in order */
static GtkWidget *
get_title (CrmTotalsBar *self, guint index)
{
  GtkWidget *header = self->view != NULL ? gtk_widget_get_first_child (GTK_WIDGET (self->view))
                                         : NULL;
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title != NULL && i < index; i++)
    title = gtk_widget_get_next_sibling (title);

  return title;
}

static gboolean
find_place (CrmTotalsBar *self, guint index, int *x, int *width)
{
  GtkWidget *title = get_title (self, index);
  graphene_rect_t bounds;

  if (title == NULL || !gtk_widget_get_mapped (title) ||
      !gtk_widget_compute_bounds (title, GTK_WIDGET (self), &bounds))
    return FALSE;

  *x = (int) bounds.origin.x;
  *width = (int) bounds.size.width;

  return *width > 0;
}

/* GtkWidget */

static void
crm_totals_bar_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  CrmTotalsBar *self = CRM_TOTALS_BAR (widget);

  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;
  for (guint i = 0; orientation == GTK_ORIENTATION_VERTICAL && i < self->cells->len; i++)
    {
      int child_minimum, child_natural;

      gtk_widget_measure (g_ptr_array_index (self->cells, i), orientation, -1, &child_minimum,
                          &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
crm_totals_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrmTotalsBar *self = CRM_TOTALS_BAR (widget);

  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      gboolean placed;
      int minimum;
      int x = 0;
      int cell_width = 0;

      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      placed = find_place (self, i, &x, &cell_width);
      gtk_widget_set_child_visible (cell, placed && x < width && x + cell_width > 0);
      gtk_widget_size_allocate (cell, &(GtkAllocation){ x, 0, MAX (cell_width, minimum), height },
                                baseline);
    }
}

/* GObject */

static void
crm_totals_bar_dispose (GObject *object)
{
  crm_totals_bar_clear (CRM_TOTALS_BAR (object));

  G_OBJECT_CLASS (crm_totals_bar_parent_class)->dispose (object);
}

static void
crm_totals_bar_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_TOTALS_BAR (object)->cells);

  G_OBJECT_CLASS (crm_totals_bar_parent_class)->finalize (object);
}

static void
crm_totals_bar_class_init (CrmTotalsBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_totals_bar_dispose;
  object_class->finalize = crm_totals_bar_finalize;

  widget_class->measure = crm_totals_bar_measure;
  widget_class->size_allocate = crm_totals_bar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "totals");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
crm_totals_bar_init (CrmTotalsBar *self)
{
  self->cells = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* A word and a value in a cell */

static int
get_natural_width (GtkWidget *label)
{
  int natural;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
measure_cell (GtkWidget *cell,
              GtkOrientation orientation,
              int for_size,
              int *minimum,
              int *natural,
              int *minimum_baseline,
              int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_last_child (cell), orientation, -1, minimum, natural, NULL,
                      NULL);
  /* Who asks for all gets all: a button puts less into its middle */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, MAX_WIDTH);
  *minimum_baseline = -1;
  *natural_baseline = -1;
}

static void
allocate_cell (GtkWidget *cell, int width, int height, int baseline)
{
  GtkWidget *word = gtk_widget_get_first_child (cell);
  GtkWidget *value = gtk_widget_get_last_child (cell);
  gboolean at_end = g_object_get_data (G_OBJECT (cell), "crm-at-end") != NULL;
  gboolean rtl = gtk_widget_get_direction (cell) == GTK_TEXT_DIR_RTL;
  int word_width = get_natural_width (word);
  int value_width = MIN (get_natural_width (value), width);
  gboolean fits = word_width + SPACING + value_width <= width;
  int used = value_width + (fits ? word_width + SPACING : 0);
  int x = at_end != rtl ? width - used : 0;

  gtk_widget_set_child_visible (word, fits);
  gtk_widget_size_allocate (
      word, &(GtkAllocation){ rtl ? x + value_width + SPACING : x, 0, word_width, height }, -1);
  gtk_widget_size_allocate (value,
                            &(GtkAllocation){ x + (fits && !rtl ? word_width + SPACING : 0), 0,
                                              value_width, height },
                            -1);
}

/* Public API */

static void
columns_changed_cb (CrmTotalsBar *self,
                    guint position,
                    guint removed,
                    guint added,
                    GListModel *model)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i);

      g_signal_handlers_disconnect_by_func (column, gtk_widget_queue_allocate, self);
      g_signal_connect_object (column, "notify::fixed-width",
                               G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
adjustment_changed_cb (CrmTotalsBar *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));

  if (adjustment == NULL)
    return;

  g_signal_handlers_disconnect_by_func (adjustment, gtk_widget_queue_allocate, self);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_allocate),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
}

void
crm_totals_bar_set_view (CrmTotalsBar *self, GtkColumnView *view)
{
  GListModel *columns;

  g_return_if_fail (CRM_IS_TOTALS_BAR (self));
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (self->view == NULL);

  g_set_weak_pointer (&self->view, view);
  columns = gtk_column_view_get_columns (view);
  g_signal_connect_object (columns, "items-changed", G_CALLBACK (columns_changed_cb), self,
                           G_CONNECT_SWAPPED);
  columns_changed_cb (self, 0, 0, g_list_model_get_n_items (columns), columns);
  g_signal_connect_object (view, "notify::hadjustment", G_CALLBACK (adjustment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adjustment_changed_cb (self);
}

void
crm_totals_bar_clear (CrmTotalsBar *self)
{
  g_return_if_fail (CRM_IS_TOTALS_BAR (self));

  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
}

static GtkWidget *
make_label (GtkWidget *cell)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (cell), label);

  return label;
}

void
crm_totals_bar_add (CrmTotalsBar *self, GMenuModel *menu, gboolean at_end)
{
  GtkWidget *button;
  GtkWidget *cell;

  g_return_if_fail (CRM_IS_TOTALS_BAR (self));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (cell, gtk_custom_layout_new (NULL, measure_cell, allocate_cell));
  gtk_widget_set_halign (cell, GTK_ALIGN_FILL);
  gtk_widget_set_hexpand (cell, TRUE);
  g_object_set_data (G_OBJECT (cell), "crm-at-end", GINT_TO_POINTER (at_end));
  gtk_widget_add_css_class (make_label (cell), "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (make_label (cell)), PANGO_ELLIPSIZE_END);

  button = gtk_menu_button_new ();
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), cell);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "crm-total");
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_ptr_array_add (self->cells, button);
}

void
crm_totals_bar_set_text (CrmTotalsBar *self,
                         guint index,
                         const char *word,
                         const char *value,
                         const char *name)
{
  GtkWidget *button;
  GtkWidget *cell;

  g_return_if_fail (CRM_IS_TOTALS_BAR (self));
  g_return_if_fail (index < self->cells->len);
  g_return_if_fail (word != NULL && value != NULL && name != NULL);

  button = g_ptr_array_index (self->cells, index);
  cell = gtk_menu_button_get_child (GTK_MENU_BUTTON (button));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (cell)), word);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (cell)), value);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
