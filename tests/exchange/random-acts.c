/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens in a random world: each act is done to the workspace through the model's public functions, and
 * to the simple model beside it. */

#include "random-acts-private.h"

#include <string.h>

#include "crm-attachment.h"
#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-timeline.h"
#include "crm-trash.h"

#define ID G_GINT64_FORMAT
#define DAY G_GINT64_CONSTANT (86400000)
/* So few of a type that the same ones meet again and again */
#define MAX_LIVE 12

/* What the test writes of the types that every workspace has */
static const struct
{
  const char *type;
  const char *name;
  CrmKind kind;
  gboolean unique;
} standard_fields[N_STANDARD_FIELDS] = {
  { "people", "last_name", CRM_KIND_TEXT, FALSE },
  { "people", "city", CRM_KIND_TEXT, FALSE },
  { "people", "description", CRM_KIND_LONGTEXT, FALSE },
  { "people", "emails", CRM_KIND_EMAILS, TRUE },
  { "people", "company", CRM_KIND_RELATION, FALSE },
  { "people", "status", CRM_KIND_CHOICE, FALSE },
  { "people", "tags", CRM_KIND_CHOICES, FALSE },
  { "people", "files", CRM_KIND_FILES, FALSE },
  { "companies", "name", CRM_KIND_TEXT, FALSE },
  { "companies", "domains", CRM_KIND_DOMAINS, TRUE },
  { "companies", "employees", CRM_KIND_INTEGER, FALSE },
  { "deals", "name", CRM_KIND_TEXT, FALSE },
  { "deals", "amount", CRM_KIND_MONEY, FALSE },
  { "deals", "contact", CRM_KIND_RELATION, FALSE },
  { "deals", "contacts", CRM_KIND_RELATIONS, FALSE },
  { "products", "name", CRM_KIND_TEXT, FALSE },
  { "products", "code", CRM_KIND_TEXT, TRUE },
};

static const char *const texts[] = {
  "Brno",
  "Ústí\nnad\tLabem",
  "서울",
  "👩‍👩‍👧 family",
  "  spaces  ",
  "back\\slash",
  "אבג ٣",
  "e\xcc\x81 and \xc3\xa9",
  "'; DROP TABLE act; --",
};

static gint64
get_test_time (gpointer data)
{
  World *world = data;

  return world->now;
}

gint
world_pick (World *world, gint n)
{
  return g_rand_int_range (world->random, 0, n);
}

void
world_switch (World *world)
{
  world->test->store = world->stores[world_pick (world, 2)];
}

World *
world_new (guint32 seed)
{
  World *world = g_new0 (World, 1);

  world->test = test_workspace_new ();
  world->random = g_rand_new_with_seed (seed);
  g_random_set_seed (seed);
  world->model = model_new ();
  world->now = G_GINT64_CONSTANT (1790000000000);
  world->stores[0] = world->test->store;
  world->stores[1] = crm_store_open (crm_store_get_path (world->test->store), CRM_STORE_EXISTING,
                                     1000, NULL, NULL);
  g_assert_nonnull (world->stores[1]);
  for (guint i = 0; i < G_N_ELEMENTS (world->stores); i++)
    crm_store_set_clock (world->stores[i], get_test_time, world);
  for (guint i = 0; i < G_N_ELEMENTS (standard_fields); i++)
    model_add_field (world->model, standard_fields[i].type, standard_fields[i].name,
                     standard_fields[i].kind, standard_fields[i].unique);

  /* The first is nobody */
  for (guint i = 1; i < N_MEMBERS; i++)
    world->members[i] = test_create (world->test, "members", "name", "Somebody", NULL);

  return world;
}

void
world_free (World *world)
{
  world->test->store = world->stores[0];
  crm_store_close (world->stores[1]);
  g_object_unref (world->stores[1]);
  test_workspace_free (world->test);
  g_rand_free (world->random);
  model_free (world->model);
  g_free (world);
}

/* A row of @type in @state; %NULL for none. Types that are not there any more have none. */
ModelRow *
world_pick_row (World *world, const char *type, CrmState state)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; model_has_type (world->next, type) && i < world->next->rows->len; i++)
    {
      ModelRow *row = g_ptr_array_index (world->next->rows, i);

      if (row->type == g_intern_string (type) && row->state == state)
        g_ptr_array_add (found, row);
    }

  return found->len > 0 ? g_ptr_array_index (found, world_pick (world, (gint) found->len)) : NULL;
}

static guint
count_live (World *world, const char *type)
{
  guint n = 0;

  for (guint i = 0; i < world->next->rows->len; i++)
    {
      const ModelRow *row = g_ptr_array_index (world->next->rows, i);

      n += row->type == g_intern_string (type) && row->state == CRM_STATE_LIVE;
    }

  return n;
}

ModelField *
world_pick_field (World *world, gboolean custom)
{
  guint n_standard = custom ? N_STANDARD_FIELDS : 0;
  guint n_fields = world->next->fields->len - n_standard;
  ModelField *field;

  if (n_fields == 0)
    return NULL;
  field = &g_array_index (world->next->fields, ModelField,
                          n_standard + (guint) world_pick (world, (gint) n_fields));
  return field->removed || !model_has_type (world->next, field->type) ? NULL : field;
}

const CrmField *
world_get_field (CrmTransaction *transaction, const ModelField *field)
{
  const CrmField *found = crm_record_type_find_field (test_get_type (transaction, field->type),
                                                      field->name);

  g_assert_nonnull (found);
  return found;
}

/* Values */

static void
add_rows (World *world, const char *type, gint n, GPtrArray *ids)
{
  for (gint i = 0; i < n; i++)
    {
      ModelRow *row = world_pick_row (world, type, CRM_STATE_LIVE);
      g_autofree char *id = row != NULL ? g_strdup_printf ("%" ID, row->id) : NULL;

      if (id != NULL && !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
}

static void
add_options (World *world, const CrmField *field, gint n, GPtrArray *ids)
{
  for (gint i = 0; field->n_options > 0 && i < n; i++)
    {
      const CrmOption *option = field->options[world_pick (world, (gint) field->n_options)];
      g_autofree char *id = g_strdup_printf ("%" ID, option->id);

      if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
}

static void
add_addresses (World *world, const char *format, GPtrArray *addresses)
{
  gint first = world_pick (world, 25);
  gint n = world_pick (world, 4) - 1;

  for (gint i = 0; i < n; i++)
    g_ptr_array_add (addresses, g_strdup_printf ("%s%d.example", format, (first + 7 * i) % 25));
}

static char *
pick_text (World *world, const ModelField *field)
{
  if (field->unique)
    return g_strdup_printf ("code %d", world_pick (world, 20));
  switch (world_pick (world, 12))
    {
    case 0:
      return g_strnfill ((gsize) world_pick (world, 9000) + 1, 'x');

    case 1:
    case 2:
    case 3:
      return g_strdup (texts[world_pick (world, G_N_ELEMENTS (texts))]);

    default:
      return g_strdup_printf ("%s %d", field->name, world_pick (world, 1000));
    }
}

/* Something for @field, or nothing where it may be empty. (transfer full) */
static GPtrArray *
pick_value (World *world, const ModelField *field, const CrmField *real)
{
  static const gint64 numbers[] = { 0, -1, 1, G_MAXINT64, G_MININT64 + 1, 42 };
  GPtrArray *value = model_texts_new (NULL);
  gboolean is_name = g_str_has_suffix (field->name, "name");

  if (!is_name && world_pick (world, 6) == 0)
    return value;

  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
      g_ptr_array_add (
          value, g_strdup_printf ("%" ID, numbers[world_pick (world, G_N_ELEMENTS (numbers))]));
      break;

    case CRM_KIND_MONEY:
      g_ptr_array_add (value, g_strdup_printf ("%" ID " EUR",
                                               numbers[world_pick (world, G_N_ELEMENTS (numbers))] /
                                                   10 * 10));
      break;

    case CRM_KIND_EMAILS:
      add_addresses (world, "me@mail", value);
      break;

    case CRM_KIND_DOMAINS:
      add_addresses (world, "firm", value);
      break;

    case CRM_KIND_RELATION:
      add_rows (world, strcmp (field->name, "company") == 0 ? "companies" : "people", 1, value);
      break;

    case CRM_KIND_RELATIONS:
      add_rows (world, "people", 1 + world_pick (world, 4), value);
      break;

    case CRM_KIND_CHOICE:
      add_options (world, real, 1, value);
      break;

    case CRM_KIND_CHOICES:
      add_options (world, real, 1 + world_pick (world, 3), value);
      break;

    default:
      g_ptr_array_add (value, pick_text (world, field));
      break;
    }

  return value;
}

/* Parts of an act */

static gboolean
update (World *world,
        CrmTransaction *transaction,
        ModelRow *row,
        const ModelField *field,
        GPtrArray *value,
        GError **error)
{
  const CrmField *real = world_get_field (transaction, field);
  g_autoptr (CrmValue) made = NULL;

  made = model_make_value (crm_transaction_get_catalogue (transaction), real, value);
  model_set (world->next, row, field, g_ptr_array_ref (value));
  return crm_transaction_update (transaction, test_get_type (transaction, row->type), row->id,
                                 &real, &made, 1, NULL, NULL, error);
}

static gboolean
create (World *world, CrmTransaction *transaction, GError **error)
{
  static const char *const types[] = { "people", "people", "people",  "companies",
                                       "deals",  "deals",  "products" };
  const char *type_name = types[world_pick (world, G_N_ELEMENTS (types))];
  const ModelField *custom = world_pick_field (world, TRUE);
  const CrmRecordType *type;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
  ModelRow *row;

  if (custom != NULL && world_pick (world, 2) == 0)
    type_name = custom->type;
  if (count_live (world, type_name) >= MAX_LIVE)
    return TRUE;
  type = test_get_type (transaction, type_name);
  row = model_add_row (world->next, type_name, 0);
  row->state = CRM_STATE_UNDONE; /* not to be chosen yet */
  for (guint i = 0; i < world->next->fields->len; i++)
    {
      const ModelField *field = &g_array_index (world->next->fields, ModelField, i);
      const CrmField *real;
      GPtrArray *value;
      CrmValue *made;

      if (field->type != row->type || field->removed || field->kind == CRM_KIND_FILES)
        continue;
      real = world_get_field (transaction, field);
      value = pick_value (world, field, real);
      made = model_make_value (crm_transaction_get_catalogue (transaction), real, value);
      model_set (world->next, row, field, value);
      if (made == NULL)
        continue;
      g_ptr_array_add (fields, (gpointer) real);
      g_ptr_array_add (values, made);
    }

  row->state = CRM_STATE_LIVE;
  return crm_transaction_create (transaction, type, (const CrmField *const *) fields->pdata,
                                 (CrmValue *const *) values->pdata, fields->len, &row->id, NULL,
                                 error);
}

/* Links often: most can go wrong with them */
static gboolean
edit (World *world, CrmTransaction *transaction, GError **error)
{
  const ModelField *field = world_pick (world, 4) == 0
                                ? model_find_field (world->next, "deals", "contacts")
                                : world_pick_field (world, FALSE);
  ModelRow *row = field != NULL ? world_pick_row (world, field->type, CRM_STATE_LIVE) : NULL;
  g_autoptr (GPtrArray) value = NULL;

  if (row == NULL || field->kind == CRM_KIND_FILES)
    return TRUE;
  value = pick_value (world, field, world_get_field (transaction, field));
  return update (world, transaction, row, field, value, error);
}

/* One value for many */
static gboolean
edit_many (World *world, CrmTransaction *transaction, GError **error)
{
  const ModelField *field = world_pick_field (world, FALSE);
  g_autoptr (GPtrArray) value = NULL;

  if (field == NULL || field->unique || field->kind == CRM_KIND_FILES ||
      field->kind == CRM_KIND_RELATIONS)
    return TRUE;
  value = pick_value (world, field, world_get_field (transaction, field));
  for (guint i = 0; i < world->next->rows->len; i++)
    {
      ModelRow *row = g_ptr_array_index (world->next->rows, i);

      if (row->type == field->type && row->state == CRM_STATE_LIVE && world_pick (world, 3) > 0 &&
          !update (world, transaction, row, field, value, error))
        return FALSE;
    }

  return TRUE;
}

/* What one has goes to the other, and the other way round */
static gboolean
swap (World *world, CrmTransaction *transaction, GError **error)
{
  const ModelField *field = world_pick_field (world, FALSE);
  ModelRow *rows[2];
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  if (field == NULL || !field->unique)
    return TRUE;
  rows[0] = world_pick_row (world, field->type, CRM_STATE_LIVE);
  rows[1] = world_pick_row (world, field->type, CRM_STATE_LIVE);
  if (rows[0] == NULL || rows[0] == rows[1])
    return TRUE;

  first = model_get_visible (world->next, rows[0], field);
  second = model_get_visible (world->next, rows[1], field);
  return update (world, transaction, rows[0], field, second, error) &&
         update (world, transaction, rows[1], field, first, error);
}

static gboolean
move (World *world, CrmTransaction *transaction, CrmState from, GError **error)
{
  const ModelField *field = world_pick_field (world, FALSE);
  ModelRow *row = field != NULL ? world_pick_row (world, field->type, from) : NULL;
  const CrmRecordType *type;

  if (row == NULL)
    return TRUE;
  type = test_get_type (transaction, row->type);
  row->state = from == CRM_STATE_LIVE ? CRM_STATE_TRASHED : CRM_STATE_LIVE;
  return from == CRM_STATE_LIVE ? crm_transaction_trash (transaction, type, row->id, error)
                                : crm_transaction_restore (transaction, type, row->id, error);
}

static gboolean
attach (World *world, CrmTransaction *transaction, GError **error)
{
  const ModelField *field = model_find_field (world->next, "people", "files");
  ModelRow *row = world_pick_row (world, "people", CRM_STATE_LIVE);
  g_autofree char *name = g_strdup_printf ("file %d.txt", world_pick (world, 5));
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (CrmAttachment) attachment = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (row == NULL)
    return TRUE;
  names = model_get_visible (world->next, row, field);
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
  model_set (world->next, row, field, g_steal_pointer (&names));

  stream = g_memory_input_stream_new_from_data (g_strdup (name), (gssize) strlen (name), g_free);
  attachment = crm_attachment_new_from_stream (world->test->store, stream, name, NULL, error);
  return attachment != NULL &&
         crm_transaction_attach (transaction, test_get_type (transaction, "people"), row->id,
                                 world_get_field (transaction, field), &attachment, 1, error);
}

static gboolean
edit_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  World *world = data;
  gint n = world_pick (world, 3) == 0 ? 1 + world_pick (world, 8) : 1;

  for (gint i = 0; i < n; i++)
    {
      gint what = world_pick (world, 24);
      gboolean ok;

      if (what < 6)
        ok = create (world, transaction, error);
      else if (what < 14)
        ok = edit (world, transaction, error);
      else if (what < 15)
        ok = edit_many (world, transaction, error);
      else if (what < 17)
        ok = swap (world, transaction, error);
      else if (what < 20)
        ok = move (world, transaction, CRM_STATE_LIVE, error);
      else if (what < 22)
        ok = move (world, transaction, CRM_STATE_TRASHED, error);
      else
        ok = attach (world, transaction, error);
      if (!ok)
        return FALSE;
    }

  return TRUE;
}

/* Acts of their own */

static gboolean
merge (World *world, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (world->test->store);
  const char *type = world_pick (world, 3) == 0 ? "companies" : "people";
  ModelRow *kept = world_pick_row (world, type, CRM_STATE_LIVE);
  ModelRow *other = world_pick_row (world, type, CRM_STATE_LIVE);
  gint64 ids[2];

  if (kept == NULL || kept == other)
    return TRUE;

  ids[0] = kept->id;
  ids[1] = other->id;
  model_merge (world->next, kept, other);
  return crm_merge (world->test->store, crm_catalogue_find_type (catalogue, type), ids, 2, NULL,
                    CRM_SOURCE_WINDOW, NULL, NULL, error);
}

static gboolean
pin (World *world, GError **error)
{
  ModelRow *row = world_pick_row (world, "people", CRM_STATE_LIVE);
  g_autoptr (GPtrArray) entries = NULL;
  const CrmTimelineEntry *entry;

  if (row == NULL)
    return TRUE;
  entries = crm_timeline_get_page (world->test->store, row->id, CRM_TIMELINE_EVERYTHING, NULL, 50,
                                   NULL, NULL, error);
  if (entries == NULL)
    return FALSE;
  g_assert_cmpuint (entries->len, >, 0);
  entry = g_ptr_array_index (entries, world_pick (world, (gint) entries->len));
  return crm_timeline_set_pinned (world->test->store, entry, !entry->pinned, CRM_SOURCE_WINDOW,
                                  NULL, error);
}

/* Who does it; nothing of the history, and so not of the model */
static void
change_me (World *world)
{
  g_autoptr (GError) error = NULL;
  gint64 member = world->members[world_pick (world, N_MEMBERS)];
  g_autofree char *id = member != 0 ? g_strdup_printf ("%" ID, member) : NULL;

  crm_store_set_setting (world->test->store, "me", id, &error);
  g_assert_no_error (error);
}

gboolean
world_act (World *world)
{
  g_autoptr (GError) error = NULL;
  gint64 newest = test_get_newest_act (world->test);
  CrmStore *store = world->test->store;
  gint what = world_pick (world, 40);
  gboolean ok;

  /* Somebody's clock goes wrong now and then */
  world->now += world_pick (world, 30) == 0 ? -DAY : 1000 + world_pick (world, 100000);
  world->next = model_copy (world->model);
  world_switch (world);
  if (what < 26)
    ok = crm_store_write (world->test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, edit_func, world,
                          NULL, NULL, &error);
  else if (what < 31)
    ok = crm_store_write (world->test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, world_change_schema,
                          world, NULL, NULL, &error);
  else if (what < 33)
    ok = crm_store_write (world->test->store, CRM_ACT_VIEW, CRM_SOURCE_WINDOW, world_change_view,
                          world, NULL, NULL, &error);
  else if (what < 36)
    ok = merge (world, &error);
  else if (what < 37)
    ok = pin (world, &error);
  else
    ok = world_import (world, &error);

  if (!ok)
    g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
  g_assert_cmpint (ok, ==, !model_has_clash (world->next));
  if (ok)
    {
      model_free (world->model);
      world->model = g_steal_pointer (&world->next);
    }
  else
    world->test->store = store;
  g_clear_pointer (&world->next, model_free);
  if (what == 0)
    change_me (world);

  return test_get_newest_act (world->test) != newest;
}
