/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What our own exports have besides the fields. */

#include "config.h"

#include "crm-import-private.h"

#include <string.h>

#include "crm-record-columns.h"

static gboolean
is_called (const CrmColumn *part, const char *title)
{
  g_autofree char *own = crm_column_make_title (part);

  return strcmp (part->name, title) == 0 || strcmp (own, title) == 0;
}

gboolean
crm_import_columns_are_own (GArray *columns, const CrmRecordType *type)
{
  g_autoptr (GArray) own = NULL;
  guint n = 0;
  guint i;

  g_assert (columns != NULL);
  g_assert (type != NULL);

  if (columns->len < 2 ||
      g_ascii_strcasecmp (g_array_index (columns, CrmImportColumn, 0).title, "id") != 0)
    return FALSE;

  /* In their order; a field that was made since is missing */
  own = crm_columns_new_for_file (type);
  for (i = 0; i < own->len && n + 1 < columns->len; i++)
    if (is_called (&g_array_index (own, CrmColumn, i),
                   g_array_index (columns, CrmImportColumn, n + 1).title))
      n++;

  return n + 1 == columns->len && n * 2 > own->len;
}

gboolean
crm_import_column_propose_part (CrmImportColumn *column, const CrmRecordType *type)
{
  g_autoptr (GArray) parts = crm_columns_new_for_file (type);
  guint i;

  for (i = 0; i < parts->len; i++)
    {
      const CrmColumn *part = &g_array_index (parts, CrmColumn, i);

      if ((part->part != CRM_COLUMN_ID && part->part != CRM_COLUMN_LABELS) ||
          !is_called (part, column->title))
        continue;

      column->role = part->part == CRM_COLUMN_ID ? CRM_ROLE_RELATION_ID : CRM_ROLE_ITEM_LABEL;
      column->field = part->field;
      return TRUE;
    }

  return FALSE;
}
