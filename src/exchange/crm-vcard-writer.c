/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-vcard-writer.h"

#include <string.h>

#include "crm-attachment.h"
#include "crm-attachments.h"
#include "crm-content-line-private.h"
#include "crm-vcard-private.h"

typedef struct
{
  GString *out;
  const CrmRecord *record;
  guint n_groups;
} Card;

static CrmValue *
get_value (const Card *self, const char *field_name, CrmValueShape shape)
{
  CrmValue *value = crm_record_get_value_by_name (self->record, field_name);

  return value != NULL && crm_value_get_shape (value) == shape ? value : NULL;
}

static const char *
get_text (const Card *self, const char *field_name)
{
  CrmValue *value = get_value (self, field_name, CRM_VALUE_TEXT);

  return value != NULL ? crm_value_get_text (value) : NULL;
}

static void
append (const Card *self, const char *name, const char *field_name)
{
  crm_content_append_text (self->out, name, get_text (self, field_name));
}

/* "NAME:a;b;c"; nothing where all are empty */
static void
append_parts (const Card *self, const char *name, const char *const *parts, guint n_parts)
{
  g_autoptr (GString) line = g_string_new (name);
  gboolean empty = TRUE;

  for (guint i = 0; i < n_parts; i++)
    {
      g_string_append_c (line, i == 0 ? ':' : ';');
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      crm_content_append_escaped (line, parts[i]);
      empty = FALSE;
    }
  if (!empty)
    crm_content_append_folded (self->out, line->str);
}

static void
append_names (const Card *self)
{
  const char *parts[] = { get_text (self, "last_name"), get_text (self, "first_name"),
                          get_text (self, "middle_name"), get_text (self, "salutation"), NULL };

  crm_content_append_text (self->out, "FN", crm_record_get_label (self->record));
  append_parts (self, "N", parts, G_N_ELEMENTS (parts));
  append (self, "NICKNAME", "nickname");
}

/* A label that cards have no word for stands in a line of its own, as address books write it. */
static void
append_item (Card *self, const char *name, const char *label, const char *text, gboolean preferred)
{
  const char *type = label != NULL ? crm_vcard_get_type (label) : NULL;
  g_autoptr (GString) start = g_string_new (NULL);

  if (label != NULL && *label != '\0' && type == NULL)
    g_string_append_printf (start, "item%u.", ++self->n_groups);
  g_string_append (start, name);
  if (type != NULL)
    g_string_append_printf (start, ";TYPE=%s", type);
  if (preferred)
    g_string_append (start, ";PREF=1");
  crm_content_append_text (self->out, start->str, text);

  if (label != NULL && *label != '\0' && type == NULL)
    {
      g_autofree char *group = g_strdup_printf ("item%u.X-ABLabel", self->n_groups);

      crm_content_append_text (self->out, group, label);
    }
}

static void
append_items (Card *self, const char *name, const char *field_name)
{
  CrmValue *value = get_value (self, field_name, CRM_VALUE_ITEMS);
  guint n = value != NULL ? crm_value_get_n_items (value) : 0;

  for (guint i = 0; i < n; i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);

      append_item (self, name, item->label, item->text, i == 0 && n > 1);
    }
}

/* The label of a link is the site's name. Only of other sites has a card to say whose profile it is. */
static void
append_links (Card *self)
{
  CrmValue *domains = get_value (self, "domains", CRM_VALUE_ITEMS);
  CrmValue *links = get_value (self, "links", CRM_VALUE_ITEMS);
  guint n_domains = domains != NULL ? crm_value_get_n_items (domains) : 0;
  guint n_links = links != NULL ? crm_value_get_n_items (links) : 0;

  for (guint i = 0; i < n_domains; i++)
    {
      g_autofree char *url = g_strconcat ("https://", crm_value_get_item (domains, i)->text, NULL);

      append_item (self, "URL", NULL, url, FALSE);
    }
  for (guint i = 0; i < n_links; i++)
    {
      const CrmItem *item = crm_value_get_item (links, i);
      gboolean is_profile = item->label != NULL && strcmp (item->label, "website") != 0 &&
                            strcmp (item->label, "other") != 0;
      g_autofree char *name = is_profile ? g_strconcat ("X-SOCIALPROFILE;TYPE=", item->label, NULL)
                                         : g_strdup ("URL");

      append_item (self, name, NULL, item->text, FALSE);
    }
}

static void
append_address (const Card *self)
{
  const char *parts[] = {
    NULL,
    NULL,
    get_text (self, "street"),
    get_text (self, "city"),
    get_text (self, "region"),
    get_text (self, "postcode"),
    get_text (self, "country"),
  };

  append_parts (self, "ADR", parts, G_N_ELEMENTS (parts));
}

static void
append_company (const Card *self, gboolean is_person)
{
  CrmValue *company = get_value (self, "company", CRM_VALUE_ITEMS);
  const char *parts[] = { company != NULL ? crm_value_get_text (company) : NULL,
                          get_text (self, "department") };

  if (!is_person)
    parts[0] = crm_record_get_label (self->record);
  append_parts (self, "ORG", parts, parts[1] != NULL ? 2 : 1);
  append (self, "TITLE", "job_title");
}

/* "1975-03-14" is "19750314", "--05-12" is "--0512" */
static void
append_birthday (const Card *self)
{
  const char *iso = get_text (self, "birthday");
  g_autoptr (GString) date = NULL;
  gboolean has_year;

  if (iso == NULL || strlen (iso) < 7)
    return;

  has_year = iso[0] != '-';
  date = g_string_new (has_year ? NULL : "--");
  for (guint i = has_year ? 0 : 2; iso[i] != '\0' && iso[i] != 'T'; i++)
    if (iso[i] != '-')
      g_string_append_c (date, iso[i]);
  crm_content_append_text (self->out, "BDAY", date->str);
}

static void
append_tags (const Card *self)
{
  CrmValue *tags = get_value (self, "tags", CRM_VALUE_ITEMS);
  guint n = tags != NULL ? crm_value_get_n_items (tags) : 0;
  g_autoptr (GString) line = g_string_new ("CATEGORIES");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (line, i == 0 ? ':' : ',');
      crm_content_append_escaped (line, crm_value_get_item (tags, i)->text);
    }
  if (n > 0)
    crm_content_append_folded (self->out, line->str);
}

static void
append_uid (const Card *self)
{
  const char *external_id = get_text (self, "external_id");
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, crm_record_get_id (self->record));

  crm_content_append_text (self->out, "UID", external_id != NULL ? external_id : id);
}

/* The newest of several */
static gboolean
append_picture (const Card *self, CrmStore *store, GCancellable *cancellable, GError **error)
{
  const CrmField *field = crm_attachment_find_picture_field (
      crm_record_get_record_type (self->record));
  CrmValue *value = field != NULL ? crm_record_get_value (self->record, field) : NULL;
  const CrmItem *item;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) memory = NULL;
  g_autofree char *media_type = NULL;
  g_autofree char *base64 = NULL;
  g_autofree char *line = NULL;

  if (value == NULL)
    return TRUE;

  item = crm_value_get_item (value, crm_value_get_n_items (value) - 1);
  stream = crm_attachments_open (store, crm_item_get_key (item), cancellable, error);
  if (stream == NULL)
    return FALSE;
  memory = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, cancellable,
                              error) < 0)
    return FALSE;

  base64 = g_base64_encode (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                            g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
  media_type = crm_attachment_get_media_type (item);
  line = g_strconcat ("PHOTO:data:", media_type, ";base64,", base64, NULL);
  crm_content_append_folded (self->out, line);

  return TRUE;
}

gboolean
crm_vcard_can_write (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_EMAILS || type->fields[i]->kind == CRM_KIND_PHONES)
      return TRUE;

  return FALSE;
}

gboolean
crm_vcard_append (GString *out,
                  CrmStore *store,
                  const CrmRecord *record,
                  GCancellable *cancellable,
                  GError **error)
{
  Card self = { out, record, 0 };
  gsize start;
  gboolean is_person;

  g_return_val_if_fail (out != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  start = out->len;
  is_person = crm_record_type_find_field (crm_record_get_record_type (record), "first_name") !=
              NULL;
  g_string_append (out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
  g_string_append (out, "PRODID:" CRM_CONTENT_PRODUCT "\r\n");
  crm_content_append_text (out, "KIND", is_person ? "individual" : "org");
  append_uid (&self);
  append_names (&self);
  append_company (&self, is_person);
  append_items (&self, "EMAIL", "emails");
  append_items (&self, "TEL", "phones");
  append_links (&self);
  append_address (&self);
  append_birthday (&self);
  append_tags (&self);
  append (&self, "NOTE", "description");
  if (!append_picture (&self, store, cancellable, error))
    {
      g_string_truncate (out, start);
      return FALSE;
    }
  g_string_append (out, "END:VCARD\r\n");

  return TRUE;
}
