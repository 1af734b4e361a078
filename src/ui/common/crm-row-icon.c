/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-row-icon.h"

#define ICON_SIZE 16 /* logical pixels, what GtkImage takes when it is told nothing else */

/* From a name, a scale and a direction to the paintable */
static GHashTable *
get_icons (GtkIconTheme *theme)
{
  static const char *const key = "crm-row-icons";
  GHashTable *icons = g_object_get_data (G_OBJECT (theme), key);

  if (icons == NULL)
    {
      icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_object_set_data_full (G_OBJECT (theme), key, icons, (GDestroyNotify) g_hash_table_unref);
      g_signal_connect_data (theme, "changed", G_CALLBACK (g_hash_table_remove_all),
                             g_hash_table_ref (icons), (GClosureNotify) g_hash_table_unref,
                             G_CONNECT_SWAPPED);
    }

  return icons;
}

static GdkPaintable *
get_paintable (GtkWidget *widget, const char *icon_name)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  GHashTable *icons = get_icons (theme);
  int scale = gtk_widget_get_scale_factor (widget);
  GtkTextDirection direction = gtk_widget_get_direction (widget);
  g_autofree char *key = g_strdup_printf ("%s %d %d", icon_name, scale, (int) direction);
  GdkPaintable *paintable = g_hash_table_lookup (icons, key);

  if (paintable == NULL)
    {
      paintable = GDK_PAINTABLE (
          gtk_icon_theme_lookup_icon (theme, icon_name, NULL, ICON_SIZE, scale, direction, 0));
      g_hash_table_insert (icons, g_steal_pointer (&key), paintable);
    }

  return paintable;
}

void
crm_row_icon_set (GtkImage *image, const char *icon_name)
{
  g_return_if_fail (GTK_IS_IMAGE (image));

  gtk_image_set_from_paintable (image, icon_name != NULL
                                           ? get_paintable (GTK_WIDGET (image), icon_name)
                                           : NULL);
}
