/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "crm-application.h"
#include "crm-cli.h"

/* Without a locale, as in containers, what is typed and printed is UTF-8 all the same */
static void
set_locale (void)
{
  const char *charset;

  setlocale (LC_ALL, "");
  if (!g_get_charset (&charset) && g_str_equal (charset, "ANSI_X3.4-1968"))
    setlocale (LC_CTYPE, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  const char *locale_dir = g_getenv ("CRM_LOCALEDIR");
  g_autoptr (CrmApplication) application = NULL;

  set_locale ();
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* The command line needs neither display nor bus */
  if (crm_cli_is_command (argc, argv))
    return crm_cli_run (argc, argv);

  application = crm_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
