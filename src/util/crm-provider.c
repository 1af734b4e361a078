/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by strcmp(). Domains whose subdomains or users are strangers to each other: mail for
 * everyone, mail of internet providers, and places where anyone has a page. */
static const char *const providers[] = {
  "126.com",
  "139.com",
  "163.com",
  "189.cn",
  "a1.net",
  "abv.bg",
  "alice.it",
  "aliceadsl.fr",
  "aliyun.com",
  "arcor.de",
  "aruba.it",
  "atlas.cz",
  "atlas.sk",
  "att.net",
  "azet.sk",
  "bbox.fr",
  "bell.net",
  "bellsouth.net",
  "bigpond.com",
  "bigpond.net.au",
  "bk.ru",
  "blogspot.com",
  "bluewin.ch",
  "bol.com.br",
  "btinternet.com",
  "business.site",
  "centrum.cz",
  "centrum.sk",
  "charter.net",
  "chello.nl",
  "citromail.hu",
  "comcast.net",
  "cox.net",
  "daum.net",
  "docomo.ne.jp",
  "earthlink.net",
  "eircom.net",
  "email.com",
  "email.cz",
  "etsy.com",
  "ezweb.ne.jp",
  "facebook.com",
  "fastmail.com",
  "fastmail.fm",
  "foxmail.com",
  "free.fr",
  "freemail.hu",
  "freenet.de",
  "gazeta.pl",
  "github.com",
  "github.io",
  "gitlab.io",
  "gmail.com",
  "gmx.at",
  "gmx.ch",
  "gmx.com",
  "gmx.de",
  "gmx.net",
  "googlemail.com",
  "hanmail.net",
  "hey.com",
  "hotmail.com",
  "hushmail.com",
  "i.ua",
  "icloud.com",
  "ig.com.br",
  "iinet.net.au",
  "in.com",
  "inbox.com",
  "inbox.lv",
  "inbox.ru",
  "indosat.net.id",
  "instagram.com",
  "interia.eu",
  "interia.pl",
  "internode.on.net",
  "juno.com",
  "kakao.com",
  "korea.com",
  "kpnmail.nl",
  "laposte.net",
  "libero.it",
  "linkedin.com",
  "list.ru",
  "live.com",
  "luukku.com",
  "mac.com",
  "mail.bg",
  "mail.com",
  "mail.de",
  "mail.ee",
  "mail.ru",
  "mailbox.org",
  "me.com",
  "meta.ua",
  "msn.com",
  "nate.com",
  "naver.com",
  "neuf.fr",
  "nifty.com",
  "ntlworld.com",
  "numericable.fr",
  "o2.pl",
  "ocn.ne.jp",
  "onet.eu",
  "onet.pl",
  "online.de",
  "op.pl",
  "optonline.net",
  "optusnet.com.au",
  "orange.fr",
  "outlook.com",
  "pinterest.com",
  "planet.nl",
  "plasa.com",
  "pm.me",
  "pobox.com",
  "poczta.fm",
  "poczta.onet.pl",
  "post.cz",
  "post.sk",
  "posteo.de",
  "proton.me",
  "protonmail.ch",
  "protonmail.com",
  "qq.com",
  "quick.cz",
  "rambler.ru",
  "rediffmail.com",
  "rocketmail.com",
  "rogers.com",
  "sapo.pt",
  "sbcglobal.net",
  "seznam.cz",
  "sfr.fr",
  "shaw.ca",
  "sina.cn",
  "sina.com",
  "sites.google.com",
  "sky.com",
  "skynet.be",
  "softbank.ne.jp",
  "sohu.com",
  "spoluzaci.cz",
  "squarespace.com",
  "substack.com",
  "sympatico.ca",
  "t-email.hu",
  "t-online.de",
  "t-online.hu",
  "talktalk.net",
  "telenet.be",
  "telfort.nl",
  "telia.com",
  "telkom.net",
  "telus.net",
  "terra.com.br",
  "terra.es",
  "tiktok.com",
  "tin.it",
  "tiscali.co.uk",
  "tiscali.cz",
  "tiscali.it",
  "tlen.pl",
  "tumblr.com",
  "tuta.io",
  "tutanota.com",
  "twitter.com",
  "ukr.net",
  "uol.com.br",
  "upcmail.nl",
  "verizon.net",
  "videotron.ca",
  "virgilio.it",
  "virgin.net",
  "virginmedia.com",
  "volny.cz",
  "wanadoo.fr",
  "wanadoo.nl",
  "web.de",
  "webnode.com",
  "webnode.cz",
  "weebly.com",
  "westnet.com.au",
  "windstream.net",
  "wix.com",
  "wixsite.com",
  "wordpress.com",
  "wp.pl",
  "x.com",
  "xs4all.nl",
  "ya.ru",
  "yandex.com",
  "yandex.ru",
  "yeah.net",
  "yopmail.com",
  "youtube.com",
  "ziggo.nl",
  "zoho.com",
  "zoznam.sk",
};

/* Providers that have a domain in nearly every country: yahoo.co.id, hotmail.fr, live.nl */
static const char *const worldwide_providers[] = {
  "aol", "gmx", "googlemail", "hotmail", "live", "outlook", "yahoo", "yandex", "ymail",
};

static int
compare_domain (const void *key, const void *element)
{
  return strcmp (key, *(const char *const *) element);
}

/* "yahoo.fr", "yahoo.co.id", "hotmail.com.tr" */
static gboolean
is_worldwide_provider (const char *domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (worldwide_providers); i++)
    {
      gsize length = strlen (worldwide_providers[i]);
      const char *rest = domain + length;

      if (strncmp (domain, worldwide_providers[i], length) != 0 || *rest != '.')
        continue;

      if (g_str_has_prefix (rest, ".com.") || g_str_has_prefix (rest, ".co."))
        rest = strchr (rest + 1, '.');
      if (strlen (rest) == 3 || g_str_equal (rest, ".com") || g_str_equal (rest, ".net"))
        return TRUE;
    }

  return FALSE;
}

gboolean
crm_domain_is_provider (const char *domain)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (domain != NULL, FALSE);

  lower = g_ascii_strdown (domain, -1);
  for (const char *p = lower; p != NULL; p = strchr (p, '.'))
    {
      if (*p == '.')
        p++;
      if (bsearch (p, providers, G_N_ELEMENTS (providers), sizeof providers[0], compare_domain) !=
              NULL ||
          is_worldwide_provider (p))
        return TRUE;
    }

  return FALSE;
}
