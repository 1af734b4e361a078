/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands between the names of several records, or the tags, in one cell. A comma may as well be
 * part of a name, so that only what stands between tells: parts that are known or come again. */

#include "config.h"

#include <string.h>

#include "crm-import-mapping.h"
#include "crm-import-private.h"
#include "crm-query.h"
#include "crm-text.h"

/* As many names are looked for in the workspace */
#define MAX_LOOKUPS 20

/* Of a hundred parts so many have to be known: a bar is hardly ever part of a name */
#define PERCENT_OF_COMMAS 80
#define PERCENT_OF_BARS 50

typedef struct
{
  CrmStore *store;
  const CrmImportColumn *column;
  const CrmRecordType *target; /* of a relation; NULL for options */
  char separator;
  GHashTable *cells_of_part; /* folded part -> number of the different cells that it is in */
  guint n_lookups;
} Judge;

static GStrv
split (const Judge *judge, const char *text)
{
  const char separator[] = { judge->separator, '\0' };
  GStrv parts = g_strsplit (text, separator, -1);
  guint i;

  for (i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);

  return parts;
}

static void
count_parts (Judge *judge, const char *text)
{
  g_auto (GStrv) parts = split (judge, text);
  guint i;

  for (i = 0; parts[i] != NULL; i++)
    {
      char *folded = crm_text_fold (parts[i]);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (judge->cells_of_part, folded));

      g_hash_table_insert (judge->cells_of_part, folded, GUINT_TO_POINTER (n + 1));
    }
}

/* "Inc.", "s.r.o.": a company's name goes on in front of it */
static gboolean
is_legal_form (const char *part)
{
  g_autofree char *with = g_strconcat ("Acme ", part, NULL);
  g_autofree char *alone = crm_text_normalise_company ("Acme");
  g_autofree char *normal = crm_text_normalise_company (with);

  return strcmp (normal, alone) == 0;
}

static gboolean
has_name_parts (const CrmRecordType *type)
{
  return crm_record_type_find_field (type, "first_name") != NULL;
}

/* First and last names come again in many rows, "Novák, Jan" and "Novák, Petr". */
static gboolean
comes_again (const Judge *judge, const char *part)
{
  g_autofree char *folded = NULL;

  if (judge->separator == ',' && judge->target != NULL && has_name_parts (judge->target) &&
      strchr (part, ' ') == NULL)
    return FALSE;
  folded = crm_text_fold (part);

  return GPOINTER_TO_UINT (g_hash_table_lookup (judge->cells_of_part, folded)) > 1;
}

static gboolean
is_record (Judge *judge, const char *part)
{
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (CrmQuery) query = NULL;
  gint64 n = 0;

  if (judge->n_lookups == MAX_LOOKUPS)
    return FALSE;
  judge->n_lookups++;

  value = crm_value_new_text (part);
  filter = crm_filter_new_equal (judge->target->label_field, value);
  query = crm_query_new (judge->target);
  crm_query_set_filter (query, filter);

  return crm_query_count (query, judge->store, &n, NULL, NULL) && n > 0;
}

static gboolean
is_known (Judge *judge, const char *part)
{
  if (*part == '\0')
    return TRUE;
  if (judge->target == NULL)
    return comes_again (judge, part) || crm_import_find_option (judge->column->field, part) != NULL;

  return comes_again (judge, part) || (strchr (part, '@') != NULL && strchr (part, ' ') == NULL) ||
         is_record (judge, part);
}

static gboolean
stands_between (Judge *judge)
{
  guint percent = judge->separator == ',' ? PERCENT_OF_COMMAS : PERCENT_OF_BARS;
  guint n_parts = 0;
  guint n_known = 0;
  GHashTableIter iter;
  gpointer text;
  guint i;

  g_hash_table_iter_init (&iter, judge->column->profile.distinct);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    if (strchr (text, ';') == NULL)
      count_parts (judge, text);

  g_hash_table_iter_init (&iter, judge->column->profile.distinct);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    {
      g_auto (GStrv) parts = NULL;

      if (strchr (text, judge->separator) == NULL || strchr (text, ';') != NULL)
        continue;
      parts = split (judge, text);
      for (i = 0; parts[i] != NULL; i++)
        {
          if (judge->separator == ',' && is_legal_form (parts[i]))
            return FALSE;
          n_parts++;
          if (is_known (judge, parts[i]))
            n_known++;
        }
    }

  return n_parts > 0 && n_known * 100 >= n_parts * percent;
}

static gboolean
is_list (const CrmImportColumn *column)
{
  return column->role == CRM_ROLE_FIELD && column->field != NULL &&
         (column->field->kind == CRM_KIND_RELATIONS || column->field->kind == CRM_KIND_CHOICES);
}

/* Tags are divided at commas cell by cell. */
static char
find_separator (CrmImportPlan *self, const CrmImportColumn *column)
{
  gboolean is_relation = column->field->kind == CRM_KIND_RELATIONS;
  const char *candidates = is_relation ? "|," : "|";

  if (column->profile.distinct == NULL || (is_relation && column->field->target == 0))
    return 0;

  for (; *candidates != '\0'; candidates++)
    {
      Judge judge = { .store = self->store, .column = column, .separator = *candidates };
      gboolean found;

      if (is_relation)
        judge.target = crm_catalogue_get_type (crm_store_get_catalogue (self->store),
                                               column->field->target);
      judge.cells_of_part = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      found = stands_between (&judge);
      g_hash_table_unref (judge.cells_of_part);
      if (found)
        return *candidates;
    }

  return 0;
}

void
crm_import_plan_settle_separators (CrmImportPlan *self)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      CrmImportColumn *column = &g_array_index (self->columns, CrmImportColumn, i);

      gint64 field = is_list (column) ? column->field->id : 0;

      if (column->writing.separator_given || column->writing.separator_field == field)
        continue;
      column->writing.separator = field != 0 ? find_separator (self, column) : 0;
      column->writing.separator_field = field;
    }
}

char
crm_import_plan_get_separator (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), 0);
  g_return_val_if_fail (column < self->columns->len, 0);

  return g_array_index (self->columns, CrmImportColumn, column).writing.separator;
}

gboolean
crm_import_plan_may_separate (CrmImportPlan *self, guint column)
{
  const CrmImportColumn *c;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);

  c = &g_array_index (self->columns, CrmImportColumn, column);

  return c->role == CRM_ROLE_FIELD && c->field != NULL && crm_kind_is_repeated (c->field->kind) &&
         c->field->kind != CRM_KIND_FILES;
}

gboolean
crm_import_plan_is_separator_given (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);

  return g_array_index (self->columns, CrmImportColumn, column).writing.separator_given;
}

void
crm_import_plan_set_separator (CrmImportPlan *self, guint column, char separator)
{
  CrmImportColumn *c;

  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));
  g_return_if_fail (column < self->columns->len);
  g_return_if_fail (separator == 0 || strchr (";,|\n", separator) != NULL);

  c = &g_array_index (self->columns, CrmImportColumn, column);
  c->writing.separator = separator;
  c->writing.separator_given = separator != 0;
  c->writing.separator_field = 0;
  if (separator == 0)
    crm_import_plan_settle_separators (self);
}
