/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of people whom the workspace knows, who are in its trash or who are new to it, brought in with any
 * policies; and what the model says of each row. */

#include "random-acts-private.h"

#include <string.h>

#include "crm-query.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  World *world;
  const ModelField *emails;
  const ModelField *last_name;
  const ModelField *city;
  const ModelField *company;
  const ModelField *company_name;

  CrmImportMode mode;
  CrmImportExisting existing;
  CrmImportTrashed trashed;
  CrmImportMissing missing;

  GString *text;
  GHashTable *addresses; /* in the file: each stands in one row */
  char *company_names[2]; /* that nobody has yet */
  ModelRow *companies[2]; /* of them, once they are made */
  GPtrArray *created[2]; /* people, companies; in the order of the file, without ids yet */
  GPtrArray *employees; /* a person and their company by turns, who has no id yet */
  CrmImportReport expected;
} Import;

static guint
count_holders (const Import *self, const char *address, CrmState state)
{
  guint n = 0;

  for (guint i = 0; i < self->world->next->rows->len; i++)
    {
      const ModelRow *row = g_ptr_array_index (self->world->next->rows, i);
      g_autoptr (GPtrArray) known = NULL;

      if (row->type != self->emails->type || row->state != state)
        continue;
      known = model_get_visible (self->world->next, row, self->emails);
      n += g_ptr_array_find_with_equal_func (known, address, g_str_equal, NULL);
    }

  return n;
}

/* Somebody whom exactly one address of the file means; %NULL for none */
static ModelRow *
pick_known (Import *self, char **address)
{
  CrmState state = world_pick (self->world, 3) > 0 ? CRM_STATE_LIVE : CRM_STATE_TRASHED;
  ModelRow *row = world_pick_row (self->world, "people", state);
  g_autoptr (GPtrArray) known = NULL;
  guint i;

  if (row == NULL)
    return NULL;
  known = model_get_visible (self->world->next, row, self->emails);
  if (known->len == 0)
    return NULL;

  /* Two rows about one person are told of in test-import.c */
  for (i = 0; i < known->len; i++)
    if (g_hash_table_contains (self->addresses, g_ptr_array_index (known, i)))
      return NULL;
  *address = g_strdup (g_ptr_array_index (known, 0));
  if (state == CRM_STATE_TRASHED && (count_holders (self, *address, CRM_STATE_TRASHED) != 1 ||
                                     count_holders (self, *address, CRM_STATE_LIVE) != 0))
    g_clear_pointer (address, g_free);
  if (*address == NULL)
    return NULL;
  for (i = 0; i < known->len; i++)
    g_hash_table_add (self->addresses, g_strdup (g_ptr_array_index (known, i)));

  return row;
}

/* Whether another person has any address of one in the trash by now */
static gboolean
is_any_taken (const Import *self, const ModelRow *row)
{
  g_autoptr (GPtrArray) known = model_get_visible (self->world->next, row, self->emails);

  for (guint i = 0; i < known->len; i++)
    if (count_holders (self, g_ptr_array_index (known, i), CRM_STATE_LIVE) > 0)
      return TRUE;

  return FALSE;
}

/* Whether one of the texts that @was lists is @text, however it is written */
static gboolean
says (const char *was, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (was, ", ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_strcasecmp (parts[i], text) == 0)
      return TRUE;

  return FALSE;
}

static void
set_text (Import *self, ModelRow *row, const ModelField *field, const char *text, gboolean *changed)
{
  g_autoptr (GPtrArray) old = model_get_visible (self->world->next, row, field);
  g_autofree char *both = NULL;

  if (old->len > 0)
    {
      const char *was = g_ptr_array_index (old, 0);

      if (strcmp (was, text) == 0 || self->existing == CRM_IMPORT_FILL_EMPTY)
        return;
      if (self->existing == CRM_IMPORT_APPEND)
        {
          /* What people are called is one thing */
          if (field == self->last_name || says (was, text))
            return;
          text = both = g_strdup_printf ("%s, %s", was, text);
        }
    }
  model_set (self->world->next, row, field, model_texts_new (text));
  *changed = TRUE;
}

static void
set_address (Import *self, ModelRow *row, const char *address, gboolean *changed)
{
  g_autoptr (GPtrArray) old = model_get_visible (self->world->next, row, self->emails);

  if (old->len > 0 && (self->existing != CRM_IMPORT_OVERWRITE || old->len == 1))
    return;
  model_set (self->world->next, row, self->emails, model_texts_new (address));
  *changed = TRUE;
}

static void
set_company (Import *self, ModelRow *row, gint which, gboolean *changed)
{
  /* One that is in the trash may come back, and so is not replaced by filling what looks empty */
  const GPtrArray *old = g_hash_table_lookup (row->values, self->company->name);
  gboolean stays = self->existing == CRM_IMPORT_FILL_EMPTY || self->existing == CRM_IMPORT_APPEND;

  if (which < 0 || self->missing == CRM_IMPORT_MISSING_LEAVE || (old != NULL && stays))
    return;

  if (self->companies[which] == NULL)
    {
      ModelRow *made = model_add_row (self->world->next, "companies", 0);

      made->state = CRM_STATE_UNDONE;
      model_set (self->world->next, made, self->company_name,
                 model_texts_new (self->company_names[which]));
      g_ptr_array_add (self->created[1], made);
      self->companies[which] = made;
    }
  g_ptr_array_add (self->employees, row);
  g_ptr_array_add (self->employees, self->companies[which]);
  *changed = TRUE;
}

/* Writes one row, and does to the model what it says. @known: (nullable): whom it is about */
static void
add_row (Import *self, ModelRow *known, const char *address, gint which)
{
  World *world = self->world;
  g_autofree char *name = g_strdup_printf ("Imported %u", world->n_names++);
  g_autofree char *where = g_strdup_printf ("City %d", world_pick (world, 50));
  gboolean is_named = known == NULL || world_pick (world, 2) == 0;
  gboolean is_trashed = known != NULL && known->state == CRM_STATE_TRASHED;
  gboolean restores = is_trashed && self->trashed == CRM_IMPORT_TRASHED_RESTORE;
  gboolean exists = restores || (known != NULL && !is_trashed);
  gboolean changed = restores;
  ModelRow *row = known;

  g_string_append_printf (self->text, "%s,%s,%s,%s\n", is_named ? name : "", address, where,
                          which >= 0 ? self->company_names[which] : "");
  self->expected.rows++;

  if (which >= 0 && self->missing == CRM_IMPORT_MISSING_REFUSE)
    self->expected.rejected++;
  else if (is_trashed && self->trashed == CRM_IMPORT_TRASHED_SKIP)
    self->expected.unchanged++;
  else if (!exists && self->mode == CRM_IMPORT_UPDATE)
    self->expected.rejected++;
  else if (exists && self->mode == CRM_IMPORT_CREATE)
    self->expected.unchanged++;
  else if (restores && is_any_taken (self, known))
    self->expected.rejected++;
  else
    {
      if (!exists)
        {
          row = model_add_row (world->next, "people", 0);
          row->state = CRM_STATE_UNDONE;
          g_ptr_array_add (self->created[0], row);
          self->expected.created++;
        }
      else
        {
          row->state = CRM_STATE_LIVE;
        }
      if (is_named)
        set_text (self, row, self->last_name, name, &changed);
      set_address (self, row, address, &changed);
      set_text (self, row, self->city, where, &changed);
      set_company (self, row, which, &changed);
      if (exists)
        *(changed ? &self->expected.updated : &self->expected.unchanged) += 1;
    }
}

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* Ids are given in the order of the file */
static gboolean
take_ids (World *world, const char *type, GPtrArray *created, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (world->test->store);
  g_autoptr (CrmQuery) query = crm_query_new (crm_catalogue_find_type (catalogue, type));
  g_autoptr (GArray) ids = crm_query_run (query, world->test->store, NULL, error);
  guint n_seen = 0;

  if (ids == NULL)
    return FALSE;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (model_find_row (world->next, g_array_index (ids, gint64, i)) == NULL)
      {
        ModelRow *row;

        g_assert_cmpuint (n_seen, <, created->len);
        row = g_ptr_array_index (created, n_seen++);
        row->id = g_array_index (ids, gint64, i);
        row->state = CRM_STATE_LIVE;
      }
  g_assert_cmpuint (n_seen, ==, created->len);

  return TRUE;
}

static gboolean
run (Import *self, GError **error)
{
  World *world = self->world;
  const CrmRecordType *people = crm_catalogue_find_type (
      crm_store_get_catalogue (world->test->store), "people");
  g_autofree char *path = test_write_csv (world->test, "import.csv", self->text->str);
  g_autoptr (CrmTable) table = crm_table_open (path, NULL, NULL, error);
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  if (table == NULL)
    return FALSE;
  plan = crm_import_plan_new (world->test->store, people, table, error);
  if (plan == NULL)
    return FALSE;
  crm_import_plan_set_mode (plan, self->mode);
  crm_import_plan_set_existing (plan, self->existing);
  crm_import_plan_set_trashed (plan, self->trashed);
  crm_import_plan_set_missing (plan, self->missing);
  report = crm_import_plan_run (plan, FALSE, CRM_SOURCE_IMPORT, NULL, NULL, NULL, error);
  if (report == NULL)
    return FALSE;

  g_assert_cmpint (report->rows, ==, self->expected.rows);
  g_assert_cmpint (report->created, ==, self->expected.created);
  g_assert_cmpint (report->updated, ==, self->expected.updated);
  g_assert_cmpint (report->unchanged, ==, self->expected.unchanged);
  g_assert_cmpint (report->rejected, ==, self->expected.rejected);

  return TRUE;
}

gboolean
world_import (World *world, GError **error)
{
  Import self = { .world = world };
  g_autoptr (GString) text = g_string_new ("Last Name,E-mail,City,Company\n");
  g_autoptr (GHashTable) addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autoptr (GPtrArray) companies = g_ptr_array_new ();
  g_autoptr (GPtrArray) employees = g_ptr_array_new ();
  g_autofree char *first = g_strdup_printf ("Venture %u", world->n_names++);
  g_autofree char *second = g_strdup_printf ("Venture %u", world->n_names++);
  gint n = 1 + world_pick (world, 4);

  self.emails = model_find_field (world->next, "people", "emails");
  self.last_name = model_find_field (world->next, "people", "last_name");
  self.city = model_find_field (world->next, "people", "city");
  self.company = model_find_field (world->next, "people", "company");
  self.company_name = model_find_field (world->next, "companies", "name");
  self.text = text;
  self.addresses = addresses;
  self.created[0] = people;
  self.created[1] = companies;
  self.employees = employees;
  self.company_names[0] = first;
  self.company_names[1] = second;
  self.mode = (CrmImportMode[]){ CRM_IMPORT_UPSERT, CRM_IMPORT_UPSERT, CRM_IMPORT_CREATE,
                                 CRM_IMPORT_UPDATE }[world_pick (world, 4)];
  self.existing = CRM_IMPORT_REPLACE + (guint) world_pick (world, 4);
  self.trashed = (CrmImportTrashed) world_pick (world, 3);
  self.missing = (CrmImportMissing) world_pick (world, 3);

  for (gint i = 0; i < n; i++)
    {
      g_autofree char *address = NULL;
      ModelRow *known = world_pick (world, 3) > 0 ? pick_known (&self, &address) : NULL;

      if (known == NULL)
        address = g_strdup_printf ("new%u@mail.example", world->n_names++);
      add_row (&self, known, address, world_pick (world, 4) - 2);
    }

  if (!run (&self, error) || !take_ids (world, "companies", companies, error) ||
      !take_ids (world, "people", people, error))
    return FALSE;

  for (guint i = 0; i < employees->len; i += 2)
    {
      ModelRow *company = g_ptr_array_index (employees, i + 1);
      GPtrArray *value = model_texts_new (NULL);

      g_ptr_array_add (value, g_strdup_printf ("%" ID, company->id));
      model_set (world->next, g_ptr_array_index (employees, i), self.company, value);
    }

  return TRUE;
}
