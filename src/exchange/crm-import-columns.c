/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of a file are, by their titles. */

#include "config.h"

#include "crm-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-number.h"
#include "crm-text.h"

/* How much a column says about the type of the rows */
#define WEIGHT_FIELD 1.0
#define WEIGHT_COMMON 0.3
#define WEIGHT_RELATED 0.2

static void
new_field_free (CrmImportNewField *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_free (self->name);
  g_free (self);
}

void
crm_import_column_reset (CrmImportColumn *column)
{
  g_assert (column != NULL);

  column->role = CRM_ROLE_NONE;
  column->relation = NULL;
  column->is_reverse = FALSE;
  column->field = NULL;
  g_clear_pointer (&column->new_field, new_field_free);
  g_clear_pointer (&column->label, g_free);
  column->number = 0;
  column->group = 1;
  column->name_order = CRM_NAME_ORDER_UNKNOWN;
  column->confidence = CRM_IMPORT_IGNORED;
  g_clear_pointer (&column->reason, g_free);
  g_clear_pointer (&column->meanings, g_hash_table_unref);
}

void
crm_import_column_clear (CrmImportColumn *column)
{
  crm_import_column_reset (column);
  g_clear_pointer (&column->title, g_free);
  g_clear_pointer (&column->currency, g_free);
  g_clear_pointer (&column->zone, g_time_zone_unref);
  g_clear_pointer (&column->writing.currency, g_free);
  crm_import_profile_clear (&column->profile);
}

void
crm_import_column_judge (CrmImportColumn *column, CrmImportConfidence confidence, char *reason)
{
  column->confidence = confidence;
  g_free (column->reason);
  column->reason = reason;
}

static gboolean
has_name_parts (const CrmRecordType *type)
{
  return (type->label_field->flags & CRM_FIELD_READ_ONLY) != 0 &&
         crm_record_type_find_field (type, "first_name") != NULL;
}

static void
set_field (CrmImportColumn *column, const CrmRecordType *type, const CrmField *field)
{
  if (field == type->label_field && has_name_parts (type))
    {
      column->role = CRM_ROLE_FULL_NAME;
    }
  else if (crm_import_field_is_writable (field))
    {
      column->role = CRM_ROLE_FIELD;
      column->field = field;
    }
}

/* By API name or label */
static const CrmField *
find_by_name (const CrmRecordType *type, const char *title)
{
  g_autofree char *folded = crm_title_normalise (title, NULL, NULL);
  const CrmField *by_label = NULL;
  guint i;

  for (i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *label = NULL;

      if (g_ascii_strcasecmp (field->name, title) == 0)
        return field;

      label = crm_title_normalise (field->label, NULL, NULL);
      if (by_label == NULL && *label != '\0' && strcmp (label, folded) == 0)
        by_label = field;
    }

  return by_label;
}

/* "GMT+1" or "UTC-05:00" */
static GTimeZone *
parse_zone (const char *aside)
{
  const char *offset;
  g_autofree char *identifier = NULL;
  guint hours = 0;
  guint minutes = 0;

  if (!g_str_has_prefix (aside, "GMT") && !g_str_has_prefix (aside, "UTC"))
    return NULL;

  offset = aside + 3;
  if (*offset == '\0')
    return g_time_zone_new_utc ();
  if (*offset != '+' && *offset != '-')
    return NULL;

  hours = (guint) g_ascii_strtoull (offset + 1, NULL, 10);
  if (strchr (offset, ':') != NULL)
    minutes = (guint) g_ascii_strtoull (strchr (offset, ':') + 1, NULL, 10);
  if (hours > 14 || minutes > 59)
    return NULL;

  identifier = g_strdup_printf ("%c%02u:%02u", *offset, hours, minutes);

  return g_time_zone_new_identifier (identifier);
}

static void
take_aside (CrmImportColumn *column)
{
  g_autofree char *aside = NULL;
  g_autofree char *words = crm_title_normalise (column->title, NULL, &aside);

  g_clear_pointer (&column->currency, g_free);
  g_clear_pointer (&column->zone, g_time_zone_unref);
  if (aside == NULL)
    return;

  column->zone = parse_zone (aside);
  if (strlen (aside) == 3)
    {
      g_autofree char *code = g_ascii_strup (aside, -1);

      if (crm_currency_get_digits (code) >= 0)
        column->currency = g_steal_pointer (&code);
    }
}

/* What the part of a value that has a column of its own belongs to */
static const CrmField *
find_owner (const CrmRecordType *type, CrmColumnRole role)
{
  guint i;

  if (role == CRM_ROLE_NAME_SUFFIX)
    return crm_record_type_find_field (type, "last_name");
  for (i = 0; role == CRM_ROLE_CURRENCY && i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_MONEY)
      return type->fields[i];

  return NULL;
}

/* "Email (work)", "Phone (mobile)": which of several it is, in the words that are used for it */
static char *
read_label (const CrmImportColumn *column)
{
  static const struct
  {
    const char *word;
    const char *label;
  } labels[] = { { "work", "Work" },     { "home", "Home" },        { "mobile", "Mobile" },
                 { "iphone", "Mobile" }, { "cell", "Mobile" },      { "other", "Other" },
                 { "main", "Main" },     { "private", "Home" },     { "office", "Work" },
                 { "práce", "Work" },    { "domů", "Home" },        { "mobil", "Mobile" },
                 { "privat", "Home" },   { "geschäftlich", "Work" } };
  g_autofree char *aside = NULL;
  g_autofree char *words = crm_title_normalise (column->title, NULL, &aside);
  g_autofree char *folded = aside != NULL ? crm_text_fold (aside) : NULL;
  guint i;

  for (i = 0; folded != NULL && i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *word = crm_text_fold (labels[i].word);

      if (strcmp (word, folded) == 0)
        return g_strdup (labels[i].label);
    }

  return NULL;
}

static void
set_title (CrmImportColumn *column, const CrmRecordType *type, const CrmTitle *title, int number)
{
  const CrmField *field = title->field != NULL ? crm_record_type_find_field (type, title->field)
                                               : find_owner (type, title->role);
  gboolean needs_field = title->role != CRM_ROLE_FULL_NAME && title->role != CRM_ROLE_NOTE;

  if (needs_field && field == NULL)
    return;
  if (title->role == CRM_ROLE_FULL_NAME && !has_name_parts (type))
    return;

  if (title->role == CRM_ROLE_FIELD)
    {
      set_field (column, type, field);
    }
  else
    {
      column->role = title->role;
      column->field = field;
    }
  if (title->label != NULL)
    column->label = g_strdup (title->label);
  else if (column->role == CRM_ROLE_FIELD && crm_kind_is_repeated (field->kind))
    column->label = read_label (column);
  column->number = number;
  column->group = MAX (title->group, 1) + MAX (number, 1) - 1;
}

/* By what the rows' own type calls it, or others do */
static void
propose_own (CrmImportColumn *column, const CrmRecordType *type, const char *words)
{
  const CrmField *field = find_by_name (type, words);
  const CrmTitle *title;
  int number;

  if (field != NULL)
    {
      set_field (column, type, field);
      return;
    }

  title = crm_title_find (type->name, words, &number);
  if (title != NULL)
    set_title (column, type, title, number);
}

/* "Company City", "Account: Phone", "Deal Name": a word for the related type, and what it is there. Returns
 * what follows the word; (transfer full) (nullable) */
static char *
strip_word (const char *title, const char *word)
{
  g_autofree char *folded = crm_title_normalise (word, NULL, NULL);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  const char *p = title;
  guint i;

  if (*folded == '\0')
    return NULL;

  /* Word by word, so that the rest keeps its numbers and brackets */
  for (i = 0; words[i] != NULL; i++)
    {
      const char *end;
      g_autofree char *piece = NULL;
      g_autofree char *normal = NULL;

      while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      for (end = p; *end != '\0' && g_unichar_isalnum (g_utf8_get_char (end));)
        end = g_utf8_next_char (end);
      piece = g_strndup (p, (gsize) (end - p));
      normal = crm_text_fold (piece);
      if (strcmp (normal, words[i]) != 0)
        return NULL;
      p = end;
    }
  while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return *p != '\0' ? g_strdup (p) : NULL;
}

static gboolean
propose_behind (CrmImportColumn *column,
                const CrmCatalogue *catalogue,
                const CrmRecordType *type,
                const CrmField *relation,
                gboolean is_reverse,
                const char *word)
{
  g_autofree char *rest = word != NULL ? strip_word (column->title, word) : NULL;
  const CrmRecordType *record;
  g_autofree char *target = NULL;

  if (rest == NULL)
    return FALSE;

  column->relation = relation;
  column->is_reverse = is_reverse;
  record = crm_import_column_get_type (column, catalogue, type);
  propose_own (column, record, rest);
  if (column->role == CRM_ROLE_NONE || column->role == CRM_ROLE_NOTE ||
      (column->field != NULL && (crm_kind_is_relation (column->field->kind) ||
                                 strcmp (column->field->name, "created_at") == 0)))
    {
      crm_import_column_reset (column);
      return FALSE;
    }

  /* The company's name is the company. */
  target = crm_import_column_get_target (column, type);

  return crm_import_column_set_target (column, catalogue, type, target, NULL);
}

static gboolean
propose_related (CrmImportColumn *column,
                 const CrmCatalogue *catalogue,
                 const CrmRecordType *type,
                 const CrmField *relation,
                 gboolean is_reverse)
{
  const CrmRecordType *record = crm_catalogue_get_type (catalogue, is_reverse ? relation->type_id
                                                                              : relation->target);
  g_auto (GStrv) words = NULL;
  guint i;

  if (record == NULL || (is_reverse && relation->reverse_name == NULL))
    return FALSE;
  if (propose_behind (column, catalogue, type, relation, is_reverse,
                      is_reverse ? relation->reverse_label : relation->label) ||
      propose_behind (column, catalogue, type, relation, is_reverse,
                      is_reverse ? relation->reverse_name : relation->name) ||
      propose_behind (column, catalogue, type, relation, is_reverse, record->label) ||
      propose_behind (column, catalogue, type, relation, is_reverse, record->label_many))
    return TRUE;

  words = crm_title_list_prefixes (record->name);
  for (i = 0; words[i] != NULL; i++)
    if (propose_behind (column, catalogue, type, relation, is_reverse, words[i]))
      return TRUE;

  return FALSE;
}

/* A column about another record in the same row */
static void
propose_by_relations (CrmImportColumn *column,
                      const CrmCatalogue *catalogue,
                      const CrmRecordType *type)
{
  g_autoptr (GPtrArray) reverse = NULL;
  guint i;

  for (i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_RELATION && type->fields[i]->target != 0 &&
        type->fields[i]->target != type->id &&
        propose_related (column, catalogue, type, type->fields[i], FALSE))
      return;

  reverse = crm_catalogue_list_reverse (catalogue, type);
  for (i = 0; i < reverse->len; i++)
    {
      const CrmField *relation = g_ptr_array_index (reverse, i);

      if (relation->kind == CRM_KIND_RELATION && relation->type_id != type->id &&
          propose_related (column, catalogue, type, relation, TRUE))
        return;
    }
}

/* "Amount" beside "Deal Name", in a file of people: what says nothing of the row's record may be about one that
 * other columns are about. */
static void
propose_beside (GArray *columns,
                CrmImportColumn *column,
                const CrmCatalogue *catalogue,
                const CrmRecordType *type)
{
  guint i;

  for (i = 0; i < columns->len; i++)
    {
      const CrmImportColumn *other = &g_array_index (columns, CrmImportColumn, i);

      if (other == column || other->relation == NULL)
        continue;

      column->relation = other->relation;
      column->is_reverse = other->is_reverse;
      propose_own (column, crm_import_column_get_type (column, catalogue, type), column->title);
      if (column->role == CRM_ROLE_FIELD && !crm_kind_is_relation (column->field->kind) &&
          (column->field->flags & CRM_FIELD_SYSTEM) == 0)
        {
          crm_import_column_judge (
              column, CRM_IMPORT_CHECK,
              g_strdup_printf (_ ("It is taken for a part of what “%s” is about."), other->title));
          return;
        }
      crm_import_column_reset (column);
    }
}

static void
propose_column (CrmImportColumn *column, const CrmCatalogue *catalogue, const CrmRecordType *type)
{
  crm_import_column_reset (column);
  take_aside (column);

  if (crm_import_column_propose_part (column, type))
    {
      crm_import_column_judge (column, CRM_IMPORT_SURE, NULL);
      return;
    }
  propose_own (column, type, column->title);
  if (column->role == CRM_ROLE_NONE)
    propose_by_relations (column, catalogue, type);
  if (column->role != CRM_ROLE_NONE)
    crm_import_column_judge (column, CRM_IMPORT_SURE, NULL);
}

static CrmImportColumn *
get_column (GArray *columns, guint i)
{
  return &g_array_index (columns, CrmImportColumn, i);
}

static gboolean
is_field (const CrmImportColumn *column, const char *name)
{
  return column->role == CRM_ROLE_FIELD && column->relation == NULL &&
         strcmp (column->field->name, name) == 0;
}

static guint
count_field (GArray *columns, const char *name)
{
  guint n = 0;
  guint i;

  for (i = 0; i < columns->len; i++)
    if (is_field (get_column (columns, i), name))
      n++;

  return n;
}

/* Titles whose meaning depends on what other columns there are */
static void
settle_people (GArray *columns, const CrmRecordType *type)
{
  gboolean has_job_title = count_field (columns, "job_title") > 1;
  guint i;

  for (i = 0; i < columns->len; i++)
    {
      CrmImportColumn *column = get_column (columns, i);

      /* Beside "Job Title", "Title" is what stands before a name. */
      if (has_job_title && is_field (column, "job_title") &&
          g_ascii_strcasecmp (column->title, "Title") == 0)
        column->field = crm_record_type_find_field (type, "salutation");
    }
}

static double
weigh (const CrmImportColumn *column)
{
  if (column->role == CRM_ROLE_NONE)
    return 0;
  if (column->relation != NULL)
    return WEIGHT_RELATED;
  if (column->role == CRM_ROLE_NOTE || column->role == CRM_ROLE_RECORD_ID ||
      column->role == CRM_ROLE_CURRENCY ||
      (column->field != NULL && (column->field->flags & CRM_FIELD_SYSTEM) != 0))
    return WEIGHT_COMMON;

  return WEIGHT_FIELD;
}

double
crm_import_columns_propose (GArray *columns,
                            const CrmCatalogue *catalogue,
                            const CrmRecordType *type)
{
  double score = 0;
  guint i;

  g_assert (columns != NULL);
  g_assert (type != NULL);

  for (i = 0; i < columns->len; i++)
    {
      propose_column (get_column (columns, i), catalogue, type);
      score += weigh (get_column (columns, i));
    }

  for (i = 0; i < columns->len; i++)
    if (get_column (columns, i)->role == CRM_ROLE_NONE)
      propose_beside (columns, get_column (columns, i), catalogue, type);

  if (has_name_parts (type))
    settle_people (columns, type);
  crm_import_columns_propose_by_values (columns, catalogue, type);

  return score;
}
