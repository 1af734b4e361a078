/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-sheet-rows-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-error.h"
#include "crm-sheet-private.h"
#include "crm-text.h"

/* Shorter rows are filled up to the widest so far, for tables are; but not those of a sheet that
 * has something far out at the right. */
#define MAX_PADDED 256

#define MAX_ROW_SIZE (8 * 1024 * 1024)

#define NOTHING G_MAXSIZE

typedef struct
{
  gint64 last; /* row */
  char *text;
} Merged;

struct _CrmSheetRows
{
  CrmTableWriter *writer;
  CrmZip *zip;
  gint64 number;
  GString *text; /* of the row's cells, each with its end */
  GArray *starts; /* of gsize, into @text, by column */
  GArray *merged; /* of Merged, by column */
  GPtrArray *cells; /* of const char * */
  guint n_padded;
  gint64 size; /* of all that is written */
};

static void
clear_merged (gpointer data)
{
  Merged *merged = data;

  g_clear_pointer (&merged->text, g_free);
}

CrmSheetRows *
crm_sheet_rows_new (CrmTableWriter *writer, CrmZip *zip)
{
  CrmSheetRows *self = g_new0 (CrmSheetRows, 1);

  self->writer = writer;
  self->zip = zip;
  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->merged = g_array_new (FALSE, TRUE, sizeof (Merged));
  g_array_set_clear_func (self->merged, clear_merged);
  self->cells = g_ptr_array_new ();

  return self;
}

void
crm_sheet_rows_free (CrmSheetRows *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_array_unref (self->merged);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
crm_sheet_rows_begin (CrmSheetRows *self, gint64 number)
{
  self->number = number;
  g_string_truncate (self->text, 0);
  g_array_set_size (self->starts, 0);
}

void
crm_sheet_rows_add (CrmSheetRows *self, guint column, const char *text, gsize size)
{
  const gsize nothing = NOTHING;

  if (size == 0 || column >= CRM_SHEET_MAX_COLUMNS || self->text->len > MAX_ROW_SIZE)
    return;

  while (self->starts->len <= column)
    g_array_append_val (self->starts, nothing);
  g_array_index (self->starts, gsize, column) = self->text->len;
  g_string_append_len (self->text, text, (gssize) size);
  g_string_append_c (self->text, '\0');
}

void
crm_sheet_rows_merge (CrmSheetRows *self, guint column, gint64 last)
{
  Merged *merged;

  if (column >= self->starts->len || g_array_index (self->starts, gsize, column) == NOTHING)
    return;

  if (self->merged->len <= column)
    g_array_set_size (self->merged, column + 1);
  merged = &g_array_index (self->merged, Merged, column);
  g_free (merged->text);
  merged->text = g_strdup (self->text->str + g_array_index (self->starts, gsize, column));
  merged->last = last;
}

static const char *
get_merged (CrmSheetRows *self, guint column)
{
  const Merged *merged;

  if (column >= self->merged->len)
    return NULL;
  merged = &g_array_index (self->merged, Merged, column);

  return merged->text != NULL && merged->last >= self->number ? merged->text : NULL;
}

static void
collect_cells (CrmSheetRows *self)
{
  guint n_columns = MAX (self->starts->len, self->merged->len);
  guint n_cells = 0;
  guint i;

  g_ptr_array_set_size (self->cells, 0);
  for (i = 0; i < n_columns; i++)
    {
      gsize start = i < self->starts->len ? g_array_index (self->starts, gsize, i) : NOTHING;
      const char *text = start != NOTHING ? self->text->str + start : get_merged (self, i);

      g_ptr_array_add (self->cells, (gpointer) text);
      if (text != NULL)
        n_cells = i + 1;
    }

  self->n_padded = MAX (self->n_padded, MIN (n_cells, MAX_PADDED));
  n_cells = MAX (n_cells, self->n_padded);
  i = self->cells->len;
  g_ptr_array_set_size (self->cells, (int) n_cells);
  for (; i < n_cells; i++)
    self->cells->pdata[i] = NULL;
}

gboolean
crm_sheet_rows_end (CrmSheetRows *self, gint64 n_times, GError **error)
{
  if (self->text->len > MAX_ROW_SIZE)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("Row %" PRId64 " of “%s” is longer than a row can be; delete it in a "
                      "spreadsheet and try again."),
                   self->number, crm_zip_get_path (self->zip));
      return FALSE;
    }
  if (self->starts->len == 0)
    return TRUE;

  for (; n_times > 0 && self->number <= CRM_SHEET_MAX_ROWS; n_times--)
    {
      collect_cells (self);
      self->size += self->text->len + self->cells->len;
      if (!crm_zip_allows (self->zip, self->size, error) ||
          !crm_table_writer_add_row (self->writer, self->number,
                                     (const char *const *) self->cells->pdata, self->cells->len,
                                     error))
        return FALSE;
      self->number++;
    }

  return TRUE;
}

static char *
make_cell_name (CrmSheetRows *self, guint column)
{
  g_autoptr (GString) name = g_string_new (NULL);

  crm_sheet_append_column_name (name, column);
  g_string_append_printf (name, "%" PRId64, self->number);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

void
crm_sheet_rows_tell_error (CrmSheetRows *self, guint column, const char *shown)
{
  g_autofree char *name = make_cell_name (self, column);
  g_autofree char *quoted = crm_text_quote (shown);
  g_autofree char *message = NULL;

  message = g_strdup_printf (_ ("Cell %s shows the error %s and was taken as empty."), name,
                             quoted);
  crm_table_writer_add_problem (self->writer, self->number, message);
}

void
crm_sheet_rows_tell_no_result (CrmSheetRows *self, guint column)
{
  g_autofree char *name = make_cell_name (self, column);
  g_autofree char *message = NULL;

  message = g_strdup_printf (
      _ ("Cell %s has a formula whose result is not in the file; open it in a "
         "spreadsheet and save it to have it worked out."),
      name);
  crm_table_writer_add_problem (self->writer, self->number, message);
}
