/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "crm-error.h"
#include "crm-text.h"
#include "test-input.h"

typedef char *(*NormaliseFunc) (const char *text, char **key, GError **error);

static void
assert_normal (NormaliseFunc func, const char *text, const char *expected, const char *expected_key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *again_key = NULL;
  g_autofree char *without_key = func (text, NULL, NULL);
  g_autofree char *normal = func (text, &key, &error);
  g_autofree char *again = NULL;

  log_input (text);
  g_assert_no_error (error);
  g_assert_cmpstr (normal, ==, expected);
  g_assert_cmpstr (key, ==, expected_key);
  g_assert_cmpstr (without_key, ==, expected);

  again = func (normal, &again_key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, normal);
  g_assert_cmpstr (again_key, ==, key);
}

static void
assert_refused (NormaliseFunc func, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *normal = func (text, &key, &error);

  log_input (text);
  g_assert_null (normal);
  g_assert_null (key);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
}

static void
test_email (void)
{
  static const char *const rows[][3] = {
    { "a@b.cz", "a@b.cz", "a@b.cz" },
    { " a@b.cz\n", "a@b.cz", "a@b.cz" },
    { "OLIVIA.ONEILL0@FIRM7.EXAMPLE.NET", "olivia.oneill0@firm7.example.net",
      "olivia.oneill0@firm7.example.net" },
    { "Name <a@b.cz>", "a@b.cz", "a@b.cz" },
    { "\"Novák, Jan\" <Jan@B.cz>", "jan@b.cz", "jan@b.cz" },
    { "<a@b.cz>", "a@b.cz", "a@b.cz" },
    { "'a@b.cz'", "a@b.cz", "a@b.cz" },
    { "<a@b.cz>;", "a@b.cz", "a@b.cz" },
    { "mailto:a@b.cz", "a@b.cz", "a@b.cz" },
    { "MAILTO:a@b.cz?subject=x", "a@b.cz", "a@b.cz" },
    { "Ann <mailto:a@b.cz>", "a@b.cz", "a@b.cz" },
    { "a+tag_1@b-c.co.uk", "a+tag_1@b-c.co.uk", "a+tag_1@b-c.co.uk" },
    { "a@b.cz.", "a@b.cz", "a@b.cz" },
    { "Řehoř@Příklad.cz", "řehoř@příklad.cz", "řehoř@xn--pklad-zsa96e.cz" },
    { "a@xn--pklad-zsa96e.cz", "a@příklad.cz", "a@xn--pklad-zsa96e.cz" },
    { "김@한국.kr", "김@한국.kr", "김@xn--3e0b707e.kr" },
    { "\"john doe\"@c.cz", "\"john doe\"@c.cz", "\"john doe\"@c.cz" },
    { "o'neill@b.ie", "o'neill@b.ie", "o'neill@b.ie" },
  };
  static const char *const bad[] = {
    "",
    "a",
    "a@",
    "@b.cz",
    "a@b",
    "a b@c.cz",
    "a@b c.cz",
    "a..b@c.cz",
    ".a@b.cz",
    "a.@b.cz",
    "a@b..cz",
    "a@-b.cz",
    "a@b-.cz",
    "a@.cz",
    "a@1.2.3.4",
    "a@b.cz, c@d.cz",
    "a@b@",
    "a@b.c",
    "a,b@c.cz",
    "<>",
    "Name <a@b>",
    "a\xff@b.cz",
    "a@b.123",
    "mailto:",
    "a@b_c.cz ann@c.cz",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_normal (crm_email_normalise, rows[i][0], rows[i][1], rows[i][2]);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (crm_email_normalise, bad[i]);
}

static void
test_email_length (void)
{
  g_autofree char *local = g_strnfill (64, 'a');
  g_autofree char *label = g_strnfill (63, 'b');
  g_autofree char *good = g_strconcat (local, "@", label, ".", label, ".cz", NULL);
  g_autofree char *long_local = g_strconcat ("a", good, NULL);
  g_autofree char *long_label = g_strconcat ("a@b", label, ".cz", NULL);
  g_autofree char *long_domain = g_strconcat ("a@", label, ".", label, ".", label, ".", label,
                                              NULL);

  assert_normal (crm_email_normalise, good, good, good);
  assert_refused (crm_email_normalise, long_local);
  assert_refused (crm_email_normalise, long_label);
  assert_refused (crm_email_normalise, long_domain);
}

static void
test_domain (void)
{
  static const char *const rows[][3] = {
    { "acme.com", "acme.com", "acme.com" },
    { "https://www.Acme.com/x", "acme.com", "acme.com" },
    { "http://acme.com:8080/a@b?c", "acme.com", "acme.com" },
    { "https://user:pw@www.acme.co.uk", "acme.co.uk", "acme.co.uk" },
    { "www.acme.com", "acme.com", "acme.com" },
    { "WWW.ACME.COM.", "acme.com", "acme.com" },
    { "//acme.com/x", "acme.com", "acme.com" },
    { "acme.com/x/y", "acme.com", "acme.com" },
    { "ann@acme.com", "acme.com", "acme.com" },
    { "mailto:ann@acme.com", "acme.com", "acme.com" },
    { "mail.acme.com", "mail.acme.com", "mail.acme.com" },
    { "www.com", "www.com", "www.com" },
    { "Příklad.cz", "příklad.cz", "xn--pklad-zsa96e.cz" },
    { "xn--pklad-zsa96e.cz", "příklad.cz", "xn--pklad-zsa96e.cz" },
    { "faß.de", "faß.de", "xn--fa-hia.de" },
    { "http://www.한국.kr/", "한국.kr", "xn--3e0b707e.kr" },
    { "İstanbul.example", "i̇stanbul.example", "xn--istanbul-o0e.example" },
    { "acme。com", "acme.com", "acme.com" },
  };
  static const char *const bad[] = {
    "",
    "Acme",
    "Acme Ltd",
    "http://",
    "http://192.168.0.1/",
    "192.168.0.1",
    "localhost",
    "a..b",
    ".com",
    "-a.com",
    "a-.com",
    "acme.c",
    "acme com.x y",
    "https://a b.com",
    "[::1]",
    "xn--a.com",
    "\xff.com",
    "12.50",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_normal (crm_domain_normalise, rows[i][0], rows[i][1], rows[i][2]);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (crm_domain_normalise, bad[i]);
}

static void
test_provider (void)
{
  static const char *const providers[] = {
    "126.com",        "gmail.com",     "GMail.com",  "mail.gmail.com", "seznam.cz",
    "naver.com",      "hanmail.net",   "yahoo.com",  "yahoo.co.id",    "yahoo.fr",
    "hotmail.com.tr", "live.nl",       "gmx.net",    "t-online.de",    "wp.pl",
    "zoznam.sk",      "a.wixsite.com", "icloud.com", "outlook.de",     "proton.me",
  };
  static const char *const others[] = {
    "acme.com",
    "notgmail.com",
    "gmail.com.acme.com",
    "liveperson.com",
    "live.acme.com",
    "yahoo",
    "com",
    "",
    "outlook.office.com",
    "gmail.acme.cz",
    "mygmx.net",
  };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      log_input (providers[i]);
      g_assert_true (crm_domain_is_provider (providers[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      log_input (others[i]);
      g_assert_false (crm_domain_is_provider (others[i]));
    }
}

static char *
normalise_url (const char *text, char **key, GError **error)
{
  return crm_url_normalise (text, NULL, key, error);
}

static void
test_url (void)
{
  static const char *const rows[][4] = {
    { "acme.com", "https://acme.com", "acme.com", "website" },
    { "www.Acme.com/", "https://www.acme.com/", "acme.com", "website" },
    { "HTTP://Acme.com/Path?q=1", "http://acme.com/Path?q=1", "acme.com/Path?q=1", "website" },
    { "https://acme.com/?utm_source=a&b=c&gclid=x#top",
      "https://acme.com/?utm_source=a&b=c&gclid=x#top", "acme.com?b=c", "website" },
    { "http://acme.com:80/a/", "http://acme.com:80/a/", "acme.com/a", "website" },
    { "acme.com:8080", "https://acme.com:8080", "acme.com:8080", "website" },
    { "//acme.com/x", "https://acme.com/x", "acme.com/x", "website" },
    { "<https://acme.com>", "https://acme.com", "acme.com", "website" },
    { "http://localhost:8080/x", "http://localhost:8080/x", "localhost:8080/x", "website" },
    { "http://10.0.0.1/x", "http://10.0.0.1/x", "10.0.0.1/x", "website" },
    { "https://[::1]/", "https://[::1]/", "[::1]", "website" },
    { "https://Příklad.cz/Š", "https://příklad.cz/Š", "xn--pklad-zsa96e.cz/Š", "website" },
    { "https://acme.com/?next=http://b.cz", "https://acme.com/?next=http://b.cz",
      "acme.com?next=http://b.cz", "website" },
    { "acme.com/?next=http://b.cz", "https://acme.com/?next=http://b.cz",
      "acme.com?next=http://b.cz", "website" },
    { "https://linkedin.com/in/oneill0", "https://linkedin.com/in/oneill0",
      "linkedin.com/in/oneill0", "linkedin" },
    { "cz.linkedin.com/in/ONeill0/?trk=x", "https://cz.linkedin.com/in/ONeill0/?trk=x",
      "linkedin.com/in/oneill0", "linkedin" },
    { "m.facebook.com/Acme", "https://m.facebook.com/Acme", "facebook.com/acme", "facebook" },
    { "fb.com/acme", "https://fb.com/acme", "facebook.com/acme", "facebook" },
    { "https://twitter.com/Acme", "https://twitter.com/Acme", "x.com/acme", "x" },
    { "x.com/acme", "https://x.com/acme", "x.com/acme", "x" },
    { "netflix.com", "https://netflix.com", "netflix.com", "website" },
    { "instagram.com/acme/", "https://instagram.com/acme/", "instagram.com/acme", "instagram" },
    { "github.com/Acme", "https://github.com/Acme", "github.com/acme", "github" },
    { "youtu.be/AbC", "https://youtu.be/AbC", "youtu.be/AbC", "youtube" },
    { "https://www.xing.com/profile/A_B", "https://www.xing.com/profile/A_B",
      "xing.com/profile/a_b", "xing" },
    { "t.me/acme", "https://t.me/acme", "t.me/acme", "other" },
  };
  static const char *const bad[] = {
    "",           "acme",     "foo bar.com",          "ftp://a.cz",        "javascript:alert(1)",
    "localhost",  "https://", "ann@acme.com",         "acme.com:99999999", "acme.com:x",
    "http://a b", "12.5",     "https://u:p@acme.com", "file:///etc",       "https://\xff.com",
    "10.0.0.1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *kind = NULL;
      g_autofree char *url = crm_url_normalise (rows[i][0], &kind, NULL, NULL);

      assert_normal (normalise_url, rows[i][0], rows[i][1], rows[i][2]);
      g_assert_cmpstr (kind, ==, rows[i][3]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (normalise_url, bad[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address/email", test_email);
  g_test_add_func ("/address/email/length", test_email_length);
  g_test_add_func ("/address/domain", test_domain);
  g_test_add_func ("/address/provider", test_provider);
  g_test_add_func ("/address/url", test_url);

  return g_test_run ();
}
