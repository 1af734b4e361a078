/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACCURACY_MAX_COLUMNS 12

/**
 * AccuracyRow:
 * @entity: who it is in truth
 * @texts: (nullable elements): by column; owned by the row
 */
typedef struct
{
  guint entity;
  char *texts[ACCURACY_MAX_COLUMNS];
} AccuracyRow;

AccuracyRow *accuracy_row_copy (const AccuracyRow *self);
void accuracy_row_free (AccuracyRow *self);

/* Makes a type with text fields of these names and labels, fills it with @rows (element-type AccuracyRow), looks for
 * duplicates, and fails below these shares of right pairs among those found, of those found among the right
 * ones, and below 0.99 right ones among those that Merge Likely Duplicates would merge. */
void accuracy_check (const char *path,
                     const char *const *columns,
                     GPtrArray *rows,
                     double least_precision,
                     double least_recall);

G_END_DECLS
