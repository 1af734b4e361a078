/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of a row's address. */

#include "config.h"

#include "crm-import-row-private.h"

#include "crm-text.h"

gboolean
crm_import_row_is_usable (const CrmImportRowReader *reader, const CrmImportSlot *slot, guint column)
{
  guint i;

  if (!slot->in_address || reader->address_group == 0 ||
      crm_import_row_get_column (reader->layout, column)->group == reader->address_group)
    return TRUE;

  /* A part that the best address has no column for may come from another one. */
  for (i = 0; i < slot->columns->len; i++)
    if (crm_import_row_get_column (reader->layout, g_array_index (slot->columns, guint, i))
            ->group == reader->address_group)
      return FALSE;

  return TRUE;
}

static const CrmImportColumn *
get_address_column (const CrmImportRowReader *reader, guint i, int *index)
{
  *index = (int) g_array_index (reader->layout->address_columns, guint, i);

  return crm_import_row_get_column (reader->layout, (guint) *index);
}

/* Of several addresses in a row the best one that has anything in it is taken as a whole. */
void
crm_import_row_choose_address (CrmImportRowReader *reader)
{
  guint i;

  for (i = 0; i < reader->layout->address_columns->len; i++)
    {
      int index;
      const CrmImportColumn *column = get_address_column (reader, i, &index);

      if (crm_import_row_get_cell (reader, index, CRM_KIND_TEXT) != NULL &&
          (reader->address_group == 0 || column->group < reader->address_group))
        reader->address_group = column->group;
    }
}

static const char *
find_address_part (const CrmImportRowReader *reader, CrmColumnRole role)
{
  guint i;

  for (i = 0; i < reader->layout->address_columns->len; i++)
    {
      int index;
      const CrmImportColumn *column = get_address_column (reader, i, &index);

      if (column->role == role && column->group == reader->address_group &&
          crm_import_row_get_cell (reader, index, CRM_KIND_TEXT) != NULL)
        return crm_import_row_get_cell (reader, index, CRM_KIND_TEXT);
    }

  return NULL;
}

static void
append_part (GString *text, const char *separator, const char *part)
{
  g_autofree char *clean = part != NULL ? crm_text_clean (part, FALSE) : NULL;

  if (clean == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, clean);
}

/* The second line of an address, and the third */
static void
append_more (const CrmImportRowReader *reader, GString *text)
{
  guint i;

  for (i = 0; i < reader->layout->address_columns->len; i++)
    {
      int index;
      const CrmImportColumn *column = get_address_column (reader, i, &index);

      if (column->role == CRM_ROLE_STREET_MORE && column->group == reader->address_group)
        append_part (text, ", ", crm_import_row_get_cell (reader, index, CRM_KIND_TEXT));
    }
}

void
crm_import_row_read_street (CrmImportRowReader *reader)
{
  const char *street = crm_import_row_get_text (reader, "street");
  const char *number = find_address_part (reader, CRM_ROLE_STREET_NUMBER);
  const char *more = find_address_part (reader, CRM_ROLE_STREET_MORE);
  const char *box = find_address_part (reader, CRM_ROLE_PO_BOX);
  g_autoptr (GString) text = NULL;

  if (street == NULL && more == NULL && box == NULL)
    street = find_address_part (reader, CRM_ROLE_WHOLE_ADDRESS);
  else if (number == NULL && more == NULL && box == NULL)
    return;

  text = g_string_new (NULL);
  append_part (text, "", number);
  append_part (text, " ", street);
  append_more (reader, text);
  if (box != NULL)
    append_part (text, ", ", g_ascii_isdigit (*box) ? "PO Box" : NULL);
  append_part (text, box != NULL && g_ascii_isdigit (*box) ? " " : ", ", box);
  crm_import_row_set_text (reader, "street", text->str);
}

void
crm_import_row_find_region (CrmImportRowReader *reader)
{
  int slot = crm_import_layout_find_slot (reader->layout, "country");
  const CrmImportSlot *country = slot >= 0 ? &reader->layout->slots[slot] : NULL;
  guint i;

  for (i = 0; country != NULL && i < country->columns->len && reader->region == NULL; i++)
    {
      guint column = g_array_index (country->columns, guint, i);
      const char *text = crm_import_row_get_cell (reader, (int) column, CRM_KIND_TEXT);

      if (text != NULL && crm_import_row_is_usable (reader, country, column))
        reader->region = crm_country_from_text (text);
    }
}
