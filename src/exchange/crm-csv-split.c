/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-split-private.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What a search found out about the bytes on its way */
#define CHUNK 16

/* The first delimiter, quote or line break from @p on, or @end. May look at up to CHUNK bytes
 * behind @end. */
static inline char *
find_special (CrmCsvSplit *self, char *p, char *end)
{
#ifdef __SSE2__
  const __m128i delimiter = _mm_set1_epi8 (self->delimiter);
  const __m128i quote = _mm_set1_epi8 (self->quote != 0 ? self->quote : self->delimiter);
  const __m128i lf = _mm_set1_epi8 ('\n');
  const __m128i cr = _mm_set1_epi8 ('\r');

  while (p < end)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) p);
      __m128i hits = _mm_or_si128 (
          _mm_or_si128 (_mm_cmpeq_epi8 (bytes, delimiter), _mm_cmpeq_epi8 (bytes, quote)),
          _mm_or_si128 (_mm_cmpeq_epi8 (bytes, lf), _mm_cmpeq_epi8 (bytes, cr)));
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

      if (c == self->delimiter || c == '\n' || c == '\r' || (c == self->quote && c != 0))
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
count_lines (const char *p, const char *end)
{
  guint32 n = 0;
  const char *from = p;

  while (p < end && (p = memchr (p, '\n', (gsize) (end - p))) != NULL)
    {
      n++;
      p++;
    }

  p = from;
  while (p < end && (p = memchr (p, '\r', (gsize) (end - p))) != NULL)
    {
      p++;
      if (p == end || *p != '\n')
        n++;
    }

  return n;
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
      cell->n_lines = count_lines (text, end);
      self->n_lines += cell->n_lines;
    }
}

static inline char *
skip_spaces (const CrmCsvSplit *self, char *p, char *end)
{
  while (p < end && (*p == ' ' || (*p == '\t' && self->delimiter != '\t')))
    p++;

  return p;
}

static void
note_stray (CrmCsvSplit *self, gsize cell)
{
  if (!self->stray)
    self->first_stray = cell;
  self->stray = TRUE;
}

/* Whether the quote at @hit comes right behind a delimiter, and the cell has a line break before */
static gboolean
looks_like_opening (const CrmCsvSplit *self, const char *from, const char *hit)
{
  if (hit > from && (hit[-1] == '\n' || hit[-1] == '\r'))
    return TRUE;

  return hit > from && hit[-1] == self->delimiter && memchr (from, '\n', (gsize) (hit - from));
}

/*
 * Reads the quoted cell that opens at @open. Returns where it closed: at the closing quote;
 * %NULL where it does not.
 */
static char *
scan_quoted (CrmCsvSplit *self,
             char *row,
             char *open,
             char *end,
             gboolean last,
             CrmCsvStray stray,
             gboolean *escaped,
             char **behind,
             CrmCsvSplitStatus *status)
{
  char *p = open + 1;

  *escaped = FALSE;
  *status = last ? CRM_CSV_SPLIT_UNCLOSED : CRM_CSV_SPLIT_MORE;

  for (;;)
    {
      char *hit = p < end ? find_quote (self, p, end) : NULL;
      char *after;

      if (hit == NULL || (hit + 1 == end && !last))
        return NULL;

      if (*hit == self->escape && self->escape != 0 && *hit != self->quote)
        {
          *escaped = TRUE;
          p = hit + 2;
          continue;
        }

      if (hit + 1 < end && hit[1] == self->quote)
        {
          *escaped = TRUE;
          p = hit + 2;
          continue;
        }

      after = skip_spaces (self, hit + 1, end);
      if (after == end && !last)
        return NULL;

      if (after == end || *after == self->delimiter || *after == '\n' || *after == '\r')
        {
          *behind = after;
          *status = CRM_CSV_SPLIT_ROW;
          return hit;
        }

      note_stray (self, (gsize) (open - row));
      self->stray_quoted = TRUE;
      if (looks_like_opening (self, open + 1, hit))
        self->stray_opens = TRUE;

      if (stray == CRM_CSV_STRAY_CLOSES)
        {
          *behind = hit + 1;
          *status = CRM_CSV_SPLIT_ROW;
          return hit;
        }

      p = hit + 1;
    }
}

CrmCsvSplitStatus
crm_csv_split_row (CrmCsvSplit *self,
                   char *start,
                   char *end,
                   gboolean last,
                   CrmCsvStray stray,
                   gsize no_quotes_from,
                   char **next)
{
  char *p = start;

  self->n_cells = 0;
  self->n_quoted = 0;
  self->n_lines = 0;
  self->stray = FALSE;
  self->stray_quoted = FALSE;
  self->stray_opens = FALSE;
  self->non_ascii = FALSE;

  for (;;)
    {
      char *cell = p;
      char *open = p;
      gboolean quotes = self->quote != 0 && (gsize) (cell - start) < no_quotes_from;

      if (quotes && p < end && (*p == ' ' || *p == '\t'))
        open = skip_spaces (self, p, end);
      if (open == end && !last)
        return CRM_CSV_SPLIT_MORE;

      if (quotes && open < end && *open == self->quote)
        {
          gboolean escaped;
          CrmCsvSplitStatus status;
          char *behind = NULL;
          char *close = scan_quoted (self, start, open, end, last, stray, &escaped, &behind,
                                     &status);

          if (close == NULL)
            {
              self->unclosed = (gsize) (cell - start);
              return status;
            }

          p = behind;
          if (p < end && *p != self->delimiter && *p != '\n' && *p != '\r')
            {
              /* Text behind the closing quote: the cell stays as it stands in the file. */
              while ((p = find_special (self, p, end)) < end && *p == self->quote)
                p++;
              add_cell (self, open, p, TRUE, FALSE);
            }
          else
            {
              add_cell (self, open + 1, close, TRUE, escaped);
            }
        }
      else
        {
          while ((p = find_special (self, p, end)) < end && *p == self->quote && self->quote != 0)
            {
              note_stray (self, (gsize) (cell - start));
              p++;
            }
          add_cell (self, cell, p, FALSE, FALSE);
        }

      if (p == end)
        {
          if (!last)
            return CRM_CSV_SPLIT_MORE;
          *next = end;
          return CRM_CSV_SPLIT_ROW;
        }

      if (*p == self->delimiter)
        {
          p++;
          continue;
        }

      if (*p == '\r')
        {
          if (p + 1 == end && !last)
            return CRM_CSV_SPLIT_MORE;
          if (p + 1 < end && p[1] == '\n')
            p++;
        }
      *next = p + 1;
      return CRM_CSV_SPLIT_ROW;
    }
}

static gsize
unescape (const CrmCsvSplit *self, char *text, gsize size)
{
  const char *from = text;
  const char *end = text + size;
  char *to = text;

  while (from < end)
    {
      if (from + 1 < end)
        {
          if (from[0] == self->quote && from[1] == self->quote)
            from++;
          else if (self->escape != 0 && from[0] == self->escape &&
                   (from[1] == self->quote || from[1] == self->escape))
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
        cell->size = unescape (self, cell->text, cell->size);
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
  self->quote = dialect->quote;
  self->escape = dialect->escape;
}

void
crm_csv_split_clear (CrmCsvSplit *self)
{
  g_clear_pointer (&self->cells, g_free);
  self->n_cells = 0;
  self->n_allocated = 0;
}
