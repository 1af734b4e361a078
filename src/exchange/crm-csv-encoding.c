/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-encoding-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include <uchardet.h>

#include "crm-error.h"

/*
 * Marks and zero bytes tell the wide encodings, and hardly any other text is valid UTF-8 by
 * chance. What is left is guessed: uchardet proposes one from the statistics of long texts, and
 * lists of names are short. So its word is one voice, and every encoding is tried: the bytes have
 * to be letters of one language, in the right case and place.
 */

/* So many good letters make up for a damaged one: the file is UTF-8 with a bad line in it */
#define GOOD_LETTERS_PER_DAMAGED 20

/* What uchardet's word is worth beside the letters */
#define PROPOSAL_BONUS 0.1

/* Below, the bytes are letters in no encoding we know */
#define LEAST_RATE (-0.5)

/* Parts of a text that may be control characters and zero bytes: one in so many */
#define LEAST_PER_CONTROL 50
#define LEAST_PER_ZERO 10

/* Likely ones first: they win where the text is the same in several. The weight is what an encoding
 * has before anything is read: hardly any file is in those of DOS, and bytes that make whole letters
 * of two bytes each do so for a reason. */
static const struct
{
  const char *name;
  double weight;
} encodings[] = {
  { "UTF-8", 0 },           { "WINDOWS-1252", 0 },   { "WINDOWS-1250", 0 },
  { "CP949", 0.05 },        { "CP932", 0.05 },       { "GB18030", 0 },
  { "WINDOWS-1251", 0 },    { "WINDOWS-1254", 0 },   { "WINDOWS-1253", 0 },
  { "WINDOWS-1257", 0 },    { "BIG5-HKSCS", 0.05 },  { "EUC-JP", 0.05 },
  { "WINDOWS-1255", 0 },    { "WINDOWS-1256", 0 },   { "WINDOWS-874", 0 },
  { "ISO-8859-2", 0 },      { "ISO-8859-15", 0 },    { "ISO-8859-7", 0 },
  { "ISO-8859-5", -0.05 },  { "ISO-8859-13", -0.1 }, { "ISO-8859-4", -0.15 },
  { "ISO-8859-6", -0.05 },  { "ISO-8859-8", 0 },     { "KOI8-U", 0 },
  { "IBM852", -0.15 },      { "IBM850", -0.15 },     { "IBM437", -0.15 },
  { "IBM866", -0.05 },      { "MACINTOSH", -0.15 },  { "MAC-CENTRALEUROPE", -0.15 },
  { "MAC-CYRILLIC", -0.1 },
};

/* Names without signs, in lower case: what iconv does not know, and what has a larger encoding */
static const struct
{
  const char *name;
  const char *encoding;
} aliases[] = {
  { "ascii", "WINDOWS-1252" },
  { "usascii", "WINDOWS-1252" },
  { "latin1", "WINDOWS-1252" },
  { "iso88591", "WINDOWS-1252" },
  { "l1", "WINDOWS-1252" },
  { "ansi", "WINDOWS-1252" },
  { "latin2", "ISO-8859-2" },
  { "latin9", "ISO-8859-15" },
  { "iso88599", "WINDOWS-1254" },
  { "utf8", "UTF-8" },
  { "utf8sig", "UTF-8" },
  { "unicode", "UTF-16" },
  { "utf16", "UTF-16" },
  { "utf16le", "UTF-16LE" },
  { "utf16be", "UTF-16BE" },
  { "utf32", "UTF-32" },
  { "utf32le", "UTF-32LE" },
  { "utf32be", "UTF-32BE" },
  { "euckr", "CP949" },
  { "ksc5601", "CP949" },
  { "ksc56011987", "CP949" },
  { "uhc", "CP949" },
  { "cp949", "CP949" },
  { "windows949", "CP949" },
  { "ms949", "CP949" },
  { "shiftjis", "CP932" },
  { "sjis", "CP932" },
  { "cp932", "CP932" },
  { "windows31j", "CP932" },
  { "ms932", "CP932" },
  { "gb2312", "GB18030" },
  { "gbk", "GB18030" },
  { "cp936", "GB18030" },
  { "gb18030", "GB18030" },
  { "big5", "BIG5-HKSCS" },
  { "cp950", "BIG5-HKSCS" },
  { "tis620", "WINDOWS-874" },
  { "cp874", "WINDOWS-874" },
  { "koi8r", "KOI8-U" },
  { "macroman", "MACINTOSH" },
  { "maccenteurope", "MAC-CENTRALEUROPE" },
};

static gboolean
has_mark (const char *bytes, gsize size, const char *mark, gsize mark_size)
{
  return size >= mark_size && memcmp (bytes, mark, mark_size) == 0;
}

static const char *
find_mark (const char *bytes, gsize size)
{
  if (has_mark (bytes, size, "\xef\xbb\xbf", 3))
    return "UTF-8";
  if (has_mark (bytes, size, "\xff\xfe\0\0", 4))
    return "UTF-32LE";
  if (has_mark (bytes, size, "\0\0\xfe\xff", 4))
    return "UTF-32BE";
  if (has_mark (bytes, size, "\xff\xfe", 2))
    return "UTF-16LE";
  if (has_mark (bytes, size, "\xfe\xff", 2))
    return "UTF-16BE";
  if (has_mark (bytes, size, "\x84\x31\x95\x33", 4))
    return "GB18030";

  return NULL;
}

static gboolean
is_letter (guint32 c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x1c && c < 0x7f) ||
         (c >= 0xa0 && c <= 0x10ffff && g_unichar_isdefined (c) &&
          g_unichar_type (c) != G_UNICODE_PRIVATE_USE);
}

static gboolean
is_utf32 (const guchar *bytes, gsize size, gboolean big)
{
  gsize i;

  if (size < 8)
    return FALSE;
  for (i = 0; i + 4 <= size; i += 4)
    {
      guint32 c = big ? (guint32) bytes[i] << 24 | (guint32) bytes[i + 1] << 16 |
                            (guint32) bytes[i + 2] << 8 | bytes[i + 3]
                      : (guint32) bytes[i + 3] << 24 | (guint32) bytes[i + 2] << 16 |
                            (guint32) bytes[i + 1] << 8 | bytes[i];

      if (!is_letter (c))
        return FALSE;
    }

  return TRUE;
}

/* Text has delimiters, digits and line ends, of which one byte is zero; and the other byte never is. */
static gboolean
is_utf16 (const guchar *bytes, gsize size, gboolean big)
{
  gsize n_units = size / 2;
  gsize n_zeros = 0;
  gsize n_odd = 0;
  gsize i;

  for (i = 0; i + 2 <= size; i += 2)
    {
      guint c = big ? (guint) bytes[i] << 8 | bytes[i + 1] : (guint) bytes[i + 1] << 8 | bytes[i];

      if (c < 0x80)
        n_zeros++;
      if (!(c >= 0xd800 && c <= 0xdfff) && !is_letter (c))
        n_odd++;
    }

  return n_units > 1 && n_zeros * 20 >= n_units && n_odd * 100 <= n_units;
}

static const char *
find_wide (const char *bytes, gsize size, gboolean complete)
{
  const guchar *p = (const guchar *) bytes;
  const char *mark = find_mark (bytes, size);

  if (mark != NULL)
    return mark;
  if (memchr (bytes, 0, size) == NULL)
    return NULL;
  if ((!complete || size % 4 == 0) && is_utf32 (p, size, FALSE))
    return "UTF-32LE";
  if ((!complete || size % 4 == 0) && is_utf32 (p, size, TRUE))
    return "UTF-32BE";
  if ((!complete || size % 2 == 0) && is_utf16 (p, size, FALSE))
    return "UTF-16LE";
  if ((!complete || size % 2 == 0) && is_utf16 (p, size, TRUE))
    return "UTF-16BE";

  return NULL;
}

static gboolean
is_plain (const char *p, gsize size)
{
  gsize i;

  for (i = 0; i < size; i++)
    if ((guchar) p[i] >= 0x80)
      return FALSE;

  return TRUE;
}

/* Counts letters of more than one byte, and bytes that belong to none */
static void
count_letters (const char *p, const char *end, gboolean complete, gsize *n_good, gsize *n_damaged)
{
  *n_good = 0;
  *n_damaged = 0;

  while (p < end)
    {
      gunichar c;

      if ((guchar) *p < 0x80)
        {
          p++;
          continue;
        }

      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -2 && !complete)
        break;
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          (*n_damaged)++;
          p++;
        }
      else
        {
          (*n_good)++;
          p = g_utf8_next_char (p);
        }
    }
}

/* (transfer full): the evidence in UTF-8, with U+FFFD for bytes that are no letters; %NULL where
 * iconv does not know the encoding */
static char *
decode (const GString *evidence, const char *encoding)
{
  g_autoptr (GString) text = g_string_sized_new (evidence->len * 2);
  char *from = evidence->str;
  gsize n_left = evidence->len;
  GIConv converter;

  if (g_str_equal (encoding, "UTF-8"))
    return g_utf8_make_valid (evidence->str, (gssize) evidence->len);
  converter = g_iconv_open ("UTF-8", encoding);
  if (converter == (GIConv) -1)
    return NULL;

  while (n_left > 0)
    {
      char block[1024];
      char *to = block;
      gsize n_space = sizeof block;
      gsize result = g_iconv (converter, &from, &n_left, &to, &n_space);

      g_string_append_len (text, block, to - block);
      if (result == (gsize) -1 && n_left > 0 && to == block)
        {
          g_string_append (text, "\xef\xbf\xbd");
          from++;
          n_left--;
        }
    }
  g_iconv_close (converter);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (nullable): what uchardet believes */
static const char *
propose (const char *bytes, gsize size)
{
  uchardet_t detector = uchardet_new ();
  const char *name = NULL;

  if (uchardet_handle_data (detector, bytes, size) == 0)
    {
      uchardet_data_end (detector);
      if (*uchardet_get_charset (detector) != '\0')
        name = crm_csv_encoding_find (uchardet_get_charset (detector));
    }
  uchardet_delete (detector);

  return name;
}

static double
rate (const GString *evidence, const char *encoding)
{
  g_autofree char *text = decode (evidence, encoding);

  return text != NULL ? crm_csv_letters_rate (text, encoding) : -G_MAXDOUBLE;
}

/* (nullable): %NULL where the bytes are letters in none */
static const char *
guess (const GString *evidence)
{
  const char *proposal = propose (evidence->str, evidence->len);
  const char *best = NULL;
  double best_rate = LEAST_RATE;
  gboolean listed = FALSE;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gboolean proposed = g_strcmp0 (proposal, encodings[i].name) == 0;
      double value = rate (evidence, encodings[i].name) + encodings[i].weight +
                     (proposed ? PROPOSAL_BONUS : 0);

      listed = listed || proposed;
      if (value > best_rate + 1e-9)
        {
          best = encodings[i].name;
          best_rate = value;
        }
    }
  if (proposal != NULL && !listed && rate (evidence, proposal) > best_rate)
    best = proposal;

  return best;
}

static gboolean
is_text (const char *bytes, gsize size)
{
  gsize n_controls = 0;
  gsize n_zeros = 0;
  gsize i;

  for (i = 0; i < size; i++)
    {
      guchar c = (guchar) bytes[i];

      if (c == 0)
        n_zeros++;
      /* 1 and 28 to 31 separate cells and rows in some files. */
      else if ((c > 1 && c < '\t') || (c > '\r' && c < 0x1b) || c == 0x7f)
        n_controls++;
    }

  return n_controls * LEAST_PER_CONTROL <= size && n_zeros * LEAST_PER_ZERO <= size;
}

void
crm_csv_encoding_collect (GString *evidence, const char *bytes, gsize size)
{
  const char *p = bytes;
  const char *end = bytes + size;

  while (p < end && evidence->len < CRM_CSV_EVIDENCE)
    {
      const char *stop = memchr (p, '\n', (gsize) (end - p));
      gsize length;

      stop = stop != NULL ? stop + 1 : end;
      length = MIN ((gsize) (stop - p), CRM_CSV_EVIDENCE - evidence->len);
      if (!is_plain (p, (gsize) (stop - p)))
        {
          /* Not in the middle of a letter: no encoding has letters with such bytes in them. */
          while (length > 0 && p + length < stop && (guchar) p[length - 1] >= '0')
            length--;
          if (length == 0)
            break;
          g_string_append_len (evidence, p, (gssize) length);
        }
      p = stop;
    }
}

gboolean
crm_csv_encoding_is_wide (const char *bytes, gsize size, gboolean complete)
{
  return find_wide (bytes, size, complete) != NULL;
}

const char *
crm_csv_encoding_find (const char *name)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  const char *p;
  guint i;

  for (p = name; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (plain, g_ascii_tolower (*p));
  for (i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (plain->str, aliases[i].name))
      return aliases[i].encoding;
  for (i = 1250; i <= 1258; i++)
    {
      g_autofree char *page = g_strdup_printf ("%u", i);

      if (g_str_has_suffix (plain->str, page))
        {
          g_autofree char *full = g_strconcat ("WINDOWS-", page, NULL);

          return g_intern_string (full);
        }
    }

  return g_intern_string (name);
}

const char *
crm_csv_encoding_detect (const char *bytes,
                         gsize size,
                         gboolean complete,
                         const GString *evidence,
                         GError **error)
{
  g_autoptr (GString) own = NULL;
  const char *encoding = find_wide (bytes, size, complete);
  gsize n_good;
  gsize n_damaged;

  if (size == 0 || (complete && size == 3 && has_mark (bytes, size, "\xef\xbb\xbf", 3)))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The file is empty; choose one that has rows in it."));
      return NULL;
    }
  if (encoding != NULL)
    return encoding;

  if (has_mark (bytes, size, "PK\x03\x04", 4))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The file is a spreadsheet or an archive and not CSV; save it as "
                              "“CSV UTF-8” and try again."));
      return NULL;
    }
  if (!is_text (bytes, size))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The file is binary and not CSV; choose a text file with rows and "
                              "columns."));
      return NULL;
    }

  if (evidence == NULL)
    {
      own = g_string_new (NULL);
      crm_csv_encoding_collect (own, bytes, size);
      evidence = own;
    }
  /* Letters by escapes, as old Japanese and Korean mail has them */
  if (evidence->len == 0)
    {
      const char *proposal = memchr (bytes, '\x1b', size) != NULL ? propose (bytes, size) : NULL;

      return proposal != NULL && g_str_has_prefix (proposal, "ISO-2022") ? proposal : "UTF-8";
    }

  count_letters (evidence->str, evidence->str + evidence->len, FALSE, &n_good, &n_damaged);
  if (n_damaged == 0 || n_good >= n_damaged * GOOD_LETTERS_PER_DAMAGED)
    return "UTF-8";
  encoding = guess (evidence);
  if (encoding == NULL)
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                         _ ("The file is not text in any encoding that is known; save it as UTF-8 "
                            "(in a spreadsheet: “CSV UTF-8”) and try again."));

  return encoding;
}
