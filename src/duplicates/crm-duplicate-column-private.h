/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

/* For this folder only. */

/**
 * CrmTrait:
 *
 * What a field tells of a record, from its kind, its name and what is in it. It decides how values are
 * made comparable, compared, and what is believed of them before anything is known of a workspace.
 */
typedef enum
{
  CRM_TRAIT_GIVEN, /* a given name */
  CRM_TRAIT_FAMILY,
  CRM_TRAIT_NAME, /* of a person in full, or of a thing */
  CRM_TRAIT_ORGANISATION, /* a company's name */
  CRM_TRAIT_STREET,
  CRM_TRAIT_PLACE, /* city, region, post code, country */
  CRM_TRAIT_EMAIL,
  CRM_TRAIT_PHONE,
  CRM_TRAIT_DOMAIN,
  CRM_TRAIT_LINK,
  CRM_TRAIT_CODE, /* a number or code that is meant to be somebody's own */
  CRM_TRAIT_NUMBER, /* any other number */
  CRM_TRAIT_DATE,
  CRM_TRAIT_CATEGORY, /* one of a few words */
  CRM_TRAIT_WORD, /* letters whose meaning is not known */
  CRM_TRAIT_TEXT, /* several words */
  CRM_N_TRAITS,
} CrmTrait;

/**
 * CrmLikeness:
 *
 * How alike two values of one field are, the likest first.
 */
typedef enum
{
  CRM_LIKENESS_MISSING, /* one has none: tells nothing */
  CRM_LIKENESS_SAME,
  CRM_LIKENESS_NEARLY, /* a typing error, a nickname, other order or spelling */
  CRM_LIKENESS_SIMILAR,
  CRM_LIKENESS_DIFFERENT,
  CRM_N_LIKENESSES,
} CrmLikeness;

/**
 * CrmDuplicateColumn:
 *
 * The values of one field of many records, packed: every different one once, in the form in which it is
 * compared, and a number per record. Value 0 is none.
 */
typedef struct
{
  const CrmField *field;
  CrmTrait trait;
  gboolean is_numeric; /* compared by digits: post codes, also where the trait is a place */

  guint n_rows;
  guint32 *rows; /* a value, or CRM_COLUMN_LIST and an index into lists */
  GArray *lists; /* guint32: how many values, then these */

  GString *pool; /* the texts, each with its end */
  GArray *offsets; /* guint32 per value: into pool */
  GArray *counts; /* guint32 per value: how many records have it */
  GArray *hashes; /* guint64 per value: of its text */
  guint n_filled; /* records that have any */

  float *log_words; /* (nullable) per value: how likely all its words meet by chance */

  guint64 *compared; /* (nullable): likenesses found lately, two values and their likeness each */

  guint32 *slots; /* hash table of values */
  guint n_slots;
  guint64 *
      raw_hashes; /* hash table of what was read to its value, so that it is made comparable once */
  guint32 *raw_values;
  guint n_raw;
  guint n_raw_slots;
} CrmDuplicateColumn;

#define CRM_COLUMN_LIST 0x80000000u

CrmDuplicateColumn *crm_duplicate_column_new (const CrmField *field,
                                              CrmTrait trait,
                                              gboolean is_numeric,
                                              guint n_rows);
void crm_duplicate_column_free (CrmDuplicateColumn *self);

/* @text: as it is stored or typed; in the order of rows, several for one row behind each other */
void crm_duplicate_column_add (CrmDuplicateColumn *self, guint row, const char *text);
/* Nothing is added any more: lets go of what was only needed for it */
void crm_duplicate_column_finish (CrmDuplicateColumn *self);

/* Counts values anew, so that those of records that are one count only twice: the two that are compared do not
 * count themselves. @groups: (element-type GArray of guint32): rows, each in one of them at most */
void crm_duplicate_column_recount (CrmDuplicateColumn *self, GPtrArray *groups);

/* Finds log_words, where all records of the workspace are in it: a name in full is as frequent as its words are
 * together, even if nobody else is called so by now */
void crm_duplicate_column_count_words (CrmDuplicateColumn *self);

/* The values of a row; *@n is 0 where there are none */
static inline const guint32 *
crm_duplicate_column_get (const CrmDuplicateColumn *self, guint row, guint *n)
{
  guint32 value = self->rows[row];

  if ((value & CRM_COLUMN_LIST) == 0)
    {
      *n = value != 0 ? 1 : 0;
      return &self->rows[row];
    }

  value &= ~CRM_COLUMN_LIST;
  *n = g_array_index (self->lists, guint32, value);
  return &g_array_index (self->lists, guint32, value + 1);
}

static inline const char *
crm_duplicate_column_get_text (const CrmDuplicateColumn *self, guint32 value)
{
  return self->pool->str + g_array_index (self->offsets, guint32, value);
}

static inline gsize
crm_duplicate_column_get_size (const CrmDuplicateColumn *self, guint32 value)
{
  return g_array_index (self->offsets, guint32, value + 1) -
         g_array_index (self->offsets, guint32, value) - 1;
}

static inline guint64
crm_duplicate_column_get_hash (const CrmDuplicateColumn *self, guint32 value)
{
  return g_array_index (self->hashes, guint64, value);
}

static inline guint32
crm_duplicate_column_get_count (const CrmDuplicateColumn *self, guint32 value)
{
  return g_array_index (self->counts, guint32, value);
}

/* Different values */
static inline guint
crm_duplicate_column_get_n_values (const CrmDuplicateColumn *self)
{
  return self->counts->len - 1;
}

/* Never 0 */
guint64 crm_duplicate_hash (const char *text, gsize size);
guint64 crm_duplicate_mix (guint64 a, guint64 b);

/* The form in which a value of such a field is compared; %NULL for nothing. (transfer full) (nullable) */
char *crm_duplicate_make_comparable (CrmTrait trait, gboolean is_numeric, const char *text);

/* How alike two values other than 0 of one column are */
CrmLikeness crm_duplicate_column_compare (const CrmDuplicateColumn *self, guint32 a, guint32 b);
/* The same for texts that were made comparable */
CrmLikeness crm_duplicate_compare_texts (CrmTrait trait,
                                         gboolean is_numeric,
                                         const char *a,
                                         gsize a_size,
                                         const char *b,
                                         gsize b_size);

/**
 * CrmDuplicateGuess:
 *
 * What a field is, found from a sample of its values (as they are stored).
 */
typedef struct
{
  gboolean is_used; /* FALSE: it tells nothing of who or what a record is */
  CrmTrait trait;
  gboolean is_numeric;
  gboolean is_one_word; /* mostly */
} CrmDuplicateGuess;

/* @sample: (array zero-terminated=1): values of different records */
CrmDuplicateGuess crm_duplicate_guess_trait (const CrmRecordType *type,
                                             const CrmField *field,
                                             const char *const *sample);

/* @guesses: (array length=n): of the fields of one type, which say something of each other: "Name" beside "Surname"
 * is a given name, and beside "First Name" a family name */
void crm_duplicate_settle_guesses (CrmDuplicateGuess *guesses, guint n);

/* What a field is by its name alone; %CRM_N_TRAITS where that says nothing */
CrmTrait crm_duplicate_guess_title (const CrmField *field);

G_END_DECLS
