/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-catalogue-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-text.h"

struct _CrmCatalogue
{
  gatomicrefcount ref_count;
  GStringChunk *strings; /* owns every text of the snapshot */
  GPtrArray *types; /* of CrmRecordType, in order */
  GHashTable *types_by_id; /* keys point into the values */
  GHashTable *fields_by_id;
  GHashTable *options_by_id;
  GHashTable *views_by_id;
  gint64 change_set; /* the newest that changed the description */
};

typedef struct
{
  CrmField field; /* first, so that a CrmField can be cast to it */
  GPtrArray *options;
  GHashTable *options_by_key; /* see make_option_key() */
} FieldEntry;

typedef struct
{
  CrmRecordType type; /* likewise */
  GPtrArray *fields;
  GHashTable *fields_by_name;
  GPtrArray *views;
  gint64 label_field_id;
} TypeEntry;

static const char *const outcome_names[] = {
  [CRM_OUTCOME_NONE] = NULL,
  [CRM_OUTCOME_OPEN] = "open",
  [CRM_OUTCOME_WON] = "won",
  [CRM_OUTCOME_LOST] = "lost",
};

static const char *const layout_names[] = {
  [CRM_VIEW_TABLE] = "table",
  [CRM_VIEW_BOARD] = "board",
  [CRM_VIEW_CALENDAR] = "calendar",
};

/* Short names for the first value of a repeated field */
static const struct
{
  const char *name;
  const char *field_name;
} short_names[] = {
  { "email", "emails" },
  { "phone", "phones" },
  { "domain", "domains" },
};

static void
free_field (gpointer data)
{
  FieldEntry *entry = data;

  g_ptr_array_unref (entry->options);
  g_hash_table_unref (entry->options_by_key);
  g_free (entry);
}

static void
free_type (gpointer data)
{
  TypeEntry *entry = data;

  g_ptr_array_unref (entry->fields);
  g_hash_table_unref (entry->fields_by_name);
  g_ptr_array_unref (entry->views);
  g_free (entry);
}

static const char *
keep_text (CrmCatalogue *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

static CrmOutcome
get_outcome (const char *name)
{
  if (name != NULL)
    for (guint i = CRM_OUTCOME_OPEN; i < G_N_ELEMENTS (outcome_names); i++)
      if (strcmp (outcome_names[i], name) == 0)
        return i;

  return CRM_OUTCOME_NONE;
}

/* Options are found within their parent, and with a parent of 0 wherever they are. */
static char *
make_option_key (gint64 parent, const char *text)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", parent, text);
}

static void
add_option_key (FieldEntry *entry, gint64 parent, const char *text, const CrmOption *option)
{
  g_autofree char *key = NULL;

  if (*text == '\0')
    return;

  key = make_option_key (parent, text);
  if (!g_hash_table_contains (entry->options_by_key, key))
    g_hash_table_insert (entry->options_by_key, g_steal_pointer (&key), (gpointer) option);
}

static void
add_option (FieldEntry *entry, CrmOption *option)
{
  g_autofree char *folded = crm_text_fold (option->label);

  g_ptr_array_add (entry->options, option);

  add_option_key (entry, 0, folded, option);
  if (option->parent != 0)
    add_option_key (entry, option->parent, folded, option);
}

/* After all labels, so that a label goes before another option's API name. */
static void
add_option_names (FieldEntry *entry)
{
  for (guint i = 0; i < entry->options->len; i++)
    {
      const CrmOption *option = g_ptr_array_index (entry->options, i);

      add_option_key (entry, 0, option->name, option);
      if (option->parent != 0)
        add_option_key (entry, option->parent, option->name, option);
    }
}

static gboolean
load_types (CrmCatalogue *self, CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  GError *local_error = NULL;

  statement = crm_connection_prepare (connection,
                                      "SELECT id, name, label, label_many, icon, standard,"
                                      " label_field FROM record_type WHERE state = 0"
                                      " ORDER BY position, id",
                                      error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      TypeEntry *entry = g_new0 (TypeEntry, 1);

      entry->type.id = crm_statement_get_int (statement, 0);
      entry->type.name = keep_text (self, crm_statement_get_text (statement, 1));
      entry->type.label = keep_text (self, crm_statement_get_text (statement, 2));
      entry->type.label_many = keep_text (self, crm_statement_get_text (statement, 3));
      entry->type.icon = keep_text (self, crm_statement_get_text (statement, 4));
      if (entry->type.icon == NULL)
        entry->type.icon = "crm-type-symbolic";
      entry->type.standard = crm_statement_get_int (statement, 5) != 0;
      entry->label_field_id = crm_statement_get_int (statement, 6);
      entry->fields = g_ptr_array_new ();
      entry->fields_by_name = g_hash_table_new (g_str_hash, g_str_equal);
      entry->views = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (self->types, entry);
      g_hash_table_insert (self->types_by_id, &entry->type.id, entry);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_fields (CrmCatalogue *self, CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  GError *local_error = NULL;

  statement = crm_connection_prepare (connection,
                                      "SELECT id, type_id, name, label, kind, flags, target,"
                                      " reverse_name, reverse_label FROM field WHERE state = 0"
                                      " ORDER BY position, id",
                                      error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 type_id = crm_statement_get_int (statement, 1);
      const char *kind_name = crm_statement_get_text (statement, 4);
      TypeEntry *type = g_hash_table_lookup (self->types_by_id, &type_id);
      FieldEntry *entry;
      CrmKind kind;

      /* A type that was undone or removed takes its fields along. */
      if (type == NULL)
        continue;

      if (kind_name == NULL || !crm_kind_from_name (kind_name, &kind))
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED,
                       _ ("The workspace has a field of the unknown kind “%s”; restore a backup."),
                       kind_name != NULL ? kind_name : "");
          return FALSE;
        }

      entry = g_new0 (FieldEntry, 1);
      entry->field.id = crm_statement_get_int (statement, 0);
      entry->field.type_id = type_id;
      entry->field.name = keep_text (self, crm_statement_get_text (statement, 2));
      entry->field.label = keep_text (self, crm_statement_get_text (statement, 3));
      entry->field.kind = kind;
      entry->field.flags = (CrmFieldFlags) crm_statement_get_int (statement, 5);
      entry->field.index = type->fields->len;
      entry->field.target = crm_statement_get_int (statement, 6);
      entry->field.reverse_name = keep_text (self, crm_statement_get_text (statement, 7));
      entry->field.reverse_label = keep_text (self, crm_statement_get_text (statement, 8));
      entry->options = g_ptr_array_new_with_free_func (g_free);
      entry->options_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_ptr_array_add (type->fields, entry);
      g_hash_table_insert (type->fields_by_name, (gpointer) entry->field.name, entry);
      g_hash_table_insert (self->fields_by_id, &entry->field.id, entry);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_options (CrmCatalogue *self, CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  GError *local_error = NULL;

  statement = crm_connection_prepare (connection,
                                      "SELECT id, field_id, name, label, color, parent,"
                                      " coalesce (probability, -1), outcome"
                                      " FROM option WHERE state = 0 ORDER BY position, id",
                                      error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 field_id = crm_statement_get_int (statement, 1);
      FieldEntry *field = g_hash_table_lookup (self->fields_by_id, &field_id);
      CrmOption *option;

      if (field == NULL)
        continue;

      option = g_new0 (CrmOption, 1);
      option->id = crm_statement_get_int (statement, 0);
      option->field_id = field_id;
      option->name = keep_text (self, crm_statement_get_text (statement, 2));
      option->label = keep_text (self, crm_statement_get_text (statement, 3));
      option->color = keep_text (self, crm_statement_get_text (statement, 4));
      option->parent = crm_statement_get_int (statement, 5);
      option->probability = (int) crm_statement_get_int (statement, 6);
      option->outcome = get_outcome (crm_statement_get_text (statement, 7));

      add_option (field, option);
      g_hash_table_insert (self->options_by_id, &option->id, option);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_views (CrmCatalogue *self, CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  GError *local_error = NULL;

  statement = crm_connection_prepare (connection,
                                      "SELECT id, type_id, name, label, icon, layout, favorite,"
                                      " standard, query FROM view WHERE state = 0"
                                      " ORDER BY position, id",
                                      error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 type_id = crm_statement_get_int (statement, 1);
      TypeEntry *type = g_hash_table_lookup (self->types_by_id, &type_id);
      CrmView *view;

      if (type == NULL)
        continue;

      view = g_new0 (CrmView, 1);
      view->id = crm_statement_get_int (statement, 0);
      view->type_id = type_id;
      view->name = keep_text (self, crm_statement_get_text (statement, 2));
      view->label = keep_text (self, crm_statement_get_text (statement, 3));
      view->icon = keep_text (self, crm_statement_get_text (statement, 4));
      crm_view_layout_from_name (crm_statement_get_text (statement, 5), &view->layout);
      view->favorite = crm_statement_get_int (statement, 6) != 0;
      view->standard = crm_statement_get_int (statement, 7) != 0;
      view->query = keep_text (self, crm_statement_get_text (statement, 8));

      g_ptr_array_add (type->views, view);
      g_hash_table_insert (self->views_by_id, &view->id, view);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return TRUE;
}

/* Fills what the public structs show of the arrays, now that these no longer grow. */
static gboolean
publish (CrmCatalogue *self, GError **error)
{
  for (guint i = 0; i < self->types->len; i++)
    {
      TypeEntry *type = g_ptr_array_index (self->types, i);

      for (guint j = 0; j < type->fields->len; j++)
        {
          FieldEntry *field = g_ptr_array_index (type->fields, j);

          add_option_names (field);
          field->field.n_options = field->options->len;
          field->field.options = (const CrmOption *const *) field->options->pdata;

          if (field->field.id == type->label_field_id)
            type->type.label_field = &field->field;
        }

      type->type.n_fields = type->fields->len;
      type->type.fields = (const CrmField *const *) type->fields->pdata;
      type->type.n_views = type->views->len;
      type->type.views = (const CrmView *const *) type->views->pdata;

      /* Every type has the system fields at least. */
      if (type->type.n_fields == 0)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED,
                       _ ("The workspace has no fields for “%s”; restore a backup."),
                       type->type.label_many);
          return FALSE;
        }
      if (type->type.label_field == NULL)
        type->type.label_field = type->type.fields[0];
    }

  return TRUE;
}

/* "people, companies or deals" would not fit every language: names are only listed. */
static char *
list_type_names (const CrmCatalogue *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->types->len; i++)
    {
      const TypeEntry *entry = g_ptr_array_index (self->types, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", entry->type.name);
    }

  return g_string_free (names, FALSE);
}

static gboolean
points_to (const CrmField *field, const CrmRecordType *type)
{
  return field->reverse_name != NULL && crm_kind_is_relation (field->kind) &&
         (field->target == 0 || field->target == type->id);
}

CrmCatalogue *
crm_catalogue_load (CrmConnection *connection, GError **error)
{
  g_autoptr (CrmCatalogue) self = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  self = g_new0 (CrmCatalogue, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->strings = g_string_chunk_new (4096);
  self->types = g_ptr_array_new_with_free_func (free_type);
  self->types_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->fields_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_field);
  self->options_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->views_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!crm_connection_query_int (connection,
                                 "SELECT coalesce(max(set_id), 0) FROM catalogue_change", 0,
                                 &self->change_set, error))
    return NULL;
  if (!load_types (self, connection, error) || !load_fields (self, connection, error) ||
      !load_options (self, connection, error) || !load_views (self, connection, error) ||
      !publish (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

gint64
crm_catalogue_get_change_set (const CrmCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->change_set;
}

char *
crm_catalogue_make_name (const char *label)
{
  g_autofree char *folded = NULL;
  GString *name;

  g_return_val_if_fail (label != NULL, NULL);

  folded = crm_text_fold (label);
  name = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (name, c);
      else if (name->len > 0 && name->str[name->len - 1] != '_')
        g_string_append_c (name, '_');
    }

  if (name->len > 0 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);

  return g_string_free (name, FALSE);
}

const char *
crm_outcome_to_name (CrmOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (outcome_names), NULL);

  return outcome_names[outcome];
}

const char *
crm_view_layout_to_name (CrmViewLayout layout)
{
  g_return_val_if_fail ((guint) layout < G_N_ELEMENTS (layout_names), NULL);

  return layout_names[layout];
}

gboolean
crm_view_layout_from_name (const char *name, CrmViewLayout *layout)
{
  g_return_val_if_fail (layout != NULL, FALSE);

  *layout = CRM_VIEW_TABLE;
  for (guint i = 0; i < G_N_ELEMENTS (layout_names); i++)
    if (crm_text_equal (layout_names[i], name))
      {
        *layout = i;
        return TRUE;
      }

  return FALSE;
}

CrmCatalogue *
crm_catalogue_ref (CrmCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
crm_catalogue_unref (CrmCatalogue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->views_by_id);
  g_hash_table_unref (self->options_by_id);
  g_hash_table_unref (self->fields_by_id);
  g_hash_table_unref (self->types_by_id);
  g_ptr_array_unref (self->types);
  g_string_chunk_free (self->strings);
  g_free (self);
}

guint
crm_catalogue_get_n_types (const CrmCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->types->len;
}

const CrmRecordType *
crm_catalogue_get_type_at (const CrmCatalogue *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->types->len, NULL);

  return g_ptr_array_index (self->types, index);
}

const CrmRecordType *
crm_catalogue_get_type (const CrmCatalogue *self, gint64 type_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->types_by_id, &type_id);
}

const CrmRecordType *
crm_catalogue_find_type (const CrmCatalogue *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->types->len; i++)
    {
      const TypeEntry *entry = g_ptr_array_index (self->types, i);

      if (strcmp (entry->type.name, name) == 0)
        return &entry->type;
    }

  return NULL;
}

const CrmRecordType *
crm_catalogue_require_type (const CrmCatalogue *self, const char *name, GError **error)
{
  const CrmRecordType *type = crm_catalogue_find_type (self, name);

  if (type == NULL)
    {
      g_autofree char *known = list_type_names (self);

      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("There is no record type “%s”; the types are: %s."), name, known);
    }

  return type;
}

const CrmField *
crm_catalogue_get_field (const CrmCatalogue *self, gint64 field_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->fields_by_id, &field_id);
}

const CrmOption *
crm_catalogue_get_option (const CrmCatalogue *self, gint64 option_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->options_by_id, &option_id);
}

const CrmView *
crm_catalogue_get_view (const CrmCatalogue *self, gint64 view_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->views_by_id, &view_id);
}

const CrmField *
crm_record_type_find_field (const CrmRecordType *type, const char *name)
{
  const TypeEntry *entry = (const TypeEntry *) type;
  const CrmField *field;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  field = g_hash_table_lookup (entry->fields_by_name, name);

  for (guint i = 0; field == NULL && i < G_N_ELEMENTS (short_names); i++)
    if (strcmp (short_names[i].name, name) == 0)
      field = g_hash_table_lookup (entry->fields_by_name, short_names[i].field_name);

  return field;
}

const CrmField *
crm_record_type_require_field (const CrmRecordType *type, const char *name, GError **error)
{
  const CrmField *field = crm_record_type_find_field (type, name);

  if (field == NULL)
    {
      g_autoptr (GString) known = g_string_new (NULL);

      for (guint i = 0; i < type->n_fields; i++)
        g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", type->fields[i]->name);

      g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                   _ ("There is no field “%s” in %s; the fields are: %s."), name, type->name,
                   known->str);
    }

  return field;
}

const CrmView *
crm_record_type_find_view (const CrmRecordType *type, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = 0; i < type->n_views; i++)
    if (strcmp (type->views[i]->name, text) == 0)
      return type->views[i];

  folded = crm_text_fold (text);
  for (guint i = 0; i < type->n_views; i++)
    {
      g_autofree char *label = crm_text_fold (type->views[i]->label);

      if (strcmp (label, folded) == 0)
        return type->views[i];
    }

  return NULL;
}

const CrmView *
crm_record_type_require_view (const CrmRecordType *type, const char *text, GError **error)
{
  const CrmView *view = crm_record_type_find_view (type, text);
  g_autoptr (GString) known = g_string_new (NULL);

  if (view != NULL)
    return view;

  for (guint i = 0; i < type->n_views; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", type->views[i]->name);

  if (type->n_views == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                 _ ("There is no view “%s” of %s, for there are none."), text, type->name);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                 _ ("There is no view “%s” of %s; the views are: %s."), text, type->name,
                 known->str);

  return NULL;
}

const CrmRecordType *
crm_catalogue_get_target (const CrmCatalogue *self, const CrmField *field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (field->kind == CRM_KIND_MEMBER)
    return crm_catalogue_find_type (self, "members");
  if (!crm_kind_is_relation (field->kind) || field->target == 0)
    return NULL;

  return crm_catalogue_get_type (self, field->target);
}

const CrmField *
crm_catalogue_find_reverse (const CrmCatalogue *self, const CrmRecordType *type, const char *name)
{
  g_autoptr (GPtrArray) fields = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  fields = crm_catalogue_list_reverse (self, type);
  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      if (strcmp (field->reverse_name, name) == 0)
        return field;
    }

  return NULL;
}

GPtrArray *
crm_catalogue_list_reverse (const CrmCatalogue *self, const CrmRecordType *type)
{
  GPtrArray *fields;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);

  fields = g_ptr_array_new ();
  for (guint i = 0; i < self->types->len; i++)
    {
      const TypeEntry *entry = g_ptr_array_index (self->types, i);

      for (guint j = 0; j < entry->type.n_fields; j++)
        if (points_to (entry->type.fields[j], type))
          g_ptr_array_add (fields, (gpointer) entry->type.fields[j]);
    }

  return fields;
}

const CrmOption *
crm_field_find_option (const CrmField *field, const char *text, gint64 parent)
{
  const FieldEntry *entry = (const FieldEntry *) field;
  g_autofree char *clean = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  const CrmOption *option;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  clean = crm_text_clean (text, FALSE);
  if (clean == NULL || field->n_options == 0)
    return NULL;

  folded = crm_text_fold (clean);
  key = make_option_key (parent, folded);
  option = g_hash_table_lookup (entry->options_by_key, key);
  if (option != NULL)
    return option;

  g_free (key);
  name = crm_catalogue_make_name (clean);
  key = make_option_key (parent, name);

  return g_hash_table_lookup (entry->options_by_key, key);
}
