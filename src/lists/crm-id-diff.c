/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-id-diff-private.h"

#include <string.h>

/* Beyond these a replacement of everything, which costs GTK two times 205 rows, is cheaper */
#define MAX_STEPS 32
#define MAX_SPAN 200000
/* How far a longer span is looked ahead for where both go on alike */
#define WINDOW 64

#define ID(array, index) g_array_index ((array), gint64, (index))

typedef struct
{
  GArray *before;
  GArray *after;
  guint first; /* length of the common beginning */
  guint before_end; /* where the common end starts */
  guint after_end;
} Span;

static GHashTable *
make_set (GArray *ids, guint first, guint end)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = first; i < end; i++)
    g_hash_table_add (set, &ID (ids, i));

  return set;
}

static Span
trim (GArray *before, GArray *after)
{
  Span span = { before, after, 0, before->len, after->len };
  guint shorter = MIN (before->len, after->len);

  while (span.first < shorter && ID (before, span.first) == ID (after, span.first))
    span.first++;
  while (span.before_end > span.first && span.after_end > span.first &&
         ID (before, span.before_end - 1) == ID (after, span.after_end - 1))
    {
      span.before_end--;
      span.after_end--;
    }

  return span;
}

/* Marks in @leaves and @enters (a byte an id of the span) what is removed and what is inserted */
static gboolean
mark (const Span *span, guint8 *leaves, guint8 *enters)
{
  g_autoptr (GHashTable) old = make_set (span->before, span->first, span->before_end);
  g_autoptr (GHashTable) new = make_set (span->after, span->first, span->after_end);
  guint n_moved = 0;
  guint i = span->first;
  guint j = span->first;

  while (i < span->before_end || j < span->after_end)
    {
      if (i < span->before_end && !g_hash_table_contains (new, &ID (span->before, i)))
        leaves[i++ - span->first] = 1;
      else if (j < span->after_end && !g_hash_table_contains (old, &ID (span->after, j)))
        enters[j++ - span->first] = 1;
      else if (i < span->before_end && j < span->after_end &&
               ID (span->before, i) == ID (span->after, j))
        {
          i++;
          j++;
        }
      else
        {
          gint64 *moved;

          /* Both are in the other array, but not here. The one whose successor fits has moved. */
          if (++n_moved > MAX_STEPS || i == span->before_end || j == span->after_end)
            return FALSE;

          if (i + 1 < span->before_end && ID (span->before, i + 1) == ID (span->after, j))
            {
              moved = &ID (span->before, i);
              leaves[i++ - span->first] = 1;
              g_hash_table_remove (old, moved);
            }
          else
            {
              moved = &ID (span->after, j);
              enters[j++ - span->first] = 1;
              g_hash_table_remove (new, moved);
            }
        }
    }

  return TRUE;
}

/* By how much one of both has to go on until they are alike again; 0 where that is not near */
static guint
find_next (const Span *span, guint i, guint j, gboolean *removed)
{
  for (guint ahead = 1; ahead <= WINDOW; ahead++)
    {
      *removed = i + ahead < span->before_end &&
                 ID (span->before, i + ahead) == ID (span->after, j);
      if (*removed ||
          (j + ahead < span->after_end && ID (span->before, i) == ID (span->after, j + ahead)))
        return ahead;
    }

  return 0;
}

/* The same for a long span in which little has changed, as when one of a million rows moves: what is removed here
 * and inserted there is found by looking at what follows, without a set of all ids */
static gboolean
mark_near (const Span *span, guint8 *leaves, guint8 *enters)
{
  guint n_steps = 0;
  guint i = span->first;
  guint j = span->first;

  while (i < span->before_end && j < span->after_end)
    {
      gboolean removed;
      guint n;

      if (ID (span->before, i) == ID (span->after, j))
        {
          i++;
          j++;
          continue;
        }

      n = find_next (span, i, j, &removed);
      if (n == 0 || ++n_steps > MAX_STEPS)
        return FALSE;
      if (removed)
        memset (leaves + i - span->first, 1, n);
      else
        memset (enters + j - span->first, 1, n);
      i += removed ? n : 0;
      j += removed ? 0 : n;
    }

  memset (leaves + i - span->first, 1, span->before_end - i);
  memset (enters + j - span->first, 1, span->after_end - j);
  return TRUE;
}

static void
add_step (GArray *steps, guint position, guint removed, guint added)
{
  CrmIdStep step = { position, removed, added };

  g_array_append_val (steps, step);
}

static GArray *
make_steps (const Span *span, const guint8 *leaves, const guint8 *enters)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (CrmIdStep));

  for (guint end = span->before_end; end > span->first;)
    {
      guint start = end;

      while (start > span->first && leaves[start - 1 - span->first])
        start--;
      if (start < end)
        add_step (steps, start, end - start, 0);
      end = MIN (start, end - 1);
    }

  for (guint start = span->first; start < span->after_end;)
    {
      guint end = start;

      while (end < span->after_end && enters[end - span->first])
        end++;
      if (end > start)
        add_step (steps, start, 0, end - start);
      start = MAX (end, start + 1);
    }

  return steps;
}

GArray *
crm_id_diff (GArray *before, GArray *after)
{
  Span span;
  gboolean is_long;
  g_autofree guint8 *leaves = NULL;
  g_autofree guint8 *enters = NULL;
  g_autoptr (GArray) steps = NULL;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  span = trim (before, after);
  /* Only added, or only removed: one step, however long */
  if (span.before_end == span.first || span.after_end == span.first)
    {
      GArray *step = g_array_new (FALSE, FALSE, sizeof (CrmIdStep));

      if (span.before_end > span.first)
        add_step (step, span.first, span.before_end - span.first, 0);
      else if (span.after_end > span.first)
        add_step (step, span.first, 0, span.after_end - span.first);
      return step;
    }

  is_long = span.before_end - span.first > MAX_SPAN || span.after_end - span.first > MAX_SPAN;
  leaves = g_new0 (guint8, span.before_end - span.first + 1);
  enters = g_new0 (guint8, span.after_end - span.first + 1);
  if (!(is_long ? mark_near : mark) (&span, leaves, enters))
    return NULL;

  steps = make_steps (&span, leaves, enters);
  if (steps->len > MAX_STEPS)
    return NULL;

  return g_steal_pointer (&steps);
}

GArray *
crm_id_step_apply (const CrmIdStep *self, GArray *ids, GArray *after)
{
  guint len = ids->len - self->removed + self->added;
  guint tail = self->position + self->removed;
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), len);

  g_array_append_vals (copy, ids->data, self->position);
  g_array_append_vals (copy, &g_array_index (after, gint64, self->position), self->added);
  if (tail < ids->len)
    g_array_append_vals (copy, &g_array_index (ids, gint64, tail), ids->len - tail);

  return copy;
}
