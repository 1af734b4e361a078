/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "crm-csv-encoding-private.h"
#include "crm-csv-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* All that is told of a file whose dialect is @dialect, as far as it is not %NULL */
static void
read_file (const char *path, const CrmCsvDialect *dialect)
{
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new_for_path (path, dialect, NULL, NULL);
  const CrmCsvDialect *found;
  const CrmCsvCell *cells;
  guint n_columns, n_cells, i;
  gint64 line;
  gint64 previous = 0;

  if (reader == NULL)
    return;

  found = crm_csv_reader_get_dialect (reader);
  g_assert (found->encoding != NULL && found->delimiter != NULL && found->quote != NULL &&
            found->escape != NULL && found->line_end != NULL && found->header_line >= 0);
  crm_csv_reader_get_columns (reader, &n_columns);
  g_assert (n_columns > 0);
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, NULL))
    {
      g_assert (line > previous);
      previous = line;
      for (i = 0; i < n_cells; i++)
        g_assert (g_utf8_validate_len (cells[i].text, cells[i].size, NULL));
    }
}

/* A file is read as it is found out to be written, and as others say that it is. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const CrmCsvDialect dialects[] = {
    CRM_CSV_DIALECT_UNKNOWN,
    { .delimiter = ";;", .quote = "'", .escape = "\\", .header_line = 1, .encoding = "UTF-8" },
    { .delimiter = ",", .quote = "", .header_line = 0, .encoding = "CP949", .spaced = TRUE },
    { .encoding = "UTF-16LE", .header_line = -1, .first_line = 2 },
  };
  g_autofree char *path = NULL;
  guint i;
  int file = memfd_create ("csv", MFD_CLOEXEC);

  g_assert (file >= 0 && write (file, data, size) == (gssize) size);
  path = g_strdup_printf ("/proc/self/fd/%d", file);
  for (i = 0; i < G_N_ELEMENTS (dialects); i++)
    read_file (path, &dialects[i]);
  close (file);

  return 0;
}
