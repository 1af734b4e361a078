/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exports in the shape that other programs write them, imported as they are. */

#include "config.h"

#include "test-exchange.h"

#include <string.h>

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

/* A made-up file in the shape of each program's export; what it is recognised as, and what becomes of it */
static const struct
{
  const char *program;
  const char *type;
  const char *text;
  const char *filter; /* of the record that the first row becomes */
  const char *values; /* "field=value" of it, between bars */
} exports[] = {
  { "Google Contacts", "people",
    "Name,Given Name,Family Name,Yomi Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - "
    "Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title,Address 1 - City\n"
    "Ana Ruiz,Ana,Ruiz,,* myContacts ::: Friends,* Work,ana@alfa.example,Mobile,+34 612 345 678,Alfa SL,"
    "CEO,Madrid\n",
    "email = ana@alfa.example",
    "first_name=Ana|last_name=Ruiz|phones=+34612345678|company=Alfa SL|job_title=CEO|city=Madrid|"
    "tags=Friends" },
  { "Outlook", "people",
    "Title,First Name,Last Name,Company,Job Title,Business Street,Business City,Business Postal "
    "Code,Business Country/Region,Business Phone,Mobile Phone,Account,E-mail Address,E-mail "
    "Type,Categories,Priority\n"
    "Ms.,Ana,Ruiz,Alfa,CEO,Main 1,Praha,110 00,Czechia,+420 222 333 444,+420 600 111 222,77,"
    "ana@alfa.example,SMTP,VIP,Normal\n",
    "email = ana@alfa.example",
    "salutation=Ms.|company=Alfa|street=Main 1|postcode=110 00|tags=VIP|"
    "phones=+420222333444;+420600111222" },
  { "Outlook", "people",
    "Anrede;Vorname;Nachname;Firma;Position;Straße geschäftlich;Ort geschäftlich;Postleitzahl "
    "geschäftlich;Land/Region geschäftlich;Telefon geschäftlich;Mobiltelefon;E-Mail-Adresse;E-Mail-Typ;"
    "Geburtstag;Kategorien\n"
    "Frau;Änne;Groß;Alfa GmbH;Leiterin;Hauptstr. 1;Köln;50667;Deutschland;0221 123456;0171 "
    "1234567;aenne@alfa.example;SMTP;03.04.1980;Kunde\n",
    "email = aenne@alfa.example",
    "first_name=Änne|last_name=Groß|job_title=Leiterin|street=Hauptstr. 1|city=Köln|postcode=50667|"
    "phones=+49221123456;+491711234567|birthday=1980-04-03|tags=Kunde" },
  { "Outlook", "people",
    "Titul;Jméno;Příjmení;Společnost;Funkce;Ulice (zaměstnání);Město (zaměstnání);Telefon do "
    "zaměstnání;Mobilní telefon;E-mailová adresa;Kategorie;Poznámky\n"
    "Ing.;Žofie;Říhová;Alfa s.r.o.;ředitelka;Dlouhá 1;Brno;+420 541 111 222;+420 600 111 "
    "222;zofie@alfa.example;VIP;Volat ráno\n",
    "email = zofie@alfa.example",
    "salutation=Ing.|last_name=Říhová|company=Alfa s.r.o.|job_title=ředitelka|city=Brno|"
    "street=Dlouhá 1" },
  { "Apple Contacts", "people",
    "First name,Last name,Organization,Job title,Email (work),Phone (mobile),Phone (iPhone),Email "
    "(iCloud)\n"
    "Ana,Ruiz,Alfa,CEO,ana@alfa.example,+420 600 111 222,+420 600 111 333,ana@icloud.com\n",
    "first_name = Ana",
    "emails=ana@alfa.example;ana@icloud.com|phones=+420600111222;+420600111333|company=Alfa" },
  { "Thunderbird", "people",
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work "
    "Phone,Home Phone,Mobile Number,Work Address,Work City,Work ZipCode,Work Country,Job "
    "Title,Department,Organization,Web Page 1\n"
    "Ana,Ruiz,Ana Ruiz,Ani,ana@alfa.example,a@home.example,ani77,+420 222 333 444,,+420 600 111 "
    "222,Main 1,Praha,110 00,Czechia,CEO,Board,Alfa,https://alfa.example\n",
    "first_name = Ana",
    "emails=ana@alfa.example;a@home.example|nickname=Ani|street=Main 1|city=Praha|postcode=110 00|"
    "company=Alfa|department=Board" },
  { "Thunderbird", "people",
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work "
    "ZipCode,Birth Year,Birth Month,Birth Day,Custom 1\n"
    "Ana,Ruiz,Ana Ruiz,,ana@alfa.example,,,110 00,1980,2,29,\n"
    "Ivo,Kos,Ivo Kos,,ivo@alfa.example,,,110 00,,2,29,\n",
    "first_name = Ana", "birthday=1980-02-29|postcode=110 00" },
  { "Thunderbird", "people",
    "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,"
    "Geburtsjahr,Geburtsmonat,Geburtstag\n"
    "Ana,Ruiz,Ana Ruiz,,ana@alfa.example,,1980,12,3\n",
    "first_name = Ana", "birthday=1980-12-03|emails=ana@alfa.example" },
  { "Thunderbird", "people",
    "Jméno,Příjmení,Zobrazované jméno,První e-mail,Druhý e-mail,Rok narození,Měsíc narození,"
    "Den narození\n"
    "Ana,Ruiz,Ana Ruiz,ana@alfa.example,,1980,1,31\n",
    "first_name = Ana", "birthday=1980-01-31|emails=ana@alfa.example" },
  { "HubSpot", "companies",
    "Record ID,Company name,Company owner,Create Date (GMT+1),Phone Number,City,Country/"
    "Region,Industry,Company Domain Name,Number of Employees,Annual Revenue,Associated Contact\n"
    "9100,Alfa,Dana Reyes,2025-01-15 09:00,+420 222 333 444,Praha,Czechia,Education,alfa.example,120,"
    "1500000,Ana Ruiz (ana@alfa.example)\n",
    "name = Alfa",
    "external_id=9100|owner=Dana Reyes|domains=alfa.example|employees=120|city=Praha" },
  { "HubSpot", "deals",
    "Record ID,Deal Name,Deal Stage,Close Date (GMT+1),Deal owner,Amount,Currency,Associated "
    "Company,Deal Description\n"
    "7700,Big one,Proposal,2026-03-01 00:00,Dana Reyes,1234.50,EUR,Alfa,Soon\n",
    "name = \"Big one\"",
    "external_id=7700|stage=Proposal|amount=1234.50 EUR|close_date=2026-03-01|company=Alfa|"
    "description=Soon" },
  { "Salesforce", "people",
    "Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing "
    "State/Province,Mailing Zip/Postal Code,Mailing Country,Phone,Mobile,Email,Account Owner\n"
    "Ms.,Ana,Ruiz,CEO,Alfa,Main 1,Praha,,110 00,Czechia,+420 222 333 444,+420 600 111 "
    "222,ana@alfa.example,Dana Reyes\n",
    "email = ana@alfa.example",
    "salutation=Ms.|job_title=CEO|company=Alfa|street=Main 1|city=Praha|postcode=110 00|"
    "country=Czechia|phones=+420222333444;+420600111222|owner=" },
  { "Salesforce", "companies",
    "Id,IsDeleted,MasterRecordId,Name,Type,BillingStreet,BillingCity,BillingPostalCode,"
    "BillingCountry,Phone,Website,Industry,AnnualRevenue,NumberOfEmployees,OwnerId\n"
    "0015g00000AbCdEAAV,0,,Alfa,Customer,Main 1,Praha,110 00,Czechia,+420 222 333 "
    "444,https://alfa.example,Education,150000,12,0055g000001XyZzAAK\n",
    "name = Alfa",
    "external_id=0015g00000AbCdEAAV|street=Main 1|city=Praha|postcode=110 00|employees=12|owner=" },
  { "Salesforce", "deals",
    "Opportunity Name,Account Name,Stage,Amount,Close Date,Probability (%),Next Step,Opportunity "
    "Owner,Fiscal Period\n"
    "Big one,Alfa,Negotiation,12000,1/25/2026,80,Call,Dana Reyes,Q1-2026\n",
    "name = \"Big one\"",
    "company=Alfa|stage=Negotiation|close_date=2026-01-25|probability=80|next_step=Call|"
    "owner=Dana Reyes" },
  { "Salesforce", "people",
    "First Name,Last Name,Title,Company / Account,Lead Source,Street,City,State/Province,Zip/Postal "
    "Code,Country,Email,Lead Owner,Lead Status\n"
    "Ana,Ruiz,CEO,Alfa,Website,Main 1,Praha,,110 00,Czechia,ana@alfa.example,Dana Reyes,Qualified\n",
    "email = ana@alfa.example",
    "company=Alfa|lead_source=Website|owner=Dana Reyes|status=Qualified|postcode=110 00" },
  { "Pipedrive", "people",
    "Person - ID,Person - Name,Person - Label,Person - Organization,Person - Email - Work,Person - "
    "Email - Home,Person - Phone - Mobile,Person - Owner,Person - Open deals\n"
    "12,Ana Ruiz,Hot lead,Alfa,ana@alfa.example,a@home.example,+420 600 111 222,Dana Reyes,2\n",
    "email = ana@alfa.example",
    "external_id=12|first_name=Ana|last_name=Ruiz|tags=Hot lead|company=Alfa|"
    "emails=ana@alfa.example;a@home.example|owner=Dana Reyes" },
  { "Pipedrive", "companies",
    "Organization - ID,Organization - Name,Organization - Label,Organization - Address,Organization - "
    "City/town/village/locality of Address,Organization - ZIP/Postal code of Address,Organization - "
    "Country of Address,Organization - People,Organization - Owner\n"
    "5,Alfa,VIP,\"Main 1, Praha\",Praha,110 00,Czechia,3,Dana Reyes\n",
    "name = Alfa",
    "external_id=5|tags=VIP|city=Praha|postcode=110 00|country=Czechia|owner=Dana Reyes" },
  { "Pipedrive", "deals",
    "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - "
    "Organization,Deal - Stage,Deal - Status,Deal - Expected close date,Deal - Lost reason,Deal - "
    "Contact person\n"
    "3,Big one,Dana Reyes,1500.50,EUR,Alfa,Proposal,Won,2026-05-12,,Ana Ruiz\n"
    "4,Other,Dana Reyes,10,EUR,Alfa,Proposal,Open,2026-05-12,,Ana Ruiz\n",
    "name = \"Big one\"",
    "external_id=3|amount=1500.50 EUR|stage=Won|close_date=2026-05-12|company=Alfa" },
  { "Zoho CRM", "people",
    "Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account "
    "Name.id,Account Name,Email,Title,Phone,Mobile,Created Time,Modified Time,Mailing Street,Mailing "
    "City,Mailing Zip,Tag\n"
    "zcrm_1001,zcrm_9,Dana Reyes,Website,Ana,Ruiz,zcrm_5,Alfa,ana@alfa.example,CEO,+420 222 333 "
    "444,+420 600 111 222,2025-01-15 09:00:00,2025-02-15 09:00:00,Main 1,Praha,110 00,VIP\n",
    "email = ana@alfa.example",
    "external_id=zcrm_1001|owner=Dana Reyes|company=Alfa|job_title=CEO|street=Main 1|"
    "postcode=110 00|tags=VIP" },
  { "Zoho CRM", "companies",
    "Record Id,Account Owner,Account Name,Phone,Website,Account Number,Industry,Employees,Annual "
    "Revenue,Billing Street,Billing City,Billing Code,Created Time,Tag\n"
    "zcrm_5,Dana Reyes,Alfa,+420 222 333 444,https://alfa.example,77,Education,12,1000,Main "
    "1,Praha,110 00,2025-01-15 09:00:00,VIP\n",
    "name = Alfa", "external_id=zcrm_5|employees=12|postcode=110 00|tags=VIP|owner=Dana Reyes" },
  { "Zoho CRM", "deals",
    "Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage,Probability "
    "(%),Expected Revenue,Next Step,Created Time\n"
    "zcrm_7,Dana Reyes,1234.5,Big one,2026-05-12,Alfa,Proposal,60,740,Call,2025-01-15 09:00:00\n",
    "name = \"Big one\"",
    "external_id=zcrm_7|close_date=2026-05-12|company=Alfa|stage=Proposal|probability=60" },
  { "Zoho CRM", "people",
    "Record Id,Lead Owner,Company,First Name,Last Name,Title,Email,Lead Source,Lead Status,No. of "
    "Employees,Created Time\n"
    "zcrm_8,Dana Reyes,Alfa,Ana,Ruiz,CEO,ana@alfa.example,Referral,Qualified,120,2025-01-15 "
    "09:00:00\n",
    "email = ana@alfa.example",
    "external_id=zcrm_8|company=Alfa|owner=Dana Reyes|lead_source=Referral|status=Qualified" },
  { "Twenty", "companies",
    "Id,Name,Domain Name / Link URL,Employees,Linkedin / Link URL,ARR / Amount,ARR / "
    "Currency,Address / Address 1,Address / City,Address / Post Code,Creation date,Deleted at\n"
    "20202020-0000-4000-8000-000000000001,Alfa,https://alfa.example,12,https://linkedin.com/company/"
    "alfa,1500.50,EUR,Main 1,Praha,110 00,2025-11-02T10:00:00.000Z,\n",
    "name = Alfa",
    "domains=alfa.example|employees=12|annual_revenue=1500.50 EUR|street=Main 1|city=Praha" },
  { "Twenty", "deals",
    "Id,Name,Amount / Amount,Amount / Currency,Close date,Stage,Company / Name\n"
    "20202020-0000-4000-8000-000000000002,Big one,1500.50,EUR,2026-05-12T00:00:00.000Z,PROPOSAL,"
    "Alfa\n",
    "name = \"Big one\"", "amount=1500.50 EUR|close_date=2026-05-12|stage=Proposal|company=Alfa" },
  { "EspoCRM", "people",
    "id,name,deleted,salutationName,firstName,lastName,accountId,title,emailAddress,phoneNumber,"
    "addressStreet,addressCity,addressPostalCode,createdAt,createdByName,assignedUserName,"
    "accountName\n"
    "6458a1b2c3d4e5f60,Ana Ruiz,0,Ms.,Ana,Ruiz,6458,CEO,ana@alfa.example,+420 600 111 222,Main "
    "1,Praha,110 00,2025-01-15 09:00:00,Admin,Dana Reyes,Alfa\n",
    "email = ana@alfa.example",
    "external_id=6458a1b2c3d4e5f60|salutation=Ms.|job_title=CEO|phones=+420600111222|street=Main 1|"
    "company=Alfa|owner=Dana Reyes" },
  { "EspoCRM", "deals",
    "Name,Account,Stage,Amount,Amount Currency,Probability,Close Date,Assigned User,Modified By\n"
    "Big one,Alfa,Proposal,1500.50,EUR,50,2026-05-12,Dana Reyes,Admin\n",
    "name = \"Big one\"", "company=Alfa|amount=1500.50 EUR|stage=Proposal|owner=Dana Reyes" },
};

static void
test_every_export (void)
{
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, exports[i].type, exports[i].text);
      g_autoptr (CrmImportReport) report = NULL;
      g_auto (GStrv) values = g_strsplit (exports[i].values, "|", -1);

      g_test_message ("%s of %s", exports[i].type, exports[i].program);
      g_assert_cmpstr (crm_import_plan_get_recognised (plan), ==, exports[i].program);
      report = test_import_twice (test, exports[i].type, exports[i].text);
      g_assert_cmpint (report->rejected, ==, 0);
      for (j = 0; values[j] != NULL; j++)
        {
          char *equals = strchr (values[j], '=');

          *equals = '\0';
          g_test_message ("%s", values[j]);
          test_assert_value (test, exports[i].type, exports[i].filter, values[j], equals + 1);
        }
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

/* Contacts and opportunities name their account by its id alone. */
static void
test_salesforce_by_id (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) accounts = NULL;
  g_autoptr (CrmImportReport) contacts = NULL;
  g_autoptr (CrmImportReport) deals = NULL;

  accounts = test_import_twice (
      test, "companies",
      "Id,IsDeleted,MasterRecordId,Name,BillingStreet,BillingCity,OwnerId\n"
      "0015g00000AbCdEAAV,0,,Alfa,Main 1,Praha,0055g000001XyZzAAK\n"
      "0015g00000AbCdFAAV,0,,Bravo,Main 2,Brno,0055g000001XyZzAAK\n");
  test_assert_counts (accounts, 2, 0, 0, 0);
  contacts = test_import_twice (
      test, "people",
      "Id,IsDeleted,AccountId,LastName,FirstName,MailingStreet,Email,OwnerId\n"
      "0035g00000AbCdEAAV,0,0015g00000AbCdFAAV,Ruiz,Ana,Main 1,ana@x.example,0055g000001XyZzAAK\n"
      "0035g00000AbCdFAAV,0,0015g00000AbCdZAAV,Rey,Pau,Main 1,pau@x.example,0055g000001XyZzAAK\n"
      "0035g00000AbCdGAAV,0,,Sol,Eva,Main 1,eva@x.example,0055g000001XyZzAAK\n");
  test_assert_counts (contacts, 3, 0, 0, 0);
  test_assert_value (test, "people", "first_name = Ana and company = Bravo", "last_name", "Ruiz");
  test_assert_value (test, "people", "first_name = Pau and company empty", "last_name", "Rey");
  deals = test_import_twice (test, "deals",
                             "Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,"
                             "ForecastCategory,OwnerId\n"
                             "0065g00000AbCdEAAV,0,0015g00000AbCdEAAV,Roof,Proposal,100,2026-05-12,"
                             "Pipeline,0055g000001XyZzAAK\n");
  test_assert_counts (deals, 1, 0, 0, 0);
  test_assert_value (test, "deals", "company = Alfa", "name", "Roof");
  g_assert_cmpint (test_count (test, "companies"), ==, 2);
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
  g_test_add_func ("/import-vendors/every-export", test_every_export);
  g_test_add_func ("/import-vendors/other-languages", test_other_languages);
  g_test_add_func ("/exchange/import-vendors/salesforce-by-id", test_salesforce_by_id);

  return g_test_run ();
}
