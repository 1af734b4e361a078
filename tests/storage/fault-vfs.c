/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a disk keeps of a file when the power fails is what was synced, and of the later writes any sectors, in any
 * order. So for each file of the workspace the synced content is held in memory with the writes
 * since, and the file that is found afterwards is made of them. SQLite counts on it that bytes which it does not
 * write do not change ("powersafe overwrite"); only sectors that are being written become garbage. */

#include "fault-vfs.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

/* Write, or truncation where @bytes is %NULL, that was not synced yet */
typedef struct
{
  gint64 offset;
  GBytes *bytes;
} Pending;

/* A file of the workspace, however many connections have it open */
typedef struct
{
  char *path;
  GByteArray *synced;
  GPtrArray *pending; /* (element-type Pending) in the order in which they were asked for */
  gboolean deleted; /* which is not synced */
} Node;

typedef struct
{
  sqlite3_file base;
  Node *node; /* (nullable) */
  sqlite3_file *real; /* lies behind this struct */
} File;

/* One for the process: SQLite knows its VFS by name only */
static struct
{
  GMutex mutex;
  sqlite3_vfs *real;
  char *path;
  GHashTable *nodes; /* path -> Node */
  GRand *random;
  FaultKind kind;
  guint n;
  guint count;
  gboolean armed;
  gboolean struck;
} disk;

static const char *const names[] = { "none", "kill", "power", "error", "full", "broken" };

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_clear_pointer (&pending->bytes, g_bytes_unref);
  g_free (pending);
}

static Node *
node_new (const char *path)
{
  Node *self = g_new0 (Node, 1);
  g_autofree char *content = NULL;
  gsize size = 0;

  self->path = g_strdup (path);
  self->synced = g_byte_array_new ();
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  if (g_file_get_contents (path, &content, &size, NULL))
    g_byte_array_append (self->synced, (const guint8 *) content, (guint) size);

  return self;
}

/* What the disk does */

static void
resize (GByteArray *content, gint64 size)
{
  guint old_size = content->len;

  g_byte_array_set_size (content, (guint) size);
  if (content->len > old_size)
    memset (content->data + old_size, 0, content->len - old_size);
}

static void
put (GByteArray *content, gint64 offset, const guint8 *data, gsize size)
{
  if (offset + (gint64) size > content->len)
    resize (content, offset + (gint64) size);
  memcpy (content->data + offset, data, size);
}

static void
node_sync (Node *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = g_ptr_array_index (self->pending, i);
      gsize size;
      const guint8 *data;

      if (pending->bytes == NULL)
        {
          resize (self->synced, pending->offset);
          continue;
        }
      data = g_bytes_get_data (pending->bytes, &size);
      put (self->synced, pending->offset, data, size);
    }
  g_ptr_array_set_size (self->pending, 0);
}

static void
node_add (Node *self, gint64 offset, const void *data, gsize size)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->offset = offset;
  if (data != NULL)
    pending->bytes = g_bytes_new (data, size);
  g_ptr_array_add (self->pending, pending);
}

/* Of a write: each sector for itself; the one in which the power went may be anything */
static void
keep_some (GByteArray *content, const Pending *pending, double share, gboolean is_last)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (pending->bytes, &size);
  gsize torn = is_last ? (gsize) g_rand_int_range (disk.random, 0, (gint) size + 1) : size;

  for (gsize start = 0; start < size;)
    {
      gsize end = MIN (size, start + SECTOR - (gsize) (pending->offset + (gint64) start) % SECTOR);

      if (start <= torn && torn < end)
        {
          g_autofree guint8 *garbage = g_malloc (end - start);

          for (gsize i = 0; i < end - start; i++)
            garbage[i] = (guint8) g_rand_int (disk.random);
          put (content, pending->offset + (gint64) start, garbage, end - start);
        }
      else if (end <= torn && g_rand_double (disk.random) < share)
        {
          put (content, pending->offset + (gint64) start, data + start, end - start);
        }
      start = end;
    }
}

static void
node_lose_power (Node *self, const Node *writing)
{
  static const double shares[] = { 0, 0.5, 0.9, 1 };
  double share = shares[g_rand_int_range (disk.random, 0, G_N_ELEMENTS (shares))];
  gsize written = 0;
  int fd;

  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = g_ptr_array_index (self->pending, i);

      if (pending->bytes != NULL)
        keep_some (self->synced, pending, share, self == writing && i + 1 == self->pending->len);
      else if (g_rand_boolean (disk.random))
        resize (self->synced, pending->offset);
    }
  if (self->deleted && g_rand_boolean (disk.random))
    {
      unlink (self->path);
      return;
    }

  fd = open (self->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  g_assert_cmpint (fd, >=, 0);
  while (written < self->synced->len)
    {
      gssize n = write (fd, self->synced->data + written, self->synced->len - written);

      g_assert_cmpint (n, >, 0);
      written += (gsize) n;
    }
  close (fd);
}

/* The other threads wait for the mutex meanwhile, or only read */
static void
lose_power (const Node *writing)
{
  GHashTableIter iter;
  gpointer node;
  g_autofree char *index = g_strconcat (disk.path, "-shm", NULL);

  g_hash_table_iter_init (&iter, disk.nodes);
  while (g_hash_table_iter_next (&iter, NULL, &node))
    node_lose_power (node, writing);
  unlink (index);
  _exit (FAULT_VFS_EXIT);
}

/* Counts an operation. Returns whether it fails */
static gboolean
strike (void)
{
  gboolean now;

  if (!disk.armed)
    return FALSE;

  now = disk.count++ == disk.n && disk.kind != FAULT_NONE;
  if (now)
    disk.struck = TRUE;
  if (now && disk.kind == FAULT_KILL)
    {
      kill (getpid (), SIGKILL);
      pause ();
    }

  return now || (disk.struck && (disk.kind == FAULT_FULL || disk.kind == FAULT_BROKEN));
}

/* Files */

static int
file_close (sqlite3_file *file)
{
  File *self = (File *) file;

  return self->real->pMethods->xClose (self->real);
}

static int
file_read (sqlite3_file *file, void *buffer, int size, sqlite3_int64 offset)
{
  File *self = (File *) file;

  return self->real->pMethods->xRead (self->real, buffer, size, offset);
}

static int
write_really (File *self, const void *data, int size, sqlite3_int64 offset)
{
  if (self->node != NULL && size > 0)
    node_add (self->node, offset, data, (gsize) size);
  return self->real->pMethods->xWrite (self->real, data, size, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  File *self = (File *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);

  if (!strike ())
    return write_really (self, data, size, offset);

  switch (disk.kind)
    {
    case FAULT_POWER:
      if (self->node != NULL)
        node_add (self->node, offset, data, (gsize) size);
      lose_power (self->node);
      g_assert_not_reached ();

    case FAULT_FULL:
      if (disk.count == disk.n + 1)
        write_really (self, data, size / 2, offset);
      return SQLITE_FULL;

    case FAULT_ERROR:
      if (g_rand_boolean (disk.random))
        write_really (self, data, g_rand_int_range (disk.random, 0, size + 1), offset);
      return SQLITE_IOERR_WRITE;

    case FAULT_NONE:
    case FAULT_KILL:
    case FAULT_BROKEN:
    default:
      return SQLITE_IOERR_WRITE;
    }
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  File *self = (File *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);

  if (strike ())
    {
      if (disk.kind == FAULT_POWER)
        lose_power (NULL);
      if (disk.kind != FAULT_FULL)
        return SQLITE_IOERR_TRUNCATE;
    }
  if (self->node != NULL)
    node_add (self->node, size, NULL, 0);
  return self->real->pMethods->xTruncate (self->real, size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  File *self = (File *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);

  if (strike ())
    {
      if (disk.kind == FAULT_POWER)
        lose_power (NULL);
      if (disk.kind != FAULT_FULL)
        return SQLITE_IOERR_FSYNC;
    }
  /* What is lost is decided here, not by the disk that the tests run on */
  if (self->node != NULL)
    node_sync (self->node);
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  File *self = (File *) file;

  return self->real->pMethods->xFileSize (self->real, size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  File *self = (File *) file;

  return self->real->pMethods->xLock (self->real, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  File *self = (File *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

static int
file_check_reserved_lock (sqlite3_file *file, int *result)
{
  File *self = (File *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, result);
}

static int
file_control (sqlite3_file *file, int op, void *argument)
{
  File *self = (File *) file;

  return self->real->pMethods->xFileControl (self->real, op, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  File *self = (File *) file;

  return self->real->pMethods->xSectorSize (self->real);
}

static int
file_device_characteristics (sqlite3_file *file)
{
  File *self = (File *) file;

  return self->real->pMethods->xDeviceCharacteristics (self->real);
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  File *self = (File *) file;

  return self->real->pMethods->xShmMap (self->real, page, size, extend, memory);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  File *self = (File *) file;

  return self->real->pMethods->xShmLock (self->real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  File *self = (File *) file;

  self->real->pMethods->xShmBarrier (self->real);
}

static int
file_shm_unmap (sqlite3_file *file, int remove)
{
  File *self = (File *) file;

  return self->real->pMethods->xShmUnmap (self->real, remove);
}

/* Version 2: files are not mapped into memory */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

/* The VFS */

/* The workspace and its journals; not what is mapped, and not copies of it in the making */
static Node *
find_node (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-journal" };
  Node *node = NULL;

  for (gsize i = 0; path != NULL && i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *own = g_strconcat (disk.path, suffixes[i], NULL);

      if (!g_str_equal (path, own))
        continue;
      node = g_hash_table_lookup (disk.nodes, path);
      if (node == NULL)
        {
          node = node_new (path);
          g_hash_table_insert (disk.nodes, node->path, node);
        }
    }

  return node;
}

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  File *self = (File *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);
  int result;

  self->base.pMethods = NULL;
  self->real = (sqlite3_file *) (self + 1);
  self->node = find_node (path);
  result = disk.real->xOpen (disk.real, path, self->real, flags, out_flags);
  if (self->real->pMethods == NULL)
    return result;

  self->base.pMethods = &methods;
  if (self->node != NULL && self->node->deleted)
    {
      self->node->deleted = FALSE;
      g_byte_array_set_size (self->node->synced, 0);
      g_ptr_array_set_size (self->node->pending, 0);
    }
  return result;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);
  Node *node = find_node (path);

  if (strike ())
    {
      if (disk.kind == FAULT_POWER)
        lose_power (NULL);
      if (disk.kind != FAULT_FULL)
        return SQLITE_IOERR_DELETE;
    }
  if (node != NULL)
    node->deleted = TRUE;
  if (node != NULL && sync_folder)
    {
      g_byte_array_set_size (node->synced, 0);
      g_ptr_array_set_size (node->pending, 0);
    }
  return disk.real->xDelete (disk.real, path, 0);
}

gboolean
fault_kind_from_name (const char *name, FaultKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *kind = (FaultKind) i;
        return TRUE;
      }

  return FALSE;
}

const char *
fault_kind_to_name (FaultKind kind)
{
  return names[kind];
}

void
fault_vfs_register (const char *path)
{
  static sqlite3_vfs vfs;

  g_return_if_fail (disk.real == NULL);

  disk.real = sqlite3_vfs_find (NULL);
  disk.path = g_strdup (path);
  disk.nodes = g_hash_table_new (g_str_hash, g_str_equal);
  disk.random = g_rand_new_with_seed (0);

  vfs = *disk.real;
  vfs.zName = "fault";
  vfs.pNext = NULL;
  vfs.szOsFile = (int) sizeof (File) + disk.real->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, TRUE), ==, SQLITE_OK);
}

void
fault_vfs_arm (FaultKind kind, guint n, guint32 seed)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, disk.nodes);
  while (g_hash_table_iter_next (&iter, NULL, &node))
    node_sync (node);

  g_rand_set_seed (disk.random, seed);
  disk.kind = kind;
  disk.n = n;
  disk.count = 0;
  disk.struck = FALSE;
  disk.armed = TRUE;
}

guint
fault_vfs_disarm (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);

  disk.armed = FALSE;
  return disk.count;
}

gboolean
fault_vfs_has_struck (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&disk.mutex);

  return disk.struck;
}
