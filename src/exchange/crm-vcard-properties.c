/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the lines of a card say, as the programs of thirty years write them. */

#include "config.h"

#include "crm-vcard-properties-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-date.h"
#include "crm-text.h"
#include "crm-vcard-private.h"

/* Of one kind in a card */
#define MAX_ITEMS 50

/* Characters of a note, a hundred pages */
#define MAX_NOTE (256 * 1024)

/* In a card; what is damaged all through is told often enough */
#define MAX_PROBLEMS 20

/* What comes behind all that is preferred */
#define NO_PREFERENCE 1000

typedef void (*Take) (CrmVcardParser *self, const CrmContentLine *line);

static void
take_text (char **target, const CrmContentLine *line)
{
  if (*target == NULL)
    *target = crm_vcard_get_text (line);
}

static guint
get_preference (const CrmContentLine *line)
{
  const char *preference = crm_content_line_get_param (line, "PREF");
  guint64 value;

  if (preference != NULL &&
      g_ascii_string_to_unsigned (preference, 10, 1, NO_PREFERENCE, &value, NULL))
    return (guint) value;

  return preference != NULL || crm_content_line_has_type (line, "PREF") ? 1 : NO_PREFERENCE;
}

static void
add_item (CrmVcardParser *self, GArray *items, const CrmContentLine *line, char *text, GStrv parts)
{
  CrmVcardItem item = {
    .text = text,
    .parts = parts,
    .label = g_strdup (crm_vcard_get_label (line)),
    .group = g_strdup (line->group),
    .preference = get_preference (line),
  };

  if (items->len < MAX_ITEMS)
    {
      g_array_append_val (items, item);
      return;
    }
  crm_vcard_item_clear (&item);
  crm_vcard_add_problem (self->card,
                         _ ("There are more than fifty addresses or numbers of one kind on this "
                            "card; the others were left out."));
}

/* Names */

static char *
take_part (GStrv parts, guint n_parts, guint index)
{
  char *part = index < n_parts ? g_strstrip (g_strdup (parts[index])) : NULL;

  if (part != NULL && *part == '\0')
    g_clear_pointer (&part, g_free);

  return part;
}

static void
take_name (CrmVcardParser *self, const CrmContentLine *line)
{
  CrmVcard *card = self->card;
  g_auto (GStrv) parts = crm_content_split (line->value, ';');
  guint n = g_strv_length (parts);

  if (card->last_name != NULL || card->first_name != NULL || card->middle_name != NULL ||
      card->prefix != NULL || card->suffix != NULL)
    return;

  card->last_name = take_part (parts, n, 0);
  card->first_name = take_part (parts, n, 1);
  card->middle_name = take_part (parts, n, 2);
  card->prefix = take_part (parts, n, 3);
  card->suffix = take_part (parts, n, 4);
  if (card->middle_name != NULL)
    g_strdelimit (card->middle_name, ",", ' ');
}

static void
take_full_name (CrmVcardParser *self, const CrmContentLine *line)
{
  take_text (&self->card->full_name, line);
}

static void
take_nickname (CrmVcardParser *self, const CrmContentLine *line)
{
  take_text (&self->card->nickname, line);
}

static void
take_organisation (CrmVcardParser *self, const CrmContentLine *line)
{
  CrmVcard *card = self->card;
  g_auto (GStrv) parts = crm_content_split (line->value, ';');
  guint n = g_strv_length (parts);

  if (card->company != NULL || card->department != NULL)
    return;
  card->company = take_part (parts, n, 0);
  card->department = take_part (parts, n, 1);
}

static void
take_title (CrmVcardParser *self, const CrmContentLine *line)
{
  take_text (&self->card->title, line);
}

static void
take_role (CrmVcardParser *self, const CrmContentLine *line)
{
  take_text (&self->role, line);
}

/* Addresses */

static void
take_email (CrmVcardParser *self, const CrmContentLine *line)
{
  char *text = crm_vcard_get_text (line);

  if (text != NULL)
    add_item (self, self->card->emails, line, text, NULL);
}

static void
take_phone (CrmVcardParser *self, const CrmContentLine *line)
{
  g_autofree char *text = crm_vcard_get_text (line);

  if (text == NULL)
    return;
  add_item (self, self->card->phones, line,
            g_strdup (g_ascii_strncasecmp (text, "tel:", 4) == 0 ? text + 4 : text), NULL);
}

static void
take_address (CrmVcardParser *self, const CrmContentLine *line)
{
  g_auto (GStrv) parts = crm_content_split (line->value, ';');
  GStrv all = g_new0 (char *, CRM_VCARD_N_ADDRESS_PARTS + 1);
  guint n = g_strv_length (parts);
  gboolean empty = TRUE;

  for (guint i = 0; i < CRM_VCARD_N_ADDRESS_PARTS; i++)
    {
      g_auto (GStrv) lines = g_strsplit (i < n ? parts[i] : "", "\n", -1);

      all[i] = g_strstrip (g_strjoinv (", ", lines));
      empty = empty && *all[i] == '\0';
    }
  if (empty)
    g_strfreev (all);
  else
    add_item (self, self->card->addresses, line, NULL, all);
}

static void
take_link (CrmVcardParser *self, const CrmContentLine *line)
{
  char *text = crm_vcard_get_text (line);

  if (text != NULL)
    add_item (self, self->card->links, line, text, NULL);
}

/* "name" or "x-apple:name" on a site of which the address of a profile is known */
static char *
make_profile (const char *service, const char *user)
{
  static const struct
  {
    const char *service;
    const char *start;
  } sites[] = {
    { "twitter", "https://x.com/" },
    { "x", "https://x.com/" },
    { "linkedin", "https://www.linkedin.com/in/" },
    { "facebook", "https://www.facebook.com/" },
    { "instagram", "https://www.instagram.com/" },
    { "github", "https://github.com/" },
  };
  const char *colon = strchr (user, ':');

  if (strstr (user, "://") != NULL)
    return g_strdup (user);
  if (colon != NULL)
    user = colon + 1;
  if (*user == '@')
    user++;
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    if (g_ascii_strcasecmp (sites[i].service, service) == 0)
      return g_strconcat (sites[i].start, user, NULL);

  return *service != '\0' ? g_strconcat (service, ":", user, NULL) : g_strdup (user);
}

static void
take_profile (CrmVcardParser *self, const CrmContentLine *line)
{
  const char *service = crm_content_line_get_param (line, "SERVICE-TYPE");
  g_autofree char *user = crm_vcard_get_text (line);

  if (user == NULL)
    return;
  if (service == NULL)
    service = crm_content_line_get_param (line, "X-SERVICE-TYPE");
  if (service == NULL)
    service = crm_content_line_get_param (line, "TYPE");
  add_item (self, self->card->links, line, make_profile (service != NULL ? service : "", user),
            NULL);
}

/* "xmpp:jan@example.org" says by itself what it is. */
static void
take_messenger (CrmVcardParser *self, const CrmContentLine *line)
{
  g_autofree char *user = crm_vcard_get_text (line);

  if (user == NULL)
    return;
  if (g_str_has_prefix (line->name, "X-") && strchr (user, ':') == NULL)
    {
      g_autofree char *service = g_ascii_strdown (line->name + strlen ("X-"), -1);

      add_item (self, self->card->links, line, make_profile (service, user), NULL);
    }
  else
    add_item (self, self->card->links, line, g_steal_pointer (&user), NULL);
}

/* Others */

static void
take_birthday (CrmVcardParser *self, const CrmContentLine *line)
{
  CrmVcard *card = self->card;
  g_autofree char *text = crm_vcard_get_text (line);

  if (text == NULL || card->birthday != NULL)
    return;

  if (crm_content_line_get_param (line, "X-APPLE-OMIT-YEAR") != NULL)
    self->omits_year = TRUE;
  card->birthday = crm_vcard_parse_date (text);
  if (card->birthday == NULL)
    {
      g_autofree char *problem = g_strdup_printf (
          _ ("“%s” is no birthday that a calendar has; it was left out."), text);

      crm_vcard_add_problem (card, problem);
    }
}

static void
take_note (CrmVcardParser *self, const CrmContentLine *line)
{
  CrmVcard *card = self->card;
  g_autofree char *text = crm_vcard_get_text (line);
  char *whole;

  if (text == NULL || (card->note != NULL && strlen (card->note) > MAX_NOTE))
    return;
  whole = card->note != NULL ? g_strconcat (card->note, "\n\n", text, NULL)
                             : g_steal_pointer (&text);
  g_free (card->note);
  card->note = whole;
}

static void
take_tags (CrmVcardParser *self, const CrmContentLine *line)
{
  g_auto (GStrv) tags = crm_content_split (line->value, ',');

  for (guint i = 0; tags[i] != NULL && self->card->tags->len < MAX_ITEMS; i++)
    if (*g_strstrip (tags[i]) != '\0')
      g_ptr_array_add (self->card->tags, g_strdup (tags[i]));
}

static void
take_language (CrmVcardParser *self, const CrmContentLine *line)
{
  take_text (&self->card->language, line);
}

static char *
get_uid (const CrmContentLine *line)
{
  g_autofree char *text = crm_vcard_get_text (line);

  /* Version 4 writes it so, version 3 of the same card does not. */
  if (text != NULL && g_ascii_strncasecmp (text, "urn:uuid:", 9) == 0)
    return g_strdup (text + 9);

  return g_steal_pointer (&text);
}

static void
take_uid (CrmVcardParser *self, const CrmContentLine *line)
{
  if (self->card->uid == NULL)
    self->card->uid = get_uid (line);
}

static void
take_member (CrmVcardParser *self, const CrmContentLine *line)
{
  char *uid = get_uid (line);

  if (uid != NULL)
    g_ptr_array_add (self->card->members, uid);
}

static void
take_kind (CrmVcardParser *self, const CrmContentLine *line)
{
  g_autofree char *kind = crm_vcard_get_text (line);

  if (kind == NULL)
    return;
  self->card->is_company = g_ascii_strcasecmp (kind, "org") == 0 ||
                           g_ascii_strcasecmp (kind, "organization") == 0 ||
                           g_ascii_strcasecmp (kind, "company") == 0;
  self->card->is_group = g_ascii_strcasecmp (kind, "group") == 0;
}

static void
take_product (CrmVcardParser *self, const CrmContentLine *line)
{
  g_autofree char *product = crm_vcard_get_text (line);

  self->card->is_own = g_strcmp0 (product, CRM_CONTENT_PRODUCT) == 0;
}

/* "_$!<Home>!$_" is Apple's own, "Office" the user's. */
static void
take_label (CrmVcardParser *self, const CrmContentLine *line)
{
  g_autofree char *text = crm_vcard_get_text (line);
  gsize length = text != NULL ? strlen (text) : 0;

  if (line->group == NULL || text == NULL)
    return;
  if (g_str_has_prefix (text, "_$!<") && g_str_has_suffix (text, ">!$_") && length > 8)
    {
      char *inner = g_strndup (text + 4, length - 8);

      g_free (text);
      text = inner;
    }
  g_hash_table_insert (self->labels, g_strdup (line->group), g_steal_pointer (&text));
}

static gboolean
is_picture (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autofree char *content_type = g_content_type_guess (NULL, data, size, NULL);
  g_autofree char *media_type = g_content_type_get_mime_type (content_type);

  return size > 0 && media_type != NULL && g_str_has_prefix (media_type, "image/");
}

static void
take_picture (CrmVcardParser *self, const CrmContentLine *line)
{
  CrmVcard *card = self->card;
  const char *encoding = crm_content_line_get_param (line, "ENCODING");
  const char *data = NULL;
  gsize size;
  guchar *bytes;

  if (card->picture != NULL || *line->value == '\0')
    return;

  if (g_ascii_strncasecmp (line->value, "data:", 5) == 0)
    {
      data = strstr (line->value, "base64");
      data = data != NULL ? strchr (data, ',') : NULL;
      data = data != NULL ? data + 1 : "";
    }
  else if ((encoding != NULL && (g_ascii_strcasecmp (encoding, "b") == 0 ||
                                 g_ascii_strcasecmp (encoding, "base64") == 0)) ||
           crm_content_line_has_type (line, "BASE64"))
    data = line->value;

  if (data == NULL)
    {
      crm_vcard_add_problem (
          card, _ ("The picture of this card is somewhere else on the net; it was left "
                   "out."));
      return;
    }
  if (!self->picture)
    return;

  bytes = g_base64_decode (data, &size);
  card->picture = g_bytes_new_take (bytes, size);
  if (!is_picture (card->picture))
    {
      g_clear_pointer (&card->picture, g_bytes_unref);
      crm_vcard_add_problem (card, _ ("The picture of this card is damaged; it was left out."));
    }
}

static const struct
{
  const char *name;
  Take take;
} properties[] = {
  { "ADR", take_address },
  { "BDAY", take_birthday },
  { "CATEGORIES", take_tags },
  { "EMAIL", take_email },
  { "FN", take_full_name },
  { "IMPP", take_messenger },
  { "KIND", take_kind },
  { "LANG", take_language },
  { "LOGO", take_picture },
  { "MEMBER", take_member },
  { "N", take_name },
  { "NICKNAME", take_nickname },
  { "NOTE", take_note },
  { "ORG", take_organisation },
  { "PHOTO", take_picture },
  { "PRODID", take_product },
  { "ROLE", take_role },
  { "SOCIALPROFILE", take_profile },
  { "TEL", take_phone },
  { "TITLE", take_title },
  { "UID", take_uid },
  { "URL", take_link },
  { "X-ABLABEL", take_label },
  { "X-ABSHOWAS", take_kind },
  { "X-ADDRESSBOOKSERVER-KIND", take_kind },
  { "X-ADDRESSBOOKSERVER-MEMBER", take_member },
  { "X-AIM", take_messenger },
  { "X-GTALK", take_messenger },
  { "X-ICQ", take_messenger },
  { "X-JABBER", take_messenger },
  { "X-MATRIX", take_messenger },
  { "X-MSN", take_messenger },
  { "X-SKYPE", take_messenger },
  { "X-SKYPE-USERNAME", take_messenger },
  { "X-SOCIALPROFILE", take_profile },
  { "X-TWITTER", take_profile },
};

void
crm_vcard_parser_take (CrmVcardParser *self, const CrmContentLine *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (strcmp (properties[i].name, line->name) == 0)
      properties[i].take (self, line);
}

char *
crm_vcard_get_text (const CrmContentLine *line)
{
  g_auto (GStrv) parts = crm_content_split (line->value, '\0');
  char *text = g_strstrip (g_strdup (parts[0]));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

void
crm_vcard_add_problem (CrmVcard *card, const char *problem)
{
  for (guint i = 0; i < card->problems->len; i++)
    if (strcmp (g_ptr_array_index (card->problems, i), problem) == 0)
      return;
  if (card->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (card->problems, g_strdup (problem));
}

void
crm_vcard_item_clear (CrmVcardItem *item)
{
  g_free (item->text);
  g_strfreev (item->parts);
  g_free (item->label);
  g_free (item->group);
}

char *
crm_vcard_parse_date (const char *text)
{
  g_autoptr (GString) digits = NULL;
  gboolean has_year;
  g_autofree char *iso = NULL;

  g_assert (text != NULL);

  has_year = !g_str_has_prefix (text, "--");
  digits = g_string_new (NULL);
  for (const char *p = has_year ? text : text + 2; *p != '\0' && *p != 'T' && *p != ' '; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (*p != '-')
      return crm_date_parse (text, CRM_DATE_ORDER_YMD);

  if (has_year && digits->len == 8)
    iso = g_strdup_printf ("%.4s-%.2s-%.2s", digits->str, digits->str + 4, digits->str + 6);
  else if (!has_year && digits->len == 4)
    iso = g_strdup_printf ("--%.2s-%.2s", digits->str, digits->str + 2);
  else
    return NULL;

  return crm_date_is_valid (iso) ? g_steal_pointer (&iso) : NULL;
}
