/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-writer.h"

#include <string.h>

/* What spreadsheets take for the start of a formula. Those of East Asia read the wide forms as well, and a line's end or
 * a tab goes as a cell is read, so that what is behind it comes first. */
static const char *const formula_starts[] = {
  "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20",
};

static gboolean
starts_formula (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (formula_starts); i++)
    if (g_str_has_prefix (text, formula_starts[i]))
      return TRUE;

  return FALSE;
}

/* Also one that has our "'" in front of it already: reading takes one away */
static gboolean
needs_guard (const char *text)
{
  return starts_formula (text + strspn (text, "'"));
}

static gboolean
is_harmless (const CrmField *field, const char *text)
{
  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_RATING:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      return TRUE;
    case CRM_KIND_PHONES:
      return text[strspn (text, "+0123456789;")] == '\0';
    default:
      return FALSE;
    }
}

char *
crm_csv_make_cell (const CrmField *field, const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  if (!needs_guard (text) || (field != NULL && is_harmless (field, text)))
    return g_strdup (text);

  return g_strconcat ("'", text, NULL);
}

const char *
crm_csv_unguard_cell (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return text[0] == '\'' && needs_guard (text) ? text + 1 : text;
}

static gboolean
needs_quotes (const char *cell, char delimiter)
{
  gsize size = strlen (cell);

  if (strchr (cell, delimiter) != NULL || strpbrk (cell, "\"\r\n") != NULL)
    return TRUE;

  /* Readers, ours too, may take blanks at the edge of a bare cell for layout. */
  return size > 0 && (g_ascii_isspace (cell[0]) || g_ascii_isspace (cell[size - 1]));
}

static void
append_quoted (GString *out, const char *cell)
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

void
crm_csv_append_row_as (GString *out,
                       const char *const *cells,
                       guint n_cells,
                       char delimiter,
                       gboolean quote_all)
{
  guint i;

  g_return_if_fail (out != NULL);
  g_return_if_fail (cells != NULL || n_cells == 0);
  g_return_if_fail (delimiter != '\0');

  for (i = 0; i < n_cells; i++)
    {
      const char *cell = cells[i] != NULL ? cells[i] : "";

      if (i > 0)
        g_string_append_c (out, delimiter);
      if (quote_all || needs_quotes (cell, delimiter))
        append_quoted (out, cell);
      else
        g_string_append (out, cell);
    }

  g_string_append_c (out, '\n');
}

void
crm_csv_append_row (GString *out, const char *const *cells, guint n_cells)
{
  crm_csv_append_row_as (out, cells, n_cells, ',', FALSE);
}
