/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "crm-error.h"
#include "crm-filter-edit.h"
#include "crm-number.h"

static const CrmFilterOperand *
get_operand (const CrmFilterNode *self, guint index)
{
  return g_ptr_array_index (self->operands, index);
}

/* Filter text is the same in every language */
static CrmLocale
get_text_locale (CrmStore *store)
{
  CrmLocale locale = *crm_store_get_locale (store);

  locale.decimal_comma = FALSE;
  return locale;
}

static gboolean
read_amount (const char *text, CrmStore *store, gboolean typed, gint64 *amount, char currency[4])
{
  const CrmLocale *locale = crm_store_get_locale (store);
  gboolean comma = typed && locale->decimal_comma;
  g_autofree char *upper = g_utf8_strup (text, -1);

  *currency = '\0';
  return crm_number_parse (upper, CRM_MONEY_DIGITS, comma, amount, NULL) ||
         crm_money_parse (typed ? text : upper, locale->currency, comma, amount, currency, NULL);
}

static char *
describe_period (const char *text)
{
  static const struct
  {
    const char *text;
    const char *words;
  } periods[] = {
    { "today", N_ ("today") },
    { "yesterday", N_ ("yesterday") },
    { "tomorrow", N_ ("tomorrow") },
    { "this day", N_ ("today") },
    { "last day", N_ ("yesterday") },
    { "next day", N_ ("tomorrow") },
    { "this week", N_ ("this week") },
    { "last week", N_ ("last week") },
    { "next week", N_ ("next week") },
    { "this month", N_ ("this month") },
    { "last month", N_ ("last month") },
    { "next month", N_ ("next month") },
    { "this quarter", N_ ("this quarter") },
    { "last quarter", N_ ("last quarter") },
    { "next quarter", N_ ("next quarter") },
    { "this year", N_ ("this year") },
    { "last year", N_ ("last year") },
    { "next year", N_ ("next year") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (strcmp (periods[i].text, text) == 0)
      return g_strdup (_ (periods[i].words));

  return NULL;
}

static char *
describe_count (gboolean next, gulong n, const char *unit)
{
  switch (*unit)
    {
    case 'd':
      return next ? g_strdup_printf (ngettext ("next %lu day", "next %lu days", n), n)
                  : g_strdup_printf (ngettext ("last %lu day", "last %lu days", n), n);
    case 'w':
      return next ? g_strdup_printf (ngettext ("next %lu week", "next %lu weeks", n), n)
                  : g_strdup_printf (ngettext ("last %lu week", "last %lu weeks", n), n);
    case 'm':
      return next ? g_strdup_printf (ngettext ("next %lu month", "next %lu months", n), n)
                  : g_strdup_printf (ngettext ("last %lu month", "last %lu months", n), n);
    case 'q':
      return next ? g_strdup_printf (ngettext ("next %lu quarter", "next %lu quarters", n), n)
                  : g_strdup_printf (ngettext ("last %lu quarter", "last %lu quarters", n), n);
    default:
      return next ? g_strdup_printf (ngettext ("next %lu year", "next %lu years", n), n)
                  : g_strdup_printf (ngettext ("last %lu year", "last %lu years", n), n);
    }
}

/* "last 30 days" in the user's language; NULL for what is no relative date */
static char *
describe_relative (const char *text, CrmStore *store)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) words = g_strsplit (lower, " ", -1);
  CrmDateRange range;

  if (!crm_date_range_parse (lower, crm_store_get_now (store), crm_store_get_locale (store)->zone,
                             crm_locale_get_first_weekday (), &range))
    return NULL;
  if (g_strv_length (words) == 3)
    return describe_count (g_str_equal (words[0], "next"), strtoul (words[1], NULL, 10), words[2]);

  return describe_period (lower);
}

static char *
describe_value (const CrmField *field, const char *text, CrmStore *store)
{
  CrmLocale locale = get_text_locale (store);
  g_autoptr (CrmValue) value = crm_value_parse (field, text, &locale, NULL, NULL, NULL);

  return value != NULL ? crm_value_to_display (field, value, crm_store_get_locale (store))
                       : g_strdup (text);
}

static char *
describe_option (const CrmField *field, const char *text, CrmStore *store)
{
  const CrmOption *option = crm_field_find_option (field, text, 0);
  const CrmOption *parent;

  if (option == NULL)
    option = crm_catalogue_get_option (crm_store_get_catalogue (store),
                                       g_ascii_strtoll (text, NULL, 10));
  if (option == NULL)
    return g_strdup (text);

  /* One that is meant by its id has a namesake in another pipeline */
  parent = g_ascii_isdigit (*text) && option->parent != 0
               ? crm_catalogue_get_option (crm_store_get_catalogue (store), option->parent)
               : NULL;
  return parent != NULL ? g_strdup_printf ("%s › %s", parent->label, option->label)
                        : g_strdup (option->label);
}

static char *
describe_amount (const char *text, CrmStore *store, gboolean typed)
{
  char currency[4];
  gint64 amount;

  if (!read_amount (text, store, FALSE, &amount, currency))
    return g_strdup (text);
  if (*currency == '\0')
    return crm_number_format (amount, CRM_MONEY_DIGITS, 0);
  if (!typed)
    return crm_money_format (amount, currency);

  {
    g_autofree char *number = crm_number_format (
        amount, CRM_MONEY_DIGITS, (guint) MAX (crm_currency_get_digits (currency), 0));

    return g_strdup_printf ("%s %s", number, currency);
  }
}

char *
crm_filter_node_describe_operand (const CrmFilterNode *self, guint index, CrmStore *store)
{
  const CrmFilterOperand *operand;

  g_return_val_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION, NULL);
  g_return_val_if_fail (index < self->operands->len, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  operand = get_operand (self, index);
  if (operand->label != NULL)
    return g_strdup (operand->label);
  if (crm_filter_node_is_record (self) && !operand->quoted &&
      g_ascii_strcasecmp (operand->text, "me") == 0)
    return g_strdup (C_ ("team member", "me"));
  if (self->field == NULL)
    return g_strdup (operand->text);

  switch (self->field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
      return describe_value (self->field, operand->text, store);

    case CRM_KIND_MONEY:
      return describe_amount (operand->text, store, FALSE);

    case CRM_KIND_CHECKBOX:
      return describe_value (self->field, operand->text, store);

    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      {
        char *relative = describe_relative (operand->text, store);

        if (relative != NULL)
          return relative;
        return crm_date_is_valid (operand->text) ? crm_date_format (operand->text)
                                                 : g_strdup (operand->text);
      }

    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
      return describe_option (self->field, operand->text, store);

    case CRM_KIND_RATING:
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
    case CRM_KIND_FILES:
    case CRM_N_KINDS:
    default:
      return g_strdup (operand->text);
    }
}

char *
crm_filter_node_get_typed (const CrmFilterNode *self, guint index, CrmStore *store)
{
  const CrmFilterOperand *operand;
  gint64 value;

  g_return_val_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION, NULL);
  g_return_val_if_fail (index < self->operands->len, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  operand = get_operand (self, index);
  if (self->field == NULL)
    return g_strdup (operand->text);

  switch (self->field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_RATING:
      if (crm_number_parse (operand->text, CRM_DECIMAL_DIGITS, FALSE, &value, NULL))
        return crm_number_format (value, CRM_DECIMAL_DIGITS, 0);
      return g_strdup (operand->text);

    case CRM_KIND_MONEY:
      return describe_amount (operand->text, store, TRUE);

    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      if (crm_date_is_valid (operand->text))
        return crm_date_format_numeric (operand->text);
      return g_strdup (operand->text);

    default:
      return g_strdup (operand->text);
    }
}

static char *
read_number (const CrmFilterNode *self, const char *typed, CrmStore *store, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (typed));
  gint64 value;

  if (self->field->kind == CRM_KIND_PERCENT && g_str_has_suffix (clean, "%"))
    clean[strlen (clean) - 1] = '\0';
  if (!crm_number_parse (g_strstrip (clean), CRM_DECIMAL_DIGITS,
                         crm_store_get_locale (store)->decimal_comma, &value, error))
    return NULL;

  return crm_number_to_text (value, CRM_DECIMAL_DIGITS, 0);
}

static char *
read_amount_typed (const char *typed, CrmStore *store, GError **error)
{
  g_autofree char *text = NULL;
  char currency[4];
  gint64 amount;

  if (!read_amount (typed, store, TRUE, &amount, currency))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not an amount; type one such as 1000 or “1000 EUR”."), typed);
      return NULL;
    }

  text = crm_number_to_text (amount, CRM_MONEY_DIGITS, 0);
  return *currency != '\0' ? g_strdup_printf ("%s %s", text, currency) : g_steal_pointer (&text);
}

/* Months and years too: "2026-05" */
static char *
read_date (const char *typed, CrmStore *store, GError **error)
{
  const CrmLocale *locale = crm_store_get_locale (store);
  g_autofree char *lower = g_strstrip (g_utf8_strdown (typed, -1));
  CrmDateRange range;
  char *iso;

  if (crm_date_range_parse (lower, crm_store_get_now (store), locale->zone,
                            crm_locale_get_first_weekday (), &range) ||
      g_regex_match_simple ("^\\d{4}(-(0[1-9]|1[0-2]))?$", lower, 0, 0))
    return g_steal_pointer (&lower);

  iso = crm_date_parse (typed, locale->date_order);
  if (iso == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 _ ("“%s” is not a date; type one such as 2026-05-12."), typed);
  return iso;
}

char *
crm_filter_node_read_typed (const CrmFilterNode *self,
                            const char *typed,
                            CrmStore *store,
                            GError **error)
{
  g_return_val_if_fail (self != NULL && self->shape == CRM_FILTER_NODE_CONDITION, NULL);
  g_return_val_if_fail (typed != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  if (self->field == NULL || *typed == '\0')
    return g_strdup (typed);

  switch (self->field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_RATING:
      return read_number (self, typed, store, error);

    case CRM_KIND_MONEY:
      return read_amount_typed (typed, store, error);

    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      return read_date (typed, store, error);

    default:
      return g_strdup (typed);
    }
}
