/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace to look around in: small companies of seven countries, their
 * people, a year of deals, and a week of work around today. Everything
 * follows from the seed and the store's now. */

#include "config.h"

#include "crm-demo.h"

#include <glib/gi18n.h>
#include <math.h>

#include "crm-demo-names-private.h"
#include "crm-text.h"

#define N_COMPANIES 60
#define N_PEOPLE 300
#define N_DEALS 120
#define N_PRODUCTS 8
#define N_ACTIVITIES 240
#define N_TASKS 45
#define N_NOTES 60

#define SECOND G_GINT64_CONSTANT (1000)
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)

typedef struct
{
  gint64 id;
  const CrmDemoCountry *country;
  char *name;
  char *domain;
  gint64 created;
} Company;

typedef struct
{
  gint64 id;
  const Company *company;
  gint64 created;
} Person;

typedef struct
{
  CrmTransaction *transaction;
  const CrmLocale *locale;
  GRand *random;
  gint64 now;
  gint64 members[3];
  GArray *companies;
  GArray *people;
  GArray *products; /* of gint64 */
  GArray *deals; /* of gint64 */
} Demo;

/* One record in the making */
typedef struct
{
  Demo *demo;
  const CrmRecordType *type;
  GPtrArray *fields;
  GPtrArray *values;
} Draft;

static const char *const job_titles[] = {
  N_ ("Chief Executive"),    N_ ("Accountant"), N_ ("Buyer"),
  N_ ("Sales Manager"),      N_ ("Engineer"),   N_ ("Office Manager"),
  N_ ("Head of Operations"), N_ ("Owner"),      N_ ("Marketing"),
  N_ ("Project Manager"),
};

static const char *const product_names[] = {
  N_ ("Starter Licence"), N_ ("Team Licence"),   N_ ("Support, One Year"), N_ ("Training Day"),
  N_ ("Installation"),    N_ ("Data Migration"), N_ ("Custom Report"),     N_ ("Extended Warranty"),
};

static const char *const deal_names[] = {
  N_ ("New office"),  N_ ("Yearly support"), N_ ("Pilot project"), N_ ("Renewal"),
  N_ ("Second site"), N_ ("Training"),       N_ ("Migration"),
};

static const char *const task_titles[] = {
  N_ ("Send the offer"),        N_ ("Call back about the price"), N_ ("Prepare the demonstration"),
  N_ ("Check the contract"),    N_ ("Ask for a reference"),       N_ ("Book the meeting room"),
  N_ ("Remind of the invoice"),
};

static const char *const call_subjects[] = {
  N_ ("First call"),    N_ ("Questions about the offer"),
  N_ ("Price talk"),    N_ ("Monthly check-in"),
  N_ ("Demonstration"), N_ ("Follow-up"),
};

static const char *const note_bodies[] = {
  N_ ("Met at the fair. Wants to hear from us again in spring."),
  N_ ("Prefers e-mail; is hard to reach by phone before ten."),
  N_ ("Compares us with two other suppliers. Decides by the end of the quarter."),
  N_ ("Happy with the support. Could be a reference."),
  N_ ("The budget is fixed until January."),
};

#define PICK(demo, array) ((array)[g_rand_int_range ((demo)->random, 0, G_N_ELEMENTS (array))])

static const char *
pick_name (Demo *demo, const char *const *names)
{
  return names[g_rand_int_range (demo->random, 0, (gint32) g_strv_length ((char **) names))];
}

static gboolean
chance (Demo *demo, double probability)
{
  return g_rand_double (demo->random) < probability;
}

/* A moment between @days and 0 days ago, in working hours, later ones more often */
static gint64
pick_past (Demo *demo, guint days)
{
  double age = g_rand_double (demo->random);
  gint64 day = (gint64) (age * sqrt (age) * days);

  return demo->now - day * DAY - HOUR -
         (gint64) (g_rand_double (demo->random) * (double) (8 * HOUR));
}

/* Drafts */

static void
value_clear (gpointer value)
{
  if (value != NULL)
    crm_value_unref (value);
}

static Draft *
draft_new (Demo *demo, const char *type_name)
{
  Draft *draft = g_new0 (Draft, 1);

  draft->demo = demo;
  draft->type = crm_catalogue_find_type (crm_transaction_get_catalogue (demo->transaction),
                                         type_name);
  draft->fields = g_ptr_array_new ();
  draft->values = g_ptr_array_new_with_free_func (value_clear);
  return draft;
}

static void
draft_take (Draft *draft, const char *field_name, CrmValue *value)
{
  const CrmField *field = crm_record_type_find_field (draft->type, field_name);

  if (field == NULL || value == NULL)
    {
      value_clear (value);
      return;
    }
  g_ptr_array_add (draft->fields, (gpointer) field);
  g_ptr_array_add (draft->values, value);
}

static void
draft_set (Draft *draft, const char *field_name, const char *text)
{
  const CrmField *field = crm_record_type_find_field (draft->type, field_name);

  if (field != NULL)
    draft_take (draft, field_name,
                crm_value_parse (field, text, draft->demo->locale, NULL, NULL, NULL));
}

static void
draft_set_moment (Draft *draft, const char *field_name, gint64 ms)
{
  draft_take (draft, field_name, crm_value_new_integer (ms));
}

static void
draft_set_date (Draft *draft, const char *field_name, gint64 ms)
{
  char date[11];

  crm_moment_get_date (ms, draft->demo->locale->zone, date);
  draft_take (draft, field_name, crm_value_new_text (date));
}

static void
draft_link (Draft *draft, const char *field_name, gint64 id)
{
  const CrmField *field = crm_record_type_find_field (draft->type, field_name);
  gint64 type_id;

  if (field == NULL || id == 0)
    return;
  type_id = field->target;
  if (field->kind == CRM_KIND_MEMBER)
    type_id = crm_catalogue_find_type (crm_transaction_get_catalogue (draft->demo->transaction),
                                       "members")
                  ->id;
  draft_take (draft, field_name, crm_value_new_item (NULL, NULL, NULL, id, type_id));
}

/* A relation to records of any type */
static void
draft_set_about (Draft *draft, gint64 id, const char *type_name)
{
  const CrmRecordType *type;

  type = crm_catalogue_find_type (crm_transaction_get_catalogue (draft->demo->transaction),
                                  type_name);
  draft_take (draft, "about", crm_value_new_item (NULL, NULL, NULL, id, type->id));
}

static gboolean
draft_create (Draft *draft, gint64 *id, GError **error)
{
  gboolean ok = crm_transaction_create (draft->demo->transaction, draft->type,
                                        (const CrmField *const *) draft->fields->pdata,
                                        (CrmValue *const *) draft->values->pdata,
                                        draft->fields->len, id, NULL, error);

  g_ptr_array_unref (draft->fields);
  g_ptr_array_unref (draft->values);
  g_free (draft);
  return ok;
}

/* Options are chosen by place: their labels are in the user's language */
static void
draft_choose (Draft *draft, const char *field_name, double probability)
{
  const CrmField *field = crm_record_type_find_field (draft->type, field_name);
  const CrmOption *option;

  if (field == NULL || field->n_options == 0 || !chance (draft->demo, probability))
    return;
  option = field->options[g_rand_int_range (draft->demo->random, 0, (gint32) field->n_options)];
  draft_take (draft, field_name, crm_value_new_item (option->label, NULL, NULL, option->id, 0));
}

/* What is made */

static char *
make_slug (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  GString *slug = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (slug, g_ascii_tolower (*c));
  return g_string_free (slug, FALSE);
}

static gboolean
create_members (Demo *demo, GError **error)
{
  const char *const names[][2] = {
    { "Dana Reyes", "dana@team.example" },
    { "Tomáš Holý", "tomas@team.example" },
    { "Ratna Dewi", "ratna@team.example" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Draft *draft = draft_new (demo, "members");

      draft_set (draft, "name", names[i][0]);
      draft_set (draft, "email", names[i][1]);
      draft_set (draft, "active", "true");
      if (!draft_create (draft, &demo->members[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
create_products (Demo *demo, GError **error)
{
  for (guint i = 0; i < N_PRODUCTS; i++)
    {
      Draft *draft = draft_new (demo, "products");
      g_autofree char *code = g_strdup_printf ("P-%03u", i + 1);
      g_autofree char *price = g_strdup_printf ("%u %s", (g_rand_int (demo->random) % 40 + 5) * 100,
                                                demo->locale->currency);
      gint64 id;

      draft_set (draft, "name", gettext (product_names[i]));
      draft_set (draft, "code", code);
      draft_set (draft, "price", price);
      if (!draft_create (draft, &id, error))
        return FALSE;
      g_array_append_val (demo->products, id);
    }
  return TRUE;
}

static gboolean
create_company (Demo *demo, guint index, GError **error)
{
  const CrmDemoCountry *country = &crm_demo_countries[index % crm_demo_n_countries];
  guint n_names = g_strv_length ((char **) country->companies);
  guint turn = index / crm_demo_n_countries;
  const char *base = country->companies[turn % n_names];
  const char *city = pick_name (demo, country->cities);
  g_autofree char *slug = make_slug (base);
  g_autofree char *street = NULL;
  g_autofree char *employees = NULL;
  g_autofree char *phone = NULL;
  Draft *draft = draft_new (demo, "companies");
  Company company = { 0 };

  /* A second round of the names is a branch elsewhere */
  if (turn >= n_names)
    company.name = g_strdup_printf ("%s %s", base, city);
  else if (g_str_equal (country->code, "ID") || g_str_equal (country->code, "KR"))
    company.name = g_strdup_printf ("%s %s", country->legal_form, base);
  else
    company.name = g_strdup_printf ("%s %s", base, country->legal_form);
  if (slug[0] == '\0')
    company.domain = g_strdup_printf ("%s%u.example", country->language, index + 1);
  else if (turn >= n_names)
    company.domain = g_strdup_printf ("%s%u.example", slug, turn / n_names + 1);
  else
    company.domain = g_strdup_printf ("%s.example", slug);
  company.country = country;
  /* Old enough for its people and deals to come after it */
  company.created = pick_past (demo, 300) - 60 * DAY;

  street = g_strdup_printf ("%s %d", pick_name (demo, country->streets),
                            g_rand_int_range (demo->random, 1, 120));
  employees = g_strdup_printf ("%d", g_rand_int_range (demo->random, 2, 400));
  phone = g_strdup_printf ("%s%02u", country->phone, index % 100);

  draft_set (draft, "name", company.name);
  draft_set (draft, "domains", company.domain);
  draft_set (draft, "street", street);
  draft_set (draft, "city", city);
  draft_set (draft, "country", country->code);
  draft_set (draft, "employees", employees);
  draft_set (draft, "phones", phone);
  draft_choose (draft, "status", 0.9);
  draft_choose (draft, "industry", 0.8);
  draft_choose (draft, "lead_source", 0.6);
  draft_link (draft, "owner", demo->members[index % G_N_ELEMENTS (demo->members)]);
  if (index > 20 && index % 12 == 0)
    draft_link (draft, "parent", g_array_index (demo->companies, Company, index - 14).id);
  draft_set_moment (draft, "created_at", company.created);
  if (!draft_create (draft, &company.id, error))
    {
      g_free (company.name);
      g_free (company.domain);
      return FALSE;
    }
  g_array_append_val (demo->companies, company);
  return TRUE;
}

static gboolean
create_person (Demo *demo, guint index, GError **error)
{
  const Company *company = &g_array_index (demo->companies, Company,
                                           (guint) g_rand_int_range (demo->random, 0, N_COMPANIES));
  const CrmDemoCountry *country = company->country;
  const char *first = pick_name (demo, country->first_names);
  const char *last = pick_name (demo, country->last_names);
  g_autofree char *first_slug = make_slug (first);
  g_autofree char *last_slug = make_slug (last);
  g_autofree char *email = NULL;
  g_autofree char *phone = g_strdup_printf ("%s%02u", country->phone, index % 100);
  Draft *draft = draft_new (demo, "people");
  Person person = { .company = company };

  if (first_slug[0] != '\0' && last_slug[0] != '\0')
    email = g_strdup_printf ("%s.%s%u@%s", first_slug, last_slug, index, company->domain);
  else
    email = g_strdup_printf ("%s%u@%s", country->language, index, company->domain);
  person.created = MIN (demo->now, company->created + g_rand_int_range (demo->random, 0, 40) * DAY);

  draft_set (draft, "first_name", first);
  draft_set (draft, "last_name", last);
  draft_set (draft, "emails", email);
  if (chance (demo, 0.8))
    draft_set (draft, "phones", phone);
  draft_link (draft, "company", company->id);
  draft_set (draft, "job_title", gettext (PICK (demo, job_titles)));
  draft_set (draft, "city", pick_name (demo, country->cities));
  draft_set (draft, "country", country->code);
  draft_set (draft, "language", country->language);
  draft_choose (draft, "status", 0.9);
  draft_choose (draft, "lead_source", 0.7);
  if (chance (demo, 0.3))
    draft_set (draft, "newsletter", "true");
  if (chance (demo, 0.2))
    {
      g_autofree char *birthday = g_strdup_printf ("%d-%02d-%02d",
                                                   g_rand_int_range (demo->random, 1955, 2004),
                                                   g_rand_int_range (demo->random, 1, 13),
                                                   g_rand_int_range (demo->random, 1, 29));

      draft_set (draft, "birthday", birthday);
    }
  draft_link (draft, "owner", demo->members[index % G_N_ELEMENTS (demo->members)]);
  draft_set_moment (draft, "created_at", person.created);
  if (!draft_create (draft, &person.id, error))
    return FALSE;
  g_array_append_val (demo->people, person);
  return TRUE;
}

static const CrmOption *
pick_stage (Demo *demo, const CrmRecordType *type)
{
  const CrmField *field = crm_record_type_find_field (type, "stage");

  return field->options[g_rand_int_range (demo->random, 0, (gint32) field->n_options)];
}

/* A thousand of them buy what one euro buys */
static gboolean
has_small_unit (const char *currency)
{
  return g_str_equal (currency, "KRW") || g_str_equal (currency, "IDR");
}

static gboolean
create_deal (Demo *demo, guint index, GError **error)
{
  const Person *person = &g_array_index (demo->people, Person,
                                         (guint) g_rand_int_range (demo->random, 0, N_PEOPLE));
  Draft *draft = draft_new (demo, "deals");
  const CrmOption *stage = pick_stage (demo, draft->type);
  g_autofree char *name = g_strdup_printf ("%s – %s", person->company->name,
                                           gettext (PICK (demo, deal_names)));
  g_autofree char *amount = NULL;
  const char *currency;
  gint64 created = MAX (person->created, pick_past (demo, 365));
  gint64 closing = demo->now + g_rand_int_range (demo->random, -20, 75) * DAY;
  gint64 id;

  currency = chance (demo, 0.85) ? demo->locale->currency : person->company->country->currency;
  amount = g_strdup_printf ("%d%s %s", g_rand_int_range (demo->random, 4, 400) * 250,
                            has_small_unit (currency) ? "000" : "", currency);
  draft_set (draft, "name", name);
  draft_take (draft, "stage", crm_value_new_item (stage->label, NULL, NULL, stage->id, 0));
  draft_set (draft, "amount", amount);
  draft_choose (draft, "type", 0.8);
  draft_choose (draft, "priority", 0.5);
  draft_link (draft, "company", person->company->id);
  draft_link (draft, "contact", person->id);
  draft_link (draft, "products", g_array_index (demo->products, gint64, index % N_PRODUCTS));
  draft_link (draft, "owner", demo->members[index % G_N_ELEMENTS (demo->members)]);
  draft_set_date (draft, "start_date", created);
  if (stage->outcome == CRM_OUTCOME_OPEN)
    draft_set_date (draft, "close_date", closing);
  else
    {
      gint64 closed = MIN (demo->now, created + g_rand_int_range (demo->random, 5, 90) * DAY);

      draft_set_date (draft, "close_date", closed);
      draft_set_moment (draft, "closed_at", closed);
    }
  if (stage->outcome == CRM_OUTCOME_LOST)
    draft_choose (draft, "lost_reason", 1.0);
  draft_set_moment (draft, "created_at", created);
  if (!draft_create (draft, &id, error))
    return FALSE;
  g_array_append_val (demo->deals, id);
  return TRUE;
}

static gboolean
create_activity (Demo *demo, guint index, GError **error)
{
  const Person *person = &g_array_index (demo->people, Person,
                                         (guint) g_rand_int_range (demo->random, 0, N_PEOPLE));
  Draft *draft = draft_new (demo, "activities");
  g_autofree char *minutes = g_strdup_printf ("%d", g_rand_int_range (demo->random, 2, 45));
  gint64 when = MAX (person->created, pick_past (demo, 300));

  draft_choose (draft, "kind", 1.0);
  draft_choose (draft, "direction", 1.0);
  draft_set (draft, "subject", gettext (PICK (demo, call_subjects)));
  draft_set_moment (draft, "when", when);
  draft_set (draft, "minutes", minutes);
  draft_set (draft, "answered", chance (demo, 0.8) ? "true" : "false");
  draft_set_about (draft, person->id, "people");
  draft_link (draft, "owner", demo->members[index % G_N_ELEMENTS (demo->members)]);
  draft_set_moment (draft, "created_at", when);
  return draft_create (draft, NULL, error);
}

static gboolean
create_task (Demo *demo, guint index, GError **error)
{
  Draft *draft = draft_new (demo, "tasks");
  int days = g_rand_int_range (demo->random, -4, 10);
  const CrmField *status = crm_record_type_find_field (draft->type, "status");

  draft_set (draft, "title", gettext (PICK (demo, task_titles)));
  draft_choose (draft, "kind", 0.9);
  draft_choose (draft, "priority", 0.5);
  /* What lies behind us is mostly done: the last of the states */
  if (status != NULL && status->n_options > 0)
    {
      const CrmOption *option =
          status->options[days < -1 && chance (demo, 0.8) ? status->n_options - 1 : 0];

      draft_take (draft, "status", crm_value_new_item (option->label, NULL, NULL, option->id, 0));
    }
  draft_set_date (draft, "due", demo->now + days * DAY);
  draft_link (draft, "assignee", demo->members[index % G_N_ELEMENTS (demo->members)]);
  if (index % 2 == 0)
    draft_set_about (draft,
                     g_array_index (demo->deals, gint64,
                                    (guint) g_rand_int_range (demo->random, 0, N_DEALS)),
                     "deals");
  else
    draft_set_about (draft,
                     g_array_index (demo->people, Person,
                                    (guint) g_rand_int_range (demo->random, 0, N_PEOPLE))
                         .id,
                     "people");
  return draft_create (draft, NULL, error);
}

static gboolean
create_note (Demo *demo, guint index, GError **error)
{
  const Person *person = &g_array_index (demo->people, Person,
                                         (guint) g_rand_int_range (demo->random, 0, N_PEOPLE));
  Draft *draft = draft_new (demo, "notes");

  draft_set (draft, "body", gettext (note_bodies[index % G_N_ELEMENTS (note_bodies)]));
  draft_set_about (draft, person->id, "people");
  draft_set_moment (draft, "created_at", MAX (person->created, pick_past (demo, 200)));
  return draft_create (draft, NULL, error);
}

static gboolean
fill_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const struct
  {
    guint count;
    gboolean (*create) (Demo *demo, guint index, GError **error);
  } steps[] = {
    { N_COMPANIES, create_company },   { N_PEOPLE, create_person }, { N_DEALS, create_deal },
    { N_ACTIVITIES, create_activity }, { N_TASKS, create_task },    { N_NOTES, create_note },
  };
  Demo *demo = data;

  demo->transaction = transaction;
  if (!create_members (demo, error) || !create_products (demo, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint index = 0; index < steps[i].count; index++)
      if (!steps[i].create (demo, index, error))
        return FALSE;
  return TRUE;
}

static void
company_clear (gpointer data)
{
  Company *company = data;

  g_free (company->name);
  g_free (company->domain);
}

gboolean
crm_demo_fill (CrmStore *store, guint32 seed, GCancellable *cancellable, GError **error)
{
  Demo demo = { 0 };
  g_autofree char *me = NULL;
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  demo.locale = crm_store_get_locale (store);
  demo.random = g_rand_new_with_seed (seed);
  demo.now = crm_store_get_now (store);
  /* People keep pointers into the array of companies, so it must not move while it grows */
  demo.companies = g_array_sized_new (FALSE, FALSE, sizeof (Company), N_COMPANIES);
  g_array_set_clear_func (demo.companies, company_clear);
  demo.people = g_array_new (FALSE, FALSE, sizeof (Person));
  demo.products = g_array_new (FALSE, FALSE, sizeof (gint64));
  demo.deals = g_array_new (FALSE, FALSE, sizeof (gint64));

  ok = crm_store_write (store, CRM_ACT_DEMO, CRM_SOURCE_DEMO, fill_func, &demo, cancellable, NULL,
                        error);
  if (ok && crm_store_get_me (store) == 0)
    {
      me = g_strdup_printf ("%" G_GINT64_FORMAT, demo.members[0]);
      ok = crm_store_set_setting (store, "me", me, error);
    }
  ok = ok && crm_store_set_setting (store, "demo", "true", error);

  g_array_unref (demo.companies);
  g_array_unref (demo.people);
  g_array_unref (demo.products);
  g_array_unref (demo.deals);
  g_rand_free (demo.random);
  return ok;
}
