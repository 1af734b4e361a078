/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-reader.h"

G_BEGIN_DECLS

/* What one row is damaged by */
typedef enum
{
  CSV_DAMAGE_NONE,
  CSV_DAMAGE_EXTRA_DELIMITER,
  CSV_DAMAGE_MISSING_DELIMITER,
  CSV_DAMAGE_OTHER_DELIMITER,
  CSV_DAMAGE_QUOTE_BEFORE, /* one too many at the beginning of a cell */
  CSV_DAMAGE_QUOTE_INSIDE,
  CSV_DAMAGE_QUOTE_BEHIND,
  CSV_DAMAGE_UNCLOSED, /* a quoted cell lacks its end */
  CSV_DAMAGE_SHORT, /* the last cells are missing */
  CSV_DAMAGE_ZEROS, /* zero bytes between the letters */
  CSV_DAMAGE_LAST = CSV_DAMAGE_ZEROS,
} CsvDamageKind;

typedef enum
{
  CSV_HEADER_PLAIN,
  CSV_HEADER_NONE,
  CSV_HEADER_NOTES, /* lines of notes above */
  CSV_HEADER_PADDED_NOTES, /* filled up with delimiters */
  CSV_HEADER_SEP, /* "sep=;" above */
  CSV_HEADER_TWICE, /* titles in two lines */
  CSV_HEADER_LAST = CSV_HEADER_TWICE,
} CsvHeaderKind;

typedef enum
{
  CSV_FOOTER_NONE,
  CSV_FOOTER_TOTAL,
  CSV_FOOTER_REMARK, /* a blank line, then who made the file */
  CSV_FOOTER_COUNT,
  CSV_FOOTER_LAST = CSV_FOOTER_COUNT,
} CsvFooterKind;

/* How a clean table is written, and what is wrong with it */
typedef struct
{
  guint content; /* below CSV_N_CONTENTS */
  const char *delimiter;
  const char *quote;
  const char *escape;
  gboolean quotes_all;
  const char *line_end; /* "" for all of them in turn */
  gboolean ends; /* the last line does */
  gboolean blank_lines;
  gboolean spaces; /* behind delimiters */
  const char *encoding;
  gboolean mark; /* a byte-order mark */
  CsvHeaderKind header;
  CsvFooterKind footer;
  CsvDamageKind damage;
  guint row; /* that is damaged */
  guint column;
} CsvRecipe;

#define CSV_N_CONTENTS 6
#define CSV_N_ROWS 40

/* The usual way to write */
void csv_recipe_init (CsvRecipe *self, guint content);
/* Words for messages; (transfer full) */
char *csv_recipe_describe (const CsvRecipe *self);

/* Whether the table can be written so that it means the same when it is read: without quotes, say,
 * it may not have delimiters in its cells */
gboolean csv_recipe_is_possible (const CsvRecipe *self);

/* (transfer full) */
GBytes *csv_recipe_write (const CsvRecipe *self);

/* What a person who knows the file would tell */
void csv_recipe_tell (const CsvRecipe *self, CrmCsvDialect *dialect);

/* (transfer none): rows of the clean table, each as wide as its titles */
const char *const *const *csv_content_get_rows (guint content, guint *n_columns);

G_END_DECLS
