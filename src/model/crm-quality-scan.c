/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding the records that a check is about: SQL passes over what is surely right, and the rest is looked at
 * one by one, so that a million records take seconds. */

#include "config.h"

#include "crm-quality-private.h"
#include "crm-tables.h"

/* A field that fewer than one record in so many has is hardly used */
#define UNUSED_SHARE 100

typedef struct
{
  const CrmQualityCheck *check;
  const CrmLocale *locale;
  CrmQualityFunc func;
  gpointer data;
} Scan;

/* Repeated values: one row an item */

static char *
make_items_sql (const Scan *self, const CrmField *field)
{
  const CrmField *country = crm_quality_get_country_field (self->check->type);
  const char *where = "";
  GString *sql = g_string_new ("SELECT v.record, v.text");

  /* The international form is what a number is normalised to */
  if (self->check->topic == CRM_QUALITY_PHONE_FORM)
    where = " AND NOT (v.text GLOB '+[0-9]*' AND v.text NOT GLOB '+*[^0-9]*')";
  else if (self->check->topic == CRM_QUALITY_INVALID_PHONE)
    where = " AND (v.key IS NULL OR v.key NOT GLOB '+[0-9]*')";

  if (country != NULL && field->kind == CRM_KIND_PHONES)
    g_string_append_printf (sql,
                            ", (SELECT t." CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                            " AS t WHERE t.id = v.record)",
                            country->id, self->check->type->id);
  else
    g_string_append (sql, ", NULL");
  g_string_append_printf (sql, " FROM " CRM_ITEM_TABLE " AS v WHERE v.live = 1%s ORDER BY v.record",
                          field->id, where);

  return g_string_free (sql, FALSE);
}

static gboolean
is_item_found (const Scan *self, const CrmField *field, const char *text, const char *country)
{
  g_autofree char *mended = NULL;

  if (text == NULL)
    return FALSE;
  if (self->check->topic == CRM_QUALITY_INVALID_PHONE)
    return TRUE;
  if (self->check->topic == CRM_QUALITY_INVALID_EMAIL)
    return crm_quality_is_invalid_email (text);

  mended = crm_quality_mend_text (self->check, field, text, country, self->locale);
  return mended != NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/* With several fields a record may come up in each */
static void
tell_once (const Scan *self, GArray *ids)
{
  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (i == 0 || g_array_index (ids, gint64, i) != g_array_index (ids, gint64, i - 1))
      if (!self->func (g_array_index (ids, gint64, i), self->data))
        return;
}

static gboolean
collect_items (const Scan *self,
               CrmConnection *connection,
               const CrmField *field,
               GArray *ids,
               GError **error)
{
  g_autofree char *sql = make_items_sql (self, field);
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      if (is_item_found (self, field, crm_statement_get_text (statement, 1),
                         crm_statement_get_text (statement, 2)))
        g_array_append_val (ids, id);
    }
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
scan_items (const Scan *self, CrmConnection *connection, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->check->fields->len; i++)
    if (!collect_items (self, connection, g_ptr_array_index (self->check->fields, i), ids, error))
      return FALSE;

  tell_once (self, ids);
  return TRUE;
}

/* Text: one row a record */

static gboolean
is_row_found (const Scan *self, CrmStatement *statement)
{
  GPtrArray *fields = self->check->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const char *text = crm_statement_get_text (statement, (int) i + 1);
      g_autofree char *mended = NULL;

      if (text != NULL)
        mended = crm_quality_mend_text (self->check, g_ptr_array_index (fields, i), text, NULL,
                                        self->locale);
      if (mended != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
run (const Scan *self, CrmConnection *connection, const char *sql, gboolean look, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    if (!look || is_row_found (self, statement))
      if (!self->func (crm_statement_get_int (statement, 0), self->data))
        return TRUE;
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
scan_rows (const Scan *self, CrmConnection *connection, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT id");

  for (guint i = 0; i < self->check->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (self->check->fields, i);

      g_string_append_printf (sql, ", " CRM_VALUE_COLUMN, field->id);
    }
  g_string_append_printf (sql, " FROM " CRM_RECORD_TABLE " WHERE state = 0 ORDER BY id",
                          self->check->type->id);

  return run (self, connection, sql->str, TRUE, error);
}

/* Missing and forgotten: SQL alone */

static gboolean
scan_missing (const Scan *self, CrmConnection *connection, GError **error)
{
  const CrmField *field = g_ptr_array_index (self->check->fields, 0);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql,
                   "SELECT id FROM " CRM_RECORD_TABLE " AS t WHERE state = 0 AND (" CRM_VALUE_COLUMN
                   " IS NULL",
                   self->check->type->id, field->id);
  /* What is in the trash is not seen */
  if (field->target != 0 && !crm_kind_is_repeated (field->kind))
    g_string_append_printf (sql,
                            " OR NOT EXISTS (SELECT 1 FROM " CRM_RECORD_TABLE
                            " AS o WHERE o.id = t." CRM_VALUE_COLUMN " AND o.state = 0)",
                            field->target, field->id);
  g_string_append (sql, ") ORDER BY id");

  return run (self, connection, sql->str, FALSE, error);
}

/* Milliseconds UTC */
static gint64
get_cut (const Scan *self, CrmStore *store)
{
  gint64 now = crm_store_get_now (store);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) cut = g_date_time_add_months (time, -(int) self->check->months);

  return g_date_time_to_unix (cut) * 1000;
}

static gboolean
scan_untouched (const Scan *self, CrmConnection *connection, gint64 cut, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "SELECT id FROM " CRM_RECORD_TABLE " WHERE state = 0",
                   self->check->type->id);
  for (guint i = 0; i < self->check->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (self->check->fields, i);

      g_string_append_printf (sql,
                              " AND (" CRM_VALUE_COLUMN " IS NULL OR " CRM_VALUE_COLUMN
                              " < %" G_GINT64_FORMAT ")",
                              field->id, field->id, cut);
    }
  g_string_append (sql, " ORDER BY id");

  return run (self, connection, sql->str, FALSE, error);
}

/* Fields that nobody fills in */

static gboolean
scan_fields (const Scan *self, CrmConnection *connection, GError **error)
{
  GPtrArray *fields = self->check->fields;
  g_autoptr (GString) sql = g_string_new ("SELECT count (*)");
  g_autoptr (CrmStatement) statement = NULL;
  GError *local_error = NULL;
  gint64 n_records;

  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (sql, ", count (" CRM_VALUE_COLUMN ")",
                            ((const CrmField *) g_ptr_array_index (fields, i))->id);
  g_string_append_printf (sql, " FROM " CRM_RECORD_TABLE " WHERE state = 0", self->check->type->id);
  statement = crm_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  if (!crm_statement_step (statement, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return local_error == NULL;
    }

  n_records = crm_statement_get_int (statement, 0);
  for (guint i = 0; n_records > 0 && i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);
      gint64 n_filled = crm_statement_get_int (statement, (int) i + 1);

      if (n_filled <= (n_records - 1) / UNUSED_SHARE && !self->func (field->id, self->data))
        break;
    }

  return TRUE;
}

gboolean
crm_quality_scan (CrmConnection *connection,
                  CrmStore *store,
                  const CrmQualityCheck *check,
                  CrmQualityFunc func,
                  gpointer data,
                  GError **error)
{
  Scan scan = { check, NULL, func, data };

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (check != NULL && func != NULL, FALSE);

  scan.locale = crm_store_get_locale (store);
  switch (check->topic)
    {
    case CRM_QUALITY_PHONE_FORM:
    case CRM_QUALITY_EMAIL_FORM:
    case CRM_QUALITY_DOMAIN_FORM:
    case CRM_QUALITY_LINK_FORM:
    case CRM_QUALITY_INVALID_PHONE:
    case CRM_QUALITY_INVALID_EMAIL:
      return scan_items (&scan, connection, error);

    case CRM_QUALITY_COUNTRY:
    case CRM_QUALITY_CASE:
    case CRM_QUALITY_SPACES:
      return scan_rows (&scan, connection, error);

    case CRM_QUALITY_MISSING:
      return scan_missing (&scan, connection, error);

    case CRM_QUALITY_UNTOUCHED:
      return scan_untouched (&scan, connection, get_cut (&scan, store), error);

    case CRM_QUALITY_EMPTY_FIELDS:
    default:
      return scan_fields (&scan, connection, error);
    }
}
