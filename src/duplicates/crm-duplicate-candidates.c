/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may be the same as what somebody is typing. There is no time to look at all records, so indexes are
 * asked: the keys of addresses and numbers, and the search index for words. Narrow questions go first,
 * so that a common name brings those who also share a company or a town. */

#include "config.h"

#include "crm-duplicate-candidates-private.h"

#include <string.h>

#include "crm-duplicate-text-private.h"
#include "crm-record-keys.h"
#include "crm-record-load-private.h"
#include "crm-tables.h"
#include "crm-text.h"
#include "crm-transaction-private.h"

#define MAX_CANDIDATES 150
#define MAX_ANSWERS 40 /* of one question */
#define MAX_WORDS 6 /* of one field */
#define START_SIZE 3 /* letters that are rarely mistyped */
#define MAX_NICKNAMES 12
#define LEAST_DIGITS 6 /* of a telephone number */

typedef struct
{
  CrmConnection *connection;
  const CrmDuplicateDraft *draft;
  gint64 deadline;
  GArray *ids;
  GHashTable *known; /* of gint64 */
} Collecting;

static void
add_id (Collecting *self, gint64 id)
{
  if (id == self->draft->exclude_id || self->ids->len >= MAX_CANDIDATES ||
      g_hash_table_contains (self->known, &id))
    return;

  g_array_append_val (self->ids, id);
  g_hash_table_add (self->known, g_memdup2 (&id, sizeof id));
}

static gboolean
is_over (const Collecting *self)
{
  return self->ids->len >= MAX_CANDIDATES ||
         (self->deadline != 0 && g_get_monotonic_time () >= self->deadline);
}

gboolean
crm_duplicate_search_words (CrmConnection *connection,
                            const CrmRecordType *type,
                            const char *expression,
                            guint limit,
                            GArray *ids,
                            GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (*expression == '\0')
    return TRUE;

  sql = g_strdup_printf ("SELECT rowid FROM " CRM_SEARCH_TABLE " WHERE " CRM_SEARCH_TABLE
                         " MATCH ?1 LIMIT ?2",
                         type->id, type->id);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_text (statement, 1, expression);
  crm_statement_bind_int (statement, 2, limit);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
ask (Collecting *self, const char *expression, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (is_over (self))
    return TRUE;
  if (!crm_duplicate_search_words (self->connection, self->draft->type, expression, MAX_ANSWERS,
                                   found, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    add_id (self, g_array_index (found, gint64, i));

  return TRUE;
}

/* A number that was kept without its country, or is typed so, is in the search index in both ways */
static gboolean
ask_phone (Collecting *self, const char *phone, GError **error)
{
  g_autofree char *digits = crm_phone_get_search_digits (phone);
  g_auto (GStrv) forms = g_strsplit (digits, " ", -1);
  g_autoptr (GString) expression = g_string_new (NULL);

  for (guint i = 0; forms[i] != NULL; i++)
    if (strlen (forms[i]) >= LEAST_DIGITS)
      g_string_append_printf (expression, "%s\"%s\"", expression->len > 0 ? " OR " : "", forms[i]);

  return ask (self, expression->str, error);
}

/* Addresses, numbers, domains */
static gboolean
ask_keys (Collecting *self, GError **error)
{
  const CrmDuplicateDraft *draft = self->draft;

  for (guint i = 0; i < draft->n_values; i++)
    {
      const CrmField *field = draft->fields[i];

      if (draft->values[i] == NULL || crm_field_get_items (field) != CRM_ITEMS_TEXT)
        continue;
      for (guint j = 0; j < crm_value_get_n_items (draft->values[i]); j++)
        {
          const CrmItem *item = crm_value_get_item (draft->values[i], j);
          g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));

          if (!crm_record_keys_find (self->connection, field, crm_item_get_key (item), found,
                                     error))
            return FALSE;
          for (guint k = 0; k < MIN (found->len, MAX_ANSWERS); k++)
            add_id (self, g_array_index (found, gint64, k));
          if (field->kind == CRM_KIND_PHONES && !ask_phone (self, item->text, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* Words */

/* (transfer full): as the search index knows them, folded */
static char **
list_words (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *start = NULL;

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      gboolean inside = *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));

      if (inside && start == NULL)
        start = p;
      if (!inside && start != NULL)
        {
          if (words->len < MAX_WORDS)
            g_ptr_array_add (words, g_strndup (start, (gsize) (p - start)));
          start = NULL;
        }
      if (*p == '\0')
        break;
    }
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

static void
append_exact (GString *out, const char *word)
{
  g_string_append_printf (out, "%s\"%s\"", out->len > 0 ? " AND " : "", word);
}

static void
append_start (GString *out, const char *word)
{
  g_autofree char *start = g_utf8_strlen (word, -1) > START_SIZE
                               ? g_utf8_substring (word, 0, START_SIZE)
                               : NULL;

  g_string_append_printf (out, "%s\"%s\"*", out->len > 0 ? " AND " : "",
                          start != NULL ? start : word);
}

void
crm_duplicate_append_words (GString *expression, const CrmField *field, const char *text)
{
  CrmTrait trait = crm_duplicate_guess_title (field);
  g_autofree char *company = trait == CRM_TRAIT_NAME || trait == CRM_TRAIT_ORGANISATION
                                 ? crm_text_normalise_company (text)
                                 : NULL;
  g_auto (GStrv) words = list_words (company != NULL ? company : text);

  for (guint i = 0; words[i] != NULL; i++)
    append_exact (expression, words[i]);
}

/* The word, or any of the names that it may stand for */
static void
append_nicknames (GString *out, const char *word)
{
  g_autofree char *latin = crm_duplicate_romanise (word);
  g_auto (GStrv) names = crm_duplicate_list_nicknames (latin, MAX_NICKNAMES);

  g_string_append_printf (out, "%s(\"%s\"", out->len > 0 ? " AND " : "", word);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (out, " OR \"%s\"", names[i]);
  g_string_append_c (out, ')');
}

typedef void (*AppendFunc) (GString *out, const char *word);

static char *
make_expression (char **words, AppendFunc append)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    append (out, words[i]);

  return g_string_free (out, FALSE);
}

static gboolean
is_text (const CrmField *field)
{
  return field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_RELATION;
}

static const char *
get_text (const CrmValue *value)
{
  return value != NULL ? crm_value_get_text (value) : NULL;
}

/* What names the record: the parts of its name, else the field that it is called by */
static gboolean
is_name (const CrmRecordType *type, const CrmField *field)
{
  g_autofree char *folded = NULL;
  CrmTrait trait;

  if (field->kind != CRM_KIND_TEXT)
    return FALSE;
  if (field == type->label_field || field->id == type->label_field->id)
    return TRUE;

  trait = crm_duplicate_guess_title (field);
  return trait == CRM_TRAIT_GIVEN || trait == CRM_TRAIT_FAMILY || trait == CRM_TRAIT_NAME;
}

/* The words of all names; (transfer full) */
static char **
list_names (const CrmDuplicateDraft *draft)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < draft->n_values; i++)
    {
      const char *text = get_text (draft->values[i]);

      /* A name that the program puts together has the same words once more */
      if (text != NULL && is_name (draft->type, draft->fields[i]) &&
          (draft->fields[i]->flags & CRM_FIELD_READ_ONLY) == 0)
        g_string_append_printf (names, " %s", text);
    }

  return list_words (names->str);
}

/* Names together with each other field, which few have in common */
static gboolean
ask_with_names (Collecting *self, char **names, GError **error)
{
  const CrmDuplicateDraft *draft = self->draft;
  guint n = g_strv_length (names);

  for (guint i = 0; n > 0 && i < draft->n_values; i++)
    {
      const char *text = get_text (draft->values[i]);
      g_autofree char *expression = NULL;
      g_autofree char *with = NULL;
      g_auto (GStrv) words = NULL;

      if (text == NULL || !is_text (draft->fields[i]) || is_name (draft->type, draft->fields[i]))
        continue;
      words = list_words (text);
      if (words[0] == NULL)
        continue;
      /* The last of the names is the rarer one mostly */
      expression = make_expression (words, append_exact);
      with = g_strdup_printf ("%s AND \"%s\"*", expression, names[n - 1]);
      if (!ask (self, with, error))
        return FALSE;
    }

  return TRUE;
}

/* Other fields alone: an address, a code */
static gboolean
ask_others (Collecting *self, GError **error)
{
  const CrmDuplicateDraft *draft = self->draft;

  for (guint i = 0; i < draft->n_values; i++)
    {
      const char *text = get_text (draft->values[i]);
      g_autofree char *expression = NULL;
      g_auto (GStrv) words = NULL;

      if (text == NULL || draft->fields[i]->kind != CRM_KIND_TEXT ||
          is_name (draft->type, draft->fields[i]))
        continue;
      words = list_words (text);
      expression = make_expression (words, append_exact);
      if (!ask (self, expression, error))
        return FALSE;
    }

  return TRUE;
}

GArray *
crm_duplicate_list_candidates (CrmConnection *connection,
                               const CrmDuplicateDraft *draft,
                               gint64 deadline,
                               GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Collecting self = { connection, draft, deadline, ids, known };
  g_auto (GStrv) names = list_names (draft);
  g_autofree char *exact = make_expression (names, append_exact);
  g_autofree char *nicknames = make_expression (names, append_nicknames);
  g_autofree char *starts = make_expression (names, append_start);

  if (!ask_keys (&self, error) || !ask_with_names (&self, names, error) ||
      !ask (&self, exact, error) || !ask (&self, nicknames, error) || !ask_others (&self, error) ||
      !ask (&self, starts, error))
    return NULL;

  return g_steal_pointer (&ids);
}

/* The table */

typedef struct
{
  CrmDuplicateColumn *column;
  GPtrArray *sample; /* or NULL */
  guint row;
} Filling;

static void
fill_cb (const char *text, gpointer data)
{
  Filling *self = data;

  if (self->sample != NULL)
    g_ptr_array_add (self->sample, g_strdup (text));
  else
    crm_duplicate_column_add (self->column, self->row, text);
}

static void
fill (const CrmDuplicateDraft *draft,
      const CrmField *field,
      const CrmValue *value,
      Filling *filling)
{
  if (value != NULL)
    crm_duplicate_value_foreach_text (draft->catalogue, field, value, fill_cb, filling);
}

CrmValue *
crm_duplicate_complete_value (CrmConnection *connection,
                              const CrmCatalogue *catalogue,
                              const CrmField *field,
                              CrmValue *value)
{
  const CrmRecordType *target;
  g_autofree char *label = NULL;

  if (value == NULL || field->kind != CRM_KIND_RELATION || crm_value_get_text (value) != NULL)
    return value != NULL ? crm_value_ref (value) : NULL;

  target = crm_catalogue_get_type (catalogue, field->target);
  if (target != NULL)
    label = crm_connection_load_label (connection, target, crm_value_get_integer (value), FALSE,
                                       NULL);
  return label != NULL
             ? crm_value_new_item (label, NULL, NULL, crm_value_get_integer (value), target->id)
             : NULL;
}

static CrmDuplicateGuess
guess_column (const CrmDuplicateDraft *draft,
              const CrmField *field,
              const CrmValue *value,
              GPtrArray *records,
              CrmDuplicateGuessFunc guess_func,
              gpointer guess_data)
{
  CrmDuplicateGuess guess = { FALSE };
  g_autoptr (GPtrArray) sample = g_ptr_array_new_with_free_func (g_free);
  Filling filling = { NULL, sample, 0 };

  if (guess_func != NULL && guess_func (field, &guess, guess_data))
    return guess;

  fill (draft, field, value, &filling);
  for (guint i = 0; i < records->len; i++)
    fill (draft, field, crm_record_get_value (g_ptr_array_index (records, i), field), &filling);
  g_ptr_array_add (sample, NULL);

  return crm_duplicate_guess_trait (draft->type, field, (const char *const *) sample->pdata);
}

static void
add_column (CrmDuplicateTable *table,
            const CrmDuplicateDraft *draft,
            const CrmField *field,
            const CrmValue *value,
            const CrmDuplicateGuess *guess,
            GPtrArray *records)
{
  CrmDuplicateColumn *column = crm_duplicate_column_new (field, guess->trait, guess->is_numeric,
                                                         records->len + 1);
  Filling filling = { column, NULL, 0 };

  fill (draft, field, value, &filling);
  for (guint i = 0; i < records->len; i++)
    {
      filling.row = i + 1;
      fill (draft, field, crm_record_get_value (g_ptr_array_index (records, i), field), &filling);
    }
  crm_duplicate_column_finish (column);
  g_ptr_array_add (table->columns, column);
}

static GPtrArray *
load_records (CrmConnection *connection,
              const CrmDuplicateDraft *draft,
              GArray *ids,
              GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) crm_record_unref);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (CrmRecordLoader) loader = NULL;
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < draft->n_values; i++)
    if (draft->values[i] != NULL)
      g_ptr_array_add (fields, (gpointer) draft->fields[i]);
  loader = crm_record_loader_new (connection, draft->catalogue, draft->type,
                                  (const CrmField *const *) fields->pdata, (int) fields->len,
                                  error);
  if (loader == NULL)
    return NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      CrmRecord *record = crm_record_loader_load (loader, g_array_index (ids, gint64, i),
                                                  &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (record != NULL && crm_record_get_state (record) == CRM_STATE_LIVE)
        g_ptr_array_add (records, record);
      else if (record != NULL)
        crm_record_unref (record);
    }

  return g_steal_pointer (&records);
}

CrmDuplicateTable *
crm_duplicate_table_new_for_draft (CrmConnection *connection,
                                   const CrmDuplicateDraft *draft,
                                   GArray *ids,
                                   CrmDuplicateGuessFunc guess_func,
                                   gpointer guess_data,
                                   GPtrArray **out_records,
                                   GError **error)
{
  g_autoptr (CrmDuplicateTable) table = crm_duplicate_table_new (draft->type, ids->len + 1);
  g_autoptr (GPtrArray) records = load_records (connection, draft, ids, error);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
  CrmDuplicateGuess guesses[CRM_DUPLICATE_MAX_COLUMNS];
  gint64 none = 0;

  if (records == NULL)
    return NULL;

  g_array_append_val (table->ids, none);
  for (guint i = 0; i < records->len; i++)
    {
      gint64 id = crm_record_get_id (g_ptr_array_index (records, i));

      g_array_append_val (table->ids, id);
    }

  for (guint i = 0; i < draft->n_values && fields->len < CRM_DUPLICATE_MAX_COLUMNS; i++)
    {
      const CrmField *field = draft->fields[i];
      g_autoptr (CrmValue) value = crm_duplicate_complete_value (connection, draft->catalogue,
                                                                 field, draft->values[i]);
      CrmItems items = crm_field_get_items (field);

      if (value == NULL || (items != CRM_ITEMS_NONE && items != CRM_ITEMS_TEXT))
        continue;
      guesses[fields->len] = guess_column (draft, field, value, records, guess_func, guess_data);
      if (!guesses[fields->len].is_used)
        continue;
      g_ptr_array_add (fields, (gpointer) field);
      g_ptr_array_add (values, g_steal_pointer (&value));
    }

  crm_duplicate_settle_guesses (guesses, fields->len);
  for (guint i = 0; i < fields->len; i++)
    add_column (table, draft, g_ptr_array_index (fields, i), g_ptr_array_index (values, i),
                &guesses[i], records);

  *out_records = g_steal_pointer (&records);
  return g_steal_pointer (&table);
}
