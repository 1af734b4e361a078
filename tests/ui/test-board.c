/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-board-card.h"
#include "crm-board-column.h"
#include "crm-board.h"
#include "crm-saved-views.h"
#include "test-ui.h"

static const CrmRecordType *
get_deals (TestUi *ui)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), "deals");
}

static const CrmOption *
get_stage (TestUi *ui, const char *label)
{
  return crm_field_find_option (crm_record_type_find_field (get_deals (ui), "stage"), label, 0);
}

static GtkWidget *
show_state (TestUi *ui, CrmViewState *state, int width)
{
  GtkWidget *board = crm_board_new (state);

  test_ui_show (ui, board, width, 600);

  return board;
}

static GtkWidget *
show_board (TestUi *ui, int width)
{
  g_autoptr (CrmViewState) state = crm_view_state_new (ui->session, get_deals (ui), NULL, NULL);

  return show_state (ui, state, width);
}

/* Sets one of the options; @value is taken */
static void
set_option (CrmViewState *state, const char *name, JsonNode *value)
{
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (state));

  crm_view_query_set_option (query, name, value);
  crm_view_state_edit (state, query, CRM_VIEW_PART_OPTIONS);
}

/* The column whose heading is @label */
static CrmBoardColumn *
find_column (GtkWidget *widget, const char *label)
{
  if (CRM_IS_BOARD_COLUMN (widget) &&
      g_str_equal (crm_board_column_get_slot (CRM_BOARD_COLUMN (widget))->label, label))
    return CRM_BOARD_COLUMN (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      CrmBoardColumn *found = find_column (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static guint
count_cards (GtkWidget *board, const char *label)
{
  CrmBoardColumn *column = find_column (board, label);

  return g_list_model_get_n_items (G_LIST_MODEL (crm_board_column_get_list (column)));
}

static gboolean
is_in_stage (TestUi *ui, gint64 id, const char *stage)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, NULL);

  return g_strcmp0 (test_get_text (record, "stage"), stage) == 0;
}

static void
test_columns_hold_their_cards (TestUi *ui, gconstpointer data)
{
  GtkWidget *board;

  test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", "amount", "1200 EUR",
               NULL);
  test_create (ui->workspace, "deals", "name", "Roof", "stage", "Meeting", "amount", "300 EUR",
               NULL);
  test_create (ui->workspace, "deals", "name", "Old", "stage", "Won", "amount", "7 EUR", NULL);
  board = show_board (ui, 1400);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 2);
  g_assert_cmpuint (count_cards (board, "Proposal"), ==, 0);
  g_assert_null (find_column (board, "Won"));
  g_assert_null (find_column (board, "Lost"));
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_LABEL, "2 · €1,500.00") != NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_LABEL, "weighted €600.00") != NULL);
  TEST_UI_WAIT_UNTIL (
      test_ui_find (board, GTK_TYPE_LABEL, "2 open · €1,500.00 · weighted €600.00") != NULL);
  test_ui_assert_named (board);
}

static void
test_action_moves_a_card (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", NULL);
  g_autofree char *before = test_dump (ui->workspace);
  GtkWidget *board = show_board (ui, 1400);

  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  gtk_widget_activate_action (board, "board.move", "(xx)", id, get_stage (ui, "Proposal")->id);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Proposal") == 1);
  g_assert_true (is_in_stage (ui, id, "Proposal"));
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 0);

  crm_session_undo (ui->session);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  test_assert_dump (ui->workspace, before);
}

static void
test_keys_move_a_card_and_the_focus (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", NULL);
  GtkWidget *board = show_board (ui, 1400);

  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  gtk_widget_activate_action (board, "board.shift", "(xi)", id, 1);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Proposal") == 1);
  TEST_UI_WAIT_UNTIL (crm_board_column_get_selected (find_column (board, "Proposal")) == id);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 0);
  gtk_widget_activate_action (board, "board.shift", "(xi)", id, -1);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  g_assert_true (is_in_stage (ui, id, "Meeting"));
}

/* Nothing is lost without a word about it, unless somebody says so. */
static void
test_losing_asks_why (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", NULL);
  const CrmField *reason = crm_record_type_find_field (get_deals (ui), "lost_reason");
  GtkWidget *board = show_board (ui, 1400);
  GtkWidget *button;
  g_autoptr (CrmRecord) record = NULL;

  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  gtk_widget_activate_action (board, "board.move", "(xx)", id, get_stage (ui, "Lost")->id);
  TEST_UI_WAIT_UNTIL ((button = test_ui_find (board, GTK_TYPE_BUTTON, reason->options[0]->label)) !=
                      NULL);
  g_assert_true (is_in_stage (ui, id, "Meeting"));
  g_signal_emit_by_name (button, "clicked");
  TEST_UI_WAIT_UNTIL (is_in_stage (ui, id, "Lost"));
  record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, NULL);
  g_assert_cmpstr (test_get_text (record, "lost_reason"), ==, reason->options[0]->label);
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_POPOVER, reason->label) == NULL);
}

static void
test_change_from_elsewhere_is_seen (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", "amount",
                           "1200 EUR", NULL);
  GtkWidget *board = show_board (ui, 1400);

  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  test_update (ui->workspace, id, "amount", "1300 EUR");
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_LABEL, "1 · €1,300.00") != NULL);
  test_update (ui->workspace, id, "stage", "New");
  TEST_UI_WAIT_UNTIL (count_cards (board, "New") == 1);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* A view that is saved is no other question; and columns that are made anew are asked once */
static void
test_columns_are_asked_once (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = crm_view_state_new (ui->session, get_deals (ui), NULL, NULL);
  GtkWidget *board;
  CrmRecordList *list;
  guint n_changes = 0;
  guint n_answers = 0;

  test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", NULL);
  board = show_state (ui, state, 1400);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  list = crm_board_column_get_list (find_column (board, "Meeting"));
  TEST_UI_WAIT_UNTIL (!crm_record_list_get_loading (list));
  g_signal_connect_swapped (state, "changed", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (list, "loaded", G_CALLBACK (count_cb), &n_answers);
  crm_saved_views_set_favorite (ui->session,
                                crm_record_type_find_view (get_deals (ui), "stale_deals"), TRUE);
  TEST_UI_WAIT_UNTIL (n_changes == 1);
  g_assert_false (crm_record_list_get_loading (list));
  g_assert_cmpuint (n_answers, ==, 0);

  /* How close the rows of the table are is no question either */
  set_option (state, "density", json_node_init_string (json_node_alloc (), "compact"));
  g_assert_false (crm_record_list_get_loading (list));
  crm_view_state_set_filter (state, "name = Boat");
  TEST_UI_WAIT_UNTIL (n_answers == 1);
}

static double
get_y (GtkWidget *board, GtkWidget *card)
{
  double y;

  gtk_widget_translate_coordinates (card, board, 0, 0, NULL, &y);

  return y;
}

/* The card that has the focus; NULL for none */
static GtkWidget *
find_focused (TestUi *ui)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (ui->window));

  return focus != NULL ? test_ui_find (focus, CRM_TYPE_BOARD_CARD, NULL) : NULL;
}

/* Who is in the middle of a long column stays there, with the card that has the focus */
static void
test_change_from_elsewhere_keeps_the_place (TestUi *ui, gconstpointer data)
{
  gint64 ids[60];
  GtkWidget *board;
  CrmBoardColumn *column;
  double y;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strdup_printf ("Deal %u", i);
      g_autofree char *date = g_strdup_printf ("2026-%02u-%02u", 3 + i / 28, 1 + i % 28);

      ids[i] = test_create (ui->workspace, "deals", "name", name, "stage", "Meeting", "close_date",
                            date, NULL);
    }
  board = show_board (ui, 1400);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == G_N_ELEMENTS (ids));
  column = find_column (board, "Meeting");
  crm_board_column_focus_card (column, ids[40]);
  TEST_UI_WAIT_UNTIL (
      find_focused (ui) != NULL &&
      crm_row_get_id (crm_board_card_get_row (CRM_BOARD_CARD (find_focused (ui)))) == ids[40]);
  test_ui_settle (board);
  y = get_y (board, find_focused (ui));
  g_assert_cmpfloat (y, >, 0);
  g_assert_cmpfloat (y, <, 600);

  /* One comes before it, one goes, another is called otherwise */
  test_create (ui->workspace, "deals", "name", "Early", "stage", "Meeting", "close_date",
               "2026-01-01", NULL);
  test_update (ui->workspace, ids[3], "stage", "New");
  test_update (ui->workspace, ids[50], "name", "Ship");
  test_create (ui->workspace, "deals", "name", "Earlier", "stage", "Meeting", "close_date",
               "2025-01-01", NULL);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == G_N_ELEMENTS (ids) + 1 &&
                      count_cards (board, "New") == 1);
  test_ui_settle (board);
  g_assert_nonnull (find_focused (ui));
  g_assert_cmpint (crm_row_get_id (crm_board_card_get_row (CRM_BOARD_CARD (find_focused (ui)))), ==,
                   ids[40]);
  g_assert_cmpint (crm_board_column_get_selected (column), ==, ids[40]);
  g_assert_cmpfloat_with_epsilon (get_y (board, find_focused (ui)), y, 2);
}

static void
test_state_filters (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = crm_view_state_new (ui->session, get_deals (ui), NULL,
                                                       "amount > 100");
  GtkWidget *board;

  test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", "amount", "200 EUR",
               NULL);
  test_create (ui->workspace, "deals", "name", "Roof", "stage", "Meeting", "amount", "300 EUR",
               NULL);
  test_create (ui->workspace, "deals", "name", "Pen", "stage", "Meeting", "amount", "3 EUR", NULL);
  board = show_state (ui, state, 1400);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 2);
  crm_view_state_set_search (state, "roof");
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_LABEL, "1 open · €300.00 · weighted €120.00") !=
                      NULL);
  crm_view_state_set_search (state, NULL);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 2);
  crm_view_state_set_filter (state, "amount > 250");
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
}

/* The card at a position of the column */
static gint64
get_card (GtkWidget *board, const char *label, guint position)
{
  CrmRecordList *list = crm_board_column_get_list (find_column (board, label));

  return position < g_list_model_get_n_items (G_LIST_MODEL (list))
             ? crm_record_list_get_id (list, position)
             : 0;
}

/* Without an order of one's own, what closes next comes first; with it, as one put them */
static void
test_cards_are_put_in_order (TestUi *ui, gconstpointer data)
{
  const char *dates[] = { "2026-01-01", "2026-01-02", "2026-01-03" };
  const gint64 stage = get_stage (ui, "Meeting")->id;
  gint64 ids[3];
  gint64 other;
  g_autofree char *before = NULL;
  GtkWidget *board;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", "close_date",
                          dates[i], NULL);
  other = test_create (ui->workspace, "deals", "name", "Roof", "stage", "New", NULL);
  before = test_dump (ui->workspace);
  board = show_board (ui, 1400);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 3);
  TEST_UI_WAIT_UNTIL (get_card (board, "Meeting", 0) == ids[0]);

  gtk_widget_activate_action (board, "board.place", "(xxx)", ids[2], stage, ids[1]);
  TEST_UI_WAIT_UNTIL (get_card (board, "Meeting", 1) == ids[2]);
  g_assert_cmpint (get_card (board, "Meeting", 0), ==, ids[0]);
  gtk_widget_activate_action (board, "board.nudge", "(xi)", ids[2], -1);
  TEST_UI_WAIT_UNTIL (get_card (board, "Meeting", 0) == ids[2]);
  gtk_widget_activate_action (board, "board.nudge", "(xi)", ids[2], 1);
  TEST_UI_WAIT_UNTIL (get_card (board, "Meeting", 0) == ids[0]);
  gtk_widget_activate_action (board, "board.place", "(xxx)", other, stage, ids[2]);
  TEST_UI_WAIT_UNTIL (get_card (board, "Meeting", 1) == other);
  g_assert_true (is_in_stage (ui, other, "Meeting"));
  g_assert_cmpint (get_card (board, "Meeting", 2), ==, ids[2]);
  g_assert_cmpint (get_card (board, "Meeting", 3), ==, ids[1]);

  for (guint i = 0; i < 4; i++)
    test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
  TEST_UI_WAIT_UNTIL (get_card (board, "Meeting", 2) == ids[2]);
}

static void
test_columns_for_members (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = crm_view_state_new (ui->session, get_deals (ui), NULL, NULL);
  gint64 jana = test_create (ui->workspace, "members", "name", "Jana", NULL);
  gint64 id = test_create (ui->workspace, "deals", "name", "Boat", NULL);
  GtkWidget *board = show_state (ui, state, 1400);

  set_option (state, "board", json_node_init_string (json_node_alloc (), "owner"));
  TEST_UI_WAIT_UNTIL (find_column (board, "Jana") != NULL);
  g_assert_null (find_column (board, "Meeting"));
  TEST_UI_WAIT_UNTIL (count_cards (board, "No Owner") == 1);
  gtk_widget_activate_action (board, "board.move", "(xx)", id, jana);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Jana") == 1);
  TEST_UI_WAIT_UNTIL (count_cards (board, "No Owner") == 0);
  gtk_widget_activate_action (board, "board.move", "(xx)", id, G_GINT64_CONSTANT (0));
  TEST_UI_WAIT_UNTIL (count_cards (board, "No Owner") == 1);

  test_create (ui->workspace, "members", "name", "Petr", NULL);
  TEST_UI_WAIT_UNTIL (find_column (board, "Petr") != NULL);
  set_option (state, "board", NULL);
  TEST_UI_WAIT_UNTIL (find_column (board, "Meeting") != NULL);
}

static void
test_cards_show_what_was_chosen (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = crm_view_state_new (ui->session, get_deals (ui), NULL, NULL);
  g_autoptr (JsonNode) cards = json_from_string ("[\"priority\", \"next_step\", \"gone\"]", NULL);
  GtkWidget *board;

  test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", "priority", "High",
               "next_step", "Call them", NULL);
  board = show_state (ui, state, 1400);
  TEST_UI_WAIT_UNTIL (count_cards (board, "Meeting") == 1);
  g_assert_null (test_ui_find (board, GTK_TYPE_INSCRIPTION, "Next Step  Call them"));
  set_option (state, "cards", json_node_copy (cards));
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_INSCRIPTION, "Next Step  Call them") != NULL);
  g_assert_nonnull (test_ui_find (board, GTK_TYPE_INSCRIPTION, "Priority  High"));
}

static void
test_cards_say_what_is_next (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "deals", "name", "Boat", "stage", "Meeting", NULL);
  g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  GtkWidget *board;
  gint64 call;

  test_create (ui->workspace, "tasks", "title", "Write", "due", "2026-05-02", "about", about, NULL);
  call = test_create (ui->workspace, "tasks", "title", "Call", "due", "2026-05-01", "about", about,
                      NULL);
  board = show_board (ui, 1400);
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_INSCRIPTION, "☐  Call · 1 May 2026") != NULL);
  test_update (ui->workspace, call, "status", "Done");
  TEST_UI_WAIT_UNTIL (test_ui_find (board, GTK_TYPE_INSCRIPTION, "☐  Write · 2 May 2026") != NULL);
}

static void
note_field (CrmSession *session,
            const CrmRecordType *type,
            const CrmField *field,
            gint64 related_id,
            CrmValue *value,
            const CrmField **opened)
{
  g_assert_cmpstr (type->name, ==, "deals");
  g_assert_cmpstr (crm_value_get_text (value), ==, "Proposal");
  *opened = field;
}

static void
test_new_in_a_column (TestUi *ui, gconstpointer data)
{
  GtkWidget *board = show_board (ui, 1400);
  const CrmField *opened = NULL;
  GtkWidget *button = test_ui_find (board, GTK_TYPE_BUTTON, "Proposal: New Deal");

  g_signal_connect (ui->session, "open-draft", G_CALLBACK (note_field), &opened);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (opened->name, ==, "stage");
}

static void
test_narrow_board_shows_one_column (TestUi *ui, gconstpointer data)
{
  GtkWidget *board;

  test_create (ui->workspace, "deals", "name", "Boat", "stage", "New", NULL);
  board = show_board (ui, 400);
  TEST_UI_WAIT_UNTIL (!gtk_widget_get_visible (GTK_WIDGET (find_column (board, "Meeting"))));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (find_column (board, "New"))));
  test_ui_assert_control (board, GTK_TYPE_DROP_DOWN, "Column", "combo-box");
}

/* Its chooser says how many there are in each, though nobody saw it while they were counted */
static void
test_wide_board_becomes_narrow (TestUi *ui, gconstpointer data)
{
  GtkWidget *board;
  GtkDropDown *chooser;

  test_create (ui->workspace, "deals", "name", "Boat", "stage", "New", NULL);
  board = show_board (ui, 1400);
  TEST_UI_WAIT_UNTIL (count_cards (board, "New") == 1);
  test_ui_settle (board);
  gtk_window_set_default_size (GTK_WINDOW (ui->window), 400, 600);
  TEST_UI_WAIT_UNTIL (!gtk_widget_get_visible (GTK_WIDGET (find_column (board, "Meeting"))));
  chooser = GTK_DROP_DOWN (test_ui_find (board, GTK_TYPE_DROP_DOWN, "Column"));
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (chooser)), ==,
                   "New  1");
}

static void
test_columns_collapse (TestUi *ui, gconstpointer data)
{
  GtkWidget *board = show_board (ui, 1400);
  GtkWidget *button = test_ui_find (board, GTK_TYPE_TOGGLE_BUTTON, "Collapse Meeting");
  CrmBoardColumn *column = find_column (board, "Meeting");
  GtkWidget *cards = test_ui_find (GTK_WIDGET (column), GTK_TYPE_LIST_VIEW, "Meeting");

  g_assert_true (gtk_widget_get_mapped (cards));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  TEST_UI_WAIT_UNTIL (!gtk_widget_get_mapped (cards));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  TEST_UI_WAIT_UNTIL (gtk_widget_get_mapped (cards));
}

#define ADD(name, func) \
  g_test_add ("/board/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("columns-hold-their-cards", test_columns_hold_their_cards);
  ADD ("action-moves-a-card", test_action_moves_a_card);
  ADD ("keys-move-a-card-and-the-focus", test_keys_move_a_card_and_the_focus);
  ADD ("losing-asks-why", test_losing_asks_why);
  ADD ("change-from-elsewhere-is-seen", test_change_from_elsewhere_is_seen);
  ADD ("change-from-elsewhere-keeps-the-place", test_change_from_elsewhere_keeps_the_place);
  ADD ("columns-are-asked-once", test_columns_are_asked_once);
  ADD ("state-filters", test_state_filters);
  ADD ("cards-are-put-in-order", test_cards_are_put_in_order);
  ADD ("columns-for-members", test_columns_for_members);
  ADD ("cards-show-what-was-chosen", test_cards_show_what_was_chosen);
  ADD ("cards-say-what-is-next", test_cards_say_what_is_next);
  ADD ("new-in-a-column", test_new_in_a_column);
  ADD ("narrow-board-shows-one-column", test_narrow_board_shows_one_column);
  ADD ("wide-board-becomes-narrow", test_wide_board_becomes_narrow);
  ADD ("columns-collapse", test_columns_collapse);

  return g_test_run ();
}
