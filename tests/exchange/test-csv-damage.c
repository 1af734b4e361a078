/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clean tables are damaged in hundreds of ways, and the cells that are read as they were counted. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "csv-damage.h"

/* What must be read right of all cells */
#define LEAST_TOLD 0.99
#define LEAST_FOUND 0.95

/* Of those written in several unusual ways at once */
#define N_MIXED 600
#define SEED 20240229

typedef struct
{
  char *folder;
  char *path;
  guint n_files;
  guint64 n_cells;
  guint64 n_told; /* read right by those who know how the file is written */
  guint64 n_found; /* and by those who don't */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("crm-csv-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "file.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* How many cells of the table are read where they belong and as they are */
static guint64
count_cells (Fixture *fixture, const CsvRecipe *recipe, const CrmCsvDialect *dialect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new_for_path (fixture->path, dialect, NULL,
                                                                 &error);
  guint n_columns;
  const char *const *const *rows = csv_content_get_rows (recipe->content, &n_columns);
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;
  guint64 n = 0;
  guint i, j;

  if (reader == NULL)
    return 0;
  for (i = 0; i < CSV_N_ROWS && crm_csv_reader_next (reader, &cells, &n_cells, &line, &error); i++)
    for (j = 0; j < MIN (n_cells, n_columns); j++)
      if (cells[j].size == strlen (rows[i][j]) &&
          memcmp (cells[j].text, rows[i][j], cells[j].size) == 0)
        n++;
  g_assert_no_error (error);

  return n;
}

static void
try_recipe (Fixture *fixture, const CsvRecipe *recipe)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  CrmCsvDialect dialect;
  guint64 n_told, n_found, n_cells;
  guint n_columns;

  if (!csv_recipe_is_possible (recipe))
    return;
  csv_content_get_rows (recipe->content, &n_columns);
  n_cells = (guint64) n_columns * CSV_N_ROWS;
  bytes = csv_recipe_write (recipe);
  g_file_set_contents (fixture->path, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);

  csv_recipe_tell (recipe, &dialect);
  n_told = count_cells (fixture, recipe, &dialect);
  n_found = count_cells (fixture, recipe, NULL);
  if (n_told * 10 < n_cells * 9 || n_found * 10 < n_cells * 9)
    {
      g_autofree char *words = csv_recipe_describe (recipe);

      g_test_message ("%" G_GUINT64_FORMAT " told, %" G_GUINT64_FORMAT
                      " found of %" G_GUINT64_FORMAT ": %s",
                      n_told, n_found, n_cells, words);
    }

  fixture->n_files++;
  fixture->n_cells += n_cells;
  fixture->n_told += n_told;
  fixture->n_found += n_found;
}

static void
assert_read (Fixture *fixture)
{
  double told = (double) fixture->n_told / (double) fixture->n_cells;
  double found = (double) fixture->n_found / (double) fixture->n_cells;

  g_test_message ("%u files: %.4f of the cells are right where it is told how they are written, "
                  "%.4f where it is found out",
                  fixture->n_files, told, found);
  g_assert_cmpfloat (told, >=, LEAST_TOLD);
  g_assert_cmpfloat (found, >=, LEAST_FOUND);
}

static const char *const delimiters[] = { ",", ";", "\t", "|", ":", "^", "~", "\x1f", "||", "~|~" };
static const char *const quotes[] = { "\"", "'", "" };
static const char *const line_ends[] = { "\n", "\r\n", "\r", "" };
static const char *const encodings[] = { "UTF-8",        "UTF-16LE",   "UTF-16BE",
                                         "UTF-32LE",     "UTF-32BE",   "WINDOWS-1250",
                                         "WINDOWS-1252", "ISO-8859-2", "CP949" };

/* All delimiters, quotes and escapes with each other */
static void
test_dialects (Fixture *fixture, gconstpointer data)
{
  guint content, i, j, k;

  for (content = 0; content < CSV_N_CONTENTS; content++)
    for (i = 0; i < G_N_ELEMENTS (delimiters); i++)
      for (j = 0; j < G_N_ELEMENTS (quotes); j++)
        for (k = 0; k < 4; k++)
          {
            CsvRecipe recipe;

            csv_recipe_init (&recipe, content);
            recipe.delimiter = delimiters[i];
            recipe.quote = quotes[j];
            recipe.escape = k % 2 == 0 ? quotes[j] : "\\";
            recipe.quotes_all = k >= 2;
            try_recipe (fixture, &recipe);
          }
  assert_read (fixture);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  guint content, damage, row, column;

  for (content = 0; content < CSV_N_CONTENTS; content++)
    for (damage = CSV_DAMAGE_NONE + 1; damage <= CSV_DAMAGE_LAST; damage++)
      for (row = 0; row < CSV_N_ROWS; row += 3)
        for (column = 0; column < 4; column++)
          {
            CsvRecipe recipe;

            csv_recipe_init (&recipe, content);
            recipe.damage = damage;
            recipe.row = row;
            recipe.column = column;
            recipe.delimiter = row % 2 == 0 ? "," : ";";
            try_recipe (fixture, &recipe);
          }
  assert_read (fixture);
}

static void
test_layouts (Fixture *fixture, gconstpointer data)
{
  guint content, header, footer, end, i;

  for (content = 0; content < CSV_N_CONTENTS; content++)
    for (header = 0; header <= CSV_HEADER_LAST; header++)
      for (footer = 0; footer <= CSV_FOOTER_LAST; footer++)
        for (end = 0; end < G_N_ELEMENTS (line_ends); end++)
          for (i = 0; i < 4; i++)
            {
              CsvRecipe recipe;

              csv_recipe_init (&recipe, content);
              recipe.header = header;
              recipe.footer = footer;
              recipe.line_end = line_ends[end];
              recipe.delimiter = i % 2 == 0 ? ";" : ",";
              recipe.spaces = i == 1;
              recipe.blank_lines = i == 2;
              recipe.ends = i == 3;
              try_recipe (fixture, &recipe);
            }
  assert_read (fixture);
}

static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  guint content, i, j, mark;

  for (content = 0; content < CSV_N_CONTENTS; content++)
    for (i = 0; i < G_N_ELEMENTS (encodings); i++)
      for (j = 0; j < 4; j++)
        for (mark = 0; mark < 2; mark++)
          {
            CsvRecipe recipe;

            csv_recipe_init (&recipe, content);
            recipe.encoding = encodings[i];
            recipe.mark = mark != 0;
            recipe.delimiter = delimiters[j];
            try_recipe (fixture, &recipe);
          }
  assert_read (fixture);
}

/* Several at once */
static void
test_mixed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint i;

#define CHOOSE(list) (list)[g_rand_int_range (random, 0, G_N_ELEMENTS (list))]
  for (i = 0; i < N_MIXED; i++)
    {
      CsvRecipe recipe;

      csv_recipe_init (&recipe, (guint) g_rand_int_range (random, 0, CSV_N_CONTENTS));
      recipe.delimiter = CHOOSE (delimiters);
      recipe.quote = CHOOSE (quotes);
      recipe.escape = g_rand_boolean (random) ? recipe.quote : "\\";
      recipe.quotes_all = g_rand_boolean (random);
      recipe.line_end = CHOOSE (line_ends);
      recipe.ends = g_rand_boolean (random);
      recipe.blank_lines = g_rand_int_range (random, 0, 4) == 0;
      recipe.spaces = g_rand_int_range (random, 0, 4) == 0;
      recipe.encoding = CHOOSE (encodings);
      recipe.header = (CsvHeaderKind) g_rand_int_range (random, 0, CSV_HEADER_LAST + 1);
      recipe.footer = (CsvFooterKind) g_rand_int_range (random, 0, CSV_FOOTER_LAST + 1);
      recipe.damage = (CsvDamageKind) g_rand_int_range (random, 0, CSV_DAMAGE_LAST + 1);
      recipe.row = (guint) g_rand_int_range (random, 0, CSV_N_ROWS);
      recipe.column = (guint) g_rand_int_range (random, 0, 8);
      try_recipe (fixture, &recipe);
    }
#undef CHOOSE
  assert_read (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/csv-damage/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("dialects", test_dialects);
  ADD ("rows", test_rows);
  ADD ("layouts", test_layouts);
  ADD ("encodings", test_encodings);
  ADD ("mixed", test_mixed);
#undef ADD

  return g_test_run ();
}
