/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-sheet-private.h"

gboolean
crm_sheet_is_escape (const char *text)
{
  guint i;

  if (text[0] != '_' || text[1] != 'x')
    return FALSE;
  for (i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;

  return text[6] == '_';
}
