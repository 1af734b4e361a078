/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-heading-cell.h"

#include "crm-number.h"
#include "crm-row-icon.h"
#include "crm-words.h"

#define INDENT 18
#define SPACING 9

typedef enum
{
  PART_ARROW,
  PART_TITLE,
  PART_COUNT,
  PART_TOTAL, /* hidden where a column tells it */
  N_PARTS,
} Part;

/* What stands in for a record */
static GQuark
title_quark (void)
{
  return g_quark_from_static_string ("crm-heading-title");
}

char *
crm_heading_make_name (const CrmHeading *heading, const CrmRecordType *type)
{
  g_autofree char *count = NULL;

  g_return_val_if_fail (heading != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);

  count = crm_words_get_count (type, heading->n_records);
  return g_strjoin (", ", heading->label, count, heading->total, NULL);
}

/* How far the title may go */

static gboolean
shows_something (GtkWidget *cell)
{
  GtkWidget *child = gtk_widget_get_first_child (cell);
  const char *text = GTK_IS_INSCRIPTION (child) ? gtk_inscription_get_text (GTK_INSCRIPTION (child))
                                                : NULL;

  return text != NULL && *text != '\0';
}

/* Where the column of a cell begins and ends, as seen from the titles of the columns. Those have their places before the
 * cells of the same frame do. */
static gboolean
find_column (GtkWidget *table, guint position, graphene_rect_t *bounds)
{
  GtkWidget *header = gtk_widget_get_first_child (table);
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  while (title != NULL && position-- > 0)
    title = gtk_widget_get_next_sibling (title);

  return title != NULL && gtk_widget_compute_bounds (title, header, bounds);
}

/* What is free for a title whose own cell leaves it @width */
static int
find_room (GtkWidget *title, int width)
{
  GtkWidget *cell = gtk_widget_get_parent (gtk_widget_get_parent (title));
  GtkWidget *table = gtk_widget_get_ancestor (title, GTK_TYPE_COLUMN_VIEW);
  gboolean rtl = gtk_widget_get_direction (title) == GTK_TEXT_DIR_RTL;
  graphene_rect_t own, last;
  guint n = 1;

  if (table == NULL || !find_column (table, 0, &own))
    return width;

  for (GtkWidget *other = gtk_widget_get_next_sibling (cell);
       other != NULL && !shows_something (other); other = gtk_widget_get_next_sibling (other))
    n++;
  if (n == 1 || !find_column (table, n - 1, &last))
    return width;

  return width + (int) (rtl ? own.origin.x - last.origin.x
                            : last.origin.x + last.size.width - own.origin.x - own.size.width);
}

static void
get_parts (GtkWidget *line, GtkWidget **parts)
{
  GtkWidget *child = gtk_widget_get_first_child (line);

  for (guint i = 0; i < N_PARTS; i++, child = gtk_widget_get_next_sibling (child))
    parts[i] = child;
}

/* The line: no wider than its cell for who asks, and as wide as there is room. As high as a digit at least: not every
 * script is, and no row is to be higher for that. */

static void
measure_line (GtkWidget *line,
              GtkOrientation orientation,
              int for_size,
              int *minimum,
              int *natural,
              int *minimum_baseline,
              int *natural_baseline)
{
  GtkWidget *parts[N_PARTS];

  get_parts (line, parts);
  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (parts[PART_COUNT], orientation, -1, minimum, natural, NULL, NULL);
}

static void
place (GtkWidget *part, int x, int width, int height)
{
  int own;

  gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, -1, &own, NULL, NULL, NULL);
  own = MAX (own, height);
  gtk_widget_size_allocate (part, &(GtkAllocation){ x, (height - own) / 2, width, own }, -1);
}

static int
get_natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
allocate_line (GtkWidget *line, int width, int height, int baseline)
{
  gboolean rtl = gtk_widget_get_direction (line) == GTK_TEXT_DIR_RTL;
  int room = find_room (line, width);
  GtkWidget *parts[N_PARTS];
  int widths[N_PARTS] = { 0 };
  int starts[N_PARTS] = { 0 };
  int needed = 0;

  get_parts (line, parts);
  for (guint i = 0; i < N_PARTS; i++)
    if (gtk_widget_get_visible (parts[i]))
      {
        widths[i] = get_natural_width (parts[i]);
        needed += widths[i] + (i > 0 ? SPACING : 0);
      }

  /* The title gives way: how many there are is told whatever they are called */
  widths[PART_TITLE] = MAX (widths[PART_TITLE] - MAX (needed - room, 0), 0);
  for (guint i = 1; i < PART_TOTAL; i++)
    starts[i] = starts[i - 1] + widths[i - 1] + SPACING;
  starts[PART_TOTAL] = room - widths[PART_TOTAL];
  for (guint i = 0; i < N_PARTS; i++)
    if (gtk_widget_get_visible (parts[i]))
      place (parts[i], rtl ? width - starts[i] - widths[i] : starts[i], widths[i], height);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_line (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *parts[N_PARTS] = {
    [PART_ARROW] = gtk_image_new (),
    [PART_TITLE] = make_label ("crm-title"),
    [PART_COUNT] = make_label ("dim-label"),
    [PART_TOTAL] = make_label ("numeric"),
  };

  gtk_widget_set_layout_manager (line, gtk_custom_layout_new (NULL, measure_line, allocate_line));
  gtk_widget_set_hexpand (line, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (parts[PART_TITLE]), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (parts[PART_TITLE]), 0);
  for (guint i = 0; i < N_PARTS; i++)
    {
      /* The title says it all to those who do not see it */
      if (i != PART_TITLE)
        gtk_accessible_update_state (GTK_ACCESSIBLE (parts[i]), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                                     -1);
      gtk_box_append (GTK_BOX (line), parts[i]);
    }

  return line;
}

/* In place of a record */

static GtkWidget *
require_line (GtkWidget *box)
{
  GtkWidget *line = g_object_get_qdata (G_OBJECT (box), title_quark ());

  if (line != NULL)
    return line;

  /* The avatar stays the first and the text the last */
  line = make_line ();
  gtk_widget_set_visible (line, FALSE);
  gtk_widget_insert_before (line, box, gtk_widget_get_last_child (box));
  g_object_set_qdata (G_OBJECT (box), title_quark (), line);

  return line;
}

/* All rows have one height */
static void
take_height (GtkWidget *box, GtkWidget *line)
{
  int height;

  if (gtk_widget_get_visible (line))
    return;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_widget_set_size_request (line, -1, height);
}

/* @line alone, or all the others */
static void
show_only (GtkWidget *box, GtkWidget *line, gboolean alone)
{
  GtkWidget *cell = gtk_widget_get_parent (box);

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, (child == line) == alone);
  if (cell != NULL)
    gtk_widget_set_overflow (cell, alone ? GTK_OVERFLOW_VISIBLE : GTK_OVERFLOW_HIDDEN);
}

static void
take_back (GtkWidget *box, GtkWidget *row)
{
  GtkWidget *line = g_object_get_qdata (G_OBJECT (box), title_quark ());

  if (line == NULL || !gtk_widget_get_visible (line))
    return;

  show_only (box, line, FALSE);
  if (row != NULL)
    {
      gtk_widget_remove_css_class (row, "crm-heading");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED);
    }
}

static void
write_line (GtkWidget *line, const CrmHeading *heading, const char *name, gboolean with_total)
{
  gboolean rtl = gtk_widget_get_direction (line) == GTK_TEXT_DIR_RTL;
  g_autofree char *number = crm_number_format (heading->n_records, 0, 0);
  GtkWidget *parts[N_PARTS];

  get_parts (line, parts);
  crm_row_icon_set (GTK_IMAGE (parts[PART_ARROW]), heading->expanded ? "pan-down-symbolic"
                                                   : rtl             ? "pan-start-symbolic"
                                                                     : "pan-end-symbolic");
  gtk_widget_set_margin_start (parts[PART_ARROW], heading->level > 0 ? INDENT : 0);
  gtk_label_set_label (GTK_LABEL (parts[PART_TITLE]), heading->label);
  gtk_widget_set_tooltip_text (parts[PART_TITLE], heading->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts[PART_TITLE]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_label_set_label (GTK_LABEL (parts[PART_COUNT]), number);
  gtk_label_set_label (GTK_LABEL (parts[PART_TOTAL]), heading->total != NULL ? heading->total : "");
  gtk_widget_set_visible (parts[PART_TOTAL], with_total && heading->total != NULL);
  /* It may be longer now, with as much room asked for as before */
  gtk_widget_queue_allocate (line);
}

/* Public API */

void
crm_heading_cell_show (GtkWidget *box,
                       GtkWidget *row,
                       const CrmHeading *heading,
                       const CrmRecordType *type,
                       gboolean with_total)
{
  g_autofree char *name = NULL;
  GtkWidget *line;

  g_return_if_fail (GTK_IS_WIDGET (box));

  if (heading == NULL)
    {
      take_back (box, row);
      return;
    }

  line = require_line (box);
  take_height (box, line);
  name = crm_heading_make_name (heading, type);
  write_line (line, heading, name, with_total);
  show_only (box, line, TRUE);
  if (row != NULL)
    {
      gtk_widget_add_css_class (row, "crm-heading");
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED,
                                   (int) heading->expanded, -1);
    }
}

void
crm_heading_cells_update (GtkWidget *rows)
{
  g_return_if_fail (GTK_IS_WIDGET (rows));

  for (GtkWidget *row = gtk_widget_get_first_child (rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *cell = gtk_widget_has_css_class (row, "crm-heading")
                            ? gtk_widget_get_first_child (row)
                            : NULL;
      GtkWidget *box = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;
      GtkWidget *line = box != NULL ? g_object_get_qdata (G_OBJECT (box), title_quark ()) : NULL;

      if (line != NULL)
        gtk_widget_queue_allocate (line);
    }
}
