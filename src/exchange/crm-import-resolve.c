/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that name something in the workspace: options and records. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-schema.h"
#include "crm-text.h"

/* What a text stands for */
typedef enum
{
  FOUND,
  MISSING, /* it can be made */
  UNKNOWN, /* there is none, and none is made */
  AMBIGUOUS, /* several are called so */
  LATER, /* asked again when all rows are read */
} Answer;

static char *
make_key (const CrmField *field, gint64 parent, const char *text)
{
  g_autofree char *folded = crm_text_fold (text);

  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%s", field->id, parent,
                          folded);
}

/* Options */

/* The field whose options are the parents of this one's: the pipeline of a stage. %NULL for none */
static const CrmField *
find_parent_field (CrmImportWriter *self, const CrmField *field)
{
  guint i;

  for (i = 0; i < field->n_options; i++)
    if (field->options[i]->parent != 0)
      {
        const CrmOption *parent = crm_catalogue_get_option (self->layout->catalogue,
                                                            field->options[i]->parent);

        return parent != NULL ? crm_catalogue_get_field (self->layout->catalogue, parent->field_id)
                              : NULL;
      }

  return NULL;
}

/* Whether the row names a parent that has to be made first */
static gboolean
waits_for_parent (CrmImportWriter *self, const CrmImportRow *row, const CrmField *parent_field)
{
  guint i;

  for (i = 0; parent_field != NULL && i < row->texts->len; i++)
    {
      const CrmImportText *text = &g_array_index (row->texts, CrmImportText, i);

      if (self->layout->slots[text->slot].field->id == parent_field->id)
        return TRUE;
    }

  return FALSE;
}

/* The parent that the row gives; 0 where it gives none */
static gint64
get_parent (CrmImportWriter *self, const CrmImportRow *row, const CrmField *parent_field)
{
  int slot;

  if (parent_field == NULL)
    return 0;
  slot = self->layout->slot_of_field[parent_field->index];
  if (slot < 0 || row->values[slot] == NULL)
    return 0;

  return crm_value_get_integer (row->values[slot]);
}

static gboolean
find_option (CrmImportWriter *self,
             CrmImportRow *row,
             const CrmImportText *text,
             gboolean create,
             Answer *answer,
             gint64 *id,
             GError **error)
{
  const CrmField *field = self->layout->slots[text->slot].field;
  const CrmField *parent_field = find_parent_field (self, field);
  gint64 parent = get_parent (self, row, parent_field);
  const CrmOption *option;
  g_autofree char *key = NULL;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  const gint64 *known;

  *answer = MISSING;
  if (waits_for_parent (self, row, parent_field))
    return TRUE;

  *answer = FOUND;
  option = crm_field_find_option (field, text->text, parent);
  if (option != NULL)
    {
      *id = option->id;
      return TRUE;
    }

  /* A new stage belongs to a pipeline: the first one, where the row names none. */
  if (parent == 0 && parent_field != NULL && parent_field->n_options > 0)
    parent = parent_field->options[0]->id;

  key = make_key (field, parent, text->text);
  known = g_hash_table_lookup (self->options, key);
  if (known != NULL)
    {
      *id = *known;
      return TRUE;
    }

  *answer = self->plan->missing_options == CRM_IMPORT_MISSING_CREATE ? MISSING : UNKNOWN;
  if (!create || *answer == UNKNOWN)
    return TRUE;

  label = crm_text_clean (text->text, FALSE);
  if (!crm_schema_add_option (self->transaction, field, label, parent, &option, error))
    return FALSE;

  *answer = FOUND;
  *id = option->id;
  g_hash_table_insert (self->options, g_steal_pointer (&key),
                       g_memdup2 (&option->id, sizeof option->id));
  message = g_strdup_printf (_ ("“%s” had no such option; it was added."), field->label);
  crm_import_row_add_problem (row, self->layout, text->column, text->text, CRM_SEVERITY_WARNING,
                              message);

  return TRUE;
}

/* Records */

/* Sets @id to the only one of @ids */
static Answer
take_only (const GArray *ids, gint64 *id)
{
  if (ids->len == 1)
    *id = g_array_index (ids, gint64, 0);

  return ids->len == 1 ? FOUND : ids->len == 0 ? UNKNOWN : AMBIGUOUS;
}

static gboolean
find_by_id (CrmImportWriter *self,
            const CrmRecordType *type,
            const char *text,
            Answer *answer,
            gint64 *id,
            GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  char *end;
  gint64 number = g_ascii_strtoll (text, &end, 10);

  *answer = UNKNOWN;
  if (number <= 0 || *end != '\0')
    return TRUE;

  record = crm_transaction_peek (self->transaction, type, number, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record != NULL && crm_record_get_state (record) == CRM_STATE_LIVE)
    {
      *id = number;
      *answer = FOUND;
    }

  return TRUE;
}

static gboolean
find_by_key (CrmImportWriter *self,
             const CrmRecordType *type,
             const char *text,
             Answer *answer,
             gint64 *id,
             GError **error)
{
  CrmImportIndex *index = crm_import_writer_get_index (self, type, error);
  guint i;

  *answer = UNKNOWN;
  if (index == NULL)
    return FALSE;

  for (i = 0; i < type->n_fields && *answer == UNKNOWN; i++)
    {
      const CrmField *field = type->fields[i];
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (CrmValue) value = NULL;
      g_autofree char *key = NULL;

      if ((field->flags & CRM_FIELD_UNIQUE) == 0)
        continue;
      value = crm_value_parse (field, text, &self->layout->locale, NULL, NULL, NULL);
      if (value == NULL)
        continue;

      if (crm_kind_is_repeated (field->kind))
        key = g_strdup (crm_value_get_item (value, 0)->key != NULL
                            ? crm_value_get_item (value, 0)->key
                            : crm_value_get_item (value, 0)->text);
      else
        key = crm_record_keys_make (field, value);
      if (!crm_import_index_find (index, field, key, ids, error))
        return FALSE;
      *answer = take_only (ids, id);
    }

  return TRUE;
}

static gboolean
find_by_label (CrmImportWriter *self,
               const CrmRecordType *type,
               const char *text,
               Answer *answer,
               gint64 *id,
               GError **error)
{
  CrmImportIndex *index = crm_import_writer_get_index (self, type, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *name = NULL;

  if (index == NULL)
    return FALSE;

  name = type->standard && strcmp (type->name, "companies") == 0 ? crm_text_normalise_company (text)
                                                                 : crm_text_normalise_name (text);
  if (name == NULL || *name == '\0')
    {
      *answer = UNKNOWN;
      return TRUE;
    }
  if (!crm_import_index_find_name (index, name, -1, ids, error))
    return FALSE;
  *answer = take_only (ids, id);

  return TRUE;
}

/* By the id that it has in another program, or in the workspace that the file was exported from */
static gboolean
find_by_external_id (CrmImportWriter *self,
                     const CrmRecordType *type,
                     const char *text,
                     Answer *answer,
                     gint64 *id,
                     GError **error)
{
  const CrmField *field = crm_record_type_find_field (type, "external_id");
  CrmImportIndex *index = crm_import_writer_get_index (self, type, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  *answer = UNKNOWN;
  if (index == NULL)
    return FALSE;
  if (field == NULL)
    return TRUE;
  if (!crm_import_index_find (index, field, text, ids, error))
    return FALSE;
  *answer = take_only (ids, id);

  return TRUE;
}

static gboolean
find_in_type (CrmImportWriter *self,
              const CrmRecordType *type,
              const char *text,
              Answer *answer,
              gint64 *id,
              GError **error)
{
  if (!find_by_id (self, type, text, answer, id, error))
    return FALSE;
  if (*answer == UNKNOWN && !find_by_external_id (self, type, text, answer, id, error))
    return FALSE;
  if (*answer == UNKNOWN && !find_by_key (self, type, text, answer, id, error))
    return FALSE;
  if (*answer == UNKNOWN && !find_by_label (self, type, text, answer, id, error))
    return FALSE;

  return TRUE;
}

/* People, companies, deals and what users add; not tasks and notes, nor members */
static gboolean
is_target (const CrmRecordType *type)
{
  guint i;

  if (type->standard && strcmp (type->name, "members") == 0)
    return FALSE;
  for (i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_RELATIONS && type->fields[i]->target == 0)
      return FALSE;

  return TRUE;
}

static const CrmRecordType *
get_target (CrmImportWriter *self, const CrmField *field)
{
  const CrmCatalogue *catalogue = self->layout->catalogue;

  if (field->kind == CRM_KIND_MEMBER)
    return crm_catalogue_find_type (catalogue, "members");

  return field->target != 0 ? crm_catalogue_get_type (catalogue, field->target) : NULL;
}

/* The field stays empty, or the row is refused */
static void
complain (CrmImportWriter *self,
          CrmImportRow *row,
          const CrmImportText *text,
          const CrmField *field,
          Answer answer)
{
  gboolean is_record = crm_kind_is_relation (field->kind);
  CrmImportMissing missing = is_record ? self->plan->missing : self->plan->missing_options;
  gboolean refuses = missing == CRM_IMPORT_MISSING_REFUSE;
  g_autofree char *message = NULL;

  if (answer == AMBIGUOUS)
    message = refuses ? g_strdup_printf (_ ("Several records are called so; say which one “%s” is "
                                            "by its id or address."),
                                         field->label)
                      : g_strdup_printf (_ ("Several records are called so; “%s” was left empty."),
                                         field->label);
  else if (is_record)
    message = refuses ? g_strdup_printf (_ ("There is no such record for “%s”; make it first, or "
                                            "correct the cell."),
                                         field->label)
                      : g_strdup_printf (_ ("There is no such record; “%s” was left empty."),
                                         field->label);
  else
    message = refuses ? g_strdup_printf (_ ("“%s” has no such option; add it first, or correct the "
                                            "cell."),
                                         field->label)
                      : g_strdup_printf (_ ("There is no such option; “%s” was left empty."),
                                         field->label);

  crm_import_row_add_problem (row, self->layout, text->column, text->text,
                              refuses ? CRM_SEVERITY_REJECTED : CRM_SEVERITY_WARNING, message);
}

gboolean
crm_import_find_identified (CrmImportWriter *self,
                            const CrmField *field,
                            const char *text,
                            gint64 *id,
                            gint64 *type_id,
                            GError **error)
{
  const CrmCatalogue *catalogue = self->layout->catalogue;
  const CrmRecordType *type = get_target (self, field);
  Answer answer = UNKNOWN;
  guint i;

  *id = 0;
  for (i = 0; i < crm_catalogue_get_n_types (catalogue) && answer == UNKNOWN; i++)
    {
      const CrmRecordType *any = crm_catalogue_get_type_at (catalogue, i);

      if (type != NULL && any->id != type->id)
        continue;
      if (!find_by_id (self, any, text, &answer, id, error) ||
          (answer == UNKNOWN && !find_by_external_id (self, any, text, &answer, id, error)))
        return FALSE;
      *type_id = any->id;
    }

  return TRUE;
}

gboolean
crm_import_drop_other (CrmImportWriter *self,
                       const CrmRecordType *type,
                       const char *ref,
                       gint64 *id,
                       GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  const CrmValue *value;

  if (ref == NULL || *id == 0)
    return TRUE;
  record = crm_transaction_peek (self->transaction, type, *id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  value = record != NULL ? crm_record_get_value_by_name (record, "external_id") : NULL;
  if (value != NULL && strcmp (crm_value_get_text (value), ref) != 0)
    *id = 0;

  return TRUE;
}

/* Whether the record may come further down in the same file */
static gboolean
may_follow (const CrmImportWriter *self, const CrmImportText *text, const CrmRecordType *type)
{
  return text->id != NULL && self->plan->is_own &&
         (type == NULL || type->id == self->layout->type->id);
}

static gboolean
find_record (CrmImportWriter *self,
             CrmImportRow *row,
             const CrmImportText *text,
             gboolean create,
             Answer *answer,
             gint64 *id,
             gint64 *type_id,
             GError **error)
{
  const CrmField *field = self->layout->slots[text->slot].field;
  const CrmRecordType *type = get_target (self, field);
  guint i;

  *answer = UNKNOWN;
  if (text->id != NULL && !crm_import_find_identified (self, field, text->id, id, type_id, error))
    return FALSE;
  if (text->id != NULL && *id != 0)
    {
      *answer = FOUND;
      return TRUE;
    }
  if (may_follow (self, text, type))
    {
      *answer = LATER;
      return TRUE;
    }

  if (type != NULL)
    {
      if (!find_in_type (self, type, text->text, answer, id, error) ||
          (*answer == FOUND && !crm_import_drop_other (self, type, text->id, id, error)))
        return FALSE;
      if (*answer == FOUND && *id == 0)
        *answer = UNKNOWN;
      *type_id = type->id;
    }
  else
    {
      for (i = 0; i < crm_catalogue_get_n_types (self->layout->catalogue) && *answer == UNKNOWN;
           i++)
        {
          const CrmRecordType *any = crm_catalogue_get_type_at (self->layout->catalogue, i);

          if (is_target (any) && !find_in_type (self, any, text->text, answer, id, error))
            return FALSE;
          *type_id = any->id;
        }
    }

  /* An id of another program's is no name. */
  if (*answer != UNKNOWN || self->plan->missing != CRM_IMPORT_MISSING_CREATE || type == NULL ||
      (text->column >= 0 &&
       g_array_index (self->layout->columns, CrmImportColumn, text->column).role ==
           CRM_ROLE_RELATION_ID) ||
      !crm_import_can_create_named (self, type, text->text))
    return TRUE;

  *answer = MISSING;
  if (!create)
    return TRUE;
  if (!crm_import_create_named (self, type, text->text, text->id, id, error))
    return FALSE;
  if (*id == 0)
    {
      *answer = UNKNOWN;
      return TRUE;
    }
  *answer = FOUND;
  crm_import_row_add_problem (row, self->layout, text->column, text->text, CRM_SEVERITY_WARNING,
                              field->kind == CRM_KIND_MEMBER
                                  ? _ ("There was no such member; one was added.")
                                  : _ ("There was no such record; one was made."));

  return TRUE;
}

void
crm_import_add_item (CrmImportWriter *self,
                     CrmImportRow *row,
                     guint slot,
                     gint64 id,
                     gint64 type_id)
{
  g_autoptr (CrmValue) item = crm_value_new_item (NULL, NULL, NULL, id, type_id);
  CrmValue *old = row->values[slot];

  if (old != NULL && crm_kind_is_repeated (self->layout->slots[slot].field->kind))
    row->values[slot] = crm_value_unite (old, item);
  else
    row->values[slot] = g_steal_pointer (&item);

  g_clear_pointer (&old, crm_value_unref);
}

static void
defer (CrmImportRow *row, const CrmImportText *text)
{
  CrmImportText later = *text;

  later.text = g_strdup (text->text);
  later.id = g_strdup (text->id);
  if (row->deferred == NULL)
    row->deferred = g_array_new (FALSE, FALSE, sizeof (CrmImportText));
  g_array_append_val (row->deferred, later);
}

/* Takes care of the text at @index; @done: whether nothing is left to do for it */
static gboolean
resolve_text (CrmImportWriter *self,
              CrmImportRow *row,
              guint index,
              gboolean create,
              gboolean *done,
              GError **error)
{
  CrmImportText *text = &g_array_index (row->texts, CrmImportText, index);
  const CrmField *field = self->layout->slots[text->slot].field;
  gint64 id = 0;
  gint64 type_id = 0;
  Answer answer;
  gboolean ok;

  if (crm_kind_is_relation (field->kind))
    ok = find_record (self, row, text, create, &answer, &id, &type_id, error);
  else
    ok = find_option (self, row, text, create, &answer, &id, error);

  *done = ok && answer != MISSING && (answer != LATER || create);
  if (*done && answer == LATER)
    defer (row, text);
  else if (ok && answer == FOUND)
    crm_import_add_item (self, row, text->slot, id, type_id);
  else if (*done)
    complain (self, row, text, field, answer);

  return ok;
}

gboolean
crm_import_resolve_texts (CrmImportWriter *self, CrmImportRow *row, gboolean create, GError **error)
{
  gboolean again = TRUE;

  /* Some wait for others: a stage for its pipeline. */
  while (row->texts != NULL && again)
    {
      guint i = 0;

      again = FALSE;
      while (i < row->texts->len)
        {
          gboolean done;

          if (!resolve_text (self, row, i, create, &done, error))
            return FALSE;
          if (done)
            {
              g_free (g_array_index (row->texts, CrmImportText, i).text);
              g_free (g_array_index (row->texts, CrmImportText, i).id);
              g_array_remove_index (row->texts, i);
              again = TRUE;
            }
          else
            {
              i++;
            }
        }
    }

  return TRUE;
}
