/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-blocks-private.h"

G_BEGIN_DECLS

/* For this folder only. */

/**
 * CrmDuplicateClass:
 *
 * What two records may be to each other. Besides chance there are relatives that have much in common for a
 * cause, and are not the same for all that: people of one household share a name, an address and a phone.
 */
typedef enum
{
  CRM_CLASS_MATCH, /* one and the same */
  CRM_CLASS_NEW_JOB, /* likewise, with all that a new company brings */
  CRM_CLASS_NEW_HOME,
  CRM_CLASS_CHANCE,
  CRM_CLASS_HOUSEHOLD,
  CRM_CLASS_COLLEAGUE,
  CRM_CLASS_NAMESAKE,
  CRM_CLASS_PLACE, /* the same town, whose fields go together */
  CRM_N_CLASSES,
} CrmDuplicateClass;

/* Whether such a pair is one and the same */
static inline gboolean
crm_duplicate_class_is_match (CrmDuplicateClass class)
{
  return class <= CRM_CLASS_NEW_HOME;
}

/**
 * CrmDuplicateWeights:
 * @n_records: that they were learned from
 * @rate: how many of all pairs are of a class
 * @share: of pairs of a class that have both values: how many are how much alike
 * @chance: the same for pairs of strangers; of equal values the average
 * @caused: columns whose likeness the class brings about; elsewhere chance rules
 *
 * After Fellegi and Sunter: likeness counts by how much more often it is found in pairs that are one
 * than in others.
 */
typedef struct
{
  guint n_columns;
  double n_records;
  double rate[CRM_N_CLASSES];
  double share[CRM_N_CLASSES][CRM_DUPLICATE_MAX_COLUMNS][CRM_N_LIKENESSES];
  double chance[CRM_DUPLICATE_MAX_COLUMNS][CRM_N_LIKENESSES];
  guint32 caused[CRM_N_CLASSES]; /* bits */

  /* Their logarithms; made by crm_duplicate_weights_seal() */
  double log_rate[CRM_N_CLASSES];
  double log_share[CRM_N_CLASSES][CRM_DUPLICATE_MAX_COLUMNS][CRM_N_LIKENESSES];
  double log_chance[CRM_DUPLICATE_MAX_COLUMNS][CRM_N_LIKENESSES];
} CrmDuplicateWeights;

/**
 * CrmDuplicateOrder:
 * @columns: those that tell most first
 * @unlike: what a column may speak for a match at most where its values are not the same
 * @swaps: whether its value may have changed places with that of another
 *
 * In which order columns are compared, so that most pairs are given up after the first ones.
 */
typedef struct
{
  guint columns[CRM_DUPLICATE_MAX_COLUMNS];
  double unlike[CRM_DUPLICATE_MAX_COLUMNS];
  gboolean swaps[CRM_DUPLICATE_MAX_COLUMNS];
} CrmDuplicateOrder;

/* What is believed before anything is known, among @n_records of which @table may have a few only */
void crm_duplicate_weights_init (CrmDuplicateWeights *self,
                                 const CrmDuplicateTable *table,
                                 guint n_records);
void crm_duplicate_weights_seal (CrmDuplicateWeights *self);

/* The largest share of pairs that are one that may be different in a column of @trait, however the records
 * look: what names a record does not change at will, so pairs that differ there are something else. */
double crm_duplicate_weights_get_most_different (CrmTrait trait);

/* Learns them from @table */
gboolean crm_duplicate_weights_learn (CrmDuplicateWeights *self,
                                      const CrmDuplicateTable *table,
                                      const CrmDuplicateBlocks *blocks,
                                      CrmDuplicateWork *work,
                                      GError **error);

/* Of a value, how likely another record has it by chance; logarithm */
double crm_duplicate_weights_get_log_chance (const CrmDuplicateColumn *column, guint32 value);

/* Logarithms of how likely such likenesses are in pairs of each class, times its rate. */
void crm_duplicate_weights_rate (const CrmDuplicateWeights *self,
                                 const CrmDuplicateTable *table,
                                 const CrmDuplicateLikenesses *likenesses,
                                 double logs[CRM_N_CLASSES]);
/* The same of two rows, without @likenesses for the asking; 0 where it is sure to be less than @threshold. */
void crm_duplicate_order_init (CrmDuplicateOrder *self,
                               const CrmDuplicateWeights *weights,
                               const CrmDuplicateTable *table);
double crm_duplicate_weights_compare (const CrmDuplicateWeights *self,
                                      const CrmDuplicateOrder *order,
                                      const CrmDuplicateTable *table,
                                      guint row_a,
                                      guint row_b,
                                      double threshold);
/* 0 to 1: that it is a match */
double crm_duplicate_weights_get_probability (const double logs[CRM_N_CLASSES]);
/* How much one column speaks for a match; below 0 against it */
double crm_duplicate_weights_get_evidence (const CrmDuplicateWeights *self,
                                           const CrmDuplicateTable *table,
                                           const CrmDuplicateLikenesses *likenesses,
                                           guint column);

G_END_DECLS
