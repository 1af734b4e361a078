/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a damaged file is damaged, in words. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-salvage-private.h"

/* Where the label of a type and the type of a field are among the values of their rows */
#define TYPE_LABEL_VALUE 3
#define FIELD_TYPE_VALUE 1

typedef struct
{
  CrmWreck *wreck;
  GHashTable *labels; /* gint64 type -> char* */
  GHashTable *types; /* gint64 field -> gint64 type */
  GPtrArray *parts; /* char*, each once */
} Examination;

static void
examination_clear (Examination *self)
{
  g_clear_pointer (&self->wreck, crm_wreck_free);
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_pointer (&self->types, g_hash_table_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Examination, examination_clear)

static void
take_type (const CrmWreckRow *row, gpointer data)
{
  Examination *self = data;
  const CrmWreckValue *label = &row->values[TYPE_LABEL_VALUE];

  if (row->n_values > TYPE_LABEL_VALUE && label->type == CRM_COLUMN_TEXT && !label->is_lost &&
      g_utf8_validate (label->data, (gssize) label->size, NULL))
    g_hash_table_insert (self->labels, g_memdup2 (&row->rowid, sizeof row->rowid),
                         g_strndup (label->data, label->size));
}

static void
take_field (const CrmWreckRow *row, gpointer data)
{
  Examination *self = data;
  const CrmWreckValue *type = &row->values[FIELD_TYPE_VALUE];

  if (row->n_values > FIELD_TYPE_VALUE && type->type == CRM_COLUMN_INTEGER)
    g_hash_table_insert (self->types, g_memdup2 (&row->rowid, sizeof row->rowid),
                         g_memdup2 (&type->integer, sizeof type->integer));
}

static void
add_part (Examination *self, const char *part)
{
  if (!g_ptr_array_find_with_equal_func (self->parts, part, g_str_equal, NULL))
    g_ptr_array_add (self->parts, g_strdup (part));
}

static const char *
get_type_label (Examination *self, const char *name)
{
  gint64 id = g_ascii_strtoll (name + 1, NULL, 10);
  const gint64 *type = name[0] == 'v' ? g_hash_table_lookup (self->types, &id) : &id;

  return type != NULL ? g_hash_table_lookup (self->labels, type) : NULL;
}

/* What a person calls what is in a table or an index */
static const char *
get_part (Examination *self, const CrmWreckObject *object)
{
  static const char *const history[] = { "act",          "act_type",   "change",
                                         "change_range", "change_set", "catalogue_change" };
  const char *name = object->name;
  const char *label = NULL;

  if (!g_str_equal (object->type, "table") || (name[0] == 's' && g_ascii_isdigit (name[1])))
    return _ ("what is found and sorted by, which can be made anew");
  if ((name[0] == 't' || name[0] == 'v') && g_ascii_isdigit (name[1]))
    label = get_type_label (self, name);
  if (label != NULL)
    return label;

  for (guint i = 0; i < G_N_ELEMENTS (history); i++)
    if (g_str_equal (name, history[i]))
      return _ ("the history");
  return _ ("the types and fields");
}

static guint
count_damage (Examination *self)
{
  return crm_wreck_get_n_damaged_pages (self->wreck) + crm_wreck_get_n_damaged_rows (self->wreck);
}

static void
read_description (Examination *self)
{
  GPtrArray *objects = crm_wreck_get_objects (self->wreck);

  for (guint i = 0; i < objects->len; i++)
    {
      const CrmWreckObject *object = g_ptr_array_index (objects, i);

      if (g_str_equal (object->name, "record_type"))
        crm_wreck_read (self->wreck, object->root, take_type, self);
      else if (g_str_equal (object->name, "field"))
        crm_wreck_read (self->wreck, object->root, take_field, self);
    }
  crm_wreck_forget (self->wreck);
}

char *
crm_salvage_examine (const char *path, GCancellable *cancellable, GError **error)
{
  g_auto (Examination) self = { 0 };
  GPtrArray *objects;
  g_autofree char *list = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self.wreck = crm_wreck_open (path, cancellable, error);
  if (self.wreck == NULL)
    return NULL;

  self.labels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self.types = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self.parts = g_ptr_array_new_with_free_func (g_free);
  objects = crm_wreck_get_objects (self.wreck);
  if (objects->len == 0 || count_damage (&self) > 0)
    add_part (&self, _ ("the list of what is where"));
  read_description (&self);
  for (guint i = 0; i < objects->len; i++)
    {
      const CrmWreckObject *object = g_ptr_array_index (objects, i);
      guint before = count_damage (&self);

      if (object->root == 0)
        continue;
      crm_wreck_read (self.wreck, object->root, NULL, NULL);
      if (count_damage (&self) > before)
        add_part (&self, get_part (&self, object));
    }
  if (self.parts->len == 0)
    return g_strdup (
        _ ("The file is at odds with itself, but everything in it can still be read."));

  g_ptr_array_add (self.parts, NULL);
  /* Translators: what stands between the parts of a list */
  list = g_strjoinv (_ (", "), (char **) self.parts->pdata);
  /* Translators: a list of types and other parts: "People, Notes, the history" */
  return g_strdup_printf (_ ("Damaged are parts of: %s."), list);
}
