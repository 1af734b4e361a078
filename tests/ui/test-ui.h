/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-session.h"
#include "test-model.h"

G_BEGIN_DECLS

/* A workspace with a session on it, and a window to show widgets in */
typedef struct
{
  TestWorkspace *workspace;
  GSettings *settings;
  CrmSession *session;
  GtkWidget *window;
} TestUi;

/* test_init() and what widgets need besides. Returns FALSE, having said so, where there is no display */
gboolean test_ui_init (int *argc, char ***argv);

/* For g_test_add() */
void test_ui_set_up (TestUi *ui, gconstpointer data);
void test_ui_tear_down (TestUi *ui, gconstpointer data);

/* Puts the widget into the window, at the given size, and shows it */
void test_ui_show (TestUi *ui, GtkWidget *widget, int width, int height);
/* Waits until what was changed is laid out and drawn */
void test_ui_settle (GtkWidget *widget);
/* Closes a window that a test made and waits until it is gone */
void test_ui_destroy (GtkWidget *window);

/* The first widget of the type below (or at) @root that is mapped or not; with @name, whose accessible label or text is
 * that; NULL if there is none */
GtkWidget *test_ui_find (GtkWidget *root, GType type, const char *name);

/* The accessible label that was set, or the text it shows; (transfer full) (nullable) */
char *test_ui_get_name (GtkWidget *widget);

/* Fails if there is no such control. @roles: nicks of its accessible role, separated by "|" where a newer GTK has a
 * better one, which the floor can't name */
void test_ui_assert_control (GtkWidget *root, GType type, const char *name, const char *roles);

/* Fails if a button with nothing but an icon has no accessible name */
void test_ui_assert_named (GtkWidget *root);

gboolean test_ui_give_up_cb (gpointer data);

/* Runs the main context until @condition holds, at most ten seconds */
#define TEST_UI_WAIT_UNTIL(condition)                                                      \
  G_STMT_START                                                                             \
  {                                                                                        \
    guint source_ = g_timeout_add_seconds (10, test_ui_give_up_cb, (gpointer) #condition); \
    while (!(condition))                                                                   \
      {                                                                                    \
        g_main_context_iteration (NULL, FALSE);                                            \
        g_thread_yield ();                                                                 \
      }                                                                                    \
    g_source_remove (source_);                                                             \
  }                                                                                        \
  G_STMT_END

G_END_DECLS
