/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Views as JSON, member by member, in whatever order they are written. */

#include "config.h"

#include "crm-view.h"

static JsonNode *
to_json (CrmViewQuery *query)
{
  g_autofree char *text = crm_view_query_to_text (query);

  return json_from_string (text, NULL);
}

static gboolean
are_equal (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static JsonNode *merge_objects (JsonObject *mine, JsonObject *former, JsonObject *theirs);

/* (transfer full) (nullable) */
static JsonNode *
merge_nodes (JsonNode *mine, JsonNode *former, JsonNode *theirs)
{
  if (are_equal (mine, former))
    return theirs != NULL ? json_node_copy (theirs) : NULL;
  if (mine == NULL)
    return NULL;
  if (former != NULL && theirs != NULL && JSON_NODE_HOLDS_OBJECT (mine) &&
      JSON_NODE_HOLDS_OBJECT (former) && JSON_NODE_HOLDS_OBJECT (theirs))
    return merge_objects (json_node_get_object (mine), json_node_get_object (former),
                          json_node_get_object (theirs));

  return json_node_copy (mine);
}

static JsonNode *
merge_objects (JsonObject *mine, JsonObject *former, JsonObject *theirs)
{
  g_autoptr (JsonObject) merged = json_object_new ();
  JsonNode *result = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GList) names = g_list_concat (json_object_get_members (mine),
                                           json_object_get_members (theirs));

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = NULL;

      if (!json_object_has_member (merged, l->data))
        node = merge_nodes (json_object_get_member (mine, l->data),
                            json_object_get_member (former, l->data),
                            json_object_get_member (theirs, l->data));
      if (node != NULL)
        json_object_set_member (merged, l->data, node);
    }

  json_node_set_object (result, merged);
  return result;
}

gboolean
crm_view_query_equal (CrmViewQuery *a, CrmViewQuery *b)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;

  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  first = to_json (a);
  second = to_json (b);
  return json_node_equal (first, second);
}

CrmViewQuery *
crm_view_query_merge (CrmViewQuery *mine, CrmViewQuery *former, CrmViewQuery *theirs)
{
  g_autoptr (JsonNode) mine_node = NULL;
  g_autoptr (JsonNode) former_node = NULL;
  g_autoptr (JsonNode) their_node = NULL;
  g_autoptr (JsonNode) merged = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (mine != NULL, NULL);
  g_return_val_if_fail (former != NULL, NULL);
  g_return_val_if_fail (theirs != NULL, NULL);

  mine_node = to_json (mine);
  former_node = to_json (former);
  their_node = to_json (theirs);
  merged = merge_objects (json_node_get_object (mine_node), json_node_get_object (former_node),
                          json_node_get_object (their_node));
  text = json_to_string (merged, FALSE);
  return crm_view_query_parse (text, NULL);
}
