/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-export.h"

#include <glib/gi18n.h>

#include "crm-icalendar-writer.h"
#include "crm-vcard-writer.h"

static const CrmFormatInfo formats[CRM_N_FORMATS] = {
  [CRM_FORMAT_CSV] = { CRM_FORMAT_CSV, "csv", N_ ("Table (CSV)"), "text/csv", TRUE, FALSE },
  [CRM_FORMAT_XLSX] = { CRM_FORMAT_XLSX, "xlsx", N_ ("Spreadsheet (XLSX)"),
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", TRUE,
                        TRUE },
  [CRM_FORMAT_JSON] = { CRM_FORMAT_JSON, "json", N_ ("JSON"), "application/json", TRUE, TRUE },
  [CRM_FORMAT_JSON_LINES] = { CRM_FORMAT_JSON_LINES, "jsonl", N_ ("JSON, One Line Each"),
                              "application/x-ndjson", TRUE, FALSE },
  [CRM_FORMAT_VCARD] = { CRM_FORMAT_VCARD, "vcf", N_ ("Contact Cards (vCard)"), "text/vcard", FALSE,
                         TRUE },
  [CRM_FORMAT_ICALENDAR] = { CRM_FORMAT_ICALENDAR, "ics", N_ ("Calendar (iCalendar)"),
                             "text/calendar", FALSE, TRUE },
};

const CrmFormatInfo *
crm_format_get_info (CrmFormat format)
{
  g_return_val_if_fail (format < CRM_N_FORMATS, NULL);

  return formats[format].name != NULL ? &formats[format] : NULL;
}

gboolean
crm_format_from_name (const char *name, CrmFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  for (guint i = 0; i < CRM_N_FORMATS; i++)
    if (formats[i].name != NULL && g_ascii_strcasecmp (formats[i].name, name) == 0)
      {
        *format = formats[i].format;
        return TRUE;
      }

  return FALSE;
}

gboolean
crm_format_can_write (CrmFormat format, const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  switch (format)
    {
    case CRM_FORMAT_VCARD:
      return crm_vcard_can_write (type);
    case CRM_FORMAT_ICALENDAR:
      return crm_icalendar_can_write (type);
    case CRM_FORMAT_TABLE:
    case CRM_FORMAT_JSON:
    case CRM_FORMAT_CSV:
    case CRM_FORMAT_JSON_LINES:
    case CRM_FORMAT_XLSX:
    case CRM_N_FORMATS:
    default:
      return TRUE;
    }
}
