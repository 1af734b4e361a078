/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a view shows, as JSON and as a query. The JSON object is kept as it was read, and only the members that are
 * known here are written anew; so nothing of a newer version is lost. */

#include "config.h"

#include "crm-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"

struct _CrmViewQuery
{
  JsonObject *object;
  GPtrArray *columns; /* CrmViewColumn */
  GPtrArray *sorts; /* CrmViewSort */
};

static void
column_free (gpointer data)
{
  CrmViewColumn *column = data;

  g_free (column->field);
  g_free (column);
}

static void
sort_free (gpointer data)
{
  CrmViewSort *sort = data;

  g_free (sort->field);
  g_free (sort);
}

static gboolean
refuse (const char *member, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("The view cannot be read: “%s” is not as it should be. Make it anew."), member);
  return FALSE;
}

/* The member as text; %FALSE where it is something else. Missing ones and null are %NULL. */
static gboolean
read_text (JsonObject *object, const char *member, const char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *text = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (member, error);

  *text = json_node_get_string (node);
  return TRUE;
}

static gboolean
is_whole_number (JsonNode *node)
{
  return node == NULL ||
         (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64);
}

static gboolean
is_switch (JsonNode *node)
{
  return node == NULL ||
         (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN);
}

/* The member as a list of objects with a text "field" each; an empty one where it is missing. (transfer container) */
static GPtrArray *
read_list (JsonObject *object, const char *member, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_steal_pointer (&list);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      refuse (member, error);
      return NULL;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *field = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          refuse (member, error);
          return NULL;
        }
      if (!read_text (json_node_get_object (element), "field", &field, error))
        return NULL;
      if (field == NULL)
        {
          refuse (member, error);
          return NULL;
        }
      g_ptr_array_add (list, json_node_get_object (element));
    }

  return g_steal_pointer (&list);
}

static gboolean
read_columns (CrmViewQuery *self, GError **error)
{
  g_autoptr (GPtrArray) list = read_list (self->object, "columns", error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      JsonObject *object = g_ptr_array_index (list, i);
      JsonNode *width = json_object_get_member (object, "width");

      if (!is_whole_number (width))
        return refuse ("width", error);
      crm_view_query_add_column (self, json_object_get_string_member (object, "field"),
                                 width != NULL ? (int) json_node_get_int (width) : 0);
    }

  return list != NULL;
}

static gboolean
read_sorts (CrmViewQuery *self, GError **error)
{
  g_autoptr (GPtrArray) list = read_list (self->object, "sort", error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      JsonObject *object = g_ptr_array_index (list, i);
      JsonNode *descending = json_object_get_member (object, "descending");

      if (!is_switch (descending))
        return refuse ("descending", error);
      crm_view_query_add_sort (self, json_object_get_string_member (object, "field"),
                               descending != NULL && json_node_get_boolean (descending));
    }

  return list != NULL;
}

static gboolean
check_members (CrmViewQuery *self, GError **error)
{
  JsonNode *options = json_object_get_member (self->object, "options");
  const char *text;

  if (options != NULL && !JSON_NODE_HOLDS_OBJECT (options))
    return refuse ("options", error);

  return read_text (self->object, "filter", &text, error) &&
         read_text (self->object, "group", &text, error);
}

CrmViewQuery *
crm_view_query_new (void)
{
  CrmViewQuery *self = g_new0 (CrmViewQuery, 1);

  self->object = json_object_new ();
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->sorts = g_ptr_array_new_with_free_func (sort_free);
  return self;
}

CrmViewQuery *
crm_view_query_parse (const char *text, GError **error)
{
  g_autoptr (CrmViewQuery) self = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  root = json_from_string (text, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (text, error);
      return NULL;
    }

  self = crm_view_query_new ();
  json_object_unref (self->object);
  self->object = json_node_dup_object (root);
  if (!read_columns (self, error) || !read_sorts (self, error) || !check_members (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

CrmViewQuery *
crm_view_query_copy (CrmViewQuery *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  text = crm_view_query_to_text (self);
  return crm_view_query_parse (text, NULL);
}

void
crm_view_query_free (CrmViewQuery *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->sorts);
  json_object_unref (self->object);
  g_free (self);
}

/* The object at @index of the list that was read, with what else is in it; a new one where there is none of @field.
 * (transfer full) */
static JsonObject *
take_element (GPtrArray *former, const char *field)
{
  JsonObject *object;

  for (guint i = 0; former != NULL && i < former->len; i++)
    {
      object = g_ptr_array_index (former, i);
      if (strcmp (json_object_get_string_member (object, "field"), field) == 0)
        {
          json_object_ref (object);
          g_ptr_array_remove_index (former, i);
          return object;
        }
    }

  object = json_object_new ();
  json_object_set_string_member (object, "field", field);
  return object;
}

static void
write_columns (CrmViewQuery *self)
{
  g_autoptr (GPtrArray) former = read_list (self->object, "columns", NULL);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (self->columns, i);
      JsonObject *object = take_element (former, column->field);

      if (column->width > 0)
        json_object_set_int_member (object, "width", column->width);
      else if (json_object_has_member (object, "width"))
        json_object_remove_member (object, "width");
      json_array_add_object_element (array, object);
    }

  if (self->columns->len > 0)
    json_object_set_array_member (self->object, "columns", json_array_ref (array));
  else if (json_object_has_member (self->object, "columns"))
    json_object_remove_member (self->object, "columns");
  json_array_unref (array);
}

static void
write_sorts (CrmViewQuery *self)
{
  g_autoptr (GPtrArray) former = read_list (self->object, "sort", NULL);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (self->sorts, i);
      JsonObject *object = take_element (former, sort->field);

      if (sort->descending)
        json_object_set_boolean_member (object, "descending", TRUE);
      else if (json_object_has_member (object, "descending"))
        json_object_remove_member (object, "descending");
      json_array_add_object_element (array, object);
    }

  if (self->sorts->len > 0)
    json_object_set_array_member (self->object, "sort", json_array_ref (array));
  else if (json_object_has_member (self->object, "sort"))
    json_object_remove_member (self->object, "sort");
  json_array_unref (array);
}

char *
crm_view_query_to_text (CrmViewQuery *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (self != NULL, NULL);

  write_columns (self);
  write_sorts (self);
  json_node_set_object (node, self->object);
  return json_to_string (node, FALSE);
}

GPtrArray *
crm_view_query_get_columns (CrmViewQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->columns;
}

void
crm_view_query_clear_columns (CrmViewQuery *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->columns, 0);
}

void
crm_view_query_add_column (CrmViewQuery *self, const char *field, int width)
{
  CrmViewColumn *column;

  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);

  column = g_new0 (CrmViewColumn, 1);
  column->field = g_strdup (field);
  column->width = MAX (width, 0);
  g_ptr_array_add (self->columns, column);
}

GPtrArray *
crm_view_query_get_sorts (CrmViewQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sorts;
}

void
crm_view_query_clear_sorts (CrmViewQuery *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->sorts, 0);
}

void
crm_view_query_add_sort (CrmViewQuery *self, const char *field, gboolean descending)
{
  CrmViewSort *sort;

  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);

  sort = g_new0 (CrmViewSort, 1);
  sort->field = g_strdup (field);
  sort->descending = descending;
  g_ptr_array_add (self->sorts, sort);
}

static void
write_text (CrmViewQuery *self, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (self->object, member, text);
  else if (json_object_has_member (self->object, member))
    json_object_remove_member (self->object, member);
}

const char *
crm_view_query_get_filter (CrmViewQuery *self)
{
  const char *text;

  g_return_val_if_fail (self != NULL, NULL);

  return read_text (self->object, "filter", &text, NULL) ? text : NULL;
}

void
crm_view_query_set_filter (CrmViewQuery *self, const char *filter)
{
  g_return_if_fail (self != NULL);

  write_text (self, "filter", filter);
}

const char *
crm_view_query_get_group (CrmViewQuery *self)
{
  const char *text;

  g_return_val_if_fail (self != NULL, NULL);

  return read_text (self->object, "group", &text, NULL) ? text : NULL;
}

void
crm_view_query_set_group (CrmViewQuery *self, const char *group)
{
  g_return_if_fail (self != NULL);

  write_text (self, "group", group);
}

JsonNode *
crm_view_query_get_option (CrmViewQuery *self, const char *name)
{
  JsonNode *options;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  options = json_object_get_member (self->object, "options");
  return options != NULL ? json_object_get_member (json_node_get_object (options), name) : NULL;
}

void
crm_view_query_set_option (CrmViewQuery *self, const char *name, JsonNode *value)
{
  JsonObject *options;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (!json_object_has_member (self->object, "options"))
    json_object_set_object_member (self->object, "options", json_object_new ());

  options = json_object_get_object_member (self->object, "options");
  if (value != NULL)
    json_object_set_member (options, name, value);
  else if (json_object_has_member (options, name))
    json_object_remove_member (options, name);
  if (json_object_get_size (options) == 0)
    json_object_remove_member (self->object, "options");
}

/* Asking */

static gboolean
check_path (const CrmCatalogue *catalogue,
            const CrmRecordType *type,
            const char *path,
            GError **error)
{
  g_autoptr (GArray) columns = crm_columns_new ();

  return crm_columns_add (columns, catalogue, type, path, error);
}

gboolean
crm_view_query_check (CrmViewQuery *self,
                      CrmStore *store,
                      const CrmRecordType *type,
                      GError **error)
{
  const CrmCatalogue *catalogue;
  g_autoptr (CrmQuery) query = NULL;
  const char *filter_text;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  catalogue = crm_store_get_catalogue (store);
  query = crm_query_new (type);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (self->columns, i);

      if (!check_path (catalogue, type, column->field, error))
        return FALSE;
    }
  for (guint i = 0; i < self->sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (self->sorts, i);

      if (!crm_query_add_named_sort (query, catalogue, sort->field, sort->descending, error))
        return FALSE;
    }

  if (!crm_view_query_check_groups (self, catalogue, type, error))
    return FALSE;

  filter_text = crm_view_query_get_filter (self);
  if (filter_text != NULL)
    {
      g_autoptr (CrmFilter) filter = crm_filter_parse (store, type, filter_text, error);

      return filter != NULL;
    }

  return TRUE;
}

static void
add_sorts (CrmViewQuery *self, const CrmCatalogue *catalogue, CrmQuery *query, GPtrArray *skipped)
{
  for (guint i = 0; i < self->sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (self->sorts, i);

      if (!crm_query_add_named_sort (query, catalogue, sort->field, sort->descending, NULL))
        g_ptr_array_add (skipped, g_strdup (sort->field));
    }
}

static GPtrArray *
list_columns (CrmViewQuery *self,
              const CrmCatalogue *catalogue,
              const CrmRecordType *type,
              GPtrArray *skipped)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (self->columns, i);

      g_ptr_array_add (check_path (catalogue, type, column->field, NULL) ? columns : skipped,
                       g_strdup (column->field));
    }

  return columns;
}

CrmQuery *
crm_view_query_make_query (CrmViewQuery *self,
                           CrmStore *store,
                           const CrmRecordType *type,
                           GPtrArray **columns,
                           GPtrArray **skipped,
                           GError **error)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  query = crm_query_new (type);
  if (crm_view_query_get_filter (self) != NULL &&
      !crm_filter_parse_known (store, type, crm_view_query_get_filter (self), &filter, missing,
                               error))
    return NULL;
  crm_query_set_filter (query, filter);
  add_sorts (self, crm_store_get_catalogue (store), query, missing);
  if (columns != NULL)
    *columns = list_columns (self, crm_store_get_catalogue (store), type, missing);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&missing);

  return g_steal_pointer (&query);
}

CrmQuery *
crm_view_make_query (CrmStore *store,
                     const CrmView *view,
                     GPtrArray **columns,
                     GPtrArray **skipped,
                     GError **error)
{
  const CrmRecordType *type;
  g_autoptr (CrmViewQuery) self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (view != NULL, NULL);

  self = crm_view_query_parse (view->query, error);
  if (self == NULL)
    return NULL;

  type = crm_catalogue_get_type (crm_store_get_catalogue (store), view->type_id);
  if (type == NULL)
    {
      g_set_error (
          error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
          _ ("The records of the view “%s” were removed with their type. Undo that first."),
          view->label);
      return NULL;
    }

  return crm_view_query_make_query (self, store, type, columns, skipped, error);
}
