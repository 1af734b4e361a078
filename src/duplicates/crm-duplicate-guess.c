/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a field tells of its records. Kinds say much, but the fields of an imported file are mostly text:
 * there the words of its name help, and what is in it decides. */

#include "config.h"

#include <string.h>

#include "crm-date.h"
#include "crm-duplicate-column-private.h"
#include "crm-duplicate-text-private.h"
#include "crm-text.h"

#define MOST 0.85
#define FEW_VALUES 40 /* of a category */
#define FEW_SHARE 0.1
#define ONE_WORD 1.3 /* on the average */
#define NAME_WORDS 4.0
#define KNOWN_NAMES 0.5 /* share of values that have a given name that is known */
#define LEGAL_FORMS 0.3 /* share of values that have one */

/* Words of names and labels, folded. The first line that has one of a field's words counts. */
static const struct
{
  const char *words;
  CrmTrait trait;
} titles[] = {
  { "email mail emails", CRM_TRAIT_EMAIL },
  { "phone phones mobile tel telephone telefon handy fax cell telepon hp mobil", CRM_TRAIT_PHONE },
  { "domain domains domena", CRM_TRAIT_DOMAIN },
  { "web website url homepage linkedin link links", CRM_TRAIT_LINK },
  { "given forename fname firstname vorname krestni prenom givenname depan imie first middle "
    "middlename nombre",
    CRM_TRAIT_GIVEN },
  { "surname lname lastname nachname prijmeni nazwisko apellido apellidos familyname belakang last "
    "cognome",
    CRM_TRAIT_FAMILY },
  { "birth birthday birthdate dob geburtsdatum narozeni date datum born lahir", CRM_TRAIT_DATE },
  { "company organisation organization firma firm employer account unternehmen perusahaan "
    "spolecnost org",
    CRM_TRAIT_ORGANISATION },
  { "city town suburb state region province county postcode postal zip zipcode psc plz country kota "
    "mesto obec ort stadt land zeme negara kraj provinsi locality district pays ciudad",
    CRM_TRAIT_PLACE },
  { "street address addr adresa adresse alamat ulice strasse road jalan address1 address2 rue calle "
    "ulica",
    CRM_TRAIT_STREET },
  { "job title position occupation role profession department salutation gender sex status type "
    "category pozice funkce beruf jabatan",
    CRM_TRAIT_CATEGORY },
  { "id ssn identifier code ico dic vat registration passport ssid number cislo kod nummer nik npwp",
    CRM_TRAIT_CODE },
  { "name jmeno nama fullname nazev 이름 성명 nombre nom title", CRM_TRAIT_NAME },
};

static gboolean
has_word (const char *words, const char *word)
{
  gsize size = strlen (word);

  for (const char *p = words; (p = strstr (p, word)) != NULL; p += size)
    if ((p == words || p[-1] == ' ') && (p[size] == ' ' || p[size] == '\0'))
      return TRUE;

  return FALSE;
}

/* @words: folded, between spaces */
static CrmTrait
find_title (const char *const *words)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    for (guint j = 0; words[j] != NULL; j++)
      if (words[j][0] != '\0' && has_word (titles[i].words, words[j]))
        return titles[i].trait;

  return CRM_N_TRAITS;
}

static CrmTrait
guess_from_words (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  g_auto (GStrv) words = NULL;
  CrmTrait trait;

  g_strdelimit (folded, "_-./()#:", ' ');
  words = g_strsplit (folded, " ", -1);
  trait = find_title ((const char *const *) words);
  /* "Company Name" is told by its first word; "Family Name" and "Title of Job" by two */
  if (trait == CRM_TRAIT_NAME && g_strv_contains ((const char *const *) words, "family"))
    trait = CRM_TRAIT_FAMILY;

  return trait;
}

CrmTrait
crm_duplicate_guess_title (const CrmField *field)
{
  CrmTrait trait = guess_from_words (field->name);

  return trait != CRM_N_TRAITS ? trait : guess_from_words (field->label);
}

typedef struct
{
  guint n;
  guint n_numeric; /* digits and what stands between them */
  guint n_emails;
  guint n_dates;
  guint n_phones; /* could be one */
  guint n_links;
  guint n_with_digits;
  guint n_named; /* have a given name that is known */
  guint n_forms; /* have the legal form of a company */
  guint n_different;
  double n_words;
  double n_characters;
} Sample;

static gboolean
is_numeric (const char *text, guint *n_digits)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        n++;
      else if (strchr (" +-./()", *p) == NULL)
        return FALSE;
    }

  *n_digits = n;
  return n > 0;
}

static gboolean
is_date (const char *text)
{
  g_autofree char *iso = NULL;
  gsize size = strlen (text);
  int year;

  if (size < 6 || size > 24)
    return FALSE;

  iso = crm_date_parse (text, CRM_DATE_ORDER_DMY);
  year = iso != NULL ? atoi (iso) : 0;
  return year > 1850 && year < 2100;
}

static gboolean
has_given_name (const char *folded)
{
  g_autofree char *latin = crm_duplicate_romanise (folded);
  g_auto (GStrv) words = g_strsplit (latin, " ", 5);
  guint group;

  for (guint i = 0; words[i] != NULL; i++)
    if (crm_duplicate_get_name_groups (words[i], &group, 1) > 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_legal_form (const char *text)
{
  g_autofree char *company = crm_text_normalise_company (text);
  g_autofree char *name = crm_text_normalise_name (text);

  return strcmp (company, name) != 0;
}

static void
look_at_words (Sample *sample, const char *text)
{
  g_autofree char *folded = crm_text_fold (text);

  sample->n_named += has_given_name (folded);
  sample->n_forms += has_legal_form (text);
}

static void
look_at (Sample *sample, GHashTable *seen, const char *text)
{
  guint n_digits = 0;

  sample->n++;
  if (g_hash_table_add (seen, (gpointer) text))
    sample->n_different++;
  if (is_numeric (text, &n_digits))
    {
      sample->n_numeric++;
      if (n_digits >= 8 && n_digits <= 15 &&
          (text[0] == '+' || text[0] == '0' || text[0] == '(' || strpbrk (text, " -") != NULL))
        sample->n_phones++;
    }
  if (strpbrk (text, "0123456789") != NULL)
    {
      sample->n_with_digits++;
      if (is_date (text))
        sample->n_dates++;
    }
  else
    look_at_words (sample, text);
  if (strchr (text, '@') != NULL && strchr (text, ' ') == NULL)
    sample->n_emails++;
  if (g_str_has_prefix (text, "http") || g_str_has_prefix (text, "www."))
    sample->n_links++;
  for (const char *p = text; *p != '\0'; p++)
    if (*p == ' ')
      sample->n_words++;
  sample->n_words++;
  sample->n_characters += g_utf8_strlen (text, -1);
}

static Sample
look_at_all (const char *const *values)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Sample sample = { 0 };

  for (guint i = 0; values[i] != NULL; i++)
    look_at (&sample, seen, values[i]);

  return sample;
}

static gboolean
are_most (const Sample *sample, guint n)
{
  return sample->n > 0 && n >= MOST * sample->n;
}

static CrmDuplicateGuess
guess_numeric (const Sample *sample, CrmTrait title)
{
  double length = sample->n_characters / MAX (sample->n, 1);

  if (title == CRM_TRAIT_PHONE || title == CRM_TRAIT_PLACE)
    return (CrmDuplicateGuess){ TRUE, title, TRUE };
  if (are_most (sample, sample->n_dates) && (title == CRM_TRAIT_DATE || title == CRM_N_TRAITS))
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_DATE, TRUE };
  if (are_most (sample, sample->n_phones) && title == CRM_N_TRAITS)
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_PHONE, TRUE };
  if (length >= 5 && sample->n_different > sample->n * 0.4)
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_CODE, TRUE };

  return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_NUMBER, TRUE };
}

static CrmDuplicateGuess
guess_text (const CrmField *field, const char *const *values)
{
  Sample sample = look_at_all (values);
  CrmTrait title = crm_duplicate_guess_title (field);
  double words = sample.n_words / MAX (sample.n, 1);

  if (are_most (&sample, sample.n_emails))
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_EMAIL, FALSE };
  if (are_most (&sample, sample.n_links))
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_LINK, FALSE };
  if (are_most (&sample, sample.n_numeric))
    return guess_numeric (&sample, title);
  if (are_most (&sample, sample.n_dates))
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_DATE, FALSE };
  if (title == CRM_TRAIT_PHONE && sample.n_with_digits > sample.n / 2)
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_PHONE, FALSE };

  switch (title)
    {
    case CRM_TRAIT_GIVEN:
    case CRM_TRAIT_FAMILY:
    case CRM_TRAIT_NAME:
    case CRM_TRAIT_ORGANISATION:
    case CRM_TRAIT_STREET:
    case CRM_TRAIT_PLACE:
    case CRM_TRAIT_CATEGORY:
      return (CrmDuplicateGuess){ TRUE, title, FALSE, words < ONE_WORD };

    case CRM_TRAIT_CODE:
    case CRM_TRAIT_DOMAIN:
    case CRM_TRAIT_LINK:
    case CRM_TRAIT_EMAIL:
      if (words < 1.5)
        return (CrmDuplicateGuess){ TRUE, title, FALSE };
      break;

    default:
      break;
    }

  if (sample.n_forms >= LEGAL_FORMS * sample.n)
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_ORGANISATION, FALSE };
  if (sample.n_named >= KNOWN_NAMES * sample.n && words < NAME_WORDS)
    return (CrmDuplicateGuess){ TRUE, words < ONE_WORD ? CRM_TRAIT_GIVEN : CRM_TRAIT_NAME, FALSE,
                                words < ONE_WORD };
  if (field->flags & CRM_FIELD_UNIQUE || (words < 1.3 && are_most (&sample, sample.n_with_digits)))
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_CODE, FALSE };
  if (sample.n >= 200 && sample.n_different <= FEW_VALUES &&
      sample.n_different <= FEW_SHARE * sample.n)
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_CATEGORY, FALSE };
  if (words < 1.5)
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_WORD, FALSE };
  if (sample.n_with_digits > sample.n / 2)
    return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_STREET, FALSE };

  return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_TEXT, FALSE };
}

/* What people say of a record rather than what it is, and what the program keeps */
static gboolean
is_identity (const CrmField *field)
{
  static const char *const others[] = { "salutation", "nickname", "description", "department" };

  if (field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY))
    return FALSE;
  if ((field->flags & CRM_FIELD_STANDARD) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (field->name, others[i]))
      return FALSE;

  return TRUE;
}

CrmDuplicateGuess
crm_duplicate_guess_trait (const CrmRecordType *type,
                           const CrmField *field,
                           const char *const *sample)
{
  gboolean standard = (field->flags & CRM_FIELD_STANDARD) != 0;

  if (!is_identity (field) || sample[0] == NULL)
    return (CrmDuplicateGuess){ FALSE };

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
      /* The field that names records of an own type names them, unless other fields say it better */
      if (field == type->label_field && standard)
        return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_NAME, FALSE };
      return guess_text (field, sample);

    case CRM_KIND_LONGTEXT:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_TEXT, FALSE };

    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_MONEY:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_NUMBER, TRUE };

    case CRM_KIND_DATE:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_DATE, TRUE };

    case CRM_KIND_DATETIME:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_NUMBER, TRUE };

    case CRM_KIND_CHOICE:
      return (CrmDuplicateGuess){ !standard, CRM_TRAIT_CATEGORY, FALSE };

    case CRM_KIND_EMAILS:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_EMAIL, FALSE };

    case CRM_KIND_PHONES:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_PHONE, TRUE };

    case CRM_KIND_DOMAINS:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_DOMAIN, FALSE };

    case CRM_KIND_LINKS:
      return (CrmDuplicateGuess){ TRUE, CRM_TRAIT_LINK, FALSE };

    case CRM_KIND_RELATION:
      if (field->target == 0)
        return (CrmDuplicateGuess){ FALSE };
      return (CrmDuplicateGuess){
        TRUE, g_str_equal (field->name, "company") ? CRM_TRAIT_ORGANISATION : CRM_TRAIT_NAME, FALSE
      };

    default:
      /* Percentages, ratings, ticks, tags, members and files say how it stands, not who it is */
      return (CrmDuplicateGuess){ FALSE };
    }
}

static guint
count_trait (const CrmDuplicateGuess *guesses, guint n, CrmTrait trait)
{
  guint n_found = 0;

  for (guint i = 0; i < n; i++)
    n_found += guesses[i].is_used && guesses[i].trait == trait;

  return n_found;
}

static gboolean
is_word (const CrmDuplicateGuess *guesses, guint n, guint index)
{
  return index < n && guesses[index].is_used && guesses[index].trait == CRM_TRAIT_WORD;
}

/* A column of single words beside the only one of given names is that of family names */
static void
find_family (CrmDuplicateGuess *guesses, guint n)
{
  guint given = 0;

  while (!guesses[given].is_used || guesses[given].trait != CRM_TRAIT_GIVEN)
    given++;
  if (is_word (guesses, n, given + 1))
    guesses[given + 1].trait = CRM_TRAIT_FAMILY;
  else if (is_word (guesses, n, given - 1))
    guesses[given - 1].trait = CRM_TRAIT_FAMILY;
}

void
crm_duplicate_settle_guesses (CrmDuplicateGuess *guesses, guint n)
{
  guint n_given = count_trait (guesses, n, CRM_TRAIT_GIVEN);
  guint n_family = count_trait (guesses, n, CRM_TRAIT_FAMILY);
  guint n_names = count_trait (guesses, n, CRM_TRAIT_NAME);

  if (n_given == 1 && n_family == 0 && n_names == 0)
    find_family (guesses, n);
  if ((n_given == 0) == (n_family == 0) || n_names != 1)
    return;

  for (guint i = 0; i < n; i++)
    if (guesses[i].is_used && guesses[i].trait == CRM_TRAIT_NAME && guesses[i].is_one_word)
      guesses[i].trait = n_given == 0 ? CRM_TRAIT_GIVEN : CRM_TRAIT_FAMILY;
}
