/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-kind.h"
#include "crm-value.h"

static void
test_missing (void)
{
  g_assert_null (crm_value_new_text (NULL));
  g_assert_null (crm_value_new_text (""));
  g_assert_null (crm_value_new_items_take (crm_item_array_new ()));

  g_assert_true (crm_value_equal (NULL, NULL));
}

static void
test_text (void)
{
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autoptr (CrmValue) a = crm_value_new_text ("Łukasz");
  g_autoptr (CrmValue) b = crm_value_new_text ("Łukasz");
  g_autoptr (CrmValue) other = crm_value_new_text ("łukasz");
  g_autoptr (CrmValue) big = crm_value_new_text (large);

  g_assert_cmpint (crm_value_get_shape (a), ==, CRM_VALUE_TEXT);
  g_assert_cmpstr (crm_value_get_text (a), ==, "Łukasz");
  g_assert_cmpint (crm_value_get_integer (a), ==, 0);
  g_assert_null (crm_value_get_currency (a));
  g_assert_cmpuint (crm_value_get_n_items (a), ==, 0);
  g_assert_cmpstr (crm_value_get_text (big), ==, large);

  g_assert_true (crm_value_equal (a, b));
  g_assert_false (crm_value_equal (a, other));
  g_assert_false (crm_value_equal (a, NULL));
  g_assert_false (crm_value_equal (NULL, a));
}

static void
test_numbers (void)
{
  g_autoptr (CrmValue) zero = crm_value_new_integer (0);
  g_autoptr (CrmValue) lowest = crm_value_new_integer (G_MININT64);
  g_autoptr (CrmValue) euros = crm_value_new_money (1234500, "EUR");
  g_autoptr (CrmValue) same = crm_value_new_money (1234500, "EUR");
  g_autoptr (CrmValue) crowns = crm_value_new_money (1234500, "CZK");
  g_autoptr (CrmValue) bare = crm_value_new_integer (1234500);

  g_assert_cmpint (crm_value_get_integer (zero), ==, 0);
  g_assert_cmpint (crm_value_get_integer (lowest), ==, G_MININT64);
  g_assert_null (crm_value_get_text (zero));

  g_assert_cmpint (crm_value_get_shape (euros), ==, CRM_VALUE_MONEY);
  g_assert_cmpint (crm_value_get_integer (euros), ==, 1234500);
  g_assert_cmpstr (crm_value_get_currency (euros), ==, "EUR");
  g_assert_true (crm_value_equal (euros, same));
  g_assert_false (crm_value_equal (euros, crowns));
  g_assert_false (crm_value_equal (euros, bare));
  g_assert_false (crm_value_equal (zero, NULL));
}

static CrmValue *
new_emails (const char *first_label, const char *second)
{
  GArray *items = crm_item_array_new ();

  crm_item_array_add (items, "Eva@x.cz", first_label, "eva@x.cz", 0, 0);
  crm_item_array_add (items, second, NULL, NULL, 0, 0);

  return crm_value_new_items_take (items);
}

static void
test_items (void)
{
  g_autoptr (CrmValue) a = new_emails ("Work", "b@x.cz");
  g_autoptr (CrmValue) same = new_emails ("Work", "b@x.cz");
  g_autoptr (CrmValue) label = new_emails ("Home", "b@x.cz");
  g_autoptr (CrmValue) no_label = new_emails ("", "b@x.cz");
  g_autoptr (CrmValue) spelling = new_emails ("Work", "B@x.cz");
  g_autoptr (CrmValue) one = crm_value_new_item ("Eva@x.cz", "Work", "eva@x.cz", 0, 0);

  g_assert_cmpint (crm_value_get_shape (a), ==, CRM_VALUE_ITEMS);
  g_assert_cmpuint (crm_value_get_n_items (a), ==, 2);
  g_assert_cmpstr (crm_value_get_text (a), ==, "Eva@x.cz");
  g_assert_cmpstr (crm_value_get_item (a, 0)->label, ==, "Work");
  g_assert_cmpstr (crm_value_get_item (a, 1)->text, ==, "b@x.cz");
  g_assert_null (crm_value_get_item (a, 1)->label);
  g_assert_null (crm_value_get_item (no_label, 0)->label);

  g_assert_true (crm_value_equal (a, same));
  g_assert_false (crm_value_equal (a, label));
  g_assert_false (crm_value_equal (a, spelling));
  g_assert_false (crm_value_equal (a, one));
}

/* A record's label is read along with a relation; it may be missing and it changes without the
 * relation. */
static void
test_relations_are_equal_by_id (void)
{
  g_autoptr (CrmValue) stored = crm_value_new_item (NULL, NULL, NULL, 42, 2);
  g_autoptr (CrmValue) shown = crm_value_new_item ("Firm 1", NULL, NULL, 42, 2);
  g_autoptr (CrmValue) other = crm_value_new_item ("Firm 1", NULL, NULL, 43, 2);

  g_assert_cmpint (crm_value_get_integer (stored), ==, 42);
  g_assert_true (crm_value_equal (stored, shown));
  g_assert_false (crm_value_equal (shown, other));
}

static void
test_unite (void)
{
  g_autoptr (CrmValue) a = new_emails ("Work", "b@x.cz");
  g_autoptr (CrmValue) known = crm_value_new_item ("EVA@x.cz", "Home", "eva@x.cz", 0, 0);
  g_autoptr (CrmValue) unknown = crm_value_new_item ("c@x.cz", NULL, "c@x.cz", 0, 0);
  g_autoptr (CrmValue) unchanged = crm_value_unite (a, known);
  g_autoptr (CrmValue) grown = crm_value_unite (a, unknown);
  g_autoptr (CrmValue) first = crm_value_unite (NULL, unknown);

  g_assert_true (crm_value_equal (a, unchanged));
  g_assert_cmpuint (crm_value_get_n_items (grown), ==, 3);
  g_assert_cmpstr (crm_value_get_item (grown, 2)->text, ==, "c@x.cz");
  g_assert_true (crm_value_equal (first, unknown));
  g_assert_null (crm_value_unite (NULL, NULL));
}

static void
test_boxed (void)
{
  g_auto (GValue) gvalue = G_VALUE_INIT;
  CrmValue *value = crm_value_new_text ("kept");

  g_value_init (&gvalue, CRM_TYPE_VALUE);
  g_value_take_boxed (&gvalue, value);
  g_assert_true (g_value_get_boxed (&gvalue) == value);
}

static void
test_kinds (void)
{
  CrmKind kind;

  for (guint i = 0; i < CRM_N_KINDS; i++)
    {
      const CrmKindInfo *info = crm_kind_get_info (i);

      g_assert_cmpuint (info->kind, ==, i);
      g_assert_true (crm_kind_from_name (info->name, &kind));
      g_assert_cmpuint (kind, ==, i);
    }

  g_assert_true (crm_kind_from_name ("number", &kind));
  g_assert_cmpuint (kind, ==, CRM_KIND_DECIMAL);
  g_assert_false (crm_kind_from_name ("Text", &kind));
  g_assert_false (crm_kind_from_name ("", &kind));

  g_assert_true (crm_kind_is_relation (CRM_KIND_MEMBER));
  g_assert_false (crm_kind_is_repeated (CRM_KIND_MEMBER));
  g_assert_true (crm_kind_is_repeated (CRM_KIND_CHOICES));
  g_assert_false (crm_kind_is_relation (CRM_KIND_CHOICES));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/missing", test_missing);
  g_test_add_func ("/value/text", test_text);
  g_test_add_func ("/value/numbers", test_numbers);
  g_test_add_func ("/value/items", test_items);
  g_test_add_func ("/value/relations-are-equal-by-id", test_relations_are_equal_by_id);
  g_test_add_func ("/value/unite", test_unite);
  g_test_add_func ("/value/boxed", test_boxed);
  g_test_add_func ("/kind/names", test_kinds);

  return g_test_run ();
}
