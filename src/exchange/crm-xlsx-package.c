/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Written straight into the archive rather than by a library that collects sheets in temporary
 * files: what the disk refuses is seen at once, and an export is whole or fails.
 */

#include "config.h"

#include "crm-xlsx-package-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-sheet-private.h"

#define BLOCK_SIZE (64 * 1024)

/* Letters in the name of a sheet */
#define MAX_NAME 31

/* The same time for all workbooks, so that the same records give the same bytes: 2 January 1980 */
#define ENTRY_TIME 315619200

#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006"
#define TYPE_PREFIX "application/vnd.openxmlformats-officedocument.spreadsheetml."

struct _CrmXlsxPackage
{
  GOutputStream *stream;
  GCancellable *cancellable;
  struct archive *archive;
  GError *stream_error; /* what the stream said */
  GPtrArray *sheets; /* of CrmXlsxSheet; the last is being written */
  GPtrArray *formats; /* of char *: number formats, in the order of their styles */
};

static void
free_sheet (gpointer data)
{
  CrmXlsxSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet);
}

/* The archive */

/* What fails is noted and not told here: the library forgets what it holds once it has failed. */
static la_ssize_t
write_cb (struct archive *archive, void *data, const void *bytes, size_t size)
{
  CrmXlsxPackage *self = data;

  if (self->stream_error == NULL)
    g_output_stream_write_all (self->stream, bytes, size, NULL, self->cancellable,
                               &self->stream_error);

  return (la_ssize_t) size;
}

static gboolean
fail (CrmXlsxPackage *self, GError **error)
{
  if (self->stream_error != NULL)
    g_propagate_error (error, g_error_copy (self->stream_error));
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
                 _ ("The workbook cannot be written: %s. Try another place for it."),
                 archive_error_string (self->archive));

  return FALSE;
}

static gboolean
check (CrmXlsxPackage *self, gboolean ok, GError **error)
{
  return (ok && self->stream_error == NULL) || fail (self, error);
}

static gboolean
begin_entry (CrmXlsxPackage *self, const char *name, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int status;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, ENTRY_TIME, 0);
  status = archive_write_header (self->archive, entry);
  archive_entry_free (entry);

  return check (self, status == ARCHIVE_OK, error);
}

static gboolean
write_text (CrmXlsxPackage *self, const char *text, gsize size, GError **error)
{
  while (size > 0)
    {
      la_ssize_t n = archive_write_data (self->archive, text, size);

      if (!check (self, n > 0, error))
        return FALSE;
      text += n;
      size -= (gsize) n;
    }

  return TRUE;
}

static gboolean
end_entry (CrmXlsxPackage *self, GError **error)
{
  return check (self, archive_write_finish_entry (self->archive) == ARCHIVE_OK, error);
}

static gboolean
write_entry (CrmXlsxPackage *self, const char *name, const GString *content, GError **error)
{
  return begin_entry (self, name, error) && write_text (self, content->str, content->len, error) &&
         end_entry (self, error);
}

/* Parts */

/* It comes first, for that is how files are recognised, so it cannot name the sheets. */
static gboolean
write_types (CrmXlsxPackage *self, GError **error)
{
  g_autoptr (GString) out = g_string_new (CRM_XLSX_XML_LINE);

  g_string_append (out, "<Types xmlns=\"" PACKAGE_NS "/content-types\">"
                        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-"
                        "package.relationships+xml\"/>"
                        "<Default Extension=\"xml\" ContentType=\"" TYPE_PREFIX "worksheet+xml\"/>"
                        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE_PREFIX
                        "sheet.main+xml\"/>"
                        "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE_PREFIX
                        "styles+xml\"/></Types>");

  return write_entry (self, "[Content_Types].xml", out, error);
}

static gboolean
write_relations (CrmXlsxPackage *self, GError **error)
{
  g_autoptr (GString) root = g_string_new (CRM_XLSX_XML_LINE);
  g_autoptr (GString) workbook = g_string_new (CRM_XLSX_XML_LINE);
  guint i;

  g_string_append (root, "<Relationships xmlns=\"" PACKAGE_NS "/relationships\">"
                         "<Relationship Id=\"rId1\" Type=\"" OFFICE_NS "/officeDocument\""
                         " Target=\"xl/workbook.xml\"/></Relationships>");
  g_string_append (workbook, "<Relationships xmlns=\"" PACKAGE_NS "/relationships\">");
  for (i = 0; i < self->sheets->len; i++)
    g_string_append_printf (workbook,
                            "<Relationship Id=\"rId%u\" Type=\"" OFFICE_NS "/worksheet\""
                            " Target=\"worksheets/sheet%u.xml\"/>",
                            i + 1, i + 1);
  g_string_append_printf (workbook,
                          "<Relationship Id=\"rId%u\" Type=\"" OFFICE_NS "/styles\""
                          " Target=\"styles.xml\"/></Relationships>",
                          i + 1);

  return write_entry (self, "_rels/.rels", root, error) &&
         write_entry (self, "xl/_rels/workbook.xml.rels", workbook, error);
}

static gboolean
write_workbook (CrmXlsxPackage *self, GError **error)
{
  g_autoptr (GString) out = g_string_new (CRM_XLSX_XML_LINE);
  g_autoptr (GString) filters = g_string_new (NULL);
  guint i;

  g_string_append (out, "<workbook xmlns=\"" CRM_XLSX_MAIN_NS "\" xmlns:r=\"" OFFICE_NS "\">"
                        "<bookViews><workbookView/></bookViews><sheets>");
  for (i = 0; i < self->sheets->len; i++)
    {
      const CrmXlsxSheet *sheet = g_ptr_array_index (self->sheets, i);

      g_string_append (out, "<sheet name=\"");
      crm_xlsx_append_escaped (out, sheet->name);
      g_string_append_printf (out, "\" sheetId=\"%u\" r:id=\"rId%u\"/>", i + 1, i + 1);
      g_string_append_printf (filters,
                              "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%u\""
                              " hidden=\"1\">'",
                              i);
      crm_xlsx_append_escaped (filters, sheet->name);
      g_string_append (filters, "'!");
      crm_xlsx_append_range (filters, sheet, "$");
      g_string_append (filters, "</definedName>");
    }
  g_string_append_printf (out, "</sheets><definedNames>%s</definedNames></workbook>", filters->str);

  return write_entry (self, "xl/workbook.xml", out, error);
}

static gboolean
write_styles (CrmXlsxPackage *self, GError **error)
{
  g_autoptr (GString) out = g_string_new (CRM_XLSX_XML_LINE);
  guint i;

  g_string_append (out, "<styleSheet xmlns=\"" CRM_XLSX_MAIN_NS "\">");
  if (self->formats->len > 0)
    {
      g_string_append_printf (out, "<numFmts count=\"%u\">", self->formats->len);
      for (i = 0; i < self->formats->len; i++)
        {
          g_string_append_printf (out, "<numFmt numFmtId=\"%u\" formatCode=\"",
                                  CRM_SHEET_FIRST_FORMAT + i);
          crm_xlsx_append_escaped (out, g_ptr_array_index (self->formats, i));
          g_string_append (out, "\"/>");
        }
      g_string_append (out, "</numFmts>");
    }
  g_string_append (out,
                   "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                   "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                   "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                   "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                   "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border>"
                   "</borders>"
                   "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\""
                   " borderId=\"0\"/></cellStyleXfs>");
  g_string_append_printf (out, "<cellXfs count=\"%u\">", CRM_XLSX_N_STYLES + self->formats->len);
  for (i = 0; i < CRM_XLSX_N_STYLES + self->formats->len; i++)
    {
      /* As spreadsheets number the formats of their own: text, date, date and time */
      static const guint own[CRM_XLSX_N_STYLES] = { [CRM_XLSX_TEXT] = 49,
                                                    [CRM_XLSX_DATE] = 14,
                                                    [CRM_XLSX_DATETIME] = 22 };

      g_string_append_printf (out,
                              "<xf numFmtId=\"%u\" fontId=\"%u\" fillId=\"0\" borderId=\"0\""
                              " xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>",
                              i < CRM_XLSX_N_STYLES
                                  ? own[i]
                                  : CRM_SHEET_FIRST_FORMAT + i - CRM_XLSX_N_STYLES,
                              i == CRM_XLSX_TITLE ? 1 : 0);
    }
  g_string_append (out, "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\""
                        " builtinId=\"0\"/></cellStyles></styleSheet>");

  return write_entry (self, "xl/styles.xml", out, error);
}

static gboolean
has_sheet (CrmXlsxPackage *self, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  guint i;

  for (i = 0; i < self->sheets->len; i++)
    {
      const CrmXlsxSheet *sheet = g_ptr_array_index (self->sheets, i);
      g_autofree char *other = g_utf8_casefold (sheet->name, -1);

      if (g_str_equal (folded, other))
        return TRUE;
    }

  return FALSE;
}

/* A name as spreadsheets allow it: short, without some characters, not there yet */
static char *
make_sheet_name (CrmXlsxPackage *self, const char *name)
{
  g_autofree char *clean = g_strdelimit (g_utf8_make_valid (name, -1), "[]:*?/\\'\n\t", ' ');
  guint number;

  g_strstrip (clean);
  for (number = 1;; number++)
    {
      g_autofree char *suffix = number > 1 ? g_strdup_printf (" %u", number) : g_strdup ("");
      glong room = MAX_NAME - (glong) strlen (suffix);
      g_autofree char *start = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), room));
      g_autofree char *full = NULL;

      g_strstrip (start);
      full = g_strconcat (*start != '\0' ? start : _ ("Sheet"), suffix, NULL);
      /* A name that one program keeps for itself */
      if (g_ascii_strcasecmp (full, "History") != 0 && !has_sheet (self, full))
        return g_steal_pointer (&full);
    }
}

/* What XML cannot hold is written as spreadsheets do: _x0007_. */
void
crm_xlsx_append_escaped (GString *out, const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if ((c < ' ' && c != '\n' && c != '\t') || c == 0xfffe || c == 0xffff)
        g_string_append_printf (out, "_x%04X_", c);
      else if (c == '_' && crm_sheet_is_escape (text))
        g_string_append (out, "_x005F_");
      else
        g_string_append_len (out, text, g_utf8_next_char (text) - text);
    }
}

void
crm_xlsx_append_range (GString *out, const CrmXlsxSheet *sheet, const char *mark)
{
  g_string_append_printf (out, "%sA%s1:%s", mark, mark, mark);
  crm_sheet_append_column_name (out, sheet->n_columns - 1);
  g_string_append_printf (out, "%s%" PRIu32, mark, sheet->n_rows);
}

CrmXlsxPackage *
crm_xlsx_package_new (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmXlsxPackage) self = g_new0 (CrmXlsxPackage, 1);

  self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->formats = g_ptr_array_new_with_free_func (g_free);
  self->archive = archive_write_new ();

  /* Spreadsheets don't open archives that are made for sizes beyond 4 GB. */
  if (archive_write_set_format_zip (self->archive) != ARCHIVE_OK ||
      archive_write_set_format_option (self->archive, "zip", "zip64", NULL) != ARCHIVE_OK ||
      archive_write_set_format_option (self->archive, "zip", "compression-level", "3") !=
          ARCHIVE_OK ||
      archive_write_set_bytes_per_block (self->archive, BLOCK_SIZE) != ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block (self->archive, 1) != ARCHIVE_OK ||
      archive_write_open (self->archive, self, NULL, write_cb, NULL) != ARCHIVE_OK)
    {
      fail (self, error);
      return NULL;
    }

  return write_types (self, error) ? g_steal_pointer (&self) : NULL;
}

void
crm_xlsx_package_free (CrmXlsxPackage *self)
{
  if (self == NULL)
    return;

  /* Nothing more goes to the stream */
  if (self->stream_error == NULL)
    g_set_error_literal (&self->stream_error, G_IO_ERROR, G_IO_ERROR_CLOSED, "");
  archive_write_free (self->archive);
  g_clear_error (&self->stream_error);
  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->formats);
  g_free (self);
}

CrmXlsxSheet *
crm_xlsx_package_begin_sheet (CrmXlsxPackage *self,
                              const char *name,
                              guint n_columns,
                              GError **error)
{
  CrmXlsxSheet *sheet = g_new0 (CrmXlsxSheet, 1);
  g_autofree char *entry = NULL;

  sheet->name = make_sheet_name (self, name);
  sheet->n_columns = n_columns;
  g_ptr_array_add (self->sheets, sheet);
  entry = g_strdup_printf ("xl/worksheets/sheet%u.xml", self->sheets->len);

  return begin_entry (self, entry, error) ? sheet : NULL;
}

gboolean
crm_xlsx_package_write (CrmXlsxPackage *self, const GString *text, GError **error)
{
  return write_text (self, text->str, text->len, error);
}

gboolean
crm_xlsx_package_end_sheet (CrmXlsxPackage *self, GError **error)
{
  return end_entry (self, error);
}

CrmXlsxSheet *
crm_xlsx_package_get_sheet (CrmXlsxPackage *self)
{
  return self->sheets->len > 0 ? g_ptr_array_index (self->sheets, self->sheets->len - 1) : NULL;
}

guint
crm_xlsx_package_ensure_format (CrmXlsxPackage *self, const char *format)
{
  guint i;

  for (i = 0; i < self->formats->len; i++)
    if (g_str_equal (g_ptr_array_index (self->formats, i), format))
      return CRM_XLSX_N_STYLES + i;
  g_ptr_array_add (self->formats, g_strdup (format));

  return CRM_XLSX_N_STYLES + i;
}

gboolean
crm_xlsx_package_finish (CrmXlsxPackage *self, GError **error)
{
  if (!write_relations (self, error) || !write_workbook (self, error) ||
      !write_styles (self, error))
    return FALSE;

  return check (self, archive_write_close (self->archive) == ARCHIVE_OK, error);
}
