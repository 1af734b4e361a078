/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row's company: by a column with its domain, else by its name, else by the
 * domain of a work address, where that resembles the name. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <string.h>

#include "crm-text.h"

/* Shorter pieces of a domain are "co", "com", "cz" */
#define MIN_LABEL 3

/* In a file where each row has a domain of its own, no row says the same as one before. */
#define MAX_REMEMBERED 65536

static const CrmRecordType *
get_companies (CrmImportWriter *self)
{
  return crm_catalogue_get_type (self->layout->catalogue, self->layout->company->target);
}

static const CrmField *
get_domains (CrmImportWriter *self)
{
  return crm_record_type_find_field (get_companies (self), "domains");
}

gboolean
crm_import_has_company (const CrmImportRow *row)
{
  return row->company_name != NULL || row->company_domain != NULL;
}

static char *
squash (const char *name)
{
  char *squashed = g_strdup (name);
  char *to = squashed;
  const char *from;

  for (from = name; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';

  return squashed;
}

/* "firm5.example.com" resembles "firm 5 partners" */
static gboolean
resembles (const char *domain, const char *normal_name)
{
  g_autofree char *squashed = squash (normal_name);
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint i;

  for (i = 0; labels[i] != NULL && labels[i + 1] != NULL; i++)
    {
      g_autofree char *bare = NULL;
      g_auto (GStrv) parts = g_strsplit (labels[i], "-", -1);

      bare = g_strjoinv ("", parts);
      if (strlen (bare) >= MIN_LABEL && strstr (squashed, bare) != NULL)
        return TRUE;
      if (strlen (squashed) >= MIN_LABEL && g_str_has_prefix (bare, squashed))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_word_prefix (const char *shorter, const char *longer)
{
  gsize size = strlen (shorter);

  return size > 0 && strncmp (shorter, longer, size) == 0 &&
         (longer[size] == '\0' || longer[size] == ' ');
}

/* Whether the company @id, found by @domain, may be what the row calls @name */
static gboolean
is_similar (CrmImportWriter *self,
            gint64 id,
            const char *name,
            const char *domain,
            gboolean *similar,
            GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *other = NULL;

  *similar = FALSE;
  record = crm_transaction_peek (self->transaction, get_companies (self), id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;

  other = crm_text_normalise_company (crm_record_get_label (record));
  *similar = is_word_prefix (name, other) || is_word_prefix (other, name) ||
             resembles (domain, name);

  return TRUE;
}

static gboolean
find_by_domain (CrmImportWriter *self, const char *domain, gint64 *id, GError **error)
{
  CrmImportIndex *index = crm_import_writer_get_index (self, get_companies (self), error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (index == NULL || !crm_import_index_find (index, get_domains (self), domain, ids, error))
    return FALSE;

  *id = ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;

  return TRUE;
}

/* Of several companies of that name one that a hint points to, else the oldest */
static gboolean
find_by_name (CrmImportWriter *self, const CrmImportRow *row, gint64 *id, GError **error)
{
  CrmImportIndex *index = crm_import_writer_get_index (self, get_companies (self), error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i, j;

  if (index == NULL || !crm_import_index_find_name (index, row->company_normal, -1, ids, error))
    return FALSE;

  *id = ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
  for (i = 0; ids->len > 1 && row->company_hints != NULL && i < row->company_hints->len; i++)
    {
      gint64 hinted;

      if (!find_by_domain (self, g_ptr_array_index (row->company_hints, i), &hinted, error))
        return FALSE;
      for (j = 0; j < ids->len; j++)
        if (hinted != 0 && g_array_index (ids, gint64, j) == hinted)
          {
            *id = hinted;
            return TRUE;
          }
    }

  return TRUE;
}

static gboolean
find_by_hint (CrmImportWriter *self, const CrmImportRow *row, gint64 *id, GError **error)
{
  guint i;

  for (i = 0; row->company_hints != NULL && i < row->company_hints->len; i++)
    {
      const char *domain = g_ptr_array_index (row->company_hints, i);
      gboolean similar = TRUE;

      if (!find_by_domain (self, domain, id, error))
        return FALSE;
      if (*id != 0 && row->company_normal != NULL &&
          !is_similar (self, *id, row->company_normal, domain, &similar, error))
        return FALSE;
      if (*id != 0 && similar)
        return TRUE;
    }

  *id = 0;

  return TRUE;
}

static gboolean
find (CrmImportWriter *self, const CrmImportRow *row, gint64 *id, GError **error)
{
  gint64 type_id;

  if (row->company_ref != NULL &&
      !crm_import_find_identified (self, self->layout->company, row->company_ref, id, &type_id,
                                   error))
    return FALSE;
  if (*id != 0)
    return TRUE;

  if (row->company_domain != NULL && !find_by_domain (self, row->company_domain, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;

  if (row->company_name != NULL)
    {
      if (!find_by_name (self, row, id, error) ||
          !crm_import_drop_other (self, get_companies (self), row->company_ref, id, error))
        return FALSE;
      if (*id != 0)
        return TRUE;
    }

  /* A domain that was named and is not known is a company of its own. */
  if (row->company_domain != NULL)
    return TRUE;

  return find_by_hint (self, row, id, error);
}

/* Only saves looking: a company that was forgotten is found again by what it was found or made by */
static void
remember (CrmImportWriter *self, const CrmImportRow *row, gint64 id)
{
  if (crm_key_table_get_count (self->companies) >= MAX_REMEMBERED)
    crm_key_table_clear (self->companies);
  crm_key_table_add (self->companies, row->company_hash, id);
}

gboolean
crm_import_find_company (CrmImportWriter *self, const CrmImportRow *row, gint64 *id, GError **error)
{
  *id = 0;
  if (self->layout->company == NULL ||
      (!crm_import_has_company (row) && row->company_hints == NULL))
    return TRUE;

  *id = crm_key_table_get (self->companies, row->company_hash);
  if (*id != 0)
    return TRUE;

  if (!find (self, row, id, error))
    return FALSE;
  if (*id != 0)
    remember (self, row, *id);

  return TRUE;
}

gboolean
crm_import_choose_domain (CrmImportWriter *self,
                          const CrmImportRow *row,
                          const char **domain,
                          GError **error)
{
  guint i;

  *domain = row->company_domain;
  if (*domain != NULL || row->company_name == NULL)
    return TRUE;

  for (i = 0; row->company_hints != NULL && i < row->company_hints->len; i++)
    {
      const char *hint = g_ptr_array_index (row->company_hints, i);
      gint64 holder;

      if (!resembles (hint, row->company_normal))
        continue;
      if (!find_by_domain (self, hint, &holder, error))
        return FALSE;
      if (holder == 0)
        {
          *domain = hint;
          return TRUE;
        }
    }

  return TRUE;
}

gboolean
crm_import_create_company (CrmImportWriter *self,
                           const CrmImportRow *row,
                           gint64 *id,
                           GError **error)
{
  const CrmRecordType *type;
  const CrmField *fields[3];
  g_autoptr (CrmValue) name = NULL;
  g_autoptr (CrmValue) domains = NULL;
  g_autoptr (CrmValue) external_id = NULL;
  CrmValue *values[3];
  const char *domain = NULL;
  CrmImportIndex *index;
  guint n_values = 1;

  *id = 0;
  if (self->layout->company == NULL || !crm_import_has_company (row))
    return TRUE;

  type = get_companies (self);
  index = crm_import_writer_get_index (self, type, error);
  if (index == NULL || !crm_import_choose_domain (self, row, &domain, error))
    return FALSE;

  name = crm_value_new_text (row->company_name != NULL ? row->company_name : domain);
  fields[0] = type->label_field;
  values[0] = name;
  if (domain != NULL)
    {
      g_autofree char *key = NULL;
      g_autofree char *shown = crm_domain_normalise (domain, &key, NULL);

      domains = crm_value_new_item (shown != NULL ? shown : domain, NULL, domain, 0, 0);
      fields[n_values] = get_domains (self);
      values[n_values++] = domains;
    }

  if (row->company_ref != NULL)
    {
      external_id = crm_value_new_text (row->company_ref);
      fields[n_values] = crm_record_type_find_field (type, "external_id");
      values[n_values++] = external_id;
    }

  if (!crm_transaction_create (self->transaction, type, fields, values, n_values, id, NULL, error))
    return FALSE;

  self->n_companies_created++;
  if (row->company_ref != NULL)
    crm_import_index_add (index, fields[n_values - 1], row->company_ref, *id);
  crm_import_report_count_related (self->report, type->id);
  if (self->first_created == 0)
    self->first_created = *id;
  if (domain != NULL)
    crm_import_index_add (index, get_domains (self), domain, *id);
  {
    g_autofree char *normal = crm_text_normalise_company (crm_value_get_text (name));

    crm_import_index_add_name (index, normal, 0, *id);
  }
  remember (self, row, *id);

  return TRUE;
}
