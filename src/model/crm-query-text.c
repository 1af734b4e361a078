/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-query-private.h"
#include "crm-text.h"

static gboolean
check_pattern (const char *pattern, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, &problem);

  if (regex != NULL)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER, _ ("“%s” is not a regular expression: %s"),
               pattern, problem->message);
  return FALSE;
}

static void
append_equal (CrmCompiler *self, const char *column, GArray *operands, GString *sql)
{
  g_string_append_printf (sql, "crm_fold (%s) IN (", column);
  for (guint i = 0; i < operands->len; i++)
    {
      g_autofree char *folded = crm_text_fold (g_array_index (operands, CrmOperand, i).text);

      if (i > 0)
        g_string_append (sql, ", ");
      crm_compiler_append_text (self, folded, sql);
    }
  g_string_append_c (sql, ')');
}

static void
append_order (CrmCompiler *self,
              const char *column,
              const char *key,
              const char *sign,
              const CrmOperand *operand,
              GString *sql)
{
  if (key != NULL)
    g_string_append (sql, key);
  else
    g_string_append_printf (sql, "crm_sort_key (%s)", column);
  g_string_append_printf (sql, " %s crm_sort_key (", sign);
  crm_compiler_append_text (self, operand->text, sql);
  g_string_append_c (sql, ')');
}

static void
append_part (CrmCompiler *self,
             const char *column,
             CrmOperator comparator,
             const CrmOperand *operand,
             GString *sql)
{
  g_autofree char *folded = crm_text_fold (operand->text);
  glong length = g_utf8_strlen (folded, -1);

  if (comparator == CRM_OPERATOR_ENDS && length > 0)
    {
      g_string_append_printf (sql, "substr (crm_fold (%s), %ld) = ", column, -length);
      crm_compiler_append_text (self, folded, sql);
      return;
    }

  g_string_append_printf (sql,
                          comparator == CRM_OPERATOR_STARTS ? "instr (crm_fold (%s), "
                                                            : "crm_contains (%s, ",
                          column);
  crm_compiler_append_text (self, folded, sql);
  g_string_append (sql, comparator == CRM_OPERATOR_STARTS ? ") = 1" : ")");
}

gboolean
crm_compiler_append_text_comparison (CrmCompiler *self,
                                     const char *column,
                                     const char *key,
                                     CrmOperator comparator,
                                     GArray *operands,
                                     GString *sql,
                                     GError **error)
{
  const CrmOperand *operand = operands != NULL ? &g_array_index (operands, CrmOperand, 0) : NULL;

  switch (comparator)
    {
    case CRM_OPERATOR_PRESENT:
      g_string_append_printf (sql, "%s IS NOT NULL", column);
      return TRUE;

    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_IN:
      append_equal (self, column, operands, sql);
      return TRUE;

    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
      append_order (self, column, key, crm_compiler_get_sign (comparator), operand, sql);
      return TRUE;

    case CRM_OPERATOR_BETWEEN:
      g_string_append_c (sql, '(');
      append_order (self, column, key, ">=", operand, sql);
      g_string_append (sql, " AND ");
      append_order (self, column, key, "<=", operand + 1, sql);
      g_string_append_c (sql, ')');
      return TRUE;

    case CRM_OPERATOR_CONTAINS:
    case CRM_OPERATOR_HAS:
    case CRM_OPERATOR_STARTS:
    case CRM_OPERATOR_ENDS:
      append_part (self, column, comparator, operand, sql);
      return TRUE;

    case CRM_OPERATOR_MATCHES:
      if (!check_pattern (operand->text, error))
        return FALSE;
      g_string_append (sql, "crm_matches (");
      crm_compiler_append_text (self, operand->text, sql);
      g_string_append_printf (sql, ", %s)", column);
      return TRUE;

    case CRM_N_OPERATORS:
    default:
      g_assert_not_reached ();
    }
}

gboolean
crm_compiler_text_holds (const char *text, CrmOperator comparator, const char *operand)
{
  g_autofree char *folded = crm_text_fold (text);
  g_autofree char *wanted = crm_text_fold (operand);

  switch (comparator)
    {
    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_IN:
    case CRM_OPERATOR_HAS:
      return strcmp (folded, wanted) == 0;

    case CRM_OPERATOR_CONTAINS:
      return strstr (folded, wanted) != NULL;

    case CRM_OPERATOR_STARTS:
      return g_str_has_prefix (folded, wanted);

    case CRM_OPERATOR_ENDS:
      return g_str_has_suffix (folded, wanted);

    case CRM_OPERATOR_MATCHES:
      return g_regex_match_simple (operand, text, G_REGEX_CASELESS, 0);

    case CRM_OPERATOR_PRESENT:
    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
    case CRM_OPERATOR_BETWEEN:
    case CRM_N_OPERATORS:
    default:
      g_assert_not_reached ();
    }
}
