/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "generator.h"

#include <string.h>

typedef struct
{
  GRand *rand;
  const GeneratorShape *shape;
  GPtrArray *people;
  gboolean in_family; /* the one before is of a family already */
} Generator;

/* Each line: forms of one given name, the first the usual one */
static const char *const given_names[] = {
  "William Bill Will",
  "Robert Bob Rob",
  "Margaret Peggy Maggie",
  "Elizabeth Liz Beth",
  "James Jim Jimmy",
  "Katherine Kate Kathy",
  "Richard Dick Rick",
  "Thomas Tom Tommy",
  "Michael Mike Mick",
  "Susan Sue Susie",
  "Anthony Tony",
  "Patricia Pat Trish",
  "Edward Ted Ed",
  "Christopher Chris",
  "Jennifer Jenny Jen",
  "Andrew Andy Drew",
  "Deborah Debbie Deb",
  "Samuel Sam",
  "Victoria Vicky Tori",
  "Benjamin Ben",
  "Rebecca Becky",
  "Daniel Dan Danny",
  "Joseph Joe",
  "Stephen Steve",
  "Laura",
  "Olivia",
  "Amelia",
  "Oscar",
  "Hugo",
  "Ingrid",
  "Nora",
  "Felix",
  "Simon",
  "Grace",
  "Ruth",
  "Martha",
  "Edith",
  "Arthur",
  "Walter Walt",
  "Iris",
  "Clara",
  "Leonard Leo Len",
  "Matthew Matt",
  "Nicholas Nick",
  "Gregory Greg",
  "Judith Judy",
  "Lucas Luke",
  "Jan Honza Jenda",
  "Jiří Jirka",
  "Josef Pepa",
  "František Franta",
  "Kateřina Katka Káťa",
  "Zuzana Zuzka",
  "Jakub Kuba",
  "Vojtěch Vojta",
  "Ondřej Ondra",
  "Magdaléna Magda",
  "Tereza Terka",
  "Jaroslav Jarda",
  "Antonín Tonda",
  "Eliška",
  "Štěpán",
  "Radek",
  "Milena",
  "Božena",
  "Dagmar",
  "Bohdan",
  "Vilém",
  "Łukasz",
  "Małgorzata Gosia",
  "Jürgen",
  "Björn",
  "Søren",
  "Chloé",
  "Inés",
};
#define N_ENGLISH 47

static const char *const family_starts[] = {
  "Ash",    "Black", "Brad",  "Brook", "Car",  "Chester", "Cole", "Cran",   "Dal",
  "Elling", "Fair",  "Fen",   "Garr",  "Gold", "Hart",    "Haw",  "Hol",    "Kings",
  "Lang",   "Mar",   "Mill",  "Nor",   "Oak",  "Pember",  "Rad",  "Ravens", "Row",
  "Shel",   "Stan",  "Thorn", "Wal",   "Whit", "Win",     "Wood", "York",
};
static const char *const family_ends[] = {
  "bury", "by",  "combe", "den",  "dale",  "field", "ford",  "gate", "ham",  "hurst", "land",
  "ley",  "low", "man",   "more", "ridge", "son",   "stead", "ton",  "wick", "worth",
};
static const char *const foreign_families[] = {
  "Dvořák",    "Procházka", "Kučera",    "Růžička",  "Němec",    "Šimek",
  "Bláha",     "Müller",    "Schäfer",   "Großmann", "Kowalski", "Wiśniewski",
  "Zieliński", "Sørensen",  "Lindström", "García",   "Muñoz",
};
static const char *const companies[] = {
  "Alder",  "Beacon",  "Cobalt",   "Delta",   "Ember",    "Falcon", "Granite", "Harbour",
  "Indigo", "Juniper", "Keystone", "Lantern", "Meridian", "Nimbus", "Orchard", "Pioneer",
  "Quarry", "Ridge",   "Summit",   "Tidal",   "Umbra",    "Vertex", "Willow",  "Zenith",
};
static const char *const trades[] = { "Logistics", "Foods",   "Software", "Textiles", "Energy",
                                      "Design",    "Medical", "Travel",   "Press",    "Tools" };
static const char *const forms[] = { "Ltd", "s.r.o.", "GmbH", "Inc.", "a.s.", "LLC" };
static const char *const jobs[] = {
  "Accountant",      "Buyer",   "Chief Executive",   "Designer",       "Engineer",
  "Head of Sales",   "Lawyer",  "Marketing Manager", "Office Manager", "Owner",
  "Project Manager", "Teacher", "Technician",
};
static const char *const cities[] = { "Brno", "Leeds",   "Vienna",  "Bristol", "Gdansk", "Portland",
                                      "Graz", "Utrecht", "Dresden", "Malmo",   "Porto",  "Lyon" };
static const char *const streets[] = {
  "Station", "Church", "Park",   "Mill",   "Garden", "Bridge",
  "Castle",  "River",  "School", "Forest", "Market", "Chapel"
};
static const char *const street_ends[] = { "Street", "Road", "Avenue", "Lane", "Square", "Court" };
static const char *const short_ends[] = { "St", "Rd", "Ave", "Ln", "Sq", "Ct" };

#define PICK(self, list) ((list)[g_rand_int_range ((self)->rand, 0, G_N_ELEMENTS (list))])

static gboolean
chance (Generator *self, double share)
{
  return g_rand_double (self->rand) < share;
}

static guint
below (Generator *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

/* Small numbers are more frequent, as with names */
static guint
skewed (Generator *self, guint n)
{
  double r = g_rand_double (self->rand);

  return (guint) (r * r * n);
}

static void
set (Person *person, PersonField field, char *text)
{
  g_free (person->fields[field]);
  person->fields[field] = text;
}

static void
person_free (gpointer data)
{
  Person *person = data;

  for (guint i = 0; i < N_PERSON_FIELDS; i++)
    g_free (person->fields[i]);
  g_free (person);
}

static void
join_name (Person *person)
{
  const char *given = person->fields[PERSON_GIVEN];
  const char *family = person->fields[PERSON_FAMILY];

  if (given != NULL && family != NULL)
    set (person, PERSON_NAME, g_strconcat (given, " ", family, NULL));
  else
    set (person, PERSON_NAME, g_strdup (given != NULL ? given : family));
}

/* Originals */

static char *
make_given (Generator *self)
{
  guint n = self->shape->ascii ? N_ENGLISH : G_N_ELEMENTS (given_names);
  g_auto (GStrv) names = g_strsplit (given_names[skewed (self, n)], " ", -1);

  return g_strdup (names[0]);
}

static char *
make_family (Generator *self)
{
  if (!self->shape->ascii && chance (self, 0.3))
    return g_strdup (foreign_families[skewed (self, G_N_ELEMENTS (foreign_families))]);

  return g_strconcat (family_starts[skewed (self, G_N_ELEMENTS (family_starts))],
                      family_ends[skewed (self, G_N_ELEMENTS (family_ends))], NULL);
}

static char *
make_ascii (const char *text)
{
  g_autofree char *latin = g_str_to_ascii (text, "C");

  return g_ascii_strdown (latin, -1);
}

static void
make_email (Generator *self, Person *person, gboolean private)
{
  g_autofree char *given = make_ascii (person->fields[PERSON_GIVEN]);
  g_autofree char *family = make_ascii (person->fields[PERSON_FAMILY]);
  g_auto (GStrv) company = g_strsplit (person->fields[PERSON_COMPANY], " ", 3);
  g_autofree char *domain = NULL;

  if (private)
    domain = g_strdup (chance (self, 0.5) ? "gmail.com" : "seznam.cz");
  else
    domain = g_strdup_printf ("%s-%s.example", company[0], company[1]);
  g_strdelimit (given, "?' ", 'x');
  g_strdelimit (family, "?' ", 'x');
  switch (below (self, 3))
    {
    case 0:
      set (person, PERSON_EMAIL, g_strdup_printf ("%s.%s@%s", given, family, domain));
      break;
    case 1:
      set (person, PERSON_EMAIL, g_strdup_printf ("%c%s@%s", given[0], family, domain));
      break;
    default:
      set (person, PERSON_EMAIL,
           g_strdup_printf ("%s%s%u@%s", family, given, below (self, 90) + 10, domain));
      break;
    }
}

static void
make_company (Generator *self, Person *person)
{
  guint n = MAX (self->shape->n_originals / 8, 4);
  guint company = below (self, n);

  set (person, PERSON_COMPANY,
       g_strdup_printf ("%s %s %s", companies[company % G_N_ELEMENTS (companies)],
                        trades[company / G_N_ELEMENTS (companies) % G_N_ELEMENTS (trades)],
                        forms[company % G_N_ELEMENTS (forms)]));
  set (person, PERSON_JOB, g_strdup (PICK (self, jobs)));
}

static void
make_home (Generator *self, Person *person)
{
  guint city = below (self, G_N_ELEMENTS (cities));

  set (person, PERSON_CITY, g_strdup (cities[city]));
  set (person, PERSON_POSTCODE, g_strdup_printf ("%u%02u", 100 + city * 17, below (self, 40)));
  set (person, PERSON_STREET,
       g_strdup_printf ("%u %s %s", below (self, 120) + 1, PICK (self, streets),
                        PICK (self, street_ends)));
  set (person, PERSON_PHONE, g_strdup_printf ("+420 6%08u", below (self, 100000000)));
}

static void
make_birthday (Generator *self, Person *person)
{
  set (person, PERSON_BIRTHDAY,
       g_strdup_printf ("%u-%02u-%02u", 1940 + below (self, 65), 1 + below (self, 12),
                        1 + below (self, 28)));
}

/* Those who have something in common and are strangers for all that */
static void
share_by_chance (Generator *self, Person *person, const Person *before)
{
  if (before == NULL)
    return;

  if (chance (self, 0.04))
    {
      /* A colleague who gives the switchboard's number */
      set (person, PERSON_COMPANY, g_strdup (before->fields[PERSON_COMPANY]));
      set (person, PERSON_PHONE, g_strdup (before->fields[PERSON_PHONE]));
    }
  else if (chance (self, 0.02))
    {
      set (person, PERSON_GIVEN, g_strdup (before->fields[PERSON_GIVEN]));
      set (person, PERSON_FAMILY, g_strdup (before->fields[PERSON_FAMILY]));
    }
}

static Person *
make_original (Generator *self, guint entity, const Person *before)
{
  Person *person = g_new0 (Person, 1);

  person->entity = entity;
  set (person, PERSON_GIVEN, make_given (self));
  set (person, PERSON_FAMILY, make_family (self));
  make_company (self, person);
  make_home (self, person);
  make_birthday (self, person);
  set (person, PERSON_NUMBER, g_strdup_printf ("%u", 1000000 + below (self, 8999999)));

  if (before != NULL && !self->in_family && chance (self, self->shape->families))
    {
      static const PersonField shared[] = { PERSON_FAMILY, PERSON_STREET, PERSON_CITY,
                                            PERSON_POSTCODE, PERSON_PHONE };

      for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
        set (person, shared[i], g_strdup (before->fields[shared[i]]));
      self->in_family = TRUE;
      while (g_str_equal (person->fields[PERSON_GIVEN], before->fields[PERSON_GIVEN]))
        set (person, PERSON_GIVEN, make_given (self));
    }
  else
    {
      self->in_family = FALSE;
      share_by_chance (self, person, before);
    }
  make_email (self, person, chance (self, 0.4));
  join_name (person);
  return person;
}

/* Damage */

/* One wrong, missing, doubled or swapped letter, not the first one mostly */
static char *
mistype (Generator *self, const char *text)
{
  glong n = g_utf8_strlen (text, -1);
  glong at = n < 3 ? 0 : 1 + (glong) below (self, (guint) n - 2);
  g_autofree char *head = g_utf8_substring (text, 0, at);
  const char *rest = g_utf8_offset_to_pointer (text, at);
  const char *next = *rest != '\0' ? g_utf8_next_char (rest) : rest;
  char letter = (char) (g_unichar_isdigit (g_utf8_get_char (rest)) ? '0' + below (self, 10)
                                                                   : 'a' + below (self, 26));

  if (n < 2)
    return g_strdup (text);
  switch (below (self, 4))
    {
    case 0:
      return g_strdup_printf ("%s%c%s", head, letter, next);
    case 1:
      return g_strdup_printf ("%s%s", head, next);
    case 2:
      return g_strdup_printf ("%s%c%s", head, letter, rest);
    default:
      if (*next == '\0')
        return g_strdup_printf ("%s%s", head, next);
      return g_strdup_printf ("%s%.*s%.*s%s", head, (int) (g_utf8_next_char (next) - next), next,
                              (int) (next - rest), rest, g_utf8_next_char (next));
    }
}

/* As a scanner misreads it */
static char *
misread (const char *text)
{
  static const char *const pairs[][2] = { { "rn", "m" }, { "l", "1" }, { "O", "0" },
                                          { "m", "rn" }, { "5", "S" }, { "cl", "d" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *found = strstr (text, pairs[i][0]);

      if (found != NULL)
        return g_strdup_printf ("%.*s%s%s", (int) (found - text), text, pairs[i][1],
                                found + strlen (pairs[i][0]));
    }

  return g_strdup (text);
}

static char *
take_nickname (Generator *self, const char *given)
{
  for (guint i = 0; i < G_N_ELEMENTS (given_names); i++)
    {
      g_auto (GStrv) names = g_strsplit (given_names[i], " ", -1);
      guint n = g_strv_length (names);

      if (n > 1 && g_str_equal (names[0], given))
        return g_strdup (names[1 + below (self, n - 1)]);
    }

  /* Without marks, as on a foreign keyboard */
  return g_str_to_ascii (given, "C");
}

static char *
shorten_street (const char *street)
{
  for (guint i = 0; i < G_N_ELEMENTS (street_ends); i++)
    if (g_str_has_suffix (street, street_ends[i]))
      return g_strdup_printf ("%.*s%s", (int) (strlen (street) - strlen (street_ends[i])), street,
                              short_ends[i]);

  return g_strdup (street);
}

static char *
drop_form (const char *company)
{
  const char *end = strrchr (company, ' ');

  return end != NULL ? g_strndup (company, (gsize) (end - company)) : g_strdup (company);
}

static void
damage_once (Generator *self, Person *person)
{
  char **fields = person->fields;
  PersonField field = below (self, N_PERSON_FIELDS);

  switch (below (self, 10))
    {
    case 0:
    case 1:
    case 2:
      if (fields[field] != NULL && field != PERSON_NAME)
        set (person, field, mistype (self, fields[field]));
      break;
    case 3:
      if (fields[field] != NULL && field != PERSON_NAME)
        set (person, field, misread (fields[field]));
      break;
    case 4:
    case 5:
      if (fields[PERSON_GIVEN] != NULL)
        set (person, PERSON_GIVEN, take_nickname (self, fields[PERSON_GIVEN]));
      break;
    case 6:
      if (chance (self, 0.4))
        {
          char *given = fields[PERSON_GIVEN];

          fields[PERSON_GIVEN] = fields[PERSON_FAMILY];
          fields[PERSON_FAMILY] = given;
        }
      break;
    case 7:
      /* Never all that names somebody */
      if (field != PERSON_FAMILY && field != PERSON_NAME)
        set (person, field, NULL);
      break;
    case 8:
      if (fields[PERSON_STREET] != NULL)
        set (person, PERSON_STREET, shorten_street (fields[PERSON_STREET]));
      break;
    default:
      if (fields[PERSON_COMPANY] != NULL)
        set (person, PERSON_COMPANY, drop_form (fields[PERSON_COMPANY]));
      break;
    }
}

static Person *
make_copy (Generator *self, const Person *original)
{
  Person *copy = g_new0 (Person, 1);
  guint n_errors = 1 + below (self, self->shape->max_errors);

  copy->entity = original->entity;
  for (guint i = 0; i < N_PERSON_FIELDS; i++)
    copy->fields[i] = g_strdup (original->fields[i]);
  if (chance (self, self->shape->moves))
    {
      make_company (self, copy);
      make_email (self, copy, FALSE);
    }
  for (guint i = 0; i < n_errors; i++)
    damage_once (self, copy);
  join_name (copy);
  return copy;
}

static void
shuffle (Generator *self)
{
  for (guint i = self->people->len; i > 1; i--)
    {
      gpointer *a = &g_ptr_array_index (self->people, i - 1);
      gpointer *b = &g_ptr_array_index (self->people, below (self, i));
      gpointer swap = *a;

      *a = *b;
      *b = swap;
    }
}

GPtrArray *
generator_run (const GeneratorShape *shape)
{
  Generator self = { .shape = shape };
  const Person *before = NULL;

  self.rand = g_rand_new_with_seed (shape->seed);
  self.people = g_ptr_array_new_with_free_func (person_free);
  for (guint i = 0; i < shape->n_originals; i++)
    {
      Person *original = make_original (&self, i, before);
      guint n = chance (&self, shape->share) ? 1 + below (&self, shape->max_copies) : 0;

      g_ptr_array_add (self.people, original);
      for (guint j = 0; j < n; j++)
        g_ptr_array_add (self.people, make_copy (&self, original));
      before = original;
    }
  shuffle (&self);
  g_rand_free (self.rand);

  return self.people;
}
