/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of a value that is there where a row has one too. */

#include "config.h"

#include "crm-import-combine-private.h"

#include <string.h>

#include "crm-text.h"

#define BETWEEN_TEXTS ", "

CrmImportExisting
crm_import_layout_get_existing (const CrmImportLayout *self, guint slot)
{
  const GArray *columns = self->slots[slot].columns;
  CrmImportExisting existing = self->plan->existing;
  guint i;

  for (i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);
      CrmImportExisting own = g_array_index (self->columns, CrmImportColumn, column).existing;

      if (own != CRM_IMPORT_AS_PLAN)
        return own;
    }

  if (existing == CRM_IMPORT_AS_PLAN)
    existing = CRM_IMPORT_REPLACE;

  /* A record that many rows lead to is not changed back and forth by what each of them says of it. */
  return existing == CRM_IMPORT_REPLACE && self->relation != NULL && !self->is_reverse
             ? CRM_IMPORT_FILL_EMPTY
             : existing;
}

/* Appending */

/* Whether a word of @text goes on across @place */
static gboolean
is_in_word (const char *text, const char *place)
{
  return place > text && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (place))) &&
         g_unichar_isalnum (g_utf8_get_char (place));
}

/* As whole words: “City 5” says something that “City 50” does not */
static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = crm_text_fold (text);
  g_autofree char *folded_part = crm_text_fold (part);
  const char *found = strstr (folded, folded_part);

  while (found != NULL &&
         (is_in_word (folded, found) || is_in_word (folded, found + strlen (folded_part))))
    found = strstr (g_utf8_next_char (found), folded_part);

  return found != NULL;
}

/* What a record is called by, or known by elsewhere, is one thing and never two. */
static gboolean
can_append (const CrmImportLayout *layout, const CrmField *field)
{
  return (field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_LONGTEXT) &&
         field->id != layout->type->label_field->id &&
         !crm_import_layout_is_name_part (layout, field) &&
         (field->flags & (CRM_FIELD_UNIQUE | CRM_FIELD_SYSTEM)) == 0;
}

/* Line by line, for what is appended may have come from several rows. %NULL where all of it is there. */
static CrmValue *
append (const CrmField *field, const CrmValue *old, const CrmValue *value)
{
  const char *text = crm_value_get_text (value);
  const char *separator = field->kind == CRM_KIND_LONGTEXT ? "\n" : BETWEEN_TEXTS;
  g_autoptr (GString) all = g_string_new (crm_value_get_text (old));
  g_auto (GStrv) lines = NULL;
  gboolean any = FALSE;
  guint i;

  if (contains (all->str, text))
    return NULL;

  lines = g_strsplit (text, separator, -1);
  for (i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !contains (all->str, lines[i]))
      {
        g_string_append (all, separator);
        g_string_append (all, lines[i]);
        any = TRUE;
      }

  return any ? crm_value_new_text (all->str) : NULL;
}

/* Items */

static gboolean
has_all_items (const CrmValue *have, const CrmValue *want)
{
  guint i;

  for (i = 0; i < crm_value_get_n_items (want); i++)
    if (!crm_value_has_item (have, crm_value_get_item (want, i)))
      return FALSE;

  return TRUE;
}

static CrmValue *
unite (CrmValue *old, CrmValue *value)
{
  CrmValue *united = crm_value_unite (old, value);

  if (old != NULL && crm_value_get_n_items (united) == crm_value_get_n_items (old))
    g_clear_pointer (&united, crm_value_unref);

  return united;
}

CrmValue *
crm_import_combine (const CrmImportLayout *layout, guint slot, CrmValue *old, CrmValue *value)
{
  const CrmField *field = layout->slots[slot].field;
  CrmImportExisting existing = crm_import_layout_get_existing (layout, slot);
  gboolean repeated = crm_kind_is_repeated (field->kind);

  if (value == NULL || (field->flags & CRM_FIELD_READ_ONLY) != 0)
    return NULL;
  if (old == NULL)
    return crm_value_ref (value);

  switch (existing)
    {
    case CRM_IMPORT_FILL_EMPTY:
      return NULL;

    case CRM_IMPORT_APPEND:
      if (repeated)
        return unite (old, value);
      return can_append (layout, field) ? append (field, old, value) : NULL;

    case CRM_IMPORT_OVERWRITE:
      if (repeated && crm_value_get_n_items (old) == crm_value_get_n_items (value) &&
          has_all_items (old, value))
        return NULL;
      return crm_value_equal (old, value) ? NULL : crm_value_ref (value);

    case CRM_IMPORT_AS_PLAN:
    case CRM_IMPORT_REPLACE:
    default:
      if (repeated)
        return unite (old, value);
      return crm_value_equal (old, value) ? NULL : crm_value_ref (value);
    }
}

CrmValue *
crm_import_combine_rows (const CrmImportLayout *layout, guint slot, CrmValue *first, CrmValue *next)
{
  const CrmField *field = layout->slots[slot].field;
  CrmImportExisting existing = crm_import_layout_get_existing (layout, slot);
  g_autoptr (CrmValue) appended = NULL;

  if (first == NULL || next == NULL)
    return crm_value_ref (first != NULL ? first : next);
  if (crm_kind_is_repeated (field->kind) && existing != CRM_IMPORT_FILL_EMPTY)
    return crm_value_unite (first, next);

  switch (existing)
    {
    case CRM_IMPORT_FILL_EMPTY:
      return crm_value_ref (first);

    case CRM_IMPORT_APPEND:
      if (!can_append (layout, field))
        return crm_value_ref (first);
      appended = append (field, first, next);
      return appended != NULL ? g_steal_pointer (&appended) : crm_value_ref (first);

    case CRM_IMPORT_AS_PLAN:
    case CRM_IMPORT_REPLACE:
    case CRM_IMPORT_OVERWRITE:
    default:
      return crm_value_ref (next);
    }
}

/*
 * A name in one piece says all parts of it: those that it doesn't have are
 * cleared. Where the record is called so already, how it is split is left alone; so it is where
 * names are not to be replaced.
 */
void
crm_import_settle_name (const CrmImportLayout *layout,
                        const CrmRecord *record,
                        CrmImportRow *row,
                        gboolean *cleared)
{
  const CrmValue *label = crm_record_get_value (record, layout->type->label_field);
  g_autofree char *name = NULL;
  gboolean same;
  guint i;

  if (!row->is_whole_name)
    return;

  name = label != NULL ? crm_text_normalise_name (crm_value_get_text (label)) : NULL;
  same = g_strcmp0 (name, row->name) == 0;
  for (i = 0; i < layout->n_slots; i++)
    {
      CrmImportExisting existing = crm_import_layout_get_existing (layout, i);
      gboolean stays = existing == CRM_IMPORT_FILL_EMPTY || existing == CRM_IMPORT_APPEND;

      if (!crm_import_layout_is_name_part (layout, layout->slots[i].field))
        continue;
      if (same || (stays && label != NULL))
        g_clear_pointer (&row->values[i], crm_value_unref);
      else if (row->values[i] == NULL)
        cleared[i] = TRUE;
    }
}
