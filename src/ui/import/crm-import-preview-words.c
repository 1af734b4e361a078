/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-preview-words.h"

#include <glib/gi18n.h>

#include "crm-problem.h"

static const struct
{
  const char *label;
  const char *icon;
} outcomes[CRM_IMPORT_N_ROWS] = {
  [CRM_IMPORT_ROWS_ALL] = { N_ ("All"), "view-list-symbolic" },
  [CRM_IMPORT_ROWS_NEW] = { N_ ("New"), "list-add-symbolic" },
  [CRM_IMPORT_ROWS_UPDATED] = { N_ ("Update"), "document-edit-symbolic" },
  [CRM_IMPORT_ROWS_UNCHANGED] = { N_ ("Unchanged"), "object-select-symbolic" },
  [CRM_IMPORT_ROWS_REFUSED] = { N_ ("Refused"), "action-unavailable-symbolic" },
  [CRM_IMPORT_ROWS_EXCLUDED] = { N_ ("Left Out"), "list-remove-symbolic" },
  [CRM_IMPORT_ROWS_CONFLICTS] = { N_ ("Conflict"), "dialog-warning-symbolic" },
};

const char *
crm_import_preview_words_get_outcome (CrmImportRows outcome)
{
  g_return_val_if_fail ((guint) outcome < CRM_IMPORT_N_ROWS, "");

  return _ (outcomes[outcome].label);
}

const char *
crm_import_preview_words_get_icon (CrmImportRows outcome)
{
  g_return_val_if_fail ((guint) outcome < CRM_IMPORT_N_ROWS, "");

  return outcomes[outcome].icon;
}

static void
append (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

char *
crm_import_preview_words_describe_change (const CrmImportPreviewChange *change)
{
  const char *value;

  g_return_val_if_fail (change != NULL, NULL);

  value = change->new_text != NULL ? change->new_text : "";
  if (change->old_text != NULL)
    /* Translators: a field, what it holds, what it is going to hold */
    return g_strdup_printf (_ ("%s: %s → %s"), change->field->label, change->old_text, value);

  /* Translators: a field, and what it holds */
  return g_strdup_printf (_ ("%s: %s"), change->field->label, value);
}

char *
crm_import_preview_words_describe (const CrmImportPreviewRow *row)
{
  GString *text;

  g_return_val_if_fail (row != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; row->problems != NULL && i < row->problems->len; i++)
    append (text, ((const CrmProblem *) g_ptr_array_index (row->problems, i))->message);
  for (guint i = 0; row->twins != NULL && i < row->twins->len; i++)
    {
      const CrmImportPreviewTwin *twin = g_ptr_array_index (row->twins, i);
      /* Translators: %s is the name of a record that there is already */
      g_autofree char *part = g_strdup_printf (_ ("Looks like %s"), twin->label);

      append (text, part);
    }
  for (guint i = 0;
       row->outcome == CRM_IMPORT_ROWS_UPDATED && row->changes != NULL && i < row->changes->len;
       i++)
    {
      g_autofree char *part = crm_import_preview_words_describe_change (
          g_ptr_array_index (row->changes, i));

      append (text, part);
    }
  if (text->len == 0 && row->record_label != NULL)
    g_string_append (text, row->record_label);
  g_strdelimit (text->str, "\r\n\t", ' ');

  return g_string_free (text, FALSE);
}
