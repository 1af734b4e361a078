/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wording of the history. Acts keep ids, never values: what they are called is found when they are
 * read, so that nothing of a destroyed record is left in them. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-history-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

/* Longer values are cut: a line is to be read at a glance */
#define MAX_CHARACTERS 60

/* More changes than this are counted, not listed */
#define MAX_CHANGES 3

void
crm_wording_init (CrmWording *self, CrmStore *store, CrmConnection *connection)
{
  self->store = store;
  self->connection = connection;
  self->catalogue = crm_store_get_catalogue (store);
  self->labels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->error = NULL;
}

void
crm_wording_clear (CrmWording *self)
{
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_error (&self->error);
}

/* Keeps the first error, in whose place the rest of the wording is not worth much */
static void
keep_error (CrmWording *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
}

static CrmStatement *
prepare (CrmWording *self, const char *sql)
{
  GError *error = NULL;
  CrmStatement *statement = crm_connection_prepare (self->connection, sql, &error);

  if (statement == NULL)
    keep_error (self, error);

  return statement;
}

static gboolean
step (CrmWording *self, CrmStatement *statement)
{
  GError *error = NULL;

  if (crm_statement_step (statement, &error))
    return TRUE;
  if (error != NULL)
    keep_error (self, error);

  return FALSE;
}

/* The first column of the first row, %NULL for none. (transfer full) */
static char *
query_text (CrmWording *self, const char *sql, gint64 parameter)
{
  g_autoptr (CrmStatement) statement = prepare (self, sql);

  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, parameter);
  return step (self, statement) ? g_strdup (crm_statement_get_text (statement, 0)) : NULL;
}

static gint64
query_int (CrmWording *self, const char *sql, gint64 parameter)
{
  g_autoptr (CrmStatement) statement = prepare (self, sql);

  if (statement == NULL)
    return 0;

  crm_statement_bind_int (statement, 1, parameter);
  return step (self, statement) ? crm_statement_get_int (statement, 0) : 0;
}

static char *
load_label (CrmConnection *connection,
            const CrmCatalogue *catalogue,
            gint64 type_id,
            gint64 id,
            GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_type (catalogue, type_id);
  g_autoptr (GError) local_error = NULL;
  char *label = NULL;

  if (type == NULL)
    type = crm_connection_find_type_of (connection, catalogue, id, &local_error);
  if (type != NULL)
    label = crm_connection_load_label (connection, type, id, TRUE, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return label != NULL ? label : g_strdup (_ ("a deleted record"));
}

const char *
crm_wording_get_label (CrmWording *self, gint64 type_id, gint64 id)
{
  char *label = g_hash_table_lookup (self->labels, &id);
  GError *error = NULL;

  if (label != NULL)
    return label;

  label = load_label (self->connection, self->catalogue, type_id, id, &error);
  if (label == NULL)
    {
      keep_error (self, error);
      return "";
    }

  g_hash_table_insert (self->labels, g_memdup2 (&id, sizeof id), label);
  return label;
}

char *
crm_wording_get_member (CrmWording *self, gint64 id)
{
  const CrmRecordType *members = crm_catalogue_find_type (self->catalogue, "members");

  if (id == 0)
    return NULL;

  return g_strdup (crm_wording_get_label (self, members != NULL ? members->id : 0, id));
}

/* Standard types have plural forms of their own language; of a user's own types two labels are known */
char *
crm_history_count_records (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%'" ID, n);
  const char *name = type != NULL && type->standard ? type->name : "";
  gulong count = (gulong) n;

  if (type == NULL)
    return g_strdup_printf (ngettext ("%s record", "%s records", count), number);
  if (g_str_equal (name, "people"))
    return g_strdup_printf (ngettext ("%s person", "%s people", count), number);
  if (g_str_equal (name, "companies"))
    return g_strdup_printf (ngettext ("%s company", "%s companies", count), number);
  if (g_str_equal (name, "deals"))
    return g_strdup_printf (ngettext ("%s deal", "%s deals", count), number);
  if (g_str_equal (name, "products"))
    return g_strdup_printf (ngettext ("%s product", "%s products", count), number);
  if (g_str_equal (name, "activities"))
    return g_strdup_printf (ngettext ("%s activity", "%s activities", count), number);
  if (g_str_equal (name, "tasks"))
    return g_strdup_printf (ngettext ("%s task", "%s tasks", count), number);
  if (g_str_equal (name, "notes"))
    return g_strdup_printf (ngettext ("%s note", "%s notes", count), number);
  if (g_str_equal (name, "members"))
    return g_strdup_printf (ngettext ("%s member", "%s members", count), number);

  return g_strdup_printf ("%s %s", number, n == 1 ? type->label : type->label_many);
}

/* Values */

static char *
load_option_label (CrmConnection *connection, gint64 id, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = crm_connection_prepare (connection, "SELECT label FROM option WHERE id = ?1", error);
  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, id);
  if (crm_statement_step (statement, &local_error))
    return g_strdup (crm_statement_get_text (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_strdup (_ ("a removed option"));
}

CrmValue *
crm_history_label_value (CrmConnection *connection,
                         const CrmCatalogue *catalogue,
                         const CrmField *field,
                         CrmValue *value,
                         GError **error)
{
  g_autoptr (GArray) items = NULL;
  g_autoptr (CrmValue) taken = value;

  if (value == NULL || crm_value_get_shape (value) != CRM_VALUE_ITEMS ||
      crm_value_get_item (value, 0)->id == 0)
    return g_steal_pointer (&taken);

  items = crm_item_array_new ();
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      g_autofree char *label = NULL;

      if (crm_kind_is_relation (field->kind))
        label = load_label (connection, catalogue, item->type_id, item->id, error);
      else
        label = load_option_label (connection, item->id, error);
      if (label == NULL)
        return NULL;

      crm_item_array_add (items, label, item->label, item->key, item->id, item->type_id);
    }

  return crm_value_new_items_take (g_steal_pointer (&items));
}

/* In one line of bearable length; (transfer full) */
static char *
shorten (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (n++ == MAX_CHARACTERS)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, g_unichar_isspace (c) || g_unichar_iscntrl (c) ? ' ' : c);
    }

  return g_strdup (g_strstrip (line->str));
}

static CrmValue *
decode (CrmWording *self, const CrmField *field, const char *text)
{
  GError *error = NULL;
  CrmValue *value = text != NULL ? crm_value_decode (field, text) : NULL;

  value = crm_history_label_value (self->connection, self->catalogue, field, value, &error);
  if (error != NULL)
    keep_error (self, error);

  return value;
}

static char *
display (CrmWording *self, const CrmField *field, const CrmValue *value)
{
  g_autofree char *text = NULL;

  text = crm_value_to_display (field, value, crm_store_get_locale (self->store));
  return shorten (text);
}

static gboolean
has_item (const CrmValue *value, const CrmItem *item)
{
  const char *key = item->key != NULL ? item->key : item->text;

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *other = crm_value_get_item (value, i);

      if (item->id != 0 ? other->id == item->id
                        : g_strcmp0 (other->key != NULL ? other->key : other->text, key) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The items of @value that @other has not; %NULL for none */
static CrmValue *
subtract (const CrmValue *value, const CrmValue *other)
{
  GArray *items = crm_item_array_new ();

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (!has_item (other, item))
        crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }

  return crm_value_new_items_take (items);
}

/* Changes */

static char *
describe_change (CrmWording *self, const CrmField *field, const CrmChange *change)
{
  g_autoptr (CrmValue) old_value = decode (self, field, change->old_text);
  g_autoptr (CrmValue) new_value = decode (self, field, change->new_text);
  g_autoptr (CrmValue) added = NULL;
  g_autoptr (CrmValue) removed = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (crm_kind_is_repeated (field->kind) && old_value != NULL && new_value != NULL)
    {
      added = subtract (new_value, old_value);
      removed = subtract (old_value, new_value);
      if (added != NULL && removed == NULL)
        {
          new_text = display (self, field, added);
          /* Translators: a field and what was added to it: "E-mail: added ann@example.org" */
          return g_strdup_printf (_ ("%s: added %s"), field->label, new_text);
        }
      if (added == NULL && removed != NULL)
        {
          old_text = display (self, field, removed);
          /* Translators: a field and what was removed from it */
          return g_strdup_printf (_ ("%s: removed %s"), field->label, old_text);
        }
    }

  old_text = display (self, field, old_value);
  new_text = display (self, field, new_value);
  if (old_value == NULL)
    /* Translators: a field and its new value: "Stage: Meeting" */
    return g_strdup_printf (_ ("%s: %s"), field->label, new_text);
  if (new_value == NULL)
    /* Translators: a field that was emptied, and what was in it */
    return g_strdup_printf (_ ("%s: removed %s"), field->label, old_text);

  /* Translators: a field, its old and its new value: "Stage: Meeting → Proposal" */
  return g_strdup_printf (_ ("%s: %s → %s"), field->label, old_text, new_text);
}

/* A new stage brings these along; it says enough */
static gboolean
follows_from_stage (CrmWording *self, const CrmField *field, GPtrArray *changes)
{
  if ((field->flags & CRM_FIELD_STANDARD) == 0 ||
      (!g_str_equal (field->name, "probability") && !g_str_equal (field->name, "closed_at")))
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);
      const CrmField *other = crm_catalogue_get_field (self->catalogue, change->field_id);

      if (other != NULL && other->type_id == field->type_id && g_str_equal (other->name, "stage"))
        return TRUE;
    }

  return FALSE;
}

char *
crm_wording_describe_changes (CrmWording *self, GPtrArray *changes)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);
      const CrmField *field = crm_catalogue_get_field (self->catalogue, change->field_id);
      g_autofree char *text = NULL;

      /* A redacted change is left with neither */
      if (field == NULL || g_strcmp0 (change->old_text, change->new_text) == 0 ||
          follows_from_stage (self, field, changes))
        continue;
      if (n++ >= MAX_CHANGES)
        continue;

      text = describe_change (self, field, change);
      if (line->len > 0)
        g_string_append (line, ", ");
      g_string_append (line, text);
    }

  if (n == 0)
    return NULL;
  if (n > MAX_CHANGES)
    {
      g_autofree char *more = NULL;

      more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MAX_CHANGES),
                              n - MAX_CHANGES);
      g_string_append_printf (line, ", %s", more);
    }

  return g_strdup (line->str);
}

GPtrArray *
crm_wording_load_changes (CrmWording *self, gint64 act_id, gint64 record_id)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_change_free);
  g_autoptr (CrmStatement) statement = NULL;

  statement = prepare (self,
                       "SELECT field_id, old, new FROM change WHERE record_id = ?2 AND set_id IN"
                       " (SELECT id FROM change_set WHERE act_id = ?1)"
                       " ORDER BY field_id, set_id");
  if (statement == NULL)
    return changes;

  crm_statement_bind_int (statement, 1, act_id);
  crm_statement_bind_int (statement, 2, record_id);
  while (step (self, statement))
    {
      gint64 field_id = crm_statement_get_int (statement, 0);
      CrmChange *change = changes->len > 0 ? g_ptr_array_index (changes, changes->len - 1) : NULL;

      if (change == NULL || change->field_id != field_id)
        {
          change = g_new0 (CrmChange, 1);
          change->record_id = record_id;
          change->field_id = field_id;
          change->old_text = g_strdup (crm_statement_get_text (statement, 1));
          g_ptr_array_add (changes, change);
        }
      g_free (change->new_text);
      change->new_text = g_strdup (crm_statement_get_text (statement, 2));
    }

  return changes;
}

/* Acts */

static char *
describe_edit (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  const CrmField *field = crm_catalogue_get_field (self->catalogue, act->field_id);
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;
  const char *label;

  if (act->records != 1)
    {
      what = crm_history_count_records (type, act->records);
      if (field != NULL)
        /* Translators: a field, and how many records: "Changed Status of 12 people" */
        return g_strdup_printf (_ ("Changed %s of %s"), field->label, what);
      return g_strdup_printf (_ ("Changed %s"), what);
    }

  label = crm_wording_get_label (self, act->type_id, act->record_id);
  changes = crm_wording_load_changes (self, act->id, act->record_id);
  text = crm_wording_describe_changes (self, changes);
  if (text == NULL)
    return g_strdup_printf (_ ("Changed %s"), label);

  /* Translators: a record and what was changed: "Northwind — Stage: Meeting → Proposal" */
  return g_strdup_printf (_ ("%s — %s"), label, text);
}

/* An import of people makes companies and notes too; only the people are counted */
static char *
describe_import (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  gint64 records = act->records;
  g_autofree char *what = NULL;

  for (guint i = 0; type != NULL && i < crm_catalogue_get_n_types (self->catalogue); i++)
    {
      const CrmRecordType *other = crm_catalogue_get_type_at (self->catalogue, i);
      g_autofree char *sql = NULL;

      if (other->id == type->id)
        continue;
      sql = g_strdup_printf ("SELECT count (*) FROM change_range AS r JOIN " CRM_RECORD_TABLE
                             " AS t ON t.id BETWEEN r.first_id AND r.last_id WHERE r.type_id = %" ID
                             " AND r.set_id IN (SELECT id FROM change_set WHERE act_id = ?1)",
                             other->id, other->id);
      records -= query_int (self, sql, act->id);
    }
  if (type != NULL)
    {
      g_autofree char *sql = NULL;

      sql = g_strdup_printf ("SELECT count (DISTINCT record_id) FROM change WHERE set_id IN"
                             " (SELECT id FROM change_set WHERE act_id = ?1) AND field_id IN"
                             " (SELECT id FROM field WHERE type_id <> %" ID ")",
                             type->id);
      records -= query_int (self, sql, act->id);
    }

  what = crm_history_count_records (type, MAX (records, 0));
  return g_strdup_printf (_ ("Imported %s"), what);
}

static char *
describe_merge (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  g_autofree char *what = NULL;
  gint64 n;

  n = query_int (self,
                 "SELECT count (*) FROM change WHERE field_id = -1 AND set_id IN"
                 " (SELECT id FROM change_set WHERE act_id = ?1)",
                 act->id);
  what = crm_history_count_records (type, n);
  /* Translators: how many records, and the one that is kept: "Merged 2 people into Ann Lee" */
  return g_strdup_printf (_ ("Merged %s into %s"), what,
                          crm_wording_get_label (self, act->type_id, act->record_id));
}

/* The object that an act on the catalogue was about: the type before its fields, a field before its options */
static char *
describe_catalogue_change (CrmWording *self, const CrmActRow *act)
{
  g_autoptr (CrmStatement) statement = NULL;
  const char *object;
  const char *attribute;
  const char *new_text;
  gboolean is_new;
  gboolean is_gone;
  g_autofree char *label = NULL;

  statement = prepare (
      self,
      "SELECT object, object_id, attribute, old, new FROM catalogue_change"
      " WHERE set_id IN (SELECT id FROM change_set WHERE act_id = ?1)"
      " ORDER BY object = 'type' DESC, object = 'field' DESC, set_id, attribute = 'state' DESC,"
      " object_id LIMIT 1");
  if (statement == NULL)
    return g_strdup ("");

  crm_statement_bind_int (statement, 1, act->id);
  if (!step (self, statement))
    return g_strdup (_ ("Changed the workspace"));

  object = crm_statement_get_text (statement, 0);
  attribute = crm_statement_get_text (statement, 2);
  new_text = crm_statement_get_text (statement, 4);
  is_new = g_str_equal (attribute, "state") && g_strcmp0 (new_text, "0") == 0;
  is_gone = g_str_equal (attribute, "state") && !is_new;

  if (g_str_equal (object, "type"))
    {
      label = query_text (self, "SELECT label_many FROM record_type WHERE id = ?1",
                          crm_statement_get_int (statement, 1));
      return g_strdup_printf (is_new    ? _ ("Added the record type %s")
                              : is_gone ? _ ("Removed the record type %s")
                                        : _ ("Changed the record type %s"),
                              label);
    }
  if (g_str_equal (object, "field"))
    {
      label = query_text (self, "SELECT label FROM field WHERE id = ?1",
                          crm_statement_get_int (statement, 1));
      return g_strdup_printf (is_new    ? _ ("Added the field %s")
                              : is_gone ? _ ("Removed the field %s")
                                        : _ ("Changed the field %s"),
                              label);
    }

  label = query_text (self, "SELECT label FROM option WHERE id = ?1",
                      crm_statement_get_int (statement, 1));
  return g_strdup_printf (is_new    ? _ ("Added the option %s")
                          : is_gone ? _ ("Removed the option %s")
                                    : _ ("Changed the option %s"),
                          label);
}

/* The act that an undo or redo is about; %FALSE where the history is damaged */
static gboolean
find_base (CrmWording *self, const CrmActRow *act, CrmActRow *base)
{
  GError *error = NULL;

  if (crm_act_row_find (self->connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                        act->undoes, base, &error))
    return base->kind != CRM_ACT_UNDO && base->kind != CRM_ACT_REDO;
  if (error != NULL)
    keep_error (self, error);

  return FALSE;
}

static char *
describe_undo (const CrmActRow *act, const char *text)
{
  return g_strdup_printf (act->kind == CRM_ACT_UNDO ? _ ("Undid: %s") : _ ("Redid: %s"), text);
}

char *
crm_wording_describe_act (CrmWording *self, const CrmActRow *act)
{
  const CrmRecordType *type = crm_catalogue_get_type (self->catalogue, act->type_id);
  g_autofree char *what = NULL;
  CrmActRow base;

  switch (act->kind)
    {
    case CRM_ACT_EDIT:
      return describe_edit (self, act);

    case CRM_ACT_IMPORT:
      return describe_import (self, act);

    case CRM_ACT_MERGE:
      return describe_merge (self, act);

    case CRM_ACT_DEMO:
      return g_strdup (_ ("Added sample data"));

    case CRM_ACT_TYPE:
    case CRM_ACT_FIELD:
      return describe_catalogue_change (self, act);

    case CRM_ACT_UNDO:
    case CRM_ACT_REDO:
      what = find_base (self, act, &base) ? crm_wording_describe_act (self, &base) : g_strdup ("?");
      return describe_undo (act, what);

    case CRM_ACT_CREATE:
    case CRM_ACT_TRASH:
    case CRM_ACT_RESTORE:
    case CRM_ACT_DESTROY:
    default:
      break;
    }

  if (act->records == 1 && act->kind != CRM_ACT_DESTROY)
    what = g_strdup (crm_wording_get_label (self, act->type_id, act->record_id));
  else
    what = crm_history_count_records (type, act->records);

  switch (act->kind)
    {
    case CRM_ACT_CREATE:
      /* Translators: here and below, a record's name or how many: "Created Ann Lee", "Created 3 people" */
      return g_strdup_printf (_ ("Created %s"), what);

    case CRM_ACT_TRASH:
      return g_strdup_printf (_ ("Moved %s to the trash"), what);

    case CRM_ACT_RESTORE:
      return g_strdup_printf (_ ("Restored %s from the trash"), what);

    case CRM_ACT_DESTROY:
    default:
      return g_strdup_printf (_ ("Deleted %s for good"), what);
    }
}

static const CrmChange *
find_change (GPtrArray *changes, gint64 field_id)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmChange *change = g_ptr_array_index (changes, i);

      if (change->field_id == field_id)
        return change;
    }

  return NULL;
}

static char *
describe_merge_for_record (CrmWording *self, const CrmActRow *act, GPtrArray *changes)
{
  const CrmChange *merged = find_change (changes, CRM_CHANGE_FIELD_MERGED_INTO);

  if (merged != NULL && merged->new_text != NULL)
    return g_strdup_printf (_ ("Merged into %s"),
                            crm_wording_get_label (self, act->type_id,
                                                   g_ascii_strtoll (merged->new_text, NULL, 10)));

  return crm_wording_describe_act (self, act);
}

char *
crm_wording_describe_for_record (CrmWording *self, const CrmActRow *act, gint64 record_id)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *text = NULL;
  CrmActRow base;

  if (act->kind == CRM_ACT_UNDO || act->kind == CRM_ACT_REDO)
    {
      text = find_base (self, act, &base) ? crm_wording_describe_for_record (self, &base, record_id)
                                          : g_strdup ("?");
      return describe_undo (act, text);
    }

  changes = crm_wording_load_changes (self, act->id, record_id);
  switch (act->kind)
    {
    case CRM_ACT_MERGE:
      return describe_merge_for_record (self, act, changes);

    case CRM_ACT_TRASH:
      return g_strdup (_ ("Moved to the trash"));

    case CRM_ACT_RESTORE:
      return g_strdup (_ ("Restored from the trash"));

    case CRM_ACT_CREATE:
    case CRM_ACT_EDIT:
    case CRM_ACT_IMPORT:
    case CRM_ACT_DESTROY:
    case CRM_ACT_UNDO:
    case CRM_ACT_REDO:
    case CRM_ACT_TYPE:
    case CRM_ACT_FIELD:
    case CRM_ACT_DEMO:
    default:
      break;
    }

  text = crm_wording_describe_changes (self, changes);
  if (text != NULL)
    return g_steal_pointer (&text);
  if (changes->len > 0)
    return crm_wording_describe_act (self, act);

  /* Without a change of a value it is its creation */
  switch (act->kind)
    {
    case CRM_ACT_IMPORT:
      return g_strdup (_ ("Imported"));

    case CRM_ACT_DEMO:
      return g_strdup (_ ("Added as sample data"));

    default:
      return g_strdup (_ ("Created"));
    }
}
