/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-groups-private.h"
#include "crm-query-private.h"
#include "crm-sum-private.h"
#include "crm-tables.h"

/*
 * The ids come in the query's order, as they do without groups and as fast; what group a record is in is
 * read in one pass over the table in its own order. So no sorting by the group's value is asked of
 * SQLite, which would have to fetch every row by itself.
 */

#define MAX_LEVELS 2

typedef struct
{
  gint64 id;
  guint32 groups[MAX_LEVELS]; /* first their numbers, then their ranks */
} Entry;

/* The sum of one currency in one group of the last level */
typedef struct
{
  guint32 groups[MAX_LEVELS];
  char currency[4];
  CrmSum sum;
} Part;

typedef struct
{
  CrmQuery *query;
  CrmStore *store;
  const CrmColumn *summed;
  guint n_levels;
  CrmGroupKeys *keys[MAX_LEVELS];
  GCancellable *cancellable;

  GArray *ids;
  GArray *entries; /* of Entry, by id */
  GHashTable *parts; /* of Part, which is its own key */
  GArray *groups;
} Run;

static void
clear_grouping (gpointer data)
{
  CrmGrouping *grouping = data;

  g_clear_pointer (&grouping->hops, g_ptr_array_unref);
}

static void
group_clear (gpointer data)
{
  CrmGroup *group = data;

  g_clear_pointer (&group->value, crm_value_unref);
  g_free (group->label);
  g_free (group->total);
}

/* Sums */

static guint
part_hash (gconstpointer data)
{
  const Part *part = data;

  return part->groups[0] * 31 + part->groups[1] * 1009 + g_str_hash (part->currency);
}

static gboolean
part_equal (gconstpointer a, gconstpointer b)
{
  const Part *first = a;
  const Part *second = b;

  return memcmp (first->groups, second->groups, sizeof first->groups) == 0 &&
         strcmp (first->currency, second->currency) == 0;
}

static void
add_amount (Run *run, const Entry *entry, CrmStatement *statement, int column)
{
  Part wanted = { .sum = 0 };
  Part *part;

  if (crm_statement_is_null (statement, column))
    return;

  memcpy (wanted.groups, entry->groups, sizeof wanted.groups);
  if (crm_field_has_currency (run->summed->field))
    g_strlcpy (wanted.currency, crm_statement_get_text (statement, column + 1),
               sizeof wanted.currency);
  part = g_hash_table_lookup (run->parts, &wanted);
  if (part == NULL)
    {
      part = g_memdup2 (&wanted, sizeof wanted);
      g_hash_table_add (run->parts, part);
    }
  part->sum += crm_statement_get_int (statement, column);
}

/* Reading */

static char *
make_columns (Run *run, const CrmGrouping *groupings)
{
  GString *columns = g_string_new ("r.id");

  for (guint i = 0; i < run->n_levels; i++)
    {
      g_autofree char *value = crm_query_make_reached_value (groupings[i].hops, groupings[i].field);

      g_string_append_printf (columns, ", %s", value);
    }
  if (run->summed != NULL)
    {
      g_autofree char *amount = crm_query_make_reached_value (run->summed->hops,
                                                              run->summed->field);

      g_string_append_printf (columns, ", %s", amount);
    }
  if (run->summed != NULL && crm_field_has_currency (run->summed->field))
    {
      g_autofree char *currency = crm_query_make_reached_currency (run->summed->hops,
                                                                   run->summed->field);

      g_string_append_printf (columns, ", %s", currency);
    }

  return g_string_free (columns, FALSE);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  return (first->id > second->id) - (first->id < second->id);
}

static gboolean
read_entries (Run *run, CrmConnection *connection, const char *columns, GError **error)
{
  g_auto (CrmCompiler) compiler = { NULL };
  g_autoptr (GString) sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean sorted = TRUE;
  gint64 last_id = 0;

  crm_compiler_init (&compiler, run->store);
  sql = crm_query_compile (run->query, &compiler, columns, error);
  if (sql == NULL)
    return FALSE;
  statement = crm_compiler_prepare (&compiler, connection, sql->str, error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      Entry entry = { .id = crm_statement_get_int (statement, 0) };

      for (guint i = 0; i < run->n_levels; i++)
        entry.groups[i] = crm_group_keys_add (run->keys[i], statement, (int) i + 1);
      if (run->summed != NULL)
        add_amount (run, &entry, statement, (int) run->n_levels + 1);
      g_array_append_val (run->entries, entry);
      sorted = sorted && entry.id > last_id;
      last_id = entry.id;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!sorted)
    g_array_sort (run->entries, compare_entries);

  return TRUE;
}

/* Putting together */

/* Returns: the entries in the order of the ids */
static GArray *
order_entries (Run *run)
{
  GArray *ordered = g_array_sized_new (FALSE, FALSE, sizeof (Entry), run->ids->len);

  for (guint i = 0; i < run->ids->len; i++)
    {
      Entry wanted = { .id = g_array_index (run->ids, gint64, i) };
      guint found;

      if (g_array_binary_search (run->entries, &wanted, compare_entries, &found))
        wanted = g_array_index (run->entries, Entry, found);
      for (guint level = 0; level < run->n_levels; level++)
        wanted.groups[level] = crm_group_keys_get_rank (run->keys[level], wanted.groups[level]);
      g_array_append_val (ordered, wanted);
    }

  return ordered;
}

/* By the ranks of one level, equal ones staying as they are */
static GArray *
distribute (GArray *entries, guint level, guint32 n_groups)
{
  g_autofree guint *next = g_new0 (guint, n_groups + 1);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (Entry), entries->len);

  g_array_set_size (sorted, entries->len);
  for (guint i = 0; i < entries->len; i++)
    next[g_array_index (entries, Entry, i).groups[level] + 1]++;
  for (guint32 i = 0; i < n_groups; i++)
    next[i + 1] += next[i];
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      g_array_index (sorted, Entry, next[entry->groups[level]]++) = *entry;
    }

  return sorted;
}

static void
begin_group (Run *run, guint level, guint first, guint32 rank)
{
  CrmGroupKeys *keys = run->keys[level];
  guint32 number = crm_group_keys_get_group_at (keys, rank);
  CrmValue *value = crm_group_keys_get_value (keys, number);
  CrmGroup group = {
    .level = level,
    .first = first,
    .value = value != NULL ? crm_value_ref (value) : NULL,
    .label = g_strdup (crm_group_keys_get_label (keys, number)),
  };

  g_array_append_val (run->groups, group);
}

static void
make_groups (Run *run, GArray *entries)
{
  guint current[MAX_LEVELS] = { 0 };
  const Entry *before = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      gboolean differs = before == NULL;

      for (guint level = 0; level < run->n_levels; level++)
        {
          differs = differs || entry->groups[level] != before->groups[level];
          if (differs)
            {
              begin_group (run, level, i, entry->groups[level]);
              current[level] = run->groups->len - 1;
            }
          g_array_index (run->groups, CrmGroup, current[level]).n_records++;
        }

      g_array_index (run->ids, gint64, i) = entry->id;
      before = entry;
    }
}

static int
compare_ranks (const guint32 *a, const guint32 *b, guint n)
{
  for (guint i = 0; i < n; i++)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;

  return 0;
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *first = *(const Part *const *) a;
  const Part *second = *(const Part *const *) b;

  return compare_ranks (first->groups, second->groups, MAX_LEVELS);
}

/* "1,240,000 CZK + 300 EUR" of the parts that are in the group at @ranks down to @level. They lie
 * together, in the order of the groups, so @next goes on from group to group. */
static char *
show_total (Run *run, GPtrArray *parts, const guint32 *ranks, guint level, guint *next)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) currencies = NULL;

  for (; *next < parts->len; (*next)++)
    {
      const Part *part = g_ptr_array_index (parts, *next);
      int order = compare_ranks (part->groups, ranks, level + 1);
      Part *sum = g_hash_table_lookup (sums, part->currency);

      if (order > 0)
        break;
      if (order < 0)
        continue;
      if (sum == NULL)
        {
          sum = g_memdup2 (part, sizeof *part);
          g_hash_table_insert (sums, sum->currency, sum);
        }
      else
        {
          sum->sum += part->sum;
        }
    }

  if (g_hash_table_size (sums) == 0)
    return NULL;

  currencies = g_list_sort (g_hash_table_get_keys (sums), (GCompareFunc) strcmp);
  for (const GList *link = currencies; link != NULL; link = link->next)
    {
      const Part *sum = g_hash_table_lookup (sums, link->data);

      g_ptr_array_add (shown, crm_sum_to_display (sum->sum, run->summed->field,
                                                  *sum->currency != '\0' ? sum->currency : NULL,
                                                  crm_store_get_locale (run->store)));
    }
  g_ptr_array_add (shown, NULL);

  return g_strjoinv (" + ", (char **) shown->pdata);
}

static void
add_totals (Run *run, GArray *entries)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  guint next[MAX_LEVELS] = { 0 };
  GHashTableIter iter;
  gpointer part;

  g_hash_table_iter_init (&iter, run->parts);
  while (g_hash_table_iter_next (&iter, &part, NULL))
    {
      for (guint level = 0; level < run->n_levels; level++)
        ((Part *) part)->groups[level] = crm_group_keys_get_rank (run->keys[level],
                                                                  ((Part *) part)->groups[level]);
      g_ptr_array_add (parts, part);
    }
  g_ptr_array_sort (parts, compare_parts);

  for (guint i = 0; i < run->groups->len; i++)
    {
      CrmGroup *group = &g_array_index (run->groups, CrmGroup, i);
      const Entry *entry = &g_array_index (entries, Entry, group->first);

      group->total = show_total (run, parts, entry->groups, group->level, &next[group->level]);
    }
}

static gboolean
put_together (Run *run, GError **error)
{
  g_autoptr (GArray) entries = NULL;

  for (guint level = 0; level < run->n_levels; level++)
    if (!crm_group_keys_finish (run->keys[level], run->cancellable, error))
      return FALSE;

  entries = order_entries (run);
  for (guint level = run->n_levels; level-- > 0;)
    {
      GArray *sorted = distribute (entries, level, crm_group_keys_get_n_groups (run->keys[level]));

      g_array_unref (entries);
      entries = sorted;
    }
  make_groups (run, entries);
  if (run->summed != NULL)
    add_totals (run, entries);

  return TRUE;
}

typedef struct
{
  Run *run;
  const char *columns;
} Read;

/* All in one read transaction: no record is in the ids that has no group */
static gboolean
read_groups (CrmConnection *connection, gpointer data, GError **error)
{
  Read *read = data;
  Run *run = read->run;

  run->ids = crm_query_run (run->query, run->store, run->cancellable, error);

  return run->ids != NULL && read_entries (run, connection, read->columns, error) &&
         put_together (run, error);
}

gboolean
crm_column_can_group (const CrmColumn *column)
{
  g_return_val_if_fail (column != NULL, FALSE);

  return column->part == CRM_COLUMN_WHOLE && crm_grouping_fits (column->field);
}

GArray *
crm_groupings_new (void)
{
  GArray *groupings = g_array_new (FALSE, FALSE, sizeof (CrmGrouping));

  g_array_set_clear_func (groupings, clear_grouping);
  return groupings;
}

void
crm_groupings_add (GArray *groupings,
                   const CrmColumn *column,
                   CrmBucket bucket,
                   gboolean descending)
{
  CrmGrouping grouping = { .bucket = bucket, .descending = descending };

  g_return_if_fail (groupings != NULL);
  g_return_if_fail (column != NULL);

  grouping.field = column->field;
  if (column->hops != NULL)
    grouping.hops = g_ptr_array_ref (column->hops);
  g_array_append_val (groupings, grouping);
}

GArray *
crm_query_run_groups (CrmQuery *self,
                      CrmStore *store,
                      const CrmGrouping *groupings,
                      guint n_groupings,
                      const CrmColumn *summed,
                      GArray **groups,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GHashTable) parts = g_hash_table_new_full (part_hash, part_equal, g_free, NULL);
  g_autofree char *columns = NULL;
  Run run = {
    .query = self,
    .store = store,
    .summed = summed,
    .n_levels = n_groupings,
    .cancellable = cancellable,
    .entries = entries,
    .parts = parts,
  };
  Read read = { .run = &run };
  gboolean ok;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (n_groupings >= 1 && n_groupings <= MAX_LEVELS, NULL);
  g_return_val_if_fail (groups != NULL, NULL);

  run.groups = g_array_new (FALSE, FALSE, sizeof (CrmGroup));
  g_array_set_clear_func (run.groups, group_clear);
  for (guint i = 0; i < n_groupings; i++)
    run.keys[i] = crm_group_keys_new (store, &groupings[i]);
  columns = make_columns (&run, groupings);
  read.columns = columns;

  ok = crm_database_read (crm_store_get_database (store), read_groups, &read, cancellable, error);

  for (guint i = 0; i < n_groupings; i++)
    crm_group_keys_free (run.keys[i]);
  if (!ok)
    {
      g_clear_pointer (&run.ids, g_array_unref);
      g_array_unref (run.groups);
      return NULL;
    }

  *groups = run.groups;

  return run.ids;
}
