/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules by which duplicates are prevented: what they say, and how they are kept. They are part of the history. */

#include "config.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-duplicate-groups-private.h"
#include "crm-duplicate-rules-private.h"
#include "crm-error.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

#define OBJECT "duplicate_rule"

CrmDuplicateRule *
crm_duplicate_rule_new (const CrmRecordType *type, CrmDuplicateLevel level)
{
  CrmDuplicateRule *self;

  g_return_val_if_fail (type != NULL, NULL);

  self = g_new0 (CrmDuplicateRule, 1);
  self->type = type;
  self->level = level;
  self->fields = g_array_new (FALSE, FALSE, sizeof (CrmDuplicateRuleField));

  return self;
}

void
crm_duplicate_rule_add_field (CrmDuplicateRule *self, const CrmField *field, gboolean similar)
{
  CrmDuplicateRuleField added = { field, similar };

  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);

  g_array_append_val (self->fields, added);
}

void
crm_duplicate_rule_free (CrmDuplicateRule *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->fields);
  g_free (self);
}

char *
crm_duplicate_rule_describe (const CrmDuplicateRule *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmDuplicateRuleField *field = &g_array_index (self->fields, CrmDuplicateRuleField, i);
      CrmTrait trait;
      gboolean is_numeric;
      g_autofree char *reason = NULL;

      crm_duplicate_rule_get_trait (field->field, &trait, &is_numeric);
      reason = crm_duplicate_word_reason (field->field, trait, !field->similar);
      if (i > 0)
        g_string_append (text, _ (" and "));
      g_string_append (text, reason);
    }

  return g_string_free (text, FALSE);
}

/* Comparing */

void
crm_duplicate_rule_get_trait (const CrmField *field, CrmTrait *trait, gboolean *is_numeric)
{
  *is_numeric = FALSE;
  switch (field->kind)
    {
    case CRM_KIND_EMAILS:
      *trait = CRM_TRAIT_EMAIL;
      break;

    case CRM_KIND_PHONES:
      *trait = CRM_TRAIT_PHONE;
      *is_numeric = TRUE;
      break;

    case CRM_KIND_DOMAINS:
      *trait = CRM_TRAIT_DOMAIN;
      break;

    case CRM_KIND_LINKS:
      *trait = CRM_TRAIT_LINK;
      break;

    case CRM_KIND_DATE:
      *trait = CRM_TRAIT_DATE;
      *is_numeric = TRUE;
      break;

    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_MONEY:
    case CRM_KIND_DATETIME:
      *trait = CRM_TRAIT_NUMBER;
      *is_numeric = TRUE;
      break;

    case CRM_KIND_CHOICE:
      *trait = CRM_TRAIT_CATEGORY;
      break;

    case CRM_KIND_RELATION:
      *trait = CRM_TRAIT_ORGANISATION;
      break;

    default:
      *trait = crm_duplicate_guess_title (field);
      if (*trait == CRM_N_TRAITS)
        *trait = CRM_TRAIT_TEXT;
      break;
    }
}

gboolean
crm_duplicate_rule_can_have (const CrmField *field)
{
  CrmItems items = crm_field_get_items (field);

  return (items == CRM_ITEMS_NONE || items == CRM_ITEMS_TEXT) && field->kind != CRM_KIND_CHECKBOX &&
         field->kind != CRM_KIND_RATING;
}

typedef struct
{
  CrmTrait trait;
  gboolean is_numeric;
  GPtrArray *texts;
} Texts;

static void
add_text_cb (const char *text, gpointer data)
{
  Texts *self = data;
  char *comparable = crm_duplicate_make_comparable (self->trait, self->is_numeric, text);

  if (comparable != NULL)
    g_ptr_array_add (self->texts, comparable);
}

/* Which record a relation points to is what counts there */
static gboolean
is_alike (const CrmDuplicateRuleField *rule,
          const CrmCatalogue *catalogue,
          const CrmValue *a,
          const CrmValue *b)
{
  const CrmField *field = rule->field;
  g_autoptr (GPtrArray) of_a = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) of_b = g_ptr_array_new_with_free_func (g_free);
  Texts texts;

  if (a == NULL || b == NULL)
    return FALSE;
  if (field->kind == CRM_KIND_RELATION || field->kind == CRM_KIND_MEMBER)
    return crm_value_get_integer (a) == crm_value_get_integer (b);

  crm_duplicate_rule_get_trait (field, &texts.trait, &texts.is_numeric);
  texts.texts = of_a;
  crm_duplicate_value_foreach_text (catalogue, field, a, add_text_cb, &texts);
  texts.texts = of_b;
  crm_duplicate_value_foreach_text (catalogue, field, b, add_text_cb, &texts);

  for (guint i = 0; i < of_a->len; i++)
    for (guint j = 0; j < of_b->len; j++)
      {
        const char *x = g_ptr_array_index (of_a, i);
        const char *y = g_ptr_array_index (of_b, j);
        CrmLikeness likeness = crm_duplicate_compare_texts (texts.trait, texts.is_numeric, x,
                                                            strlen (x), y, strlen (y));

        if (likeness <= (rule->similar ? CRM_LIKENESS_SIMILAR : CRM_LIKENESS_SAME))
          return TRUE;
      }

  return FALSE;
}

gboolean
crm_duplicate_rule_applies (const CrmDuplicateRule *self,
                            const CrmCatalogue *catalogue,
                            CrmDuplicateValueFunc value_a,
                            gpointer a,
                            CrmDuplicateValueFunc value_b,
                            gpointer b)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmDuplicateRuleField *field = &g_array_index (self->fields, CrmDuplicateRuleField, i);

      if (!is_alike (field, catalogue, value_a (a, field->field), value_b (b, field->field)))
        return FALSE;
    }

  return self->fields->len > 0;
}

CrmDuplicateLevel
crm_duplicate_rules_get_level (GPtrArray *rules,
                               const CrmCatalogue *catalogue,
                               CrmDuplicateValueFunc value_a,
                               gpointer a,
                               CrmDuplicateValueFunc value_b,
                               gpointer b)
{
  CrmDuplicateLevel level = CRM_DUPLICATE_LEVEL_NONE;

  for (guint i = 0; i < rules->len; i++)
    {
      const CrmDuplicateRule *rule = g_ptr_array_index (rules, i);

      if (rule->level > level &&
          crm_duplicate_rule_applies (rule, catalogue, value_a, a, value_b, b))
        level = rule->level;
    }

  return level;
}

/* Keeping */

static const char *
level_to_name (CrmDuplicateLevel level)
{
  return level == CRM_DUPLICATE_LEVEL_FORBID ? "forbid" : "warn";
}

static char *
fields_to_json (const CrmDuplicateRule *rule)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < rule->fields->len; i++)
    {
      const CrmDuplicateRuleField *field = &g_array_index (rule->fields, CrmDuplicateRuleField, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "field");
      json_builder_add_int_value (builder, field->field->id);
      json_builder_set_member_name (builder, "compare");
      json_builder_add_string_value (builder, field->similar ? "similar" : "same");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* A rule one of whose fields was removed says nothing any more, until it is back. (transfer full) (nullable) */
static CrmDuplicateRule *
read_rule (const CrmCatalogue *catalogue, CrmStatement *statement)
{
  const CrmRecordType *type = crm_catalogue_get_type (catalogue,
                                                      crm_statement_get_int (statement, 1));
  g_autoptr (CrmDuplicateRule) rule = NULL;
  g_autoptr (JsonNode) root = json_from_string (crm_statement_get_text (statement, 2), NULL);
  JsonArray *fields;

  if (type == NULL || root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    return NULL;

  rule = crm_duplicate_rule_new (type,
                                 g_strcmp0 (crm_statement_get_text (statement, 3), "forbid") == 0
                                     ? CRM_DUPLICATE_LEVEL_FORBID
                                     : CRM_DUPLICATE_LEVEL_WARN);
  rule->id = crm_statement_get_int (statement, 0);
  fields = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonNode *node = json_array_get_element (fields, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const CrmField *field = object != NULL
                                  ? crm_catalogue_get_field (
                                        catalogue,
                                        json_object_get_int_member_with_default (object, "field",
                                                                                 0))
                                  : NULL;

      if (field == NULL || field->type_id != type->id)
        return NULL;
      crm_duplicate_rule_add_field (
          rule, field,
          g_str_equal (json_object_get_string_member_with_default (object, "compare", "same"),
                       "similar"));
    }

  return g_steal_pointer (&rule);
}

GPtrArray *
crm_duplicate_rules_read (CrmConnection *connection,
                          const CrmCatalogue *catalogue,
                          const CrmRecordType *type,
                          GError **error)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (
      (GDestroyNotify) crm_duplicate_rule_free);
  g_autoptr (CrmStatement) statement = crm_connection_prepare (
      connection,
      "SELECT id, type_id, fields, level FROM duplicate_rule"
      " WHERE state = 0 AND (?1 = 0 OR type_id = ?1) ORDER BY position, id",
      error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, type != NULL ? type->id : 0);
  while (crm_statement_step (statement, &local_error))
    {
      CrmDuplicateRule *rule = read_rule (catalogue, statement);

      if (rule != NULL)
        g_ptr_array_add (rules, rule);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&rules);
}

typedef struct
{
  CrmStore *store;
  const CrmRecordType *type;
  GPtrArray *rules;
} List;

static gboolean
list_func (CrmConnection *connection, gpointer data, GError **error)
{
  List *self = data;

  self->rules = crm_duplicate_rules_read (connection, crm_store_get_catalogue (self->store),
                                          self->type, error);
  return self->rules != NULL;
}

GPtrArray *
crm_duplicates_list_rules (CrmStore *store,
                           const CrmRecordType *type,
                           GCancellable *cancellable,
                           GError **error)
{
  List self = { store, type, NULL };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  if (!crm_database_read (crm_store_get_database (store), list_func, &self, cancellable, error))
    return NULL;

  return self.rules;
}

static gboolean
insert_rule (CrmTransaction *transaction,
             const CrmDuplicateRule *rule,
             const char *fields,
             gint64 *id,
             GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (
      crm_transaction_get_connection (transaction),
      "INSERT INTO duplicate_rule (type_id, fields, level, position) VALUES (?1, ?2, ?3,"
      " (SELECT coalesce(max(position), 0) + 1 FROM duplicate_rule)) RETURNING id",
      error);

  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, rule->type->id);
  crm_statement_bind_text (statement, 2, fields);
  crm_statement_bind_text (statement, 3, level_to_name (rule->level));
  if (!crm_statement_step (statement, error))
    return FALSE;
  *id = crm_statement_get_int (statement, 0);
  crm_statement_reset (statement);

  return crm_transaction_log_catalogue (transaction, OBJECT, *id, "state", NULL, "0", error);
}

/* The type of the live rule @id; 0 with %CRM_ERROR_NOT_FOUND */
static gint64
find_rule (CrmTransaction *transaction, gint64 id, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (
      crm_transaction_get_connection (transaction),
      "SELECT type_id FROM duplicate_rule WHERE id = ?1 AND state = 0", error);
  g_autoptr (GError) local_error = NULL;
  gint64 type_id = 0;

  if (statement == NULL)
    return 0;

  crm_statement_bind_int (statement, 1, id);
  if (crm_statement_step (statement, &local_error))
    type_id = crm_statement_get_int (statement, 0);
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                         _ ("There is no such rule any more. Look at the list of rules."));

  return type_id;
}

static gboolean
save_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  CrmDuplicateRule *rule = data;
  g_autofree char *fields = fields_to_json (rule);

  if (rule->id == 0)
    {
      if (!insert_rule (transaction, rule, fields, &rule->id, error))
        return FALSE;
    }
  else if (find_rule (transaction, rule->id, error) == 0 ||
           !crm_transaction_set_catalogue (transaction, OBJECT, rule->id, "fields", fields,
                                           error) ||
           !crm_transaction_set_catalogue (transaction, OBJECT, rule->id, "level",
                                           level_to_name (rule->level), error))
    {
      return FALSE;
    }

  crm_transaction_set_subject (transaction, rule->type, 0, NULL);
  return TRUE;
}

static gboolean
check_rule (const CrmDuplicateRule *rule, GError **error)
{
  if (rule->fields->len == 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("A rule needs a field. Name one at least."));
      return FALSE;
    }
  for (guint i = 0; i < rule->fields->len; i++)
    {
      const CrmField *field = g_array_index (rule->fields, CrmDuplicateRuleField, i).field;

      if (!crm_duplicate_rule_can_have (field))
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                       _ ("“%s” cannot be part of a rule. Choose text, a number, a date, an "
                          "address or a relation with one."),
                       field->label);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
crm_duplicates_save_rule (CrmStore *store,
                          CrmDuplicateRule *rule,
                          CrmSource source,
                          GCancellable *cancellable,
                          CrmWriteResult *result,
                          GError **error)
{
  gint64 id;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (rule != NULL, FALSE);

  if (!check_rule (rule, error))
    return FALSE;

  id = rule->id;
  if (crm_store_write (store, CRM_ACT_RULE, source, save_func, rule, cancellable, result, error))
    return TRUE;
  rule->id = id;
  return FALSE;
}

static gboolean
remove_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const gint64 *id = data;
  gint64 type_id = find_rule (transaction, *id, error);

  if (type_id == 0)
    return FALSE;

  crm_transaction_set_subject (
      transaction, crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), type_id), 0,
      NULL);
  return crm_transaction_set_catalogue (transaction, OBJECT, *id, "state", "2", error);
}

gboolean
crm_duplicates_remove_rule (CrmStore *store,
                            gint64 rule_id,
                            CrmSource source,
                            GCancellable *cancellable,
                            CrmWriteResult *result,
                            GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return crm_store_write (store, CRM_ACT_RULE, source, remove_func, &rule_id, cancellable, result,
                          error);
}
