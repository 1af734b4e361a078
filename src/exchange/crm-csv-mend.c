/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-mend-private.h"

#include <string.h>

/*
 * A row with quotes amiss has many readings. From the left, every place where a cell may start is
 * kept with the best way to get there; a cell that starts with a quote may end at any quote before
 * a delimiter, or be bare. The best way to a line's end with all columns, or most, is the row.
 */

/* What is odd about a reading */
#define COST_QUOTE 2.0 /* in a bare cell, or single in a quoted one */
#define COST_EDGE \
  1.5 /* such a quote beside a delimiter or line break: it looks like a cell's edge */
#define COST_OPENING 1.0 /* a bare cell that starts with a quote */
#define COST_TAIL 3.0 /* text between a closing quote and the delimiter */
#define COST_MISSING 3.0 /* a cell that is not there */
#define COST_LINE 1.5 /* a line break in a cell */
#define COST_UNCLOSED \
  3.5 /* a quoted cell without its end, in front of a quote or at a line's end */
#define COST_CUT 4.5 /* such a cell that ends at any delimiter */
#define MAX_COST 12.0

/* Wider tables are not looked at in this way */
#define MAX_COLUMNS 512

typedef struct
{
  char *pos; /* where the next cell starts, or the row ends */
  double cost;
  int previous; /* index in the way */
  guint n_cells;
  gboolean whole; /* the row ends here */
  CrmCsvRawCell cell; /* that was taken last */
} Step;

typedef struct
{
  const CrmCsvSplit *split;
  char *start;
  char *end;
  gboolean last; /* nothing follows end */
  guint n_columns;
  guint level; /* cells in front of the delimiter or end that are looked for */
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
add_step (Way *way, int previous, const CrmCsvRawCell *cell, char *p, double cost)
{
  const CrmCsvSplit *split = way->split;
  gboolean at_end = p == way->end;
  Step step = { .cost = cost, .previous = previous, .n_cells = way->level, .cell = *cell };
  guint i;

  if (at_end && !way->last)
    return;

  if (at_end || is_line_end (split, *p))
    {
      step.cost += (way->n_columns - way->level) * COST_MISSING;
      if (!at_end && *p == split->cr && p + 1 < way->end && p[1] == split->lf)
        p++;
      step.pos = at_end ? p : p + 1;
      step.whole = TRUE;
      if (step.cost > MAX_COST ||
          (way->best >= 0 && g_array_index (way->steps, Step, way->best).cost <= step.cost))
        return;
      way->best = (int) way->steps->len;
      g_array_append_val (way->steps, step);
      return;
    }

  if (way->level == way->n_columns || cost > MAX_COST ||
      !crm_csv_split_is_delimiter (split, p, way->end))
    return;
  step.pos = p + split->delimiter_size;
  for (i = way->level_start; i < way->steps->len; i++)
    {
      Step *other = &g_array_index (way->steps, Step, i);

      if (other->pos == step.pos && !other->whole)
        {
          if (step.cost < other->cost)
            *other = step;
          return;
        }
    }
  g_array_append_val (way->steps, step);
}

static void
add_bare (Way *way, int previous, char *p, double cost)
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
  add_step (way, previous, &cell, p, cost);
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

/* Text behind the closing quote, in front of @p: the cell stays as it stands in the file. */
static void
add_tail (Way *way, int previous, char *open, char *p, double cost)
{
  const CrmCsvSplit *split = way->split;
  CrmCsvRawCell cell = { .text = open, .n_lines = 0 };
  char *from = p;
  const char *q;

  while (p < way->end && *p != split->quote && !is_line_end (split, *p) &&
         !crm_csv_split_is_delimiter (split, p, way->end))
    p++;
  if (p == from)
    return;
  cell.size = (gsize) (p - open);
  for (q = open; q < p; q++)
    if (is_line_end (split, *q) && !(*q == split->cr && q[1] == split->lf))
      cell.n_lines++;
  add_step (way, previous, &cell, p, cost + COST_TAIL);
}

static void
add_quoted (Way *way, int previous, char *open, double cost)
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
                cost + (p - 1 > run ? rate_run (way, open, run, p - 1) : 0));
      if ((p - run) % 2 == 1)
        add_tail (way, previous, open, p, cost);
      if (p - run > 1)
        cell.escaped = TRUE;
      cost += rate_run (way, open, run, p);
    }
}

/* The cell's closing quote is missing: it ends in the line, where another one may begin. */
static void
add_unclosed (Way *way, int previous, char *open, double cost)
{
  const CrmCsvSplit *split = way->split;
  CrmCsvRawCell cell = { .text = open + 1, .quoted = TRUE };
  char *p;

  for (p = open + 1; p < way->end && !is_line_end (split, *p); p++)
    {
      char *next;

      if (*p == split->quote)
        {
          if (p + 1 == way->end || p[1] != split->quote)
            break;
          cell.escaped = TRUE;
          p++;
          continue;
        }
      if (!crm_csv_split_is_delimiter (split, p, way->end))
        continue;
      next = skip_spaces (split, p + split->delimiter_size, way->end);
      cell.size = (gsize) (p - cell.text);
      add_step (way, previous, &cell, p,
                cost + (next < way->end && *next == split->quote ? COST_UNCLOSED : COST_CUT));
    }
  if (p < way->end && *p == split->quote)
    return;
  cell.size = (gsize) (p - cell.text);
  add_step (way, previous, &cell, p, cost + COST_UNCLOSED);
}

static void
take_cells (CrmCsvSplit *split, const Way *way)
{
  int index = way->best;
  guint n_cells = g_array_index (way->steps, Step, index).n_cells;
  guint i;

  if (split->n_allocated < n_cells)
    {
      split->n_allocated = n_cells;
      split->cells = g_renew (CrmCsvRawCell, split->cells, split->n_allocated);
    }
  split->n_cells = n_cells;
  split->n_quoted = 0;
  split->n_lines = 0;
  split->stray = TRUE;
  split->stray_quoted = FALSE;
  split->non_ascii = TRUE;

  for (i = n_cells; i > 0; i--)
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
  Way way = { split, start, end, last, n_columns, 0, steps, 0, -1 };
  const Step first = { .pos = start, .previous = -1 };
  guint level_start = 0;
  guint i;

  if (end - start > CRM_CSV_MEND_SIZE)
    {
      way.end = start + CRM_CSV_MEND_SIZE;
      way.last = FALSE;
    }

  g_array_append_val (steps, first);
  for (way.level = 1; way.level <= n_columns; way.level++)
    {
      guint level_end = steps->len;

      way.level_start = level_end;
      for (i = level_start; i < level_end; i++)
        {
          const Step step = g_array_index (steps, Step, i);
          char *open = skip_spaces (split, step.pos, way.end);

          /* A whole row leads nowhere. */
          if (step.whole)
            continue;
          if (open < way.end && *open == split->quote)
            {
              add_quoted (&way, (int) i, open, step.cost);
              add_unclosed (&way, (int) i, open, step.cost);
            }
          add_bare (&way, (int) i, step.pos, step.cost);
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
crm_csv_mend_delimiter (CrmCsvSplit *split,
                        char *start,
                        char *end,
                        gboolean last,
                        guint n_columns,
                        char **next)
{
  static const char *const others[] = { ",", ";", "\t", "|", " " };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (others); i++)
    {
      CrmCsvSplit other = *split;
      char *row_end;

      /* Two words are no two cells. */
      if (n_columns < (*others[i] == ' ' ? 5 : 3) || g_str_equal (others[i], split->delimiter) ||
          memchr (start, *others[i], (gsize) (*next - start)) == NULL)
        continue;
      other.delimiter = others[i];
      other.delimiter_size = 1;
      other.cells = NULL;
      other.n_allocated = 0;
      if (crm_csv_split_row (&other, start, end, last, G_MAXSIZE, &row_end) == CRM_CSV_SPLIT_ROW &&
          other.n_cells == n_columns && !other.stray)
        {
          crm_csv_split_clear (split);
          other.delimiter = split->delimiter;
          other.delimiter_size = split->delimiter_size;
          *split = other;
          *next = row_end;
          return others[i];
        }
      crm_csv_split_clear (&other);
    }

  return NULL;
}
