/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing, moving and removing options. Pipelines and stages are options too: a stage's parent is its pipeline. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-schema-private.h"
#include "crm-tables.h"
#include "crm-text.h"

#define STATE_REMOVED "2"
#define MILLIONTHS 1000000

static const char *const colors[] = {
  "blue", "green", "yellow", "orange", "red", "purple", "brown", "gray", NULL,
};

/* @option may be of an older snapshot than this act's. */
static const CrmOption *
get_option (CrmTransaction *transaction, const CrmOption *option, GError **error)
{
  const CrmOption *newest;

  newest = crm_catalogue_get_option (crm_transaction_get_catalogue (transaction), option->id);
  if (newest == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("The option “%s” was removed meanwhile. Undo that first."), option->label);

  return newest;
}

static const CrmField *
get_field (CrmTransaction *transaction, const CrmOption *option)
{
  return crm_catalogue_get_field (crm_transaction_get_catalogue (transaction), option->field_id);
}

static const CrmRecordType *
get_type (CrmTransaction *transaction, const CrmField *field)
{
  return crm_catalogue_get_type (crm_transaction_get_catalogue (transaction), field->type_id);
}

/* The field of the same type whose options have their parents in @field; %NULL for none */
static const CrmField *
find_stages (const CrmCatalogue *catalogue, const CrmField *field)
{
  const CrmRecordType *type = crm_catalogue_get_type (catalogue, field->type_id);

  for (guint i = 0; i < type->n_fields; i++)
    for (guint j = 0; j < type->fields[i]->n_options; j++)
      {
        const CrmOption *parent = NULL;

        if (type->fields[i]->options[j]->parent != 0)
          parent = crm_catalogue_get_option (catalogue, type->fields[i]->options[j]->parent);
        if (parent != NULL && parent->field_id == field->id)
          return type->fields[i];
      }

  return NULL;
}

gboolean
crm_schema_is_pipeline (const CrmCatalogue *catalogue, const CrmField *field)
{
  return find_stages (catalogue, field) != NULL;
}

static guint
count_siblings (const CrmField *field, const CrmOption *option, CrmOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < field->n_options; i++)
    n += field->options[i]->id != option->id && field->options[i]->parent == option->parent &&
         (outcome == CRM_OUTCOME_NONE || field->options[i]->outcome == outcome);

  return n;
}

/* What has @option, live or in the trash: "FROM … WHERE …" with the records in t. (transfer full) */
static char *
make_users_sql (const CrmField *field, const CrmOption *option)
{
  if (crm_kind_is_repeated (field->kind))
    return g_strdup_printf ("FROM " CRM_ITEM_TABLE " AS v JOIN " CRM_RECORD_TABLE
                            " AS t ON t.id = v.record WHERE v.id = %" G_GINT64_FORMAT
                            " AND t.state IN (0, 1)",
                            field->id, field->type_id, option->id);

  return g_strdup_printf ("FROM " CRM_RECORD_TABLE " AS t WHERE t." CRM_VALUE_COLUMN
                          " = %" G_GINT64_FORMAT " AND t.state IN (0, 1)",
                          field->type_id, field->id, option->id);
}

gboolean
crm_schema_count_uses (CrmTransaction *transaction,
                       const CrmOption *option,
                       gint64 *count,
                       GError **error)
{
  g_autofree char *users = NULL;
  g_autofree char *sql = NULL;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (option != NULL && count != NULL, FALSE);

  users = make_users_sql (get_field (transaction, option), option);
  sql = g_strdup_printf ("SELECT count (DISTINCT t.id) %s", users);
  return crm_connection_query_int (crm_transaction_get_connection (transaction), sql, 0, count,
                                   error);
}

/* Adding a pipeline */

/* Under the same API name, so that deals which go to the other pipeline find it */
static gboolean
copy_stage (CrmTransaction *transaction,
            const CrmField *field,
            const CrmOption *stage,
            const CrmOption *pipeline,
            GError **error)
{
  CrmOptionChange change = { .color = stage->color,
                             .probability = stage->probability,
                             .outcome = stage->outcome };
  const CrmOption *copy;

  return crm_schema_add_option (transaction, field, stage->label, pipeline->id, &copy, error) &&
         crm_transaction_set_catalogue (transaction, "option", copy->id, "name", stage->name,
                                        error) &&
         crm_schema_set_option (transaction, copy, &change, error);
}

gboolean
crm_schema_add_pipeline (CrmTransaction *transaction,
                         const CrmField *field,
                         const char *label,
                         const CrmOption **option,
                         GError **error)
{
  const CrmOption *first;
  const CrmOption *made;
  const CrmField *stages;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (label != NULL, FALSE);

  field = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction), field->id);
  stages = find_stages (crm_transaction_get_catalogue (transaction), field);
  g_return_val_if_fail (stages != NULL, FALSE);

  first = field->options[0];
  if (!crm_schema_add_option (transaction, field, label, 0, &made, error))
    return FALSE;
  for (guint i = 0; i < stages->n_options; i++)
    if (stages->options[i]->parent == first->id &&
        !copy_stage (transaction, stages, stages->options[i], made, error))
      return FALSE;

  if (option != NULL)
    *option = crm_catalogue_get_option (crm_transaction_get_catalogue (transaction), made->id);

  return TRUE;
}

/* Changing */

static gboolean
set_label (CrmTransaction *transaction,
           const CrmField *field,
           const CrmOption *option,
           const char *label,
           GError **error)
{
  g_autofree char *clean = crm_text_clean (label, FALSE);
  g_autofree char *folded = NULL;

  if (clean == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("An option of “%s” needs a name; write one."), field->label);
      return FALSE;
    }

  folded = crm_text_fold (clean);
  for (guint i = 0; i < field->n_options; i++)
    {
      const CrmOption *other = field->options[i];
      g_autofree char *other_folded = crm_text_fold (other->label);

      if (other->id != option->id && other->parent == option->parent &&
          strcmp (folded, other_folded) == 0)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_TAKEN,
                       _ ("“%s” has an option “%s” already; choose another name."), field->label,
                       other->label);
          return FALSE;
        }
    }

  return crm_transaction_set_catalogue (transaction, "option", option->id, "label", clean, error);
}

static gboolean
set_color (CrmTransaction *transaction, const CrmOption *option, const char *color, GError **error)
{
  if (*color == '\0')
    return crm_transaction_set_catalogue (transaction, "option", option->id, "color", NULL, error);

  if (!g_strv_contains (colors, color))
    {
      g_autofree char *known = g_strjoinv (", ", (char **) colors);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("There is no colour “%s”; the colours are: %s."), color, known);
      return FALSE;
    }

  return crm_transaction_set_catalogue (transaction, "option", option->id, "color", color, error);
}

static GArray *
read_ids (CrmTransaction *transaction, const char *sql, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = crm_connection_prepare (crm_transaction_get_connection (transaction), sql, error);
  if (statement == NULL)
    return NULL;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&ids);
}

/* A deal has the probability of its stage until somebody types another one */
static gboolean
follow_probability (CrmTransaction *transaction,
                    const CrmField *field,
                    const CrmOption *option,
                    int probability,
                    GError **error)
{
  const CrmRecordType *type = get_type (transaction, field);
  const CrmField *follower = crm_record_type_find_field (type, "probability");
  g_autoptr (GArray) ids = NULL;
  g_autoptr (CrmValue) value = NULL;
  g_autofree char *users = NULL;
  g_autofree char *sql = NULL;

  if (follower == NULL || (follower->flags & CRM_FIELD_PROBABILITY) == 0)
    return TRUE;

  users = make_users_sql (field, option);
  sql = g_strdup_printf ("SELECT t.id %s AND t." CRM_VALUE_COLUMN " = %" G_GINT64_FORMAT, users,
                         follower->id, (gint64) option->probability * MILLIONTHS);
  ids = read_ids (transaction, sql, error);
  if (ids == NULL)
    return FALSE;

  value = crm_value_new_integer ((gint64) probability * MILLIONTHS);
  for (guint i = 0; i < ids->len; i++)
    if (!crm_transaction_set_raw (transaction, type, g_array_index (ids, gint64, i), &follower,
                                  &value, 1, NULL, error))
      return FALSE;

  return TRUE;
}

static gboolean
set_probability (CrmTransaction *transaction,
                 const CrmField *field,
                 const CrmOption *option,
                 int probability,
                 GError **error)
{
  if (probability > 100)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("A probability is a percentage from 0 to 100."));
      return FALSE;
    }
  if (probability == option->probability)
    return TRUE;

  return follow_probability (transaction, field, option, probability, error) &&
         crm_schema_set_int (transaction, "option", option->id, "probability", probability, error);
}

/* When its deals were closed is known of a stage that closes them; so it stays one while it has any */
static gboolean
set_outcome (CrmTransaction *transaction,
             const CrmField *field,
             const CrmOption *option,
             CrmOutcome outcome,
             GError **error)
{
  gboolean opens = outcome == CRM_OUTCOME_OPEN;
  gboolean was_open = option->outcome == CRM_OUTCOME_OPEN;
  gint64 count = 0;

  if (outcome == option->outcome)
    return TRUE;

  if (was_open && count_siblings (field, option, CRM_OUTCOME_OPEN) == 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is the only open stage of its pipeline. Add another one first."),
                   option->label);
      return FALSE;
    }
  if (opens != was_open && !crm_schema_count_uses (transaction, option, &count, error))
    return FALSE;
  if (count > 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   ngettext ("%d record is in the stage “%s”. Move it to another one first.",
                             "%d records are in the stage “%s”. Move them to another one first.",
                             (gulong) count),
                   (int) count, option->label);
      return FALSE;
    }

  return crm_transaction_set_catalogue (transaction, "option", option->id, "outcome",
                                        crm_outcome_to_name (outcome), error);
}

gboolean
crm_schema_set_option (CrmTransaction *transaction,
                       const CrmOption *option,
                       const CrmOptionChange *change,
                       GError **error)
{
  const CrmField *field;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (option != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);

  option = get_option (transaction, option, error);
  if (option == NULL)
    return FALSE;

  field = get_field (transaction, option);
  if (option->outcome == CRM_OUTCOME_NONE &&
      (change->probability >= 0 || change->outcome != CRM_OUTCOME_NONE))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a stage. Only stages have a probability and an outcome."),
                   option->label);
      return FALSE;
    }

  crm_transaction_set_subject (transaction, get_type (transaction, field), 0, field);
  return (change->label == NULL || set_label (transaction, field, option, change->label, error)) &&
         (change->color == NULL || set_color (transaction, option, change->color, error)) &&
         (change->outcome == CRM_OUTCOME_NONE ||
          set_outcome (transaction, field, option, change->outcome, error)) &&
         (change->probability < 0 ||
          set_probability (transaction, field, option, change->probability, error)) &&
         crm_schema_apply (transaction, error);
}

gboolean
crm_schema_move_option (CrmTransaction *transaction,
                        const CrmOption *option,
                        const CrmOption *before,
                        GError **error)
{
  const CrmField *field;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (option != NULL, FALSE);
  g_return_val_if_fail (before == NULL || (before->field_id == option->field_id &&
                                           before->parent == option->parent),
                        FALSE);

  option = get_option (transaction, option, error);
  if (option == NULL)
    return FALSE;

  field = get_field (transaction, option);
  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->parent == option->parent)
      g_array_append_val (ids, field->options[i]->id);

  crm_transaction_set_subject (transaction, get_type (transaction, field), 0, field);
  return crm_schema_reorder (transaction, "option", ids, option->id,
                             before != NULL ? before->id : 0, error) &&
         crm_schema_apply (transaction, error);
}

/* Removing */

/* @value with @replacement in the place of @option, once; (transfer full) */
static CrmValue *
replace_option (const CrmValue *value, const CrmOption *option, const CrmOption *replacement)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) items = crm_item_array_new ();

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      gboolean hit = item->id == option->id;

      if (g_hash_table_add (seen, (gpointer) (hit ? &replacement->id : &item->id)))
        crm_item_array_add (items, hit ? replacement->label : item->text, NULL, NULL,
                            hit ? replacement->id : item->id, 0);
    }

  return crm_value_new_items_take (g_steal_pointer (&items));
}

/* The stage of @pipeline that goes by the name of @stage, else its first */
static const CrmOption *
find_stage (const CrmField *stages, const CrmOption *pipeline, gint64 stage_id)
{
  const CrmOption *first = NULL;
  const char *name = NULL;

  for (guint i = 0; i < stages->n_options; i++)
    if (stages->options[i]->id == stage_id)
      name = stages->options[i]->name;

  for (guint i = 0; i < stages->n_options; i++)
    {
      const CrmOption *stage = stages->options[i];

      if (stage->parent != pipeline->id)
        continue;
      if (name != NULL && strcmp (stage->name, name) == 0)
        return stage;
      if (first == NULL)
        first = stage;
    }

  return first;
}

/* Those in the trash are changed as they are, without what follows from it for live ones */
static gboolean
move_record (CrmTransaction *transaction,
             const CrmField *field,
             gint64 id,
             const CrmOption *option,
             const CrmOption *replacement,
             GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmRecordType *type = get_type (transaction, field);
  const CrmField *fields[2] = { field, find_stages (catalogue, field) };
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (CrmValue) stage_value = NULL;
  CrmValue *values[2];
  guint n = 1;

  record = crm_connection_load_record (crm_transaction_get_connection (transaction), type, id, NULL,
                                       -1, error);
  if (record == NULL)
    return FALSE;

  value = replace_option (crm_record_get_value (record, field), option, replacement);
  if (fields[1] != NULL)
    {
      CrmValue *now = crm_record_get_value (record, fields[1]);
      const CrmOption *stage = find_stage (fields[1], replacement,
                                           now != NULL ? crm_value_get_integer (now) : 0);

      if (stage != NULL)
        {
          stage_value = crm_value_new_item (stage->label, NULL, NULL, stage->id, 0);
          n = 2;
        }
    }

  values[0] = value;
  values[1] = stage_value;
  if (crm_record_get_state (record) == CRM_STATE_LIVE)
    return crm_transaction_update (transaction, type, id, fields, values, n, NULL, NULL, error);

  return crm_transaction_set_raw (transaction, type, id, fields, values, n, NULL, error);
}

static gboolean
move_records (CrmTransaction *transaction,
              const CrmField *field,
              const CrmOption *option,
              const CrmOption *replacement,
              GError **error)
{
  g_autofree char *users = make_users_sql (field, option);
  g_autofree char *sql = g_strdup_printf ("SELECT DISTINCT t.id %s ORDER BY t.id", users);
  g_autoptr (GArray) ids = read_ids (transaction, sql, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!move_record (transaction, field, g_array_index (ids, gint64, i), option, replacement,
                      error))
      return FALSE;

  return TRUE;
}

static gboolean
check_uses (CrmTransaction *transaction, const CrmOption *option, GError **error)
{
  gint64 count = 0;

  if (!crm_schema_count_uses (transaction, option, &count, error))
    return FALSE;
  if (count == 0)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               ngettext ("%d record has “%s”. Say which option it is to have instead.",
                         "%d records have “%s”. Say which option they are to have instead.",
                         (gulong) count),
               (int) count, option->label);
  return FALSE;
}

/* A deal always is in a stage of a pipeline, and a new one in the first of them */
static gboolean
check_last (CrmTransaction *transaction,
            const CrmField *field,
            const CrmOption *option,
            GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);

  if (option->outcome == CRM_OUTCOME_OPEN && count_siblings (field, option, CRM_OUTCOME_OPEN) == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 _ ("“%s” is the only open stage of its pipeline. Add another one first."),
                 option->label);
  else if (crm_schema_is_pipeline (catalogue, field) && field->n_options == 1)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 _ ("“%s” is the only pipeline. Add another one first."), option->label);
  else
    return TRUE;

  return FALSE;
}

static gboolean
set_removed (CrmTransaction *transaction, const CrmOption *option, GError **error)
{
  return crm_transaction_set_catalogue (transaction, "option", option->id, "state", STATE_REMOVED,
                                        error);
}

gboolean
crm_schema_remove_option (CrmTransaction *transaction,
                          const CrmOption *option,
                          const CrmOption *replacement,
                          GError **error)
{
  const CrmField *field;
  const CrmField *stages;

  g_return_val_if_fail (transaction != NULL, FALSE);
  g_return_val_if_fail (option != NULL, FALSE);
  g_return_val_if_fail (replacement == NULL || (replacement->field_id == option->field_id &&
                                                replacement->id != option->id),
                        FALSE);

  option = get_option (transaction, option, error);
  if (option == NULL)
    return FALSE;

  field = get_field (transaction, option);
  stages = find_stages (crm_transaction_get_catalogue (transaction), field);
  crm_transaction_set_subject (transaction, get_type (transaction, field), 0, field);
  if (!check_last (transaction, field, option, error) ||
      !(replacement != NULL ? move_records (transaction, field, option, replacement, error)
                            : check_uses (transaction, option, error)))
    return FALSE;

  for (guint i = 0; stages != NULL && i < stages->n_options; i++)
    if (stages->options[i]->parent == option->id &&
        (!check_uses (transaction, stages->options[i], error) ||
         !set_removed (transaction, stages->options[i], error)))
      return FALSE;

  return set_removed (transaction, option, error) && crm_schema_apply (transaction, error);
}
