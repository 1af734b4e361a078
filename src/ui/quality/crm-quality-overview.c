/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-quality-overview.h"

#include "crm-quality-review.h"
#include "crm-query.h"

void
crm_quality_overview_free (CrmQualityOverview *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->checks);
  g_array_unref (self->twins);
  g_free (self);
}

static gboolean
has_records (CrmStore *store,
             const CrmRecordType *type,
             gboolean *has,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new (type);
  gint64 n;

  if (!crm_query_count (query, store, &n, cancellable, error))
    return FALSE;
  *has = n > 0;

  return TRUE;
}

static void
add_twins (CrmQualityOverview *self, CrmStore *store, const CrmRecordType *type)
{
  CrmQualityTwins twins = { type, { 0 } };

  crm_duplicates_get_seen (store, type, &twins.seen);
  g_array_append_val (self->twins, twins);
}

CrmQualityOverview *
crm_quality_overview_read (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQualityOverview) self = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GPtrArray) types = NULL;
  const CrmRecordType *type = NULL;
  gboolean has = FALSE;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  checks = crm_quality_list_checks (store, cancellable, error);
  types = checks != NULL ? crm_duplicates_list_types (store, cancellable, error) : NULL;
  if (types == NULL)
    return NULL;

  self = g_new0 (CrmQualityOverview, 1);
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_quality_check_unref);
  self->twins = g_array_new (FALSE, FALSE, sizeof (CrmQualityTwins));
  self->weeks = crm_quality_get_weeks (store);
  self->months = crm_quality_get_months (store);
  for (guint i = 0; i < checks->len; i++)
    {
      CrmQualityCheck *check = g_ptr_array_index (checks, i);

      if (check->type != type)
        {
          if (!has_records (store, check->type, &has, cancellable, error))
            return NULL;
          if (has && g_ptr_array_find (types, check->type, NULL))
            add_twins (self, store, check->type);
        }
      type = check->type;
      if (has)
        g_ptr_array_add (self->checks, crm_quality_check_ref (check));
    }

  return g_steal_pointer (&self);
}
