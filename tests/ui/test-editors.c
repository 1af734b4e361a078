/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-date-picker.h"
#include "crm-field-editor.h"
#include "crm-record-change.h"
#include "crm-record-draft.h"
#include "crm-relation-chooser.h"
#include "test-ui.h"

/* Each editor alone, on a draft: what it shows, what it is called, and what it wants to be saved */

typedef struct
{
  TestUi *ui;
  CrmFieldEditor *editor;
  CrmRecord *record;
  CrmValue *saved;
  guint n_saved;
} Probe;

static void
save_cb (Probe *probe, CrmValue *value)
{
  g_clear_pointer (&probe->saved, crm_value_unref);
  probe->saved = value != NULL ? crm_value_ref (value) : NULL;
  probe->n_saved++;
}

static void
probe_start (Probe *probe, TestUi *ui, const char *type_name, const char *field_name)
{
  const CrmRecordType *type = crm_catalogue_find_type (
      crm_store_get_catalogue (ui->workspace->store), type_name);
  GtkWidget *group = adw_preferences_group_new ();

  probe->ui = ui;
  probe->record = crm_record_draft_new (ui->workspace->store, type, NULL, NULL);
  probe->editor = crm_field_editor_new (ui->session, crm_record_type_find_field (type, field_name),
                                        FALSE);
  g_signal_connect_swapped (probe->editor, "save", G_CALLBACK (save_cb), probe);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             crm_field_editor_get_row (probe->editor));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             crm_field_editor_get_message_row (probe->editor));
  crm_field_editor_set_record (probe->editor, probe->record);
  test_ui_show (ui, group, 400, 300);
}

static void
probe_end (Probe *probe)
{
  adw_window_set_content (ADW_WINDOW (probe->ui->window), NULL);
  g_signal_handlers_disconnect_by_data (probe->editor, probe);
  g_clear_object (&probe->editor);
  g_clear_pointer (&probe->record, crm_record_unref);
  g_clear_pointer (&probe->saved, crm_value_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Probe, probe_end)

static GtkWidget *
get_row (Probe *probe)
{
  return crm_field_editor_get_row (probe->editor);
}

/* What is shown after the value was saved */
static void
take_saved (Probe *probe)
{
  CrmRecord *old = probe->record;

  probe->record = crm_record_draft_with (old, crm_field_editor_get_field (probe->editor),
                                         probe->saved);
  crm_record_unref (old);
  crm_field_editor_set_record (probe->editor, probe->record);
}

static void
enter (Probe *probe, const char *text)
{
  GtkWidget *row = get_row (probe);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "entry-activated");
}

static void
assert_saved (Probe *probe, const char *text)
{
  g_autofree char *saved = crm_value_to_text (crm_field_editor_get_field (probe->editor),
                                              probe->saved);

  g_assert_cmpstr (saved, ==, text);
}

static gboolean
has_message (Probe *probe)
{
  return gtk_widget_get_visible (crm_field_editor_get_message_row (probe->editor));
}

static void
test_money (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };

  probe_start (&probe, ui, "deals", "amount");
  enter (&probe, "1234.5 CZK");
  assert_saved (&probe, "1234.50 CZK");
  take_saved (&probe);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_row (&probe))), ==, "1,234.50");

  /* A bare number stays in the currency that is chosen beside it */
  enter (&probe, "99");
  assert_saved (&probe, "99.00 CZK");
  enter (&probe, "lots");
  g_assert_true (has_message (&probe));
  g_assert_cmpuint (probe.n_saved, ==, 2);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (test_ui_find (get_row (&probe),
                                                                 GTK_TYPE_DROP_DOWN, "Currency")),
                                   GTK_ACCESSIBLE_ROLE_COMBO_BOX);
}

static void
test_date (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };
  GtkWidget *picker;

  probe_start (&probe, ui, "deals", "start_date");
  enter (&probe, "2026-05-12");
  assert_saved (&probe, "2026-05-12");
  take_saved (&probe);
  g_assert_false (crm_field_editor_is_editing (probe.editor));

  picker = test_ui_find (get_row (&probe), CRM_TYPE_DATE_PICKER, NULL);
  g_signal_emit_by_name (picker, "picked", "2026-06-01");
  assert_saved (&probe, "2026-06-01");
  take_saved (&probe);
  g_signal_emit_by_name (picker, "picked", NULL);
  assert_saved (&probe, "");
}

/* What is shown can be typed too, and only the day changes by the calendar */
static void
test_moment (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };
  GtkWidget *picker;
  g_autofree char *shown = NULL;
  g_autoptr (CrmValue) first = NULL;

  probe_start (&probe, ui, "tasks", "remind");
  enter (&probe, "2026-05-12 10:30");
  g_assert_cmpuint (probe.n_saved, ==, 1);
  first = crm_value_ref (probe.saved);
  take_saved (&probe);
  shown = g_strdup (gtk_editable_get_text (GTK_EDITABLE (get_row (&probe))));

  picker = test_ui_find (get_row (&probe), CRM_TYPE_DATE_PICKER, NULL);
  g_signal_emit_by_name (picker, "picked", "2026-05-13");
  take_saved (&probe);
  g_assert_cmpint (crm_value_get_integer (probe.saved) - crm_value_get_integer (first), ==,
                   86400000);
  enter (&probe, shown);
  g_assert_true (crm_value_equal (probe.saved, first));
}

static void
test_switch (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };
  GtkWidget *toggle;

  probe_start (&probe, ui, "people", "newsletter");
  toggle = test_ui_find (get_row (&probe), GTK_TYPE_SWITCH, "Newsletter");
  g_assert_nonnull (toggle);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_ROLE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  assert_saved (&probe, "true");
}

static void
test_choice (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };

  probe_start (&probe, ui, "people", "status");
  adw_combo_row_set_selected (ADW_COMBO_ROW (get_row (&probe)), 3);
  assert_saved (&probe, "Customer");
  take_saved (&probe);
  adw_combo_row_set_selected (ADW_COMBO_ROW (get_row (&probe)), 0);
  g_assert_null (probe.saved);
  g_assert_cmpuint (probe.n_saved, ==, 2);
}

static void
test_tags (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };
  GtkWidget *chooser;
  GtkWidget *remove;

  probe_start (&probe, ui, "people", "tags");
  chooser = test_ui_find (get_row (&probe), CRM_TYPE_RELATION_CHOOSER, NULL);
  g_signal_emit_by_name (chooser, "chosen", G_GINT64_CONSTANT (0), G_GINT64_CONSTANT (0), "VIP");
  g_assert_cmpuint (crm_value_get_n_items (probe.saved), ==, 1);
  g_assert_cmpstr (crm_value_get_item (probe.saved, 0)->text, ==, "VIP");
  take_saved (&probe);

  remove = test_ui_find (get_row (&probe), GTK_TYPE_BUTTON, "Remove VIP");
  g_assert_nonnull (remove);
  g_signal_emit_by_name (remove, "clicked");
  g_assert_null (probe.saved);
}

static void
test_items (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };
  GtkWidget *line;

  probe_start (&probe, ui, "people", "emails");
  g_signal_emit_by_name (test_ui_find (get_row (&probe), GTK_TYPE_BUTTON, "Add E-mail Address"),
                         "clicked");
  line = test_ui_find (get_row (&probe), ADW_TYPE_ENTRY_ROW, "E-mail Address");
  g_assert_nonnull (line);
  gtk_editable_set_text (GTK_EDITABLE (line), "not an address");
  g_signal_emit_by_name (line, "entry-activated");
  g_assert_true (has_message (&probe));
  g_assert_cmpuint (probe.n_saved, ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (line), "a@b.example");
  g_signal_emit_by_name (line, "entry-activated");
  assert_saved (&probe, "a@b.example");
  take_saved (&probe);
  g_assert_false (has_message (&probe));

  gtk_widget_activate_action (line, "line.label", "s", "Work");
  g_assert_cmpstr (crm_value_get_item (probe.saved, 0)->label, ==, "Work");
  take_saved (&probe);

  g_signal_emit_by_name (test_ui_find (get_row (&probe), GTK_TYPE_BUTTON, "Remove"), "clicked");
  g_assert_null (probe.saved);
}

static void
test_longtext (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };
  GtkWidget *view;

  probe_start (&probe, ui, "people", "description");
  view = test_ui_find (get_row (&probe), GTK_TYPE_TEXT_VIEW, "Description");
  g_assert_nonnull (view);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "One\nTwo", -1);
  g_assert_true (crm_field_editor_is_editing (probe.editor));
  crm_field_editor_revert (probe.editor);
  g_assert_false (crm_field_editor_is_editing (probe.editor));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "One\nTwo", -1);
  crm_field_editor_commit (probe.editor);
  assert_saved (&probe, "One\nTwo");
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  crm_session_write_finish (CRM_SESSION (object), result, NULL, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* “Create ‘Acme’” makes the company in the act that sets it, and one undo takes both back */
static void
test_relation_creates (TestUi *ui, gconstpointer data)
{
  gint64 person = test_create (ui->workspace, "people", "first_name", "Jana", NULL);
  g_autofree char *before = test_dump (ui->workspace);
  g_autoptr (CrmRecord) record = NULL;
  g_auto (Probe) probe = { 0 };
  CrmRecordChange *change;
  GtkWidget *chooser;
  gboolean done = FALSE;

  probe_start (&probe, ui, "people", "company");
  chooser = test_ui_find (get_row (&probe), CRM_TYPE_RELATION_CHOOSER, NULL);
  g_signal_emit_by_name (chooser, "chosen", G_GINT64_CONSTANT (0),
                         crm_field_editor_get_field (probe.editor)->target, "Acme");
  g_assert_cmpint (crm_value_get_integer (probe.saved), ==, 0);

  change = crm_record_change_new (crm_record_get_record_type (probe.record), person);
  crm_record_change_set (change, crm_field_editor_get_field (probe.editor), probe.saved);
  crm_session_write_async (ui->session, CRM_ACT_EDIT, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, written_cb, &done);
  TEST_UI_WAIT_UNTIL (done);
  record = crm_store_get_record (ui->workspace->store, person, FALSE, NULL, NULL);
  g_assert_cmpstr (test_get_text (record, "company"), ==, "Acme");

  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
}

/* The chooser searches while one types and offers to create what is not there */
static void
test_chooser (TestUi *ui, gconstpointer data)
{
  g_auto (Probe) probe = { 0 };
  GtkWidget *chooser;
  GtkWidget *entry;

  test_create (ui->workspace, "companies", "name", "Acme", NULL);
  probe_start (&probe, ui, "people", "company");
  chooser = test_ui_find (get_row (&probe), CRM_TYPE_RELATION_CHOOSER, NULL);
  crm_relation_chooser_popup (CRM_RELATION_CHOOSER (chooser));
  TEST_UI_WAIT_UNTIL (test_ui_find (chooser, GTK_TYPE_LABEL, "Acme") != NULL);

  entry = test_ui_find (chooser, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Bolt");
  TEST_UI_WAIT_UNTIL (test_ui_find (chooser, GTK_TYPE_LABEL, "Create “Bolt”") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "acm");
  g_signal_emit_by_name (entry, "activate");
  TEST_UI_WAIT_UNTIL (probe.n_saved == 1);
  g_assert_cmpstr (crm_value_get_text (probe.saved), ==, "Acme");
  g_assert_cmpint (crm_value_get_integer (probe.saved), !=, 0);
}

static CrmRecord *
read_record (TestUi *ui, gint64 id)
{
  g_autoptr (GError) error = NULL;
  CrmRecord *record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, &error);

  g_assert_no_error (error);

  return record;
}

static void
take_stored (Probe *probe, CrmRecord *record)
{
  crm_record_unref (probe->record);
  probe->record = crm_record_ref (record);
  crm_field_editor_set_record (probe->editor, record);
}

static const char *
get_typed (Probe *probe)
{
  return gtk_editable_get_text (GTK_EDITABLE (get_row (probe)));
}

/* A record that was read before the save was stored does not bring the old text back */
static void
test_stale_record (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", "job_title", "Buyer",
                           NULL);
  g_autoptr (CrmRecord) before = read_record (ui, id);
  g_autoptr (CrmRecord) after = NULL;
  g_auto (Probe) probe = { 0 };

  probe_start (&probe, ui, "people", "job_title");
  take_stored (&probe, before);
  enter (&probe, "Owner");
  assert_saved (&probe, "Owner");
  crm_field_editor_begin_save (probe.editor, probe.saved);
  take_stored (&probe, before);
  g_assert_cmpstr (get_typed (&probe), ==, "Owner");

  test_update (ui->workspace, id, "job_title", "Owner");
  after = read_record (ui, id);
  crm_field_editor_end_save (probe.editor);
  take_stored (&probe, after);
  g_assert_cmpstr (get_typed (&probe), ==, "Owner");

  /* It is shown again once nothing is being saved */
  take_stored (&probe, before);
  g_assert_cmpstr (get_typed (&probe), ==, "Buyer");
}

/* The old text typed again, while the new one is being stored, is a change like any other */
static void
test_back_while_saving (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "first_name", "Jana", "job_title", "Buyer",
                           NULL);
  g_autoptr (CrmRecord) before = read_record (ui, id);
  g_autoptr (CrmRecord) after = NULL;
  g_auto (Probe) probe = { 0 };

  probe_start (&probe, ui, "people", "job_title");
  take_stored (&probe, before);
  enter (&probe, "Owner");
  crm_field_editor_begin_save (probe.editor, probe.saved);
  enter (&probe, "Buyer");
  g_assert_cmpuint (probe.n_saved, ==, 2);
  assert_saved (&probe, "Buyer");
  crm_field_editor_begin_save (probe.editor, probe.saved);

  /* The first answer comes while the second is still out */
  test_update (ui->workspace, id, "job_title", "Owner");
  after = read_record (ui, id);
  crm_field_editor_end_save (probe.editor);
  take_stored (&probe, after);
  g_assert_cmpstr (get_typed (&probe), ==, "Buyer");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (TestUi *ui, gconstpointer data);
  } tests[] = {
    { "/editors/money", test_money },
    { "/editors/date", test_date },
    { "/editors/moment", test_moment },
    { "/editors/switch", test_switch },
    { "/editors/choice", test_choice },
    { "/editors/tags", test_tags },
    { "/editors/items", test_items },
    { "/editors/longtext", test_longtext },
    { "/editors/relation-creates", test_relation_creates },
    { "/editors/chooser", test_chooser },
    { "/editors/stale-record", test_stale_record },
    { "/editors/back-while-saving", test_back_while_saving },
  };

  if (!test_ui_init (&argc, &argv))
    return EXIT_SUCCESS;

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, TestUi, NULL, test_ui_set_up, tests[i].func, test_ui_tear_down);

  return g_test_run ();
}
