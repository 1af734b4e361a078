/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-filter-private.h"
#include "crm-query-private.h"

/*
 * filter     = all { "or" all }
 * all        = one { "and" one }
 * one        = "not" one | "(" filter ")" | quantified | comparison
 * quantified = ( "any" | "none" | "all" ) path "(" filter ")"
 *            | ( "any" | "none" ) path
 * comparison = path sign value
 *            | path [ "not" ] word value
 *            | path [ "not" ] "in" ( "(" value { "," value } ")" | value )
 *            | path [ "not" ] "between" value "and" value
 *            | path [ "is" ] [ "not" ] "empty" | "empty" path | "empty" "(" path ")"
 *            | path                            (a check box that is set)
 * sign       = "=" | "!=" | "<" | "<=" | ">" | ">="
 * word       = "contains" | "starts" [ "with" ] | "ends" [ "with" ] | "matches" | "has"
 * path       = name { "." name }
 * value      = a quoted string, a word, "last 30 days", "this month", "1000 EUR"
 *
 * Keywords are understood in any case. A name is a field, the other side of a
 * relation, "id", or behind a relation to records of any type, the name of one.
 *
 * What it means:
 * - A path that leads to several records or values holds where one of them does.
 * - "!=" and "not" are the opposite, so they hold where there is no value. "all" holds where there
 *   are none.
 * - Only live records count on the way.
 * - Text is compared by crm_text_fold(): neither case nor marks matter. "has" is "=" for what is
 *   chosen or pointed to and "contains" for text. Patterns of "matches" ignore case.
 * - E-mail addresses, domains, links and telephone numbers are "=" by their normal forms.
 * - Dates are days, however exact the field is; "2026-05" and "2026" are all days of them. Of
 *   birthdays a relative date shorter than a year looks at day and month only.
 * - A choice is its label or API name and is ordered as its options are.
 * - A record is its id, its label, or the value of a unique field: a person's e-mail address.
 * - A check box that was never set is "false".
 */

#define MAX_DEPTH 100
#define MAX_COMPARISONS 5000

typedef struct
{
  CrmStore *store;
  const CrmCatalogue *catalogue;
  const char *text;
  GArray *tokens;
  guint at;
  guint depth;
  guint n_comparisons;
  guint value_position; /* of the value that was read last */

  GPtrArray
      *skipped; /* where conditions on what is not there are passed over: their text; or NULL */
  CrmFilter *nothing; /* stands for one that was; NULL where they are kept as text */
} Parser;

static CrmFilter *parse_or (Parser *self, const CrmRecordType *type, GError **error);

static const CrmToken *
peek (Parser *self, guint ahead)
{
  return &g_array_index (self->tokens, CrmToken, MIN (self->at + ahead, self->tokens->len - 1));
}

static gboolean
accept_keyword (Parser *self, const char *keyword)
{
  if (!crm_token_is_keyword (peek (self, 0), keyword))
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
accept_kind (Parser *self, CrmTokenKind kind)
{
  if (peek (self, 0)->kind != kind)
    return FALSE;

  self->at++;
  return TRUE;
}

static void
set_expected (Parser *self, const char *expected, GError **error)
{
  const CrmToken *token = peek (self, 0);

  if (token->kind == CRM_TOKEN_END)
    crm_filter_set_error (error, token->position, _ ("expected %s, but the filter ends"), expected);
  else
    crm_filter_set_error (error, token->position, _ ("expected %s instead of “%s”"), expected,
                          token->text);
}

static gboolean
expect_right (Parser *self, GError **error)
{
  if (accept_kind (self, CRM_TOKEN_RIGHT))
    return TRUE;

  set_expected (self, _ ("“and”, “or” or “)”"), error);
  return FALSE;
}

static gboolean
find_operator (const CrmToken *token, CrmOperator *comparator)
{
  for (guint i = CRM_OPERATOR_EQUAL; i < CRM_N_OPERATORS; i++)
    if (g_ascii_strcasecmp (token->text, crm_operator_to_text (i)) == 0)
      {
        *comparator = i;
        return TRUE;
      }

  return FALSE;
}

/* Whether what follows a path begins at @token */
static gboolean
begins_condition (const CrmToken *token)
{
  CrmOperator comparator;

  return token->kind == CRM_TOKEN_COMPARISON ||
         (token->kind == CRM_TOKEN_WORD &&
          (find_operator (token, &comparator) || crm_token_is_keyword (token, "is") ||
           crm_token_is_keyword (token, "not") || crm_token_is_keyword (token, "empty")));
}

static gboolean
begins_value (const CrmToken *token)
{
  return token->kind == CRM_TOKEN_STRING ||
         (token->kind == CRM_TOKEN_WORD && !crm_token_is_keyword (token, "and") &&
          !crm_token_is_keyword (token, "or"));
}

static gboolean
parse_value (Parser *self, GArray *operands, GError **error)
{
  const CrmToken *token = peek (self, 0);
  g_autoptr (GString) text = NULL;

  self->value_position = token->position;

  if (token->kind == CRM_TOKEN_STRING)
    {
      crm_operand_array_add (operands, token->text, TRUE, 0);
      self->at++;
      return TRUE;
    }
  if (!begins_value (token))
    {
      set_expected (self, _ ("a value"), error);
      return FALSE;
    }

  text = g_string_new (NULL);
  for (guint n = crm_filter_count_words (token); n > 0; n--)
    {
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", peek (self, 0)->text);
      self->at++;
    }
  crm_operand_array_add (operands, text->str, FALSE, 0);

  return TRUE;
}

static gboolean
parse_list (Parser *self, GArray *operands, GError **error)
{
  if (!accept_kind (self, CRM_TOKEN_LEFT))
    return parse_value (self, operands, error);

  do
    if (!parse_value (self, operands, error))
      return FALSE;
  while (accept_kind (self, CRM_TOKEN_COMMA));

  if (accept_kind (self, CRM_TOKEN_RIGHT))
    return TRUE;

  set_expected (self, _ ("“,” or “)”"), error);
  return FALSE;
}

static gboolean
parse_range (Parser *self, GArray *operands, GError **error)
{
  if (!parse_value (self, operands, error))
    return FALSE;

  if (!accept_keyword (self, "and"))
    {
      set_expected (self, _ ("“and” and the second value of “between”"), error);
      return FALSE;
    }

  return parse_value (self, operands, error);
}

/* What is known of a comparison once its text is read */
typedef struct
{
  CrmOperator comparator;
  gboolean negated;
  GArray *operands;
} Condition;

static gboolean
parse_condition (Parser *self, Condition *condition, GError **error)
{
  const CrmToken *token = peek (self, 0);

  if (token->kind == CRM_TOKEN_COMPARISON)
    {
      self->at++;
      if (strcmp (token->text, "!=") == 0)
        condition->negated = TRUE;
      else
        find_operator (token, &condition->comparator);

      if (condition->comparator == CRM_OPERATOR_EQUAL && accept_keyword (self, "empty"))
        {
          condition->comparator = CRM_OPERATOR_PRESENT;
          condition->negated = !condition->negated;
          return TRUE;
        }
      if (!parse_value (self, condition->operands, error))
        return FALSE;

      if (condition->comparator == CRM_OPERATOR_EQUAL &&
          *g_array_index (condition->operands, CrmOperand, 0).text == '\0')
        {
          g_array_set_size (condition->operands, 0);
          condition->comparator = CRM_OPERATOR_PRESENT;
          condition->negated = !condition->negated;
        }
      return TRUE;
    }

  accept_keyword (self, "is");
  condition->negated = accept_keyword (self, "not");

  if (accept_keyword (self, "empty"))
    {
      condition->comparator = CRM_OPERATOR_PRESENT;
      condition->negated = !condition->negated;
      return TRUE;
    }

  token = peek (self, 0);
  if (token->kind != CRM_TOKEN_WORD || !find_operator (token, &condition->comparator))
    {
      set_expected (self, _ ("an operator such as “=”, “contains” or “empty”"), error);
      return FALSE;
    }

  self->at++;
  if ((condition->comparator == CRM_OPERATOR_STARTS ||
       condition->comparator == CRM_OPERATOR_ENDS) &&
      crm_token_is_keyword (peek (self, 0), "with") && begins_value (peek (self, 1)))
    self->at++;
  if (condition->comparator == CRM_OPERATOR_IN)
    return parse_list (self, condition->operands, error);
  if (condition->comparator == CRM_OPERATOR_BETWEEN)
    return parse_range (self, condition->operands, error);

  return parse_value (self, condition->operands, error);
}

static GArray *
copy_operands (GArray *operands)
{
  GArray *copy = crm_operand_array_new ();

  for (guint i = 0; i < operands->len; i++)
    {
      const CrmOperand *operand = &g_array_index (operands, CrmOperand, i);

      crm_operand_array_add (copy, operand->text, operand->quoted, operand->id);
    }

  return copy;
}

/* The comparison in each meaning of its path that it is possible in */
static CrmFilter *
build_comparison (Parser *self,
                  GPtrArray *paths,
                  const Condition *condition,
                  guint position,
                  GError **error)
{
  g_autoptr (GPtrArray) filters = crm_filter_array_new ();
  g_autoptr (GError) problem = NULL;
  CrmFilter *filter;

  for (guint i = 0; i < paths->len; i++)
    {
      const CrmPath *path = g_ptr_array_index (paths, i);
      g_autoptr (CrmFilter) comparison = NULL;

      comparison = crm_filter_new_compare (path->hops, path->leaf, path->field,
                                           condition->comparator,
                                           copy_operands (condition->operands));
      if (crm_filter_check (comparison, self->store, problem == NULL ? &problem : NULL))
        g_ptr_array_add (filters, g_steal_pointer (&comparison));
    }

  if (filters->len == 0)
    {
      crm_filter_set_error (error, position, "%s", problem->message);
      return NULL;
    }

  filter = crm_filter_new_group (CRM_FILTER_ALTERNATIVES, g_steal_pointer (&filters));
  return condition->negated ? crm_filter_new_not (filter) : filter;
}

static gboolean
is_checkbox (GPtrArray *paths)
{
  const CrmPath *path = g_ptr_array_index (paths, 0);

  return paths->len == 1 && path->field != NULL && path->field->kind == CRM_KIND_CHECKBOX;
}

static GPtrArray *
parse_path (Parser *self, const CrmRecordType *type, gboolean records, GError **error)
{
  const CrmToken *token = peek (self, 0);
  GPtrArray *paths;

  if (token->kind != CRM_TOKEN_WORD)
    {
      set_expected (self, _ ("the name of a field"), error);
      return NULL;
    }

  paths = crm_path_resolve (self->catalogue, type, token->text, token->position, records, error);
  self->at++;

  return paths;
}

/* Passing over */

static CrmFilter *
negate (Parser *self, CrmFilter *filter)
{
  return filter == self->nothing ? filter : crm_filter_new_not (filter);
}

/* Whether @error is about a name that somebody took away, rather than about how the text is written */
static gboolean
can_skip (Parser *self, const GError *error)
{
  return self->skipped != NULL && g_error_matches (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
}

/* The text from token @first to here. (transfer full) */
static char *
copy_source (Parser *self, guint first)
{
  guint start = g_array_index (self->tokens, CrmToken, first).position - 1;
  guint end = peek (self, 0)->position - 1;

  return g_strchomp (g_utf8_substring (self->text, start, end));
}

/* The condition from token @first to here, as one that was passed over. (transfer full) */
static CrmFilter *
skip (Parser *self, guint first)
{
  g_autofree char *text = copy_source (self, first);

  if (self->nothing == NULL)
    return crm_filter_new_text (text);

  g_ptr_array_add (self->skipped, g_steal_pointer (&text));
  return crm_filter_ref (self->nothing);
}

/* Over a part in parentheses, if one is here */
static gboolean
skip_parentheses (Parser *self, GError **error)
{
  guint depth = 0;

  if (peek (self, 0)->kind != CRM_TOKEN_LEFT)
    return TRUE;

  do
    {
      CrmTokenKind kind = peek (self, 0)->kind;

      if (kind == CRM_TOKEN_END)
        return expect_right (self, error);
      if (kind == CRM_TOKEN_LEFT)
        depth++;
      else if (kind == CRM_TOKEN_RIGHT)
        depth--;
      self->at++;
    }
  while (depth > 0);

  return TRUE;
}

static CrmFilter *
parse_comparison (Parser *self, const CrmRecordType *type, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GArray) operands = crm_operand_array_new ();
  Condition condition = { CRM_OPERATOR_EQUAL, FALSE, operands };
  guint position = peek (self, 0)->position;
  guint first = self->at;
  gboolean parenthesis = FALSE;
  g_autoptr (GError) problem = NULL;
  CrmFilter *filter;

  if (crm_token_is_keyword (peek (self, 0), "empty") &&
      (peek (self, 1)->kind == CRM_TOKEN_LEFT ||
       (peek (self, 1)->kind == CRM_TOKEN_WORD && !begins_condition (peek (self, 1)))))
    {
      self->at++;
      condition.comparator = CRM_OPERATOR_PRESENT;
      condition.negated = TRUE;
      parenthesis = accept_kind (self, CRM_TOKEN_LEFT);
    }

  paths = parse_path (self, type, FALSE, &problem);
  if (paths == NULL && !can_skip (self, problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (parenthesis && !expect_right (self, error))
    return NULL;

  if (condition.comparator != CRM_OPERATOR_PRESENT)
    {
      if ((paths == NULL || is_checkbox (paths)) && !begins_condition (peek (self, 0)))
        {
          crm_operand_array_add (operands, "true", FALSE, 0);
        }
      else
        {
          if (!parse_condition (self, &condition, error))
            return NULL;
          /* What can be wrong now is the value */
          if (operands->len > 0)
            position = self->value_position;
        }
    }
  if (paths == NULL)
    return skip (self, first);

  filter = build_comparison (self, paths, &condition, position, &problem);
  if (filter == NULL && self->skipped != NULL)
    return skip (self, first);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return filter;
}

/* The part in parentheses behind "any PATH", once for each type that the path can lead to */
static gboolean
parse_children (Parser *self,
                GPtrArray *paths,
                gboolean opposite,
                GPtrArray *filters,
                GError **error)
{
  g_autoptr (GError) problem = NULL;
  guint start = self->at;
  guint end = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      const CrmPath *path = g_ptr_array_index (paths, i);
      const CrmHop *hop = &g_array_index (path->hops, CrmHop, path->hops->len - 1);
      CrmFilter *child;

      self->at = start;
      child = parse_or (self, hop->type, problem == NULL ? &problem : NULL);
      if (child == NULL)
        continue;

      if (!expect_right (self, error))
        {
          crm_filter_unref (child);
          return FALSE;
        }

      end = self->at;
      if (child == self->nothing)
        {
          crm_filter_unref (child);
          continue;
        }
      if (opposite)
        child = crm_filter_new_not (child);
      g_ptr_array_add (filters, crm_filter_new_any (path->hops, child));
    }

  if (filters->len == 0 && end == 0)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  self->at = end;
  return TRUE;
}

static CrmFilter *
parse_quantified (Parser *self, const CrmRecordType *type, GError **error)
{
  gboolean all = crm_token_is_keyword (peek (self, 0), "all");
  gboolean none = crm_token_is_keyword (peek (self, 0), "none");
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GPtrArray) filters = crm_filter_array_new ();
  g_autoptr (GError) problem = NULL;
  guint first = self->at;
  CrmFilter *filter;

  self->at++;
  paths = parse_path (self, type, TRUE, &problem);
  if (paths == NULL && can_skip (self, problem))
    return skip_parentheses (self, error) ? skip (self, first) : NULL;
  if (paths == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  if (accept_kind (self, CRM_TOKEN_LEFT))
    {
      if (!parse_children (self, paths, all, filters, error))
        return NULL;
      if (filters->len == 0)
        return crm_filter_ref (self->nothing);
    }
  else if (all)
    {
      set_expected (self, _ ("“(”"), error);
      return NULL;
    }
  else
    {
      for (guint i = 0; i < paths->len; i++)
        {
          const CrmPath *path = g_ptr_array_index (paths, i);

          g_ptr_array_add (filters, crm_filter_new_any (path->hops, NULL));
        }
    }

  filter = crm_filter_new_group (CRM_FILTER_ALTERNATIVES, g_steal_pointer (&filters));
  return all || none ? crm_filter_new_not (filter) : filter;
}

static gboolean
begins_quantified (Parser *self)
{
  const CrmToken *token = peek (self, 0);

  return (crm_token_is_keyword (token, "any") || crm_token_is_keyword (token, "none") ||
          crm_token_is_keyword (token, "all")) &&
         !begins_condition (peek (self, 1));
}

static CrmFilter *
parse_nested (Parser *self, const CrmRecordType *type, GError **error)
{
  CrmFilter *filter;

  if (accept_keyword (self, "not"))
    {
      /* Not a call of its own, so that a long row of them takes no stack */
      gboolean negated = TRUE;

      while (accept_keyword (self, "not"))
        negated = !negated;
      filter = parse_nested (self, type, error);
      return filter != NULL && negated ? negate (self, filter) : filter;
    }

  if (accept_kind (self, CRM_TOKEN_LEFT))
    {
      filter = parse_or (self, type, error);
      if (filter != NULL && !expect_right (self, error))
        g_clear_pointer (&filter, crm_filter_unref);
      return filter;
    }

  if (begins_quantified (self))
    return parse_quantified (self, type, error);

  return parse_comparison (self, type, error);
}

static CrmFilter *
parse_one (Parser *self, const CrmRecordType *type, GError **error)
{
  CrmFilter *filter;

  if (self->depth >= MAX_DEPTH)
    {
      crm_filter_set_error (error, peek (self, 0)->position,
                            _ ("parentheses are nested too deeply"));
      return NULL;
    }
  if (self->n_comparisons++ >= MAX_COMPARISONS)
    {
      crm_filter_set_error (error, peek (self, 0)->position, _ ("there are too many conditions"));
      return NULL;
    }

  self->depth++;
  filter = parse_nested (self, type, error);
  self->depth--;

  return filter;
}

static CrmFilter *
parse_and (Parser *self, const CrmRecordType *type, GError **error)
{
  g_autoptr (GPtrArray) children = crm_filter_array_new ();

  do
    {
      CrmFilter *child = parse_one (self, type, error);

      if (child == NULL)
        return NULL;
      if (child != self->nothing)
        g_ptr_array_add (children, child);
      else
        crm_filter_unref (child);
    }
  while (accept_keyword (self, "and"));

  if (children->len == 0)
    return crm_filter_ref (self->nothing);

  return crm_filter_new_group (CRM_FILTER_AND, g_steal_pointer (&children));
}

static CrmFilter *
parse_or (Parser *self, const CrmRecordType *type, GError **error)
{
  g_autoptr (GPtrArray) children = crm_filter_array_new ();

  do
    {
      CrmFilter *child = parse_and (self, type, error);

      if (child == NULL)
        return NULL;
      if (child != self->nothing)
        g_ptr_array_add (children, child);
      else
        crm_filter_unref (child);
    }
  while (accept_keyword (self, "or"));

  if (children->len == 0)
    return crm_filter_ref (self->nothing);

  return crm_filter_new_group (CRM_FILTER_OR, g_steal_pointer (&children));
}

static CrmFilter *
parse (Parser *self, const CrmRecordType *type, const char *text, GError **error)
{
  g_autoptr (GArray) tokens = NULL;
  g_autoptr (CrmFilter) filter = NULL;

  tokens = crm_filter_lex (text, error);
  if (tokens == NULL)
    return NULL;

  self->text = text;
  self->tokens = tokens;
  self->catalogue = crm_store_get_catalogue (self->store);
  filter = parse_or (self, type, error);
  if (filter == NULL)
    return NULL;

  if (peek (self, 0)->kind != CRM_TOKEN_END)
    {
      set_expected (self, _ ("“and” or “or”"), error);
      return NULL;
    }

  return g_steal_pointer (&filter);
}

CrmFilter *
crm_filter_parse (CrmStore *store, const CrmRecordType *type, const char *text, GError **error)
{
  Parser self = { .store = store };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return parse (&self, type, text, error);
}

gboolean
crm_filter_parse_known (CrmStore *store,
                        const CrmRecordType *type,
                        const char *text,
                        CrmFilter **filter,
                        GPtrArray *skipped,
                        GError **error)
{
  g_autoptr (CrmFilter) nothing = NULL;
  g_autoptr (CrmFilter) parsed = NULL;
  Parser self = { .store = store, .skipped = skipped };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (type != NULL && text != NULL, FALSE);
  g_return_val_if_fail (filter != NULL && skipped != NULL, FALSE);

  /* Any one will do: it is told by its address */
  self.nothing = nothing = crm_filter_new_compare (NULL, CRM_LEAF_ID, NULL, CRM_OPERATOR_PRESENT,
                                                   NULL);
  parsed = parse (&self, type, text, error);
  if (parsed == NULL)
    return FALSE;

  *filter = parsed != nothing ? g_steal_pointer (&parsed) : NULL;
  return TRUE;
}

CrmFilter *
crm_filter_parse_whole (CrmStore *store,
                        const CrmRecordType *type,
                        const char *text,
                        GError **error)
{
  g_autoptr (GPtrArray) skipped = g_ptr_array_new ();
  Parser self = { .store = store, .skipped = skipped };

  return parse (&self, type, text, error);
}
