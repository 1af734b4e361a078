/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-number.h"
#include "crm-query-private.h"
#include "crm-tables.h"
#include "crm-text.h"

/* Digits that can only be an id; shorter ones may also be what a record is called */
#define ID_LENGTH 15

/* Appends "r.f5 = ?1" and the like for one operand and one of the operators that compare */
typedef gboolean (*CompareFunc) (CrmCompiler *self,
                                 const CrmField *field,
                                 const char *sign,
                                 const CrmOperand *operand,
                                 GString *sql,
                                 GError **error);

static gboolean
refuse_value (const CrmOperand *operand, const char *expected, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER, _ ("“%s” is not %s"), operand->text,
               expected);
  return FALSE;
}

static void
append_column (const CrmField *field, GString *sql)
{
  if (field != NULL)
    g_string_append_printf (sql, "r." CRM_VALUE_COLUMN, field->id);
  else
    g_string_append (sql, "r.id");
}

static gboolean
compare_number (CrmCompiler *self,
                const CrmField *field,
                const char *sign,
                const CrmOperand *operand,
                GString *sql,
                GError **error)
{
  gboolean whole = field == NULL || field->kind == CRM_KIND_INTEGER ||
                   field->kind == CRM_KIND_RATING;
  g_autofree char *text = g_strdup (operand->text);
  gsize length = strlen (text);
  gint64 value;

  if (field != NULL && field->kind == CRM_KIND_PERCENT && g_str_has_suffix (text, "%"))
    text[length - 1] = '\0';
  g_strstrip (text);

  append_column (field, sql);
  g_string_append_printf (sql, " %s ", sign);
  if (whole && crm_number_parse (text, 0, FALSE, &value, NULL))
    {
      crm_compiler_append_int (self, value, sql);
      return TRUE;
    }
  if (!crm_number_parse (text, CRM_DECIMAL_DIGITS, FALSE, &value, NULL))
    return refuse_value (operand, field != NULL ? _ ("a number") : _ ("an id"), error);

  if (whole)
    crm_compiler_append_double (self, (double) value / 1000000, sql);
  else
    crm_compiler_append_int (self, value, sql);

  return TRUE;
}

static gboolean
compare_money (CrmCompiler *self,
               const CrmField *field,
               const char *sign,
               const CrmOperand *operand,
               GString *sql,
               GError **error)
{
  g_autofree char *text = g_utf8_strup (operand->text, -1);
  char currency[4] = "";
  gint64 amount;

  g_strstrip (text);
  if (!crm_number_parse (text, CRM_MONEY_DIGITS, FALSE, &amount, NULL) &&
      !crm_money_parse (text, self->locale->currency, FALSE, &amount, currency, NULL))
    return refuse_value (operand, _ ("an amount such as 1000 or “1000 EUR”"), error);

  if (*currency != '\0')
    g_string_append_c (sql, '(');
  append_column (field, sql);
  g_string_append_printf (sql, " %s ", sign);
  crm_compiler_append_int (self, amount, sql);
  if (*currency != '\0')
    {
      g_string_append_printf (sql, " AND r." CRM_CURRENCY_COLUMN " = ", field->id);
      crm_compiler_append_text (self, currency, sql);
      g_string_append_c (sql, ')');
    }

  return TRUE;
}

static gboolean
compare_checkbox (CrmCompiler *self,
                  const CrmField *field,
                  const char *sign,
                  const CrmOperand *operand,
                  GString *sql,
                  GError **error)
{
  static const char *const yes[] = { "true", "yes", "on", "1", NULL };
  static const char *const no[] = { "false", "no", "off", "0", NULL };
  g_autofree char *text = g_ascii_strdown (operand->text, -1);

  if (g_strv_contains (yes, text))
    g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " = 1", field->id);
  else if (g_strv_contains (no, text))
    g_string_append_printf (sql, "coalesce (r." CRM_VALUE_COLUMN ", 0) = 0", field->id);
  else
    return refuse_value (operand, _ ("“true” or “false”"), error);

  return TRUE;
}

static gboolean
append_each (CrmCompiler *self,
             const CrmFilter *comparison,
             CompareFunc compare,
             GString *sql,
             GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < comparison->operands->len; i++)
    {
      const CrmOperand *operand = &g_array_index (comparison->operands, CrmOperand, i);
      g_autoptr (GString) part = g_string_new (NULL);

      if (!compare (self, comparison->field, "=", operand, part, error))
        return FALSE;
      g_ptr_array_add (parts, g_strdup (part->str));
    }

  crm_compiler_append_joined (parts, "OR", sql);
  return TRUE;
}

static gboolean
append_between (CrmCompiler *self,
                const CrmFilter *comparison,
                CompareFunc compare,
                GString *sql,
                GError **error)
{
  const CrmOperand *first = &g_array_index (comparison->operands, CrmOperand, 0);
  const CrmOperand *last = &g_array_index (comparison->operands, CrmOperand, 1);

  g_string_append_c (sql, '(');
  if (!compare (self, comparison->field, ">=", first, sql, error))
    return FALSE;
  g_string_append (sql, " AND ");
  if (!compare (self, comparison->field, "<=", last, sql, error))
    return FALSE;
  g_string_append_c (sql, ')');

  return TRUE;
}

static gboolean
append_simple (CrmCompiler *self,
               const CrmFilter *comparison,
               CompareFunc compare,
               GString *sql,
               GError **error)
{
  CrmOperator comparator = comparison->comparator;
  const char *sign = crm_compiler_get_sign (comparator);
  gboolean ordered = compare != compare_checkbox;

  if (comparator == CRM_OPERATOR_PRESENT)
    {
      append_column (comparison->field, sql);
      g_string_append (sql, " IS NOT NULL");
      return TRUE;
    }
  if (comparator == CRM_OPERATOR_IN)
    return append_each (self, comparison, compare, sql, error);
  if (ordered && comparator == CRM_OPERATOR_BETWEEN)
    return append_between (self, comparison, compare, sql, error);
  if (sign == NULL || (!ordered && comparator != CRM_OPERATOR_EQUAL))
    return crm_compiler_refuse_operator (comparison->field, comparator, error);

  return compare (self, comparison->field, sign,
                  &g_array_index (comparison->operands, CrmOperand, 0), sql, error);
}

static gboolean
append_text (CrmCompiler *self,
             const CrmField *field,
             CrmOperator comparator,
             GArray *operands,
             GString *sql,
             GError **error)
{
  g_autofree char *column = g_strdup_printf ("r." CRM_VALUE_COLUMN, field->id);
  g_autofree char *key = NULL;

  if (crm_field_has_sort_key (field))
    key = g_strdup_printf ("r." CRM_SORT_KEY_COLUMN, field->id);

  return crm_compiler_append_text_comparison (self, column, key, comparator, operands, sql, error);
}

/* Records of @type that have @text as the value of a unique field */
static void
append_unique_values (CrmCompiler *self,
                      const CrmRecordType *type,
                      const char *text,
                      GPtrArray *parts)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *clean = NULL;
      g_autofree char *key = NULL;
      g_autoptr (GString) part = NULL;

      if ((field->flags & CRM_FIELD_UNIQUE) == 0)
        continue;

      if (field->kind == CRM_KIND_EMAILS && strchr (text, '@') != NULL)
        clean = crm_email_normalise (text, &key, NULL);
      else if (field->kind == CRM_KIND_DOMAINS && strchr (text, '.') != NULL)
        clean = crm_domain_normalise (text, &key, NULL);
      else if (field->kind == CRM_KIND_TEXT)
        clean = crm_text_fold (text);
      if (clean == NULL)
        continue;

      part = g_string_new (NULL);
      if (field->kind == CRM_KIND_TEXT)
        {
          g_string_append_printf (part, "crm_fold (r." CRM_VALUE_COLUMN ") = ", field->id);
          crm_compiler_append_text (self, clean, part);
        }
      else
        {
          g_string_append_printf (part,
                                  "SELECT v.record FROM " CRM_ITEM_TABLE
                                  " AS v WHERE v.live = 1 AND v.key = ",
                                  field->id);
          crm_compiler_append_text (self, key, part);
          g_string_printf (part, "r.id IN h%u", crm_compiler_add_set (self, part->str));
        }
      g_ptr_array_add (parts, g_strdup (part->str));
    }
}

static gboolean
is_id (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0' && strlen (text) <= 19;
}

/* @type's records that @operand names */
static void
append_named (CrmCompiler *self,
              const CrmRecordType *type,
              const CrmOperand *operand,
              GPtrArray *parts,
              GArray *labels)
{
  gboolean id = operand->id != 0 || is_id (operand->text);

  if (id || (strcmp (type->name, "members") == 0 && !operand->quoted &&
             g_ascii_strcasecmp (operand->text, "me") == 0))
    {
      g_autoptr (GString) part = g_string_new ("r.id = ");
      gint64 value = operand->id;

      if (value == 0)
        value = id ? g_ascii_strtoll (operand->text, NULL, 10) : crm_store_get_me (self->store);
      crm_compiler_append_int (self, value, part);
      g_ptr_array_add (parts, g_strdup (part->str));
      if (!id || operand->id != 0 || strlen (operand->text) >= ID_LENGTH)
        return;
    }

  crm_operand_array_add (labels, operand->text, TRUE, 0);
  append_unique_values (self, type, operand->text, parts);
}

const char *
crm_compiler_get_sign (CrmOperator comparator)
{
  switch (comparator)
    {
    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
      return crm_operator_to_text (comparator);

    case CRM_OPERATOR_PRESENT:
    case CRM_OPERATOR_CONTAINS:
    case CRM_OPERATOR_STARTS:
    case CRM_OPERATOR_ENDS:
    case CRM_OPERATOR_MATCHES:
    case CRM_OPERATOR_BETWEEN:
    case CRM_OPERATOR_IN:
    case CRM_OPERATOR_HAS:
    case CRM_N_OPERATORS:
    default:
      return NULL;
    }
}

gboolean
crm_compiler_refuse_operator (const CrmField *field, CrmOperator comparator, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER, _ ("“%s” cannot be asked of “%s”"),
               crm_operator_to_text (comparator), field != NULL ? field->name : "id");
  return FALSE;
}

gboolean
crm_compiler_append_comparison (CrmCompiler *self,
                                const CrmFilter *comparison,
                                gboolean live,
                                GString *sql,
                                GError **error)
{
  const CrmField *field = comparison->field;

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
      return append_text (self, field, comparison->comparator, comparison->operands, sql, error);

    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_RATING:
      return append_simple (self, comparison, compare_number, sql, error);

    case CRM_KIND_MONEY:
      return append_simple (self, comparison, compare_money, sql, error);

    case CRM_KIND_CHECKBOX:
      return append_simple (self, comparison, compare_checkbox, sql, error);

    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
      return crm_compiler_append_date (self, comparison, sql, error);

    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
      return crm_compiler_append_choice (self, comparison, live, sql, error);

    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_FILES:
      return crm_compiler_append_items (self, comparison, live, sql, error);

    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
    case CRM_N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

gboolean
crm_compiler_append_record (CrmCompiler *self,
                            const CrmFilter *comparison,
                            const CrmRecordType *type,
                            GString *sql,
                            GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GArray) labels = NULL;

  if (comparison->leaf == CRM_LEAF_ID)
    return append_simple (self, comparison, compare_number, sql, error);

  switch (comparison->comparator)
    {
    case CRM_OPERATOR_PRESENT:
      g_string_append_c (sql, '1');
      return TRUE;

    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_IN:
    case CRM_OPERATOR_HAS:
      break;

    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
    case CRM_OPERATOR_CONTAINS:
    case CRM_OPERATOR_STARTS:
    case CRM_OPERATOR_ENDS:
    case CRM_OPERATOR_MATCHES:
    case CRM_OPERATOR_BETWEEN:
    case CRM_N_OPERATORS:
    default:
      if (type->label_field == NULL)
        return crm_compiler_refuse_operator (NULL, comparison->comparator, error);
      return append_text (self, type->label_field, comparison->comparator, comparison->operands,
                          sql, error);
    }

  parts = g_ptr_array_new_with_free_func (g_free);
  labels = crm_operand_array_new ();
  for (guint i = 0; i < comparison->operands->len; i++)
    append_named (self, type, &g_array_index (comparison->operands, CrmOperand, i), parts, labels);

  if (labels->len > 0 && type->label_field != NULL)
    {
      g_autoptr (GString) part = g_string_new (NULL);

      append_text (self, type->label_field, CRM_OPERATOR_IN, labels, part, NULL);
      g_ptr_array_add (parts, g_strdup (part->str));
    }

  if (parts->len > 0)
    crm_compiler_append_joined (parts, "OR", sql);
  else
    g_string_append_c (sql, '0');

  return TRUE;
}
