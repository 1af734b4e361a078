/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-query-private.h"
#include "crm-tables.h"
#include "crm-text.h"

/* A telephone number without what people write between its digits */
#define PHONE_DIGITS                                                                            \
  "replace (replace (replace (replace (replace (replace (v.text, ' ', ''), '-', ''), '.', '')," \
  " '/', ''), '(', ''), ')', '')"

/* Choices that are listed where a wrong one is refused */
#define MAX_TOLD 20

/* The form under which two items of @field's kind are the same */
static char *
make_key (CrmCompiler *self, const CrmField *field, const char *text)
{
  const char *kind;
  g_autofree char *clean = NULL;
  char *key = NULL;

  switch (field->kind)
    {
    case CRM_KIND_EMAILS:
      clean = crm_email_normalise (text, &key, NULL);
      break;

    case CRM_KIND_DOMAINS:
      clean = crm_domain_normalise (text, &key, NULL);
      break;

    case CRM_KIND_LINKS:
      clean = crm_url_normalise (text, &kind, &key, NULL);
      break;

    case CRM_KIND_PHONES:
      key = crm_phone_normalise (text, self->locale->region);
      break;

    default:
      break;
    }

  return key != NULL ? key : g_strstrip (g_strdup (text));
}

static void
append_keys (CrmCompiler *self, const CrmField *field, GArray *operands, GString *sql)
{
  g_string_append (sql, "v.key IN (");
  for (guint i = 0; i < operands->len; i++)
    {
      g_autofree char *key = make_key (self, field, g_array_index (operands, CrmOperand, i).text);

      if (i > 0)
        g_string_append (sql, ", ");
      crm_compiler_append_text (self, key, sql);
    }
  g_string_append_c (sql, ')');
}

/* People know a file by its name, programs by its hash. */
static gboolean
append_file_names (CrmCompiler *self, GArray *operands, GString *sql, GError **error)
{
  g_string_append_c (sql, '(');
  if (!crm_compiler_append_text_comparison (self, "v.text", NULL, CRM_OPERATOR_IN, operands, sql,
                                            error))
    return FALSE;

  g_string_append (sql, " OR v.key IN (");
  for (guint i = 0; i < operands->len; i++)
    {
      if (i > 0)
        g_string_append (sql, ", ");
      crm_compiler_append_text (self, g_array_index (operands, CrmOperand, i).text, sql);
    }
  g_string_append (sql, "))");

  return TRUE;
}

/* The digits of a piece of a telephone number, with a plus in front if it has one; NULL for
 * any other text */
static char *
get_phone_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || (*p == '+' && digits->len == 0))
      g_string_append_c (digits, *p);
    else if (strchr (" -./()", *p) == NULL)
      return NULL;

  return digits->len > 0 ? g_strdup (digits->str) : NULL;
}

static gboolean
append_phone_part (CrmCompiler *self, CrmOperator comparator, const char *text, GString *sql)
{
  g_autofree char *digits = get_phone_digits (text);

  if (digits == NULL)
    return FALSE;

  switch (comparator)
    {
    case CRM_OPERATOR_CONTAINS:
      g_string_append (sql, "instr (" PHONE_DIGITS ", ");
      crm_compiler_append_text (self, digits, sql);
      g_string_append (sql, ") > 0");
      return TRUE;

    case CRM_OPERATOR_STARTS:
      if (*digits == '+')
        g_string_append (sql, "instr (" PHONE_DIGITS ", ");
      else
        g_string_append (sql, "instr (ltrim (" PHONE_DIGITS ", '+'), ");
      crm_compiler_append_text (self, digits, sql);
      g_string_append (sql, ") = 1");
      return TRUE;

    case CRM_OPERATOR_ENDS:
      g_string_append_printf (sql, "substr (" PHONE_DIGITS ", %d) = ", -(int) strlen (digits));
      crm_compiler_append_text (self, digits, sql);
      return TRUE;

    default:
      return FALSE;
    }
}

static void
append_select (const CrmField *field, gboolean live, const char *condition, GString *select)
{
  g_string_append_printf (select, "SELECT v.record FROM " CRM_ITEM_TABLE " AS v WHERE %s%s",
                          field->id, live ? "v.live = 1 AND " : "", condition);
}

gboolean
crm_compiler_append_items (CrmCompiler *self,
                           const CrmFilter *comparison,
                           gboolean live,
                           GString *sql,
                           GError **error)
{
  const CrmField *field = comparison->field;
  CrmOperator comparator = comparison->comparator;
  g_autoptr (GString) condition = g_string_new (NULL);
  g_autoptr (GString) select = g_string_new (NULL);

  switch (comparator)
    {
    case CRM_OPERATOR_PRESENT:
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " IS NOT NULL", field->id);
      return TRUE;

    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_IN:
    case CRM_OPERATOR_HAS:
      if (field->kind != CRM_KIND_FILES)
        append_keys (self, field, comparison->operands, condition);
      else if (!append_file_names (self, comparison->operands, condition, error))
        return FALSE;
      break;

    case CRM_OPERATOR_CONTAINS:
    case CRM_OPERATOR_STARTS:
    case CRM_OPERATOR_ENDS:
    case CRM_OPERATOR_MATCHES:
      if (field->kind == CRM_KIND_PHONES &&
          append_phone_part (self, comparator,
                             g_array_index (comparison->operands, CrmOperand, 0).text, condition))
        break;
      if (!crm_compiler_append_text_comparison (self, "v.text", NULL, comparator,
                                                comparison->operands, condition, error))
        return FALSE;
      break;

    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
    case CRM_OPERATOR_BETWEEN:
    case CRM_N_OPERATORS:
    default:
      return crm_compiler_refuse_operator (field, comparator, error);
    }

  append_select (field, live, condition->str, select);
  g_string_append_printf (sql, "r.id IN h%u", crm_compiler_add_set (self, select->str));
  return TRUE;
}

/* Choices */

static void
add_option (GArray *ids, const CrmOption *option)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == option->id)
      return;

  g_array_append_val (ids, option->id);
}

/* All options of the field that are called so: each pipeline may have a stage of that name */
static gboolean
find_options (const CrmField *field, const CrmOperand *operand, GArray *ids, GError **error)
{
  g_autoptr (GString) known = NULL;
  const CrmOption *found;
  gint64 id = operand->id;
  char *end;

  if (id == 0)
    {
      found = crm_field_find_option (field, operand->text, 0);
      for (guint i = 0; found != NULL && i < field->n_options; i++)
        if (field->options[i] == found ||
            crm_compiler_text_holds (field->options[i]->label, CRM_OPERATOR_EQUAL, found->label))
          add_option (ids, field->options[i]);
      if (found != NULL)
        return TRUE;

      id = g_ascii_strtoll (operand->text, &end, 10);
      if (*end != '\0')
        id = 0;
    }

  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->id == id)
      {
        add_option (ids, field->options[i]);
        return TRUE;
      }

  /* Tags come and go: one that nobody has yet is no mistake. Nor is an option that was removed
   * since. */
  if (field->kind == CRM_KIND_CHOICES || operand->id != 0)
    return TRUE;

  known = g_string_new (NULL);
  for (guint i = 0; i < MIN (field->n_options, MAX_TOLD); i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", field->options[i]->label);
  if (field->n_options > MAX_TOLD)
    g_string_append (known, ", …");
  g_set_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER,
               _ ("“%s” is not a choice of “%s” (which are: %s)"), operand->text, field->name,
               known->str);
  return FALSE;
}

/* The options that are before (or behind) one that is called so, among those of the same
 * pipeline */
static gboolean
find_ordered (const CrmField *field,
              CrmOperator comparator,
              const CrmOperand *operand,
              GArray *ids,
              GError **error)
{
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!find_options (field, operand, named, error))
    return FALSE;

  for (guint i = 0; i < named->len; i++)
    {
      guint position = 0;

      while (field->options[position]->id != g_array_index (named, gint64, i))
        position++;
      for (guint j = 0; j < field->n_options; j++)
        if (field->options[j]->parent == field->options[position]->parent &&
            ((j < position &&
              (comparator == CRM_OPERATOR_LESS || comparator == CRM_OPERATOR_LESS_EQUAL)) ||
             (j > position &&
              (comparator == CRM_OPERATOR_GREATER || comparator == CRM_OPERATOR_GREATER_EQUAL)) ||
             (j == position &&
              (comparator == CRM_OPERATOR_LESS_EQUAL || comparator == CRM_OPERATOR_GREATER_EQUAL))))
          add_option (ids, field->options[j]);
    }

  return TRUE;
}

static void
keep_common (GArray *ids, GArray *others)
{
  for (guint i = ids->len; i > 0; i--)
    {
      gboolean common = FALSE;

      for (guint j = 0; j < others->len && !common; j++)
        common = g_array_index (others, gint64, j) == g_array_index (ids, gint64, i - 1);
      if (!common)
        g_array_remove_index (ids, i - 1);
    }
}

static gboolean
collect_options (const CrmField *field,
                 CrmOperator comparator,
                 GArray *operands,
                 GArray *ids,
                 GError **error)
{
  const CrmOperand *operand = &g_array_index (operands, CrmOperand, 0);
  g_autoptr (GArray) others = NULL;

  switch (comparator)
    {
    case CRM_OPERATOR_EQUAL:
    case CRM_OPERATOR_IN:
    case CRM_OPERATOR_HAS:
      for (guint i = 0; i < operands->len; i++)
        if (!find_options (field, operand + i, ids, error))
          return FALSE;
      return TRUE;

    case CRM_OPERATOR_LESS:
    case CRM_OPERATOR_LESS_EQUAL:
    case CRM_OPERATOR_GREATER:
    case CRM_OPERATOR_GREATER_EQUAL:
      return find_ordered (field, comparator, operand, ids, error);

    case CRM_OPERATOR_BETWEEN:
      others = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (!find_ordered (field, CRM_OPERATOR_GREATER_EQUAL, operand, ids, error) ||
          !find_ordered (field, CRM_OPERATOR_LESS_EQUAL, operand + 1, others, error))
        return FALSE;
      keep_common (ids, others);
      return TRUE;

    case CRM_OPERATOR_CONTAINS:
    case CRM_OPERATOR_STARTS:
    case CRM_OPERATOR_ENDS:
    case CRM_OPERATOR_MATCHES:
      for (guint i = 0; i < field->n_options; i++)
        if (crm_compiler_text_holds (field->options[i]->label, comparator, operand->text))
          add_option (ids, field->options[i]);
      return TRUE;

    case CRM_OPERATOR_PRESENT:
    case CRM_N_OPERATORS:
    default:
      g_assert_not_reached ();
    }
}

gboolean
crm_compiler_append_choice (CrmCompiler *self,
                            const CrmFilter *comparison,
                            gboolean live,
                            GString *sql,
                            GError **error)
{
  const CrmField *field = crm_catalogue_get_field (self->catalogue, comparison->field->id);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) values = g_string_new (NULL);

  if (field == NULL)
    field = comparison->field;

  if (comparison->comparator == CRM_OPERATOR_PRESENT)
    {
      /* An option that was taken back is not shown, so it is not there */
      g_string_append (values, "(SELECT o.id FROM option AS o WHERE o.state = 0)");
    }
  else
    {
      if (!collect_options (field, comparison->comparator, comparison->operands, ids, error))
        return FALSE;
      crm_compiler_append_ints (self, ids, values);
    }

  if (field->kind == CRM_KIND_CHOICES)
    {
      g_autoptr (GString) select = g_string_new (NULL);
      g_autofree char *condition = g_strdup_printf ("v.id IN %s", values->str);

      append_select (field, live, condition, select);
      g_string_append_printf (sql, "r.id IN h%u", crm_compiler_add_set (self, select->str));
    }
  else
    {
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " IN %s", field->id, values->str);
    }

  return TRUE;
}
