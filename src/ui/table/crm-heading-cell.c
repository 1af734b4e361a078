/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-heading-cell.h"

#include <adwaita.h>

#include "crm-number.h"
#include "crm-words.h"

#define INDENT 18

static GQuark
arrow_quark (void)
{
  return g_quark_from_static_string ("crm-heading-arrow");
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

static GtkWidget *
require_arrow (GtkWidget *box, GtkInscription *text)
{
  GtkWidget *arrow = g_object_get_qdata (G_OBJECT (box), arrow_quark ());
  GtkWidget *before = GTK_WIDGET (text);

  if (arrow != NULL)
    return arrow;

  while (gtk_widget_get_parent (before) != box)
    before = gtk_widget_get_parent (before);
  arrow = gtk_image_new ();
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (arrow, GTK_ALIGN_CENTER);
  gtk_widget_insert_before (arrow, box, before);
  g_object_set_qdata (G_OBJECT (box), arrow_quark (), arrow);

  return arrow;
}

static void
show_avatar (GtkWidget *box, gboolean visible)
{
  GtkWidget *avatar = gtk_widget_get_first_child (box);

  if (ADW_IS_AVATAR (avatar))
    gtk_widget_set_visible (avatar, visible);
}

static void
take_back (GtkWidget *box, GtkWidget *row)
{
  GtkWidget *arrow = g_object_get_qdata (G_OBJECT (box), arrow_quark ());

  if (arrow == NULL || !gtk_widget_get_visible (arrow))
    return;

  gtk_widget_set_visible (arrow, FALSE);
  show_avatar (box, TRUE);
  if (row != NULL)
    {
      gtk_widget_remove_css_class (row, "crm-heading");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED);
    }
}

void
crm_heading_cell_show (GtkWidget *box,
                       GtkInscription *text,
                       GtkWidget *row,
                       const CrmHeading *heading,
                       const CrmRecordType *type)
{
  g_autofree char *number = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *name = NULL;
  gboolean rtl = gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL;
  GtkWidget *arrow;

  g_return_if_fail (GTK_IS_WIDGET (box));
  g_return_if_fail (GTK_IS_INSCRIPTION (text));

  if (heading == NULL)
    {
      take_back (box, row);
      return;
    }

  arrow = require_arrow (box, text);
  number = crm_number_format (heading->n_records, 0, 0);
  markup = g_markup_printf_escaped ("<b>%s</b>  <span alpha=\"60%%\">%s</span>", heading->label,
                                    number);
  name = crm_heading_make_name (heading, type);
  gtk_image_set_from_icon_name (GTK_IMAGE (arrow), heading->expanded ? "pan-down-symbolic"
                                                   : rtl             ? "pan-start-symbolic"
                                                                     : "pan-end-symbolic");
  gtk_widget_set_margin_start (arrow, heading->level > 0 ? INDENT : 0);
  gtk_widget_set_visible (arrow, TRUE);
  show_avatar (box, FALSE);
  gtk_inscription_set_markup (text, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (row != NULL)
    {
      gtk_widget_add_css_class (row, "crm-heading");
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED,
                                   (int) heading->expanded, -1);
    }
}
