/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-model.h"

#include <glib/gstdio.h>

#include "crm-check.h"
#include "crm-convert.h"
#include "crm-history.h"

void
test_init (int *argc, char ***argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("TZ", "Europe/Prague", TRUE);
  g_test_init (argc, argv, NULL);
}

TestWorkspace *
test_workspace_new (void)
{
  TestWorkspace *test = g_new0 (TestWorkspace, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  test->folder = g_dir_make_tmp ("crm-test-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (test->folder, "test.crm", NULL);
  test->store = crm_store_open (path, CRM_STORE_CREATE, 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (test->store);
  return test;
}

void
test_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        test_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
test_workspace_free (TestWorkspace *test)
{
  crm_store_close (test->store);
  g_assert_finalize_object (test->store);

  test_remove_folder (test->folder);
  g_free (test->folder);
  g_free (test);
}

const CrmRecordType *
test_get_type (CrmTransaction *transaction, const char *name)
{
  const CrmRecordType *type;

  type = crm_catalogue_find_type (crm_transaction_get_catalogue (transaction), name);
  g_assert_nonnull (type);
  return type;
}

static CrmValue *
parse_value (CrmStore *store, const CrmField *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  CrmValue *value;

  if (crm_kind_is_relation (field->kind))
    value = crm_store_resolve (store, field, text, &error);
  else
    value = crm_value_parse (field, text, crm_store_get_locale (store), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (value);
  return value;
}

CrmValue *
test_value (CrmTransaction *transaction, const CrmField *field, const char *text)
{
  return parse_value (crm_transaction_get_store (transaction), field, text);
}

typedef struct
{
  const CrmRecordType *type;
  GPtrArray *fields;
  GPtrArray *values;
  gint64 id;
} Record;

static gboolean
create_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Record *record = data;

  return crm_transaction_create (transaction, record->type,
                                 (const CrmField *const *) record->fields->pdata,
                                 (CrmValue *const *) record->values->pdata, record->fields->len,
                                 &record->id, NULL, error);
}

gint64
test_create (TestWorkspace *test, const char *type, ...)
{
  Record record = { 0 };
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  va_list args;

  record.type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), type);
  g_assert_nonnull (record.type);
  values = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);

  va_start (args, type);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const CrmField *field = crm_record_type_find_field (record.type, name);
      CrmValue *value;
      guint index;

      g_assert_nonnull (field);
      value = parse_value (test->store, field, va_arg (args, const char *));
      if (g_ptr_array_find (fields, field, &index))
        {
          CrmValue *united = crm_value_unite (g_ptr_array_index (values, index), value);

          crm_value_unref (value);
          crm_value_unref (g_ptr_array_index (values, index));
          g_ptr_array_index (values, index) = united;
          continue;
        }
      g_ptr_array_add (fields, (gpointer) field);
      g_ptr_array_add (values, value);
    }
  va_end (args);

  record.fields = fields;
  record.values = values;
  crm_store_write (test->store, CRM_ACT_CREATE, CRM_SOURCE_WINDOW, create_func, &record, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  g_assert_cmpint (record.id, >, 0);
  return record.id;
}

typedef struct
{
  const CrmRecordType *type;
  gint64 id;
  const CrmField *field;
  CrmValue *value;
} Update;

static gboolean
update_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Update *update = data;

  return crm_transaction_update (transaction, update->type, update->id, &update->field,
                                 &update->value, 1, NULL, NULL, error);
}

void
test_update (TestWorkspace *test, gint64 id, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmValue) value = NULL;
  Update update = { 0 };

  update.id = id;
  update.type = crm_store_find_type_of (test->store, id, &error);
  g_assert_no_error (error);
  update.field = crm_record_type_find_field (update.type, field);
  g_assert_nonnull (update.field);
  if (text[0] != '\0')
    value = parse_value (test->store, update.field, text);
  update.value = value;
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, update_func, &update, NULL, NULL,
                   &error);
  g_assert_no_error (error);
}

const char *
test_get_text (const CrmRecord *record, const char *field)
{
  static char *text;
  const CrmField *found;

  found = crm_record_type_find_field (crm_record_get_record_type (record), field);
  g_assert_nonnull (found);
  g_free (text);
  text = crm_value_to_text (found, crm_record_get_value (record, found));
  return text;
}

typedef struct
{
  guint n;
  gint64 first;
} People;

static gboolean
create_people_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  People *people = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *fields[] = {
    crm_record_type_find_field (type, "last_name"),
    crm_record_type_find_field (type, "emails"),
  };

  for (guint i = 0; i < people->n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i);
      g_autofree char *address = g_strdup_printf ("person%u@example.com", i);
      g_autoptr (CrmValue) last_name = test_value (transaction, fields[0], name);
      g_autoptr (CrmValue) email = test_value (transaction, fields[1], address);
      CrmValue *values[] = { last_name, email };
      gint64 id;

      if (!crm_transaction_create (transaction, type, fields, values, 2, &id, NULL, error))
        return FALSE;
      if (i == 0)
        people->first = id;
    }

  return TRUE;
}

gint64
test_create_people (TestWorkspace *test, guint n)
{
  People people = { n, 0 };
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, create_people_func, &people,
                   NULL, NULL, &error);
  g_assert_no_error (error);
  return people.first;
}

CrmState
test_get_state (TestWorkspace *test, gint64 id)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  return crm_record_get_state (record);
}

gint64
test_get_newest_act (TestWorkspace *test)
{
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;

  acts = crm_history_list (test->store, 0, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 1);
  return ((CrmAct *) g_ptr_array_index (acts, 0))->id;
}

char *
test_dump (TestWorkspace *test)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data;

  crm_check_dump (test->store, stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

static void
tell_conflicts (const CrmUndoResult *result)
{
  for (guint i = 0; i < result->conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (result->conflicts, i);
      g_autofree char *text = NULL;

      if (conflict->field != NULL)
        text = crm_value_to_text (conflict->field, conflict->now);
      g_test_message ("%s %" G_GINT64_FORMAT ": %s is now “%s”", conflict->type->name,
                      conflict->record_id,
                      conflict->field != NULL ? conflict->field->name : "state", text);
    }
}

void
test_undo (TestWorkspace *test, gint64 act_id)
{
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  tell_conflicts (&result);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, >, 0);
}

void
test_redo (TestWorkspace *test)
{
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_history_redo (test->store, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, NULL,
                    &result, &error);
  tell_conflicts (&result);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, >, 0);
}

void
test_assert_dump (TestWorkspace *test, const char *expected)
{
  g_autofree char *dump = test_dump (test);

  g_assert_cmpstr (dump, ==, expected);
}

void
test_assert_sound (TestWorkspace *test)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  findings = crm_check (test->store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static gboolean
give_up (gpointer data)
{
  g_error ("nothing happened within ten seconds");
  return G_SOURCE_REMOVE;
}

void
test_iterate_until_set (gpointer *pointer)
{
  guint timeout = g_timeout_add_seconds (10, give_up, NULL);

  while (*pointer == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

void
test_news_free (CrmNews *news)
{
  if (news != NULL)
    g_boxed_free (CRM_TYPE_NEWS, news);
}
