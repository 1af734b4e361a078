/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-xlsx-workbook-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-sheet-xml-private.h"

#define MAX_TABS 10000
#define MAX_FORMATS 100000

/* All texts of a workbook are in memory while one of its sheets is read. */
#define MAX_STRINGS_SIZE (512 * 1024 * 1024)
#define CHUNK_SIZE (1024 * 1024)

#define RELATIONS "/relationships"

/* While the relations of a part are read */
typedef struct
{
  CrmXlsxWorkbook *workbook;
  const char *folder; /* that targets are relative to */
  char *main_entry; /* of the workbook, among those of the package */
} Relations;

/* While texts are read */
typedef struct
{
  CrmXlsxWorkbook *workbook;
  GString *text;
  gsize size;
  gboolean in_text;
  gboolean in_phonetic;
} Strings;

/* While styles are read */
typedef struct
{
  CrmXlsxWorkbook *workbook;
  GHashTable *codes; /* guint id → char * */
  GHashTable *parsed; /* guint id → CrmSheetFormat *, in the workbook's formats */
  gboolean in_cell_formats;
} Styles;

static gboolean
ends_with (const char *text, const char *end)
{
  return text != NULL && g_str_has_suffix (text, end);
}

static void
free_tab (gpointer data)
{
  CrmXlsxTab *tab = data;

  g_free (tab->name);
  g_free (tab->relation);
  g_free (tab->entry);
  g_free (tab);
}

/* Several styles share a format */
static void
free_formats (GPtrArray *formats)
{
  g_autoptr (GHashTable) freed = g_hash_table_new (NULL, NULL);
  guint i;

  for (i = 0; i < formats->len; i++)
    if (g_hash_table_add (freed, formats->pdata[i]))
      crm_sheet_format_free (formats->pdata[i]);
  g_ptr_array_unref (formats);
}

/* "xl" and "../custom/sheet.xml" → "custom/sheet.xml" */
static char *
resolve (const char *folder, const char *target)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *path = g_strconcat (*target == '/' ? "" : folder, "/", target, NULL);
  g_auto (GStrv) all = g_strsplit (path, "/", -1);
  guint i;

  for (i = 0; all[i] != NULL; i++)
    if (g_str_equal (all[i], "..") && parts->len > 0)
      g_ptr_array_set_size (parts, (int) parts->len - 1);
    else if (*all[i] != '\0' && *all[i] != '.')
      g_ptr_array_add (parts, all[i]);
  g_ptr_array_add (parts, NULL);

  return g_strjoinv ("/", (char **) parts->pdata);
}

/* "xl/workbook.xml" → "xl/_rels/workbook.xml.rels" */
static char *
get_relations_entry (const char *entry)
{
  g_autofree char *folder = g_path_get_dirname (entry);
  g_autofree char *name = g_path_get_basename (entry);

  return g_strdup_printf ("%s/_rels/%s.rels", folder, name);
}

static void
start_relation (CrmSheetXml *xml, const char *name, gpointer data)
{
  Relations *self = data;
  CrmXlsxWorkbook *workbook = self->workbook;
  const char *id = crm_sheet_xml_get_attribute (xml, NULL, "Id");
  const char *type = crm_sheet_xml_get_attribute (xml, NULL, "Type");
  const char *target = crm_sheet_xml_get_attribute (xml, NULL, "Target");
  g_autofree char *entry = NULL;
  guint i;

  if (!g_str_equal (name, "Relationship") || id == NULL || type == NULL || target == NULL ||
      g_strcmp0 (crm_sheet_xml_get_attribute (xml, NULL, "TargetMode"), "External") == 0)
    return;

  entry = resolve (self->folder, target);
  if (ends_with (type, "/officeDocument") && self->main_entry == NULL)
    self->main_entry = g_steal_pointer (&entry);
  else if (ends_with (type, "/sharedStrings") && workbook->strings_entry == NULL)
    workbook->strings_entry = g_steal_pointer (&entry);
  else if (ends_with (type, "/styles") && workbook->styles_entry == NULL)
    workbook->styles_entry = g_steal_pointer (&entry);
  else if (ends_with (type, "/worksheet"))
    for (i = 0; i < workbook->tabs->len; i++)
      {
        CrmXlsxTab *tab = g_ptr_array_index (workbook->tabs, i);

        if (tab->entry == NULL && g_strcmp0 (tab->relation, id) == 0)
          tab->entry = g_strdup (entry);
      }
}

static gboolean
read_relations (Relations *self, const char *entry, GCancellable *cancellable, GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_relation };

  return !crm_zip_has (self->workbook->zip, entry) ||
         crm_sheet_xml_read (self->workbook->zip, entry, &handlers, self, cancellable, error);
}

static void
start_workbook (CrmSheetXml *xml, const char *name, gpointer data)
{
  CrmXlsxWorkbook *self = data;
  const char *state;
  CrmXlsxTab *tab;

  if (g_str_equal (name, "workbookPr"))
    {
      const char *is_1904 = crm_sheet_xml_get_attribute (xml, NULL, "date1904");

      self->is_1904 = g_strcmp0 (is_1904, "1") == 0 || g_strcmp0 (is_1904, "true") == 0;
    }
  if (!g_str_equal (name, "sheet") || self->tabs->len >= MAX_TABS)
    return;

  tab = g_new0 (CrmXlsxTab, 1);
  tab->name = g_strdup (crm_sheet_xml_get_attribute (xml, NULL, "name"));
  tab->relation = g_strdup (crm_sheet_xml_get_attribute (xml, RELATIONS, "id"));
  state = crm_sheet_xml_get_attribute (xml, NULL, "state");
  tab->is_hidden = ends_with (state, "idden");
  if (tab->name == NULL)
    tab->name = g_strdup_printf (_ ("Sheet %u"), self->tabs->len + 1);
  g_ptr_array_add (self->tabs, tab);
}

static int
compare_tabs (gconstpointer a, gconstpointer b)
{
  const CrmXlsxTab *first = *(CrmXlsxTab *const *) a;
  const CrmXlsxTab *second = *(CrmXlsxTab *const *) b;

  return first->is_hidden - second->is_hidden;
}

/* Charts have a tab too, and no cells. The order of the others stays. */
static void
sort_tabs (CrmXlsxWorkbook *self)
{
  guint i;

  for (i = self->tabs->len; i > 0; i--)
    {
      const CrmXlsxTab *tab = g_ptr_array_index (self->tabs, i - 1);

      if (tab->entry == NULL || !crm_zip_has (self->zip, tab->entry))
        g_ptr_array_remove_index (self->tabs, i - 1);
    }
  g_ptr_array_sort (self->tabs, compare_tabs);
}

static gboolean
fail_no_workbook (CrmXlsxWorkbook *self, GError **error)
{
  const char *path = crm_zip_get_path (self->zip);

  if (crm_zip_has (self->zip, "xl/workbook.bin"))
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                 _ ("“%s” is a binary workbook (.xlsb); open it in a spreadsheet and save it as "
                    ".xlsx."),
                 path);
  else
    g_set_error (
        error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
        _ ("“%s” is an archive and has no workbook with sheets; unpack it and choose one of "
           "the files in it."),
        path);

  return FALSE;
}

static gboolean
open_workbook (CrmXlsxWorkbook *self, GCancellable *cancellable, GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_workbook };
  Relations package = { .workbook = self, .folder = "" };
  Relations parts = { .workbook = self };
  g_autofree char *main_entry = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *entry = NULL;

  if (!read_relations (&package, "_rels/.rels", cancellable, error))
    {
      g_free (package.main_entry);
      return FALSE;
    }
  main_entry = package.main_entry != NULL ? package.main_entry : g_strdup ("xl/workbook.xml");
  if (!crm_zip_has (self->zip, main_entry) || !g_str_has_suffix (main_entry, ".xml"))
    return fail_no_workbook (self, error);
  if (!crm_sheet_xml_read (self->zip, main_entry, &handlers, self, cancellable, error))
    return FALSE;

  folder = g_path_get_dirname (main_entry);
  parts.folder = g_str_equal (folder, ".") ? "" : folder;
  entry = get_relations_entry (main_entry);
  if (!read_relations (&parts, entry, cancellable, error))
    return FALSE;

  sort_tabs (self);

  return self->tabs->len > 0 || fail_no_workbook (self, error);
}

CrmXlsxWorkbook *
crm_xlsx_workbook_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmXlsxWorkbook) self = g_new0 (CrmXlsxWorkbook, 1);

  self->tabs = g_ptr_array_new_with_free_func (free_tab);
  self->formats = g_ptr_array_new ();
  self->strings = g_ptr_array_new ();
  self->chunk = g_string_chunk_new (CHUNK_SIZE);
  self->zip = crm_zip_open (path, error);
  if (self->zip == NULL || !open_workbook (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_xlsx_workbook_free (CrmXlsxWorkbook *self)
{
  if (self == NULL)
    return;

  crm_zip_free (self->zip);
  g_ptr_array_unref (self->tabs);
  g_free (self->strings_entry);
  g_free (self->styles_entry);
  free_formats (self->formats);
  g_string_chunk_free (self->chunk);
  g_ptr_array_unref (self->strings);
  g_free (self);
}

/* Texts */

static void
start_strings (CrmSheetXml *xml, const char *name, gpointer data)
{
  Strings *self = data;

  if (g_str_equal (name, "si"))
    g_string_truncate (self->text, 0);
  else if (g_str_equal (name, "rPh"))
    self->in_phonetic = TRUE;
  else if (g_str_equal (name, "t"))
    self->in_text = !self->in_phonetic;
}

static void
end_strings (CrmSheetXml *xml, const char *name, gpointer data)
{
  Strings *self = data;

  if (g_str_equal (name, "t"))
    self->in_text = FALSE;
  else if (g_str_equal (name, "rPh"))
    self->in_phonetic = FALSE;
  else if (g_str_equal (name, "si"))
    {
      gsize size = crm_sheet_unescape (self->text->str, self->text->len);

      self->size += size + 1 + sizeof (char *);
      g_ptr_array_add (self->workbook->strings,
                       g_string_chunk_insert_len (self->workbook->chunk, self->text->str,
                                                  (gssize) size));
    }
}

static void
take_string (CrmSheetXml *xml, const char *text, gsize size, gpointer data)
{
  Strings *self = data;

  if (!self->in_text)
    return;
  if (self->size + self->text->len + size > MAX_STRINGS_SIZE)
    crm_sheet_xml_stop (xml, g_error_new_literal (CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                                                  _ ("The workbook has more text than fits into "
                                                     "memory; save the sheet as CSV.")));
  else
    g_string_append_len (self->text, text, (gssize) size);
}

/* Styles */

static CrmSheetFormat *
ensure_format (Styles *self, guint id)
{
  CrmSheetFormat *format = g_hash_table_lookup (self->parsed, GUINT_TO_POINTER (id));
  const char *code;

  if (format != NULL)
    return format;

  code = g_hash_table_lookup (self->codes, GUINT_TO_POINTER (id));
  format = code != NULL ? crm_sheet_format_new (code) : crm_sheet_format_new_built_in (id);
  g_hash_table_insert (self->parsed, GUINT_TO_POINTER (id), format);

  return format;
}

static void
start_styles (CrmSheetXml *xml, const char *name, gpointer data)
{
  Styles *self = data;
  const char *id = crm_sheet_xml_get_attribute (xml, NULL, "numFmtId");

  if (g_str_equal (name, "cellXfs"))
    self->in_cell_formats = TRUE;
  else if (g_str_equal (name, "numFmt") && id != NULL)
    g_hash_table_insert (self->codes, GUINT_TO_POINTER ((guint) g_ascii_strtoull (id, NULL, 10)),
                         g_strdup (crm_sheet_xml_get_attribute (xml, NULL, "formatCode")));
  else if (g_str_equal (name, "xf") && self->in_cell_formats &&
           self->workbook->formats->len < MAX_FORMATS)
    g_ptr_array_add (self->workbook->formats,
                     ensure_format (self,
                                    id != NULL ? (guint) g_ascii_strtoull (id, NULL, 10) : 0));
}

static void
end_styles (CrmSheetXml *xml, const char *name, gpointer data)
{
  Styles *self = data;

  if (g_str_equal (name, "cellXfs"))
    self->in_cell_formats = FALSE;
}

static gboolean
load_styles (CrmXlsxWorkbook *self, GCancellable *cancellable, GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_styles, .end = end_styles };
  g_autoptr (GHashTable) codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) parsed = g_hash_table_new (NULL, NULL);
  Styles styles = { .workbook = self, .codes = codes, .parsed = parsed };

  return self->styles_entry == NULL || !crm_zip_has (self->zip, self->styles_entry) ||
         crm_sheet_xml_read (self->zip, self->styles_entry, &handlers, &styles, cancellable, error);
}

gboolean
crm_xlsx_workbook_load (CrmXlsxWorkbook *self, GCancellable *cancellable, GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_strings,
                                                .end = end_strings,
                                                .text = take_string };
  g_autoptr (GString) text = g_string_new (NULL);
  Strings strings = { .workbook = self, .text = text };

  if (!load_styles (self, cancellable, error))
    return FALSE;

  return self->strings_entry == NULL || !crm_zip_has (self->zip, self->strings_entry) ||
         crm_sheet_xml_read (self->zip, self->strings_entry, &handlers, &strings, cancellable,
                             error);
}
