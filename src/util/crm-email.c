/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-domain-private.h"
#include "crm-error.h"
#include "crm-unicode-private.h"

#define MAX_ADDRESS 254
#define MAX_LOCAL 64

/* Characters other than letters and digits that RFC 5322 has in an unquoted local part */
#define LOCAL_MARKS "!#$%&'*+-/=?^_`{|}~"

/* "mailto:a@b.cz?subject=x" → "a@b.cz", "Ann <a@b.cz>" → "a@b.cz" */
static char *
unwrap (const char *text)
{
  g_autofree char *address = crm_address_strip (text);
  const char *open = strrchr (address, '<');

  if (open != NULL && g_str_has_suffix (open, ">"))
    {
      g_autofree char *inner = g_strndup (open + 1, strlen (open) - 2);

      g_free (address);
      address = crm_address_strip (inner);
    }

  if (g_ascii_strncasecmp (address, "mailto:", 7) == 0)
    return g_strndup (address + 7, strcspn (address + 7, "?"));

  return g_steal_pointer (&address);
}

static gboolean
is_quoted_local (const char *text, gsize size)
{
  if (size < 3 || text[0] != '"' || text[size - 1] != '"')
    return FALSE;

  for (gsize i = 1; i < size - 1; i++)
    {
      if (text[i] == '\\' && i + 1 < size - 1)
        i++;
      else if (text[i] == '"' || text[i] == '\\')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_local (const char *text, gsize size)
{
  const char *end = text + size;
  gboolean after_point = TRUE;

  if (size == 0 || size > MAX_LOCAL)
    return FALSE;
  if (is_quoted_local (text, size))
    return TRUE;

  while (text < end)
    {
      gunichar c = crm_unicode_next (&text, end);

      if (c == '.')
        {
          if (after_point)
            return FALSE;
          after_point = TRUE;
          continue;
        }

      after_point = FALSE;
      if (c < 0x80 ? !g_ascii_isalnum (c) && strchr (LOCAL_MARKS, (int) c) == NULL
                   : crm_unicode_is_blank (c) || c == 0xFFFD)
        return FALSE;
    }

  return !after_point;
}

static void
set_invalid (const char *text, GError **error)
{
  g_autofree char *quoted = crm_text_quote (text);

  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is not an e-mail address; write it like name@example.com."), quoted);
}

/* Lower case without folding marks away: josé@ and jose@ are two mailboxes. */
static char *
lower (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return g_utf8_strdown (text, (gssize) size);
    }

  return g_ascii_strdown (text, (gssize) size);
}

char *
crm_email_normalise (const char *text, char **key, GError **error)
{
  g_autofree char *address = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *local = NULL;
  g_autofree char *kept = NULL;
  const char *at;
  gsize local_size;

  g_return_val_if_fail (text != NULL, NULL);

  address = unwrap (text);
  at = strrchr (address, '@');
  local_size = at != NULL ? (gsize) (at - address) : 0;

  if (at == NULL || !is_local (address, local_size))
    {
      set_invalid (text, error);
      return NULL;
    }

  domain = crm_domain_parse (at + 1, strlen (at + 1), &ascii);
  if (domain == NULL || local_size + 1 + strlen (ascii) > MAX_ADDRESS)
    {
      set_invalid (text, error);
      return NULL;
    }

  /* No mail system in use tells JAN@ from jan@, and lists full of capitals are hard to read */
  local = lower (address, local_size);
  kept = g_strconcat (local, "@", domain, NULL);
  if (key != NULL)
    *key = g_strconcat (local, "@", ascii, NULL);

  return g_steal_pointer (&kept);
}
