/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves comes back as it was. */

#include "test-exchange.h"

#include <string.h>

#include "crm-csv-writer.h"
#include "crm-demo.h"
#include "crm-export.h"
#include "crm-schema.h"

/* In an order in which what is pointed to comes first */
static const char *const types[] = { "members",    "companies", "people", "products", "deals",
                                     "activities", "tasks",     "notes",  "things" };

static const CrmRecordType *
find_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

static char *
export_to_text (TestWorkspace *test, const char *type, const CrmExportOptions *options)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (CrmExport) export = crm_export_new (test->store, options);
  g_autoptr (CrmQuery) query = crm_query_new (find_type (test, type));
  g_autoptr (GError) error = NULL;

  crm_export_add (export, query, NULL);
  crm_export_write_stream (export, stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* A type of the user's own with a field of every kind that can be added */
static gboolean
add_things_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = NULL;

  if (!crm_schema_add_type (transaction, "things", "Thing", "Things", &type, error))
    return FALSE;
  for (guint i = 0; i < CRM_N_KINDS; i++)
    {
      const CrmKindInfo *info = crm_kind_get_info (i);
      CrmFieldSpec spec = { .name = info->name, .kind = i };

      if (crm_kind_is_relation (i) && i != CRM_KIND_MEMBER)
        spec.target = test_get_type (transaction, "people");
      if (info->addable &&
          !crm_schema_add_field (transaction, test_get_type (transaction, "things"), &spec, NULL,
                                 error))
        return FALSE;
    }
  return TRUE;
}

static void
add_things (TestWorkspace *test)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_TYPE, CRM_SOURCE_WINDOW, add_things_func, NULL, NULL,
                   &result, &error);
  g_assert_no_error (error);
}

/* Exports each type, imports it into an empty workspace as it is proposed, and exports that */
static void
assert_round_trip (TestWorkspace *test, const CrmExportOptions *options)
{
  g_autoptr (TestWorkspace) other = test_workspace_new ();

  if (find_type (test, "things") != NULL)
    add_things (other);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      g_autoptr (CrmImportReport) report = NULL;

      if (find_type (test, types[i]) == NULL)
        continue;
      text = export_to_text (test, types[i], options);
      report = test_import (other, types[i], text);
      g_assert_cmpint (report->rejected, ==, 0);
      again = export_to_text (other, types[i], options);
      g_assert_cmpstr (again, ==, text);
    }

  /* And into the workspace it came from nothing new comes */
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (find_type (test, types[i]) != NULL)
      {
        g_autofree char *text = export_to_text (test, types[i], options);
        g_autoptr (CrmImportReport) report = test_import (test, types[i], text);

        test_assert_counts (report, 0, 0, report->rows, 0);
      }
}

static void
test_demo_round_trip (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmExportOptions options = { .format = CRM_FORMAT_CSV };
  const CrmExportOptions quoted = { .format = CRM_FORMAT_CSV,
                                    .delimiter = ';',
                                    .quote_all = TRUE,
                                    .byte_order_mark = TRUE,
                                    .api_names = TRUE };
  g_autoptr (GError) error = NULL;

  crm_demo_fill (test->store, 7, NULL, &error);
  g_assert_no_error (error);
  assert_round_trip (test, &options);
  assert_round_trip (test, &quoted);
}

static char *
make_id_text (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

/* What readers guess at, run, cut off or take for nothing */
static void
fill_with_nasty_values (TestWorkspace *test)
{
  g_autofree char *member = NULL;
  g_autofree char *company = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64 id;

  id = test_create (test, "members", "name", "'Quoted", "email", "q@example.com", NULL);
  member = make_id_text (id);
  id = test_create (test, "companies", "name", "=HYPERLINK(\"http://x\";\"y\")", "domains",
                    "acme.example", NULL);
  company = make_id_text (id);
  id = test_create (test, "companies", "name", "한국 전자; (주)", "parent", company,
                    "annual_revenue", "1.234 KWD", NULL);
  {
    g_autofree char *parent = make_id_text (id);

    id = test_create (test, "companies", "name", "-", "parent", parent, NULL);
    test_create (test, "companies", "name", "Řehoř, a.s.", "status", "Partner", NULL);
  }

  id = test_create (test, "people", "first_name", "Jan Petr", "emails", "jp@acme.example", "owner",
                    member, NULL);
  first = make_id_text (id);
  test_create (test, "people", "middle_name", "Jen", "nickname", "'90s", NULL);
  test_create (test, "people", "first_name", "'=x", "last_name", "＝1+1", "description",
               "=cmd\nline; \"two\"", "phones", "call me", "birthday", "--02-29", "referred_by",
               first, "company", company, NULL);
  test_create (test, "people", "emails", "only@example.com", "street", "-", "city", "N/A",
               "department", "none", NULL);
  /* Two of one name are told apart by their ids */
  test_create (test, "people", "first_name", "Jan", "last_name", "Novák", NULL);
  id = test_create (test, "people", "first_name", "Jan", "last_name", "Novák", NULL);
  second = make_id_text (id);

  test_create (test, "deals", "name", "Big", "contact", second, "contacts", first, "contacts",
               second, "company", company, "amount", "0.01 EUR", "probability", "55", NULL);
  test_create (test, "tasks", "title", "T", "about", second, "about", company, "due",
               "2024-01-02T14:30", "assignee", member, NULL);
  test_create (test, "notes", "body", "- one\n= two", "about", second, NULL);
  test_create (test, "notes", "body", "x", "about", second, NULL);
  test_create (test, "activities", "subject", "S", "when", "2024-01-02T03:04:05.678Z", NULL);
  test_create (test, "products", "name", "P", "price", "5000 JPY", NULL);

  test_create (test, "things", "name", "+1", "text", "@a", "longtext", "a\n\nb", "integer", "1234",
               "decimal", "1.234", "percent", "12.5", "money", "-1234.567 KWD", "checkbox", "false",
               "date", "2024-03-04", "datetime", "2024-03-04T05:06:07.089Z", "rating", "5",
               "emails", "x@y.example", "phones", "+420601234567", "domains", "y.example", "links",
               "https://www.linkedin.com/in/x", "relation", second, "member", member, NULL);
  test_create (test, "things", "name", "+1", "decimal", "2.5", "integer", "1000000", "relation",
               first, "money", "5000 JPY", NULL);
}

static void
test_nasty_round_trip (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmExportOptions options = { .format = CRM_FORMAT_CSV };
  const CrmExportOptions tabs = { .format = CRM_FORMAT_CSV, .delimiter = '\t' };

  add_things (test);
  fill_with_nasty_values (test);
  assert_round_trip (test, &options);
  assert_round_trip (test, &tabs);
}

static void
test_labels_stay_with_their_addresses (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  const CrmExportOptions options = { .format = CRM_FORMAT_CSV };
  g_autofree char *text = NULL;

  report = test_import (
      test, "people",
      "Last Name,E-mail Addresses,E-mail Addresses: Labels\n"
      "Novák,a@example.com;b@example.com;c@example.com;d@example.com,Work;-;--;x;;y\n"
      "Adams,e@example.com,Home\n");
  test_assert_counts (report, 2, 0, 0, 0);
  text = export_to_text (test, "people", &options);
  g_assert_nonnull (strstr (text, ",a@example.com;b@example.com;c@example.com;d@example.com,"
                                  "Work;-;--;x;;y,"));
  g_assert_nonnull (strstr (text, ",e@example.com,Home,"));
  assert_round_trip (test, &options);
}

/* A file of one type brings along what it points to */
static void
test_one_type_alone (void)
{
  static const CrmFormat formats[] = { CRM_FORMAT_CSV, CRM_FORMAT_VCARD };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;

  crm_demo_fill (test->store, 7, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const CrmExportOptions options = { .format = formats[i] };
      g_autoptr (TestWorkspace) other = test_workspace_new ();
      g_autofree char *text = export_to_text (test, "people", &options);
      g_autoptr (CrmImportReport) report = test_import (other, "people", text);
      g_autofree char *again = NULL;

      g_assert_cmpint (report->created, ==, test_count (test, "people"));
      again = export_to_text (other, "people", &options);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_formulas_are_guarded_and_restored (void)
{
  static const char *const formulas[] = { "=1+1", "+1",  "-1",  "@x",  "\t=x",  "\r=x", "\n=x",
                                          "＝1",  "＋1", "－1", "＠x", "'=1+1", "''=1" };
  static const char *const harmless[] = { "'90s", "'", "''", "a=b", "", "Novák", "'tis" };

  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autofree char *cell = crm_csv_make_cell (NULL, formulas[i]);

      g_assert_cmpint (cell[0], ==, '\'');
      g_assert_cmpstr (crm_csv_unguard_cell (cell), ==, formulas[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      g_autofree char *cell = crm_csv_make_cell (NULL, harmless[i]);

      g_assert_cmpstr (cell, ==, harmless[i]);
      g_assert_cmpstr (crm_csv_unguard_cell (cell), ==, harmless[i]);
    }
}

/* Cancels when half is written */
static void
cancel_at_half (double fraction, gpointer data)
{
  if (fraction >= 0.5)
    g_cancellable_cancel (data);
}

static void
test_cancelled_leaves_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmExportOptions options = { .format = CRM_FORMAT_CSV };
  g_autoptr (CrmQuery) query = NULL;
  g_autofree char *path = test_write_csv (test, "old.csv", "old\n");
  g_autofree char *folder_path = g_build_filename (test->folder, "all", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  g_autoptr (GDir) directory = NULL;
  g_autofree char *text = NULL;
  const char *name;

  test_create_people (test, 2000);
  query = crm_query_new (find_type (test, "people"));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (CrmExport) export = crm_export_new (test->store, &options);
      g_autoptr (GError) error = NULL;

      if (i == 0)
        crm_export_add (export, query, NULL);
      else
        crm_export_add_everything (export);
      g_assert_false (crm_export_write (export, i == 0 ? file : folder, cancel_at_half, cancellable,
                                        cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "old\n");
  g_assert_false (g_file_test (folder_path, G_FILE_TEST_EXISTS));
  directory = g_dir_open (test->folder, 0, NULL);
  while ((name = g_dir_read_name (directory)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".part"));
}

/* Renames the last person as soon as the first ones are written */
typedef struct
{
  TestWorkspace *test;
  gint64 last;
} Meddler;

static void
meddle (double fraction, gpointer data)
{
  Meddler *meddler = data;

  if (meddler->last != 0)
    test_update (meddler->test, meddler->last, "last_name", "Meddled");
  meddler->last = 0;
}

static void
test_everything_is_of_one_moment (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmExportOptions options = { .format = CRM_FORMAT_CSV };
  g_autoptr (CrmExport) export = crm_export_new (test->store, &options);
  g_autoptr (CrmQuery) query = NULL;
  g_autofree char *path = g_build_filename (test->folder, "out.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Meddler meddler = { test, test_create_people (test, 1000) + 999 };

  query = crm_query_new (find_type (test, "people"));
  crm_export_add (export, query, NULL);
  crm_export_write (export, file, meddle, &meddler, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_export_get_n_written (export), ==, 1000);
  g_assert_cmpint (meddler.last, ==, 0);
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_null (strstr (text, "Meddled"));
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/export/demo-round-trip", test_demo_round_trip);
  g_test_add_func ("/export/nasty-round-trip", test_nasty_round_trip);
  g_test_add_func ("/export/labels-stay-with-their-addresses",
                   test_labels_stay_with_their_addresses);
  g_test_add_func ("/export/one-type-alone", test_one_type_alone);
  g_test_add_func ("/export/formulas-are-guarded-and-restored",
                   test_formulas_are_guarded_and_restored);
  g_test_add_func ("/export/cancelled-leaves-nothing", test_cancelled_leaves_nothing);
  g_test_add_func ("/export/everything-is-of-one-moment", test_everything_is_of_one_moment);

  return g_test_run ();
}
