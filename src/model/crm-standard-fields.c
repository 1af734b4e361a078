/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "crm-standard-types-private.h"

/* API names here are a contract with users' scripts. Order is the order on the screen; a field
 * `pipeline` goes before the stages that belong to it. A field that is added says since which
 * version, stands behind those that were there, and CRM_STANDARD_FIELDS_VERSION is that version. */

static const CrmStandardOption person_statuses[] = {
  { "lead", N_ ("Lead"), "blue" },          { "qualified", N_ ("Qualified"), "purple" },
  { "customer", N_ ("Customer"), "green" }, { "former", N_ ("Former"), "gray" },
  { "not_a_fit", N_ ("Not a Fit"), "red" }, { NULL },
};

static const CrmStandardOption company_statuses[] = {
  { "lead", N_ ("Lead"), "blue" },           { "qualified", N_ ("Qualified"), "purple" },
  { "customer", N_ ("Customer"), "green" },  { "partner", N_ ("Partner"), "yellow" },
  { "supplier", N_ ("Supplier"), "orange" }, { "former", N_ ("Former"), "gray" },
  { "not_a_fit", N_ ("Not a Fit"), "red" },  { NULL },
};

static const CrmStandardOption industries[] = {
  { "agriculture", N_ ("Agriculture") },
  { "construction", N_ ("Construction") },
  { "consulting", N_ ("Consulting") },
  { "education", N_ ("Education") },
  { "energy", N_ ("Energy") },
  { "finance", N_ ("Finance") },
  { "food", N_ ("Food and Drink") },
  { "government", N_ ("Government") },
  { "health", N_ ("Health") },
  { "hospitality", N_ ("Hospitality") },
  { "it", N_ ("IT and Software") },
  { "legal", N_ ("Legal Services") },
  { "manufacturing", N_ ("Manufacturing") },
  { "media", N_ ("Media") },
  { "nonprofit", N_ ("Non-Profit") },
  { "real_estate", N_ ("Real Estate") },
  { "retail", N_ ("Retail") },
  { "telecommunications", N_ ("Telecommunications") },
  { "transport", N_ ("Transport") },
  { "other", N_ ("Other") },
  { NULL },
};

static const CrmStandardOption lead_sources[] = {
  { "website", N_ ("Website") },
  { "referral", N_ ("Referral") },
  { "event", N_ ("Event") },
  { "advertisement", N_ ("Advertisement") },
  { "social_media", N_ ("Social Media") },
  { "cold_call", N_ ("Cold Call") },
  { "email_campaign", N_ ("E-mail Campaign") },
  { "partner", N_ ("Partner") },
  { "existing_customer", N_ ("Existing Customer") },
  { "other", N_ ("Other") },
  { NULL },
};

static const CrmStandardOption deal_types[] = {
  { "new", N_ ("New"), "blue" },
  { "upsell", N_ ("Upsell"), "green" },
  { "renewal", N_ ("Renewal"), "purple" },
  { NULL },
};

static const CrmStandardOption pipelines[] = {
  { "sales", N_ ("Sales") },
  { NULL },
};

static const CrmStandardOption stages[] = {
  { "new", N_ ("New"), "gray", CRM_OUTCOME_OPEN, 10 },
  { "qualified", N_ ("Qualified"), "blue", CRM_OUTCOME_OPEN, 25 },
  { "meeting", N_ ("Meeting"), "purple", CRM_OUTCOME_OPEN, 40 },
  { "proposal", N_ ("Proposal"), "yellow", CRM_OUTCOME_OPEN, 60 },
  { "negotiation", N_ ("Negotiation"), "orange", CRM_OUTCOME_OPEN, 80 },
  { "won", N_ ("Won"), "green", CRM_OUTCOME_WON, 100 },
  { "lost", N_ ("Lost"), "red", CRM_OUTCOME_LOST, 0 },
  { NULL },
};

static const CrmStandardOption priorities[] = {
  { "low", N_ ("Low"), "gray" },
  { "medium", N_ ("Medium"), "blue" },
  { "high", N_ ("High"), "orange" },
  { "urgent", N_ ("Urgent"), "red" },
  { NULL },
};

static const CrmStandardOption lost_reasons[] = {
  { "price", N_ ("Price") },
  { "competitor", N_ ("Competitor") },
  { "no_budget", N_ ("No Budget") },
  { "bad_timing", N_ ("Bad Timing") },
  { "missing_feature", N_ ("Missing Feature") },
  { "no_need", N_ ("No Need") },
  { "no_response", N_ ("No Response") },
  { "other", N_ ("Other") },
  { NULL },
};

static const CrmStandardOption activity_kinds[] = {
  { "call", N_ ("Call"), "green" },
  { "meeting", N_ ("Meeting"), "purple" },
  { "message", N_ ("Message"), "blue" },
  { NULL },
};

static const CrmStandardOption directions[] = {
  { "incoming", N_ ("Incoming") },
  { "outgoing", N_ ("Outgoing") },
  { NULL },
};

static const CrmStandardOption outcomes[] = {
  { "reached", N_ ("Reached"), "green" },
  { "left_message", N_ ("Left Message"), "yellow" },
  { "no_answer", N_ ("No Answer"), "orange" },
  { "busy", N_ ("Busy"), "orange" },
  { "wrong_number", N_ ("Wrong Number"), "red" },
  { "held", N_ ("Held"), "green" },
  { "postponed", N_ ("Postponed"), "yellow" },
  { "cancelled", N_ ("Cancelled"), "gray" },
  { NULL },
};

static const CrmStandardOption task_kinds[] = {
  { "to_do", N_ ("To-Do") },
  { "call", N_ ("Call") },
  { "email", N_ ("E-mail") },
  { "meeting", N_ ("Meeting") },
  { NULL },
};

static const CrmStandardOption repeats[] = {
  { "daily", N_ ("Daily") },
  { "weekly", N_ ("Weekly") },
  { "monthly", N_ ("Monthly") },
  { "yearly", N_ ("Yearly") },
  { NULL },
};

static const CrmStandardOption task_statuses[] = {
  { "to_do", N_ ("To Do"), "gray" },
  { "in_progress", N_ ("In Progress"), "blue" },
  { "done", N_ ("Done"), "green" },
  { NULL },
};

static const CrmStandardField people_fields[] = {
  { "name", N_ ("Name"), CRM_KIND_TEXT, CRM_FIELD_READ_ONLY | CRM_FIELD_SORT_KEY },
  { "first_name", N_ ("First Name"), CRM_KIND_TEXT },
  { "middle_name", N_ ("Middle Name"), CRM_KIND_TEXT },
  { "last_name", N_ ("Last Name"), CRM_KIND_TEXT },
  { "salutation", N_ ("Salutation"), CRM_KIND_TEXT },
  { "nickname", N_ ("Nickname"), CRM_KIND_TEXT },
  { "status", N_ ("Status"), CRM_KIND_CHOICE, 0, person_statuses },
  { "emails", N_ ("E-mail Addresses"), CRM_KIND_EMAILS, CRM_FIELD_UNIQUE },
  { "phones", N_ ("Phone Numbers"), CRM_KIND_PHONES },
  { "company", N_ ("Company"), CRM_KIND_RELATION, 0, NULL, "companies", "people", N_ ("People") },
  { "job_title", N_ ("Job Title"), CRM_KIND_TEXT },
  { "department", N_ ("Department"), CRM_KIND_TEXT },
  { "street", N_ ("Street"), CRM_KIND_TEXT },
  { "city", N_ ("City"), CRM_KIND_TEXT },
  { "region", N_ ("Region"), CRM_KIND_TEXT },
  { "postcode", N_ ("Postcode"), CRM_KIND_TEXT },
  { "country", N_ ("Country"), CRM_KIND_TEXT },
  { "links", N_ ("Links"), CRM_KIND_LINKS },
  { "birthday", N_ ("Birthday"), CRM_KIND_DATE, CRM_FIELD_NO_YEAR },
  { "language", N_ ("Language"), CRM_KIND_TEXT },
  { "lead_source", N_ ("Lead Source"), CRM_KIND_CHOICE, 0, lead_sources },
  { "referred_by", N_ ("Referred By"), CRM_KIND_RELATION, 0, NULL, "people", "referrals",
    N_ ("Referrals") },
  { "tags", N_ ("Tags"), CRM_KIND_CHOICES },
  { "owner", N_ ("Owner"), CRM_KIND_MEMBER },
  { "do_not_contact", N_ ("Do Not Contact"), CRM_KIND_CHECKBOX },
  { "newsletter", N_ ("Newsletter"), CRM_KIND_CHECKBOX },
  { "consent", N_ ("Consent"), CRM_KIND_CHECKBOX },
  { "consent_date", N_ ("Consent Date"), CRM_KIND_DATE },
  { "description", N_ ("Description"), CRM_KIND_LONGTEXT },
  { "last_contacted", N_ ("Last Contacted"), CRM_KIND_DATETIME, CRM_FIELD_READ_ONLY },
  { "files", N_ ("Files"), CRM_KIND_FILES, .since = 2 },
  { "photo", N_ ("Photo"), CRM_KIND_FILES, .since = 4 },
  { NULL },
};

static const CrmStandardField companies_fields[] = {
  { "name", N_ ("Name"), CRM_KIND_TEXT, CRM_FIELD_SORT_KEY },
  { "domains", N_ ("Domains"), CRM_KIND_DOMAINS, CRM_FIELD_UNIQUE },
  { "status", N_ ("Status"), CRM_KIND_CHOICE, 0, company_statuses },
  { "industry", N_ ("Industry"), CRM_KIND_CHOICE, 0, industries },
  { "employees", N_ ("Employees"), CRM_KIND_INTEGER },
  { "emails", N_ ("E-mail Addresses"), CRM_KIND_EMAILS },
  { "phones", N_ ("Phone Numbers"), CRM_KIND_PHONES },
  { "street", N_ ("Street"), CRM_KIND_TEXT },
  { "city", N_ ("City"), CRM_KIND_TEXT },
  { "region", N_ ("Region"), CRM_KIND_TEXT },
  { "postcode", N_ ("Postcode"), CRM_KIND_TEXT },
  { "country", N_ ("Country"), CRM_KIND_TEXT },
  { "links", N_ ("Links"), CRM_KIND_LINKS },
  { "annual_revenue", N_ ("Annual Revenue"), CRM_KIND_MONEY },
  { "registration_number", N_ ("Registration Number"), CRM_KIND_TEXT },
  { "vat_id", N_ ("VAT ID"), CRM_KIND_TEXT },
  { "founded", N_ ("Founded"), CRM_KIND_TEXT },
  { "parent", N_ ("Parent Company"), CRM_KIND_RELATION, 0, NULL, "companies", "subsidiaries",
    N_ ("Subsidiaries") },
  { "lead_source", N_ ("Lead Source"), CRM_KIND_CHOICE, 0, lead_sources },
  { "tags", N_ ("Tags"), CRM_KIND_CHOICES },
  { "owner", N_ ("Owner"), CRM_KIND_MEMBER },
  { "description", N_ ("Description"), CRM_KIND_LONGTEXT },
  { "last_contacted", N_ ("Last Contacted"), CRM_KIND_DATETIME, CRM_FIELD_READ_ONLY },
  { "files", N_ ("Files"), CRM_KIND_FILES, .since = 2 },
  { "logo", N_ ("Logo"), CRM_KIND_FILES, .since = 4 },
  { NULL },
};

static const CrmStandardField deals_fields[] = {
  { "name", N_ ("Name"), CRM_KIND_TEXT, CRM_FIELD_SORT_KEY },
  { "type", N_ ("Type"), CRM_KIND_CHOICE, 0, deal_types },
  { "pipeline", N_ ("Pipeline"), CRM_KIND_CHOICE, 0, pipelines },
  { "stage", N_ ("Stage"), CRM_KIND_CHOICE, 0, stages },
  { "amount", N_ ("Amount"), CRM_KIND_MONEY },
  { "probability", N_ ("Probability"), CRM_KIND_PERCENT, CRM_FIELD_PROBABILITY },
  { "priority", N_ ("Priority"), CRM_KIND_CHOICE, 0, priorities },
  { "start_date", N_ ("Start Date"), CRM_KIND_DATE },
  { "close_date", N_ ("Close Date"), CRM_KIND_DATE },
  { "closed_at", N_ ("Closed"), CRM_KIND_DATETIME },
  { "lost_reason", N_ ("Lost Reason"), CRM_KIND_CHOICE, 0, lost_reasons },
  { "next_step", N_ ("Next Step"), CRM_KIND_TEXT },
  { "company", N_ ("Company"), CRM_KIND_RELATION, 0, NULL, "companies", "deals", N_ ("Deals") },
  { "contact", N_ ("Contact"), CRM_KIND_RELATION, 0, NULL, "people", "deals", N_ ("Deals") },
  { "contacts", N_ ("Other Contacts"), CRM_KIND_RELATIONS, 0, NULL, "people", "involved_in",
    N_ ("Involved In") },
  { "products", N_ ("Products"), CRM_KIND_RELATIONS, 0, NULL, "products", "deals", N_ ("Deals") },
  { "lead_source", N_ ("Lead Source"), CRM_KIND_CHOICE, 0, lead_sources },
  { "owner", N_ ("Owner"), CRM_KIND_MEMBER },
  { "tags", N_ ("Tags"), CRM_KIND_CHOICES },
  { "description", N_ ("Description"), CRM_KIND_LONGTEXT },
  { "last_activity", N_ ("Last Activity"), CRM_KIND_DATETIME, CRM_FIELD_READ_ONLY },
  { "files", N_ ("Files"), CRM_KIND_FILES, .since = 2 },
  { NULL },
};

static const CrmStandardField products_fields[] = {
  { "name", N_ ("Name"), CRM_KIND_TEXT, CRM_FIELD_SORT_KEY },
  { "code", N_ ("Code"), CRM_KIND_TEXT, CRM_FIELD_UNIQUE },
  { "price", N_ ("Price"), CRM_KIND_MONEY },
  { "description", N_ ("Description"), CRM_KIND_LONGTEXT },
  { "files", N_ ("Files"), CRM_KIND_FILES, .since = 2 },
  { NULL },
};

static const CrmStandardField activities_fields[] = {
  { "kind", N_ ("Kind"), CRM_KIND_CHOICE, 0, activity_kinds },
  { "direction", N_ ("Direction"), CRM_KIND_CHOICE, 0, directions },
  { "subject", N_ ("Subject"), CRM_KIND_TEXT, CRM_FIELD_SORT_KEY },
  { "body", N_ ("Text"), CRM_KIND_LONGTEXT },
  { "when", N_ ("When"), CRM_KIND_DATETIME },
  { "minutes", N_ ("Minutes"), CRM_KIND_INTEGER },
  { "outcome", N_ ("Outcome"), CRM_KIND_CHOICE, 0, outcomes },
  { "answered", N_ ("Answered"), CRM_KIND_CHECKBOX },
  { "about", N_ ("About"), CRM_KIND_RELATIONS, 0, NULL, NULL, "activities", N_ ("Activities") },
  { "owner", N_ ("Owner"), CRM_KIND_MEMBER },
  { "files", N_ ("Files"), CRM_KIND_FILES, .since = 2 },
  { NULL },
};

static const CrmStandardField tasks_fields[] = {
  { "title", N_ ("Title"), CRM_KIND_TEXT, CRM_FIELD_SORT_KEY },
  { "kind", N_ ("Kind"), CRM_KIND_CHOICE, 0, task_kinds },
  { "body", N_ ("Text"), CRM_KIND_LONGTEXT },
  { "due", N_ ("Due"), CRM_KIND_DATE, CRM_FIELD_TIME },
  { "remind", N_ ("Reminder"), CRM_KIND_DATETIME },
  { "repeat", N_ ("Repeat"), CRM_KIND_CHOICE, 0, repeats },
  { "status", N_ ("Status"), CRM_KIND_CHOICE, 0, task_statuses },
  { "priority", N_ ("Priority"), CRM_KIND_CHOICE, 0, priorities },
  { "assignee", N_ ("Assignee"), CRM_KIND_MEMBER },
  { "about", N_ ("About"), CRM_KIND_RELATIONS, 0, NULL, NULL, "tasks", N_ ("Tasks") },
  { "files", N_ ("Files"), CRM_KIND_FILES, .since = 2 },
  { NULL },
};

static const CrmStandardField notes_fields[] = {
  { "title", N_ ("Title"), CRM_KIND_TEXT, CRM_FIELD_SORT_KEY },
  { "body", N_ ("Text"), CRM_KIND_LONGTEXT },
  { "about", N_ ("About"), CRM_KIND_RELATIONS, 0, NULL, NULL, "notes", N_ ("Notes") },
  { "files", N_ ("Files"), CRM_KIND_FILES, .since = 2 },
  { NULL },
};

static const CrmStandardField members_fields[] = {
  { "name", N_ ("Name"), CRM_KIND_TEXT, CRM_FIELD_SORT_KEY },
  { "email", N_ ("E-mail Address"), CRM_KIND_TEXT, CRM_FIELD_UNIQUE },
  { "active", N_ ("Active"), CRM_KIND_CHECKBOX },
  { NULL },
};

const CrmStandardField crm_system_fields[] = {
  { "external_id", N_ ("External ID"), CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  { "created_at", N_ ("Created"), CRM_KIND_DATETIME, CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY },
  { "created_by", N_ ("Created By"), CRM_KIND_MEMBER, CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY },
  { "created_from", N_ ("Created From"), CRM_KIND_TEXT, CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY },
  { "updated_at", N_ ("Changed"), CRM_KIND_DATETIME, CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY },
  { "updated_by", N_ ("Changed By"), CRM_KIND_MEMBER, CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY },
  { NULL },
};

const CrmStandardType crm_standard_types[] = {
  { "people", N_ ("Person"), N_ ("People"), "crm-people-symbolic", people_fields },
  { "companies", N_ ("Company"), N_ ("Companies"), "crm-companies-symbolic", companies_fields },
  { "deals", N_ ("Deal"), N_ ("Deals"), "crm-deals-symbolic", deals_fields },
  { "products", N_ ("Product"), N_ ("Products"), "crm-products-symbolic", products_fields },
  { "activities", N_ ("Activity"), N_ ("Activities"), "crm-activities-symbolic",
    activities_fields },
  { "tasks", N_ ("Task"), N_ ("Tasks"), "crm-tasks-symbolic", tasks_fields },
  { "notes", N_ ("Note"), N_ ("Notes"), "crm-notes-symbolic", notes_fields },
  { "members", N_ ("Member"), N_ ("Members"), "crm-members-symbolic", members_fields },
};

const guint crm_n_standard_types = G_N_ELEMENTS (crm_standard_types);
