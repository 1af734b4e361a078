/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-date.h"

G_BEGIN_DECLS

#define CRM_IMPORT_EVIDENCE_SIZE 40

/* How the dates and numbers of one column are written: of as many rows as are needed to know */
typedef struct
{
  guint n_values;
  guint n_emails;
  guint n_links;
  guint n_first_over_12; /* "14/3/1975" */
  guint n_second_over_12; /* "3/14/1975" */
  guint n_dotted; /* "14. 3. 1975" */
  guint n_either_day; /* "3/4/1975": one or the other */
  guint n_serial; /* "45292": a day as spreadsheets count them, 1954 to 2119 */
  guint n_comma_decimals; /* "1000,5" */
  guint n_point_decimals;
  guint n_comma_groups; /* "1,234,567" or "1,234.50" */
  guint n_point_groups;
  guint n_comma_thousands; /* "1,234": one or the other */
  guint n_point_thousands;
  char either_day[CRM_IMPORT_EVIDENCE_SIZE + 1]; /* the first such value */
  char either_number[CRM_IMPORT_EVIDENCE_SIZE + 1];
} CrmImportEvidence;

void crm_import_evidence_add (CrmImportEvidence *self, const char *text, gsize size);

typedef enum
{
  CRM_EVIDENCE_CLEAR, /* no value that could be read in two ways */
  CRM_EVIDENCE_SHOWN, /* there are, and others show how they are meant */
  CRM_EVIDENCE_AMBIGUOUS,
} CrmEvidenceAnswer;

/* @order: (inout): stays as it is where the column does not tell */
CrmEvidenceAnswer crm_import_evidence_get_date_order (const CrmImportEvidence *self,
                                                      CrmDateOrder *order);
/* @integers: whether the column's numbers have no decimals; @comma: (inout) */
CrmEvidenceAnswer crm_import_evidence_get_decimal_comma (const CrmImportEvidence *self,
                                                         gboolean integers,
                                                         gboolean *comma);

/* Values that a profile is made of */
#define CRM_IMPORT_PROFILE_VALUES 1000

/* What the first values of a column are; a value counts for everything that it could be */
typedef struct
{
  guint n_values;
  guint n_distinct;
  guint n_emails;
  guint n_phones;
  guint n_links;
  guint n_domains;
  guint n_dates;
  guint n_moments; /* dates with a time */
  guint n_years_past; /* dates at least sixteen years ago */
  guint n_integers;
  guint n_numbers; /* integers too */
  guint n_money; /* with a currency */
  guint n_percents;
  guint n_switches; /* "yes", "ne", "x" */
  guint n_countries;
  guint n_postcodes;
  guint n_companies; /* with a legal form */
  guint n_ids; /* "20202020-0000-4000-8000-000000000000", "0035g00000AbCdE" */
  guint n_long; /* several lines, or a hundred letters */
  guint n_one_word; /* a word of letters with a capital */
  guint n_names; /* two to five such words, or two to four Hangul */
  guint n_given_names; /* one word that many people are called by */
  guint n_given_first; /* such a word in front of a name */
  guint n_given_last; /* behind it */
  guint n_commas; /* "Dvořák, Jiří" */
  guint n_semicolons; /* several values in one */
  guint n_bars;
  GHashTable *distinct; /* folded text -> itself; nullable */
  char *samples[4]; /* up to three different values */
} CrmImportProfile;

/* @now: milliseconds, for what is long ago */
void crm_import_profile_add (CrmImportProfile *self, const char *text, gsize size, gint64 now);
void crm_import_profile_clear (CrmImportProfile *self);

/* Whether at least @percent of the values are of what was counted as @n */
gboolean crm_import_profile_is (const CrmImportProfile *self, guint n, guint percent);

/* What a field for these values would be */
CrmKind crm_import_profile_guess_kind (const CrmImportProfile *self);

/* Whether values of that kind are plausible for the field: FALSE only where they cannot be meant */
gboolean crm_import_profile_fits (const CrmImportProfile *self, const CrmField *field);

/* Whether many people have the folded @word for a first name, in one of our languages */
gboolean crm_given_name_is_known (const char *word);

G_END_DECLS
