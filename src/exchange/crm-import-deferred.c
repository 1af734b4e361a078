/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Relations within one file: a company's parent may stand below it. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <glib/gi18n.h>

typedef struct
{
  gint64 record;
  gint64 line;
  const CrmField *field;
  char *title; /* of the column */
  char *text;
  char *id; /* in the file */
} Deferred;

static void
deferred_free (gpointer data)
{
  Deferred *self = data;

  g_free (self->title);
  g_free (self->text);
  g_free (self->id);
  g_free (self);
}

void
crm_import_defer (CrmImportWriter *self, CrmImportRow *row, gint64 id)
{
  guint i;

  for (i = 0; row->deferred != NULL && i < row->deferred->len; i++)
    {
      CrmImportText *text = &g_array_index (row->deferred, CrmImportText, i);
      Deferred *deferred = g_new0 (Deferred, 1);

      deferred->record = id;
      deferred->line = row->line;
      deferred->field = self->layout->slots[text->slot].field;
      deferred->title = g_strdup (
          g_array_index (self->layout->columns, CrmImportColumn, text->column).title);
      deferred->text = g_steal_pointer (&text->text);
      deferred->id = g_steal_pointer (&text->id);
      if (self->deferred == NULL)
        self->deferred = g_ptr_array_new_with_free_func (deferred_free);
      g_ptr_array_add (self->deferred, deferred);
    }
}

static void
complain (CrmImportWriter *self, const Deferred *deferred)
{
  g_autofree char *message = g_strdup_printf (_ ("There is no such record; “%s” was left empty."),
                                              deferred->field->label);

  crm_import_report_add (self->report,
                         crm_problem_new (deferred->line, deferred->title, deferred->text,
                                          CRM_SEVERITY_WARNING, message));
}

static gboolean
link_records (CrmImportWriter *self,
              const Deferred *deferred,
              gint64 id,
              gint64 type_id,
              GError **error)
{
  g_autoptr (CrmValue) item = crm_value_new_item (NULL, NULL, NULL, id, type_id);
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (CrmRecord) record = NULL;
  gboolean changed;

  if (!crm_import_writer_load (self, deferred->record, &record, error))
    return FALSE;
  if (record == NULL || crm_record_get_state (record) != CRM_STATE_LIVE)
    return TRUE;

  value = crm_kind_is_repeated (deferred->field->kind)
              ? crm_value_unite (crm_record_get_value (record, deferred->field), item)
              : crm_value_ref (item);
  return crm_transaction_update (self->transaction, crm_import_writer_get_type (self),
                                 deferred->record, &deferred->field, &value, 1, &changed, NULL,
                                 error);
}

gboolean
crm_import_deferred_flush (CrmImportWriter *self, GError **error)
{
  guint i;

  for (i = 0; self->deferred != NULL && i < self->deferred->len; i++)
    {
      const Deferred *deferred = g_ptr_array_index (self->deferred, i);
      gint64 id, type_id;

      if (!crm_import_find_identified (self, deferred->field, deferred->id, &id, &type_id, error))
        return FALSE;
      if (id == 0)
        complain (self, deferred);
      else if (!link_records (self, deferred, id, type_id, error))
        return FALSE;
    }

  return TRUE;
}
