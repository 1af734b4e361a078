/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was found, in words for a line. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-quality-private.h"
#include "crm-tables.h"
#include "crm-text.h"

void
crm_quality_finding_free (CrmQualityFinding *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_free (self->now);
  g_free (self->after);
  g_free (self);
}

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
}

/* Spaces cannot be seen, least of all those at the end. (transfer full) */
static char *
make_visible (const char *text)
{
  GString *visible = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (visible, g_unichar_isspace (c) ? 0x2423 : c);
    }

  return g_string_free (visible, FALSE);
}

static void
append_text (const CrmQualityCheck *check,
             const char *text,
             const char *mended,
             GString *now,
             GString *after)
{
  g_autofree char *visible = check->topic == CRM_QUALITY_SPACES ? make_visible (text) : NULL;
  g_autofree char *phone = check->topic == CRM_QUALITY_PHONE_FORM ? crm_phone_format (mended)
                                                                  : NULL;

  append_part (now, visible != NULL ? visible : text);
  append_part (after, phone != NULL ? phone : mended);
}

/* The parts of @value that would be different */
static void
append_changes (const CrmQualityCheck *check,
                const CrmField *field,
                const CrmValue *value,
                const char *country,
                const CrmLocale *locale,
                GString *now,
                GString *after)
{
  gboolean items = crm_field_get_items (field) == CRM_ITEMS_TEXT;
  guint n = items ? crm_value_get_n_items (value) : 1;

  for (guint i = 0; i < n; i++)
    {
      const char *text = items ? crm_value_get_item (value, i)->text : crm_value_get_text (value);
      g_autofree char *mended = crm_quality_mend_text (check, field, text, country, locale);

      if (mended != NULL)
        append_text (check, text, mended, now, after);
    }
}

static void
append_invalid (const CrmQualityCheck *check, const CrmValue *value, GString *now)
{
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      gboolean invalid;

      if (check->topic == CRM_QUALITY_INVALID_EMAIL)
        invalid = crm_quality_is_invalid_email (item->text);
      else
        invalid = item->key == NULL || *item->key != '+';
      if (invalid)
        append_part (now, item->text);
    }
}

/* When it was in use last */
static void
append_last (const CrmQualityCheck *check,
             const CrmRecord *record,
             const CrmLocale *locale,
             GString *now)
{
  gint64 last = 0;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < check->fields->len; i++)
    {
      const CrmValue *value = crm_record_get_value (record, g_ptr_array_index (check->fields, i));

      if (value != NULL)
        last = MAX (last, crm_value_get_integer (value));
    }
  if (last == 0)
    return;

  when = crm_moment_format (last, locale->zone);
  /* Translators: a date with a time */
  text = g_strdup_printf (_ ("Last touched %s"), when);
  append_part (now, text);
}

static CrmQualityFinding *
make_finding (const CrmQualityCheck *check, const CrmRecord *record, const CrmLocale *locale)
{
  const CrmField *country_field = crm_quality_get_country_field (check->type);
  const CrmValue *country = country_field != NULL ? crm_record_get_value (record, country_field)
                                                  : NULL;
  CrmQualityFinding *finding = g_new0 (CrmQualityFinding, 1);
  GString *now = g_string_new (NULL);
  GString *after = g_string_new (NULL);

  for (guint i = 0; i < check->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (check->fields, i);
      const CrmValue *value = crm_record_get_value (record, field);

      if (value == NULL)
        continue;
      if (crm_quality_check_can_mend (check))
        append_changes (check, field, value, country != NULL ? crm_value_get_text (country) : NULL,
                        locale, now, after);
      else if (check->topic == CRM_QUALITY_INVALID_EMAIL ||
               check->topic == CRM_QUALITY_INVALID_PHONE)
        append_invalid (check, value, now);
    }
  if (check->topic == CRM_QUALITY_UNTOUCHED)
    append_last (check, record, locale, now);

  finding->id = crm_record_get_id (record);
  finding->label = g_strdup (crm_record_get_label (record));
  finding->now = g_string_free (now, FALSE);
  finding->after = g_string_free (after, FALSE);
  if (*finding->after == '\0')
    g_clear_pointer (&finding->after, g_free);

  return finding;
}

/* Fields */

typedef struct
{
  const CrmQualityCheck *check;
  const gint64 *ids;
  guint n_ids;
  GPtrArray *findings;
} Fields;

static const CrmField *
find_field (const CrmQualityCheck *check, gint64 id)
{
  for (guint i = 0; i < check->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (check->fields, i);

      if (field->id == id)
        return field;
    }

  return NULL;
}

static gboolean
load_fields (CrmConnection *connection, gpointer data, GError **error)
{
  Fields *self = data;

  for (guint i = 0; i < self->n_ids; i++)
    {
      const CrmField *field = find_field (self->check, self->ids[i]);
      g_autofree char *sql = NULL;
      CrmQualityFinding *finding;
      gint64 n;

      if (field == NULL)
        continue;
      sql = g_strdup_printf ("SELECT count (" CRM_VALUE_COLUMN ") FROM " CRM_RECORD_TABLE
                             " WHERE state = 0",
                             field->id, self->check->type->id);
      if (!crm_connection_query_int (connection, sql, 0, &n, error))
        return FALSE;
      finding = g_new0 (CrmQualityFinding, 1);
      finding->id = field->id;
      finding->label = g_strdup (field->label);
      finding->now = n == 0 ? g_strdup (_ ("Empty everywhere"))
                            : g_strdup_printf (ngettext ("Used once", "Used %u times", (guint) n),
                                               (guint) n);
      g_ptr_array_add (self->findings, finding);
    }

  return TRUE;
}

GPtrArray *
crm_quality_load (CrmStore *store,
                  const CrmQualityCheck *check,
                  const gint64 *ids,
                  guint n_ids,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (check != NULL, NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  findings = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_quality_finding_free);
  if (check->topic == CRM_QUALITY_EMPTY_FIELDS)
    {
      Fields fields = { check, ids, n_ids, findings };

      if (!crm_database_read (crm_store_get_database (store), load_fields, &fields, cancellable,
                              error))
        return NULL;
      return g_steal_pointer (&findings);
    }

  records = crm_store_get_records (store, check->type, ids, n_ids, NULL, -1, cancellable, error);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      const CrmRecord *record = g_ptr_array_index (records, i);

      if (crm_record_get_state (record) == CRM_STATE_LIVE)
        g_ptr_array_add (findings, make_finding (check, record, crm_store_get_locale (store)));
    }

  return g_steal_pointer (&findings);
}
