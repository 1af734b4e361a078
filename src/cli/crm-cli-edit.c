/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that change records. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-attachment.h"
#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-schema.h"
#include "crm-trash.h"

typedef enum
{
  ASSIGN_SET,
  ASSIGN_ADD,
  ASSIGN_REMOVE,
} AssignOperator;

/* "field=value" */
typedef struct
{
  const CrmField *field;
  AssignOperator op;
  char *text;
  CrmAttachment *attachment; /* the file that @text is the path of */
} Assignment;

typedef struct
{
  CrmCli *cli;
  const CrmRecordType *type;
  gint64 id; /* 0: a new record */
  GPtrArray *assignments;
} Edit;

static void
assignment_free (gpointer data)
{
  Assignment *assignment = data;

  g_free (assignment->text);
  g_clear_pointer (&assignment->attachment, crm_attachment_free);
  g_free (assignment);
}

static Assignment *
parse_assignment (const CrmRecordType *type, const char *word, GError **error)
{
  const char *equals = strchr (word, '=');
  Assignment *assignment;
  AssignOperator op = ASSIGN_SET;
  g_autofree char *name = NULL;
  const CrmField *field;

  if (!crm_cli_check_text (word, error))
    return NULL;
  if (equals == NULL || equals == word)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” sets no field. Write it as field=value."), word);
      return NULL;
    }
  if (equals[-1] == '+')
    op = ASSIGN_ADD;
  else if (equals[-1] == '-')
    op = ASSIGN_REMOVE;
  name = g_strndup (word, (gsize) (equals - word) - (op != ASSIGN_SET ? 1 : 0));

  field = crm_record_type_require_field (type, name, error);
  if (field == NULL)
    return NULL;
  if (op != ASSIGN_SET && !crm_kind_is_repeated (field->kind))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” holds one value. Use = to replace it."), field->name);
      return NULL;
    }
  if ((field->flags & CRM_FIELD_READ_ONLY) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is kept by the program. Leave it out."), field->name);
      return NULL;
    }

  assignment = g_new0 (Assignment, 1);
  assignment->field = field;
  assignment->op = op;
  assignment->text = g_strdup (equals + 1);
  return assignment;
}

static GPtrArray *
parse_assignments (CrmCli *cli, const CrmRecordType *type, guint first, GError **error)
{
  g_autoptr (GPtrArray) assignments = g_ptr_array_new_with_free_func (assignment_free);

  for (guint i = first; i < cli->n_words; i++)
    {
      Assignment *assignment = parse_assignment (type, cli->words[i], error);

      if (assignment == NULL)
        return NULL;
      g_ptr_array_add (assignments, assignment);
    }
  return g_steal_pointer (&assignments);
}

/* A tag that does not exist yet is made; any other choice has to be one of those there are */
static CrmValue *
make_choice (CrmTransaction *transaction, const CrmField *field, const char *text, GError **error)
{
  const CrmOption *option = NULL;
  g_autoptr (GString) known = NULL;

  if (field->kind == CRM_KIND_CHOICES)
    {
      if (!crm_schema_add_option (transaction, field, text, 0, &option, error))
        return NULL;
      return crm_value_new_item (option->label, NULL, NULL, option->id, 0);
    }

  known = g_string_new (NULL);
  for (guint i = 0; i < field->n_options; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", field->options[i]->label);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is no choice for %s. Use one of: %s."), text, field->label, known->str);
  return NULL;
}

static const char *
get_region (const CrmRecordType *type, GPtrArray *assignments)
{
  for (guint i = 0; i < assignments->len; i++)
    {
      const Assignment *assignment = g_ptr_array_index (assignments, i);

      if (g_str_equal (assignment->field->name, "country"))
        return assignment->text;
    }
  return NULL;
}

/* %NULL without @error for an empty text */
static CrmValue *
make_value (Edit *edit, CrmTransaction *transaction, const Assignment *assignment, GError **error)
{
  CrmStore *store = edit->cli->store;
  /* An option that this act made is only in its newest snapshot */
  const CrmField *field = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction),
                                                   assignment->field->id);
  CrmValueWarning warning = CRM_VALUE_OK;
  g_autoptr (GError) local_error = NULL;
  const char *country;
  CrmValue *value;

  if (assignment->text[0] == '\0')
    return NULL;
  if (assignment->attachment != NULL)
    return crm_attachment_keep (assignment->attachment, transaction, error)
               ? crm_attachment_make_value (assignment->attachment)
               : NULL;
  if (crm_kind_is_relation (field->kind))
    return crm_store_resolve (store, field, assignment->text, error);

  country = get_region (edit->type, edit->assignments);
  value = crm_value_parse (field, assignment->text, crm_store_get_locale (store), country, &warning,
                           &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (value == NULL && warning == CRM_VALUE_UNKNOWN_OPTION)
    /* What does not exist is on no record */
    return assignment->op == ASSIGN_REMOVE
               ? NULL
               : make_choice (transaction, field, assignment->text, error);
  return value;
}

/* The items of @value without those of @removed */
static CrmValue *
subtract (const CrmValue *value, const CrmValue *removed)
{
  g_autoptr (GArray) items = crm_item_array_new ();

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      const CrmItem *other = removed != NULL ? crm_value_get_item (removed, 0) : NULL;
      gboolean same = other != NULL && crm_item_is_same (item, other);

      if (!same)
        crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }
  return crm_value_new_items_take (g_steal_pointer (&items));
}

/* The files of @value without the one that is called @text, or whose hash it is */
static CrmValue *
detach (const CrmValue *value, const char *text, GError **error)
{
  g_autoptr (GArray) items = crm_item_array_new ();
  guint n_removed = 0;

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      gboolean by_hash = g_strcmp0 (item->key, text) == 0;

      if (by_hash || g_strcmp0 (item->text, text) == 0)
        n_removed += by_hash ? 0 : 1;
      else
        crm_item_array_add (items, item->text, item->label, item->key, 0, 0);
    }
  if (n_removed > 1)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("Several files are called “%s”. Give the hash of the one to remove; “show "
                      "--format json” prints it."),
                   text);
      return NULL;
    }

  return crm_value_new_items_take (g_steal_pointer (&items));
}

/* What @assignment makes of @before; %NULL without @error for nothing */
static CrmValue *
assign (Edit *edit,
        CrmTransaction *transaction,
        const Assignment *assignment,
        CrmValue *before,
        gboolean again,
        GError **error)
{
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean adds = crm_kind_is_repeated (assignment->field->kind) &&
                  (assignment->op == ASSIGN_ADD || again);

  if (assignment->field->kind == CRM_KIND_FILES && assignment->op == ASSIGN_REMOVE)
    return detach (before, assignment->text, error);

  value = make_value (edit, transaction, assignment, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (assignment->op == ASSIGN_REMOVE)
    return subtract (before, value);
  if (adds && assignment->attachment != NULL)
    return crm_attachment_append (assignment->attachment, before);
  if (adds)
    return crm_value_unite (before, value);

  return g_steal_pointer (&value);
}

/* What the assignments make of @record (nullable): field by field, in the order given */
static gboolean
apply_assignments (Edit *edit,
                   CrmTransaction *transaction,
                   const CrmRecord *record,
                   GPtrArray *fields,
                   GPtrArray *values,
                   GError **error)
{
  for (guint i = 0; i < edit->assignments->len; i++)
    {
      const Assignment *assignment = g_ptr_array_index (edit->assignments, i);
      g_autoptr (GError) local_error = NULL;
      CrmValue *before = NULL;
      CrmValue *after;
      gboolean again;
      guint index;

      again = g_ptr_array_find (fields, assignment->field, &index);
      if (again)
        before = g_ptr_array_index (values, index);
      else if (record != NULL)
        before = crm_record_get_value (record, assignment->field);

      after = assign (edit, transaction, assignment, before, again, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      if (again)
        {
          g_clear_pointer (&before, crm_value_unref);
          g_ptr_array_index (values, index) = after;
        }
      else
        {
          g_ptr_array_add (fields, (gpointer) assignment->field);
          g_ptr_array_add (values, after);
        }
    }
  return TRUE;
}

static void
value_clear (gpointer value)
{
  if (value != NULL)
    crm_value_unref (value);
}

static gboolean
edit_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Edit *edit = data;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (value_clear);
  g_autoptr (CrmRecord) record = NULL;

  if (edit->id != 0)
    {
      record = crm_store_get_record (edit->cli->store, edit->id, FALSE, NULL, error);
      if (record == NULL)
        return FALSE;
    }
  if (!apply_assignments (edit, transaction, record, fields, values, error))
    return FALSE;

  if (edit->id != 0)
    return crm_transaction_update (transaction, edit->type, edit->id,
                                   (const CrmField *const *) fields->pdata,
                                   (CrmValue *const *) values->pdata, fields->len, NULL, NULL,
                                   error);
  return crm_transaction_create (transaction, edit->type, (const CrmField *const *) fields->pdata,
                                 (CrmValue *const *) values->pdata, fields->len, &edit->id, NULL,
                                 error);
}

/* Reads the files that are to be attached, before the workspace is locked: they may be long. */
static gboolean
read_files (CrmCli *cli, GPtrArray *assignments, GError **error)
{
  for (guint i = 0; i < assignments->len; i++)
    {
      Assignment *assignment = g_ptr_array_index (assignments, i);
      g_autoptr (GFile) file = NULL;

      if (assignment->field->kind != CRM_KIND_FILES || assignment->op == ASSIGN_REMOVE ||
          assignment->text[0] == '\0')
        continue;

      file = g_file_new_for_path (assignment->text);
      assignment->attachment = crm_attachment_new (cli->store, file, NULL, NULL, NULL,
                                                   cli->cancellable, error);
      if (assignment->attachment == NULL)
        return FALSE;
    }

  return TRUE;
}

static int
run_edit (CrmCli *cli, Edit *edit, CrmActKind kind, GError **error)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (CrmRecord) record = NULL;

  if (!read_files (cli, edit->assignments, error) ||
      !crm_store_write (cli->store, kind, CRM_SOURCE_COMMAND_LINE, edit_func, edit,
                        cli->cancellable, &result, error))
    return 1;
  record = crm_store_get_record (cli->store, edit->id, FALSE, cli->cancellable, error);
  if (record == NULL)
    return 1;
  crm_cli_print_record (cli, record);
  crm_cli_warn_of_twins (cli, record);
  return 0;
}

static int
run_new (CrmCli *cli, GError **error)
{
  g_autoptr (GPtrArray) assignments = NULL;
  Edit edit = { .cli = cli };

  if (!crm_cli_open (cli, CRM_STORE_CREATE, error))
    return 3;
  edit.type = crm_cli_get_type (cli, 0, error);
  assignments = edit.type != NULL ? parse_assignments (cli, edit.type, 1, error) : NULL;
  if (assignments == NULL)
    return 2;
  edit.assignments = assignments;
  return run_edit (cli, &edit, CRM_ACT_CREATE, error);
}

static int
run_set (CrmCli *cli, GError **error)
{
  g_autoptr (GPtrArray) assignments = NULL;
  const CrmRecordType *found;
  Edit edit = { .cli = cli };

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  edit.type = crm_cli_get_type (cli, 0, error);
  if (edit.type == NULL || !crm_cli_get_id (cli, 1, &edit.id, error))
    return 1;
  assignments = parse_assignments (cli, edit.type, 2, error);
  if (assignments == NULL)
    return 2;
  found = crm_store_find_type_of (cli->store, edit.id, error);
  if (found == NULL)
    return 1;
  edit.assignments = assignments;
  return run_edit (cli, &edit, CRM_ACT_EDIT, error);
}

static int
run_delete (CrmCli *cli, GError **error)
{
  const CrmRecordType *type;
  g_autoptr (GArray) ids = NULL;
  g_auto (CrmWriteResult) result = { 0 };

  if (!crm_cli_open (cli, CRM_STORE_EXISTING, error))
    return 3;
  type = crm_cli_get_type (cli, 0, error);
  ids = type != NULL ? crm_cli_get_ids (cli, 1, error) : NULL;
  if (ids == NULL)
    return 1;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const CrmRecordType *found = crm_store_find_type_of (cli->store, id, error);

      if (found == NULL)
        return 1;
      if (found->id != type->id)
        {
          crm_record_set_not_found (error, type, id);
          return 1;
        }
    }
  if (!crm_trash_put (cli->store, (const gint64 *) (gpointer) ids->data, ids->len,
                      CRM_SOURCE_COMMAND_LINE, &result, error))
    return 1;
  crm_cli_print_act (cli, result.act_id, result.records, NULL);
  return 0;
}

const CrmCliCommand crm_cli_edit_commands[] = {
  { "new", "TYPE field=value…", N_ ("Creates a record"), NULL, 1, G_MAXUINT, run_new },
  { "set", "TYPE ID field=value…", N_ ("Changes a record; field+= adds, field-= removes"), NULL, 3,
    G_MAXUINT, run_set },
  { "delete", "TYPE ID…", N_ ("Moves records to the trash"), NULL, 2, G_MAXUINT, run_delete },
  { NULL, NULL, NULL, NULL, 0, 0, NULL },
};
