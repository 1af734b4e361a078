/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-cells-paste.h"

#include <glib/gi18n.h>

#include "crm-entry-text.h"
#include "crm-error.h"
#include "crm-schema.h"

struct _CrmCellsPaste
{
  const CrmRecordType *type;
  const CrmField *field;
  GArray *ids;
  char **texts;
  guint n_texts;
  CrmProgressFunc progress; /* nullable */
  gpointer progress_data;
};

/* Records that are read with one question */
#define CHUNK 500

/* Values */

/* A new tag is made on the way, a new choice is not */
static CrmValue *
make_option (CrmTransaction *transaction, const CrmField *field, const char *text, GError **error)
{
  const CrmOption *option;

  if (field->kind != CRM_KIND_CHOICES)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE, _ ("“%s” is no choice for %s."), text,
                   field->label);
      return NULL;
    }
  if (!crm_schema_add_option (transaction, field, text, 0, &option, error))
    return NULL;

  return crm_value_new_item (option->label, NULL, NULL, option->id, 0);
}

static gboolean
make_one (CrmTransaction *transaction,
          const CrmField *field,
          CrmRecord *record,
          const char *text,
          CrmValue **value,
          GError **error)
{
  CrmStore *store = crm_transaction_get_store (transaction);

  *value = NULL;
  if (*text == '\0')
    return TRUE;
  if (crm_kind_is_relation (field->kind))
    *value = crm_store_resolve (store, field, text, error);
  else if (!crm_entry_text_parse (store, field, record, text, NULL, value, error))
    return FALSE;
  else if (*value == NULL && (field->kind == CRM_KIND_CHOICE || field->kind == CRM_KIND_CHOICES))
    *value = make_option (transaction, field, text, error);
  else
    return TRUE;

  return *value != NULL;
}

/* Several values in one text, as they are copied. @value: (out) (nullable) */
static gboolean
make_several (CrmTransaction *transaction,
              const CrmField *field,
              CrmRecord *record,
              const char *text,
              CrmValue **value,
              GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GArray) items = crm_item_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (CrmValue) part = NULL;

      if (!make_one (transaction, field, record, g_strstrip (parts[i]), &part, error))
        return FALSE;
      for (guint j = 0; part != NULL && j < crm_value_get_n_items (part); j++)
        {
          const CrmItem *item = crm_value_get_item (part, j);

          crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
        }
    }
  *value = items->len > 0 ? crm_value_new_items_take (g_steal_pointer (&items)) : NULL;

  return TRUE;
}

static gboolean
make_value (CrmTransaction *transaction,
            const CrmField *field,
            CrmRecord *record,
            const char *text,
            CrmValue **value,
            GError **error)
{
  g_autoptr (CrmValue) typed = NULL;

  if (field->kind == CRM_KIND_CHOICES || field->kind == CRM_KIND_RELATIONS)
    return make_several (transaction, field, record, text, value, error);
  if (!make_one (transaction, field, record, text, &typed, error))
    return FALSE;

  *value = crm_kind_is_repeated (field->kind)
               ? crm_entry_text_replace_first (crm_record_get_value (record, field), typed)
               : g_steal_pointer (&typed);

  return TRUE;
}

/* Public API */

CrmCellsPaste *
crm_cells_paste_new (const CrmRecordType *type,
                     const CrmField *field,
                     const gint64 *ids,
                     guint n_ids,
                     const char *const *texts,
                     guint n_texts)
{
  CrmCellsPaste *self;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (n_texts == 1 || n_texts == n_ids, NULL);

  self = g_new0 (CrmCellsPaste, 1);
  self->type = type;
  self->field = field;
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids);
  g_array_append_vals (self->ids, ids, n_ids);
  self->texts = g_new0 (char *, n_texts + 1);
  for (guint i = 0; i < n_texts; i++)
    self->texts[i] = g_strstrip (g_strdup (texts[i]));
  self->n_texts = n_texts;

  return self;
}

void
crm_cells_paste_free (CrmCellsPaste *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->ids);
  g_strfreev (self->texts);
  g_free (self);
}

void
crm_cells_paste_set_progress (CrmCellsPaste *self, CrmProgressFunc progress, gpointer data)
{
  g_return_if_fail (self != NULL);

  self->progress = progress;
  self->progress_data = data;
}

/* With what a text is read by: the values that there are, and of phone numbers the country */
static GPtrArray *
read_records (CrmCellsPaste *self, CrmStore *store, guint first, guint n, GError **error)
{
  const CrmField *fields[] = { self->field, crm_record_type_find_field (self->type, "country") };
  g_autoptr (GPtrArray) records = NULL;

  records = crm_store_get_records (store, self->type, &g_array_index (self->ids, gint64, first), n,
                                   fields, fields[1] != NULL ? 2 : 1, NULL, error);
  if (records == NULL || records->len == n)
    return g_steal_pointer (&records);

  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                       _ ("Some of the rows have been deleted meanwhile. Select the rows again."));
  return NULL;
}

static gboolean
write_one (CrmCellsPaste *self,
           CrmTransaction *transaction,
           CrmRecord *record,
           const char *text,
           GError **error)
{
  /* An option that this act made is only in its newest snapshot */
  const CrmField *field = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction),
                                                   self->field->id);
  g_autoptr (CrmValue) value = NULL;

  return make_value (transaction, field, record, text, &value, error) &&
         crm_transaction_update (transaction, self->type, crm_record_get_id (record), &field,
                                 &value, 1, NULL, NULL, error);
}

gboolean
crm_cells_paste_write (CrmTransaction *transaction, gpointer data, GError **error)
{
  CrmCellsPaste *self = data;
  CrmStore *store = crm_transaction_get_store (transaction);

  for (guint first = 0; first < self->ids->len; first += CHUNK)
    {
      guint n = MIN (CHUNK, self->ids->len - first);
      g_autoptr (GPtrArray) records = read_records (self, store, first, n, error);

      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < n; i++)
        if (!write_one (self, transaction, g_ptr_array_index (records, i),
                        self->texts[self->n_texts > 1 ? first + i : 0], error))
          return FALSE;
      if (self->progress != NULL)
        self->progress ((double) (first + n) / self->ids->len, self->progress_data);
    }

  return TRUE;
}
