/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written in the cells of fields that hold several items. */

#include "config.h"

#include "crm-import-row-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-import-cell-private.h"
#include "crm-table-private.h"
#include "crm-text.h"

/* A number with the country code that stands in another column */
static char *
complete_phone (const CrmImportRowReader *reader, int column, const char *text)
{
  const char *code = crm_import_row_get_cell (reader,
                                              reader->layout->companions[column].calling_code,
                                              CRM_KIND_PHONES);

  if (code == NULL || text[0] == '+' || g_str_has_prefix (text, "00"))
    return g_strdup (text);

  /* Abroad the national prefix is left out. */
  if (text[0] == '0')
    text++;

  return g_strconcat (code[0] == '+' ? "" : "+", code, " ", text, NULL);
}

/* A name on another site where an address is wanted: "@jan" on X */
static char *
complete_link (const CrmImportColumn *column, const char *text)
{
  if (column->label == NULL || strpbrk (text, "./ ") != NULL)
    return NULL;
  if (text[0] == '@')
    text++;

  if (strcmp (column->label, "x") == 0)
    return g_strconcat ("https://x.com/", text, NULL);
  if (strcmp (column->label, "linkedin") == 0)
    return g_strconcat ("https://www.linkedin.com/in/", text, NULL);
  if (strcmp (column->label, "facebook") == 0)
    return g_strconcat ("https://www.facebook.com/", text, NULL);

  return NULL;
}

/* Google's own group of everybody is no tag of anybody. */
static gboolean
is_no_tag (const char *text)
{
  return g_str_has_prefix (text, "* ");
}

/* Of a link it is the site, of a file what it is and how long */
static gboolean
is_label_fixed (const CrmField *field)
{
  return field->kind == CRM_KIND_LINKS || field->kind == CRM_KIND_FILES;
}

static void
add_piece (CrmImportRowReader *reader,
           guint index,
           int column,
           const char *piece,
           const char *label,
           GArray *items)
{
  const CrmField *field = reader->layout->slots[index].field;
  g_autofree char *complete = NULL;
  g_autoptr (CrmValue) value = NULL;
  const CrmItem *item;

  if (field->kind == CRM_KIND_CHOICES && !reader->layout->plan->is_own && is_no_tag (piece))
    return;
  if (field->kind == CRM_KIND_PHONES && column >= 0)
    complete = complete_phone (reader, column, crm_import_cell_unguard (piece));
  if (field->kind == CRM_KIND_LINKS && column >= 0)
    complete = complete_link (crm_import_row_get_column (reader->layout, (guint) column), piece);

  if (field->kind == CRM_KIND_FILES)
    value = crm_table_parse_file (piece);
  if (value == NULL)
    value = crm_import_row_parse (reader, index, column, complete != NULL ? complete : piece);
  if (value == NULL)
    return;

  item = crm_value_get_item (value, 0);
  if (field->kind == CRM_KIND_DOMAINS && (field->flags & CRM_FIELD_UNIQUE) != 0 &&
      crm_domain_is_provider (crm_item_get_key (item)))
    {
      /* Two companies that have their mail there are not the same */
      crm_import_row_add_problem (reader->row, reader->layout, column, piece, CRM_SEVERITY_WARNING,
                                  _ ("This domain belongs to a mail provider; it was left out."));
      return;
    }

  /* A link's label is its kind. */
  if (!crm_item_array_has (items, item))
    crm_item_array_add (items, item->text,
                        is_label_fixed (field) || label == NULL ? item->label : label, item->key,
                        item->id, item->type_id);
}

static void
add_pieces (CrmImportRowReader *reader, guint index, int column, const char *text, GArray *items)
{
  const CrmField *field = reader->layout->slots[index].field;
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autofree char *label = NULL;
  guint i;

  pieces = reader->layout->plan->is_own && column >= 0
               ? crm_import_cell_split_list (text)
               : crm_import_cell_split (field, text,
                                        column >= 0 ? crm_import_row_get_column (reader->layout,
                                                                                 (guint) column)
                                                          ->writing.separator
                                                    : 0);
  if (column >= 0)
    {
      const char *given = crm_import_row_get_cell (reader, reader->layout->companions[column].label,
                                                   CRM_KIND_TEXT);

      if (given != NULL)
        labels = crm_import_cell_split_list (given);
      else
        label = g_strdup (crm_import_row_get_column (reader->layout, (guint) column)->label);
      if (labels != NULL && labels->len != pieces->len)
        {
          label = crm_import_cell_clean_label (given);
          g_clear_pointer (&labels, g_ptr_array_unref);
        }
    }

  for (i = 0; i < pieces->len; i++)
    {
      g_autofree char *own = NULL;

      if (labels != NULL && crm_import_cell_get_label (g_ptr_array_index (labels, i)) != NULL)
        own = crm_import_cell_clean_label (
            crm_import_cell_get_label (g_ptr_array_index (labels, i)));
      add_piece (reader, index, column, g_ptr_array_index (pieces, i), labels != NULL ? own : label,
                 items);
    }
}

void
crm_import_row_read_repeated (CrmImportRowReader *reader, guint index)
{
  const CrmImportSlot *slot = &reader->layout->slots[index];
  GArray *items = crm_item_array_new ();
  guint i;

  for (i = 0; i < slot->columns->len; i++)
    {
      guint column = g_array_index (slot->columns, guint, i);
      const char *text = crm_import_row_get_cell (reader, (int) column, slot->field->kind);

      if (!crm_import_row_add_known_records (reader, index, column) && text != NULL)
        add_pieces (reader, index, (int) column, text, items);
    }
  for (i = 0; slot->fixed != NULL && i < slot->fixed->len; i++)
    add_pieces (reader, index, -1, g_ptr_array_index (slot->fixed, i), items);

  reader->row->values[index] = crm_value_new_items_take (items);
}
