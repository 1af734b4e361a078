/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-titles-private.h"

#include <glib/gi18n.h>

/* What stands in row @row of the titles over column @column: its own title, or that of merged cells
 * which begin to the left */
static const char *
get_title_part (GPtrArray *rows, guint row, guint column)
{
  gboolean filled_below = FALSE;
  guint i;

  for (i = row + 1; i < rows->len; i++)
    {
      GPtrArray *below = g_ptr_array_index (rows, i);

      filled_below = filled_below || (column < below->len &&
                                      *(const char *) g_ptr_array_index (below, column) != '\0');
    }

  for (i = column + 1; i > 0; i--)
    {
      GPtrArray *titles = g_ptr_array_index (rows, row);
      const char *title = i <= titles->len ? g_ptr_array_index (titles, i - 1) : "";

      if (*title != '\0')
        return title;
      if (!filled_below)
        return NULL;
    }

  return NULL;
}

char *
crm_csv_make_title (GPtrArray *rows, guint column)
{
  g_autoptr (GString) title = g_string_new (NULL);
  const char *previous = NULL;
  guint i;

  for (i = 0; i < rows->len; i++)
    {
      const char *part = get_title_part (rows, i, column);

      if (part == NULL || g_strcmp0 (part, previous) == 0)
        continue;
      if (title->len > 0)
        g_string_append (title, " / ");
      g_string_append (title, part);
      previous = part;
    }
  g_strstrip (title->str);
  if (*title->str == '\0')
    return g_strdup_printf (_ ("Column %u"), column + 1);

  return g_string_free (g_steal_pointer (&title), FALSE);
}
