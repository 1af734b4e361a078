/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Duplicates among records of quite different kinds, with heavier damage: several mistakes in a copy, many copies of one,
 * what is heard, scanned or typed into the wrong field. The labels say something in one set and nothing in another. */

#include <stdio.h>
#include <string.h>

#include "accuracy.h"
#include "test-model.h"

typedef enum
{
  END, /* behind the last column */
  WORD, /* letters: typed, heard or scanned wrongly */
  TEXT, /* words that change places, too */
  DIGITS,
  DATE, /* ISO; written in another way, too */
} Damage;

typedef struct
{
  const char *label;
  Damage damage;
  double missing; /* share of originals without it */
} Column;

typedef struct _Set Set;

struct _Set
{
  const char *path;
  guint32 seed;
  guint n_originals;
  guint n_copies;
  guint max_copies; /* of one */
  guint max_errors; /* of one copy */
  void (*make) (const Set *self, GRand *rand, AccuracyRow *row);
  /* (nullable): what else happens to a copy */
  void (*change) (GRand *rand, AccuracyRow *row);
  guint swapped[2]; /* columns that change places; 0, 0 for none */
  double least_recall;
  Column columns[ACCURACY_MAX_COLUMNS];
};

#define PICK(rand, list) ((list)[g_rand_int_range ((rand), 0, G_N_ELEMENTS (list))])

static gboolean
chance (GRand *rand, double share)
{
  return g_rand_double (rand) < share;
}

static guint
below (GRand *rand, guint n)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) n);
}

static void
set (AccuracyRow *row, guint column, char *text)
{
  g_free (row->texts[column]);
  row->texts[column] = text;
}

/* An invented word that sounds like one; small numbers are met more often */
static char *
make_word (GRand *rand, guint n_words)
{
  static const char *const starts[] = { "b", "br", "c", "ch", "d", "f", "g", "h", "j", "k",
                                        "l", "m",  "n", "p",  "r", "s", "t", "v", "w", "st" };
  static const char *const vowels[] = { "a", "e", "i", "o", "u", "ea", "ai" };
  static const char *const ends[] = { "", "n", "r", "s", "l", "ck", "tt" };
  double r = g_rand_double (rand);
  g_autoptr (GRand) of_word = g_rand_new_with_seed (1 + (guint32) (r * r * n_words));
  GString *word = g_string_new (NULL);

  for (guint i = 0; i < 2; i++)
    g_string_append_printf (word, "%s%s", PICK (of_word, starts), PICK (of_word, vowels));
  g_string_append (word, PICK (of_word, ends));

  return g_string_free (word, FALSE);
}

/* Damage */

static char *
replace_once (const char *text, const char *const (*pairs)[2], guint n_pairs, guint start)
{
  for (guint i = 0; i < n_pairs; i++)
    {
      const char *const *pair = pairs[(start + i) % n_pairs];
      const char *found = strstr (text, pair[0]);

      if (found != NULL)
        return g_strdup_printf ("%.*s%s%s", (int) (found - text), text, pair[1],
                                found + strlen (pair[0]));
    }

  return g_strdup (text);
}

static char *
mishear (GRand *rand, const char *text)
{
  static const char *const pairs[][2] = {
    { "ph", "f" }, { "ck", "k" }, { "c", "k" },  { "k", "c" },   { "ea", "ee" }, { "ai", "ay" },
    { "s", "z" },  { "v", "w" },  { "tt", "t" }, { "ch", "sh" }, { "i", "y" },   { "l", "ll" },
  };

  return replace_once (text, pairs, G_N_ELEMENTS (pairs), below (rand, G_N_ELEMENTS (pairs)));
}

static char *
misread (GRand *rand, const char *text)
{
  static const char *const pairs[][2] = {
    { "rn", "m" }, { "m", "rn" }, { "l", "1" }, { "o", "0" }, { "s", "5" }, { "cl", "d" },
    { "e", "c" },  { "h", "n" },  { "1", "l" }, { "0", "O" }, { "5", "S" }, { "8", "B" },
  };

  return replace_once (text, pairs, G_N_ELEMENTS (pairs), below (rand, G_N_ELEMENTS (pairs)));
}

static char *
mistype (GRand *rand, const char *text, gboolean digits)
{
  glong n = g_utf8_strlen (text, -1);
  glong at = n < 3 ? 0 : 1 + (glong) below (rand, (guint) n - 2);
  const char *rest = g_utf8_offset_to_pointer (text, at);
  const char *next = *rest != '\0' ? g_utf8_next_char (rest) : rest;
  g_autofree char *head = g_strndup (text, (gsize) (rest - text));
  char letter = (char) (digits ? '0' + below (rand, 10) : 'a' + below (rand, 26));

  if (n < 2)
    return g_strdup (text);
  if (*next != '\0' && chance (rand, digits ? 0.35 : 0.1))
    return g_strdup_printf ("%s%.*s%.*s%s", head, (int) (g_utf8_next_char (next) - next), next,
                            (int) (next - rest), rest, g_utf8_next_char (next));

  switch (below (rand, 4))
    {
    case 0:
      return g_strdup_printf ("%s%s", head, next);
    case 1:
      return g_strdup_printf ("%s%c%s", head, letter, rest);
    default:
      return g_strdup_printf ("%s%c%s", head, letter, next);
    }
}

static char *
swap_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);
  char *first;

  if (n < 2)
    return g_strdup (text);
  first = words[0];
  words[0] = words[n - 1];
  words[n - 1] = first;

  return g_strjoinv (" ", words);
}

static char *
damage (GRand *rand, Damage kind, const char *text)
{
  guint year;
  guint month;
  guint day;

  switch (kind)
    {
    case WORD:
      if (chance (rand, 0.3))
        return mishear (rand, text);
      return chance (rand, 0.2) ? misread (rand, text) : mistype (rand, text, FALSE);

    case TEXT:
      if (chance (rand, 0.2))
        return swap_words (text);
      return chance (rand, 0.3) ? misread (rand, text) : mistype (rand, text, FALSE);

    case DATE:
      if (chance (rand, 0.3) && sscanf (text, "%u-%u-%u", &year, &month, &day) == 3)
        return g_strdup_printf ("%u. %u. %u", day, month, year);
      return mistype (rand, text, TRUE);

    default:
      return mistype (rand, text, TRUE);
    }
}

static void
damage_row (const Set *self, GRand *rand, AccuracyRow *row, guint n_columns)
{
  guint n_errors = 1 + below (rand, self->max_errors);

  for (guint i = 0; i < n_errors; i++)
    {
      guint column = below (rand, n_columns);

      if (self->swapped[1] != 0 && chance (rand, 0.06))
        {
          char *text = row->texts[self->swapped[0]];

          row->texts[self->swapped[0]] = row->texts[self->swapped[1]];
          row->texts[self->swapped[1]] = text;
        }
      else if (self->change != NULL && chance (rand, 0.35))
        self->change (rand, row);
      else if (column > 1 && chance (rand, 0.12))
        set (row, column, NULL);
      else if (row->texts[column] != NULL)
        set (row, column, damage (rand, self->columns[column].damage, row->texts[column]));
    }
}

static void
shuffle (GRand *rand, GPtrArray *rows)
{
  for (guint i = rows->len; i > 1; i--)
    {
      gpointer *a = &g_ptr_array_index (rows, i - 1);
      gpointer *b = &g_ptr_array_index (rows, below (rand, i));
      gpointer swap = *a;

      *a = *b;
      *b = swap;
    }
}

static void
test_damage (gconstpointer data)
{
  const Set *self = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (self->seed);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) accuracy_row_free);
  const char *labels[ACCURACY_MAX_COLUMNS + 1] = { NULL };
  guint n_columns = 0;
  guint left = self->n_copies;

  for (; self->columns[n_columns].damage != END; n_columns++)
    labels[n_columns] = self->columns[n_columns].label;
  for (guint i = 0; i < self->n_originals; i++)
    {
      AccuracyRow *row = g_new0 (AccuracyRow, 1);

      row->entity = i;
      self->make (self, rand, row);
      for (guint j = 0; j < n_columns; j++)
        if (chance (rand, self->columns[j].missing))
          set (row, j, NULL);
      g_ptr_array_add (rows, row);
    }
  while (left > 0)
    {
      const AccuracyRow *original = g_ptr_array_index (rows, below (rand, self->n_originals));
      guint n = 1 + below (rand, 1 + below (rand, self->max_copies));

      for (; n > 0 && left > 0; n--, left--)
        {
          AccuracyRow *copy = accuracy_row_copy (original);

          damage_row (self, rand, copy, n_columns);
          g_ptr_array_add (rows, copy);
        }
    }
  shuffle (rand, rows);
  accuracy_check (self->path, labels, rows, 0.97, self->least_recall);
}

/* A census: names, addresses, dates, numbers */

static void
make_citizen (const Set *self, GRand *rand, AccuracyRow *row)
{
  static const char *const ways[] = { "street", "road", "crescent", "place", "court" };
  g_autofree char *street = make_word (rand, 1500);

  row->texts[0] = make_word (rand, 120);
  row->texts[1] = make_word (rand, 900);
  row->texts[2] = g_strdup_printf ("%u", 1 + below (rand, 200));
  row->texts[3] = g_strdup_printf ("%s %s", street, PICK (rand, ways));
  row->texts[4] = make_word (rand, 300);
  row->texts[5] = g_strdup_printf ("%u", 2000 + below (rand, 5000));
  row->texts[6] = g_strdup_printf ("%u-%02u-%02u", 1920 + below (rand, 80), 1 + below (rand, 12),
                                   1 + below (rand, 28));
  if (self->columns[7].damage != END)
    row->texts[7] = g_strdup_printf ("%u", 1000000 + below (rand, 8999999));
}

/* Companies of several countries */

static void
make_company (const Set *self, GRand *rand, AccuracyRow *row)
{
  static const char *const forms[] = { "Ltd", "GmbH", "s.r.o.", "Inc.", "a.s." };
  static const char *const trades[] = { "Foods",   "Steel",   "Media",   "Energy",
                                        "Trading", "Systems", "Services" };
  static const char *const towns[] = { "Berlin", "Praha",  "Brno",  "London",
                                       "Wien",   "Boston", "Leeds", "Graz" };
  g_autofree char *name = make_word (rand, 100000);
  g_autofree char *street = make_word (rand, 800);

  name[0] = g_ascii_toupper (name[0]);
  row->texts[0] = g_strdup_printf ("%s %s %s", name, PICK (rand, trades), PICK (rand, forms));
  row->texts[1] = g_strdup_printf ("https://www.%s.example", name);
  row->texts[2] = g_strdup_printf ("%u %s Street", 1 + below (rand, 150), street);
  row->texts[3] = g_strdup (PICK (rand, towns));
  row->texts[4] = g_strdup_printf ("DE%u", 10000000 + below (rand, 89999999));
}

static void
change_company (GRand *rand, AccuracyRow *row)
{
  char *name = row->texts[0];
  const char *form = strrchr (name, ' ');

  switch (below (rand, 4))
    {
    case 0:
      if (form != NULL)
        set (row, 0, g_strndup (name, (gsize) (form - name)));
      break;
    case 1:
      set (row, 0, g_ascii_strup (name, -1));
      break;
    case 2:
      if (row->texts[2] != NULL)
        set (row, 2, g_strdup_printf ("%.*s.", (int) strlen (row->texts[2]) - 4, row->texts[2]));
      break;
    default:
      /* It moved */
      set (row, 2, g_strdup_printf ("%u High Street", 1 + below (rand, 150)));
      break;
    }
}

/* Things with codes, of which one is worn off */

static void
make_thing (const Set *self, GRand *rand, AccuracyRow *row)
{
  static const char *const makers[] = { "Latitude", "ProBook", "ThinkPad", "Vostro" };

  row->texts[0] = g_strdup_printf ("%c%c-%05u", 'A' + below (rand, 4), 'K' + below (rand, 6),
                                   below (rand, 100000));
  row->texts[1] = g_strdup_printf ("%s %c%u", PICK (rand, makers), 'T' + below (rand, 4),
                                   100 + below (rand, 900));
  row->texts[2] = g_strdup_printf ("%u-%02u-%02u", 2015 + below (rand, 10), 1 + below (rand, 12),
                                   1 + below (rand, 28));
  row->texts[3] = g_strdup_printf ("%u", 100000 + below (rand, 900000));
  row->texts[4] = g_strdup_printf ("%c%u", 'A' + below (rand, 3), 100 + below (rand, 200));
}

static void
change_thing (GRand *rand, AccuracyRow *row)
{
  g_auto (GStrv) parts = g_strsplit (row->texts[0], "-", -1);

  if (chance (rand, 0.5))
    set (row, 4, g_strdup_printf ("%c%u", 'A' + below (rand, 3), 100 + below (rand, 200)));
  else
    set (row, 0, g_strjoinv ("", parts));
}

/* Koreans, some of them in Latin letters */

static const char *const korean_families[][2] = { { "김", "Kim" },  { "이", "Lee" },
                                                  { "박", "Park" }, { "최", "Choi" },
                                                  { "정", "Jung" }, { "강", "Kang" },
                                                  { "윤", "Yoon" }, { "한", "Han" } };
static const char *const korean_syllables[][2] = {
  { "민", "min" }, { "지", "ji" },  { "현", "hyun" }, { "수", "soo" },   { "철", "chul" },
  { "은", "eun" }, { "재", "jae" }, { "준", "jun" },  { "경", "kyung" }, { "태", "tae" },
  { "진", "jin" }, { "하", "ha" },  { "희", "hee" },  { "동", "dong" },
};

static void
make_korean (const Set *self, GRand *rand, AccuracyRow *row)
{
  static const char *const firms[] = { "대한전자", "한빛소프트", "미래건설", "우리식품",
                                       "가온물산" };
  guint family = below (rand, G_N_ELEMENTS (korean_families));
  guint a = below (rand, G_N_ELEMENTS (korean_syllables));
  guint b = below (rand, G_N_ELEMENTS (korean_syllables));

  row->texts[0] = g_strconcat (korean_families[family][0], korean_syllables[a][0],
                               korean_syllables[b][0], NULL);
  row->texts[1] = g_strdup_printf ("010-%04u-%04u", 2000 + below (rand, 8000), below (rand, 10000));
  row->texts[2] = g_strconcat (PICK (rand, firms), "㈜", NULL);
  row->texts[3] = g_strdup_printf ("%s%s%u@mail.example", korean_syllables[a][1],
                                   korean_syllables[b][1], below (rand, 1000));
}

static void
change_korean (GRand *rand, AccuracyRow *row)
{
  const char *name = row->texts[0];
  GString *latin;

  if (chance (rand, 0.4) && row->texts[2] != NULL && g_str_has_suffix (row->texts[2], "㈜"))
    {
      set (row, 2,
           g_strdup_printf ("주식회사 %.*s", (int) strlen (row->texts[2]) - 3, row->texts[2]));
      return;
    }
  if (g_utf8_strlen (name, -1) != 3 || (guchar) name[0] < 128)
    return;

  latin = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (korean_syllables); i++)
    if (strncmp (g_utf8_next_char (name), korean_syllables[i][0], 3) == 0)
      g_string_append (latin, korean_syllables[i][1]);
  for (guint i = 0; i < G_N_ELEMENTS (korean_syllables); i++)
    if (strncmp (g_utf8_offset_to_pointer (name, 2), korean_syllables[i][0], 3) == 0)
      g_string_append_printf (latin, "-%s", korean_syllables[i][1]);
  for (guint i = 0; i < G_N_ELEMENTS (korean_families); i++)
    if (g_str_has_prefix (name, korean_families[i][0]))
      g_string_append_printf (latin, " %s", korean_families[i][1]);
  set (row, 0, g_string_free (latin, FALSE));
}

/* Indonesians, of whom many have one name only */

static void
make_indonesian (const Set *self, GRand *rand, AccuracyRow *row)
{
  static const char *const given[] = {
    "Budi", "Siti",  "Agus",   "Dewi", "Andi",  "Eko",   "Rina",
    "Joko", "Ratna", "Hendra", "Yuni", "Fitri", "Ahmad", "Putri"
  };
  static const char *const family[] = { "Santoso", "Wijaya",  "Susanto", "Kusuma", "Hidayat",
                                        "Pratama", "Nugroho", "Halim",   "Siregar" };
  static const char *const towns[] = { "Bandung", "Surabaya", "Medan", "Semarang", "Makassar" };
  static const char *const ways[] = { "Sudirman", "Thamrin", "Merdeka", "Melati", "Kenanga" };
  const char *first = PICK (rand, given);

  row->texts[0] = chance (rand, 0.2) ? g_strdup (first)
                                     : g_strdup_printf ("%s %s", first, PICK (rand, family));
  row->texts[1] = g_strdup_printf ("08%u%07u", 11 + below (rand, 60), below (rand, 10000000));
  row->texts[2] = g_strdup_printf ("Jalan %s No. %u", PICK (rand, ways), 1 + below (rand, 250));
  row->texts[3] = g_strdup (PICK (rand, towns));
}

static void
change_indonesian (GRand *rand, AccuracyRow *row)
{
  static const char *const spellings[][2] = { { "Budi", "Boedi" },
                                              { "Joko", "Djoko" },
                                              { "Ahmad", "Achmad" },
                                              { "Susanto", "Soesanto" },
                                              { "Yuni", "Juni" } };

  if (chance (rand, 0.4))
    set (row, 0, replace_once (row->texts[0], spellings, G_N_ELEMENTS (spellings), 0));
  else if (chance (rand, 0.5) && row->texts[1] != NULL && row->texts[1][0] == '0')
    set (row, 1, g_strconcat ("+62", row->texts[1] + 1, NULL));
  else if (row->texts[2] != NULL && g_str_has_prefix (row->texts[2], "Jalan"))
    set (row, 2, g_strconcat ("Jl.", row->texts[2] + strlen ("Jalan"), NULL));
}

static const Set sets[] = {
  { "/duplicates/damage/census",
    11,
    1200,
    1000,
    1,
    4,
    make_citizen,
    NULL,
    { 0, 1 },
    0.97,
    { { "Given name", WORD, .05 },
      { "Surname", WORD, .01 },
      { "No.", DIGITS, 0 },
      { "Address", TEXT, .05 },
      { "Suburb", WORD, 0 },
      { "Postcode", DIGITS, 0 },
      { "Born", DATE, .1 },
      { "Social security", DIGITS, .05 } } },
  { "/duplicates/damage/census-heavy",
    12,
    700,
    900,
    9,
    8,
    make_citizen,
    NULL,
    { 0, 1 },
    0.93,
    { { "Given name", WORD, .05 },
      { "Surname", WORD, .01 },
      { "No.", DIGITS, 0 },
      { "Address", TEXT, .05 },
      { "Suburb", WORD, 0 },
      { "Postcode", DIGITS, 0 },
      { "Born", DATE, .1 } } },
  { "/duplicates/damage/census-unnamed",
    13,
    900,
    900,
    4,
    4,
    make_citizen,
    NULL,
    { 0, 1 },
    0.95,
    { { "A", WORD, .05 },
      { "B", WORD, .01 },
      { "C", DIGITS, 0 },
      { "D", TEXT, .05 },
      { "E", WORD, 0 },
      { "F", DIGITS, 0 },
      { "G", DATE, .1 } } },
  { "/duplicates/damage/companies",
    14,
    900,
    800,
    3,
    3,
    make_company,
    change_company,
    { 0, 0 },
    0.95,
    { { "Account", TEXT, 0 },
      { "Website", WORD, .3 },
      { "Street", TEXT, .1 },
      { "City", WORD, .05 },
      { "VAT", DIGITS, .4 } } },
  { "/duplicates/damage/companies-unnamed",
    15,
    900,
    800,
    3,
    3,
    make_company,
    change_company,
    { 0, 0 },
    0.95,
    { { "K1", TEXT, 0 },
      { "K2", WORD, .3 },
      { "K3", TEXT, .1 },
      { "K4", WORD, .05 },
      { "K5", DIGITS, .4 } } },
  { "/duplicates/damage/things",
    16,
    1000,
    700,
    2,
    3,
    make_thing,
    change_thing,
    { 0, 0 },
    0.97,
    { { "Serial", DIGITS, 0 },
      { "Model", TEXT, 0 },
      { "Purchased", DATE, .1 },
      { "Inventory", DIGITS, .1 },
      { "Room", DIGITS, 0 } } },
  { "/duplicates/damage/koreans",
    17,
    900,
    700,
    3,
    3,
    make_korean,
    change_korean,
    { 0, 0 },
    0.85,
    { { "이름", TEXT, 0 },
      { "휴대폰", DIGITS, .15 },
      { "회사", TEXT, .1 },
      { "이메일", WORD, .3 } } },
  { "/duplicates/damage/indonesians",
    18,
    900,
    700,
    3,
    3,
    make_indonesian,
    change_indonesian,
    { 0, 0 },
    0.90,
    { { "Nama", TEXT, 0 },
      { "No HP", DIGITS, .15 },
      { "Alamat", TEXT, .1 },
      { "Kota", WORD, .05 } } },
};

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    g_test_add_data_func (sets[i].path, &sets[i], test_damage);

  return g_test_run ();
}
