/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-detect-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Delimiter, quote and escape are found together: the text is cut in every way that it may be
 * written in, and the one wins whose rows are the most alike and whose cells look the most like
 * cells. Rows alone would not do: "12:30;5,00" is as even at the colon and at the comma.
 */

/* How many lines tell that columns are aligned */
#define MIN_ALIGNED_LINES 3
#define MAX_ALIGNED_LINES 100

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

/* Quotes as they are printed, opening and closing */
static const char *const printed_quotes[][2] = {
  { "“", "”" },
  { "„", "“" },
  { "«", "»" },
  { "»", "«" },
};

static gboolean
has_printed_quotes (const char *text, gsize size, const CrmCsvDialect *dialect)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (printed_quotes); i++)
    {
      const char *opening = printed_quotes[i][0];
      const char *closing = printed_quotes[i][1];
      g_autofree char *inner = g_strconcat (dialect->delimiter, opening, NULL);
      g_autofree char *outer = g_strconcat (closing, dialect->delimiter, NULL);
      g_autofree char *first = g_strconcat ("\n", opening, NULL);

      if (count (text, size, outer) >= 2 &&
          count (text, size, inner) + count (text, size, first) >= 2)
        return TRUE;
    }

  return FALSE;
}

/* Whether a column could begin at @i: blanks are in front of it */
static gboolean
begins_column (const char *line, gsize size, gsize i)
{
  return i >= 2 && i < size && line[i] != ' ' && line[i - 1] == ' ' && line[i - 2] == ' ';
}

/* Whether the cells of all lines begin at the same places, with blanks in front of them */
static gboolean
is_aligned (const char *text, gsize size)
{
  const char *end = text + size;
  const char *first_end = memchr (text, '\n', size);
  guint n_lines = 0;
  guint n_aligned = 0;
  const char *line;

  if (first_end == NULL)
    return FALSE;
  for (line = text; line < end && n_lines < MAX_ALIGNED_LINES; n_lines++)
    {
      const char *line_end = memchr (line, '\n', (gsize) (end - line));
      gsize line_size = (gsize) ((line_end != NULL ? line_end : end) - line);
      gboolean fits = FALSE;
      gsize i;

      if (memchr (line, '\t', line_size) != NULL)
        return FALSE;
      for (i = 0; i < line_size; i++)
        {
          gboolean begins = begins_column (text, (gsize) (first_end - text), i);

          if (begins && line[i - 1] != ' ')
            return FALSE;
          fits = fits || (begins && line[i] != ' ');
        }
      n_aligned += fits ? 1 : 0;
      line += line_size + 1;
    }

  return n_lines >= MIN_ALIGNED_LINES && n_aligned == n_lines;
}

const char *
crm_csv_detect_obstacle (const char *text,
                         gsize size,
                         guint n_columns,
                         const CrmCsvDialect *dialect)
{
  if (has_printed_quotes (text, size, dialect))
    return _ ("Quotes like “ and ” are letters of their cells here. Replace them with straight "
              "ones (\") where they stand around cells.");
  if ((n_columns < 2 || *dialect->delimiter == ' ') && is_aligned (text, size))
    return _ ("The columns seem to be told apart by blanks that fill them up, which cannot be "
              "divided. Open the file in a spreadsheet and save it as CSV.");

  return NULL;
}
