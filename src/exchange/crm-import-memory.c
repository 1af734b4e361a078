/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-memory.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-private.h"
#include "crm-text.h"

#define SUFFIX ".json"

/* How many columns a file may have that a saved mapping does not know, of those that it has */
#define MAX_NEW_COLUMNS 5 /* a fifth */

struct _CrmImportMemory
{
  char *folder;
};

static void
saved_mapping_free (gpointer data)
{
  CrmSavedMapping *mapping = data;

  g_free (mapping->name);
  g_free (mapping->type);
  g_free (mapping);
}

CrmImportMemory *
crm_import_memory_new (const char *folder)
{
  CrmImportMemory *self = g_new0 (CrmImportMemory, 1);

  self->folder = folder != NULL
                     ? g_strdup (folder)
                     : g_build_filename (g_get_user_data_dir (), "crm", "mappings", NULL);

  return self;
}

void
crm_import_memory_free (CrmImportMemory *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_free (self);
}

/* Any name is a file's name so. */
static char *
make_path (CrmImportMemory *self, const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, " ", TRUE);
  g_autofree char *file = g_strconcat ("by-name-", escaped, SUFFIX, NULL);

  return g_build_filename (self->folder, file, NULL);
}

static char *
make_last_path (CrmImportMemory *self, CrmImportPlan *plan)
{
  g_autofree char *canonical = g_canonicalize_filename (crm_store_get_path (plan->store), NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autofree char *file = g_strdup_printf ("last-%.16s-%s%s", hash, plan->type->name, SUFFIX);

  return g_build_filename (self->folder, file, NULL);
}

static JsonNode *
load (const char *path, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  if (json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” holds no mapping; remove it."), path);
      return NULL;
    }

  return json_node_copy (json_parser_get_root (parser));
}

static gboolean
save (CrmImportMemory *self,
      const char *path,
      const char *name,
      CrmImportPlan *plan,
      GError **error)
{
  g_autoptr (JsonNode) node = crm_import_plan_mapping_to_json (plan);
  g_autofree char *text = NULL;

  if (name != NULL)
    json_object_set_string_member (json_node_get_object (node), "name", name);
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
                   _ ("The folder “%s” cannot be made (%s); check whether it may be written."),
                   self->folder, g_strerror (errno));
      return FALSE;
    }
  text = json_to_string (node, TRUE);

  return g_file_set_contents (path, text, -1, error);
}

static const char *
get_text (JsonNode *node, const char *name)
{
  JsonNode *member = json_object_get_member (json_node_get_object (node), name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member) ? json_node_get_string (member) : NULL;
}

static JsonArray *
get_columns (JsonNode *node)
{
  JsonNode *member = json_object_get_member (json_node_get_object (node), "columns");

  return member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
}

/* (transfer full) (element-type JsonNode): all that were saved under a name */
static GPtrArray *
load_all (CrmImportMemory *self)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *file;

  while (folder != NULL && (file = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, file, NULL);
      JsonNode *node = g_str_has_prefix (file, "by-name-") ? load (path, NULL) : NULL;

      if (node != NULL && get_text (node, "name") != NULL && get_text (node, "type") != NULL &&
          get_columns (node) != NULL)
        g_ptr_array_add (nodes, node);
      else
        g_clear_pointer (&node, json_node_unref);
    }

  return nodes;
}

static int
compare_mappings (gconstpointer a, gconstpointer b)
{
  const CrmSavedMapping *first = *(const CrmSavedMapping *const *) a;
  const CrmSavedMapping *second = *(const CrmSavedMapping *const *) b;

  return g_utf8_collate (first->name, second->name);
}

GPtrArray *
crm_import_memory_list (CrmImportMemory *self, const char *type)
{
  GPtrArray *mappings = g_ptr_array_new_with_free_func (saved_mapping_free);
  g_autoptr (GPtrArray) nodes = NULL;
  guint i;

  g_return_val_if_fail (self != NULL, mappings);

  nodes = load_all (self);
  for (i = 0; i < nodes->len; i++)
    {
      JsonNode *node = g_ptr_array_index (nodes, i);
      CrmSavedMapping *mapping;

      if (type != NULL && strcmp (get_text (node, "type"), type) != 0)
        continue;
      mapping = g_new (CrmSavedMapping, 1);
      mapping->name = g_strdup (get_text (node, "name"));
      mapping->type = g_strdup (get_text (node, "type"));
      mapping->n_columns = json_array_get_length (get_columns (node));
      g_ptr_array_add (mappings, mapping);
    }
  g_ptr_array_sort (mappings, compare_mappings);

  return mappings;
}

gboolean
crm_import_memory_save (CrmImportMemory *self,
                        const char *name,
                        CrmImportPlan *plan,
                        GError **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (plan), FALSE);

  clean = crm_text_clean (name, FALSE);
  if (clean == NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("A mapping needs a name; write what it is to be called."));
      return FALSE;
    }
  path = make_path (self, clean);

  return save (self, path, clean, plan, error);
}

static void
set_unknown (const char *name, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
               _ ("There is no mapping “%s”; see those there are with “crm mapping list”."), name);
}

gboolean
crm_import_memory_use (CrmImportMemory *self, const char *name, CrmImportPlan *plan, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (plan), FALSE);

  path = make_path (self, name);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      set_unknown (name, error);
      return FALSE;
    }
  node = load (path, error);

  return node != NULL && crm_import_plan_mapping_from_json (plan, node, error);
}

gboolean
crm_import_memory_remove (CrmImportMemory *self, const char *name, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  path = make_path (self, name);
  if (g_unlink (path) == 0)
    return TRUE;
  set_unknown (name, error);

  return FALSE;
}

/* How many of the plan's columns the mapping knows, or 0 where it lacks one that it needs */
static guint
rate (JsonNode *node, CrmImportPlan *plan)
{
  JsonArray *columns = get_columns (node);
  guint n_known = 0;
  guint i;

  for (i = 0; i < json_array_get_length (columns); i++)
    {
      JsonNode *element = json_array_get_element (columns, i);
      const char *title = JSON_NODE_HOLDS_OBJECT (element) ? get_text (element, "title") : NULL;
      const char *target = JSON_NODE_HOLDS_OBJECT (element) ? get_text (element, "target") : NULL;

      if (title != NULL && crm_import_plan_find_column (plan, title) >= 0)
        n_known++;
      else if (target != NULL && *target != '\0')
        return 0;
    }

  return n_known > 0 && (plan->columns->len <= n_known ||
                         (plan->columns->len - n_known) * MAX_NEW_COLUMNS <= plan->columns->len)
             ? n_known
             : 0;
}

/* Without titles of its own a file says nothing of what kind it is. */
static gboolean
has_titles (CrmImportPlan *plan)
{
  guint i;

  for (i = 0; i < plan->columns->len; i++)
    if (!g_array_index (plan->columns, CrmImportColumn, i).is_untitled)
      return TRUE;

  return FALSE;
}

char *
crm_import_memory_recognise (CrmImportMemory *self, CrmImportPlan *plan)
{
  g_autoptr (GPtrArray) nodes = NULL;
  const char *name = NULL;
  guint best = 0;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (plan), NULL);

  if (!has_titles (plan))
    return NULL;
  nodes = load_all (self);
  for (i = 0; i < nodes->len; i++)
    {
      JsonNode *node = g_ptr_array_index (nodes, i);
      guint rating;

      if (strcmp (get_text (node, "type"), plan->type->name) != 0)
        continue;
      rating = rate (node, plan);
      if (rating > best)
        {
          best = rating;
          name = get_text (node, "name");
        }
    }

  return g_strdup (name);
}

gboolean
crm_import_memory_keep_last (CrmImportMemory *self, CrmImportPlan *plan, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (plan), FALSE);

  path = make_last_path (self, plan);

  return save (self, path, NULL, plan, error);
}

gboolean
crm_import_memory_use_last (CrmImportMemory *self, CrmImportPlan *plan, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (plan), FALSE);

  path = make_last_path (self, plan);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("Nothing was imported into %s yet; import the file as it is."),
                   plan->type->label_many);
      return FALSE;
    }
  node = load (path, error);

  return node != NULL && crm_import_plan_mapping_from_json (plan, node, error);
}
