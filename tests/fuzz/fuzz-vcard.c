/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a file of cards: read, and what was read written and read again. */

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "crm-vcard-card-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_items (const GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CrmVcardItem *item = &g_array_index (items, CrmVcardItem, i);

      if (item->text != NULL && !g_utf8_validate (item->text, -1, NULL))
        abort ();
    }
}

/* What was escaped and folded is read as it was. */
static void
check_writing (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_autofree char *unfolded = NULL;
  g_autoptr (CrmContentLine) line = NULL;
  g_auto (GStrv) parts = NULL;

  if (text == NULL || *text == '\0' || strpbrk (text, "\r") != NULL)
    return;
  crm_content_append_text (out, "NOTE", text);
  g_string_truncate (out, out->len - 2);
  lines = g_strsplit (out->str, "\r\n ", -1);
  unfolded = g_strjoinv ("", lines);
  line = crm_content_line_parse (unfolded);
  if (line == NULL)
    abort ();
  parts = crm_content_split (line->value, '\0');
  if (g_strcmp0 (parts[0], text) != 0)
    abort ();
}

static void
read_all (const char *path)
{
  g_autoptr (CrmContentReader) reader = crm_content_reader_new (path, NULL, NULL);

  while (reader != NULL)
    {
      g_autoptr (CrmVcard) card = NULL;
      g_autofree char *problem = NULL;
      gint64 line;

      if (!crm_vcard_read (reader, TRUE, &card, &problem, &line, NULL))
        break;
      if (card == NULL && problem == NULL)
        abort ();
      if (card == NULL)
        continue;
      check_items (card->emails);
      check_items (card->phones);
      check_items (card->links);
      check_writing (card->note);
      check_writing (card->full_name);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  int file = memfd_create ("cards", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", file);

  crm_content_is_start_of ((const char *) data, size, "VCARD");
  if (write (file, data, size) == (gssize) size)
    read_all (path);
  close (file);

  return 0;
}
