/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How single changes are worded: "Stage: Meeting → Proposal". */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-history-private.h"

/* Longer values are cut: a line is to be read at a glance */
#define MAX_CHARACTERS 60

/* More changes than this are counted, not listed */
#define MAX_CHANGES 3

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

CrmValue *
crm_wording_decode (CrmWording *self, const CrmField *field, const char *text)
{
  GError *error = NULL;
  CrmValue *value = text != NULL ? crm_value_decode (field, text) : NULL;

  value = crm_history_label_value (self->connection, self->catalogue, field, value, &error);
  if (error != NULL)
    crm_wording_keep_error (self, error);

  return value;
}

char *
crm_wording_display (CrmWording *self, const CrmField *field, const CrmValue *value)
{
  return value != NULL ? crm_value_to_display (field, value, crm_store_get_locale (self->store))
                       : NULL;
}

static char *
display (CrmWording *self, const CrmField *field, const CrmValue *value)
{
  g_autofree char *text = crm_wording_display (self, field, value);

  return shorten (text != NULL ? text : "");
}

/* The items of @value that @other has not; %NULL for none */
static CrmValue *
subtract (const CrmValue *value, const CrmValue *other)
{
  GArray *items = crm_item_array_new ();

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (!crm_value_has_item (other, item))
        crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }

  return crm_value_new_items_take (items);
}

char *
crm_wording_describe_values (CrmWording *self,
                             const CrmField *field,
                             const CrmValue *old_value,
                             const CrmValue *new_value)
{
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

static char *
describe_change (CrmWording *self, const CrmField *field, const CrmChange *change)
{
  g_autoptr (CrmValue) old_value = crm_wording_decode (self, field, change->old_text);
  g_autoptr (CrmValue) new_value = crm_wording_decode (self, field, change->new_text);

  return crm_wording_describe_values (self, field, old_value, new_value);
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
      const CrmField *field = crm_wording_get_field (self, change->field_id);
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

static GPtrArray *
load_changes (CrmWording *self, const char *sql, gint64 id, gint64 record_id)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_change_free);
  g_autoptr (CrmStatement) statement = crm_wording_prepare (self, sql);

  if (statement == NULL)
    return changes;

  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_int (statement, 2, record_id);
  while (crm_wording_step (self, statement))
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

GPtrArray *
crm_wording_load_changes (CrmWording *self, gint64 act_id, gint64 record_id)
{
  return load_changes (self,
                       "SELECT field_id, old, new FROM change WHERE record_id = ?2 AND set_id IN"
                       " (SELECT id FROM change_set WHERE act_id = ?1)"
                       " ORDER BY field_id, set_id",
                       act_id, record_id);
}
