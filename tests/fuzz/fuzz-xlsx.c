/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "crm-table-workbook-private.h"
#include "fuzz-table.h"

#define RELATIONS \
  "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
add_entry (struct archive *archive, const char *name, const void *content, gsize size)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_write_header (archive, entry);
  archive_write_data (archive, content, size);
  archive_entry_free (entry);
}

static void
add_text (struct archive *archive, const char *name, const char *text)
{
  add_entry (archive, name, text, strlen (text));
}

/* Text that is cut at zero bytes into parts of a workbook, so that it need not learn to compress */
static void
make_workbook (struct archive *archive, gboolean is_ods, const guint8 *data, gsize size)
{
  static const char *const parts[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                       "xl/styles.xml", "xl/workbook.xml",
                                       "xl/_rels/workbook.xml.rels" };
  const guint8 *end = data + size;
  guint i;

  if (is_ods)
    {
      add_entry (archive, "content.xml", data, size);
      return;
    }

  add_text (archive, "_rels/.rels",
            RELATIONS "<Relationship Id=\"a\" Type=\"" TYPE
                      "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
  for (i = 0; i < G_N_ELEMENTS (parts) && data < end; i++)
    {
      const guint8 *zero = memchr (data, 0, (gsize) (end - data));
      const guint8 *stop = zero != NULL ? zero : end;

      add_entry (archive, parts[i], data, (gsize) (stop - data));
      data = MIN (stop + 1, end);
    }
  if (i <= 3)
    add_text (archive, "xl/workbook.xml",
              "<workbook xmlns:r=\"" TYPE "\"><sheets><sheet name=\"a\" r:id=\"a\"/></sheets>"
              "</workbook>");
  if (i <= 4)
    add_text (archive, "xl/_rels/workbook.xml.rels",
              RELATIONS "<Relationship Id=\"a\" Type=\"" TYPE
                        "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                        "<Relationship Id=\"b\" Type=\"" TYPE
                        "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                        "<Relationship Id=\"c\" Type=\"" TYPE "/styles\" Target=\"styles.xml\"/>"
                        "</Relationships>");
}

/* As an archive, and as what is in one */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *buffer = NULL;
  struct archive *archive;
  gboolean is_ods;
  gsize used = 0;
  gsize room;

  if (size < 2)
    return 0;

  is_ods = data[0] % 2 == 0;
  if (data[0] >= 128)
    {
      fuzz_table (is_ods ? &crm_ods_converter : &crm_xlsx_converter, data + 1, size - 1);
      return 0;
    }

  room = size * 2 + 16 * 1024;
  buffer = g_malloc (room);
  archive = archive_write_new ();
  archive_write_set_format_zip (archive);
  archive_write_zip_set_compression_store (archive);
  archive_write_open_memory (archive, buffer, room, &used);
  make_workbook (archive, is_ods, data + 1, size - 1);
  archive_write_free (archive);
  fuzz_table (is_ods ? &crm_ods_converter : &crm_xlsx_converter, (const guint8 *) buffer, used);

  return 0;
}
