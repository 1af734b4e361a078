/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_locale_get_name:
 * @category: "LC_TIME", "LC_NUMERIC" …
 *
 * Read from the environment, not from setlocale(): the C library needs a
 * compiled locale on the machine, ICU does not.
 *
 * Returns: (transfer none): ICU's name for it ("cs_CZ"), "en_150" (English without
 *   a country) for the C locale
 */
const char *crm_locale_get_name (const char *category);

G_END_DECLS
