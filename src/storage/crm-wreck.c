/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-wreck.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-connection-private.h"
#include "crm-workspace-file-private.h"

#define HEADER_SIZE 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_PAGE_SIZE 16
#define HEADER_RESERVED 20

#define DEFAULT_PAGE_SIZE 4096
#define MAX_DEPTH 24
#define MAX_COLUMNS 2000
/* Larger values than SQLite makes by default are damage */
#define MAX_PAYLOAD 1000000000

typedef enum
{
  PAGE_INDEX_INTERIOR = 2,
  PAGE_TABLE_INTERIOR = 5,
  PAGE_INDEX_LEAF = 10,
  PAGE_TABLE_LEAF = 13,
} PageKind;

struct _CrmWreck
{
  int fd;
  char *copy; /* (nullable): of the file, with its log played in */
  GCancellable *cancellable;
  guint32 page_size;
  guint32 usable_size;
  guint32 n_pages;
  guint8 *is_read; /* by page, from 1 */
  guint n_damaged_pages;
  guint n_damaged_rows;
  GPtrArray *objects;
};

/* One page, taken apart as far as it is in order */
typedef struct
{
  guint8 *bytes;
  PageKind kind;
  guint header; /* where the page's own header is */
  guint n_cells;
  guint cells; /* where the pointers to the cells are */
} Page;

static void
page_clear (Page *page)
{
  g_free (page->bytes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static guint
get_16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static guint32
get_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* Returns the number of bytes, 0 where they end before the number does */
static guint
get_varint (const guint8 *bytes, gsize size, guint64 *value)
{
  *value = 0;
  for (guint i = 0; i < 8 && i < size; i++)
    {
      *value = *value << 7 | (bytes[i] & 0x7f);
      if ((bytes[i] & 0x80) == 0)
        return i + 1;
    }
  if (size < 9)
    return 0;

  *value = *value << 8 | bytes[8];
  return 9;
}

static gboolean
read_page (CrmWreck *self, guint32 number, guint8 *bytes)
{
  gsize done = 0;

  if (number == 0 || number > self->n_pages)
    return FALSE;

  while (done < self->page_size)
    {
      gssize n = pread (self->fd, bytes + done, self->page_size - done,
                        (off_t) (number - 1) * self->page_size + (off_t) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }

  return TRUE;
}

static gboolean
is_interior (PageKind kind)
{
  return kind == PAGE_INDEX_INTERIOR || kind == PAGE_TABLE_INTERIOR;
}

static gboolean
has_rowids (PageKind kind)
{
  return kind == PAGE_TABLE_INTERIOR || kind == PAGE_TABLE_LEAF;
}

static gboolean
load_page (CrmWreck *self, guint32 number, Page *page)
{
  guint8 kind;

  page->bytes = g_malloc (self->page_size);
  if (!read_page (self, number, page->bytes))
    return FALSE;

  page->header = number == 1 ? HEADER_SIZE : 0;
  kind = page->bytes[page->header];
  if (kind != PAGE_INDEX_INTERIOR && kind != PAGE_TABLE_INTERIOR && kind != PAGE_INDEX_LEAF &&
      kind != PAGE_TABLE_LEAF)
    return FALSE;

  page->kind = (PageKind) kind;
  page->n_cells = get_16 (page->bytes + page->header + 3);
  page->cells = page->header + (is_interior (page->kind) ? 12 : 8);

  return page->cells + 2 * page->n_cells <= self->usable_size;
}

/* Where the cell is; 0 where that cannot be */
static guint
get_cell (CrmWreck *self, const Page *page, guint index)
{
  guint offset = get_16 (page->bytes + page->cells + 2 * index);

  return offset >= page->cells + 2 * page->n_cells && offset + 4 <= self->usable_size ? offset : 0;
}

/* How much of a payload is on the page itself */
static guint
get_local_size (CrmWreck *self, const Page *page, guint64 size)
{
  guint usable = self->usable_size;
  guint most = has_rowids (page->kind) ? usable - 35 : (usable - 12) * 64 / 255 - 23;
  guint least = (usable - 12) * 32 / 255 - 23;
  guint local;

  if (size <= most)
    return (guint) size;

  local = least + (guint) ((size - least) % (usable - 4));
  return local <= most ? local : least;
}

static gboolean
is_wiped (const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != 0)
      return FALSE;

  return TRUE;
}

/* Appends what the chain of pages holds; what is missing at the end is lost */
static void
read_overflow (CrmWreck *self, guint32 number, GByteArray *payload, guint64 size)
{
  g_autofree guint8 *bytes = g_malloc (self->page_size);

  while (payload->len < size && number != 0 && number <= self->n_pages && !self->is_read[number])
    {
      guint part = (guint) MIN (size - payload->len, self->usable_size - 4);

      self->is_read[number] = TRUE;
      if (!read_page (self, number, bytes))
        break;
      number = get_32 (bytes);
      /* A page that was wiped leads nowhere too early, or holds nothing but zeros, as no value of ours does */
      if ((number == 0 && payload->len + part < size) || is_wiped (bytes + 4, part))
        break;
      g_byte_array_append (payload, bytes + 4, part);
    }
  if (payload->len < size)
    self->n_damaged_pages++;
}

/* The size of a value by its serial type; -1 where there is none of that type */
static gint64
get_value_size (guint64 serial)
{
  static const gint8 sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, -1, -1 };

  return serial < G_N_ELEMENTS (sizes) ? sizes[serial] : (gint64) ((serial - 12) / 2);
}

static void
decode_value (CrmWreckValue *value, guint64 serial, const guint8 *bytes, gsize size)
{
  gint64 integer = size > 0 && (bytes[0] & 0x80) != 0 ? -1 : 0;
  guint64 bits = (guint64) integer;

  switch (serial)
    {
    case 0:
      value->type = CRM_COLUMN_NULL;
      return;
    case 8:
    case 9:
      value->type = CRM_COLUMN_INTEGER;
      value->integer = serial == 9;
      return;
    default:
      break;
    }

  if (serial >= 12)
    {
      value->type = serial % 2 == 0 ? CRM_COLUMN_BLOB : CRM_COLUMN_TEXT;
      value->data = (const char *) bytes;
      value->size = size;
      return;
    }

  for (gsize i = 0; i < size; i++)
    bits = bits << 8 | bytes[i];
  if (serial == 7)
    {
      value->type = CRM_COLUMN_REAL;
      memcpy (&value->real, &bits, sizeof value->real);
    }
  else
    {
      value->type = CRM_COLUMN_INTEGER;
      value->integer = (gint64) bits;
    }
}

/* @payload: what is there of the @size bytes of a row */
static gboolean
decode_row (const GByteArray *payload, guint64 size, GArray *values)
{
  guint64 header;
  guint at = get_varint (payload->data, payload->len, &header);
  guint64 end = header;

  if (at == 0 || header < at || header > payload->len)
    return FALSE;

  while (at < header)
    {
      CrmWreckValue value = { 0 };
      guint64 serial;
      guint n = get_varint (payload->data + at, header - at, &serial);
      gint64 value_size = n > 0 && serial < 2 * (guint64) MAX_PAYLOAD ? get_value_size (serial)
                                                                      : -1;

      if (value_size < 0 || values->len == MAX_COLUMNS || end + (guint64) value_size > size)
        return FALSE;
      if (end + (guint64) value_size <= payload->len)
        decode_value (&value, serial, payload->data + end, (gsize) value_size);
      else
        value.is_lost = TRUE;
      g_array_append_val (values, value);
      at += n;
      end += (guint64) value_size;
    }

  return end == size && values->len > 0;
}

/* The row in one cell. @payload and @values hold it until the next one. */
static gboolean
read_cell (CrmWreck *self,
           const Page *page,
           guint index,
           GByteArray *payload,
           GArray *values,
           CrmWreckRow *row)
{
  guint at = get_cell (self, page, index);
  guint64 size;
  guint64 rowid = 0;
  guint local;
  guint n;

  g_byte_array_set_size (payload, 0);
  g_array_set_size (values, 0);
  if (at == 0)
    return FALSE;
  if (page->kind == PAGE_INDEX_INTERIOR)
    at += 4;

  n = get_varint (page->bytes + at, self->usable_size - at, &size);
  at += n;
  if (n == 0 || size == 0 || size > MAX_PAYLOAD)
    return FALSE;
  if (has_rowids (page->kind))
    {
      n = get_varint (page->bytes + at, self->usable_size - at, &rowid);
      at += n;
      if (n == 0)
        return FALSE;
    }

  local = get_local_size (self, page, size);
  if (at + local + (local < size ? 4 : 0) > self->usable_size)
    return FALSE;
  g_byte_array_append (payload, page->bytes + at, local);
  if (local < size)
    read_overflow (self, get_32 (page->bytes + at + local), payload, size);
  if (!decode_row (payload, size, values))
    return FALSE;

  row->rowid = (gint64) rowid;
  row->n_values = values->len;
  row->values = (CrmWreckValue *) values->data;
  return TRUE;
}

static void
read_rows (CrmWreck *self, const Page *page, CrmWreckRowFunc func, gpointer data)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (CrmWreckValue));

  for (guint i = 0; i < page->n_cells; i++)
    {
      CrmWreckRow row;

      if (!read_cell (self, page, i, payload, values, &row))
        self->n_damaged_rows++;
      else if (func != NULL)
        func (&row, data);
    }
}

/* What lies below one page. A page of the other kind, or one that something else led to, is not what was meant:
 * then it is met by what it belongs to. */
static void
read_tree (CrmWreck *self,
           guint32 number,
           gboolean with_rowids,
           guint depth,
           CrmWreckRowFunc func,
           gpointer data)
{
  g_auto (Page) page = { 0 };

  if (number == 0 || number > self->n_pages || depth > MAX_DEPTH ||
      g_cancellable_is_cancelled (self->cancellable))
    {
      self->n_damaged_pages += number == 0 || number > self->n_pages ? 1 : 0;
      return;
    }
  if (self->is_read[number])
    return;
  if (!load_page (self, number, &page) || has_rowids (page.kind) != with_rowids)
    {
      self->n_damaged_pages++;
      return;
    }

  self->is_read[number] = TRUE;
  if (is_interior (page.kind))
    {
      for (guint i = 0; i < page.n_cells; i++)
        {
          guint cell = get_cell (self, &page, i);

          if (cell != 0)
            read_tree (self, get_32 (page.bytes + cell), with_rowids, depth + 1, func, data);
        }
      read_tree (self, get_32 (page.bytes + page.header + 8), with_rowids, depth + 1, func, data);
    }
  if (page.kind != PAGE_TABLE_INTERIOR)
    read_rows (self, &page, func, data);
}

static char *
get_text (const CrmWreckValue *value)
{
  if (value->type != CRM_COLUMN_TEXT || value->is_lost ||
      !g_utf8_validate (value->data, (gssize) value->size, NULL))
    return NULL;

  return g_strndup (value->data, value->size);
}

static void
object_free (gpointer data)
{
  CrmWreckObject *object = data;

  g_free (object->type);
  g_free (object->name);
  g_free (object->table_name);
  g_free (object->sql);
  g_free (object);
}

static void
add_object (const CrmWreckRow *row, gpointer data)
{
  CrmWreck *self = data;
  CrmWreckObject *object;

  if (row->n_values != 5 || row->values[3].type != CRM_COLUMN_INTEGER)
    return;

  object = g_new0 (CrmWreckObject, 1);
  object->type = get_text (&row->values[0]);
  object->name = get_text (&row->values[1]);
  object->table_name = get_text (&row->values[2]);
  object->root = (guint32) row->values[3].integer;
  object->sql = get_text (&row->values[4]);
  if (object->type != NULL && object->name != NULL && object->table_name != NULL)
    g_ptr_array_add (self->objects, object);
  else
    object_free (object);
}

static gboolean
copy_file (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  return g_file_copy (source, target, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error);
}

/* The log is played into a copy, by SQLite, as far as it can; the file and its log stay as they are */
static gboolean
copy_with_log (CrmWreck *self, const char *path, const char *log, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "crm", NULL);
  g_autofree char *pattern = g_build_filename (folder, "salvage.crm", NULL);
  g_autofree char *log_copy = NULL;
  g_autoptr (CrmConnection) connection = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      crm_workspace_file_set_errno (error, errno, folder);
      return FALSE;
    }
  self->copy = crm_workspace_file_make_temporary (pattern, error);
  if (self->copy == NULL)
    return FALSE;

  log_copy = g_strconcat (self->copy, "-wal", NULL);
  if (!copy_file (path, self->copy, self->cancellable, error) ||
      !copy_file (log, log_copy, self->cancellable, error))
    return FALSE;

  connection = crm_connection_open (self->copy, CRM_CONNECTION_WRITER, 0, NULL, NULL);
  if (connection != NULL)
    sqlite3_wal_checkpoint_v2 (connection->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  return TRUE;
}

static gboolean
read_sizes (CrmWreck *self, const char *path, GError **error)
{
  guint8 header[HEADER_SIZE];
  struct stat info;
  guint page_size = 0;

  if (fstat (self->fd, &info) != 0 || pread (self->fd, header, sizeof header, 0) != sizeof header)
    {
      crm_sqlite_set_error (error, SQLITE_NOTADB, 0, path, "");
      return FALSE;
    }

  /* Every workspace is made with pages of the usual size; where the head is lost it has that */
  if (memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) == 0)
    page_size = get_16 (header + HEADER_PAGE_SIZE);
  if (page_size == 1)
    page_size = 65536;
  if (page_size < 512 || (page_size & (page_size - 1)) != 0)
    page_size = DEFAULT_PAGE_SIZE;

  self->page_size = page_size;
  self->usable_size = page_size;
  if (memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) == 0 && header[HEADER_RESERVED] < 32)
    self->usable_size -= header[HEADER_RESERVED];
  self->n_pages = (guint32) MIN ((info.st_size + page_size - 1) / page_size, G_MAXUINT32 - 1);
  self->is_read = g_malloc0 ((gsize) self->n_pages + 1);

  return TRUE;
}

CrmWreck *
crm_wreck_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmWreck) self = NULL;
  g_autofree char *resolved = NULL;
  g_autofree char *log = NULL;
  GStatBuf info;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (CrmWreck, 1);
  self->fd = -1;
  self->objects = g_ptr_array_new_with_free_func (object_free);
  g_set_object (&self->cancellable, cancellable);
  resolved = crm_workspace_file_resolve (path);
  log = g_strconcat (resolved, "-wal", NULL);
  if (g_stat (log, &info) == 0 && info.st_size > 0 && !copy_with_log (self, resolved, log, error))
    return NULL;

  self->fd = g_open (self->copy != NULL ? self->copy : resolved, O_RDONLY | O_CLOEXEC, 0);
  if (self->fd < 0)
    {
      crm_workspace_file_set_errno (error, errno, path);
      return NULL;
    }
  if (!read_sizes (self, path, error))
    return NULL;

  read_tree (self, 1, TRUE, 0, add_object, self);
  return g_steal_pointer (&self);
}

void
crm_wreck_free (CrmWreck *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->copy != NULL)
    crm_workspace_file_remove (self->copy);
  g_free (self->copy);
  g_free (self->is_read);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->objects);
  g_free (self);
}

GPtrArray *
crm_wreck_get_objects (CrmWreck *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->objects;
}

void
crm_wreck_read (CrmWreck *self, guint32 root, CrmWreckRowFunc func, gpointer data)
{
  g_auto (Page) page = { 0 };

  g_return_if_fail (self != NULL);

  /* The kind of the tree is that of its root; what is below it has to be the same */
  if (load_page (self, root, &page))
    read_tree (self, root, has_rowids (page.kind), 0, func, data);
  else
    self->n_damaged_pages++;
}

static void
read_page_rest (CrmWreck *self, const Page *page, CrmWreckPageFunc func, gpointer data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new ();
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (CrmWreckRow));

  for (guint i = 0; i < page->n_cells; i++)
    {
      GByteArray *payload = g_byte_array_new ();
      GArray *values = g_array_new (FALSE, FALSE, sizeof (CrmWreckValue));
      CrmWreckRow row;

      g_ptr_array_add (held, payload);
      g_ptr_array_add (held, values);
      if (read_cell (self, page, i, payload, values, &row))
        g_array_append_val (rows, row);
      else
        self->n_damaged_rows++;
    }

  if (rows->len > 0)
    func (has_rowids (page->kind), (const CrmWreckRow *) rows->data, rows->len, data);
  for (guint i = 0; i < held->len; i += 2)
    {
      g_byte_array_unref (held->pdata[i]);
      g_array_unref (held->pdata[i + 1]);
    }
}

void
crm_wreck_read_rest (CrmWreck *self, CrmWreckPageFunc func, gpointer data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  for (guint32 number = 1; number <= self->n_pages; number++)
    {
      g_auto (Page) page = { 0 };

      if (self->is_read[number] || g_cancellable_is_cancelled (self->cancellable) ||
          !load_page (self, number, &page) || page.n_cells == 0 || page.kind == PAGE_TABLE_INTERIOR)
        continue;

      self->is_read[number] = TRUE;
      read_page_rest (self, &page, func, data);
    }
}

void
crm_wreck_forget (CrmWreck *self)
{
  g_return_if_fail (self != NULL);

  memset (self->is_read, 0, (gsize) self->n_pages + 1);
  self->n_damaged_pages = 0;
  self->n_damaged_rows = 0;
}

guint
crm_wreck_get_n_damaged_pages (CrmWreck *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_damaged_pages;
}

guint
crm_wreck_get_n_damaged_rows (CrmWreck *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_damaged_rows;
}
