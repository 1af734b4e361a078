/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-private.h"
#include "crm-number.h"
#include "crm-schema.h"
#include "crm-text.h"

static CrmImportColumn *
get_column (CrmImportPlan *self, guint i)
{
  return &g_array_index (self->columns, CrmImportColumn, i);
}

static const CrmCatalogue *
get_catalogue (CrmImportPlan *self)
{
  return crm_store_get_catalogue (self->store);
}

guint
crm_import_plan_get_n_columns (CrmImportPlan *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), 0);

  return self->columns->len;
}

const char *
crm_import_plan_get_column_title (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return get_column (self, column)->title;
}

char *
crm_import_plan_describe_column (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return crm_import_column_describe (get_column (self, column), get_catalogue (self), self->type);
}

const char *const *
crm_import_plan_get_samples (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return (const char *const *) get_column (self, column)->profile.samples;
}

char *
crm_import_plan_get_target (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return crm_import_column_get_target (get_column (self, column), self->type);
}

gboolean
crm_import_plan_set_target (CrmImportPlan *self, guint column, const char *target, GError **error)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  if (!crm_import_column_set_target (get_column (self, column), get_catalogue (self), self->type,
                                     target, error))
    return FALSE;
  get_column (self, column)->is_chosen = TRUE;
  crm_import_plan_settle_writing (self);

  return TRUE;
}

CrmImportConfidence
crm_import_plan_get_confidence (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_IGNORED);
  g_return_val_if_fail (column < self->columns->len, CRM_IMPORT_IGNORED);

  return get_column (self, column)->confidence;
}

const char *
crm_import_plan_get_reason (CrmImportPlan *self, guint column)
{
  const char *reason;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  reason = get_column (self, column)->reason;

  return reason != NULL ? reason : "";
}

/* New fields */

CrmKind
crm_import_plan_guess_kind (CrmImportPlan *self, guint column)
{
  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_KIND_TEXT);
  g_return_val_if_fail (column < self->columns->len, CRM_KIND_TEXT);

  return crm_import_profile_guess_kind (&get_column (self, column)->profile);
}

/* "Favourite Colour" → "favourite_colour", which no field of the type is called, and no other new one */
static char *
make_name (CrmImportPlan *self, guint column, const char *label)
{
  g_autofree char *words = crm_title_normalise (label, NULL, NULL);
  g_autoptr (GString) base = g_string_new (NULL);
  const char *p;
  guint number = 1;

  for (p = words; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (base, *p);
    else if (*p == ' ' && base->len > 0)
      g_string_append_c (base, '_');
  if (base->len == 0 || g_ascii_isdigit (base->str[0]))
    g_string_prepend (base, "field");

  for (;; number++)
    {
      g_autofree char *name = number == 1 ? g_strdup (base->str)
                                          : g_strdup_printf ("%s_%u", base->str, number);
      gboolean taken = crm_record_type_find_field (self->type, name) != NULL ||
                       crm_catalogue_find_reverse (get_catalogue (self), self->type, name) != NULL;
      guint i;

      for (i = 0; i < self->columns->len && !taken; i++)
        taken = i != column && get_column (self, i)->new_field != NULL &&
                strcmp (get_column (self, i)->new_field->name, name) == 0;
      if (!taken && strcmp (name, "id") != 0 && strcmp (name, "note") != 0)
        return g_steal_pointer (&name);
    }
}

gboolean
crm_import_plan_set_new_field (CrmImportPlan *self,
                               guint column,
                               CrmKind kind,
                               const char *label,
                               GError **error)
{
  g_autofree char *clean = NULL;
  CrmImportColumn *c;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);
  g_return_val_if_fail (label != NULL, FALSE);

  clean = crm_text_clean (label, FALSE);
  if (clean == NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_USAGE,
                           _ ("A new field needs a name; write what it is to be called."));
      return FALSE;
    }
  if (!crm_kind_get_info (kind)->addable || crm_kind_is_relation (kind) || kind == CRM_KIND_FILES)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("An import makes no field of the kind “%s”; choose another kind."),
                   gettext (crm_kind_get_info (kind)->label));
      return FALSE;
    }

  c = get_column (self, column);
  crm_import_column_reset (c);
  c->role = CRM_ROLE_FIELD;
  c->new_field = g_new0 (CrmImportNewField, 1);
  c->new_field->kind = kind;
  c->new_field->label = g_steal_pointer (&clean);
  c->new_field->name = make_name (self, column, c->new_field->label);
  c->confidence = CRM_IMPORT_SURE;
  c->is_chosen = TRUE;
  crm_import_plan_settle_writing (self);

  return TRUE;
}

gboolean
crm_import_plan_get_new_field (CrmImportPlan *self, guint column, CrmKind *kind, const char **label)
{
  const CrmImportNewField *field;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);

  field = get_column (self, column)->new_field;
  if (field == NULL)
    return FALSE;
  if (kind != NULL)
    *kind = field->kind;
  if (label != NULL)
    *label = field->label;

  return TRUE;
}

gboolean
crm_import_plan_make_fields (CrmImportPlan *plan, CrmTransaction *transaction, GError **error)
{
  guint i;

  g_assert (plan != NULL);

  for (i = 0; i < plan->columns->len; i++)
    {
      const CrmImportNewField *field = get_column (plan, i)->new_field;
      const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
      const CrmRecordType *type = crm_catalogue_get_type (catalogue, plan->type->id);
      CrmFieldSpec spec = { 0 };

      if (field == NULL || type == NULL || crm_record_type_find_field (type, field->name) != NULL)
        continue;
      spec.name = field->name;
      spec.label = field->label;
      spec.kind = field->kind;
      if (!crm_schema_add_field (transaction, type, &spec, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* How values are written */

static CrmKind
get_kind (const CrmImportColumn *column)
{
  if (column->role != CRM_ROLE_FIELD)
    return CRM_KIND_TEXT;

  return column->new_field != NULL ? column->new_field->kind : column->field->kind;
}

static gboolean
is_number (CrmKind kind)
{
  return kind == CRM_KIND_INTEGER || kind == CRM_KIND_DECIMAL || kind == CRM_KIND_PERCENT ||
         kind == CRM_KIND_MONEY;
}

static gboolean
is_date (CrmKind kind)
{
  return kind == CRM_KIND_DATE || kind == CRM_KIND_DATETIME;
}

static CrmImportForm
get_form (CrmEvidenceAnswer answer)
{
  return answer == CRM_EVIDENCE_CLEAR   ? CRM_IMPORT_FORM_CLEAR
         : answer == CRM_EVIDENCE_SHOWN ? CRM_IMPORT_FORM_COLUMN
                                        : CRM_IMPORT_FORM_AMBIGUOUS;
}

/* What a column cannot tell may be told by all others together, if they agree. */
static gboolean
ask_file_for_dates (GArray *columns, CrmDateOrder *order)
{
  gboolean day_first = FALSE;
  gboolean month_first = FALSE;
  guint i;

  for (i = 0; i < columns->len; i++)
    {
      const CrmImportEvidence *evidence = &g_array_index (columns, CrmImportColumn, i).evidence;

      day_first = day_first || evidence->n_first_over_12 > evidence->n_second_over_12;
      month_first = month_first || evidence->n_second_over_12 > evidence->n_first_over_12;
    }
  if (day_first == month_first)
    return FALSE;
  *order = day_first ? CRM_DATE_ORDER_DMY : CRM_DATE_ORDER_MDY;

  return TRUE;
}

static gboolean
ask_file_for_numbers (GArray *columns, gboolean *comma)
{
  guint with_comma = 0;
  guint with_point = 0;
  guint i;

  for (i = 0; i < columns->len; i++)
    {
      const CrmImportColumn *column = &g_array_index (columns, CrmImportColumn, i);

      if (!is_number (get_kind (column)))
        continue;
      with_comma += column->evidence.n_comma_decimals + column->evidence.n_point_groups;
      with_point += column->evidence.n_point_decimals + column->evidence.n_comma_groups;
    }
  if ((with_comma > 0) == (with_point > 0))
    return FALSE;
  *comma = with_comma > 0;

  return TRUE;
}

static void
settle_dates (CrmImportColumn *column, GArray *columns, const CrmLocale *locale)
{
  CrmImportWriting *writing = &column->writing;

  if (writing->date_form == CRM_IMPORT_FORM_GIVEN)
    return;

  writing->date_order = locale->date_order;
  if (!is_date (get_kind (column)) || column->evidence.n_values == 0)
    {
      writing->date_form = CRM_IMPORT_FORM_NONE;
      return;
    }
  writing->date_form = get_form (
      crm_import_evidence_get_date_order (&column->evidence, &writing->date_order));
  if (writing->date_form == CRM_IMPORT_FORM_AMBIGUOUS &&
      column->evidence.n_first_over_12 == column->evidence.n_second_over_12 &&
      ask_file_for_dates (columns, &writing->date_order))
    writing->date_form = CRM_IMPORT_FORM_FILE;
}

static void
settle_numbers (CrmImportColumn *column,
                GArray *columns,
                const CrmLocale *locale,
                gboolean has_points)
{
  CrmImportWriting *writing = &column->writing;
  CrmKind kind = get_kind (column);

  if (writing->decimal_form == CRM_IMPORT_FORM_GIVEN)
    return;

  writing->decimal_comma = locale->decimal_comma;
  if (!is_number (kind) || column->evidence.n_values == 0)
    {
      writing->decimal_form = CRM_IMPORT_FORM_NONE;
      return;
    }
  writing->decimal_form = get_form (crm_import_evidence_get_decimal_comma (
      &column->evidence, kind == CRM_KIND_INTEGER, &writing->decimal_comma));
  if (writing->decimal_form == CRM_IMPORT_FORM_AMBIGUOUS && has_points)
    {
      writing->decimal_comma = FALSE;
      writing->decimal_form = CRM_IMPORT_FORM_CLEAR;
    }
  else if (writing->decimal_form == CRM_IMPORT_FORM_AMBIGUOUS &&
           ask_file_for_numbers (columns, &writing->decimal_comma))
    writing->decimal_form = CRM_IMPORT_FORM_FILE;
}

void
crm_import_plan_settle_writing (CrmImportPlan *self)
{
  const CrmLocale *locale = crm_store_get_locale (self->store);
  gboolean has_points = crm_table_get_format (self->table) != CRM_TABLE_CSV;
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      CrmImportColumn *column = &g_array_index (self->columns, CrmImportColumn, i);

      settle_dates (column, self->columns, locale);
      settle_numbers (column, self->columns, locale, has_points);
    }
  crm_import_plan_settle_separators (self);
}

void
crm_import_plan_tell_ambiguous (CrmImportPlan *plan, GPtrArray *problems)
{
  gint64 line = MAX (crm_table_get_dialect (plan->table)->header_line, 1);
  guint i;

  g_assert (problems != NULL);

  for (i = 0; i < plan->columns->len; i++)
    {
      const CrmImportColumn *column = get_column (plan, i);

      if (column->writing.date_form == CRM_IMPORT_FORM_AMBIGUOUS)
        g_ptr_array_add (problems,
                         crm_problem_new (line, column->title, column->evidence.either_day,
                                          CRM_SEVERITY_WARNING,
                                          column->writing.date_order == CRM_DATE_ORDER_MDY
                                              ? _ ("Day and month could be meant either way round; "
                                                   "they were read month first.")
                                              : _ ("Day and month could be meant either way round; "
                                                   "they were read day first.")));
      if (column->writing.decimal_form == CRM_IMPORT_FORM_AMBIGUOUS)
        g_ptr_array_add (
            problems, crm_problem_new (line, column->title, column->evidence.either_number,
                                       CRM_SEVERITY_WARNING,
                                       column->writing.decimal_comma
                                           ? _ ("Numbers could be meant in two ways; a comma was "
                                                "read as the decimal sign.")
                                           : _ ("Numbers could be meant in two ways; a point was "
                                                "read as the decimal sign.")));
    }
}

CrmImportForm
crm_import_plan_get_date_order (CrmImportPlan *self,
                                guint column,
                                CrmDateOrder *order,
                                const char **sample)
{
  const CrmImportColumn *c;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_FORM_NONE);
  g_return_val_if_fail (column < self->columns->len, CRM_IMPORT_FORM_NONE);

  c = get_column (self, column);
  if (order != NULL)
    *order = c->writing.date_order;
  if (sample != NULL)
    *sample = c->writing.date_form == CRM_IMPORT_FORM_AMBIGUOUS ? c->evidence.either_day : NULL;

  return c->writing.date_form;
}

void
crm_import_plan_set_date_order (CrmImportPlan *self, guint column, CrmDateOrder order)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));
  g_return_if_fail (column < self->columns->len);

  get_column (self, column)->writing.date_order = order;
  get_column (self, column)->writing.date_form = CRM_IMPORT_FORM_GIVEN;
}

void
crm_import_plan_detect_date_orders (CrmImportPlan *self)
{
  guint i;

  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));

  for (i = 0; i < self->columns->len; i++)
    get_column (self, i)->writing.date_form = CRM_IMPORT_FORM_NONE;
  crm_import_plan_settle_writing (self);
}

CrmImportForm
crm_import_plan_get_decimal_comma (CrmImportPlan *self,
                                   guint column,
                                   gboolean *comma,
                                   const char **sample)
{
  const CrmImportColumn *c;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_FORM_NONE);
  g_return_val_if_fail (column < self->columns->len, CRM_IMPORT_FORM_NONE);

  c = get_column (self, column);
  if (comma != NULL)
    *comma = c->writing.decimal_comma;
  if (sample != NULL)
    *sample = c->writing.decimal_form == CRM_IMPORT_FORM_AMBIGUOUS ? c->evidence.either_number
                                                                   : NULL;

  return c->writing.decimal_form;
}

void
crm_import_plan_set_decimal_comma (CrmImportPlan *self, guint column, gboolean comma)
{
  g_return_if_fail (CRM_IS_IMPORT_PLAN (self));
  g_return_if_fail (column < self->columns->len);

  get_column (self, column)->writing.decimal_comma = comma;
  get_column (self, column)->writing.decimal_form = CRM_IMPORT_FORM_GIVEN;
}

CrmImportForm
crm_import_plan_get_currency (CrmImportPlan *self, guint column, const char **currency)
{
  const CrmImportColumn *c;
  const char *code;
  CrmImportForm form;
  guint i;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), CRM_IMPORT_FORM_NONE);
  g_return_val_if_fail (column < self->columns->len, CRM_IMPORT_FORM_NONE);

  c = get_column (self, column);
  code = crm_store_get_locale (self->store)->currency;
  form = CRM_IMPORT_FORM_AMBIGUOUS;
  if (get_kind (c) != CRM_KIND_MONEY || c->evidence.n_values == 0)
    form = CRM_IMPORT_FORM_NONE;
  else if (c->profile.n_numbers == 0)
    form = CRM_IMPORT_FORM_CLEAR;

  for (i = 0; i < self->columns->len && form == CRM_IMPORT_FORM_AMBIGUOUS; i++)
    if (get_column (self, i)->role == CRM_ROLE_CURRENCY)
      form = CRM_IMPORT_FORM_CLEAR;
  if (c->currency != NULL && form == CRM_IMPORT_FORM_AMBIGUOUS)
    {
      code = c->currency;
      form = CRM_IMPORT_FORM_COLUMN;
    }
  if (c->writing.currency != NULL && form != CRM_IMPORT_FORM_NONE)
    {
      code = c->writing.currency;
      form = CRM_IMPORT_FORM_GIVEN;
    }
  if (currency != NULL)
    *currency = code;

  return form;
}

gboolean
crm_import_plan_set_currency (CrmImportPlan *self,
                              guint column,
                              const char *currency,
                              GError **error)
{
  g_autofree char *code = NULL;

  g_return_val_if_fail (CRM_IS_IMPORT_PLAN (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);
  g_return_val_if_fail (currency != NULL, FALSE);

  code = g_ascii_strup (currency, -1);
  if (crm_currency_get_digits (code) < 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is no currency; write a code like EUR."), currency);
      return FALSE;
    }
  g_free (get_column (self, column)->writing.currency);
  get_column (self, column)->writing.currency = g_steal_pointer (&code);

  return TRUE;
}
