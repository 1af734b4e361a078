/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GTK 4.8 makes about two hundred rows of cells, and makes them anew where items are removed and others added: a tenth
 * of a second in which nothing else happens. So other records come to the rows that are there, which only fills in
 * other texts, and the first rows of a list come in slices between which the window lives.
 */

#include "crm-record-list-private.h"

#include <string.h>

#include "crm-id-diff-private.h"
#include "crm-row-private.h"

/* More than GTK makes rows for */
#define POOL 256
/* As many rows may be unmade and made at once */
#define FEW 32

static GArray *
copy_first (GArray *ids, guint n)
{
  GArray *copy;

  if (n == ids->len)
    return g_array_ref (ids);

  copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  if (n > 0)
    g_array_append_vals (copy, ids->data, n);

  return copy;
}

/* Other records at the same places */

typedef struct
{
  CrmRow *row;
  gint64 id; /* that it gets */
} Seat;

static void
seat_clear (gpointer data)
{
  g_object_unref (((Seat *) data)->row);
}

/* id → what was read of it, of all rows that live */
static GHashTable *
list_contents (CrmRecordList *self)
{
  GHashTable *known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                             (GDestroyNotify) crm_row_contents_unref);
  GHashTableIter iter;
  gpointer id;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    {
      CrmRowContents *contents = crm_row_ref_contents (row);

      if (contents != NULL)
        g_hash_table_insert (known, g_memdup2 (id, sizeof (gint64)), contents);
    }

  return known;
}

/* The rows that get another record */
static GArray *
list_seats (CrmRecordList *self, GArray *ids)
{
  GArray *seats = g_array_new (FALSE, FALSE, sizeof (Seat));

  g_array_set_clear_func (seats, seat_clear);
  for (guint i = 0; i < ids->len; i++)
    {
      CrmRow *row = g_hash_table_lookup (self->rows, &g_array_index (self->ids, gint64, i));
      Seat seat = { row, g_array_index (ids, gint64, i) };

      if (row == NULL || crm_row_get_id (row) == seat.id)
        continue;
      g_object_ref (row);
      g_array_append_val (seats, seat);
    }

  return seats;
}

static gboolean
forget_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* Takes @ids, which are as many as there are */
static void
exchange (CrmRecordList *self, GArray *ids)
{
  GHashTable *known = list_contents (self);
  g_autoptr (GArray) seats = NULL;

  g_assert (ids->len == self->ids->len);

  /* Of the rows those remain that somebody shows */
  _crm_record_list_drop_pages (self);
  seats = list_seats (self, ids);
  g_array_unref (self->ids);
  self->ids = ids;

  for (guint i = 0; i < seats->len; i++)
    crm_row_leave (g_array_index (seats, Seat, i).row);
  for (guint i = 0; i < seats->len; i++)
    {
      const Seat *seat = &g_array_index (seats, Seat, i);
      CrmRowContents *contents = g_hash_table_lookup (known, &seat->id);

      crm_row_take_place (seat->row, seat->id, contents);
      if (seat->id >= 0 && contents == NULL)
        _crm_record_list_mark_stale (self, seat->id);
    }
  for (guint i = 0; i < seats->len; i++)
    {
      CrmRow *row = g_array_index (seats, Seat, i).row;

      if (crm_row_get_id (row) < 0)
        _crm_record_list_update_heading (self, row);
      else
        crm_row_announce (row);
    }

  /* Freeing thousands of records takes a while, for which nothing has to wait */
  g_idle_add_full (G_PRIORITY_LOW, forget_cb, known, (GDestroyNotify) g_hash_table_unref);
  _crm_record_list_queue_fetch (self);
  crm_id_list_emit_exchanged (CRM_ID_LIST (self));
}

/* A few at a time */

static void
add_until (CrmRecordList *self, guint end)
{
  guint n = self->ids->len;

  _crm_record_list_emit_step (self, copy_first (self->coming, end), n, 0, end - n);
}

static void
add_slice (CrmRecordList *self)
{
  guint end = self->ids->len + self->slice;

  add_until (self, end < POOL && end < self->coming->len ? end : self->coming->len);
}

static void
all_came (CrmRecordList *self)
{
  gboolean is_answer = self->coming_is_answer;

  _crm_record_list_cancel_coming (self);
  if (is_answer)
    _crm_record_list_finish_query (self);
}

static gboolean
add_slice_cb (gpointer user_data)
{
  g_autoptr (CrmRecordList) self = g_object_ref (user_data);
  guint generation = self->generation;

  add_slice (self);
  /* Whoever was told has asked for something else */
  if (generation != self->generation)
    return G_SOURCE_REMOVE;
  if (self->ids->len < self->coming->len)
    return G_SOURCE_CONTINUE;

  self->coming_source = 0;
  all_came (self);
  return G_SOURCE_REMOVE;
}

/* The first slice at once, the others when the window has been drawn */
static void
grow (CrmRecordList *self, GArray *ids, gboolean is_answer)
{
  guint generation = self->generation;

  _crm_record_list_cancel_coming (self);
  self->coming = g_array_ref (ids);
  self->coming_is_answer = is_answer;
  if (self->ids->len < ids->len)
    add_slice (self);
  if (generation != self->generation)
    return;

  if (self->ids->len < ids->len)
    self->coming_source = g_idle_add (add_slice_cb, self);
  else
    all_came (self);
}

static gboolean
are_first (GArray *first, GArray *ids)
{
  return first->len == 0 || (first->len <= ids->len &&
                             memcmp (first->data, ids->data, first->len * sizeof (gint64)) == 0);
}

static void
replace (CrmRecordList *self, GArray *ids, gboolean is_answer)
{
  guint n = MIN (self->ids->len, ids->len);
  guint generation = self->generation;

  if (self->ids->len > n)
    _crm_record_list_emit_step (self, copy_first (self->ids, n), n, self->ids->len - n, 0);
  if (!are_first (self->ids, ids))
    exchange (self, copy_first (ids, n));
  if (generation == self->generation)
    grow (self, ids, is_answer);
}

static guint
count_steps (GArray *steps)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    n += g_array_index (steps, CrmIdStep, i).removed + g_array_index (steps, CrmIdStep, i).added;

  return n;
}

/* For the other files of this class */

gboolean
_crm_record_list_is_smoother (CrmRecordList *self, GArray *steps, gboolean again)
{
  const CrmIdStep *step;

  if (self->look == NULL)
    return FALSE;
  if (steps == NULL)
    return TRUE;

  step = steps->len == 1 ? &g_array_index (steps, CrmIdStep, 0) : NULL;
  if (step != NULL && step->removed == 0 && step->position == self->ids->len)
    return TRUE;

  /* What somebody looks at while others change it stays where it is */
  return !again && count_steps (steps) > FEW;
}

/* Rows come or go before the one that is looked at, so that it has the place that its record is to have. What they
 * show is settled by the exchange that follows. */
static void
align (CrmRecordList *self, GArray *ids)
{
  gint64 id = self->look (self->look_data);
  guint before = _crm_record_list_find_id (self->ids, id);
  guint after = _crm_record_list_find_id (ids, id);
  g_autoptr (GArray) shifted = NULL;

  if (id == 0 || before == G_MAXUINT || after == G_MAXUINT || before == after)
    return;

  shifted = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = before; i < after; i++)
    {
      /* Of no record and no group */
      gint64 nobody = G_MININT64 + i;

      g_array_append_val (shifted, nobody);
    }
  if (before < after)
    g_array_append_vals (shifted, self->ids->data, self->ids->len);
  else
    g_array_append_vals (shifted, &g_array_index (self->ids, gint64, before - after),
                         self->ids->len - (before - after));
  _crm_record_list_emit_step (self, g_steal_pointer (&shifted), 0,
                              before > after ? before - after : 0,
                              after > before ? after - before : 0);
}

void
_crm_record_list_answer_smoothly (CrmRecordList *self, GArray *ids, gboolean again)
{
  if (again)
    align (self, ids);
  if (!again && !are_first (self->ids, ids))
    _crm_record_list_emit_replacing (self);
  replace (self, ids, TRUE);
}

void
_crm_record_list_step_smoothly (CrmRecordList *self,
                                GArray *ids,
                                guint position,
                                guint removed,
                                guint added)
{
  if (self->look == NULL || removed + added <= FEW)
    {
      _crm_record_list_emit_step (self, ids, position, removed, added);
      return;
    }

  replace (self, ids, FALSE);
  g_array_unref (ids);
}

void
_crm_record_list_replace_smoothly (CrmRecordList *self, GArray *ids)
{
  replace (self, ids, FALSE);
}

void
_crm_record_list_add_coming (CrmRecordList *self)
{
  if (self->coming == NULL)
    return;

  add_until (self, self->coming->len);
  all_came (self);
}

void
_crm_record_list_cancel_coming (CrmRecordList *self)
{
  g_clear_handle_id (&self->coming_source, g_source_remove);
  g_clear_pointer (&self->coming, g_array_unref);
}
