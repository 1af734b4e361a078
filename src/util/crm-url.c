/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-domain-private.h"
#include "crm-error.h"
#include "crm-unicode-private.h"

typedef struct
{
  const char *domain;
  const char *kind;
  const char *canonical; /* the domain in the key, where a service has several; else %NULL */
  gboolean case_insensitive; /* whether its paths are */
} Service;

static const Service services[] = {
  { "linkedin.com", "linkedin", NULL, TRUE },
  { "facebook.com", "facebook", NULL, TRUE },
  { "fb.com", "facebook", "facebook.com", TRUE },
  { "x.com", "x", NULL, TRUE },
  { "twitter.com", "x", "x.com", TRUE },
  { "instagram.com", "instagram", NULL, FALSE },
  { "github.com", "github", NULL, TRUE },
  { "youtube.com", "youtube", NULL, FALSE },
  { "youtu.be", "youtube", NULL, FALSE },
  { "xing.com", "xing", NULL, TRUE },
  { "tiktok.com", "other", NULL, FALSE },
  { "pinterest.com", "other", NULL, FALSE },
  { "threads.net", "other", NULL, TRUE },
  { "bsky.app", "other", NULL, TRUE },
  { "mastodon.social", "other", NULL, TRUE },
  { "t.me", "other", NULL, TRUE },
  { "wa.me", "other", NULL, FALSE },
  { "vk.com", "other", NULL, TRUE },
  { "medium.com", "other", NULL, FALSE },
  { "reddit.com", "other", NULL, TRUE },
};

/* Parameters that say where a visitor came from, not where the page is */
static const char *const tracking_parameters[] = {
  "_ga",    "dclid",   "fbclid", "gclid",   "igsh",
  "igshid", "mc_cid",  "mc_eid", "msclkid", "originalSubdomain",
  "trk",    "trkInfo", "yclid",
};

/* A URL in its pieces, which lie in the text */
typedef struct
{
  const char *scheme; /* "http" or "https" */
  char *host; /* readable, lower case */
  char *ascii_host;
  const char *port; /* with its colon */
  gsize port_size;
  const char *path; /* with its slash; may be empty */
  gsize path_size;
  const char *query; /* without its question mark, or %NULL */
  gsize query_size;
  const char *rest; /* what is behind the host, to the end */
} Url;

static void
url_clear (Url *url)
{
  g_free (url->host);
  g_free (url->ascii_host);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Url, url_clear)

static gboolean
is_ip_address (const char *text, gsize size)
{
  g_autofree char *host = g_strndup (text, size);
  gsize length = strlen (host);

  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    {
      host[length - 1] = '\0';
      return g_hostname_is_ip_address (host + 1);
    }

  return g_hostname_is_ip_address (host);
}

/* A server in somebody's own network: an address, or a name without a point. Read as such
 * only behind a scheme, because else any word would do. */
static gboolean
read_local_host (Url *url, const char *host, gsize size)
{
  if (!is_ip_address (host, size))
    {
      if (size == 0)
        return FALSE;
      for (gsize i = 0; i < size; i++)
        {
          if (!g_ascii_isalnum (host[i]) && (host[i] != '-' || i == 0 || i == size - 1))
            return FALSE;
        }
    }

  url->host = g_ascii_strdown (host, (gssize) size);
  url->ascii_host = g_strdup (url->host);
  return TRUE;
}

/* Returns: whether [start, end) is a host and perhaps a port */
static gboolean
read_host (Url *url, const char *start, const char *end, gboolean has_scheme)
{
  const char *host_end = end;
  const char *colon = memrchr (start, ':', (gsize) (end - start));

  if (colon != NULL && end[-1] != ']')
    {
      for (const char *p = colon + 1; p < end; p++)
        {
          if (!g_ascii_isdigit (*p))
            return FALSE;
        }
      if (end - colon > 6)
        return FALSE;
      host_end = colon;
      url->port = colon;
      url->port_size = (gsize) (end - colon);
    }

  url->host = crm_domain_parse (start, (gsize) (host_end - start), &url->ascii_host);
  if (url->host != NULL)
    return TRUE;

  return has_scheme && read_local_host (url, start, (gsize) (host_end - start));
}

static gboolean
has_blank (const char *text)
{
  const char *end = text + strlen (text);

  while (text < end)
    {
      if (crm_unicode_is_blank (crm_unicode_next (&text, end)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_url (Url *url, const char *text)
{
  const char *scheme_end = strstr (text, "://");
  gboolean has_scheme = FALSE;
  const char *end;

  url->scheme = "https";
  url->port = "";

  if (has_blank (text))
    return FALSE;

  if (scheme_end != NULL && (gsize) (scheme_end - text) < strcspn (text, "/?#"))
    {
      gsize size = (gsize) (scheme_end - text);

      if (size == 4 && g_ascii_strncasecmp (text, "http", 4) == 0)
        url->scheme = "http";
      else if (size != 5 || g_ascii_strncasecmp (text, "https", 5) != 0)
        return FALSE;
      has_scheme = TRUE;
      text = scheme_end + 3;
    }
  else if (g_str_has_prefix (text, "//"))
    {
      text += 2;
    }

  end = text + strcspn (text, "/?#");

  /* No user names or passwords: "ann@acme.com" is an e-mail address, not a link. */
  if (memchr (text, '@', (gsize) (end - text)) != NULL || !read_host (url, text, end, has_scheme))
    return FALSE;

  url->rest = end;
  url->path = end;
  url->path_size = strcspn (end, "?#");
  end += url->path_size;
  if (*end == '?')
    {
      url->query = end + 1;
      url->query_size = strcspn (end + 1, "#");
    }

  return TRUE;
}

static const Service *
find_service (const char *ascii_host)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (crm_domain_is_below (ascii_host, services[i].domain))
        return &services[i];
    }

  return NULL;
}

static gboolean
is_tracking (const char *parameter)
{
  gsize size = strcspn (parameter, "=");

  if (strncmp (parameter, "utm_", 4) == 0)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (tracking_parameters); i++)
    {
      if (strlen (tracking_parameters[i]) == size &&
          strncmp (parameter, tracking_parameters[i], size) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
append_query (GString *key, const Url *url)
{
  g_autofree char *query = g_strndup (url->query, url->query_size);
  g_auto (GStrv) parameters = g_strsplit (query, "&", -1);
  char separator = '?';

  for (char **parameter = parameters; *parameter != NULL; parameter++)
    {
      if (**parameter == '\0' || is_tracking (*parameter))
        continue;
      g_string_append_c (key, separator);
      g_string_append (key, *parameter);
      separator = '&';
    }
}

static char *
make_key (const Url *url, const Service *service)
{
  GString *key = g_string_new (NULL);
  const char *host = url->ascii_host;
  gsize path_size = url->path_size;

  /* A service's servers, "cz.linkedin.com" or "m.facebook.com", show the same pages. */
  if (service != NULL)
    host = service->canonical != NULL ? service->canonical : service->domain;
  else if (g_str_has_prefix (host, "www.") && strchr (host + 4, '.') != NULL)
    host += 4;
  g_string_append (key, host);

  if (!(url->port_size == 3 && strncmp (url->port, ":80", 3) == 0) &&
      !(url->port_size == 4 && strncmp (url->port, ":443", 4) == 0))
    g_string_append_len (key, url->port, (gssize) url->port_size);

  while (path_size > 0 && url->path[path_size - 1] == '/')
    path_size--;
  if (service != NULL && service->case_insensitive)
    {
      g_autofree char *path = g_ascii_strdown (url->path, (gssize) path_size);

      g_string_append (key, path);
    }
  else
    {
      g_string_append_len (key, url->path, (gssize) path_size);
    }

  if (url->query != NULL)
    append_query (key, url);

  return g_string_free (key, FALSE);
}

char *
crm_url_normalise (const char *text, const char **kind, char **key, GError **error)
{
  g_autofree char *stripped = NULL;
  g_auto (Url) url = { 0 };
  const Service *service;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = crm_address_strip (text);
  if (!read_url (&url, stripped))
    {
      g_autofree char *quoted = crm_text_quote (text);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a web address; write it like https://example.com."), quoted);
      return NULL;
    }

  service = find_service (url.ascii_host);
  if (kind != NULL)
    *kind = service != NULL ? service->kind : "website";
  if (key != NULL)
    *key = make_key (&url, service);

  return g_strdup_printf ("%s://%s%.*s%s", url.scheme, url.host, (int) url.port_size, url.port,
                          url.rest);
}
