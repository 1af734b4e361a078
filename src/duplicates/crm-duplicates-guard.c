/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that forbid, asked of every record that is written. One record at a time is looked up in the search
 * index and among keys. An import, which writes with these out of use, and acts that write many, read the keys of
 * all records once and remember what they add. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-duplicate-candidates-private.h"
#include "crm-duplicate-groups-private.h"
#include "crm-duplicate-rules-private.h"
#include "crm-duplicate-text-private.h"
#include "crm-error.h"
#include "crm-guard.h"
#include "crm-record-keys.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

#define FEW_RECORDS 20 /* of one act that are looked up one by one */
#define FEW_IN_ALL 20000 /* of a type: their keys are just read */
#define MAX_FOUND 5000 /* records with the same words */

typedef struct
{
  CrmTrait trait;
  gboolean is_numeric;
  const CrmDuplicateRuleField *field; /* the one that records are found by */
  GHashTable *ids; /* key as guint64 -> GArray of gint64 */
} Index;

typedef struct
{
  GPtrArray *rules; /* CrmDuplicateRule: those that forbid */
  GPtrArray *indexes; /* Index per rule, NULL until needed */
  guint n_asked;
} State;

typedef struct
{
  CrmTransaction *transaction;
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
  gint64 id;
  CrmValue *const *values;
  CrmValue *const *old; /* (nullable) */
} Question;

static void
index_free (gpointer data)
{
  Index *self = data;

  if (self == NULL)
    return;

  g_hash_table_unref (self->ids);
  g_free (self);
}

static void
state_free (gpointer data)
{
  State *self = data;

  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->indexes);
  g_free (self);
}

static State *
state_new (CrmTransaction *transaction, GError **error)
{
  State *self;
  GPtrArray *rules = crm_duplicate_rules_read (crm_transaction_get_connection (transaction),
                                               crm_transaction_get_catalogue (transaction), NULL,
                                               error);

  if (rules == NULL)
    return NULL;

  for (guint i = rules->len; i > 0; i--)
    if (((const CrmDuplicateRule *) g_ptr_array_index (rules, i - 1))->level !=
        CRM_DUPLICATE_LEVEL_FORBID)
      g_ptr_array_remove_index (rules, i - 1);

  self = g_new0 (State, 1);
  self->rules = rules;
  self->indexes = g_ptr_array_new_with_free_func (index_free);
  g_ptr_array_set_size (self->indexes, (int) rules->len);

  return self;
}

static CrmValue *
get_given (gpointer data, const CrmField *field)
{
  const Question *question = data;

  for (guint i = 0; i < question->type->n_fields; i++)
    if (question->type->fields[i]->id == field->id)
      return question->values[i];

  return NULL;
}

static CrmValue *
get_former (gpointer data, const CrmField *field)
{
  const Question *question = data;

  for (guint i = 0; i < question->type->n_fields; i++)
    if (question->type->fields[i]->id == field->id)
      return question->old[i];

  return NULL;
}

static CrmValue *
get_of_record (gpointer data, const CrmField *field)
{
  return crm_record_get_value (data, field);
}

/* Who changes something else is not told what was allowed once */
static gboolean
is_concerned (const CrmDuplicateRule *rule, Question *question)
{
  gboolean changed = question->old == NULL;

  if (rule->type->id != question->type->id)
    return FALSE;

  for (guint i = 0; i < rule->fields->len; i++)
    {
      const CrmField *field = g_array_index (rule->fields, CrmDuplicateRuleField, i).field;
      CrmValue *value = get_given (question, field);

      if (value == NULL)
        return FALSE;
      changed = changed || !crm_value_equal (value, get_former (question, field));
    }

  return changed;
}

/* Keys of all records */

static void
add_key (Index *self, gint64 id, guint64 key)
{
  GArray *ids = g_hash_table_lookup (self->ids, &key);

  if (ids == NULL)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->ids, g_memdup2 (&key, sizeof key), ids);
    }
  g_array_append_val (ids, id);
}

/* Calls @func for the keys of a text */
typedef void (*KeyFunc) (guint64 key, gpointer data);

typedef struct
{
  const Index *index;
  KeyFunc func;
  gpointer data;
} Keying;

/* What may be similar sounds alike in a word at least, or begins alike */
static void
make_keys_cb (const char *text, gpointer data)
{
  Keying *self = data;
  const Index *index = self->index;
  g_autofree char *comparable = crm_duplicate_make_comparable (index->trait, index->is_numeric,
                                                               text);

  if (comparable == NULL)
    return;
  if (!index->field->similar)
    {
      self->func (crm_duplicate_hash (comparable, strlen (comparable)), self->data);
      return;
    }

  for (const char *p = comparable; *p != '\0';)
    {
      gsize size = strcspn (p, " ");
      char sound[CRM_DUPLICATE_SOUND_SIZE];

      crm_duplicate_sound (p, sound);
      if (size > 0)
        {
          self->func (crm_duplicate_hash (sound, strlen (sound)), self->data);
          self->func (crm_duplicate_mix (crm_duplicate_hash (p, MIN (size, 3)), 1), self->data);
        }
      p += size;
      while (*p == ' ')
        p++;
    }
}

typedef struct
{
  Index *index;
  gint64 id;
} Adding;

static void
add_key_cb (guint64 key, gpointer data)
{
  Adding *self = data;

  add_key (self->index, self->id, key);
}

static void
add_record_cb (gint64 id, const char *text, gpointer data)
{
  Adding adding = { data, id };
  Keying keying = { data, add_key_cb, &adding };

  make_keys_cb (text, &keying);
}

/* The field that tells most: an address before a word, what is the same before what is similar */
static const CrmDuplicateRuleField *
choose_field (const CrmDuplicateRule *rule)
{
  const CrmDuplicateRuleField *best = NULL;
  int most = -1;

  for (guint i = 0; i < rule->fields->len; i++)
    {
      const CrmDuplicateRuleField *field = &g_array_index (rule->fields, CrmDuplicateRuleField, i);
      int good = (field->similar ? 0 : 4) + (crm_field_get_items (field->field) == CRM_ITEMS_TEXT
                                                 ? 2
                                             : field->field->kind == CRM_KIND_TEXT ? 1
                                                                                   : 0);

      if (good > most)
        {
          best = field;
          most = good;
        }
    }

  return best;
}

static Index *
index_new (const Question *question, const CrmDuplicateRule *rule, GError **error)
{
  Index *self = g_new0 (Index, 1);

  self->field = choose_field (rule);
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                     (GDestroyNotify) g_array_unref);
  crm_duplicate_rule_get_trait (self->field->field, &self->trait, &self->is_numeric);
  if (!crm_duplicate_read_texts (crm_transaction_get_connection (question->transaction),
                                 question->catalogue, question->type, self->field->field,
                                 add_record_cb, self, error))
    {
      index_free (self);
      return NULL;
    }

  return self;
}

typedef struct
{
  const Index *index;
  GHashTable *known;
  GArray *ids;
} Finding;

static void
find_key_cb (guint64 key, gpointer data)
{
  Finding *self = data;
  GArray *found = g_hash_table_lookup (self->index->ids, &key);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      gint64 *id = &g_array_index (found, gint64, i);

      if (g_hash_table_contains (self->known, id))
        continue;
      g_hash_table_add (self->known, id);
      g_array_append_val (self->ids, *id);
    }
}

/* Candidates */

static GArray *
find_in_index (Index *index, Question *question)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Finding finding = { index, known, ids };
  Keying keying = { index, find_key_cb, &finding };

  crm_duplicate_value_foreach_text (question->catalogue, index->field->field,
                                    get_given (question, index->field->field), make_keys_cb,
                                    &keying);
  return ids;
}

static void
note_in_index (Index *index, Question *question)
{
  Adding adding = { index, question->id };
  Keying keying = { index, add_key_cb, &adding };

  crm_duplicate_value_foreach_text (question->catalogue, index->field->field,
                                    get_given (question, index->field->field), make_keys_cb,
                                    &keying);
}

/* Whether an index finds all that the rule is about: words that are the same are in the search index, if they are
 * not written with short forms or in other letters */
static gboolean
can_look_up (const CrmDuplicateRule *rule)
{
  const CrmDuplicateRuleField *field = choose_field (rule);
  CrmTrait trait;
  gboolean is_numeric;

  if (field->similar)
    return FALSE;
  if (crm_field_get_items (field->field) == CRM_ITEMS_TEXT)
    return TRUE;

  crm_duplicate_rule_get_trait (field->field, &trait, &is_numeric);
  return field->field->kind == CRM_KIND_TEXT && !is_numeric &&
         (trait == CRM_TRAIT_GIVEN || trait == CRM_TRAIT_FAMILY || trait == CRM_TRAIT_NAME ||
          trait == CRM_TRAIT_TEXT || trait == CRM_TRAIT_PLACE);
}

static gboolean
look_up_key (const CrmField *field,
             const CrmValue *value,
             CrmConnection *connection,
             GArray *ids,
             GError **error)
{
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (!crm_record_keys_find (connection, field, crm_item_get_key (item), ids, error))
        return FALSE;
    }

  return TRUE;
}

/* Records that have the words of all fields that have to be the same */
static GArray *
look_up (const CrmDuplicateRule *rule, Question *question, GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (question->transaction);
  const CrmField *best = choose_field (rule)->field;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) words = g_string_new (NULL);

  if (crm_field_get_items (best) == CRM_ITEMS_TEXT)
    return look_up_key (best, get_given (question, best), connection, ids, error)
               ? g_steal_pointer (&ids)
               : NULL;

  for (guint i = 0; i < rule->fields->len; i++)
    {
      const CrmDuplicateRuleField *field = &g_array_index (rule->fields, CrmDuplicateRuleField, i);

      if (!field->similar && field->field->kind == CRM_KIND_TEXT)
        crm_duplicate_append_words (words, field->field,
                                    crm_value_get_text (get_given (question, field->field)));
    }

  return crm_duplicate_search_words (connection, question->type, words->str, MAX_FOUND, ids, error)
             ? g_steal_pointer (&ids)
             : NULL;
}

/* Reading all keys of few records takes no time, and misses nothing */
static gboolean
are_many (Question *question, gboolean *many, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM " CRM_RECORD_TABLE " LIMIT 1 OFFSET %d",
                                          question->type->id, FEW_IN_ALL);
  gint64 found;

  if (!crm_connection_query_int (crm_transaction_get_connection (question->transaction), sql, 0,
                                 &found, error))
    return FALSE;

  *many = found != 0;
  return TRUE;
}

static gboolean
check_candidates (const CrmDuplicateRule *rule, Question *question, GArray *ids, GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (question->transaction);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (GHashTable) distinct = NULL;
      g_autoptr (GError) local_error = NULL;
      g_autofree char *id_text = NULL;
      g_autofree char *likeness = NULL;

      if (id == question->id)
        continue;
      record = crm_transaction_peek (question->transaction, question->type, id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (record == NULL || crm_record_get_state (record) != CRM_STATE_LIVE ||
          !crm_duplicate_rule_applies (rule, question->catalogue, get_given, question,
                                       get_of_record, record))
        continue;
      distinct = crm_duplicate_read_distinct (connection, question->id, error);
      if (distinct == NULL)
        return FALSE;
      if (crm_duplicate_is_distinct (distinct, id, question->id))
        continue;

      id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      likeness = crm_duplicate_rule_describe (rule);
      g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                   _ ("“%s” (%s) is there already, and a rule forbids another one (%s). Open that "
                      "one, or change what you write."),
                   crm_record_get_label (record), id_text, likeness);
      return FALSE;
    }

  return TRUE;
}

static gboolean
ask_rule (State *state, guint index, Question *question, GError **error)
{
  const CrmDuplicateRule *rule = g_ptr_array_index (state->rules, index);
  g_autoptr (GArray) ids = NULL;

  if (g_ptr_array_index (state->indexes, index) == NULL)
    {
      gboolean read_all = crm_transaction_is_import (question->transaction) ||
                          state->n_asked > FEW_RECORDS || !can_look_up (rule);
      gboolean many = FALSE;

      if (!read_all && !are_many (question, &many, error))
        return FALSE;
      if (read_all || !many)
        {
          Index *made = index_new (question, rule, error);

          if (made == NULL)
            return FALSE;
          g_ptr_array_index (state->indexes, index) = made;
        }
    }

  if (g_ptr_array_index (state->indexes, index) != NULL)
    ids = find_in_index (g_ptr_array_index (state->indexes, index), question);
  else
    ids = look_up (rule, question, error);

  return ids != NULL && check_candidates (rule, question, ids, error);
}

static gboolean
guard_ask (CrmTransaction *transaction,
           const CrmRecordType *type,
           gint64 id,
           CrmValue *const *values,
           CrmValue *const *old,
           gpointer *data,
           GError **error)
{
  Question question = { transaction, crm_transaction_get_catalogue (transaction), type, id, values,
                        old };
  State *state;

  if (*data == NULL)
    *data = state_new (transaction, error);
  state = *data;
  if (state == NULL)
    return FALSE;
  if (state->rules->len == 0)
    return TRUE;

  state->n_asked++;
  for (guint i = 0; i < state->rules->len; i++)
    if (is_concerned (g_ptr_array_index (state->rules, i), &question) &&
        !ask_rule (state, i, &question, error))
      return FALSE;
  for (guint i = 0; i < state->rules->len; i++)
    {
      Index *index = g_ptr_array_index (state->indexes, i);

      if (index != NULL &&
          ((const CrmDuplicateRule *) g_ptr_array_index (state->rules, i))->type->id == type->id &&
          get_given (&question, index->field->field) != NULL)
        note_in_index (index, &question);
    }

  return TRUE;
}

static gboolean
guard_watches (CrmTransaction *transaction, const CrmField *field, gpointer *data, GError **error)
{
  State *state;

  if (*data == NULL)
    *data = state_new (transaction, error);
  state = *data;
  for (guint i = 0; state != NULL && i < state->rules->len; i++)
    {
      const CrmDuplicateRule *rule = g_ptr_array_index (state->rules, i);

      for (guint j = 0; j < rule->fields->len; j++)
        if (g_array_index (rule->fields, CrmDuplicateRuleField, j).field->id == field->id)
          return TRUE;
    }

  return FALSE;
}

static const CrmGuard guard = { guard_ask, guard_watches, state_free };

void
crm_duplicates_guard (CrmStore *store)
{
  g_return_if_fail (CRM_IS_STORE (store));

  crm_store_set_guard (store, &guard);
}
