/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-overflow-box.h"

#define SPACING 6

struct _CrmOverflowBox
{
  GtkWidget parent_instance;
};

static void crm_overflow_box_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmOverflowBox,
                               crm_overflow_box,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      crm_overflow_box_buildable_init))

static void
crm_overflow_box_add_child (GtkBuildable *buildable,
                            GtkBuilder *builder,
                            GObject *child,
                            const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
crm_overflow_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = crm_overflow_box_add_child;
}

static void
measure_height (GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;
      int child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &child_minimum, &child_natural, NULL,
                          NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  gboolean is_first = TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &child_natural, NULL, NULL);
      if (is_first)
        *minimum = child_natural;
      *natural += child_natural + (is_first ? 0 : SPACING);
      is_first = FALSE;
    }
}

static void
crm_overflow_box_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    measure_height (widget, minimum, natural);
  else
    measure_width (widget, minimum, natural);
}

static void
crm_overflow_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean is_full = FALSE;
  int x = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation allocation = { 0, 0, 0, height };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &allocation.width, NULL,
                          NULL);
      /* Nothing comes after what has no room, however small: the order is that of importance */
      is_full = is_full || x + allocation.width > width;
      gtk_widget_set_child_visible (child, !is_full);
      if (is_full)
        continue;
      allocation.x = is_rtl ? width - x - allocation.width : x;
      gtk_widget_size_allocate (child, &allocation, baseline);
      x += allocation.width + SPACING;
    }
}

static void
crm_overflow_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (crm_overflow_box_parent_class)->dispose (object);
}

static void
crm_overflow_box_class_init (CrmOverflowBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_overflow_box_dispose;

  widget_class->measure = crm_overflow_box_measure;
  widget_class->size_allocate = crm_overflow_box_size_allocate;
}

static void
crm_overflow_box_init (CrmOverflowBox *self)
{
}
