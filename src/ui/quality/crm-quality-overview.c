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

/* What goes stale can also be entered twice; a call or a note is there once for each time */
static void
add_twins (CrmQualityOverview *self, CrmStore *store, const CrmQualityCheck *check)
{
  CrmQualityTwins twins = { check->type, { 0 } };

  if (check->topic != CRM_QUALITY_UNTOUCHED)
    return;

  crm_duplicates_get_seen (store, check->type, &twins.seen);
  g_array_append_val (self->twins, twins);
}

CrmQualityOverview *
crm_quality_overview_read (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQualityOverview) self = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  const CrmRecordType *type = NULL;
  gboolean has = FALSE;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  checks = crm_quality_list_checks (store, cancellable, error);
  if (checks == NULL)
    return NULL;

  self = g_new0 (CrmQualityOverview, 1);
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_quality_check_unref);
  self->twins = g_array_new (FALSE, FALSE, sizeof (CrmQualityTwins));
  self->weeks = crm_quality_get_weeks (store);
  self->months = crm_quality_get_months (store);
  for (guint i = 0; i < checks->len; i++)
    {
      CrmQualityCheck *check = g_ptr_array_index (checks, i);

      if (check->type != type && !has_records (store, check->type, &has, cancellable, error))
        return NULL;
      type = check->type;
      if (!has)
        continue;
      g_ptr_array_add (self->checks, crm_quality_check_ref (check));
      add_twins (self, store, check);
    }

  return g_steal_pointer (&self);
}
