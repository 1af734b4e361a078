/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing of what was destroyed remains: 300 records with every kind of value, among 20,000, and a word in each value
 * that stands nowhere else. The bytes of the workspace's files are searched for all of them. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crm-attachment.h"
#include "crm-attachments.h"
#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-schema.h"
#include "crm-trash.h"
#include "test-model.h"

#define ID G_GINT64_FORMAT
#define N_OTHERS 19700
#define N_DESTROYED 300
#define N_EDITS 2
#define WORD_LENGTH 16
/* An index keeps of a word what it does not share with the one before it */
#define KEPT_LENGTH 8

typedef struct
{
  TestWorkspace *test;
  GRand *random;
  GPtrArray *secrets; /* GBytes of KEPT_LENGTH */
  GArray *ids; /* gint64: of what is destroyed */
} World;

static gint64
get_test_time (gpointer data)
{
  return G_GINT64_CONSTANT (1790000000000);
}

/* Secrets */

/* Letters that no other text has in this order; noted as a secret. (transfer full) */
static char *
make_word (World *world)
{
  char *word = g_malloc0 (WORD_LENGTH + 1);

  for (guint i = 0; i < WORD_LENGTH; i++)
    word[i] = (char) ('a' + g_rand_int_range (world->random, 0, 26));
  g_ptr_array_add (world->secrets, g_bytes_new (word + WORD_LENGTH - KEPT_LENGTH, KEPT_LENGTH));
  return word;
}

/* A number of 50 bits and more; how SQLite keeps it is noted as a secret, 64 bits with the highest first */
static gint64
make_number (World *world)
{
  gint64 number = ((gint64) g_rand_int (world->random) << 20) | (G_GINT64_CONSTANT (1) << 53);
  gint64 swapped;

  number |= g_rand_int (world->random) & 0xfffff;
  swapped = (gint64) GINT64_TO_BE (number);
  g_ptr_array_add (world->secrets, g_bytes_new (&swapped, KEPT_LENGTH));
  return number;
}

/* Values of every kind */

/* The text of a value with secrets in it, as typed; %NULL where nothing of the kind can be one. (transfer full) */
static char *
make_text (World *world, const CrmField *field)
{
  g_autofree char *word = NULL;

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
      word = make_word (world);
      return g_strdup_printf ("Ž%s", word);

    case CRM_KIND_LONGTEXT:
      {
        g_autofree char *other = make_word (world);

        word = make_word (world);
        return g_strdup_printf ("Said %s,\nthen %s.", word, other);
      }

    case CRM_KIND_EMAILS:
      word = make_word (world);
      return g_strdup_printf ("%s@example.com", word);

    case CRM_KIND_DOMAINS:
      word = make_word (world);
      return g_strdup_printf ("%s.example", word);

    case CRM_KIND_LINKS:
      word = make_word (world);
      return g_strdup_printf ("https://www.example.com/%s", word);

    case CRM_KIND_INTEGER:
      return g_strdup_printf ("%" ID, make_number (world));

    default:
      return NULL;
    }
}

/* A number that was typed nowhere else */
static CrmValue *
make_phone (World *world, const CrmField *field, const CrmLocale *locale)
{
  g_autofree char *text = g_strdup_printf ("+420%09d",
                                           g_rand_int_range (world->random, 601000000, 799999999));
  CrmValue *value = crm_value_parse (field, text, locale, NULL, NULL, NULL);

  g_assert_nonnull (value);
  g_ptr_array_add (world->secrets, g_bytes_new (text + strlen (text) - KEPT_LENGTH, KEPT_LENGTH));
  return value;
}

static CrmValue *
make_value (World *world, CrmTransaction *transaction, const CrmField *field)
{
  const CrmLocale *locale = crm_store_get_locale (crm_transaction_get_store (transaction));
  g_autofree char *text = make_text (world, field);
  CrmValue *value;
  g_autoptr (GError) error = NULL;

  if (text != NULL)
    {
      value = crm_value_parse (field, text, locale, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (value);
      return value;
    }

  switch (field->kind)
    {
    case CRM_KIND_PHONES:
      return make_phone (world, field, locale);

    case CRM_KIND_DECIMAL:
    case CRM_KIND_DATETIME:
      return crm_value_new_integer (make_number (world));

    case CRM_KIND_MONEY:
      return crm_value_new_money (make_number (world), "EUR");

    default:
      return NULL;
    }
}

/* Whether people may write it, so that it is a value of theirs */
static gboolean
is_written (const CrmField *field)
{
  return (field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) == 0;
}

/* Two of each repeated kind */
static void
make_values (World *world,
             CrmTransaction *transaction,
             const CrmRecordType *type,
             GPtrArray *fields,
             GPtrArray *values)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      CrmValue *value = is_written (field) ? make_value (world, transaction, field) : NULL;

      if (value == NULL)
        continue;
      if (crm_kind_is_repeated (field->kind))
        {
          g_autoptr (CrmValue) first = value;
          g_autoptr (CrmValue) second = make_value (world, transaction, field);

          value = crm_value_unite (first, second);
        }
      g_ptr_array_add (fields, (gpointer) field);
      g_ptr_array_add (values, value);
    }
}

/* A type of the user's own with all kinds that the standard ones lack */
static gboolean
add_type_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  static const CrmKind kinds[] = { CRM_KIND_LONGTEXT, CRM_KIND_INTEGER,  CRM_KIND_DECIMAL,
                                   CRM_KIND_MONEY,    CRM_KIND_DATETIME, CRM_KIND_EMAILS,
                                   CRM_KIND_PHONES,   CRM_KIND_DOMAINS,  CRM_KIND_LINKS };
  const CrmRecordType *type;

  if (!crm_schema_add_type (transaction, "machines", NULL, NULL, &type, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strdup_printf ("own_%s", crm_kind_get_info (kinds[i])->name);
      CrmFieldSpec spec = { .name = name, .kind = kinds[i] };

      if (!crm_schema_add_field (transaction, type, &spec, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* What is to be destroyed */

static gboolean
create_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  static const char *const types[] = { "people", "companies", "deals",  "notes",
                                       "tasks",  "products",  "people", "machines" };
  World *world = data;

  for (guint i = 0; i < N_DESTROYED; i++)
    {
      const CrmRecordType *type = test_get_type (transaction, types[i % G_N_ELEMENTS (types)]);
      g_autoptr (GPtrArray) fields = g_ptr_array_new ();
      g_autoptr (GPtrArray) values = NULL;
      gint64 id;

      values = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
      make_values (world, transaction, type, fields, values);
      if (!crm_transaction_create (transaction, type, (const CrmField *const *) fields->pdata,
                                   (CrmValue *const *) values->pdata, fields->len, &id, NULL,
                                   error))
        return FALSE;
      g_array_append_val (world->ids, id);
    }
  return TRUE;
}

static gboolean
edit_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  World *world = data;

  for (guint i = 0; i < world->ids->len; i++)
    {
      gint64 id = g_array_index (world->ids, gint64, i);
      const CrmRecordType *type = crm_store_find_type_of (world->test->store, id, error);
      g_autoptr (GPtrArray) fields = g_ptr_array_new ();
      g_autoptr (GPtrArray) values = NULL;

      if (type == NULL)
        return FALSE;
      values = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
      make_values (world, transaction, type, fields, values);
      if (!crm_transaction_update (transaction, type, id, (const CrmField *const *) fields->pdata,
                                   (CrmValue *const *) values->pdata, fields->len, NULL, NULL,
                                   error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  gint64 id;
  CrmAttachment *attachment;
} Attach;

static gboolean
attach_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Attach *attach = data;
  const CrmRecordType *people = test_get_type (transaction, "people");

  return crm_transaction_attach (transaction, people, attach->id,
                                 crm_record_type_find_field (people, "files"), &attach->attachment,
                                 1, error);
}

/* A file whose name and content are secrets */
static void
attach_file (World *world, gint64 id)
{
  g_autofree char *content = make_word (world);
  g_autofree char *word = make_word (world);
  g_autofree char *name = g_strconcat (word, ".txt", NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (CrmAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;
  Attach attach;

  stream = g_memory_input_stream_new_from_data (content, WORD_LENGTH, NULL);
  attachment = crm_attachment_new_from_stream (world->test->store, stream, name, NULL, &error);
  g_assert_no_error (error);
  attach = (Attach){ id, attachment };
  crm_store_write (world->test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, attach_func, &attach, NULL,
                   NULL, &error);
  g_assert_no_error (error);
}

/* One merged into another that is destroyed with it, and one that was merged into a person who stays, and separated */
static void
merge_some (World *world, gint64 other)
{
  const CrmRecordType *people;
  g_autoptr (GError) error = NULL;
  gint64 first[2] = { g_array_index (world->ids, gint64, 0),
                      g_array_index (world->ids, gint64, 6) };
  gint64 second[2] = { other, g_array_index (world->ids, gint64, 8) };

  people = crm_catalogue_find_type (crm_store_get_catalogue (world->test->store), "people");
  crm_merge (world->test->store, people, second, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  test_undo (world->test, 0);
  crm_merge (world->test->store, people, first, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  g_array_remove_index (world->ids, 6);
}

/* The bytes */

static guint32
hash_bytes (const char *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  return (guint32) ((word * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 40);
}

/* How many of the secrets are in the file */
static guint
count_secrets_in (World *world, const char *path)
{
  g_autofree guint8 *maybe = g_malloc0 (1 << 24);
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  const char *bytes;
  gsize size;
  guint n = 0;

  if (file == NULL || g_mapped_file_get_length (file) < KEPT_LENGTH)
    return 0;

  for (guint i = 0; i < world->secrets->len; i++)
    {
      GBytes *secret = g_ptr_array_index (world->secrets, i);

      maybe[hash_bytes (g_bytes_get_data (secret, NULL))] = 1;
      g_hash_table_add (secrets, secret);
    }
  bytes = g_mapped_file_get_contents (file);
  size = g_mapped_file_get_length (file);
  for (gsize i = 0; i + KEPT_LENGTH <= size; i++)
    if (maybe[hash_bytes (bytes + i)] != 0)
      {
        g_autoptr (GBytes) found = g_bytes_new_static (bytes + i, KEPT_LENGTH);

        if (!g_hash_table_contains (secrets, found))
          continue;
        if (n++ < 5)
          g_test_message ("“%.*s” at %" G_GSIZE_FORMAT " of %s", KEPT_LENGTH, bytes + i, i, path);
      }
  return n;
}

static guint
count_secrets_below (World *world, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n += count_secrets_below (world, path);
      else
        n += count_secrets_in (world, path);
    }
  return n;
}

static void
destroy_all (World *world)
{
  g_autoptr (GError) error = NULL;
  g_auto (CrmWriteResult) result = { 0 };
  const gint64 *ids = (const gint64 *) (gpointer) world->ids->data;

  crm_trash_put (world->test->store, ids, world->ids->len, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_secrets_below (world, world->test->folder), >, world->secrets->len / 2);
  crm_trash_destroy (world->test->store, ids, world->ids->len, CRM_SOURCE_WINDOW, NULL, &result,
                     &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, N_DESTROYED);
  g_assert_false (crm_trash_is_erasing_pending (world->test->store));
}

static void
remove_attachments (World *world)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  folder = crm_attachments_get_folder (crm_store_get_path (world->test->store));
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_rmdir (path);
    }
  g_rmdir (folder);
}

static void
test_nothing_remains (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  World world = { test, random, secrets, ids };
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first;

  crm_store_set_clock (test->store, get_test_time, NULL);
  first = test_create_people (test, N_OTHERS);
  crm_store_write (test->store, CRM_ACT_TYPE, CRM_SOURCE_WINDOW, add_type_func, NULL, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  before = test_dump (test);

  crm_store_write (test->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, create_func, &world, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_EDITS; i++)
    {
      crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, edit_func, &world, NULL, NULL,
                       &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < N_DESTROYED / 4; i += 8)
    attach_file (&world, g_array_index (ids, gint64, i));
  merge_some (&world, first);
  g_test_message ("%u secrets", secrets->len);

  destroy_all (&world);
  g_assert_cmpuint (count_secrets_below (&world, test->folder), ==, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
  remove_attachments (&world);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/trash-erase/nothing-remains", test_nothing_remains);

  return g_test_run ();
}
