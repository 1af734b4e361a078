/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which formats are read besides text. */

#include "config.h"

#include "crm-icalendar-reader-private.h"
#include "crm-table-json-private.h"
#include "crm-table-private.h"
#include "crm-table-workbook-private.h"
#include "crm-vcard-reader-private.h"
#include "crm-workspace-reader-private.h"

static const CrmTableConverter *const converters[] = {
  &crm_icalendar_converter,
  &crm_vcard_converter,
  &crm_workspace_converter,
  &crm_ods_converter,
  &crm_xlsx_converter,
  &crm_json_converter,
  NULL,
};

const CrmTableConverter *
crm_table_find_converter (CrmTableFormat format, const char *head, gsize size, const char *path)
{
  guint i;

  for (i = 0; converters[i] != NULL; i++)
    if (format != CRM_TABLE_UNKNOWN ? converters[i]->format == format
                                    : converters[i]->recognise (head, size, path))
      return converters[i];

  return NULL;
}
