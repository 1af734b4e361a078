/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What addresses and numbers are called, in cards and here. */

#include "config.h"

#include "crm-vcard-private.h"

/* Of several kinds that a card gives to one number the first here says most: "work,fax" is a fax. */
static const struct
{
  const char *type;
  const char *label;
} labels[] = {
  { "fax", "Fax" },       { "pager", "Pager" },   { "cell", "Mobile" }, { "iphone", "Mobile" },
  { "mobile", "Mobile" }, { "work", "Work" },     { "home", "Home" },   { "main", "Main" },
  { "other", "Other" },   { "school", "School" },
};

const char *
crm_vcard_get_label (const CrmContentLine *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (crm_content_line_has_type (line, labels[i].type))
      return labels[i].label;

  return NULL;
}

const char *
crm_vcard_get_type (const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_ascii_strcasecmp (labels[i].label, label) == 0)
      return labels[i].type;

  return NULL;
}
