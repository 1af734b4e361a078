/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row calls its record: names in parts, and whole ones. */

#include "config.h"

#include "crm-import-row-private.h"

#include <string.h>

#include "crm-import-name.h"
#include "crm-text.h"

static void
read_last_name (CrmImportRowReader *reader, const char *name)
{
  g_auto (CrmNameParts) parts = { 0 };
  g_autofree char *clean = crm_text_clean (name, FALSE);

  crm_name_split (name, reader->layout->name_order, &parts);
  if (g_strcmp0 (parts.first, crm_import_row_get_text (reader, "first_name")) == 0)
    crm_import_row_set_text (reader, "last_name", parts.last);
  else
    crm_import_row_set_text (reader, "last_name", clean);
}

/* Whether a whole name has nothing besides what its parts say already */
static gboolean
says_parts (CrmImportRowReader *reader, const char *full)
{
  g_autofree char *clean = crm_text_clean (full, FALSE);
  g_autofree char *joined = crm_text_join_name (crm_import_row_get_text (reader, "first_name"),
                                                crm_import_row_get_text (reader, "middle_name"),
                                                crm_import_row_get_text (reader, "last_name"),
                                                reader->layout->locale.language);

  return joined != NULL && g_strcmp0 (clean, joined) == 0;
}

void
crm_import_row_read_name (CrmImportRowReader *reader)
{
  const char *full = crm_import_row_get_cell (reader, reader->layout->full_name_column,
                                              CRM_KIND_TEXT);
  const char *suffix = crm_import_row_get_cell (reader, reader->layout->suffix_column,
                                                CRM_KIND_TEXT);

  if (full != NULL && says_parts (reader, full))
    full = NULL;

  /* Some programs write the parts, and the whole besides. */
  if (full != NULL && crm_import_row_get_text (reader, "first_name") == NULL &&
      crm_import_row_get_text (reader, "last_name") == NULL)
    {
      g_auto (CrmNameParts) parts = { 0 };

      crm_name_split (full, reader->layout->name_order, &parts);
      reader->row->is_whole_name = TRUE;
      crm_import_row_set_text (reader, "first_name", parts.first);
      crm_import_row_set_text (reader, "middle_name", parts.middle);
      crm_import_row_set_text (reader, "last_name", parts.last);
      if (crm_import_row_get_text (reader, "salutation") == NULL)
        crm_import_row_set_text (reader, "salutation", parts.salutation);
    }

  /* "Name" beside a first name is the last name in German and French, unless it holds both. */
  else if (full != NULL && crm_import_row_get_text (reader, "last_name") == NULL)
    read_last_name (reader, full);

  if (suffix != NULL && crm_import_row_get_text (reader, "last_name") != NULL)
    {
      g_autofree char *clean = crm_text_clean (suffix, FALSE);
      g_autofree char *last = g_strconcat (crm_import_row_get_text (reader, "last_name"), " ",
                                           clean, NULL);

      crm_import_row_set_text (reader, "last_name", last);
    }
}

void
crm_import_row_name (CrmImportRowReader *reader)
{
  const CrmImportLayout *layout = reader->layout;
  g_autofree char *name = NULL;

  if (layout->is_named_by_parts)
    name = crm_text_join_name (crm_import_row_get_text (reader, "first_name"),
                               crm_import_row_get_text (reader, "middle_name"),
                               crm_import_row_get_text (reader, "last_name"),
                               layout->locale.language);
  else
    name = g_strdup (crm_import_row_get_text (reader, layout->type->label_field->name));

  if (name != NULL)
    reader->row->name = layout->is_companies ? crm_text_normalise_company (name)
                                             : crm_text_normalise_name (name);
}
