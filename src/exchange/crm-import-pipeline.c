/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-pipeline-private.h"

#include <string.h>

#define BLOCK_ROWS 512
#define BLOCK_BYTES (1024 * 1024)
#define MAX_BLOCKS 8

struct _CrmImportPipeline
{
  CrmCsvReader *reader;
  const CrmImportLayout *layout;
  GThread *parser;
  GThreadPool *workers;
  int expects_new; /* atomic */

  GMutex lock;
  GCond changed;
  GQueue blocks; /* of CrmImportBlock, in the order of the file */
  gboolean at_end;
  gboolean stopped;
  GError *error;
};

static CrmImportBlock *
block_new (const CrmImportLayout *layout)
{
  CrmImportBlock *self = g_new0 (CrmImportBlock, 1);

  self->layout = layout;
  self->text = g_byte_array_sized_new (BLOCK_ROWS * 128);
  self->offsets = g_array_sized_new (FALSE, FALSE, sizeof (gsize), BLOCK_ROWS * 16);
  self->rows = g_new0 (CrmImportRow, BLOCK_ROWS);

  return self;
}

void
crm_import_block_free (CrmImportBlock *self)
{
  guint i;

  if (self == NULL)
    return;

  for (i = 0; i < self->n_rows; i++)
    crm_import_row_clear (&self->rows[i], self->layout);
  g_free (self->rows);
  g_free (self->cells);
  g_byte_array_unref (self->text);
  g_array_unref (self->offsets);
  g_free (self);
}

/* A short row is as long as its last edited cell. */
static guint
count_cells (const CrmImportEdit *edit, guint n_cells, guint n_columns)
{
  guint i;

  for (i = n_columns; edit != NULL && i > n_cells; i--)
    if (crm_import_edit_get_cell (edit, i - 1) != NULL)
      return i;

  return n_cells;
}

static void
block_add_row (CrmImportBlock *self,
               const CrmCsvCell *cells,
               guint n_cells,
               gint64 line,
               gboolean damaged)
{
  const CrmImportEdit *edit = crm_import_plan_find_edit (self->layout->plan, line);
  CrmImportRow *row = &self->rows[self->n_rows++];
  guint i;

  row->line = line;
  row->n_cells = count_cells (edit, n_cells, self->layout->columns->len);
  row->damaged = damaged;
  row->excluded = edit != NULL && edit->excluded;

  for (i = 0; i < row->n_cells; i++)
    {
      const char *edited = crm_import_edit_get_cell (edit, i);
      gsize offset = self->text->len;

      g_array_append_val (self->offsets, offset);
      if (edited != NULL)
        g_byte_array_append (self->text, (const guint8 *) edited, (guint) strlen (edited));
      else if (i < n_cells)
        g_byte_array_append (self->text, (const guint8 *) cells[i].text, (guint) cells[i].size);
      g_byte_array_append (self->text, (const guint8 *) "", 1);
    }
}

/* Once the text does not move any more */
static void
block_point_at_cells (CrmImportBlock *self)
{
  guint n_cells = 0;
  guint i;

  self->cells = g_new (char *, self->offsets->len + 1);
  for (i = 0; i < self->offsets->len; i++)
    self->cells[i] = (char *) self->text->data + g_array_index (self->offsets, gsize, i);

  for (i = 0; i < self->n_rows; i++)
    {
      self->rows[i].cells = self->cells + n_cells;
      n_cells += self->rows[i].n_cells;
    }
}

/* In a worker */
static void
read_block (gpointer data, gpointer user_data)
{
  CrmImportBlock *block = data;
  CrmImportPipeline *self = user_data;
  gboolean expects_new = g_atomic_int_get (&self->expects_new);
  guint i;

  if (block->written)
    {
      crm_import_block_free (block);
      return;
    }

  block_point_at_cells (block);
  for (i = 0; i < block->n_rows; i++)
    if (!block->rows[i].excluded)
      {
        crm_import_row_read (&block->rows[i], self->layout);
        if (expects_new)
          crm_import_row_make_texts (&block->rows[i], self->layout);
      }

  g_mutex_lock (&self->lock);
  block->ready = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* Returns: whether to go on */
static gboolean
hand_on (CrmImportPipeline *self, CrmImportBlock *block)
{
  gboolean stopped;

  g_mutex_lock (&self->lock);
  while (g_queue_get_length (&self->blocks) >= MAX_BLOCKS && !self->stopped)
    g_cond_wait (&self->changed, &self->lock);
  stopped = self->stopped;
  if (!stopped)
    g_queue_push_tail (&self->blocks, block);
  g_mutex_unlock (&self->lock);

  if (stopped)
    crm_import_block_free (block);
  else
    g_thread_pool_push (self->workers, block, NULL);

  return !stopped;
}

static gpointer
split_file (gpointer data)
{
  CrmImportPipeline *self = data;
  g_autoptr (GError) error = NULL;
  gboolean going_on = TRUE;

  while (going_on && error == NULL)
    {
      CrmImportBlock *block = block_new (self->layout);
      const CrmCsvCell *cells;
      guint n_cells;
      gint64 line;

      going_on = FALSE;
      while (crm_csv_reader_next (self->reader, &cells, &n_cells, &line, &error))
        {
          block_add_row (block, cells, n_cells, line, crm_csv_reader_row_is_damaged (self->reader));
          if (block->n_rows == BLOCK_ROWS || block->text->len > BLOCK_BYTES)
            {
              going_on = TRUE;
              break;
            }
        }

      block->progress = crm_csv_reader_get_progress (self->reader);
      if (block->n_rows == 0)
        crm_import_block_free (block);
      else if (!hand_on (self, block))
        break;
    }

  g_mutex_lock (&self->lock);
  self->at_end = TRUE;
  self->error = g_steal_pointer (&error);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  return NULL;
}

CrmImportPipeline *
crm_import_pipeline_new (CrmCsvReader *reader, const CrmImportLayout *layout)
{
  CrmImportPipeline *self = g_new0 (CrmImportPipeline, 1);
  int n_workers = CLAMP ((int) g_get_num_processors () - 1, 1, 4);

  self->reader = g_object_ref (reader);
  self->layout = layout;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->blocks);
  self->workers = g_thread_pool_new (read_block, self, n_workers, FALSE, NULL);
  self->parser = g_thread_new ("import-split", split_file, self);

  return self;
}

void
crm_import_pipeline_expect_new (CrmImportPipeline *self, gboolean expect_new)
{
  g_assert (self != NULL);

  g_atomic_int_set (&self->expects_new, expect_new);
}

void
crm_import_pipeline_free (CrmImportPipeline *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  g_thread_join (self->parser);
  g_thread_pool_free (self->workers, FALSE, TRUE);
  g_queue_clear_full (&self->blocks, (GDestroyNotify) crm_import_block_free);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_object_unref (self->reader);
  g_free (self);
}

CrmImportBlock *
crm_import_pipeline_next (CrmImportPipeline *self, GError **error)
{
  CrmImportBlock *block;

  g_assert (self != NULL);

  g_mutex_lock (&self->lock);
  for (;;)
    {
      block = g_queue_peek_head (&self->blocks);
      if (block != NULL && block->ready)
        {
          g_queue_pop_head (&self->blocks);
          g_cond_broadcast (&self->changed);
          break;
        }
      if (block == NULL && self->at_end)
        {
          if (self->error != NULL)
            g_propagate_error (error, g_steal_pointer (&self->error));
          break;
        }
      g_cond_wait (&self->changed, &self->lock);
    }
  g_mutex_unlock (&self->lock);

  return block;
}

void
crm_import_pipeline_release (CrmImportPipeline *self, CrmImportBlock *block)
{
  g_assert (self != NULL);
  g_assert (block != NULL);

  block->written = TRUE;
  g_thread_pool_push (self->workers, block, NULL);
}
