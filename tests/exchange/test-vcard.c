/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards as other programs write them, imported as they are, and our own. */

#include "test-exchange.h"

#include <string.h>

#include "crm-attachments.h"
#include "crm-error.h"
#include "crm-vcard-writer.h"

#define CARD(version, lines) "BEGIN:VCARD\r\nVERSION:" version "\r\n" lines "END:VCARD\r\n"

static void
assert_label (TestWorkspace *test,
              const char *filter,
              const char *field,
              guint index,
              const char *label)
{
  g_autoptr (CrmRecord) record = test_find (test, "people", filter);
  CrmValue *value = crm_record_get_value_by_name (record, field);

  g_assert_nonnull (value);
  g_assert_cmpstr (crm_value_get_item (value, index)->label, ==, label);
}

static void
test_apple (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, "people",
      CARD ("3.0", "PRODID:-//Apple Inc.//macOS 14.4//EN\r\n"
                   "N:Dvořák;Jiří;Karel,Jan;Ing.;Ph.D.\r\n"
                   "FN:Ing. Jiří Dvořák Ph.D.\r\n"
                   "NICKNAME:Jirka\r\n"
                   "ORG:Lipka\\, s.r.o.;Obchod;\r\n"
                   "TITLE:Ředitel\r\n"
                   "EMAIL;type=INTERNET;type=HOME:jiri@seznam.cz\r\n"
                   "EMAIL;type=INTERNET;type=WORK;type=pref:dvorak@lipka.cz\r\n"
                   "item1.EMAIL;type=INTERNET:jd@chata.cz\r\n"
                   "item1.X-ABLabel:Chata\r\n"
                   "item2.TEL:+420 541 123 456\r\n"
                   "item2.X-ABLabel:_$!<Work>!$_\r\n"
                   "TEL;type=CELL;type=VOICE:+420 777 123 456\r\n"
                   "item3.ADR;type=HOME;type=pref:;;Údolní 53\\nvchod B;Brno;;602 00;Če\r\n sko\r\n"
                   "item3.X-ABADR:cz\r\n"
                   "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-14\r\n"
                   "X-SOCIALPROFILE;type=linkedin;x-user=jirid:http://www.linkedin.com/in/jirid\r\n"
                   "NOTE:Dobrý den\\, vážený\\; pane\\nC:\\\\nic\r\n"
                   "CATEGORIES:VIP,Brno\\, jih\r\n"
                   "UID:A1B2-1\r\n"));
  test_assert_counts (report, 1, 0, 0, 0);

#define JIRI "external_id = \"A1B2-1\""
  test_assert_value (test, "people", JIRI, "first_name", "Jiří");
  test_assert_value (test, "people", JIRI, "middle_name", "Karel Jan");
  test_assert_value (test, "people", JIRI, "last_name", "Dvořák Ph.D.");
  test_assert_value (test, "people", JIRI, "salutation", "Ing.");
  test_assert_value (test, "people", JIRI, "nickname", "Jirka");
  test_assert_value (test, "people", JIRI, "company", "Lipka, s.r.o.");
  test_assert_value (test, "people", JIRI, "department", "Obchod");
  test_assert_value (test, "people", JIRI, "job_title", "Ředitel");
  test_assert_value (test, "people", JIRI, "emails", "dvorak@lipka.cz;jiri@seznam.cz;jd@chata.cz");
  test_assert_value (test, "people", JIRI, "phones", "+420541123456;+420777123456");
  test_assert_value (test, "people", JIRI, "street", "Údolní 53, vchod B");
  test_assert_value (test, "people", JIRI, "city", "Brno");
  test_assert_value (test, "people", JIRI, "postcode", "602 00");
  test_assert_value (test, "people", JIRI, "country", "Česko");
  test_assert_value (test, "people", JIRI, "birthday", "--03-14");
  test_assert_value (test, "people", JIRI, "links", "http://www.linkedin.com/in/jirid");
  test_assert_value (test, "people", JIRI, "tags", "VIP;Brno, jih");
  test_assert_value (test, "notes", NULL, "body", "Dobrý den, vážený; pane\nC:\\nic");
  assert_label (test, JIRI, "emails", 0, "Work");
  assert_label (test, JIRI, "emails", 1, "Home");
  assert_label (test, JIRI, "emails", 2, "Chata");
  assert_label (test, JIRI, "phones", 0, "Work");
  assert_label (test, JIRI, "phones", 1, "Mobile");
}

static void
test_google (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, NULL,
                              CARD ("3.0", "FN:김철수\n"
                                           "N:김;철수;;;\n"
                                           "EMAIL;TYPE=INTERNET;TYPE=WORK:cheolsu@hanbit.example\n"
                                           "TEL;TYPE=CELL:+82 10-1234-5678\n"
                                           "ADR:;;테헤란로 1;서울;;06000;대한민국;대한민국\n"
                                           "item1.ORG:한빛 주식회사\n"
                                           "item1.TITLE:부장\n"
                                           "item2.URL:https\\://hanbit.example/team?a=1\\,2\n"
                                           "item2.X-ABLabel:PROFILE\n"
                                           "BDAY:1985-04-12\n"
                                           "CATEGORIES:거래처,myContacts\n")
                                  CARD ("3.0", "FN:\nN:;;;;\n"
                                               "EMAIL;TYPE=INTERNET:only@address.example\n"));
  test_assert_counts (report, 2, 0, 0, 0);

#define CHEOLSU "email = \"cheolsu@hanbit.example\""
  test_assert_value (test, "people", CHEOLSU, "name", "김철수");
  test_assert_value (test, "people", CHEOLSU, "company", "한빛 주식회사");
  test_assert_value (test, "people", CHEOLSU, "job_title", "부장");
  test_assert_value (test, "people", CHEOLSU, "phones", "+821012345678");
  test_assert_value (test, "people", CHEOLSU, "city", "서울");
  test_assert_value (test, "people", CHEOLSU, "birthday", "1985-04-12");
  test_assert_value (test, "people", CHEOLSU, "links", "https://hanbit.example/team?a=1,2");
}

static void
test_outlook (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, "people",
      CARD ("2.1", "N;LANGUAGE=de;CHARSET=Windows-1252:M\xfcller;J\xfcrgen\r\n"
                   "FN;CHARSET=Windows-1252:J\xfcrgen M\xfcller\r\n"
                   "ORG:Alfa GmbH;Vertrieb\r\n"
                   "TEL;WORK;VOICE:+49 (30) 123456\r\n"
                   "TEL;WORK;FAX:+49 (30) 123457\r\n"
                   "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Hauptstr. 1=0D=0A=\r\n"
                   "Hinterhaus;Berlin;;10115;Deutschland\r\n"
                   "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r\n"
                   "BDAY:19750314\r\n"
                   "EMAIL;PREF;INTERNET:jm@alfa.example\r\n"
                   "REV:20240102T101112Z\r\n"));
  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", NULL, "name", "Jürgen Müller");
  test_assert_value (test, "people", NULL, "department", "Vertrieb");
  test_assert_value (test, "people", NULL, "street", "Hauptstr. 1, Hinterhaus");
  test_assert_value (test, "people", NULL, "birthday", "1975-03-14");
  test_assert_value (test, "people", NULL, "phones", "+4930123456;+4930123457");
  assert_label (test, NULL, "phones", 1, "Fax");
  g_assert_cmpint (report->problems->len, ==, 0);
}

static void
test_nokia (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, "people",
      CARD ("2.1",
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BDi=C5=BEkov=C3=A1;=C5=A0=C3=A1rka;;;\r"
            "TEL;PREF;CELL:+420777888999\r"
            "TEL;WORK;FAX:+420541999888\r"
            "EMAIL:sarka@zizkova.example\r"
            "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dlouh=C3=\r"
            "=A1 pozn=C3=A1mka=0D=0A=\r"
            "Druh=C3=BD =C5=99=C3=A1dek\r"
            "PHOTO;ENCODING=BASE64;TYPE=JPEG:\r"
            " AAAA\r"
            "BBBB==\r"
            "\r"
            "X-CLASS:private\r"
            "AGENT:\r"
            "BEGIN:VCARD\r"
            "N:Agent;Secret\r"
            "END:VCARD\r"));
  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", NULL, "name", "Šárka Žižková");
  test_assert_value (test, "people", NULL, "phones", "+420777888999;+420541999888");
  test_assert_value (test, "notes", NULL, "body", "Dlouhá poznámka\nDruhý řádek");
}

static void
test_thunderbird (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, NULL,
                              CARD ("4.0", "UID:urn:uuid:6c5a\r\n"
                                           "EMAIL;PREF=1:anna@beta.example\r\n"
                                           "EMAIL;TYPE=home:anna@home.example\r\n"
                                           "N:Svobodová;Anna;;;\r\n"
                                           "FN:Anna Svobodová\r\n"
                                           "TEL;TYPE=cell;VALUE=URI:tel:+420-602-111-222\r\n"
                                           "ORG:Beta;\r\n"
                                           "ROLE:Účetní\r\n"
                                           "BDAY;VALUE=DATE:--0512\r\n"
                                           "IMPP:xmpp:anna@chat.example\r\n"
                                           "LANG:cs\r\n"));
  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", NULL, "external_id", "6c5a");
  test_assert_value (test, "people", NULL, "phones", "+420602111222");
  test_assert_value (test, "people", NULL, "birthday", "--05-12");
  test_assert_value (test, "people", NULL, "job_title", "Účetní");
  test_assert_value (test, "people", NULL, "language", "cs");
  test_assert_value (test, "people", NULL, "company", "Beta");
}

/* A card that comes again by another name is the same one. */
static void
test_updated (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *after = NULL;

  first = test_import (test, "people", CARD ("3.0", "N:Nová;Jana\nUID:7\n"));
  dump = test_dump (test);
  second = test_import (test, "people", CARD ("4.0", "N:Stará;Jana\nUID:urn:uuid:7\n"));
  test_assert_counts (second, 0, 1, 0, 0);
  test_assert_value (test, "people", NULL, "last_name", "Stará");
  after = test_dump (test);

  test_undo (test, second->act_id);
  test_assert_dump (test, dump);
  test_redo (test);
  test_assert_dump (test, after);
}

static CrmTable *
open_part (TestWorkspace *test, const char *text, const char *part)
{
  g_autofree char *path = test_write_csv (test, "cards.vcf", text);
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (GError) error = NULL;
  CrmTable *table;

  options.part = part;
  table = crm_table_open (path, &options, NULL, &error);
  g_assert_no_error (error);

  return table;
}

static void
test_parts (void)
{
  static const char text[] = CARD (
      "3.0", "N:;;;;\nFN:Acme GmbH\nORG:Acme GmbH;\nX-ABShowAs:COMPANY\n"
             "URL:https://www.acme.example\nURL:https://acme.example/shop\nUID:c1\n")
      CARD ("4.0", "FN:Jan Novák\nEMAIL:jan@acme.example\nUID:urn:uuid:p1\n")
          CARD ("3.0", "FN:Klub\nX-ADDRESSBOOKSERVER-KIND:group\n"
                       "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:p1\n");
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmTable) people = open_part (test, text, NULL);
  g_autoptr (CrmTable) companies = open_part (test, text, "Companies");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (crm_table_get_format (people), ==, CRM_TABLE_VCARD);
  g_assert_cmpstr (crm_table_get_parts (people)[0], ==, "People");
  g_assert_cmpstr (crm_table_get_parts (people)[1], ==, "Companies");
  g_assert_cmpstr (crm_table_get_part (people), ==, "People");

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (CrmImportPlan) plan = crm_import_plan_new (test->store, NULL,
                                                            i == 0 ? companies : people, &error);
      g_autoptr (CrmImportReport) report = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (crm_import_plan_get_record_type (plan)->name, ==,
                       i == 0 ? "companies" : "people");
      report = test_plan_run (plan, FALSE);
      test_assert_counts (report, 1, 0, 0, 0);
    }
  test_assert_value (test, "companies", NULL, "domains", "acme.example");
  test_assert_value (test, "companies", NULL, "links", "https://acme.example/shop");
  test_assert_value (test, "people", NULL, "company", "Acme GmbH");
  test_assert_value (test, "people", NULL, "tags", "Klub");
}

/* What is damaged is told, and the rest taken. */
static void
test_damaged (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  report = test_import (
      test, "people",
      CARD (
          "3.0",
          "N:One;Anna\r\nBDAY:1975-02-31\r\nno content line\r\n") "between\r\n"
                                                                  "BEGIN:VCARD\r\nN:Two;Berta\r\n"
                                                                  "BEGIN:VCARD\r\nN:Three;Clara\r\n"
                                                                  "PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\nEND:VCARD\r\n"
                                                                  "BEGIN:VCARD\r\nN:Four;Dora\r\n");
  test_assert_counts (report, 4, 0, 0, 0);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==,
                   "1 warning -\n"
                   "1 warning -\n"
                   "7 warning -\n"
                   "8 warning -\n"
                   "10 warning -\n"
                   "14 warning -\n");
}

/* What was read when somebody stopped it, or the disk failed, is not taken for all there is. */
static void
test_interrupted (void)
{
  static const char *const texts[] = {
    CARD ("3.0", "N:A;B\n"),
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR\n",
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint broken = 0; broken < 2; broken++)
      {
        g_autoptr (CrmTable) table = NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (GString) bytes = g_string_new (NULL);
        g_autofree char *path = g_build_filename (test->folder, "cards.vcf", NULL);

        /* UTF-16 with half a letter at the end cannot be read to its end. */
        for (const char *p = texts[i]; *p != '\0'; p++)
          {
            g_string_append_c (bytes, *p);
            if (broken)
              g_string_append_c (bytes, '\0');
          }
        if (broken)
          g_string_append_c (bytes, 'x');
        g_file_set_contents (path, bytes->str, (gssize) bytes->len, &error);
        g_assert_no_error (error);

        table = crm_table_open (path, NULL, broken ? NULL : cancellable, &error);
        g_assert_null (table);
        g_assert_nonnull (error);
        if (!broken)
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      }
}

static void
test_utf_16 (void)
{
  static const char text[] = CARD ("3.0", "N:Dvořák;Jiří\r\n");
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = g_build_filename (test->folder, "cards.vcf", NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 3; i++)
    {
      static const char *const encodings[] = { "UTF-16", "UTF-16LE", "UTF-16BE" };
      g_autoptr (CrmTable) table = NULL;
      g_autoptr (CrmImportPlan) plan = NULL;
      g_autoptr (CrmImportReport) report = NULL;
      g_autofree char *bytes = NULL;
      gsize size;

      bytes = g_convert (text, -1, encodings[i], "UTF-8", NULL, &size, &error);
      g_assert_no_error (error);
      g_file_set_contents (path, bytes, (gssize) size, &error);
      g_assert_no_error (error);
      table = crm_table_open (path, NULL, NULL, &error);
      g_assert_no_error (error);
      plan = crm_import_plan_new (test->store, NULL, table, &error);
      g_assert_no_error (error);
      report = test_plan_run (plan, FALSE);
      test_assert_counts (report, i == 0 ? 1 : 0, 0, i == 0 ? 0 : 1, 0);
    }
  test_assert_value (test, "people", NULL, "name", "Jiří Dvořák");
}

/* The smallest of pictures */
#define PICTURE                                                                                  \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg" \
  "gg=="

static void
assert_content (TestWorkspace *test, const char *type, const char *field)
{
  g_autoptr (CrmRecord) record = test_find (test, type, NULL);
  CrmValue *value = crm_record_get_value_by_name (record, field);
  g_autoptr (GBytes) content = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *base64 = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_nonnull (value);
  g_assert_cmpuint (crm_value_get_n_items (value), ==, 1);
  path = crm_attachments_get_path (test->store, crm_item_get_key (crm_value_get_item (value, 0)));
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  base64 = g_base64_encode ((const guchar *) bytes, size);
  g_assert_cmpstr (base64, ==, PICTURE);
}

/* Kept once however often it comes, gone with undo and there again with redo */
static void
test_picture (void)
{
  static const char *const cards[] = {
    CARD ("2.1", "N:A;B\r\nPHOTO;ENCODING=BASE64;PNG:\r\n " PICTURE "\r\n\r\nUID:1\r\n"),
    CARD ("3.0", "N:A;B\r\nPHOTO;ENCODING=b;TYPE=PNG:" PICTURE "\r\nUID:1\r\n"),
    CARD ("4.0", "N:A;B\r\nPHOTO:data:image/png;base64\\," PICTURE "\r\nUID:1\r\n"),
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *folder = crm_attachments_get_folder (crm_store_get_path (test->store));
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", cards[0]);
  g_autoptr (CrmImportReport) tried = test_plan_run (plan, TRUE);
  g_autoptr (CrmImportReport) report = NULL;

  test_assert_counts (tried, 1, 0, 0, 0);
  test_assert_dump (test, before);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, 1, 0, 0, 0);
  g_assert_cmpint (report->problems->len, ==, 0);
  test_assert_value (test, "people", NULL, "photo", "photo.png");
  assert_content (test, "people", "photo");
  after = test_dump (test);
  test_undo (test, report->act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autoptr (CrmImportReport) again = test_import (test, "people", cards[i]);

      test_assert_counts (again, 0, 0, 1, 0);
    }
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static void
test_logo (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, NULL,
                              CARD ("4.0", "KIND:org\r\nFN:Acme\r\nORG:Acme\r\n"
                                           "LOGO:data:image/png;base64," PICTURE "\r\n"));
  test_assert_counts (report, 1, 0, 0, 0);
  assert_content (test, "companies", "logo");
}

/* A picture on the net is not fetched, and a file that is no table of cards brings none. */
static void
test_no_picture (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  report = test_import (test, "people",
                        CARD ("3.0", "N:A;B\nPHOTO;VALUE=uri:https://example.org/a.jpg\n"));
  test_assert_counts (report, 1, 0, 0, 0);
  g_assert_cmpint (report->problems->len, ==, 1);
  test_assert_value (test, "people", NULL, "photo", "");

  plan = test_plan_new (test, "people", "First Name,Photo\nJan,/etc/passwd\n");
  g_assert_false (crm_import_plan_map (plan, "Photo=photo", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_USAGE);
}

/* What nobody says is found out from all such letters of the file. */
static void
test_encodings (void)
{
  static const struct
  {
    const char *encoding;
    const char *names[4];
  } cases[] = {
    { "WINDOWS-1250", { "Dvořák;Jiří", "Šťastný;Řehoř", "Žižková;Šárka", "Němeček;Květoslav" } },
    { "EUC-KR", { "김;철수", "이;영희", "박;지성", "최;민수" } },
    { "WINDOWS-1252", { "Müller;Jürgen", "Größe;Björn", "Schäfer;Käthe", "Weiß;Günther" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (GString) cards = g_string_new (NULL);
      g_autoptr (CrmImportReport) report = NULL;
      g_autofree char *bytes = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (cases[i].names); j++)
        g_string_append_printf (cards, "BEGIN:VCARD\nVERSION:2.1\nN:%s\nEND:VCARD\n",
                                cases[i].names[j]);
      bytes = g_convert (cards->str, -1, cases[i].encoding, "UTF-8", NULL, NULL, &error);
      g_assert_no_error (error);
      report = test_import_twice (test, "people", bytes);
      test_assert_counts (report, 4, 0, 0, 0);
      g_assert_cmpint (report->problems->len, ==, 1);
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].names); j++)
        {
          g_auto (GStrv) names = g_strsplit (cases[i].names[j], ";", 2);
          g_autofree char *filter = g_strdup_printf ("last_name = \"%s\"", names[0]);

          test_assert_value (test, "people", filter, "first_name", names[1]);
        }
    }
}

static char *
write_cards (TestWorkspace *test, const char *type, const char *filter)
{
  g_autoptr (CrmRecord) record = test_find (test, type, filter);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  crm_vcard_append (out, test->store, record, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));
  for (const char *line = out->str; *line != '\0'; line = strstr (line, "\r\n") + 2)
    g_assert_cmpint (strstr (line, "\r\n") - line, <=, 75);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What is written, read into an empty workspace and written again is the same. */
static void
test_round_trip (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (TestWorkspace) other = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (CrmImportReport) picture = NULL;
  g_autofree char *person = NULL;
  g_autofree char *company = NULL;
  g_autofree char *person_again = NULL;
  g_autofree char *company_again = NULL;

  report = test_import (
      test, "people",
      "First Name,Middle Name,Last Name,Salutation,Nickname,E-mail 1,E-mail 1 Label,E-mail 2,"
      "E-mail 2 Label,Phone 1,Phone 1 Label,Street,City,Postcode,Country,Company,Department,Job "
      "Title,Birthday,Links,Tags,Description,Language\n"
      "Jiří,K.,Dvořák,Dr.,Jirka,jd@lipka.cz,Work,jd@chata.cz,Chata,+420777123456,Mobile,Údolní "
      "53,Brno,602 00,Česko,\"Lipka; syn, s.r.o.\",Obchod,Ředitel,--03-14,"
      "https://www.linkedin.com/in/jd;https://jd.cz/a?b=1;;2,\"VIP;Brno, jih\",\"Dlouhý popis, "
      "který je delší než jeden řádek; má \\n, žluťoučké koně,\nzalomení a 😀.\",cs\n");
  test_assert_counts (report, 1, 0, 0, 0);
  picture = test_import (test, "people",
                         CARD ("4.0", "N:Dvořák;Jiří\r\nEMAIL:jd@lipka.cz\r\n"
                                      "PHOTO:data:image/png;base64," PICTURE "\r\n"));
  test_assert_counts (picture, 0, 1, 0, 0);
  person = write_cards (test, "people", NULL);
  company = write_cards (test, "companies", NULL);

  g_clear_pointer (&report, crm_import_report_free);
  report = test_import_twice (other, NULL, company);
  test_assert_counts (report, 1, 0, 0, 0);
  g_clear_pointer (&report, crm_import_report_free);
  report = test_import_twice (other, NULL, person);
  test_assert_counts (report, 1, 0, 0, 0);
  assert_content (other, "people", "photo");
  person_again = write_cards (other, "people", NULL);
  company_again = write_cards (other, "companies", NULL);
  g_assert_cmpstr (person_again, ==, person);
  g_assert_cmpstr (company_again, ==, company);

  /* And at home nothing changes. */
  g_clear_pointer (&report, crm_import_report_free);
  report = test_import (test, "people", person);
  g_assert_cmpint (report->created, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vcard/apple", test_apple);
  g_test_add_func ("/vcard/google", test_google);
  g_test_add_func ("/vcard/outlook", test_outlook);
  g_test_add_func ("/vcard/nokia", test_nokia);
  g_test_add_func ("/vcard/thunderbird", test_thunderbird);
  g_test_add_func ("/vcard/updated", test_updated);
  g_test_add_func ("/vcard/parts", test_parts);
  g_test_add_func ("/vcard/damaged", test_damaged);
  g_test_add_func ("/vcard/interrupted", test_interrupted);
  g_test_add_func ("/vcard/utf-16", test_utf_16);
  g_test_add_func ("/vcard/encodings", test_encodings);
  g_test_add_func ("/vcard/picture", test_picture);
  g_test_add_func ("/vcard/logo", test_logo);
  g_test_add_func ("/vcard/no-picture", test_no_picture);
  g_test_add_func ("/vcard/round-trip", test_round_trip);

  return g_test_run ();
}
