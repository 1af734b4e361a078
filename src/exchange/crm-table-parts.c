/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which tables there are in a file, and how each is found by what somebody calls it. */

#include "config.h"

#include "crm-table-parts-private.h"

#include <glib/gi18n.h>
#include <string.h>

CrmTableParts *
crm_table_parts_new (void)
{
  CrmTableParts *self = g_new0 (CrmTableParts, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->names, NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

static gpointer
copy_name (gconstpointer name, gpointer data)
{
  return g_strdup (name);
}

CrmTableParts *
crm_table_parts_copy (const CrmTableParts *self)
{
  CrmTableParts *copy = g_new0 (CrmTableParts, 1);

  copy->names = g_ptr_array_copy (self->names, copy_name, NULL);
  copy->lines = g_array_copy (self->lines);
  copy->n_sheets = self->n_sheets;
  copy->sheet = g_strdup (self->sheet);

  return copy;
}

void
crm_table_parts_free (CrmTableParts *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_array_unref (self->lines);
  g_free (self->sheet);
  g_free (self);
}

guint
crm_table_parts_count (const CrmTableParts *self)
{
  return self->lines->len;
}

const char *
crm_table_parts_get_name (const CrmTableParts *self, guint index)
{
  return g_ptr_array_index (self->names, index);
}

gint64
crm_table_parts_get_line (const CrmTableParts *self, guint index)
{
  return g_array_index (self->lines, gint64, index);
}

gboolean
crm_table_part_is_called (const char *part, const char *name)
{
  g_autofree char *folded_part = g_utf8_casefold (part, -1);
  g_autofree char *folded_name = g_utf8_casefold (name, -1);

  return g_utf8_collate (folded_part, folded_name) == 0;
}

/* The labels that came with the workspace are in the language it was made in, which need not be the
 * one of the moment; and "result.people" holds people. */
static gboolean
is_called_like (const char *part, const CrmRecordType *type)
{
  const char *const names[] = { type->name, type->label, type->label_many, _ (type->label),
                                _ (type->label_many) };
  const char *dot = strrchr (part, '.');
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    if (crm_table_part_is_called (part, names[i]) ||
        (dot != NULL && crm_table_part_is_called (dot + 1, names[i])))
      return TRUE;

  return FALSE;
}

gboolean
crm_table_parts_find_name (const CrmTableParts *self, const char *part, guint *index)
{
  for (*index = 0; *index < crm_table_parts_count (self); (*index)++)
    if (g_utf8_collate (crm_table_parts_get_name (self, *index), part) == 0)
      return TRUE;
  for (*index = 0; *index < crm_table_parts_count (self); (*index)++)
    if (crm_table_part_is_called (crm_table_parts_get_name (self, *index), part))
      return TRUE;

  return FALSE;
}

gboolean
crm_table_parts_find (const CrmTableParts *self, const char *part, guint *index)
{
  guint64 number;

  if (crm_table_parts_find_name (self, part, index))
    return TRUE;
  if (!g_ascii_string_to_unsigned (part, 10, 1, MAX (crm_table_parts_count (self), 1), &number,
                                   NULL))
    return FALSE;
  *index = (guint) number - 1;

  return TRUE;
}

void
crm_table_parts_find_type (const CrmTableParts *self, const CrmRecordType *type, guint *index)
{
  guint i;

  for (i = 0; type != NULL && i < crm_table_parts_count (self); i++)
    if (is_called_like (crm_table_parts_get_name (self, i), type))
      {
        *index = i;
        break;
      }
}

/* @name: (nullable): made where there is none */
static void
add (CrmTableParts *self, const char *name, gint64 line)
{
  g_autofree char *title = name != NULL
                               ? g_strdup (name)
                               : g_strdup_printf (_ ("Table %u"), crm_table_parts_count (self) + 1);
  guint other;

  if (name != NULL && crm_table_parts_find_name (self, name, &other))
    {
      g_free (title);
      title = g_strdup_printf ("%s (%u)", name, crm_table_parts_count (self) + 1);
    }
  g_ptr_array_insert (self->names, (int) crm_table_parts_count (self), g_steal_pointer (&title));
  g_array_append_val (self->lines, line);
}

void
crm_table_parts_add_sheet (CrmTableParts *self, const char *name)
{
  add (self, name, 0);
  self->n_sheets++;
}

void
crm_table_parts_add (CrmTableParts *self, const CrmCsvPart *table)
{
  g_autofree char *name = NULL;

  if (self->sheet == NULL)
    {
      add (self, table->name, table->first_line);
      return;
    }

  name = table->name != NULL ? g_strconcat (self->sheet, CRM_TABLE_PATH_SIGN, table->name, NULL)
                             : g_strdup_printf (_ ("%s › Table %u"), self->sheet,
                                                crm_table_parts_count (self) - self->n_sheets + 2);
  add (self, name, table->first_line);
}

guint
crm_table_parts_add_all (CrmTableParts *self, GPtrArray *tables)
{
  guint first = 0;
  guint i;

  if (self->sheet != NULL)
    crm_table_parts_find_name (self, self->sheet, &first);
  if (tables == NULL)
    return first;

  /* The only sheet of a workbook needs no name beside its tables. */
  if (self->sheet == NULL)
    {
      g_ptr_array_set_size (self->names, 0);
      g_ptr_array_add (self->names, NULL);
      g_array_set_size (self->lines, 0);
    }
  for (i = self->sheet != NULL ? 1 : 0; i < tables->len; i++)
    crm_table_parts_add (self, g_ptr_array_index (tables, i));

  return first;
}
