/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-monogram.h"
#include "test-ui.h"

/* "color7", of the widget or of what is within it; (nullable) */
static const char *
find_color (GtkWidget *widget)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);

  for (guint i = 0; classes[i] != NULL; i++)
    if (g_str_has_prefix (classes[i], "color"))
      return g_intern_string (classes[i]);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_color (child) != NULL)
      return find_color (child);

  return NULL;
}

/* A person has one colour, in a list and on the page */
static void
test_color_of_an_avatar (TestUi *ui, gconstpointer data)
{
  const char *names[] = { "Ada Lovelace", "김철수",          "Łukasz z Krakowa", "x",
                          "  Acme",       "Ö. Österreich AG" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *avatar = adw_avatar_new (24, NULL, TRUE);
  GtkWidget *monogram = crm_monogram_new (24);
  int size;

  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), monogram);
  test_ui_show (ui, box, 100, 100);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      adw_avatar_set_text (ADW_AVATAR (avatar), names[i]);
      crm_monogram_set_name (CRM_MONOGRAM (monogram), names[i]);
      g_assert_nonnull (find_color (monogram));
      g_assert_cmpstr (find_color (monogram), ==, find_color (avatar));
      test_ui_settle (box);
    }

  gtk_widget_measure (monogram, GTK_ORIENTATION_VERTICAL, -1, NULL, &size, NULL, NULL);
  g_assert_cmpint (size, ==, 24);
  crm_monogram_set_name (CRM_MONOGRAM (monogram), "");
  g_assert_null (find_color (monogram));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

  g_test_add ("/monogram/color-of-an-avatar", TestUi, NULL, test_ui_set_up, test_color_of_an_avatar,
              test_ui_tear_down);

  return g_test_run ();
}
