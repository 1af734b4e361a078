/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-stage-groups.h"

#include "crm-number.h"

void
crm_stage_group_free (CrmStageGroup *group)
{
  if (group == NULL)
    return;

  g_free (group->sum);
  g_clear_pointer (&group->records, g_ptr_array_unref);
  g_free (group);
}

const CrmField *
crm_stage_groups_find_field (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (field->kind == CRM_KIND_CHOICE && field->n_options > 0 &&
          field->options[0]->outcome != CRM_OUTCOME_NONE)
        return field;
    }

  return NULL;
}

static const CrmField *
find_of_kind (const CrmRecordType *type, CrmKind kind)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == kind)
      return type->fields[i];

  return NULL;
}

static CrmQuery *
make_query (const CrmRecordType *type,
            const CrmField *stage,
            const CrmOption *option,
            const char *search)
{
  CrmQuery *query = crm_query_new (type);
  g_autoptr (CrmValue) value = crm_value_new_item (NULL, NULL, NULL, option->id, 0);
  g_autoptr (CrmFilter) filter = crm_filter_new_equal (stage, value);
  const CrmField *date = crm_record_type_find_field (type, "close_date");

  crm_query_set_filter (query, filter);
  if (search != NULL)
    crm_query_set_search (query, search);
  /* What closes next comes first; of what is closed, the last */
  if (date != NULL)
    crm_query_add_sort (query, date, option->outcome != CRM_OUTCOME_OPEN);

  return query;
}

static char *
describe_sums (GPtrArray *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      const CrmMoneySum *sum = g_ptr_array_index (sums, i);
      gint64 amount;
      g_autofree char *one = NULL;

      /* Beyond 64 bits, which is beyond all the money there is, the plain digits have to do */
      if (g_ascii_string_to_signed (sum->amount, 10, G_MININT64, G_MAXINT64, &amount, NULL))
        one = crm_money_format (amount, sum->currency);
      else
        one = g_strdup_printf ("%s %s", sum->amount, sum->currency);
      if (text->len > 0)
        g_string_append (text, " + ");
      g_string_append (text, one);
    }

  return g_strdup (text->str);
}

static CrmStageGroup *
read_group (CrmStore *store,
            const CrmRecordType *type,
            const CrmField *stage,
            const CrmOption *option,
            const char *search,
            GCancellable *cancellable,
            GError **error)
{
  const CrmField *amount = find_of_kind (type, CRM_KIND_MONEY);
  g_autoptr (CrmQuery) query = make_query (type, stage, option, search);
  g_autoptr (GArray) ids = crm_query_run (query, store, cancellable, error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) sums = NULL;
  CrmStageGroup *group;

  if (ids == NULL)
    return NULL;
  records = crm_store_get_records (store, type, (const gint64 *) ids->data,
                                   MIN (ids->len, CRM_STAGE_MAX_SHOWN), NULL, -1, cancellable,
                                   error);
  if (records == NULL)
    return NULL;
  if (amount != NULL)
    {
      sums = crm_query_sum_money (query, store, amount, cancellable, error);
      if (sums == NULL)
        return NULL;
    }

  group = g_new0 (CrmStageGroup, 1);
  group->option = option;
  group->count = ids->len;
  group->sum = sums != NULL ? describe_sums (sums) : g_strdup ("");
  group->records = g_steal_pointer (&records);

  return group;
}

GPtrArray *
crm_stage_groups_read (CrmStore *store,
                       const CrmRecordType *type,
                       const char *search,
                       GCancellable *cancellable,
                       GError **error)
{
  const CrmField *stage;
  g_autoptr (GPtrArray) groups = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  stage = crm_stage_groups_find_field (type);
  g_return_val_if_fail (stage != NULL, NULL);

  groups = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_stage_group_free);
  for (guint i = 0; i < stage->n_options; i++)
    {
      CrmStageGroup *group = read_group (store, type, stage, stage->options[i], search, cancellable,
                                         error);

      if (group == NULL)
        return NULL;
      g_ptr_array_add (groups, group);
    }

  return g_steal_pointer (&groups);
}
