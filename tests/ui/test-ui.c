/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "test-ui.h"

#include <stdlib.h>
#include <string.h>

#include "crm-ui.h"

gboolean
test_ui_give_up_cb (gpointer data)
{
  g_error ("Waited ten seconds in vain until %s", (const char *) data);

  return G_SOURCE_REMOVE;
}

/* Warnings stay fatal, but for those that a library makes about itself */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  GLogLevelFlags fatal = (GLogLevelFlags) GPOINTER_TO_UINT (data);
  static const char *const known[] = {
    /* GTK 4.24, on a display without a compositor */
    "gdk_frame_timings_submitted",
    /* GTK 4.8: where a tooltip was about to be shown as its window was closed */
    "gdk_surface_get_device_position: assertion 'GDK_IS_SURFACE (surface)' failed",
    "_gtk_widget_find_at_coords: assertion 'GDK_IS_SURFACE (surface)' failed",
  };
  const char *message = "";

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      message = fields[i].value;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strstr (message, known[i]) != NULL)
      return G_LOG_WRITER_HANDLED;

  g_log_writer_default (level, fields, n_fields, NULL);
  if ((level & fatal) != 0)
    abort ();

  return G_LOG_WRITER_HANDLED;
}

gboolean
test_ui_init (int *argc, char ***argv)
{
  GLogLevelFlags fatal;

  test_init (argc, argv);
  fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  g_log_set_writer_func (write_log, GUINT_TO_POINTER ((guint) fatal), NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return FALSE;
    }

  adw_init ();
  crm_ui_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/org/example/Crm/icons");

  return TRUE;
}

void
test_ui_set_up (TestUi *ui, gconstpointer data)
{
  ui->workspace = test_workspace_new ();
  ui->settings = g_settings_new (APPLICATION_ID);
  ui->session = crm_session_new (ui->workspace->store, ui->settings);
  ui->window = adw_window_new ();
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;

  (*frames)++;

  return G_SOURCE_CONTINUE;
}

void
test_ui_settle (GtkWidget *widget)
{
  guint frames = 0;
  guint id = gtk_widget_add_tick_callback (widget, tick_cb, &frames, NULL);

  /* A page that fades in, and what it changes once it has its size */
  TEST_UI_WAIT_UNTIL (frames > 12);
  gtk_widget_remove_tick_callback (widget, id);
}

void
test_ui_destroy (GtkWidget *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_destroy (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (weak == NULL);
}

void
test_ui_tear_down (TestUi *ui, gconstpointer data)
{
  test_ui_destroy (ui->window);
  TEST_UI_WAIT_UNTIL (g_atomic_int_get (&G_OBJECT (ui->session)->ref_count) == 1);
  g_clear_object (&ui->session);
  g_clear_object (&ui->settings);
  /* Workers that were cancelled, or have just answered, hold the store until they notice */
  TEST_UI_WAIT_UNTIL (g_atomic_int_get (&G_OBJECT (ui->workspace->store)->ref_count) == 1);
  g_clear_pointer (&ui->workspace, test_workspace_free);
}

void
test_ui_show (TestUi *ui, GtkWidget *widget, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (ui->window), width, height);
  adw_window_set_content (ADW_WINDOW (ui->window), widget);
  gtk_window_present (GTK_WINDOW (ui->window));
  TEST_UI_WAIT_UNTIL (gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0);
}

char *
test_ui_get_name (GtkWidget *widget)
{
  g_autofree char *label = NULL;

  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_label (GTK_LABEL (widget)));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return g_strdup (gtk_button_get_label (GTK_BUTTON (widget)));

  /* What the check says is there instead of something that never is */
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, "\001");
  if (label == NULL || *label == '\0' || g_str_equal (label, "undefined") ||
      g_str_equal (label, "<undefined>"))
    return NULL;

  return g_steal_pointer (&label);
}

GtkWidget *
test_ui_find (GtkWidget *root, GType type, const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      g_autofree char *own = name != NULL ? test_ui_get_name (root) : NULL;

      if (name == NULL || g_strcmp0 (own, name) == 0)
        return root;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = test_ui_find (child, type, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_foreign (GtkWidget *widget)
{
  /* These make buttons of their own inside, which they name as they see fit */
  return ADW_IS_ENTRY_ROW (widget) || ADW_IS_COMBO_ROW (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_WINDOW_CONTROLS (widget) || GTK_IS_SEARCH_BAR (widget) || GTK_IS_POPOVER (widget) ||
         GTK_IS_SPIN_BUTTON (widget) || GTK_IS_CALENDAR (widget) || ADW_IS_EXPANDER_ROW (widget);
}

void
test_ui_assert_named (GtkWidget *root)
{
  if (is_foreign (root))
    return;

  if ((GTK_IS_BUTTON (root) && gtk_button_get_icon_name (GTK_BUTTON (root)) != NULL) ||
      GTK_IS_MENU_BUTTON (root))
    {
      g_autofree char *name = test_ui_get_name (root);

      if (name == NULL)
        g_error ("A %s with the tooltip “%s” has no accessible name", G_OBJECT_TYPE_NAME (root),
                 gtk_widget_get_tooltip_text (root));
      if (GTK_IS_MENU_BUTTON (root))
        return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    test_ui_assert_named (child);
}

static char *
get_role (GtkWidget *widget)
{
  g_autoptr (GEnumClass) roles = g_type_class_ref (GTK_TYPE_ACCESSIBLE_ROLE);
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return g_strdup (g_enum_get_value (roles, (int) role)->value_nick);
}

void
test_ui_assert_control (GtkWidget *root, GType type, const char *name, const char *roles)
{
  GtkWidget *widget = test_ui_find (root, type, name);
  g_auto (GStrv) allowed = g_strsplit (roles, "|", -1);
  g_autofree char *role = NULL;

  if (widget == NULL)
    g_error ("There is no %s “%s”", g_type_name (type), name);
  role = get_role (widget);
  if (!g_strv_contains ((const char *const *) allowed, role))
    g_error ("The role of %s “%s” is %s, not %s", g_type_name (type), name, role, roles);
}
