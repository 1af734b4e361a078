/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The item that names a file: what it is called, how long it is, and what it is. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-attachment-private.h"
#include "crm-attachment.h"

/* Bytes: no file system in use takes longer names, and they are to be saved again */
#define MAX_NAME_LENGTH 240
#define MAX_SUFFIX_LENGTH 20

/* Marks by which a name reads the other way round, such as one that hides what kind of file it is */
static gboolean
is_direction_override (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gsize
get_boundary_before (const char *text, gsize length)
{
  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;

  return length;
}

/* Leaves out the end of the name itself, for the ending says what it is */
static void
shorten_name (GString *name)
{
  const char *suffix = strrchr (name->str, '.');
  gsize suffix_length = suffix != NULL ? strlen (suffix) : 0;
  gsize kept;

  if (name->len <= MAX_NAME_LENGTH)
    return;
  if (suffix_length > MAX_SUFFIX_LENGTH)
    suffix_length = 0;

  kept = get_boundary_before (name->str, MAX_NAME_LENGTH - suffix_length);
  g_string_erase (name, (gssize) kept, (gssize) (name->len - suffix_length - kept));
}

char *
crm_attachment_clean_name (const char *name)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) clean = g_string_new (NULL);
  const char *base;

  g_return_val_if_fail (name != NULL, NULL);

  valid = g_utf8_make_valid (name, -1);
  base = valid;
  for (const char *p = valid; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      base = p + 1;

  for (const char *p = base; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        g_string_append_c (clean, ' ');
      else if (!is_direction_override (c))
        g_string_append_unichar (clean, c);
    }
  g_strstrip (clean->str);
  g_string_truncate (clean, strlen (clean->str));
  shorten_name (clean);

  if (*clean->str == '\0' || strcmp (clean->str, ".") == 0 || strcmp (clean->str, "..") == 0)
    return g_strdup (_ ("File"));

  return g_strdup (clean->str);
}

/* The item */

gint64
crm_attachment_get_size (const CrmItem *item)
{
  gint64 size;
  g_autofree char *digits = NULL;

  g_return_val_if_fail (item != NULL, -1);

  if (item->label == NULL)
    return -1;
  digits = g_strndup (item->label, strcspn (item->label, " "));

  return g_ascii_string_to_signed (digits, 10, 0, G_MAXINT64, &size, NULL) ? size : -1;
}

char *
crm_attachment_guess_media_type (const char *name, const guchar *head, gsize head_size)
{
  /* What nothing is in is what its name says, not "empty". */
  g_autofree char *content_type = g_content_type_guess (name, head_size > 0 ? head : NULL,
                                                        head_size, NULL);
  char *media_type = g_content_type_get_mime_type (content_type);

  return media_type != NULL ? media_type : g_strdup ("application/octet-stream");
}

char *
crm_attachment_get_media_type (const CrmItem *item)
{
  const char *space;

  g_return_val_if_fail (item != NULL, NULL);

  space = item->label != NULL ? strchr (item->label, ' ') : NULL;
  if (space != NULL && space[1] != '\0')
    return g_strdup (space + 1);

  return crm_attachment_guess_media_type (item->text != NULL ? item->text : "", NULL, 0);
}

const CrmField *
crm_attachment_find_picture_field (const CrmRecordType *type)
{
  static const char *const names[] = { "photo", "logo" };

  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const CrmField *field = crm_record_type_find_field (type, names[i]);

      if (field != NULL && field->kind == CRM_KIND_FILES)
        return field;
    }

  return NULL;
}
