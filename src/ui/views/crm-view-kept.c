/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-kept.h"

#include "crm-workspace.h"

/* Paths may have brackets, which groups of key files may not */
static char *
make_group (CrmStore *store)
{
  g_autofree char *escaped = g_uri_escape_string (crm_store_get_path (store), "/", TRUE);

  return g_strconcat ("Views of ", escaped, NULL);
}

static char *
make_key (const CrmRecordType *type, gint64 view_id)
{
  return view_id != 0 ? g_strdup_printf ("%s.%" G_GINT64_FORMAT, type->name, view_id)
                      : g_strdup (type->name);
}

static gboolean
read_part (JsonObject *object, const char *member, CrmViewQuery **query, CrmViewLayout *layout)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonObject *part = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                   : NULL;
  const char *text;

  if (part == NULL)
    return FALSE;

  text = json_object_get_string_member_with_default (part, "query", "");
  *query = crm_view_query_parse (text, NULL);
  return *query != NULL &&
         crm_view_layout_from_name (json_object_get_string_member_with_default (part, "layout", ""),
                                    layout);
}

static void
write_part (JsonObject *object, const char *member, CrmViewQuery *query, CrmViewLayout layout)
{
  g_autofree char *text = crm_view_query_to_text (query);
  JsonObject *part = json_object_new ();

  json_object_set_string_member (part, "query", text);
  json_object_set_string_member (part, "layout", crm_view_layout_to_name (layout));
  json_object_set_object_member (object, member, part);
}

void
crm_view_kept_clear (CrmViewKept *self)
{
  g_clear_pointer (&self->query, crm_view_query_free);
  g_clear_pointer (&self->saved, crm_view_query_free);
}

gboolean
crm_view_kept_read (CrmViewKept *self, CrmStore *store, const CrmRecordType *type, gint64 view_id)
{
  g_autofree char *group = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  group = make_group (store);
  key = make_key (type, view_id);
  text = crm_workspace_get_state (group, key);
  root = text != NULL ? json_from_string (text, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  object = json_node_get_object (root);
  return read_part (object, "now", &self->query, &self->layout) &&
         read_part (object, "saved", &self->saved, &self->saved_layout);
}

void
crm_view_kept_write (const CrmViewKept *self,
                     CrmStore *store,
                     const CrmRecordType *type,
                     gint64 view_id)
{
  g_autofree char *group = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (type != NULL);

  group = make_group (store);
  key = make_key (type, view_id);
  if (self != NULL)
    {
      g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
      g_autoptr (JsonObject) object = json_object_new ();

      write_part (object, "now", self->query, self->layout);
      write_part (object, "saved", self->saved, self->saved_layout);
      json_node_set_object (root, object);
      text = json_to_string (root, FALSE);
    }
  if (!crm_workspace_set_state (group, key, text, &error))
    g_message ("What was changed of a view could not be kept: %s", error->message);
}
