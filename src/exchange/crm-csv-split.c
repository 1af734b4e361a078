/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-split-private.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What a search found out about the bytes on its way */
#define CHUNK 16

/* The first byte of a delimiter, quote, escape or line break from @p on, or @end. May look at up to
 * CHUNK bytes behind @end. */
static inline char *
find_special (CrmCsvSplit *self, char *p, char *end)
{
#ifdef __SSE2__
  const char first = self->delimiter[0];
  const __m128i delimiter = _mm_set1_epi8 (first);
  const __m128i quote = _mm_set1_epi8 (self->quote != 0 ? self->quote : first);
  const __m128i escape = _mm_set1_epi8 (self->escape != 0 ? self->escape : first);
  const __m128i lf = _mm_set1_epi8 (self->lf);
  const __m128i cr = _mm_set1_epi8 (self->cr);

  while (p < end)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) p);
      __m128i ends = _mm_or_si128 (_mm_cmpeq_epi8 (bytes, lf), _mm_cmpeq_epi8 (bytes, cr));
      __m128i marks = _mm_or_si128 (_mm_cmpeq_epi8 (bytes, quote), _mm_cmpeq_epi8 (bytes, escape));
      __m128i hits = _mm_or_si128 (_mm_or_si128 (_mm_cmpeq_epi8 (bytes, delimiter), marks), ends);
      int mask = _mm_movemask_epi8 (hits);

      if (_mm_movemask_epi8 (bytes) != 0)
        self->non_ascii = TRUE;
      if (mask != 0)
        {
          p += __builtin_ctz ((unsigned int) mask);
          return MIN (p, end);
        }
      p += CHUNK;
    }

  return end;
#else
  for (; p < end; p++)
    {
      char c = *p;

      if (c == self->delimiter[0] || c == self->lf || c == self->cr ||
          (c != 0 && (c == self->quote || c == self->escape)))
        return p;
      if ((guchar) c >= 0x80)
        self->non_ascii = TRUE;
    }

  return end;
#endif
}

/* The first quote or escape from @p on, or %NULL */
static inline char *
find_quote (CrmCsvSplit *self, char *p, char *end)
{
  char *quote = memchr (p, self->quote, (gsize) (end - p));

  if (self->escape != 0)
    {
      gsize size = (gsize) ((quote != NULL ? quote : end) - p);
      char *escape = memchr (p, self->escape, size);

      if (escape != NULL)
        return escape;
    }

  return quote;
}

static guint32
count_lines (const CrmCsvSplit *self, const char *p, const char *end)
{
  guint32 n = 0;
  const char *from = p;

  while (p < end && (p = memchr (p, self->lf, (gsize) (end - p))) != NULL)
    {
      n++;
      p++;
    }

  p = from;
  while (self->cr != self->lf && p < end && (p = memchr (p, self->cr, (gsize) (end - p))) != NULL)
    {
      p++;
      if (p == end || *p != self->lf)
        n++;
    }

  return n;
}

/* A space that is not, or does not begin, the delimiter */
static inline gboolean
is_space (const CrmCsvSplit *self, char c)
{
  return (c == ' ' || c == '\t') && c != self->delimiter[0];
}

static inline gboolean
is_end (const CrmCsvSplit *self, char c)
{
  return c == self->lf || c == self->cr;
}

static inline void
add_cell (CrmCsvSplit *self, char *text, char *end, gboolean quoted, gboolean escaped)
{
  CrmCsvRawCell *cell;

  if (G_UNLIKELY (self->n_cells == self->n_allocated))
    {
      self->n_allocated = MAX (32, self->n_allocated * 2);
      self->cells = g_renew (CrmCsvRawCell, self->cells, self->n_allocated);
    }

  cell = &self->cells[self->n_cells++];
  cell->text = text;
  cell->size = (gsize) (end - text);
  cell->quoted = quoted;
  cell->escaped = escaped;
  cell->n_lines = 0;
  if (quoted)
    {
      /* Quoted text is searched by memchr(), which doesn't look at other bytes. */
      self->non_ascii = TRUE;
      self->n_quoted++;
    }
  if (quoted || escaped)
    {
      cell->n_lines = count_lines (self, text, end);
      self->n_lines += cell->n_lines;
    }
}

/* The cell as it stands in the file, without the spaces around it where they are none of its own */
static inline void
add_bare_cell (CrmCsvSplit *self, char *text, char *end, gboolean escaped)
{
  if (self->spaced)
    {
      while (text < end && is_space (self, *text))
        text++;
      while (end > text && is_space (self, end[-1]))
        end--;
    }
  add_cell (self, text, end, FALSE, escaped);
}

static inline char *
skip_spaces (const CrmCsvSplit *self, char *p, char *end)
{
  while (p < end && is_space (self, *p))
    p++;

  return p;
}

/* A delimiter of several bytes may be cut in two by the buffer's end. */
static inline gboolean
may_go_on (const CrmCsvSplit *self, const char *p, const char *end, gboolean last)
{
  return !last && (gsize) (end - p) < self->delimiter_size;
}

/*
 * Reads the quoted cell that opens at @open. Returns the closing quote, or %NULL where it does not
 * close.
 */
static char *
scan_quoted (CrmCsvSplit *self,
             char *open,
             char *end,
             gboolean last,
             gboolean *escaped,
             char **behind)
{
  char *p = open + 1;

  *escaped = FALSE;

  for (;;)
    {
      char *hit = p < end ? find_quote (self, p, end) : NULL;
      char *after;

      if (hit == NULL || (hit + 1 == end && !last))
        return NULL;

      if ((self->escape != 0 && *hit == self->escape) || (hit + 1 < end && hit[1] == self->quote))
        {
          *escaped = TRUE;
          p = hit + 2;
          continue;
        }

      after = skip_spaces (self, hit + 1, end);
      if (may_go_on (self, after, end, last))
        return NULL;
      if (after == end || is_end (self, *after) || crm_csv_split_is_delimiter (self, after, end))
        {
          *behind = after;
          return hit;
        }

      self->stray = TRUE;
      self->stray_quoted = TRUE;
      p = hit + 1;
    }
}

/* Reads the bare cell at @cell; returns where it ends */
static inline char *
scan_bare (CrmCsvSplit *self, char *cell, char *end, gboolean *escaped)
{
  char *p = cell;

  *escaped = FALSE;
  while ((p = find_special (self, p, end)) < end)
    {
      if (self->escape != 0 && *p == self->escape)
        {
          *escaped = TRUE;
          p += p + 2 < end && p[1] == self->cr && p[2] == self->lf ? 3 : 2;
          p = MIN (p, end);
          continue;
        }
      if (is_end (self, *p) || crm_csv_split_is_delimiter (self, p, end))
        break;
      if (self->quote != 0 && *p == self->quote)
        self->stray = TRUE;
      p++;
    }

  return p;
}

gboolean
crm_csv_split_is_delimiter (const CrmCsvSplit *self, const char *p, const char *end)
{
  return *p == self->delimiter[0] &&
         (self->delimiter_size == 1 || ((gsize) (end - p) >= self->delimiter_size &&
                                        memcmp (p, self->delimiter, self->delimiter_size) == 0));
}

static CrmCsvSplitStatus
cut_row (CrmCsvSplit *self,
         char *start,
         char *end,
         gboolean last,
         gsize no_quotes_from,
         char **next)
{
  char *p = start;

  self->n_cells = 0;
  self->n_quoted = 0;
  self->n_lines = 0;
  self->stray = FALSE;
  self->stray_quoted = FALSE;
  self->non_ascii = FALSE;

  for (;;)
    {
      char *cell = p;
      char *open = p;
      gboolean quotes = self->quote != 0 && (gsize) (cell - start) < no_quotes_from;
      gboolean escaped;

      if (quotes && p < end && is_space (self, *p))
        open = skip_spaces (self, p, end);
      if (open == end && !last)
        return CRM_CSV_SPLIT_MORE;

      if (quotes && open < end && *open == self->quote)
        {
          char *close = scan_quoted (self, open, end, last, &escaped, &p);

          if (close == NULL)
            {
              self->unclosed = (gsize) (cell - start);
              return last ? CRM_CSV_SPLIT_UNCLOSED : CRM_CSV_SPLIT_MORE;
            }
          add_cell (self, open + 1, close, TRUE, escaped);
        }
      else
        {
          p = scan_bare (self, cell, end, &escaped);
          if (may_go_on (self, p, end, last))
            return CRM_CSV_SPLIT_MORE;
          add_bare_cell (self, cell, p, escaped);
        }

      if (p == end)
        {
          if (!last)
            return CRM_CSV_SPLIT_MORE;
          *next = end;
          return CRM_CSV_SPLIT_ROW;
        }

      if (!is_end (self, *p))
        {
          p += self->delimiter_size;
          continue;
        }

      if (*p == self->cr && self->cr != self->lf)
        {
          if (p + 1 == end && !last)
            return CRM_CSV_SPLIT_MORE;
          if (p + 1 < end && p[1] == self->lf)
            p++;
        }
      *next = p + 1;
      return CRM_CSV_SPLIT_ROW;
    }
}

/* The first cell of a row is its number */
static void
take_number (CrmCsvSplit *self)
{
  self->number = g_ascii_strtoll (self->cells[0].text, NULL, 10);
  self->n_cells--;
  memmove (self->cells, self->cells + 1, self->n_cells * sizeof *self->cells);
}

CrmCsvSplitStatus
crm_csv_split_row (CrmCsvSplit *self,
                   char *start,
                   char *end,
                   gboolean last,
                   gsize no_quotes_from,
                   char **next)
{
  CrmCsvSplitStatus status = cut_row (self, start, end, last, no_quotes_from, next);

  if (self->is_numbered && status == CRM_CSV_SPLIT_ROW)
    take_number (self);

  return status;
}

/* Whether an escape in front of the byte at @p makes it text */
static gboolean
is_special (const CrmCsvSplit *self, const char *p, const char *end)
{
  return *p == self->quote || *p == self->escape || is_end (self, *p) ||
         crm_csv_split_is_delimiter (self, p, end);
}

static gsize
unescape (const CrmCsvSplit *self, char *text, gsize size, gboolean quoted)
{
  const char *from = text;
  const char *end = text + size;
  char *to = text;

  while (from < end)
    {
      if (from + 1 < end)
        {
          if (self->escape != 0 && from[0] == self->escape && is_special (self, from + 1, end))
            from++;
          else if (quoted && from[0] == self->quote && from[1] == self->quote)
            from++;
        }
      *to++ = *from++;
    }

  return (gsize) (to - text);
}

void
crm_csv_split_unescape (CrmCsvSplit *self)
{
  guint i;

  for (i = 0; i < self->n_cells; i++)
    {
      CrmCsvRawCell *cell = &self->cells[i];

      if (cell->escaped)
        cell->size = unescape (self, cell->text, cell->size, cell->quoted);
    }
}

gboolean
crm_csv_split_is_blank (const CrmCsvSplit *self)
{
  guint i;

  for (i = 0; i < self->n_cells; i++)
    {
      const CrmCsvRawCell *cell = &self->cells[i];
      gsize j;

      for (j = 0; j < cell->size; j++)
        if (!g_ascii_isspace (cell->text[j]))
          return FALSE;
    }

  return TRUE;
}

void
crm_csv_split_init (CrmCsvSplit *self, const CrmCsvDialect *dialect)
{
  memset (self, 0, sizeof *self);
  self->delimiter = dialect->delimiter;
  self->delimiter_size = strlen (dialect->delimiter);
  self->quote = dialect->quote != NULL ? dialect->quote[0] : 0;
  if (dialect->escape != NULL && dialect->escape[0] != self->quote)
    self->escape = dialect->escape[0];
  self->lf = g_strcmp0 (dialect->line_end, "\x1e") == 0 ? '\x1e' : '\n';
  self->cr = self->lf == '\n' ? '\r' : self->lf;
  self->spaced = dialect->spaced;
  self->is_numbered = dialect->is_numbered;
}

void
crm_csv_split_clear (CrmCsvSplit *self)
{
  g_clear_pointer (&self->cells, g_free);
  self->n_cells = 0;
  self->n_allocated = 0;
}
