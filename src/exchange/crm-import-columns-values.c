/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of a file are, by their values: where there is no title, or one that says nothing,
 * or one that is wrong. */

#include "config.h"

#include "crm-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-text.h"

/* Percent of a column's values from which on it is taken for what they are */
#define NEARLY_ALL 90
#define MOST 60
#define SOME 15

/* A column of choices has few different values */
#define MAX_CHOICES 30

typedef struct
{
  GArray *columns;
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
} Proposal;

static CrmImportColumn *
get_column (const Proposal *self, guint i)
{
  return &g_array_index (self->columns, CrmImportColumn, i);
}

/* Whether a column goes to the field @name of the row's own record already */
static gboolean
is_taken (const Proposal *self, const char *name)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      const CrmImportColumn *column = get_column (self, i);

      if (column->relation != NULL)
        continue;
      if (column->role == CRM_ROLE_FIELD && strcmp (column->field->name, name) == 0)
        return TRUE;
      if (column->role == CRM_ROLE_FULL_NAME && strcmp (name, "name") == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
take (const Proposal *self,
      CrmImportColumn *column,
      const char *target,
      CrmImportConfidence confidence,
      const char *reason)
{
  if (!crm_import_column_set_target (column, self->catalogue, self->type, target, NULL))
    return FALSE;

  crm_import_column_judge (column, confidence, g_strdup (reason));

  return TRUE;
}

/* The first field of a kind, unless a column goes there; @repeated: others may go there too */
static gboolean
take_kind (const Proposal *self,
           CrmImportColumn *column,
           CrmKind kind,
           CrmImportConfidence confidence,
           const char *reason)
{
  guint i;

  for (i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];

      if (field->kind == kind && crm_import_field_is_writable (field) &&
          (field->flags & CRM_FIELD_SYSTEM) == 0 &&
          (crm_kind_is_repeated (kind) || !is_taken (self, field->name)))
        return take (self, column, field->name, confidence, reason);
    }

  return FALSE;
}

/* Addresses are e-mails whatever stands above them. */
static void
correct_by_values (const Proposal *self, CrmImportColumn *column)
{
  const CrmImportProfile *profile = &column->profile;
  gboolean is_text = column->role == CRM_ROLE_FULL_NAME ||
                     (column->role == CRM_ROLE_FIELD && (column->field->kind == CRM_KIND_TEXT ||
                                                         column->field->kind == CRM_KIND_PHONES ||
                                                         column->field->kind == CRM_KIND_LINKS ||
                                                         column->field->kind == CRM_KIND_DATE));
  const CrmRecordType *record;

  if (!is_text || !crm_import_profile_is (profile, profile->n_emails, NEARLY_ALL))
    return;

  record = crm_import_column_get_type (column, self->catalogue, self->type);
  if (crm_record_type_find_field (record, "emails") == NULL)
    return;
  if (column->relation == NULL)
    {
      take (self, column, "emails", CRM_IMPORT_SURE, _ ("Its values are e-mail addresses."));
    }
  else
    {
      const char *path = column->is_reverse ? column->relation->reverse_name
                                            : column->relation->name;
      g_autofree char *target = g_strconcat (path, ".emails", NULL);

      take (self, column, target, CRM_IMPORT_SURE, _ ("Its values are e-mail addresses."));
    }
}

/* A title is wrong where not one value could be meant; the values then say what the column is. */
static gboolean
is_contradicted (const CrmImportColumn *column)
{
  const CrmImportProfile *profile = &column->profile;

  return profile->n_values > 1 && profile->n_emails == 0 &&
         column->field->kind == CRM_KIND_EMAILS &&
         crm_import_profile_is (profile, profile->n_names + profile->n_companies, MOST);
}

static void
doubt_by_values (CrmImportColumn *column)
{
  if (column->role == CRM_ROLE_FIELD && column->confidence == CRM_IMPORT_SURE &&
      is_contradicted (column))
    {
      crm_import_column_reset (column);
      return;
    }
  if (column->role == CRM_ROLE_FIELD && column->confidence == CRM_IMPORT_SURE &&
      !crm_import_profile_fits (&column->profile, column->field))
    crm_import_column_judge (column, CRM_IMPORT_CHECK,
                             g_strdup (
                                 _ ("Its title says so, but most of its values do not fit.")));
}

/* E-mails of a type that has none belong to the person that it is about. */
static gboolean
take_emails (const Proposal *self, CrmImportColumn *column)
{
  const char *reason = _ ("Its values are e-mail addresses.");
  guint i;

  if (take_kind (self, column, CRM_KIND_EMAILS, CRM_IMPORT_SURE, reason))
    return TRUE;

  for (i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      const CrmRecordType *target = field->kind == CRM_KIND_RELATION && field->target != 0
                                        ? crm_catalogue_get_type (self->catalogue, field->target)
                                        : NULL;

      if (target != NULL && target->label_field != NULL &&
          (target->label_field->flags & CRM_FIELD_READ_ONLY) != 0)
        {
          g_autofree char *path = g_strconcat (field->name, ".emails", NULL);

          return take (self, column, path, CRM_IMPORT_CHECK, reason);
        }
    }

  return FALSE;
}

static gboolean
has_name (const Proposal *self)
{
  return is_taken (self, self->type->label_field->name) || is_taken (self, "first_name") ||
         is_taken (self, "last_name");
}

static gboolean
is_people (const Proposal *self)
{
  return crm_record_type_find_field (self->type, "last_name") != NULL;
}

/* Values that hardly anything else has */
static gboolean
propose_plain (const Proposal *self, CrmImportColumn *column)
{
  const CrmImportProfile *profile = &column->profile;

  if (crm_import_profile_is (profile, profile->n_emails, NEARLY_ALL))
    return take_emails (self, column);
  if (crm_import_profile_is (profile, profile->n_links, NEARLY_ALL) && !is_taken (self, "links"))
    return take_kind (self, column, CRM_KIND_LINKS,
                      column->is_untitled ? CRM_IMPORT_SURE : CRM_IMPORT_CHECK,
                      _ ("Its values are web addresses."));
  if (crm_import_profile_is (profile, profile->n_phones, NEARLY_ALL) &&
      (column->is_untitled || !is_taken (self, "phones")))
    return take_kind (self, column, CRM_KIND_PHONES, CRM_IMPORT_CHECK,
                      _ ("Its values look like phone numbers."));

  if (crm_import_profile_is (profile, profile->n_companies, MOST) && !is_taken (self, "company"))
    {
      if (crm_record_type_find_field (self->type, "domains") != NULL && !has_name (self))
        return take (self, column, self->type->label_field->name, CRM_IMPORT_CHECK,
                     _ ("Its values look like names of companies."));
      return take (self, column, "company", CRM_IMPORT_CHECK,
                   _ ("Its values look like names of companies."));
    }

  /* Some of the names have to be known: streets and cities are words with capitals too. */
  if (is_people (self) && !has_name (self) &&
      crm_import_profile_is (profile, profile->n_names, MOST) &&
      (crm_import_profile_is (profile, profile->n_given_first + profile->n_given_last, SOME) ||
       profile->n_given_first + profile->n_given_last + profile->n_one_word == 0))
    return take (self, column, "name", CRM_IMPORT_CHECK, _ ("Its values look like names."));

  return FALSE;
}

/* A field whose options most of the different values are */
static gboolean
propose_choice (const Proposal *self, CrmImportColumn *column)
{
  const CrmImportProfile *profile = &column->profile;
  guint i;

  if (profile->distinct == NULL || profile->n_distinct > MAX_CHOICES)
    return FALSE;

  for (i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      GHashTableIter iter;
      gpointer text;
      guint n_known = 0;

      if (field->kind != CRM_KIND_CHOICE || is_taken (self, field->name))
        continue;

      g_hash_table_iter_init (&iter, profile->distinct);
      while (g_hash_table_iter_next (&iter, NULL, &text))
        if (crm_import_find_option (field, text) != NULL)
          n_known++;
      if (n_known * 100 >= profile->n_distinct * MOST)
        return take (self, column, field->name, CRM_IMPORT_CHECK,
                     _ ("Its values are among those of the field."));
    }

  return FALSE;
}

static gboolean
propose_named (const Proposal *self, CrmImportColumn *column, const char *name, const char *reason)
{
  const CrmField *field = crm_record_type_find_field (self->type, name);

  return field != NULL && !is_taken (self, name) &&
         take (self, column, name, CRM_IMPORT_CHECK, reason);
}

/* What could be many things, and is guessed only where no title can be asked */
static gboolean
propose_untitled (const Proposal *self, CrmImportColumn *column)
{
  const CrmImportProfile *profile = &column->profile;

  if (crm_import_profile_is (profile, profile->n_ids, NEARLY_ALL))
    return take (self, column, "id", CRM_IMPORT_CHECK, _ ("Its values look like ids."));
  if (crm_import_profile_is (profile, profile->n_domains, NEARLY_ALL))
    return propose_named (self, column, "domains", _ ("Its values are domains.")) ||
           (crm_record_type_find_field (self->type, "company") != NULL &&
            take (self, column, "company.domain", CRM_IMPORT_CHECK, _ ("Its values are domains.")));
  if (propose_choice (self, column))
    return TRUE;
  if (crm_import_profile_is (profile, profile->n_countries, NEARLY_ALL))
    return propose_named (self, column, "country", _ ("Its values are countries."));
  if (crm_import_profile_is (profile, profile->n_dates, NEARLY_ALL))
    return crm_import_profile_is (profile, profile->n_years_past, MOST)
               ? propose_named (self, column, "birthday", _ ("Its values are dates of long ago."))
               : !is_people (self) && take_kind (self, column, CRM_KIND_DATE, CRM_IMPORT_CHECK,
                                                 _ ("Its values are dates."));
  if (crm_import_profile_is (profile, profile->n_postcodes, NEARLY_ALL) &&
      profile->n_numbers < profile->n_values * 2)
    return propose_named (self, column, "postcode", _ ("Its values look like postcodes."));
  if (crm_import_profile_is (profile, profile->n_money, MOST) ||
      (crm_import_profile_is (profile, profile->n_numbers, NEARLY_ALL) &&
       profile->n_integers < profile->n_numbers))
    return take_kind (self, column, CRM_KIND_MONEY, CRM_IMPORT_CHECK,
                      _ ("Its values are amounts."));
  if (crm_import_profile_is (profile, profile->n_percents, NEARLY_ALL))
    return take_kind (self, column, CRM_KIND_PERCENT, CRM_IMPORT_CHECK,
                      _ ("Its values are percentages."));
  if (crm_import_profile_is (profile, profile->n_long, SOME) &&
      crm_record_type_find_field (self->type, "body") == NULL)
    return take (self, column, "note", CRM_IMPORT_CHECK, _ ("Its values are long texts."));

  return FALSE;
}

static gboolean
is_word_column (const CrmImportColumn *column)
{
  return column->role == CRM_ROLE_NONE && column->is_untitled &&
         crm_import_profile_is (&column->profile, column->profile.n_one_word, NEARLY_ALL - 10);
}

/* First names in one column and family names in the next */
static void
propose_name_parts (const Proposal *self)
{
  CrmImportColumn *best = NULL;
  guint position = 0;
  guint i;

  if (!is_people (self) || has_name (self))
    return;

  for (i = 0; i < self->columns->len; i++)
    {
      CrmImportColumn *column = get_column (self, i);

      if (is_word_column (column) &&
          crm_import_profile_is (&column->profile, column->profile.n_given_names, SOME) &&
          (best == NULL || column->profile.n_given_names > best->profile.n_given_names))
        {
          best = column;
          position = i;
        }
    }
  if (best == NULL)
    return;

  take (self, best, "first_name", CRM_IMPORT_CHECK, _ ("Its values look like first names."));
  for (i = 0; i < 2; i++)
    {
      guint beside = i == 0 ? position + 1 : position - 1;

      if (beside < self->columns->len && is_word_column (get_column (self, beside)))
        {
          take (self, get_column (self, beside), "last_name", CRM_IMPORT_CHECK,
                _ ("It stands beside the first names."));
          return;
        }
    }
}

/* What the records are called: the first text that differs from row to row */
static void
propose_label (const Proposal *self)
{
  guint i;

  if (has_name (self) || is_people (self))
    return;

  for (i = 0; i < self->columns->len; i++)
    {
      CrmImportColumn *column = get_column (self, i);
      const CrmImportProfile *profile = &column->profile;

      if (column->role == CRM_ROLE_NONE && column->is_untitled && profile->n_values > 0 &&
          crm_import_profile_guess_kind (profile) == CRM_KIND_TEXT &&
          (guint64) profile->n_distinct * 2 >= profile->n_values)
        {
          take (self, column, self->type->label_field->name, CRM_IMPORT_CHECK,
                _ ("It is the first column whose texts differ from row to row."));
          return;
        }
    }
}

/* The person to talk to, in a table of companies: a word for it, and names below */
static gboolean
propose_bare_person (const Proposal *self, CrmImportColumn *column)
{
  const CrmField *relation = crm_catalogue_find_reverse (self->catalogue, self->type, "people");
  g_autofree char *title = crm_title_normalise (column->title, NULL, NULL);
  g_auto (GStrv) words = NULL;
  guint i;

  if (relation == NULL || relation->kind != CRM_KIND_RELATION || *title == '\0' ||
      !crm_import_profile_is (&column->profile, column->profile.n_names, MOST))
    return FALSE;

  words = crm_title_list_prefixes ("people");
  for (i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = crm_text_fold (g_strchomp (words[i]));

      if (strcmp (word, title) == 0)
        return take (self, column, "people.name", CRM_IMPORT_CHECK,
                     _ ("Its values look like names."));
    }

  return FALSE;
}

/* Of two columns that claim the place for one value the first one has it, but for parts of addresses, of
 * which a row has several. */
static void
settle_claims (const Proposal *self)
{
  guint i, j;

  for (i = 1; i < self->columns->len; i++)
    {
      CrmImportColumn *column = get_column (self, i);
      g_autofree char *target = NULL;

      if (column->role != CRM_ROLE_FIELD && column->role != CRM_ROLE_FULL_NAME &&
          column->role != CRM_ROLE_RECORD_ID)
        continue;
      if (column->role == CRM_ROLE_FIELD && crm_kind_is_repeated (column->field->kind))
        continue;

      target = crm_import_column_get_target (column, self->type);
      for (j = 0; j < i; j++)
        {
          CrmImportColumn *other = get_column (self, j);
          g_autofree char *claimed = crm_import_column_get_target (other, self->type);
          CrmImportColumn *loser;

          if (other->role != column->role || strcmp (claimed, target) != 0)
            continue;

          /* One that is empty, or does not fit, has no right to it. */
          loser = (other->confidence == CRM_IMPORT_CHECK || other->profile.n_values == 0) &&
                          column->confidence == CRM_IMPORT_SURE && column->profile.n_values > 0
                      ? other
                      : column;
          crm_import_column_reset (loser);
          crm_import_column_judge (loser, CRM_IMPORT_IGNORED,
                                   g_strdup_printf (_ ("The column “%s” goes there already."),
                                                    (loser == column ? other : column)->title));
          break;
        }
    }
}

static void
explain_ignored (CrmImportColumn *column)
{
  if (column->role != CRM_ROLE_NONE || column->reason != NULL)
    return;

  crm_import_column_judge (column, CRM_IMPORT_IGNORED,
                           g_strdup (
                               column->profile.n_values == 0
                                   ? _ ("It is empty.")
                                   : _ ("Neither its title nor its values tell what it is.")));
}

void
crm_import_columns_propose_by_values (GArray *columns,
                                      const CrmCatalogue *catalogue,
                                      const CrmRecordType *type)
{
  Proposal self = { columns, catalogue, type };
  guint i;

  g_assert (columns != NULL);

  for (i = 0; i < columns->len; i++)
    {
      correct_by_values (&self, get_column (&self, i));
      doubt_by_values (get_column (&self, i));
    }
  for (i = 0; i < columns->len; i++)
    {
      CrmImportColumn *column = get_column (&self, i);

      if (column->role != CRM_ROLE_NONE || column->profile.n_values == 0)
        continue;
      if (!propose_bare_person (&self, column) && !propose_plain (&self, column) &&
          column->is_untitled)
        propose_untitled (&self, column);
    }
  propose_name_parts (&self);
  propose_label (&self);

  settle_claims (&self);
  for (i = 0; i < columns->len; i++)
    explain_ignored (get_column (&self, i));
}
