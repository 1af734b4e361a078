/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The records beside a row's own: its company with all that the row says of it, its contact, its deal. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-text.h"

/* Starting and ending */

gboolean
crm_import_related_init (CrmImportWriter *self, GError **error)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  self->related = g_new0 (CrmImportWriter, layout->n_related + 1);
  for (i = 0; i < layout->n_related; i++)
    {
      CrmImportWriter *related = &self->related[i];

      related->plan = self->plan;
      related->owner = self;
      related->transaction = self->transaction;
      related->connection = self->connection;
      related->dry_run = self->dry_run;
      related->layout = layout->related[i].layout;
      related->indexes = self->indexes;
      related->options = self->options;
      related->companies = self->companies;
      related->noted = self->noted;
      related->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      related->touched = crm_id_set_new ();
      related->report = crm_import_report_new ();
      crm_import_update_init (related);
      related->index = crm_import_writer_get_index (related, related->layout->type, error);
      if (related->index == NULL)
        return FALSE;
    }

  return TRUE;
}

void
crm_import_related_clear (CrmImportWriter *self)
{
  guint i;

  for (i = 0; self->related != NULL && i < self->layout->n_related; i++)
    {
      CrmImportWriter *related = &self->related[i];

      g_clear_pointer (&related->ids, g_array_unref);
      g_clear_pointer (&related->touched, crm_id_set_free);
      g_clear_pointer (&related->report, crm_import_report_free);
      g_clear_pointer (&related->deferred, g_ptr_array_unref);
      g_clear_pointer (&related->pending, g_hash_table_unref);
      g_clear_pointer (&related->pending_order, g_ptr_array_unref);
    }
  g_clear_pointer (&self->related, g_free);
}

/* The rows are written; what could not be done beside them is a warning. */
static void
report_related (CrmImportWriter *self, CrmImportWriter *related)
{
  CrmImportReport *report = related->report;
  guint i;

  for (i = 0; i < report->related->len; i++)
    {
      const CrmImportRelated *made = &g_array_index (report->related, CrmImportRelated, i);

      crm_import_report_add_related (self->report, made->type_id, made->created, 0);
    }
  crm_import_report_add_related (self->report, related->layout->type->id, 0,
                                 (gint64) related->n_records_updated);

  g_ptr_array_set_free_func (report->problems, NULL);
  for (i = 0; i < report->problems->len; i++)
    {
      CrmProblem *problem = g_ptr_array_index (report->problems, i);

      problem->severity = CRM_SEVERITY_WARNING;
      crm_import_report_add (self->report, problem);
    }
}

gboolean
crm_import_related_flush (CrmImportWriter *self, GError **error)
{
  guint i;

  for (i = 0; i < self->layout->n_related; i++)
    {
      CrmImportWriter *related = &self->related[i];

      if (!crm_import_update_flush (related, error) || !crm_import_deferred_flush (related, error))
        return FALSE;
      report_related (self, related);
    }

  return TRUE;
}

/* Problems */

/* (transfer full) @message */
static void
add_problem (CrmImportRow *row, const CrmImportWriter *related, CrmSeverity severity, char *message)
{
  crm_import_row_add_problem (row, related->layout, -1, NULL, severity, message);
  g_free (message);
}

/* The row itself is written, and stays */
static void
take_as_warnings (CrmImportRow *row, CrmImportRow *related)
{
  guint i;

  for (i = 0; related->problems != NULL && i < related->problems->len; i++)
    ((CrmProblem *) g_ptr_array_index (related->problems, i))->severity = CRM_SEVERITY_WARNING;
  related->rejected = FALSE;
  crm_import_row_take_problems (row, related);
}

/* What a related record is called in messages: as the relation to it, or its type */
static const char *
get_label (const CrmImportWriter *related)
{
  return related->layout->is_reverse ? related->layout->type->label
                                     : related->layout->relation->label;
}

/* Finding */

static gboolean
has_any_key (CrmImportWriter *self, const CrmImportRow *row)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  for (i = 0; i < layout->n_keys; i++)
    if (crm_import_get_value (self, row, layout->keys[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* Whether the row says which record it is */
static gboolean
is_identified (CrmImportWriter *self, const CrmImportRow *row)
{
  return (row->name != NULL && *row->name != '\0') ||
         crm_import_get_external_id (self, row) != NULL || has_any_key (self, row);
}

/* @matches: whether it can be the one that the row means */
static gboolean
compare_candidate (CrmImportWriter *self,
                   const CrmImportRow *row,
                   gint64 candidate,
                   gint64 owner,
                   gint64 company_id,
                   gboolean *matches,
                   GError **error)
{
  const CrmImportLayout *layout = self->layout;
  const char *external_id = crm_import_get_external_id (self, row);
  g_autoptr (CrmRecord) record = NULL;
  const CrmValue *value;

  *matches = FALSE;
  if (!crm_import_writer_load (self, candidate, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;

  value = layout->external_id != NULL ? crm_record_get_value (record, layout->external_id) : NULL;
  if (external_id != NULL && value != NULL && strcmp (crm_value_get_text (value), external_id) != 0)
    return TRUE;

  value = layout->company != NULL ? crm_record_get_value (record, layout->company) : NULL;
  if (!layout->is_reverse)
    {
      *matches = company_id <= 0 || value == NULL || crm_value_get_integer (value) == company_id;
      return TRUE;
    }

  *matches = company_id > 0 && value != NULL && crm_value_get_integer (value) == company_id;
  value = crm_record_get_value (record, layout->relation);
  if (owner != 0 && value != NULL)
    {
      g_autoptr (CrmValue) link = crm_value_new_item (NULL, NULL, NULL, owner,
                                                      layout->relation->target);

      *matches = *matches || (crm_kind_is_repeated (layout->relation->kind)
                                  ? crm_value_has_item (value, crm_value_get_item (link, 0))
                                  : crm_value_get_integer (value) == owner);
    }

  return TRUE;
}

/* The only record of that name among those that the row's record, or its company, has; of records that
 * rows lead to among all that may be meant */
static gboolean
find_by_name (CrmImportWriter *self,
              const CrmImportRow *row,
              gint64 owner,
              gint64 company_id,
              gint64 *id,
              GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_found = 0;
  guint i;

  if (row->name == NULL || *row->name == '\0' || has_any_key (self, row))
    return TRUE;
  if (!crm_import_index_find_name (self->index, row->name, -1, ids, error))
    return FALSE;

  for (i = 0; i < ids->len; i++)
    {
      gint64 candidate = g_array_index (ids, gint64, i);
      gboolean matches;

      if (!compare_candidate (self, row, candidate, owner, company_id, &matches, error))
        return FALSE;
      if (matches && n_found++ == 0)
        *id = candidate;
    }
  if (n_found > 1)
    *id = 0;

  return TRUE;
}

static void
warn_of_nobody (CrmImportRow *row, const CrmImportWriter *related)
{
  add_problem (row, related, CRM_SEVERITY_WARNING,
               g_strdup_printf (_ ("Nothing in the row says which “%s” is meant; its other values "
                                   "were left out."),
                                get_label (related)));
}

/* What is done where there is none, or one in the trash */
static gboolean
settle_missing (CrmImportWriter *self, CrmImportRow *row, gint64 trashed, GError **error)
{
  if (trashed != 0 && self->plan->trashed == CRM_IMPORT_TRASHED_RESTORE)
    {
      row->matched = trashed;
      return crm_import_restore (self, row, trashed, error);
    }

  if (trashed != 0 && self->plan->trashed == CRM_IMPORT_TRASHED_SKIP)
    {
      row->excluded = TRUE;
      add_problem (row, self, CRM_SEVERITY_WARNING,
                   g_strdup_printf (_ ("“%s” is in the trash and was left out."),
                                    get_label (self)));
      return TRUE;
    }

  switch (self->plan->missing)
    {
    case CRM_IMPORT_MISSING_LEAVE:
      row->excluded = TRUE;
      add_problem (row, self, CRM_SEVERITY_WARNING,
                   g_strdup_printf (_ ("There is no such record for “%s”; it was left out."),
                                    get_label (self)));
      break;
    case CRM_IMPORT_MISSING_REFUSE:
      add_problem (row, self, CRM_SEVERITY_REJECTED,
                   g_strdup_printf (_ ("There is no such record for “%s”; make it first, or let "
                                       "the import make what is missing."),
                                    get_label (self)));
      break;
    case CRM_IMPORT_MISSING_CREATE:
    default:
      if (trashed != 0)
        crm_import_row_add_problem (row, self->layout, -1, NULL, CRM_SEVERITY_WARNING,
                                    _ ("A record like this one is in the trash; a new one was "
                                       "made."));
      break;
    }

  return TRUE;
}

/* @company_id: what tells equal names apart, -1 where that is not there yet */
static gboolean
find_related (CrmImportWriter *self,
              CrmImportRow *row,
              gint64 owner,
              gint64 company_id,
              GError **error)
{
  gint64 id = 0;
  gint64 trashed = 0;

  if (row->is_blank)
    {
      row->excluded = TRUE;
      return TRUE;
    }
  if (!is_identified (self, row))
    {
      row->excluded = TRUE;
      warn_of_nobody (row, self);
      return TRUE;
    }

  if (!crm_import_resolve_texts (self, row, FALSE, error) ||
      !crm_import_match (self, row, company_id, &id, &trashed, error) ||
      (id == 0 && !find_by_name (self, row, owner, company_id, &id, error)))
    return FALSE;

  row->matched = id;
  if (id == 0 && !row->rejected && !settle_missing (self, row, trashed, error))
    return FALSE;

  return TRUE;
}

/* The company of the row */

static CrmImportWriter *
get_company_writer (CrmImportWriter *self, const CrmImportRow *row, CrmImportRow **related)
{
  guint i;

  for (i = 0; i < self->layout->n_related; i++)
    if (self->layout->related[i].is_company)
      {
        *related = &row->related[i];
        return &self->related[i];
      }

  return NULL;
}

gboolean
crm_import_related_has_company (CrmImportWriter *self, const CrmImportRow *row)
{
  CrmImportRow *company;
  CrmImportWriter *writer = get_company_writer (self, row, &company);

  return writer != NULL && !company->is_blank && is_identified (writer, company);
}

gboolean
crm_import_related_find_company (CrmImportWriter *self,
                                 CrmImportRow *row,
                                 gint64 *id,
                                 GError **error)
{
  CrmImportRow *company;
  CrmImportWriter *writer = get_company_writer (self, row, &company);
  gint64 trashed = 0;

  if (writer == NULL || company->is_blank || !is_identified (writer, company))
    return TRUE;
  if (!crm_import_resolve_texts (writer, company, FALSE, error) ||
      !crm_import_match (writer, company, 0, id, &trashed, error))
    return FALSE;
  crm_import_row_take_problems (row, company);

  return TRUE;
}

gboolean
crm_import_related_complete_company (CrmImportWriter *self,
                                     CrmImportWriter *writer,
                                     const CrmImportRow *row,
                                     CrmImportRow *company,
                                     GError **error)
{
  const CrmRecordType *type = writer->layout->type;
  const CrmField *domains = crm_record_type_find_field (type, "domains");
  const char *name = row->company_name != NULL ? row->company_name : row->company_domain;
  const char *domain = NULL;

  if (!crm_import_choose_domain (self, row, &domain, error))
    return FALSE;

  if (crm_import_get_value (writer, company, type->label_field) == NULL && name != NULL)
    {
      crm_import_set_value (writer, company, type->label_field, crm_value_new_text (name));
      g_free (company->name);
      company->name = crm_text_normalise_company (name);
    }
  if (domains != NULL && crm_import_get_value (writer, company, domains) == NULL && domain != NULL)
    {
      g_autofree char *key = NULL;
      g_autofree char *shown = crm_domain_normalise (domain, &key, NULL);

      crm_import_set_value (writer, company, domains,
                            crm_value_new_item (shown != NULL ? shown : domain, NULL, domain, 0,
                                                0));
    }
  if (company->record_id == NULL)
    company->record_id = g_strdup (row->company_ref);

  return TRUE;
}

/* A new record, by which it is found from now on; @id: 0 where it had to be refused */
static gboolean
create_related (CrmImportWriter *self,
                CrmImportRow *row,
                gint64 company_id,
                gint64 *id,
                GError **error)
{
  *id = 0;
  crm_import_set_external_id (self, row, 0);
  if (!crm_import_resolve_texts (self, row, TRUE, error))
    return FALSE;
  if (row->rejected)
    return TRUE;
  if (!crm_import_create_record (self, row, id, error))
    return FALSE;
  if (*id == 0)
    return TRUE;

  crm_import_report_count_related (self->report, self->layout->type->id);
  crm_import_index_row (self, row, company_id, *id);
  crm_import_defer (self, row, *id);
  row->matched = *id;
  row->effect = CRM_IMPORT_EFFECT_NEW;

  return TRUE;
}

gboolean
crm_import_related_create_company (CrmImportWriter *self,
                                   CrmImportRow *row,
                                   gint64 *id,
                                   GError **error)
{
  CrmImportRow *company;
  CrmImportWriter *writer = get_company_writer (self, row, &company);

  if (writer == NULL)
    return crm_import_create_company (self, row, id, error);

  if (!crm_import_related_complete_company (self, writer, row, company, error) ||
      !create_related (writer, company, 0, id, error))
    return FALSE;
  crm_import_row_take_problems (row, company);
  if (*id != 0)
    self->n_companies_created++;

  return TRUE;
}

/* What a work address tells of the company is not said of the others, for it may tell another one next time */
static gint64
get_named_company (CrmImportWriter *self, const CrmImportRow *row, gint64 company_id)
{
  return crm_import_has_company (row) || crm_import_related_has_company (self, row) ? company_id
                                                                                    : 0;
}

/* Before the row's record */

gboolean
crm_import_related_find_forward (CrmImportWriter *self,
                                 CrmImportRow *row,
                                 gint64 company_id,
                                 GError **error)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  row->leads_to_new = FALSE;
  for (i = 0; i < layout->n_related && !row->rejected; i++)
    {
      const CrmImportRelatedLayout *way = &layout->related[i];
      CrmImportRow *related = &row->related[i];

      if (way->is_reverse || way->is_company)
        continue;
      if (!find_related (&self->related[i], related, 0, get_named_company (self, row, company_id),
                         error))
        return FALSE;
      crm_import_row_take_problems (row, related);
      if (related->excluded || row->rejected)
        continue;
      if (related->matched != 0)
        crm_import_add_item (self, row, (guint) layout->slot_of_field[way->relation->index],
                             related->matched, way->layout->type->id);
      else
        row->leads_to_new = TRUE;
    }

  return TRUE;
}

/* The row's company is that of its contact, too */
static void
set_company (CrmImportWriter *self, CrmImportRow *row, gint64 company_id)
{
  const CrmField *company = self->layout->company;

  if (company != NULL && company_id > 0 && crm_import_get_value (self, row, company) == NULL)
    crm_import_set_value (self, row, company,
                          crm_value_new_item (NULL, NULL, NULL, company_id, company->target));
}

gboolean
crm_import_related_create_forward (CrmImportWriter *self,
                                   CrmImportRow *row,
                                   gint64 company_id,
                                   GError **error)
{
  const CrmImportLayout *layout = self->layout;
  guint i;

  company_id = get_named_company (self, row, company_id);
  for (i = 0; i < layout->n_related && !row->rejected; i++)
    {
      const CrmImportRelatedLayout *way = &layout->related[i];
      CrmImportRow *related = &row->related[i];
      gint64 id;

      if (way->is_reverse || way->is_company || related->excluded || related->matched != 0)
        continue;
      set_company (&self->related[i], related, company_id);
      if (!create_related (&self->related[i], related, company_id, &id, error))
        return FALSE;
      crm_import_row_take_problems (row, related);
      if (id != 0)
        crm_import_add_item (self, row, (guint) layout->slot_of_field[way->relation->index], id,
                             way->layout->type->id);
    }

  return TRUE;
}

/* Behind the row's record */

static void
set_owner (CrmImportWriter *self, CrmImportRow *row, gint64 owner)
{
  const CrmField *relation = self->layout->relation;

  if (owner != 0)
    crm_import_add_item (self, row, (guint) self->layout->slot_of_field[relation->index], owner,
                         relation->target);
}

/* The company by which equal names are told apart; -1 for one that is not there yet */
static gint64
get_company_of_reverse (const CrmImportLayout *layout, gint64 owner, gint64 company_id)
{
  if (layout->company == layout->relation)
    return owner != 0 ? owner : -1;
  if (company_id != 0)
    return company_id;

  return owner != 0 ? 0 : -1;
}

gboolean
crm_import_related_find_reverse (CrmImportWriter *self,
                                 CrmImportRow *row,
                                 gint64 id,
                                 gint64 company_id,
                                 GError **error)
{
  guint i;

  company_id = get_named_company (self, row, company_id);
  for (i = 0; i < self->layout->n_related && !row->rejected; i++)
    {
      CrmImportWriter *writer = &self->related[i];
      CrmImportRow *related = &row->related[i];
      gint64 company;

      if (!writer->layout->is_reverse)
        continue;

      company = get_company_of_reverse (writer->layout, id, company_id);
      if (!related->is_blank)
        {
          set_owner (writer, related, id);
          set_company (writer, related, company);
        }
      if (!find_related (writer, related, id, company, error))
        return FALSE;
      if (!related->excluded && !related->rejected &&
          !crm_import_check_unique (writer, related, related->matched, error))
        return FALSE;
      crm_import_row_take_problems (row, related);
    }

  return TRUE;
}

/* The relation to the row's record stays as it is where it leads to another one already. */
static void
keep_owner (CrmImportWriter *self, CrmImportRow *row, const CrmRecord *record)
{
  const CrmField *relation = self->layout->relation;
  guint slot = (guint) self->layout->slot_of_field[relation->index];
  const CrmValue *old = crm_record_get_value (record, relation);

  if (old == NULL || row->values[slot] == NULL || crm_kind_is_repeated (relation->kind) ||
      crm_value_equal (old, row->values[slot]))
    return;

  g_clear_pointer (&row->values[slot], crm_value_unref);
  crm_import_row_add_problem (row, self->layout, -1, crm_record_get_label (record),
                              CRM_SEVERITY_WARNING,
                              _ ("It belongs to another record already, and was not moved."));
}

/* What stays as it is says nothing: not of whom a value is, and not that rows contradict each other. */
static void
drop_what_stays (CrmImportWriter *self, CrmImportRow *row, const CrmRecord *record)
{
  const CrmImportLayout *layout = self->layout;
  gboolean is_named = crm_record_get_value (record, layout->type->label_field) != NULL;
  guint i;

  for (i = 0; i < layout->n_slots; i++)
    {
      const CrmField *field = layout->slots[i].field;
      gboolean is_name = is_named && crm_import_layout_is_name_part (layout, field);
      gboolean fills = crm_import_layout_get_existing (layout, i) == CRM_IMPORT_FILL_EMPTY ||
                       field == layout->company;

      if (fills && (is_name || crm_record_get_value (record, field) != NULL))
        g_clear_pointer (&row->values[i], crm_value_unref);
    }
}

static void
rename_row (CrmImportWriter *self, CrmImportRow *row, const CrmRecord *record)
{
  const CrmValue *label = crm_record_get_value (record, self->layout->type->label_field);
  const char *text = label != NULL ? crm_value_get_text (label) : NULL;

  if (text == NULL)
    return;
  g_free (row->name);
  row->name = self->layout->is_companies ? crm_text_normalise_company (text)
                                         : crm_text_normalise_name (text);
}

static gboolean
update_related (CrmImportWriter *self, CrmImportRow *row, gint64 id, gint64 owner, GError **error)
{
  const CrmField *company = self->layout->company;
  g_autoptr (CrmRecord) record = NULL;
  const CrmValue *value = NULL;

  if (!crm_import_writer_load (self, id, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;

  if (self->layout->is_reverse)
    keep_owner (self, row, record);
  crm_import_set_external_id (self, row, id);
  drop_what_stays (self, row, record);
  if (!crm_import_resolve_texts (self, row, TRUE, error) ||
      !crm_import_check_unique (self, row, id, error))
    return FALSE;
  if (row->rejected)
    return TRUE;

  if (company != NULL)
    {
      value = crm_record_get_value (record, company);
      if (value == NULL)
        value = crm_import_get_value (self, row, company);
    }
  if (!self->layout->is_reverse)
    rename_row (self, row, record);
  crm_import_index_row (self, row, value != NULL ? crm_value_get_integer (value) : 0, id);
  crm_import_defer (self, row, id);
  if (!crm_import_update_add (self, row, id, FALSE, error))
    return FALSE;
  if (row->effect == CRM_IMPORT_EFFECT_PENDING)
    crm_import_update_add_owner (self, id, owner);
  crm_id_set_add (self->touched, id);

  return TRUE;
}

/* The row's company, which was not made for it */
static gboolean
update_company (CrmImportWriter *self,
                CrmImportRow *row,
                gint64 id,
                gint64 company_id,
                GError **error)
{
  CrmImportRow *company;
  CrmImportWriter *writer = get_company_writer (self, row, &company);

  if (writer == NULL || company->is_blank || company->effect == CRM_IMPORT_EFFECT_NEW)
    return TRUE;
  if (!crm_import_has_company (row) && !is_identified (writer, company))
    {
      warn_of_nobody (row, writer);
      return TRUE;
    }
  if (company_id <= 0)
    return TRUE;

  if (company->record_id == NULL)
    company->record_id = g_strdup (row->company_ref);
  if (!update_related (writer, company, company_id, id, error))
    return FALSE;
  row->waits = !company->rejected && company->effect == CRM_IMPORT_EFFECT_PENDING;
  take_as_warnings (row, company);

  return TRUE;
}

gboolean
crm_import_related_write (CrmImportWriter *self,
                          CrmImportRow *row,
                          gint64 id,
                          gint64 company_id,
                          gboolean *changed,
                          GError **error)
{
  guint i;

  row->waits = FALSE;
  if (!update_company (self, row, id, company_id, error))
    return FALSE;

  company_id = get_named_company (self, row, company_id);
  for (i = 0; i < self->layout->n_related; i++)
    {
      CrmImportWriter *writer = &self->related[i];
      CrmImportRow *related = &row->related[i];
      gboolean is_reverse = writer->layout->is_reverse;
      gint64 company = is_reverse ? get_company_of_reverse (writer->layout, id, company_id)
                                  : company_id;
      gint64 made;

      if (self->layout->related[i].is_company || related->excluded ||
          related->effect == CRM_IMPORT_EFFECT_NEW)
        continue;

      if (is_reverse)
        set_owner (writer, related, id);
      set_company (writer, related, company);
      if (related->matched != 0 ? !update_related (writer, related, related->matched, id, error)
                                : !create_related (writer, related, company, &made, error))
        return FALSE;
      *changed = *changed || related->effect == CRM_IMPORT_EFFECT_NEW;
      row->waits = row->waits ||
                   (!related->rejected && related->effect == CRM_IMPORT_EFFECT_PENDING);
      if (is_reverse && related->conflict == CRM_IMPORT_CONFLICT_ROWS &&
          row->conflict == CRM_IMPORT_NO_CONFLICT)
        row->conflict = CRM_IMPORT_CONFLICT_ROWS;
      take_as_warnings (row, related);
    }

  return TRUE;
}
