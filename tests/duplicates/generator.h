/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Invented people, some of them several times with the damage that people, programs and scanners do:
 * typing errors, short forms and foreign forms of names, names in the wrong field, a new job with a new address,
 * missing fields, abbreviations. Among them are those who only look alike: families in one
 * home with one telephone, colleagues at one switchboard, strangers of the same name. The same seed
 * gives the same people.
 */
typedef enum
{
  PERSON_GIVEN,
  PERSON_FAMILY,
  PERSON_NAME, /* in full */
  PERSON_EMAIL,
  PERSON_PHONE,
  PERSON_COMPANY,
  PERSON_JOB,
  PERSON_STREET,
  PERSON_CITY,
  PERSON_POSTCODE,
  PERSON_BIRTHDAY, /* ISO */
  PERSON_NUMBER, /* a customer number */
  N_PERSON_FIELDS,
} PersonField;

typedef struct
{
  guint entity; /* who it is in truth */
  char *fields[N_PERSON_FIELDS]; /* nullable */
} Person;

typedef struct
{
  guint32 seed;
  guint n_originals;
  double share; /* of originals that are there several times */
  guint max_copies; /* of one of them */
  guint max_errors; /* of one copy; 1 at least */
  double families; /* share of originals that live with the one before */
  double moves; /* share of copies with a new job */
  gboolean ascii; /* only English names */
} GeneratorShape;

/* In random order; (transfer full) (element-type Person) */
GPtrArray *generator_run (const GeneratorShape *shape);

G_END_DECLS
