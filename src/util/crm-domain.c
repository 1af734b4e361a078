/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-domain-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unicode/uidna.h>

#include "crm-error.h"
#include "crm-text.h"
#include "crm-unicode-private.h"

#define MAX_DOMAIN 253
#define MAX_LABEL 63

static const UIDNA *
get_idna (void)
{
  static gsize initialised;
  static UIDNA *idna;

  if (g_once_init_enter (&initialised))
    {
      UErrorCode status = U_ZERO_ERROR;

      idna = uidna_openUTS46 (UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE |
                                  UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ,
                              &status);
      g_assert (U_SUCCESS (status));
      g_once_init_leave (&initialised, 1);
    }

  return idna;
}

/* Returns: the labels in lower case, or %NULL where they cannot be those of a host name */
static char *
check_ascii (const char *text, gsize size)
{
  g_autofree char *lower = NULL;
  gsize label = 0;
  guint n_labels = 1;
  gboolean has_letter = FALSE;

  if (size > 0 && text[size - 1] == '.')
    size--;
  if (size == 0 || size > MAX_DOMAIN)
    return NULL;

  lower = g_ascii_strdown (text, (gssize) size);
  for (const char *p = lower; *p != '\0'; p++)
    {
      if (*p == '.')
        {
          if (label == 0 || p[-1] == '-')
            return NULL;
          label = 0;
          n_labels++;
          has_letter = FALSE;
          continue;
        }

      /* No host has an underscore in its name by the book, but some do. */
      if (!g_ascii_isalnum (*p) && *p != '_' && (*p != '-' || label == 0))
        return NULL;
      if (++label > MAX_LABEL)
        return NULL;
      has_letter = has_letter || g_ascii_isalpha (*p);
    }

  /* Without a letter in the last label it is an IP address, or a number. */
  if (n_labels < 2 || label < 2 || !has_letter || lower[strlen (lower) - 1] == '-')
    return NULL;

  return g_steal_pointer (&lower);
}

typedef int32_t (*ConvertFunc) (const UIDNA *idna,
                                const char *name,
                                int32_t length,
                                char *dest,
                                int32_t capacity,
                                UIDNAInfo *info,
                                UErrorCode *status);

static char *
convert (ConvertFunc func, const char *text, gsize size)
{
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  char buffer[MAX_DOMAIN * 4 + 1];
  int32_t length;

  if (size > MAX_DOMAIN * 4)
    return NULL;

  length = func (get_idna (), text, (int32_t) size, buffer, sizeof buffer, &info, &status);
  if (U_FAILURE (status) || info.errors != 0 || length <= 0)
    return NULL;

  return g_strndup (buffer, (gsize) length);
}

static gboolean
is_ascii (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      if ((guchar) text[i] >= 0x80)
        return FALSE;
    }

  return TRUE;
}

char *
crm_domain_parse (const char *text, gsize size, char **ascii)
{
  g_autofree char *name = NULL;
  g_autofree char *readable = NULL;

  if (is_ascii (text, size))
    {
      name = check_ascii (text, size);
    }
  else
    {
      g_autofree char *converted = convert (uidna_nameToASCII_UTF8, text, size);

      if (converted != NULL)
        name = check_ascii (converted, strlen (converted));
    }
  if (name == NULL)
    return NULL;

  if (strstr (name, "xn--") != NULL)
    {
      readable = convert (uidna_nameToUnicodeUTF8, name, strlen (name));
      if (readable == NULL)
        return NULL;
    }
  else
    {
      readable = g_strdup (name);
    }

  if (ascii != NULL)
    *ascii = g_steal_pointer (&name);
  return g_steal_pointer (&readable);
}

gboolean
crm_domain_is_below (const char *domain, const char *parent)
{
  gsize length = strlen (domain);
  gsize parent_length = strlen (parent);

  return length >= parent_length && strcmp (domain + length - parent_length, parent) == 0 &&
         (length == parent_length || domain[length - parent_length - 1] == '.');
}

char *
crm_address_strip (const char *text)
{
  static const char *const pairs[] = { "<>", "\"\"", "''", "()", "[]" };
  g_autofree char *clean = crm_text_clean (text, FALSE);
  gboolean stripped = TRUE;

  if (clean == NULL)
    return g_strdup ("");

  while (stripped)
    {
      gsize length = strlen (clean);

      stripped = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (pairs) && length >= 2; i++)
        {
          if (clean[0] == pairs[i][0] && clean[length - 1] == pairs[i][1])
            {
              clean[length - 1] = '\0';
              memmove (clean, clean + 1, length - 1);
              g_strstrip (clean);
              stripped = TRUE;
              break;
            }
        }

      /* What is left over from a list of addresses */
      if (!stripped && length > 0 && strchr (";,", clean[length - 1]) != NULL)
        {
          clean[length - 1] = '\0';
          g_strchomp (clean);
          stripped = TRUE;
        }
    }

  return g_steal_pointer (&clean);
}

/* The host in what may be a URL or an e-mail address; returns its size */
static gsize
find_host (const char *text, const char **host)
{
  const char *start = text;
  const char *scheme_end = strstr (text, "://");
  const char *end;
  const char *at;

  if (g_ascii_strncasecmp (start, "mailto:", 7) == 0)
    start += 7;
  else if (scheme_end != NULL && (gsize) (scheme_end - text) < strcspn (text, "/?#"))
    start = scheme_end + 3;
  else if (g_str_has_prefix (start, "//"))
    start += 2;

  end = start + strcspn (start, "/?#\\");
  at = memrchr (start, '@', (gsize) (end - start));
  if (at != NULL)
    start = at + 1;

  *host = start;
  for (const char *p = start; p < end; p++)
    {
      if (*p == ':')
        end = p;
    }

  return (gsize) (end - start);
}

char *
crm_domain_normalise (const char *text, char **key, GError **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *ascii = NULL;
  const char *host;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = crm_address_strip (text);
  size = find_host (stripped, &host);

  /* "www.com" is a domain, "www.acme.com" a server of one. */
  domain = crm_domain_parse (host, size, &ascii);
  while (domain != NULL && g_str_has_prefix (ascii, "www.") && strchr (ascii + 4, '.') != NULL)
    {
      g_autofree char *server = g_steal_pointer (&domain);

      g_clear_pointer (&ascii, g_free);
      domain = crm_domain_parse (server + 4, strlen (server + 4), &ascii);
    }

  if (domain == NULL)
    {
      g_autofree char *quoted = crm_text_quote (text);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a domain; write it like example.com."), quoted);
      return NULL;
    }

  if (key != NULL)
    *key = g_steal_pointer (&ascii);
  return g_steal_pointer (&domain);
}
