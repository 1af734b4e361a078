/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-table-json-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-json-scan-private.h"
#include "crm-sheet-private.h"

#define MAX_COLUMNS 4096
#define MAX_ROW_SIZE (8 * 1024 * 1024)

/* How deep in an answer of a program its records are looked for */
#define MAX_WRAPPERS 3

typedef struct
{
  GString *text;
  guint n_values;
  gboolean is_filled;
} Cell;

typedef struct
{
  CrmJsonScan *scan;
  const char *part; /* path of the array with the records; NULL: what is not in an object */
  CrmTableWriter *writer; /* NULL while columns are collected */
  GHashTable *columns; /* path → index + 1 */
  GPtrArray *titles; /* the paths, in order */
  GArray *cells; /* of Cell, by column */
  GString *path;
  guint n_arrays; /* that the value is in */
  gboolean is_grid; /* records are arrays of cells, and titles are found among them as in a sheet */
  gboolean has_records; /* some were read: all others are of the same shape */
  gsize row_size;
  gint64 row;
} Reader;

/* Scalar members of an object, until it is known what they mean together */
typedef struct
{
  GPtrArray *names;
  GPtrArray *texts; /* nullable elements */
} Members;

static CrmJsonScan *
open_scan (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);

  return stream != NULL ? crm_json_scan_new (G_INPUT_STREAM (stream), cancellable) : NULL;
}

/* Goes down by @name; returns how to come back */
static gsize
push_name (GString *path, const char *name)
{
  gsize size = path->len;

  if (size > 0)
    g_string_append_c (path, '.');
  g_string_append (path, name);

  return size;
}

/* Where the records are */

/* Collects the paths of arrays of objects, or of rows, in the object that just began */
static gboolean
find_arrays (CrmJsonScan *scan,
             GString *path,
             guint depth,
             GPtrArray *arrays,
             gboolean *is_record,
             GError **error)
{
  CrmJsonToken token;

  while ((token = crm_json_scan_next (scan, error)) == CRM_JSON_NAME)
    {
      const char *name = crm_json_scan_get_text (scan);
      gsize size = push_name (path, name);

      if (depth == 0 &&
          (g_ascii_strcasecmp (name, "id") == 0 || g_ascii_strcasecmp (name, "name") == 0))
        *is_record = TRUE;
      token = crm_json_scan_next (scan, error);
      if (token == CRM_JSON_OBJECT && depth < MAX_WRAPPERS)
        {
          if (!find_arrays (scan, path, depth + 1, arrays, is_record, error))
            return FALSE;
        }
      else if (token == CRM_JSON_ARRAY)
        {
          token = crm_json_scan_next (scan, error);
          if (token == CRM_JSON_OBJECT || token == CRM_JSON_ARRAY)
            g_ptr_array_add (arrays, g_strdup (path->str));
          if (token == CRM_JSON_ERROR || !crm_json_scan_skip (scan, token, error))
            return FALSE;
          while (token != CRM_JSON_ARRAY_END)
            {
              token = crm_json_scan_next (scan, error);
              if (token == CRM_JSON_ERROR || !crm_json_scan_skip (scan, token, error))
                return FALSE;
            }
        }
      else if (token == CRM_JSON_ERROR || !crm_json_scan_skip (scan, token, error))
        return FALSE;
      g_string_truncate (path, size);
    }

  return token != CRM_JSON_ERROR;
}

/* (transfer full): the arrays with records in the one object that the file is; none where records
 * are not wrapped up */
static GPtrArray *
find_wrapped (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmJsonScan) scan = open_scan (path, cancellable, error);
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) place = g_string_new (NULL);
  gboolean is_record = FALSE;
  CrmJsonToken token;

  if (scan == NULL)
    return NULL;

  token = crm_json_scan_next (scan, error);
  if (token == CRM_JSON_OBJECT)
    {
      if (!find_arrays (scan, place, 0, arrays, &is_record, error))
        return NULL;
      token = crm_json_scan_next (scan, error);
      if (is_record || token != CRM_JSON_END)
        g_ptr_array_set_size (arrays, 0);
    }

  return token != CRM_JSON_ERROR ? g_steal_pointer (&arrays) : NULL;
}

/* Cells */

static gboolean
fail_too_wide (GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("The objects have more than %d different members, which is no table; choose "
                  "another file."),
               MAX_COLUMNS);
  return FALSE;
}

static gboolean
ensure_column (Reader *self, GError **error)
{
  char *path;

  if (self->titles->len >= MAX_COLUMNS)
    return fail_too_wide (error);

  path = g_strdup (self->path->str);
  g_ptr_array_add (self->titles, path);
  g_hash_table_insert (self->columns, path, GUINT_TO_POINTER (self->titles->len));

  return TRUE;
}

/* Adds a value to the column of the present path; several are joined as in CSV */
static gboolean
add_value (Reader *self, const char *text, GError **error)
{
  guint column = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, self->path->str));
  Cell *cell;

  if (self->writer == NULL)
    return column > 0 || ensure_column (self, error);
  /* A file that changed since */
  if (column == 0)
    return TRUE;

  self->row_size += strlen (text) + 1;
  if (self->row_size > MAX_ROW_SIZE)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("An object is larger than a row can be; choose a file with "
                              "records."));
      return FALSE;
    }

  cell = &g_array_index (self->cells, Cell, column - 1);
  if (cell->n_values++ > 0)
    g_string_append_c (cell->text, ';');
  cell->is_filled = cell->is_filled || *text != '\0';
  if (self->n_arrays == 0)
    g_string_append (cell->text, text);
  else
    for (; *text != '\0'; text++)
      {
        g_string_append_c (cell->text, *text);
        if (*text == ';')
          g_string_append_c (cell->text, ';');
      }

  return TRUE;
}

static gboolean
add_member (Reader *self, const char *name, const char *text, GError **error)
{
  gsize size = push_name (self->path, name);
  gboolean ok = add_value (self, text, error);

  g_string_truncate (self->path, size);

  return ok;
}

/* Members */

static void
members_clear (Members *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Members, members_clear)

/* Whether they are just these, in any order */
static gboolean
members_are (const Members *self, const char *first, const char *second, const char *third)
{
  const char *const names[] = { first, second, third };
  guint n = third != NULL ? 3 : 2;
  guint i;

  if (self->names->len != n)
    return FALSE;
  for (i = 0; i < n; i++)
    if (!g_ptr_array_find_with_equal_func (self->names, names[i], g_str_equal, NULL))
      return FALSE;

  return TRUE;
}

static const char *
members_get (const Members *self, const char *name)
{
  guint index;
  const char *text = NULL;

  if (g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, &index))
    text = g_ptr_array_index (self->texts, index);

  return text != NULL ? text : "";
}

static gboolean
add_money (Reader *self, const char *amount, const char *currency, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s%s%s", amount, *currency != '\0' ? " " : "",
                                           currency);

  return *amount == '\0' || add_value (self, text, error);
}

/* Amounts in millionths: 12300000 → "12.3" */
static gboolean
add_micros (Reader *self, const char *micros, const char *currency, GError **error)
{
  g_autoptr (GString) amount = g_string_new (NULL);
  CrmSheetDecimal decimal;

  if (!crm_sheet_decimal_parse (&decimal, micros))
    return TRUE;
  if (decimal.n_digits > 0)
    decimal.exponent -= 6;
  crm_sheet_decimal_append (&decimal, amount);

  return add_money (self, amount->str, currency, error);
}

static gboolean
add_each (Reader *self, Members *members, GError **error)
{
  guint i;

  for (i = 0; i < members->names->len; i++)
    {
      const char *text = g_ptr_array_index (members->texts, i);

      /* In an array the places have to stay the same. */
      if ((text != NULL || self->n_arrays > 0) &&
          !add_member (self, g_ptr_array_index (members->names, i), text != NULL ? text : "",
                       error))
        return FALSE;
    }
  g_ptr_array_set_size (members->names, 0);
  g_ptr_array_set_size (members->texts, 0);

  return TRUE;
}

/* What the object at the present path comes to: one value where its shape is known, else a column
 * for each member */
static gboolean
add_members (Reader *self, Members *members, GError **error)
{
  if (members_are (members, "amount", "currency", NULL))
    return add_money (self, members_get (members, "amount"), members_get (members, "currency"),
                      error);
  if (members_are (members, "amountMicros", "currencyCode", NULL))
    return add_micros (self, members_get (members, "amountMicros"),
                       members_get (members, "currencyCode"), error);
  if (members_are (members, "kind", "url", NULL))
    return add_value (self, members_get (members, "url"), error);
  if (members_are (members, "name", "size", "hash"))
    return add_value (self, members_get (members, "name"), error);
  if (members_are (members, "id", "type", "label"))
    return add_value (self, members_get (members, "label"), error) &&
           add_member (self, "id", members_get (members, "id"), error);

  return add_each (self, members, error);
}

static gboolean
is_scalar (CrmJsonToken token)
{
  return token == CRM_JSON_STRING || token == CRM_JSON_NUMBER || token == CRM_JSON_BOOLEAN ||
         token == CRM_JSON_NULL;
}

static gboolean read_value (Reader *self, CrmJsonToken token, GError **error);

static gboolean
read_array (Reader *self, GError **error)
{
  CrmJsonToken token;
  gboolean ok = TRUE;

  self->n_arrays++;
  while (ok && (token = crm_json_scan_next (self->scan, error)) != CRM_JSON_ARRAY_END)
    ok = token != CRM_JSON_ERROR &&
         (token == CRM_JSON_NULL ? add_value (self, "", error) : read_value (self, token, error));
  self->n_arrays--;

  return ok;
}

static gboolean
read_object (Reader *self, GError **error)
{
  g_auto (Members) members = { g_ptr_array_new_with_free_func (g_free),
                               g_ptr_array_new_with_free_func (g_free) };
  CrmJsonToken token;

  while ((token = crm_json_scan_next (self->scan, error)) == CRM_JSON_NAME)
    {
      g_autofree char *name = g_strdup (crm_json_scan_get_text (self->scan));

      token = crm_json_scan_next (self->scan, error);
      if (is_scalar (token))
        {
          const char *text = token != CRM_JSON_NULL ? crm_json_scan_get_text (self->scan) : NULL;

          if (members.names->len >= MAX_COLUMNS)
            return fail_too_wide (error);
          g_ptr_array_add (members.names, g_steal_pointer (&name));
          g_ptr_array_add (members.texts, g_strdup (text));
        }
      else
        {
          gsize size;

          /* Whatever has such a member is no single value. */
          if (!add_each (self, &members, error))
            return FALSE;
          size = push_name (self->path, name);
          if (!read_value (self, token, error))
            return FALSE;
          g_string_truncate (self->path, size);
        }
    }

  return token != CRM_JSON_ERROR && add_members (self, &members, error);
}

static gboolean
read_value (Reader *self, CrmJsonToken token, GError **error)
{
  if (token == CRM_JSON_OBJECT)
    return read_object (self, error);
  if (token == CRM_JSON_ARRAY)
    return read_array (self, error);
  if (token == CRM_JSON_NULL)
    return TRUE;

  return token != CRM_JSON_ERROR && add_value (self, crm_json_scan_get_text (self->scan), error);
}

/* Records */

static gboolean
write_row (Reader *self, GError **error)
{
  g_autofree const char **texts = g_new (const char *, self->cells->len + 1);
  guint i;

  for (i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);

      texts[i] = cell->is_filled ? cell->text->str : NULL;
    }

  return crm_table_writer_add_row (self->writer, self->row, texts, self->cells->len, error);
}

static void
begin_record (Reader *self)
{
  guint i;

  self->has_records = TRUE;
  /* Records may share a line, but their numbers grow. */
  self->row = MAX (crm_json_scan_get_line (self->scan), self->row + 1);
  self->row_size = 0;
  for (i = 0; self->writer != NULL && i < self->cells->len; i++)
    {
      Cell *cell = &g_array_index (self->cells, Cell, i);

      g_string_truncate (cell->text, 0);
      cell->n_values = 0;
      cell->is_filled = FALSE;
    }
}

/* Behind the start of the object that the record is */
static gboolean
read_record (Reader *self, GError **error)
{
  CrmJsonToken token;

  begin_record (self);
  while ((token = crm_json_scan_next (self->scan, error)) == CRM_JSON_NAME)
    {
      push_name (self->path, crm_json_scan_get_text (self->scan));
      if (!read_value (self, crm_json_scan_next (self->scan, error), error))
        return FALSE;
      g_string_truncate (self->path, 0);
    }

  return token != CRM_JSON_ERROR && (self->writer == NULL || write_row (self, error));
}

/* The array that the record is, from the @token of its first cell. Columns are numbers from 1. */
static gboolean
read_cells (Reader *self, CrmJsonToken token, GError **error)
{
  guint column;

  begin_record (self);
  self->is_grid = TRUE;
  for (column = 1; token != CRM_JSON_ARRAY_END; column++)
    {
      g_string_printf (self->path, "%u", column);
      if (token == CRM_JSON_NULL ? !add_value (self, "", error) : !read_value (self, token, error))
        return FALSE;
      g_string_truncate (self->path, 0);
      token = crm_json_scan_next (self->scan, error);
    }

  return self->writer == NULL || write_row (self, error);
}

static gboolean
read_element (Reader *self, CrmJsonToken token, GError **error)
{
  gboolean takes_cells = self->is_grid || !self->has_records;

  if (token == CRM_JSON_OBJECT && !self->is_grid)
    return read_record (self, error);
  if (token == CRM_JSON_ARRAY && takes_cells)
    return read_cells (self, crm_json_scan_next (self->scan, error), error);

  self->row = MAX (crm_json_scan_get_line (self->scan), self->row + 1);
  if (self->writer != NULL)
    crm_table_writer_add_problem (self->writer, self->row,
                                  self->is_grid
                                      ? _ ("This is no list of cells, and was left out.")
                                      : _ ("This is no object with members, and was left out."));

  return crm_json_scan_skip (self->scan, token, error);
}

/* In the array that just began, from the @token behind */
static gboolean
read_elements (Reader *self, CrmJsonToken token, GError **error)
{
  for (; token != CRM_JSON_ARRAY_END; token = crm_json_scan_next (self->scan, error))
    if (token == CRM_JSON_ERROR || !read_element (self, token, error))
      return FALSE;

  return TRUE;
}

/* An array that is in nothing: of records, or a record on a line of its own */
static gboolean
read_top_array (Reader *self, GError **error)
{
  CrmJsonToken token = crm_json_scan_next (self->scan, error);

  return is_scalar (token) && (self->is_grid || !self->has_records)
             ? read_cells (self, token, error)
             : read_elements (self, token, error);
}

/* In the object that just began, down to the array of the part */
static gboolean
read_wrapped (Reader *self, GString *place, GError **error)
{
  CrmJsonToken token;

  while ((token = crm_json_scan_next (self->scan, error)) == CRM_JSON_NAME)
    {
      gsize size = push_name (place, crm_json_scan_get_text (self->scan));
      gboolean ok;

      token = crm_json_scan_next (self->scan, error);
      if (token == CRM_JSON_ARRAY && g_str_equal (place->str, self->part))
        ok = read_elements (self, crm_json_scan_next (self->scan, error), error);
      else if (token == CRM_JSON_OBJECT && g_str_has_prefix (self->part, place->str))
        ok = read_wrapped (self, place, error);
      else
        ok = token != CRM_JSON_ERROR && crm_json_scan_skip (self->scan, token, error);
      if (!ok)
        return FALSE;
      g_string_truncate (place, size);
    }

  return token != CRM_JSON_ERROR;
}

static gboolean
read_file (Reader *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmJsonScan) scan = open_scan (path, cancellable, error);
  g_autoptr (GString) place = g_string_new (NULL);
  CrmJsonToken token;

  if (scan == NULL)
    return FALSE;

  self->scan = scan;
  self->row = 0;
  while ((token = crm_json_scan_next (scan, error)) != CRM_JSON_END)
    {
      gboolean ok;

      if (token == CRM_JSON_OBJECT && self->part != NULL)
        ok = read_wrapped (self, place, error);
      else if (token == CRM_JSON_ARRAY)
        ok = read_top_array (self, error);
      else
        ok = token != CRM_JSON_ERROR && read_element (self, token, error);
      if (!ok)
        return FALSE;
    }

  return TRUE;
}

/* A line of cells in brackets may be text as well. */
static gboolean
is_called_json (const char *path)
{
  static const char *const endings[] = { ".json", ".jsonl", ".ndjson" };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_json (const char *head, gsize size, const char *path)
{
  const char *p = head;
  char first;

  if (size >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  while (p < head + size && g_ascii_isspace (*p))
    p++;
  if (p >= head + size || (*p != '[' && *p != '{'))
    return FALSE;

  first = *p++;
  while (p < head + size && g_ascii_isspace (*p))
    p++;
  if (p >= head + size)
    return FALSE;
  if (first == '{')
    return *p == '"' || *p == '}';

  return strchr ("{[]", *p) != NULL || (*p == '"' && is_called_json (path));
}

static GStrv
list_parts (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) arrays = find_wrapped (path, cancellable, error);

  if (arrays == NULL || arrays->len < 2)
    return NULL;
  g_ptr_array_add (arrays, NULL);

  return (GStrv) g_ptr_array_steal (arrays, NULL);
}

static void
clear_cell (gpointer data)
{
  Cell *cell = data;

  g_string_free (cell->text, TRUE);
}

static gboolean
convert (const char *path,
         const char *part,
         CrmTableWriter *writer,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_autoptr (GString) place = g_string_new (NULL);
  Reader reader = { .columns = columns, .titles = titles, .cells = cells, .path = place };
  guint i;

  arrays = find_wrapped (path, cancellable, error);
  if (arrays == NULL)
    return FALSE;
  reader.part = part != NULL || arrays->len == 0 ? part : g_ptr_array_index (arrays, 0);
  if (!read_file (&reader, path, cancellable, error))
    return FALSE;
  if (titles->len == 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The JSON has no objects with members; choose a file that has "
                              "records in it."));
      return FALSE;
    }

  g_array_set_clear_func (cells, clear_cell);
  for (i = 0; i < titles->len; i++)
    {
      const Cell cell = { .text = g_string_new (NULL) };

      g_array_append_val (cells, cell);
      if (!reader.is_grid)
        crm_table_writer_add_column (writer, g_ptr_array_index (titles, i), NULL);
    }
  reader.writer = writer;

  return read_file (&reader, path, cancellable, error);
}

const CrmTableConverter crm_json_converter = {
  .format = CRM_TABLE_JSON,
  .recognise = is_json,
  .list_parts = list_parts,
  .convert = convert,
};
