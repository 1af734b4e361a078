/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Number formats of workbooks: "[$€-407] #,##0.00;[Red]-…", "d. m. yyyy h:mm", "[h]:mm". */

#include "config.h"

#include <string.h>

#include "crm-number.h"
#include "crm-sheet-private.h"

#define MAX_SECTIONS 4

/* Digits that a binary number of eight bytes really has */
#define TRUE_DIGITS 15

/* Cents and parts of a percent are kept where the format shows fewer */
#define KEPT_DECIMALS 2

#define DAY_SECONDS 86400
#define LAST_DAY 2958465 /* 9999-12-31 */

typedef enum
{
  KIND_GENERAL,
  KIND_NUMBER,
  KIND_PERCENT,
  KIND_MONEY,
  KIND_MASK, /* digits between other characters: "000-00", "+0" */
  KIND_TIME, /* of any sort; see the flags */
} Kind;

enum
{
  HAS_YEAR = 1 << 0,
  HAS_DAY = 1 << 1, /* or month */
  HAS_CLOCK = 1 << 2,
  HAS_SECONDS = 1 << 3,
  IS_HOURS = 1 << 4, /* gone by, more than a day has */
  IS_MINUTES = 1 << 5,
  IS_SECONDS = 1 << 6,
  HAS_FRACTION = 1 << 7, /* of a second */
};

#define IS_ELAPSED (IS_HOURS | IS_MINUTES | IS_SECONDS)

typedef struct
{
  Kind kind;
  guint flags;
  int n_decimals;
  const char *currency; /* interned */
  char *mask; /* 0, # and ? for digits */
  char operator; /* '<', '>', '=', 'l' (<=), 'g' (>=), 'n' (<>), or 0: by the sign */
  double limit;
} Section;

struct _CrmSheetFormat
{
  Section sections[MAX_SECTIONS];
  guint n_sections;
};

/* What one section is being read to */
typedef struct
{
  Section *section;
  GString *mask;
  GString *literal; /* since the last digit, for a currency */
  gboolean has_digits;
  gboolean behind_point;
  gboolean is_maskable;
  gboolean is_percent;
  char last_letter; /* of a date, to tell months from minutes */
} Reader;

/* Reading a format */

static void
take_currency (Reader *self, const char *text, guint locale)
{
  g_autofree char *symbol = g_strstrip (g_strdup (text));
  const char *currency = *symbol != '\0' ? crm_sheet_find_currency (symbol, locale) : NULL;

  if (currency != NULL)
    self->section->currency = currency;
}

static void
end_literal (Reader *self)
{
  if (self->literal->len > 0)
    take_currency (self, self->literal->str, 0);
  g_string_truncate (self->literal, 0);
}

static void
add_literal (Reader *self, const char *text, gsize size)
{
  gsize i;

  g_string_append_len (self->literal, text, (gssize) size);
  g_string_append_len (self->mask, text, (gssize) size);
  for (i = 0; i < size; i++)
    if (strchr ("+()-. ", text[i]) == NULL)
      self->is_maskable = FALSE;
}

static void
read_bracket (Reader *self, const char *text, gsize size)
{
  g_autofree char *content = g_strndup (text, size);
  Section *section = self->section;

  if (content[0] == '$')
    {
      char *locale = strrchr (content, '-');
      guint number = locale != NULL ? (guint) g_ascii_strtoull (locale + 1, NULL, 16) : 0;

      if (locale != NULL)
        *locale = '\0';
      take_currency (self, content + 1, number);
    }
  else if (size > 0 && strchr ("<>=", content[0]) != NULL)
    {
      gsize n = strspn (content, "<>=");

      section->operator= content[0];
      if (n == 2)
        section->operator= content[1] == '>' ? 'n' : content[0] == '<' ? 'l' : 'g';
      section->limit = g_ascii_strtod (content + n, NULL);
    }
  else if (size > 0 && content[strspn (content, "hH")] == '\0')
    section->flags |= IS_HOURS;
  else if (size > 0 && content[strspn (content, "mM")] == '\0')
    section->flags |= IS_MINUTES;
  else if (size > 0 && content[strspn (content, "sS")] == '\0')
    section->flags |= IS_SECONDS;

  if ((section->flags & IS_ELAPSED) != 0)
    self->last_letter = 'h';
}

/* An "m" is a minute behind hours and in front of seconds, else a month. */
static void
read_letter (Reader *self, char letter, const char *behind)
{
  switch (letter)
    {
    case 'y':
    case 'e':
    case 'b':
      self->section->flags |= HAS_YEAR;
      break;

    case 'd':
      self->section->flags |= HAS_DAY;
      break;

    case 'h':
      self->section->flags |= HAS_CLOCK;
      break;

    case 's':
      self->section->flags |= HAS_CLOCK | HAS_SECONDS;
      break;

    case 'm':
    default:
      behind += strspn (behind, ":. \\");
      self->section->flags |= self->last_letter == 'h' || *behind == 's' || *behind == 'S'
                                  ? HAS_CLOCK
                                  : HAS_DAY;
      break;
    }
  self->last_letter = letter;
}

static void
read_digit (Reader *self, char c)
{
  end_literal (self);
  self->has_digits = TRUE;
  if (self->behind_point)
    self->section->n_decimals++;
  g_string_append_c (self->mask, c);
}

/* Reads one token at @p; returns what is behind it */
static const char *
read_token (Reader *self, const char *p)
{
  const char *end;

  switch (*p)
    {
    case '"':
      end = strchr (p + 1, '"');
      if (end == NULL)
        end = p + strlen (p);
      add_literal (self, p + 1, (gsize) (end - p - 1));
      return *end != '\0' ? end + 1 : end;

    case '[':
      end = strchr (p, ']');
      if (end == NULL)
        return p + strlen (p);
      read_bracket (self, p + 1, (gsize) (end - p - 1));
      return end + 1;

    case '\\':
    case '!':
      end = p[1] != '\0' ? g_utf8_next_char (p + 1) : p + 1;
      add_literal (self, p + 1, (gsize) (end - p - 1));
      return end;

    case '_':
    case '*':
      return p[1] != '\0' ? g_utf8_next_char (p + 1) : p + 1;

    case '0':
    case '#':
    case '?':
      read_digit (self, *p);
      return p + 1;

    case '%':
      self->is_percent = TRUE;
      return p + 1;

    case '.':
      if (self->last_letter == 's')
        self->section->flags |= HAS_FRACTION;
      self->behind_point = self->has_digits;
      G_GNUC_FALLTHROUGH;
    case ',':
    case '@':
      self->is_maskable = FALSE;
      return p + 1;

    case '/':
      /* A fraction, as below a power of ten: all digits count */
      self->is_maskable = FALSE;
      if (self->has_digits)
        self->section->n_decimals = TRUE_DIGITS;
      return p + 1;

    case 'E':
    case 'e':
      if (p[1] != '+' && p[1] != '-')
        break;
      self->is_maskable = FALSE;
      self->section->n_decimals = TRUE_DIGITS;
      return p + strspn (p, "Ee+-0#?");

    default:
      break;
    }

  if (g_ascii_strncasecmp (p, "General", 7) == 0)
    return p + 7;
  if (g_ascii_strncasecmp (p, "AM/PM", 5) == 0)
    return p + 5;
  if (g_ascii_strncasecmp (p, "A/P", 3) == 0)
    return p + 3;
  if (strchr ("yYmMdDhHsSeEbB", *p) != NULL)
    {
      char letter = g_ascii_tolower (*p);

      for (end = p; g_ascii_tolower (*end) == letter; end++)
        ;
      read_letter (self, letter, end);
      return end;
    }

  end = g_utf8_next_char (p);
  add_literal (self, p, (gsize) (end - p));
  return end;
}

/* Zip codes and phone numbers are written with digits that a plain number loses */
static gboolean
is_mask (const char *mask)
{
  const char *first = strpbrk (mask, "0#?");
  const char *last = mask + strlen (mask);
  gsize n;

  if (first == NULL)
    return FALSE;
  while (last > first && strchr ("0#?", last[-1]) == NULL)
    last--;
  n = strspn (first, "0#?");

  return (gsize) (last - first) > n || strchr (mask, '+') != NULL || strncmp (first, "00", 2) == 0;
}

static void
end_section (Reader *self)
{
  Section *section = self->section;

  end_literal (self);
  if (section->flags != 0)
    section->kind = KIND_TIME;
  else if (self->is_percent)
    section->kind = KIND_PERCENT;
  else if (section->currency != NULL)
    section->kind = KIND_MONEY;
  else if (self->is_maskable && is_mask (self->mask->str))
    section->kind = KIND_MASK;
  else if (self->has_digits)
    section->kind = KIND_NUMBER;

  if (section->kind == KIND_MASK)
    section->mask = g_string_free (self->mask, FALSE);
  else
    g_string_free (self->mask, TRUE);
  g_string_free (self->literal, TRUE);
}

CrmSheetFormat *
crm_sheet_format_new (const char *code)
{
  CrmSheetFormat *self = g_new0 (CrmSheetFormat, 1);
  const char *p = code;

  g_return_val_if_fail (code != NULL, self);

  while (self->n_sections < MAX_SECTIONS)
    {
      Reader reader = { .section = &self->sections[self->n_sections++],
                        .mask = g_string_new (NULL),
                        .literal = g_string_new (NULL),
                        .is_maskable = TRUE };

      while (*p != '\0' && *p != ';')
        p = read_token (&reader, p);
      end_section (&reader);
      if (*p == '\0')
        break;
      p++;
    }

  return self;
}

CrmSheetFormat *
crm_sheet_format_new_built_in (guint id)
{
  static const struct
  {
    guint first;
    guint last;
    const char *code;
  } formats[] = {
    { 1, 1, "0" },           { 2, 2, "0.00" },      { 3, 3, "#,##0" },        { 4, 4, "#,##0.00" },
    { 5, 6, "#,##0" },       { 7, 8, "#,##0.00" },  { 9, 9, "0%" },           { 10, 10, "0.00%" },
    { 11, 11, "0.00E+00" },  { 14, 17, "y-m-d" },   { 18, 18, "h:mm" },       { 19, 19, "h:mm:ss" },
    { 20, 20, "h:mm" },      { 21, 21, "h:mm:ss" }, { 22, 22, "y-m-d h:mm" }, { 27, 31, "y-m-d" },
    { 32, 32, "h:mm" },      { 33, 33, "h:mm:ss" }, { 34, 36, "y-m-d" },      { 37, 38, "#,##0" },
    { 39, 40, "#,##0.00" },  { 41, 42, "#,##0" },   { 43, 44, "#,##0.00" },   { 45, 45, "mm:ss" },
    { 46, 46, "[h]:mm:ss" }, { 47, 47, "mm:ss" },   { 50, 58, "y-m-d" },      { 71, 73, "y-m-d" },
    { 74, 74, "h:mm" },      { 75, 75, "h:mm:ss" }, { 76, 76, "y-m-d h:mm" }, { 77, 77, "mm:ss" },
    { 78, 78, "[h]:mm:ss" }, { 79, 79, "mm:ss" },   { 80, 81, "y-m-d" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (formats); i++)
    if (id >= formats[i].first && id <= formats[i].last)
      return crm_sheet_format_new (formats[i].code);

  return crm_sheet_format_new ("General");
}

void
crm_sheet_format_free (CrmSheetFormat *self)
{
  guint i;

  if (self == NULL)
    return;

  for (i = 0; i < self->n_sections; i++)
    g_free (self->sections[i].mask);
  g_free (self);
}

/* Writing a number */

static gboolean
section_takes (const Section *self, double value)
{
  switch (self->operator)
    {
    case '<':
      return value < self->limit;
    case '>':
      return value > self->limit;
    case 'l':
      return value <= self->limit;
    case 'g':
      return value >= self->limit;
    case 'n':
      return value != self->limit;
    case '=':
    default:
      return value == self->limit;
    }
}

static const Section *
choose_section (const CrmSheetFormat *self, double value)
{
  guint i;

  if (self->sections[0].operator!= 0)
    {
      for (i = 0; i < self->n_sections; i++)
        if (self->sections[i].operator== 0 || section_takes (&self->sections[i], value))
          return &self->sections[i];
      return &self->sections[0];
    }
  if (value < 0 && self->n_sections > 1)
    return &self->sections[1];
  if (value == 0 && self->n_sections > 2)
    return &self->sections[2];

  return &self->sections[0];
}

static gboolean
append_day (GString *out, int serial, int ms)
{
  int seconds = ms / 1000;
  GDate date;

  if (serial < 1 || serial > LAST_DAY)
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 30, G_DATE_DECEMBER, 1899);
  g_date_add_days (&date, (guint) serial);
  g_string_append_printf (out, "%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
  if (ms >= 0)
    g_string_append_printf (out, "T%02d:%02d", seconds / 3600, seconds / 60 % 60);
  if (ms >= 0 && ms % 60000 != 0)
    g_string_append_printf (out, ":%02d", seconds % 60);
  if (ms >= 0 && ms % 1000 != 0)
    g_string_append_printf (out, ".%03d", ms % 1000);

  return TRUE;
}

static void
append_elapsed (guint flags, gint64 seconds, GString *out)
{
  gint64 minutes = seconds / 60;

  if ((flags & IS_SECONDS) != 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, seconds);
  else if ((flags & IS_MINUTES) != 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT ":%02d", minutes, (int) (seconds % 60));
  else if ((flags & HAS_SECONDS) != 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT ":%02d:%02d", minutes / 60,
                            (int) (minutes % 60), (int) (seconds % 60));
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT ":%02d", minutes / 60, (int) (minutes % 60));
}

/* %FALSE for a number that is no time */
static gboolean
append_time (guint flags, double value, gboolean is_1904, GString *out)
{
  gint64 seconds;
  int serial;
  int ms = -1;

  if (!(value >= 0 && value < LAST_DAY + 1))
    return FALSE;

  seconds = (gint64) (value * DAY_SECONDS + 0.5);
  if ((flags & IS_ELAPSED) != 0)
    {
      append_elapsed (flags, seconds, out);
      return TRUE;
    }
  if ((flags & (HAS_YEAR | HAS_DAY)) == 0)
    {
      int clock = (int) (seconds % DAY_SECONDS);

      g_string_append_printf (out, "%02d:%02d", clock / 3600, clock / 60 % 60);
      if ((flags & HAS_SECONDS) != 0)
        g_string_append_printf (out, ":%02d", clock % 60);
      return TRUE;
    }

  serial = (flags & HAS_FRACTION) != 0 ? (int) (value + 0.0005 / DAY_SECONDS)
                                       : (int) (seconds / DAY_SECONDS);
  if (is_1904)
    serial += 1462;
  else if (serial > 0 && serial < 60) /* there is a 29 February 1900 in workbooks */
    serial++;
  if (flags == HAS_YEAR)
    {
      g_autoptr (GString) day = g_string_new (NULL);

      if (!append_day (day, serial, -1))
        return FALSE;
      g_string_append_len (out, day->str, 4);
      return TRUE;
    }

  if ((flags & HAS_FRACTION) != 0)
    ms = (int) ((gint64) (value * DAY_SECONDS * 1000 + 0.5) % (DAY_SECONDS * 1000));
  else if ((flags & HAS_CLOCK) != 0)
    ms = (int) (seconds % DAY_SECONDS) * 1000;

  return append_day (out, serial, ms);
}

static void
append_mask (const char *mask, const CrmSheetDecimal *number, GString *out)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gsize n_places = 0;
  gboolean first = TRUE;
  gsize used = 0;
  const char *p;

  crm_sheet_decimal_append (number, digits);
  for (p = mask; *p != '\0'; p++)
    if (strchr ("0#?", *p) != NULL)
      n_places++;

  for (p = mask; *p != '\0'; p++)
    {
      if (strchr ("0#?", *p) == NULL)
        {
          g_string_append_c (out, *p);
          continue;
        }
      if (first && digits->len > n_places)
        {
          used = digits->len - n_places;
          g_string_append_len (out, digits->str, (gssize) used);
        }
      first = FALSE;
      if (n_places <= digits->len)
        g_string_append_c (out, digits->str[used++]);
      else if (*p == '0')
        g_string_append_c (out, '0');
      n_places--;
    }
  g_strchomp (out->str);
  g_string_set_size (out, strlen (out->str));
}

void
crm_sheet_format_append (const CrmSheetFormat *self,
                         const char *number,
                         gboolean is_1904,
                         GString *out)
{
  static const Section general = { .kind = KIND_GENERAL };
  const Section *section = &general;
  CrmSheetDecimal decimal;
  double value;
  int n_decimals;

  g_return_if_fail (number != NULL && out != NULL);

  if (!crm_sheet_decimal_parse (&decimal, number))
    {
      g_string_append (out, number);
      return;
    }

  value = g_ascii_strtod (number, NULL);
  if (self != NULL)
    section = choose_section (self, value);
  if (section->kind == KIND_TIME && append_time (section->flags, value, is_1904, out))
    return;
  if (section->kind == KIND_MASK && !decimal.is_negative &&
      (int) decimal.n_digits <= decimal.exponent)
    {
      append_mask (section->mask, &decimal, out);
      return;
    }

  /* Long integers were written by programs that mean every digit. */
  if (number[strspn (number, "-0123456789")] != '\0')
    crm_sheet_decimal_round (&decimal, TRUE_DIGITS);
  n_decimals = MAX (section->n_decimals, KEPT_DECIMALS);
  switch (section->kind)
    {
    case KIND_PERCENT:
      decimal.exponent += decimal.n_digits > 0 ? 2 : 0;
      crm_sheet_decimal_round_decimals (&decimal, n_decimals);
      crm_sheet_decimal_append (&decimal, out);
      g_string_append_c (out, '%');
      break;

    case KIND_MONEY:
      if (crm_currency_get_digits (section->currency) >= 0)
        n_decimals = crm_currency_get_digits (section->currency);
      crm_sheet_decimal_round_decimals (&decimal, n_decimals);
      crm_sheet_decimal_append (&decimal, out);
      g_string_append_printf (out, " %s", section->currency);
      break;

    case KIND_NUMBER:
      crm_sheet_decimal_round_decimals (&decimal, n_decimals);
      crm_sheet_decimal_append (&decimal, out);
      break;

    case KIND_GENERAL:
    case KIND_MASK:
    case KIND_TIME:
    default:
      crm_sheet_decimal_append (&decimal, out);
      break;
    }
}
