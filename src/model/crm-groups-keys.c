/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "crm-groups-private.h"
#include "crm-statement.h"

/* All zones are whole quarters of an hour from UTC, so a moment's day is that of its quarter. */
#define QUARTER_MS G_GINT64_CONSTANT (900000)

typedef struct
{
  gint64 key; /* option, record, number; of dates the first day since the year 1 */
  char *text; /* of texts */
  CrmValue *value;
  char *label;
  char *collation; /* nullable */
  guint32 rank;
} Group;

struct _CrmGroupKeys
{
  CrmStore *store;
  CrmGrouping grouping;
  const CrmLocale *locale;
  GDateWeekday first_weekday;
  GArray *groups; /* of Group */
  GHashTable *by_key; /* gint64 * → number */
  GHashTable *by_text; /* text → number: texts and the days that were met */
  GHashTable *by_quarter; /* gint64 * → number */
  GArray *order; /* of guint32: groups by rank */
};

static const char *const bucket_names[CRM_N_BUCKETS] = {
  [CRM_BUCKET_DAY] = "day",         [CRM_BUCKET_WEEK] = "week", [CRM_BUCKET_MONTH] = "month",
  [CRM_BUCKET_QUARTER] = "quarter", [CRM_BUCKET_YEAR] = "year",
};

const char *
crm_bucket_get_name (CrmBucket bucket)
{
  g_return_val_if_fail (bucket < CRM_N_BUCKETS, NULL);

  return bucket_names[bucket];
}

gboolean
crm_bucket_from_name (const char *name, CrmBucket *bucket)
{
  g_return_val_if_fail (name != NULL && bucket != NULL, FALSE);

  for (guint i = 0; i < CRM_N_BUCKETS; i++)
    if (strcmp (bucket_names[i], name) == 0)
      {
        *bucket = i;
        return TRUE;
      }

  return FALSE;
}

gboolean
crm_grouping_fits (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
    case CRM_KIND_RATING:
    case CRM_KIND_MEMBER:
      return TRUE;

    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
      return field->target != 0;

    case CRM_KIND_LONGTEXT:
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_FILES:
    case CRM_N_KINDS:
    default:
      return FALSE;
    }
}

static void
group_clear (gpointer data)
{
  Group *group = data;

  g_free (group->text);
  g_free (group->label);
  g_free (group->collation);
  g_clear_pointer (&group->value, crm_value_unref);
}

CrmGroupKeys *
crm_group_keys_new (CrmStore *store, const CrmGrouping *grouping)
{
  CrmGroupKeys *self = g_new0 (CrmGroupKeys, 1);
  Group none = { .key = 0 };

  self->store = g_object_ref (store);
  self->grouping = *grouping;
  self->locale = crm_store_get_locale (store);
  self->first_weekday = crm_locale_get_first_weekday ();
  self->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_array_set_clear_func (self->groups, group_clear);
  g_array_append_val (self->groups, none);
  self->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_quarter = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint32));

  return self;
}

void
crm_group_keys_free (CrmGroupKeys *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->groups);
  g_array_unref (self->order);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_text);
  g_hash_table_unref (self->by_quarter);
  g_object_unref (self->store);
  g_free (self);
}

static Group *
get_group (CrmGroupKeys *self, guint32 number)
{
  return &g_array_index (self->groups, Group, number);
}

/* Looking for values */

static guint32
require_key (CrmGroupKeys *self, gint64 key)
{
  gpointer number = g_hash_table_lookup (self->by_key, &key);
  Group group = { .key = key };

  if (number != NULL)
    return GPOINTER_TO_UINT (number);

  g_array_append_val (self->groups, group);
  g_hash_table_insert (self->by_key, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (self->groups->len - 1));

  return self->groups->len - 1;
}

static guint32
require_text (CrmGroupKeys *self, const char *text)
{
  gpointer number = g_hash_table_lookup (self->by_text, text);
  Group group = { .text = NULL };

  if (number != NULL)
    return GPOINTER_TO_UINT (number);

  group.text = g_strdup (text);
  g_array_append_val (self->groups, group);
  g_hash_table_insert (self->by_text, g_strdup (text), GUINT_TO_POINTER (self->groups->len - 1));

  return self->groups->len - 1;
}

static void
find_bucket_start (CrmGroupKeys *self, GDate *date)
{
  guint back;

  switch (self->grouping.bucket)
    {
    case CRM_BUCKET_WEEK:
      back = ((guint) g_date_get_weekday (date) + 7 - (guint) self->first_weekday) % 7;
      if (g_date_get_julian (date) > back)
        g_date_subtract_days (date, back);
      break;

    case CRM_BUCKET_MONTH:
      g_date_set_day (date, 1);
      break;

    case CRM_BUCKET_QUARTER:
      g_date_set_day (date, 1);
      g_date_set_month (date, (g_date_get_month (date) - 1) / 3 * 3 + 1);
      break;

    case CRM_BUCKET_YEAR:
      g_date_set_day (date, 1);
      g_date_set_month (date, G_DATE_JANUARY);
      break;

    case CRM_BUCKET_DAY:
    case CRM_N_BUCKETS:
    default:
      break;
    }
}

/* @iso: a day, perhaps with a time behind it; one without a year is in no stretch of time */
static guint32
require_day (CrmGroupKeys *self, const char *iso)
{
  GDate date;
  int year, month, day;

  if (sscanf (iso, "%4d-%2d-%2d", &year, &month, &day) != 3 || year < 1 ||
      !g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year))
    return CRM_GROUP_NONE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, month, (GDateYear) year);
  find_bucket_start (self, &date);

  return require_key (self, g_date_get_julian (&date));
}

static guint32
require_date (CrmGroupKeys *self, const char *iso)
{
  gpointer number;
  gboolean known = g_hash_table_lookup_extended (self->by_text, iso, NULL, &number);
  guint32 group;

  if (known)
    return GPOINTER_TO_UINT (number);

  group = require_day (self, iso);
  g_hash_table_insert (self->by_text, g_strdup (iso), GUINT_TO_POINTER (group));

  return group;
}

static guint32
require_moment (CrmGroupKeys *self, gint64 ms)
{
  gint64 quarter = ms / QUARTER_MS - (ms % QUARTER_MS < 0 ? 1 : 0);
  gpointer number;
  char iso[11];
  guint32 group;

  if (g_hash_table_lookup_extended (self->by_quarter, &quarter, NULL, &number))
    return GPOINTER_TO_UINT (number);

  crm_moment_get_date (ms, self->locale->zone, iso);
  group = require_day (self, iso);
  g_hash_table_insert (self->by_quarter, g_memdup2 (&quarter, sizeof quarter),
                       GUINT_TO_POINTER (group));

  return group;
}

guint32
crm_group_keys_add (CrmGroupKeys *self, CrmStatement *statement, int column)
{
  /* What was never ticked is not ticked */
  if (crm_statement_is_null (statement, column))
    return self->grouping.field->kind == CRM_KIND_CHECKBOX ? require_key (self, 0) : CRM_GROUP_NONE;

  switch (self->grouping.field->kind)
    {
    case CRM_KIND_TEXT:
      return require_text (self, crm_statement_get_text (statement, column));
    case CRM_KIND_DATE:
      return require_date (self, crm_statement_get_text (statement, column));
    case CRM_KIND_DATETIME:
      return require_moment (self, crm_statement_get_int (statement, column));
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
    case CRM_KIND_RATING:
    case CRM_KIND_MEMBER:
    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
      return require_key (self, crm_statement_get_int (statement, column));
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_FILES:
    case CRM_N_KINDS:
    default:
      g_return_val_if_reached (CRM_GROUP_NONE);
    }
}

/* Words */

static void
set_words (Group *group, char *label, CrmValue *value)
{
  group->label = label;
  group->value = value;
}

static void
describe_day (CrmGroupKeys *self, Group *group)
{
  GDate date;
  char iso[11];
  g_autoptr (GDateTime) time = NULL;
  char *label = NULL;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) group->key);
  g_date_strftime (iso, sizeof iso, "%Y-%m-%d", &date);
  time = g_date_time_new_utc (g_date_get_year (&date), g_date_get_month (&date),
                              g_date_get_day (&date), 0, 0, 0);

  switch (self->grouping.bucket)
    {
    case CRM_BUCKET_WEEK:
      {
        g_autofree char *day = crm_date_format (iso);

        /* Translators: a heading over what is dated in that week; the date is its first day */
        label = g_strdup_printf (_ ("Week of %s"), day);
        break;
      }

    case CRM_BUCKET_MONTH:
      /* Translators: a month and its year in the form that stands alone, see man strftime: "May 2026" */
      label = g_date_time_format (time, _ ("%OB %Y"));
      break;

    case CRM_BUCKET_QUARTER:
      {
        g_autofree char *year = g_strdup_printf ("%d", (int) g_date_get_year (&date));

        /* Translators: a quarter of a year: "Q2 2026" */
        label = g_strdup_printf (_ ("Q%d %s"), (g_date_get_month (&date) - 1) / 3 + 1, year);
        break;
      }

    case CRM_BUCKET_YEAR:
      label = g_strdup_printf ("%d", (int) g_date_get_year (&date));
      break;

    case CRM_BUCKET_DAY:
    case CRM_N_BUCKETS:
    default:
      label = crm_date_format (iso);
      break;
    }

  set_words (group, label, crm_value_new_text (iso));
}

static gint64
find_option_rank (const CrmField *field, gint64 option_id)
{
  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->id == option_id)
      return i;

  return -1;
}

/* An option that was removed is no value any more. */
static void
describe_option (CrmGroupKeys *self, Group *group)
{
  gint64 rank = find_option_rank (self->grouping.field, group->key);
  const CrmOption *option;

  if (rank < 0)
    return;

  option = self->grouping.field->options[rank];
  set_words (group, g_strdup (option->label),
             crm_value_new_item (option->label, NULL, NULL, option->id, 0));
  group->key = rank;
}

static void
describe_plain (CrmGroupKeys *self, Group *group)
{
  CrmValue *value = group->text != NULL ? crm_value_new_text (group->text)
                                        : crm_value_new_integer (group->key);
  char *label = crm_value_to_display (self->grouping.field, value, self->locale);

  if (self->grouping.field->kind == CRM_KIND_CHECKBOX)
    {
      g_autofree char *answer = label;

      /* Translators: a heading over what has, or has not, been ticked: "Newsletter: Yes" */
      label = g_strdup_printf (_ ("%s: %s"), self->grouping.field->label, answer);
    }
  set_words (group, label, value);
}

/* A record that is in the trash is nobody's company. */
static gboolean
describe_records (CrmGroupKeys *self, GCancellable *cancellable, GError **error)
{
  const CrmRecordType *target = crm_catalogue_get_target (crm_store_get_catalogue (self->store),
                                                          self->grouping.field);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 1; i < self->groups->len; i++)
    g_array_append_val (ids, get_group (self, i)->key);
  if (target == NULL || ids->len == 0)
    return TRUE;

  records = crm_store_get_records (self->store, target, (const gint64 *) (gpointer) ids->data,
                                   ids->len, NULL, 0, cancellable, error);
  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      const CrmRecord *record = g_ptr_array_index (records, i);
      gint64 id = crm_record_get_id (record);
      const char *label = crm_record_get_label (record);

      if (crm_record_get_state (record) == CRM_STATE_LIVE)
        set_words (get_group (self, GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &id))),
                   g_strdup (label), crm_value_new_item (label, NULL, NULL, id, target->id));
    }

  return TRUE;
}

static gboolean
describe (CrmGroupKeys *self, GCancellable *cancellable, GError **error)
{
  const CrmField *field = self->grouping.field;

  /* Translators: a heading over what has no such value: "No Stage", "No Company" */
  set_words (get_group (self, CRM_GROUP_NONE), g_strdup_printf (_ ("No %s"), field->label), NULL);

  if (crm_kind_is_relation (field->kind))
    return describe_records (self, cancellable, error);

  for (guint i = 1; i < self->groups->len; i++)
    {
      Group *group = get_group (self, i);

      if (field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME)
        describe_day (self, group);
      else if (field->kind == CRM_KIND_CHOICE || field->kind == CRM_KIND_CHOICES)
        describe_option (self, group);
      else
        describe_plain (self, group);
    }

  return TRUE;
}

/* Order */

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  CrmGroupKeys *self = data;
  const Group *first = get_group (self, *(const guint32 *) a);
  const Group *second = get_group (self, *(const guint32 *) b);
  int order;

  /* What has no value is last in both directions. */
  if (first->value == NULL || second->value == NULL)
    return (first->value == NULL) - (second->value == NULL);

  order = first->collation != NULL ? strcmp (first->collation, second->collation)
                                   : (first->key > second->key) - (first->key < second->key);

  return self->grouping.descending ? -order : order;
}

static gboolean
is_by_label (const CrmField *field)
{
  return field->kind == CRM_KIND_TEXT || crm_kind_is_relation (field->kind);
}

gboolean
crm_group_keys_finish (CrmGroupKeys *self, GCancellable *cancellable, GError **error)
{
  if (!describe (self, cancellable, error))
    return FALSE;

  for (guint32 i = 0; i < self->groups->len; i++)
    {
      Group *group = get_group (self, i);

      if (is_by_label (self->grouping.field) && group->value != NULL)
        group->collation = g_utf8_collate_key (group->label, -1);
      g_array_append_val (self->order, i);
    }
  g_array_sort_with_data (self->order, compare_groups, self);

  /* All without a value are one group. */
  for (guint32 rank = 0; rank < self->order->len; rank++)
    {
      Group *group = get_group (self, g_array_index (self->order, guint32, rank));

      if (group->value == NULL)
        {
          g_array_set_size (self->order, rank);
          break;
        }
      group->rank = rank;
    }
  for (guint32 i = 0; i < self->groups->len; i++)
    if (get_group (self, i)->value == NULL)
      get_group (self, i)->rank = self->order->len;
  g_array_append_vals (self->order, &(guint32){ CRM_GROUP_NONE }, 1);

  return TRUE;
}

guint32
crm_group_keys_get_n_groups (CrmGroupKeys *self)
{
  return self->order->len;
}

guint32
crm_group_keys_get_rank (CrmGroupKeys *self, guint32 group)
{
  return get_group (self, group)->rank;
}

guint32
crm_group_keys_get_group_at (CrmGroupKeys *self, guint32 rank)
{
  return g_array_index (self->order, guint32, rank);
}

const char *
crm_group_keys_get_label (CrmGroupKeys *self, guint32 group)
{
  return get_group (self, group)->label;
}

CrmValue *
crm_group_keys_get_value (CrmGroupKeys *self, guint32 group)
{
  return get_group (self, group)->value;
}
