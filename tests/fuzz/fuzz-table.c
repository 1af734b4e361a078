/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-table.h"

#include <sys/mman.h>
#include <unistd.h>

#include "crm-error.h"

/* More parts are like the first ones */
#define MAX_PARTS 4

static void
convert (const CrmTableConverter *converter, const char *path, const char *part)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (CrmTableWriter) writer = crm_table_writer_new (stream);
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);
  g_autoptr (GError) error = NULL;

  if (!converter->convert (path, part, writer, NULL, &error))
    {
      g_assert (g_error_matches (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE));
      return;
    }

  g_assert (error == NULL);
  g_assert (crm_table_writer_finish (writer, &error));
  g_assert (g_memory_output_stream_get_data_size (memory) == 0 ||
            g_utf8_validate_len (g_memory_output_stream_get_data (memory),
                                 g_memory_output_stream_get_data_size (memory), NULL));
}

void
fuzz_table (const CrmTableConverter *converter, const guint8 *data, gsize size)
{
  int file = memfd_create ("fuzz", 0);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", file);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  g_assert (file >= 0 && write (file, data, size) == (gssize) size);

  parts = converter->list_parts (path, NULL, &error);
  if (error != NULL)
    g_assert (g_error_matches (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE));
  else if (parts == NULL)
    convert (converter, path, NULL);
  for (i = 0; parts != NULL && parts[i] != NULL && i < MAX_PARTS; i++)
    convert (converter, path, parts[i]);

  close (file);
}
