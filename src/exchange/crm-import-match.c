/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which record a row is about. The first of these that the row has decides:
 * id or external id; address, domain or code; profile link; phone number with
 * name; name with company. The last two count only where exactly one record has
 * them. Whatever a row has: a record that says all the row says is the same, so that a file
 * which is imported again creates nothing. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-text.h"

/* A record merged into one that was merged, and so on */
#define MAX_MERGES 100

/* Records of one name that are compared with a row */
#define MAX_COMPARED 2000

/* A link to a person's or company's own page on another site, not their website */
static gboolean
is_profile (const CrmItem *item)
{
  return item->label != NULL && strcmp (item->label, "website") != 0 &&
         strcmp (item->label, "other") != 0;
}

/* Id and external id */

/* The live record that @merged became part of; 0 where that one is gone too */
static gboolean
follow_merges (CrmImportWriter *self, gint64 merged, gint64 *id, GError **error)
{
  guint i;

  for (i = 0; i < MAX_MERGES && merged != 0; i++)
    {
      g_autoptr (CrmRecord) record = NULL;

      if (!crm_import_writer_load (self, merged, &record, error))
        return FALSE;
      if (record == NULL)
        break;
      if (crm_record_get_state (record) == CRM_STATE_LIVE)
        {
          *id = merged;
          break;
        }
      merged = crm_record_get_merged_into (record);
    }

  return TRUE;
}

static gboolean
match_by_own_id (CrmImportWriter *self,
                 const CrmImportRow *row,
                 gint64 *id,
                 gint64 *trashed,
                 GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  char *end;
  gint64 number = g_ascii_strtoll (row->record_id, &end, 10);

  if (number <= 0 || *end != '\0')
    return TRUE;
  if (!crm_import_writer_load (self, number, &record, error))
    return FALSE;

  if (record != NULL && crm_record_get_state (record) == CRM_STATE_LIVE)
    *id = number;
  else if (record != NULL && crm_record_get_state (record) == CRM_STATE_MERGED)
    return follow_merges (self, number, id, error);
  else if (record != NULL && crm_record_get_state (record) == CRM_STATE_TRASHED)
    *trashed = number;

  return TRUE;
}

/* Where the plan wants it, of @ids only those that have @text to the letter stay */
static gboolean
keep_exact (CrmImportWriter *self,
            const CrmField *field,
            const char *text,
            GArray *ids,
            GError **error)
{
  guint i, j;

  for (i = ids->len; self->plan->match_exact && i > 0; i--)
    {
      g_autoptr (CrmRecord) record = NULL;
      const CrmValue *value;
      gboolean equal = FALSE;

      if (!crm_import_writer_load (self, g_array_index (ids, gint64, i - 1), &record, error))
        return FALSE;
      value = record != NULL ? crm_record_get_value (record, field) : NULL;
      if (value != NULL && crm_kind_is_repeated (field->kind))
        for (j = 0; j < crm_value_get_n_items (value) && !equal; j++)
          equal = g_strcmp0 (crm_value_get_item (value, j)->text, text) == 0;
      else if (value != NULL)
        equal = g_strcmp0 (crm_value_get_text (value), text) == 0;
      if (!equal)
        g_array_remove_index (ids, i - 1);
    }

  return TRUE;
}

/* The row's name as it is written; %NULL for none. (transfer full) */
static char *
get_written_name (CrmImportWriter *self, const CrmImportRow *row)
{
  const CrmImportLayout *layout = self->layout;
  const char *parts[3] = { NULL };
  static const char *const names[] = { "first_name", "middle_name", "last_name" };
  const CrmValue *value;
  guint i;

  if (!layout->is_named_by_parts)
    {
      value = crm_import_get_value (self, row, layout->type->label_field);
      return value != NULL ? g_strdup (crm_value_get_text (value)) : NULL;
    }

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      value = crm_import_get_value (self, row, crm_record_type_find_field (layout->type, names[i]));
      parts[i] = value != NULL ? crm_value_get_text (value) : NULL;
    }

  return crm_text_join_name (parts[0], parts[1], parts[2], layout->locale.language);
}

/* Appends the records of the row's name, whatever their company where @company_id is -1 */
static gboolean
find_named (CrmImportWriter *self,
            const CrmImportRow *row,
            gint64 company_id,
            GArray *ids,
            GError **error)
{
  g_autofree char *written = self->plan->match_exact ? get_written_name (self, row) : NULL;

  return crm_import_index_find_name (self->index, row->name, company_id, ids, error) &&
         keep_exact (self, self->layout->type->label_field, written, ids, error);
}

static gboolean
match_by_key (CrmImportWriter *self,
              const CrmField *field,
              const char *key,
              const char *text,
              gint64 *id,
              gint64 *trashed,
              GError **error)
{
  GArray *ids = self->ids;

  g_array_set_size (ids, 0);
  if (!crm_import_index_find (self->index, field, key, ids, error) ||
      !keep_exact (self, field, text, ids, error))
    return FALSE;

  if (ids->len > 0)
    *id = g_array_index (ids, gint64, 0);
  else if (!*trashed)
    return crm_import_index_find_trashed (self->index, field, key, trashed, error);

  return TRUE;
}

/* A record that was merged with another one keeps the other's id; the row still means it. */
static gboolean
match_by_merged_id (CrmImportWriter *self,
                    CrmImportRow *row,
                    const char *external_id,
                    gint64 *id,
                    GError **error)
{
  gint64 merged;
  int slot;

  if (!crm_import_index_find_merged (self->index, self->layout->external_id, external_id, &merged,
                                     error) ||
      !follow_merges (self, merged, id, error))
    return FALSE;
  if (*id == 0)
    return TRUE;

  slot = self->layout->slot_of_field[self->layout->external_id->index];
  g_clear_pointer (&row->record_id, g_free);
  if (slot >= 0)
    g_clear_pointer (&row->values[slot], crm_value_unref);

  return TRUE;
}

/* Whether the record is known by another id of other programs than the row's */
static gboolean
has_other_external_id (CrmImportWriter *self,
                       const CrmImportRow *row,
                       gint64 id,
                       gboolean *other,
                       GError **error)
{
  const char *external_id = crm_import_get_external_id (self, row);
  g_autoptr (CrmRecord) record = NULL;
  const CrmValue *value;

  *other = FALSE;
  if (external_id == NULL)
    return TRUE;
  if (!crm_import_writer_load (self, id, &record, error))
    return FALSE;

  value = record != NULL ? crm_record_get_value (record, self->layout->external_id) : NULL;
  *other = value != NULL && strcmp (crm_value_get_text (value), external_id) != 0;

  return TRUE;
}

/* Unique values */

static gboolean
match_by_values (CrmImportWriter *self,
                 const CrmField *field,
                 const CrmValue *value,
                 gboolean profiles_only,
                 gboolean *has_any,
                 gint64 *id,
                 gint64 *trashed,
                 GError **error)
{
  guint i;

  if (value == NULL)
    return TRUE;

  if (!crm_kind_is_repeated (field->kind))
    {
      g_autofree char *key = crm_record_keys_make (field, value);

      *has_any = TRUE;
      return match_by_key (self, field, key, crm_value_get_text (value), id, trashed, error);
    }

  for (i = 0; i < crm_value_get_n_items (value) && *id == 0; i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      if (profiles_only && !is_profile (item))
        continue;
      *has_any = TRUE;
      if (!match_by_key (self, field, crm_item_get_key (item), item->text, id, trashed, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
match_by_unique_values (CrmImportWriter *self,
                        const CrmImportRow *row,
                        gboolean *has_any,
                        gint64 *id,
                        gint64 *trashed,
                        GError **error)
{
  guint i;

  for (i = 0; i < self->layout->n_keys && *id == 0; i++)
    {
      const CrmField *field = self->layout->keys[i];

      if (!match_by_values (self, field, crm_import_get_value (self, row, field), FALSE, has_any,
                            id, trashed, error))
        return FALSE;
    }

  return TRUE;
}

/* Names */

/* Oldest of @ids that says all the row says */
static gboolean
find_equal (CrmImportWriter *self,
            const CrmImportRow *row,
            gint64 company_id,
            const GArray *ids,
            gint64 *id,
            GError **error)
{
  guint i;

  /* What has to be made for the row first is in no record yet. */
  if (company_id < 0 || row->leads_to_new || (row->texts != NULL && row->texts->len > 0))
    return TRUE;

  for (i = 0; i < MIN (ids->len, MAX_COMPARED) && *id == 0; i++)
    {
      gint64 candidate = g_array_index (ids, gint64, i);
      g_autoptr (CrmRecord) record = NULL;

      if (!crm_import_writer_load (self, candidate, &record, error))
        return FALSE;
      if (record != NULL && crm_import_record_says_all (self, row, record, company_id))
        *id = candidate;
    }

  return TRUE;
}

/* The only one of @ids, unless other programs know it by another id */
static gboolean
take_only (CrmImportWriter *self,
           const CrmImportRow *row,
           const GArray *ids,
           gint64 *id,
           GError **error)
{
  gboolean other;

  if (ids->len > 1)
    self->is_ambiguous = TRUE;
  if (ids->len != 1)
    return TRUE;
  if (!has_other_external_id (self, row, g_array_index (ids, gint64, 0), &other, error))
    return FALSE;
  if (!other)
    *id = g_array_index (ids, gint64, 0);

  return TRUE;
}

static gboolean
match_by_phone (CrmImportWriter *self,
                const CrmImportRow *row,
                gint64 company_id,
                gboolean *has_any,
                gint64 *id,
                GError **error)
{
  const CrmValue *value = crm_import_get_value (self, row, self->layout->phones);
  g_autofree char *written = NULL;
  guint i;

  if (value == NULL || row->name == NULL)
    return TRUE;
  if (self->plan->match_exact)
    written = get_written_name (self, row);

  *has_any = TRUE;
  for (i = 0; i < crm_value_get_n_items (value) && *id == 0; i++)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      if (!crm_import_index_find_phone (self->index, self->layout->phones,
                                        crm_item_get_key (crm_value_get_item (value, i)), row->name,
                                        ids, error) ||
          !keep_exact (self, self->layout->type->label_field, written, ids, error) ||
          !take_only (self, row, ids, id, error) ||
          (*id == 0 && !find_equal (self, row, company_id, ids, id, error)))
        return FALSE;
    }

  return TRUE;
}

/* For rows that lack an address: the candidate must lack it as well */
static gboolean
lacks_unique_values (CrmImportWriter *self, gint64 id, gboolean *lacks, GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  guint i;

  if (!crm_import_writer_load (self, id, &record, error))
    return FALSE;

  *lacks = TRUE;
  for (i = 0; record != NULL && i < self->layout->n_keys; i++)
    if (crm_record_get_value (record, self->layout->keys[i]) != NULL)
      *lacks = FALSE;

  return TRUE;
}

/* A row without a name is about a record that says all it says, or about none. */
static gboolean
match_nameless (CrmImportWriter *self,
                const CrmImportRow *row,
                gint64 company_id,
                gint64 *id,
                GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const CrmField *field = self->layout->phones;
  const CrmValue *value = crm_import_get_value (self, row, field);
  gboolean ok;

  if (value != NULL)
    ok = crm_import_index_find (self->index, field,
                                crm_item_get_key (crm_value_get_item (value, 0)), ids, error);
  else if ((value = crm_import_get_telling_text (self, row, &field)) != NULL)
    ok = crm_import_index_find (self->index, field, crm_value_get_text (value), ids, error);
  else
    ok = crm_import_index_find_name (self->index, "", MAX (company_id, 0), ids, error);

  return ok && find_equal (self, row, company_id, ids, id, error);
}

static gboolean
match_by_name (CrmImportWriter *self,
               const CrmImportRow *row,
               gint64 company_id,
               gboolean has_unique,
               gint64 *id,
               gint64 *trashed,
               GError **error)
{
  const CrmImportLayout *layout = self->layout;
  gboolean stands_alone = layout->company == NULL && !layout->is_event;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (row->name == NULL || *row->name == '\0')
    return has_unique || match_nameless (self, row, company_id, id, error);

  /* A person with an address of their own is never found by name. A company may be: the same file
   * or another one named it before without its domain. */
  if (has_unique && !stands_alone)
    return TRUE;

  if (stands_alone || company_id > 0)
    {
      if (!find_named (self, row, stands_alone ? -1 : company_id, ids, error) ||
          !take_only (self, row, ids, id, error))
        return FALSE;

      if (*id != 0 && has_unique)
        {
          gboolean lacks;

          if (!lacks_unique_values (self, *id, &lacks, error))
            return FALSE;
          if (!lacks)
            *id = 0;
        }
    }
  else if (company_id == 0 && !find_named (self, row, -1, ids, error))
    {
      return FALSE;
    }

  if (*id == 0 && !has_unique && !find_equal (self, row, company_id, ids, id, error))
    return FALSE;
  if (*id == 0 && !has_unique && company_id >= 0 && !*trashed)
    return crm_import_index_find_trashed_name (self->index, row->name, company_id, trashed, error);

  return TRUE;
}

/* "--match": by these fields only */

static gboolean
match_by_field (CrmImportWriter *self,
                const CrmImportRow *row,
                const char *name,
                gint64 *id,
                gint64 *trashed,
                GError **error)
{
  const CrmField *field = crm_record_type_find_field (self->layout->type, name);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const CrmValue *value;
  gboolean has_any = FALSE;

  if (field == NULL || field == self->layout->external_id)
    {
      const char *external_id = crm_import_get_external_id (self, row);

      if (field == NULL && row->record_id != NULL &&
          !match_by_own_id (self, row, id, trashed, error))
        return FALSE;
      if (*id != 0 || external_id == NULL)
        return TRUE;
      return match_by_key (self, self->layout->external_id, external_id, external_id, id, trashed,
                           error);
    }

  if (field == self->layout->type->label_field)
    {
      if (row->name == NULL)
        return TRUE;
      if (!find_named (self, row, -1, ids, error))
        return FALSE;
      self->is_ambiguous = self->is_ambiguous || ids->len > 1;
      if (ids->len == 1)
        *id = g_array_index (ids, gint64, 0);
      return TRUE;
    }

  value = crm_import_get_value (self, row, field);
  if ((field->flags & CRM_FIELD_UNIQUE) != 0)
    return match_by_values (self, field, value, FALSE, &has_any, id, trashed, error);

  if (value == NULL || !crm_kind_is_repeated (field->kind))
    return TRUE;
  for (guint i = 0; i < crm_value_get_n_items (value) && *id == 0; i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      g_array_set_size (ids, 0);
      if (!crm_import_index_find (self->index, field, crm_item_get_key (item), ids, error) ||
          !keep_exact (self, field, item->text, ids, error))
        return FALSE;
      self->is_ambiguous = self->is_ambiguous || ids->len > 1;
      if (ids->len == 1)
        *id = g_array_index (ids, gint64, 0);
    }

  return TRUE;
}

static gboolean
match_by_given_fields (CrmImportWriter *self,
                       const CrmImportRow *row,
                       gint64 *id,
                       gint64 *trashed,
                       GError **error)
{
  guint i;

  for (i = 0; self->plan->match[i] != NULL && *id == 0; i++)
    if (!match_by_field (self, row, self->plan->match[i], id, trashed, error))
      return FALSE;

  return TRUE;
}

/* Two rows of one file about one record: told where they disagree on who it is */
static gboolean
check_same_file (CrmImportWriter *self, CrmImportRow *row, gint64 id, GError **error)
{
  const char *external_id = crm_import_get_external_id (self, row);
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *name = NULL;
  const CrmValue *value;

  if (!crm_import_writer_touched (self, id))
    return TRUE;
  if (!crm_import_writer_load (self, id, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;

  value = crm_record_get_value (record, self->layout->external_id);
  if (external_id != NULL && value != NULL && strcmp (crm_value_get_text (value), external_id) != 0)
    {
      crm_import_row_add_problem (row, self->layout, self->layout->id_column, external_id,
                                  CRM_SEVERITY_REJECTED,
                                  _ ("Another row of this file has the same address and another "
                                     "id; correct one of them."));
      return TRUE;
    }

  value = crm_record_get_value (record, self->layout->type->label_field);
  if (row->name == NULL || value == NULL)
    return TRUE;
  name = self->layout->is_companies ? crm_text_normalise_company (crm_value_get_text (value))
                                    : crm_text_normalise_name (crm_value_get_text (value));
  if (strcmp (name, row->name) != 0)
    crm_import_row_add_problem (row, self->layout, -1, crm_value_get_text (value),
                                CRM_SEVERITY_WARNING,
                                _ ("Another row of this file has the same address and another "
                                   "name; this row counts."));

  return TRUE;
}

gboolean
crm_import_match (CrmImportWriter *self,
                  CrmImportRow *row,
                  gint64 company_id,
                  gint64 *id,
                  gint64 *trashed,
                  GError **error)
{
  const CrmImportLayout *layout = self->layout;
  const char *external_id = crm_import_get_external_id (self, row);
  gboolean has_unique = FALSE;
  gboolean has_link = FALSE;
  gboolean has_phone = FALSE;

  *id = 0;
  *trashed = 0;

  if (self->plan->match != NULL && layout->relation == NULL)
    return match_by_given_fields (self, row, id, trashed, error);

  if (row->record_id != NULL && !match_by_own_id (self, row, id, trashed, error))
    return FALSE;
  if (*id == 0 && external_id != NULL &&
      !match_by_key (self, layout->external_id, external_id, external_id, id, trashed, error))
    return FALSE;
  if (*id == 0 && external_id != NULL && !match_by_merged_id (self, row, external_id, id, error))
    return FALSE;
  if (*id != 0)
    {
      *trashed = 0;
      return TRUE;
    }

  /* An id of another program that nobody has yet says nothing of what else the row has. */
  if (!match_by_unique_values (self, row, &has_unique, id, trashed, error))
    return FALSE;
  if (*id != 0)
    {
      *trashed = 0;
      return check_same_file (self, row, *id, error);
    }

  if (!has_unique && layout->links != NULL &&
      !match_by_values (self, layout->links, crm_import_get_value (self, row, layout->links), TRUE,
                        &has_link, id, trashed, error))
    return FALSE;
  if (*id != 0)
    {
      gboolean other;

      if (!has_other_external_id (self, row, *id, &other, error))
        return FALSE;
      if (other)
        *id = 0;
    }

  if (*id == 0 && !has_unique && !has_link && layout->phones != NULL &&
      !match_by_phone (self, row, company_id, &has_phone, id, error))
    return FALSE;
  if (*id == 0 && !has_link && !has_phone &&
      !match_by_name (self, row, company_id, has_unique, id, trashed, error))
    return FALSE;

  if (*id != 0)
    *trashed = 0;

  return TRUE;
}
