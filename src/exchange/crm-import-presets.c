/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exports of other programs, known by their columns. */

#include "config.h"

#include "crm-import-private.h"

#include <string.h>

/* Columns that a program's export has: all of @all, one of @any; and what titles mean there that mean something
 * else elsewhere. Titles are compared as crm_title_normalise() makes them, between bars. */
static const struct
{
  const char *program;
  const char *type; /* what its rows are; NULL: whatever fits best */
  const char *all; /* nullable */
  const char *any; /* nullable */
  const char *targets; /* "Title=target|…" of the type; nullable */
} presets[] = {
  { "Google Contacts", "people", NULL, "E-mail 1 - Value|Phone 1 - Value", NULL },
  { "Outlook", "people", "E-mail Address", "Business Phone|Categories", NULL },
  { "LinkedIn", "people", "Connected On|First Name", NULL, NULL },
  { "HubSpot", NULL, "Record ID",
    "Contact owner|Company owner|Deal owner|Lead Status|Associated Company|Deal Stage", NULL },
  { "Twenty", NULL, NULL,
    "Name / First Name|Emails / Primary Email|Domain Name / Link URL|Amount / Amount", NULL },
};

static CrmImportColumn *
get_column (GArray *columns, guint i)
{
  return &g_array_index (columns, CrmImportColumn, i);
}

/* As crm_title_normalise() but with its numbers */
static gboolean
is_title (const char *title, const char *known)
{
  int number, known_number;
  g_autofree char *normal = crm_title_normalise (title, &number, NULL);
  g_autofree char *known_normal = crm_title_normalise (known, &known_number, NULL);

  return number == known_number && strcmp (normal, known_normal) == 0;
}

static CrmImportColumn *
find_column (GArray *columns, const char *title)
{
  guint i;

  for (i = 0; i < columns->len; i++)
    if (is_title (get_column (columns, i)->title, title))
      return get_column (columns, i);

  return NULL;
}

static guint
count_titles (GArray *columns, const char *titles, guint *n_titles)
{
  g_auto (GStrv) list = titles != NULL ? g_strsplit (titles, "|", -1) : g_new0 (char *, 1);
  guint n = 0;

  for (*n_titles = 0; list[*n_titles] != NULL; (*n_titles)++)
    if (find_column (columns, list[*n_titles]) != NULL)
      n++;

  return n;
}

/* How many of the columns that tell the program are there; 0 where it is another one */
static guint
rate (GArray *columns, guint preset)
{
  guint n_all, n_any;
  guint all = count_titles (columns, presets[preset].all, &n_all);
  guint any = count_titles (columns, presets[preset].any, &n_any);

  return all < n_all || (any == 0 && n_any > 0) ? 0 : all + any;
}

static int
find_preset (GArray *columns, const char *type)
{
  guint best_rating = 0;
  int best = -1;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      guint rating = rate (columns, i);

      if (type != NULL && presets[i].type != NULL && strcmp (presets[i].type, type) != 0)
        continue;
      if (rating > best_rating)
        {
          best = (int) i;
          best_rating = rating;
        }
    }

  return best;
}

const char *
crm_import_presets_find_type (GArray *columns)
{
  int preset;

  g_assert (columns != NULL);

  preset = find_preset (columns, NULL);

  return preset >= 0 ? presets[preset].type : NULL;
}

const char *
crm_import_presets_apply (GArray *columns, const CrmCatalogue *catalogue, const CrmRecordType *type)
{
  int preset;

  g_assert (columns != NULL);
  g_assert (type != NULL);

  preset = find_preset (columns, type->name);
  if (preset < 0)
    return NULL;

  if (presets[preset].targets != NULL)
    {
      g_auto (GStrv) targets = g_strsplit (presets[preset].targets, "|", -1);
      guint i;

      for (i = 0; targets[i] != NULL; i++)
        {
          char *equals = strrchr (targets[i], '=');
          CrmImportColumn *column;

          g_assert (equals != NULL);
          *equals = '\0';
          column = find_column (columns, targets[i]);
          if (column != NULL)
            crm_import_column_set_target (column, catalogue, type, equals + 1, NULL);
        }
    }

  return presets[preset].program;
}
