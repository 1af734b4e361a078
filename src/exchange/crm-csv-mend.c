/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-mend-private.h"

#include <string.h>

/*
 * A row with quotes amiss has many readings. From the left, every place where a cell may start is
 * kept with the best way to get there; a cell that starts with a quote may end at any quote before
 * a delimiter, or be bare. The best way to a line's end with all columns is the row.
 */

/* What is odd about a reading */
#define COST_QUOTE 2.0 /* in a bare cell, or single in a quoted one */
#define COST_EDGE \
  1.5 /* such a quote beside a delimiter or line break: it looks like a cell's edge */
#define COST_OPENING 1.0 /* a bare cell that starts with a quote */
#define COST_LINE 1.0 /* a line break in a cell */
#define MAX_COST 12.0

/* Wider tables are not looked at in this way */
#define MAX_COLUMNS 512

typedef struct
{
  char *pos; /* where the next cell starts, or the row ends */
  double cost;
  int previous; /* index in the way */
  CrmCsvRawCell cell; /* that was taken last */
} Step;

typedef struct
{
  const CrmCsvSplit *split;
  char *start;
  char *end;
  gboolean last; /* nothing follows end */
  guint n_columns;
  GArray *steps; /* of Step */
  guint level_start; /* first step of the level that is being made */
  int best; /* whole row, or -1 */
} Way;

static gboolean
is_line_end (const CrmCsvSplit *split, char c)
{
  return c == split->lf || c == split->cr;
}

static char *
skip_spaces (const CrmCsvSplit *split, char *p, char *end)
{
  while (p < end && (*p == ' ' || *p == '\t') && *p != split->delimiter[0])
    p++;

  return p;
}

/* A step to behind the cell, which ends at @p; nothing where no delimiter or line end is there */
static void
add_step (Way *way, int previous, const CrmCsvRawCell *cell, char *p, double cost, gboolean is_last)
{
  const CrmCsvSplit *split = way->split;
  gboolean at_end = p == way->end;
  Step step = { .cost = cost, .previous = previous, .cell = *cell };
  guint i;

  if (at_end && !way->last)
    return;
  if (is_last != (at_end || is_line_end (split, *p)) || cost > MAX_COST)
    return;

  if (is_last)
    {
      if (!at_end && *p == split->cr && p + 1 < way->end && p[1] == split->lf)
        p++;
      step.pos = at_end ? p : p + 1;
      if (way->best >= 0 && g_array_index (way->steps, Step, way->best).cost <= cost)
        return;
      way->best = (int) way->steps->len;
      g_array_append_val (way->steps, step);
      return;
    }

  if (!crm_csv_split_is_delimiter (split, p, way->end))
    return;
  step.pos = p + split->delimiter_size;
  for (i = way->level_start; i < way->steps->len; i++)
    {
      Step *other = &g_array_index (way->steps, Step, i);

      if (other->pos == step.pos)
        {
          if (step.cost < other->cost)
            *other = step;
          return;
        }
    }
  g_array_append_val (way->steps, step);
}

static void
add_bare (Way *way, int previous, char *p, double cost, gboolean is_last)
{
  const CrmCsvSplit *split = way->split;
  CrmCsvRawCell cell = { .text = p };

  if (p < way->end && *skip_spaces (split, p, way->end) == split->quote)
    cost += COST_OPENING;
  for (;
       p < way->end && !is_line_end (split, *p) && !crm_csv_split_is_delimiter (split, p, way->end);
       p++)
    {
      if (split->escape != 0 && *p == split->escape && p + 1 < way->end)
        {
          cell.escaped = TRUE;
          p++;
        }
      else if (*p == split->quote)
        {
          cost += COST_QUOTE;
        }
    }
  cell.size = (gsize) (p - cell.text);
  add_step (way, previous, &cell, p, cost, is_last);
}

/* What the quotes from @from up to @to cost if they are inside a quoted cell */
static double
rate_run (const Way *way, const char *open, const char *from, const char *to)
{
  const char before = from[-1];
  double cost = 0;

  if ((to - from) % 2 == 0)
    return 0;
  cost = COST_QUOTE;
  if (from - 1 > open && (is_line_end (way->split, before) || before == way->split->delimiter[0]))
    cost += COST_EDGE;
  if (to < way->end && (is_line_end (way->split, *to) || *to == way->split->delimiter[0]))
    cost += COST_EDGE;

  return cost;
}

static void
add_quoted (Way *way, int previous, char *open, double cost, gboolean is_last)
{
  const CrmCsvSplit *split = way->split;
  CrmCsvRawCell cell = { .text = open + 1, .quoted = TRUE };
  char *p = open + 1;

  while (p < way->end && cost <= MAX_COST)
    {
      char *run = p;
      char *after;

      if (split->escape != 0 && *p == split->escape && p + 1 < way->end)
        {
          cell.escaped = TRUE;
          p += 2;
          continue;
        }
      if (is_line_end (split, *p))
        {
          if (!(*p == split->cr && p + 1 < way->end && p[1] == split->lf))
            {
              cost += COST_LINE;
              cell.n_lines++;
            }
          p++;
          continue;
        }
      if (*p != split->quote)
        {
          p++;
          continue;
        }

      while (p < way->end && *p == split->quote)
        p++;
      /* The last quote of the run may close. */
      after = skip_spaces (split, p, way->end);
      cell.size = (gsize) (p - 1 - cell.text);
      if (p - run > 2)
        cell.escaped = TRUE;
      add_step (way, previous, &cell, after,
                cost + (p - 1 > run ? rate_run (way, open, run, p - 1) : 0), is_last);
      if (p - run > 1)
        cell.escaped = TRUE;
      cost += rate_run (way, open, run, p);
    }
}

static void
take_cells (CrmCsvSplit *split, const Way *way)
{
  int index = way->best;
  guint i;

  if (split->n_allocated < way->n_columns)
    {
      split->n_allocated = way->n_columns;
      split->cells = g_renew (CrmCsvRawCell, split->cells, split->n_allocated);
    }
  split->n_cells = way->n_columns;
  split->n_quoted = 0;
  split->n_lines = 0;
  split->stray = TRUE;
  split->stray_quoted = FALSE;
  split->non_ascii = TRUE;

  for (i = way->n_columns; i > 0; i--)
    {
      const Step *step = &g_array_index (way->steps, Step, index);

      split->cells[i - 1] = step->cell;
      split->n_lines += step->cell.n_lines;
      split->n_quoted += step->cell.quoted ? 1 : 0;
      index = step->previous;
    }
}

gboolean
crm_csv_mend_is_needed (const CrmCsvSplit *split, CrmCsvSplitStatus status, guint n_columns)
{
  gboolean other_width = split->n_cells != n_columns;

  if (n_columns < 2 || n_columns > MAX_COLUMNS || split->quote == 0)
    return FALSE;
  if (status == CRM_CSV_SPLIT_UNCLOSED)
    return TRUE;

  return (split->stray_quoted && (other_width || split->n_lines > 0)) ||
         (split->n_lines > 0 && other_width);
}

gboolean
crm_csv_mend_row (CrmCsvSplit *split,
                  char *start,
                  char *end,
                  gboolean last,
                  guint n_columns,
                  char **next)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  Way way = { split, start, end, last, n_columns, steps, 0, -1 };
  const Step first = { .pos = start, .previous = -1 };
  guint level_start = 0;
  guint level, i;

  if (end - start > CRM_CSV_MEND_SIZE)
    {
      way.end = start + CRM_CSV_MEND_SIZE;
      way.last = FALSE;
    }

  g_array_append_val (steps, first);
  for (level = 1; level <= n_columns; level++)
    {
      guint level_end = steps->len;

      way.level_start = level_end;
      for (i = level_start; i < level_end; i++)
        {
          const Step step = g_array_index (steps, Step, i);
          char *open = skip_spaces (split, step.pos, way.end);

          if (open < way.end && *open == split->quote)
            add_quoted (&way, (int) i, open, step.cost, level == n_columns);
          add_bare (&way, (int) i, step.pos, step.cost, level == n_columns);
        }
      level_start = level_end;
    }

  if (way.best < 0)
    return FALSE;
  *next = g_array_index (steps, Step, way.best).pos;
  take_cells (split, &way);

  return TRUE;
}

const char *
crm_csv_mend_delimiter (CrmCsvSplit *split, char *start, char *row_end, guint n_columns)
{
  static const char *const others[] = { ",", ";", "\t", "|", " " };
  const char *delimiter = split->delimiter;
  gsize delimiter_size = split->delimiter_size;
  const char *found = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (others) && found == NULL; i++)
    {
      char *next;

      /* Two words are no two cells. */
      if (n_columns < (*others[i] == ' ' ? 5 : 3) || g_str_equal (others[i], delimiter) ||
          memchr (start, *others[i], (gsize) (row_end - start)) == NULL)
        continue;
      split->delimiter = others[i];
      split->delimiter_size = 1;
      if (crm_csv_split_row (split, start, row_end, TRUE, G_MAXSIZE, &next) == CRM_CSV_SPLIT_ROW &&
          split->n_cells == n_columns && !split->stray && next == row_end)
        found = others[i];
    }

  split->delimiter = delimiter;
  split->delimiter_size = delimiter_size;

  return found;
}
