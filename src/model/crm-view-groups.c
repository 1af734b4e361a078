/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By what a view puts its records together: the member "group", a text like that of a sort. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-view.h"

#define MAX_GROUPS 2

static void
group_free (gpointer data)
{
  CrmViewGroup *group = data;

  g_free (group->field);
  g_free (group);
}

/* "-close_date:week"; %NULL where the part behind the colon is none. (transfer full) */
static CrmViewGroup *
parse_group (const char *text)
{
  CrmViewGroup *group;
  const char *colon;
  CrmBucket bucket = CRM_BUCKET_MONTH;
  gboolean descending = *text == '-';

  if (descending)
    text++;
  colon = strchr (text, ':');
  if (colon != NULL && !crm_bucket_from_name (colon + 1, &bucket))
    return NULL;

  group = g_new0 (CrmViewGroup, 1);
  group->field = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text);
  group->bucket = bucket;
  group->descending = descending;
  return group;
}

static char **
split_groups (CrmViewQuery *self)
{
  const char *text = crm_view_query_get_group (self);
  char **parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);

  return parts;
}

GPtrArray *
crm_view_query_get_groups (CrmViewQuery *self)
{
  g_auto (GStrv) parts = NULL;
  GPtrArray *groups;

  g_return_val_if_fail (self != NULL, NULL);

  parts = split_groups (self);
  groups = g_ptr_array_new_with_free_func (group_free);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      CrmViewGroup *group = parse_group (parts[i]);

      if (group != NULL)
        g_ptr_array_add (groups, group);
    }

  return groups;
}

void
crm_view_query_clear_groups (CrmViewQuery *self)
{
  g_return_if_fail (self != NULL);

  crm_view_query_set_group (self, NULL);
}

void
crm_view_query_add_group (CrmViewQuery *self,
                          const char *field,
                          CrmBucket bucket,
                          gboolean descending)
{
  const char *former;
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);

  former = crm_view_query_get_group (self);
  text = g_strconcat (former != NULL ? former : "", former != NULL ? "," : "",
                      descending ? "-" : "", field, bucket != CRM_BUCKET_MONTH ? ":" : "",
                      bucket != CRM_BUCKET_MONTH ? crm_bucket_get_name (bucket) : "", NULL);
  crm_view_query_set_group (self, text);
}

GArray *
crm_view_query_make_groupings (CrmViewQuery *self,
                               const CrmCatalogue *catalogue,
                               const CrmRecordType *type)
{
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  GArray *groupings;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (catalogue != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);

  columns = crm_columns_new ();
  groups = crm_view_query_get_groups (self);
  groupings = crm_groupings_new ();
  for (guint i = 0; i < groups->len && groupings->len < MAX_GROUPS; i++)
    {
      const CrmViewGroup *group = g_ptr_array_index (groups, i);
      const CrmColumn *column;

      if (!crm_columns_add (columns, catalogue, type, group->field, NULL))
        continue;
      column = &g_array_index (columns, CrmColumn, columns->len - 1);
      if (crm_column_can_group (column))
        crm_groupings_add (groupings, column, group->bucket, group->descending);
    }

  return groupings;
}

gboolean
crm_view_query_check_groups (CrmViewQuery *self,
                             const CrmCatalogue *catalogue,
                             const CrmRecordType *type,
                             GError **error)
{
  g_autoptr (GArray) columns = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (catalogue != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  columns = crm_columns_new ();
  parts = split_groups (self);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      CrmViewGroup *group = parse_group (parts[i]);
      gboolean found = FALSE;

      if (group != NULL)
        found = crm_columns_add (columns, catalogue, type, group->field, error);
      else
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                     _ ("“%s” does not say how finely to group: put :day, :week, :month, :quarter "
                        "or :year behind the date."),
                     parts[i]);
      g_clear_pointer (&group, group_free);
      if (!found)
        return FALSE;
    }

  return TRUE;
}
