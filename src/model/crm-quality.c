/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-quality.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-quality-private.h"
#include "crm-quality-review.h"
#include "crm-record-load-private.h"
#include "crm-schema-private.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

/* How many records are mended between two reports of progress */
#define PROGRESS_STEP 500

/* What a standard type's records should have; of a type of the user's own: what names them, and what is required */
static const struct
{
  const char *type;
  const char *fields[8];
} essentials[] = {
  { "people", { "name", "company", "lead_source", "owner", "phones", "emails", "city" } },
  { "companies", { "name", "domains", "city", "employees", "owner" } },
};

/* Fields that the name of a person is made of, on any type */
static const char *const name_parts[] = { "first_name", "middle_name", "last_name", NULL };

/* When a record was in use last, besides when it was changed */
static const char *const contacts[] = { "last_contacted", "last_activity", NULL };

/* Checks */

static CrmQualityCheck *
check_new (CrmQualityTopic topic, const CrmRecordType *type)
{
  CrmQualityCheck *self = g_atomic_rc_box_new0 (CrmQualityCheck);

  self->topic = topic;
  self->type = type;
  self->fields = g_ptr_array_new ();

  return self;
}

static void
check_clear (gpointer data)
{
  CrmQualityCheck *self = data;

  g_ptr_array_unref (self->fields);
}

CrmQualityCheck *
crm_quality_check_ref (CrmQualityCheck *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
crm_quality_check_unref (CrmQualityCheck *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, check_clear);
}

char *
crm_quality_check_get_title (const CrmQualityCheck *self)
{
  const CrmField *field;

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->topic)
    {
    case CRM_QUALITY_PHONE_FORM:
      return g_strdup (_ ("Phone numbers written in different ways"));

    case CRM_QUALITY_EMAIL_FORM:
      return g_strdup (_ ("E-mail addresses written in different ways"));

    case CRM_QUALITY_DOMAIN_FORM:
      return g_strdup (_ ("Domains written in different ways"));

    case CRM_QUALITY_LINK_FORM:
      return g_strdup (_ ("Links written in different ways"));

    case CRM_QUALITY_COUNTRY:
      return g_strdup (_ ("Countries written in different ways"));

    case CRM_QUALITY_CASE:
      return g_strdup (_ ("Names in capitals, or without any"));

    case CRM_QUALITY_SPACES:
      return g_strdup (_ ("Spaces that are too many"));

    case CRM_QUALITY_INVALID_PHONE:
      return g_strdup (_ ("Phone numbers that cannot be dialled"));

    case CRM_QUALITY_INVALID_EMAIL:
      return g_strdup (_ ("E-mail addresses that are not valid"));

    case CRM_QUALITY_MISSING:
      field = g_ptr_array_index (self->fields, 0);
      /* Translators: the label of a field that has no value */
      return g_strdup_printf (_ ("Missing: %s"), field->label);

    case CRM_QUALITY_UNTOUCHED:
      return g_strdup_printf (ngettext ("Untouched for %u month", "Untouched for %u months",
                                        self->months),
                              self->months);

    case CRM_QUALITY_EMPTY_FIELDS:
    default:
      return g_strdup (_ ("Fields that are empty or hardly used"));
    }
}

gboolean
crm_quality_check_can_mend (const CrmQualityCheck *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->topic <= CRM_QUALITY_SPACES || self->topic == CRM_QUALITY_EMPTY_FIELDS;
}

/* Which checks there are */

static gboolean
is_editable (const CrmField *field)
{
  return (field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) == 0;
}

static gboolean
is_about (CrmQualityTopic topic, const CrmRecordType *type, const CrmField *field)
{
  switch (topic)
    {
    case CRM_QUALITY_PHONE_FORM:
    case CRM_QUALITY_INVALID_PHONE:
      return field->kind == CRM_KIND_PHONES;

    case CRM_QUALITY_EMAIL_FORM:
    case CRM_QUALITY_INVALID_EMAIL:
      return field->kind == CRM_KIND_EMAILS;

    case CRM_QUALITY_DOMAIN_FORM:
      return field->kind == CRM_KIND_DOMAINS;

    case CRM_QUALITY_LINK_FORM:
      return field->kind == CRM_KIND_LINKS;

    case CRM_QUALITY_COUNTRY:
      return field == crm_quality_get_country_field (type);

    case CRM_QUALITY_CASE:
      return field->kind == CRM_KIND_TEXT && g_strv_contains (name_parts, field->name);

    case CRM_QUALITY_SPACES:
      return field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_LONGTEXT;

    case CRM_QUALITY_EMPTY_FIELDS:
      return !crm_schema_is_needed (type, field);

    case CRM_QUALITY_MISSING:
    case CRM_QUALITY_UNTOUCHED:
    default:
      return FALSE;
    }
}

static void
add_check (GPtrArray *checks, CrmQualityTopic topic, const CrmRecordType *type)
{
  g_autoptr (CrmQualityCheck) check = check_new (topic, type);

  for (guint i = 0; i < type->n_fields; i++)
    if (is_editable (type->fields[i]) && is_about (topic, type, type->fields[i]))
      g_ptr_array_add (check->fields, (gpointer) type->fields[i]);
  if (check->fields->len > 0)
    g_ptr_array_add (checks, g_steal_pointer (&check));
}

/* With one member there is nobody else to own anything */
static gboolean
has_team (CrmConnection *connection, const CrmCatalogue *catalogue, gboolean *team, GError **error)
{
  const CrmRecordType *members = crm_catalogue_find_type (catalogue, "members");
  g_autofree char *sql = NULL;
  gint64 n = 0;

  if (members != NULL)
    {
      sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE state = 0",
                             members->id);
      if (!crm_connection_query_int (connection, sql, 0, &n, error))
        return FALSE;
    }
  *team = n > 1;

  return TRUE;
}

static gboolean
is_essential (const CrmRecordType *type, const CrmField *field)
{
  for (guint i = 0; type->standard && i < G_N_ELEMENTS (essentials); i++)
    if (g_str_equal (essentials[i].type, type->name))
      return g_strv_contains (essentials[i].fields, field->name);

  return is_editable (field) && !type->standard &&
         (field == type->label_field || (field->flags & CRM_FIELD_REQUIRED) != 0);
}

static void
add_missing (GPtrArray *checks, const CrmRecordType *type, gboolean team)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      CrmQualityCheck *check;

      if (!is_essential (type, field) || (field->kind == CRM_KIND_MEMBER && !team))
        continue;
      check = check_new (CRM_QUALITY_MISSING, type);
      g_ptr_array_add (check->fields, (gpointer) field);
      g_ptr_array_add (checks, check);
    }
}

/* A note or a call is what happened once, so that nobody touches it again is as it should be */
static void
add_untouched (GPtrArray *checks, const CrmRecordType *type, guint months)
{
  g_autoptr (CrmQualityCheck) check = check_new (CRM_QUALITY_UNTOUCHED, type);
  const CrmField *updated = crm_record_type_find_field (type, "updated_at");

  for (guint i = 0; contacts[i] != NULL; i++)
    {
      const CrmField *field = crm_record_type_find_field (type, contacts[i]);

      if (field != NULL && field->kind == CRM_KIND_DATETIME)
        g_ptr_array_add (check->fields, (gpointer) field);
    }
  if (updated == NULL || (type->standard && check->fields->len == 0))
    return;

  g_ptr_array_insert (check->fields, 0, (gpointer) updated);
  check->months = months;
  g_ptr_array_add (checks, g_steal_pointer (&check));
}

/* Whoever writes codes means codes */
static gboolean
choose_country_form (CrmConnection *connection, CrmQualityCheck *check, GError **error)
{
  const CrmField *field = g_ptr_array_index (check->fields, 0);
  g_autofree char *sql = NULL;
  gint64 balance = 0;

  sql = g_strdup_printf ("SELECT sum (CASE WHEN " CRM_VALUE_COLUMN
                         " GLOB '[A-Z][A-Z]' THEN 1 ELSE -1 END) FROM " CRM_RECORD_TABLE
                         " WHERE state = 0 AND " CRM_VALUE_COLUMN " IS NOT NULL",
                         field->id, check->type->id, field->id);
  if (!crm_connection_query_int (connection, sql, 0, &balance, error))
    return FALSE;
  check->country_codes = balance > 0;

  return TRUE;
}

static gboolean
add_country (GPtrArray *checks,
             CrmConnection *connection,
             const CrmRecordType *type,
             GError **error)
{
  guint n = checks->len;

  add_check (checks, CRM_QUALITY_COUNTRY, type);

  return checks->len == n || choose_country_form (connection, g_ptr_array_index (checks, n), error);
}

typedef struct
{
  const CrmCatalogue *catalogue;
  guint months;
  GPtrArray *checks;
} Listing;

static gboolean
list_checks (CrmConnection *connection, gpointer data, GError **error)
{
  Listing *listing = data;
  GPtrArray *checks = listing->checks;
  gboolean team;

  if (!has_team (connection, listing->catalogue, &team, error))
    return FALSE;

  for (guint i = 0; i < crm_catalogue_get_n_types (listing->catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (listing->catalogue, i);

      add_check (checks, CRM_QUALITY_PHONE_FORM, type);
      add_check (checks, CRM_QUALITY_EMAIL_FORM, type);
      add_check (checks, CRM_QUALITY_DOMAIN_FORM, type);
      add_check (checks, CRM_QUALITY_LINK_FORM, type);
      if (!add_country (checks, connection, type, error))
        return FALSE;
      add_check (checks, CRM_QUALITY_CASE, type);
      add_check (checks, CRM_QUALITY_SPACES, type);
      add_check (checks, CRM_QUALITY_INVALID_PHONE, type);
      add_check (checks, CRM_QUALITY_INVALID_EMAIL, type);
      add_missing (checks, type, team);
      add_untouched (checks, type, listing->months);
      add_check (checks, CRM_QUALITY_EMPTY_FIELDS, type);
    }

  return TRUE;
}

GPtrArray *
crm_quality_list_checks (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) checks = NULL;
  Listing listing;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  checks = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_quality_check_unref);
  listing.catalogue = crm_store_get_catalogue (store);
  listing.months = crm_quality_get_months (store);
  listing.checks = checks;
  if (!crm_database_read (crm_store_get_database (store), list_checks, &listing, cancellable,
                          error))
    return NULL;

  return g_steal_pointer (&checks);
}

/* Finding */

typedef struct
{
  CrmStore *store;
  const CrmQualityCheck *check;
  gint64 count;
  GArray *ids; /* (nullable): where only the count is wanted */
} Finding;

static gboolean
take_found (gint64 id, gpointer data)
{
  Finding *finding = data;

  finding->count++;
  if (finding->ids != NULL)
    g_array_append_val (finding->ids, id);

  return TRUE;
}

static gboolean
find_in_connection (CrmConnection *connection, gpointer data, GError **error)
{
  Finding *finding = data;

  return crm_quality_scan (connection, finding->store, finding->check, take_found, finding, error);
}

gboolean
crm_quality_count (CrmStore *store,
                   const CrmQualityCheck *check,
                   gint64 *count,
                   GCancellable *cancellable,
                   GError **error)
{
  Finding finding = { store, check, 0, NULL };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (check != NULL && count != NULL, FALSE);

  if (!crm_database_read (crm_store_get_database (store), find_in_connection, &finding, cancellable,
                          error))
    return FALSE;
  *count = finding.count;

  return TRUE;
}

GArray *
crm_quality_find (CrmStore *store,
                  const CrmQualityCheck *check,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GArray) ids = NULL;
  Finding finding = { store, check, 0, NULL };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (check != NULL, NULL);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  finding.ids = ids;
  if (!crm_database_read (crm_store_get_database (store), find_in_connection, &finding, cancellable,
                          error))
    return NULL;

  return g_steal_pointer (&ids);
}

/* Mending */

typedef struct
{
  CrmStore *store;
  const CrmQualityCheck *check;
  const gint64 *ids;
  guint n_ids;
  CrmProgressFunc progress;
  gpointer progress_data;
  gint64 n_mended;
  gint64 n_left_out;
} Mending;

/* Whether the record was changed, or left out, is counted; %FALSE where the whole act has to fail */
static gboolean
write_record (Mending *self,
              CrmTransaction *transaction,
              const CrmRecord *record,
              GPtrArray *fields,
              GPtrArray *values,
              GError **error)
{
  gboolean changed = FALSE;
  CrmClash *clash = NULL;
  g_autoptr (GError) local_error = NULL;

  if (crm_transaction_update (transaction, self->check->type, crm_record_get_id (record),
                              (const CrmField *const *) fields->pdata,
                              (CrmValue *const *) values->pdata, fields->len, &changed, &clash,
                              &local_error))
    {
      self->n_mended += changed ? 1 : 0;
      return TRUE;
    }

  if (clash != NULL || g_error_matches (local_error, CRM_ERROR, CRM_ERROR_TAKEN) ||
      g_error_matches (local_error, CRM_ERROR, CRM_ERROR_INVALID_VALUE))
    {
      g_clear_pointer (&clash, crm_clash_free);
      self->n_left_out++;
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
mend_record (Mending *self, CrmTransaction *transaction, const CrmRecord *record, GError **error)
{
  const CrmLocale *locale = crm_store_get_locale (self->store);
  const CrmField *country_field = crm_quality_get_country_field (self->check->type);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = NULL;
  const CrmValue *country = NULL;

  values = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
  if (country_field != NULL)
    country = crm_record_get_value (record, country_field);

  for (guint i = 0; i < self->check->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (self->check->fields, i);
      const CrmValue *value = crm_record_get_value (record, field);
      CrmValue *mended = NULL;

      if (value != NULL)
        mended = crm_quality_mend_value (self->check, field, value,
                                         country != NULL ? crm_value_get_text (country) : NULL,
                                         locale);
      if (mended == NULL)
        continue;
      g_ptr_array_add (fields, (gpointer) field);
      g_ptr_array_add (values, mended);
    }

  return fields->len == 0 || write_record (self, transaction, record, fields, values, error);
}

static gboolean
mend_records (CrmTransaction *transaction, gpointer data, GError **error)
{
  Mending *self = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (CrmRecordLoader) loader = NULL;

  loader = crm_record_loader_new (connection, NULL, self->check->type, NULL, -1, error);
  if (loader == NULL)
    return FALSE;

  for (guint i = 0; i < self->n_ids; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (CrmRecord) record = NULL;

      if (g_cancellable_set_error_if_cancelled (crm_connection_get_cancellable (connection), error))
        return FALSE;
      record = crm_record_loader_load (loader, self->ids[i], &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      /* It may have been deleted since it was found */
      if (record != NULL && crm_record_get_state (record) == CRM_STATE_LIVE &&
          !mend_record (self, transaction, record, error))
        return FALSE;
      if (self->progress != NULL && i % PROGRESS_STEP == 0)
        self->progress ((double) i / self->n_ids, self->progress_data);
    }

  return TRUE;
}

static gboolean
is_wanted (const Mending *self, gint64 id)
{
  for (guint i = 0; i < self->n_ids; i++)
    if (self->ids[i] == id)
      return TRUE;

  return FALSE;
}

static gboolean
remove_fields (CrmTransaction *transaction, gpointer data, GError **error)
{
  Mending *self = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Finding finding = { self->store, self->check, 0, ids };

  /* Somebody may have begun to use one since it was found */
  if (!crm_quality_scan (crm_transaction_get_connection (transaction), self->store, self->check,
                         take_found, &finding, error))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const CrmField *field;

      if (!is_wanted (self, id))
        continue;
      field = crm_catalogue_get_field (crm_transaction_get_catalogue (transaction), id);
      if (field == NULL)
        continue;
      if (!crm_schema_remove_field (transaction, field, error))
        return FALSE;
      self->n_mended++;
    }

  return TRUE;
}

gboolean
crm_quality_mend (CrmStore *store,
                  const CrmQualityCheck *check,
                  const gint64 *ids,
                  guint n_ids,
                  CrmSource source,
                  CrmProgressFunc progress,
                  gpointer progress_data,
                  CrmQualityMended *mended,
                  GCancellable *cancellable,
                  GError **error)
{
  Mending mending = { store, check, ids, n_ids, progress, progress_data, 0, 0 };
  g_auto (CrmWriteResult) written = { 0 };
  gboolean fields;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (check != NULL && crm_quality_check_can_mend (check), FALSE);
  g_return_val_if_fail (ids != NULL || n_ids == 0, FALSE);
  g_return_val_if_fail (mended != NULL, FALSE);

  fields = check->topic == CRM_QUALITY_EMPTY_FIELDS;
  if (!crm_store_write (store, fields ? CRM_ACT_FIELD : CRM_ACT_EDIT, source,
                        fields ? remove_fields : mend_records, &mending, cancellable, &written,
                        error))
    return FALSE;

  mended->act_id = written.act_id;
  mended->n_mended = mending.n_mended;
  mended->n_left_out = mending.n_left_out;
  return TRUE;
}
