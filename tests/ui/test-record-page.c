/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor.h"
#include "crm-query.h"
#include "crm-record-page.h"
#include "test-ui.h"

/* The record page with a real workspace: what is typed is stored, as one act a field */

static gboolean
has_title (GtkWidget *page)
{
  g_autofree char *title = NULL;

  g_object_get (page, "title", &title, NULL);

  return title != NULL && *title != '\0';
}

static GtkWidget *
show_page (TestUi *ui, gint64 id)
{
  GtkWidget *page = crm_record_page_new (ui->session);

  test_ui_show (ui, page, 900, 700);
  if (id != 0)
    {
      crm_record_page_set_record (CRM_RECORD_PAGE (page), id);
      TEST_UI_WAIT_UNTIL (has_title (page));
    }

  return page;
}

static const CrmRecordType *
find_type (TestUi *ui, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), name);
}

static const CrmField *
find_field (TestUi *ui, const char *type, const char *name)
{
  return crm_record_type_find_field (find_type (ui, type), name);
}

static char *
get_stored (TestUi *ui, gint64 id, const char *field)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (ui->workspace->store, id, TRUE, NULL, NULL);

  g_assert_nonnull (record);

  return g_strdup (test_get_text (record, field));
}

static gboolean
is_stored (TestUi *ui, gint64 id, const char *field, const char *text)
{
  g_autofree char *stored = get_stored (ui, id, field);

  return g_strcmp0 (stored, text) == 0;
}

static gint64
count (TestUi *ui, const char *type)
{
  g_autoptr (CrmQuery) query = crm_query_new (find_type (ui, type));
  gint64 n = -1;

  g_assert_true (crm_query_count (query, ui->workspace->store, &n, NULL, NULL));

  return n;
}

/* Types into the entry called @name and presses Enter */
static void
enter (GtkWidget *page, const char *name, const char *text)
{
  GtkWidget *row = test_ui_find (page, ADW_TYPE_ENTRY_ROW, name);

  if (row == NULL)
    g_error ("There is no entry “%s”", name);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))));
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "entry-activated");
}

static const char *
get_typed (GtkWidget *page, const char *name)
{
  GtkWidget *row = test_ui_find (page, ADW_TYPE_ENTRY_ROW, name);

  return row != NULL ? gtk_editable_get_text (GTK_EDITABLE (row)) : NULL;
}

static gboolean
says (GtkWidget *page, const char *text)
{
  GtkWidget *label = test_ui_find (page, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
test_names (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", "last_name", "Nová",
                           "emails", "jana@a.example", "phones", "+420 600 000 001", NULL);
  GtkWidget *page = show_page (ui, id);

  TEST_UI_WAIT_UNTIL (says (page, "Jana Nová"));
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Back", "button");
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Call", "button");
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "E-mail", "button");
  test_ui_assert_control (page, GTK_TYPE_TEXT, "First Name", "none|text-box");
  test_ui_assert_control (page, GTK_TYPE_TEXT, "E-mail Address", "none|text-box");
  test_ui_assert_control (page, ADW_TYPE_COMBO_ROW, "Status", "combo-box");
  test_ui_assert_control (page, GTK_TYPE_MENU_BUTTON, "Choose Company", "button");
  test_ui_assert_control (page, GTK_TYPE_TEXT_VIEW, "Write a note, or log a call", "text-box");
  test_ui_assert_control (page, GTK_TYPE_MENU_BUTTON, "Log Call", "button");
  test_ui_assert_named (page);
}

static void
test_saves_field (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "companies", "name", "Acme", "city", "Brno", NULL);
  GtkWidget *page = show_page (ui, id);
  gint64 before = test_get_newest_act (ui->workspace);

  enter (page, "City", "Praha");
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "city", "Praha"));
  g_assert_cmpint (test_get_newest_act (ui->workspace), >, before);

  test_undo (ui->workspace, 0);
  TEST_UI_WAIT_UNTIL (g_strcmp0 (get_typed (page, "City"), "Brno") == 0);
  test_redo (ui->workspace);
  TEST_UI_WAIT_UNTIL (g_strcmp0 (get_typed (page, "City"), "Praha") == 0);
}

/* Where a person came from is said in words, not as it is stored */
static void
test_source_in_words (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  GtkWidget *page = show_page (ui, id);
  g_autofree char *stored = get_stored (ui, id, "created_from");

  g_assert_cmpstr (stored, ==, "window");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_LABEL, "Window") != NULL);
  g_assert_null (test_ui_find (page, GTK_TYPE_LABEL, "window"));
}

/* A note whose title is how its text begins is read once */
static void
test_note_is_read_once (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  GtkWidget *page;

  test_create (ui->workspace, "notes", "title", "Likes tea", "body", "Likes tea, and cake", "about",
               about, NULL);
  test_create (ui->workspace, "notes", "body", "Has a dog", "about", about, NULL);
  page = show_page (ui, id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Likes tea, and cake") != NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Has a dog") != NULL);
}

/* The same text again is no act */
static void
test_no_change (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "companies", "name", "Acme", "city", "Brno", NULL);
  GtkWidget *page = show_page (ui, id);
  gint64 before = test_get_newest_act (ui->workspace);

  enter (page, "City", " Brno ");
  g_assert_cmpstr (get_typed (page, "City"), ==, "Brno");
  enter (page, "Name", "Acme");
  g_assert_cmpint (test_get_newest_act (ui->workspace), ==, before);
}

static void
test_wrong_value (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "companies", "name", "Acme", "employees", "12", NULL);
  GtkWidget *page = show_page (ui, id);
  GtkWidget *row;

  enter (page, "Employees", "many");
  row = test_ui_find (page, ADW_TYPE_ENTRY_ROW, "Employees");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (is_stored (ui, id, "employees", "12"));

  enter (page, "Employees", "13");
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "employees", "13"));
  g_assert_false (gtk_widget_has_css_class (row, "error"));
}

/* What another one changes is seen, but not in what is being typed */
static void
test_live_change (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "companies", "name", "Acme", "city", "Brno", NULL);
  GtkWidget *page = show_page (ui, id);
  GtkWidget *name = test_ui_find (page, ADW_TYPE_ENTRY_ROW, "Name");

  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (name))));
  gtk_editable_set_text (GTK_EDITABLE (name), "Acme Brn");
  test_update (ui->workspace, id, "city", "Ostrava");
  TEST_UI_WAIT_UNTIL (g_strcmp0 (get_typed (page, "City"), "Ostrava") == 0);
  g_assert_cmpstr (get_typed (page, "Name"), ==, "Acme Brn");

  crm_record_page_commit (CRM_RECORD_PAGE (page));
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "name", "Acme Brn"));
}

static void
test_draft (TestUi *ui, gconstpointer data)
{
  gint64 company = test_create (ui->workspace, "companies", "name", "Acme", NULL);
  GtkWidget *page = show_page (ui, 0);
  gint64 id;

  crm_record_page_set_draft (CRM_RECORD_PAGE (page), find_type (ui, "people"),
                             find_field (ui, "people", "company"), company, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ENTRY_ROW, "First Name") != NULL);
  enter (page, "Job Title", "Buyer");
  crm_record_page_commit (CRM_RECORD_PAGE (page));
  g_assert_cmpint (count (ui, "people"), ==, 0);
  g_assert_cmpint (crm_record_page_get_record (CRM_RECORD_PAGE (page)), ==, 0);

  enter (page, "Last Name", "Nová");
  TEST_UI_WAIT_UNTIL (crm_record_page_get_record (CRM_RECORD_PAGE (page)) != 0);
  id = crm_record_page_get_record (CRM_RECORD_PAGE (page));
  g_assert_cmpint (count (ui, "people"), ==, 1);
  g_assert_true (is_stored (ui, id, "job_title", "Buyer"));
  g_assert_true (is_stored (ui, id, "company", "Acme"));

  test_undo (ui->workspace, 0);
  g_assert_cmpint (count (ui, "people"), ==, 0);
}

static void
test_deal_draft (TestUi *ui, gconstpointer data)
{
  gint64 company = test_create (ui->workspace, "companies", "name", "Acme", NULL);
  GtkWidget *page = show_page (ui, 0);
  gint64 id;

  crm_record_page_set_draft (CRM_RECORD_PAGE (page), find_type (ui, "deals"),
                             find_field (ui, "deals", "company"), company, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ENTRY_ROW, "Amount") != NULL);
  g_assert_cmpstr (get_typed (page, "Name"), ==, "Acme – new deal");
  g_assert_cmpint (count (ui, "deals"), ==, 0);

  enter (page, "Amount", "1500");
  TEST_UI_WAIT_UNTIL (crm_record_page_get_record (CRM_RECORD_PAGE (page)) != 0);
  id = crm_record_page_get_record (CRM_RECORD_PAGE (page));
  g_assert_true (is_stored (ui, id, "stage", "New"));
  g_assert_true (is_stored (ui, id, "company", "Acme"));
  g_assert_false (is_stored (ui, id, "close_date", ""));
}

/* Enter takes the proposed name as it stands */
static void
test_accept_draft (TestUi *ui, gconstpointer data)
{
  gint64 company = test_create (ui->workspace, "companies", "name", "Acme", NULL);
  GtkWidget *page = show_page (ui, 0);

  crm_record_page_set_draft (CRM_RECORD_PAGE (page), find_type (ui, "deals"),
                             find_field (ui, "deals", "company"), company, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ENTRY_ROW, "Amount") != NULL);
  enter (page, "Name", "Acme – new deal");
  TEST_UI_WAIT_UNTIL (crm_record_page_get_record (CRM_RECORD_PAGE (page)) != 0);
  g_assert_cmpint (count (ui, "deals"), ==, 1);
}

/* A draft of a day in the calendar has that day */
static void
test_draft_with_value (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmValue) day = crm_value_new_text ("2026-11-14");
  GtkWidget *page = show_page (ui, 0);
  gint64 id;

  crm_record_page_set_draft (CRM_RECORD_PAGE (page), find_type (ui, "deals"),
                             find_field (ui, "deals", "close_date"), 0, day);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ENTRY_ROW, "Name") != NULL);
  enter (page, "Name", "Boat");
  TEST_UI_WAIT_UNTIL (crm_record_page_get_record (CRM_RECORD_PAGE (page)) != 0);
  id = crm_record_page_get_record (CRM_RECORD_PAGE (page));
  g_assert_true (is_stored (ui, id, "close_date", "2026-11-14"));
  g_assert_true (is_stored (ui, id, "stage", "New"));
}

static void
test_taken_email (TestUi *ui, gconstpointer data)
{
  gint64 olivia = test_create (ui->workspace, "people", "first_name", "Olivia", "emails",
                               "o@a.example", NULL);
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", "emails", "j@a.example",
                           NULL);
  GtkWidget *page = show_page (ui, id);
  GtkWidget *button;

  enter (page, "E-mail Address", "O@a.example");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_BUTTON, "Open Olivia") != NULL);
  g_assert_true (is_stored (ui, id, "emails", "j@a.example"));

  button = test_ui_find (page, GTK_TYPE_BUTTON, "Move It Here");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "emails", "o@a.example"));
  g_assert_true (is_stored (ui, olivia, "emails", ""));

  test_undo (ui->workspace, 0);
  g_assert_true (is_stored (ui, olivia, "emails", "o@a.example"));
  g_assert_true (is_stored (ui, id, "emails", "j@a.example"));
}

/* A line with a value that is refused goes when the focus does */
static void
test_refused_line (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  GtkWidget *page;
  GtkWidget *name;

  test_create (ui->workspace, "people", "first_name", "Olivia", "emails", "o@a.example", NULL);
  page = show_page (ui, id);
  g_signal_emit_by_name (test_ui_find (page, GTK_TYPE_BUTTON, "Add E-mail Address"), "clicked");
  enter (page, "E-mail Address", "o@a.example");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_BUTTON, "Open Olivia") != NULL);
  g_assert_true (says (page, "“o@a.example” belongs to Olivia already."));

  name = test_ui_find (page, ADW_TYPE_ENTRY_ROW, "First Name");
  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (name))));
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ENTRY_ROW, "E-mail Address") == NULL);
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_BUTTON, "Open Olivia"));
  g_assert_true (is_stored (ui, id, "emails", ""));
}

static void
test_note (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  GtkWidget *page = show_page (ui, id);
  GtkWidget *view = test_ui_find (page, GTK_TYPE_TEXT_VIEW, "Write a note, or log a call");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "Likes tea", -1);
  g_signal_emit_by_name (test_ui_find (page, GTK_TYPE_BUTTON, "Add Note"), "clicked");
  TEST_UI_WAIT_UNTIL (count (ui, "notes") == 1);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Likes tea") != NULL);
}

static void
click (GtkWidget *page, const char *name)
{
  GtkWidget *button = test_ui_find (page, GTK_TYPE_BUTTON, name);

  if (button == NULL)
    g_error ("There is no button “%s”", name);
  g_signal_emit_by_name (button, "clicked");
}

/* Each old value can be had back, as one act that can be undone */
static void
test_restore_value (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", "job_title", "Buyer",
                           NULL);
  GtkWidget *page;

  test_update (ui->workspace, id, "job_title", "Owner");
  page = show_page (ui, id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Job Title: Buyer → Owner") != NULL);
  click (page, "Restore This Value: Job Title, Buyer");
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "job_title", "Buyer"));
  /* What is there need not be restored */
  TEST_UI_WAIT_UNTIL (
      test_ui_find (page, GTK_TYPE_BUTTON, "Restore This Value: Job Title, Buyer") == NULL);

  test_undo (ui->workspace, 0);
  g_assert_true (is_stored (ui, id, "job_title", "Owner"));
}

/* Several values that were changed at once are offered one by one */
static void
test_restore_one_of_several (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", "job_title", "Buyer",
                           "city", "Brno", NULL);
  GtkWidget *page;

  test_update (ui->workspace, id, "job_title", "Owner");
  test_update (ui->workspace, id, "city", "Praha");
  page = show_page (ui, id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_BUTTON, "Restore This Value: City, Brno") !=
                      NULL);
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_BUTTON, "Restore This Value: Job Title, Buyer"));
  click (page, "Restore This Value: City, Brno");
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "city", "Brno"));
  g_assert_true (is_stored (ui, id, "job_title", "Owner"));
}

static void
test_pin (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  GtkWidget *page;
  gint64 before;

  test_create (ui->workspace, "notes", "body", "Has a dog", "about", about, NULL);
  before = test_get_newest_act (ui->workspace);
  page = show_page (ui, id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_BUTTON, "Pin: Has a dog") != NULL);
  g_assert_null (test_ui_find (page, ADW_TYPE_PREFERENCES_GROUP, "Pinned"));
  click (page, "Pin: Has a dog");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_PREFERENCES_GROUP, "Pinned") != NULL);
  g_assert_nonnull (test_ui_find (test_ui_find (page, ADW_TYPE_PREFERENCES_GROUP, "Pinned"),
                                  ADW_TYPE_ACTION_ROW, "Has a dog"));
  g_assert_cmpint (test_get_newest_act (ui->workspace), >, before);

  click (page, "Unpin: Has a dog");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_PREFERENCES_GROUP, "Pinned") == NULL);
  test_undo (ui->workspace, 0);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_PREFERENCES_GROUP, "Pinned") != NULL);
}

/* Older lines come with Show Earlier, and stay when something is added */
static void
test_show_earlier (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  GtkWidget *page;

  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *body = g_strdup_printf ("Note %u", i);

      test_create (ui->workspace, "notes", "body", body, "about", about, NULL);
    }
  page = show_page (ui, id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Note 69") != NULL);
  g_assert_null (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Note 0"));
  click (page, "Show Earlier");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Note 0") != NULL);
  g_assert_nonnull (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Note 69"));

  test_create (ui->workspace, "notes", "body", "The newest", "about", about, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "The newest") != NULL);
  g_assert_nonnull (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Note 0"));
}

static void
choose_chip (GtkWidget *page, const char *name)
{
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (test_ui_find (page, GTK_TYPE_TOGGLE_BUTTON, name)), TRUE);
}

static void
test_chips (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  GtkWidget *page;

  test_create (ui->workspace, "notes", "body", "Has a dog", "about", about, NULL);
  test_create (ui->workspace, "tasks", "title", "Send the offer", "about", about, NULL);
  page = show_page (ui, id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Created") != NULL);
  choose_chip (page, "Notes");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Has a dog") != NULL);
  g_assert_null (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Created"));
  choose_chip (page, "Tasks");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_CHECK_BUTTON, "Done: Send the offer") != NULL);
  g_assert_null (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Has a dog"));
  choose_chip (page, "Files");
  TEST_UI_WAIT_UNTIL (says (page, "Nothing here yet"));
  choose_chip (page, "Changes");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Created") != NULL);
}

/* What a merge brought in says where it came from, and the merged one's id opens the kept one */
static void
test_merged (TestUi *ui, gconstpointer data)
{
  gint64 kept = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  gint64 other = test_create (ui->workspace, "people", "first_name", "Johana", NULL);
  g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, other);
  const gint64 ids[] = { kept, other };
  GtkWidget *page;
  GtkWidget *row;

  test_create (ui->workspace, "notes", "body", "Has a dog", "about", about, NULL);
  crm_session_merge (ui->session, find_type (ui, "people"), ids, G_N_ELEMENTS (ids), NULL, NULL);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, other) == CRM_STATE_MERGED);
  page = show_page (ui, other);
  g_assert_cmpint (crm_record_page_get_record (CRM_RECORD_PAGE (page)), ==, kept);
  TEST_UI_WAIT_UNTIL ((row = test_ui_find (page, ADW_TYPE_ACTION_ROW, "Has a dog")) != NULL);
  g_assert_nonnull (g_strrstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "From Johana"));
}

static void
test_task_done (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  gint64 task = test_create (ui->workspace, "tasks", "title", "Send the offer", "about", about,
                             NULL);
  GtkWidget *page = show_page (ui, id);
  GtkWidget *check;

  TEST_UI_WAIT_UNTIL (
      (check = test_ui_find (page, GTK_TYPE_CHECK_BUTTON, "Done: Send the offer")) != NULL);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_ROLE_CHECKBOX);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  TEST_UI_WAIT_UNTIL (is_stored (ui, task, "status", "Done"));
}

static void
test_related (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "companies", "name", "Acme", NULL);
  GtkWidget *page;

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i);

      test_create (ui->workspace, "people", "first_name", name, "company", "Acme", NULL);
    }
  page = show_page (ui, id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Person 4") != NULL);
  g_assert_null (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Person 5"));

  gtk_widget_activate (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Show All 7"));
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ACTION_ROW, "Person 6") != NULL);
}

static void
test_trashed (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "companies", "name", "Acme", NULL);
  GtkWidget *page = show_page (ui, id);

  gtk_widget_activate_action (page, "record.trash", NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ENTRY_ROW, "Name") == NULL);
  gtk_widget_activate_action (page, "record.restore", NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, ADW_TYPE_ENTRY_ROW, "Name") != NULL);
  g_assert_cmpint (test_get_state (ui->workspace, id), ==, CRM_STATE_LIVE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (TestUi *ui, gconstpointer data);
  } tests[] = {
    { "/record-page/names", test_names },
    { "/record-page/saves-field", test_saves_field },
    { "/record-page/source-in-words", test_source_in_words },
    { "/record-page/no-change", test_no_change },
    { "/record-page/wrong-value", test_wrong_value },
    { "/record-page/live-change", test_live_change },
    { "/record-page/draft", test_draft },
    { "/record-page/deal-draft", test_deal_draft },
    { "/record-page/accept-draft", test_accept_draft },
    { "/record-page/draft-with-value", test_draft_with_value },
    { "/record-page/taken-email", test_taken_email },
    { "/record-page/refused-line", test_refused_line },
    { "/record-page/note", test_note },
    { "/record-page/note-is-read-once", test_note_is_read_once },
    { "/record-page/restore-value", test_restore_value },
    { "/record-page/restore-one-of-several", test_restore_one_of_several },
    { "/record-page/pin", test_pin },
    { "/record-page/show-earlier", test_show_earlier },
    { "/record-page/chips", test_chips },
    { "/record-page/merged", test_merged },
    { "/record-page/task-done", test_task_done },
    { "/record-page/related", test_related },
    { "/record-page/trashed", test_trashed },
  };

  if (!test_ui_init (&argc, &argv))
    return EXIT_SUCCESS;

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, TestUi, NULL, test_ui_set_up, tests[i].func, test_ui_tear_down);

  return g_test_run ();
}
