/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking for duplicates now and then, by itself. */

#include "config.h"

#include "crm-duplicates.h"
#include "crm-quality.h"

#define KEY_DAYS "duplicates_days"
#define MAX_DAYS 3650
#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

guint
crm_duplicates_get_days (CrmStore *store)
{
  g_autofree char *text = NULL;
  gint64 days;

  g_return_val_if_fail (CRM_IS_STORE (store), 0);

  text = crm_store_get_setting (store, KEY_DAYS);
  return text != NULL && g_ascii_string_to_signed (text, 10, 0, MAX_DAYS, &days, NULL)
             ? (guint) days
             : CRM_DUPLICATES_DAYS;
}

gboolean
crm_duplicates_set_days (CrmStore *store, guint days, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", days);

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (days <= MAX_DAYS, FALSE);

  return crm_store_set_setting (store, KEY_DAYS, text, error);
}

static gboolean
read_last_change (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_query_int (connection, "SELECT max(time) FROM act", 0, data, error);
}

/* Whether it is time, and anything was changed since the last time */
static gboolean
is_due (CrmStore *store, const CrmRecordType *type, gint64 last_change, guint days)
{
  CrmDuplicatesSeen seen;

  crm_duplicates_get_seen (store, type, &seen);
  return seen.time == 0 ||
         (seen.time < last_change && crm_store_get_now (store) - seen.time >= days * DAY);
}

/* What goes stale can also be entered twice; a call or a note is there once for each time */
GPtrArray *
crm_duplicates_list_types (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) checks = NULL;
  GPtrArray *types;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  checks = crm_quality_list_checks (store, cancellable, error);
  if (checks == NULL)
    return NULL;

  types = g_ptr_array_new ();
  for (guint i = 0; i < checks->len; i++)
    {
      const CrmQualityCheck *check = g_ptr_array_index (checks, i);

      if (check->topic == CRM_QUALITY_UNTOUCHED)
        g_ptr_array_add (types, (gpointer) check->type);
    }

  return types;
}

GArray *
crm_duplicates_look_when_due (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (CrmDuplicatesDue));
  g_autoptr (GPtrArray) types = NULL;
  gint64 last_change = 0;
  guint days;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  days = crm_duplicates_get_days (store);
  if (days == 0)
    return g_steal_pointer (&found);
  types = crm_duplicates_list_types (store, cancellable, error);
  if (types == NULL || !crm_database_read (crm_store_get_database (store), read_last_change,
                                           &last_change, cancellable, error))
    return NULL;

  for (guint i = 0; i < types->len; i++)
    {
      CrmDuplicatesDue due = { g_ptr_array_index (types, i), 0 };
      g_autoptr (GPtrArray) groups = NULL;

      if (!is_due (store, due.type, last_change, days))
        continue;
      groups = crm_duplicates_find (store, due.type, NULL, cancellable, error);
      if (groups == NULL)
        return NULL;
      due.n_groups = groups->len;
      g_array_append_val (found, due);
    }

  return g_steal_pointer (&found);
}
