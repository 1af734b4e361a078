/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written in one cell: values of fields that hold one. */

#include "config.h"

#include "crm-import-row-private.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "crm-import-cell-private.h"
#include "crm-text.h"

/* Whether nearly all of a column's dates are written as spreadsheets count days */
static gboolean
is_serial (const CrmImportRowReader *reader, int column)
{
  const CrmImportEvidence *evidence;

  if (column < 0)
    return FALSE;
  evidence = &crm_import_row_get_column (reader->layout, (guint) column)->evidence;

  return (guint64) evidence->n_serial * 10 >= (guint64) evidence->n_values * 9;
}

/* What the text of a choice stands for: as a person said, or as others call the option; @text itself
 * where nobody knows */
static const char *
get_meaning (const CrmImportRowReader *reader, const CrmField *field, int column, const char *text)
{
  GHashTable *meanings = column >= 0
                             ? crm_import_row_get_column (reader->layout, (guint) column)->meanings
                             : NULL;
  const CrmOption *option;
  const char *meaning;

  if (meanings != NULL)
    {
      g_autofree char *folded = crm_text_fold (text);

      meaning = g_hash_table_lookup (meanings, g_strstrip (folded));
      if (meaning != NULL)
        return meaning;
    }

  if (!reader->layout->plan->translates_options ||
      (field->kind != CRM_KIND_CHOICE && field->kind != CRM_KIND_CHOICES))
    return text;
  option = crm_import_find_option (field, text);

  return option != NULL ? option->name : text;
}

/* Parses one value; %NULL where it is empty, refused, or left to the writer */
CrmValue *
crm_import_row_parse (CrmImportRowReader *reader, guint slot, int column, const char *text)
{
  const CrmImportLayout *layout = reader->layout;
  const CrmField *field = layout->slots[slot].field;
  const CrmLocale *locale = column >= 0 ? &layout->column_locales[column] : &layout->locale;
  g_autoptr (GError) error = NULL;
  g_autofree char *date = NULL;
  CrmValueWarning warning;
  CrmValue *value;

  if (field->n_options > 0 || field->kind == CRM_KIND_MEMBER || field->kind == CRM_KIND_CHECKBOX)
    {
      text = get_meaning (reader, field, column, text);
      if (*text == '\0')
        return NULL;
    }
  if (field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME)
    date = crm_import_cell_complete_date (text, locale->date_order, is_serial (reader, column));

  value = crm_value_parse (field, date != NULL ? date : text, locale, reader->region, &warning,
                           &error);
  if (error != NULL)
    {
      crm_import_row_add_problem (reader->row, layout, column, text, CRM_SEVERITY_REJECTED,
                                  error->message);
      return NULL;
    }

  if (warning == CRM_VALUE_UNKNOWN_OPTION || warning == CRM_VALUE_UNRESOLVED)
    crm_import_row_add_text (reader, slot, column, text, NULL);
  else if (warning == CRM_VALUE_KEPT_AS_TYPED && field->kind == CRM_KIND_PHONES)
    crm_import_row_add_problem (reader->row, layout, column, text, CRM_SEVERITY_WARNING,
                                _ ("This is not a phone number that can be dialled; it is kept as "
                                   "it is written."));
  else if (warning == CRM_VALUE_KEPT_AS_TYPED)
    crm_import_row_add_problem (reader->row, layout, column, text, CRM_SEVERITY_WARNING,
                                _ ("This is not a web address; it is kept as it is written."));

  return value;
}

static gboolean
is_number (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalpha (*text) || (guchar) *text >= 0x80)
      return FALSE;

  return TRUE;
}

/* An amount with the currency that stands in another column */
static char *
complete_amount (const CrmImportRowReader *reader, int column, const char *text)
{
  const char *currency = crm_import_row_get_cell (reader,
                                                  reader->layout->companions[column].currency,
                                                  CRM_KIND_MONEY);

  if (currency == NULL)
    return g_strdup (text);

  /* No-break spaces between the digits are no letters. */
  {
    g_auto (GStrv) parts = g_strsplit (text, "\xc2\xa0", -1);
    g_autofree char *plain = g_strjoinv (" ", parts);

    return is_number (plain) ? g_strconcat (text, " ", currency, NULL) : g_strdup (text);
  }
}

static gboolean
is_joined (const CrmImportSlot *slot)
{
  return slot->columns->len > 1 && !slot->in_address &&
         (slot->field->kind == CRM_KIND_TEXT || slot->field->kind == CRM_KIND_LONGTEXT);
}

/* Texts of several columns; what another one says already is not said twice */
static void
read_joined (CrmImportRowReader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  const char *separator = slot->field->kind == CRM_KIND_LONGTEXT ? "\n" : " ";
  g_autoptr (GString) joined = g_string_new (NULL);
  guint i;

  for (i = 0; i < slot->columns->len; i++)
    {
      int column = (int) g_array_index (slot->columns, guint, i);
      const char *text = crm_import_row_get_cell (reader, column, slot->field->kind);
      g_autofree char *clean = text != NULL
                                   ? crm_text_clean (text, slot->field->kind == CRM_KIND_LONGTEXT)
                                   : NULL;

      if (clean == NULL || strcmp (joined->str, clean) == 0)
        continue;
      if (joined->len > 0)
        g_string_append (joined, separator);
      g_string_append (joined, clean);
    }

  if (joined->len > 0)
    reader->row->values[index] = crm_import_row_parse (reader, index, -1, joined->str);
}

static void
take_company (CrmImportRowReader *reader, int column, const char *text)
{
  const char *ids = crm_import_row_get_cell (reader, reader->layout->companions[column].id,
                                             CRM_KIND_TEXT);

  reader->row->company_name = crm_text_clean (text, FALSE);
  if (ids != NULL)
    {
      g_autoptr (GPtrArray) list = crm_import_cell_split_list (ids);

      reader->row->company_ref = g_strdup (g_ptr_array_index (list, 0));
    }
}

/* A date that is written in three columns. Without its year it is none that could be kept. */
static void
read_date_parts (CrmImportRowReader *reader, guint index)
{
  const int *columns = reader->layout->slots[index].date_parts;
  const char *parts[3];
  g_autofree char *text = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = crm_import_row_get_cell (reader, columns[i], CRM_KIND_DATE);

  /* Some programs write 0 for what is not known. */
  for (i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && strspn (parts[i], "0 ") == strlen (parts[i]))
      parts[i] = NULL;
  if (parts[0] != NULL && parts[1] != NULL && parts[2] != NULL)
    {
      gboolean is_named = !g_ascii_isdigit (*parts[1]);

      text = is_named
                 ? g_strdup_printf ("%s %s %s", parts[2], parts[1], parts[0])
                 : g_strdup_printf ("%s-%02d-%02d", parts[0], atoi (parts[1]), atoi (parts[2]));
      reader->row->values[index] = crm_import_row_parse (reader, index, columns[0], text);
    }
  else if (parts[1] != NULL || parts[2] != NULL)
    {
      const char *given = parts[1] != NULL ? parts[1] : parts[2];

      crm_import_row_add_problem (reader->row, reader->layout,
                                  parts[1] != NULL ? columns[1] : columns[2], given,
                                  CRM_SEVERITY_WARNING,
                                  _ ("A part of this date is missing; the date was left out."));
    }
}

void
crm_import_row_read_single (CrmImportRowReader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  CrmImportRow *row = reader->row;
  guint i;

  if (is_joined (slot) && (int) index != reader->layout->company_slot)
    {
      read_joined (reader, index);
      return;
    }

  for (i = 0; i < slot->columns->len && row->values[index] == NULL; i++)
    {
      guint column = g_array_index (slot->columns, guint, i);
      const char *text = crm_import_row_get_cell (reader, (int) column, slot->field->kind);
      g_autofree char *complete = NULL;

      if (((int) index != reader->layout->company_slot ||
           crm_import_row_get_column (reader->layout, column)->role == CRM_ROLE_RELATION_ID) &&
          crm_import_row_add_known_records (reader, index, column))
        return;
      if (text == NULL || !crm_import_row_is_usable (reader, slot, column))
        continue;

      if ((int) index == reader->layout->company_slot)
        {
          if (row->company_name == NULL)
            take_company (reader, (int) column, text);
          continue;
        }

      if (slot->field->kind == CRM_KIND_MONEY)
        complete = complete_amount (reader, (int) column, text);
      row->values[index] = crm_import_row_parse (reader, index, (int) column,
                                                 complete != NULL ? complete : text);
      if (row->values[index] == NULL)
        return;
    }

  if (row->values[index] == NULL && slot->field->kind == CRM_KIND_DATE)
    read_date_parts (reader, index);
}

void
crm_import_row_read_fixed (CrmImportRowReader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  const char *text = g_ptr_array_index (slot->fixed, slot->fixed->len - 1);

  if ((int) index == reader->layout->company_slot)
    {
      g_free (reader->row->company_name);
      reader->row->company_name = crm_text_clean (text, FALSE);
      return;
    }

  reader->row->values[index] = crm_import_row_parse (reader, index, -1, text);
}
