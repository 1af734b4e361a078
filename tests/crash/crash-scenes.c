/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crash-scenes.h"

#include <glib/gstdio.h>

#include "crm-attachment.h"
#include "crm-attachments.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-query.h"
#include "crm-trash.h"

#define N_PEOPLE 240
#define N_COMPANIES 12

static gint64
get_time (gpointer data)
{
  return SCENE_TIME;
}

gboolean
scene_open (TestWorkspace *test, const char *path, GError **error)
{
  test->folder = g_path_get_dirname (path);
  test->store = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, error);
  if (test->store == NULL)
    {
      g_clear_pointer (&test->folder, g_free);
      return FALSE;
    }

  crm_store_set_clock (test->store, get_time, NULL);
  return TRUE;
}

void
scene_close (TestWorkspace *test)
{
  crm_store_close (test->store);
  g_clear_object (&test->store);
  g_clear_pointer (&test->folder, g_free);
}

char *
scene_describe (TestWorkspace *test)
{
  g_autofree char *dump = test_dump (test);
  g_autoptr (GString) text = g_string_new (dump);
  g_autoptr (GPtrArray) trash = NULL;
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  /* Whatever names a file has it whole */
  crm_attachments_verify (test->store, missing, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (missing->len, ==, 0);

  trash = crm_trash_list (test->store, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < trash->len; i++)
    {
      const CrmTrashEntry *entry = g_ptr_array_index (trash, i);

      g_string_append_printf (text, "trash\t%" G_GINT64_FORMAT "\t%s\n", entry->id, entry->label);
    }

  acts = crm_history_list (test->store, 0, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < acts->len; i++)
    {
      const CrmAct *act = g_ptr_array_index (acts, i);

      g_string_append_printf (text, "act\t%" G_GINT64_FORMAT "\t%s\t%d\n", act->id, act->label,
                              act->undone_by != 0);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A file of people from @first to @last, as another program would have written it */
static char *
write_people (TestWorkspace *test, guint first, guint last, const char *city)
{
  g_autoptr (GString) text = g_string_new ("Name,E-mail,Phone,City,Company,Notes,Tags\n");

  for (guint i = first; i < last; i++)
    g_string_append_printf (text,
                            "Person %u,p%u@mail%u.example,+420 600 %03u %03u,%s,Firm %u,%s,%s\n", i,
                            i, i % 7, i / 1000, i % 1000, city, i % N_COMPANIES,
                            i % 10 == 0 ? "A note" : "", i % 3 == 0 ? "vip" : "");

  return test_write_csv (test, "people.csv", text->str);
}

static gboolean
import (TestWorkspace *test, guint first, guint last, const char *city, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  g_autofree char *file = write_people (test, first, last, city);
  g_autoptr (CrmTable) table = crm_table_open (file, NULL, NULL, error);
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  if (table == NULL)
    return FALSE;
  plan = crm_import_plan_new (test->store, crm_catalogue_find_type (catalogue, "people"), table,
                              error);
  if (plan == NULL)
    return FALSE;
  report = crm_import_plan_run (plan, FALSE, CRM_SOURCE_IMPORT, NULL, NULL, NULL, error);
  if (report == NULL)
    return FALSE;

  g_assert_cmpint (report->rejected, ==, 0);
  return TRUE;
}

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* All live records of a type, in the order of their creation */
static GArray *
list_ids (TestWorkspace *test, const char *type_name)
{
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (test->store),
                                                       type_name);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GError) error = NULL;
  GArray *ids = crm_query_run (query, test->store, NULL, &error);

  g_assert_no_error (error);
  g_array_sort (ids, compare_ids);
  return ids;
}

static gboolean
import_some (TestWorkspace *test, GError **error)
{
  return import (test, N_PEOPLE - 80, N_PEOPLE + 60, "Ústí nad Labem", error);
}

/* More than there are: indexes are dropped and built again */
static gboolean
import_many (TestWorkspace *test, GError **error)
{
  return import (test, N_PEOPLE, 6 * N_PEOPLE, "Brno", error);
}

static void
prepare_merge (TestWorkspace *test)
{
  g_autoptr (GArray) ids = list_ids (test, "people");

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT,
                                             g_array_index (ids, gint64, i % 4));

      test_create (test, "deals", "name", "A deal", "contact", id, "contacts", id, NULL);
      test_create (test, "activities", "subject", "A call", "when", "2026-01-02T10:00:00Z", "about",
                   id, NULL);
    }
}

static gboolean
merge (TestWorkspace *test, GError **error)
{
  const CrmRecordType *people = crm_catalogue_find_type (crm_store_get_catalogue (test->store),
                                                         "people");
  g_autoptr (GArray) ids = list_ids (test, "people");

  return crm_merge (test->store, people, (const gint64 *) (gpointer) ids->data, 4, NULL,
                    CRM_SOURCE_WINDOW, NULL, NULL, error);
}

static gboolean
edit_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  GArray *ids = data;
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *fields[] = {
    crm_record_type_find_field (people, "city"),
    crm_record_type_find_field (people, "emails"),
  };

  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *address = g_strdup_printf ("q%u@mail.example", i);
      g_autoptr (CrmValue) city = crm_value_new_text ("서울");
      g_autoptr (CrmValue) email = crm_value_new_item (address, "Work", address, 0, 0);
      CrmValue *values[] = { city, email };

      if (!crm_transaction_update (transaction, people, g_array_index (ids, gint64, i), fields,
                                   values, G_N_ELEMENTS (values), NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
edit_all (TestWorkspace *test, GError **error)
{
  g_autoptr (GArray) ids = list_ids (test, "people");

  return crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, edit_func, ids, NULL, NULL,
                          error);
}

static void
prepare_undo (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;

  import_some (test, &error);
  g_assert_no_error (error);
}

static void
prepare_undo_of_many (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;

  import_many (test, &error);
  g_assert_no_error (error);
}

static gboolean
undo (TestWorkspace *test, GError **error)
{
  return crm_history_undo (test->store, 0, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW,
                           NULL, NULL, error);
}

static void
prepare_redo (TestWorkspace *test)
{
  prepare_undo (test);
  test_undo (test, 0);
}

static gboolean
redo (TestWorkspace *test, GError **error)
{
  return crm_history_redo (test->store, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW,
                           NULL, NULL, error);
}

static void
prepare_destroy (TestWorkspace *test)
{
  g_autoptr (GArray) ids = list_ids (test, "people");
  g_autoptr (GError) error = NULL;

  crm_trash_put (test->store, (const gint64 *) (gpointer) ids->data, 60, CRM_SOURCE_WINDOW, NULL,
                 &error);
  g_assert_no_error (error);
}

static gboolean
destroy (TestWorkspace *test, GError **error)
{
  return crm_trash_destroy (test->store, NULL, 0, CRM_SOURCE_WINDOW, NULL, NULL, error);
}

/* Two files for each of a few people */
static gboolean
attach_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  TestWorkspace *test = data;
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *files = crm_record_type_find_field (people, "files");
  g_autoptr (GArray) ids = list_ids (test, "people");

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("file %u.txt", i);
      g_autofree char *content = g_strnfill (20000 + i, 'x');
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (CrmAttachment) attachment = NULL;

      stream = g_memory_input_stream_new_from_data (content, (gssize) (20000 + i), NULL);
      attachment = crm_attachment_new_from_stream (test->store, stream, name, NULL, error);
      if (attachment == NULL ||
          !crm_transaction_attach (transaction, people, g_array_index (ids, gint64, i / 2), files,
                                   &attachment, 1, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
attach (TestWorkspace *test, GError **error)
{
  return crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, attach_func, test, NULL,
                          NULL, error);
}

const Scene scenes[] = {
  { "import", NULL, import_some },   { "import-of-many", NULL, import_many },
  { "merge", prepare_merge, merge }, { "bulk-edit", NULL, edit_all },
  { "undo", prepare_undo, undo },    { "undo-of-many", prepare_undo_of_many, undo },
  { "redo", prepare_redo, redo },    { "destroy", prepare_destroy, destroy },
  { "attach", NULL, attach },        { "migration", NULL, NULL },
};

const guint n_scenes = G_N_ELEMENTS (scenes);

const Scene *
scene_find (const char *name)
{
  for (guint i = 0; i < n_scenes; i++)
    if (g_str_equal (scenes[i].name, name))
      return &scenes[i];

  return NULL;
}

void
scene_make (const Scene *scene, const char *path)
{
  TestWorkspace test = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = NULL;

  if (scene->run == NULL)
    {
      g_autofree char *old = g_test_build_filename (G_TEST_DIST, "fixtures", "workspaces",
                                                    "version-001.crm", NULL);
      g_autofree char *content = NULL;
      gsize size;

      g_file_get_contents (old, &content, &size, &error);
      g_assert_no_error (error);
      g_file_set_contents (path, content, (gssize) size, &error);
      g_assert_no_error (error);
      return;
    }

  store = crm_store_open (path, CRM_STORE_CREATE, 1000, NULL, &error);
  g_assert_no_error (error);
  crm_store_close (store);

  scene_open (&test, path, &error);
  g_assert_no_error (error);
  import (&test, 0, N_PEOPLE, "Praha", &error);
  g_assert_no_error (error);
  if (scene->prepare != NULL)
    scene->prepare (&test);
  scene_close (&test);
}
