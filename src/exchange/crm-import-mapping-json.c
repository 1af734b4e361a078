/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A mapping as it is kept: what was chosen for each column, by its title, and for the whole import.
 * What is not known in it (a newer program may have written it) is passed over. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-private.h"

static const char *const orders[] = { [CRM_DATE_ORDER_YMD] = "ymd",
                                      [CRM_DATE_ORDER_DMY] = "dmy",
                                      [CRM_DATE_ORDER_MDY] = "mdy" };

static const char *const modes[] = { [CRM_IMPORT_UPSERT] = "upsert",
                                     [CRM_IMPORT_CREATE] = "create",
                                     [CRM_IMPORT_UPDATE] = "update" };

static const char *const existings[] = { [CRM_IMPORT_AS_PLAN] = "as_plan",
                                         [CRM_IMPORT_REPLACE] = "replace",
                                         [CRM_IMPORT_FILL_EMPTY] = "fill",
                                         [CRM_IMPORT_APPEND] = "append",
                                         [CRM_IMPORT_OVERWRITE] = "overwrite" };

static const char *const trasheds[] = { [CRM_IMPORT_TRASHED_NEW] = "new",
                                        [CRM_IMPORT_TRASHED_RESTORE] = "restore",
                                        [CRM_IMPORT_TRASHED_SKIP] = "skip" };

static const char *const missings[] = { [CRM_IMPORT_MISSING_CREATE] = "create",
                                        [CRM_IMPORT_MISSING_LEAVE] = "leave",
                                        [CRM_IMPORT_MISSING_REFUSE] = "refuse" };

static CrmImportColumn *
get_column (CrmImportPlan *self, guint i)
{
  return &g_array_index (self->columns, CrmImportColumn, i);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_new_field (JsonBuilder *builder, const CrmImportNewField *field)
{
  json_builder_set_member_name (builder, "new_field");
  json_builder_begin_object (builder);
  add_text (builder, "kind", crm_kind_get_info (field->kind)->name);
  add_text (builder, "label", field->label);
  json_builder_end_object (builder);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
add_meanings (JsonBuilder *builder, GHashTable *meanings)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (meanings), compare_texts);
  const GList *l;

  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  for (l = keys; l != NULL; l = l->next)
    add_text (builder, l->data, g_hash_table_lookup (meanings, l->data));
  json_builder_end_object (builder);
}

static void
add_column (JsonBuilder *builder, const CrmImportColumn *column, const CrmRecordType *type)
{
  g_autofree char *target = crm_import_column_get_target (column, type);
  const CrmImportWriting *writing = &column->writing;

  json_builder_begin_object (builder);
  add_text (builder, "title", column->title);
  add_text (builder, "target", target);
  if (column->new_field != NULL)
    add_new_field (builder, column->new_field);
  if (column->existing != CRM_IMPORT_AS_PLAN)
    add_text (builder, "existing", existings[column->existing]);
  if (writing->date_form == CRM_IMPORT_FORM_GIVEN)
    add_text (builder, "date_order", orders[writing->date_order]);
  if (writing->decimal_form == CRM_IMPORT_FORM_GIVEN)
    add_text (builder, "decimal", writing->decimal_comma ? "comma" : "point");
  if (writing->currency != NULL)
    add_text (builder, "currency", writing->currency);
  if (writing->separator_given)
    {
      const char separator[] = { writing->separator, '\0' };

      add_text (builder, "separator", separator);
    }
  if (column->meanings != NULL)
    add_meanings (builder, column->meanings);
  json_builder_end_object (builder);
}

static void
add_policies (JsonBuilder *builder, const CrmImportPlan *plan)
{
  add_text (builder, "mode", modes[plan->mode]);
  add_text (builder, "existing", existings[plan->existing]);
  add_text (builder, "trashed", trasheds[plan->trashed]);
  add_text (builder, "missing", missings[plan->missing]);
  add_text (builder, "missing_options", missings[plan->missing_options]);
  add_boolean (builder, "match_exact", plan->match_exact);
  add_boolean (builder, "translates_options", plan->translates_options);
  if (plan->match != NULL)
    {
      g_autofree char *match = g_strjoinv (",", plan->match);

      add_text (builder, "match", match);
    }
}

JsonNode *
crm_import_plan_mapping_to_json (CrmImportPlan *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint i;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);

  json_builder_begin_object (builder);
  add_text (builder, "type", self->type->name);
  add_policies (builder, self);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (i = 0; i < self->columns->len; i++)
    add_column (builder, get_column (self, i), self->type);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "fixed");
  json_builder_begin_array (builder);
  for (i = 0; i < self->fixed->len; i++)
    {
      const CrmImportFixed *fixed = g_ptr_array_index (self->fixed, i);
      g_autofree char *assignment = g_strdup_printf ("%s=%s", fixed->field_name, fixed->text);

      json_builder_add_string_value (builder, assignment);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* The text of a member, or %NULL where it is not there or no text */
static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* -1 where it is not there or neither true nor false */
static int
get_boolean (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_BOOLEAN
             ? json_node_get_boolean (node)
             : -1;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static int
find_word (const char *const *words, guint n_words, const char *word)
{
  guint i;

  for (i = 0; word != NULL && i < n_words; i++)
    if (strcmp (words[i], word) == 0)
      return (int) i;

  return -1;
}

static gboolean
read_target (CrmImportPlan *self, guint i, JsonObject *object, GError **error)
{
  JsonObject *new_field = get_object (object, "new_field");
  const char *target = get_text (object, "target");
  CrmKind kind;

  /* A field that was new then may be there now. */
  if (new_field != NULL && target != NULL &&
      crm_record_type_find_field (self->type, target) == NULL)
    {
      const char *label = get_text (new_field, "label");
      const char *name = get_text (new_field, "kind");

      if (label != NULL && name != NULL && crm_kind_from_name (name, &kind))
        return crm_import_plan_set_new_field (self, i, kind, label, error);
    }

  return target == NULL || crm_import_plan_set_target (self, i, target, error);
}

static gboolean
read_column (CrmImportPlan *self, guint i, JsonObject *object, GError **error)
{
  JsonObject *values = get_object (object, "values");
  const char *currency = get_text (object, "currency");
  const char *decimal = get_text (object, "decimal");
  const char *separator = get_text (object, "separator");
  int order = find_word (orders, G_N_ELEMENTS (orders), get_text (object, "date_order"));
  int existing = find_word (existings, G_N_ELEMENTS (existings), get_text (object, "existing"));

  if (!read_target (self, i, object, error))
    return FALSE;
  if (order >= 0)
    crm_import_plan_set_date_order (self, i, (CrmDateOrder) order);
  if (existing >= 0)
    crm_import_plan_set_column_existing (self, i, (CrmImportExisting) existing);
  if (decimal != NULL)
    crm_import_plan_set_decimal_comma (self, i, strcmp (decimal, "comma") == 0);
  if (currency != NULL && !crm_import_plan_set_currency (self, i, currency, error))
    return FALSE;

  if (separator != NULL && strlen (separator) == 1 && strchr (";,|\n", *separator) != NULL)
    crm_import_plan_set_separator (self, i, *separator);

  if (values != NULL)
    {
      g_autoptr (GList) keys = json_object_get_members (values);
      const GList *l;

      /* An option that is not there any more is made again, as one that never was. */
      for (l = keys; l != NULL; l = l->next)
        if (get_text (values, l->data) != NULL)
          crm_import_plan_set_meaning (self, i, l->data, get_text (values, l->data), NULL);
    }

  return TRUE;
}

static gboolean
read_columns (CrmImportPlan *self, JsonArray *columns, GError **error)
{
  g_autofree gboolean *seen = g_new0 (gboolean, self->columns->len + 1);
  guint i, j;

  for (i = 0; i < json_array_get_length (columns); i++)
    {
      JsonNode *node = json_array_get_element (columns, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *title = object != NULL ? get_text (object, "title") : NULL;

      /* Of equal titles each has its turn. */
      for (j = 0; title != NULL && j < self->columns->len; j++)
        if (!seen[j] && strcmp (get_column (self, j)->title, title) == 0)
          {
            seen[j] = TRUE;
            if (!read_column (self, j, object, error))
              return FALSE;
            break;
          }
    }

  return TRUE;
}

static gboolean
read_policies (CrmImportPlan *self, JsonObject *object, GError **error)
{
  int mode = find_word (modes, G_N_ELEMENTS (modes), get_text (object, "mode"));
  int existing = find_word (existings, G_N_ELEMENTS (existings), get_text (object, "existing"));
  int trashed = find_word (trasheds, G_N_ELEMENTS (trasheds), get_text (object, "trashed"));
  int missing = find_word (missings, G_N_ELEMENTS (missings), get_text (object, "missing"));
  int options = find_word (missings, G_N_ELEMENTS (missings), get_text (object, "missing_options"));

  if (mode >= 0)
    crm_import_plan_set_mode (self, (CrmImportMode) mode);
  if (existing >= 0)
    crm_import_plan_set_existing (self, (CrmImportExisting) existing);
  if (trashed >= 0)
    crm_import_plan_set_trashed (self, (CrmImportTrashed) trashed);
  if (missing >= 0)
    crm_import_plan_set_missing (self, (CrmImportMissing) missing);
  if (options >= 0)
    crm_import_plan_set_missing_options (self, (CrmImportMissing) options);
  if (get_boolean (object, "match_exact") >= 0)
    crm_import_plan_set_match_exact (self, get_boolean (object, "match_exact"));
  if (get_boolean (object, "translates_options") >= 0)
    crm_import_plan_set_translates_options (self, get_boolean (object, "translates_options"));

  return crm_import_plan_set_match (
      self, get_text (object, "match") != NULL ? get_text (object, "match") : "", error);
}

gboolean
crm_import_plan_mapping_from_json (CrmImportPlan *self, JsonNode *node, GError **error)
{
  JsonObject *object;
  JsonArray *array;
  const char *type;
  guint i;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (node != NULL, FALSE);

  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  type = object != NULL ? get_text (object, "type") : NULL;
  if (type == NULL || strcmp (type, self->type->name) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("This mapping is not for %s; choose another one."), self->type->label_many);
      return FALSE;
    }

  array = get_array (object, "columns");
  if (array != NULL && !read_columns (self, array, error))
    return FALSE;

  array = get_array (object, "fixed");
  g_ptr_array_set_size (self->fixed, 0);
  for (i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_string (element) != NULL &&
          !crm_import_plan_set_fixed (self, json_node_get_string (element), error))
        return FALSE;
    }

  return read_policies (self, object, error);
}
