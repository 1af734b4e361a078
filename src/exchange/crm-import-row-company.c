/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row says about the company of its person. */

#include "config.h"

#include "crm-import-row-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-key-table-private.h"
#include "crm-text.h"

static void
add_hint (CrmImportRow *row, const char *domain)
{
  if (crm_domain_is_provider (domain))
    return;

  if (row->company_hints == NULL)
    row->company_hints = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (row->company_hints, g_strdup (domain));
}

/* A work address or website may tell the company's domain. */
static void
read_company_hints (CrmImportRowReader *reader)
{
  const CrmImportLayout *layout = reader->layout;
  guint i, j;

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmValue *value = reader->row->values[i];
      CrmKind kind = layout->slots[i].field->kind;

      if (value == NULL || (kind != CRM_KIND_EMAILS && kind != CRM_KIND_LINKS))
        continue;

      for (j = 0; j < crm_value_get_n_items (value); j++)
        {
          const CrmItem *item = crm_value_get_item (value, j);
          const char *at = item->key != NULL ? strrchr (item->key, '@') : NULL;

          if (kind == CRM_KIND_EMAILS && at != NULL && g_strcmp0 (item->label, "Home") != 0)
            {
              add_hint (reader->row, at + 1);
            }
          else if (kind == CRM_KIND_LINKS && g_strcmp0 (item->label, "website") == 0)
            {
              g_autofree char *key = NULL;
              g_autofree char *domain = crm_domain_normalise (item->text, &key, NULL);

              if (domain != NULL)
                add_hint (reader->row, key);
            }
        }
    }
}

/* Rows of one company mostly say the same of it; the writer looks it up once. */
static void
describe_company (CrmImportRow *row)
{
  guint i;

  if (row->company_name != NULL)
    row->company_normal = crm_text_normalise_company (row->company_name);

  row->company_hash = crm_key_hash (0, row->company_name != NULL ? row->company_name : "");
  row->company_hash = crm_key_hash (row->company_hash,
                                    row->company_domain != NULL ? row->company_domain : "");
  if (row->company_ref != NULL)
    row->company_hash = crm_key_hash (row->company_hash, row->company_ref);
  for (i = 0; row->company_hints != NULL && i < row->company_hints->len; i++)
    row->company_hash = crm_key_hash (row->company_hash, g_ptr_array_index (row->company_hints, i));
}

void
crm_import_row_read_company (CrmImportRowReader *reader)
{
  const CrmImportLayout *layout = reader->layout;
  const char *text = crm_import_row_get_cell (reader, layout->domain_column, CRM_KIND_DOMAINS);

  if (text != NULL)
    {
      g_autofree char *key = NULL;
      g_autofree char *domain = crm_domain_normalise (text, &key, NULL);

      if (domain == NULL)
        crm_import_row_add_problem (reader->row, layout, layout->domain_column, text,
                                    CRM_SEVERITY_WARNING,
                                    _ ("This is not a domain; the company was looked for by its "
                                       "name."));
      else if (!crm_domain_is_provider (key))
        reader->row->company_domain = g_steal_pointer (&key);
    }

  if (layout->company != NULL)
    {
      if (!layout->plan->is_own)
        read_company_hints (reader);
      describe_company (reader->row);
    }
}
