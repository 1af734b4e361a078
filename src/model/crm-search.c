/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-search.h"

#include "crm-record-load-private.h"
#include "crm-search-private.h"
#include "crm-tables.h"
#include "crm-text.h"

/* All that is ever looked at for one search, whatever the size of the workspace */
#define MAX_CANDIDATES 2000

/* Best first. A later one is only asked where the ones before gave too little. */
typedef enum
{
  STAGE_NAME_BEGINS, /* the name begins with what was typed */
  STAGE_NAME,
  STAGE_KEYS_BEGIN, /* the first address or domain begins with it */
  STAGE_KEYS,
  STAGE_ANYWHERE,
  N_STAGES,
} Stage;

typedef enum
{
  RANK_IS_NAME,
  RANK_WORDS_OF_NAME,
  RANK_BEGINS_WORD_OF_NAME,
  RANK_FIRST_KEY,
  RANK_KEYS,
  RANK_ANYWHERE,
} Rank;

typedef struct
{
  const CrmRecordType *type;
  gint64 id;
  Rank rank;
  gint64 updated_at;
} Candidate;

typedef struct
{
  CrmStore *store;
  const CrmCatalogue *catalogue;
  const CrmRecordType *only_type; /* nullable */
  guint limit;

  char *text;
  char *folded;
  char *joined; /* the words alone */
  char *expression;
  char *digits; /* nullable */
  char **words;

  GArray *candidates; /* Candidate */
  GHashTable *known; /* gint64 ids */
  GHashTable *loaders; /* CrmRecordType -> CrmRecordLoader */
  GPtrArray *hits;
} Search;

/* What is typed as one phrase, at the beginning of the name */
static char *
quote (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, "\"", -1);
  g_autofree char *inside = g_strjoinv ("\"\"", pieces);

  return g_strdup_printf ("\"%s\"", inside);
}

static char *
make_expression (Search *self, Stage stage)
{
  g_autofree char *phrase = NULL;

  switch (stage)
    {
    case STAGE_NAME_BEGINS:
      phrase = quote (self->text);
      return g_strdup_printf ("name : ^ %s", phrase);

    case STAGE_KEYS_BEGIN:
      phrase = quote (self->text);
      return g_strdup_printf ("keys : ^ %s", phrase);

    case STAGE_NAME:
      return g_strdup_printf ("name : (%s)", self->expression);

    case STAGE_KEYS:
      return g_strdup_printf ("keys : (%s)", self->expression);

    case STAGE_ANYWHERE:
      return g_strdup (self->expression);

    case N_STAGES:
    default:
      g_assert_not_reached ();
    }
}

static Rank
get_rank (Search *self, Stage stage, const char *label)
{
  g_autofree char *folded = NULL;

  if (stage == STAGE_KEYS_BEGIN)
    return RANK_FIRST_KEY;
  if (stage == STAGE_KEYS)
    return RANK_KEYS;
  if (stage == STAGE_ANYWHERE)
    return RANK_ANYWHERE;
  if (label == NULL)
    return RANK_BEGINS_WORD_OF_NAME;

  folded = crm_text_fold (label);
  if (crm_text_equal (folded, self->folded) || crm_text_equal (folded, self->joined))
    return RANK_IS_NAME;
  if (crm_search_has_whole_words (folded, (const char *const *) self->words))
    return RANK_WORDS_OF_NAME;

  return RANK_BEGINS_WORD_OF_NAME;
}

static CrmStatement *
prepare (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  const CrmField *updated_at = crm_record_type_find_field (type, "updated_at");
  g_autoptr (GString) sql = g_string_new ("SELECT r.id");

  if (type->label_field != NULL)
    g_string_append_printf (sql, ", r." CRM_VALUE_COLUMN, type->label_field->id);
  else
    g_string_append (sql, ", NULL");
  if (updated_at != NULL)
    g_string_append_printf (sql, ", r." CRM_VALUE_COLUMN, updated_at->id);
  else
    g_string_append (sql, ", r.id");

  /* The newest ones, for there may be more than are looked at; CROSS JOIN keeps the index in
   * front */
  g_string_append_printf (sql,
                          " FROM " CRM_SEARCH_TABLE " AS s CROSS JOIN " CRM_RECORD_TABLE
                          " AS r ON r.id = s.rowid WHERE s." CRM_SEARCH_TABLE
                          " MATCH ?1 AND r.state = 0 ORDER BY s.rowid DESC LIMIT ?2",
                          type->id, type->id, type->id);

  return crm_connection_prepare (connection, sql->str, error);
}

static gboolean
collect (Search *self,
         CrmConnection *connection,
         const CrmRecordType *type,
         Stage stage,
         GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *expression = NULL;

  if (self->candidates->len >= MAX_CANDIDATES)
    return TRUE;

  statement = prepare (connection, type, error);
  if (statement == NULL)
    return FALSE;

  expression = make_expression (self, stage);
  crm_statement_bind_text (statement, 1, expression);
  crm_statement_bind_int (statement, 2, MAX_CANDIDATES - self->candidates->len);
  while (crm_statement_step (statement, &local_error))
    {
      Candidate candidate = {
        .type = type,
        .id = crm_statement_get_int (statement, 0),
        .updated_at = crm_statement_get_int (statement, 2),
      };
      gint64 *key;

      if (g_hash_table_contains (self->known, &candidate.id))
        continue;

      candidate.rank = get_rank (self, stage, crm_statement_get_text (statement, 1));
      g_array_append_val (self->candidates, candidate);
      key = g_new (gint64, 1);
      *key = candidate.id;
      g_hash_table_add (self->known, key);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  if (first->updated_at != second->updated_at)
    return first->updated_at > second->updated_at ? -1 : 1;

  return (first->id < second->id) - (first->id > second->id);
}

static CrmRecordLoader *
get_loader (Search *self, CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  CrmRecordLoader *loader = g_hash_table_lookup (self->loaders, type);
  g_autoptr (GPtrArray) fields = NULL;

  if (loader != NULL)
    return loader;

  fields = g_ptr_array_new ();
  for (guint i = 0; i < type->n_fields; i++)
    if (crm_search_has_field (type->fields[i]))
      g_ptr_array_add (fields, (gpointer) type->fields[i]);

  loader = crm_record_loader_new (connection, self->catalogue, type,
                                  (const CrmField *const *) fields->pdata, (int) fields->len,
                                  error);
  if (loader != NULL)
    g_hash_table_insert (self->loaders, (gpointer) type, loader);

  return loader;
}

static gboolean
add_hit (Search *self, CrmConnection *connection, const Candidate *candidate, GError **error)
{
  CrmRecordLoader *loader = get_loader (self, connection, candidate->type, error);
  g_autoptr (CrmRecord) record = NULL;
  CrmSearchPlace place;
  CrmSearchHit *hit;

  if (loader == NULL)
    return FALSE;

  record = crm_record_loader_load (loader, candidate->id, error);
  if (record == NULL)
    return FALSE;

  place = crm_search_find_place (record, (const char *const *) self->words, self->digits);
  hit = g_new0 (CrmSearchHit, 1);
  hit->type = candidate->type;
  hit->id = candidate->id;
  hit->label = g_strdup (crm_record_get_label (record));
  if (place.field != NULL)
    {
      hit->field_name = g_strdup (place.field->name);
      hit->snippet = place.snippet;
    }
  else
    {
      /* Found by a spelling that the scan does not know; the name is always something to show */
      hit->field_name = g_strdup (
          candidate->type->label_field != NULL ? candidate->type->label_field->name : "id");
      hit->snippet = g_strdup (hit->label);
    }
  g_ptr_array_add (self->hits, hit);

  return TRUE;
}

static gboolean
run_search (CrmConnection *connection, gpointer data, GError **error)
{
  Search *self = data;
  g_autoptr (GHashTable) loaders = NULL;

  for (Stage stage = 0; stage < N_STAGES; stage++)
    {
      for (guint i = 0; i < crm_catalogue_get_n_types (self->catalogue); i++)
        {
          const CrmRecordType *type = crm_catalogue_get_type_at (self->catalogue, i);

          if (self->only_type != NULL && self->only_type->id != type->id)
            continue;
          if (!collect (self, connection, type, stage, error))
            return FALSE;
        }

      /* The first two give ranks that mix */
      if (stage != STAGE_NAME_BEGINS && self->candidates->len >= self->limit)
        break;
    }

  g_array_sort (self->candidates, compare_candidates);

  /* They hold statements, so they go before the connection is given back */
  loaders = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) crm_record_loader_free);
  self->loaders = loaders;
  for (guint i = 0; i < MIN (self->limit, self->candidates->len); i++)
    if (!add_hit (self, connection, &g_array_index (self->candidates, Candidate, i), error))
      return FALSE;

  return TRUE;
}

void
crm_search_hit_free (CrmSearchHit *hit)
{
  g_return_if_fail (hit != NULL);

  g_free (hit->label);
  g_free (hit->field_name);
  g_free (hit->snippet);
  g_free (hit);
}

GPtrArray *
crm_search (CrmStore *store,
            const char *text,
            const CrmRecordType *type,
            guint limit,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) hits = NULL;
  Search self = { .store = store, .only_type = type, .limit = limit };
  gboolean ok = TRUE;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  hits = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_search_hit_free);
  self.text = crm_text_clean (text, FALSE);
  self.expression = self.text != NULL ? crm_search_compile (self.text) : NULL;
  if (self.expression != NULL && limit > 0)
    {
      self.catalogue = crm_store_get_catalogue (store);
      self.folded = crm_text_fold (self.text);
      self.digits = crm_search_get_digits (self.text);
      self.words = crm_search_get_words (self.text);
      self.joined = g_strjoinv (" ", self.words);
      self.candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
      self.known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      self.hits = hits;

      ok = crm_database_read (crm_store_get_database (store), run_search, &self, cancellable,
                              error);

      g_array_unref (self.candidates);
      g_hash_table_unref (self.known);
    }

  g_free (self.text);
  g_free (self.folded);
  g_free (self.joined);
  g_free (self.expression);
  g_free (self.digits);
  g_strfreev (self.words);

  return ok ? g_steal_pointer (&hits) : NULL;
}
