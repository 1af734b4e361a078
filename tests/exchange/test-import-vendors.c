/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exports in the shape that other programs write them, imported as they are. */

#include "test-exchange.h"

#define GOOGLE_HEADER                                                                            \
  "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File "  \
  "As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels," \
  "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 " \
  "- Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - " \
  "Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"       \
  "Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value\n"

static void
test_google (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (CrmRecord) record = NULL;
  CrmValue *phones;

  report = test_import_twice (
      test, NULL,
      GOOGLE_HEADER
      "Zoë,,\"Smith, Jr.\",,Dr.,,,,\"Alfa & Partners, Ltd.\",\"Head of \"\"Special\"\" Projects\","
      ",1980-02-05,\"Met at the fair.\nCall back in spring.\",,Customers ::: * myContacts,* Work,"
      "zoe@alfa.example,Home,zoe@gmail.com ::: zoe2@gmail.com,Mobile,+420 604 028 052,Work,"
      "222 333 444,Work,\"Main St 4\n11400 Praha\nCZ\",Main St 4,Praha,,,114 00,CZ,Floor 2,Work,"
      "https://www.alfa.example/\n"
      "Noah,,Van der Berg,,,,,,Beta,,,,,,* myContacts,* Work,noah@other.example,,,,,,,,\"Long Rd 7"
      "\",,,,,,,,,\n");
  test_assert_counts (report, 2, 0, 0, 0);
  g_assert_cmpint (test_count (test, "companies"), ==, 2);
  g_assert_cmpint (test_count (test, "notes"), ==, 1);

#define ZOE "email = \"zoe@alfa.example\""
  test_assert_value (test, "people", ZOE, "last_name", "Smith, Jr.");
  test_assert_value (test, "people", ZOE, "salutation", "Dr.");
  test_assert_value (test, "people", ZOE, "emails",
                     "zoe@alfa.example;zoe@gmail.com;zoe2@gmail.com");
  test_assert_value (test, "people", ZOE, "phones", "+420604028052;+420222333444");
  test_assert_value (test, "people", ZOE, "birthday", "1980-02-05");
  test_assert_value (test, "people", ZOE, "tags", "Customers");
  test_assert_value (test, "people", ZOE, "street", "Main St 4, Floor 2");
  test_assert_value (test, "people", ZOE, "company", "Alfa & Partners, Ltd.");
  test_assert_value (test, "companies", "name starts Alfa", "domains", "alfa.example");
  test_assert_value (test, "people", "first_name = Noah", "street", "Long Rd 7");
  test_assert_value (test, "companies", "name = Beta", "domains", "");
  test_assert_value (test, "notes", "body contains fair", "body",
                     "Met at the fair.\nCall back in spring.");

  record = test_find (test, "people", ZOE);
  phones = crm_record_get_value_by_name (record, "phones");
  g_assert_cmpstr (crm_value_get_item (phones, 0)->label, ==, "Mobile");
  g_assert_cmpstr (crm_value_get_item (phones, 1)->label, ==, "Work");
}

static void
test_outlook (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, "people",
      "\xef\xbb\xbf"
      "First Name,Middle Name,Last Name,Title,Suffix,Nickname,E-mail Address,E-mail 2 Address,"
      "Home Phone,Business Phone,Mobile Phone,Company,Job Title,Business Street,Business City,"
      "Business Postal Code,Business Country/Region,Home City,Home Country/Region,Web Page,"
      "Birthday,Notes,Categories\r\n"
      "Olivia,,O'Neill,Mrs.,Jr.,,OLIVIA@ALFA.EXAMPLE,o@home.example,,+49 30 123456,,Alfa,CEO,"
      "Hauptstr. 0,Berlin,10115,Germany,Potsdam,Germany,alfa.example,3/4/1975,,VIP;Newsletter\r\n"
      "Noah,,Berg,,,,noah@alfa.example,,030 654321,,,Alfa,,,,,,Wien,Austria,,3/14/1975,,\r\n"
      "Mia,,Brown,,,,mia@alfa.example,,,,,Alfa,,,,,,,,,0/0/00,,\r\n");
  test_assert_counts (report, 3, 0, 0, 0);
  g_assert_cmpint (test_count (test, "companies"), ==, 1);

#define OLIVIA "first_name = Olivia"
  test_assert_value (test, "people", OLIVIA, "birthday", "1975-03-04");
  test_assert_value (test, "people", OLIVIA, "salutation", "Mrs.");
  test_assert_value (test, "people", OLIVIA, "last_name", "O'Neill Jr.");
  test_assert_value (test, "people", OLIVIA, "job_title", "CEO");
  test_assert_value (test, "people", OLIVIA, "city", "Berlin");
  test_assert_value (test, "people", OLIVIA, "tags", "VIP;Newsletter");
  test_assert_value (test, "people", OLIVIA, "phones", "+4930123456");
  test_assert_value (test, "people", "first_name = Noah", "birthday", "1975-03-14");
  test_assert_value (test, "people", "first_name = Noah", "city", "Wien");
  test_assert_value (test, "people", "first_name = Noah", "phones", "+4330654321");
  test_assert_value (test, "people", "first_name = Mia", "birthday", "");
}

static void
test_linkedin (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  report = test_import_twice (
      test, NULL,
      "Notes:\r\n\"When exporting your connection data, you may notice that some are "
      "missing.\"\r\n\r\n"
      "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
      "Olivia,O'Neill,https://www.linkedin.com/in/olivia-1,o@alfa.example,Alfa,CEO,01 Jan 2025\r\n"
      "Jan,Novák,https://www.linkedin.com/in/jan-2,,Alfa,Buyer,02 Feb 2025\r\n"
      "Jan,Novák,https://www.linkedin.com/in/jan-3,,Alfa,Buyer,02 Feb 2025\r\n"
      ",,,,,,13 Jan 2025\r\n");
  test_assert_counts (report, 3, 0, 0, 1);
  test_assert_value (test, "people", "email = o@alfa.example", "job_title", "CEO");
  test_assert_value (test, "people", "links has \"https://www.linkedin.com/in/jan-2\"", "last_name",
                     "Novák");
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==, "8 rejected -\n");
}

static void
test_hubspot (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, "people",
      "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Company,Lead "
      "Status,Create Date (GMT+1),Associated Deal\n"
      "51000000000,Olivia,O'Neill,olivia@alfa.example,'+420 600 000 001,Dana Reyes,Alfa,Connected,"
      "2025-01-15 09:00,\n"
      "51000000001,Noah,Berg,,+420 600 000 002,Dana Reyes,Alfa,customer,2025-02-15 09:01,\n");
  test_assert_counts (report, 2, 0, 0, 0);
  test_assert_value (test, "people", OLIVIA, "external_id", "51000000000");
  test_assert_value (test, "people", OLIVIA, "phones", "+420600000001");
  test_assert_value (test, "people", OLIVIA, "status", "Connected");
  test_assert_value (test, "people", OLIVIA, "owner", "Dana Reyes");
  test_assert_value (test, "people", OLIVIA, "created_at", "2025-01-15T08:00:00Z");
  test_assert_value (test, "people", "first_name = Noah", "status", "Customer");
  g_assert_cmpint (test_count (test, "members"), ==, 1);
}

static void
test_twenty (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, NULL,
      "Id,Name / First Name,Name / Last Name,Emails / Primary Email,Emails / Additional Emails,"
      "Phones / Primary Phone Number,Phones / Primary Phone Country Code,Phones / Primary Phone "
      "Calling Code,Job Title,City,Company / Domain Name / Link URL,Linkedin / Link URL,Creation "
      "date,Deleted at\n"
      "20202020-0000-4000-8000-000000000000,Olivia,O'Neill,olivia@alfa.example,"
      "\"[\"\"second@example.com\"\"]\",600000000,CZ,+420,CEO,Brno,https://alfa.example,"
      "https://linkedin.com/in/oneill0,2025-11-02T10:00:00.000Z,\n");
  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", OLIVIA, "emails", "olivia@alfa.example;second@example.com");
  test_assert_value (test, "people", OLIVIA, "phones", "+420600000000");
  test_assert_value (test, "people", OLIVIA, "created_at", "2025-11-02T10:00:00Z");
  test_assert_value (test, "people", OLIVIA, "external_id", "20202020-0000-4000-8000-000000000000");
  test_assert_value (test, "companies", "domain = alfa.example", "name", "alfa.example");
  test_assert_value (test, "people", OLIVIA, "company", "alfa.example");
}

static void
test_recognised (void)
{
  const struct
  {
    const char *header;
    const char *name;
  } cases[] = {
    { GOOGLE_HEADER, "Google Contacts" },
    { "E-mail Address,Business Phone,Web Page\n", "Outlook" },
    { "First Name,Last Name,URL,Connected On\n", "LinkedIn" },
    { "Record ID,Email,Contact owner\n", "HubSpot" },
    { "Id,Name / First Name\n", "Twenty" },
    { "Name,Telephone\n", NULL },
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, NULL, cases[i].header);

      g_assert_cmpstr (crm_import_plan_get_recognised (plan), ==, cases[i].name);
    }
}

static void
test_other_languages (void)
{
  const struct
  {
    const char *text;
    const char *phone;
  } cases[] = {
    { "Jméno;Příjmení;E-mail;Mobilní telefon;Firma;Pracovní pozice;Město;PSČ;Země\n"
      "Jiří;Dvořák;jiri@alfa.example;600 000 000;Alfa;Obchodník;Brno;602 00;Česko\n",
      "+420600000000" },
    { "Vorname;Nachname;E-Mail-Adresse;Telefonnummer;Unternehmen;Position;Ort;PLZ;Land\n"
      "Jiří;Dvořák;jiri@alfa.example;030 123456;Alfa;Obchodník;Brno;602 00;Deutschland\n",
      "+4930123456" },
    { "이름,성,이메일,휴대폰,회사,직책,도시,우편번호,국가\n"
      "Jiří,Dvořák,jiri@alfa.example,010-1234-5678,Alfa,Obchodník,Brno,602 00,대한민국\n",
      "+821012345678" },
    { "Nama Depan,Nama Belakang,Surel,No. HP,Perusahaan,Jabatan,Kota,Kode Pos,Negara\n"
      "Jiří,Dvořák,jiri@alfa.example,0812-3456-7890,Alfa,Obchodník,Brno,602 00,Indonesia\n",
      "+6281234567890" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportReport) report = test_import_twice (test, NULL, cases[i].text);

      test_assert_counts (report, 1, 0, 0, 0);
#define JIRI "email = jiri@alfa.example"
      test_assert_value (test, "people", JIRI, "name", "Jiří Dvořák");
      test_assert_value (test, "people", JIRI, "phones", cases[i].phone);
      test_assert_value (test, "people", JIRI, "company", "Alfa");
      test_assert_value (test, "people", JIRI, "job_title", "Obchodník");
      test_assert_value (test, "people", JIRI, "city", "Brno");
      test_assert_value (test, "people", JIRI, "postcode", "602 00");
    }
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/import-vendors/google", test_google);
  g_test_add_func ("/import-vendors/outlook", test_outlook);
  g_test_add_func ("/import-vendors/linkedin", test_linkedin);
  g_test_add_func ("/import-vendors/hubspot", test_hubspot);
  g_test_add_func ("/import-vendors/twenty", test_twenty);
  g_test_add_func ("/import-vendors/recognised", test_recognised);
  g_test_add_func ("/import-vendors/other-languages", test_other_languages);

  return g_test_run ();
}
