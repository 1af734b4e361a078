/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-table-workbook-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"

#define BLOCK_SIZE (1024 * 1024)

/* The name of a stream in the old format, in UTF-16, is this long at most */
#define NAME_SIZE 64

gboolean
crm_table_workbook_is_zip (const char *head, gsize size)
{
  return size >= 4 && (memcmp (head, "PK\003\004", 4) == 0 || memcmp (head, "PK\005\006", 4) == 0);
}

gboolean
crm_table_workbook_is_old (const char *head, gsize size)
{
  return size >= 8 && memcmp (head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0;
}

static gboolean
has_name (const char *bytes, gsize size, const char *name)
{
  char wide[NAME_SIZE] = "";
  gsize n = strlen (name);
  gsize i;

  g_assert (n * 2 <= sizeof wide);
  for (i = 0; i < n; i++)
    wide[i * 2] = name[i];

  return memmem (bytes, size, wide, n * 2) != NULL;
}

/* Whether there is an encrypted workbook in the file of the old format */
static gboolean
find_encrypted (GInputStream *stream)
{
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  gsize kept = 0;
  gsize n;

  while (g_input_stream_read_all (stream, block + kept, BLOCK_SIZE - kept, &n, NULL, NULL) && n > 0)
    {
      if (has_name (block, kept + n, "EncryptedPackage"))
        return TRUE;
      n += kept;
      kept = MIN (n, NAME_SIZE);
      memmove (block, block + n - kept, kept);
    }

  return FALSE;
}

void
crm_table_workbook_set_encrypted (const char *path, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("“%s” is protected by a password; open it in a spreadsheet and save it without "
                  "one."),
               path);
}

gboolean
crm_table_workbook_check (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  char head[8];
  gsize n;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &n, NULL, error))
    return FALSE;
  if (!crm_table_workbook_is_old (head, n))
    return TRUE;

  if (find_encrypted (G_INPUT_STREAM (stream)))
    crm_table_workbook_set_encrypted (path, error);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                 _ ("“%s” is a file of an old office program, like .xls; open it in a spreadsheet "
                    "and save it as .xlsx."),
                 path);

  return FALSE;
}

GError *
crm_table_workbook_new_cell_error (void)
{
  return g_error_new_literal (
      CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
      _ ("The workbook has a cell with more than a million letters; shorten "
         "it in a spreadsheet and try again."));
}
