/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-filter-private.h"

/*
 * What a path means depends on the type it starts from. Where it goes through
 * a relation to records of any type ("about"), it may have a meaning in
 * several of them, and all are taken, unless the type is named behind it
 * ("about.people.name").
 */

#define MAX_PARTS 100
#define MAX_STEPS 1000 /* of all meanings together: each type doubles them */
#define MAX_PATHS 64

typedef struct
{
  const CrmCatalogue *catalogue;
  char **parts;
  guint position;
  gboolean records;
  guint n_steps;
  GArray *hops; /* CrmHop, up to the part that is looked at */
  GPtrArray *paths;
  GError *error; /* of the meaning that came furthest */
  guint error_part;
} Resolver;

static void resolve (Resolver *self, const CrmRecordType *type, guint part);

static void
path_free (gpointer data)
{
  CrmPath *path = data;

  g_array_unref (path->hops);
  g_free (path);
}

static guint
get_position (Resolver *self, guint part)
{
  guint position = self->position;

  for (guint i = 0; i < part; i++)
    position += g_utf8_strlen (self->parts[i], -1) + 1;

  return position;
}

/* Takes @error */
static void
keep_error (Resolver *self, guint part, GError *error)
{
  if (self->error != NULL && self->error_part >= part)
    {
      g_error_free (error);
      return;
    }

  g_clear_error (&self->error);
  self->error = error;
  self->error_part = part;
}

static void
refuse_unknown (Resolver *self, const CrmRecordType *type, guint part)
{
  g_autoptr (GPtrArray) reverse = crm_catalogue_list_reverse (self->catalogue, type);
  g_autoptr (GString) known = g_string_new ("id");

  for (guint i = 0; i < type->n_fields; i++)
    g_string_append_printf (known, ", %s", type->fields[i]->name);
  for (guint i = 0; i < reverse->len; i++)
    g_string_append_printf (known, ", %s",
                            ((const CrmField *) g_ptr_array_index (reverse, i))->reverse_name);

  keep_error (self, part,
              g_error_new (CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                           _ ("There is no field “%s” in %s (at character %u of the filter);"
                              " there are: %s."),
                           self->parts[part], type->name, get_position (self, part), known->str));
}

static void
refuse (Resolver *self, guint part, const char *format)
{
  GError *error = NULL;

  crm_filter_set_error (&error, get_position (self, part), "%s", format);
  keep_error (self, part, error);
}

static void
add_path (Resolver *self, CrmLeaf leaf, const CrmField *field)
{
  CrmPath *path;

  if (self->paths->len >= MAX_PATHS)
    return;

  path = g_new0 (CrmPath, 1);
  path->hops = g_array_copy (self->hops);
  path->leaf = leaf;
  path->field = field;
  g_ptr_array_add (self->paths, path);
}

/* Steps over to @type and goes on with @part */
static void
enter (Resolver *self,
       const CrmField *field,
       gboolean reverse,
       const CrmRecordType *type,
       gboolean names_type,
       guint part)
{
  CrmHop hop = { field, type, reverse, names_type };

  g_array_append_val (self->hops, hop);
  if (self->parts[part] == NULL)
    add_path (self, CRM_LEAF_RECORD, NULL);
  else
    resolve (self, type, part);
  g_array_set_size (self->hops, self->hops->len - 1);
}

static void
follow (Resolver *self, const CrmField *field, gboolean reverse, guint part)
{
  const CrmRecordType *type;

  type = reverse ? crm_catalogue_get_type (self->catalogue, field->type_id)
                 : crm_catalogue_get_target (self->catalogue, field);

  if (type != NULL)
    {
      enter (self, field, reverse, type, FALSE, part);
      return;
    }

  if (self->parts[part] != NULL)
    type = crm_catalogue_find_type (self->catalogue, self->parts[part]);
  if (type != NULL)
    {
      enter (self, field, reverse, type, TRUE, part + 1);
      return;
    }

  for (guint i = 0; i < crm_catalogue_get_n_types (self->catalogue); i++)
    enter (self, field, reverse, crm_catalogue_get_type_at (self->catalogue, i), FALSE, part);
}

static void
resolve (Resolver *self, const CrmRecordType *type, guint part)
{
  const char *name = self->parts[part];
  gboolean last = self->parts[part + 1] == NULL;
  const CrmField *field;

  if (self->n_steps++ > MAX_STEPS)
    {
      refuse (self, part, _ ("the path can mean too much, name a type: “about.people”"));
      return;
    }
  if (*name == '\0')
    {
      refuse (self, part, _ ("expected the name of a field"));
      return;
    }

  field = crm_record_type_find_field (type, name);
  if (field != NULL && crm_kind_is_relation (field->kind))
    {
      follow (self, field, FALSE, part + 1);
    }
  else if (field != NULL)
    {
      if (!last)
        refuse (self, part + 1,
                _ ("the field before the dot is no relation, so nothing can follow it"));
      else if (self->records)
        refuse (self, part, _ ("expected a relation, which this field is not"));
      else
        add_path (self, CRM_LEAF_FIELD, field);
    }
  else if (last && !self->records && strcmp (name, "id") == 0)
    {
      add_path (self, CRM_LEAF_ID, NULL);
    }
  else
    {
      field = crm_catalogue_find_reverse (self->catalogue, type, name);
      if (field != NULL)
        follow (self, field, TRUE, part + 1);
      else
        refuse_unknown (self, type, part);
    }
}

GPtrArray *
crm_path_resolve (const CrmCatalogue *catalogue,
                  const CrmRecordType *type,
                  const char *text,
                  guint position,
                  gboolean records,
                  GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);
  g_autoptr (GArray) hops = g_array_new (FALSE, FALSE, sizeof (CrmHop));
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (path_free);
  Resolver self = {
    .catalogue = catalogue,
    .parts = parts,
    .position = position,
    .records = records,
    .hops = hops,
    .paths = paths,
  };

  if (g_strv_length (parts) > MAX_PARTS)
    {
      crm_filter_set_error (error, position, _ ("the path is too long"));
      return NULL;
    }

  resolve (&self, type, 0);

  if (paths->len > 0)
    {
      g_clear_error (&self.error);
      return g_steal_pointer (&paths);
    }

  if (self.error == NULL)
    refuse (&self, 0, _ ("the path leads nowhere"));
  g_propagate_error (error, self.error);
  return NULL;
}
