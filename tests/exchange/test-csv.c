/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-csv.h"

#include <glib/gstdio.h>

#include "crm-problem.h"

void
test_csv_set_up (TestCsv *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("crm-csv-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "file.csv", NULL);
}

void
test_csv_tear_down (TestCsv *self, gconstpointer data)
{
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

void
test_csv_write (TestCsv *self, const char *content, gssize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, content, size, &error);
  g_assert_no_error (error);
}

char *
test_csv_dump (CrmCsvReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *titles = g_strjoinv ("|", (char **) crm_csv_reader_get_columns (reader, NULL));
  GString *out = g_string_new (titles);
  const CrmCsvCell *cells;
  guint n_cells, i;
  gint64 line;

  g_string_append_c (out, '\n');
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error))
    {
      for (i = 0; i < n_cells; i++)
        {
          g_autofree char *text = g_strndup (cells[i].text, cells[i].size);

          g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", g_strdelimit (text, "\n\r", '^'));
        }
      g_string_append_c (out, '\n');
    }
  g_assert_no_error (error);

  return g_string_free (out, FALSE);
}

void
test_csv_assert_problem (CrmCsvReader *reader, gint64 row)
{
  GPtrArray *problems = crm_csv_reader_get_problems (reader);
  guint i;

  for (i = 0; i < problems->len; i++)
    if (((const CrmProblem *) g_ptr_array_index (problems, i))->row == row)
      return;
  g_assert_not_reached ();
}
