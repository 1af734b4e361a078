/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-trash-cells.h"

#include <glib/gi18n.h>

#include "crm-row-icon.h"

/* Of a factory */
typedef struct
{
  CrmStore *store;
  CrmTrashColumn column;
  gboolean compact;
} Cells;

static GQuark
row_quark (void)
{
  return g_quark_from_static_string ("crm-trash-row");
}

static void
cells_free (gpointer data, GClosure *closure)
{
  Cells *cells = data;

  g_object_unref (cells->store);
  g_free (cells);
}

/* Text */

static char *
describe_time (const Cells *cells, const CrmTrashEntry *entry)
{
  if (entry->deleted_at == 0)
    return g_strdup ("");

  return crm_moment_format_relative (entry->deleted_at, crm_store_get_now (cells->store),
                                     crm_store_get_locale (cells->store)->zone);
}

static char *
get_text (const Cells *cells, CrmTrashColumn column, const CrmTrashEntry *entry)
{
  switch (column)
    {
    case CRM_TRASH_COLUMN_TYPE:
      return g_strdup (entry->type->label);

    case CRM_TRASH_COLUMN_DELETED:
      return describe_time (cells, entry);

    case CRM_TRASH_COLUMN_BY:
      return g_strdup (entry->deleted_by_label != NULL ? entry->deleted_by_label : "");

    case CRM_TRASH_COLUMN_WHY:
      return crm_trash_cell_describe_reason (entry);

    case CRM_TRASH_COLUMN_LINKED:
      return g_strdup (entry->linked_to != NULL ? entry->linked_to : "");

    case CRM_TRASH_COLUMN_NAME:
    default:
      return g_strdup (entry->label);
    }
}

/* "Person · Yesterday · Merged into Acme"; that it was deleted says the place */
static char *
get_second_line (const Cells *cells, const CrmTrashEntry *entry)
{
  g_autofree char *time = describe_time (cells, entry);
  GString *text = g_string_new (entry->type->label);

  if (*time != '\0')
    g_string_append_printf (text, " · %s", time);
  if (entry->reason != CRM_TRASH_DELETED)
    {
      g_autofree char *reason = crm_trash_cell_describe_reason (entry);

      g_string_append_printf (text, " · %s", reason);
    }

  return g_string_free (text, FALSE);
}

static void
show (GtkWidget *inscription, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inscription), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

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

static GtkWidget *
make_icon (void)
{
  GtkWidget *icon = gtk_image_new ();

  /* The type is told in words, too */
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (icon, "dim-label");

  return icon;
}

/* Binding */

/* The row is GTK's own, and has no name but this */
static void
name_row (GtkWidget *row, const char *label)
{
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_naming (const Cells *cells, GtkWidget *widget, const CrmTrashEntry *entry)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *text = gtk_widget_get_last_child (widget);
  const char *icon = entry != NULL ? entry->type->icon : NULL;
  const char *label = entry != NULL ? entry->label : "";

  crm_row_icon_set (GTK_IMAGE (gtk_widget_get_first_child (widget)),
                    icon != NULL ? icon : "crm-type-symbolic");
  if (!cells->compact)
    {
      show (text, label);
      parent = parent != NULL ? gtk_widget_get_parent (parent) : NULL;
    }
  else
    {
      g_autofree char *second = entry != NULL ? get_second_line (cells, entry) : g_strdup ("");

      show (gtk_widget_get_first_child (text), label);
      show (gtk_widget_get_last_child (text), second);
    }
  name_row (parent, label);
}

static void
update (GtkWidget *widget)
{
  const Cells *cells = g_object_get_data (G_OBJECT (widget), "crm-cells");
  CrmTrashRow *row = g_object_get_qdata (G_OBJECT (widget), row_quark ());
  const CrmTrashEntry *entry = row != NULL ? crm_trash_row_get_entry (row) : NULL;

  if (cells->compact || cells->column == CRM_TRASH_COLUMN_NAME)
    {
      update_naming (cells, widget, entry);
    }
  else
    {
      g_autofree char *text = entry != NULL ? get_text (cells, cells->column, entry)
                                            : g_strdup ("");

      show (widget, text);
      /* More than a line: told in full where the pointer rests */
      if (cells->column == CRM_TRASH_COLUMN_LINKED)
        gtk_widget_set_tooltip_text (widget, *text != '\0' ? text : NULL);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget *child;

  if (cells->compact)
    {
      GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget *second = make_inscription ();

      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      gtk_box_append (GTK_BOX (child), make_icon ());
      gtk_box_append (GTK_BOX (lines), make_inscription ());
      gtk_box_append (GTK_BOX (lines), second);
      gtk_widget_add_css_class (second, "caption");
      gtk_widget_add_css_class (second, "dim-label");
      gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (child), lines);
      gtk_widget_add_css_class (child, "crm-compact-row");
    }
  else if (cells->column == CRM_TRASH_COLUMN_NAME)
    {
      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      gtk_box_append (GTK_BOX (child), make_icon ());
      gtk_box_append (GTK_BOX (child), make_inscription ());
    }
  else
    {
      child = make_inscription ();
    }

  g_object_set_data (G_OBJECT (child), "crm-cells", cells);
  gtk_list_item_set_child (item, child);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  CrmTrashRow *row = gtk_list_item_get_item (item);

  g_object_set_qdata (G_OBJECT (child), row_quark (), row);
  g_signal_connect_object (row, "notify::entry", G_CALLBACK (update), child, G_CONNECT_SWAPPED);
  update (child);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Cells *cells)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), update, child);
  g_object_set_qdata (G_OBJECT (child), row_quark (), NULL);
}

static GtkListItemFactory *
factory_new (CrmStore *store, CrmTrashColumn column, gboolean compact)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cells *cells = g_new0 (Cells, 1);

  cells->store = g_object_ref (store);
  cells->column = column;
  cells->compact = compact;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), cells, cells_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cells);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), cells);

  return factory;
}

/* Public API */

char *
crm_trash_cell_describe_reason (const CrmTrashEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  switch (entry->reason)
    {
    case CRM_TRASH_MERGED:
      return g_strdup_printf (_ ("Merged into %s"), entry->merged_into_label);

    case CRM_TRASH_UNDONE:
      return g_strdup (entry->was_imported ? _ ("Import undone") : _ ("Undone"));

    case CRM_TRASH_DELETED:
    default:
      return g_strdup (_ ("Deleted"));
    }
}

GtkListItemFactory *
crm_trash_cell_factory_new (CrmStore *store, CrmTrashColumn column)
{
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  return factory_new (store, column, FALSE);
}

GtkListItemFactory *
crm_trash_compact_factory_new (CrmStore *store)
{
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  return factory_new (store, CRM_TRASH_COLUMN_NAME, TRUE);
}
