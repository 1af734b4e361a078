/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* How many fields of a user's own type are seen at once */
#define OWN_FIELDS 8

static const char *const telling[] = {
  "job_title", "company", "stage", "amount", "close_date", "contact",   "city",      "industry",
  "kind",      "due",     "when",  "code",   "price",      "employees", "direction", "email",
};

static const char *const essential[] = {
  "name",   "first_name", "last_name", "title",     "subject", "body",     "status",
  "kind",   "emails",     "phones",    "job_title", "company", "domains",  "stage",
  "amount", "close_date", "contact",   "when",      "due",     "priority", "about",
  "code",   "price",      "email",     "tags",      "city",
};

static char *
get_words (CrmStore *store, const CrmField *field, CrmValue *value)
{
  gint64 n;

  if (!g_str_equal (field->name, "employees") || field->kind != CRM_KIND_INTEGER)
    return crm_value_to_display (field, value, crm_store_get_locale (store));

  n = crm_value_get_integer (value);

  return g_strdup_printf (ngettext ("%" PRId64 " employee", "%" PRId64 " employees", (gulong) n),
                          n);
}

char *
crm_record_words_get_summary (CrmStore *store,
                              CrmRecord *record,
                              const CrmField *without,
                              guint max)
{
  const CrmRecordType *type;
  GString *summary = g_string_new (NULL);
  guint n = 0;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  type = crm_record_get_record_type (record);
  for (guint i = 0; i < G_N_ELEMENTS (telling) && n < max; i++)
    {
      const CrmField *field = crm_record_type_find_field (type, telling[i]);
      CrmValue *value = field != NULL ? crm_record_get_value (record, field) : NULL;
      g_autofree char *words = NULL;

      if (value == NULL || field == type->label_field ||
          (without != NULL && without->id == field->id))
        continue;
      words = get_words (store, field, value);
      if (*words == '\0')
        continue;
      g_string_append_printf (summary, "%s%s", n > 0 ? " · " : "", words);
      n++;
    }

  return g_string_free (summary, FALSE);
}

gboolean
crm_record_words_is_essential (const CrmRecordType *type, const CrmField *field)
{
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  if ((field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) != 0)
    return FALSE;
  if (!type->standard)
    return field->index < OWN_FIELDS;

  for (guint i = 0; i < G_N_ELEMENTS (essential); i++)
    if (g_str_equal (essential[i], field->name))
      return TRUE;

  return FALSE;
}
