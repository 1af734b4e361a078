/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the cells of a row to the values of a record, as far as that needs no
 * look into the workspace. Runs in workers. */

#include "config.h"

#include "crm-import-row-private.h"

#include <glib/gi18n.h>

#include "crm-import-cell-private.h"
#include "crm-text.h"

const CrmImportColumn *
crm_import_row_get_column (const CrmImportLayout *layout, guint i)
{
  return &g_array_index (layout->columns, CrmImportColumn, i);
}

/* The text of a cell, or %NULL where it is empty */
const char *
crm_import_row_get_cell (const CrmImportRowReader *reader, int column, CrmKind kind)
{
  const char *text;

  if (column < 0 || (guint) column >= reader->row->n_cells)
    return NULL;

  text = reader->row->cells[column];
  while (g_ascii_isspace (*text))
    text++;
  text = crm_import_cell_unguard (text);

  if (reader->layout->plan->is_own)
    kind = CRM_KIND_TEXT;

  return crm_import_cell_is_empty (text, kind) ? NULL : text;
}

void
crm_import_row_take_problems (CrmImportRow *row, CrmImportRow *related)
{
  g_assert (row != NULL);
  g_assert (related != NULL);

  row->rejected = row->rejected || related->rejected;
  if (related->problems == NULL)
    return;

  if (row->problems == NULL)
    row->problems = g_steal_pointer (&related->problems);
  else
    g_ptr_array_extend_and_steal (row->problems, g_steal_pointer (&related->problems));
}

void
crm_import_row_add_problem (CrmImportRow *row,
                            const CrmImportLayout *layout,
                            int column,
                            const char *value,
                            CrmSeverity severity,
                            const char *message)
{
  if (row->problems == NULL)
    row->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_problem_free);

  g_ptr_array_add (row->problems,
                   crm_problem_new (row->line,
                                    column >= 0
                                        ? crm_import_row_get_column (layout, (guint) column)->title
                                        : NULL,
                                    value, severity, message));
  if (severity == CRM_SEVERITY_REJECTED)
    row->rejected = TRUE;
}

/* @id: (nullable): of the record that is called so */
void
crm_import_row_add_text (CrmImportRowReader *reader,
                         guint slot,
                         int column,
                         const char *text,
                         const char *id)
{
  CrmImportText entry = { slot, column, g_strdup (text), g_strdup (id) };

  if (reader->row->texts == NULL)
    reader->row->texts = g_array_new (FALSE, FALSE, sizeof (CrmImportText));
  g_array_append_val (reader->row->texts, entry);
}

/* Records whose ids the file says besides what they are called; whether it does */
gboolean
crm_import_row_add_known_records (CrmImportRowReader *reader, guint index, guint column)
{
  const CrmImportLayout *layout = reader->layout;
  const CrmField *field = layout->slots[index].field;
  gboolean ids_only = crm_import_row_get_column (layout, column)->role == CRM_ROLE_RELATION_ID;
  const char *text = ids_only ? NULL
                              : crm_import_row_get_cell (reader, (int) column, CRM_KIND_TEXT);
  const char *ids_text;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) names = NULL;
  guint i;

  if (!crm_kind_is_relation (field->kind))
    return FALSE;
  ids_text = crm_import_row_get_cell (reader,
                                      ids_only ? (int) column : layout->companions[column].id,
                                      CRM_KIND_TEXT);
  if (ids_text == NULL)
    return FALSE;

  ids = crm_import_cell_split_list (ids_text);
  if (text != NULL && crm_kind_is_repeated (field->kind))
    names = crm_import_cell_split_list (text);
  for (i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const char *name = id;

      if (names != NULL && names->len == ids->len)
        name = g_ptr_array_index (names, i);
      else if (text != NULL && ids->len == 1)
        name = text;
      crm_import_row_add_text (reader, index, (int) column, name, id);
    }

  return TRUE;
}

const char *
crm_import_row_get_text (const CrmImportRowReader *reader, const char *field_name)
{
  int slot = crm_import_layout_find_slot (reader->layout, field_name);

  if (slot < 0 || reader->row->values[slot] == NULL)
    return NULL;

  return crm_value_get_text (reader->row->values[slot]);
}

void
crm_import_row_set_text (CrmImportRowReader *reader, const char *field_name, const char *text)
{
  int slot = crm_import_layout_find_slot (reader->layout, field_name);

  if (slot < 0 || text == NULL)
    return;

  g_clear_pointer (&reader->row->values[slot], crm_value_unref);
  reader->row->values[slot] = crm_value_new_text (text);
}

static gboolean
is_blank (const CrmImportRow *row, const CrmImportLayout *layout)
{
  guint i;

  if (row->texts != NULL || row->company_name != NULL || row->company_domain != NULL ||
      row->note != NULL)
    return FALSE;

  for (i = 0; i < layout->n_slots; i++)
    if (row->values[i] != NULL && layout->slots[i].fixed == NULL &&
        (layout->slots[i].field->flags & CRM_FIELD_SYSTEM) == 0)
      return FALSE;

  return TRUE;
}

/* One record's part of a row */
static void
read_record (CrmImportRow *row, const CrmImportLayout *layout)
{
  CrmImportRowReader reader = { .row = row, .layout = layout };
  const char *text;
  guint i;

  row->values = g_new0 (CrmValue *, layout->n_slots + 1);
  crm_import_row_choose_address (&reader);
  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmImportSlot *slot = &layout->slots[i];

      /* Numbers are dialled from a country that is known only where they are. */
      if (slot->field->kind == CRM_KIND_PHONES && reader.region == NULL)
        crm_import_row_find_region (&reader);

      if (crm_kind_is_repeated (slot->field->kind))
        crm_import_row_read_repeated (&reader, i);
      else if (slot->fixed != NULL)
        crm_import_row_read_fixed (&reader, i);
      else
        crm_import_row_read_single (&reader, i);
    }

  crm_import_row_read_name (&reader);
  if (reader.address_group != 0)
    crm_import_row_read_street (&reader);
  crm_import_row_read_company (&reader);
  crm_import_row_name (&reader);

  text = crm_import_row_get_cell (&reader, layout->note_column, CRM_KIND_TEXT);
  if (text != NULL)
    row->note = crm_text_clean (text, TRUE);
  text = crm_import_row_get_cell (&reader, layout->id_column, CRM_KIND_MEMBER);
  if (text != NULL)
    row->record_id = crm_text_clean (text, FALSE);

  row->is_blank = is_blank (row, layout);
}

static void
read_related (CrmImportRow *row, const CrmImportLayout *layout)
{
  guint i;

  row->related = g_new0 (CrmImportRow, layout->n_related);
  for (i = 0; i < layout->n_related; i++)
    {
      CrmImportRow *related = &row->related[i];

      related->line = row->line;
      related->cells = row->cells;
      related->n_cells = row->n_cells;
      read_record (related, layout->related[i].layout);
      crm_import_row_take_problems (row, related);
    }
}

void
crm_import_row_read (CrmImportRow *row, const CrmImportLayout *layout)
{
  g_assert (row != NULL);
  g_assert (layout != NULL);

  if (row->damaged)
    {
      row->values = g_new0 (CrmValue *, layout->n_slots + 1);
      crm_import_row_add_problem (row, layout, -1, NULL, CRM_SEVERITY_REJECTED,
                                  _ ("Letters of this row are damaged; save the file as UTF-8 "
                                     "again and import the row from there."));
      return;
    }

  read_record (row, layout);
  if (layout->n_related > 0)
    read_related (row, layout);
  if (!row->rejected && row->is_blank)
    crm_import_row_add_problem (row, layout, -1, NULL, CRM_SEVERITY_REJECTED,
                                _ ("There is nothing in this row that could be kept; fill in a "
                                   "name or an address."));
}

/* What the writer would make of the row: it has enough to do. */
void
crm_import_row_make_texts (CrmImportRow *row, const CrmImportLayout *layout)
{
  const CrmField **fields;
  guint i;

  g_assert (row != NULL);
  g_assert (layout != NULL);

  if (row->rejected)
    return;

  fields = g_newa (const CrmField *, layout->n_slots + 1);
  for (i = 0; i < layout->n_slots; i++)
    fields[i] = layout->slots[i].field;
  row->texts_of_record = crm_record_texts_new (layout->plan->store, layout->type, fields,
                                               row->values, layout->n_slots);
}

static void
text_clear (gpointer data)
{
  CrmImportText *text = data;

  g_free (text->text);
  g_free (text->id);
}

void
crm_import_row_clear (CrmImportRow *row, const CrmImportLayout *layout)
{
  guint i;

  for (i = 0; row->related != NULL && i < layout->n_related; i++)
    crm_import_row_clear (&row->related[i], layout->related[i].layout);
  g_clear_pointer (&row->related, g_free);
  for (i = 0; row->values != NULL && i < layout->n_slots; i++)
    g_clear_pointer (&row->values[i], crm_value_unref);
  g_clear_pointer (&row->values, g_free);
  g_clear_pointer (&row->texts_of_record, crm_record_texts_free);
  for (i = 0; row->texts != NULL && i < row->texts->len; i++)
    text_clear (&g_array_index (row->texts, CrmImportText, i));
  g_clear_pointer (&row->texts, g_array_unref);
  for (i = 0; row->deferred != NULL && i < row->deferred->len; i++)
    text_clear (&g_array_index (row->deferred, CrmImportText, i));
  g_clear_pointer (&row->deferred, g_array_unref);
  g_clear_pointer (&row->problems, g_ptr_array_unref);
  g_clear_pointer (&row->company_hints, g_ptr_array_unref);
  g_clear_pointer (&row->company_name, g_free);
  g_clear_pointer (&row->company_ref, g_free);
  g_clear_pointer (&row->company_normal, g_free);
  g_clear_pointer (&row->company_domain, g_free);
  g_clear_pointer (&row->note, g_free);
  g_clear_pointer (&row->record_id, g_free);
  g_clear_pointer (&row->name, g_free);
}
