/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-table.h"

#include "crm-error.h"
#include "crm-json-scan-private.h"
#include "crm-table-json-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Every token of the bytes, then the rows that they make */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (CrmJsonScan) scan = crm_json_scan_new (stream, NULL);
  g_autoptr (GError) error = NULL;
  CrmJsonToken token;

  while ((token = crm_json_scan_next (scan, &error)) > CRM_JSON_END)
    if (token >= CRM_JSON_NAME && token <= CRM_JSON_BOOLEAN)
      g_assert (g_utf8_validate (crm_json_scan_get_text (scan), -1, NULL));
  g_assert (token == CRM_JSON_END || g_error_matches (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE));

  fuzz_table (&crm_json_converter, data, size);

  return 0;
}
