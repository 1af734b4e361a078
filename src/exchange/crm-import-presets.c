/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exports of other programs, known by their columns. */

#include "config.h"

#include "crm-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Columns that a program's export has: all of @all, and one of @any; the export with the most of them is it. One alone
 * may be chance, but for those marked by "!", which nobody else writes.
 * @targets says what titles mean there that mean something else elsewhere, or nothing: "Title=target", and
 * behind it what values mean, "Title=stage?open:,won:won". What is not said here, titles themselves say.
 * Titles are compared in any case, without what is in brackets. */
static const struct
{
  const char *program;
  const char *type; /* what its rows are */
  const char *all; /* between bars; nullable */
  const char *any; /* nullable */
  const char *targets; /* nullable */
} presets[] = {
  { "Google Contacts", "people", NULL,
    "!E-mail 1 - Value|!Phone 1 - Value|E-mail 1 - Label|E-mail 1 - Type|Phonetic First Name|Yomi Name|"
    "Group Membership|Organization 1 - Name|Custom Field 1 - Label|Relation 1 - Label",
    "File As=|Initials=|Short Name=|Maiden Name=|Directory Server=|Mileage=|Sensitivity=|Priority=|"
    "Subject=|Location=|Organization 1 - Type=|Address 1 - Country Code=" },

  { "Outlook", "people", "E-mail Address",
    "Business Phone|Categories|Business Street|Business Fax|Home Street|E-mail Display Name|"
    "Internet Free Busy|Office Location|Sensitivity|Web Page",
    /* "SMTP" is no label, and "Account" a customer number. */
    "E-mail Type=|E-mail 2 Type=|E-mail 3 Type=|Account=|Location=|Priority=|Private=|Sensitivity=|"
    "Profession=|Initials=|Keywords=tags" },
  { "Outlook", "people", "E-Mail-Adresse",
    "Telefon geschäftlich|Straße geschäftlich|Kategorien|E-Mail: Angezeigter Name|Fax geschäftlich|"
    "Ort geschäftlich|Vertraulichkeit",
    "E-Mail-Typ=|E-Mail 2: Typ=|E-Mail 3: Typ=|Priorität=|Privat=|Konto=|Initialen=" },
  { "Outlook", "people", "E-mailová adresa",
    "Telefon do zaměstnání|Telefon do práce|Ulice do zaměstnání|Ulice do práce|Kategorie|"
    "Fax do zaměstnání|Zobrazovaný e-mailový název",
    "Typ e-mailu=|Priorita=|Soukromé=|Účet=" },
  { "Outlook", "people", "전자 메일 주소",
    "근무처 전화|범주|근무지 주소 번지|휴대폰|회사 대표 전화", "전자 메일 유형=|우선 순위=" },
  { "Outlook", "people", "Adresse de messagerie",
    "Téléphone (bureau)|Tél. bureau|Rue (bureau)|Catégories|Télécopie (bureau)",
    "Type de messagerie=|Priorité=|Privé=" },
  { "Outlook", "people", "Dirección de correo electrónico",
    "Teléfono del trabajo|Calle del trabajo|Categorías|Fax del trabajo",
    "Tipo de correo electrónico=|Prioridad=|Privado=" },

  { "Apple Contacts", "people", NULL,
    "Phone (iPhone)|Email (iCloud)|Phonetic First|Phonetic Last|Instant Message (iMessage)|"
    "Related Name (spouse)",
    NULL },

  { "Thunderbird", "people", "Primary Email|Display Name",
    "Secondary Email|Screen Name|Work ZipCode|Home ZipCode|Birth Year|Custom 1|Web Page 1",
    "Screen Name=|Custom 1=note|Notes=note" },
  { "Thunderbird", "people", "Primäre E-Mail-Adresse|Anzeigename",
    "Sekundäre E-Mail-Adresse|Geburtsjahr|Webseite 1|Benutzerdef. 1",
    /* Elsewhere "Geburtstag" is the whole date. */
    "Geburtstag=birthday@day" },
  { "Thunderbird", "people", "První e-mail|Zobrazované jméno", "Druhý e-mail|Rok narození", NULL },

  { "LinkedIn", "people", "First Name|Connected On", "URL|Email Address|Position|Company",
    "Connected On=" },
  { "LinkedIn", "people", "FirstName|InstantMessageHandles", "Profiles|PhoneNumbers|BookmarkedAt",
    "Companies=company|Emails=emails|PhoneNumbers=phones|Sites=links|Profiles=|Addresses=street|"
    "CreatedAt=|FullName=name|Source=" },

  { "HubSpot", "people", "Record ID",
    "Contact owner|Lead Status|Lifecycle Stage|Primary Company|Marketing contact status|"
    "Associated Company|Primary Associated Company ID|Create Date",
    "Associated Company IDs=|Associated Deal=|Associated Deal IDs=|Annual Revenue=|Industry=|"
    "Number of Employees=|Message=note" },
  { "HubSpot", "companies", "Record ID",
    "Company owner|Company Domain Name|Company name|Parent Company|Associated Contact|Create Date|"
    "Lifecycle Stage",
    "Associated Contact=|Associated Contact IDs=|Associated Deal=|Type=" },
  { "HubSpot", "deals", "Record ID",
    "Deal owner|Deal Stage|Deal Name|Pipeline|Associated Contact|Create Date|Deal Type",
    "Amount in company currency=|Weighted amount=|Deal Description=description|"
    "Associated Contact=contact|Associated Company=company|Associated Contact IDs=|"
    "Associated Company IDs=|Closed Lost Reason=lost_reason|Closed Won Reason=" },

  { "Salesforce", "people", NULL,
    "AccountId|MailingStreet|Mailing Street|Mailing State/Province|Mailing Zip/Postal Code|"
    "Contact ID|ReportsToId|MasterRecordId|HasOptedOutOfEmail|Account Name",
    "AccountId=company@id|OwnerId=|MasterRecordId=|ReportsToId=|CreatedById=|LastModifiedById=|"
    "IsDeleted=|HasOptedOutOfEmail=|DoNotCall=do_not_contact|Name=name|AssistantName=|"
    "AssistantPhone=|Title=job_title|Account ID=company@id|Account Owner=" },
  { "Salesforce", "people", "Company / Account",
    "Lead Owner|Lead Status|Lead Source|State/Province|Zip/Postal Code|Lead ID",
    "Company / Account=company|Lead ID=id|Annual Revenue=|Rating=|Title=job_title" },
  { "Salesforce", "companies", NULL,
    "BillingStreet|Billing Street|Billing State/Province|Billing Zip/Postal Code|NumberOfEmployees|"
    "AccountNumber|ParentId|MasterRecordId|Account Owner|Account Name",
    "OwnerId=|MasterRecordId=|CreatedById=|LastModifiedById=|IsDeleted=|ParentId=|Type=|Rating=|"
    "Account ID=id|AccountSource=lead_source" },
  { "Salesforce", "deals", NULL,
    "Opportunity Name|StageName|Opportunity Owner|ForecastCategory|Fiscal Period|CloseDate|"
    "ExpectedRevenue|Opportunity ID|Account Name",
    "AccountId=company@id|OwnerId=|CreatedById=|LastModifiedById=|IsDeleted=|IsClosed=|IsWon=|"
    "ExpectedRevenue=|Expected Revenue=|StageName=stage|Opportunity ID=id|Account Owner=|"
    "Primary Contact=contact" },

  { "Pipedrive", "people", NULL,
    "Person - Name|Person - Organization|Person - Email - Work|Person - Phone - Work|Person - Owner|"
    "Person - Label|Person - ID",
    "Person - Label=tags|Person - Labels=tags|Person - Person created=created_at|"
    "Person - Visible to=|Person - Marketing status=|Person - Open deals=" },
  { "Pipedrive", "companies", NULL,
    "Organization - Name|Organization - Owner|Organization - People|Organization - ID|"
    "Organization - Address|Organization - Label|Organization - Open deals",
    "Organization - Label=tags|Organization - Labels=tags|"
    "Organization - Organization created=created_at|Organization - Visible to=|"
    "Organization - People=|Organization - Open deals=|"
    "Organization - City/town/village/locality of Address=city|"
    "Organization - ZIP/Postal code of Address=postcode|"
    "Organization - Country of Address=country|Organization - State/county of Address=region|"
    "Organization - Full/combined address of Address=street@whole" },
  { "Pipedrive", "deals", NULL,
    "Deal - Title|Deal - Value|Deal - Stage|Deal - Contact person|Deal - Organization|Deal - ID|"
    "Deal - Status|Deal - Currency of Value",
    /* A deal that is won stays in the stage that it was in. */
    "Deal - Status=stage?open:,won:won,lost:lost,deleted:|Deal - Stage=stage#2|"
    "Deal - Currency of Value=amount@currency|Deal - Label=tags|Deal - Labels=tags|"
    "Deal - Deal created=created_at|Deal - Deal closed on=closed_at|Deal - Won time=|"
    "Deal - Lost time=|Deal - Weighted value=|Deal - Creator=|Deal - Visible to=|"
    "Deal - Contact person=contact|Deal - Organization=company" },

  { "Zoho CRM", "people", "Record Id",
    "Contact Owner.id|Modified Time|Created Time|Created By|Modified By|Last Activity Time|Tag|"
    "Email Opt Out|Mailing Zip|Skype ID|Account Name|Asst Phone",
    "Contact Owner.id=|Account Name.id=company@id|Created By=|Modified By=|Contact Name=name|"
    "Asst Phone=|Vendor Name=|Reporting To=|Tag=tags|Created Time=created_at|Title=job_title" },
  { "Zoho CRM", "people", "Record Id|Lead Owner",
    "Lead Owner.id|Modified Time|Created Time|No. of Employees|Lead Status|Rating|Tag",
    "Lead Owner.id=|Lead Owner=owner|Created By=|Modified By=|No. of Employees=|Annual Revenue=|"
    "Industry=|Rating=|Tag=tags|Created Time=created_at|Title=job_title|Lead Name=name" },
  { "Zoho CRM", "companies", "Record Id|Account Name",
    "Account Owner|Modified Time|Created Time|Account Type|Account Number|Billing Code|"
    "Ticker Symbol|Tag|Parent Account|SIC Code",
    "Account Owner.id=|Parent Account.id=|Created By=|Modified By=|Tag=tags|Billing Code=postcode|"
    "Shipping Code=postcode#30|Created Time=created_at|Account Type=|Account Number=" },
  { "Zoho CRM", "deals", "Record Id|Deal Name",
    "Deal Owner|Closing Date|Modified Time|Created Time|Expected Revenue|Campaign Source|Tag|"
    "Contact Name|Account Name",
    "Deal Owner.id=|Account Name.id=|Contact Name.id=|Created By=|Modified By=|Tag=tags|"
    "Expected Revenue=|Closing Date=close_date|Created Time=created_at|Exchange Rate=" },

  { "Twenty", "people", NULL,
    "!Name / First Name|!Emails / Primary Email|!Phones / Primary Phone Number|Linkedin / Link URL",
    "Deleted at=|Last update=" },
  { "Twenty", "companies", NULL,
    "!Domain Name / Link URL|ARR / Amount|Annual Recurring Revenue / Amount|Address / City|"
    "Linkedin / Link URL|Ideal Customer Profile",
    "Deleted at=|ARR / Amount=annual_revenue|ARR / Currency=annual_revenue@currency" },
  { "Twenty", "deals", "Amount / Amount",
    "Amount / Currency|Close date|Point of Contact / Id|Company / Name|Stage",
    "Deleted at=|Point of Contact / Id=|Company / Id=" },

  { "EspoCRM", "people", NULL,
    "accountName|assignedUserName|Assigned User|emailAddress|addressStreet|Do Not Call|"
    "Account Title|createdByName|Modified By",
    "accountId=|assignedUserId=|createdById=|createdByName=|modifiedById=|modifiedByName=|"
    "Created By=|Modified By=|Teams=|Deleted=|assignedUserName=owner|Assigned User=owner|"
    "Account Title=job_title|accountName=company|Campaign=|Salutation Name=salutation|"
    "salutationName=salutation" },
  { "EspoCRM", "companies", NULL,
    "assignedUserName|Assigned User|billingAddressStreet|Billing Address Street|sicCode|SIC Code|"
    "emailAddress|createdByName|Modified By",
    "assignedUserId=|createdById=|createdByName=|modifiedById=|Created By=|Modified By=|Teams=|"
    "Deleted=|assignedUserName=owner|Assigned User=owner|Type=|sicCode=|SIC Code=|Campaign=" },
  { "EspoCRM", "deals", NULL,
    "assignedUserName|Assigned User|amountCurrency|Amount Currency|closeDate|lastStage|Last Stage|"
    "accountName|amountConverted|Modified By",
    "accountId=|assignedUserId=|createdById=|createdByName=|modifiedById=|Created By=|Modified By=|"
    "Teams=|Deleted=|assignedUserName=owner|Assigned User=owner|amountConverted=|"
    "Amount (converted)=|lastStage=|Last Stage=|Amount Weighted Converted=|Campaign=" },
};

#define MIN_RATING 2

static CrmImportColumn *
get_column (GArray *columns, guint i)
{
  return &g_array_index (columns, CrmImportColumn, i);
}

/* As crm_title_normalise(), but numbers tell titles apart, and so does what is in brackets where @known has any */
static gboolean
is_title (const char *title, const char *known)
{
  int number, known_number;
  g_autofree char *aside = NULL;
  g_autofree char *known_aside = NULL;
  g_autofree char *normal = crm_title_normalise (title, &number, &aside);
  g_autofree char *known_normal = crm_title_normalise (known, &known_number, &known_aside);

  return number == known_number && strcmp (normal, known_normal) == 0 &&
         (known_aside == NULL || (aside != NULL && g_ascii_strcasecmp (aside, known_aside) == 0));
}

static CrmImportColumn *
find_column (GArray *columns, const char *title)
{
  guint i;

  for (i = 0; i < columns->len; i++)
    if (is_title (get_column (columns, i)->title, title))
      return get_column (columns, i);

  return NULL;
}

static guint
count_titles (GArray *columns, const char *titles, guint *n_titles)
{
  g_auto (GStrv) list = titles != NULL ? g_strsplit (titles, "|", -1) : g_new0 (char *, 1);
  guint n = 0;

  for (*n_titles = 0; list[*n_titles] != NULL; (*n_titles)++)
    {
      gboolean is_own = *list[*n_titles] == '!';

      if (find_column (columns, list[*n_titles] + is_own) != NULL)
        n += is_own ? MIN_RATING : 1;
    }

  return n;
}

/* How many of the columns that tell the program are there; 0 where it is another one */
static guint
rate (GArray *columns, guint preset)
{
  guint n_all, n_any;
  guint all = count_titles (columns, presets[preset].all, &n_all);
  guint any = count_titles (columns, presets[preset].any, &n_any);

  return all < n_all || (any == 0 && n_any > 0) || all + any < MIN_RATING ? 0 : all + any;
}

static int
find_preset (GArray *columns, const char *type)
{
  guint best_rating = 0;
  int best = -1;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      guint rating = rate (columns, i);

      if (type != NULL && presets[i].type != NULL && strcmp (presets[i].type, type) != 0)
        continue;
      if (rating > best_rating)
        {
          best = (int) i;
          best_rating = rating;
        }
    }

  return best;
}

const char *
crm_import_presets_find_type (GArray *columns)
{
  int preset;

  g_assert (columns != NULL);

  preset = find_preset (columns, NULL);

  return preset >= 0 ? presets[preset].type : NULL;
}

/* "open:,won:won" */
static void
set_meanings (CrmImportColumn *column, const char *text)
{
  g_auto (GStrv) pairs = g_strsplit (text, ",", -1);
  guint i;

  column->meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (i = 0; pairs[i] != NULL; i++)
    {
      char *colon = strchr (pairs[i], ':');

      g_assert (colon != NULL);
      g_hash_table_insert (column->meanings, g_strndup (pairs[i], (gsize) (colon - pairs[i])),
                           g_strdup (colon + 1));
    }
}

/* "Title=target" or "Title=target?text:option,…" */
static void
apply_target (GArray *columns, const CrmCatalogue *catalogue, const CrmRecordType *type, char *text)
{
  char *equals = strrchr (text, '=');
  char *meanings;
  CrmImportColumn *column;

  g_assert (equals != NULL);
  *equals = '\0';
  meanings = strchr (equals + 1, '?');
  if (meanings != NULL)
    *meanings = '\0';

  column = find_column (columns, text);
  if (column == NULL || !crm_import_column_set_target (column, catalogue, type, equals + 1, NULL))
    return;
  if (column->role == CRM_ROLE_NONE)
    crm_import_column_judge (column, CRM_IMPORT_IGNORED,
                             g_strdup (_ ("It is of no use outside the program that wrote it.")));
  if (meanings != NULL)
    set_meanings (column, meanings + 1);
}

const char *
crm_import_presets_apply (GArray *columns, const CrmCatalogue *catalogue, const CrmRecordType *type)
{
  int preset;

  g_assert (columns != NULL);
  g_assert (type != NULL);

  preset = find_preset (columns, type->name);
  if (preset < 0)
    return NULL;

  if (presets[preset].targets != NULL)
    {
      g_auto (GStrv) targets = g_strsplit (presets[preset].targets, "|", -1);
      guint i;

      for (i = 0; targets[i] != NULL; i++)
        apply_target (columns, catalogue, type, targets[i]);
    }

  return presets[preset].program;
}
