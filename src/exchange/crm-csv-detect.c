/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-detect-private.h"

#include <string.h>

/*
 * Delimiter, quote and escape are found together: the text is cut in every way that it may be
 * written in, and the one wins whose rows are the most alike and whose cells look the most like
 * cells. Rows alone would not do: "12:30;5,00" is as even at the colon and at the comma.
 */

/* More doesn't make the guess better */
#define MAX_ROWS 500
#define MAX_SIZE (64 * 1024)

/* Spaces around cells are none of theirs where so many have some */
#define SPACED_PART 0.5

/* What a single column is worth beside several; below is chance */
#define SCORE_COLUMN 0.4

/* The second best must be better by so much where the best is the usual way to write */
#define MARGIN 1.02

/* Fewer rows with stray quotes are damage, not a file without quoting */
#define MIN_STRAYS 5

/* A delimiter is of several signs where so many of them have the others beside them */
#define EXTENDED_PART 0.9

/* Signs of which delimiters of several are made */
#define EXTENSIONS "~|^:;*!=<>#"

typedef struct
{
  const char *delimiter;
  double weight; /* how likely it is one, before anything is read */
} Candidate;

static const Candidate candidates[] = {
  { ",", 1 },    { ";", 1 },    { "\t", 1 },   { "|", 1 },   { "^", 0.95 }, { "~", 0.95 },
  { "\x1f", 1 }, { "\x01", 1 }, { ":", 0.7 },  { " ", 0.6 }, { "¦", 0.9 },  { "§", 0.7 },
  { "¬", 0.7 },  { "#", 0.6 },  { "!", 0.6 },  { "*", 0.5 }, { "=", 0.5 },  { "/", 0.4 },
  { "&", 0.4 },  { "%", 0.4 },  { "\\", 0.4 }, { "_", 0.4 },
};

const char *
crm_csv_detect_sep_line (const char *text, gsize size, gsize *behind)
{
  const char *p = text;
  const char *end = text + size;
  gboolean quoted = FALSE;
  char delimiter[2] = "";

  *behind = 0;
  if (p < end && *p == '"')
    {
      quoted = TRUE;
      p++;
    }
  if (end - p < 5 || g_ascii_strncasecmp (p, "sep=", 4) != 0)
    return NULL;

  delimiter[0] = p[4];
  p += 5;
  if (quoted && p < end && *p == '"')
    p++;
  if (p < end && *p == '\r')
    p++;
  if (p < end && *p == '\n')
    p++;
  else if (p < end && p[-1] != '\r')
    return NULL;

  *behind = (gsize) (p - text);
  return g_intern_string (delimiter);
}

/* How often @what stands in the text, without overlaps */
static guint
count (const char *text, gsize size, const char *what)
{
  gsize what_size = strlen (what);
  const char *p = text;
  const char *end = text + size;
  guint n = 0;

  while ((p = memmem (p, (gsize) (end - p), what, what_size)) != NULL)
    {
      n++;
      p += what_size;
    }

  return n;
}

static const char *
find_line_end (const char *text, gsize size)
{
  guint n_crlf = count (text, size, "\r\n");
  guint n_cr = count (text, size, "\r") - n_crlf;
  guint n_lf = count (text, size, "\n") - n_crlf;
  guint most = MAX (n_crlf, MAX (n_cr, n_lf));

  if (most == 0)
    return memchr (text, '\x1e', size) != NULL ? "\x1e" : "\n";
  /* Line breaks in cells may be others. */
  if (most < 0.9 * (n_crlf + n_cr + n_lf))
    return "";

  return most == n_crlf ? "\r\n" : most == n_lf ? "\n" : "\r";
}

/* Many columns, the same in each row, full of what cells are: the higher, the more likely */
static double
rate (const CrmCsvShape *shape, const CrmCsvDialect *dialect)
{
  double sum = 0;
  double part;
  guint i;

  if (shape->cells->len == 0)
    return 0;
  for (i = 0; i < shape->cells->len; i++)
    sum += crm_csv_cell_rate (&g_array_index (shape->cells, CrmCsvRawCell, i), dialect->quote[0]);
  sum /= shape->cells->len;
  part = shape->n_columns < 2 ? SCORE_COLUMN : 1.0 - 1.0 / shape->n_columns;

  return shape->consistency * part * sum * sum *
         (1.0 - 0.5 * shape->n_strays / MAX (shape->rows->len, 1));
}

static double
try (char *text, gsize size, gboolean complete, const CrmCsvDialect *dialect, guint *n_strays)
{
  g_auto (CrmCsvShape) shape = { 0 };

  crm_csv_shape_init (&shape, text, size, complete, 1, MAX_ROWS, 0, dialect);
  *n_strays = shape.n_strays;

  return rate (&shape, dialect);
}

/* Whether quotes of this kind stand around cells: at the beginning of one and at the end of one */
static gboolean
may_quote (const char *text, gsize size, const char *delimiter, char quote)
{
  g_autofree char *opening = g_strdup_printf ("%s%c", delimiter, quote);
  g_autofree char *closing = g_strdup_printf ("%c%s", quote, delimiter);
  g_autofree char *spaced = g_strdup_printf ("%s %c", delimiter, quote);
  g_autofree char *first = g_strdup_printf ("\n%c", quote);

  return (count (text, size, opening) > 0 || count (text, size, spaced) > 0 ||
          count (text, size, first) > 0 || text[0] == quote) &&
         (count (text, size, closing) > 0 || memchr (text, quote, size) != NULL);
}

/* Tries the quotes and escapes that the text may have with this delimiter; the best is kept in
 * @dialect. */
static double
try_quotes (char *text, gsize size, gboolean complete, CrmCsvDialect *dialect)
{
  static const char *const quotes[] = { "\"", "'", "" };
  static const char *const escapes[] = { "\"", "\\" };
  CrmCsvDialect best = *dialect;
  double best_score = -1;
  guint n_best_strays = 0;
  guint n_strays = 0;
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      if (dialect->quote != NULL && i > 0)
        break;
      if (dialect->quote == NULL && i == 1 && !may_quote (text, size, dialect->delimiter, '\''))
        continue;
      if (dialect->quote == NULL && i == 2 && n_best_strays < MIN_STRAYS)
        continue;
      for (j = 0; j < G_N_ELEMENTS (escapes); j++)
        {
          CrmCsvDialect other = *dialect;
          double score;

          if (j > 0 && (dialect->escape != NULL || memchr (text, '\\', size) == NULL))
            continue;
          if (other.quote == NULL)
            other.quote = quotes[i];
          if (other.escape == NULL)
            other.escape = j > 0 ? escapes[j] : other.quote;
          score = try (text, size, complete, &other, &n_strays);
          if (score > best_score * (best_score > 0 ? MARGIN : 1))
            {
              best = other;
              best_score = score;
              n_best_strays = n_strays;
            }
        }
    }

  *dialect = best;

  return best_score;
}

/* "||" where every "|" comes twice, "~|~" where it always has the same signs around */
static const char *
extend_delimiter (const char *text, gsize size, const char *delimiter)
{
  g_autofree char *twice = g_strconcat (delimiter, delimiter, NULL);
  g_autofree char *longer = NULL;
  const char *first = memmem (text, size, delimiter, strlen (delimiter));
  const char *behind = first + strlen (delimiter);
  guint n = count (text, size, delimiter);

  if (n <= 2 || g_ascii_isspace (*delimiter))
    return delimiter;
  /* An empty cell between two delimiters is not a long one. */
  if (count (text, size, twice) * 2 >= n * EXTENDED_PART)
    return g_intern_string (twice);
  if (first == text || behind >= text + size || first[-1] == '\0' || *behind == '\0' ||
      strchr (EXTENSIONS, first[-1]) == NULL || strchr (EXTENSIONS, *behind) == NULL)
    return delimiter;
  longer = g_strdup_printf ("%c%s%c", first[-1], delimiter, *behind);

  return count (text, size, longer) >= n * EXTENDED_PART ? g_intern_string (longer) : delimiter;
}

static gboolean
is_spaced (const CrmCsvShape *shape)
{
  guint n_cells = 0;
  guint n_spaced = 0;
  guint i, j;

  for (i = 0; i < shape->rows->len; i++)
    {
      const CrmCsvRow *row = crm_csv_shape_get_row (shape, i);

      for (j = 0; j < row->n_cells; j++)
        {
          const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, j);

          if (cell->size == 0 || cell->quoted)
            continue;
          n_cells++;
          if ((cell->text[0] == ' ' && j > 0) ||
              (cell->text[cell->size - 1] == ' ' && j + 1 < row->n_cells))
            n_spaced++;
        }
    }

  return n_cells > 0 && n_spaced >= SPACED_PART * n_cells;
}

static void
find_delimiter (char *text, gsize size, gboolean complete, CrmCsvDialect *dialect)
{
  CrmCsvDialect best = *dialect;
  double best_score = 0;
  guint i;

  /* All in one column, where nothing else is found */
  best.delimiter = "\x1d";
  best_score = try_quotes (text, size, complete, &best);
  best.delimiter = ",";

  for (i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      CrmCsvDialect other = *dialect;
      g_auto (CrmCsvShape) shape = { 0 };
      double score;

      if (count (text, size, candidates[i].delimiter) == 0)
        continue;
      other.delimiter = extend_delimiter (text, size, candidates[i].delimiter);
      score = try_quotes (text, size, complete, &other) * candidates[i].weight;
      if (score <= best_score)
        continue;
      crm_csv_shape_init (&shape, text, size, complete, 1, MAX_ROWS, 0, &other);
      if (shape.n_columns < 2)
        continue;
      best = other;
      best_score = score;
    }

  *dialect = best;
}

void
crm_csv_detect_dialect (char *text, gsize size, gboolean complete, CrmCsvDialect *dialect)
{
  g_auto (CrmCsvShape) shape = { 0 };

  if (size > MAX_SIZE)
    {
      size = MAX_SIZE;
      complete = FALSE;
    }
  if (dialect->line_end == NULL)
    dialect->line_end = find_line_end (text, size);
  if (dialect->quote != NULL && *dialect->quote == '\0' && dialect->escape == NULL)
    dialect->escape = "";
  if (dialect->delimiter == NULL)
    find_delimiter (text, size, complete, dialect);
  else if (dialect->quote == NULL || dialect->escape == NULL)
    try_quotes (text, size, complete, dialect);

  crm_csv_shape_init (&shape, text, size, complete, 1, MAX_ROWS, 0, dialect);
  if (!dialect->spaced)
    dialect->spaced = is_spaced (&shape);
}
