/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-record-writer.h"

#include <string.h>

static gboolean
needs_quotes (const char *cell)
{
  gsize size = strlen (cell);

  if (strpbrk (cell, ",\"\r\n") != NULL)
    return TRUE;

  /* Readers, ours too, may take blanks at the edge of a bare cell for layout. */
  return size > 0 && (g_ascii_isspace (cell[0]) || g_ascii_isspace (cell[size - 1]));
}

void
crm_csv_append_row (GString *out, const char *const *cells, guint n_cells)
{
  guint i;

  g_return_if_fail (out != NULL);
  g_return_if_fail (cells != NULL || n_cells == 0);

  for (i = 0; i < n_cells; i++)
    {
      const char *cell = cells[i] != NULL ? cells[i] : "";

      if (i > 0)
        g_string_append_c (out, ',');

      if (needs_quotes (cell))
        {
          const char *quote;

          g_string_append_c (out, '"');
          while ((quote = strchr (cell, '"')) != NULL)
            {
              g_string_append_len (out, cell, quote - cell + 1);
              g_string_append_c (out, '"');
              cell = quote + 1;
            }
          g_string_append (out, cell);
          g_string_append_c (out, '"');
        }
      else
        {
          g_string_append (out, cell);
        }
    }

  g_string_append_c (out, '\n');
}
