/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* libphonenumber by way of libebook-contacts, loaded at the first call. May be called by any thread. */

gboolean crm_phone_library_is_available (void);

/**
 * crm_phone_library_parse:
 * @text: digits with a "+" or as dialled in @region
 * @e164: (out) (optional) (transfer full)
 * @international: (out) (optional) (transfer full): for people, "+420 600 000 000"
 *
 * Returns: whether it could be read, which says little about whether the number exists
 */
gboolean crm_phone_library_parse (const char *text,
                                  const char *region,
                                  char **e164,
                                  char **international);

G_END_DECLS
