/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-csv-reader.h"
#include "crm-csv-split-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What the detection says of the bytes, and every row of them in every reading */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  CrmCsvDialect dialect = CRM_CSV_DIALECT_UNKNOWN;
  g_auto (CrmCsvSplit) split = { 0 };
  g_autofree char *text = NULL;
  char *p;
  guint stray;

  if (!crm_csv_detect ((const char *) data, size, &dialect, NULL))
    return 0;

  text = g_malloc0 (size + CRM_CSV_PADDING);
  for (stray = CRM_CSV_STRAY_IS_TEXT; stray <= CRM_CSV_STRAY_CLOSES; stray++)
    {
      memcpy (text, data, size);
      crm_csv_split_clear (&split);
      crm_csv_split_init (&split, &dialect);

      for (p = text; p < text + size;)
        {
          char *next = NULL;
          CrmCsvSplitStatus status = crm_csv_split_row (&split, p, text + size, TRUE, stray,
                                                        G_MAXSIZE, &next);

          if (status == CRM_CSV_SPLIT_UNCLOSED)
            status = crm_csv_split_row (&split, p, text + size, TRUE, stray, split.unclosed, &next);
          g_assert (status == CRM_CSV_SPLIT_ROW);
          g_assert (next > p);

          crm_csv_split_unescape (&split);
          crm_csv_split_is_blank (&split);
          p = next;
        }
    }

  return 0;
}
